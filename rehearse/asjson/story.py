"""What an answer is made of, as JSON."""

from __future__ import annotations

from rehearse.asjson.values import Json, optional, said, seconds
from rehearse.findings.story import (
    STAR,
    Edges,
    Outline,
    OutlinePart,
    Ownership,
    Results,
    Section,
    SectionShare,
    Segment,
    Star,
)


def star(value: Star) -> Json:
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
        "best": optional(said, share.best),
    }


def outline(value: Outline) -> Json:
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


def ownership(value: Ownership) -> Json:
    return {"i": value.i, "we": value.we}


def results(value: Results) -> Json:
    return {
        "quantified": value.quantified,
        "numbers": [said(each) for each in value.numbers],
        "comparisons": [said(each) for each in value.comparisons],
        "effects": [said(each) for each in value.effects],
    }


def edges(value: Edges) -> Json:
    return {
        "first": said(value.first),
        "last": said(value.last),
        "trails_off": optional(said, value.trails_off),
        "reflection": optional(said, value.reflection),
    }
