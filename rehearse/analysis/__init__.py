"""Pure analyses: from words with times and voice activity to findings about one answer."""
