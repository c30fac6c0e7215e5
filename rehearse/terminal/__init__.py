"""Keys, letters and output of a terminal."""
