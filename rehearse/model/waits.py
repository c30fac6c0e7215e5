"""How long a silence ends an answer; apart from the rest, so that the options load nothing more."""

WAIT, SHORTEST_WAIT, LONGEST_WAIT = 5.0, 3.0, 10.0
"""Seconds: by itself, and the least and most that may be asked for. People think for three to
five."""
