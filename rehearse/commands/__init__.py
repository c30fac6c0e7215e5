"""One module per command: from parsed arguments to what is shown, with its exit code."""
