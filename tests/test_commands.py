"""What is said to the program: every rule with its examples, and what is taken for none."""

from __future__ import annotations

import pytest

from rehearse.analysis.rules import builtin_table
from rehearse.model.take import Span, Word
from rehearse.session.phrases import (
    Closing,
    Command,
    Rule,
    builtin_closings,
    builtin_commands,
)
from rehearse.speech.utterance import Utterance, last_utterance, set_off
from tests.examples import Examples, examples
from tests.speech import spoken
from tools.handsfree.evaluate import read_phrasings

TABLE = builtin_table("commands.toml")
RULES = examples(builtin_commands().rules, TABLE["command"])
CLOSINGS = examples(builtin_closings().rules, TABLE["closing"])


@pytest.mark.parametrize("case", RULES, ids=lambda case: case.rule.command.value)
def test_every_command_hears_its_examples_and_leaves_the_others_alone(case: Examples[Rule]) -> None:
    assert case.must and case.must_not
    find = builtin_commands().find
    assert [text for text in case.must if find(text) is not case.rule.command] == []
    assert [text for text in case.must_not if find(text) is case.rule.command] == []


@pytest.mark.parametrize("case", CLOSINGS, ids=lambda case: case.rule.ending.value)
def test_every_closing_hears_its_examples_and_no_others(
    case: Examples[Closing],
) -> None:
    assert case.must and case.must_not
    read = builtin_closings().read
    assert [text for text in case.must if read(text) is not case.rule.ending] == []
    assert [text for text in case.must_not if read(text) is not None] == []


def test_every_command_can_be_said() -> None:
    assert {rule.command for rule in builtin_commands().rules} == set(Command)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("", None),
        ("...", None),
        ("NEXT!", Command.NEXT),
        ("follow-up", Command.FOLLOW_UP),
        ("Nexxt question", Command.NEXT),
        ("Reply", Command.REPLAY),
        ("stop and next", None),
        ("next " * 20, None),
        ("I’m done for today", Command.STOP),
    ],
)
def test_punctuation_case_and_a_misheard_letter_do_not_matter(
    text: str, command: Command | None
) -> None:
    assert builtin_commands().find(text) is command


def test_own_phrasings_are_understood_and_other_talk_is_not() -> None:
    """The list was written before it was first tried; 175 of its 184 were understood then."""
    find = builtin_commands().find
    asked = [one for one in read_phrasings() if one.command != "none"]
    others = [one for one in read_phrasings() if one.command == "none"]
    assert len(asked) >= 150
    hits = {one: find(one.text) for one in asked}
    assert [one for one, hit in hits.items() if hit and hit.value != one.command] == []
    assert sum(hit is not None for hit in hits.values()) / len(asked) >= 0.95
    assert [one.text for one in others if find(one.text)] == []


def heard(notation: str) -> Utterance:
    speech = spoken(notation)
    found = last_utterance(speech.words, speech.sound.speech)
    assert found is not None
    return found


def text(said: Utterance) -> str:
    return " ".join(word.text for word in said.words)


def test_the_last_utterance_begins_behind_a_long_pause() -> None:
    said = heard("we won _0.5_ it all _0.8_ I'm _0.3_ done _1_")
    assert text(said) == "I'm done"
    assert said.before == pytest.approx(2.1)
    assert said.after is not None and said.after.text == "all"


def test_without_a_pause_everything_is_one_utterance() -> None:
    said = heard("I'm done")
    assert (text(said), said.before, said.after) == ("I'm done", None, None)


def test_a_word_that_is_told_to_begin_in_the_pause_belongs_behind_it() -> None:
    words = (Word("won", 0.5, 0.95), Word("done", 0.95, 2.5))
    said = last_utterance(words, (Span(0, 1), Span(2, 2.5)))
    assert said is not None and text(said) == "done"


def test_silence_has_no_utterance() -> None:
    assert last_utterance((Word("um"),), ()) is None


def test_the_speech_since_the_last_long_pause() -> None:
    assert set_off((Span(0, 1), Span(2, 3), Span(3.5, 4))) == Span(2, 4)
