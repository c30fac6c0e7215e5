"""Messages between a parent and the process that writes down, through two pipes.

Each message is a value, pickled after its length: both ends are this program on this machine, and
nobody else holds an end. A length without its message, which a killed process leaves behind, ends
the conversation like a closed pipe.
"""

from __future__ import annotations

import os
import pickle
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from rehearse.errors import RehearseError
from rehearse.ports import Transcriber, VoiceActivity
from rehearse.speech.dictation import Heard, Wish, Written
from rehearse.speech.utterance import Listening

_LENGTH = struct.Struct(">Q")
_MOST = 1 << 16
"""Bytes that are asked of a pipe at once: all that one holds on Linux."""


@dataclass(frozen=True)
class Start:
    """The first message; both are pickled before they have loaded anything."""

    activity: VoiceActivity
    transcriber: Transcriber


@dataclass(frozen=True)
class Prepare:
    """An answer comes soon."""


@dataclass(frozen=True)
class Begin:
    number: int
    """Of the dictation; all other messages on it carry the same."""
    path: str | None
    """The file that holds the sound; None where the sound itself comes."""
    wish: Wish
    known: tuple[Heard, ...] = ()
    """Pieces that a desk before this one has heard."""


@dataclass(frozen=True)
class Fed:
    number: int
    samples: int
    """So many are in the file by now."""


@dataclass(frozen=True)
class Said:
    number: int
    sound: bytes
    """More of it, float32."""


@dataclass(frozen=True)
class Finish:
    number: int
    cut: float | None
    """Second at which the answer ends; None for its whole sound."""


@dataclass(frozen=True)
class Drop:
    number: int


@dataclass(frozen=True)
class Beat:
    """A sign of life."""

    busy: float
    """Seconds that the longest of what is being done has taken so far."""


@dataclass(frozen=True)
class Now:
    number: int
    followed: int
    """Samples that were listened to."""
    listening: Listening
    parts: tuple[Heard, ...]
    """Those that were written since the last message."""
    ahead: Heard | None


@dataclass(frozen=True)
class Progress:
    number: int
    second: float


@dataclass(frozen=True)
class Done:
    number: int
    written: Written


@dataclass(frozen=True)
class Failed:
    number: int
    error: RehearseError


@dataclass(frozen=True)
class Ends:
    """The last message of a process that something unforeseen ends."""

    why: str


def packed(message: object) -> bytes:
    body = pickle.dumps(message)
    return _LENGTH.pack(len(body)) + body


def write(pipe: int, data: bytes) -> None:
    """All of it. Raises OSError where nobody reads any more."""
    left = memoryview(data)
    while left:
        left = left[os.write(pipe, left) :]


def messages(pipe: int) -> Iterator[object]:
    """Each as it comes, until the other end is closed."""
    while head := _read(pipe, _LENGTH.size):
        body = _read(pipe, *_LENGTH.unpack(head))
        if not body:
            return
        yield pickle.loads(body)


def _read(pipe: int, size: int) -> bytes:
    """So many bytes; none where the pipe ends before."""
    parts = bytearray()
    while len(parts) < size:
        part = os.read(pipe, min(size - len(parts), _MOST))
        if not part:
            return b""
        parts += part
    return bytes(parts)
