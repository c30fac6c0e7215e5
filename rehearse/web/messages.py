"""What the program and its page tell each other: a small class for each kind of message.

To the page goes JSON. From the page comes JSON, and sound in binary frames: a head of 16 bytes,
then int16 little-endian samples, interleaved where there are two channels.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any, TypeAlias

from rehearse.ports import Key

HEAD = struct.Struct("<IIIHH")
"""Opening of the microphone, number of the block, rate, channels, nothing."""
RATES = range(8_000, 192_001)
MOST_CHANNELS = 2
LONGEST_TEXT = 4_096
"""Bytes of a message from the page; the longest that it sends has 200."""


class Malformed(Exception):
    """What came is no message of our page."""


class Phase(Enum):
    READY = "ready"
    PREPARING = "preparing"
    MEETING = "meeting"
    ASKING = "asking"
    THINKING = "thinking"
    """Time to think, before the microphone opens."""
    ANSWERING = "answering"
    WRITING = "writing"
    REPORT = "report"
    BETWEEN = "between"
    BREAK = "break"
    COMMAND = "command"
    """Waits for a spoken command, or a key."""
    WAITING = "waiting"
    """There was no sound to record; waits for a key."""
    OVER = "over"


@dataclass(frozen=True)
class Stage:
    """Where the session stands, with a sentence that goes with it."""

    phase: Phase
    text: str = ""
    choices: tuple[str, ...] = ()
    answers: int = 0
    """How many were reported, once it is over."""
    share: float | None = None
    """How far something is that takes a while, 0 to 1."""
    left: int = 0
    """How many questions are to come."""


@dataclass(frozen=True)
class Shown:
    """The question; `seat` is who asks, in an interview."""

    text: str = ""
    lead: str = ""
    target: float | None = None
    seat: str = ""
    reminders: tuple[str, ...] = ()
    demo: bool = False
    """Whether a built-in voice answers: no microphone is needed."""
    one_way: bool = False
    """Whether there is no second try."""


@dataclass(frozen=True)
class Moment:
    """Of the answer that is being given."""

    elapsed: float = 0.0
    paused: bool = False
    notice: str = ""
    light: str = ""
    caption: str = ""
    fillers: str = ""


@dataclass(frozen=True)
class Notices:
    """What happened since the question was asked, the latest last."""

    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    take: str = ""
    headline: str = ""


@dataclass(frozen=True)
class Play:
    """A clip to be played; 0 ends the one that plays."""

    clip: int = 0


@dataclass(frozen=True)
class Listen:
    """Send the sound of the microphone under this number; 0 for no more."""

    ear: int = 0


@dataclass(frozen=True)
class Kept:
    """All blocks of this page up to this one are on the disk."""

    page: str
    ear: int
    block: int


ToPage: TypeAlias = Stage | Shown | Moment | Notices | Report | Play | Listen | Kept


def kind(message: ToPage) -> str:
    return type(message).__name__.lower()


def dumped(message: ToPage) -> str:
    return json.dumps({"kind": kind(message), **asdict(message)}, default=lambda one: one.value)


@dataclass(frozen=True)
class Press:
    key: Key


@dataclass(frozen=True)
class Begin:
    """What to practise, and how."""

    what: str
    captions: bool = False
    counter: bool = False
    follow_ups: bool = False
    hands_free: bool = False
    prepare: str = ""
    """As in a video interview: the time to think."""
    answer: str = ""
    """The longest answer."""


@dataclass(frozen=True)
class Played:
    clip: int
    failed: bool = False


@dataclass(frozen=True)
class Deaf:
    """The page cannot give sound; `why` is a word of `ear.WHY`."""

    why: str


@dataclass(frozen=True)
class Clear:
    """What is over was seen."""


FromPage: TypeAlias = Clear | Press | Begin | Played | Deaf


@dataclass(frozen=True)
class Block:
    ear: int
    number: int
    rate: int
    channels: int
    sound: bytes


def read(text: str) -> FromPage:
    """Raises Malformed."""
    if len(text) > LONGEST_TEXT:
        raise Malformed
    try:
        value = json.loads(text)
        return _READ[value.pop("kind")](value)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Malformed from error


def _begin(value: dict[str, Any]) -> Begin:
    texts = {name: value.pop(name, "") for name in ("what", "prepare", "answer")}
    if not texts["what"] or not all(isinstance(one, str) for one in texts.values()):
        raise ValueError
    if not all(isinstance(one, bool) for one in value.values()):
        raise ValueError
    return Begin(**texts, **value)


def _played(value: dict[str, Any]) -> Played:
    clip, failed = value["clip"], value.get("failed", False)
    if not isinstance(clip, int) or not isinstance(failed, bool):
        raise ValueError
    return Played(clip, failed)


_READ: dict[str, Callable[[dict[str, Any]], FromPage]] = {
    "clear": lambda _: Clear(),
    "press": lambda value: Press(Key(value["key"])),
    "begin": _begin,
    "played": _played,
    "deaf": lambda value: Deaf(str(value["why"])),
}


def read_block(frame: bytes) -> Block:
    """Raises Malformed."""
    if len(frame) <= HEAD.size:
        raise Malformed
    ear, number, rate, channels, nothing = HEAD.unpack_from(frame)
    sound = frame[HEAD.size :]
    fits = rate in RATES and 1 <= channels <= MOST_CHANNELS and nothing == 0
    if not fits or len(sound) % (2 * channels):
        raise Malformed
    return Block(ear, number, rate, channels, sound)
