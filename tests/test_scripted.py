from __future__ import annotations

import pytest

from rehearse.analysis.analyze import analyze
from rehearse.analysis.scripted import covered, scripted
from rehearse.model.delivery import Scripted
from tests.speech import written

TEXT = (
    "last year our shop was losing customers every week and my task was to find out why so i "
    "called fifty of them and wrote down what they said and sorted it by theme and as a result we "
    "kept twenty percent more of them"
)
OTHERWISE = (
    "customers had been leaving since spring and it fell to me to see the reason and i rang up "
    "fifty people who had left us and put my notes in piles on the kitchen table until it was "
    "clear that the opening hours were the trouble"
)


def told(now: str, *before: str) -> Scripted | None:
    return scripted(written(now).words, [written(text).words for text in before])


def test_the_same_words_three_times_are_all_covered() -> None:
    found = told(TEXT, TEXT.upper(), TEXT.replace(" and ", ", and "))
    assert found is not None
    assert (found.share, found.takes) == (1.0, 3)
    assert found.longest and found.longest.text == TEXT


def test_what_is_told_anew_is_not() -> None:
    found = told(TEXT, OTHERWISE, OTHERWISE)
    assert found == Scripted(share=0.0, takes=3, longest=None)


def test_only_what_all_takes_share_counts() -> None:
    half = len(TEXT.split()) // 2
    first, rest = " ".join(TEXT.split()[:half]), " ".join(TEXT.split()[half:])
    found = told(TEXT, f"{first} {OTHERWISE}", f"{OTHERWISE} {rest}")
    assert found is not None and found.share == 0.0
    found = told(TEXT, f"{first} {OTHERWISE}", TEXT)
    assert found is not None and found.share == pytest.approx(half / len(TEXT.split()))


def test_only_the_last_takes_are_compared() -> None:
    found = told(TEXT, TEXT, OTHERWISE, TEXT)
    assert found is not None and found.share == 0.0


@pytest.mark.parametrize("before", [(), (TEXT,)])
def test_fewer_than_three_takes_tell_nothing(before: tuple[str, ...]) -> None:
    assert told(TEXT, *before) is None


def test_a_short_answer_can_hardly_be_worded_otherwise() -> None:
    text = "thank you for your time i would enjoy working with you"
    assert told(text, text, text) is None


def test_runs_are_of_eight_words() -> None:
    words = ["a", "b", "c", "d", "e", "f", "g", "h", "i"]
    assert covered(words, words[:8]) == tuple(range(8))
    assert covered(words, words[:7]) == ()
    assert covered(words, ["x", *words[1:], "y"]) == tuple(range(1, 9))


def test_hesitations_break_no_run() -> None:
    takes = [written(TEXT.replace("shop", said)) for said in ("shop", "um shop", "shop uh")]
    found = analyze(takes[2], sound=None, question=None, target=None, earlier=takes[:2])
    assert found.scripted and found.scripted.share == 1.0
