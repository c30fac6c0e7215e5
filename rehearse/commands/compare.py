"""rehearse compare: two takes side by side, and what changed."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from rehearse import app
from rehearse.config import Settings, settings
from rehearse.errors import TakesUnfit, WrongUsage
from rehearse.model.structure import Analysis
from rehearse.model.take import Take
from rehearse.progress.compare import compare
from rehearse.session.analyze_take import analyze_take
from rehearse.takes.moments import instant, moment
from rehearse.takes.select import question_key
from rehearse.takes.store import TakeStore
from rehearse.takes.summary import State, Summary
from rehearse.text import one_line
from rehearse.views import compare as view

AGAIN = "Answer a question twice, then compare."


def run(args: argparse.Namespace) -> int:
    chosen = settings(args)
    store = TakeStore(chosen.recordings)
    takes = [_load(store, folder) for folder in _pair(args.takes, store)]
    before, after = sorted(takes, key=lambda take: (instant(take.recorded_at, take.id), take.id))
    analyses = [_analyzed(take, store, chosen) for take in (before, after)]
    found = compare(*analyses, coaching=chosen.coaching)
    if args.json:
        names = (one_line(before.id), one_line(after.id))
        app.print_json(view.as_json(found, names=names))
        return 0
    shown = view.comparison(
        found,
        question=after.question.text if after.question else None,
        names=(_when(before, after), _when(after, before)),
        plain=chosen.plain,
    )
    app.console(chosen).print(shown)
    return 0


def _pair(named: Sequence[str], store: TakeStore) -> tuple[Path, Path]:
    """Raises WrongUsage, TakeNotFound, TakesUnfit."""
    if len(named) > 2:
        raise WrongUsage("I can compare only two takes at a time.", "Name two.")
    if len(named) == 2:
        first, second = (store.find(name) for name in named)
        if first.resolve() == second.resolve():
            raise TakesUnfit("Both names mean the same take.", "Name two different takes.")
        return first, second
    reported = [
        take
        for take in store.summaries()
        if take.state is State.WHOLE and take.asked and not take.silent
    ]
    if not named:
        return _latest(reported, store)
    folder = store.find(named[0])
    return _before(folder, reported, store), folder


def _latest(reported: Sequence[Summary], store: TakeStore) -> tuple[Path, Path]:
    """The last two takes of the latest question that has two."""
    last: dict[str, Summary] = {}
    for take in reversed(reported):
        if later := last.get(question_key(take)):
            return store.folder / take.id, store.folder / later.id
        last[question_key(take)] = take
    raise TakesUnfit("No question has two takes with a report yet.", AGAIN)


def _before(folder: Path, reported: Sequence[Summary], store: TakeStore) -> Path:
    """The take of the same question before this one."""
    here = next((take for take in reported if take.id == folder.name), None)
    same = [take for take in reported if here and question_key(take) == question_key(here)]
    earlier = same[: same.index(here)] if here else []
    if not earlier:
        raise TakesUnfit(
            f"There is no earlier take with a report for the question of {folder.name}.", AGAIN
        )
    return store.folder / earlier[-1].id


def _load(store: TakeStore, folder: Path) -> Take:
    take = store.load(folder)
    if take.transcript is None:
        raise TakesUnfit(f"{take.id} is not written down yet.", "To do it: rehearse recover")
    if take.is_silent:
        raise TakesUnfit(f"Nothing was said in {take.id}.", AGAIN)
    return take


def _analyzed(take: Take, store: TakeStore, chosen: Settings) -> Analysis:
    return analyze_take(take, chosen.coaching, follows=store.followed(take))


def _when(take: Take, other: Take) -> str:
    """The names of two takes: their days, or times if both are of one day; with time zones if these
    differ."""
    day, _, time = take.recorded_at[:16].partition("T")
    zone, of_other = (_zone(one.recorded_at) for one in (take, other))
    if time and zone != of_other:
        return f"{day} {time} {zone}".strip()
    return time if time and other.recorded_at.startswith(day) else day


def _zone(recorded_at: str) -> str:
    """ "+02:00"; "" where the time has no zone."""
    try:
        return moment(recorded_at).isoformat()[-6:] if recorded_at[19:] else ""
    except ValueError:
        return ""
