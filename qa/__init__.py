"""From a question to a reply that quotes the indexed documents, declines, or points to help."""
