"""rehearse recover: finishes takes that were cut short or wait for their words."""

from __future__ import annotations

import argparse

from rehearse import app, session
from rehearse.commands.screen import Screen
from rehearse.config import settings
from rehearse.model import Take
from rehearse.store import GIVEN_UP, TakeStore
from rehearse.text import clock


def run(asked: argparse.Namespace) -> int:
    chosen = settings(asked)
    console = app.console(chosen)
    store = TakeStore(chosen.recordings)
    mended = _mended(store)
    waiting = [take for take in mended if take.transcript is None and take.ending not in GIVEN_UP]
    if not waiting:
        console.print("Every take is whole.")
        return 0
    messages = app.console(chosen, stderr=True)
    studio = app.studio(chosen, transcriber=app.ready_transcriber(chosen, messages))
    screen = Screen(console, plain=chosen.plain, store=store)
    for take in waiting:
        console.print(f"{take.id}  {clock(store.duration(store.folder / take.id))}", markup=False)
        screen.show(session.assess(take, studio))
    return 1 if screen.waiting else 0


def _mended(store: TakeStore) -> list[Take]:
    """All takes but those of a session that is running now; broken ones set right and saved."""
    takes = []
    for folder in store.folders():
        if store.is_being_recorded(folder):
            continue
        take = store.mend(folder)
        if store.duration(folder):
            takes.append(take)
    return takes
