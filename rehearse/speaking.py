"""Something is said aloud; where it cannot be, it stays on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rehearse.errors import SpeakerFailed, VoiceFailed
from rehearse.ports import Player, Voice


@dataclass(frozen=True)
class NotSpoken:
    why: str


def speak(text: str, *, voice: Voice, player: Player) -> Iterator[NotSpoken]:
    """Returns when the last word was heard: no microphone is open meanwhile."""
    try:
        player.play(voice.render(text))
    except (VoiceFailed, SpeakerFailed) as error:
        yield NotSpoken(str(error))
