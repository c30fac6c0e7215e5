"""An analysis as the JSON that scripts rely on, schema 1."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TypeAlias, TypeVar

from rehearse.model import (
    STAR,
    Analysis,
    Edges,
    Filler,
    Fillers,
    Hedges,
    KeyPoints,
    Outline,
    OutlinePart,
    Ownership,
    Pace,
    Pauses,
    Question,
    RepeatKind,
    Repeats,
    Results,
    Said,
    Scripted,
    Section,
    SectionShare,
    Segment,
    Star,
    Timing,
    Voice,
    Word,
)

Json: TypeAlias = "dict[str, Json] | list[Json] | str | float | int | bool | None"

T = TypeVar("T")

SCHEMA = 1
_UNSEEN = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What JSON leaves as it is in a text, though it steers terminals or is half a character."""


def line(value: Json, *, plain: bool = False) -> str:
    """One line, safe to be shown: what could steer a terminal is there as an escape; where it is to
    be `plain`, so is every letter that is not ASCII."""
    text = json.dumps(value, ensure_ascii=plain)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def seconds(value: float | None) -> float | None:
    """Rounded to the millisecond, finer than anything measured here."""
    return None if value is None else round(float(value), 3)


def analysis(value: Analysis, source: str) -> dict[str, Json]:
    return {
        "schema": SCHEMA,
        "source": source,
        "question": optional(question, value.question),
        "timing": _timing(value.timing),
        "words": words(value.words),
        "fillers": optional(_fillers, value.fillers),
        "pace": optional(_pace, value.pace),
        "pauses": optional(_pauses, value.pauses),
        "voice": optional(_voice, value.voice),
        "star": optional(_star, value.star),
        "ownership": optional(_ownership, value.ownership),
        "results": optional(_results, value.results),
        "edges": optional(_edges, value.edges),
        "together": optional(_star, value.together),
        "key_points": optional(_key_points, value.key_points),
        "scripted": optional(_scripted, value.scripted),
        "advice": [
            {
                "code": piece.code,
                "text": piece.text,
                "first_word": piece.first_word,
                "last_word": piece.last_word,
                "start": seconds(piece.start),
                "end": seconds(piece.end),
            }
            for piece in value.advice
        ],
        "follow_up": value.follow_up,
        "outline": optional(_outline, value.outline),
        "hedges": optional(_hedges, value.hedges),
        "repeats": optional(_repeats, value.repeats),
    }


def optional(dump: Callable[[T], Json], value: T | None) -> Json:
    """Unknown stays null."""
    return None if value is None else dump(value)


def question(value: Question) -> Json:
    return {
        "text": value.text,
        "kind": value.kind.value if value.kind else None,
        "principles": list(value.principles),
        "target": value.target,
        "follow_ups": list(value.follow_ups),
        "notes": list(value.notes),
    }


def words(values: tuple[Word, ...]) -> Json:
    return [
        {
            "index": index,
            "text": word.text,
            "start": seconds(word.start),
            "end": seconds(word.end),
            "probability": seconds(word.probability),
        }
        for index, word in enumerate(values)
    ]


def _timing(value: Timing) -> Json:
    return {
        "duration": seconds(value.duration),
        "target": value.target,
        "verdict": value.verdict.value if value.verdict else None,
        "reaction": seconds(value.reaction),
        "phonation": seconds(value.phonation),
        "phonation_ratio": seconds(value.phonation_ratio),
    }


def _fillers(value: Fillers) -> Json:
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


def _hedges(value: Hedges) -> Json:
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


def _repeats(value: Repeats) -> Json:
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


def _pace(value: Pace) -> Json:
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


def _voice(value: Voice) -> Json:
    return {
        "pitch_variation": seconds(value.pitch_variation),
        "level": seconds(value.level),
        "level_variation": seconds(value.level_variation),
    }


def _pauses(value: Pauses) -> Json:
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


def _star(value: Star) -> Json:
    told = {share.section: share for share in value.sections}
    return {
        "applies": value.applies,
        "segments": [_segment(segment) for segment in value.segments],
        "sections": {section.value: _share(told.get(section), section) for section in STAR},
        "missing": [section.value for section in value.missing],
        "order": [section.value for section in value.order],
        "thin": [section.value for section in value.thin],
        "why_not": value.why_not.value if value.why_not else None,
    }


def _segment(value: Segment) -> Json:
    return {
        "section": value.section.value,
        "first_word": value.first_word,
        "last_word": value.last_word,
        "start": seconds(value.start),
        "end": seconds(value.end),
        "confidence": seconds(value.confidence),
    }


def _share(value: SectionShare | None, section: Section) -> Json:
    share = value or SectionShare(section, present=False, seconds=None, words=0, share=0.0)
    return {
        "present": share.present,
        "seconds": seconds(share.seconds),
        "words": share.words,
        "share": seconds(share.share),
        "ideal": seconds(share.ideal),
        "best": optional(_said, share.best),
    }


def _outline(value: Outline) -> Json:
    return {
        "kind": value.kind.value,
        "parts": [_part(part) for part in value.parts],
        "segments": [
            {
                "part": segment.part,
                "first_word": segment.first_word,
                "last_word": segment.last_word,
                "start": seconds(segment.start),
                "end": seconds(segment.end),
                "confidence": seconds(segment.confidence),
            }
            for segment in value.segments
        ],
        "missing": list(value.missing),
        "thin": [part.code for part in value.parts if part.thin],
        "order": list(value.order),
    }


def _part(value: OutlinePart) -> Json:
    return {
        "part": value.code,
        "name": value.name,
        "present": value.present,
        "seconds": seconds(value.seconds),
        "words": value.words,
        "share": seconds(value.share),
        "first_word": value.first_word,
        "last_word": value.last_word,
        "start": seconds(value.start),
        "end": seconds(value.end),
    }


def _ownership(value: Ownership) -> Json:
    return {"i": value.i, "we": value.we}


def _results(value: Results) -> Json:
    return {
        "quantified": value.quantified,
        "numbers": [_said(each) for each in value.numbers],
        "comparisons": [_said(each) for each in value.comparisons],
        "effects": [_said(each) for each in value.effects],
    }


def _edges(value: Edges) -> Json:
    return {
        "first": _said(value.first),
        "last": _said(value.last),
        "trails_off": optional(_said, value.trails_off),
        "reflection": optional(_said, value.reflection),
    }


def _said(value: Said) -> Json:
    return {"text": value.text, "first_word": value.first_word, "last_word": value.last_word}


def _scripted(value: Scripted) -> Json:
    return {
        "share": seconds(value.share),
        "takes": value.takes,
        "longest": optional(_said, value.longest),
    }


def _key_points(value: KeyPoints) -> Json:
    return {
        "covered": [
            {"text": point.text, "first_word": point.first_word, "start": seconds(point.start)}
            for point in value.covered
        ],
        "missed": [{"text": point.text} for point in value.missed],
    }
