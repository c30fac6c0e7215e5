"""JSON of the large services: Amazon Transcribe, Google Speech-to-Text, Azure Speech, IBM Watson.

Each function gives None for what is not its own, and raises UnknownShape where it is damaged.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rehearse.transcripts.languages import of
from rehearse.transcripts.timed import Token, time
from rehearse.transcripts.turns import Dialogue, Turn
from rehearse.transcripts.values import (
    SpokenPiece,
    dicts,
    glue,
    length_in,
    speaker_in,
    sureness,
    text_in,
    turns_in,
)

_MILLISECOND = 0.001
_TICK = 1e-7
"""Seconds; Azure's unit."""


def amazon(data: dict[str, Any]) -> Dialogue | None:
    """Punctuation is an item of its own, numbers are texts; who speaks stands in the items, in a
    list beside them, or there is a channel for each."""
    results = data.get("results")
    if not isinstance(results, dict) or not {"transcripts", "items"} <= results.keys():
        return _amazon_call(data)
    language = of(results.get("language_code", data.get("language_code")))
    channels = results.get("channel_labels")
    lists: list[tuple[list[dict[str, Any]], str | None]]
    if isinstance(channels, dict):
        lists = [
            (dicts(channel.get("items", [])), f"Channel {number}")
            for number, channel in enumerate(dicts(channels.get("channels", [])), start=1)
        ]
    else:
        lists = [(dicts(results["items"]), None)]
    named = _amazon_speakers(results.get("speaker_labels"))
    turns = [
        turn
        for items, channel in lists
        for turn in turns_in(_amazon_parts(items, named, channel), language=language)
    ]
    return Dialogue(tuple(turns), language)


def _amazon_speakers(labels: Any) -> dict[object, str | None]:
    """By the time at which a word starts, as it is written."""
    if not isinstance(labels, dict):
        return {}
    return {
        item.get("start_time"): speaker_in(item) or speaker_in(segment)
        for segment in dicts(labels.get("segments", []))
        for item in dicts(segment.get("items", []))
    }


def _amazon_parts(
    items: list[dict[str, Any]], named: dict[object, str | None], channel: str | None
) -> list[SpokenPiece]:
    parts: list[SpokenPiece] = []
    for item in items:
        best = _first(item.get("alternatives"))
        if item.get("type") == "punctuation":
            glue(parts, text_in(best))
            continue
        start, end = time(item.get("start_time")), time(item.get("end_time"))
        piece = Token(text_in(best), start, end, sureness(best.get("confidence")))
        speaker = channel or speaker_in(item) or named.get(item.get("start_time"))
        parts.append(SpokenPiece(piece, speaker))
    return parts


def _amazon_call(data: dict[str, Any]) -> Dialogue | None:
    """The analysis of a call: turns with the role of who speaks."""
    if not isinstance(data.get("Transcript"), list):
        return None
    language = of(data.get("LanguageCode"))
    parts = []
    for turn in dicts(data["Transcript"]):
        for item in dicts(turn.get("Items") or [turn]):
            if not isinstance(item.get("Content"), str):
                return None
            edges = (item.get("BeginOffsetMillis"), item.get("EndOffsetMillis"))
            start, end = (time(edge, unit=_MILLISECOND) for edge in edges)
            role = turn.get("ParticipantRole", turn.get("ParticipantId"))
            speaker = str(role).capitalize() if role else None
            sure = sureness(item.get("Confidence"))
            parts.append(SpokenPiece(Token(item["Content"], start, end, sure), speaker))
    return Dialogue(turns_in(parts, language=language), language)


