"""rehearse takes: lists, finds, names and stars takes."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date

from rehearse import app
from rehearse.audio.clock import SystemClock
from rehearse.commands import checking, correcting, deleting, labelling
from rehearse.config import Settings, settings
from rehearse.errors import WrongUsage
from rehearse.model.take import Take
from rehearse.takes import edit, select
from rehearse.takes.select import Wanted
from rehearse.takes.store import TakeStore
from rehearse.takes.summary import Summary
from rehearse.text import one_line
from rehearse.views import takes as view

LATEST = 25
"""Takes that are listed without --all; they fit a tall window."""


def run(args: argparse.Namespace) -> int:
    chosen = settings(args)
    store = TakeStore(chosen.recordings)
    if args.action in _LABELS:
        return _label(args, chosen, store)
    if args.action == "correct":
        return correcting.correct(args, chosen, store)
    if args.action == "label":
        return labelling.label(args, chosen, store)
    if args.action == "delete":
        return deleting.delete(args, chosen, store)
    if args.check:
        return checking.check_all(chosen, store, as_json=args.json)
    if args.prune:
        return deleting.prune(args, chosen, store, found=_found(args, store), today=_today())
    return _list(args, chosen, store)


def _list(args: argparse.Namespace, chosen: Settings, store: TakeStore) -> int:
    found = _found(args, store)
    if args.json:
        for take in reversed(found):
            app.print_json(view.as_json(take, one_line(str(store.folder / take.id))))
        return 0
    console = app.console(chosen)
    if not found:
        console.print(_nothing(store), markup=False)
        return 0
    shown = found if args.all else found[-LATEST:]
    console.print(view.takes(shown, of=found, plain=chosen.plain))
    return 0


def _found(args: argparse.Namespace, store: TakeStore) -> list[Summary]:
    """Oldest first. Raises WrongUsage."""
    wanted = Wanted(
        question=args.question,
        principle=args.principle,
        since=select.day(args.since, _today()) if args.since else None,
        before=select.day(args.before, _today()) if args.before else None,
        starred=args.starred,
    )
    found = [take for take in store.summaries() if wanted.fits(take)]
    if args.said is None:
        return found
    sought = select.spoken(args.said)
    if not sought:
        raise WrongUsage(f"'{args.said}' has no word to look for.", "Name some that you said.")
    return [take for take in found if edit.said(store.folder / take.id, sought)]


def _nothing(store: TakeStore) -> str:
    if store.folders():
        return "No takes found. To see all: rehearse takes"
    return f"No takes in {store.folder} yet. To begin: rehearse practice"


def _today() -> date:
    return date.fromisoformat(SystemClock().now()[:10])


def _title(take: Take, args: argparse.Namespace) -> Take:
    return replace(take, title=one_line(args.text) or None)


def _note(take: Take, args: argparse.Namespace) -> Take:
    return replace(take, note=args.text.strip() or None)


def _star(take: Take, args: argparse.Namespace) -> Take:
    return replace(take, starred=args.action == "star")


_LABELS = {"rename": _title, "note": _note, "star": _star, "unstar": _star}


def _label(args: argparse.Namespace, chosen: Settings, store: TakeStore) -> int:
    folder = store.find(args.take)
    take = edit.label(store, folder, lambda take: _LABELS[args.action](take, args))
    done = {
        "rename": f"is called {take.title}" if take.title else "has no title now",
        "note": "has your note" if take.note else "has no note now",
        "star": "is starred, and --prune will not delete it",
        "unstar": "is no longer starred",
    }
    text = one_line(f"{folder.name} {done[args.action]}.")
    app.console(chosen).print(text, markup=False, soft_wrap=True)
    return 0
