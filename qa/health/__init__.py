"""What knows health: red flags, whom to ask, words of illness and treatment, claims of those who sell one."""
