"""Which voice each interviewer has."""

from __future__ import annotations

from itertools import pairwise

import pytest

from rehearse.speech.cast import Casting, cast
from rehearse.speech.voice import SpokenVoice

MAC = ("Bells", "Daniel", "Fred", "Samantha", "Zarvox")
WINDOWS = ("Microsoft Zira Desktop - English (United States)", "Microsoft Hedda - German")


@pytest.mark.parametrize("variants", [True, False])
@pytest.mark.parametrize("there", [(), MAC, WINDOWS])
@pytest.mark.parametrize("voice", [None, "en-gb", "en-gb+f2", "Daniel", "de"])
def test_nobody_sounds_like_the_one_before(
    voice: str | None, there: tuple[str, ...], variants: bool
) -> None:
    casting = cast(9, voice=voice, rate=165, there=there, variants=variants)
    assert len(casting) == 9
    assert casting[0] == Casting(voice, 165)
    assert all(one != next_one for one, next_one in pairwise(casting))


def test_variants_are_of_the_chosen_language() -> None:
    casting = cast(3, voice="en-us+f2", rate=150, there=(), variants=True)
    assert [one.voice for one in casting] == ["en-us+f2", "en-us+m3", "en-us+f4"]


def test_only_persons_ask_where_there_are_bells_too() -> None:
    casting = cast(4, voice=None, rate=165, there=MAC, variants=False)
    assert [one.voice for one in casting] == [None, "Samantha", "Daniel", None]


def test_with_one_voice_only_the_pace_tells_them_apart() -> None:
    casting = cast(3, voice="Hedda", rate=100, there=WINDOWS, variants=False)
    assert casting == (Casting("Hedda", 100), Casting("Hedda", 92), Casting("Hedda", 106))


def test_a_natural_voice_speaks_as_three_persons() -> None:
    casting = cast(4, voice="joe", rate=165, there=(), variants=True)
    assert [one.voice for one in casting] == ["joe", "joe+low", "joe+high", "joe"]


def test_every_variant_can_speak() -> None:
    for one in cast(7, voice="en-gb", rate=165, there=(), variants=True):
        assert SpokenVoice(one.voice, one.rate, "espeak").render("Hello.").duration > 0.2
