"""What the sound tells without its words: hesitations, pitch, level."""
