"""Names of one's notes are written where a reading was in doubt, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from rehearse.analysis.keypoints.names import MOST, names
from rehearse.model.take import SAMPLE_RATE, Word
from rehearse.speech.named import LEAST_SURE, with_names
from rehearse.speech.whisper import WhisperTranscriber

if TYPE_CHECKING:
    from rehearse.model.take import Samples

NAMES = ("Metformin", "PagerDuty", "Omnicell")


def reading(text: str) -> list[Word]:
    """Words of half a second each; one with a figure behind it is that sure: "warfare.3"."""
    found = []
    for at, token in enumerate(text.split()):
        word, dot, digits = token.partition(".")
        found.append(Word(word, at / 2, at / 2 + 0.5, float(f"0.{digits}") if dot else 0.9))
    return found


@pytest.mark.parametrize(
    ("first", "again", "wanted"),
    [
        (
            "we took met.4 for men.3 today",
            "she took Metformin.3 today",
            "we took Metformin today",
        ),
        ("page.4 on due.3 woke me", "Pager.5 Duty.5 woke me", "PagerDuty woke me"),
        ("the old methformin,.4 too", "the old Metformin, too", "the old Metformin, too"),
    ],
)
def test_a_name_stands_where_the_reading_was_in_doubt(first: str, again: str, wanted: str) -> None:
    words = with_names(reading(first), reading(again), NAMES)
    assert " ".join(word.text for word in words) == wanted


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ("we met four men.7 today", "we Metformin today"),  # the first was sure
        ("she took met.3 today", f"she took Metformin{str(LEAST_SURE / 2)[1:]} today"),  # a guess
        ("she took met.3 today", "she took warfarin today"),  # another name
        ("she took met.3 today and went", "Metformin went"),  # the words around differ
        ("it.3 was all that we had then", "Omnicell had then"),  # too much for a name
        ("that is not right.3 here", "that is not Metformin here"),  # too long for the place
        ("she took it.3", "she took it.3 Metformin"),  # a word more
    ],
)
def test_all_other_words_of_the_first_reading_stand(first: str, again: str) -> None:
    assert with_names(reading(first), reading(again), NAMES) == reading(first)


def test_a_name_has_the_time_of_what_it_stands_for_and_its_own_doubt() -> None:
    again = reading("took Omnicell.2 today")
    (_, name, _) = with_names(reading("took met.4 for.4 today"), again, NAMES)
    assert name == Word("Omnicell", 0.5, 1.5, 0.2)


@pytest.mark.parametrize(
    ("notes", "wanted"),
    [
        ("- Moved the jobs to Kafka with Priyanka", ("Kafka", "Priyanka")),
        ("Kafka was new.\nResult: Nobody knew it.", ()),  # a capital at the start says nothing
        ("PagerDuty woke me, then p99 fell; GitHub was down", ("PagerDuty", "p99", "GitHub")),
        ("We asked Kafka's team and Kafka again", ("Kafka",)),
        ("The plan was Notion first, but nobody had a notion of it", ()),
        ("So I went on, and I said S3 was enough", ()),  # two letters sound like too much
        ("- saved 20 percent in 2023", ()),
    ],
)
def test_names_are_told_by_their_spelling(notes: str, wanted: tuple[str, ...]) -> None:
    assert names(notes) == wanted


def test_a_long_list_of_names_ends() -> None:
    assert len(names("we used " + " ".join(f"Tool{number}" for number in range(50)))) == MOST


@dataclass(frozen=True)
class Token:
    word: str
    start: float
    end: float
    probability: float


@dataclass(frozen=True)
class Segment:
    text: str
    words: list[Token]
    compression_ratio: float = 1.2
    avg_logprob: float = -0.3
    temperature: float = 0.0


@dataclass(frozen=True)
class Info:
    language: str = "en"
    language_probability: float = 1.0


@dataclass
class TwoReadings:
    """A model that writes one text, and another one where it is told names."""

    texts: dict[str, str]
    told: list[str] = field(default_factory=list)
    encoded: None = None

    def transcribe(
        self, clip: Samples, *, hotwords: str = "", **how: object
    ) -> tuple[list[Segment], Info]:
        self.told.append(hotwords)
        text = self.texts[hotwords]
        tokens = [
            Token(f" {word.text}", at / 2, at / 2 + 0.5, word.probability or 0.0)
            for at, word in enumerate(reading(text))
        ]
        return [Segment(text, tokens)], Info()


def written(
    model: TwoReadings,
    monkeypatch: pytest.MonkeyPatch,
    *,
    hasty: bool = False,
    language: str = "en",
) -> str:
    transcriber = WhisperTranscriber(Path("none"), "two readings", language=language)
    monkeypatch.setattr(transcriber, "load", lambda: model)
    sound = np.zeros(2 * SAMPLE_RATE, np.float32)
    heard = transcriber.transcribe(sound, hasty=hasty, names=["Metformin", "Omnicell"])
    return " ".join(word.text for word in heard.words)


def test_a_model_in_doubt_reads_again_and_is_told_the_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = TwoReadings({"": "we gave methfor.3", "Metformin, Omnicell": "so gave Metformin.4"})
    assert written(model, monkeypatch) == "we gave Metformin"
    assert model.told == ["", "Metformin, Omnicell"]


def test_it_reads_once_where_it_is_sure_in_haste_and_in_other_languages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert written(TwoReadings({"": "we gave it"}), monkeypatch) == "we gave it"
    doubtful = {"": "we gave methfor.3"}
    assert written(TwoReadings(doubtful), monkeypatch, hasty=True) == "we gave methfor"
    assert written(TwoReadings(doubtful), monkeypatch, language="de") == "we gave methfor"
