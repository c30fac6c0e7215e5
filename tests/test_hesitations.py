"""Hesitations are heard in the sound where the words leave them out, and count once."""

from __future__ import annotations

import json
import tracemalloc
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from rehearse.analysis.analyze import analyze
from rehearse.analysis.rules import builtin_text
from rehearse.analysis.sound.heard_fillers import heard
from rehearse.analysis.sound.hesitations import builtin_weights, candidates, parse_weights
from rehearse.analysis.sound.voicing import frames
from rehearse.analysis.words.fillers import in_transcript
from rehearse.analysis.words.lexicon import builtin
from rehearse.model.delivery import Filler, FillerKind, HeardIn
from rehearse.model.take import SAMPLE_RATE, Ending, Hesitation, Sound, Span, Take, Transcript, Word
from rehearse.speech.transcription import write_down
from rehearse.takes import take_json
from rehearse.views import terminal
from tests.fakes import FakeVoiceActivity
from tests.sounds import wav
from tests.speech import Spoken, absorbed, spoken
from tests.test_cli import rehearse
from tests.test_terminal_view import shown
from tools.hesitations.corpus import faded
from tools.hesitations.spoil import by_telephone, noise
from tools.hesitations.stretch import stretched
from tools.hesitations.vocal import filled_pause, made_up
from tools.miniature.speak import Speaker, Speech, Voice

if TYPE_CHECKING:
    from rehearse.model.take import Samples

TEXT = "We moved the old server to the cloud and it took three weeks to test every page of it"
BEFORE = "and"
"""The word that the hesitation comes before."""


@dataclass(frozen=True)
class Answer:
    """Spoken text with one hesitation, whose words leave it out."""

    sound: Samples
    words: tuple[Word, ...]
    hesitation: Span

    @property
    def absorbing(self) -> tuple[Word, ...]:
        """Each word ends where the next begins, and "and" begins with the hesitation."""
        starts = [
            self.hesitation.start if word.text == BEFORE else word.start for word in self.words
        ]
        ends = [*starts[1:], self.words[-1].end]
        return tuple(
            replace(word, start=start, end=end)
            for word, start, end in zip(self.words, starts, ends, strict=True)
        )


@pytest.fixture(scope="module")
def speech() -> Speech:
    return Speaker().speak(TEXT, Voice("en-us", 160))


@pytest.fixture(scope="module")
def answer(speech: Speech) -> Answer:
    return with_hesitation(speech, seconds=0.45, hum_from=1.0, seed=1)


def with_hesitation(speech: Speech, *, seconds: float, hum_from: float, seed: int) -> Answer:
    """A hesitation by source and filter between two short silences."""
    random = np.random.default_rng(seed)
    filler = faded(filled_pause(made_up(105.0, random), seconds, hum_from, random))
    filler = filler * np.float32(0.7 * np.abs(speech.sound).max())
    hush = np.zeros(round(0.2 * SAMPLE_RATE), np.float32)
    (cut,) = (word.start for word in speech.words if word.text == BEFORE)
    at, grown = round(cut * SAMPLE_RATE), seconds + 0.4
    sound = np.concatenate([speech.sound[:at], hush, filler, hush, speech.sound[at:]])
    words = tuple(
        Word(word.text, word.start + later, word.end + later)
        for word in speech.words
        for later in [grown if word.start >= cut else 0.0]
    )
    return Answer(sound.astype(np.float32), words, Span(cut + 0.2, cut + 0.2 + seconds))


def listened(samples: Samples) -> Sound:
    """Everything counts as speech: the least that voice activity can help."""
    whole = (Span(0.0, len(samples) / SAMPLE_RATE),)
    return Sound(whole[0].end, whole, hesitations=candidates(samples, whole))


def told(samples: Samples, words: tuple[Word, ...]) -> tuple[Filler, ...]:
    return heard(listened(samples), words, ())


def only(found: tuple[Filler, ...], answer: Answer) -> None:
    (item,) = found
    assert (item.kind, item.heard_in) == (FillerKind.FILLED_PAUSE, HeardIn.SOUND)
    assert item.first_word is None is item.last_word
    assert item.start == pytest.approx(answer.hesitation.start, abs=0.12)
    assert item.end == pytest.approx(answer.hesitation.end, abs=0.12)
    assert 0.5 <= item.confidence <= 1


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("hum_from", [1.0, 0.5])
def test_a_hesitation_in_a_gap_between_words_is_heard(
    speech: Speech, hum_from: float, seed: int
) -> None:
    answer = with_hesitation(speech, seconds=0.45, hum_from=hum_from, seed=seed)
    only(told(answer.sound, answer.words), answer)


