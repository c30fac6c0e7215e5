"""Takes compared: two of them, those of a session, those of a month."""
