"""Rehearse: a private coach to practise interviews aloud with."""

__version__ = "0.1.0"