def test_a_hesitation_that_the_next_word_took_in_is_heard(answer: Answer) -> None:
    only(told(answer.sound, answer.absorbing), answer)


def test_fluent_speech_has_no_hesitations(speech: Speech) -> None:
    words = tuple(Word(word.text, word.start, word.end) for word in speech.words)
    assert told(speech.sound, words) == ()
    assert told(speech.sound, ()) == ()


def test_a_word_that_is_drawn_out_is_no_hesitation(speech: Speech) -> None:
    (word,) = (word for word in speech.words if word.text == "cloud")
    first, last = (round(edge * SAMPLE_RATE) for edge in (word.start, word.end))
    middle = (first + last) // 2
    longer = stretched(speech.sound[middle:last], 3.0)
    sound = np.concatenate([speech.sound[:middle], longer, speech.sound[last:]])
    by = (len(longer) - (last - middle)) / SAMPLE_RATE
    words = tuple(
        Word(
            each.text,
            each.start + (by if each.start > word.start else 0),
            each.end + (by if each.start >= word.start else 0),
        )
        for each in speech.words
    )
    assert told(sound, words) == ()


def worse(way: str, sound: Samples) -> Samples:
    random = np.random.default_rng(3)
    level = float(np.sqrt(np.mean(np.square(sound))))
    ways: dict[str, Samples] = {
        "-40 dBFS in 16 bits": np.round(sound * (0.01 / level) * 32767) / np.float32(32767),
        "clipped": np.clip(sound * 8, -1, 1),
        "telephone": by_telephone(sound),
        "noise at 20 dB": sound + noise(len(sound), level / 10, random),
        "off centre": sound + np.float32(0.2),
    }
    return ways[way].astype(np.float32)


@pytest.mark.parametrize(
    "way", ["-40 dBFS in 16 bits", "clipped", "telephone", "noise at 20 dB", "off centre"]
)
def test_a_bad_recording_tells_the_same(answer: Answer, way: str) -> None:
    only(told(worse(way, answer.sound), answer.words), answer)


def test_two_voices_at_once_make_no_crowd_of_hesitations(answer: Answer) -> None:
    other = Speaker().speak("I asked the doctor to explain it in simple words", Voice("en-gb", 190))
    sound = answer.sound.copy()
    sound[: len(other.sound)] += 0.6 * other.sound[: len(sound)]
    assert len(told(sound, answer.words)) <= 2


RANDOM = np.random.default_rng(5)
TIME = np.arange(10 * SAMPLE_RATE) / SAMPLE_RATE
BURSTS = TIME % 0.7 < 0.4


@pytest.mark.parametrize(
    "samples",
    [
        np.zeros(0),
        np.zeros(100),
        np.zeros(10 * SAMPLE_RATE),
        RANDOM.standard_normal(10 * SAMPLE_RATE) * 0.1,
        RANDOM.standard_normal(10 * SAMPLE_RATE) * 1e-4,
        np.sign(RANDOM.standard_normal(10 * SAMPLE_RATE)),
        0.4 * np.sin(2 * np.pi * 220 * TIME),
        0.4 * np.sin(2 * np.pi * 330 * TIME) * BURSTS,
        0.2 * np.sin(2 * np.pi * 50 * TIME),
    ],
    ids=["nothing", "6 ms", "zeros", "noise", "hush", "loud noise", "tone", "beeps", "hum"],
)
def test_what_is_no_speech_has_no_hesitations(samples: Samples) -> None:
    assert told(np.asarray(samples, np.float32), ()) == ()


def test_nothing_is_looked_for_where_nobody_speaks(answer: Answer) -> None:
    assert candidates(answer.sound, ()) == ()
    late = (Span(answer.hesitation.end + 1.5, len(answer.sound) / SAMPLE_RATE),)
    assert all(one.start > answer.hesitation.end for one in candidates(answer.sound, late))


def test_blocks_leave_no_seam(answer: Answer) -> None:
    long = np.tile(answer.sound, 4)
    whole, part = frames(long), frames(long[9 * SAMPLE_RATE : 12 * SAMPLE_RATE])
    for name in ("level", "voicing", "pitch", "cepstra"):
        seen = getattr(whole, name)[905:1195]
        assert np.allclose(seen, getattr(part, name)[5:295], atol=1e-3), name


