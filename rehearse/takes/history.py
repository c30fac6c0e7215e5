"""The earlier takes of a question. Folder names show the question, so other takes are not read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from pathlib import Path

from rehearse.analysis.sound.prosody import median_voice, voice
from rehearse.analysis.star.habit import Habit, habit
from rehearse.model.delivery import Voice
from rehearse.model.take import Take, Transcript
from rehearse.takes.shelf import Shelf
from rehearse.text import bare_words, slug

EARLIER = 3
"""Takes of the same question that an answer is compared with."""

_NUMBERED = re.compile(r"(?:-\d+)+$")


def takes_of(store: Shelf, texts: Iterable[str]) -> tuple[Take, ...]:
    """Takes of the questions of these texts, oldest first; damaged ones are passed over."""
    return tuple(reversed([*_latest_first(store, texts, store.folders())]))


def earlier(store: Shelf, take: Take) -> tuple[Transcript, ...]:
    """What was said to the same question in the last takes before this one, the latest last."""
    if take.question is None:
        return ()
    before = _latest_first(store, [take.question.text], store.before(take))
    written = (one.transcript for one in before if one.transcript and one.transcript.words)
    return tuple(islice(written, EARLIER))[::-1]


def last_before(store: Shelf, take: Take) -> Take | None:
    """The last answer to the same question before this one; takes without words do not count."""
    if take.question is None or take.follows:
        return None
    before = _latest_first(store, [take.question.text], store.before(take))
    return next(
        (one for one in before if one.transcript and not one.is_silent and not one.follows), None
    )


def _latest_first(store: Shelf, texts: Iterable[str], folders: Sequence[Path]) -> Iterator[Take]:
    """The takes in these folders, in their order."""
    asked = {_words(text): _NUMBERED.sub("", slug(text)) for text in texts}
    slugs = frozenset(asked.values())
    for take in store.readable(one for one in reversed(folders) if _slug_of(one) in slugs):
        if take.question is not None and _words(take.question.text) in asked:
            yield take


def _slug_of(folder: Path) -> str:
    """The slug of the question in a folder's name, without the time and the number."""
    return _NUMBERED.sub("", folder.name.partition("_")[2])


def _words(text: str) -> tuple[str, ...]:
    return tuple(bare_words(text.split()))


LAST = 5
"""Takes, of any question: a sitting or two, short enough to follow a voice that changes."""
FARTHEST = 40
"""Takes that are looked at; those of older versions hold no voice, and a home may hold hundreds."""
LEAST_SPEECH = 20.0
"""Seconds. In two halves of half a minute the same person's pitch varied by up to twice as much in
the one as in the other: a shorter take shows the sentence more than the voice."""


def baseline_voice(store: Shelf, take: Take) -> Voice | None:
    """None where this take or too few of those before it hold enough speech; damaged ones are
    passed over, and so are those that were given up and never listened to."""
    if _voice(take) is None:
        return None
    latest_first = store.readable(store.before(take)[: -FARTHEST - 1 : -1])
    return median_voice([*islice(filter(None, map(_voice, latest_first)), LAST)])


def _voice(take: Take) -> Voice | None:
    spoken = sum(span.duration for span in take.sound.speech) if take.sound else 0.0
    return voice(take.sound) if spoken >= LEAST_SPEECH else None


LABELLED = 10
"""Corrected stories, the latest ones: enough to know how somebody tells."""


def habit_of(store: Shelf, take: Take) -> Habit:
    """How the speaker tells stories, by those of which they corrected the sections; what they
    corrected in this take decides on it alone."""
    names = [one.id for one in store.summaries() if one.labelled and one.id != take.id]
    known = store.readable(store.folder / name for name in names[-LABELLED:])
    return habit([one.labels for one in known])


def answers_of(store: Shelf, session: str) -> tuple[Take, ...]:
    """The answers of the session that began then, oldest first."""
    return next((takes for began, takes in _sessions(store) if began == session), ())


def answers_before(store: Shelf, session: str) -> tuple[Take, ...]:
    """Those of the last other session; none where there is none."""
    return next((takes for began, takes in _sessions(store) if began != session), ())


def _sessions(store: Shelf) -> Iterator[tuple[str, tuple[Take, ...]]]:
    """When each began, and its answers; the latest first, without those that have none."""
    latest_first = store.readable(reversed(store.folders()))
    of_sessions = (take for take in latest_first if take.session)
    for session, takes in groupby(of_sessions, key=lambda take: take.session or ""):
        listened_to = tuple(reversed([take for take in takes if take.sound and not take.is_silent]))
        if listened_to:
            yield session, listened_to
