"""Faults, tried for real: what is left of a session after each of them."""
