"""rehearse compare: two takes side by side, and what changed."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rehearse import app
from rehearse.config import Settings, settings
from rehearse.errors import TakesUnfit, WrongUsage
from rehearse.model.structure import Analysis
from rehearse.model.take import Take
from rehearse.progress.compare import Comparison, compare
from rehearse.session.analyze_take import analyze_take
from rehearse.takes.moments import instant
from rehearse.takes.select import question_key
from rehearse.takes.store import TakeStore
from rehearse.takes.summary import State, Summary
from rehearse.text import one_line
from rehearse.views import compare as view

AGAIN = "Answer a question twice, then compare."


def run(args: argparse.Namespace) -> int:
    chosen = settings(args)
    store = TakeStore(chosen.recordings)
    found = compared(args.takes, store, chosen)
    if args.json:
        names = (one_line(found.before.id), one_line(found.after.id))
        app.print_json(view.as_json(found.comparison, names=names))
        return 0
    shown = view.comparison(found.comparison, question=found.question, names=found.names)
    app.console(chosen).print(shown)
    return 0


@dataclass(frozen=True)
class Compared:
    before: Take
    after: Take
    comparison: Comparison

    @property
    def question(self) -> str | None:
        return self.after.question.text if self.after.question else None

    @property
    def names(self) -> tuple[str, str]:
        return view.names_of(self.before, self.after)


def compared(named: Sequence[str], store: TakeStore, chosen: Settings) -> Compared:
    """Two takes, one and the take of its question before it, or the latest two of a question.
    Raises WrongUsage, TakeNotFound, TakesUnfit."""
    takes = [_load(store, folder) for folder in _pair(named, store)]
    before, after = sorted(takes, key=lambda take: (instant(take.recorded_at, take.id), take.id))
    analyses = [_analyzed(take, store, chosen) for take in (before, after)]
    return Compared(before, after, compare(*analyses, coaching=chosen.coaching))


def has_earlier(folder: Path, store: TakeStore) -> bool:
    """Whether a take has one of its question before it."""
    return _earlier(folder, _reported(store)) is not None


def _pair(named: Sequence[str], store: TakeStore) -> tuple[Path, Path]:
    """Raises WrongUsage, TakeNotFound, TakesUnfit."""
    if len(named) > 2:
        raise WrongUsage("I can compare only two takes at a time.", "Name two.")
    if len(named) == 2:
        first, second = (store.find(name) for name in named)
        if first.resolve() == second.resolve():
            raise TakesUnfit("Both names mean the same take.", "Name two different takes.")
        return first, second
    if not named:
        return _latest(_reported(store), store)
    folder = store.find(named[0])
    return _before(folder, store), folder


def _reported(store: TakeStore) -> list[Summary]:
    return [
        take
        for take in store.summaries()
        if take.state is State.WHOLE and take.asked and not take.silent
    ]


def _latest(reported: Sequence[Summary], store: TakeStore) -> tuple[Path, Path]:
    """The last two takes of the latest question that has two."""
    last: dict[str, Summary] = {}
    for take in reversed(reported):
        if later := last.get(question_key(take)):
            return store.folder / take.id, store.folder / later.id
        last[question_key(take)] = take
    raise TakesUnfit("No question has two takes with a report yet.", AGAIN)


def _before(folder: Path, store: TakeStore) -> Path:
    """The take of the same question before this one. Raises TakesUnfit."""
    found = _earlier(folder, _reported(store))
    if found is None:
        raise TakesUnfit(
            f"There is no earlier take with a report for the question of {folder.name}.", AGAIN
        )
    return store.folder / found.id


def _earlier(folder: Path, reported: Sequence[Summary]) -> Summary | None:
    here = next((take for take in reported if take.id == folder.name), None)
    same = [take for take in reported if here and question_key(take) == question_key(here)]
    return same[same.index(here) - 1] if here and same.index(here) else None


def _load(store: TakeStore, folder: Path) -> Take:
    take = store.load(folder)
    if take.transcript is None:
        raise TakesUnfit(f"{take.id} is not written down yet.", "To do it: rehearse recover")
    if take.is_silent:
        raise TakesUnfit(f"Nothing was said in {take.id}.", AGAIN)
    return take


def _analyzed(take: Take, store: TakeStore, chosen: Settings) -> Analysis:
    return analyze_take(take, chosen.coaching, follows=store.followed(take))
