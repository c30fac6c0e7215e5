"""Sound in and out: microphone, speaker, playback, and files of every format."""
