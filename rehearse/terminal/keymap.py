"""What each key means, and how the bytes of a terminal become keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Pressed = TypeVar("Pressed", covariant=True)


LEFT, RIGHT = "\x1b[D", "\x1b[C"
ESCAPE_PAUSE = 0.05
"""Seconds to wait for the rest of an arrow key's sequence after its escape character."""


END_OF_INPUT = "\x04"
"""Ctrl-D, as a terminal sends it."""


@dataclass(frozen=True)
class Keymap(Generic[Pressed]):
    """The meaning of each key; `leave` is also the end of input."""

    leave: Pressed
    characters: Mapping[str, Pressed]
    """By lower-case character."""
    arrows: Mapping[str, Pressed] = field(default_factory=dict)
    """By escape sequence."""


class KeyReader(Generic[Pressed]):
    """Turns characters into keys. Unknown escape sequences (F-keys) and the line feed after a
    carriage return are ignored."""

    def __init__(self, keymap: Keymap[Pressed]) -> None:
        self._keymap = keymap
        self._before = ""
        self._escape = ""

    @property
    def in_escape(self) -> bool:
        return bool(self._escape)

    def forget(self) -> None:
        self._before = self._escape = ""

    def feed(self, character: str) -> Pressed | None:
        if self._escape:
            return self._continue(character)
        if character == "\x1b":
            self._escape = character
            return None
        before, self._before = self._before, character
        if (before, character) == ("\r", "\n"):
            return None
        return self._keymap.characters.get(character.lower())

    def _continue(self, character: str) -> Pressed | None:
        begins = self._escape == "\x1b"
        if begins and character in "[O\x1b":
            self._escape = "\x1b" if character == "\x1b" else self._escape + character
        elif begins or self._escape == "\x1bO" or "@" <= character <= "~":
            # A terminal in application mode sends "O" for "[".
            whole, self._escape = f"\x1b[{self._escape[2:]}{character}", ""
            return None if begins else self._keymap.arrows.get(whole)
        else:
            self._escape += character
        return None
