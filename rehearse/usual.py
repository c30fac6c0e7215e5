"""How the speaker's voice was in the takes before one."""

from __future__ import annotations

from rehearse.analysis.voice import usual, voice
from rehearse.errors import UnreadableFile
from rehearse.model import Take, Voice
from rehearse.store import TakeStore

LAST = 5
"""Takes, of any question: a sitting or two, short enough to follow a voice that changes."""
FARTHEST = 40
"""Takes that are looked at; those of older versions tell no voice, and a home may hold hundreds."""


def usual_voice(store: TakeStore, take: Take) -> Voice | None:
    """None where too few of the takes before this one tell a voice; damaged ones are passed over,
    and so are those that were given up and never listened to."""
    found: list[Voice] = []
    older = [folder for folder in store.folders() if folder.name < take.id]
    for folder in older[: -FARTHEST - 1 : -1]:
        try:
            heard = voice(store.load(folder).sound)
        except UnreadableFile:
            continue
        if heard is not None:
            found.append(heard)
        if len(found) == LAST:
            break
    return usual(found)
