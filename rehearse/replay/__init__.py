"""A take that plays: what is said when, and what the keys do."""
