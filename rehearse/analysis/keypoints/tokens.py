"""Text cut into words and figures, as notes and speech are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rehearse.analysis.keypoints.figures import Figure, figure_at, is_number
from rehearse.text import ends_clause

_JOINING = frozenset({"to", "or", "and", "from"})
_TOKEN = re.compile(
    r"[^\W\d_]+\d\w*"  # "p99"
    r"|[$€£]?\d+(?:[.,]\d+)*(?:%|[^\W\d_]+)?"  # "$1.2M"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"  # "didn't"
    r"|%"
)
_HALF = re.compile(r"(\d*)([¼½¾])")
_DIGITS = re.compile(r"[$€£]?\d")


@dataclass(frozen=True)
class Piece:
    """A word, or a figure with its unit, of the tokens `first` to `last`."""

    text: str
    """Lower-case letters and digits only; of a figure its digits."""
    first: int
    last: int
    figure: Figure | None = None


def pieces(tokens: Sequence[str]) -> tuple[Piece, ...]:
    places = [(part, i) for i, token in enumerate(tokens) for part in _until_clause(token)]
    parts = [part for part, _ in places]
    found: list[Piece] = []
    at = 0
    while at < len(parts):
        if not parts[at]:
            at += 1
            continue
        figure, stop = figure_at(parts, at)
        if figure is None:
            plain = parts[at].replace("'", "").replace("’", "").lower()
            stop = at + 1
        else:
            plain = f"{figure.value:.10g}".replace(".", "")
        found.append(Piece(plain, places[at][1], places[stop - 1][1], figure))
        at = stop
    return tuple(_with_shared_units(found))


def _until_clause(token: str) -> Iterator[str]:
    """Its parts, and "" where a clause ends with it."""
    yield from _parts(_folded(token))
    if ends_clause(token):
        yield ""


def _folded(token: str) -> str:
    """Without accents, which recognition seldom writes; "2½" as "2.5"."""
    token = _HALF.sub(lambda match: f"{int(match[1] or 0) + unicodedata.numeric(match[2])}", token)
    plain = unicodedata.normalize("NFKD", token)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _parts(token: str) -> Iterator[str]:
    """The words of a token, in lower case but for figures in digits. A hyphened word of short
    parts stays one: "on-call", not "twenty-five"."""
    found = _TOKEN.findall(token)
    short = any(len(part) < 4 for part in found)
    if "-" in token and len(found) > 1 and short and not any(map(is_number, found)):
        found = ["".join(found)]
    for part in found:
        yield part if _DIGITS.match(part) else part.lower()


def _with_shared_units(found: Sequence[Piece]) -> Iterator[Piece]:
    """ "from 40 to 15 minutes": both are minutes."""
    for at, piece in enumerate(found):
        if piece.figure and piece.figure.unit is None and piece.figure.firm:
            near = found[at + 1 : at + 3]
            if near and near[0].text in _JOINING:
                near = near[1:]
            if near and (other := near[0].figure) and other.firm and other.unit:
                yield replace(piece, figure=replace(piece.figure, unit=other.unit))
                continue
        yield piece
