"""The candidate's own stories: what they serve, how often and how well they were told."""
