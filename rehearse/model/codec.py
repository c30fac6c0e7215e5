"""Values and their JSON, schema 1: one way to write them, and one way to read them back.

A field keeps its name and a closed set its value, or its name where that is a number; seconds and
other figures are rounded to a thousandth. What JSON says more (totals, the index of a word) is
added here and passed over when it is read. Fields that are not known are passed over, fields that
are absent take their default.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from enum import IntEnum
from functools import cache, partial
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from rehearse.model.delivery import Fillers, Hedges, Pauses, Repeats, Timing
from rehearse.model.structure import (
    STAR,
    Analysis,
    KeyPoints,
    Outline,
    OutlinePart,
    Section,
    SectionShare,
    Star,
)
from rehearse.model.take import Sound, Span, Take, Transcript, Word

if TYPE_CHECKING:
    from cattrs import Converter

Json: TypeAlias = "dict[str, Json] | list[Json] | str | float | int | bool | None"

T = TypeVar("T")

SCHEMA = 1
DAMAGE = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)
"""What reading JSON of another shape than ours can raise."""
LARGEST = 1e6
"""Seconds, and whatever else is counted in a take: a recording of eleven days."""
_ADDED = {
    Fillers: ("total", "hesitations", "filler_words", "softeners", "counts"),
    Hedges: ("total", "counts"),
    Repeats: ("total", "counts"),
    Pauses: ("count",),
}
"""Properties that stand in the JSON beside the fields."""
_ONLY_IN_FILES = ("duration", "notes", "speakers", "turns")
"""Fields of a transcript that a take has no use for, but where several people speak."""
_NOT_ASKED: dict[str, Any] = {"question": None, "ending": None}
_UNSEEN = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What JSON leaves as it is in a text, though it steers terminals or is half a character."""


def line(value: Json, *, plain: bool = False) -> str:
    """One line, safe to be shown: what could steer a terminal is there as an escape; where it is to
    be `plain`, so is every letter that is not ASCII."""
    text = json.dumps(value, ensure_ascii=plain)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def dump(value: object) -> Any:
    """A value as JSON."""
    return _codec().unstructure(value)


def brief(value: object) -> Any:
    """A value as JSON, without fields that are as their default."""
    return _brief_codec().unstructure(value)


def load(kind: type[T], value: Any) -> T:
    """A value from its JSON. Raises one of `DAMAGE`."""
    return _codec().structure(value, kind)


def analysis(value: Analysis, source: str) -> dict[str, Json]:
    """What `rehearse analyze --json` prints; see docs/analysis.schema.json."""
    return {"schema": SCHEMA, "source": source, **dump(value)}


def seconds(value: float | None) -> float | None:
    """Rounded to the millisecond, finer than anything measured here."""
    return None if value is None else round(float(value), 3)


@cache
def _codec() -> Converter:
    from cattrs import Converter
    from cattrs.gen import override

    codec = Converter(detailed_validation=False, unstruct_collection_overrides={tuple: list})
    _register_simple(codec)
    left_out = override(omit=True)
    _read(codec, Timing, lambda value: {"answer": value.get("heard", value["duration"]), **value})
    _write(codec, Timing, lambda timing: {"heard": seconds(timing.heard), **_no_sound(timing)})
    for kind, names in _ADDED.items():
        _write(codec, kind, partial(_properties, names=names))
    _write(codec, Word, lambda word: {"doubtful": True} if word.is_doubtful else {})
    _write(codec, SectionShare, section=left_out)
    _write(codec, Star, lambda star: {"sections": _by_section(star)}, sections=left_out)
    _read(codec, Star, _with_sections)
    _write(codec, OutlinePart, code=override(rename="part"), thin=left_out)
    _write(codec, Outline, lambda outline: {"thin": [p.code for p in outline.parts if p.thin]})
    _read(codec, OutlinePart, lambda value: value, code=override(rename="part"))
    _read(codec, Outline, _with_thin_parts)
    _write(codec, KeyPoints, _of_points, not_found=left_out)
    _read(codec, KeyPoints, lambda value: value, not_found=override(rename="missed"))
    _write(codec, Transcript, _of_transcript, **dict.fromkeys(_ONLY_IN_FILES, left_out))
    _read(codec, Transcript, _without_blanks)
    _write(codec, Analysis, _of_analysis, judged=left_out, baseline=left_out)
    _read(codec, Analysis, lambda value: {**value, "speakers": value.get("speakers") or ()})
    # Takes of older versions have "hesitations", most of which are none.
    _write(codec, Sound, hesitations=override(rename="filled_pauses"))
    _read(codec, Sound, lambda value: value, hesitations=override(rename="filled_pauses"))
    _write(codec, Take, sha256=override(rename="sound_sha256"))
    _read(
        codec, Take, lambda value: {**_NOT_ASKED, **value}, sha256=override(rename="sound_sha256")
    )
    return codec


