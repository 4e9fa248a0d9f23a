"""Checks of one written sentence against the quotes that it cites: each small, named, with a reason."""
