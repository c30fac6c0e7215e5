"""What is said about a step of a session, on the terminal and in the browser."""

from __future__ import annotations

from rehearse.model.take import Ending
from rehearse.session.phrases import Command
from rehearse.session.steps import Asked

ENDINGS = {
    Ending.SKIPPED: "Skipped. The sound is kept.",
    Ending.STARTED_OVER: "From the beginning. The first attempt is kept.",
    Ending.LEFT: "Leaving. The sound is kept; 'rehearse recover' writes the report.",
}
NOTHING = "Nothing was recorded, so nothing is kept."
UNDERSTOOD = {
    Command.NEXT: "Next.",
    Command.AGAIN: "Again.",
    Command.REPEAT: "The question once more.",
    Command.REPLAY: "Playing your answer. A key ends it at the next pause.",
    Command.SKIP: "Skipping on.",
    Command.FOLLOW_UP: "A follow-up.",
    Command.MORE: "In more detail.",
    Command.STOP: "Stopping.",
    Command.HELP: "Your choices.",
}
NOT_SPOKEN = "The question could not be spoken."
WAITS = "The words are not written down yet."


def lead(step: Asked) -> str:
    if step.is_follow_up:
        return "They ask next. "
    return f"Question {step.number} of {step.of}. " if step.of > 1 else ""
