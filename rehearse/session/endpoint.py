"""When an answer is over: told from silence, or by words that are said to the program.

People think for three to five seconds before they go on, so a short silence ends nothing, and none
does before they have said something. A wait that is too long costs a key; one that is too short
costs an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from rehearse.model.take import Ending
from rehearse.session.phrases import Closings, builtin_closings
from rehearse.speech.utterance import Listening
from rehearse.text import bare

LEAST_SPEECH = 10.0
"""Seconds of speech; somebody who has said less is still thinking how to begin."""
UNFINISHED = 1.5
"""Factor for the wait after "and" and the like, and while the last word is not known yet."""
SHOWN = 3.0
"""Seconds of countdown before the end; a longer one would hurry the speaker."""
BREATH = 1.0
"""Seconds of silence without a countdown at least, so that it does not flicker in every pause."""
LOST_FOR_WORDS = 20.0
"""Seconds of silence after which a word of help appears."""
SETTLED = 1.0
"""Seconds of silence after words that are said to the program: they are not the answer's."""
LAST_SOUND = 0.2
"""Seconds that are kept behind the last speech; a last consonant is hardly a voice."""
LONGEST_CLOSING = 4.0
"""Seconds of speech; longer speech is not a command."""

QUIET = 12.0
"""Seconds of silence after which nobody is about to say a command; shorter than the fifteen of
exact zeros that count as a microphone that is switched off."""
SPOKEN_OUT = 0.8
"""Seconds of silence after a command."""
LONGEST_REQUEST = 10.0
"""Seconds of speech; somebody who says more is talking to another person."""


@dataclass(frozen=True)
class Going:
    """Nothing to tell."""


@dataclass(frozen=True)
class Nudge:
    """The speaker has said nothing, or almost nothing, for a while."""


@dataclass(frozen=True)
class Countdown:
    left: float


@dataclass(frozen=True)
class Ended:
    ending: Ending
    cut: float
    """Position at which the answer itself ends, in seconds."""


Verdict: TypeAlias = Going | Nudge | Countdown | Ended


class Endpoint:
    """Follows one answer. `wait`: seconds of silence that end it, None for never; `spoken`: whether
    it may be ended by words."""

    def __init__(
        self, *, wait: float | None, spoken: bool = False, closings: Closings | None = None
    ) -> None:
        self._wait = wait
        self._spoken = spoken
        self._closings = closings or builtin_closings()
        self._passed_over = 0.0
        """Seconds of the present silence that do not count."""

    def go_on(self, now: Listening) -> None:
        """The user pressed a key: the silence counts from here."""
        self._passed_over = now.silence

    def feed(self, now: Listening) -> Verdict:
        self._passed_over = min(self._passed_over, now.silence)
        silence = now.silence - self._passed_over
        if self._spoken and silence >= SETTLED and (ended := self._said(now)):
            return ended
        if self._wait is None or now.speech < LEAST_SPEECH:
            helpless = silence >= LOST_FOR_WORDS and (self._wait is not None or not now.speech)
            return Nudge() if helpless else Going()
        left = self._wait * self._patience(now) - silence
        if left <= 0:
            return Ended(Ending.ENDED, now.ended + LAST_SOUND)
        return Countdown(left) if left <= SHOWN and silence >= BREATH else Going()

    def _patience(self, now: Listening) -> float:
        if now.said is None or not now.said.words:
            return UNFINISHED
        last = bare(now.said.words[-1].text)
        return UNFINISHED if last in self._closings.unfinished else 1.0

    def _said(self, now: Listening) -> Ended | None:
        said = now.said
        if said is None or said.span.duration > LONGEST_CLOSING:
            return None
        ending = self._closings.find(said)
        if ending is Ending.ENDED and said.before is None:
            return None  # "done" alone is not an answer
        cut = 0.0 if said.before is None else said.before + LAST_SOUND
        return Ended(ending, cut) if ending else None


class Request:
    """Follows one utterance between two answers."""

    def go_on(self, now: Listening) -> None:
        """Nothing counts down here."""

    def feed(self, now: Listening) -> Verdict:
        over = now.silence >= (SPOKEN_OUT if now.speech else QUIET)
        if over or now.speech >= LONGEST_REQUEST:
            return Ended(Ending.ENDED, now.ended)
        return Going()
