"""What was said of the points in one's notes, for every view."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rehearse.model.structure import ClosePoint, DifferentPoint, KeyPoints

NOT_FOUND = "not found"


@dataclass(frozen=True)
class Row:
    label: str
    text: str
    start: float | None = None
    end: float | None = None
    remark: str = ""
    """What was said in its place, or nearly so."""

    @property
    def found(self) -> bool:
        return self.label != NOT_FOUND


def rows(points: KeyPoints | None) -> Iterator[Row]:
    """Those that were said first."""
    if points is None:
        return
    for covered in points.covered:
        yield Row("said", covered.text, covered.start)
    for close in points.close:
        yield Row("close", close.text, close.start, close.end, near(close))
    for one in points.differs:
        yield Row("differs", one.text, one.start, one.end, other(one))
    for absent in points.not_found:
        yield Row(NOT_FOUND, absent.text)


def near(point: ClosePoint) -> str:
    return f"Close to your point: “{point.said}”"


def other(point: DifferentPoint) -> str:
    return f"Your note says {point.note}; you said {point.said}."
