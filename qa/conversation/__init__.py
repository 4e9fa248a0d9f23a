"""A question as it is meant: typing errors, follow-ups, small talk, whom it is about."""
