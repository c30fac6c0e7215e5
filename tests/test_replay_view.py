from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from rehearse.analysis.analyze import analyze
from rehearse.model.take import Question, Span
from rehearse.replay.playhead import Playhead
from rehearse.replay.track import MarkKind, Track, track_of
from rehearse.takes.remarks import Remark
from rehearse.text import printable
from rehearse.views import replay as view
from tests import sample
from tests.speech import spoken

TRACK = track_of(
    sample.ANALYSIS,
    title="Tell me about a time you failed.",
    duration=36.0,
    remarks=(Remark(16.0, 18.0, "Say how long it took."),),
)


def drawn(
    position: float,
    *,
    on: Track = TRACK,
    width: int = 80,
    height: int = 30,
    colour: bool = True,
    **more: object,
) -> Text:
    look = view.Look(width, height, colour=colour)
    head = replace(Playhead(position, marks=MarkKind.FILLER), **more)  # type: ignore[arg-type]
    return view.screen(on, head, look, view.rows(on, look))


def styled(text: Text, style: str) -> list[str]:
    return [text.plain[span.start : span.end] for span in text.spans if style in str(span.style)]


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("height", [8, 12, 24, 50])
@pytest.mark.parametrize("position", [0.0, 17.0, 36.0])
def test_it_fits_the_terminal_and_shows_the_word_that_is_heard(
    width: int, height: int, position: float
) -> None:
    text = drawn(position, width=width, height=height)
    lines = text.plain.split("\n")
    assert len(lines) <= height
    assert max(cell_len(line) for line in lines) <= width
    current = TRACK.current(position)
    assert current is not None
    assert TRACK.tokens[current].text in styled(text, view.CURRENT)
    assert "of 0:36" in text.plain


def test_sections_fillers_and_time_have_their_colours() -> None:
    text = drawn(12.0)
    assert {"um", "you", "know,", "(uh)"} <= set(styled(text, "yellow"))
    assert {"Situation", "Task", "Action", "Result"} <= {
        word.strip() for word in styled(text, "reverse")
    }
    assert "playing 0:12 of 0:36" in text.plain
    assert [line.count("●") for line in text.plain.split("\n") if "●" in line] == [1]


def test_without_colour_fillers_and_the_word_that_is_heard_are_marked_all_the_same() -> None:
    plain = drawn(0.1, colour=False).plain
    assert ">Last< year" in plain
    assert "[um]" in plain
    assert "(uh)" in plain
    assert "Situation" in plain


def test_the_mark_of_the_time_moves_with_the_sound() -> None:
    def column(position: float) -> int:
        line = next(line for line in drawn(position).plain.split("\n") if "●" in line)
        return line.index("●")

    columns = [column(position) for position in (0.0, 9.0, 18.0, 27.0, 36.0)]
    assert columns == [2, 21, 40, 59, 77]


def test_a_long_answer_scrolls_so_that_the_word_stays_in_view() -> None:
    said = spoken(" ".join(f"word{n} and so on." for n in range(1000)))
    analysis = analyze(said.transcript, sound=said.sound, question=None, target=None)
    long = track_of(analysis, title="Long", duration=said.sound.duration)
    for number in (0, 1, 500, 998, 999):
        start = said.words[4 * number].start
        assert start is not None
        text = drawn(start, on=long, height=20)
        assert f"word{number}" in styled(text, view.CURRENT)
        assert len(text.plain.split("\n")) <= 20


def test_a_loop_a_pause_and_the_end_are_told_with_what_their_keys_do() -> None:
    assert "speed 1.5" in drawn(1.0, speed=1.5).plain
    assert "space continues" in drawn(1.0, paused=True).plain
    looped = drawn(5.0, loop=Span(4.0, 6.0)).plain
    assert "repeating this sentence" in looped
    assert "l stops repeating" in looped
    assert "the end" in drawn(36.0).plain
    assert "space plays it again" in drawn(36.0).plain


def test_a_pause_tells_its_length_while_it_lasts() -> None:
    assert "a pause of 1.5 s" in drawn(18.4).plain
    assert "a pause" not in drawn(17.0).plain.partition("n p")[0]


def test_the_keys_say_what_n_and_p_go_to() -> None:
    assert "n p next, previous filler" in drawn(0.0).plain
    assert "m pauses instead" in drawn(0.0).plain
    assert "n p next, previous section" in drawn(0.0, marks=MarkKind.SECTION).plain
    bare = Track("Bare", 10.0, note="No words.")
    nothing = drawn(0.0, on=bare, marks=None).plain
    assert "n p" not in nothing
    assert "No words." in nothing


def test_a_remark_is_shown_while_its_time_plays() -> None:
    assert "Say how long it took." not in drawn(15.0).plain
    assert "0:16-0:18  Say how long it took." in drawn(17.0).plain


def test_text_that_would_steer_the_terminal_does_not() -> None:
    evil = "\x1b[2Jgone\x07\x9b31m"
    said = spoken("Fine. evil here.")
    words = (said.words[0], replace(said.words[1], text=evil), said.words[2])
    analysis = analyze(
        replace(said.transcript, words=words),
        sound=said.sound,
        question=Question(evil),
        target=None,
    )
    made = track_of(
        analysis, title=evil, duration=said.sound.duration, remarks=(Remark(0.0, None, evil),)
    )
    plain = drawn(0.5, on=made).plain
    assert plain.count("gone") == 3
    assert printable(plain.replace("\n", "")) == plain.replace("\n", "")


def test_wide_letters_are_counted_as_wide() -> None:
    said = spoken(" ".join(["面接練習"] * 60))
    analysis = analyze(said.transcript, sound=said.sound, question=None, target=None)
    made = track_of(analysis, title="面接" * 60, duration=said.sound.duration)
    assert max(cell_len(line) for line in drawn(3.0, on=made, width=61).plain.split("\n")) <= 61


def test_what_is_longer_than_a_line_is_cut_and_breaks_none() -> None:
    said = spoken(f"So {'x' * 200} it was.")
    analysis = analyze(said.transcript, sound=said.sound, question=None, target=None)
    long = track_of(analysis, title="y" * 200, duration=said.sound.duration)
    text = drawn(0.5, on=long, width=40, speed=1.25, loop=Span(0.0, 1.2))
    console = Console(width=40, file=StringIO())
    lines = console.render_lines(text, pad=False)
    assert len(lines) == len(text.plain.split("\n"))
    assert all(sum(part.cell_length for part in line) <= 40 for line in lines)