def google(data: dict[str, Any]) -> Dialogue | None:
    """With speakers, the last result repeats all words, each with its speaker."""
    inner = data.get("response", data)
    results = inner.get("results") if isinstance(inner, dict) else None
    if not isinstance(results, list) or not all(_is_google(result) for result in results):
        return None
    best = [_first(result["alternatives"]) for result in results if result.get("alternatives")]
    code = next((r.get("languageCode") for r in results if r.get("languageCode")), None)
    language = of(code)
    spoken = [turns_in(_google_parts(one), language=language) for one in best]
    if len(spoken) > 1 and any(turn.speaker for turn in spoken[-1]):
        spoken = spoken[-1:] if _count(spoken[-1]) >= sum(map(_count, spoken[:-1])) else spoken
    length = length_in(results[-1].get("resultEndTime", results[-1].get("resultEndOffset")))
    return Dialogue(tuple(turn for turns in spoken for turn in turns), language, length)


def _is_google(result: Any) -> bool:
    """Others that speak of results and alternatives have items of other kinds."""
    if not isinstance(result, dict) or not isinstance(result.get("alternatives", []), list):
        return False
    options = result.get("alternatives") or [{"transcript": ""}]
    return all(
        isinstance(one, dict)
        and ("transcript" in one or "words" in one)
        and "timestamps" not in one
        for one in options
    )


def _google_parts(best: dict[str, Any]) -> Iterator[SpokenPiece]:
    words = best.get("words")
    if not words:
        yield SpokenPiece(Token(str(best.get("transcript", ""))), None)
        return
    for word in dicts(words):
        edges = [
            length_in(next((word[name] for name in names if name in word), None))
            for names in (
                ("startTime", "startOffset", "start_time", "start_offset"),
                ("endTime", "endOffset", "end_time", "end_offset"),
            )
        ]
        start = edges[0] if edges[0] is not None or edges[1] is None else 0.0
        piece = Token(text_in(word), start, edges[1], sureness(word.get("confidence")))
        yield SpokenPiece(piece, speaker_in(word, nobody=0))


def azure(data: dict[str, Any]) -> Dialogue | None:
    """Batch transcription: phrases with their best reading, in ticks or as "PT1.2S"."""
    if not isinstance(data.get("recognizedPhrases"), list):
        return None
    phrases = dicts(data["recognizedPhrases"])
    code = next((one.get("locale") for one in phrases if one.get("locale")), None)
    channels = {one.get("channel") for one in phrases}
    turns: list[Turn] = []
    for phrase in phrases:
        best = _first(phrase.get("nBest"))
        text = best.get("display", best.get("lexical"))
        start, length = (_ticks(phrase, name) for name in ("offset", "duration"))
        end = start + length if start is not None and length is not None else None
        speaker = speaker_in(phrase)
        if speaker is None and len(channels) > 1:
            speaker = f"Channel {phrase.get('channel')}"
        piece = Token(str(text or ""), start, end, sureness(best.get("confidence")))
        turns += turns_in([SpokenPiece(piece, speaker)], language=of(code))
    duration = _ticks(data, "duration")
    return Dialogue(tuple(turns), of(code), duration)


def _ticks(part: dict[str, Any], name: str) -> float | None:
    if f"{name}InTicks" in part:
        return time(part[f"{name}InTicks"], unit=_TICK)
    return length_in(part.get(name))


def watson(data: dict[str, Any]) -> Dialogue | None:
    """Words are lists of a text and two times; who speaks when stands beside them."""
    results = data.get("results")
    if not isinstance(results, list) or not results:
        return None
    best = [_first(result.get("alternatives")) for result in dicts(results)]
    if not all(isinstance(one.get("timestamps"), list) for one in best):
        return None
    speakers = {one.get("from"): speaker_in(one) for one in dicts(data.get("speaker_labels", []))}
    parts = [
        SpokenPiece(Token(str(word[0]), time(word[1]), time(word[2])), speakers.get(word[1]))
        for one in best
        for word in one["timestamps"]
        if isinstance(word, list) and len(word) > 2 and isinstance(word[1], (int, float))
    ]
    return Dialogue(turns_in(parts, language="en"))


def _first(items: Any) -> dict[str, Any]:
    listed = dicts(items or [])
    return listed[0] if listed else {}


def _count(turns: tuple[Turn, ...]) -> int:
    return sum(len(turn.words) for turn in turns)
