"""Takes of one question. A folder's name tells the question, so that other takes are not read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rehearse.errors import UnreadableFile
from rehearse.model import Take, Transcript
from rehearse.store import TakeStore
from rehearse.text import bare_words, slug

EARLIER = 3
"""Takes of the same question that an answer is compared with."""

_NUMBERED = re.compile(r"(?:-\d+)+$")


def takes_of(store: TakeStore, texts: Iterable[str]) -> tuple[Take, ...]:
    """Takes of the questions of these texts, oldest first; damaged ones are passed over."""
    return tuple(reversed([*_latest_first(store, texts, store.folders())]))


def earlier(store: TakeStore, take: Take) -> tuple[Transcript, ...]:
    """What was said to the same question in the last takes before this one, the latest last."""
    found: list[Transcript] = []
    if take.question is None:
        return ()
    for before in _latest_first(store, [take.question.text], store.before(take)):
        if before.transcript is not None:
            found.append(before.transcript)
        if len(found) == EARLIER:
            break
    return tuple(reversed(found))


def _latest_first(
    store: TakeStore, texts: Iterable[str], folders: Sequence[Path]
) -> Iterator[Take]:
    """Of these folders, which are in order."""
    asked = {_words(text): _NUMBERED.sub("", slug(text)) for text in texts}
    slugs = frozenset(asked.values())
    for folder in reversed(folders):
        if _slug_of(folder) not in slugs:
            continue
        try:
            take = store.load(folder)
        except UnreadableFile:
            continue
        if take.question is not None and _words(take.question.text) in asked:
            yield take


def _slug_of(folder: Path) -> str:
    """Without the time before it and the number that makes a name the only one."""
    return _NUMBERED.sub("", folder.name.partition("_")[2])


def _words(text: str) -> tuple[str, ...]:
    return tuple(bare_words(text.split()))
