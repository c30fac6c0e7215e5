"""One thing that is asked of the program between two answers, by voice or by key."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rehearse import takefile
from rehearse.dictation import Dictation, Wish
from rehearse.errors import EarFailed, EarLost, TranscriptionFailed
from rehearse.listening.commands import Command, builtin_commands
from rehearse.listening.endpoint import Request
from rehearse.model import Ending, Span
from rehearse.ports import Key
from rehearse.recording import Outcome, Progress, Watch, record

if TYPE_CHECKING:
    from rehearse.model import Samples
    from rehearse.studio import Studio

KEYS = {
    Key.END: Command.NEXT,
    Key.START_OVER: Command.AGAIN,
    Key.SKIP: Command.SKIP,
    Key.LEAVE: Command.STOP,
}


@dataclass(frozen=True)
class Listens:
    """Waits for a command, or a key."""

    progress: Progress
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Nothing:
    """No words: silence, a cough, a door."""

    seconds: float


@dataclass(frozen=True)
class CannotHear:
    """Commands are not heard any more; keys are."""

    why: str


def hear(
    studio: Studio, choices: tuple[str, ...]
) -> Generator[Listens, None, Command | str | Nothing | CannotHear]:
    """One utterance: what it or a key asks for, else its words."""
    memory = _Memory()
    dictation = studio.desk.begin(memory, Wish(live=True))
    watch = Watch(Request(), dictation.listening)
    try:
        both = _Into(memory, dictation)
        for step in record(studio.ear, studio.keys, recorder=both, clock=studio.clock, watch=watch):
            if isinstance(step, Progress):
                yield Listens(step, choices)
                if dictation.deaf:
                    return CannotHear(dictation.deaf)
            else:
                outcome = step
        return KEYS[outcome.key] if outcome.key else _read(outcome, dictation, studio)
    except (EarFailed, EarLost, TranscriptionFailed) as error:
        return CannotHear(str(error))
    finally:
        dictation.drop()


def _read(
    outcome: Outcome, dictation: Dictation, studio: Studio
) -> Command | str | Nothing | CannotHear:
    if outcome.ending in (Ending.DEVICE_LOST, Ending.SILENT):
        return CannotHear(outcome.why or "")
    for _ in dictation.finish():
        if command := pressed(studio):
            return command
    written = dictation.written()
    if written.transcript is None:
        return CannotHear(str(written.why))
    text = written.transcript.text
    return builtin_commands().find(text) or text or Nothing(outcome.duration)


def pressed(studio: Studio) -> Command | None:
    """What a key asks for that was pressed while nobody looked."""
    key = studio.keys.poll(0.0)
    return KEYS.get(key) if key else None


class _Memory:
    """A command is not kept: its sound lives only as long as it is listened to."""

    path = None

    def __init__(self) -> None:
        self._sound = bytearray()

    def write(self, block: bytes) -> None:
        self._sound += block

    def __call__(self, span: Span) -> Samples:
        first, last = takefile.offset(span.start), takefile.offset(span.end)
        return takefile.decoded(bytes(self._sound[first:last]))


@dataclass(frozen=True)
class _Into:
    memory: _Memory
    dictation: Dictation

    def write(self, block: bytes) -> None:
        self.memory.write(block)
        self.dictation.feed(takefile.decoded(block))
