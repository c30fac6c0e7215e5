"""A session led by voice alone, on a microphone without hardware: nobody presses a key."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from rehearse.model.take import Ending, Take
from rehearse.takes.store import TakeStore
from rehearse.text import bare
from tests.pulse import Pulse
from tests.spoken import Candidate, needs_miniature
from tests.terminal import Terminal, rehearse

pytestmark = needs_miniature

READY = "Speak when you are ready."
LISTENING = "listening"
PACK = """\
- What did you do?
- What was the result?
- What did you learn from it?
"""
COMMON = ("--hands-free", "--auto-stop", "3", "--model", "miniature", "--rate", "300")
LONG = (
    "Last spring, our booking site was failing every Friday night, and customers were calling to"
    " complain. My task was to find the cause before the summer sale. I decided to read every log."
)
SHORT = "I decided to read every log, and I saw that one report was locking the database."


def takes(home: Path) -> list[Take]:
    store = TakeStore(home / "recordings")
    return sorted((store.load(f) for f in store.folders()), key=lambda take: take.recorded_at)


def said(take: Take) -> str:
    assert take.transcript is not None
    return " ".join(bare(word.text) for word in take.transcript.words)


def plainly(text: str) -> str:
    return " ".join(bare(word) for word in text.split())


class Talk:
    """Waits for the screen to ask, then speaks."""

    def __init__(self, terminal: Terminal, pulse: Pulse, candidate: Candidate) -> None:
        self.terminal, self._pulse, self._candidate = terminal, pulse, candidate
        self.seen = 0

    def until(self, text: str) -> None:
        self.seen = self.terminal.until(text, after=self.seen)

    def answer(self, *texts: str) -> None:
        """`texts` with a second between them."""
        self.until(READY)
        self._pulse.say(self._candidate.say(*texts, pause=1.0).wav)

    def command(self, text: str) -> None:
        self.until(LISTENING)
        self._pulse.say(self._candidate.say(text).wav)


def test_three_questions_without_a_key(pulse: Pulse, candidate: Candidate, tmp_path: Path) -> None:
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "short.md").write_text(PACK)
    command = ("practice", "short", "--questions", "3", *COMMON)
    with rehearse(*command, home=tmp_path, environment=pulse.environment) as terminal:
        talk = Talk(terminal, pulse, candidate)
        talk.answer(SHORT, "That's my answer.")
        talk.until("No fillers.")
        talk.command("Tell me more.")
        talk.until("More details.")
        talk.command("Next question.")
        talk.until("Question 2 of 3.")
        talk.answer("We were late.", "Start over.")
        talk.until("From the beginning.")
        talk.answer(SHORT, "I'm done.")
        talk.command("Next, please.")
        talk.until("Question 3 of 3.")
        talk.answer(LONG)
        talk.until("speak to continue")
        talk.command("Stop.")
        talk.until("Goodbye.")
        assert terminal.ends() == 0
    endings = [take.ending for take in takes(tmp_path)]
    assert endings == [Ending.ENDED, Ending.STARTED_OVER, Ending.ENDED, Ending.ENDED]
    first, _, third, last = takes(tmp_path)
    assert said(first) == plainly(SHORT)
    assert said(third) == plainly(SHORT)
    assert said(last) == plainly(LONG)
    for take in (first, third, last):
        assert take.cut is not None and take.sound is not None
        assert take.sound.duration == pytest.approx(take.cut)
        kept = TakeStore(tmp_path / "recordings").samples(take)
        assert len(kept) / 16_000 > take.cut + 1, "the sound is kept to its end"


@pytest.mark.parametrize("stage", ["while it listens", "while it speaks"])
def test_ctrl_c_between_two_answers_leaves_in_order(
    pulse: Pulse, candidate: Candidate, tmp_path: Path, stage: str
) -> None:
    command = ("intro", *COMMON)
    with rehearse(*command, home=tmp_path, environment=pulse.environment) as terminal:
        talk = Talk(terminal, pulse, candidate)
        talk.answer(SHORT, "I'm done.")
        talk.until(LISTENING if stage == "while it listens" else "No fillers.")
        terminal.process.send_signal(signal.SIGINT)
        assert terminal.ends() == 130
        assert "Traceback" not in terminal.screen
    (take,) = takes(tmp_path)
    assert said(take) == plainly(SHORT)


def test_a_key_still_goes_on_and_an_answer_ended_by_key_has_no_cut(
    pulse: Pulse, candidate: Candidate, tmp_path: Path
) -> None:
    command = ("intro", *COMMON)
    with rehearse(*command, home=tmp_path, environment=pulse.environment) as terminal:
        talk = Talk(terminal, pulse, candidate)
        talk.answer(SHORT)
        terminal.press("\r")
        talk.until(LISTENING)
        terminal.press("\r")
        talk.until("That was the last question.")
        assert terminal.ends() == 0
    (take,) = takes(tmp_path)
    assert (take.ending, take.cut) == (Ending.ENDED, None)
