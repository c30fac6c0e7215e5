"""A home in which every command line of the documents can be run, and what its words stand for."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from rehearse.analysis.analyze import analyze
from rehearse.model.take import SAMPLE_RATE, Ending, Kind, Labelled, Question, Section, Take
from rehearse.questions.interviews import Round
from rehearse.session.resume import NOBODY, SESSION_FILE, Unfinished, dump
from rehearse.speech.models import MINIATURE
from rehearse.takes.remarks import template
from rehearse.takes.store import TakeStore
from tests.sounds import tone, wav
from tests.speech import spoken

INTRODUCTION = Question("Who are you?", Kind.INTRODUCTION, (), 120.0)
STORY = Question("When did you fail?", Kind.BEHAVIOURAL, ("Ownership",), 120.0)
LATEST = Question("Why us?", Kind.MOTIVATION, (), 90.0)
TAKE = "why-us"
"""Part of the latest take's id, which is enough to name it."""
DAYS_AGO = (9, 6, 4, 2)
"""When the takes were made: long enough ago for something to be due."""
SAID = (
    "Last year our site was um failing every night _0.6_ and the queue grew. My task was to find"
    " the cause before the summer sale. I decided to read every log and so I built you know a"
    " small queue and tested it for two weeks. _1.5_ As a result the failures stopped and sales"
    " went up by 20 percent."
)
MINE = """\
# Mine

## My introduction

I build tools for people who keep the lights on.

## Ownership

- Tell me about work that nobody had asked you for.
  - note: the bus depot, and the number at the end

## Stories

### The night the queue stopped

- principles: Ownership, Dive Deep
- question: Tell me about work that nobody had asked you for.
- situation: Our queue stopped every night at two.
- task: Nobody owned it, so I took it.
- action: I read a week of logs and found two jobs with one lock.
- result: It has run for a year without a stop.

## Plan: Second round

- Dana Reyes
  - principles: Ownership
  - questions: 1
"""
SUBTITLES = "1\n00:00:00,000 --> 00:00:02,000\nI led the work and it went well.\n"
CONVERSATION = (
    "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ben Ode>What did you lead?</v>\n\n"
    "00:01.000 --> 00:02.000\n<v Ana Diaz>I led the work and it went well.</v>\n"
)
LEFT = Round(NOBODY, (INTRODUCTION, STORY))
SHORT = {
    "introduction": "# Introduction\n\n- Who are you?\n",
    "behavioural": "# Ownership\n\n- When did you fail?\n- When did you act?\n",
    "motivation": "- Why us?\n",
}
"""Packs in place of the built-in ones, for short questions are soon spoken."""
QUICK = "rate = 450\n"
"""The voice's words a minute: nobody listens to the questions here."""

STANDS_FOR: tuple[tuple[str, str, str], ...] = (
    (r"rehearse questions import", "FILE", "notes.md"),
    (r"rehearse questions check", "FILE", "pack.md"),
    (r"rehearse remarks", "FILE", "remarks.md"),
    (r"rehearse share.* -o", "FILE", "made.zip"),
    (r".* -o", "FILE", "made.html"),
    (r".* --notes", "FILE", "notes.md"),
    (r".* --transcript", "FILE", "interview.srt"),
    (r"rehearse takes correct .*--from", "FILE", "interview.srt"),
    (r"rehearse takes label .*--from", "FILE", "sections.txt"),
    (r".* --config", "FILE", "home/config.toml"),
    (r"rehearse analyze .*-o", "FILE", "results.jsonl"),
    (r".*", "FILE", "answer.wav"),
    (r".*", "FOLDER", "school"),
    (r".*", "TAKE", TAKE),
    (r"rehearse plan", "DATE", "2027-01-15"),
    (r".*", "DATE", "2026-11-20"),
    (r"rehearse models", "NAME", "small.en"),
    (r".* --story", "NAME", "The night"),
    (r".* --principle", "NAME", "Ownership"),
    (r".*", "TEXT", "Who are you?"),
    (r".*", "PACK", "behavioural"),
    (r".*", "DIR", "home"),
    (r".*", "WPM", "165"),
    (r".*", "DEVICE", "default"),
    (r".*", "N", "5"),
    (r".*", "S", "5"),
)
"""What comes before a word in capitals, the word, and what is typed in its place; the first row
that fits counts. A new word in the documents needs a row here."""
_CAPITALS = re.compile(r"[A-Z]{2,}|[NS]")
_DAY_TO_COME = "2027-01-15"
"""The interview in all examples; where it is past, another day stands for it."""


