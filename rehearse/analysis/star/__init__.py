"""The sections of a story and the parts of other answers."""
