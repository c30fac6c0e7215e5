"""What may follow each command on the command line."""
