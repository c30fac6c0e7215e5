"""What the page shows of each step of a session."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from rehearse.model.take import Ending, Kind, Question
from rehearse.progress.compare import compare
from rehearse.questions.bank import Interviewer
from rehearse.questions.interviews import Round
from rehearse.session.interview import Break, Met, Scene
from rehearse.session.naps import Nap
from rehearse.session.phrases import Command
from rehearse.session.recording import FELL_SILENT, WHY, Outcome, Position
from rehearse.session.steps import (
    Asked,
    Between,
    CannotHear,
    Compared,
    Details,
    Earlier,
    HasSample,
    Listening,
    Listens,
    NotFollowed,
    NotPlayed,
    NotRecorded,
    NotSaved,
    NotSpoken,
    NotUnderstood,
    OnceMore,
    RecordingEnded,
    Released,
    Reported,
    Speaking,
    Thinking,
    Understood,
    Unspoken,
    Waits,
    Writing,
)
from rehearse.web.messages import Moment, Notices, Phase, Report, Shown, Stage, ToPage
from rehearse.web.scenes import MOST_NOTICES, SILENT, Scenes
from tests import sample

PROGRESS = Position(elapsed=31.0, level=-20.0, paused=False, silent=False)
PART = Round(
    Interviewer("Dana Reyes", ("Ownership",)), (sample.QUESTION,), ("Ask about the team.",)
)
ASKED = Asked(sample.QUESTION, 2, 3)
EARLIER = Earlier(sample.TAKE, compare(sample.BEFORE.analysis, sample.ANALYSIS))
REPORTED = Reported(sample.TAKE, sample.ANALYSIS, EARLIER)
STEPS: dict[type, Scene] = {
    Asked: ASKED,
    NotSpoken: NotSpoken("No voice."),
    Listening: Listening(PROGRESS, 60.0, sample.WORDS),
    RecordingEnded: RecordingEnded(sample.TAKE, Outcome(Ending.ENDED, 31.0)),
    Writing: Writing(10.0, 31.0),
    Reported: REPORTED,
    Waits: Waits(sample.TAKE, sample.ANALYSIS, "No model."),
    NotSaved: NotSaved("The disk is full."),
    NotFollowed: NotFollowed("No words."),
    NotRecorded: NotRecorded("No microphone."),
    Unspoken: Unspoken(sample.TAKE, sample.ANALYSIS),
    OnceMore: OnceMore(),
    HasSample: HasSample("Why us?"),
    Between: Between(1),
    Thinking: Thinking(12.0),
    Released: Released(REPORTED),
    Details: Details(REPORTED),
    Compared: Compared(REPORTED, EARLIER),
    NotPlayed: NotPlayed("No speaker."),
    Speaking: Speaking("Sorry?"),
    Listens: Listens(PROGRESS, ("next", "stop")),
    Understood: Understood(Command.NEXT),
    NotUnderstood: NotUnderstood("hum"),
    CannotHear: CannotHear("Nobody spoke."),
    Met: Met(PART, "Dana Reyes asks about Ownership.", 1, 2),
    Break: Break(PART.interviewer, Interviewer("Sam")),
}


def scenes(*, captions: bool = False, lights: bool = False, judged: bool = True) -> Scenes:
    return Scenes(captions=captions, counter=None, lights=lights, judged=judged)


def shown(*steps: Scene, by: Scenes | None = None) -> dict[type, ToPage]:
    """The last message of each kind."""
    made = by or scenes()
    return {type(message): message for step in steps for message in made.messages(step)}


def moment(*steps: Scene, by: Scenes | None = None) -> Moment:
    found = shown(*steps, by=by)[Moment]
    assert isinstance(found, Moment)
    return found


def test_every_step_is_in_the_table() -> None:
    assert set(STEPS) == set(get_args(Scene))


@pytest.mark.parametrize("step", STEPS.values(), ids=lambda step: type(step).__name__)
def test_no_step_is_passed_over(step: Scene) -> None:
    # What came before has said why, and the page waits; a report's page has all of it at once.
    waits_on = isinstance(step, OnceMore | Details | Compared)
    assert bool(shown(step)) is not waits_on


def test_a_question_clears_what_was_shown_of_the_one_before() -> None:
    seen = shown(STEPS[NotSaved], STEPS[Reported], ASKED)
    assert seen[Notices] == Notices()
    assert seen[Report] == Report()
    assert seen[Shown] == Shown(sample.QUESTION.text, "Question 2 of 3.", 60.0)
    assert isinstance(stage := seen[Stage], Stage) and stage.phase is Phase.ASKING


def test_lights_are_words_and_are_not_shown_where_nothing_is_judged() -> None:
    heard = [Listening(replace(PROGRESS, elapsed=at), 60.0) for at in (20, 31, 46, 61)]
    lit = [moment(one, by=scenes(lights=True)).light for one in heard]
    assert lit == ["", "green", "amber", "red"]
    assert moment(heard[3], by=scenes(lights=True, judged=False)).light == ""


def test_words_are_shown_only_if_asked_for_and_only_the_last_of_them() -> None:
    assert moment(STEPS[Listening]).caption == ""
    caption = moment(STEPS[Listening], by=scenes(captions=True)).caption
    assert caption.endswith("So, yeah.") and len(caption) <= 180


def test_a_microphone_that_gives_nothing_and_a_sleep_are_said() -> None:
    progress = replace(PROGRESS, silent=True, slept=(Nap(12.0, 60.0),))
    seen = shown(Listening(progress, 60.0), STEPS[NotSaved])
    assert isinstance(now := seen[Moment], Moment) and now.notice == SILENT
    assert isinstance(notices := seen[Notices], Notices)
    assert notices.texts[0].startswith("The computer slept for 60 s at 0:12")


def test_the_next_interviewer_is_announced_without_a_verdict_on_the_last() -> None:
    to_ask = Question("Do you have questions for us?", Kind.TO_ASK)
    made = scenes()
    met = shown(STEPS[Met], Asked(to_ask, 1, 1), by=made)
    assert isinstance(question := met[Shown], Shown)
    assert (question.seat, question.reminders) == ("Dana Reyes", ("Ask about the team.",))
    pause = shown(STEPS[Reported], STEPS[Break], by=made)
    assert isinstance(stage := pause[Stage], Stage)
    assert stage.text.startswith("That was Dana Reyes.")
    assert stage.text.endswith("Next is Sam.")
    assert pause[Report] == Report()


@pytest.mark.parametrize("why", [WHY[Ending.SILENT], FELL_SILENT.format(6)])
def test_who_practises_in_a_browser_is_not_sent_to_a_terminal(why: str) -> None:
    seen = shown(RecordingEnded(sample.TAKE, Outcome(Ending.SILENT, 15.0, why)))
    assert isinstance(notices := seen[Notices], Notices)
    assert "this page may use it" in notices.texts[0]
    assert "terminal" not in notices.texts[0]


def test_notices_are_few() -> None:
    seen = shown(*[NotSaved(str(number)) for number in range(9)])
    assert seen[Notices] == Notices(("5", "6", "7", "8")[-MOST_NOTICES:])


@pytest.mark.parametrize(
    ("ending", "phase"),
    [
        (Ending.ENDED, Phase.WRITING),
        (Ending.DEVICE_LOST, Phase.WRITING),
        (Ending.STARTED_OVER, Phase.PREPARING),
    ],
)
def test_what_follows_a_recording(ending: Ending, phase: Phase) -> None:
    seen = shown(RecordingEnded(sample.TAKE, Outcome(ending, 31.0)))
    assert isinstance(stage := seen[Stage], Stage) and stage.phase is phase


def test_what_was_said_of_the_model_stands_at_the_first_question() -> None:
    by = Scenes(captions=False, counter=None, lights=False, judged=True, first=("No model.",))
    assert shown(ASKED, by=by)[Notices] == Notices(("No model.",))
    assert shown(ASKED, by=by)[Notices] == Notices()


def test_a_demo_says_who_speaks() -> None:
    by = Scenes(captions=True, counter=None, lights=False, judged=True, is_demo=True)
    told = shown(ASKED, STEPS[Listening], by=by)
    question, stage = told[Shown], told[Stage]
    assert isinstance(question, Shown) and question.demo
    assert isinstance(stage, Stage) and stage.text == "The candidate is speaking."
