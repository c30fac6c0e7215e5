"""The takes on the disk."""
