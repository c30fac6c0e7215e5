"""Decodes the bytes of a text in any encoding."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 64 * 2**10
"""Bytes that are enough to recognise UTF-16."""
_CUT_APART = re.compile(rb"[\xc3-\xf4][\x80-\xbf]")
_MOST_NULLS = 0.02
"""Share of null bytes among the halves of UTF-16 that hold letters."""
_LEAST_NULLS = 0.2
"""Share of null bytes among its other halves: blanks and line ends alone make as many."""


class NoText(ValueError):
    """The bytes are not text."""


def decoded(data: bytes, *, utf8: bool = False) -> str:
    """By its mark, else UTF-8, else as Windows wrote it; a damaged character becomes U+FFFD.
    `utf8`: the format has no other encoding. Raises NoText."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if wide := _wide(data):
        return data.decode(wide, errors="replace")
    if b"\0" in data:
        raise NoText
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        damaged = utf8 or _is_damaged_utf8(data)
        return data.decode("utf-8" if damaged else "cp1252", errors="replace")


def _is_damaged_utf8(data: bytes) -> bool:
    """Complete characters of several bytes are not an accident: cp1252 has two of its signs in a
    row hardly ever. Where there are none, a damaged one must at least be a part of such."""
    text = data.decode("utf-8", errors="surrogateescape")
    whole = sum(letter > "\x7f" and not "\udc80" <= letter <= "\udcff" for letter in text)
    bad = sum("\udc80" <= letter <= "\udcff" for letter in text)
    return whole >= bad or bool(_CUT_APART.search(data) and not whole)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of its blanks and Latin letters is null."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if not half or len(data) % 2:
        return None
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    for nulls, others, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if nulls >= _LEAST_NULLS and others <= _MOST_NULLS and _is_text(sample, encoding):
            return encoding
    return None


def _is_text(sample: bytes, encoding: str) -> bool:
    text = sample[: len(sample) - len(sample) % 2].decode(encoding, errors="replace")
    return all(letter.isprintable() or letter.isspace() for letter in text)