def test_the_pitch_of_a_voice_is_found() -> None:
    random = np.random.default_rng(0)
    for hertz in (75.0, 120.0, 220.0):
        phase = 2 * np.pi * hertz * TIME[:SAMPLE_RATE]
        voice = sum(np.sin(k * phase) / k for k in range(1, 12))
        seen = frames((0.1 * voice + 0.01 * random.standard_normal(SAMPLE_RATE)).astype(np.float32))
        assert 2 ** np.median(seen.pitch) == pytest.approx(hertz, rel=0.02)
        assert np.median(seen.voicing) > 0.9


def test_a_long_recording_takes_little_memory(answer: Answer) -> None:
    long = np.tile(answer.sound, round(300 * SAMPLE_RATE / len(answer.sound)))
    whole = (Span(0.0, len(long) / SAMPLE_RATE),)
    tracemalloc.start()
    try:
        candidates(long, whole)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    # 15 MB of results for five minutes, and one block of ten seconds.
    assert peak < 100e6


# From here on without sound: candidates are given, and the words decide.


def told_of(speech: Spoken, *found: Hesitation) -> tuple[Filler, ...]:
    lexicon = builtin(speech.transcript.language)
    assert lexicon is not None
    said = in_transcript(speech.words, lexicon)
    return heard(replace(speech.sound, hesitations=found), speech.words, said)


LED = "we led it for"
"""0.4 s a word; the silences in the tests come in the middle."""
SURE = Hesitation(0.9, 1.3, 0.9, nasal=True, apart=True)


def test_a_gap_makes_a_likely_hesitation_one() -> None:
    (item,) = told_of(spoken("we led _0.6_ it for"), SURE)
    assert (item.text, item.start, item.end) == ("um", 0.9, 1.3)
    (item,) = told_of(spoken("we led _0.6_ it for"), replace(SURE, nasal=False))
    assert item.text == "uh"


def test_a_word_of_its_usual_length_has_no_room_for_one() -> None:
    assert told_of(spoken(LED), replace(SURE, start=0.85, end=1.15)) == ()


def test_an_unlikely_one_does_not_count_even_in_a_gap() -> None:
    assert told_of(spoken("we led _0.6_ it for"), replace(SURE, confidence=0.15)) == ()


def test_a_long_word_is_believed_to_hold_one_at_its_start_only() -> None:
    long = absorbed(spoken("we led it _0.8_ for us all"))
    whole = replace(long, sound=replace(long.sound, speech=(Span(0.0, 3.2),)))
    in_it = Hesitation(0.9, 1.3, 0.95)
    assert len(told_of(whole, in_it)) == 1
    assert told_of(whole, Hesitation(1.5, 1.9, 0.95)) == ()
    assert len(told_of(whole, Hesitation(1.5, 1.9, 0.95, apart=True))) == 1


@pytest.mark.parametrize("off", [-0.25, 0.0, 0.25])
def test_what_was_written_does_not_count_again(off: float) -> None:
    speech = spoken("we led um it for")
    assert told_of(speech, Hesitation(0.85 + off, 1.15 + off, 0.95, apart=True)) == ()


def test_an_um_heard_a_little_after_the_written_one_is_the_same() -> None:
    speech = spoken("we led um _0.8_ it for")
    assert told_of(speech, Hesitation(1.4, 1.7, 0.95, apart=True)) == (), "0.2 s behind it"
    assert len(told_of(speech, Hesitation(1.6, 1.9, 0.95, apart=True))) == 1, "0.4 s behind it"


def test_an_um_in_the_middle_of_a_long_silence_is_believed() -> None:
    speech = spoken("we led _10_ it for")
    (item,) = told_of(speech, Hesitation(5.6, 6.0, 0.5))
    assert item.start == 5.6


def test_a_discourse_word_nearby_takes_no_hesitation_away() -> None:
    speech = spoken("we led, you know, _0.8_ it for")
    assert len(told_of(speech, Hesitation(1.75, 2.2, 0.95))) == 1


def test_the_vowel_and_the_hum_of_one_um_count_once() -> None:
    vowel, hum = Hesitation(0.85, 1.0, 0.9), Hesitation(1.1, 1.3, 0.8, nasal=True)
    (item,) = told_of(spoken("we led _0.6_ it for"), vowel, hum)
    assert (item.text, item.start, item.end) == ("um", 0.85, 1.3)


def test_two_hesitations_in_one_pause_count_twice() -> None:
    first, second = Hesitation(0.9, 1.2, 0.9), Hesitation(1.6, 1.9, 0.9)
    assert len(told_of(spoken("we led _1.4_ it for"), first, second)) == 2


def test_words_without_times_leave_nothing_to_tell() -> None:
    words = (Word("um"), Word("yes"))
    sound = Sound(3.0, (Span(0.0, 3.0),), hesitations=(SURE,))
    assert heard(sound, words, ()) == ()


