"""Voice activity as strings: a character is a frame of 32 ms, # speech, . silence, + in between."""

from __future__ import annotations

from itertools import pairwise

import pytest

from rehearse.listening.segmenter import FRAME, LONGEST_SEGMENT, segments, speech_spans
from rehearse.model import Span

PROBABILITY = {"#": 0.9, "+": 0.4, ".": 0.05}


def frames(text: str) -> list[float]:
    return [PROBABILITY[character] for character in text]


def seconds(speech: float) -> str:
    return "#" * round(speech / FRAME)


def quiet(silence: float) -> str:
    return "." * round(silence / FRAME)


def cut(text: str) -> tuple[Span, ...]:
    return segments(frames(text), duration=len(text) * FRAME)


@pytest.mark.parametrize(
    ("heard", "spans"),
    [
        ("", []),
        ("........", []),
        ("#####", [(0, 5)]),
        ("..#####..", [(2, 7)]),
        ("..##+++##.......", [(2, 9)]),  # doubtful frames within speech belong to it
        ("++++++++", []),  # and begin none
        ("##...##" + "." * 8, [(0, 7)]),  # a stop consonant is no pause
        ("####" + "." * 8 + "####", [(0, 4), (12, 16)]),
        ("." * 8 + "##" + "." * 8, []),  # a click
    ],
)
def test_speech_is_found_frame_by_frame(heard: str, spans: list[tuple[int, int]]) -> None:
    found = [(round(s.start / FRAME), round(s.end / FRAME)) for s in speech_spans(frames(heard))]
    assert found == spans


def test_silence_has_no_segments() -> None:
    assert cut(quiet(20)) == ()


def test_too_little_speech_is_not_given_to_the_transcriber() -> None:
    assert cut(quiet(2) + seconds(0.16) + quiet(2)) == ()


def test_a_short_answer_is_one_segment_with_a_breath_around_it() -> None:
    (only,) = cut(quiet(1) + seconds(3) + quiet(1) + seconds(2) + quiet(1))
    assert only.start == pytest.approx(0.8, abs=0.05)
    assert only.end == pytest.approx(7.2, abs=0.05)


def test_an_answer_is_cut_at_a_calm_pause_after_eight_seconds() -> None:
    first, second = cut(seconds(9) + quiet(0.8) + seconds(3))
    assert first.end == pytest.approx(9.2, abs=0.05)
    assert second.start == pytest.approx(9.6, abs=0.05)


def test_a_short_pause_does_not_cut_before_twenty_seconds() -> None:
    assert len(cut(seconds(9) + quiet(0.4) + seconds(3))) == 1
    assert len(cut(seconds(21) + quiet(0.4) + seconds(3))) == 2


def test_no_segment_is_too_long_for_whisper() -> None:
    pieces = cut(seconds(100))
    assert all(piece.duration <= 30 for piece in pieces)
    assert sum(piece.duration for piece in pieces) == pytest.approx(100, abs=1)


def test_speech_without_a_pause_is_cut_where_it_is_least_like_speech() -> None:
    first, _ = cut(seconds(24) + "+" + seconds(24))
    assert first.end == pytest.approx(24, abs=2 * FRAME)


def test_segments_cover_all_speech_and_do_not_overlap() -> None:
    text = "".join(
        seconds(length) + quiet(0.25 + length / 40) for length in (3, 7, 15, 30, 2, 9, 61)
    )
    pieces = cut(text)
    for before, after in pairwise(pieces):
        assert before.end <= after.start
    for span in speech_spans(frames(text)):
        inside = sum(max(0.0, min(p.end, span.end) - max(p.start, span.start)) for p in pieces)
        assert inside == pytest.approx(span.duration, abs=FRAME)
    assert all(piece.duration <= LONGEST_SEGMENT + 0.4 for piece in pieces)
