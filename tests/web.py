"""A program behind the pages whose voice and words are by script, and whose takes are real."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rehearse.commands.web_archive import Archive
from rehearse.commands.web_home import Home
from rehearse.commands.web_prepare import Prepared
from rehearse.config import Settings
from rehearse.errors import ModelMissing, RehearseError
from rehearse.model.structure import Analysis
from rehearse.model.take import Question, Take, Word
from rehearse.questions.bank import Interviewer
from rehearse.questions.interviews import Round
from rehearse.session import interview, session
from rehearse.session.interview import Scene
from rehearse.session.studio import Studio
from rehearse.takes.store import TakeStore
from rehearse.web.messages import Begin
from rehearse.web.program import Devices, Held, Say, Summed, Today
from rehearse.web.scenes import Scenes
from tests.fakes import FakeTranscriber, FakeVoice, desk
from tests.page import Page

SAID = (Word("Well", 0.1, 0.3), Word("done", 0.4, 0.6))
QUESTIONS = (Question("Who are you?", target=60.0), Question("Why us?", target=60.0))


PARTS = (
    Round(Interviewer("Dana Reyes", ("Ownership",)), QUESTIONS[:1]),
    Round(Interviewer("Sam Ode"), QUESTIONS[1:]),
)


class ScriptedProgram(Archive, Prepared, Home):
    """Its archive is the real one, over the same home."""

    def __init__(self, home: Path, asks: Sequence[Question] = QUESTIONS) -> None:
        super().__init__(Settings(home=home, plain=True))
        self.home, self.asks = home, asks
        self.fails: RehearseError | None = None
        self.asked: list[Begin] = []

    def close(self) -> None:
        """What was deleted stays where it is."""

    @property
    def store(self) -> TakeStore:
        return TakeStore(self.home / "recordings")

    def recorded(self) -> list[Take]:
        return [self.store.load(folder) for folder in self.store.folders()]

    def today(self) -> Today:
        return Today(len(self.asks), 0, 0, True, (), "", greeting="3 days in a row.")

    def begin(self, wish: Begin, devices: Devices, say: Say) -> Held:
        self.asked.append(wish)
        if self.fails:
            raise self.fails
        missing = ModelMissing("No model.")
        answers: list[tuple[Word, ...] | RehearseError] = [SAID] * len(self.asks)
        studio = Studio(
            ear=devices.ear,
            voice=FakeVoice(),
            player=devices.player,
            desk=desk(FakeTranscriber([*answers, missing])),
            keys=devices.keys,
            store=self.store,
            clock=devices.clock,
            session="2026-05-04T10:30:00+02:00",
        )
        scenes = Scenes(captions=wish.captions, counter=None, lights=True, judged=True)
        steps: Iterator[Scene]
        if wish.what == "interview":
            steps = interview.hold(PARTS, studio, [FakeVoice(), FakeVoice()])
        else:
            steps = session.practise(self.asks, studio)
        return Held(studio.session or "", steps, studio.desk, scenes)

    def sample(self) -> bytes:
        return b"RIFF"

    def summed(self, session: str, known: dict[str, Analysis]) -> Summed | None:
        return None


def hears(page: Page, phase: str) -> None:
    """What is said in this phase, to its end."""
    page.at(phase).until(lambda one: one.latest["play"]["clip"])
    page.say(kind="played", clip=page.latest["play"]["clip"], failed=False)


def answering(page: Page) -> int:
    """Through the question that is asked now; gives the number under which sound is wanted."""
    page.at("asking")
    before = page.latest.get("listen", {}).get("ear", 0)
    hears(page, "asking")
    return page.listening(after=before)
