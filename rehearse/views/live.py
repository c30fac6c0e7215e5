"""The line that is redrawn while somebody speaks."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from math import ceil

from rich.text import Text

from rehearse.analysis.words.fillers import fillers, in_transcript
from rehearse.analysis.words.lexicon import Lexicon
from rehearse.model.take import Word
from rehearse.session.naps import Nap
from rehearse.session.recording import Position
from rehearse.text import clock, counted, printable

KEYS = "Enter ends · space pauses · r starts over · s skips · q leaves"
FLOOR = -50.0
"""dBFS; the level below which the meter stays empty: a quiet room."""


class Light(Enum):
    """A light as in a speaking club. Its word is for people who do not see the colour."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


LIGHTS = {Light.RED: 1.0, Light.AMBER: 0.75, Light.GREEN: 0.5}
"""Shares of the target at which lights come on, last light first: 1:00, 1:30 and 2:00 of 2:00."""
COLOURS = {Light.GREEN: "bold green", Light.AMBER: "bold yellow", Light.RED: "bold red"}
NO_SOUND = "no sound from the microphone: check its switch, and whether this terminal may use it"
METER = 12
"""Characters."""
SECONDS, MINUTES = 90.0, 5400.0
"""Up to this many seconds a sleep is shown in seconds, and in minutes."""


def line(
    progress: Position, target: float | None, *, judged: bool = True, lights: bool = False
) -> Text:
    """Time, target and level, a countdown if one runs, and a light if `lights`. Nothing else,
    because a busy screen distracts. Only if `judged`, colours show that the target has passed."""
    text = Text("  ")
    text.append("paused   " if progress.paused else "speak    ", style="bold")
    lit = light(progress.elapsed, target) if lights and judged else None
    aim = target if judged and not lights else None
    colour = COLOURS[lit] if lit else _colour(progress.elapsed, aim)
    text.append(clock(progress.elapsed), style=colour)
    if target is not None:
        text.append(f" of {clock(target)}", style="dim")
    if lit:
        text.append(f"  ● {lit.value}", style=colour)
    if progress.paused:
        return text.append("   space continues", style="dim")
    if progress.silent:
        text.append(f"   {NO_SOUND}", style="yellow")
    else:
        text.append("   ").append(meter(progress.level), style="green")
    if news := notice(progress):
        text.append(f"   {news}", style="yellow")
    return text


def thinking(left: float) -> Text:
    """The line while somebody thinks about an answer that begins by itself."""
    text = Text("  ").append("think    ", style="bold").append(clock(ceil(left)), style="cyan")
    return text.append("   then your answer begins · Enter begins now", style="dim")


def light(elapsed: float, target: float | None) -> Light | None:
    """The light that is on; None before the first, and without a target."""
    share = elapsed / target if target else 0.0
    return next((lit for lit, from_here in LIGHTS.items() if share >= from_here), None)


def notice(progress: Position) -> str:
    """What happens next, or a word of help; usually ""."""
    if progress.countdown is not None:
        return f"ends in {ceil(progress.countdown)}, speak to continue"
    if progress.limit is not None:
        return f"ends in {clock(progress.limit)}, the time limit"
    return "take your time · Enter ends" if progress.lost_for_words else ""


def listening(progress: Position, choices: Sequence[str]) -> Text:
    """The line while the program waits for a command."""
    text = Text("  ").append("paused " if progress.paused else "listening ", style="bold")
    if progress.paused:
        return text.append("  space continues", style="dim")
    if progress.silent:
        return text.append(f" {NO_SOUND}", style="yellow")
    return text.append(meter(progress.level), style="green").append(
        f" {said(choices)}", style="dim"
    )


def slept(nap: Nap) -> str:
    return (
        f"The computer slept for {_long(nap.seconds)} at {clock(nap.at)}."
        " The recording continues from there."
    )


def _long(seconds: float) -> str:
    """ "40 s", "12 min", "3 h"."""
    if seconds < SECONDS:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < MINUTES else f"{seconds / 3600:.0f} h"


def said(choices: Sequence[str]) -> str:
    return " · ".join(choices)


def caption(words: Sequence[Word], width: int) -> Text:
    """The latest words that fit on one line of `width` characters."""
    shown = ""
    for word in reversed(words):
        longer = f"{printable(word.text)} {shown}".strip()
        if len(longer) > width - 2:
            break
        shown = longer
    return Text(f"  {shown}", style="dim")


def counter(words: Sequence[Word], lexicon: Lexicon) -> str:
    return counted(fillers(in_transcript(words, lexicon), None).total, "filler")


def meter(level: float | None) -> str:
    filled = 0 if level is None else round((max(level, FLOOR) - FLOOR) / -FLOOR * METER)
    return "▮" * filled + "▯" * (METER - filled)


def _colour(elapsed: float, target: float | None) -> str:
    """Green up to the target, then yellow."""
    if target is None:
        return "bold"
    return "bold green" if elapsed <= target else "bold yellow"
