"""The rooms of the measurement are what they are called, and its figures count what is left."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from rehearse.model.take import SAMPLE_RATE, Span, Word
from tools.hearing.evaluate import Clip, Kept, figures
from tools.hearing.names import Sentence, Written, compared, sentences
from tools.hearing.names import figures as named
from tools.hearing.rooms import (
    ALONE,
    AROUND,
    NOISE_BELOW,
    REVERBERATION,
    babble,
    hiss,
    level,
    noisy,
    quieter,
    reverberant,
    telephone,
    without_a_voice,
)
from tools.hearing.said import Right, right, spoken, transcripts, without_speech

if TYPE_CHECKING:
    from rehearse.model.take import Samples
    from tools.hearing.evaluate import Ears
    from tools.hearing.rooms import Room


def tone(hertz: float, seconds: float = 2.0) -> Samples:
    times = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return (0.3 * np.sin(2 * np.pi * hertz * times)).astype(np.float32)


@pytest.mark.parametrize("down", [0, 10, 20, 30])
def test_a_quieter_voice_is_as_far_down_as_it_says(down: float) -> None:
    assert level(quieter(down)(tone(200))) == pytest.approx(-20 - down, abs=0.5)


def test_the_telephone_has_a_band() -> None:
    low, middle, high = (level(telephone(tone(hertz))) for hertz in (100, 1000, 5000))
    assert middle == pytest.approx(level(tone(1000)), abs=0.2)
    assert max(low, high) < middle - 30


def test_an_echo_dies_away_in_its_time() -> None:
    sound = np.zeros(2 * SAMPLE_RATE, np.float32)
    sound[100] = 0.5
    heard = reverberant(sound)[100:]
    early = heard[: SAMPLE_RATE // 20]
    late = heard[round(REVERBERATION * SAMPLE_RATE) - SAMPLE_RATE // 20 :][: SAMPLE_RATE // 20]
    assert np.abs(early).max() == pytest.approx(0.5, abs=0.05)
    assert 0 <= np.abs(late).max() < 0.001


def test_the_noise_lies_so_far_below_the_voice() -> None:
    around = round(AROUND * SAMPLE_RATE)
    difference = noisy(hiss)(tone(200))[around:-around] - quieter(0)(tone(200))
    assert 10 * np.log10(np.mean(difference**2)) == pytest.approx(-20 - NOISE_BELOW, abs=1.5)


def test_what_has_no_voice_is_as_long_as_it_says() -> None:
    for name, sound in without_a_voice().items():
        assert len(sound) == pytest.approx(ALONE * SAMPLE_RATE, rel=0.01), name
        assert np.abs(sound).max() <= 1, name
        assert bool(np.abs(sound).max() > 0) is (name != "silence"), name


def test_babble_is_as_loud_as_it_says_and_lies_around_the_voice() -> None:
    around = round(AROUND * SAMPLE_RATE)
    heard = babble([tone(300), tone(500, 3.0)])(tone(200))
    assert len(heard) == 2 * around + 2 * SAMPLE_RATE
    rms = 10 * np.log10(np.mean(heard[:around].astype(float) ** 2))
    assert rms == pytest.approx(-20 - NOISE_BELOW, abs=2)


def test_what_was_said_is_found_in_what_was_written() -> None:
    written = ["we", "let", "the", "whole", "team"]
    assert right(["we", "led", "the", "team"], written) == Right(4, 3, 2)
    assert spoken("Um, we led it. Mm-hmm!") == ["we", "led", "it"]


def test_words_where_nobody_spoke_are_counted() -> None:
    words = [Word("so", 1.9, 2.2), Word("you", 3.0, 3.2), Word("did", None, None)]
    assert without_speech(words, [Span(1.0, 2.0)]) == 1


def test_what_people_said_is_read_beside_their_clips(tmp_path: Path) -> None:
    marks = [{"w": "Uh", "tag": "w"}, {"w": "we", "tag": "w"}, {"w": "laugh", "tag": "vocal"}]
    (tmp_path / "a.json").write_text(json.dumps(marks))
    clips = [
        {"file": "audio/a.wav", "words_file": "a.json", "transcript": "[A]we"},
        {"file": "audio/b.wav", "words_file": None, "transcript": "IF THE READER"},
        {"file": "audio/c.wav", "words_file": None, "transcript": None},
    ]
    (tmp_path / "index.jsonl").write_text("\n".join(map(json.dumps, clips)))
    assert transcripts(tmp_path) == {"a": ["we"], "b": ["if", "the", "reader"]}
    assert transcripts(tmp_path / "none") == {}


@dataclass(frozen=True)
class Deaf:
    """Writes half of what the plain pass does, and one word of its own."""

    def kept(self, clip: Clip, room: Room) -> Kept:
        said = Right(8, 4, 1) if clip.said else Right()
        return Kept(10, 5, 1, 9, said, said, (1, 2))


def test_the_figures_are_shares_of_a_plain_pass_and_of_what_was_said() -> None:
    clips = {"people": {"a": Clip(tone(200), ["so"]), "b": Clip(tone(300))}, "voice": {}}
    ears = cast("Ears", Deaf())
    assert list(figures("base", ears, clips, {"telephone": telephone})) == [
        "hearing_base_people_telephone_words_kept 50.0 %"
        " (n=20 words, 2 clips; 2 others; another plain pass 90.0 %)",
        "hearing_base_people_telephone_words_right 50.0 %"
        " (n=8 said; plain pass 50.0 %; wrong 1, plain pass 1)",
        "hearing_base_people_telephone_words_without_speech 2 (plain pass 4)",
    ]


def test_a_name_is_found_as_one_word_or_several_and_counted_where_nobody_said_it() -> None:
    told = Sentence("PagerDuty woke me.", ("PagerDuty", "Kafka"))
    assert compared(told, "Pager duty woke me") == Written(1, 1, 0, 0, 2, 0)
    assert compared(told, "Kafka woke me, thank you") == Written(1, 0, 0, 1, 2, 0, 2)
    alike = Sentence("My coffee.", ("Kafka",))
    assert compared(alike, "Kafka") == Written(0, 0, 1, 1, 2, 2)


def test_half_of_the_sentences_hold_two_names_and_half_hold_none() -> None:
    assert {len(one.said) for one in sentences()} == {0, 2}
    assert sum(not one.said for one in sentences()) == len(sentences()) / 2


def test_a_line_of_names_sums_up_its_sentences() -> None:
    names = ("Kafka", "Priyanka")
    told = Sentence("We moved to Kafka with Priyanka.", names)
    spoken = {told: tone(200), Sentence("My coffee was cold.", names): tone(300)}
    heard = iter(["We moved to Kafka, thank you", "My Kafka was cold"])
    assert list(named("names", spoken, {"told": lambda sound, names: next(heard)})) == [
        "names_told_names_found 1 (n=2; 1 invented in 1 sentences with words alike;"
        " of 8 other words 25.0 % lost, 0 made up behind the end)"
    ]
