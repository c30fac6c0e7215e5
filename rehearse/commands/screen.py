"""A practice session on the screen, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.text import Text

from rehearse.analysis.words.lexicon import Lexicon
from rehearse.model.take import Ending, Kind, Word
from rehearse.questions.interviews import Round
from rehearse.session.interview import Break, Meeting, Met, Scene
from rehearse.session.naps import Nap
from rehearse.session.recording import Position
from rehearse.session.steps import (
    Asked,
    Between,
    CannotHear,
    Compared,
    Details,
    HasSample,
    Listening,
    Listens,
    NotFollowed,
    NotPlayed,
    NotRecorded,
    NotSaved,
    NotSpoken,
    NotUnderstood,
    OnceMore,
    RecordingEnded,
    Released,
    Reported,
    Speaking,
    Thinking,
    Understood,
    Unspoken,
    Waits,
    Writing,
)
from rehearse.takes.store import TakeStore
from rehearse.text import clock, counted, is_folder, printable
from rehearse.views import compare, live, nothing, step_text, terminal

REDRAWS = 8
"""Redraws per second; smooth for the eye, and not too many for a remote terminal."""
PROMPT = f"Speak when you are ready. {live.KEYS}"
ONLY_KEYS = "The recording continues. Press Enter when you are done."
ONCE_MORE = "Enter asks again · s skips · q stops"
BY_KEY = "Enter continues · r answers again · s skips · q stops"


@dataclass
class Screen:
    """Shows each step as it comes. `plain` prints lines and never redraws."""

    console: Console
    plain: bool
    store: TakeStore
    prompt: str = PROMPT
    """Shown when the microphone is open."""
    judged: bool = True
    """If not, the running clock has one colour."""
    captions: bool = False
    """Whether to show the words while the user speaks."""
    counter: Lexicon | None = None
    """The rules for fillers, if they are counted while the user speaks."""
    kept: int = field(default=0, init=False)
    """How many recordings were saved."""
    waiting: int = field(default=0, init=False)
    """How many takes are not written down yet."""
    whole: bool = False
    """Whether reports come with their details at once, because nobody can ask for them."""
    lights: bool = False
    """Whether green, amber and red lights show the time."""
    told: list[Reported | Waits] = field(default_factory=list, init=False)
    """All reports so far."""
    _reminders: tuple[str, ...] = field(default=(), init=False)
    _lit: live.Light | None = field(default=None, init=False)
    _silent: bool = field(default=False, init=False)
    _unheard: bool = field(default=False, init=False)
    """Whether the microphone gives no sound now."""
    _thinking: bool = field(default=False, init=False)
    """Whether the time to think was announced."""
    _naps: int = field(default=0, init=False)
    """How many sleeps of this recording were shown."""
    _line: Live | None = field(default=None, init=False)
    _announced: bool = field(default=False, init=False)
    _notice: str = field(default="", init=False)
    _counted: tuple[tuple[Word, ...], str] = field(default=((), ""), init=False)

    def begin(self, plan: str, parts: Sequence[Round]) -> None:
        """Announce an interview: its plan and interviewers."""
        count = sum(len(part.questions) for part in parts)
        people = counted(len(parts), "person", "people")
        self._say(f"{printable(plan)}: {counted(count, 'question')} with {people}.", "bold")

    def show(self, steps: Iterable[Scene]) -> None:
        try:
            for step in steps:
                self._show(step)
        finally:
            self._end_line()
            if not self.plain:
                self.console.show_cursor()  # an interrupted line leaves it hidden

    def _show(self, step: Scene) -> None:
        if isinstance(step, Listening):
            self._heard(step)
        elif isinstance(step, Writing):
            self._redraw(Text(f"  writing down  {clock(step.second)} of {clock(step.duration)}"))
        elif isinstance(step, Listens):
            self._listens(step)
        elif isinstance(step, Thinking):
            self._thinks(step)
        else:
            self._end_line()
            self._tell(step)

    def _tell(self, step: Scene) -> None:
        if isinstance(step, Asked):
            self._asked(step)
        elif isinstance(step, Met | Break):
            self._met(step)
        elif isinstance(step, NotSpoken) and not self._silent:
            self._silent = True  # said once: the next question would only repeat it
            self._say(f"{step_text.NOT_SPOKEN} {step.why}", "yellow")
        elif isinstance(step, RecordingEnded):
            self._recorded(step)
        elif isinstance(step, Reported | Waits):
            self._reported(step)
        elif isinstance(step, NotSaved | NotPlayed):
            self._say(step.why, "yellow")
        elif isinstance(step, NotFollowed):
            self._say(f"{step.why} {ONLY_KEYS}", "yellow")
        elif isinstance(step, NotRecorded):
            self._announced = False
            self._say(step.why, "yellow")
        elif isinstance(step, Unspoken):
            self._say(f"{nothing.instead(step.analysis)} {step_text.UNSPOKEN}", "yellow")
        elif isinstance(step, HasSample):
            self.console.print(Text(step_text.sample(step.question), "dim"), soft_wrap=True)
        elif isinstance(step, OnceMore):
            self._say(ONCE_MORE, "yellow")
        elif isinstance(step, Speaking):
            self._announced = False
            self._say(f"“{printable(step.text)}”", "italic")
        elif isinstance(step, Understood):
            self._announced = False
            self._say(step_text.UNDERSTOOD[step.command], "bold")
        elif isinstance(step, NotUnderstood):
            self._say(f"I heard “{printable(step.text)}”.", "yellow")
        elif isinstance(step, CannotHear):
            self._announced = False
            self._say(f"I cannot hear commands now. {step.why}\n{BY_KEY}", "yellow")
        elif isinstance(step, Between):
            self._say(f"\n{step_text.between(step)}\n{step_text.keys(step)}", "dim")
        else:
            self._look(step)

    def _look(self, step: Scene) -> None:
        if isinstance(step, Released):
            self._read(step.report)
        elif isinstance(step, Details):
            self.console.print(terminal.details(step.report.analysis, plain=self.plain))
        elif isinstance(step, Compared):
            shown = compare.of_takes(step.earlier.change, step.earlier.take, step.report.take)
            self.console.print()
            self.console.print(shown)

    def _asked(self, step: Asked) -> None:
        self._thinking = False
        self._lit = None
        target = step.question.target if self.lights else None
        length = f"{clock(target)} for this: " if target else ""
        self._say(f"\n{step_text.lead(step)}{length}{printable(step.question.text)}", "bold")
        if step.question.kind is Kind.TO_ASK and self._reminders:
            listed = "\n".join(f"  - {printable(text)}" for text in self._reminders)
            self._say(f"You might ask:\n{listed}", "dim")

    def _met(self, step: Meeting) -> None:
        if isinstance(step, Met):
            self._reminders = step.part.reminders
            number = f"Interviewer {step.number} of {step.of}. " if step.of > 1 else ""
            self._say(f"\n{number}{printable(step.text)}", "bold cyan")
        else:
            self._say(f"\n{step_text.pause(step)}\n{step_text.BREAK_KEYS}", "dim")

    def _say(self, text: str, style: str) -> None:
        self.console.print(Text(text, style=style))

    def _heard(self, step: Listening) -> None:
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

    def _listens(self, step: Listens) -> None:
        if not self._announced and self.plain:
            self._say(f"Listening: {live.said(step.choices)}", "dim")
        self._announced = True
        self._warn(step.progress)
        self._redraw(live.listening(step.progress, step.choices))

    def _thinks(self, step: Thinking) -> None:
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

    def _end_line(self) -> None:
        line, self._line = self._line, None  # first: Ctrl-C may interrupt the stop
        if line is not None:
            line.stop()

    def _recorded(self, step: RecordingEnded) -> None:
        self._announced = False
        outcome = step.outcome
        self._slept(outcome.slept)
        self._naps = 0
        if outcome.why:
            self._say(outcome.why, "yellow")
        self.kept += outcome.duration > 0 and outcome.ending is not Ending.LEFT
        if not outcome.duration:
            self._say(step_text.NOTHING, "yellow")
        elif outcome.ending in step_text.ENDINGS:
            self._say(step_text.ENDINGS[outcome.ending], "dim")

    def _reported(self, step: Reported | Waits) -> None:
        self.told.append(step)
        if isinstance(step, Waits):
            self.waiting += 1
            self._say(f"{step_text.WAITS} {step.why}", "yellow")
        if step.held:
            self._say(step_text.SAVED, "dim")
        else:
            self._read(step)

    def _read(self, step: Reported | Waits) -> None:
        change = step.earlier.change if isinstance(step, Reported) and step.earlier else None
        shown = terminal.report if self.whole else terminal.brief
        self.console.print(shown(step.analysis, plain=self.plain, change=change))
        folder = self.store.place(step.take.id)
        if is_folder(folder):  # otherwise somebody deleted it, and a message said so
            kept = Text(f"\nSaved in {folder}", style="dim")
            self.console.print(kept, soft_wrap=True)  # a path broken into lines opens nothing
