"""Red flags, before anything else: what they look like, what excuses them, whom to call."""
