"""A program behind the pages whose voice and words are by script, and whose takes are real."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rehearse.errors import ModelMissing, RehearseError, TakeNotFound
from rehearse.model.structure import Analysis
from rehearse.model.take import Question, Word
from rehearse.session import session
from rehearse.session.studio import Studio
from rehearse.takes.store import TakeStore
from rehearse.web.messages import Begin
from rehearse.web.program import Devices, Held, Say, Summed, Today
from rehearse.web.scenes import Scenes
from tests.fakes import FakeTranscriber, FakeVoice, desk
from tests.page import Page

SAID = (Word("Well", 0.1, 0.3), Word("done", 0.4, 0.6))
QUESTIONS = (Question("Who are you?", target=60.0), Question("Why us?", target=60.0))


@dataclass
class ScriptedProgram:
    home: Path
    questions: Sequence[Question] = QUESTIONS
    fails: RehearseError | None = None
    asked: list[Begin] = field(default_factory=list)

    @property
    def store(self) -> TakeStore:
        return TakeStore(self.home / "recordings")

    def today(self) -> Today:
        return Today(len(self.questions), 0, 0, True, (), "")

    def begin(self, wish: Begin, devices: Devices, say: Say) -> Held:
        self.asked.append(wish)
        if self.fails:
            raise self.fails
        missing = ModelMissing("No model.")
        answers: list[tuple[Word, ...] | RehearseError] = [SAID] * len(self.questions)
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
        steps = session.practise(self.questions, studio)
        return Held(studio.session or "", steps, studio.desk, scenes)

    def sample(self) -> bytes:
        return b"RIFF"

    def report(self, take: str) -> str:
        raise TakeNotFound("This answer is not there.", "")

    def question(self, take: str) -> str:
        raise TakeNotFound("This answer is not there.", "")

    def summed(self, session: str, known: dict[str, Analysis]) -> Summed | None:
        return None


def answering(page: Page) -> int:
    """Through the question that is asked now; gives the number under which sound is wanted."""
    page.at("asking").until(lambda one: one.latest.get("play", {}).get("clip"))
    before = page.latest.get("listen", {}).get("ear", 0)
    page.say(kind="played", clip=page.latest["play"]["clip"], failed=False)
    return page.listening(after=before)
