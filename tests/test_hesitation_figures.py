"""How well hesitations are heard is counted right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from rehearse.analysis.sound.ear_training import Mark
from rehearse.model.take import SAMPLE_RATE, Hesitation, Span
from tests.fakes import FakeTranscriber
from tools.hesitations import sameness
from tools.hesitations.corpus import Recording
from tools.hesitations.not_ums import taken
from tools.hesitations.other_sounds import Kind
from tools.hesitations.sameness import Same

if TYPE_CHECKING:
    from rehearse.model.take import Samples

NOBODY = FakeTranscriber([])


def quiet(seconds: float) -> Samples:
    return np.zeros(round(seconds * SAMPLE_RATE), np.float32)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> dict[int, list[Span]]:
    """What is found in a sound of so many samples."""
    known: dict[int, list[Span]] = {}
    monkeypatch.setattr(sameness, "found", lambda sound, transcriber: known[len(sound)])
    return known


def test_a_passage_is_compared_with_the_same_place_of_the_whole(
    heard: dict[int, list[Span]],
) -> None:
    whole, passage, rest = quiet(30), quiet(20), quiet(10)
    heard[len(whole)] = [Span(3.0, 3.4), Span(19.8, 20.2), Span(25.0, 25.4), Span(28.0, 28.3)]
    heard[len(passage)] = [Span(3.0, 3.55), Span(19.8, 20.0)]
    heard[len(rest)] = [Span(5.0, 5.4)]
    assert sameness.alone(whole, NOBODY) == Same(both=2, either=3, edges=3)


def test_what_is_heard_later_is_the_same(heard: dict[int, list[Span]]) -> None:
    sound = quiet(10)
    heard[len(sound)] = [Span(3.0, 3.4)]
    behind = Span(3.0 + sameness.LATER, 3.4 + sameness.LATER)
    heard[len(sound) + round(sameness.LATER * SAMPLE_RATE)] = [behind, Span(9.0, 9.4)]
    assert sameness.later(sound, NOBODY) == Same(both=1, either=2, edges=2)


def test_what_is_heard_in_one_recording_of_all_is_the_same(heard: dict[int, list[Span]]) -> None:
    first, second = quiet(10), quiet(5)
    heard[len(first)] = [Span(3.0, 3.4)]
    heard[len(second)] = [Span(1.0, 1.4)]
    heard[len(first) + len(second)] = [Span(11.0, 11.4)]
    assert sameness.joined([first, second], NOBODY) == Same(both=1, either=2, edges=2)


def test_what_is_taken_for_a_hesitation_counts_by_its_kind() -> None:
    others = (
        (Kind.LAUGH, Span(1.0, 1.5)),
        (Kind.LAUGH, Span(4.0, 4.5)),
        (Kind.BREATH, Span(8.05, 8.4)),
    )
    marks = (Mark(Span(7.5, 8.0), nasal=True),)
    recording = Recording("one", quiet(10), marks, others=others)
    found = [Hesitation(1.2, 1.4, 0.9), Hesitation(7.6, 8.3, 0.9)]
    assert taken([recording], lambda one: found) == {Kind.LAUGH: (1, 2), Kind.BREATH: (0, 1)}
