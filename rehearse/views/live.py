"""The line that is alive while somebody speaks."""

from __future__ import annotations

from rich.text import Text

from rehearse.recording import Progress
from rehearse.text import clock

KEYS = "Enter ends · space pauses · r starts over · s skips · q leaves"
FLOOR = -50.0
"""dBFS; the level below which the meter stays empty: a quiet room."""
METER = 12
"""Characters."""


def line(progress: Progress, target: float | None, *, judged: bool = True) -> Text:
    """Time, target and level; nothing else, since a busy screen distracts. Unless `judged`, no
    colour tells that the target has passed."""
    text = Text("  ")
    text.append("paused   " if progress.paused else "speak    ", style="bold")
    text.append(
        clock(progress.elapsed), style=_colour(progress.elapsed, target if judged else None)
    )
    if target is not None:
        text.append(f" of {clock(target)}", style="dim")
    if progress.silent:
        return text.append("   the microphone gives no sound at all", style="yellow")
    if progress.paused:
        return text.append("   space goes on", style="dim")
    return text.append("   ").append(meter(progress.level), style="green")


def meter(level: float | None) -> str:
    filled = 0 if level is None else round((max(level, FLOOR) - FLOOR) / -FLOOR * METER)
    return "▮" * filled + "▯" * (METER - filled)


def _colour(elapsed: float, target: float | None) -> str:
    """Green up to the target, as the lights of a speaking club: then yellow."""
    if target is None:
        return "bold"
    return "bold green" if elapsed <= target else "bold yellow"
