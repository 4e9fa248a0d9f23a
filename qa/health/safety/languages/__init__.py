"""One file per language: how emergencies are told there, and the words of help."""
