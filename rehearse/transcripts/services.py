"""JSON of services and programs with shapes of their own.

Each function gives None for what is not its own, and raises UnknownShape where it is damaged.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rehearse.transcripts.languages import of
from rehearse.transcripts.passages import Passage, ended, turns_of
from rehearse.transcripts.stamps import seconds_of
from rehearse.transcripts.timed import Token, time
from rehearse.transcripts.turns import Dialogue, Turn
from rehearse.transcripts.units import MILLISECOND
from rehearse.transcripts.values import (
    SpokenPiece,
    dicts,
    glue,
    length_in,
    piece_in,
    speaker_in,
    sureness,
    text_in,
    turns_in,
)


def deepgram(data: dict[str, Any]) -> Dialogue | None:
    """Each channel has its words; where there are several, each is somebody."""
    results = data.get("results")
    if not isinstance(results, dict) or not isinstance(results.get("channels"), list):
        return None
    channels = dicts(results["channels"])
    language = of(
        next((c["detected_language"] for c in channels if "detected_language" in c), None)
    )
    turns: list[Turn] = []
    for number, channel in enumerate(channels, start=1):
        best = (dicts(channel.get("alternatives", [])) or [{}])[0]
        name = f"Channel {number}" if len(channels) > 1 else None
        words = [
            SpokenPiece(piece_in(word), name or speaker_in(word))
            for word in dicts(best.get("words", []))
        ]
        said = best.get("transcript")
        if not words and isinstance(said, str):
            words = [SpokenPiece(Token(said), name)]
        turns += turns_in(words, language=language)
    metadata = data.get("metadata")
    length = time(metadata.get("duration")) if isinstance(metadata, dict) else None
    return Dialogue(tuple(turns), language, length)


def rev(data: dict[str, Any]) -> Dialogue | None:
    """Monologues of words and marks, with the names of who speaks in a list beside them."""
    if not isinstance(data.get("monologues"), list):
        return None
    names = {one.get("id"): speaker_in(one) for one in dicts(data.get("speakers", []))}
    parts: list[SpokenPiece] = []
    for monologue in dicts(data["monologues"]):
        own = monologue.get("speaker")
        speaker = names.get(own if isinstance(own, (int, str)) else None) or speaker_in(monologue)
        said: list[SpokenPiece] = []
        for element in dicts(monologue.get("elements", [])):
            if element.get("type") == "punct":
                glue(said, text_in(element))
            elif element.get("type") == "text":
                said.append(SpokenPiece(_rev_piece(element), speaker))
        parts += said
    language = of(data.get("language"))
    return Dialogue(turns_in(parts, language=language), language)


def _rev_piece(element: dict[str, Any]) -> Token:
    edges = [
        element.get(short, element.get(long))
        for short, long in (("ts", "timestamp"), ("end_ts", "end_timestamp"))
    ]
    start, end = (seconds_of(e) if isinstance(e, str) and ":" in e else time(e) for e in edges)
    return Token(text_in(element), start, end, sureness(element.get("confidence")))


def speechmatics(data: dict[str, Any]) -> Dialogue | None:
    """Words and marks in one list, each with its readings."""
    results = data.get("results")
    if not isinstance(results, list) or not results or not all(map(_is_speechmatics, results)):
        return None
    parts: list[SpokenPiece] = []
    for item in results:
        best = dicts(item["alternatives"])[0]
        if item["type"] == "punctuation":
            glue(parts, text_in(best))
            continue
        start, end = time(item.get("start_time")), time(item.get("end_time"))
        piece = Token(text_in(best), start, end, sureness(best.get("confidence")))
        parts.append(SpokenPiece(piece, speaker_in(best, nobody="UU")))
    metadata, job = data.get("metadata"), data.get("job")
    config = metadata.get("transcription_config") if isinstance(metadata, dict) else None
    language = of(config.get("language") if isinstance(config, dict) else None)
    length = time(job.get("duration")) if isinstance(job, dict) else None
    return Dialogue(turns_in(parts, language=language), language, length)


def _is_speechmatics(item: Any) -> bool:
    return (
        isinstance(item, dict)
        and item.get("type") in ("word", "punctuation", "entity", "speaker_change")
        and isinstance(item.get("alternatives"), list)
        and bool(item["alternatives"])
    )


def elevenlabs(data: dict[str, Any]) -> Dialogue | None:
    """Blanks and events are entries among the words."""
    words = data.get("words")
    if not isinstance(words, list) or "language_code" not in data:
        return None
    entries = dicts(words)
    if not all(isinstance(entry.get("type"), str) for entry in entries):
        return None
    language = of(data["language_code"])
    parts = [SpokenPiece(piece_in(e), speaker_in(e)) for e in entries if e["type"] == "word"]
    return Dialogue(
        turns_in(parts, language=language), language, time(data.get("audio_duration_secs"))
    )


def transformers(data: dict[str, Any]) -> Dialogue | None:
    """Chunks with a pair of times; programs on top of it add who speaks."""
    chunks = data.get("speakers") or data.get("chunks")
    if not isinstance(chunks, list) or not all(_is_chunk(chunk) for chunk in chunks):
        return None
    passages = [
        Passage(chunk["text"], time(start), time(end), speaker_in(chunk))
        for chunk in chunks
        for start, end in [chunk["timestamp"]]
    ]
    turns, notes = turns_of(ended(passages))
    return Dialogue(turns, of(data.get("language")), notes=notes)


def _is_chunk(chunk: Any) -> bool:
    return (
        isinstance(chunk, dict)
        and isinstance(chunk.get("text"), str)
        and isinstance(chunk.get("timestamp"), list)
        and len(chunk["timestamp"]) == 2
    )


def youtube(data: dict[str, Any]) -> Dialogue | None:
    """Events of captions with a time and pieces of text, in milliseconds."""
    if not isinstance(data.get("events"), list) or "wireMagic" not in data:
        return None
    passages = list(_captions(dicts(data["events"])))
    turns, notes = turns_of(ended(passages))
    return Dialogue(turns, notes=notes)


def _captions(events: list[dict[str, Any]]) -> Iterator[Passage]:
    for event in events:
        start, length = (time(event.get(n), unit=MILLISECOND) for n in ("tStartMs", "dDurationMs"))
        pieces = [one for one in dicts(event.get("segs", [])) if isinstance(one.get("utf8"), str)]
        if start is None or event.get("aAppend"):
            continue
        edges = [start + (time(p.get("tOffsetMs"), unit=MILLISECOND) or 0.0) for p in pieces]
        timed = any("tOffsetMs" in piece for piece in pieces)
        if not timed:
            text = "".join(piece["utf8"] for piece in pieces).strip()
            if text:
                yield Passage(text, start, None if length is None else start + length)
            continue
        for piece, edge in zip(pieces, edges, strict=True):
            if piece["utf8"].strip():
                yield Passage(piece["utf8"].strip(), edge)


def gladia(data: dict[str, Any]) -> Dialogue | None:
    """Utterances deep inside, with the length beside them."""
    inner = data.get("result", data)
    said = inner.get("transcription") if isinstance(inner, dict) else None
    if not isinstance(said, dict) or not isinstance(said.get("utterances"), list):
        return None
    parts = []
    for utterance in dicts(said["utterances"]):
        speaker = speaker_in(utterance)
        words = dicts(utterance.get("words") or [utterance])
        parts += [SpokenPiece(piece_in(word), speaker) for word in words]
    metadata = inner.get("metadata")
    length = length_in(metadata.get("audio_duration")) if isinstance(metadata, dict) else None
    languages = said.get("languages")
    language = of(languages[0] if isinstance(languages, list) and languages else None)
    return Dialogue(turns_in(parts, language=language), language, length)
