"""Transcripts in JSON: as the Whisper programs write them, as services do, and as we do.

Known shapes: openai-whisper and its interface, faster-whisper, WhisperX, whisper.cpp
(-oj, -ojf), Vosk, `rehearse analyze --json`, `take.json`, and plain lists of segments, utterances
or words; AssemblyAI writes those in milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rehearse.model.take import Word
from rehearse.transcripts import clouds, services
from rehearse.transcripts.languages import of
from rehearse.transcripts.passages import Passage, turns_of
from rehearse.transcripts.timed import Token, filled, joined, probability, spread, time
from rehearse.transcripts.turns import Dialogue, Turn, spoken_by
from rehearse.transcripts.units import LARGEST, MILLISECOND, milliseconds_or, unit_of
from rehearse.transcripts.values import (
    SpokenPiece,
    UnknownShape,
    dicts,
    piece_in,
    speaker_in,
    turns_in,
)

_SPECIAL = re.compile(r"\[_.*_?\]|<\|.*\|>")
_LISTS = ("segments", "word_segments", "words", "utterances", "sentences", "paragraphs", "result")
_IN_MILLISECONDS = ("audio_duration", "acoustic_model", "speech_model")
"""Fields that only files of AssemblyAI have."""
_SERVICES = (
    services.deepgram,
    clouds.amazon,
    services.rev,
    services.speechmatics,
    clouds.watson,
    clouds.google,
    clouds.azure,
    services.youtube,
    services.gladia,
    services.transformers,
    services.elevenlabs,
)


@dataclass(frozen=True)
class _File:
    """Facts about the whole file."""

    language: str
    unit: float = 1.0
    """Seconds."""


def dialogue_of(data: object) -> Dialogue:
    """Raises UnknownShape."""
    if isinstance(data, list):
        return _listed(data, {"segments": data})
    if not isinstance(data, dict):
        raise UnknownShape
    if (dialogue := _of_service(data)) is not None:
        return dialogue
    inner = data.get("transcript")
    if isinstance(inner, dict):
        return dialogue_of(inner)
    if isinstance(inner, list):
        return _listed(inner, data)
    if isinstance(data.get("transcription"), list):
        return _cpp_file(data)
    lists = [data[name] for name in _order(data) if isinstance(data.get(name), list)]
    if lists:
        return _listed(next(filter(None, lists), []), data)
    text = data.get("text", inner)
    if not isinstance(text, str):
        raise UnknownShape
    turns, notes = turns_of([Passage(text)])
    return Dialogue(turns, _language(data), _length(data), notes)


def _of_service(data: dict[str, Any]) -> Dialogue | None:
    return next(filter(None, (read(data) for read in _SERVICES)), None)


def _order(data: dict[str, Any]) -> tuple[str, ...]:
    """Of the parts that a file may have, the one that names speakers, then that with the best
    times, comes first."""
    for name in ("segments", "utterances"):
        parts = data.get(name)
        if isinstance(parts, list) and any(
            isinstance(part, dict) and part.get("words") for part in parts
        ):
            return (name,)
    named = [name for name in _LISTS if _names_speakers(data.get(name))]
    return (*named, "word_segments", "words", *_LISTS)


def _names_speakers(parts: Any) -> bool:
    return isinstance(parts, list) and any(
        isinstance(part, dict) and speaker_in(part) for part in parts
    )


def _listed(items: list[Any], data: dict[str, Any]) -> Dialogue:
    """A list of words, of segments, or of segments with words."""
    parts = dicts(items)
    length = _length(data)
    unit, notes = _unit(parts, data, length)
    file = _File(_language(data), unit)
    turns, more = _turns(parts, file)
    return Dialogue(turns, file.language, length, (*notes, *more))


def _unit(
    parts: Sequence[dict[str, Any]], data: dict[str, Any], length: float | None
) -> tuple[float, tuple[str, ...]]:
    flat = [word for part in parts for word in [part, *_words_in(part)]]
    starts = [time(one.get("start"), most=LARGEST) for one in flat]
    ends = [time(one.get("end"), most=LARGEST) for one in flat]
    judge = milliseconds_or if any(name in data for name in _IN_MILLISECONDS) else unit_of
    words = sum(len(str(part.get("text", part.get("word", ""))).split()) for part in parts)
    return judge(starts, ends, words=words, length=length)


def _words_in(part: dict[str, Any]) -> list[dict[str, Any]]:
    words = part.get("words", part.get("result"))
    return dicts(words) if isinstance(words, list) else []


def _turns(
    parts: Sequence[dict[str, Any]], file: _File
) -> tuple[tuple[Turn, ...], tuple[str, ...]]:
    if any("word" in part for part in parts) or _are_words(parts):
        said = (SpokenPiece(piece_in(part, unit=file.unit), speaker_in(part)) for part in parts)
        return turns_in(said, language=file.language), ()
    if any(_words_in(part) for part in parts):
        return tuple(turn for part in parts for turn in _segment(part, file)), ()
    return turns_of([_passage(part, file) for part in parts])


def _are_words(parts: Sequence[dict[str, Any]]) -> bool:
    """AssemblyAI calls its words texts; they have a confidence each and no parts."""
    return bool(parts) and all(
        "confidence" in part and isinstance(part.get("text"), str) and len(part["text"].split()) < 2
        for part in parts
    )


def _segment(part: dict[str, Any], file: _File) -> Iterator[Turn]:
    passage = _passage(part, file) if not _words_in(part) else None
    if passage is not None:
        yield Turn(tuple(spread(passage.text, passage.start, passage.end)), passage.speaker)
        return
    start, end = (time(part.get(name), unit=file.unit) for name in ("start", "end"))
    own = speaker_in(part)
    said = [(piece_in(word, unit=file.unit), speaker_in(word) or own) for word in _words_in(part)]
    yield from spoken_by(_in_segment(said, file, start=start, end=end))


def _in_segment(
    said: Sequence[tuple[Token, str | None]],
    file: _File,
    *,
    start: float | None,
    end: float | None,
) -> list[tuple[Word, str | None]]:
    """Words of pieces, with a place for those without times; each is whoever's its pieces are."""
    turns = turns_in(
        (SpokenPiece(piece, speaker) for piece, speaker in said), language=file.language
    )
    words = filled([word for turn in turns for word in turn.words], start=start, end=end)
    speakers = [turn.speaker for turn in turns for _ in turn.words]
    return list(zip(words, speakers, strict=True))


