"""The options of each command, and its help page."""
