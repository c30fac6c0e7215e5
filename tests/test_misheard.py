"""A word that a hesitation was taken for gives way to it, where it is doubtful."""

from __future__ import annotations

import pytest

from rehearse.analysis.sound.misheard import mended
from rehearse.model.take import Hesitation, Word

UM = Hesitation(1.0, 1.5, 0.9, nasal=True)


def text(word: Word, *heard: Hesitation) -> str:
    (found,) = mended([word], heard)
    assert (found.start, found.end, found.probability) == (word.start, word.end, word.probability)
    return found.text


@pytest.mark.parametrize(
    ("said", "meant"),
    [("Bum.", "Um."), ("Furn.", "Um."), ("fun", "um"), ("Arm,", "Um,"), ("her", "um")],
)
def test_a_doubtful_word_like_um_gives_way(said: str, meant: str) -> None:
    assert text(Word(said, 0.95, 1.5, 0.2), UM) == meant


def test_without_a_hum_it_is_uh() -> None:
    assert text(Word("her", 0.95, 1.5, 0.2), Hesitation(1.0, 1.5, 0.9)) == "uh"


@pytest.mark.parametrize("said", ["the", "fund", "I", "project.", "to", "because"])
def test_other_words_stay(said: str) -> None:
    assert text(Word(said, 0.95, 1.5, 0.2), UM) == said


def test_a_sure_word_stays() -> None:
    assert text(Word("fun", 0.95, 1.5, 0.8), UM) == "fun"
    assert text(Word("fun", 0.95, 1.5, None), UM) == "fun"


def test_a_word_elsewhere_stays() -> None:
    assert text(Word("fun", 1.4, 1.9, 0.2), UM) == "fun"
    assert text(Word("fun", 0.2, 1.5, 0.2), UM) == "fun", "most of it comes before"
    assert text(Word("fun", None, None, 0.2), UM) == "fun"
    assert text(Word("fun", 0.95, 1.5, 0.2)) == "fun"
