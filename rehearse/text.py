"""Words, times and paths as text: compared, shown, and read as users type them."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from rehearse.errors import WrongUsage

if TYPE_CHECKING:
    from pathlib import Path

_LETTER = r"\w\u0300-\u036f\u0900-\u0963\u0966-\u0dff"
r"""Also the vowel signs of Indian scripts, which `\w` does not match."""
_CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2}(?:\.\d{1,9})?)"
_SECONDS = r"(?i:(\d{1,6}(?:\.\d{1,9})?)\s*(s|sec|seconds?|m|min|minutes?)?)"
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and the marks that reverse the direction of the text after them."""
_HALVES = re.compile("[\ud800-\udfff]")
"""Halves of a character: JSON and file names may hold them, files and terminals cannot."""


@cache
def _edge() -> re.Pattern[str]:
    """Compiled where it is needed: it would slow every start."""
    return re.compile(f"^[^{_LETTER}]+|[^{_LETTER}]+$")


def edged(token: str) -> str:
    """A token without the marks at its edges."""
    return _edge().sub("", token)


def bare(token: str) -> str:
    """A token for comparing: lower case, straight apostrophes, no punctuation at its edges."""
    return _edge().sub("", unicodedata.normalize("NFC", token).replace("’", "'")).lower()


def bare_words(tokens: Iterable[str]) -> list[str]:
    """`bare` of each token; tokens of punctuation alone are left out."""
    return [word for token in tokens if (word := bare(token))]


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 question", "2,000 questions"; `many` is the plural where it is not `one` + "s"."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def listed(names: Sequence[str], last: str = "and") -> str:
    """ "a, b and c"; `last` is the word before the last name."""
    return f" {last} ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def ends_sentence(token: str) -> bool:
    return token.rstrip("\"'”’)]").endswith((".", "?", "!", "…", "。", "？", "！", "।"))


def ends_clause(token: str) -> bool:
    return ends_sentence(token) or token.rstrip("\"'”’)]").endswith((",", ";", ":", "—", "–", "，"))


def between_words(text: str, width: int) -> str:
    """With its long lines broken between words only. A path that is longer than a line stays in one
    piece, so that it can be copied, and where it is: the terminal continues it in the next line."""
    return "\n".join(_broken(line, width) for line in text.split("\n"))


def _broken(line: str, width: int) -> str:
    first, *words = line.split(" ")
    broken, column = first, len(first)
    for word in words:
        fits = column + 1 + len(word) <= width or len(word) > width
        broken += (" " if fits else "\n") + word
        column = (column + 1 if fits else 0) + len(word)
        if column > width:
            column %= width
    return broken


def clock(seconds: float) -> str:
    """Seconds such as 72.4 as "1:12", rounded down like a running clock."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def length_of(seconds: float) -> str:
    """ "46 seconds", "7:28", rounded down as `clock` is."""
    return counted(int(seconds), "second") if seconds < 60 else clock(seconds)


def seconds(text: str) -> float:
    """Seconds from "2:00", "90", "90s" or "2m". Raises WrongUsage."""
    if match := re.fullmatch(_CLOCK, text.strip()):
        hours, minutes, rest = match.groups()
        value = int(hours or 0) * 3600 + int(minutes) * 60 + float(rest)
    elif match := re.fullmatch(_SECONDS, text.strip()):
        value = float(match[1]) * (60 if (match[2] or "s").lower().startswith("m") else 1)
    else:
        raise WrongUsage(
            f"I don't understand the length of time '{text}'.", "Write it like 2:00 or 90s."
        )
    if value <= 0:
        raise WrongUsage(
            f"'{text}' is too short: a length of time is more than 0.", "Write it like 2:00 or 90s."
        )
    return value


def slug(text: str, longest: int = 40) -> str:
    """The first words of `text` as part of a file name; "take" where it has no words."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    name = ""
    for word in words:
        if len(name) + len(word) + 1 > longest:
            break
        name = f"{name}-{word}" if name else word
    return name or "take"


def printable(text: str) -> str:
    """`text` without characters that control a terminal or reverse the text; line ends and tabs
    stay."""
    return _HALVES.sub("?", _STEERING.sub("", text))


def one_line(text: str) -> str:
    """`printable` text on a single line, with single blanks."""
    return " ".join(printable(text).split())


def typed(name: str) -> Path:
    """A path that the user typed, with `~` replaced by their own folder where there is one."""
    from pathlib import Path  # it would slow every start

    return Path(os.path.expanduser(name))  # noqa: PTH111  (pathlib's raises RuntimeError)


def is_there(path: Path) -> bool:
    return os.path.exists(path)  # noqa: PTH110  (pathlib's lets OSError through)


def is_file(path: Path) -> bool:
    return os.path.isfile(path)  # noqa: PTH113


def is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112
