"""Stories as the JSON that scripts rely on, schema 1."""

from __future__ import annotations

from collections.abc import Sequence

from rehearse.model.codec import Json, dump, seconds
from rehearse.stories.fitting import Fit, Serving
from rehearse.stories.tellings import OwnPace, Record

SCHEMA = 1


def bank(records: Sequence[Record], rows: Sequence[Serving], pace: OwnPace) -> dict[str, Json]:
    titles = [record.story.title for record in records]
    return {
        "schema": SCHEMA,
        "words_per_minute": seconds(pace.words_per_minute),
        "pace_of_takes": pace.takes,
        "stories": [_record(record) for record in records],
        "principles": [
            {"name": row.principle, "stories": [titles[place] for place in row.stories]}
            for row in rows
        ],
        "gaps": [row.principle for row in rows if not row.stories],
    }


def fits(question: str, about: Sequence[str], found: Sequence[Fit]) -> dict[str, Json]:
    return {
        "schema": SCHEMA,
        "question": question,
        "principles": list(about),
        "fits": [
            {
                "title": fit.record.story.title,
                "answers_it": fit.tied,
                "principles": list(fit.principles),
                "words": list(fit.words),
                "nearest": fit.alike.line if fit.alike else None,
                "told": len(fit.record.tellings),
                "best": dump(fit.record.best),
            }
            for fit in found
        ],
    }


def _record(record: Record) -> Json:
    story = record.story
    return {
        "title": story.title,
        "principles": list(story.principles),
        "question": story.question,
        "words": record.words,
        "seconds": seconds(record.seconds),
        "tellings": dump(record.tellings),
    }
