"""Whether Whisper writes the names of somebody's notes better when it is told them before, and
whether it then writes names that nobody said: one figure a line.

Sentences of our own are spoken by the voices that are here: half of them hold two names of their
notes, half hold words that only sound like them. They are written down untold, with the names as
faster-whisper takes them, which is as hotwords and as a prompt, and as the product does it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from rapidfuzz.distance import LCSseq

from rehearse.analysis.rules import table
from rehearse.model.take import SAMPLE_RATE
from rehearse.speech.decoding import options
from rehearse.speech.whisper import WhisperTranscriber
from tools.hearing.evaluate import MODELS
from tools.questions.heard import VOICES
from tools.questions.installed import NotHere
from tools.questions.spelling import words

if TYPE_CHECKING:
    from rehearse.model.take import Samples

TEXTS = Path(__file__).with_name("names.toml")
LONGEST = 4
"""Words that one name may be written as: "cooper net ease"."""

Write: TypeAlias = "Callable[[Samples, Sequence[str]], str]"
"""Writes a sound down that may hold these names."""


@dataclass(frozen=True)
class Sentence:
    text: str
    names: tuple[str, ...]
    """Of the notes."""

    @property
    def said(self) -> tuple[str, ...]:
        return tuple(name for name in self.names if holds(self.text, name))


@dataclass(frozen=True)
class Written:
    """One sentence as Whisper wrote it, or the sum of several."""

    named: int = 0
    """Names that were said."""
    found: int = 0
    alike: int = 0
    """Sentences without a name."""
    invented: int = 0
    """Names that nobody said."""
    others: int = 0
    """Words that are no names."""
    lost: int = 0
    behind: int = 0
    """Words that were made up behind the last one."""

    def __add__(self, other: Written) -> Written:
        return Written(*(a + b for a, b in zip(self._row, other._row, strict=True)))

    @property
    def _row(self) -> tuple[int, ...]:
        return tuple(getattr(self, each.name) for each in fields(self))


def main(arguments: Sequence[str] | None = None) -> None:
    wanted = _options(arguments)
    for voice in [wanted.voice] if wanted.voice else VOICES:
        try:
            speak = VOICES[voice]()
        except NotHere as missing:
            print(f"names_{voice}: this voice is not here, left out ({missing})")
            continue
        spoken = {one: speak(one.text) for one in sentences()}
        for model in [wanted.model] if wanted.model else MODELS:
            try:
                told = ways(model, wanted.threads)
            except NotHere as missing:
                print(f"names_{model}: real Whisper is not here, left out ({missing})")
                continue
            for line in figures(f"names_{model}_{voice}", spoken, told, show=wanted.verbose):
                print(line, flush=True)


def figures(
    name: str, spoken: Mapping[Sentence, Samples], ways: Mapping[str, Write], *, show: bool = False
) -> Iterator[str]:
    for how, write in ways.items():
        total = Written()
        for sentence, sound in spoken.items():
            text = write(sound, sentence.names)
            total += compared(sentence, text)
            if show:
                sys.stderr.write(f"{name} {how}: {sentence.text}\n    {text}\n")
        yield (
            f"{name}_{how}_names_found {total.found} (n={total.named}; {total.invented} invented"
            f" in {total.alike} sentences with words alike; of {total.others} other words"
            f" {100 * total.lost / total.others:.1f} % lost, {total.behind} made up behind the end)"
        )


def sentences() -> list[Sentence]:
    notes = table(TEXTS.read_text(encoding="utf-8"))["notes"]
    return [
        Sentence(text, tuple(one["names"])) for one in notes for text in one["said"] + one["alike"]
    ]


def compared(sentence: Sentence, text: str) -> Written:
    names = {name: holds(text, name) for name in sentence.names}
    said, heard = words(sentence.text), words(text)
    others = [word for word in said if word not in map(_bare, sentence.names)]
    return Written(
        named=len(sentence.said),
        found=sum(names[name] for name in sentence.said),
        alike=not sentence.said,
        invented=sum(found for name, found in names.items() if name not in sentence.said),
        others=len(others),
        lost=len(others) - LCSseq.similarity(others, heard),
        behind=_behind(said, heard),
    )


def _behind(said: Sequence[str], heard: Sequence[str]) -> int:
    last = LCSseq.opcodes(said, heard).as_list()[-1:]
    return sum(end - first for tag, _, _, first, end in last if tag == "insert")


def holds(text: str, name: str) -> bool:
    """Written as one word or as several: the ear cannot tell."""
    heard = words(text)
    runs = (
        "".join(heard[first : first + size])
        for size in range(1, LONGEST)
        for first in range(len(heard))
    )
    return _bare(name) in runs


def _bare(name: str) -> str:
    return "".join(words(name))


def ways(model: str, threads: int | None = None) -> dict[str, Write]:
    """Raises NotHere."""
    transcriber = WhisperTranscriber(MODELS[model](), model, threads=threads)
    loaded: Any = transcriber.load()

    def write(sound: Samples, **hint: str) -> str:
        told = {**options(len(sound) / SAMPLE_RATE, hasty=False), **hint}
        segments, _ = loaded.transcribe(sound, language="en", **told)
        return " ".join(segment.text.strip() for segment in segments)

    return {
        "untold": lambda sound, names: write(sound),
        "hotwords": lambda sound, names: write(sound, hotwords=", ".join(names)),
        "prompt": lambda sound, names: write(sound, initial_prompt=f"Names: {', '.join(names)}."),
        "product": lambda sound, names: " ".join(
            word.text for word in transcriber.transcribe(sound, names=names).words
        ),
    }


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", choices=tuple(MODELS), help="this model only")
    parser.add_argument("--voice", choices=tuple(VOICES), help="this voice only")
    parser.add_argument("--threads", type=int, help="threads of the model")
    parser.add_argument("--verbose", action="store_true", help="what was written, to stderr")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
