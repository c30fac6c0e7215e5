"""A session's steps as what the page shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil

from rehearse.analysis.words.lexicon import Lexicon
from rehearse.model.take import Ending, Kind, Word
from rehearse.session.interview import Break, Met, Scene
from rehearse.session.recording import Position
from rehearse.session.steps import (
    Asked,
    Between,
    CannotHear,
    HasSample,
    Listening,
    Listens,
    NotFollowed,
    NotPlayed,
    NotRecorded,
    NotSaved,
    NotSpoken,
    NotUnderstood,
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
from rehearse.text import clock
from rehearse.views import live, nothing, step_text
from rehearse.views.headline import headline
from rehearse.web.messages import Moment, Notices, Phase, Report, Shown, Stage, ToPage

MOST_NOTICES = 4
CAPTION = 180
"""Letters of what was said last: three lines on a phone."""
SPEAK = "Speak when you are ready."
ONE_TRY = "Speak now. There is one try."
CANDIDATE = "The candidate is speaking."
LISTEN = "The question is being read to you."
WRITING = "Writing down what you said."
SILENT = "The microphone gives no sound at all. Check its switch, and the browser's permission."
THINK = "Think: {}. Then your answer begins."
COMMAND = "Say what you want, or press a button."


class Scenes:
    """Remembers what a page needs beyond one step; `counter` is what counts as a filler, None
    where none are counted while somebody speaks; `first` are notices for the first question."""

    def __init__(
        self,
        *,
        captions: bool,
        counter: Lexicon | None,
        lights: bool,
        judged: bool,
        is_demo: bool = False,
        one_way: bool = False,
        first: tuple[str, ...] = (),
    ) -> None:
        self._captions, self._counter = captions, counter
        self._lights = lights and judged
        self._is_demo, self._one_way = is_demo, one_way
        self._notices: tuple[str, ...] = ()
        self._first = first
        self._reminders: tuple[str, ...] = ()
        self._seat = ""
        self._phase: Phase | None = None
        self._slept = 0
        self.told: list[Reported | Waits] = []

    def messages(self, step: Scene) -> Iterator[ToPage]:
        """What is new on the page with this step."""
        before = self._notices
        yield from self._staged(step)
        if text := _notice(step):
            self._notices = (*self._notices, text)[-MOST_NOTICES:]
        if isinstance(step, Asked) or self._notices != before:
            yield Notices(self._notices)

    def _staged(self, step: Scene) -> Iterator[ToPage]:
        if isinstance(step, Asked):
            self._notices, self._first = self._first, ()
            yield from (self._asked(step), Report(), Moment(), self._to(Phase.ASKING, LISTEN))
        elif isinstance(step, Thinking):
            yield self._to(Phase.THINKING, THINK.format(clock(ceil(step.left))))
        elif isinstance(step, Listening):
            yield from self._heard(step)
        elif isinstance(step, RecordingEnded):
            self._slept = 0
            yield from self._recorded(step)
        elif isinstance(step, Writing):
            text = f"{WRITING} {clock(step.second)} of {clock(step.duration)}"
            yield self._to(Phase.WRITING, text)
        elif isinstance(step, Reported | Waits):
            self.told.append(step)
            if step.held:
                yield self._to(Phase.REPORT, step_text.SAVED)
            else:
                yield from self._read(step)
        elif isinstance(step, Released):
            yield from self._read(step.report)
        elif isinstance(step, Between):
            saved = "" if step.report else f"{step_text.SAVED} "
            text = f"{saved}{step_text.between(step)}"
            yield replace(self._to(Phase.BETWEEN, text), left=step.left)
        elif isinstance(step, NotRecorded):
            yield self._to(Phase.WAITING, step.why)
        elif isinstance(step, Unspoken):
            said = f"{nothing.instead(step.analysis)} {step_text.UNSPOKEN}"
            yield self._to(Phase.WAITING, said)
        elif isinstance(step, Met):
            yield from self._met(step)
        elif isinstance(step, Break):
            yield from (Report(), self._to(Phase.BREAK, step_text.pause(step)))
        elif isinstance(step, Listens):
            yield from self._listens(step)
        elif isinstance(step, CannotHear):
            yield self._to(Phase.COMMAND, step.why)

    def _read(self, step: Reported | Waits) -> Iterator[ToPage]:
        line = headline(step.analysis, written_down=isinstance(step, Reported))
        yield from (Report(step.take.id, line), self._to(Phase.REPORT, line))

    def _to(self, phase: Phase, text: str, choices: Sequence[str] = ()) -> Stage:
        self._phase = phase
        return Stage(phase, text, tuple(choices), len(self.told))

    def _asked(self, step: Asked) -> Shown:
        question = step.question
        reminders = self._reminders if question.kind is Kind.TO_ASK else ()
        lead = step_text.lead(step).strip()
        return Shown(
            question.text,
            lead,
            question.target,
            self._seat,
            reminders,
            self._is_demo,
            self._one_way,
        )

    def _heard(self, step: Listening) -> Iterator[ToPage]:
        if self._phase is not Phase.ANSWERING:
            speak = ONE_TRY if self._one_way else SPEAK
            yield self._to(Phase.ANSWERING, CANDIDATE if self._is_demo else speak)
        for nap in step.progress.slept[self._slept :]:
            self._notices = (*self._notices, live.slept(nap))[-MOST_NOTICES:]
        self._slept = len(step.progress.slept)
        lit = live.light(step.progress.elapsed, step.target) if self._lights else None
        yield Moment(
            elapsed=round(step.progress.elapsed, 1),
            paused=step.progress.paused,
            notice=_about(step.progress),
            light=lit.value if lit else "",
            caption=_last(step.words) if self._captions else "",
            fillers=live.counter(step.words, self._counter) if self._counter else "",
        )

    def _recorded(self, step: RecordingEnded) -> Iterator[ToPage]:
        yield Moment()
        if step.outcome.ending is Ending.STARTED_OVER:
            yield self._to(Phase.PREPARING, step_text.ENDINGS[Ending.STARTED_OVER])
        elif step.outcome.ending not in (Ending.SKIPPED, Ending.LEFT):
            yield self._to(Phase.WRITING, WRITING)

    def _met(self, step: Met) -> Iterator[ToPage]:
        self._seat = step.part.interviewer.name
        self._reminders = step.part.reminders
        number = f"Interviewer {step.number} of {step.of}." if step.of > 1 else ""
        yield Shown(step.text, number, None, self._seat)
        yield from (Report(), self._to(Phase.MEETING, step.text))

    def _listens(self, step: Listens) -> Iterator[ToPage]:
        if self._phase is not Phase.COMMAND:
            yield self._to(Phase.COMMAND, COMMAND, step.choices)


def _about(progress: Position) -> str:
    if progress.silent and not progress.paused:
        return SILENT
    return live.notice(progress)


def _last(words: Sequence[Word]) -> str:
    text = " ".join(word.text for word in words)
    return text if len(text) <= CAPTION else text[-CAPTION:].partition(" ")[2]


def _notice(step: Scene) -> str:
    if isinstance(step, NotSpoken):
        return f"{step_text.NOT_SPOKEN} {step.why}"
    if isinstance(step, NotSaved | NotFollowed | NotPlayed):
        return step.why
    if isinstance(step, Waits):
        return f"{step_text.WAITS} {step.why}"
    if isinstance(step, HasSample):
        return step_text.sample(step.question)
    if isinstance(step, Speaking):
        return f"“{step.text}”"
    if isinstance(step, Understood):
        return step_text.UNDERSTOOD[step.command]
    if isinstance(step, NotUnderstood):
        return f"Heard “{step.text}”, which is none of the choices."
    return _ended(step) if isinstance(step, RecordingEnded) else ""


def _ended(step: RecordingEnded) -> str:
    outcome = step.outcome
    if not outcome.duration:
        return step_text.NOTHING if outcome.ending is not Ending.LEFT else ""
    why = (outcome.why or "").replace("this terminal", "this page")
    return why or step_text.ENDINGS.get(outcome.ending, "")
