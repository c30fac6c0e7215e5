"""What is shown about a step of a session, on the terminal and in the browser."""

from __future__ import annotations

from rehearse.model.take import Ending
from rehearse.session.phrases import Command
from rehearse.session.steps import Asked

ENDINGS = {
    Ending.SKIPPED: "Skipped. Your recording is saved.",
    Ending.STARTED_OVER: "From the beginning. Your first attempt is saved.",
    Ending.LEFT: "Stopped. Your recording is saved. To get its report: rehearse recover",
}
NOTHING = "Nothing was recorded."
UNDERSTOOD = {
    Command.NEXT: "Next.",
    Command.AGAIN: "Again.",
    Command.REPEAT: "The question once more.",
    Command.REPLAY: "Playing your answer. Any key stops it at the next pause.",
    Command.SKIP: "Skipped.",
    Command.FOLLOW_UP: "A follow-up.",
    Command.MORE: "More details.",
    Command.STOP: "Stopping.",
    Command.HELP: "Your choices:",
}
NOT_SPOKEN = "I could not speak the question."
UNSPOKEN = "It does not count as an answer. Your recording is kept until your next one."
WAITS = "Not written down yet."


def lead(step: Asked) -> str:
    if step.is_follow_up:
        return "Follow-up: "
    return f"Question {step.number} of {step.of}. " if step.of > 1 else ""
