"""Files to ranked passages. `PassageIndex` is the only door; nothing here knows of answers."""
