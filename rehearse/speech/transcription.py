"""Answers are written down in this very process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rehearse.speech.dictation import PLAIN, Heard, InMemory, Source, Wish, index
from rehearse.speech.dictation import Written as Written
from rehearse.speech.scribe import Scribe

if TYPE_CHECKING:
    from rehearse.model.take import Samples
    from rehearse.ports import Transcriber, VoiceActivity
    from rehearse.speech.dictation import Desk

BLOCK = 10.0
"""Seconds of a file that are fed at once."""


@dataclass(frozen=True)
class OwnDesk:
    """Writes down in this very process, which ends with the model that it runs."""

    activity: VoiceActivity
    transcriber: Transcriber | None

    def prepare(self) -> None:
        if self.transcriber is not None:
            self.transcriber.prepare()

    def begin(self, spoken: Source, wish: Wish = PLAIN, *, known: Sequence[Heard] = ()) -> Scribe:
        """`known`: pieces of this sound that were heard before."""
        return Scribe(
            spoken,
            activity=self.activity,
            transcriber=self.transcriber if wish.words else None,
            live=wish.live,
            asides=wish.asides,
            names=wish.names,
            known=known,
        )

    def close(self) -> None:
        """What still works is a thread of this process, and ends with it."""


def write_down(
    samples: Samples,
    *,
    activity: VoiceActivity,
    transcriber: Transcriber | None,
    progress: Callable[[float], None] = lambda second: None,
    cut: float | None = None,
) -> Written:
    """A whole sound, or what came before the second `cut`; without a transcriber it is only
    listened to.

    Raises TranscriptionFailed where not even the speech could be found."""
    return dictated(samples, OwnDesk(activity, transcriber), progress=progress, cut=cut)


def dictated(
    samples: Samples,
    desk: Desk,
    *,
    wish: Wish = PLAIN,
    progress: Callable[[float], None] = lambda second: None,
    cut: float | None = None,
) -> Written:
    """A whole sound, written down at `desk`. Raises TranscriptionFailed as above."""
    dictation = desk.begin(InMemory(samples), wish)
    for first in range(0, len(samples), index(BLOCK)):
        dictation.feed(samples[first : first + index(BLOCK)])
    for second in dictation.finish(cut):
        progress(second)
    return dictation.written()
