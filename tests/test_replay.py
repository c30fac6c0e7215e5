from __future__ import annotations

from dataclasses import replace

import pytest

from rehearse.analysis.analyze import analyze
from rehearse.model.take import Span
from rehearse.replay.playhead import Playhead, Press, ended, pressed
from rehearse.replay.track import TAIL, MarkKind, Track, track_of
from rehearse.takes.remarks import Remark
from tests import sample
from tests.speech import Spoken, spoken

SAID = spoken("I _1_ um led the team. We um shipped it. _2_ It went well.", word=0.5)
"""Sentences at 0, 3.5 and 7.5, fillers at 1.5 and 4, nine seconds in all."""


def track(said: Spoken = SAID, **more: object) -> Track:
    analysis = analyze(said.transcript, sound=said.sound, question=None, target=None)
    made = track_of(analysis, title="?", duration=said.sound.duration)
    return replace(made, **more)  # type: ignore[arg-type]


def typed(keys: str, head: Playhead | None = None, on: Track | None = None) -> Playhead:
    """Keys in a small notation: `<` and `>` are the arrows, a blank is a blank."""
    names = {
        " ": Press.PAUSE, "<": Press.BACK, ">": Press.ON, "n": Press.NEXT, "p": Press.PREVIOUS,
        "m": Press.OTHER_MARKS, "[": Press.SLOWER, "]": Press.FASTER, "l": Press.LOOP,
    }  # fmt: skip
    head = head or Playhead(marks=MarkKind.FILLER)
    for key in keys:
        head = pressed(head, names[key], on or track())
    return head


def at(position: float) -> Playhead:
    return Playhead(position, marks=MarkKind.FILLER)


@pytest.mark.parametrize(
    ("seconds", "word"),
    [
        (0.0, "I"),
        (1.4, "I"),
        (1.5, "um"),
        (1.99, "um"),
        (2.0, "led"),
        (7.4, "it."),
        (99.0, "well."),
    ],
)
def test_the_current_word_is_the_one_begun_last(seconds: float, word: str) -> None:
    playing = track()
    current = playing.current(seconds)
    assert current is not None
    assert playing.tokens[current].text == word


def test_before_the_first_word_there_is_none_and_the_next_is_waited_for() -> None:
    late = track(spoken("_1_ So it began."))
    assert late.current(0.4) is None
    assert late.until_next(0.4) == pytest.approx(0.6)
    assert late.until_next(99.0) is None


def test_arrows_move_five_seconds_within_the_sound() -> None:
    assert typed(">", at(1.0)).position == 6.0
    assert typed("<", at(1.0)).position == 0.0
    assert typed(">>>>", at(1.0)).position == SAID.sound.duration


def test_next_and_previous_go_from_filler_to_filler_with_a_lead() -> None:
    assert [typed(keys).position for keys in ("n", "nn", "nnn")] == [1.0, 3.5, 3.5]
    assert typed("p", at(7.0)).position == 3.5
    assert typed("pp", at(7.0)).position == 1.0
    assert typed("p", at(4.3)).position == 1.0, "a mark just heard is passed over"
    assert typed("p", at(0.5)).position == 0.5


def test_m_changes_what_is_jumped_to_among_what_there_is() -> None:
    both = replace(track(), remarks=(Remark(3.0, None, "Slower."),))
    kinds = [typed("m" * presses, on=both).marks for presses in range(4)]
    assert kinds == [MarkKind.FILLER, MarkKind.PAUSE, MarkKind.REMARK, MarkKind.FILLER]
    assert typed("mmn", on=both).position == 2.5


def test_speed_goes_in_steps_and_stays_within_bounds() -> None:
    assert typed("]").speed == 1.25
    assert typed("]]]]]]").speed == 2.0
    assert typed("[[[").speed == 0.75
    assert typed("][").speed == 1.0


def test_l_loops_the_sentence_that_is_heard_and_lets_go() -> None:
    looped = typed("l", at(5.0))
    assert looped.loop == Span(3.5, 5.5 + TAIL)
    assert looped.position == 5.0
    assert typed("ll", at(5.0)).loop is None
    assert typed("l>", at(5.0)).loop is None, "a jump leaves the loop"


def test_in_a_pause_the_sentence_before_is_looped_from_its_start() -> None:
    looped = typed("l", at(7.0))
    assert (looped.position, looped.loop) == (3.5, Span(3.5, 5.5 + TAIL))


def test_without_words_a_stretch_between_pauses_is_looped() -> None:
    bare = Track("?", 10.0, pauses=(Span(3.0, 4.0),))
    assert typed("l", at(5.0), bare).loop == Span(4.0, 10.0)
    assert typed("nmp]", at(5.0), Track("?", 10.0)).position == 5.0


def test_space_pauses_goes_on_and_plays_the_whole_again_at_its_end() -> None:
    assert typed(" ").paused
    assert not typed("  ").paused
    finished = at(SAID.sound.duration)
    assert ended(finished, track())
    assert (typed(" ", finished).position, typed(" ", finished).paused) == (0.0, False)
    assert not ended(replace(finished, loop=Span(0, 99)), track()), "a loop has no end"


def test_a_filler_that_was_heard_and_not_written_stands_among_the_words() -> None:
    made = track_of(sample.ANALYSIS, title="?", duration=36.0)
    number = next(n for n, token in enumerate(made.tokens) if not token.written)
    assert made.tokens[number].text == "uh"
    assert [made.tokens[number + step].text for step in (-1, 1)] == ["log,", "and"]
    assert [token.text for token in made.tokens if token.filler] == ["um", "uh", "you", "know,"]
    assert len(made.marks[MarkKind.FILLER]) == 3, "a filler of two words is one"


def test_parts_cover_every_token_once() -> None:
    made = track_of(sample.ANALYSIS, title="?", duration=36.0)
    covered = [n for part in made.parts for n in range(part.first, part.last + 1)]
    assert covered == list(range(len(made.tokens)))
    assert [part.name for part in made.parts] == ["Situation", "Task", "Action", "Result", ""]
    action = made.parts[2]
    assert [made.tokens[n].text for n in (action.first, action.last)] == ["I", "queue."]
    assert made.marks[MarkKind.SECTION] == tuple(part.start for part in made.parts[:4])


def test_a_remark_is_shown_from_its_time_on_for_as_long_as_it_takes_to_read() -> None:
    first, second = Remark(2.0, None, "Short."), Remark(4.0, None, "word " * 40)
    made = replace(track(), remarks=(first, second))
    assert [made.remark(at) for at in (1.9, 2.0, 4.5, 17.0, 19.0)] == [
        None, first, second, second, None,
    ]  # fmt: skip


def test_a_remark_on_a_stretch_is_shown_until_the_stretch_ends() -> None:
    long, brief = Remark(1.0, 17.0, "We, we, we."), Remark(30.0, 31.0, "Calm.")
    made = replace(track(), remarks=(long, brief))
    assert [made.remark(at) for at in (0.9, 16.9, 17.0)] == [None, long, None]
    assert made.remark(34.9) == brief, "as long as a short one, so that it can be read"
    assert made.marks[MarkKind.REMARK] == (1.0, 30.0)


def test_words_without_times_play_without_a_mark() -> None:
    timeless = replace(SAID, transcript=replace(SAID.transcript, words=tuple(
        replace(word, start=None, end=None) for word in SAID.words
    )))  # fmt: skip
    made = track(timeless)
    assert (made.current(3.0), made.until_next(0.0)) == (None, None)
    assert len(made.tokens) == len(SAID.words)
    assert typed("l", at(5.0), made).loop is not None