def filled(line: str) -> list[str]:
    """The words of a command line, with something real for each word in capitals."""
    words: list[str] = []
    for word in shlex.split(line):
        plain = word.removesuffix("...")
        if _CAPITALS.fullmatch(plain):
            plain = _stands_for(" ".join(words), plain)
        words.append(_to_come() if plain == _DAY_TO_COME else plain)
    return words


def filled_text(line: str) -> str:
    """The same for a line with pipes and the like, which goes to a shell."""
    return re.sub(
        rf"(?<![\w'\"-])({_CAPITALS.pattern})(\.\.\.)?(?![\w'\"-])",
        lambda found: shlex.quote(_stands_for(line[: found.start()].rstrip(), found[1])),
        line,
    )


def _stands_for(before: str, word: str) -> str:
    for pattern, name, value in STANDS_FOR:
        if name == word and re.match(rf"{pattern}(?: |$)", before):
            return value
    raise KeyError(f"no row of STANDS_FOR for {word} behind '{before}'")


def _to_come() -> str:
    return max(_DAY_TO_COME, f"{datetime.now() + timedelta(days=30):%Y-%m-%d}")


@dataclass(frozen=True)
class Place:
    """Where a line is run: a folder with the files that the documents name, a home in it."""

    folder: Path

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def models(self) -> Path:
        return self.folder / "models"

    def environment(self) -> dict[str, str]:
        """Nothing outside the folder is read, written or thrown away."""
        return {
            "REHEARSE_MODELS": str(self.models),
            "REHEARSE_MODEL": "",
            "REHEARSE_HOME": str(self.home),
            "HF_HOME": str(self.folder / "hub"),
            "HF_ENDPOINT": "http://127.0.0.1:9",
            "NO_PROXY": "127.0.0.1",
            "HOME": str(self.folder),
            "XDG_DATA_HOME": str(self.folder / "data"),
            "BROWSER": "true",
        }


def furnish(folder: Path) -> Place:
    place = Place(folder)
    sound = wav(tone(3.0))
    for name in ("answer.wav", "interview.wav"):
        (folder / name).write_bytes(sound)
    (folder / "school").mkdir()
    shutil.copyfile(folder / "answer.wav", folder / "school" / "pupil.wav")
    (folder / "interview.srt").write_text(SUBTITLES)
    (folder / "sections.txt").write_text(f"A {spoken(SAID).transcript.text}\n")
    (folder / "interview.vtt").write_text(CONVERSATION)
    (folder / "notes.txt").write_text(SAID)
    (folder / "notes.md").write_text("# Ownership\n\n- Tell me about a queue.\n  - the number\n")
    (folder / "pack.md").write_text(MINE)
    (place.home / "prompts").mkdir(parents=True)
    for name, text in {"mine": MINE, **SHORT}.items():
        (place.home / "prompts" / f"{name}.md").write_text(text)
    (place.home / "config.toml").write_text(QUICK)
    now = datetime.now().astimezone().replace(microsecond=0)
    for days, question in zip(DAYS_AGO, (INTRODUCTION, STORY, STORY, LATEST), strict=True):
        take = _kept(place, question, now - timedelta(days=days))
    remarks = template(take.id, LATEST.text, 40.0) + "\n- 0:04 Good pace here.\n"
    (folder / "remarks.md").write_text(remarks)
    for name in ("base.en", "small.en"):
        shutil.copytree(MINIATURE, place.models / name, copy_function=os.symlink)
    return place


def _kept(place: Place, question: Question, when: datetime) -> Take:
    """A take with sound, words and report."""
    said = spoken(SAID)
    store = TakeStore(place.home / "recordings")
    take = store.begin(question, when.isoformat(), {})
    hum = np.tile(tone(1.0), round(said.sound.duration))
    with store.recorder(take) as recorder:
        recorder.write((hum * 3276.7).astype("<i2").tobytes())
    sound = replace(said.sound, duration=len(hum) / SAMPLE_RATE)
    misheard = replace(said.transcript, words=said.words[:-1])
    take = replace(
        take, ending=Ending.ENDED, sound=sound, transcript=said.transcript, original=misheard
    )
    take = replace(take, labels=(Labelled(Section.RESULT, 0, len(said.words) - 1),))
    analysis = analyze(said.transcript, sound=sound, question=question, target=question.target)
    store.save(take, analysis)
    return take


def break_off(place: Place) -> None:
    """Leave a session of which two questions are left."""
    left = Unfinished("2026-05-04T10:30:00+02:00", (LEFT,))
    (place.home / SESSION_FILE).write_text(dump(left), "utf-8")
