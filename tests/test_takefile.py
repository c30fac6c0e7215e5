"""A take survives its file: what is written is read back, and what is damaged is refused."""

from __future__ import annotations

import json
import wave
from dataclasses import replace
from io import BytesIO

import pytest

from rehearse.errors import UnreadableFile
from rehearse.model.take import Ending, Kind, Question, Sound, Span, Take, Transcript, Word
from rehearse.takes import take_json

QUESTION = Question("Wer sind Sie?", Kind.INTRODUCTION, ("Ownership",), 90.0, ("Warum?",))
WHOLE = Take(
    id="2026-05-04T10-30-00_wer-sind-sie",
    recorded_at="2026-05-04T10:30:00+02:00",
    question=QUESTION,
    ending=Ending.ENDED,
    sound=Sound(12.5, (Span(0.5, 3.25), Span(4.0, 12.0)), level=-23.5),
    transcript=Transcript((Word("Ähm,", 0.5, 0.9, 0.75), Word("ich")), "de", "small"),
    model="small",
    settings={"model": "small"},
    version="0.1.0",
    title="Der Umzug",
    note="Nächstes Mal mit Zahl.",
    starred=True,
)


@pytest.mark.parametrize(
    "take",
    [
        WHOLE,
        replace(WHOLE, question=None, transcript=None, model=None),
        replace(WHOLE, ending=None, sound=None, transcript=None, model=None),
        replace(WHOLE, sound=Sound(0.0, (), level=None)),
        replace(WHOLE, cut=12.25),
        *(replace(WHOLE, ending=ending) for ending in Ending),
    ],
)
def test_what_is_written_is_read_back(take: Take) -> None:
    again = take_json.load(take_json.dump(take, None), "take.json")
    assert replace(again, transcript=None) == replace(take, transcript=None)
    assert bool(again.transcript) == bool(take.transcript)
    if again.transcript and take.transcript:
        assert again.transcript.words == take.transcript.words
        assert again.transcript.language == take.transcript.language


def test_fields_of_others_are_no_trouble() -> None:
    value = json.loads(take_json.dump(WHOLE, None)) | {"remarks": ["louder"]}
    assert take_json.load(json.dumps(value), "take.json").id == WHOLE.id


def test_a_file_of_before_titles_notes_and_stars_is_whole() -> None:
    value = json.loads(take_json.dump(WHOLE, None))
    for name in ("title", "note", "starred"):
        del value[name]
    take = take_json.load(json.dumps(value), "take.json")
    assert (take.title, take.note, take.starred) == (None, None, False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"schema": 1}',
        take_json.dump(WHOLE, None)[:-30],
        take_json.dump(WHOLE, None).replace('"ended"', '"exploded"'),
        take_json.dump(WHOLE, None).replace("3.25", '"soon"'),
        take_json.dump(WHOLE, None).replace("3.25", "NaN"),
        take_json.dump(WHOLE, None).replace('"turn": 0', '"turn": Infinity'),
        take_json.dump(WHOLE, None).replace("12.5", "1e999"),
        take_json.dump(WHOLE, None).replace("0.75", "-Infinity"),
        take_json.dump(WHOLE, None).replace("90.0", "1e300"),
        take_json.dump(WHOLE, None).replace('"introduction"', "7"),
        "[" * 100_000,
    ],
)
def test_a_damaged_file_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(UnreadableFile, match=r"here/take\.json is damaged"):
        take_json.load(text, "here/take.json")


def test_a_take_from_the_future_is_not_guessed_at() -> None:
    text = take_json.dump(WHOLE, None).replace('"schema": 1', '"schema": 2')
    with pytest.raises(UnreadableFile, match="newer version of rehearse"):
        take_json.load(text, "take.json")


@pytest.mark.parametrize("seconds", [0, 1, 90])
def test_other_programs_read_the_header(seconds: int) -> None:
    sound = b"\x01\x00" * 16_000 * seconds
    with wave.open(BytesIO(take_json.wav_header(len(sound)) + sound), "rb") as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16_000, 1, 2)
        assert file.getnframes() == 16_000 * seconds
        assert file.readframes(16_000 * seconds) == sound
