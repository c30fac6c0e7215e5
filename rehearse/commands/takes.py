"""rehearse takes: what was recorded, the latest first; found, named, starred and let go."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path

from rich.console import Console

from rehearse import app, selection
from rehearse.adapters import trash
from rehearse.config import Settings, settings
from rehearse.errors import TakesUnfit, WrongUsage
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
    if asked.action == "delete":
        return _delete(asked, chosen, store)
    if asked.prune:
        return _prune(asked, chosen, store)
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
    return [take for take in found if store.said(take, sought)]


def _nothing(store: TakeStore) -> str:
    if store.folders():
        return "No take fits. 'rehearse takes' lists them all."
    return f"No takes in {store.folder} yet. 'rehearse practice' makes the first."


def _today() -> date:
    return date.fromisoformat(app.SystemClock().now()[:10])


def _title(take: Take, asked: argparse.Namespace) -> Take:
    return replace(take, title=view.one_line(asked.text) or None)


def _note(take: Take, asked: argparse.Namespace) -> Take:
    return replace(take, note=asked.text.strip() or None)


def _star(take: Take, asked: argparse.Namespace) -> Take:
    return replace(take, starred=asked.action == "star")


_LABELS = {"rename": _title, "note": _note, "star": _star, "unstar": _star}


def _label(asked: argparse.Namespace, chosen: Settings, store: TakeStore) -> int:
    folder = _at_rest(store, store.find(asked.take))
    take = store.label(folder, lambda take: _LABELS[asked.action](take, asked))
    done = {
        "rename": f"is called {take.title}" if take.title else "has no title now",
        "note": "has your note" if take.note else "has no note now",
        "star": "is starred, and no prune takes it",
        "unstar": "is no longer starred",
    }
    _say(app.console(chosen), f"{folder.name} {done[asked.action]}.")
    return 0


def _at_rest(store: TakeStore, folder: Path) -> Path:
    """Raises TakesUnfit where a session is writing to it."""
    if store.is_being_recorded(folder):
        raise TakesUnfit(f"{folder.name} is being recorded.", "Wait until it has ended.")
    return folder


def _delete(asked: argparse.Namespace, chosen: Settings, store: TakeStore) -> int:
    folder = _at_rest(store, store.find(asked.take))
    if folder.resolve().parent != store.folder.resolve():
        raise TakesUnfit(f"{folder} is not in {store.folder}.", "Delete it with your file manager.")
    size = _size(folder)
    name = view.one_line(folder.name)
    _confirm(asked, f"Delete {name} ({view.amount(size)})? {_where(asked)} [y/N] ")
    _remove(asked, store, folder)
    _say(app.console(chosen), f"Deleted {name}. {_freed(asked, size)}")
    return 0


def _prune(asked: argparse.Namespace, chosen: Settings, store: TakeStore) -> int:
    """Lists what would go; does it only where it is confirmed by --yes."""
    name, figure = asked.prune
    going = selection.policy(name, figure, _today()).going(_found(asked, store))
    console = app.console(chosen)
    folders = [store.folder / take.id for take in going]
    size = sum(_size(folder) for folder in folders)
    if asked.json:
        for take in going:
            app.print_json(view.as_json(take, view.one_line(str(store.folder / take.id))))
    elif not going:
        _say(console, "No take would go. Starred ones stay, and those that are not whole yet.")
    else:
        console.print(view.going(going, size=size))
    if not going:
        return 0
    messages = app.console(chosen, stderr=True) if asked.json else console
    if not asked.yes:
        _say(messages, f"Nothing is deleted yet: --yes does it. {_where(asked)}")
        return 0
    for folder in folders:
        _remove(asked, store, folder)
    _say(messages, f"Deleted {view.count(len(going))}. {_freed(asked, size)}")
    return 0


def _confirm(asked: argparse.Namespace, question: str) -> None:
    """Raises WrongUsage where nobody can be asked, and TakesUnfit where they say no."""
    if asked.yes:
        return
    if not app.has_terminal():
        raise WrongUsage("Deleting asks first, and nobody is there to answer.", "Add --yes.")
    try:
        answer = input(question)
    except EOFError:  # Ctrl-D
        answer = ""
    if answer.strip().lower() not in ("y", "yes"):
        raise TakesUnfit("Nothing is deleted.")


def _goes_to_trash(asked: argparse.Namespace) -> bool:
    return trash.has_trash() and not asked.for_good


def _where(asked: argparse.Namespace) -> str:
    if _goes_to_trash(asked):
        return "The trash keeps it until it is emptied."
    return "This is for good."


def _freed(asked: argparse.Namespace, size: int) -> str:
    if _goes_to_trash(asked):
        return f"{view.amount(size)} are free once the trash is emptied."
    return f"{view.amount(size)} are free again."


def _remove(asked: argparse.Namespace, store: TakeStore, folder: Path) -> None:
    if _goes_to_trash(asked):
        trash.to_trash(folder)
    else:
        store.remove(folder)


def _size(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())


def _say(console: Console, text: str) -> None:
    console.print(view.one_line(text), markup=False, soft_wrap=True)
