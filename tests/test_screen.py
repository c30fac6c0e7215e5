"""What is on the screen while somebody speaks and while a command is waited for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from rich.live import Live
from rich.text import Text

from rehearse.analysis.words.lexicon import Lexicon, builtin
from rehearse.cli import parser
from rehearse.commands.manner import Manner
from rehearse.commands.screen import Screen
from rehearse.commands.session_end import show_page
from rehearse.config import settings
from rehearse.model.take import Question, Word
from rehearse.session.analyze_take import analyze_take
from rehearse.session.phrases import Command
from rehearse.session.recording import Position
from rehearse.session.steps import (
    Asked,
    CannotHear,
    Listening,
    Listens,
    NotRecorded,
    NotUnderstood,
    Reported,
    Speaking,
    Step,
    Understood,
)
from rehearse.takes.store import TakeStore
from rehearse.views import live, step_text
from rehearse.views.console import TameConsole
from tests import sample
from tests.speech import written
from tests.takes import Told, take_of

PLAINLY = Position(12.0, -20.0, False, False)
WORDS = written("We um lost the client and um then I called").words


def progress(
    *, countdown: float | None = None, helpless: bool = False, limit: float | None = None
) -> Position:
    return Position(12.0, -20.0, False, False, countdown, helpless, limit)


def english() -> Lexicon:
    lexicon = builtin("en")
    assert lexicon is not None
    return lexicon


def shown(
    *steps: Step,
    plain: bool = True,
    captions: bool = False,
    counter: bool = False,
    lights: bool = False,
    judged: bool = True,
) -> str:
    out = StringIO()
    console = Console(file=out, width=60, force_terminal=not plain, highlight=False)
    screen = Screen(
        console,
        plain=plain,
        store=TakeStore(Path("nowhere")),
        captions=captions,
        counter=english() if counter else None,
        lights=lights,
        judged=judged,
    )
    screen.show(steps)
    return " ".join(out.getvalue().split())


@pytest.mark.parametrize(
    ("now", "says"),
    [
        (PLAINLY, ""),
        (progress(countdown=2.4), "ends in 3, speak to continue"),
        (progress(helpless=True), "take your time · Enter ends"),
        (progress(limit=45.0), "ends in 0:45, the time limit"),
        (progress(countdown=0.5, limit=45.0), "ends in 1, speak to continue"),
    ],
)
def test_the_live_line_says_what_is_about_to_happen(now: Position, says: str) -> None:
    assert live.notice(now) == says
    assert live.line(now, 60.0).plain.endswith(says)


def test_the_live_line_fits_eighty_columns() -> None:
    longest = Position(1799.0, -3.0, False, False, None, False, 59.0)
    assert len(live.line(longest, 3600.0).plain) <= 80
    assert len(live.line(progress(countdown=3.0), 120.0).plain) <= 80
    choices = ("next", "again", "replay", "tell me more", "follow up", "stop")
    assert len(live.listening(PLAINLY, choices).plain) <= 80


def at(second: float, target: float | None = 120.0) -> Listening:
    return Listening(Position(second, -20.0, False, False), target)


@pytest.mark.parametrize(
    ("second", "target", "lit"),
    [
        (59.9, 120.0, None),
        (60.0, 120.0, live.Light.GREEN),
        (89.9, 120.0, live.Light.GREEN),
        (90.0, 120.0, live.Light.AMBER),
        (120.0, 120.0, live.Light.RED),
        (300.0, 120.0, live.Light.RED),
        (15.0, 30.0, live.Light.GREEN),
        (22.5, 30.0, live.Light.AMBER),
        (50.0, None, None),
    ],
)
def test_lights_come_on_at_half_three_quarters_and_all_of_the_time(
    second: float, target: float | None, lit: live.Light | None
) -> None:
    assert live.light(second, target) is lit
    line = live.line(at(second).progress, target, lights=True)
    words = {light.value for light in live.Light} & set(line.plain.split())
    assert words == ({lit.value} if lit else set())


def test_a_light_is_a_colour_and_a_word_and_only_where_it_was_asked_for() -> None:
    lit = live.line(at(121.0).progress, 120.0, lights=True)
    assert "bold red" in {str(span.style) for span in lit.spans}
    unlit = live.line(at(30.0).progress, 120.0, lights=True)
    assert "bold green" not in {str(span.style) for span in unlit.spans}
    assert "red" not in live.line(at(121.0).progress, 120.0).plain
    assert "red" not in live.line(at(121.0).progress, 120.0, lights=True, judged=False).plain


def test_the_line_with_a_light_fits_eighty_columns() -> None:
    longest = Position(119.0, -3.0, False, False, 2.9)
    assert len(live.line(longest, 120.0, lights=True).plain) <= 80


def test_without_redrawing_each_light_is_told_when_it_comes_on() -> None:
    seconds = [59.0, 60.0, 61.0, 90.1, 91.0, 120.0, 125.0]
    screen = shown(*map(at, seconds), lights=True)
    assert screen.endswith("green, 1:00 amber, 1:30 red, 2:00")
    assert "green" not in shown(*map(at, seconds))
    assert "green" not in shown(*map(at, seconds), lights=True, judged=False)


def test_with_lights_the_time_for_an_answer_is_told_with_its_question() -> None:
    asked = Asked(Question("Who are you?", target=30.0), 1, 4)
    assert shown(asked, lights=True) == "Question 1 of 4. 0:30 for this: Who are you?"
    assert shown(asked) == "Question 1 of 4. Who are you?"


def test_by_default_neither_words_nor_counts_are_seen() -> None:
    screen = shown(Listening(PLAINLY, None, WORDS), plain=False)
    assert "client" not in screen
    assert "filler" not in screen


def test_captions_show_the_last_words_that_fit() -> None:
    assert "then I called" in shown(Listening(PLAINLY, None, WORDS), plain=False, captions=True)
    caption = live.caption(WORDS, 20).plain
    assert caption == "  um then I called"
    assert live.caption((), 20).plain.strip() == ""


def test_captions_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in live.caption((Word("\x1b[2Jum"),), 40).plain


def test_the_counter_counts_fillers_so_far() -> None:
    assert "2 fillers" in shown(Listening(PLAINLY, None, WORDS), plain=False, counter=True)
    assert live.counter(WORDS[:2], english()) == "1 filler"
    assert live.counter((), english()) == "0 fillers"


def test_without_redrawing_each_notice_is_printed_once() -> None:
    steps = [
        *[Listening(progress(countdown=left), None) for left in (2.9, 2.0, 1.0)],
        Listening(PLAINLY, None),
        Listening(progress(countdown=2.9), None),
        *[Listening(progress(limit=left), None) for left in (60.0, 59.0)],
    ]
    screen = shown(*steps)
    assert screen.count("speak to continue") == 2
    assert screen.count("the time limit") == 1


def test_what_is_said_and_heard_is_on_the_screen() -> None:
    screen = shown(
        Speaking("Two minutes."),
        Listens(PLAINLY, ("next", "stop")),
        Listens(PLAINLY, ("next", "stop")),
        NotUnderstood("the \x1bcoffee"),
        Understood(Command.NEXT),
        CannotHear("The model is gone."),
    )
    assert "“Two minutes.”" in screen
    assert screen.count("Listening: next · stop") == 1
    assert "I heard “the coffee”" in screen
    assert "Next." in screen
    assert "The model is gone. Enter continues" in screen


def test_every_command_is_confirmed() -> None:
    assert set(step_text.UNDERSTOOD) == set(Command)


@pytest.mark.parametrize(
    ("arguments", "manner"),
    [
        (["practice"], Manner()),
        (["practice", "--auto-stop"], Manner(auto_stop=5.0)),
        (["practice", "--auto-stop", "7"], Manner(auto_stop=7.0)),
        (["intro", "--hands-free"], Manner(auto_stop=5.0, hands_free=True)),
        (["intro", "--hands-free", "--auto-stop", "3"], Manner(auto_stop=3.0, hands_free=True)),
        (["practice", "--captions", "--counter"], Manner(captions=True, counter=True)),
    ],
)
def test_flags_say_how_answers_end_and_what_is_seen(arguments: list[str], manner: Manner) -> None:
    assert Manner.of(parser().parse_args(arguments)) == manner


def test_the_folder_of_a_take_stays_on_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    take = replace(sample.TAKE, id=f"{sample.TAKE.id}-twice")
    folder = Path("nowhere") / take.id
    assert "Saved in" not in shown(Reported(take, sample.ANALYSIS))
    folder.mkdir(parents=True)
    assert f"Saved in {folder}" in shown(Reported(take, sample.ANALYSIS))


def test_a_terminal_breaks_long_lines_between_words_and_leaves_paths_whole() -> None:
    wide = Text(
        "The words of it come later. They are in /a/folder/that/is/longer/than/a/line", "dim"
    )
    for terminal, lines in (
        (True, ["The words of it come", f"later. They are in {wide.plain.split()[-1]}"]),
        (False, [wide.plain]),
    ):
        out = StringIO()
        console = TameConsole(file=out, width=20, force_terminal=terminal, color_system=None)
        console.print(wide, soft_wrap=True)
        console.print("as it is", soft_wrap=True)
        assert out.getvalue().splitlines() == [*lines, "as it is"]


def test_a_session_of_which_the_disk_took_nothing_has_no_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = settings(parser().parse_args(["practice", "--home", str(tmp_path)]))
    store = TakeStore(chosen.recordings)
    screen = Screen(Console(file=StringIO()), plain=True, store=store)
    take = take_of(Told())
    screen.told.append(Reported(take, analyze_take(take, chosen.coaching)))
    show_page(screen, "2026-05-04T10:30:00+02:00", chosen)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(("others", "shown"), [("Dana Reyes", False), ("Kim Lee", True)])
def test_interviewers_are_told_apart_where_there_were_several(
    others: str, shown: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = settings(parser().parse_args(["practice", "--home", str(tmp_path)]))
    store = TakeStore(chosen.recordings)
    screen = Screen(Console(file=StringIO()), plain=True, store=store)
    began = "2026-05-04T10:30:00+02:00"
    for minutes, name in enumerate(("Dana Reyes", others)):
        labels = (("session", began), ("interviewer", name))
        take = take_of(Told(after=timedelta(minutes=minutes), labels=labels))
        (store.folder / take.id).mkdir(parents=True)
        store.save(take)
        screen.told.append(Reported(take, analyze_take(take, chosen.coaching)))
    show_page(screen, began, chosen)
    page = capsys.readouterr().out
    assert ("With each interviewer" in page) is shown
    assert "With Dana Reyes" in page
    assert ("With Kim Lee" in page) is shown
    assert page.endswith("To see its page: rehearse report --open\n")


def test_a_line_whose_stop_was_interrupted_is_not_stopped_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stops = []

    def interrupted(line: Live) -> None:
        stops.append(line)
        raise KeyboardInterrupt

    monkeypatch.setattr(Live, "stop", interrupted)
    with pytest.raises(KeyboardInterrupt):
        shown(Listening(PLAINLY, None), Asked(Question("Why?"), 1, 1), plain=False)
    assert len(stops) == 1


def test_a_line_whose_start_was_interrupted_is_not_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupted(console: Console, hook: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Console, "push_render_hook", interrupted)
    with pytest.raises(KeyboardInterrupt):
        shown(Listening(PLAINLY, None), plain=False)


def test_a_question_that_is_asked_again_says_again_when_to_speak() -> None:
    """The microphone may be lost when a moment of it was shown already, or before."""
    asked = Asked(Question("Why?"), 1, 1)
    heard = Listening(PLAINLY, None)
    lost = NotRecorded("I found no microphone.")
    assert shown(asked, heard, lost, asked, heard).count("Speak when you are ready.") == 2
    assert shown(asked, lost, asked, heard).count("Speak when you are ready.") == 1
