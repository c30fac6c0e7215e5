"""Output for terminals that cannot show every letter: similar letters are written instead."""

from __future__ import annotations

import codecs
import io
import sys

NEAREST_LETTER = "rehearse.nearest"
"""The name under which Python's codecs know our error handler."""
UNKNOWN = "?"
NEAREST = {
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‘’´", "'"),
    **dict.fromkeys("–—─", "-"),
    **dict.fromkeys("•●★", "*"),
    **dict(zip("▁▂▃▄▅▆▇█", "_.:-=+*#", strict=True)),
    **dict(zip("▮▯━╋┼▎·→←‹›", "#-=++|-><<>", strict=True)),
}
"""One letter for one letter, so that columns stay aligned."""


def accept_any_text() -> None:
    """Let stdout and stderr write any text. A pipe on Windows knows few letters, and a file name
    may hold bytes that are not letters."""
    codecs.register_error(NEAREST_LETTER, nearest)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=NEAREST_LETTER)


def nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letters = error.object[error.start : error.end]
    return "".join(_nearest(letter) for letter in letters), error.end


def _nearest(letter: str) -> str:
    import unicodedata

    if letter in NEAREST:
        return NEAREST[letter]
    plain = "".join(part for part in unicodedata.normalize("NFKD", letter) if part.isascii())
    return plain or UNKNOWN
