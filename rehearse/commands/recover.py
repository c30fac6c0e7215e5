"""rehearse recover: finishes takes that were cut short or are not written down yet."""

from __future__ import annotations

import argparse
from contextlib import closing

from rich.console import Console

from rehearse import app
from rehearse.commands import model_ready
from rehearse.commands.screen import Screen
from rehearse.config import settings
from rehearse.errors import RehearseError
from rehearse.model.take import Take
from rehearse.session.analyze_take import report_on
from rehearse.takes.mend import mend, sweep
from rehearse.takes.store import TakeStore
from rehearse.takes.summary import GIVEN_UP, State
from rehearse.text import clock

DONE = (State.WHOLE, State.SKIPPED, State.STARTED_OVER)
"""The takes that may need work. Others are not read again, because there may be thousands."""


def run(args: argparse.Namespace) -> int:
    chosen = settings(args)
    console = app.console(chosen)
    store = TakeStore(chosen.recordings)
    if store.folders():
        store.check()
        sweep(store, store.folder)
    messages = app.console(chosen, stderr=True)
    waiting, failures = _waiting(store, messages)
    if not waiting:
        if not failures:
            console.print("Nothing to do: every take is complete.")
        return 1 if failures else 0
    studio = app.studio(chosen, transcriber=model_ready.ready_transcriber(chosen, messages))
    screen = Screen(console, plain=chosen.plain, store=store)
    with closing(studio.desk):
        for take in waiting:
            length = clock(store.duration(store.folder / take.id))
            console.print(f"{take.id}  {length}", markup=False)
            studio.desk.prepare()
            screen.show(report_on(take, studio))
    return 1 if screen.waiting or failures else 0


def _waiting(store: TakeStore, messages: Console) -> tuple[list[Take], int]:
    """Takes with sound that wait for their words once they are mended, without that of a session
    that is running now, and how many cannot be mended; one that cannot does not stop the others."""
    done = {take.id for take in store.summaries() if take.state in DONE}
    takes = []
    failures = 0
    for folder in store.folders():
        if store.is_being_recorded(folder):
            continue
        try:
            sweep(store, folder)
            take = None if folder.name in done else mend(store, folder)
        except RehearseError as error:
            messages.print(str(error), markup=False)
            failures += 1
            continue
        if take and _waits(take) and store.duration(folder):
            takes.append(take)
    return takes, failures


def _waits(take: Take) -> bool:
    return take.transcript is None and take.ending not in GIVEN_UP
