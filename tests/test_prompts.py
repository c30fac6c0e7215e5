from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from rehearse.adapters.packs import builtin_packs
from rehearse.model import Kind, Question
from rehearse.questions.choose import by_principle
from rehearse.questions.pack import Pack
from rehearse.questions.principles import PUBLISHED

PACKS = builtin_packs()
QUESTIONS = tuple(question for pack in PACKS for question in pack.questions)
ASKED = tuple(question for question in QUESTIONS if question.kind is not Kind.TO_ASK)
SPOKEN = (*(one.text for one in QUESTIONS), *(text for one in QUESTIONS for text in one.follow_ups))
NOTES = Path(__file__).parents[2] / "shared" / "notes"
RUN = 6  # words in a row that are no coincidence, after the openings that everybody uses
OPENINGS = re.compile(r"^(tell me about|describe) (a|the) (time|situation) when( you( had to)?)? ")


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_a_built_in_pack_has_a_title_and_no_problem(pack: Pack) -> None:
    assert pack.problems == ()
    assert pack.title
    assert pack.questions


def test_there_is_enough_to_ask_of_each_kind() -> None:
    assert len(ASKED) >= 60
    kinds = Counter(question.kind for question in QUESTIONS)
    assert set(kinds) == set(Kind)
    assert kinds[Kind.BEHAVIOURAL] >= 50


@pytest.mark.parametrize("name", PUBLISHED)
def test_each_published_principle_has_questions(name: str) -> None:
    assert len(by_principle(QUESTIONS, name)) >= 2


@pytest.mark.parametrize("question", ASKED, ids=lambda question: question.text[:40])
def test_a_question_is_complete(question: Question) -> None:
    assert 1 <= len(question.follow_ups) <= 2
    if question.kind is Kind.BEHAVIOURAL:
        assert 1 <= len(question.principles) <= 3
        assert set(question.principles) <= set(PUBLISHED)


def test_nothing_stands_there_twice() -> None:
    texts = Counter(re.sub(r"\W+", " ", question.text).casefold() for question in QUESTIONS)
    assert [text for text, times in texts.items() if times > 1] == []


def test_a_voice_can_say_everything_without_stumbling() -> None:
    odd = [text for text in SPOKEN if not re.fullmatch(r"[A-Z][A-Za-zé' ,.-]*[.?]", text)]
    shouted = [text for text in SPOKEN if re.search(r"\b[A-Z]{2,}\b|\b(?:e\.g|i\.e|etc)\b", text)]
    long = [text for text in SPOKEN if len(text.split()) > 25]
    assert (odd, shouted, long) == ([], [], [])


def test_the_wording_is_our_own() -> None:
    if not NOTES.is_dir():
        pytest.skip("the notes to compare with are not beside this checkout")
    notes = " ".join(path.read_text(encoding="utf-8") for path in sorted(NOTES.glob("*.md")))
    theirs = f" {_words(notes)} "
    runs = [run for text in SPOKEN for run in _runs(OPENINGS.sub("", _words(text)))]
    assert [run for run in runs if f" {run} " in theirs] == []


def _words(text: str) -> str:
    return " ".join(re.findall(r"[^\W\d_]+", re.sub("['’]", "", text.casefold())))


def _runs(text: str) -> list[str]:
    words = text.split()
    return [" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)]
