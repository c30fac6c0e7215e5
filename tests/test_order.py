"""What was told first comes first, whatever the clocks on the walls showed."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import Any

import pytest

from rehearse.analysis.coaching import Coaching
from rehearse.model.take import Question
from rehearse.schedule.planning import read as schedule_of
from rehearse.takes import index
from rehearse.takes.history import answers_before, earlier
from rehearse.takes.moments import day_here, instant, moment
from rehearse.takes.store import TakeStore
from tests import inprocess
from tests.takes import QUESTION, Told, keep, take_of

WEST = ("2026-11-27T10:00:00+09:00", "2026-11-26T20:00:00-08:00", "2026-11-26T21:00:00-08:00")
"""Tokyo, then three and four hours later Los Angeles."""
SET_BACK = ("2026-10-25T02:50:00+02:00", "2026-10-25T02:10:00+01:00", "2026-10-25T02:55:00+01:00")
"""The hour that Berlin's clocks live twice."""
EAST = ("2026-11-26T20:00:00-08:00", "2026-11-28T02:00:00+09:00", "2026-11-28T03:00:00+09:00")
TRAVELS = pytest.mark.parametrize("told", [WEST, SET_BACK, EAST], ids=["west", "set back", "east"])


def told_at(recorded_at: str, number: int = 0, **labels: Any) -> Told:
    labels = {"turn": number, **labels}
    name = f"{recorded_at[:19].replace(':', '-')}_tell-me-about-a-time-you-failed"
    given = tuple({"id": name, "recorded_at": recorded_at, **labels}.items())
    return Told(said=f"Attempt {number} began", labels=given)


def kept(home: Path, told: tuple[str, ...]) -> tuple[TakeStore, list[str]]:
    """Takes of these times, put there in another order; their ids, in this one."""
    tales = [told_at(at, number, session=at) for number, at in enumerate(told)]
    keep(home, *reversed(tales))
    return TakeStore(home / "recordings"), [take_of(tale).id for tale in tales]


@pytest.fixture
def in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@TRAVELS
def test_takes_stand_in_the_order_in_which_they_were_told(
    tmp_path: Path, told: tuple[str, ...]
) -> None:
    store, ids = kept(tmp_path, told)
    for _ in ("without an index", "with one"):
        assert [folder.name for folder in TakeStore(store.folder).folders()] == ids
        assert [take.id for take in store.summaries()] == ids
    assert store.find(None).name == ids[-1]
    assert store.next_turn() == 3


@TRAVELS
def test_what_came_before_a_take_did_so_by_the_instant(
    tmp_path: Path, told: tuple[str, ...]
) -> None:
    store, ids = kept(tmp_path, told)
    takes = [store.load(store.folder / name) for name in ids]
    assert [transcript.text for transcript in earlier(store, takes[1])] == ["Attempt 0 began"]
    assert [transcript.text for transcript in earlier(store, takes[0])] == []
    assert [take.id for take in answers_before(store, told[2])] == [ids[1]]


