"""Pure state machines over voice-activity frames."""
