"""Which takes make up a session, and the one before it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rehearse.model.take import Ending, Question, Sound, Span
from rehearse.takes.history import answers_before, answers_of
from rehearse.takes.store import TakeStore

SOUND = Sound(1.0, (Span(0.0, 1.0),))


class Recordings:
    def __init__(self, folder: Path) -> None:
        self.store = TakeStore(folder)
        self.minute = 0

    def take(self, session: str | None, *, ending: Ending = Ending.ENDED) -> str:
        self.minute += 1
        now = f"2026-05-04T10:{self.minute:02}:00+02:00"
        take = self.store.begin(Question("Why?"), now, {}, session=session, interviewer="Dana")
        heard = ending is Ending.ENDED
        self.store.save(replace(take, ending=ending, sound=SOUND if heard else None))
        return take.id


def test_the_answers_of_a_session_and_of_the_one_before(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path)
    recordings.take("0900")
    first = [recordings.take("1000"), recordings.take("1000")]
    second = [recordings.take("1100")]
    assert [take.id for take in answers_of(recordings.store, "1100")] == second
    assert [take.id for take in answers_before(recordings.store, "1100")] == first


def test_takes_without_a_session_and_those_that_were_given_up_are_passed_over(
    tmp_path: Path,
) -> None:
    recordings = Recordings(tmp_path)
    first = recordings.take("1000")
    recordings.take(None)
    recordings.take("1030", ending=Ending.LEFT)
    recordings.take("1100", ending=Ending.SKIPPED)
    second = recordings.take("1100")
    assert [take.id for take in answers_of(recordings.store, "1100")] == [second]
    assert [take.id for take in answers_before(recordings.store, "1100")] == [first]


def test_a_damaged_take_costs_nothing_but_itself(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path)
    one, damaged = recordings.take("1000"), recordings.take("1000")
    (tmp_path / damaged / "take.json").write_text("{")
    assert [take.id for take in answers_of(recordings.store, "1000")] == [one]


def test_a_first_session_has_none_before_it(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path)
    assert answers_of(recordings.store, "1000") == ()
    recordings.take("1000")
    assert answers_before(recordings.store, "1000") == ()


def test_session_and_interviewer_are_kept_with_the_take(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path)
    recordings.take("1000")
    (take,) = answers_of(recordings.store, "1000")
    assert (take.session, take.interviewer) == ("1000", "Dana")
