"""What a terminal of few letters cannot show is written with those that it has."""

from __future__ import annotations

import codecs
import io
import sys

NEAREST_LETTER = "rehearse.nearest"
"""Our way to deal with such a letter, by the name that codecs know it by."""
UNKNOWN = "?"
NEAREST = {
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‘’´", "'"),
    **dict.fromkeys("–—─", "-"),
    **dict.fromkeys("•●★", "*"),
    **dict(zip("▁▂▃▄▅▆▇█", "_.:-=+*#", strict=True)),
    **dict(zip("▮▯━╋┼▎·→←‹›", "#-=++|-><<>", strict=True)),
}
"""One for one, so that columns stay columns."""


def make_do() -> None:
    """Let stdout and stderr write anything: a pipe on Windows or a bare machine knows few letters,
    and a file's name may hold bytes that are none."""
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
