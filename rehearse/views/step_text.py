"""What is shown about a step of a session, on the terminal and in the browser."""

from __future__ import annotations

from rehearse.model.take import Ending
from rehearse.questions.bank import Interviewer
from rehearse.session.interview import Break
from rehearse.session.phrases import Command
from rehearse.session.steps import Asked, Between, Reported
from rehearse.text import counted, printable

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

SAVED = "Your answer is saved."
LAST = "That was the last question."
BREAK_KEYS = "Enter continues · r answers the last question again · q stops"


def pause(step: Break) -> str:
    """Between two interviewers."""
    return f"That was {_name(step.after)}. Take a break. Next is {_name(step.then)}."


def _name(who: Interviewer) -> str:
    return printable(who.name).rstrip(".")


def between(step: Between) -> str:
    """What is to come."""
    return f"{counted(step.left, 'question')} to go." if step.left else LAST


def keys(step: Between) -> str:
    """What each key does now; those that only look are named where there is something to see."""
    report = step.report
    named = [f"Enter {'continues' if step.left else 'finishes'}"]
    if step.again:
        named.append("r again")
    if report:
        named.append("d details")
    if report and report.analysis.praise and report.analysis.praise.start is not None:
        named.append("p plays it")
    if isinstance(report, Reported) and report.earlier:
        named.append("c compares")
    return " · ".join((*named, "q stops"))


def sample(question: str) -> str:
    """How to see the sample answer."""
    return f'A sample answer to compare with: rehearse questions show "{printable(question)}"'


def lead(step: Asked) -> str:
    if step.is_follow_up:
        return "Follow-up: "
    return f"Question {step.number} of {step.of}. " if step.of > 1 else ""
