"""Red flags, before anything else: what they look like, what is told of each, whom to call."""