def test_without_words_only_the_surest_counts() -> None:
    sound = Sound(3.0, (Span(0.0, 3.0),), hesitations=(SURE,))
    assert heard(sound, (), ()) == ()
    surest = replace(SURE, confidence=0.99)
    assert len(heard(replace(sound, hesitations=(surest,)), (), ())) == 1


def test_speech_that_no_word_tells_of_is_not_taken_for_a_gap() -> None:
    speech = spoken("we led _4_ it for")
    quiet = told_of(speech, Hesitation(2.0, 2.4, 0.7))
    assert len(quiet) == 1
    crowd = [Hesitation(start, start + 0.5, 0.7) for start in (1.0, 1.9, 2.8, 3.7)]
    assert len(told_of(speech, *crowd)) == 4
    untold = replace(speech, sound=replace(speech.sound, speech=(Span(0.0, 5.6),)))
    assert told_of(untold, Hesitation(2.0, 2.4, 0.7)) == ()


# The way of a hesitation through the program.


def test_the_analysis_counts_both_kinds() -> None:
    speech = spoken("um we led _0.6_ it for us")
    sound = replace(speech.sound, hesitations=(Hesitation(1.3, 1.7, 0.9, apart=True),))
    found = analyze(speech.transcript, sound=sound, question=None, target=None)
    assert found.fillers
    assert [(item.text, item.heard_in) for item in found.fillers.items] == [
        ("um", HeardIn.TRANSCRIPT),
        ("uh", HeardIn.SOUND),
    ]
    assert found.fillers.counts == {"um": 1, "uh": 1}
    assert found.fillers.per_minute == pytest.approx(2 * 60 / sound.duration)
    text = shown(terminal.report(found, plain=True))
    assert "0:01  heard, not written" in text
    assert text.count("heard, not written") == 1


@pytest.mark.parametrize("language", ["de", "es", "fr", "pt", "ja"])
def test_other_languages_are_heard_alike(language: str) -> None:
    speech = spoken("eins zwei _0.6_ drei vier", language=language)
    sound = replace(speech.sound, hesitations=(SURE,))
    found = analyze(speech.transcript, sound=sound, question=None, target=None)
    assert found.fillers and found.fillers.total == 1


def test_listening_finds_them_and_the_take_keeps_them(answer: Answer) -> None:
    sound = write_down(answer.sound, activity=FakeVoiceActivity(), transcriber=None).sound
    only(heard(sound, answer.words, ()), answer)
    take = Take("id", "2026-05-04T10:30:00+02:00", None, Ending.ENDED, sound=sound)
    again = take_json.load(take_json.dump(take, None), "take.json")
    assert again.sound and again.sound.hesitations == sound.hesitations


def test_a_take_of_an_older_version_has_none() -> None:
    take = Take("id", "2026-05-04T10:30:00+02:00", None, Ending.ENDED, sound=Sound(1.0, ()))
    value = json.loads(take_json.dump(take, None))
    del value["sound"]["hesitations"]
    again = take_json.load(json.dumps(value), "take.json")
    assert again.sound and again.sound.hesitations == ()


def test_a_recording_with_its_words_is_analysed(answer: Answer, tmp_path: Path) -> None:
    (tmp_path / "answer.wav").write_bytes(wav(answer.sound))
    words = [{"word": w.text, "start": w.start, "end": w.end} for w in answer.absorbing]
    (tmp_path / "words.json").write_text(json.dumps({"language": "en", "words": words}))
    done = rehearse(
        "analyze",
        str(tmp_path / "answer.wav"),
        "--transcript",
        str(tmp_path / "words.json"),
        "--json",
        home=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    (item,) = json.loads(done.stdout)["fillers"]["items"]
    assert (item["kind"], item["heard_in"], item["first_word"]) == ("filled_pause", "sound", None)
    assert item["start"] == pytest.approx(answer.hesitation.start, abs=0.12)


def test_the_weights_fit_the_features() -> None:
    text = builtin_text("hesitations.json")
    assert text and len(text) < 200_000
    assert parse_weights(text) == builtin_weights()
    value = json.loads(text)
    for name in value:
        with pytest.raises(ValueError, match="weights for"):
            parse_weights(json.dumps(value | {name: value[name][1:]}))
    with pytest.raises(KeyError):
        parse_weights("{}")


def test_a_transcript_without_words_has_no_words_to_go_by() -> None:
    sound = Sound(3.0, (Span(0.0, 3.0),), hesitations=(SURE,))
    found = analyze(Transcript(()), sound=sound, question=None, target=None)
    assert found.fillers and found.fillers.total == 0
