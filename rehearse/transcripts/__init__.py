"""Transcripts as other programs write them: from their text to words, times and speakers."""
