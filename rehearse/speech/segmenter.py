"""Where somebody speaks, and where a long answer is cut for the transcriber, frame by frame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from rehearse.model.take import Span
from rehearse.speech.loudness import DIP, FRAME, QUIET, SPEECH_ENDS, SPEECH_STARTS, Loudness
from rehearse.speech.utterance import set_off

SHORTEST_SPEECH = 0.1
"""Seconds; a click is shorter."""
SHORTEST_SILENCE = 0.2
"""Seconds; just under the shortest silent pause that is reported (0.25 s)."""

CALM_LENGTH, CALM_PAUSE = 8.0, 0.6
LATE_LENGTH, LATE_PAUSE = 20.0, 0.3
LONGEST_SEGMENT = 28.0
"""Seconds. A segment of 8 s is cut at a calm pause, one of 20 s at any pause, and none grows past
28 s, since Whisper hears 30 s at once."""
LONGEST_SILENCE = 6.0
"""Seconds; Whisper makes words up for silence, so none as long as this lies within a segment."""
PADDING = 0.2
"""Seconds of sound before and after the speech of a segment."""
LEAST_SPEECH = 0.25
"""Seconds; Whisper makes words up for segments with less."""
LEAD = 10.0
"""Seconds of loud sound, at most, before or behind speech that are taken along."""
TAIL_SILENCE = 0.5
"""Seconds of silence after which what was said last may be the end of the answer."""
LONGEST_ASIDE = 4.0
"""Seconds of a few words between two pauses, which may be said to the program."""


class Segmenter:
    """Fed with a probability of speech a frame, it gives each segment as soon as nothing that
    comes later can change it. What it gives does not depend on how the frames come in blocks."""

    def __init__(self) -> None:
        self.speech: list[Span] = []
        """Stretches of speech that have ended, in order, not overlapping."""
        self.run_on: list[Span] = []
        """Parts of long stretches that were cut off while the speech went on."""
        self._frames = 0
        self._speech_begins: int | None = None
        self._silent_since: int | None = None
        self._piece_begins = 0
        """Where the running speech begins, or was last cut for being too long."""
        self._doubts: list[float] = []
        """Probabilities of the frames of the running piece."""
        self._group: list[Span] = []
        self._lead = 0.0
        """Second from which on the sound before the group is loud."""
        self._loudness = Loudness()
        self._free_from = 0.0
        """No segment begins before this second."""

    @property
    def seconds(self) -> float:
        return self._frames * FRAME

    @property
    def speaks(self) -> bool:
        """Whether speech is running; it lasts until 0.2 s of silence have passed."""
        return self._speech_begins is not None

    @property
    def spoken(self) -> float:
        """Seconds of speech so far, with the one that is running."""
        begins = self._frames if self._speech_begins is None else self._speech_begins
        return sum(span.duration for span in self.speech) + (self._frames - begins) * FRAME

    @property
    def silence(self) -> float:
        """Seconds since speech ended, or since the start where there was none; 0 while it runs."""
        if self.speaks:
            return 0.0
        return self.seconds - (self.speech[-1].end if self.speech else 0.0)

    def feed(self, probabilities: Iterable[float], levels: Sequence[float] = ()) -> list[Span]:
        """The segments that are complete with these frames; without their levels, in dB, what is no
        speech counts as quiet."""
        heard = zip_longest(probabilities, levels, fillvalue=QUIET)
        return [segment for p, level in heard for segment in self._feed(p, level)]

    def finish(self, duration: float) -> list[Span]:
        """The rest, when the sound has ended after `duration` seconds."""
        if self._speech_begins is not None:
            self._end_speech(self._silent_since or self._frames)
        self.speech = [
            Span(s.start, min(s.end, duration)) for s in self.speech if s.start < duration
        ]
        tail = self._tail(duration)
        if tail and self._loud_end(duration) > tail.end + PADDING:
            tail = Span(tail.start, self._loud_end(duration))
        self._group = []
        return [tail] if tail else []

    def tail(self) -> Span | None:
        """The segment that `finish` would give if nobody spoke again; None where it would give
        none, and while the silence is too short to tell."""
        if self.speaks or not self._group:
            return None
        return self._tail(self.seconds) if self.silence >= TAIL_SILENCE else None

    def aside(self) -> Span | None:
        """The last few words where they stand between two pauses: what hears them among many others
        often leaves them out."""
        if self.speaks or self.silence < TAIL_SILENCE or not self.speech:
            return None
        said = set_off(self.speech)
        if not LEAST_SPEECH <= said.duration <= LONGEST_ASIDE:
            return None
        return Span(max(said.start - PADDING, 0.0), min(said.end + PADDING, self.seconds))

    def _feed(self, probability: float, level: float) -> list[Span]:
        index = self._frames
        self._frames += 1
        self._loudness.add(level, probability)
        if self._speech_begins is None:
            if probability < SPEECH_STARTS:
                return self._close_in_silence()
            self._speech_begins = self._piece_begins = index
            if not self._group:
                self._lead = max(self._loudness.since, self.seconds - LEAD)
        self._doubts.append(probability)
        if probability >= SPEECH_ENDS:
            self._silent_since = None
        elif self._silent_since is None:
            self._silent_since = index
        closed = self._close_by_length()
        silent = self._silent_since
        if silent is not None and (index + 1 - silent) * FRAME >= SHORTEST_SILENCE:
            self._end_speech(silent)
            closed += self._close_in_silence()
        return closed

    def _end_speech(self, end: int) -> None:
        assert self._speech_begins is not None
        whole = Span(self._speech_begins * FRAME, end * FRAME)
        if whole.duration >= SHORTEST_SPEECH:
            self.speech.append(whole)
            if end > self._piece_begins:
                self._group.append(Span(self._piece_begins * FRAME, end * FRAME))
        self._speech_begins = self._silent_since = None
        self._doubts = []

    def _close_in_silence(self) -> list[Span]:
        if not self._group:
            return []
        length = self._group[-1].end - self._begins
        silence = self.seconds - self._group[-1].end
        quiet = self.seconds - max(self._group[-1].end, self._loudness.until)
        enough = quiet >= _patience(length) or silence >= LONGEST_SILENCE
        return self._close(silence) if enough else []

    def _close_by_length(self) -> list[Span]:
        """While somebody speaks on: what came before, or a part of the running speech itself."""
        closed = []
        begins = self._piece_begins * FRAME
        if self._group and self.seconds - self._begins > LONGEST_SEGMENT:
            closed += self._close(begins - self._group[-1].end)
            self._lead = begins
        if not self._group and self.seconds - begins >= LONGEST_SEGMENT:
            cut = self._piece_begins + _least_like_speech(self._doubts)
            closed.append(Span(max(begins - PADDING, self._free_from), cut * FRAME))
            self.run_on.append(Span(begins, cut * FRAME))
            self._doubts = self._doubts[cut - self._piece_begins :]
            self._piece_begins, self._free_from = cut, cut * FRAME
        return closed

    def _close(self, silence: float) -> list[Span]:
        end = self._group[-1].end + min(PADDING, silence / 2)
        end = max(end, self._loud_end(self._group[-1].end + silence))
        segment = self._segment(end)
        self._group, self._free_from = [], end
        return [segment] if segment else []

    def _tail(self, duration: float) -> Span | None:
        return self._segment(min(self._group[-1].end + PADDING, duration)) if self._group else None

    def _segment(self, end: float) -> Span | None:
        if sum(piece.duration for piece in self._group) < LEAST_SPEECH:
            return None
        return Span(self._begins, end)

    @property
    def _begins(self) -> float:
        """Where the segment of the group begins."""
        lead = max(self._lead, self._group[-1].end - LONGEST_SEGMENT)
        return max(min(self._group[0].start - PADDING, lead), self._free_from)

    def _loud_end(self, before: float) -> float:
        """Where the sound right behind the group is no longer loud."""
        if self._loudness.begun > self._group[-1].end + DIP:
            return 0.0
        longest = min(self._group[-1].end + LEAD, self._begins + LONGEST_SEGMENT, before)
        return min(self._loudness.until, longest)


def _patience(length: float) -> float:
    """Seconds of silence that end a segment of this length."""
    if length >= LATE_LENGTH:
        return LATE_PAUSE
    return CALM_PAUSE if length >= CALM_LENGTH else LONGEST_SILENCE


def _least_like_speech(doubts: Sequence[float]) -> int:
    """The frame between 20 and 28 s at which to cut speech that has no pause."""
    window = range(round(LATE_LENGTH / FRAME), len(doubts))
    return min(window, key=lambda index: doubts[index])
