"""The user's own notes, and what of them was said."""
