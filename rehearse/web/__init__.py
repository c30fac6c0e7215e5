"""Practice in a browser on this machine: the page is microphone, speaker and keys."""
