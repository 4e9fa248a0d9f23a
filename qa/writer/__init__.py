"""A writer that a person brings, held to the quotes: its client, its prompt, the checks of its words."""
