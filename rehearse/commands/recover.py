"""rehearse recover: finishes takes that were cut short or wait for their words."""

from __future__ import annotations

import argparse

from rich.console import Console

from rehearse import app, session
from rehearse.commands.screen import Screen
from rehearse.config import settings
from rehearse.errors import RehearseError
from rehearse.model import Take
from rehearse.store import GIVEN_UP, TakeStore
from rehearse.text import clock


def run(asked: argparse.Namespace) -> int:
    chosen = settings(asked)
    console = app.console(chosen)
    store = TakeStore(chosen.recordings)
    if store.folders():
        store.check()
        store.sweep(store.folder)
    messages = app.console(chosen, stderr=True)
    mended, failures = _mended(store, messages)
    waiting = [take for take in mended if take.transcript is None and take.ending not in GIVEN_UP]
    if not waiting:
        if not failures:
            console.print("Every take is whole.")
        return 1 if failures else 0
    studio = app.studio(chosen, transcriber=app.ready_transcriber(chosen, messages))
    screen = Screen(console, plain=chosen.plain, store=store)
    for take in waiting:
        console.print(f"{take.id}  {clock(store.duration(store.folder / take.id))}", markup=False)
        studio.transcriber.prepare()
        screen.show(session.assess(take, studio))
    return 1 if screen.waiting or failures else 0


def _mended(store: TakeStore, messages: Console) -> tuple[list[Take], int]:
    """All takes with sound but those of a session that is running now, and how many of them
    cannot be mended; one that cannot does not stop the others."""
    takes = []
    failures = 0
    for folder in store.folders():
        if store.is_being_recorded(folder):
            continue
        try:
            store.sweep(folder)
            take = store.mend(folder)
        except RehearseError as error:
            messages.print(str(error), markup=False)
            failures += 1
            continue
        if store.duration(folder):
            takes.append(take)
    return takes, failures
