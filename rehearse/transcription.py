"""From sound to what it tells and to words, piece by piece."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rehearse.analysis.hesitations import candidates
from rehearse.listening import segmenter
from rehearse.model import SAMPLE_RATE, Sound, Span, Transcript, Word

if TYPE_CHECKING:
    from rehearse.model import Samples
    from rehearse.ports import Transcriber, VoiceActivity

QUIETEST = 1e-6
"""-120 dBFS: below the last bit of 16-bit sound, so that a logarithm never meets zero."""


def listen(samples: Samples, activity: VoiceActivity) -> tuple[Sound, tuple[Span, ...]]:
    """What the sound tells without words, and the segments in which to look for words."""
    duration = len(samples) / SAMPLE_RATE
    probabilities = activity.probabilities(samples)
    speech = _within(segmenter.speech_spans(probabilities), duration)
    sound = Sound(
        duration,
        speech,
        level=_level(samples, speech),
        hesitations=candidates(samples, speech),
    )
    return sound, segmenter.segments(probabilities, duration)


def write_down(
    samples: Samples, pieces: Sequence[Span], *, sound: Sound, transcriber: Transcriber
) -> Generator[float, None, Transcript]:
    """Yield the second up to which everything is written; return the words, fitted to the speech.

    Raises ModelMissing and TranscriptionFailed."""
    words: list[Word] = []
    for piece in pieces:
        first, last = (round(edge * SAMPLE_RATE) for edge in (piece.start, piece.end))
        said = transcriber.transcribe(samples[first:last])
        words += [_shifted(word, piece.start) for word in said]
        yield piece.end
    return Transcript(
        tuple(fit_to_speech(word, sound.speech) for word in words),
        transcriber.language,
        model=transcriber.name,
        duration=sound.duration,
    )


def finish(
    writing: Generator[float, None, Transcript], progress: Callable[[float], None]
) -> Transcript:
    """Write everything down, telling `progress` each second reached."""
    while True:
        try:
            progress(next(writing))
        except StopIteration as finished:
            transcript: Transcript = finished.value
            return transcript


def fit_to_speech(word: Word, speech: Sequence[Span]) -> Word:
    """The word without the silence at its edges: Whisper lets each word end where the next begins,
    so the pause after a word, and the one before a segment's first word, are counted into it."""
    if word.start is None or word.end is None:
        return word
    heard = [s for s in speech if s.start < word.end and s.end > word.start]
    if not heard:
        return word
    return replace(word, start=max(word.start, heard[0].start), end=min(word.end, heard[-1].end))


def _shifted(word: Word, by: float) -> Word:
    start, end = (None if t is None else t + by for t in (word.start, word.end))
    return replace(word, start=start, end=end)


def _within(spans: Sequence[Span], duration: float) -> tuple[Span, ...]:
    """The last frame may reach past the end of the sound."""
    return tuple(Span(s.start, min(s.end, duration)) for s in spans if s.start < duration)


def _level(samples: Samples, speech: Sequence[Span]) -> float | None:
    """RMS level of the speech in dBFS."""
    power = count = 0.0
    for span in speech:
        part = samples[round(span.start * SAMPLE_RATE) : round(span.end * SAMPLE_RATE)]
        power += float((part.astype("float64") ** 2).sum())
        count += len(part)
    return 20 * math.log10(max(math.sqrt(power / count), QUIETEST)) if count else None
