"""The candidate's stories: what they mean to say, how they were told, which one fits."""

from __future__ import annotations

import pytest

from rehearse.errors import StoryNotFound
from rehearse.model.structure import Section
from rehearse.model.take import Ending, Kind, Question, Take
from rehearse.questions.bank import Story
from rehearse.stories.fitting import asked_about, fitting, serving
from rehearse.stories.lookup import answering, find_story, notes_for, notes_of
from rehearse.stories.tellings import USUAL_PACE, own_pace, records
from tests.speech import spoken

QUEUE = Story(
    title="The night the queue stopped",
    principles=("Ownership", "Dive Deep"),
    question="Tell me about work that nobody had asked you for.",
    situation="Our queue stopped every night at two.",
    task="Nobody owned it, so I took it.",
    action="I read a week of logs.\nI found two jobs with one lock.",
    result="It has run for a year without a stop.",
    notes=("on call that week",),
)
CORNER = Story("The empty corner", ("Earn Trust",), notes=("two classes every Wednesday",))
SAID = (
    "Our queue stopped every night at two, um, and nobody owned it so I took it. I read a whole "
    "week of logs and found two jobs with one lock."
)
ASKED = Question("Tell me about work that nobody had asked you for.", Kind.BEHAVIOURAL)


def take(
    text: str, *, question: Question | None = ASKED, number: int = 1, follows: str | None = None
) -> Take:
    speech = spoken(text)
    name = f"2026-05-0{number}T10-00-00_take"
    day = f"2026-05-0{number}T10:00:00+02:00"
    return Take(name, day, question, Ending.ENDED, speech.sound, speech.transcript, follows=follows)


def test_its_lines_and_notes_are_its_points() -> None:
    assert notes_of(QUEUE).splitlines() == [
        "- Our queue stopped every night at two.",
        "- Nobody owned it, so I took it.",
        "- I read a week of logs.",
        "- I found two jobs with one lock.",
        "- It has run for a year without a stop.",
        "- on call that week",
    ]


def test_a_text_that_tells_situation_and_task_is_one_point() -> None:
    both = Story("Both", situation="I was new and had a week.", task="I was new and had a week.")
    assert notes_of(both) == "- I was new and had a week."


def test_a_question_has_the_points_of_its_story_and_its_own() -> None:
    asked = Question("tell me about work that nobody had asked you for", notes=("smile",))
    notes = notes_for(asked, [CORNER, QUEUE])
    assert notes is not None and notes.splitlines() == [*notes_of(QUEUE).splitlines(), "- smile"]
    assert notes_for(Question("Why us?"), [QUEUE]) is None
    assert notes_for(None, [QUEUE]) is None
    assert answering([CORNER], "Why us?") is None


@pytest.mark.parametrize(
    "name", ["The night the queue stopped", "queue", "THE NIGHT", "The nigth the queue stoped"]
)
def test_a_story_is_found_by_what_people_call_it(name: str) -> None:
    assert find_story([CORNER, QUEUE], name) is QUEUE


@pytest.mark.parametrize(
    ("stories", "name", "says"),
    [
        ([QUEUE], "xyzzy", "No story called 'xyzzy'. 'rehearse stories' lists them."),
        ([QUEUE], "", "No story called ''."),
        ([QUEUE, CORNER], "the", "No story called 'the'."),
        (
            [QUEUE, Story("Queue two")],
            "queue",
            "fits 2 stories: The night",
        ),
        ([], "queue", "To write one: rehearse web"),
    ],
)
def test_what_cannot_be_found_is_said(stories: list[Story], name: str, says: str) -> None:
    with pytest.raises(StoryNotFound) as told:
        find_story(stories, name)
    assert says in str(told.value)


def test_a_take_of_its_question_is_a_telling() -> None:
    (record,) = records([QUEUE], [take(SAID)])
    (telling,) = record.tellings
    assert (telling.points_said, telling.points) == (4, 6)
    assert telling.sections == (Section.SITUATION, Section.TASK, Section.ACTION)
    assert telling.seconds == pytest.approx(0.4 * len(SAID.split()))
    assert telling.fillers_per_minute == pytest.approx(60 / (0.4 * len(SAID.split())))


