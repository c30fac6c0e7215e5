"""A whole interview: several interviewers in turn, each with a different voice."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from rehearse.model.take import Question
from rehearse.ports import Prompter
from rehearse.questions.bank import Interviewer
from rehearse.questions.interviews import Round, subjects_of
from rehearse.session.handsfree import say, wait_for_word
from rehearse.session.phrases import Command
from rehearse.session.session import ask, begun
from rehearse.session.steps import Step, speak
from rehearse.session.studio import Studio
from rehearse.session.wishes import GO_ON, any_key

READY = "Say next when you are ready."


@dataclass(frozen=True)
class Met:
    """A new interviewer begins; `text` is also spoken."""

    part: Round
    text: str
    number: int
    of: int


@dataclass(frozen=True)
class Break:
    """An interviewer has finished; waits for a key before the next one."""

    after: Interviewer
    then: Interviewer


Meeting: TypeAlias = Met | Break
Scene: TypeAlias = Step | Meeting


def hold(
    parts: Sequence[Round], studio: Studio, voices: Sequence[Prompter], *, after: int = 0
) -> Generator[Scene, None, None]:
    """Ask all questions of all interviewers but the first `after` of them, with a break between
    two people; ends early when the user leaves. `voices` holds one for each part.

    Raises EarFailed, HomeNotWritable and DiskFull where nothing could be recorded."""
    studio = begun(studio)
    of = sum(len(part.questions) for part in parts)
    with studio.keys.open():
        for number, (part, voice) in enumerate(zip(parts, voices, strict=True), start=1):
            before = sum(len(one.questions) for one in parts[: number - 1])
            left = part.questions[max(after - before, 0) :]
            if not left:
                continue
            seat = replace(studio, voice=voice, interviewer=part.interviewer.name)
            yield from _meet(Met(part, announced(part), number, len(parts)), seat)
            last = before + len(part.questions)
            wish = yield from _asked(left, seat, after=last - len(left), of=of)
            while wish is not Command.STOP and number < len(parts):
                wish = yield from _break(Break(part.interviewer, parts[number].interviewer), seat)
                if wish is not Command.AGAIN:
                    break
                wish = yield from _asked(left[-1:], seat, after=last - 1, of=of)
            if wish is Command.STOP:
                return


def _asked(
    questions: Sequence[Question], seat: Studio, *, after: int, of: int
) -> Generator[Scene, None, Command]:
    stays = yield from ask(questions, seat, after=after, of=of)
    return Command.NEXT if stays else Command.STOP


def announced(part: Round) -> str:
    """ "Dana Reyes asks about Ownership and Dive Deep." """
    name = part.interviewer.name.rstrip(".")
    *first, last = subjects_of(part.interviewer) or ("",)
    if not last:
        return f"{name} is next."
    return f"{name} asks about {_joined(first, last)}."


def _joined(first: Sequence[str], last: str) -> str:
    """The names in one phrase; semicolons separate them where a name has a comma."""
    if not first:
        return last
    names = (*first, last)
    comma = "; " if any("," in name for name in names) else ", "
    before_last = comma if comma == "; " or any(" and " in name for name in names) else " "
    return f"{comma.join(first)}{before_last}and {last}"


def _meet(met: Met, studio: Studio) -> Iterator[Scene]:
    yield met
    studio.keys.flush()
    yield from speak(met.text, voice=studio.voice, player=studio.player, keys=studio.keys)


def _break(pause: Break, studio: Studio) -> Generator[Scene, None, Command]:
    """What the user wants: to go on, to answer the last question again, or to stop."""
    studio.keys.flush()
    yield pause
    if studio.hands_free is None:
        return GO_ON.get(any_key(studio.keys), Command.NEXT)
    yield from say(READY, studio)
    return (yield from wait_for_word(studio, READY, choices=("next", "again", "stop")))
