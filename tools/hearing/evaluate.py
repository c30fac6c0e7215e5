"""How many words are left of a voice that is quiet, far away, on the telephone or in an echoing
room, and how many are made up where nobody speaks: one figure a line.

Words that are left are a share of what one plain pass of faster-whisper over the same file writes
down, with real Whisper (packages of the extras `offline` and `real`); words that are right are one
of what was said. Another plain pass, over the same sound a little later, shows what is chance.
People, where recordings of them lie beside the project, and the built-in synthetic voice are kept
apart.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from rapidfuzz.distance import LCSseq

from rehearse.audio.recordings import decode
from rehearse.model.take import SAMPLE_RATE, Span, Word
from rehearse.speech.decoding import options
from rehearse.speech.transcription import write_down
from rehearse.speech.voice_activity import SileroVoiceActivity
from rehearse.speech.whisper import WhisperTranscriber
from rehearse.text import bare_words
from tools.hearing.rooms import VOICED, Room, noises, without_a_voice
from tools.hearing.said import CLIPS, NONE, Right, right, spoken, transcripts, without_speech
from tools.questions.installed import NotHere, tiny_en, whisper_base

if TYPE_CHECKING:
    from rehearse.model.take import Samples

CHOSEN_ON = 2
"""Every second clip of people was looked at while the settings were chosen; the others were not."""
LATER = 0.4
"""Seconds by which another plain pass begins later: what it loses is chance."""
MODELS = {"tiny_en": tiny_en, "base": whisper_base}


@dataclass(frozen=True)
class Kept:
    """Words of a plain pass, and those of them that are left."""

    plain: int = 0
    left: int = 0
    more: int = 0
    """Words that the plain pass has not."""
    again: int = 0
    """Those of them that another plain pass has, in which the sound begins a little later."""
    ours: Right = NONE
    """Of what was said, where that is known."""
    theirs: Right = NONE
    """The same of the plain pass."""
    outside: tuple[int, int] = (0, 0)
    """Words where nobody spoke: ours, and those of the plain pass."""

    def __add__(self, other: Kept) -> Kept:
        return Kept(
            self.plain + other.plain,
            self.left + other.left,
            self.more + other.more,
            self.again + other.again,
            self.ours + other.ours,
            self.theirs + other.theirs,
            (self.outside[0] + other.outside[0], self.outside[1] + other.outside[1]),
        )


@dataclass(frozen=True)
class Clip:
    sound: Samples
    said: Sequence[str] = ()
    """Empty where nobody wrote it down."""


@dataclass(frozen=True)
class Ears:
    """The product and the plain pass, with one model."""

    transcriber: WhisperTranscriber

    def ours(self, sound: Samples) -> Sequence[Word]:
        self.transcriber.prepare()
        written = write_down(sound, activity=SileroVoiceActivity(), transcriber=self.transcriber)
        return written.transcript.words if written.transcript else ()

    def plain(self, sound: Samples) -> list[Word]:
        """The whole sound at once, decoded as the product decodes its pieces."""
        model: Any = self.transcriber.load()
        how = options(len(sound) / SAMPLE_RATE, hasty=False)
        segments, _ = model.transcribe(sound, language="en", **how)
        return [
            Word(one.word.strip(), one.start, one.end, one.probability)
            for segment in segments
            for one in segment.words
        ]

    def kept(self, clip: Clip, room: Room) -> Kept:
        sound = room(clip.sound)
        plain, ours = self.plain(sound), self.ours(sound)
        later = self.plain(np.pad(sound, (round(LATER * SAMPLE_RATE), 0)))
        texts = [_texts(plain), _texts(ours), _texts(later)]
        left = LCSseq.similarity(texts[0], texts[1])
        speech = _speech(clip.sound, (len(sound) - len(clip.sound)) / 2 / SAMPLE_RATE)
        return Kept(
            len(texts[0]),
            left,
            len(texts[1]) - left,
            LCSseq.similarity(texts[0], texts[2]),
            right(clip.said, spoken(" ".join(texts[1]))) if clip.said else NONE,
            right(clip.said, spoken(" ".join(texts[0]))) if clip.said else NONE,
            (without_speech(ours, speech), without_speech(plain, speech)),
        )


def main(arguments: Sequence[str] | None = None) -> None:
    wanted = _options(arguments)
    voices = {"people": people(wanted.chosen_on), "voice": synthetic()}
    others = [clip.sound for clip in people(not wanted.chosen_on).values()]
    rooms = {**VOICED, **noises(others)}
    if wanted.room:
        rooms = {name: room for name, room in rooms.items() if name == wanted.room}
    for name in [wanted.model] if wanted.model else MODELS:
        try:
            ears = Ears(WhisperTranscriber(MODELS[name](), name, threads=wanted.threads))
        except NotHere as missing:
            print(f"hearing_{name}: real Whisper is not here, left out ({missing})")
            continue
        for line in figures(name, ears, voices, rooms):
            print(line, flush=True)
        for sound_name, sound in without_a_voice().items():
            if wanted.room in (None, sound_name):
                heard, seconds = len(ears.ours(sound)), len(sound) / SAMPLE_RATE
                print(f"hearing_{name}_{sound_name} {heard} words (n={seconds:.0f} s)", flush=True)


def figures(
    model: str,
    ears: Ears,
    voices: Mapping[str, Mapping[str, Clip]],
    rooms: Mapping[str, Room],
) -> Iterator[str]:
    for name, room in rooms.items():
        for who, clips in voices.items():
            if clips:
                total = sum((ears.kept(clip, room) for clip in clips.values()), Kept())
                yield from _lines(f"hearing_{model}_{who}_{name}", total, len(clips))


def _lines(name: str, total: Kept, clips: int) -> Iterator[str]:
    yield (
        f"{name}_words_kept {_share(total.left, total.plain)}"
        f" (n={total.plain} words, {clips} clips; {total.more} others;"
        f" another plain pass {_share(total.again, total.plain)})"
    )
    ours, theirs = total.ours, total.theirs
    if ours.said:
        yield (
            f"{name}_words_right {_share(ours.right, ours.said)} (n={ours.said} said;"
            f" plain pass {_share(theirs.right, theirs.said)};"
            f" wrong {ours.wrong}, plain pass {theirs.wrong})"
        )
    yield f"{name}_words_without_speech {total.outside[0]} (plain pass {total.outside[1]})"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / max(1, whole):.1f} %"


def _texts(words: Sequence[Word]) -> list[str]:
    return bare_words(" ".join(word.text for word in words).split())


def _speech(sound: Samples, later: float) -> list[Span]:
    """Of a voice alone, which comes that many seconds later."""
    found = write_down(sound, activity=SileroVoiceActivity(), transcriber=None).sound.speech
    return [Span(one.start + later, one.end + later) for one in found]


def people(chosen_on: bool = False) -> dict[str, Clip]:
    """Recordings of people; empty where they are not there."""
    said = transcripts()
    paths = sorted((CLIPS / "audio").glob("*.wav"))[0 if chosen_on else 1 :: CHOSEN_ON]
    return {path.stem: Clip(decode(path), said.get(path.stem, ())) for path in paths}


def synthetic() -> dict[str, Clip]:
    from tools.bench.live import speech

    return {"candidate": Clip(speech(60))}


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
