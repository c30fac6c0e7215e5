"""rehearse takes: what was recorded, the latest first; found, named and starred."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date

from rehearse import app, selection, upkeep
from rehearse.adapters.clock import SystemClock
from rehearse.commands import checking, correcting, deleting
from rehearse.config import Settings, settings
from rehearse.errors import WrongUsage
from rehearse.model import Take
from rehearse.selection import Wanted
from rehearse.store import TakeStore
from rehearse.summary import Summary
from rehearse.views import takes as view

LATEST = 25
"""Takes shown unless all are asked for: what fits a tall window."""


def run(asked: argparse.Namespace) -> int:
    chosen = settings(asked)
    store = TakeStore(chosen.recordings)
    if asked.action in _LABELS:
        return _label(asked, chosen, store)
    if asked.action == "correct":
        return correcting.correct(asked, chosen, store)
    if asked.action == "delete":
        return deleting.delete(asked, chosen, store)
    if asked.check:
        return checking.check_all(chosen, store, as_json=asked.json)
    if asked.prune:
        return deleting.prune(asked, chosen, store, found=_found(asked, store), today=_today())
    return _list(asked, chosen, store)


def _list(asked: argparse.Namespace, chosen: Settings, store: TakeStore) -> int:
    found = _found(asked, store)
    if asked.json:
        for take in reversed(found):
            app.print_json(view.as_json(take, view.one_line(str(store.folder / take.id))))
        return 0
    console = app.console(chosen)
    if not found:
        console.print(_nothing(store), markup=False)
        return 0
    shown = found if asked.all else found[-LATEST:]
    console.print(view.takes(shown, of=found, plain=chosen.plain))
    return 0


def _found(asked: argparse.Namespace, store: TakeStore) -> list[Summary]:
    """Oldest first. Raises WrongUsage."""
    wanted = Wanted(
        question=asked.question,
        principle=asked.principle,
        since=selection.day(asked.since, _today()) if asked.since else None,
        before=selection.day(asked.before, _today()) if asked.before else None,
        starred=asked.starred,
    )
    found = [take for take in store.summaries() if wanted.fits(take)]
    if asked.said is None:
        return found
    sought = selection.spoken(asked.said)
    if not sought:
        raise WrongUsage(f"'{asked.said}' holds no word to look for.", "Name some that you said.")
    return [take for take in found if upkeep.said(store.folder / take.id, sought)]


def _nothing(store: TakeStore) -> str:
    if store.folders():
        return "No take fits. 'rehearse takes' lists them all."
    return f"No takes in {store.folder} yet. 'rehearse practice' makes the first."


def _today() -> date:
    return date.fromisoformat(SystemClock().now()[:10])


def _title(take: Take, asked: argparse.Namespace) -> Take:
    return replace(take, title=view.one_line(asked.text) or None)


def _note(take: Take, asked: argparse.Namespace) -> Take:
    return replace(take, note=asked.text.strip() or None)


def _star(take: Take, asked: argparse.Namespace) -> Take:
    return replace(take, starred=asked.action == "star")


_LABELS = {"rename": _title, "note": _note, "star": _star, "unstar": _star}


def _label(asked: argparse.Namespace, chosen: Settings, store: TakeStore) -> int:
    folder = store.find(asked.take)
    take = upkeep.label(store, folder, lambda take: _LABELS[asked.action](take, asked))
    done = {
        "rename": f"is called {take.title}" if take.title else "has no title now",
        "note": "has your note" if take.note else "has no note now",
        "star": "is starred, and no prune takes it",
        "unstar": "is no longer starred",
    }
    text = view.one_line(f"{folder.name} {done[asked.action]}.")
    app.console(chosen).print(text, markup=False, soft_wrap=True)
    return 0
