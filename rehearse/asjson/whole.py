"""An analysis as the JSON that scripts rely on, schema 1."""

from __future__ import annotations

from rehearse.asjson import delivery, story
from rehearse.asjson.values import SCHEMA, Json, optional, question, seconds, speakers, words
from rehearse.findings.whole import Analysis, KeyPoints


def analysis(value: Analysis, source: str) -> dict[str, Json]:
    return {
        "schema": SCHEMA,
        "source": source,
        "question": optional(question, value.question),
        "timing": delivery.timing(value.timing),
        "words": words(value.words),
        "fillers": optional(delivery.fillers, value.fillers),
        "pace": optional(delivery.pace, value.pace),
        "pauses": optional(delivery.pauses, value.pauses),
        "voice": optional(delivery.voice, value.voice),
        "star": optional(story.star, value.star),
        "ownership": optional(story.ownership, value.ownership),
        "results": optional(story.results, value.results),
        "edges": optional(story.edges, value.edges),
        "together": optional(story.star, value.together),
        "key_points": optional(_key_points, value.key_points),
        "scripted": optional(delivery.scripted, value.scripted),
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
        "outline": optional(story.outline, value.outline),
        "hedges": optional(delivery.hedges, value.hedges),
        "repeats": optional(delivery.repeats, value.repeats),
        "speakers": speakers(value.speakers) or None,
    }


def _key_points(value: KeyPoints) -> Json:
    return {
        "covered": [
            {"text": point.text, "first_word": point.first_word, "start": seconds(point.start)}
            for point in value.covered
        ],
        "missed": [{"text": point.text} for point in value.missed],
    }
