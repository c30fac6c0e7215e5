"""What a take shows, from the analysis in its `take.json` and back from the file that keeps it."""

from __future__ import annotations

from math import isfinite
from typing import Any

from rehearse.analysis.timing import held_against
from rehearse.model.codec import Json
from rehearse.model.take import Kind
from rehearse.schedule.rating import Signs


def signs_of(analysis: Any) -> Signs:
    """From the object that `rehearse analyze --json` prints; fields unknown here are passed over.

    Raises KeyError, TypeError, ValueError or AttributeError where it is none."""
    timing, fillers = analysis["timing"], analysis.get("fillers")
    missing, thin = _parts(analysis)
    star, points = analysis.get("star"), analysis.get("key_points")
    covered = len(points["covered"]) if points else 0
    total = covered + len(points["missed"]) if points else 0
    seconds = _number(timing.get("heard", timing.get("duration")))
    return Signs(
        seconds=seconds,
        target=_planned(analysis, seconds, _number(timing.get("target"))),
        missing=missing,
        thin=thin,
        no_story=bool(star) and star.get("why_not") == "not_told",
        fillers_per_minute=_number(fillers.get("per_minute")) if fillers else None,
        said=covered if total else None,
        points=total,
    )


def _planned(analysis: Any, seconds: float | None, target: float | None) -> float | None:
    outline = analysis.get("outline")
    if seconds is None or target is None or not outline:
        return target
    return held_against(seconds, target, Kind(outline["kind"]))


def _parts(analysis: Any) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    """Names of what is missing and of what is thin; of an outline where there is one."""
    outline, star = analysis.get("outline"), analysis.get("star")
    if outline:
        names = {part["part"]: str(part["name"]).lower() for part in outline["parts"]}
        return (
            tuple(names[code] for code in outline["missing"]),
            tuple(names[code] for code in outline["thin"]),
        )
    if star and star["applies"]:
        return _texts(star["missing"]), _texts(star.get("thin", []))
    return None, ()


def dump(signs: Signs) -> Json:
    return {
        "seconds": signs.seconds,
        "target": signs.target,
        "missing": None if signs.missing is None else list(signs.missing),
        "thin": list(signs.thin),
        "no_story": signs.no_story,
        "fillers_per_minute": signs.fillers_per_minute,
        "said": signs.said,
        "points": signs.points,
    }


def load(value: Any) -> Signs:
    """Raises KeyError, TypeError or ValueError."""
    missing, said = value["missing"], value["said"]
    return Signs(
        seconds=_number(value["seconds"]),
        target=_number(value["target"]),
        missing=None if missing is None else _texts(missing),
        thin=_texts(value["thin"]),
        no_story=bool(value["no_story"]),
        fillers_per_minute=_number(value["fillers_per_minute"]),
        said=None if said is None else int(said),
        points=int(value["points"]),
    )


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(str(one) for one in values)


def _number(value: Any) -> float | None:
    number = None if value is None else float(value)
    if number is not None and not isfinite(number):
        raise ValueError(f"{number} is no measure")
    return number
