"""How an answer was spoken, as JSON."""

from __future__ import annotations

from rehearse.asjson.values import Json, optional, said, seconds
from rehearse.findings.delivery import (
    Filler,
    Fillers,
    Hedges,
    Pace,
    Pauses,
    RepeatKind,
    Repeats,
    Scripted,
    Timing,
    Voice,
)


def timing(value: Timing) -> Json:
    return {
        "duration": seconds(value.duration),
        "target": value.target,
        "verdict": value.verdict.value if value.verdict else None,
        "reaction": seconds(value.reaction),
        "phonation": seconds(value.phonation),
        "phonation_ratio": seconds(value.phonation_ratio),
        "spoken_from": seconds(value.spoken_from),
        "spoken_to": seconds(value.spoken_to),
        "answer": seconds(value.answer),
        "heard": seconds(value.heard),
        "no_sound": [
            {"start": seconds(span.start), "end": seconds(span.end)} for span in value.no_sound
        ],
    }


def fillers(value: Fillers) -> Json:
    return {
        "total": value.total,
        "per_minute": seconds(value.per_minute),
        "counts": dict(value.counts.items()),
        "items": [_filler(item) for item in value.items],
    }


def _filler(value: Filler) -> Json:
    return {
        "text": value.text,
        "kind": value.kind.value,
        "heard_in": value.heard_in.value,
        "first_word": value.first_word,
        "last_word": value.last_word,
        "start": seconds(value.start),
        "end": seconds(value.end),
        "confidence": seconds(value.confidence),
    }


def hedges(value: Hedges) -> Json:
    return {
        "total": value.total,
        "counts": dict(value.counts.items()),
        "items": [
            {
                "text": item.text,
                "first_word": item.first_word,
                "last_word": item.last_word,
                "start": seconds(item.start),
                "end": seconds(item.end),
            }
            for item in value.items
        ],
    }


def repeats(value: Repeats) -> Json:
    return {
        "total": value.total,
        "counts": {kind.value: value.count(kind) for kind in RepeatKind},
        "items": [
            {
                "kind": item.kind.value,
                "first_word": item.first_word,
                "last_word": item.last_word,
                "start": seconds(item.start),
                "end": seconds(item.end),
            }
            for item in value.items
        ],
    }


def pace(value: Pace) -> Json:
    return {
        "words_per_minute": seconds(value.words_per_minute),
        "articulation_rate": seconds(value.articulation_rate),
        "curve": [
            {"start": seconds(point.start), "words_per_minute": seconds(point.words_per_minute)}
            for point in value.curve
        ],
        "syllables_per_second": seconds(value.syllables_per_second),
        "mean_run": seconds(value.mean_run),
    }


def voice(value: Voice) -> Json:
    return {
        "pitch_variation": seconds(value.pitch_variation),
        "level": seconds(value.level),
        "level_variation": seconds(value.level_variation),
    }


def pauses(value: Pauses) -> Json:
    return {
        "count": value.count,
        "per_minute": seconds(value.per_minute),
        "per_spoken_minute": seconds(value.per_spoken_minute),
        "mean": seconds(value.mean),
        "longest": seconds(value.longest),
        "items": [
            {"start": seconds(p.start), "end": seconds(p.end), "mid_clause": p.mid_clause}
            for p in value.items
        ],
    }


def scripted(value: Scripted) -> Json:
    return {
        "share": seconds(value.share),
        "takes": value.takes,
        "longest": optional(said, value.longest),
    }
