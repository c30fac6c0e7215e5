"""The report on a screen: what is shown, and that it fits."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console, Group, RenderableType

from rehearse.analysis.analyze import analyze
from rehearse.analysis.coaching import Coaching
from rehearse.model.structure import Analysis, Section
from rehearse.model.take import Kind, Question, Sound, Span, Transcript
from rehearse.progress.compare import compare
from rehearse.session.recording import Position
from rehearse.session.steps import Between, Earlier, Reported
from rehearse.views import live, step_text, terminal
from tests import sample
from tests.speech import spoken, written

QUESTION = Question("Tell me about a time you failed.", Kind.BEHAVIOURAL, target=60.0)
STORY = (
    "Last year our site was _0.5_ um failing every night. My task was to find the cause. "
    "I decided to read every log, _1.5_ and so I built a queue. "
    "As a result sales went up by 20 percent."
)


def analysis(text: str = STORY, question: Question | None = QUESTION) -> Analysis:
    said = spoken(text)
    return analyze(
        said.transcript, sound=said.sound, question=question, target=60.0 if question else None
    )


def shown(renderable: RenderableType, *, width: int = 80, colour: bool = False) -> str:
    console = Console(
        file=StringIO(),
        width=width,
        force_terminal=colour,
        color_system="truecolor" if colour else None,
        highlight=False,
    )
    console.print(renderable)
    file = console.file
    assert isinstance(file, StringIO)
    return file.getvalue()


def report(value: Analysis, *, width: int = 80) -> str:
    return " ".join(shown(terminal.report(value, plain=True), width=width).split())


def test_one_answer_is_told_in_seconds() -> None:
    text = report(analysis())
    assert "Tell me about a time you failed." in text
    assert "of 1:00, shorter than planned" in text
    assert "words a minute" in text
    assert "um 1 0:0" in text
    assert "Situation" in text
    assert "[um]" in text
    assert "the longest 1.5 s at" in text


def test_a_missing_section_is_named() -> None:
    text = report(analysis(STORY.partition("As a result")[0]))
    assert "Result missing" in text


def test_the_nearest_sentence_to_a_thin_section_is_asked_about() -> None:
    told = analysis()
    assert told.star
    doubted = replace(told, star=replace(told.star, thin=(Section.TASK,)))
    assert 'Task "My task was to find the cause." Was this your task?' in report(doubted)
    assert "Was this" not in report(replace(told, star=replace(told.star, thin=())))


def test_an_unusual_order_is_pointed_out() -> None:
    first = "In the end sales went up by 20 percent. "
    text = report(analysis(first + STORY.partition("As a result")[0]))
    assert "Your order: result, situation, task, action." in text
    assert "Your order" not in report(analysis())


def unjudged(text: str) -> Analysis:
    said = spoken(text)
    return analyze(
        said.transcript,
        sound=said.sound,
        question=QUESTION,
        target=60.0,
        notes="- The price of the boat",
        coaching=Coaching(advice=False),
    )


def test_without_judgement_there_are_figures_but_no_verdicts() -> None:
    value = unjudged(STORY.partition("As a result")[0])
    text = report(value)
    assert value.timing.verdict is None
    assert "of 1:00" in text and "um 1 0:0" in text
    assert not any(words in text for words in ("planned", "on target", "thin", "aim", "Next time"))


def test_without_judgement_nothing_is_yellow() -> None:
    yellow = "\x1b[33m", "\x1b[1;33m"
    judged = replace(unjudged(STORY.partition("As a result")[0]), judged=True)
    for value, warns in ((judged, True), (replace(judged, judged=False), False)):
        screen = shown(terminal.report(value, plain=False), colour=True)
        assert any(code in screen for code in yellow) == warns


def test_softeners_and_repeats_are_told_only_where_there_are_any() -> None:
    text = report(analysis("Maybe we we left, I think. I was go- I was gone, maybe."))
    assert "Softeners 3: maybe 2, I think 1" in text
    assert "Said twice 1, restarted 1" in text
    both = report(analysis("Maybe it was kind of late, maybe kind of, um, dark."))
    assert "Softeners 4: kind of 2, maybe 2" in both
    assert "all 1" in both and "hesitations 1" in both and "filler words 0" in both
    quiet = report(analysis("We left."))
    assert "Softeners" not in quiet and "Said twice" not in quiet


def test_the_line_of_time_shows_every_section_once_from_start_to_end() -> None:
    lines = shown(terminal.report(analysis(), plain=False)).splitlines()
    (line,) = [line for line in lines if line.split()[:1] == ["S"]]
    assert line.split() == ["S", "T", "A", "R"]
    assert len(line.rstrip()) <= 60


def test_each_section_is_quoted_and_so_are_both_ends() -> None:
    text = report(analysis(STORY + " I learned to look earlier. So, yeah."))
    assert 'Task "My task was to find the cause."' in text
    assert "Begins with the situation" in text
    assert 'Ends trails off: "So, yeah."' in text
    assert 'Learned "I learned to look earlier."' in text
    assert 'Evidence "up by", "20 percent"' in text or 'Evidence "20 percent"' in text


def test_a_sentence_that_is_not_quoted_yet_is_quoted_at_the_end() -> None:
    text = report(analysis(STORY + " They were happy."))
    assert 'Ends on the result: "They were happy."' in text


def test_a_share_stands_beside_its_aim() -> None:
    assert "aim 60%" in report(analysis())


def test_a_reply_is_shown_with_the_story_that_it_completes() -> None:
    reply = replace(analysis("They signed in March."), together=analysis().star)
    assert "Both together: Situation" in report(reply)


def test_what_is_no_story_has_no_sections() -> None:
    question = replace(QUESTION, kind=Kind.INTRODUCTION)
    text = report(analysis("I am Sam and I work as a nurse in a town by the sea.", question))
    assert "STAR does not apply" in text
    assert "missing" not in text


def test_a_few_words_are_not_judged() -> None:
    assert "Too short to say" in report(analysis("I built a queue."))


def test_a_text_without_times_says_so() -> None:
    value = analyze(written("I did this."), sound=None, question=None, target=None)
    assert "the words have no times" in report(value)


def test_a_take_without_words_still_tells_time_and_pauses() -> None:
    sound = Sound(10.0, (Span(1, 4), Span(6, 9)), level=-20.0)
    value = analyze(None, sound=sound, question=QUESTION, target=60.0)
    text = report(value)
    assert "0:08 of 1:00" in text
    assert "not counted" not in text, "a second is how long a key takes"
    assert "1, the longest 2.0 s at 0:04" in text
    assert "Fillers" not in text


@pytest.mark.parametrize("text", ["", "um", "I", STORY, "UM " * 40])
@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_every_report_fits_its_screen(text: str, width: int) -> None:
    for plain in (True, False):
        lines = shown(terminal.report(analysis(text), plain=plain), width=width).splitlines()
        assert all(len(line) <= width for line in lines)


def test_colour_is_never_the_only_sign() -> None:
    """Without colour the fillers stand in brackets, and the bars have their figures beside them."""
    plain = shown(terminal.report(analysis(), plain=True))
    assert "█" not in plain
    assert "%" in plain


def test_nothing_that_was_said_steers_the_terminal() -> None:
    value = analyze(
        Transcript(written("I \x1b[31m did [red]this[/red]").words),
        sound=None,
        question=replace(QUESTION, text="\x1b[2JWhy?"),
        target=None,
    )
    text = shown(terminal.report(value, plain=True))
    assert "\x1b" not in text
    assert "[red]this[/red]" in text


@pytest.mark.parametrize(
    ("progress", "target", "says"),
    [
        (Position(72.4, -20.0, False, False), 120.0, "speak 1:12 of 2:00"),
        (Position(72.4, -20.0, False, False), None, "speak 1:12 ▮"),
        (Position(3.0, None, True, False), 120.0, "paused 0:03"),
        (Position(3.0, None, False, True), 120.0, "no sound from the microphone"),
    ],
)
def test_the_live_line_tells_time_target_and_level(
    progress: Position, target: float | None, says: str
) -> None:
    assert says in " ".join(shown(live.line(progress, target)).split())


def test_the_live_line_warns_when_the_target_has_passed() -> None:
    before = shown(live.line(Position(119, -20, False, False), 120), colour=True)
    behind = shown(live.line(Position(121, -20, False, False), 120), colour=True)
    assert before.replace("1:59", "2:01") != behind


def test_without_judgement_the_clock_keeps_its_colour() -> None:
    before, behind = (
        shown(live.line(Position(at, -20, False, False), 120, judged=False), colour=True)
        for at in (119, 121)
    )
    assert before.replace("1:59", "2:01") == behind


@pytest.mark.parametrize(
    ("level", "filled"), [(None, 0), (-80.0, 0), (-50.0, 0), (-25.0, 6), (0.0, 12)]
)
def test_the_meter_grows_with_the_level(level: float | None, filled: int) -> None:
    assert live.meter(level).count("▮") == filled


def test_the_brief_report_fits_a_small_terminal_with_its_keys() -> None:
    question = replace(sample.QUESTION, text="Tell me about a time when you " + "were asked " * 15)
    told = replace(sample.ANALYSIS, question=question, words=sample.ANALYSIS.words)
    change = compare(sample.BEFORE.analysis, told)
    between = Between(2, Reported(sample.TAKE, told, Earlier(sample.TAKE, change)))
    keys = f"\n{step_text.between(between)}\n{step_text.keys(between)}"
    text = shown(Group(terminal.brief(told, plain=False, change=change), keys))
    assert len(text.splitlines()) + 3 <= 24, "with the line that says where it is saved"
    for part in ("Good", "Since last time", "Next", "d details", "p plays it", "c compares"):
        assert part in text
    details = shown(terminal.details(told, plain=False))
    assert "STAR" in details and sample.ANALYSIS.advice[0].text not in details
