"""The candidate's own stories: which principles they show, and how well they were told."""
