"""What a model makes up is left out, and what somebody said is not."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest

from rehearse.model.take import Span, Word
from rehearse.speech.plausible import is_noise, said, unheard, with_speech


@dataclass(frozen=True)
class Token:
    probability: float


@dataclass(frozen=True)
class Segment:
    """As faster-whisper gives it, as far as it is looked at."""

    text: str
    compression_ratio: float = 1.3
    avg_logprob: float = -0.3
    words: tuple[Token, ...] = field(default=(Token(0.9), Token(0.8)))


UNSURE = (Token(0.5), Token(0.6))


@pytest.mark.parametrize(
    "segment",
    [
        Segment(" and I and I and I and I", compression_ratio=3.0),
        Segment(" Fern off the hole.", avg_logprob=-1.4),
        Segment(" Thank you very much, thank you very much.", words=UNSURE),
        Segment(" So. We'll see it then. We'll see it then!", words=UNSURE),
    ],
)
def test_what_was_guessed_or_loops_is_left_out(segment: Segment) -> None:
    assert list(said([segment], in_noise=False)) == []


def test_what_was_guessed_in_noise_is_left_out_and_stays_in_a_quiet_room() -> None:
    guess = Segment(" It's a small steep street.", words=(Token(0.3), Token(0.5)))
    assert list(said([guess], in_noise=True)) == []
    assert list(said([guess], in_noise=False)) == [guess]


@pytest.mark.parametrize(("dbfs", "noise"), [(-25.0, True), (-35.0, False), (-72.0, False)])
def test_noise_that_fills_the_pauses_is_known(dbfs: float, noise: bool) -> None:
    chance = np.random.default_rng(1)
    syllables = np.repeat(chance.choice([0.0, 1.0], 40, p=[0.3, 0.7]), 3200)
    voice = chance.normal(0, 0.1, len(syllables)) * syllables
    sound = voice + chance.normal(0, 10 ** (dbfs / 20), len(voice))
    assert is_noise(sound.astype(np.float32)) is noise
    assert not is_noise(np.zeros(100, np.float32))


@pytest.mark.parametrize(
    "segment",
    [
        Segment(" I asked the team, and the team agreed."),
        Segment(" I asked the team, I asked the team again."),
        Segment(" No, no, no, that was it.", words=UNSURE),
        Segment(" I read every log of it.", words=UNSURE),
    ],
)
def test_what_was_said_stays(segment: Segment) -> None:
    assert list(said([segment], in_noise=True)) == [segment]


SPEECH = (Span(1.0, 2.0),)


def test_words_are_speech_where_none_was_found() -> None:
    words = [Word("so", 1.9, 2.2, 0.9), Word("we", 3.0, 3.2, 0.9), Word("did", None, None, 0.9)]
    assert list(unheard(words, SPEECH)) == [Span(3.0, 3.2)]


@pytest.mark.parametrize(
    ("word", "stays"),
    [
        (Word("so", 1.2, 1.6, 0.1), True),
        (Word("so", 2.2, 2.4, 0.1), True),
        (Word("you", 5.0, 5.4, 0.2), False),
        (Word("you", 5.0, 5.4, 0.9), True),
        (Word("you", 5.0, 5.4), True),
        (Word("you", None, None, 0.1), True),
    ],
)
def test_an_unsure_word_needs_speech_beneath_it(word: Word, stays: bool) -> None:
    assert (list(with_speech([word], SPEECH)) == [word]) is stays
