"""A story told in an answer and the reply to its follow-up."""

from __future__ import annotations

from rehearse.analysis.analyze import analyze
from rehearse.analysis.star.combined import _shifted
from rehearse.model.structure import STAR, Analysis, NoStory, Section
from rehearse.model.take import Kind, Question, Span, Take
from tests.speech import spoken, written

FIRST = (
    "Two years ago I was working at a library, and the old catalogue was failing weekly. My task "
    "was to move everything before the new term. I decided to sort the records first. Then I wrote "
    "a small script and trained four people, so that each of them could check a shelf."
)
REPLY = "The catalogue was ready a week early, and in the end complaints fell by half."
ASKED = Question("A time?", Kind.BEHAVIOURAL)


def take(text: str, question: Question = ASKED) -> Take:
    speech = spoken(text)
    return Take(
        "first", "2026-05-04T10:30:00+02:00", question, None, speech.sound, speech.transcript
    )


def reply(text: str, first: Take) -> Analysis:
    speech = spoken(text)
    return analyze(
        speech.transcript,
        sound=speech.sound,
        question=Question("How did it end?", Kind.BEHAVIOURAL),
        target=None,
        follows=first,
    )


def test_a_reply_brings_the_section_that_was_missing() -> None:
    first = take(FIRST)
    alone = analyze(first.transcript, sound=first.sound, question=ASKED, target=None)
    assert alone.star and alone.star.missing == (Section.RESULT,)
    found = reply(REPLY, first)
    assert found.together and found.together.missing == ()
    assert found.together.order == STAR


def test_its_words_and_seconds_come_behind_those_of_the_first_answer() -> None:
    first = take(FIRST)
    found = reply(REPLY, first)
    assert first.transcript and first.sound and found.together
    (result,) = [part for part in found.together.segments if part.section is Section.RESULT]
    assert result.first_word == len(first.transcript.words)
    assert result.start == first.sound.duration


def test_a_reply_is_no_story_of_its_own_and_is_asked_no_further() -> None:
    found = reply(REPLY, take(FIRST))
    assert found.star and not found.star.applies
    assert found.star.why_not is NoStory.FOLLOW_UP
    assert found.follow_up is None
    assert not {piece.code for piece in found.advice} & {"missing_situation", "missing_task"}


def test_a_reply_that_brings_nothing_leaves_it_missing_or_doubtful() -> None:
    both = reply("I do not remember that any more, sorry.", take(FIRST)).together
    assert both and Section.RESULT in (*both.missing, *both.thin)


def test_to_what_is_no_story_a_reply_adds_none() -> None:
    queue = Question("What is a queue?", Kind.TECHNICAL)
    assert reply(REPLY, take("A queue keeps work in order.", queue)).together is None


def test_a_first_answer_that_waits_for_its_words_makes_no_story_yet() -> None:
    waiting = Take("first", "2026-05-04T10:30:00+02:00", ASKED, None)
    assert reply(REPLY, waiting).together is None


def test_in_another_language_a_reply_is_told_so() -> None:
    speech = written("Am Ende war alles gut.", language="de")
    found = analyze(speech, sound=None, question=None, target=None, follows=take(FIRST))
    assert found.star and found.star.why_not is NoStory.LANGUAGE
    assert found.together is None


def test_a_reply_has_no_parts_of_an_introduction_to_miss() -> None:
    asked = Question("Tell me about yourself.", Kind.INTRODUCTION)
    first = take("My name is Sam and I am a nurse in a town by the sea.", asked)
    speech = spoken("Because I would like to learn more about children and their families here.")
    found = analyze(
        speech.transcript, sound=speech.sound, question=asked, target=None, follows=first
    )
    assert found.outline is None
    assert not [piece.code for piece in found.advice if piece.code.startswith("missing")]


def test_the_replys_pauses_come_behind_the_first_answer_too() -> None:
    assert _shifted(Span(1.0, 2.5), 30.0) == Span(31.0, 32.5)
