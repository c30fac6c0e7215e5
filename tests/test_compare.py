"""Two takes side by side: what changed, whether it matters, and how it is said."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rehearse.analysis.parts import Presence
from rehearse.model.delivery import Fillers, Pace, Timing, Verdict
from rehearse.model.structure import Advice, Analysis
from rehearse.model.take import Kind, Question
from rehearse.progress.compare import Change, Comparison, Measure, Way, compare, overlap
from rehearse.progress.followed import Counsel, Followed
from rehearse.takes.store import TakeStore
from rehearse.views import compare as view
from tests import inprocess, takes
from tests.speech import written
from tests.test_terminal_view import analysis, shown

STORY = (
    "Last year our site was failing every night. My task was to find the cause. "
    "I decided to read every log, and so I built a queue. "
)
RESULT = "As a result sales went up by 20 percent."
QUESTION = Question("Tell me about a time you failed.", Kind.BEHAVIOURAL, target=90.0)


def told(
    seconds: float = 90.0,
    *,
    fillers: float | None = 4.0,
    pace: float | None = 150.0,
    verdict: Verdict | None = Verdict.ON_TARGET,
    target: float | None = 90.0,
    advice: tuple[Advice, ...] = (),
) -> Analysis:
    """An answer of which just these figures are known."""
    return replace(
        analysis(STORY + RESULT, QUESTION),
        timing=Timing(seconds, target, verdict, None, None, None, answer=seconds),
        fillers=Fillers((), fillers),
        pace=Pace(pace, None, ()),
        advice=advice,
    )


def way(found: Comparison, measure: Measure) -> Way:
    return next(change.way for change in found.changes if change.measure is measure)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [(9.0, 4.1, Way.SAME), (9.0, 4.0, Way.BETTER), (2.0, 7.0, Way.WORSE), (2.0, 6.9, Way.SAME)],
)
def test_five_fillers_a_minute_make_a_difference(
    before: float, after: float, expected: Way
) -> None:
    assert way(compare(told(fillers=before), told(fillers=after)), Measure.FILLERS) is expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (150.0, 159.0, Way.SAME),
        (120.0, 170.0, Way.OTHER),
        (200.0, 170.0, Way.BETTER),
        (170.0, 200.0, Way.WORSE),
        (90.0, 105.0, Way.BETTER),
        (90.0, 200.0, Way.OTHER),
    ],
)
def test_pace_is_judged_only_outside_of_what_is_easy_to_follow(
    before: float, after: float, expected: Way
) -> None:
    assert way(compare(told(pace=before), told(pace=after)), Measure.PACE) is expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (told(88.0), told(92.9), Way.SAME),
        (told(85.0), told(95.0), Way.OTHER),
        (told(140.0, verdict=Verdict.LONG), told(95.0), Way.BETTER),
        (told(95.0), told(140.0, verdict=Verdict.LONG), Way.WORSE),
        (told(20.0, verdict=Verdict.SHORT), told(140.0, verdict=Verdict.LONG), Way.BETTER),
        (told(100.0, verdict=Verdict.LONG), told(60.0), Way.BETTER),
        (told(60.0), told(100.0, verdict=Verdict.LONG), Way.WORSE),
        (told(60.0, verdict=None, target=None), told(200.0, verdict=None, target=None), Way.OTHER),
        (told(140.0, verdict=Verdict.LONG), told(140.0, target=150.0), Way.SAME),
        (told(140.0, verdict=Verdict.LONG), told(150.0, target=150.0), Way.OTHER),
    ],
)
def test_time_is_judged_by_its_target(before: Analysis, after: Analysis, expected: Way) -> None:
    assert way(compare(before, after), Measure.TIME) is expected


def test_rates_of_a_few_seconds_are_not_compared() -> None:
    found = compare(told(15.0, fillers=20.0), told(90.0, fillers=0.0))
    assert [change.measure for change in found.changes] == [Measure.TIME]


def test_what_is_not_known_of_both_is_not_compared() -> None:
    found = compare(told(fillers=None), told(pace=None))
    assert [change.measure for change in found.changes] == [Measure.TIME]


@pytest.mark.parametrize(
    ("before", "after", "share"),
    [
        ("I built a queue", "I built a queue", 1.0),
        ("I built a queue", "i Built, a queue and slept", 4 / 6),
        ("I built a queue", "I built a house", 0.0),
        ("one two three four x five six seven eight", "five six seven eight one two three four", 1),
        ("one two three four five", "zero one two three four six", 4 / 6),
        ("a b c", "a b c d e", None),
        ("a b c d", "a b", None),
        ("a b c d", "", None),
        ("la la la la la", "la la la la", 1.0),
    ],
)
def test_wording_is_shared_in_runs_of_four(before: str, after: str, share: float | None) -> None:
    found = overlap(written(before).words, written(after).words)
    assert found == (None if share is None else pytest.approx(share))


def test_a_section_is_gained_and_lost() -> None:
    without, whole = analysis(STORY, QUESTION), analysis(STORY + RESULT, QUESTION)
    gained = {part.name: part.gained for part in compare(without, whole).parts}
    assert gained == {"situation": False, "task": False, "action": False, "result": True}
    assert [part.name for part in compare(whole, without).parts if part.lost] == ["result"]


def test_parts_stand_side_by_side_with_their_seconds() -> None:
    whole = analysis(STORY + RESULT, QUESTION)
    longer = analysis(STORY + "_30_ " + RESULT, QUESTION)
    for part in compare(whole, longer).parts:
        assert part.before.seconds is not None
        assert part.after.seconds is not None
        assert part.before.presence is part.after.presence is Presence.YES
    assert not any(part.seconds for part in compare(whole, whole).parts)


def test_parts_of_another_kind_are_not_laid_side_by_side() -> None:
    why = replace(QUESTION, kind=Kind.MOTIVATION)
    assert compare(analysis(STORY + RESULT, QUESTION), analysis(STORY, why)).parts == ()


def test_introductions_are_compared_part_by_part() -> None:
    asked = Question("Tell me about yourself.", Kind.INTRODUCTION, target=90.0)
    text = (
        "My name is Sam and I am a nurse. At the moment I work on a ward for children. "
        "Before that I was a paramedic for six years. "
    )
    why = "I applied here because your clinic trains its people, and I would like to teach."
    found = compare(analysis(text, asked), analysis(text + why, asked))
    assert len(found.parts) == 5
    assert {part.name for part in found.parts} >= {"Why here"}


FEWER = Advice("many_fillers", "Fewer.")
LOUDER = Advice("missing_result", "Say what came of it.")


@pytest.mark.parametrize(
    ("advice", "after", "expected"),
    [
        (LOUDER, analysis(STORY + RESULT, QUESTION), Followed.YES),
        (LOUDER, analysis(STORY, QUESTION), Followed.NOT_YET),
        (LOUDER, analysis("I built a queue.", QUESTION), Followed.UNKNOWN),
        (FEWER, told(fillers=1.0), Followed.YES),
        (FEWER, told(fillers=None), Followed.UNKNOWN),
        (FEWER, told(15.0, fillers=1.0), Followed.UNKNOWN),
        (Advice("too_long", "Shorter."), told(90.0), Followed.YES),
        (Advice("too_long", "Shorter."), told(140.0, verdict=Verdict.LONG), Followed.NOT_YET),
        (Advice("too_long", "Shorter."), told(20.0, verdict=Verdict.SHORT), Followed.UNKNOWN),
        (Advice("fast", "Slower."), told(pace=150.0), Followed.YES),
        (Advice("fast", "Slower."), told(pace=250.0), Followed.NOT_YET),
        (Advice("fast", "Slower."), told(pace=None), Followed.UNKNOWN),
        (Advice("missing_why_here", "Say why."), told(), Followed.UNKNOWN),
    ],
)
def test_advice_is_followed_only_where_it_shows(
    advice: Advice, after: Analysis, expected: Followed
) -> None:
    (found,) = compare(told(advice=(advice,)), after).advice
    assert (found.code, found.followed) == (advice.code, expected)


def comparison(
    *changes: Change, same_question: bool = True, advice: tuple[Counsel, ...] = ()
) -> Comparison:
    return Comparison(same_question, changes, (), None, advice)


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (comparison(), "About the same: the differences are too small to matter."),
        (
            comparison(Change(Measure.FILLERS, 12.0, 5.0, Way.BETTER)),
            "Better this time: 7 fewer fillers a minute.",
        ),
        (
            comparison(Change(Measure.PACE, 150.0, 200.0, Way.WORSE)),
            "The earlier answer had an easier pace. Try once more.",
        ),
        (
            comparison(
                Change(Measure.TIME, 140.0, 95.0, Way.BETTER),
                Change(Measure.FILLERS, 2.0, 9.0, Way.WORSE),
            ),
            "Better this time: a length closer to the target. "
            "The earlier answer had 7 fewer fillers a minute.",
        ),
        (
            comparison(Change(Measure.TIME, 60.0, 95.0, Way.OTHER)),
            "The two takes differ, but neither is better.",
        ),
        (
            comparison(
                advice=(Counsel("a", "A", Followed.YES), Counsel("b", "B", Followed.NOT_YET))
            ),
            "Better this time: you followed 1 piece of advice.",
        ),
        (
            comparison(same_question=False),
            "These takes answer different questions. "
            "About the same: the differences are too small to matter.",
        ),
    ],
)
def test_what_it_comes_to_is_said_first_and_kindly(found: Comparison, says: str) -> None:
    assert view.sentence(found) == says


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("plain", [True, False])
def test_it_fits_its_screen_and_steers_nothing(width: int, plain: bool) -> None:
    evil = replace(QUESTION, text="\x1b[2JWhy [bold]you[/bold]? " + "W" * 130)
    found = compare(analysis(STORY, evil), analysis(STORY + RESULT, evil))
    text = shown(
        view.comparison(found, question=evil.text, names=("2026-05-04", "\x1b7")),
        width=width,
    )
    assert "\x1b" not in text
    assert "[bold]you[/bold]" in text
    assert all(len(line) <= width for line in text.splitlines())
    assert "new this time" in text


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*arguments: str) -> tuple[int, str, str]:
        code = inprocess.main("compare", *arguments, home=tmp_path)
        out, err = capsys.readouterr()
        return code, " ".join(out.split()), err

    return command


def kept(home: Path, *texts: str, question: Question | None = QUESTION) -> list[Path]:
    return takes.keep(
        home,
        *(
            takes.Told(question=question, said=text, after=timedelta(days=day), seconds=60.0)
            for day, text in enumerate(texts)
        ),
    )


def test_the_last_two_of_a_question_are_compared_unless_named(run: Run, tmp_path: Path) -> None:
    first, second, third = kept(tmp_path, STORY, STORY + RESULT, STORY)
    takes.keep(tmp_path, takes.Told(question=None, after=timedelta(days=9)))
    code, out, _ = run("--json")
    found = json.loads(out)
    assert (code, found["before"], found["after"]) == (0, second.name, third.name)
    assert [part["part"] for part in found["parts"] if part["lost"]] == ["result"]
    assert found["overlap"] == 1.0
    found = json.loads(run(third.name, first.name, "--json")[1])
    assert (found["before"], found["after"]) == (first.name, third.name)
    found = json.loads(run(second.name, "--json")[1])
    assert (found["before"], found["after"]) == (first.name, second.name)
    assert found["sentence"].startswith("Better this time: the result")


def test_the_screen_says_it_in_a_sentence_first(run: Run, tmp_path: Path) -> None:
    kept(tmp_path, STORY, STORY + RESULT)
    code, out, _ = run()
    assert code == 0
    assert out.startswith(f"{QUESTION.text} Better this time: the result")
    assert "Result missing" in out


@pytest.mark.parametrize(
    ("texts", "arguments", "code", "says"),
    [
        ([], [], 1, "two takes with a report"),
        ([], ["x"], 1, "No take called"),
        ([STORY], [], 1, "Answer a question twice"),
        ([STORY], ["05-04"], 1, "no earlier take"),
        ([STORY], ["05-04", "05-04"], 1, "the same take"),
        ([STORY, STORY, STORY], ["05-04", "05-05", "05-06"], 2, "Name two"),
    ],
)
def test_what_cannot_be_compared_is_said(
    run: Run, tmp_path: Path, texts: list[str], arguments: list[str], code: int, says: str
) -> None:
    kept(tmp_path, *texts)
    found, out, err = run(*arguments)
    assert (found, out) == (code, "")
    assert says in err


def test_a_take_without_words_is_not_compared(run: Run, tmp_path: Path) -> None:
    first, second = kept(tmp_path, STORY, STORY)
    store = TakeStore(first.parent)
    store.save(replace(store.load(second), transcript=None))
    code, _, err = run("05-04", "05-05")
    assert code == 1
    assert "not written down yet" in err
    (first / "take.json").write_text("{")
    assert run("05-04", "05-05")[0] == 1
