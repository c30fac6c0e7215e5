"""What is told of one answer. Times are seconds from the start of its recording."""