def _register_simple(codec: Converter) -> None:
    """Numbers, dates, closed sets, texts and spans."""
    codec.register_unstructure_hook(float, seconds)
    codec.register_structure_hook(float, figure)
    codec.register_structure_hook(bool, lambda value, _: value is True)
    codec.register_unstructure_hook(date, date.isoformat)
    codec.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    codec.register_unstructure_hook(IntEnum, lambda value: value.name.lower())
    codec.register_structure_hook(IntEnum, lambda value, kind: kind[value.upper()])
    codec.register_structure_hook(str | None, lambda value, _: str(value) if value else None)
    codec.register_unstructure_hook(Span, lambda span: [seconds(span.start), seconds(span.end)])
    codec.register_structure_hook(Span, lambda value, _: _span(value))


@cache
def _brief_codec() -> Converter:
    return _codec().copy(omit_if_default=True)


def _nothing(_value: object) -> dict[str, Any]:
    return {}


def _write(
    codec: Converter,
    kind: type[T],
    more: Callable[[T], dict[str, Any]] = _nothing,
    **overrides: Any,
) -> None:
    """`more` stands beside the fields, or in place of them."""
    from cattrs.gen import make_dict_unstructure_fn

    fields = make_dict_unstructure_fn(kind, codec, **overrides)
    codec.register_unstructure_hook(kind, lambda value: {**fields(value), **more(value)})


def _read(codec: Converter, kind: type[T], shape: Callable[[Any], Any], **overrides: Any) -> None:
    """`shape` turns what stands in the JSON into the fields."""
    from cattrs.gen import make_dict_structure_fn

    fields = make_dict_structure_fn(kind, codec, **overrides)
    codec.register_structure_hook(kind, lambda value, _: fields(shape(value), kind))


def _properties(value: object, *, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: dump(getattr(value, name)) for name in names}


def _of_points(points: KeyPoints) -> dict[str, Any]:
    """Schema 1 calls those that were not found "missed"."""
    return {"missed": [{"text": point.text} for point in points.not_found]}


def _by_section(star: Star) -> dict[str, Any]:
    """All four, also where STAR does not apply."""
    known = {share.section: share for share in star.sections}
    return {section.value: dump(known.get(section, _unknown(section))) for section in STAR}


def _unknown(section: Section) -> SectionShare:
    return SectionShare(section, present=False, seconds=None, words=0, share=0.0)


def _with_sections(value: Any) -> Any:
    told = value["sections"].items() if value["applies"] else ()
    return {**value, "sections": [{"section": name, **share} for name, share in told]}


def _with_thin_parts(value: Any) -> Any:
    thin = value.get("thin", ())
    return {**value, "parts": [{**part, "thin": part["part"] in thin} for part in value["parts"]]}


def _span(value: Any) -> Span:
    """From [start, end], or from an object with both."""
    start, end = (value["start"], value["end"]) if isinstance(value, dict) else value
    return Span(figure(start), figure(end))


def _no_sound(timing: Timing) -> dict[str, Any]:
    spans = timing.no_sound
    return {"no_sound": [{"start": seconds(s.start), "end": seconds(s.end)} for s in spans]}


def _of_analysis(value: Analysis) -> dict[str, Any]:
    return {**_numbered(value.words), "speakers": dump(value.speakers) or None}


def _of_transcript(value: Transcript) -> dict[str, Any]:
    others = {"speakers": dump(value.speakers), "turns": dump(value.turns)}
    return {**_numbered(value.words), **(others if value.speakers else {})}


def _numbered(words: tuple[Word, ...]) -> dict[str, Any]:
    return {"words": [{"index": index, **dump(word)} for index, word in enumerate(words)]}


def _without_blanks(value: Any) -> Any:
    """A word is one token, whatever a file says: what compares words joins them with blanks."""
    if all(_tokens(one) == [one["text"]] for one in value["words"]):
        return value
    words = [{**one, "text": text} for one in value["words"] for text in _tokens(one)]
    return {**value, "words": words}


def _tokens(word: Any) -> list[str]:
    return str(word["text"]).split() or [""]


def figure(value: Any, _kind: object = float) -> float:
    """Raises ValueError for what no recording holds, infinity among it: sums and clocks would
    stumble over it."""
    number = float(value)
    if not abs(number) <= LARGEST:
        raise ValueError(value)
    return number
