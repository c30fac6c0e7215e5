from __future__ import annotations

import pytest

from rehearse.analysis.analyze import analyze
from rehearse.analysis.coaching import Coaching
from rehearse.analysis.words.hedges import hedges
from rehearse.analysis.words.lexicon import Lexicon, builtin
from rehearse.model import codec
from tests.speech import spoken, written


@pytest.fixture
def english() -> Lexicon:
    found = builtin("en")
    assert found is not None
    return found


def test_hedges_are_counted_the_most_frequent_first(english: Lexicon) -> None:
    words = written("I think it was, maybe, a week, or maybe two, I think, maybe.").words
    found = hedges(words, english)
    assert found is not None
    assert found.counts == {"maybe": 3, "I think": 2}
    assert list(found.counts) == ["maybe", "I think"]
    assert found.total == 5


def test_a_hedge_knows_its_words_and_seconds(english: Lexicon) -> None:
    found = hedges(spoken("it was I think late").words, english)
    assert found is not None
    (item,) = found.items
    assert (item.text, item.first_word, item.last_word) == ("I think", 2, 3)
    assert (item.start, item.end) == (0.8, 1.6)


def test_what_is_a_filler_already_is_no_hedge(english: Lexicon) -> None:
    words = written("it was maybe late").words
    passed_over = hedges(words, english, fillers={2})
    assert passed_over is not None
    assert passed_over.items == ()


def test_a_language_without_a_list_is_not_judged() -> None:
    assert hedges(written("maybe").words, Lexicon("nl", (), ())) is None


def test_an_analysis_tells_fillers_and_hedges_apart() -> None:
    said = written("Um, I think it was, like, maybe nine.")
    value = analyze(said, sound=None, question=None, target=None)
    assert value.fillers is not None and value.hedges is not None
    assert value.fillers.counts == {"um": 1, "like": 1}
    assert value.hedges.counts == {"I think": 1, "maybe": 1}
    told = codec.analysis(value, "x")["hedges"]
    assert isinstance(told, dict)
    assert (told["total"], told["counts"]) == (2, {"I think": 1, "maybe": 1})


def test_neither_hedges_nor_repeats_give_advice() -> None:
    text = "I think maybe I I probably I guess we we had I suppose a a plan. " * 6
    value = analyze(written(text), sound=None, question=None, target=None, coaching=Coaching())
    assert value.hedges is not None and value.hedges.total >= 20
    assert value.repeats is not None and value.repeats.total >= 15
    assert not {piece.code for piece in value.advice} & {"hedges", "repeats", "fillers"}
