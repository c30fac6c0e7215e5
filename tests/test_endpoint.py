"""When an answer is over, on a small notation: `12 _5_` is twelve seconds of speech, then five of
silence; a word in quotes behind a number is what is said last in it."""

from __future__ import annotations

import re

import pytest

from rehearse.model.take import Ending, Span, Word
from rehearse.session.endpoint import (
    LOST_FOR_WORDS,
    QUIET,
    Countdown,
    Ended,
    Endpoint,
    Going,
    Nudge,
    Request,
    Verdict,
)
from rehearse.speech.utterance import Listening, last_utterance

TOKEN = re.compile(r"_(?P<silence>[\d.]+)_|(?P<speech>[\d.]+)(?:'(?P<said>[^']*)')?")
STEP = 0.1


def moments(notation: str) -> list[tuple[float, Listening]]:
    """Second by tenth of a second; words are known half a second after they were said."""
    found: list[tuple[float, Listening]] = []
    speech: list[Span] = []
    words: list[Word] = []
    now = 0.0
    for token in TOKEN.finditer(notation):
        length = float(token["silence"] or token["speech"])
        until = now + length
        if token["speech"]:
            texts = (token["said"] or "then it worked").split()
            each = length / len(texts)
            words += [Word(t, now + i * each, now + (i + 1) * each) for i, t in enumerate(texts)]
            speech.append(Span(now, until))
        begins = now
        while now < until - STEP / 2:
            now = round(now + STEP, 6)
            ended = speech[-1].end if speech else 0.0
            silence = 0.0 if token["speech"] else now - ended
            spoken = sum(s.duration for s in speech) - (until - now if token["speech"] else 0.0)
            known = silence >= 0.5 and bool(speech)
            said = last_utterance(words, speech) if known else None
            found.append((now, Listening(spoken, silence, ended, said)))
        assert now > begins
    return found


def run(
    notation: str, endpoint: Endpoint | Request | None = None
) -> tuple[float | None, list[Verdict]]:
    """When it ended, and everything it said until then."""
    follower = endpoint or Endpoint(wait=5.0)
    verdicts: list[Verdict] = []
    for second, listening in moments(notation):
        verdicts.append(follower.feed(listening))
        if isinstance(verdicts[-1], Ended):
            return second, verdicts
    return None, verdicts


def ended(notation: str, endpoint: Endpoint | Request | None = None) -> float | None:
    return run(notation, endpoint)[0]


@pytest.mark.parametrize(
    ("notation", "at"),
    [
        ("12 _6_", 17.0),
        ("12 _4.9_ 3 _6_", 24.9),
        ("6 _2_ 6 _6_", 19.0),
        ("_300_", None),
        ("9.5 _300_", None),
        ("2 _300_", None),
        ("600 _6_", 605.0),
        ("600", None),
        ("_19_ 12 _6_", 36.0),
    ],
)
def test_silence_ends_an_answer_of_ten_seconds_or_more(notation: str, at: float | None) -> None:
    assert ended(notation) == (None if at is None else pytest.approx(at, abs=0.11))


@pytest.mark.parametrize("word", ["and", "So,", "because", "um", "but", "the"])
def test_after_a_word_that_goes_on_the_wait_is_longer(word: str) -> None:
    assert ended(f"12'we stopped {word}' _9_") == pytest.approx(12 + 7.5, abs=0.11)


def test_as_long_as_the_last_word_is_not_known_the_wait_is_longer() -> None:
    unknown = Listening(12.0, 6.0, 12.0, None)
    assert isinstance(Endpoint(wait=5.0).feed(unknown), Countdown)


def test_a_countdown_is_seen_before_the_end_and_speech_cancels_it() -> None:
    _, verdicts = run("12 _4_ 1 _1_")
    shown = [v.left for v in verdicts if isinstance(v, Countdown)]
    assert shown == sorted(shown, reverse=True)
    assert shown[0] == pytest.approx(3.0, abs=0.11) and shown[-1] == pytest.approx(1.0, abs=0.11)
    assert isinstance(verdicts[-1], Going)


