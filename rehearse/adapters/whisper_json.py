"""Transcripts as the Whisper programs write them in JSON, and as we do.

Known shapes: openai-whisper and its interface, faster-whisper, WhisperX, whisper.cpp (-oj, -ojf),
`rehearse analyze --json`, `take.json`, and plain lists of segments or words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rehearse.adapters.timed import Piece, filled, in_order, joined, probability, spread, time
from rehearse.model import Transcript

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rehearse.model import Word

_MILLISECOND = 0.001
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_SILENCE = "[BLANK_AUDIO]"
_SPECIAL = re.compile(r"\[_.*_?\]|<\|.*\|>")


class UnknownShape(ValueError):
    """JSON, but no transcript that we know."""


def transcript_of(data: object) -> Transcript:
    """Raises UnknownShape."""
    if isinstance(data, list):
        return Transcript(in_order(_items(data, language="en")))
    if not isinstance(data, dict):
        raise UnknownShape
    inner = data.get("transcript")
    if isinstance(inner, dict):
        return transcript_of(inner)
    language = _language(data)
    length = _duration(data)
    words = in_order(_words(data, language), duration=length)
    return Transcript(words, language=language, duration=length)


def _words(data: dict[str, Any], language: str) -> list[Word]:
    """Of the parts that a file may have, the one with the best times."""
    if isinstance(data.get("transcription"), list):
        return [word for part in _dicts(data["transcription"]) for word in _cpp(part, language)]
    segments = data.get("segments")
    timed = isinstance(segments, list) and any(part.get("words") for part in _dicts(segments))
    names = ("segments",) if timed else ("word_segments", "words", "segments")
    lists = [data[name] for name in names if isinstance(data.get(name), list)]
    if lists:
        return _items(next(filter(None, lists), []), language=language)
    if isinstance(data.get("text"), str):
        return spread(data["text"], None, None)
    raise UnknownShape


def _items(items: list[Any], *, language: str) -> list[Word]:
    """A list of words, or of segments."""
    parts = _dicts(items)
    if any("word" in part for part in parts):
        return joined(map(_piece, parts), language=language)
    return [word for part in parts for word in _segment(part, language)]


def _dicts(items: list[Any]) -> list[dict[str, Any]]:
    if not all(isinstance(item, dict) for item in items):
        raise UnknownShape
    return items


def _segment(part: dict[str, Any], language: str) -> list[Word]:
    start, end = time(part.get("start")), time(part.get("end"))
    words = part.get("words")
    if isinstance(words, list) and words:
        pieces = joined(map(_piece, _dicts(words)), language=language)
        return filled(pieces, start=start, end=end)
    if not isinstance(part.get("text"), str):
        raise UnknownShape
    return spread(part["text"], start, end, probability(part.get("probability")))


def _piece(part: dict[str, Any]) -> Piece:
    text = part.get("word", part.get("text"))
    if not isinstance(text, str):
        raise UnknownShape
    sure = part.get("probability", part.get("score", part.get("confidence")))
    return Piece(text, time(part.get("start")), time(part.get("end")), probability(sure))


def _cpp(part: dict[str, Any], language: str) -> list[Word]:
    """A segment of whisper.cpp: milliseconds, and tokens that may be less than a character."""
    if not isinstance(part.get("text"), str):
        raise UnknownShape
    if part["text"].strip() == _SILENCE:
        return []
    plain = spread(part["text"], *_offsets(part))
    listed = part.get("tokens")
    if not isinstance(listed, list):
        return plain
    pieces = (_cpp_piece(token) for token in _dicts(listed))
    words = joined((p for p in pieces if not _SPECIAL.fullmatch(p.text)), language=language)
    return words if [w.text for w in words] == [w.text for w in plain] else plain


def _cpp_piece(token: dict[str, Any]) -> Piece:
    text = token.get("text")
    return Piece(
        text if isinstance(text, str) else "", *_offsets(token), probability(token.get("p"))
    )


def _offsets(part: dict[str, Any]) -> tuple[float | None, float | None]:
    offsets = part.get("offsets")
    if not isinstance(offsets, dict):
        return None, None
    return (
        time(offsets.get("from"), unit=_MILLISECOND),
        time(offsets.get("to"), unit=_MILLISECOND),
    )


def _places(data: dict[str, Any], *names: str) -> Iterable[dict[str, Any]]:
    """The object itself and those of its parts that may hold what it says of the whole."""
    yield data
    yield from (data[name] for name in names if isinstance(data.get(name), dict))


def _language(data: dict[str, Any]) -> str:
    for place in _places(data, "result", "info"):
        code = place.get("language")
        if isinstance(code, str) and _LANGUAGE.fullmatch(code):
            return code
    return "en"


def _duration(data: dict[str, Any]) -> float | None:
    for place in _places(data, "timing", "info"):
        seconds = time(place.get("duration"))
        if seconds:
            return seconds
    return None