@TRAVELS
def test_the_list_and_the_comparison_follow(
    tmp_path: Path, told: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    _, ids = kept(tmp_path, told)
    assert inprocess.main("takes", "--json", home=tmp_path) == 0
    listed = [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()]
    assert listed == ids[::-1]
    for named in ([], [ids[2]], [ids[1], ids[2]], [ids[2], ids[1]]):
        assert inprocess.main("compare", "--json", *named, home=tmp_path) == 0
        found = json.loads(capsys.readouterr().out)
        assert (found["before"], found["after"]) == (ids[1], ids[2])
    assert inprocess.main("compare", ids[0], home=tmp_path) == 1
    assert "no earlier take" in capsys.readouterr().err


def test_a_comparison_across_zones_says_which(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    kept(tmp_path, WEST[:2])
    assert inprocess.main("compare", home=tmp_path) == 0
    head = " ".join(capsys.readouterr().out.split())
    assert "2026-11-27 10:00 +09:00" in head
    assert head.index("+09:00") < head.index("-08:00")


@TRAVELS
def test_the_schedule_counts_the_last_telling(tmp_path: Path, told: tuple[str, ...]) -> None:
    store, ids = kept(tmp_path, told)
    now = moment(told[-1]) + timedelta(hours=1)
    found = schedule_of(tmp_path, store=store, now=now, coaching=Coaching())
    assert [review.take for review in found.reviews] == ids
    (standing,) = found.standings.values()
    assert (standing.take, standing.times) == (ids[-1], 3)
    assert standing.due > now.date()


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (["--since", "2026-11-27"], [2, 1]),
        (["--before", "2026-11-27"], [0]),
        (["--since", "2026-11-28"], []),
    ],
)
def test_days_are_those_of_the_calendar_here(
    tmp_path: Path,
    in_berlin: None,
    wanted: list[str],
    expected: list[int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In Berlin it was 23:30 on the 26th, then 05:00 and 06:00 on the 27th."""
    told = ("2026-11-27T07:30:00+09:00", *WEST[1:])
    _, ids = kept(tmp_path, told)
    assert inprocess.main("takes", "--json", *wanted, home=tmp_path) == 0
    found = [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()]
    assert found == [ids[number] for number in expected]


def test_a_take_that_tells_no_time_stands_where_its_name_says(tmp_path: Path) -> None:
    store, ids = kept(tmp_path, SET_BACK)
    named = "2026-10-27T10-00-00_lost"
    (store.folder / named).mkdir()
    (store.folder / named / "answer.wav").write_bytes(bytes(100))
    (store.folder / "holiday").mkdir()
    (store.folder / "holiday" / "answer.wav").write_bytes(bytes(100))
    expected = ["holiday", *ids, named]
    assert [folder.name for folder in store.folders()] == expected
    assert [take.id for take in store.summaries()] == expected


def test_a_time_that_was_changed_is_read_anew(tmp_path: Path) -> None:
    """Also where the index, and this very list, knew another."""
    store, ids = kept(tmp_path, WEST)
    store.summaries()
    assert store.folders()[0].name == ids[0]
    path = store.folder / ids[0] / "take.json"
    path.write_text(path.read_text().replace(WEST[0], "2026-11-29T10:00:00+09:00"))
    for look in (store, TakeStore(store.folder)):
        assert look.folders()[-1].name == ids[0]


def test_a_time_that_stands_behind_all_else_is_found(tmp_path: Path) -> None:
    """Another program may write the fields in another order."""
    store, ids = kept(tmp_path, WEST)
    path = store.folder / ids[0] / "take.json"
    value = json.loads(path.read_text())
    value["question"]["text"] = 'So "recorded_at": "1999-01-01" ' + "and so on " * 1000
    value["recorded_at"] = value.pop("recorded_at")
    path.write_text(json.dumps(value))
    assert [folder.name for folder in store.folders()] == ids


def test_many_takes_of_many_zones_are_in_order(tmp_path: Path) -> None:
    rng = Random(7)
    start = datetime(2026, 5, 4, tzinfo=timezone.utc)
    moments = [start + timedelta(seconds=1021 * number) for number in range(400)]
    zones = [timezone(timedelta(hours=rng.randint(-11, 13))) for _ in moments]
    told = tuple(at.astimezone(zone).isoformat() for at, zone in zip(moments, zones, strict=True))
    store, ids = kept(tmp_path, told)
    assert [folder.name for folder in store.folders()] == ids
    assert [take.id for take in store.summaries()] == ids
    assert set(index.remembered_times(store.folder)) == set(ids)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-05-04T10:30:00Z", 1777890600.0),
        ("2026-05-04T12:30:00+02:00", 1777890600.0),
        ("2026-05-04T12:30:00.5+02:00", 1777890600.5),
    ],
)
def test_an_instant_is_the_same_in_every_zone(text: str, expected: float) -> None:
    assert instant(text, "x") == expected


def test_without_a_zone_it_is_the_time_here(in_berlin: None) -> None:
    assert instant("2026-05-04T12:30:00", "x") == instant(None, "2026-05-04T12-30-00_why")
    assert instant("2026-05-04T12:30:00", "x") == instant("2026-05-04T10:30:00Z", "x")
    assert day_here("2026-05-04T23:30:00Z", "x") == date(2026, 5, 5)


@pytest.mark.parametrize("text", ["", "soon", "0001-01-01T00:00:00", "2026-13-01", "９９９９"])
def test_what_is_no_time_comes_first(text: str) -> None:
    assert instant(text, "a folder") <= instant("1970-01-02T00:00:00Z", "x")
    assert day_here("", "a folder") is None


def test_a_question_is_asked_again_later_by_when_it_was_told_last(tmp_path: Path) -> None:
    other = Question("Why us?", QUESTION.kind, (), 60.0)
    tales = [told_at(WEST[0]), told_at(WEST[1], 1, question=other, id="2026-11-26T20-00-00_why-us")]
    keep(tmp_path, *tales)
    store = TakeStore(tmp_path / "recordings")
    found = schedule_of(tmp_path, store=store, now=moment(WEST[2]), coaching=Coaching())
    assert found.asked_before == [QUESTION.text, other.text]
