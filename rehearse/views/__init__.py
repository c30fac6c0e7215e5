"""Functions from a value to something that can be shown."""
