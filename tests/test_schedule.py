"""How takes are rated, when questions are due, and which ones a session asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from functools import cache
from itertools import pairwise
from random import Random

import pytest

from rehearse.analysis.analyze import analyze
from rehearse.analysis.coaching import Coaching
from rehearse.errors import NothingToAsk
from rehearse.model.structure import Section
from rehearse.model.take import Ending, Kind, Question, Take
from rehearse.questions.choose import known_as
from rehearse.schedule.due import LONGEST, REST, Review, Standing, standings
from rehearse.schedule.pick import LAST_DAYS, core, due, is_close, pick, pick_due
from rehearse.schedule.rating import Grade, Rated, rated
from rehearse.takes.summary import State, Summary, summarize
from tests.speech import spoken

ZONE = timezone(timedelta(hours=2))
NOON = datetime(2026, 11, 2, 12, tzinfo=ZONE)
TWO = (Section.TASK, Section.RESULT)
TOLD = Summary("take", State.WHOLE, 100.0)
WELL = replace(
    TOLD,
    answer=100,
    target=100,
    star_applies=True,
    fillers_per_minute=1,
    key_points_said=9,
    key_points=10,
)


@pytest.mark.parametrize(
    ("take", "grade", "reason"),
    [
        (WELL, Grade.EASY, "no part missing"),
        (replace(WELL, thin=(Section.TASK,)), Grade.GOOD, "task thin"),
        (replace(WELL, missing=(Section.RESULT,)), Grade.HARD, "result missing"),
        (
            replace(WELL, missing=(Section.TASK, Section.RESULT)),
            Grade.AGAIN,
            "task and result missing",
        ),
        (replace(WELL, no_story=True), Grade.HARD, "no story"),
        (replace(WELL, answer=75), Grade.EASY, "1:15 of 1:40"),
        (replace(WELL, answer=74), Grade.HARD, "1:14 of 1:40"),
        (replace(WELL, answer=111), Grade.HARD, "1:51 of 1:40"),
        (replace(WELL, answer=39), Grade.AGAIN, "0:39 of 1:40"),
        (replace(WELL, answer=201), Grade.AGAIN, "3:21 of 1:40"),
        (replace(WELL, fillers_per_minute=2.1), Grade.GOOD, "2 fillers a minute"),
        (replace(WELL, fillers_per_minute=5.1), Grade.HARD, "5 fillers a minute"),
        (replace(WELL, fillers_per_minute=40), Grade.HARD, "40 fillers a minute"),
        (replace(WELL, key_points_said=8), Grade.GOOD, "8 of 10 points said"),
        (replace(WELL, key_points_said=6), Grade.HARD, "6 of 10 points said"),
        (replace(WELL, key_points_said=3), Grade.AGAIN, "3 of 10 points said"),
        (
            replace(TOLD, answer=90, target=90, fillers_per_minute=0),
            Grade.GOOD,
            "its parts were not checked",
        ),
        (TOLD, Grade.GOOD, "nothing could be judged"),
    ],
)
def test_a_take_is_as_good_as_its_weakest_side(take: Summary, grade: Grade, reason: str) -> None:
    found = rated(take)
    assert found.grade is grade
    assert any(reason in one for one in found.reasons)


def test_only_what_kept_it_back_is_named() -> None:
    found = rated(replace(WELL, missing=(Section.RESULT,), answer=40, fillers_per_minute=3))
    assert found == Rated(Grade.HARD, ("result missing", "0:40 of 1:40"))


def test_limits_that_the_user_set_count_here_too() -> None:
    strict = Coaching(fillers_per_minute=0.5, short_of_target=0.99)
    assert rated(WELL, strict).grade is Grade.HARD
    assert rated(replace(WELL, fillers_per_minute=0, answer=98), strict).grade is Grade.HARD


def test_parts_of_an_introduction_go_by_their_names() -> None:
    hello = spoken("Hello, I am Ada and I build bridges for a living. " * 3)
    question = Question("Who are you?", Kind.INTRODUCTION)
    analysis = analyze(hello.transcript, sound=None, question=question, target=90)
    take = Take("take", "2026-11-02T12:00:00+01:00", question, Ending.ENDED)
    reasons = rated(summarize(take, analysis, duration=30.0, size=1)).reasons
    assert any("why here" in reason for reason in reasons)


def test_an_introduction_of_a_minute_is_held_against_a_minute() -> None:
    hello = replace(TOLD, answer=66, target=120)
    assert rated(hello, Coaching()).grade is Grade.HARD
    assert rated(replace(hello, outline=Kind.INTRODUCTION), Coaching()).grade > Grade.HARD


def told(text: str, day: int, grade: Grade, *, hour: int = 12) -> Review:
    """On a day counted from the first of November."""
    at = datetime(2026, 11, 1, hour, tzinfo=ZONE) + timedelta(days=day - 1)
    return Review(f"take-{day}-{hour}", text, at, Rated(grade, ()))


def standing(*reviews: Review, interview: date | None = None) -> Standing:
    now = max(one.at for one in reviews) + timedelta(hours=1)
    (found,) = standings(reviews, now=now, interview=interview).values()
    return found


@pytest.mark.parametrize(
    ("grade", "days"), [(Grade.AGAIN, 1), (Grade.HARD, 1), (Grade.GOOD, 2), (Grade.EASY, 8)]
)
def test_the_first_interval_goes_by_the_first_take(grade: Grade, days: int) -> None:
    found = standing(told("Why?", 2, grade))
    assert (found.due, found.times) == (date(2026, 11, 2) + timedelta(days=days), 1)


def test_intervals_grow_while_it_goes_well_and_end_at_a_month() -> None:
    reviews: list[Review] = []
    day, intervals = 1, []
    for _ in range(8):
        reviews.append(told("Why?", day, Grade.GOOD))
        intervals.append((standing(*reviews).due - reviews[-1].at.date()).days)
        day += intervals[-1]
    assert intervals == sorted(intervals)
    assert intervals[0] < intervals[1] < intervals[-1] == LONGEST


@pytest.mark.parametrize(("grade", "days"), [(Grade.AGAIN, 1), (Grade.HARD, 4)])
def test_a_weak_take_comes_back_soon_however_well_it_was_known(grade: Grade, days: int) -> None:
    known = [told("Why?", day, Grade.EASY) for day in (1, 9, 39)]
    found = standing(*known, told("Why?", 69, grade))
    assert (found.due - found.last.date()).days == days


def test_no_interval_passes_the_interview() -> None:
    interview = date(2026, 11, 6)
    assert standing(told("Why?", 2, Grade.EASY), interview=interview).due == interview
    assert standing(told("Why?", 6, Grade.EASY), interview=interview).due == date(2026, 11, 14)


def test_two_takes_of_a_day_count_as_one_day() -> None:
    night = standing(told("Why?", 2, Grade.GOOD, hour=0), told("Why?", 2, Grade.GOOD, hour=23))
    noon = standing(told("Why?", 2, Grade.GOOD), told("Why?", 2, Grade.GOOD, hour=13))
    assert night.due == noon.due


def test_midnight_alone_makes_nothing_due() -> None:
    found = standing(told("Why?", 2, Grade.AGAIN, hour=23))
    assert found.due == date(2026, 11, 3)
    assert not found.is_due(found.last + timedelta(hours=2))
    assert found.is_due(found.last + REST)


def test_takes_from_the_future_count_as_told_now() -> None:
    late = told("Why?", 20, Grade.GOOD)
    (found,) = standings([late], now=NOON, interview=None).values()
    assert (found.last, found.due) == (NOON, date(2026, 11, 4))


def test_takes_in_any_order_and_of_any_zone_give_the_same() -> None:
    reviews = [told("Why?", day, Grade.GOOD) for day in (1, 3, 8)]
    moved = [replace(one, at=one.at.astimezone(timezone.utc)) for one in reversed(reviews)]
    assert standing(*reviews).due == standing(*moved).due


def test_a_question_counts_as_the_same_in_any_capitals_and_marks() -> None:
    assert standing(told("Why us?", 1, Grade.GOOD), told("why US", 3, Grade.GOOD)).times == 2


SET = tuple(
    Question(f"Question {chr(97 + n)}?", Kind.BEHAVIOURAL, (f"Topic {n % 4}",)) for n in range(12)
)


def of(questions: Sequence[Question], now: datetime = NOON, **more: object) -> tuple[str, ...]:
    """Texts picked in the course of a quiet day; `more` overrides what is usual."""
    given: dict[str, object] = {"standings": {}, "interview": None, "count": 3} | more
    return tuple(one.text for one in pick(questions, now=now, **given))  # type: ignore[arg-type]


def after(*reviews: Review, now: datetime = NOON) -> dict[str, Standing]:
    return standings(reviews, now=now, interview=None)


LATER = NOON + timedelta(days=20)
THREE = after(*(told(one.text, 2, Grade.HARD) for one in SET[:3]), now=LATER)


def test_two_that_are_due_come_with_one_that_is_new() -> None:
    picked = of(SET, LATER, standings=THREE)
    assert sum(known_as(text) in THREE for text in picked) == 2


def test_one_question_a_session_is_a_new_one_every_third_time() -> None:
    reviews: list[Review] = []
    new = []
    for day in range(1, 31):
        now = datetime(2026, 11, 1, 18, tzinfo=ZONE) + timedelta(days=day - 1)
        known = after(*reviews, now=now)
        (text,) = of(SET, now, standings=known, count=1)
        if [one for one in SET if one in due(SET, known, now)]:
            new.append(known_as(text) not in known)
        reviews.append(told(text, day, Grade.HARD))
    assert 0.25 <= sum(new) / len(new) <= 0.4


INTRODUCTION = Question("Who are you?", Kind.INTRODUCTION)
WHY_US = Question("Why us?", Kind.MOTIVATION)


@pytest.mark.parametrize("days", range(LAST_DAYS + 1))
def test_right_before_the_interview_its_core_is_asked_new_or_not(days: int) -> None:
    interview = LATER.date() + timedelta(days=days)
    pool = [*SET, INTRODUCTION, WHY_US]
    picked = of(pool, LATER, standings=THREE, interview=interview, count=5)
    assert set(picked) == {
        INTRODUCTION.text,
        WHY_US.text,
        *(one.question for one in THREE.values()),
    }
    assert picked[:2] == (INTRODUCTION.text, WHY_US.text)
    assert len(of(pool, LATER, standings=THREE, interview=interview, count=7)) == 7


def test_before_that_and_afterwards_the_schedule_decides() -> None:
    today = LATER.date()
    assert not is_close(today, today + timedelta(days=LAST_DAYS + 1))
    assert not is_close(today, today - timedelta(days=1))
    assert not is_close(today, None)


def test_the_core_goes_on_with_what_was_not_answered_today() -> None:
    now = LATER + timedelta(hours=2)
    told_now = Review("take", INTRODUCTION.text, LATER, Rated(Grade.GOOD, ()))
    known = standings([told_now], now=now, interview=None)
    pool = [INTRODUCTION, WHY_US, *SET]
    own = {known_as(one.text) for one in SET[:3]}
    found = core(pool, known, own, now)
    assert found == [WHY_US, *SET[:3], INTRODUCTION]


def test_nothing_is_asked_twice_within_the_hour_where_there_is_anything_else() -> None:
    recent = {known_as(one.text) for one in SET[1:]}
    assert of(SET, recent=recent) == (SET[0].text,)
    assert len(of(SET[1:], recent=recent)) == 3


def test_own_stories_come_before_other_new_questions() -> None:
    own = {known_as(one.text) for one in SET[5:7]}
    picked = of(SET, own=own, rng=Random(4))
    assert own < {known_as(text) for text in picked}


def test_the_weakest_are_due_first() -> None:
    known = after(
        told(SET[0].text, 2, Grade.EASY),
        told(SET[1].text, 2, Grade.AGAIN),
        told(SET[2].text, 2, Grade.GOOD),
        now=LATER,
    )
    assert due(SET, known, LATER) == [SET[1], SET[2], SET[0]]


def test_the_last_question_is_not_asked_at_once_again() -> None:
    known = after(told(SET[0].text, 2, Grade.AGAIN), now=LATER)
    before = [SET[0].text]
    assert of(SET, LATER, standings=known, asked_before=before)[0] != SET[0].text
    assert of(SET[:2], LATER, standings=known, count=1, asked_before=before) == (SET[1].text,)
    assert of(SET[:1], LATER, standings=known, count=1, asked_before=before) == (SET[0].text,)


def test_what_was_told_an_hour_ago_is_asked_only_where_there_is_nothing_else() -> None:
    now = NOON + timedelta(hours=1)
    known = after(told(SET[0].text, 2, Grade.AGAIN), told(SET[1].text, 1, Grade.EASY), now=now)
    assert of(SET[:2], now, standings=known, count=1) == (SET[1].text,)
    assert len(of(SET[:2], now, standings=known)) == 2


def test_only_what_is_due_where_that_is_wanted() -> None:
    picked = pick_due(SET, THREE, now=LATER, count=9)
    assert {known_as(one.text) for one in picked} == set(THREE)
    with pytest.raises(NothingToAsk, match=r"you have not answered any of these questions yet"):
        pick_due(SET, {}, now=NOON, count=3)
    with pytest.raises(NothingToAsk, match=r"The next is 'Question a\?', on 4 November"):
        pick_due(SET, after(told(SET[0].text, 2, Grade.GOOD)), now=NOON, count=3)


def test_what_the_candidate_may_ask_back_is_not_asked() -> None:
    back = Question("How big is the team?", Kind.TO_ASK)
    assert back.text not in of([back, *SET], count=20)
    assert of([back]) == (back.text,)


def test_nothing_to_pick_from_is_an_error() -> None:
    with pytest.raises(NothingToAsk):
        of([])


WEAK, STRONG = SET[:4], SET[4:8]
START = datetime(2026, 11, 1, 18, 30, tzinfo=ZONE)
DAYS = 30


class Month:
    """A person who practises three questions on most days, each told in about two minutes: some
    always badly, some always well, the others better each time."""

    def __init__(self, seed: int, interview: date | None) -> None:
        self.rng = Random(seed)
        self.interview = interview
        self.reviews: list[Review] = []
        self.new_on: dict[date, int] = {}
        for day in range(DAYS):
            if self.rng.random() < 0.8:
                self.session(START + timedelta(days=day, minutes=self.rng.randrange(200)))

    def session(self, now: datetime) -> None:
        known = standings(self.reviews, now=now, interview=self.interview)
        for one in known.values():
            if self.interview is not None and one.last.date() < self.interview:
                assert one.due <= self.interview
            assert one.due > one.last.date()
        asked = [one.question for one in self.reviews]
        picked = pick(
            SET,
            known,
            now=now,
            interview=self.interview,
            count=3,
            asked_before=asked,
            rng=self.rng,
        )
        self.new_on[now.date()] = sum(known_as(one.text) not in known for one in picked)
        for place, question in enumerate(picked):
            at = now + timedelta(minutes=5 * place)
            self.reviews.append(
                Review(f"{at:%d%H%M}", question.text, at, Rated(self.grade(question), ()))
            )
        self.nothing_told_well_is_due(now + timedelta(hours=1))

    def grade(self, question: Question) -> Grade:
        if question in WEAK:
            return self.rng.choice((Grade.AGAIN, Grade.HARD))
        if question in STRONG:
            return self.rng.choice((Grade.GOOD, Grade.EASY))
        times = sum(one.question == question.text for one in self.reviews)
        return Grade(min(times + 1, Grade.EASY))

    def nothing_told_well_is_due(self, now: datetime) -> None:
        known = standings(self.reviews, now=now, interview=self.interview)
        recent = {one.question for one in self.reviews if now - one.at <= timedelta(hours=1.5)}
        well = {one.question for one in known.values() if one.rated.grade >= Grade.GOOD}
        assert not {one.text for one in due(SET, known, now)} & recent & well

    @property
    def asked(self) -> list[str]:
        return [one.question for one in self.reviews]


@cache
def practised(seed: int, interview: date | None) -> Month:
    return Month(seed, interview)


MONTHS = [
    (seed, interview)
    for seed in range(10)
    for interview in (None, date(2026, 11, 6), date(2026, 12, 1))
]


@pytest.mark.parametrize(("seed", "interview"), MONTHS)
def test_a_month_of_practice(seed: int, interview: date | None) -> None:
    month = practised(seed, interview)
    times = Counter(month.asked)
    assert set(times) == {one.text for one in SET}, "every question is seen"
    assert all(one != other for one, other in pairwise(month.asked)), "none twice running"
    usual = Counter(one.question for one in month.reviews if not is_close(one.at.date(), interview))
    weak, strong = ([usual[one.text] for one in part] for part in (WEAK, STRONG))
    assert min(weak) >= max(strong)
    assert sum(weak) > 1.5 * sum(strong), "weak ones come more often"


@pytest.mark.parametrize(("seed", "interview"), MONTHS)
def test_new_questions_are_mixed_in_one_at_a_time(seed: int, interview: date | None) -> None:
    month = practised(seed, interview)
    first, *rest = month.new_on.values()
    assert first == 3
    assert sum(rest) == len(SET) - 3
    begins = interview and interview - timedelta(days=LAST_DAYS)
    usual = [n for day, n in month.new_on.items() if begins is None or day < begins]
    assert set(usual[1:]) <= {0, 1, 2}
