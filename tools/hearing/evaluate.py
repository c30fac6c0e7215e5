"""How many words are left of a voice that is quiet, far away, on the telephone or in an echoing
room, and how many are made up where nobody speaks: one figure a line.

Each is a share of what one plain pass of faster-whisper over the same file writes down, with real
Whisper (packages of the extras `offline` and `real`). People, where recordings of them lie beside
the project, and the built-in synthetic voice are kept apart.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapidfuzz.distance import LCSseq

from rehearse.audio.recordings import decode
from rehearse.model.take import SAMPLE_RATE
from rehearse.speech.transcription import write_down
from rehearse.speech.voice_activity import SileroVoiceActivity
from rehearse.speech.whisper import WhisperTranscriber
from rehearse.text import bare_words
from tools.hearing.rooms import VOICED, without_a_voice
from tools.questions.installed import NotHere, tiny_en, whisper_base

if TYPE_CHECKING:
    from rehearse.model.take import Samples

PEOPLE = Path(__file__).parents[3] / "shared" / "speech" / "audio"
CHOSEN_ON = 2
"""Every second clip of people was looked at while the settings were chosen; the others were not."""
MODELS = {"tiny_en": tiny_en, "base": whisper_base}


@dataclass(frozen=True)
class Kept:
    """Words of a plain pass, and those of them that are left."""

    plain: int = 0
    left: int = 0
    more: int = 0
    """Words that the plain pass has not."""

    def __add__(self, other: Kept) -> Kept:
        return Kept(self.plain + other.plain, self.left + other.left, self.more + other.more)


@dataclass(frozen=True)
class Ears:
    """The product and the plain pass, with one model."""

    transcriber: WhisperTranscriber

    def ours(self, sound: Samples) -> list[str]:
        self.transcriber.prepare()
        written = write_down(sound, activity=SileroVoiceActivity(), transcriber=self.transcriber)
        return bare_words(written.transcript.text.split()) if written.transcript else []

    def plain(self, sound: Samples) -> list[str]:
        model: Any = self.transcriber.load()
        segments, _ = model.transcribe(sound, language="en", beam_size=5, without_timestamps=False)
        return bare_words(" ".join(segment.text for segment in segments).split())

    def kept(self, sound: Samples) -> Kept:
        plain, ours = self.plain(sound), self.ours(sound)
        left = LCSseq.similarity(plain, ours)
        return Kept(len(plain), left, len(ours) - left)


def main(arguments: Sequence[str] | None = None) -> None:
    wanted = _options(arguments)
    voices = {"people": people(wanted.chosen_on), "voice": synthetic()}
    for name in [wanted.model] if wanted.model else MODELS:
        try:
            ears = Ears(WhisperTranscriber(MODELS[name](), name, threads=wanted.threads))
        except NotHere as missing:
            print(f"hearing_{name}: real Whisper is not here, left out ({missing})")
            continue
        for line in figures(name, ears, voices, wanted.room):
            print(line, flush=True)


def figures(
    model: str, ears: Ears, voices: Mapping[str, Mapping[str, Samples]], room: str | None
) -> Iterator[str]:
    for name, change in VOICED.items():
        for who, clips in voices.items():
            if clips and room in (None, name):
                total = sum((ears.kept(change(sound)) for sound in clips.values()), Kept())
                share = 100 * total.left / max(1, total.plain)
                yield (
                    f"hearing_{model}_{who}_{name}_words_kept {share:.1f} %"
                    f" (n={total.plain} words, {len(clips)} clips; {total.more} others)"
                )
    for name, sound in without_a_voice().items():
        if room in (None, name):
            seconds = len(sound) / SAMPLE_RATE
            yield f"hearing_{model}_{name} {len(ears.ours(sound))} words (n={seconds:.0f} s)"


def people(chosen_on: bool = False) -> dict[str, Samples]:
    """Recordings of people; empty where they are not there."""
    paths = sorted(PEOPLE.glob("*.wav"))
    return {path.stem: decode(path) for path in paths[0 if chosen_on else 1 :: CHOSEN_ON]}


def synthetic() -> dict[str, Samples]:
    from tools.bench.live import speech

    return {"candidate": speech(60)}


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", choices=tuple(MODELS), help="this model only")
    parser.add_argument("--room", metavar="NAME", help="this room or sound only")
    parser.add_argument("--threads", type=int, help="threads of the model")
    parser.add_argument(
        "--chosen-on", action="store_true", help="the clips that the settings were chosen on"
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
