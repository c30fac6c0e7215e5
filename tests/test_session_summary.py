"""A whole session summed up, and the page that shows it."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from rehearse.analysis.advice import builtin_wordings
from rehearse.analysis.analyze import analyze
from rehearse.analysis.coaching import PLAIN
from rehearse.model.structure import Advice, Analysis
from rehearse.model.take import Kind, Question
from rehearse.progress.session_summary import (
    MOST_PRAISED,
    MOST_TO_DO,
    STRENGTHS,
    SessionSummary,
    builtin_session_texts,
    summed_up,
    totals,
)
from rehearse.views import session_page
from rehearse.views.session_page import Kept, Seat
from tests.speech import spoken

QUESTION = Question("Tell me about a time you failed.", Kind.BEHAVIOURAL, target=60.0)
TOLD = (
    "Last year our site was failing every night. My task was to find the cause. I decided to read"
    " every log, and so I built a queue. I called the team and I showed them what I had found. As"
    " a result sales went up by 20 percent. I learned to look at the logs first. "
)
UNTOLD = (
    "Last year our site was um failing um every night. We read every log, and um so we built a"
    " queue. We then um called the team and we did it again. "
)


def answer(text: str, *, target: float | None = 45.0) -> Analysis:
    said = spoken(text)
    question = replace(QUESTION, target=target)
    return analyze(said.transcript, sound=said.sound, question=question, target=target)


GOOD, POOR = answer(TOLD * 2), answer(UNTOLD * 2)
SILENT = analyze(None, sound=spoken("_9_").sound, question=QUESTION, target=60.0)


def advised(*codes: str) -> Analysis:
    return replace(POOR, advice=tuple(Advice(code, "") for code in codes))


def codes(summary: SessionSummary) -> tuple[list[str], list[str]]:
    return [one.code for one in summary.best], [one.code for one in summary.to_work_on]


def shown(summary: SessionSummary, *seats: Seat, count: int = 2, width: int = 80) -> str:
    out = StringIO()
    kept = [
        Kept(f"2026-11-21T18-{n:02}-05_tell-me-about-a-time", QUESTION.text, 61.0)
        for n in range(count)
    ]
    console = Console(file=out, width=width, highlight=False)
    console.print(session_page.page(summary, kept, seats=seats, plain=True))
    return out.getvalue()


def words(text: str) -> str:
    return " ".join(text.split())


def test_totals_are_of_all_answers_together() -> None:
    both = totals([GOOD, POOR])
    assert both.answers == 2
    seconds = sum(one.timing.duration or 0.0 for one in (GOOD, POOR))
    assert both.seconds == pytest.approx(seconds)
    assert both.fillers_per_minute == pytest.approx(8 * 60 / seconds)
    assert both.looked_for == 8
    assert POOR.star and both.missing == len(POOR.star.missing) > 0
    assert both.with_target == 2


def test_a_recording_in_which_nobody_speaks_is_no_answer() -> None:
    none = totals([SILENT])
    assert (none.answers, none.fillers_per_minute, none.looked_for) == (0, None, 0)
    assert totals([]).seconds is None
    assert totals([answer(TOLD, target=None)]).with_target == 0


def test_parts_of_an_introduction_count_as_parts_of_a_story() -> None:
    said = spoken("My name is Sam and I am a teacher. I work at a school in the north. " * 3)
    question = Question("Who are you?", Kind.INTRODUCTION)
    one = analyze(said.transcript, sound=said.sound, question=question, target=None)
    assert one.outline is not None
    assert totals([one]).looked_for == len(one.outline.parts)
    assert totals([one]).missing == len(one.outline.missing)


@pytest.mark.parametrize(
    ("code", "well", "badly"),
    [
        ("complete", TOLD * 2, UNTOLD * 2),
        ("on_target", TOLD * 2, UNTOLD),
        ("with_a_number", TOLD, TOLD.replace("20 percent", "a lot")),
        ("few_fillers", TOLD * 2, UNTOLD * 2),
        ("own_part", TOLD, UNTOLD * 2),
        ("learned", TOLD, TOLD.replace("I learned to look at the logs first.", "")),
    ],
)
def test_each_strength_is_told_of_a_good_answer_only(code: str, well: str, badly: str) -> None:
    assert STRENGTHS[code](answer(well), PLAIN) is True
    assert not STRENGTHS[code](answer(badly), PLAIN)


def test_every_strength_and_every_advice_has_a_sentence() -> None:
    best, to_work_on = builtin_session_texts()
    assert set(best) == set(STRENGTHS)
    assert set(to_work_on) == {wording.code for wording in builtin_wordings()}
    for text in (*best.values(), *to_work_on.values()):
        assert text.endswith(".")
        assert len(text) <= 70


@pytest.mark.parametrize("code", STRENGTHS)
def test_silence_has_no_strength_and_lacks_none(code: str) -> None:
    assert not STRENGTHS[code](SILENT, PLAIN)


def test_what_came_up_most_is_worked_on_first() -> None:
    summary = summed_up([advised("fast", "no_number"), advised("fast"), advised()], (), PLAIN)
    assert [(one.code, one.answers, one.of) for one in summary.to_work_on] == [
        ("fast", (1, 2), 3),
        ("no_number", (1,), 3),
    ]


def test_of_what_came_up_equally_often_the_more_valuable_is_first() -> None:
    summary = summed_up([advised("fast"), advised("missing_result")], (), PLAIN)
    assert codes(summary)[1] == ["missing_result", "fast"]


def test_no_more_is_told_than_can_be_minded() -> None:
    many = [wording.code for wording in builtin_wordings()]
    summary = summed_up([replace(GOOD, advice=advised(*many).advice)], (), PLAIN)
    assert len(summary.best) == MOST_PRAISED
    assert len(summary.to_work_on) == MOST_TO_DO


def test_what_went_well_in_half_of_the_answers_is_no_strength() -> None:
    assert "complete" in codes(summed_up([GOOD, GOOD, POOR], (), PLAIN))[0]
    assert "complete" not in codes(summed_up([GOOD, POOR], (), PLAIN))[0]


def test_without_judgement_only_totals_are_told() -> None:
    summary = summed_up([GOOD, POOR], [POOR], replace(PLAIN, advice=False))
    assert codes(summary) == ([], [])
    text = words(shown(summary))
    assert "What went best" not in text
    assert "What to work on" not in text
    assert "Fillers a minute" in text


def test_the_page_names_the_answers_that_show_it() -> None:
    text = words(shown(summed_up([GOOD, POOR], (), PLAIN)))
    assert "1. The result: say how it ended. Answer 2." in text
    assert "This is your first session" in text
    assert "2. 1:01 Tell me about a time you failed. 2026-11-21T18-01-05" in text


def test_the_page_of_a_single_answer_does_not_number_it() -> None:
    text = words(shown(summed_up([GOOD], (), PLAIN), count=1))
    assert "Answer 1" not in text
    assert "What went best 1. Every part was there." in text


def test_totals_stand_beside_those_of_the_last_session() -> None:
    text = words(shown(summed_up([GOOD, GOOD], [POOR], PLAIN)))
    assert "this session last session Answers 2 1" in text
    assert f"Missing parts 0 of 8 {totals([POOR]).missing} of 4" in text
    assert "your first session" not in text


def test_what_a_session_did_not_look_for_says_so_beside_one_that_did() -> None:
    text = words(shown(summed_up([answer(TOLD, target=None)], [GOOD], PLAIN), count=1))
    assert "On target no target" in text
    assert "On target" not in words(shown(summed_up([answer(TOLD, target=None)], (), PLAIN)))


def test_each_interviewer_has_a_line() -> None:
    seats = (Seat("Dana Reyes", totals([GOOD, POOR])), Seat("Kim", totals([])))
    text = words(shown(summed_up([GOOD, POOR], (), PLAIN), *seats))
    assert "Dana Reyes 2 " in text
    assert "Kim 0 – – – –" in text


def test_an_interview_has_its_reports_on_the_page_by_interviewer() -> None:
    kept = [
        Kept(
            "one", "Who are you?", 30.0, "Dana Reyes", ("Your answer took 0:30.", "Good: You won.")
        ),
        Kept("two", "Why us?", 40.0, "Kim", ("Your answer took 0:40.", "Next: Say why.")),
    ]
    out = StringIO()
    page = session_page.page(summed_up([GOOD, POOR], (), PLAIN), kept, plain=True)
    Console(file=out, width=80, highlight=False).print(page)
    text = words(out.getvalue())
    assert "With Dana Reyes 1. 0:30 Who are you? Your answer took 0:30. Good: You won." in text
    assert "With Kim 2. 0:40 Why us? Your answer took 0:40. Next: Say why." in text


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_page_fits(width: int) -> None:
    seats = (Seat("Dana Reyes", totals([GOOD])), Seat("Somebody from far away", totals([POOR])))
    for before in ((), (POOR,)):
        text = shown(summed_up([GOOD, POOR], before, PLAIN), *seats, width=width)
        assert max(len(line) for line in text.splitlines()) <= width
        assert "…" not in text
        assert "2026-11-21T18-01-05" in text


def test_of_a_long_session_the_page_stays_a_page() -> None:
    text = shown(summed_up([POOR] * 24, [POOR], PLAIN), count=24)
    assert len(text.splitlines()) < 50
    assert "24 of 24 answers." in text
    assert "'rehearse takes' lists them" in text
    assert "2026-11-21T18" not in text


def test_nothing_of_the_page_can_steer_the_terminal() -> None:
    out = StringIO()
    kept = [Kept("id\x1b[2J", "Why\x1b[2J?", None)]
    seats = (Seat("Da\x1b[2Jna", totals([GOOD])),)
    page = session_page.page(summed_up([GOOD], (), PLAIN), kept, seats=seats, plain=True)
    Console(file=out, width=80).print(page)
    assert "\x1b" not in out.getvalue()
