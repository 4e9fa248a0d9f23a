"""Every human entry point: the command line and the page."""
