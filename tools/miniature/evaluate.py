"""How well the committed miniature hears held-out synthetic speech: one figure a line.

Needs faster-whisper and espeakng-loader only.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from .speak import Sound, Speaker, SpokenWord, Voice
from .voices import UNSEEN

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "rehearse" / "data" / "miniature"
HELD_OUT = ROOT / "tests" / "data" / "miniature_heldout.jsonl"
DEMO = ROOT / "rehearse" / "data" / "demo.json"
CLOSE = 0.3  # seconds; what the program needs of a word's start
PLAIN = re.compile(r"[a-z']+")
UNSEEN_SENTENCES = 4

Words = list[tuple[str, float]]
Listen = Callable[[Sound], Words]


@dataclass(frozen=True)
class Item:
    kind: str
    text: str
    voice: str
    rate: int


@dataclass(frozen=True)
class Heard:
    """One utterance: words said and heard, and the pairs of equal ones."""

    said: tuple[SpokenWord, ...]
    heard: tuple[tuple[str, float], ...]
    pairs: tuple[tuple[int, int], ...]
    errors: int


def read_items(path: Path = HELD_OUT) -> list[Item]:
    return [Item(**json.loads(line)) for line in path.read_text().splitlines()]


def demo_items() -> list[Item]:
    demo = json.loads(DEMO.read_text())
    voices = (("question", demo["interviewer_voice"]), ("answer", demo["candidate_voice"]))
    return [
        Item("demo", take[part], voice, demo["rate"])
        for take in demo["takes"]
        for part, voice in voices
    ]


def open_model(folder: Path, beam: int) -> Listen:
    os.environ["HF_HUB_OFFLINE"] = "1"
    from faster_whisper import WhisperModel  # after the switch that keeps it off the network

    model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=2)

    def listen(sound: Sound) -> Words:
        segments, _ = model.transcribe(
            sound,
            language="en",
            beam_size=beam,
            word_timestamps=True,
            condition_on_previous_text=False,
        )
        words = [word for segment in segments for word in segment.words or ()]
        return [(text, float(w.start)) for w in words for text in PLAIN.findall(w.word.lower())]

    return listen


def compare(said: list[str], heard: list[str]) -> tuple[int, list[tuple[int, int]]]:
    """Edit distance in words, and the places of the words that match on the best path."""
    rows = [list(range(len(heard) + 1))]
    for i, word in enumerate(said):
        row = [i + 1]
        for j, other in enumerate(heard):
            row.append(min(rows[i][j] + (word != other), rows[i][j + 1] + 1, row[j] + 1))
        rows.append(row)
    i, j, pairs = len(said), len(heard), list[tuple[int, int]]()
    while i and j:
        if rows[i][j] == rows[i - 1][j - 1] + (said[i - 1] != heard[j - 1]):
            i, j = i - 1, j - 1
            if said[i] == heard[j]:
                pairs.append((i, j))
        elif rows[i][j] == rows[i - 1][j] + 1:
            i -= 1
        else:
            j -= 1
    return rows[-1][-1], pairs[::-1]


def hear(items: Iterable[Item], speaker: Speaker, listen: Listen, verbose: bool) -> list[Heard]:
    return [_hear_one(item, speaker, listen, verbose) for item in items]


def _hear_one(item: Item, speaker: Speaker, listen: Listen, verbose: bool) -> Heard:
    speech = speaker.speak(item.text, Voice(item.voice, item.rate))
    words = listen(speech.sound)
    errors, pairs = compare([w.text.lower() for w in speech.words], [text for text, _ in words])
    if verbose and errors:
        heard = " ".join(text for text, _ in words)
        sys.stderr.write(f"{item.kind} {item.voice} {item.rate}\n  {item.text}\n  {heard}\n")
    return Heard(speech.words, tuple(words), tuple(pairs), errors)


def figure(name: str, part: float, whole: int, of: str) -> str:
    return f"{name} {100 * part / max(1, whole):.1f} % (n={whole} {of})\n"


def word_errors(name: str, heard: list[Heard]) -> str:
    said = sum(len(h.said) for h in heard)
    return figure(f"word_error_rate.{name}", sum(h.errors for h in heard), said, "words")


def filler_recall(filler: str, heard: list[Heard]) -> str:
    places = [(h, i) for h in heard for i, w in enumerate(h.said) if w.text.lower() == filler]
    found = sum(i in {a for a, _ in h.pairs} for h, i in places)
    return figure(f"recall.{filler}", found, len(places), "spoken")


def start_times(heard: list[Heard]) -> str:
    late = sorted(abs(h.heard[j][1] - h.said[i].start) for h in heard for i, j in h.pairs)
    close = figure("word_start.within_0.3_s", sum(x <= CLOSE for x in late), len(late), "words")
    ninth = late[int(0.9 * len(late))] if late else float("nan")
    return f"{close}word_start.error_of_nine_in_ten {ninth:.3f} s (n={len(late)} words)\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--beam", type=int, default=5)
    parser.add_argument("--verbose", action="store_true", help="errors to stderr")
    options = parser.parse_args()
    speaker, listen = Speaker(), open_model(options.model, options.beam)
    items = [*demo_items(), *read_items()]
    everything: list[Heard] = []
    for kind in dict.fromkeys(item.kind for item in items):
        heard = hear((i for i in items if i.kind == kind), speaker, listen, options.verbose)
        sys.stdout.write(word_errors(kind.replace(" ", "_"), heard))
        everything += heard
    for filler in ("um", "uh"):
        sys.stdout.write(filler_recall(filler, everything))
    sys.stdout.write(start_times(everything))
    sentences = [i for i in items if i.kind == "grammar"][:UNSEEN_SENTENCES]
    strange = [Item("unseen voice", i.text, v, i.rate) for v in UNSEEN for i in sentences]
    sys.stdout.write(word_errors("unseen_voice", hear(strange, speaker, listen, options.verbose)))
    size = sum(path.stat().st_size for path in options.model.iterdir())
    sys.stdout.write(f"size {size / 1e6:.1f} MB (n={len(list(options.model.iterdir()))} files)\n")


if __name__ == "__main__":
    main()
