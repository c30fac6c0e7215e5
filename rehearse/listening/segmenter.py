"""Where somebody speaks, and where a long answer is cut for the transcriber."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rehearse.model import Span

FRAME = 0.032
"""Seconds per voice-activity frame (512 samples at 16 kHz)."""
SPEECH_STARTS = 0.5
SPEECH_ENDS = 0.35
"""Silero's own hysteresis: speech begins above the first and ends below the second."""
SHORTEST_SPEECH = 0.1
"""Seconds; a click is shorter."""
SHORTEST_SILENCE = 0.2
"""Seconds; just under the shortest silent pause that is reported (0.25 s)."""

CALM_LENGTH, CALM_PAUSE = 8.0, 0.6
LATE_LENGTH, LATE_PAUSE = 20.0, 0.3
LONGEST_SEGMENT = 28.0
"""Seconds. A segment of 8 s is cut at a calm pause, one of 20 s at any pause, and none grows past
28 s, since Whisper hears 30 s at once."""
PADDING = 0.2
"""Seconds of sound before and after the speech of a segment."""
LEAST_SPEECH = 0.25
"""Seconds; Whisper makes words up for segments with less."""


def speech_spans(probabilities: Sequence[float]) -> tuple[Span, ...]:
    """Voice activity from one probability per frame, in order and not overlapping."""
    spans: list[Span] = []
    begin: int | None = None
    silent_since: int | None = None
    for index, probability in enumerate(probabilities):
        if begin is None:
            begin = index if probability >= SPEECH_STARTS else None
        elif probability >= SPEECH_ENDS:
            silent_since = None
        else:
            silent_since = index if silent_since is None else silent_since
            if (index + 1 - silent_since) * FRAME >= SHORTEST_SILENCE:
                spans.append(Span(begin * FRAME, silent_since * FRAME))
                begin = silent_since = None
    if begin is not None:
        spans.append(Span(begin * FRAME, (silent_since or len(probabilities)) * FRAME))
    return tuple(span for span in spans if span.duration >= SHORTEST_SPEECH)


def segments(probabilities: Sequence[float], duration: float) -> tuple[Span, ...]:
    """Stretches of at most 28 s that hold all speech, cut in pauses, padded by 0.2 s."""
    pieces = [piece for span in speech_spans(probabilities) for piece in _fit(span, probabilities)]
    joined: list[list[Span]] = []
    for piece in pieces:
        if joined and _belongs(joined[-1], piece):
            joined[-1].append(piece)
        else:
            joined.append([piece])
    spoken = [group for group in joined if sum(s.duration for s in group) >= LEAST_SPEECH]
    return _padded([Span(group[0].start, group[-1].end) for group in spoken], duration)


def _fit(span: Span, probabilities: Sequence[float]) -> list[Span]:
    """A span of speech cut at its least speech-like frames until no piece is too long."""
    if span.duration <= LONGEST_SEGMENT:
        return [span]
    first, last = (round(edge / FRAME) for edge in (span.start + LATE_LENGTH, span.start + 28.0))
    window = range(first, min(last, len(probabilities) - 1))
    cut = min(window, key=lambda index: probabilities[index]) * FRAME
    return [Span(span.start, cut), *_fit(Span(cut, span.end), probabilities)]


def _belongs(group: list[Span], piece: Span) -> bool:
    """Whether `piece` still goes into the segment before it."""
    length = group[-1].end - group[0].start
    pause = piece.start - group[-1].end
    if piece.end - group[0].start > LONGEST_SEGMENT:
        return False
    if length >= LATE_LENGTH:
        return pause < LATE_PAUSE
    return length < CALM_LENGTH or pause < CALM_PAUSE


def _padded(spans: list[Span], duration: float) -> tuple[Span, ...]:
    """Each span 0.2 s wider, or to the middle of the silence where its neighbour is nearer."""
    if not spans:
        return ()
    middles = [(a.end + b.start) / 2 for a, b in pairwise(spans)]
    return tuple(
        Span(max(span.start - PADDING, earliest), min(span.end + PADDING, latest))
        for span, earliest, latest in zip(spans, [0.0, *middles], [*middles, duration], strict=True)
    )
