"""Deletes takes permanently, with every trace of them in the home.

A take that goes is first moved out of all lists, in one step, and then taken apart. If something
stops that in between, no take is left half there, and the next deletion finishes it."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from rehearse.errors import UnreadableFile
from rehearse.model.take import Take
from rehearse.schedule import planning
from rehearse.schedule.planfile import PLAN_FILE
from rehearse.schedule.planning import OLD_MEMORY
from rehearse.session import resume
from rehearse.session.resume import SESSION_FILE
from rehearse.takes import edit, take_json
from rehearse.takes.aside import ASIDE
from rehearse.takes.checkup import OF_A_TAKE
from rehearse.takes.files import make_private, on_disk, read_head, said_by_disk
from rehearse.takes.history import answers_of, takes_of
from rehearse.takes.index import INDEX_FILE
from rehearse.takes.moments import UNKNOWN, instant
from rehearse.takes.store import TakeStore
from rehearse.takes.summary import Summary
from rehearse.text import is_folder

ON_THEIR_WAY = ".forgetting"
"""Folder within that of the takes."""
DAMAGED_PLAN = f"{PLAN_FILE}.damaged"
OF_THE_USER = (PLAN_FILE, DAMAGED_PLAN, SESSION_FILE)
"""Files beside the takes that are deleted each time, because they are derived from the takes."""


def with_replies(takes: Sequence[Summary], chosen: Collection[str]) -> list[Summary]:
    """The takes of these ids and the replies to their follow-ups, which quote them. `takes` are
    all, oldest first."""
    ids = set(chosen)
    found = []
    for take in takes:
        if take.id in ids or take.follows in ids:
            ids.add(take.id)
            found.append(take)
    return found


def forget(home: Path, store: TakeStore, folders: Sequence[Path]) -> None:
    """Raises TakesUnfit before anything is done where one of them is being recorded or is not in
    the store, and HomeNotWritable where a part of them stays."""
    for folder in folders:
        edit.own(store, folder)
        edit.at_rest(store, folder)
    finish(home, store)
    away = store.folder / ON_THEIR_WAY
    try:
        make_private(away)
        for folder in folders:
            with suppress(FileNotFoundError):  # another process was faster
                folder.rename(away / folder.name)
    except OSError as error:
        raise said_by_disk(error, store.folder) from error
    finally:
        finish(home, store)


def forget_all(home: Path, store: TakeStore) -> None:
    """Also what is left of takes that are none any more, the plan, and a session that was broken
    off. Raises as `forget` does."""
    rests = [path for path in _entries(store.folder) if OF_A_TAKE.fullmatch(path.name)]
    forget(home, store, sorted({*store.folders(), *(path for path in rests if path.is_dir())}))
    with on_disk(home):
        if is_folder(deleted := store.folder / ASIDE):
            shutil.rmtree(deleted)
        for name in OF_THE_USER:
            _drop(home / name)


def finish(home: Path, store: TakeStore) -> None:
    """Delete the takes that are already moved out of the lists. Raises HomeNotWritable."""
    away = store.folder / ON_THEIR_WAY
    if not away.is_dir():
        return
    with on_disk(store.folder):
        _drop_traces(home, store, gone={path.name for path in _entries(away)}, away=TakeStore(away))
        shutil.rmtree(away)


def _entries(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _drop_traces(home: Path, store: TakeStore, *, gone: Collection[str], away: TakeStore) -> None:
    takes = list(away.readable(away.folders()))
    for path in (store.folder / INDEX_FILE, home / OLD_MEMORY):
        _drop(path)  # the next look at the takes makes it anew
    _drop_grades(home, gone)
    _drop_session(home, store, {take.session for take in takes})
    _drop_pages(store, takes)


def _drop_grades(home: Path, gone: Collection[str]) -> None:
    path = home / PLAN_FILE
    try:
        wishes = planning.read_wishes(home)
    except UnreadableFile:
        _drop_if_named(path, gone)
    else:
        kept = {take: grade for take, grade in wishes.grades.items() if take not in gone}
        if kept != wishes.grades:
            planning.save_wishes(home, replace(wishes, grades=kept))
    _drop_if_named(home / DAMAGED_PLAN, gone)


def _drop_session(home: Path, store: TakeStore, sessions: Collection[str | None]) -> None:
    """Delete the unfinished session if none of its takes is left."""
    try:
        left = resume.read(home)
    except UnreadableFile:
        return
    if left and left.session in sessions and not answers_of(store, left.session):
        _drop(home / SESSION_FILE)


def _drop_pages(store: TakeStore, gone: Sequence[Take]) -> None:
    """Delete pages that compare with a deleted take; 'rehearse report --open' makes them again."""
    asked = {take.question.text for take in gone if take.question}
    first = min((instant(take.recorded_at, take.id) for take in gone), default=UNKNOWN)
    for take in takes_of(store, asked):
        if instant(take.recorded_at, take.id) >= first:
            (store.folder / take.id / take_json.PAGE_FILE).unlink(missing_ok=True)


def _drop(path: Path) -> None:
    """Delete a file, and what a crash left of writing it."""
    for rest in path.parent.glob(f".{path.name}.*"):
        rest.unlink(missing_ok=True)
    path.unlink(missing_ok=True)


def _drop_if_named(path: Path, gone: Collection[str]) -> None:
    """Delete a damaged file that names one of the takes."""
    if path.is_file():
        content = read_head(path, take_json.LARGEST_FILE)
        if any(take.encode() in content for take in gone):
            path.unlink()
