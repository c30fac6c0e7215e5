"""A session that was broken off is taken up again where it stopped."""

from __future__ import annotations

import sys

from rehearse import app, interview, session
from rehearse.commands.sitting import Manner, sit_down
from rehearse.config import Settings
from rehearse.errors import NothingToAsk, UnreadableFile
from rehearse.ports import Transcriber
from rehearse.text import counted
from rehearse.unfinished import Unfinished, read

OFFER = "Of your last session, {left} left. Take it up again? [Y/n] "


def take_up(
    chosen: Settings, manner: Manner, *, follow_ups: bool = False, notes: str | None = None
) -> int:
    """Raises NothingToAsk where nothing was broken off, and UnreadableFile."""
    found = read(chosen.home)
    if found is None:
        raise NothingToAsk("No session was broken off.", "'rehearse practice' begins one.")
    return hold(found, chosen, manner, follow_ups=follow_ups, notes=notes)


def hold(
    unfinished: Unfinished,
    chosen: Settings,
    manner: Manner,
    *,
    follow_ups: bool = False,
    notes: str | None = None,
    transcriber: Transcriber | None = None,
) -> int:
    """Ask what is left of it. Raises EarFailed and what a home that is none raises."""
    sitting = sit_down(
        chosen,
        manner,
        notes=notes,
        follow_ups=follow_ups,
        transcriber=transcriber,
        began=unfinished.session,
    )
    if unfinished.plan is None:
        asked = session.practise(unfinished.left, sitting.studio, after=unfinished.place)
        return sitting.hold(asked, unfinished)
    sitting.screen.begin(unfinished.plan, unfinished.parts)
    voices = app.voices(chosen, len(unfinished.parts))
    held = interview.hold(unfinished.parts, sitting.studio, voices, after=unfinished.place)
    return sitting.hold(held, unfinished)


def offered(chosen: Settings) -> Unfinished | None:
    """What the user wants to take up again; None where there is nothing, or they do not."""
    try:
        found = read(chosen.home)
    except UnreadableFile as error:
        app.console(chosen, stderr=True).print(str(error), markup=False)
        return None
    if found is None:
        return None
    left = counted(len(found.left), "question is", "questions are")
    sys.stdout.write(OFFER.format(left=left))
    sys.stdout.flush()
    return found if sys.stdin.readline().strip().lower() in ("", "y", "yes") else None
