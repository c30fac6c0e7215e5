"""What the decoder should write for a cut of a take, and where each token is heard."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .corpus import MARKS
from .takes import FRAMES_A_SECOND, Take
from .tokens import Tokens

TIMESTAMPED, PROMPTED = 0.6, 0.2
PAUSE = 0.3  # seconds of silence that a mark attends to, at most


@dataclass(frozen=True)
class Cut:
    """Words `first` to `last` (exclusive) of a take, heard from `start` to `end` seconds."""

    take: Take
    first: int
    last: int
    start: float
    end: float
    truncated: bool


@dataclass(frozen=True)
class Frame:
    """The window's edges: it opens at `start` seconds of the take, holds `heard` seconds of sound.

    `offset` is the frame of the 30 s at which the window stands.
    """

    start: float
    offset: int
    heard: float


class Script:
    """The tokens of a cut, and where in the window each of them is heard.

    A sentence gets its pair of timestamps; one that the window's end cuts off gets the first
    only, which is how Whisper says where the next window should begin.
    """

    def __init__(self, tokens: Tokens, cut: Cut, frame: Frame, random: np.random.Generator) -> None:
        self.tokens, self.cut = tokens, cut
        self.start, self.offset, self.heard = frame.start, frame.offset, frame.heard
        self.ids: list[int] = []
        self.spans: list[tuple[int, int]] = []
        stamped = random.random() < TIMESTAMPED
        if random.random() < PROMPTED:
            self._prompt(random)
        self.loss_from = len(self.ids)
        self._say(self.tokens.special("startoftranscript"))
        if stamped:
            self._sentences()
        else:
            self._say(self.tokens.special("notimestamps"))
            self._words(cut.first, cut.last)
        self._say(self.tokens.end)
        self.spans = [*self.spans[1:], (-1, -1)]  # row i is about the token after input i

    def _prompt(self, random: np.random.Generator) -> None:
        first = max(0, self.cut.first - int(random.integers(3, 40)))
        if first == self.cut.first:
            return
        self._say(self.tokens.special("startofprev"))
        self._words(first, self.cut.first)
        self.spans = [(-1, -1)] * len(self.spans)

    def _say(self, token: int, span: tuple[float, float] | None = None) -> None:
        self.ids.append(token)
        self.spans.append((-1, -1) if span is None else self._frames(*span))

    def _frames(self, start: float, end: float) -> tuple[int, int]:
        last = int(self.heard * FRAMES_A_SECOND)
        first = min(max(0, round((start - self.start) * FRAMES_A_SECOND)), last - 1)
        return first, min(max(first + 1, round((end - self.start) * FRAMES_A_SECOND)), last)

    def _words(self, first: int, last: int) -> None:
        take = self.cut.take
        for i in range(first, last):
            start, end = take.times[i]
            self._say(self.tokens.word_base + int(take.words[i]), (start, end))
            if take.marks[i]:
                after = take.times[i + 1, 0] if i + 1 < len(take.times) else take.seconds
                self._say(
                    self.tokens.byte(MARKS[take.marks[i]]), (end, min(float(after), end + PAUSE))
                )

    def _sentences(self) -> None:
        take, cut = self.cut.take, self.cut
        ends = np.flatnonzero(take.marks >= 2) + 1
        first = cut.first
        for last in [*ends[(ends > first) & (ends < cut.last)].tolist(), cut.last]:
            whole = take.marks[last - 1] >= 2 or not cut.truncated
            self._stamp(float(take.times[first, 0]))
            if not whole and first > cut.first:
                return
            self._words(first, last)
            if whole:
                self._stamp(float(take.times[last - 1, 1]))
            first = last

    def _stamp(self, time: float) -> None:
        steps = round((time - self.start) * FRAMES_A_SECOND) + self.offset
        self._say(self.tokens.first_timestamp + min(max(0, steps), 1500), (time, time + 0.1))
