"""rehearse forget: deletes takes permanently, with every trace of them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date

from rehearse import app
from rehearse.audio.clock import SystemClock
from rehearse.commands import forgetting
from rehearse.commands.deleting import confirm, say
from rehearse.config import Settings, settings
from rehearse.errors import WrongUsage
from rehearse.takes import edit, select
from rehearse.takes.select import Wanted
from rehearse.takes.store import TakeStore
from rehearse.takes.summary import Summary
from rehearse.text import clock, counted
from rehearse.views import takes as view

LISTED = 10
"""Takes that are listed before they are deleted; more would push the question off the screen."""
STAYS = "Files that you saved elsewhere stay: pages, zips and exports. So does the trash."
STAYS_OF_ALL = "Your packs, settings and models stay."


def run(args: argparse.Namespace) -> int:
    if (bool(args.takes), args.all, args.before is not None).count(True) != 1:
        raise WrongUsage("Forget which takes?", "Name takes, or give --before DATE, or --all.")
    chosen = settings(args)
    store = TakeStore(chosen.recordings)
    forgetting.finish(chosen.home, store)
    takes = store.summaries()
    going = forgetting.with_replies(takes, _wanted(args, store, takes))
    if not going and not (args.all and _kept(chosen)):
        say(app.console(chosen), "There is nothing to forget.")
        return 0
    _forget(args, chosen, store, going)
    return 0


def _wanted(args: argparse.Namespace, store: TakeStore, takes: Sequence[Summary]) -> set[str]:
    """The ids of the takes to forget. Raises TakeNotFound, TakesUnfit and WrongUsage."""
    if args.takes:
        found = [store.find(name) for name in args.takes]
        for folder in found:
            edit.own(store, folder)
        return {folder.resolve().name for folder in found}
    today = date.fromisoformat(SystemClock().now()[:10])
    before = None if args.all else select.day(args.before, today)
    return {take.id for take in takes if Wanted(before=before).fits(take)}


def _kept(chosen: Settings) -> bool:
    """Whether the home holds the user's plan or session."""
    return any((chosen.home / name).exists() for name in forgetting.OF_THE_USER)


def _forget(
    args: argparse.Namespace, chosen: Settings, store: TakeStore, going: Sequence[Summary]
) -> None:
    folders = [store.folder / take.id for take in going]
    size = sum(edit.size(folder) for folder in folders)
    console = app.console(chosen)
    if 0 < len(going) <= LISTED:
        console.print(view.going(going, size=size))
    what = _amount(going)
    plan = " together with your plan and your unfinished session" if args.all else ""
    confirm(args, f"Forget {what}{plan}? This is permanent: they do not go to the trash. [y/N] ")
    if args.all:
        forgetting.forget_all(chosen.home, store)
    else:
        forgetting.forget(chosen.home, store, folders)
    say(console, f"Forgotten: {what}{plan}. {view.amount(size)} are free now.")
    say(console, f"{STAYS} {STAYS_OF_ALL}" if args.all else STAYS)


def _amount(going: Sequence[Summary]) -> str:
    """ "3 takes with 4:30 of sound since 2026-05-04 (1 starred)"."""
    sound = clock(sum(take.duration for take in going))
    first = min((take.day for take in going if take.day), default=None)
    starred = sum(take.starred for take in going)
    since = f" since {first}" if first else ""
    stars = f" ({starred} starred)" if starred else ""
    return f"{counted(len(going), 'take')} with {sound} of sound{since}{stars}"
