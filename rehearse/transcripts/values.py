"""Shared parts of reading JSON of many programs: lists of objects, words, speakers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rehearse.model.take import Word
from rehearse.transcripts.timed import Token, joined, probability, time
from rehearse.transcripts.turns import Turn

_TEXTS = ("punctuated_word", "word", "text", "value", "content")
_SPEAKERS = ("speaker", "speaker_label", "speakerLabel", "speaker_id", "speakerTag", "speaker_name")
_BARE = re.compile(r"\d+|[A-Z]")
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)s")
_ISO = re.compile(r"PT(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?")


class UnknownShape(ValueError):
    """The JSON is not a transcript that we know."""


@dataclass(frozen=True)
class SpokenPiece:
    """A piece of speech and its speaker."""

    piece: Token
    speaker: str | None


def dicts(items: Any) -> list[dict[str, Any]]:
    """The list of objects. Raises UnknownShape where it is something else."""
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise UnknownShape
    return items


def text_in(part: dict[str, Any]) -> str:
    """Raises UnknownShape where there is none."""
    text = next((part[name] for name in _TEXTS if name in part), None)
    if not isinstance(text, str):
        raise UnknownShape
    return text


def speaker_in(part: dict[str, Any], *, nobody: object = None) -> str | None:
    """The speaker's name in a part; a number or letter alone becomes "Speaker 1"."""
    value = next((part[name] for name in _SPEAKERS if part.get(name) is not None), None)
    if isinstance(value, dict):
        value = value.get("name", value.get("id"))
    if isinstance(value, bool) or not isinstance(value, (int, str)) or value == nobody:
        return None
    name = " ".join(str(value).split())
    return f"Speaker {name}" if _BARE.fullmatch(name) else name or None


def piece_in(part: dict[str, Any], *, unit: float = 1.0) -> Token:
    """Raises UnknownShape."""
    sure = part.get("probability", part.get("score", part.get("confidence", part.get("conf"))))
    return Token(
        text_in(part),
        time(part.get("start"), unit=unit),
        time(part.get("end"), unit=unit),
        sureness(sure),
    )


def sureness(value: object) -> float | None:
    """A probability, also as text."""
    return probability(time(value, most=1.0)) if isinstance(value, str) else probability(value)


def length_in(value: object) -> float | None:
    """Seconds in "12.3s", in {"seconds": 12, "nanos": 300000000}, in "PT12.3S" or a number."""
    if isinstance(value, dict):
        whole, rest = time(value.get("seconds", 0)), time(value.get("nanos", 0), unit=1e-9)
        return None if whole is None or rest is None else whole + rest
    if isinstance(value, str):
        if match := _LENGTH.fullmatch(value.strip()):
            return time(match[1])
        if (match := _ISO.fullmatch(value.strip())) and any(match.groups()):
            hours, minutes, seconds = (float(part or 0) for part in match.groups())
            return time(3600 * hours + 60 * minutes + seconds)
    return time(value)


def turns_in(parts: Iterable[SpokenPiece], *, language: str) -> tuple[Turn, ...]:
    """Words of pieces, in turns of one speaker."""
    turns: list[Turn] = []
    run: list[SpokenPiece] = []
    for part in parts:
        if run and part.speaker != run[-1].speaker:
            turns.append(_turn(run, language))
            run = []
        run.append(part)
    return (*turns, _turn(run, language)) if run else tuple(turns)


def _turn(run: Sequence[SpokenPiece], language: str) -> Turn:
    words: list[Word] = joined((part.piece for part in run), language=language)
    return Turn(tuple(words), run[0].speaker)


def glue(parts: list[SpokenPiece], mark: str) -> None:
    """Put a punctuation mark at the end of the last word."""
    if parts and mark.strip():
        last = parts[-1]
        piece = replace(last.piece, text=last.piece.text + mark.strip())
        parts[-1] = SpokenPiece(piece, last.speaker)
