"""rehearse report: a take's report once more, from what is kept of it."""

from __future__ import annotations

import argparse

from rehearse import app, asjson
from rehearse.config import settings
from rehearse.session import examine
from rehearse.store import TakeStore
from rehearse.stories.prepared import notes_for
from rehearse.views import terminal


def run(asked: argparse.Namespace) -> int:
    chosen = settings(asked)
    store = TakeStore(chosen.recordings)
    folder = store.find(asked.take)
    take = store.load(folder)
    analysis = examine(
        take,
        chosen.coaching,
        notes=notes_for(take.question, app.stories(chosen)),
        follows=store.followed(take),
        earlier=store.earlier(take),
    )
    console = app.console(chosen)
    if asked.format == "json":
        app.print_json(asjson.analysis(analysis, str(folder)))
        return 0
    if take.transcript is None:
        console.print("This take waits for its words; 'rehearse recover' writes them down.")
    console.print(terminal.report(analysis, plain=chosen.plain))
    return 0
