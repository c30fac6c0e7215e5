from __future__ import annotations

import pytest

from rehearse.analysis.analyze import analyze
from rehearse.analysis.words.fillers import fillers, in_transcript
from rehearse.analysis.words.lexicon import Lexicon, builtin
from rehearse.analysis.words.pauses import silences
from rehearse.model import codec
from rehearse.model.delivery import FillerKind, Fillers, HeardIn
from rehearse.model.take import Word
from tests.speech import spoken, written


@pytest.fixture
def english() -> Lexicon:
    found = builtin("en")
    assert found is not None
    return found


def heard(text: str, lexicon: Lexicon) -> list[str]:
    return [filler.text for filler in in_transcript(written(text).words, lexicon)]


@pytest.mark.parametrize(
    "text",
    [
        "The number of umbrellas was likely high.",
        "I like working with people who like what they do.",
        "I wrote it down so that it was the right way.",
        "What kind of system was it, and what sort of errors?",
        "It worked as well as before.",
        "He was right there and I mean what I say.",
        "Do you know what they literally mean?",
        "I summed it up, erred once, and hummed.",
        "Uh-huh.",
    ],
)
def test_words_with_a_meaning_are_no_fillers(text: str, english: Lexicon) -> None:
    assert heard(text, english) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ummm, I, uhh, u-um led it", ["um", "uh", "um"]),
        ("UM, I LED IT, UH, TWICE", ["um", "uh"]),
        ("um...so it was—uh—late", ["um", "uh"]),
        ("um um um", ["um", "um", "um"]),
        ("we had like you know twenty people", ["like", "you know"]),
        ("it was kind of like, hard", ["kind of", "like"]),
        ("they were happy so yeah", ["so yeah"]),
        ("", []),
        ("um", ["um"]),
        ("— ... ,", []),
    ],
)
def test_fillers_are_heard(text: str, expected: list[str], english: Lexicon) -> None:
    assert heard(text, english) == expected


def test_a_filler_knows_its_words_and_seconds(english: Lexicon) -> None:
    speech = spoken("I _1.5_ um led it, you know, alone")
    um, known = in_transcript(speech.words, english)
    assert (um.text, um.first_word, um.last_word, um.start, um.end) == ("um", 1, 1, 1.9, 2.3)
    assert (known.text, known.first_word, known.last_word) == ("you know", 4, 5)
    assert (known.start, known.end) == (3.1, 3.9)
    assert (um.kind, known.kind) == (FillerKind.FILLED_PAUSE, FillerKind.DISCOURSE)
    assert um.heard_in is HeardIn.TRANSCRIPT


def test_a_filler_is_as_sure_as_its_least_sure_word(english: Lexicon) -> None:
    words = (Word("um,", probability=0.4), Word("you"), Word("know,", probability=0.5), Word("yes"))
    assert [each.confidence for each in in_transcript(words, english)] == [0.4, 0.45]


def test_silences_set_a_word_apart_where_marks_are_missing(english: Lexicon) -> None:
    speech = spoken("we moved the data _0.4_ right _0.4_ and it held")
    quiet = silences(speech.sound.speech)
    (right,) = in_transcript(speech.words, english, pauses=quiet)
    assert right.text == "right"
    assert in_transcript(speech.words, english) == ()


def test_silences_do_not_outrank_marks(english: Lexicon) -> None:
    speech = spoken("We went, all of us, _0.4_ right _0.4_ to the end.")
    assert in_transcript(speech.words, english, pauses=silences(speech.sound.speech)) == ()


def test_german_um_is_a_word() -> None:
    german = builtin("de")
    assert german is not None
    assert heard("Es ging ähm um die Arbeit, und er kam um acht.", german) == ["ähm"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("hi", "तो, मैं अअ दिल्ली से हूँ, मतलब, पास से।", ["तो", "अ", "मतलब"]),
        ("hi", "इसका मतलब है कि अब हम तो गए।", []),
        ("zh", "嗯， 我们 那 个， 那 个， 没有 计划。", ["嗯", "那个", "那个"]),
        ("zh", "那个 人 就是 我 的 老板， 然后 他 走 了。", []),
        ("pt", "Um dia, tipo, um mês, né?", ["tipo", "né"]),
        ("fr", "C'est, euh, genre deux heures, quoi.", ["euh", "genre", "quoi"]),
        ("es", "Este año, este, fue, o sea, bueno.", ["este", "o sea"]),
    ],
)
def test_other_languages_have_their_own(language: str, text: str, expected: list[str]) -> None:
    lexicon = builtin(language)
    assert lexicon is not None
    assert heard(text, lexicon) == expected


def test_counts_and_rate_come_from_the_items(english: Lexicon) -> None:
    found = in_transcript(written("um I, uh, um, led it, um").words, english)
    told = fillers(found, 30.0)
    assert told.counts == {"um": 3, "uh": 1}
    assert list(told.counts) == ["um", "uh"]
    assert told.total == 4
    assert told.per_minute == 8.0


def test_softeners_are_a_figure_of_their_own(english: Lexicon) -> None:
    found = in_transcript(
        written("Um, it was kind of late, you know, kind of dark.").words, english
    )
    told = fillers(found, 60.0)
    assert (told.hesitations, told.filler_words, told.softeners) == (1, 1, 2)
    assert (told.total, told.per_minute) == (2, 2.0)
    assert told.counts == {"um": 1, "you know": 1}
    assert [item.text for item in told.items if item.softener] == ["kind of", "kind of"]
    assert codec.load(Fillers, codec.dump(told)) == told


def test_softeners_never_bring_advice() -> None:
    text = "I kind of basically sort of waited, actually, and just, um, left the hall. " * 5
    sound = spoken(text).sound
    many = analyze(written(text), sound=sound, question=None, target=None)
    assert many.fillers is not None
    assert many.fillers.softeners >= 15
    assert many.fillers.counts == {"um": 5}
    (piece,) = [piece for piece in many.advice if piece.code == "many_fillers"]
    assert '"um"' in piece.text and "5 fillers" in piece.text


@pytest.mark.parametrize("duration", [None, 0.0])
def test_without_a_length_there_is_no_rate(duration: float | None, english: Lexicon) -> None:
    assert fillers(in_transcript(written("um").words, english), duration).per_minute is None
