"""Values: a take, how it was spoken, how it is built; and their one way to JSON and back."""
