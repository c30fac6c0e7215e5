"""Compares takes: two of them, those of a session, those of all days."""
