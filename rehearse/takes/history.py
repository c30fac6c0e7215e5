"""Takes of one question. A folder's name tells the question, so that other takes are not read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from rehearse.analysis.sound.prosody import usual, voice
from rehearse.errors import UnreadableFile
from rehearse.model.delivery import Voice
from rehearse.model.take import Take, Transcript
from rehearse.takes.store import TakeStore
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
        if before.transcript is not None and before.transcript.words:
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


LAST = 5
"""Takes, of any question: a sitting or two, short enough to follow a voice that changes."""
FARTHEST = 40
"""Takes that are looked at; those of older versions tell no voice, and a home may hold hundreds."""
LEAST_SPEECH = 20.0
"""Seconds. In two halves of half a minute the same person's pitch varied by up to twice as much in
the one as in the other: shorter takes tell of the sentence."""


def usual_voice(store: TakeStore, take: Take) -> Voice | None:
    """None where this take or too few of those before it tell enough of a voice; damaged ones are
    passed over, and so are those that were given up and never listened to."""
    found: list[Voice] = []
    if _voice(take) is None:
        return None
    for folder in store.before(take)[: -FARTHEST - 1 : -1]:
        try:
            heard = _voice(store.load(folder))
        except UnreadableFile:
            continue
        if heard is not None:
            found.append(heard)
        if len(found) == LAST:
            break
    return usual(found)


def _voice(take: Take) -> Voice | None:
    spoken = sum(span.duration for span in take.sound.speech) if take.sound else 0.0
    return voice(take.sound) if spoken >= LEAST_SPEECH else None


def answers_of(store: TakeStore, session: str) -> tuple[Take, ...]:
    """The answers of the session that began then, oldest first."""
    return next((takes for began, takes in _sessions(store) if began == session), ())


def answers_before(store: TakeStore, session: str) -> tuple[Take, ...]:
    """Those of the last other session; none where there is none."""
    return next((takes for began, takes in _sessions(store) if began != session), ())


def _sessions(store: TakeStore) -> Iterator[tuple[str, tuple[Take, ...]]]:
    """When each began, and its answers; the latest first, without those that have none."""
    for session, takes in groupby(_of_sessions(store), key=lambda take: take.session or ""):
        listened_to = tuple(reversed([take for take in takes if take.sound and not take.is_silent]))
        if session and listened_to:
            yield session, listened_to


def _of_sessions(store: TakeStore) -> Iterator[Take]:
    for folder in reversed(store.folders()):
        try:
            take = store.load(folder)
        except UnreadableFile:
            continue  # a damaged take is for 'rehearse recover'
        if take.session:
            yield take
