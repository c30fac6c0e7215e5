"""The terminal: keys, editor, output and signals."""
