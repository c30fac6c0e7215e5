"""The line that runs while the user speaks: the time, the level and what is heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.text import Text

from rehearse.analysis.words.lexicon import Lexicon
from rehearse.model.take import Word
from rehearse.session.naps import Nap
from rehearse.session.recording import Position
from rehearse.session.steps import Listening, Listens, Thinking, Writing
from rehearse.text import clock
from rehearse.views import live

REDRAWS = 8
"""Redraws per second; smooth for the eye, and not too many for a remote terminal."""


@dataclass
class RunningLine:
    """One line, or a few, drawn again and again. Where nothing is redrawn (`plain`), what is new is
    printed as a line of its own, once."""

    console: Console
    plain: bool
    prompt: str
    judged: bool
    captions: bool
    counter: Lexicon | None
    lights: bool
    _thinking: bool = field(default=False, init=False)
    """Whether the time to think was announced."""
    _announced: bool = field(default=False, init=False)
    """Whether the prompt was shown."""
    _unheard: bool = field(default=False, init=False)
    """Whether the microphone gives no sound now."""
    _naps: int = field(default=0, init=False)
    """How many sleeps of this recording were shown."""
    _notice: str = field(default="", init=False)
    _lit: live.Light | None = field(default=None, init=False)
    _counted: tuple[tuple[Word, ...], str] = field(default=((), ""), init=False)
    _line: Live | None = field(default=None, init=False)

    def asked(self) -> None:
        """A new question: its time to think and its lights begin anew."""
        self._thinking = False
        self._lit = None

    def interrupted(self) -> None:
        """Something else was shown, so the prompt is shown again."""
        self._announced = False

    def recorded(self, naps: Sequence[Nap]) -> None:
        """A recording ended; `naps` are all of its sleeps."""
        self._announced = False
        self._slept(naps)
        self._naps = 0

    def heard(self, step: Listening) -> None:
        if not self._announced:
            self._announced = True
            self._say(self.prompt, "dim")
        self._warn(step.progress)
        self._remark(live.notice(step.progress), step.progress)
        self._light(step)
        line = live.line(step.progress, step.target, judged=self.judged, lights=self.lights)
        lines: list[RenderableType] = [line]
        if self.counter is not None:
            lines.append(Text(f"  {self._count(step.words, self.counter)}", style="dim"))
        if self.captions:
            lines.append(live.caption(step.words, self.console.width))
        self._redraw(Group(*lines))

    def listens(self, step: Listens) -> None:
        if not self._announced and self.plain:
            self._say(f"Listening: {live.said(step.choices)}", "dim")
        self._announced = True
        self._warn(step.progress)
        self._redraw(live.listening(step.progress, step.choices))

    def writes(self, step: Writing) -> None:
        self._redraw(Text(f"  writing down  {clock(step.second)} of {clock(step.duration)}"))

    def thinks(self, step: Thinking) -> None:
        """Count the time to think down; without redrawing, say once how long it is."""
        line = live.thinking(step.left)
        if self.plain and not self._thinking:
            self._say(line.plain.strip(), "dim")
        self._thinking = True
        self._redraw(line)

    def _warn(self, progress: Position) -> None:
        """Show a sleep once. Without redrawing, also show each time the microphone falls silent."""
        self._slept(progress.slept)
        if self.plain and progress.silent and not self._unheard:
            self._say(f"{live.NO_SOUND[:1].upper()}{live.NO_SOUND[1:]}.", "yellow")
        self._unheard = progress.silent

    def _slept(self, naps: Sequence[Nap]) -> None:
        for nap in naps[self._naps :]:
            self._say(live.slept(nap), "yellow")
        self._naps = len(naps)

    def _remark(self, notice: str, progress: Position) -> None:
        """Without redrawing, print a notice once."""
        about = notice and ("countdown" if progress.countdown is not None else notice)
        if progress.limit is not None and progress.countdown is None:
            about = "limit"
        if self.plain and notice and about != self._notice:
            self._say(notice, "dim")
        self._notice = about

    def _light(self, step: Listening) -> None:
        """Without redrawing, print a light when it comes on."""
        if not (self.plain and self.lights and self.judged):
            return
        lit = live.light(step.progress.elapsed, step.target)
        if lit and lit is not self._lit:
            self._say(f"{lit.value}, {clock(step.progress.elapsed)}", "dim")
        self._lit = lit

    def _count(self, words: tuple[Word, ...], lexicon: Lexicon) -> str:
        if not self._counted[1] or words != self._counted[0]:
            self._counted = (words, live.counter(words, lexicon))
        return self._counted[1]

    def _redraw(self, text: RenderableType) -> None:
        if self.plain:
            return
        if self._line is None:
            line = Live(console=self.console, refresh_per_second=REDRAWS, transient=True)
            line.start()
            self._line = line  # last: Ctrl-C may interrupt the start, and half a line has no end
        self._line.update(text)

    def end(self) -> None:
        line, self._line = self._line, None  # first: Ctrl-C may interrupt the stop
        if line is not None:
            line.stop()

    def _say(self, text: str, style: str) -> None:
        self.console.print(Text(text, style=style))
