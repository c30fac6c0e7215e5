"""Voice activity as strings: a character is a frame of 32 ms, # speech, . silence, + in between."""

from __future__ import annotations

from itertools import pairwise

import pytest

from rehearse.model.take import Span
from rehearse.speech.loudness import FRAME
from rehearse.speech.segmenter import LONGEST_SEGMENT, TAIL_SILENCE, Segmenter

PROBABILITY = {"#": 0.9, "+": 0.4, ".": 0.05}


def frames(text: str) -> list[float]:
    return [PROBABILITY[character] for character in text]


def seconds(length: float) -> str:
    return "#" * round(length / FRAME)


def quiet(silence: float) -> str:
    return "." * round(silence / FRAME)


def cut(text: str, *, block: int = 10**6) -> list[Span]:
    heard = Segmenter()
    blocks = [frames(text[at : at + block]) for at in range(0, len(text), block)]
    closed = [segment for each in blocks for segment in heard.feed(each)]
    return closed + heard.finish(len(text) * FRAME)


def speech(text: str) -> list[Span]:
    heard = Segmenter()
    heard.feed(frames(text))
    heard.finish(len(text) * FRAME)
    return heard.speech


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
    found = [(round(s.start / FRAME), round(s.end / FRAME)) for s in speech(heard)]
    assert found == spans


def test_silence_has_no_segments() -> None:
    assert cut(quiet(20)) == []


def test_too_little_speech_is_not_given_to_the_transcriber() -> None:
    assert cut(quiet(2) + seconds(0.16) + quiet(2)) == []


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
    for span in speech(text):
        inside = sum(max(0.0, min(p.end, span.end) - max(p.start, span.start)) for p in pieces)
        assert inside == pytest.approx(span.duration, abs=FRAME)
    assert all(piece.duration <= LONGEST_SEGMENT + 0.4 for piece in pieces)


ANSWER = "".join(
    seconds(length) + quiet(pause)
    for length, pause in [(3, 0.3), (7, 0.8), (0.1, 0.5), (21, 0.3), (33, 0.4), (2, 7), (1, 2)]
)


@pytest.mark.parametrize("block", [1, 3, 7, 100])
def test_frames_may_come_in_blocks_of_any_size(block: int) -> None:
    assert cut(ANSWER, block=block) == cut(ANSWER)


def test_a_segment_is_given_as_soon_as_its_pause_is_long_enough() -> None:
    heard = Segmenter()
    assert heard.feed(frames(seconds(9) + quiet(0.5))) == []
    (first,) = heard.feed(frames(quiet(0.2)))
    assert first.end == pytest.approx(9.2, abs=0.05)


def test_the_tail_is_what_the_end_would_give_if_nobody_spoke_again() -> None:
    heard = Segmenter()
    heard.feed(frames(seconds(3)))
    assert heard.tail() is None, "somebody speaks"
    heard.feed(frames(quiet(TAIL_SILENCE - 0.1)))
    assert heard.tail() is None, "it may be a breath"
    heard.feed(frames(quiet(0.2)))
    tail = heard.tail()
    assert tail is not None
    heard.feed(frames(quiet(2)))
    assert heard.tail() == tail
    assert heard.finish(6.0) == [tail]


def test_speech_that_goes_on_changes_the_tail() -> None:
    heard = Segmenter()
    heard.feed(frames(seconds(3) + quiet(1)))
    before = heard.tail()
    heard.feed(frames(seconds(1)))
    assert heard.tail() is None
    heard.feed(frames(quiet(1)))
    after = heard.tail()
    assert before and after and after.start == before.start and after.end > before.end


def test_a_long_silence_lies_in_no_segment() -> None:
    first, second = cut(seconds(2) + quiet(10) + seconds(2))
    assert first.duration < 3 and second.duration < 3


def test_it_tells_whether_somebody_speaks_and_how_long_nobody_has() -> None:
    heard = Segmenter()
    assert (heard.speaks, heard.silence) == (False, 0.0)
    heard.feed(frames(quiet(1)))
    assert heard.silence == pytest.approx(1, abs=FRAME)
    heard.feed(frames(seconds(1)))
    assert (heard.speaks, heard.silence) == (True, 0.0)
    heard.feed(frames(quiet(1)))
    assert not heard.speaks
    assert heard.silence == pytest.approx(1, abs=FRAME)


LOUD, SOFT = -25.0, -60.0


def levels(text: str) -> list[float]:
    """Of "=", which is no speech to the detector and as loud as one, and of "." """
    return [SOFT if character == "." else LOUD for character in text]


def cut_by_level(text: str) -> list[Span]:
    heard = Segmenter()
    plain = text.replace("=", ".")
    closed = heard.feed(frames(plain), levels(text))
    return closed + heard.finish(len(text) * FRAME)


def loud(length: float) -> str:
    return "=" * round(length / FRAME)


def test_loud_sound_beside_speech_is_written_down_with_it() -> None:
    """The detector loses words in an echoing room; a recogniser may still know them."""
    known = seconds(2) + quiet(1)
    (first, second) = cut_by_level(known + quiet(7) + loud(3) + seconds(2) + loud(2) + quiet(9))
    assert first.end == pytest.approx(2.2, abs=0.05)
    assert second.start == pytest.approx(10, abs=0.1)
    assert second.end == pytest.approx(17, abs=0.1)


def test_an_answer_is_not_cut_where_the_sound_goes_on() -> None:
    (only,) = cut_by_level(seconds(9) + loud(1) + seconds(3) + quiet(1))
    assert only.duration == pytest.approx(13.2, abs=0.1)


def test_noise_without_a_voice_is_left_alone() -> None:
    assert cut_by_level(loud(20)) == []
    first, second = cut_by_level(seconds(2) + quiet(1) + loud(40) + seconds(2) + quiet(1))
    assert first.duration < 3 and second.duration < 13


def test_loud_sound_makes_no_segment_too_long_for_whisper() -> None:
    known = seconds(2) + quiet(7)
    for length in (15, 25, 27.5, 40):
        pieces = cut_by_level(known + loud(9) + seconds(length) + loud(9) + quiet(1))
        assert all(piece.duration <= 30 for piece in pieces)
        assert pieces[-1].end == pytest.approx(18 + length, abs=10)


@pytest.mark.parametrize("block", [1, 7, 100])
def test_levels_may_come_in_blocks_of_any_size(block: int) -> None:
    text = seconds(9) + loud(1) + seconds(23) + loud(0.5) + quiet(3) + loud(2) + seconds(4)
    heard = Segmenter()
    closed = []
    for at in range(0, len(text), block):
        part = text[at : at + block]
        closed += heard.feed(frames(part.replace("=", ".")), levels(part))
    assert closed + heard.finish(len(text) * FRAME) == cut_by_level(text)