def _passage(part: dict[str, Any], file: _File) -> Passage:
    text = part.get("text", part.get("transcript"))
    if not isinstance(text, str):
        raise UnknownShape
    start, end = (time(part.get(name), unit=file.unit) for name in ("start", "end"))
    length = time(part.get("duration"), unit=file.unit)
    if end is None and start is not None and length is not None:
        end = start + length
    sure = probability(part.get("probability"))
    return Passage(" ".join(text.split()), start, end, speaker_in(part), sure)


def _cpp_file(data: dict[str, Any]) -> Dialogue:
    """Of whisper.cpp: times in milliseconds, or only as clocks."""
    language = _language(data)
    parts = dicts(data["transcription"])
    if not all(isinstance(part.get("text"), str) for part in parts):
        raise UnknownShape
    if not any(isinstance(part.get("tokens"), list) for part in parts):
        passages = [Passage(part["text"].strip(), *_offsets(part)) for part in parts]
        turns, notes = turns_of(passages)
        return Dialogue(turns, language, notes=notes)
    turns = tuple(Turn(tuple(_cpp(part, language)), speaker_in(part)) for part in parts)
    return Dialogue(turns, language)


def _cpp(part: dict[str, Any], language: str) -> list[Word]:
    """A segment whose tokens may be less than a character."""
    plain = spread(part["text"], *_offsets(part))
    listed = part.get("tokens")
    if not isinstance(listed, list):
        return plain
    pieces = (_cpp_piece(token) for token in dicts(listed))
    words = joined((p for p in pieces if not _SPECIAL.fullmatch(p.text)), language=language)
    return words if [w.text for w in words] == [w.text for w in plain] else plain


def _cpp_piece(token: dict[str, Any]) -> Token:
    text = token.get("text")
    return Token(
        text if isinstance(text, str) else "", *_offsets(token), probability(token.get("p"))
    )


def _offsets(part: dict[str, Any]) -> tuple[float | None, float | None]:
    offsets = part.get("offsets")
    if not isinstance(offsets, dict):
        return None, None
    return (
        time(offsets.get("from"), unit=MILLISECOND),
        time(offsets.get("to"), unit=MILLISECOND),
    )


def _places(data: dict[str, Any], *names: str) -> Iterable[dict[str, Any]]:
    """The object and its parts that may have facts about the whole file."""
    yield data
    yield from (data[name] for name in names if isinstance(data.get(name), dict))


def _language(data: dict[str, Any]) -> str:
    for place in _places(data, "result", "info", "params"):
        for name in ("language", "language_code", "lang"):
            if isinstance(place.get(name), str) and place[name].strip():
                return of(place[name])
    return of(None)


def _length(data: dict[str, Any]) -> float | None:
    for place in _places(data, "timing", "info"):
        for name in ("duration", "audio_duration"):
            if seconds := time(place.get(name)):
                return seconds
    return None
