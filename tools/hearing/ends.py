"""What it costs that at the end of an answer the words that were written ahead are taken over: the
same answers, broken off behind some of their words, are read so and read anew. One figure a line.

Words that are kept are a share of those that one plain pass of faster-whisper over the whole sound
writes up to there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import LCSseq

from rehearse.model.take import SAMPLE_RATE, Word
from rehearse.ports import Reading
from rehearse.speech.transcription import write_down
from rehearse.speech.voice_activity import SileroVoiceActivity
from rehearse.speech.whisper import WhisperTranscriber
from rehearse.text import bare_words
from tools.hearing.evaluate import MODELS, Ears, people
from tools.hesitations.shared import neural_recordings
from tools.questions.installed import NotHere

if TYPE_CHECKING:
    from rehearse.model.take import Samples

EARLIEST = 6.0
"""Seconds of an answer that is broken off, at least."""
MOST = 5
"""Ends of one answer."""
BEHIND = 0.15
"""Seconds of sound behind its last word."""


@dataclass(frozen=True)
class Anew:
    """Takes nothing over."""

    inner: WhisperTranscriber
    name = "anew"
    language = "en"

    def prepare(self) -> None:
        self.inner.prepare()

    def transcribe(
        self,
        samples: Samples,
        *,
        hasty: bool = False,
        names: Sequence[str] = (),
        after: Sequence[Word] = (),
    ) -> Reading:
        return self.inner.transcribe(samples, hasty=hasty, names=names)


@dataclass(frozen=True)
class Kept:
    ends: int = 0
    words: int = 0
    ours: int = 0
    more: int = 0
    """Words that the plain pass has not."""
    anew: int = 0
    more_anew: int = 0

    def __add__(self, other: Kept) -> Kept:
        return Kept(*(a + b for a, b in zip(_all(self), _all(other), strict=True)))


def _all(kept: Kept) -> tuple[int, ...]:
    return (kept.ends, kept.words, kept.ours, kept.more, kept.anew, kept.more_anew)


def main() -> None:
    """On the clips of people that no setting was chosen on, and on every second neural answer."""
    sounds = {
        "people": [clip.sound for clip in people().values()],
        "neural": [recording.sound for recording in neural_recordings()[1::2]],
    }
    for name, find in MODELS.items():
        try:
            transcriber = WhisperTranscriber(find(), name)
        except NotHere as missing:
            print(f"hearing_{name}_ends: real Whisper is not here, left out ({missing})")
            continue
        for line in figures(name, transcriber, sounds):
            print(line, flush=True)


def figures(
    model: str, transcriber: WhisperTranscriber, sounds: Mapping[str, Sequence[Samples]]
) -> Iterator[str]:
    for who, listed in sounds.items():
        total = sum((_kept(transcriber, sound) for sound in listed), Kept())
        if total.words:
            yield (
                f"hearing_{model}_{who}_ends_words_kept {100 * total.ours / total.words:.1f} %"
                f" (n={total.words} words, {total.ends} ends; {total.more} others; read anew"
                f" {100 * total.anew / total.words:.1f} %, {total.more_anew} others)"
            )


def _kept(transcriber: WhisperTranscriber, sound: Samples) -> Kept:
    activity = SileroVoiceActivity()
    speech = write_down(sound, activity=activity, transcriber=None).sound.speech
    ends = [stretch.end for stretch in speech if stretch.end >= EARLIEST]
    plain = Ears(transcriber).plain(sound)
    total = Kept()
    for end in ends[1 :: max(1, len(ends) // MOST)][:MOST]:
        part = sound[: round((end + BEHIND) * SAMPLE_RATE)]
        wanted = _texts([word for word in plain if (word.start or 0.0) < end])
        readings = []
        for reader in (transcriber, Anew(transcriber)):
            written = write_down(part, activity=activity, transcriber=reader).transcript
            readings.append(_texts(written.words if written else ()))
        ours, anew = (LCSseq.similarity(wanted, reading) for reading in readings)
        more, more_anew = (len(r) - n for r, n in zip(readings, (ours, anew), strict=True))
        total += Kept(1, len(wanted), ours, more, anew, more_anew)
    return total


def _texts(words: Sequence[Word]) -> list[str]:
    return bare_words(" ".join(word.text for word in words).split())


if __name__ == "__main__":
    main()
