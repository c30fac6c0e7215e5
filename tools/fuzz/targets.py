"""What reads files and words of others, each as a function of the bytes that it is given."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from random import Random
from zlib import crc32

from rehearse.audio import recordings
from rehearse.config import CONFIG_FILE, settings
from rehearse.model.take import SAMPLE_RATE
from rehearse.questions import notes_file, packs
from rehearse.questions.choose import questions_of
from rehearse.questions.interviews import share_out
from rehearse.questions.notes.sorting import sorted_notes
from rehearse.schedule.planfile import PLAN_FILE
from rehearse.session import resume
from rehearse.session.resume import SESSION_FILE
from rehearse.speech import models, whisper
from rehearse.takes import index, remarks, take_json
from rehearse.takes.mend import mend
from rehearse.takes.store import TakeStore
from tests.sample import TAKE
from tools.fuzz.commands import (
    ANALYSES,
    BETWEEN,
    CHOSEN,
    LABELS,
    LISTS,
    PACKS,
    PLANS,
    REPORTS,
    TYPED,
)
from tools.fuzz.desk import command, furnished
from tools.fuzz.guard import Finding
from tools.fuzz.mutators import Mutator, as_json, as_toml, as_wav, as_zip, plain
from tools.notes.conservation import torn_lines

WHISPER_FILES = ("config.json", "preprocessor_config.json", "vocabulary.json", "tokenizer.json")


@dataclass(frozen=True)
class Targets:
    home: Path
    """Furnished; the targets put back what they change."""

    @property
    def take(self) -> Path:
        return self.home / "recordings" / TAKE.id

    def _file(self, name: str, data: bytes) -> Path:
        path = self.home / name
        path.write_bytes(data)
        return path

    def _one_of(self, commands: tuple[tuple[str, ...], ...], data: bytes) -> None:
        """The same for the same bytes, so that a finding can be repeated."""
        command(*commands[crc32(data) % len(commands)], home=self.home)

    def pack(self, data: bytes) -> None:
        """A question pack, and the plans in it."""
        path = self._file("pack.md", data)
        command("questions", "check", str(path), home=self.home)
        read = packs.read_pack(path)
        everything = (read, *packs.builtin_packs())
        for plan in read.plans:
            share_out(plan, questions_of(everything), to_ask=read.to_ask, rng=Random(1))

    def shown_pack(self, data: bytes) -> None:
        """A pack among the user's own: all that lists, asks and plans with it."""
        path = self._file("prompts/own.md", data)
        try:
            self._one_of(PACKS, data)
        finally:
            path.unlink()

    def notes(self, data: bytes) -> None:
        """Notes that are imported, and once more after a change; no line of them is lost."""
        text = data.decode("utf-8", "replace")
        if torn := torn_lines(text, sorted_notes(text)):
            raise Finding(f"Import lost line {min(torn)}: {torn[min(torn)]}")
        path = self._file("my notes_file.md", data)
        for _ in self._cleared(self.home / "prompts" / packs.PERSONAL):
            command("questions", "import", str(path), "--json", home=self.home)
            path.write_bytes(data + b"\n\n## Ownership\n\n- Tell me about a time you failed.\n")
            command("questions", "import", str(path), home=self.home)

    def _cleared(self, folder: Path):
        yield folder
        for path in folder.iterdir() if folder.is_dir() else ():
            path.unlink()

    def points(self, data: bytes) -> None:
        """Notes with points to say."""
        path = self._file("points.md", data)
        story = self._file("story.txt", b"I was told of a bee, and so I built a queue of hives.")
        command("analyze", str(story), "--notes", str(path), home=self.home)

    def text(self, data: bytes) -> None:
        self._transcript(data, ".txt")

    def srt(self, data: bytes) -> None:
        self._transcript(data, ".srt")

    def vtt(self, data: bytes) -> None:
        self._transcript(data, ".vtt")

    def words(self, data: bytes) -> None:
        """The JSON of the Whisper programs."""
        self._transcript(data, ".json")

    def _transcript(self, data: bytes, suffix: str) -> None:
        path = self._file(f"transcript{suffix}", data)
        options = ANALYSES[crc32(data) % len(ANALYSES)]
        command("analyze", str(path), *options, home=self.home)

    def take_json(self, data: bytes) -> None:
        """A take as anybody may have left it."""
        (self.take / take_json.TAKE_FILE).write_bytes(data)
        (self.home / "recordings" / index.INDEX_FILE).unlink(missing_ok=True)
        try:
            self._one_of(REPORTS + LISTS + LABELS, data)
            store = TakeStore(self.home / "recordings")
            mend(store, self.take)
        finally:
            (self.home / PLAN_FILE).unlink(missing_ok=True)
            for damaged in self.take.glob("*.damaged"):
                damaged.unlink()

    def index(self, data: bytes) -> None:
        """The remembered list; behind a right checksum, as somebody might forge it."""
        path = self.home / "recordings" / index.INDEX_FILE
        path.write_bytes(json.dumps(index._head(data)).encode() + b"\n" + data)
        self._one_of(LISTS + PLANS[:3], data)
        path.write_bytes(data)
        self._one_of(LISTS + PLANS[:3], data)

    def session(self, data: bytes) -> None:
        """A session that was broken off."""
        self._file(SESSION_FILE, data)
        found = resume.read(self.home)
        if found is not None:
            resume.load(resume.dump(found), SESSION_FILE)

    def plan_json(self, data: bytes) -> None:
        """What the user wished of the schedule."""
        self._file(PLAN_FILE, data)
        try:
            self._one_of(PLANS, data)
        finally:
            for path in self.home.glob(f"{PLAN_FILE}*"):
                path.unlink()

    def config(self, data: bytes) -> None:
        path = self._file(CONFIG_FILE, data)
        try:
            settings(argparse.Namespace(), environment={"REHEARSE_HOME": str(self.home)})
            self._one_of(REPORTS + CHOSEN, data)
        finally:
            path.unlink()

    def remarks(self, data: bytes) -> None:
        """A coach's Markdown."""
        self._coach(self._file("coach.md", data), data)

    def parcel(self, data: bytes) -> None:
        """A coach's zip."""
        self._coach(self._file("coach.zip", data), data)

    def _coach(self, path: Path, data: bytes) -> None:
        kept = self.take / remarks.REMARKS_FILE
        try:
            if command("remarks", str(path), TAKE.id, home=self.home) == 0:
                self._one_of(REPORTS, data)
                remarks.parse(kept.read_text("utf-8"), str(kept))
            command("remarks", str(path), home=self.home)
            kept.write_bytes(data)
            self._one_of((*REPORTS, ("replay", TAKE.id)), data)
        finally:
            kept.unlink(missing_ok=True)

    def wav(self, data: bytes) -> None:
        self._recording(self._file("sound.wav", data))

    def media(self, data: bytes) -> None:
        """A recording of any other kind; libav looks for itself what it is."""
        self._recording(self._file("sound.mka", data))

    def _recording(self, path: Path) -> None:
        samples = recordings.decode(path)
        if not (abs(samples) <= 1.0).all():
            raise Finding("samples beyond the range")
        if abs(recordings.duration(path) - len(samples) / SAMPLE_RATE) > 0.01:
            raise Finding("two lengths of one recording")

    def kept_sound(self, data: bytes) -> None:
        """The sound of a take."""
        sound = self.take / take_json.SOUND_FILE
        kept = sound.read_bytes()
        sound.write_bytes(data)
        try:
            self._one_of(
                (
                    ("report", TAKE.id, "--format", "html"),
                    ("takes",),
                    ("replay", TAKE.id),
                    ("share", TAKE.id, "-o", str(self.home / "shared.zip")),
                ),
                data,
            )
            mend(TakeStore(self.home / "recordings"), self.take)
        finally:
            sound.write_bytes(kept)

    def model(self, data: bytes) -> None:
        """A file of a model's folder."""
        name = WHISPER_FILES[crc32(data) % len(WHISPER_FILES)]
        folder = self._model
        (folder / name).write_bytes(data)
        try:
            found = models.find(folder)
            transcriber = whisper.WhisperTranscriber(found.path, found.name, threads=1)
            transcriber.load()
        finally:
            (folder / name).write_bytes((models.MINIATURE / name).read_bytes())

    @cached_property
    def _model(self) -> Path:
        folder = self.home / "model"
        folder.mkdir(exist_ok=True)
        for path in models.MINIATURE.iterdir():
            (folder / path.name).write_bytes(path.read_bytes())
        return folder

    def typed(self, data: bytes) -> None:
        """The rest of a command line."""
        texts = data[1:].decode("utf-8", "surrogateescape").replace("\0", "").split(BETWEEN)
        begun = TYPED[data[0] % len(TYPED)] if data else TYPED[0]
        if any(
            text.startswith(("practice", "intro", "loop", "doctor", "demo", "get"))
            for text in texts
        ):
            return  # they would open devices and the network
        if any("/" in text or ".." in text for text in texts) and any(
            text.startswith(("-o", "--o", "--h")) for text in (*begun, *texts)
        ):
            return  # who names a file may have it written anywhere
        command(*begun, *texts[:6], home=self.home)
        furnished(self.home)


MUTATORS: dict[str, Mutator] = {
    "words": as_json,
    "take_json": as_json,
    "index": as_json,
    "session": as_json,
    "plan_json": as_json,
    "config": as_toml,
    "wav": as_wav,
    "kept_sound": as_wav,
    "parcel": as_zip,
    "model": as_json,
}
NAMES = (
    "take_json",
    "words",
    "config",
    "remarks",
    "parcel",
    "pack",
    "shown_pack",
    "notes",
    "points",
    "text",
    "srt",
    "vtt",
    "index",
    "session",
    "plan_json",
    "wav",
    "media",
    "kept_sound",
    "typed",
    "model",
)


def target(name: str, home: Path) -> Callable[[bytes], None]:
    found: Callable[[bytes], None] = getattr(Targets(home), name)
    return found


def mutator(name: str) -> Mutator:
    return MUTATORS.get(name, plain)


def remember_packs() -> None:
    """Reading the program's own packs anew for every input would take most of the time."""
    read = lru_cache(packs.builtin_packs)
    packs.builtin_packs = read
    notes_file.builtin_packs = read
