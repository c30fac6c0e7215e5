"""One module per command: parsed arguments in, output and exit code out."""