def test_the_shortest_wait_has_a_silence_without_a_countdown() -> None:
    _, verdicts = run("12 _0.9_", Endpoint(wait=3.0))
    assert {type(v) for v in verdicts} == {Going}


def test_a_key_cancels_the_countdown() -> None:
    endpoint = Endpoint(wait=5.0)
    for _, listening in moments("12 _4_"):
        endpoint.feed(listening)
    endpoint.go_on(listening)
    later = [now for _, now in moments("12 _8.9_") if now.silence > 4.0]
    assert not any(isinstance(endpoint.feed(now), Ended) for now in later)
    assert isinstance(endpoint.feed(moments("12 _9.1_")[-1][1]), Ended)


def test_after_a_key_and_more_speech_the_whole_silence_counts_again() -> None:
    endpoint = Endpoint(wait=5.0)
    endpoint.go_on(moments("12 _4_")[-1][1])
    assert ended("12 _4_ 1 _6_", endpoint) == pytest.approx(22.0, abs=0.11)


def test_the_answer_ends_where_the_speech_did() -> None:
    _, verdicts = run("12 _6_")
    last = verdicts[-1]
    assert isinstance(last, Ended)
    assert last.ending is Ending.ENDED
    assert last.cut == pytest.approx(12.2)


def test_who_says_nothing_gets_a_nudge_and_is_not_cut_off() -> None:
    _, verdicts = run("_21_")
    assert isinstance(verdicts[-1], Nudge)
    assert not any(isinstance(v, Nudge) for v in verdicts[: round(LOST_FOR_WORDS / STEP) - 2])


def test_by_hand_a_nudge_is_for_those_only_who_have_not_begun() -> None:
    assert isinstance(run("_21_", Endpoint(wait=None))[1][-1], Nudge)
    assert isinstance(run("2 _21_", Endpoint(wait=None))[1][-1], Going)
    assert ended("60 _600_", Endpoint(wait=None)) is None


@pytest.mark.parametrize(
    ("notation", "ending", "cut"),
    [
        ("5 _0.8_ 1'I’m done.' _2_", Ending.ENDED, 5.2),
        ("5 _0.8_ 0.4'Done.' _2_", Ending.ENDED, 5.2),
        ("5 _1_ 1'Um, start over.' _2_", Ending.STARTED_OVER, 5.2),
        ("1'Start over.' _2_", Ending.STARTED_OVER, 0.0),
        ("5 _0.5_ 1'done' _3_", None, 0.0),
        ("1'Done.' _3_", None, 0.0),
        ("5 _0.8_ 1'Done.' _0.9_ 4'is better than perfect' _2_", None, 0.0),
        ("5 _0.8_ 3'We were done with it.' _3_", None, 0.0),
        ("5'so we were' _0.8_ 1'done' _3_", None, 0.0),
        ("5 _0.8_ 6'done done done' _3_", None, 0.0),
    ],
)
def test_words_between_two_pauses_may_end_an_answer(
    notation: str, ending: Ending | None, cut: float
) -> None:
    _, verdicts = run(notation, Endpoint(wait=None, spoken=True))
    last = verdicts[-1]
    if ending is None:
        assert not isinstance(last, Ended)
    else:
        assert isinstance(last, Ended)
        assert last.ending is ending
        assert last.cut == pytest.approx(cut)


def test_words_end_nothing_where_the_session_is_led_by_keys() -> None:
    assert ended("5 _0.8_ 0.4'Done.' _4_", Endpoint(wait=None)) is None


@pytest.mark.parametrize(
    ("notation", "at"),
    [("_1_ 0.5 _2_", 2.3), ("_30_", QUIET), ("60", 10.0), ("_2_ 3 _0.5_ 1 _1_", 7.3)],
)
def test_a_command_ends_with_a_short_silence(notation: str, at: float) -> None:
    assert ended(notation, Request()) == pytest.approx(at, abs=0.11)
