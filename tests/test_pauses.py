from __future__ import annotations

import pytest

from rehearse.analysis.words.pauses import pauses, silences
from rehearse.model.delivery import Pauses
from rehearse.model.take import Sound, Span
from tests.speech import absorbed, spoken, written


def heard(notation: str, *, hesitations: frozenset[int] = frozenset()) -> Pauses:
    speech = spoken(notation)
    found = pauses(speech.sound, speech.words, hesitations=hesitations)
    assert found is not None
    return found


def test_a_pause_is_a_quarter_of_a_second_between_speech() -> None:
    found = heard("_2_ one _0.25_ two _0.2_ three _1_ four _3_")
    assert [(item.start, item.end) for item in found.items] == [(2.4, 2.65), (3.65, 4.65)]


def test_a_quarter_of_a_second_is_a_pause_in_spite_of_binary_fractions() -> None:
    first, second = Span(0.0, 0.04), Span(0.29, 1.0)
    assert second.start - first.end < 0.25
    assert len(silences([first, second])) == 1
    assert silences([first, Span(0.289, 1.0)]) == ()


def test_pauses_are_counted_per_minute_of_the_whole_recording() -> None:
    found = heard("_1_ one _1_ two _0.5_ three _8_")
    assert found.count == 2
    assert found.per_minute == pytest.approx(60 * 2 / 11.7)
    assert found.per_spoken_minute == pytest.approx(60 * 2 / 1.2)
    assert found.mean == pytest.approx(0.75)
    assert found.longest == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("notation", "inside"),
    [
        ("I built it, _1_ and it held.", False),
        ("I built it. _1_ It held.", False),
        ("I built _1_ it, and it held.", True),
        ("I built it _1_ and it held", False),
        ("I built _1_ it and it held", True),
        ("I built it and _1_ it held", True),
    ],
)
def test_marks_or_connectives_tell_where_a_clause_ends(notation: str, inside: bool) -> None:
    (pause,) = heard(notation).items
    assert pause.mid_clause is inside
    speech = absorbed(spoken(notation))
    again = pauses(speech.sound, speech.words)
    assert again is not None
    assert again.items == (pause,)


@pytest.mark.parametrize(
    "notation", ["I built it, um _1_ and it held.", "I built it, _1_ um it held."]
)
def test_a_filled_pause_does_not_hide_the_end_of_a_clause(notation: str) -> None:
    place = notation.replace("_1_ ", "").split().index("um")
    (pause,) = heard(notation, hesitations=frozenset({place})).items
    assert not pause.mid_clause


def test_without_timed_words_no_pause_is_called_mid_clause() -> None:
    sound = spoken("one _1_ two").sound
    for words in ((), written("one two").words):
        found = pauses(sound, words)
        assert found is not None
        assert [item.mid_clause for item in found.items] == [False]


@pytest.mark.parametrize("speech", [(), (Span(1.0, 2.0),)])
def test_silence_and_a_single_stretch_have_no_pauses(speech: tuple[Span, ...]) -> None:
    assert silences(speech) == ()
    rate = 0.0 if speech else None
    assert pauses(Sound(10.0, speech)) == Pauses((), 0.0, 0.0, 0.0, per_spoken_minute=rate)


def test_a_recording_without_length_tells_nothing() -> None:
    assert pauses(Sound(0.0, ())) is None
