"""What every Transcriber promises, whoever writes the words down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from rehearse.errors import ModelMissing, TranscriptionFailed
from rehearse.model.take import Word
from rehearse.ports import Transcriber
from rehearse.speech import models
from rehearse.speech.whisper import WhisperTranscriber
from tests.fakes import FakeTranscriber
from tests.spoken import Spoken, needs_miniature


def real() -> Transcriber:
    found = models.miniature()
    return WhisperTranscriber(found.path, found.name)


def fake() -> Transcriber:
    return FakeTranscriber([(Word("I", 0.0, 0.4, 0.9), Word("did.", 0.4, 1.1, 0.8)), ()])


BOTH = pytest.mark.parametrize("make", [fake, pytest.param(real, marks=needs_miniature)])


@BOTH
def test_words_have_text_and_rising_times_within_the_sound(
    make: Callable[[], Transcriber], spoken: Spoken
) -> None:
    samples = spoken.speech.sound[: 16_000 * 5]
    words = make().transcribe(samples).words
    assert words
    edges = [edge for word in words for edge in (word.start, word.end)]
    times = [edge for edge in edges if edge is not None]
    assert len(times) == len(edges)
    assert times == sorted(times)
    assert 0 <= times[0] <= times[-1] <= 5
    assert all(word.text == word.text.strip() != "" for word in words)
    assert all(word.probability is not None and 0 <= word.probability <= 1 for word in words)
    assert all(type(time) is float for time in times)


@BOTH
def test_it_may_be_told_to_prepare_and_more_than_once(
    make: Callable[[], Transcriber], spoken: Spoken
) -> None:
    transcriber = make()
    transcriber.prepare()
    transcriber.prepare()
    assert transcriber.transcribe(spoken.speech.sound[:16_000]).words


@BOTH
def test_the_sound_is_left_as_it_was(make: Callable[[], Transcriber], spoken: Spoken) -> None:
    samples = spoken.speech.sound[:16_000].copy()
    before = samples.copy()
    make().transcribe(samples)
    assert np.array_equal(samples, before)


@BOTH
def test_it_has_a_name_and_a_language(make: Callable[[], Transcriber]) -> None:
    transcriber = make()
    assert transcriber.name
    assert len(transcriber.language) == 2


@pytest.mark.parametrize(
    "make",
    [
        lambda: FakeTranscriber([ModelMissing("None."), ModelMissing("None.")]),
        lambda: WhisperTranscriber(Path("nowhere"), "nowhere"),
    ],
)
def test_a_missing_model_is_told_when_it_is_needed_and_each_time(
    make: Callable[[], Transcriber],
) -> None:
    transcriber = make()
    transcriber.prepare()
    for _ in range(2):
        with pytest.raises((ModelMissing, TranscriptionFailed)):
            transcriber.transcribe(np.zeros(16_000, np.float32))
