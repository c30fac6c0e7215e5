"""rehearse takes delete, rehearse takes --prune: deletes takes, to the trash or permanently."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rich.console import Console

from rehearse import app
from rehearse.commands import forgetting
from rehearse.config import Settings
from rehearse.errors import TakesUnfit, WrongUsage
from rehearse.takes import edit, trash
from rehearse.takes.select import policy
from rehearse.takes.store import TakeStore
from rehearse.takes.summary import Summary
from rehearse.text import counted, one_line
from rehearse.views import takes as view


def delete(args: argparse.Namespace, chosen: Settings, store: TakeStore) -> int:
    folder = store.find(args.take)
    edit.at_rest(store, folder)
    edit.own(store, folder)
    size = edit.size(folder)
    name = one_line(folder.name)
    confirm(args, f"Delete {name} ({view.amount(size)})? {_where(args)} [y/N] ")
    _remove(args, chosen, store, [folder])
    say(app.console(chosen), f"Deleted {name}. {_freed(args, size)}")
    return 0


def prune(
    args: argparse.Namespace,
    chosen: Settings,
    store: TakeStore,
    *,
    found: Sequence[Summary],
    today: date,
) -> int:
    """Lists the takes that the policy would delete; deletes them only with --yes."""
    name, figure = args.prune
    going = policy(name, figure, today).going(found)
    folders = [store.folder / take.id for take in going]
    size = sum(edit.size(folder) for folder in folders)
    console = app.console(chosen)
    _show(going, folders, size, console=None if args.json else console)
    messages = app.console(chosen, stderr=True) if args.json else console
    if going and not args.yes:
        say(messages, f"Nothing is deleted yet. To delete them, add --yes. {_where(args)}")
    elif going:
        _remove(args, chosen, store, folders)
        say(messages, f"Deleted {counted(len(going), 'take')}. {_freed(args, size)}")
    return 0


def _show(
    going: Sequence[Summary], folders: Sequence[Path], size: int, *, console: Console | None
) -> None:
    """Prints the takes; without a console as JSON, one object per line."""
    if console is None:
        for take, folder in zip(going, folders, strict=True):
            app.print_json(view.as_json(take, one_line(str(folder))))
    elif going:
        console.print(view.going(going, size=size))
    else:
        say(console, "Nothing to delete. Starred and unfinished takes always stay.")


def confirm(args: argparse.Namespace, question: str) -> None:
    """Ask unless --yes is given. Raises WrongUsage without a terminal, and TakesUnfit after a
    no."""
    if args.yes:
        return
    if not app.has_terminal():
        raise WrongUsage("Not running in a terminal, so I can't ask.", "Add --yes to delete.")
    try:
        answer = input(question)
    except EOFError:  # Ctrl-D
        answer = ""
    if answer.strip().lower() not in ("y", "yes"):
        raise TakesUnfit("Nothing was deleted.")


def _goes_to_trash(args: argparse.Namespace) -> bool:
    return trash.has_trash() and not args.for_good


def _where(args: argparse.Namespace) -> str:
    if _goes_to_trash(args):
        return "Deleted takes go to the system's trash."
    return "This is permanent."


def _freed(args: argparse.Namespace, size: int) -> str:
    if _goes_to_trash(args):
        return f"{view.amount(size)} will be free when you empty the trash."
    return f"{view.amount(size)} are free now."


def _remove(
    args: argparse.Namespace, chosen: Settings, store: TakeStore, folders: Sequence[Path]
) -> None:
    if not _goes_to_trash(args):
        forgetting.forget(chosen.home, store, folders)
        return
    for folder in folders:
        trash.to_trash(folder)


def say(console: Console, text: str) -> None:
    console.print(one_line(text), markup=False, soft_wrap=True)
