"""rehearse demo: a whole session without a microphone and without a network."""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

from rehearse import app
from rehearse.audio.speaker import Speaker
from rehearse.commands.screen import Screen
from rehearse.config import Settings, settings
from rehearse.model import codec
from rehearse.model.take import Question
from rehearse.ports import Clip, Key, Player
from rehearse.session import turn
from rehearse.session.studio import Studio
from rehearse.speech import models
from rehearse.speech.candidate import CandidateEar
from rehearse.speech.voice import SpokenVoice, VoiceAhead
from rehearse.speech.whisper import WhisperTranscriber
from rehearse.takes.store import TakeStore

WELCOME = (
    "This is a demo. A built-in voice asks, and a built-in candidate answers. A miniature model,"
    " which understands only these voices, writes the answers down on this machine."
)
GOODBYE = (
    "That was the demo. To practise with your own microphone: rehearse. To check that everything is"
    " ready: rehearse doctor. The demo's takes are in"
)
PROMPT = "The candidate is speaking."


@dataclass(frozen=True)
class Script:
    interviewer_voice: str
    candidate_voice: str
    rate: int
    questions: tuple[Question, ...]
    answers: tuple[str, ...]


def run(args: argparse.Namespace) -> int:
    return play(settings(args), hurry=args.fast)


def play(chosen: Settings, *, hurry: bool) -> int:
    """Run the demo; its takes go to a folder of their own, outside the user's history."""
    script = read_script()
    console = app.console(chosen)
    console.print(WELCOME)
    folder = Path(tempfile.mkdtemp(prefix="rehearse-demo-"))
    player = Silence() if hurry else Speaker(chosen.speaker)
    real = studio(script, chosen, folder, player, hurry=hurry)
    screen = Screen(console, chosen.plain, real.store, prompt=PROMPT, whole=True)
    of = len(script.questions)
    with closing(real.desk):
        for number, question in enumerate(script.questions, start=1):
            screen.show(turn.rehearse(question, real, number=number, of=of))
    console.print(f"\n{GOODBYE}")
    console.print(str(folder), soft_wrap=True)
    return 0


def studio(
    script: Script, chosen: Settings, folder: Path, player: Player, *, hurry: bool = False
) -> Studio:
    """With the built-in voices, and takes in `folder`; the candidate is listened to through the
    player unless in a hurry."""
    model = models.miniature()
    candidate = SpokenVoice(script.candidate_voice, script.rate, driver="espeak")
    real = app.studio(chosen, transcriber=WhisperTranscriber(model.path, model.name, language="en"))
    return replace(
        real,
        ear=CandidateEar(script.answers, candidate, player=None if hurry else player, hurry=hurry),
        voice=VoiceAhead(SpokenVoice(script.interviewer_voice, script.rate, driver="espeak")),
        player=player,
        keys=NoKeys(),
        store=TakeStore(folder),
        settings={"model": model.name, "demo": "yes"},
    )


def read_script() -> Script:
    text = (resources.files("rehearse") / "data" / "demo.json").read_text("utf-8")
    value = json.loads(text)
    takes = value["takes"]
    return Script(
        value["interviewer_voice"],
        value["candidate_voice"],
        value["rate"],
        tuple(codec.load(Question, {**take, "text": take["question"]}) for take in takes),
        tuple(take["answer"] for take in takes),
    )


class Silence:
    """A player that plays nothing."""

    def play(self, clip: Clip, *, cut: Callable[[], bool] | None = None) -> None:
        """A clock that never waits."""


class NoKeys:
    """Keys that nobody presses: the candidate's answers end by themselves."""

    @contextmanager
    def open(self) -> Iterator[None]:
        yield

    def flush(self) -> None:
        """Nothing is typed."""

    def waiting(self) -> bool:
        return False

    def poll(self, timeout: float) -> Key | None:
        time.sleep(timeout)
        return None