def test_a_take_of_another_question_is_one_where_half_of_the_points_were_said() -> None:
    elsewhere = Question("Describe something that broke.", Kind.BEHAVIOURAL)
    told = take(SAID, question=elsewhere)
    other = take("our queue stopped every night at two so we went home", question=elsewhere)
    unasked = take(SAID, question=None)
    reply = take(SAID, question=elsewhere, follows="2026-05-01T10-00-00_take")
    (record,) = records([QUEUE], [told, other, unasked, reply])
    assert [telling.points_said for telling in record.tellings] == [4, 4]


def test_a_poor_take_of_its_question_is_still_a_telling() -> None:
    (record,) = records([QUEUE], [take("I do not know what to say"), take(SAID, number=2)])
    assert [telling.points_said for telling in record.tellings] == [0, 4]
    assert record.best is record.tellings[1]


def test_takes_without_words_are_no_tellings() -> None:
    waiting = Take("2026-05-01T10-00-00_x", "2026-05-01T10:00:00+02:00", ASKED, Ending.ENDED)
    (record,) = records([QUEUE], [waiting])
    assert record.tellings == () and record.best is None


def test_its_length_is_at_the_own_pace() -> None:
    half = " ".join(["word"] * 15)
    slow = take(f"{half} _18_ {half}")
    assert own_pace([slow, take("too short to tell")]).words_per_minute == pytest.approx(60)
    assert own_pace([slow]).takes == 1
    (record,) = records([QUEUE], [slow])
    assert record.words == 36
    assert record.seconds == pytest.approx(36)


def test_without_takes_the_usual_pace_is_taken() -> None:
    (record,) = records([QUEUE], [])
    assert own_pace([]).takes == 0
    assert record.seconds == pytest.approx(60 * 36 / USUAL_PACE)


def test_a_story_of_notes_only_has_no_length() -> None:
    (record,) = records([CORNER], [])
    assert (record.words, record.seconds) == (0, None)


def test_principles_have_the_stories_that_serve_them() -> None:
    rows = serving([QUEUE, CORNER], ["Frugality", "dive deep", "Ownership"])
    assert [(row.principle, row.stories) for row in rows] == [
        ("Frugality", ()),
        ("dive deep", (0,)),
        ("Ownership", (0,)),
        ("Earn Trust", (1,)),
    ]


NAMES = ("Ownership", "Dive Deep", "Earn Trust", "Frugality")


def fits(text: str, *, known: tuple[Question, ...] = ()) -> list[str]:
    found = fitting(records([CORNER, QUEUE], [take(SAID)]), text, known, NAMES)
    return [fit.record.story.title for fit in found]


def test_the_story_written_for_a_question_comes_first() -> None:
    assert fits(ASKED.text)[0] == QUEUE.title


def test_a_story_fits_by_principle_and_by_words() -> None:
    assert fits("When did you show ownership?") == [QUEUE.title]
    assert fits("Tell me about a queue full of jobs.") == [QUEUE.title]
    assert fits("Tell me about a time when you saved a lot of money.") == []


def test_a_question_much_like_a_known_one_asks_about_the_same() -> None:
    known = (Question("How did you win somebody's trust?", principles=("Earn Trust",)),)
    assert asked_about("How did you win somebody's trust back?", known, NAMES) == ("Earn Trust",)
    assert asked_about("How did you learn to cook?", known, NAMES) == ()
    assert fits("How did you win somebody's trust back?", known=known) == [CORNER.title]


def test_told_well_decides_between_stories_that_fit_alike() -> None:
    twin = Story("Twin", ("Ownership",), situation="It was in May.")
    told = Story("Told", ("Ownership",), question=ASKED.text, situation=SAID)
    found = fitting(records([twin, told], [take(SAID)]), "A time of ownership?", (), NAMES)
    assert [fit.record.story.title for fit in found] == ["Told", "Twin"]
    assert found[0].principles == ("Ownership",)
