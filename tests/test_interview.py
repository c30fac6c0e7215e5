"""An interview with several people: fakes for the world, a real store."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from rehearse.commands.screen import Screen
from rehearse.model.take import Kind, Question, Word
from rehearse.ports import Key
from rehearse.questions.bank import Interviewer
from rehearse.questions.interviews import TURNED_ROUND, Round
from rehearse.session import interview
from rehearse.session.interview import Break, Met, Scene
from rehearse.session.steps import Asked, Between, Listening, Reported, Speaking, Writing
from rehearse.session.studio import Aloud, Studio
from tests.fakes import FakeEar, FakeTranscriber, FakeVoice
from tests.test_handsfree import UTTERANCE, NoKeys
from tests.test_session import NO_KEY, SPOKEN, WORDS, OnlyBetween, saved, studio

DANA = Interviewer("Dana Reyes", ("Ownership", "Dive Deep"))
KIM = Interviewer("Kim", ("Are Right, A Lot", "Think Big"), ("to ask",))
FIRST = Round(DANA, (Question("Who are you?"), Question("What did you do?", target=60.0)))
SECOND = Round(KIM, (Question(TURNED_ROUND, Kind.TO_ASK),), ("What is a week like?",))


def room(folder: Path, *keys: Key, answers: int = 3) -> Studio:
    """`keys` are pressed between the answers, which end by themselves."""
    ear = FakeEar([SPOKEN] * answers)
    transcriber = FakeTranscriber([WORDS] * answers)
    script = [*[(0, key) for key in keys], (NO_KEY, Key.END)]
    return studio(folder, ear=ear, transcriber=transcriber, keys=OnlyBetween(script))


def held(room: Studio, voices: list[FakeVoice], *, after: int = 0) -> list[Scene]:
    return list(interview.hold((FIRST, SECOND), room, voices, after=after))


def story(steps: list[Scene]) -> list[str]:
    passing = Listening | Writing
    return [type(step).__name__ for step in steps if not isinstance(step, passing)]


def screen(steps: list[Scene], room: Studio) -> str:
    out = StringIO()
    console = Console(file=out, width=70, highlight=False)
    shown = Screen(console, plain=True, store=room.store)
    shown.begin("Second round", (FIRST, SECOND))
    shown.show(steps)
    return " ".join(out.getvalue().split())


def test_one_person_after_the_other_asks_in_a_voice_of_their_own(tmp_path: Path) -> None:
    dana, kim = FakeVoice(), FakeVoice()
    here = room(tmp_path, Key.END, Key.END)
    steps = held(here, [dana, kim])
    answer = ["Asked", "RecordingEnded", "Reported"]
    assert story(steps) == ["Met", *answer, "Between", *answer, "Break", "Met", *answer, "Between"]
    assert dana.said == [
        "Dana Reyes asks about Ownership and Dive Deep.",
        "Who are you?",
        "What did you do?",
    ]
    assert kim.said == ["Kim asks about Are Right, A Lot; and Think Big.", TURNED_ROUND]


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ((), "Dana is next."),
        (("Ownership",), "Dana asks about Ownership."),
        (
            ("Ownership", "Dive Deep", "Think Big"),
            "Dana asks about Ownership, Dive Deep and Think Big.",
        ),
        (
            ("Earn Trust", "Learn and Be Curious"),
            "Dana asks about Earn Trust, and Learn and Be Curious.",
        ),
        (
            ("Think Big", "Are Right, A Lot", "Frugality"),
            "Dana asks about Think Big; Are Right, A Lot; and Frugality.",
        ),
    ],
)
def test_somebody_is_announced_with_their_subjects(names: tuple[str, ...], says: str) -> None:
    assert interview.announced(Round(Interviewer("Dana", names), FIRST.questions)) == says


def test_takes_say_who_asked_and_which_session_they_belong_to(tmp_path: Path) -> None:
    here = room(tmp_path, Key.END, Key.END)
    held(here, [FakeVoice(), FakeVoice()])
    takes = saved(here)
    assert [take.interviewer for take in takes if take.question == FIRST.questions[0]] == [
        "Dana Reyes"
    ]
    assert sorted(take.interviewer or "" for take in takes) == ["Dana Reyes", "Dana Reyes", "Kim"]
    assert {take.session for take in takes} == {here.clock.now()}


def test_questions_are_counted_over_the_whole_interview(tmp_path: Path) -> None:
    steps = held(room(tmp_path, Key.END, Key.END), [FakeVoice(), FakeVoice()])
    asked = [(step.number, step.of) for step in steps if isinstance(step, Asked)]
    assert asked == [(1, 3), (2, 3), (3, 3)]
    assert [step.left for step in steps if isinstance(step, Between)] == [2, 0]
    met = [(step.number, step.of) for step in steps if isinstance(step, Met)]
    assert met == [(1, 2), (2, 2)]


def test_what_the_candidate_asks_is_recorded_and_timed_after_a_reminder(tmp_path: Path) -> None:
    here = room(tmp_path, Key.END, Key.END)
    steps = held(here, [FakeVoice(), FakeVoice()])
    text = screen(steps, here)
    assert f"{TURNED_ROUND} You might ask: - What is a week like?" in text
    last = steps[-2]
    assert isinstance(last, Reported)
    assert last.analysis.timing.duration == pytest.approx(1.0)
    assert last.analysis.timing.verdict is None
    assert last.analysis.key_points is None
    assert last.analysis.follow_up is None


def test_no_verdict_comes_before_the_end(tmp_path: Path) -> None:
    here = room(tmp_path, Key.END, Key.END)
    text = screen(held(here, [FakeVoice(), FakeVoice()]), here)
    assert text.startswith("Second round: 3 questions with 2 people.")
    assert "Interviewer 1 of 2. Dana Reyes asks about Ownership and Dive Deep." in text
    assert text.count("Your answer is saved.") == 3
    assert "That was Dana Reyes. Take a break. Next is Kim. Enter continues" in text
    assert "fillers" not in text and "words a minute" not in text


def test_the_last_answer_before_a_break_is_given_again(tmp_path: Path) -> None:
    here = room(tmp_path, Key.END, Key.START_OVER, Key.END, answers=4)
    steps = held(here, [FakeVoice(), FakeVoice()])
    asked = [step.question.text for step in steps if isinstance(step, Asked)]
    assert asked == ["Who are you?", "What did you do?", "What did you do?", TURNED_ROUND]


@pytest.mark.parametrize(
    ("keys", "answers", "last"),
    [((Key.LEAVE,), 1, "Between"), ((Key.END, Key.LEAVE), 2, "Break")],
)
def test_one_may_leave_between_two_questions_and_in_the_break(
    tmp_path: Path, keys: tuple[Key, ...], answers: int, last: str
) -> None:
    here = room(tmp_path, *keys, answers=answers)
    assert story(held(here, [FakeVoice(), FakeVoice()]))[-1] == last


@pytest.mark.parametrize(("after", "begins"), [(1, ["Met", "Asked"]), (2, ["Met", "Asked"])])
def test_an_interview_is_taken_up_where_it_was_left(
    tmp_path: Path, after: int, begins: list[str]
) -> None:
    dana, kim = FakeVoice(), FakeVoice()
    here = room(tmp_path, *[Key.END] * (2 - after), answers=3 - after)
    steps = held(here, [dana, kim], after=after)
    assert story(steps)[:2] == begins
    asked = [(step.question, step.number) for step in steps if isinstance(step, Asked)]
    everything = [*FIRST.questions, *SECOND.questions]
    assert asked == [(everything[n], n + 1) for n in range(after, 3)]
    assert bool(dana.said) is (after == 1)


def test_led_by_voice_the_break_waits_for_a_word(tmp_path: Path) -> None:
    answer = (Word("Um,", 0.1, 0.4),)
    heard = [answer, (Word("next", 0.1, 0.5),), (Word("next", 0.1, 0.5),), answer]
    one = Round(DANA, FIRST.questions[:1])
    keys = NoKeys()
    base = studio(
        tmp_path,
        ear=FakeEar([SPOKEN, UTTERANCE, UTTERANCE, SPOKEN, UTTERANCE]),
        transcriber=FakeTranscriber([*heard, (Word("stop", 0.1, 0.5),)]),
        keys=keys,
    )
    here = replace(
        base, auto_stop=5.0, hands_free=Aloud(lambda _: "Summary.", lambda _: "Details.")
    )
    steps = list(interview.hold((one, SECOND), here, [FakeVoice(), FakeVoice()]))
    said = [step.text for step in steps if isinstance(step, Speaking)]
    assert said == ["Thank you.", interview.READY, "Thank you.", "Goodbye."]
    assert sum(isinstance(step, Break) for step in steps) == 1
