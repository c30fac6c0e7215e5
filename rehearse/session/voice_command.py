"""One command between two answers, spoken or by key."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from rehearse.errors import EarFailed, EarLost, TranscriptionFailed
from rehearse.model.take import Ending, Span
from rehearse.ports import Key
from rehearse.session.endpoint import Request
from rehearse.session.phrases import Command, builtin_commands
from rehearse.session.recording import Outcome, Position, Watch, record
from rehearse.session.steps import CannotHear, Listens, Nothing
from rehearse.session.writer import Both
from rehearse.speech.dictation import Dictation, Wish
from rehearse.takes import take_json

if TYPE_CHECKING:
    from rehearse.model.take import Samples
    from rehearse.session.studio import Studio

KEYS = {
    Key.END: Command.NEXT,
    Key.START_OVER: Command.AGAIN,
    Key.SKIP: Command.SKIP,
    Key.LEAVE: Command.STOP,
}


def hear(
    studio: Studio, choices: tuple[str, ...]
) -> Generator[Listens, None, Command | str | Nothing | CannotHear]:
    """Listen to one utterance; returns its command or that of a key, else its words."""
    memory = _Memory()
    dictation = studio.desk.begin(memory, Wish(live=True))
    watch = Watch(Request(), dictation.listening)
    try:
        both = Both(memory, dictation)
        for step in record(studio.ear, studio.keys, recorder=both, clock=studio.clock, watch=watch):
            if isinstance(step, Position):
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
    """The command of a key that was pressed meanwhile."""
    key = studio.keys.poll(0.0)
    return KEYS.get(key) if key else None


class _Memory:
    """Spoken commands are not saved; their sound is in memory only while it is followed."""

    path = None

    def __init__(self) -> None:
        self._sound = bytearray()

    def write(self, block: bytes) -> None:
        self._sound += block

    def __call__(self, span: Span) -> Samples:
        first, last = take_json.offset(span.start), take_json.offset(span.end)
        return take_json.decoded(bytes(self._sound[first:last]))
