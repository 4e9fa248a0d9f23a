"""A writer that a person brings, held to the quotes: its client, its prompt, and the checks of what it writes."""
