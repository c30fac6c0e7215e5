"""Practice over days: what is told, and what is not told yet."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest

from rehearse.model.structure import Section
from rehearse.model.take import Ending, Kind, Question
from rehearse.progress.progress import Feat, Measure, Progress, figure, progress, streak, values
from rehearse.progress.trend import FEWEST, Direction, is_sure, trends
from rehearse.takes.summary import State, Summary
from rehearse.views import progress as view
from rehearse.views import progress_charts, progress_files
from rehearse.views.progress_page import page
from tests import inprocess
from tests.takes import QUESTION, Told, keep, summary
from tests.test_terminal_view import shown

TODAY = date(2026, 5, 10)
PLAIN = Told()
OTHER = Question("Why do you want to work here?", None, ("Earn Trust", "Ownership"), 60.0)
EVIL = '\x1b[2J</title><script>alert(1)</script>" onload="x\u202e [red]'


def on(day: int, told: Told = PLAIN, minute: int = 0) -> Summary:
    return summary(replace(told, after=timedelta(days=day, minutes=minute)))


def many(fillers: list[float]) -> list[Summary]:
    return [on(0, Told(fillers=rate), minute) for minute, rate in enumerate(fillers)]


def told(takes: list[Summary]) -> Progress:
    return progress(takes, TODAY)


@pytest.mark.parametrize(("seconds", "off"), [(45.0, 15.0), (66.0, 0.0), (130.0, 10.0)])
def test_an_introduction_is_off_its_target_only_below_a_minute_or_above(
    seconds: float, off: float
) -> None:
    asked = Question("Who are you?", Kind.INTRODUCTION, target=120.0)
    hello = replace(on(0, Told(question=asked, seconds=seconds)), outline=Kind.INTRODUCTION)
    assert figure(hello, Measure.OFF_TARGET) == off


def test_a_day_has_its_time_its_answers_and_medians() -> None:
    found = told(
        [
            on(0, Told(seconds=100.0, fillers=2.0, pace=120.0)),
            on(0, Told(seconds=110.0, fillers=4.0, pace=130.0, missing=("task",)), 5),
            on(0, Told(seconds=60.0, fillers=30.0, pace=170.0), 9),
            on(0, Told(seconds=50.0, ending=Ending.SKIPPED, written=False), 12),
            on(2, Told(seconds=90.0, fillers=None, pace=None)),
        ]
    )
    first, second = (day.figures for day in found.days)
    assert [day.day for day in found.days] == [date(2026, 5, 4), date(2026, 5, 6)]
    assert (first.answers, first.seconds) == (3, 320.0)
    assert first.medians == {Measure.FILLERS: 4.0, Measure.PACE: 130.0, Measure.OFF_TARGET: 20.0}
    assert (first.on_target, first.targeted) == (2, 3)
    assert (first.complete, first.told) == (2, 3)
    assert second.medians == {Measure.OFF_TARGET: 30.0}
    assert (found.missing[Section.TASK], found.missing[Section.RESULT], found.stories) == (1, 0, 4)


def test_rates_of_a_few_seconds_are_not_told() -> None:
    assert values([on(0, Told(seconds=19.0))], Measure.FILLERS) == []
    assert values([on(0, Told(seconds=20.0))], Measure.FILLERS) == [4.0]


def test_questions_and_principles_stand_most_answered_first() -> None:
    reply = Told(question=replace(QUESTION, text="And then?"), labels=(("follows", "x"),))
    louder = Told(question=replace(QUESTION, text="TELL me about a  time you failed."))
    found = told([on(0), on(1, louder), on(2, Told(question=OTHER)), on(3, reply)])
    assert [(group.name, group.figures.answers) for group in found.questions] == [
        ("TELL me about a  time you failed.", 2),
        (OTHER.text, 1),
    ]
    assert [(group.name, group.figures.answers) for group in found.principles] == [
        ("Ownership", 3),
        ("Earn Trust", 1),
    ]


@pytest.mark.parametrize(
    ("days", "now", "longest"),
    [
        ([], 0, 0),
        ([10], 1, 1),
        ([9], 1, 1),
        ([8], 0, 1),
        ([1, 2, 3, 4, 9, 10], 2, 4),
        ([8, 9], 2, 2),
        ([8, 10], 1, 1),
        ([10, 12], 1, 1),
    ],
)
def test_days_in_a_row_count_to_today_or_yesterday(days: list[int], now: int, longest: int) -> None:
    found = streak([date(2026, 5, day) for day in days], TODAY)
    assert (found.now, found.longest) == (now, longest)


def test_the_first_day_of_the_calendar_is_a_day() -> None:
    odd = replace(on(0), recorded_at="0001-01-01T00:00:00")
    found = told([odd, on(0)])
    assert [day.day.year for day in found.days] == [1, 2026]
    assert "Your practice" in page(found, (), [odd])


def test_bests_are_told_from_three_on_and_the_latest_of_equals() -> None:
    takes = many([4.0, 2.0, 2.0])
    assert told(takes[:2]).bests == ()
    (fewest, nearest) = told(takes).bests
    assert (fewest.feat, fewest.value, fewest.take) == (Feat.FEWEST_FILLERS, 2.0, takes[2].id)
    assert (nearest.feat, nearest.value) == (Feat.NEAREST_TARGET, 30.0)
    row = [on(day, Told(seconds=60.0 + day)) for day in range(3)]  # too short to be a best
    assert {best.feat: best.value for best in told(row).bests} == {
        Feat.FEWEST_FILLERS: 4.0,
        Feat.LONGEST_DAY: 62.0,
        Feat.LONGEST_STREAK: 3,
    }


def test_no_best_is_made_of_three_words() -> None:
    short = [on(0, Told(seconds=30.0, fillers=0.0), minute) for minute in range(5)]
    assert Feat.FEWEST_FILLERS not in {best.feat for best in told(short).bests}


def direction(fillers: list[float]) -> Direction | None:
    found = {trend.measure: trend.direction for trend in trends(many(fillers))}
    return found.get(Measure.FILLERS)


def test_of_few_takes_no_trend_is_told() -> None:
    assert direction([9.0, 6.0, 3.0]) is None
    assert direction([float(rate) for rate in range(FEWEST - 1, 0, -1)]) is None


@pytest.mark.parametrize(
    ("fillers", "expected"),
    [
        ([float(rate) for rate in range(FEWEST, 0, -1)], Direction.DOWN),
        ([float(rate) for rate in range(FEWEST)], Direction.UP),
        ([5.0] * FEWEST, Direction.LEVEL),
        ([9.0, 1.0] * FEWEST, Direction.LEVEL),
        ([5.0 + rate / 100 for rate in range(FEWEST)], Direction.LEVEL),
        ([20.0] * 40 + [5.0] * 60, Direction.LEVEL),
        ([9.0, 8.0, 8.5, 7.0, 90.0, 6.0, 5.0, 4.5, 4.0, 3.0, 2.0, 1.0], Direction.DOWN),
    ],
)
def test_a_trend_is_told_where_it_is_sure_and_can_be_heard(
    fillers: list[float], expected: Direction
) -> None:
    assert direction(fillers) is expected


def test_luck_is_rarely_taken_for_a_trend() -> None:
    """Of histories without any change the rule allows one in twenty."""
    chance = random.Random(4)
    histories = [[chance.gauss(6, 3) for _ in range(FEWEST)] for _ in range(1000)]
    assert sum(is_sure(history) for history in histories) <= 60


def screen(takes: list[Summary], *, width: int = 80, plain: bool = True) -> str:
    latest = {measure: values(takes, measure)[-60:] for measure in Measure}
    return shown(view.screen(told(takes), trends(takes), latest, plain=plain), width=width)


def test_the_screen_says_what_there_is_and_why_no_trend_is_told() -> None:
    text = " ".join(screen([on(day) for day in (4, 5, 6)]).split())
    assert text.startswith("3 answers on 3 days, 4 minutes of practice; 3 days in a row.")
    assert "Trends appear after 10 answers of at least 20 seconds. 7 to go." in text
    assert "Nothing: all 3 stories had every part." in text
    assert "Days in a row 3" in text


def test_one_take_is_told_without_a_plural() -> None:
    text = " ".join(screen([on(0, Told(seconds=45.0, missing=("result",)))]).split())
    assert text.startswith("1 answer on 1 day, 45 seconds of practice.")
    assert "Result 1 of 1" in text
    assert "Your best" not in text


def test_a_trend_is_said_with_its_figures() -> None:
    text = " ".join(screen(many([float(rate) for rate in range(14, 0, -1)])).split())
    assert "Fillers fewer: 11, then 4 a minute" in text
    assert "Pace 150 words a minute, no clear change" in text
    assert "The latest 14 answers" in text


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("plain", [True, False])
def test_it_fits_its_screen(width: int, plain: bool) -> None:
    long = Told(question=replace(QUESTION, text="W" * 150, principles=("P" * 90, EVIL)))
    takes = [on(day, long, minute) for day in range(20) for minute in range(3)]
    text = screen(takes, width=width, plain=plain)
    assert all(len(line) <= width for line in text.splitlines())
    assert "\x1b" not in text
    assert ("█" in text) == (not plain)
    assert "latest 14 of 20 days" in text


@pytest.mark.parametrize(
    ("figures", "line"),
    [([0.0, 4.0, 8.0], "▁▅█"), ([0.0, 0.0], "▁▁"), ([3.0], "█"), ([1.0] * 90, "█" * 30)],
)
def test_a_sparkline_starts_at_nothing(figures: list[float], line: str) -> None:
    assert view.sparkline(figures) == line


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (1, "1 second"),
        (59, "59 seconds"),
        (60, "1 minute"),
        (1440, "24 minutes"),
        (9000, "2.5 hours"),
    ],
)
def test_times_are_read_at_a_glance(seconds: float, text: str) -> None:
    assert view.span(seconds) == text


def test_csv_has_a_row_a_day() -> None:
    found = told([on(0), on(0, minute=5), on(2, Told(fillers=None))])
    rows = list(csv.DictReader(StringIO(progress_files.as_csv(found))))
    assert [row["day"] for row in rows] == ["2026-05-04", "2026-05-06"]
    assert (rows[0]["answers"], rows[0]["fillers_per_minute"]) == ("2", "4.0")
    assert rows[1]["fillers_per_minute"] == ""


class Reader(HTMLParser):
    """What a browser would load, and whether every tag that opens is closed."""

    EMPTY = ("meta",)

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.addresses: list[str | None] = []
        self.handlers: list[str] = []
        self.policies: list[str | None] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value for name, value in attrs if name in ("src", "href", "action")]
        self.policies += [dict(attrs)["content"] for name, _ in attrs if name == "http-equiv"]
        self.handlers += [name for name, _ in attrs if name.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


HISTORIES = {
    "none": [],
    "one": [on(0)],
    "nothing known": [on(0, Told(question=None, fillers=None, pace=None, applies=False))],
    "given up": [on(0, Told(ending=Ending.SKIPPED, written=False))],
    "damaged": [Summary("x", State.DAMAGED, 3.0)],
    "long": [on(day, Told(fillers=day % 9, question=OTHER)) for day in range(300)],
    "evil": [
        on(
            day,
            Told(
                question=replace(QUESTION, text=EVIL, principles=(EVIL,)),
                labels=(("title", EVIL),),
            ),
        )
        for day in range(12)
    ],
}


@pytest.mark.parametrize("history", HISTORIES)
def test_the_page_is_whole_and_loads_nothing(history: str) -> None:
    takes = HISTORIES[history]
    text = page(told(takes), trends(takes), takes)
    found = Reader(text)
    assert found.open == []
    assert found.addresses == found.handlers == []
    assert "script" not in found.tags
    (policy,) = found.policies
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert not {"\x1b", "\u202e"} & set(text)
    assert "nan" not in text.lower().split()


def test_the_page_draws_every_answer_and_every_day() -> None:
    takes = [on(day, Told(fillers=float(day))) for day in range(10)]
    found = Reader(page(told(takes), trends(takes), takes))
    assert found.tags.count("circle") == 3 * 10
    assert found.tags.count("polyline") == 3
    assert found.tags.count("rect") == 10 + 2


def test_drawings_stay_in_their_boxes() -> None:
    takes = HISTORIES["long"]
    bars = progress_charts.practice(told(takes).days)
    assert bars is not None
    assert len(bars.bars) == progress_charts.MOST_DAYS
    for bar in bars.bars:
        assert progress_charts.LEFT <= bar.x <= bar.x + bar.width <= progress_charts.WIDTH
        assert 0 <= bar.y <= bar.y + bar.height <= progress_charts.HEIGHT + 0.1
    plot = progress_charts.dots(takes, Measure.FILLERS, {Measure.FILLERS: (0.0, 5.0)})
    assert plot is not None
    assert plot.count == progress_charts.ANSWERS
    for dot in plot.dots:
        assert progress_charts.LEFT <= dot.x <= progress_charts.WIDTH
        assert 0 <= dot.y <= progress_charts.HEIGHT


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*arguments: str) -> tuple[int, str, str]:
        code = inprocess.main("progress", *arguments, home=tmp_path)
        out, err = capsys.readouterr()
        return code, out, err

    return command


def test_without_any_take_the_first_step_is_told(run: Run, tmp_path: Path) -> None:
    assert run() == (0, "No answers yet. To begin: rehearse practice\n", "")
    code, out, _ = run("--format", "json")
    assert (code, json.loads(out)["answers"], json.loads(out)["days"]) == (0, 0, [])
    assert "No answers yet." in run("--format", "html")[1]
    assert list(tmp_path.iterdir()) == []


def test_every_format_tells_the_same(run: Run, tmp_path: Path) -> None:
    keep(tmp_path, *(Told(after=timedelta(days=day), fillers=float(day)) for day in range(12)))
    assert run()[1].startswith("12 answers on 12 days, 18 minutes of practice")
    value = json.loads(run("--format", "json")[1])
    assert (value["schema"], value["answers"], len(value["days"])) == (1, 12, 12)
    assert value["trends"][0] == {
        "measure": "fillers",
        "direction": "up",
        "answers": 12,
        "earlier": 2.5,
        "later": 8.5,
    }
    assert run("--format", "csv")[1].count("\n") == 13
    target = tmp_path / "progress.html"
    assert run("--format", "html", "-o", str(target)) == (0, "", "")
    assert target.read_text("utf-8") == run("--format", "html")[1]
    assert "more: 2, then 8 a minute" in target.read_text("utf-8")


def test_what_cannot_be_written_is_said(run: Run, tmp_path: Path) -> None:
    code, _, err = run("-o", str(tmp_path / "x"))
    assert (code, "Add --format" in err) == (2, True)
    code, _, err = run("--format", "csv", "-o", str(tmp_path / "no" / "x.csv"))
    assert (code, "cannot be written" in err) == (1, True)
