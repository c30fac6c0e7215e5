"""Sessions that were held: the answers of each, from the takes that say which they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rehearse.errors import UnreadableFile
from rehearse.model import Take
from rehearse.store import TakeStore


def answers_of(store: TakeStore, session: str) -> tuple[Take, ...]:
    """The answers of the session that began then, oldest first."""
    return next((takes for began, takes in _sessions(store) if began == session), ())


def answers_before(store: TakeStore, session: str) -> tuple[Take, ...]:
    """Those of the last other session; none where there is none."""
    return next((takes for began, takes in _sessions(store) if began != session), ())


def _sessions(store: TakeStore) -> Iterator[tuple[str, tuple[Take, ...]]]:
    """When each began, and its answers; the latest first, without those that have none."""
    for session, takes in groupby(_latest_first(store), key=lambda take: take.session or ""):
        listened_to = tuple(reversed([take for take in takes if take.sound is not None]))
        if session and listened_to:
            yield session, listened_to


def _latest_first(store: TakeStore) -> Iterator[Take]:
    for folder in reversed(store.folders()):
        try:
            take = store.load(folder)
        except UnreadableFile:
            continue  # a damaged take is for 'rehearse recover'
        if take.session:
            yield take
