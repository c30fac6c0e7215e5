"""A practice session on the screen, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.text import Text

from rehearse.analysis.words.lexicon import Lexicon
from rehearse.commands.running_line import RunningLine
from rehearse.model.take import Ending, Kind
from rehearse.questions.interviews import Round
from rehearse.session.interview import Break, Meeting, Met, Scene
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
    _silent: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self._running = RunningLine(
            self.console,
            plain=self.plain,
            prompt=self.prompt,
            judged=self.judged,
            captions=self.captions,
            counter=self.counter,
            lights=self.lights,
        )

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
            self._running.end()
            if not self.plain:
                self.console.show_cursor()  # an interrupted line leaves it hidden

    def _show(self, step: Scene) -> None:
        if isinstance(step, Listening):
            self._running.heard(step)
        elif isinstance(step, Writing):
            self._running.writes(step)
        elif isinstance(step, Listens):
            self._running.listens(step)
        elif isinstance(step, Thinking):
            self._running.thinks(step)
        else:
            self._running.end()
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
            self._running.interrupted()
            self._say(step.why, "yellow")
        elif isinstance(step, Unspoken):
            self._say(f"{nothing.instead(step.analysis)} {step_text.UNSPOKEN}", "yellow")
        elif isinstance(step, HasSample):
            self.console.print(Text(step_text.sample(step.question), "dim"), soft_wrap=True)
        elif isinstance(step, OnceMore):
            self._say(ONCE_MORE, "yellow")
        elif isinstance(step, Speaking):
            self._running.interrupted()
            self._say(f"“{printable(step.text)}”", "italic")
        elif isinstance(step, Understood):
            self._running.interrupted()
            self._say(step_text.UNDERSTOOD[step.command], "bold")
        elif isinstance(step, NotUnderstood):
            self._say(f"I heard “{printable(step.text)}”.", "yellow")
        elif isinstance(step, CannotHear):
            self._running.interrupted()
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
        self._running.asked()
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

    def _recorded(self, step: RecordingEnded) -> None:
        outcome = step.outcome
        self._running.recorded(outcome.slept)
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
