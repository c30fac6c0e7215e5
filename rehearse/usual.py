"""How the speaker's voice was in the takes before one."""

from __future__ import annotations

from rehearse.analysis.voice import usual, voice
from rehearse.errors import UnreadableFile
from rehearse.findings.delivery import Voice
from rehearse.model import Take
from rehearse.store import TakeStore

LAST = 5
"""Takes, of any question: a sitting or two, short enough to follow a voice that changes."""
FARTHEST = 40
"""Takes that are looked at; those of older versions tell no voice, and a home may hold hundreds."""
LEAST_SPEECH = 20.0
"""Seconds. In two halves of half a minute the same person's pitch varied by up to twice as much in
the one as in the other: shorter takes tell of the sentence."""


def usual_voice(store: TakeStore, take: Take) -> Voice | None:
    """None where this take or too few of those before it tell enough of a voice; damaged ones are
    passed over, and so are those that were given up and never listened to."""
    found: list[Voice] = []
    if _voice(take) is None:
        return None
    for folder in store.before(take)[: -FARTHEST - 1 : -1]:
        try:
            heard = _voice(store.load(folder))
        except UnreadableFile:
            continue
        if heard is not None:
            found.append(heard)
        if len(found) == LAST:
            break
    return usual(found)


def _voice(take: Take) -> Voice | None:
    spoken = sum(span.duration for span in take.sound.speech) if take.sound else 0.0
    return voice(take.sound) if spoken >= LEAST_SPEECH else None
