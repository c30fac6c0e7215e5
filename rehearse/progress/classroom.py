"""A class at a glance: each person's middle figures, those of the class, and who needs what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from rehearse.model.codec import Json


@dataclass(frozen=True)
class Person:
    """Middle figures of somebody's answers; None where nothing is known."""

    name: str
    answers: int
    seconds: float | None
    words_per_minute: float | None
    fillers_per_minute: float | None
    missing: tuple[str, ...]
    """Parts that are missing in half of the stories or more."""
    advice: str
    """The one thing that most of these answers need."""
    needs: tuple[str, ...]
    """Codes of the advice of all answers."""


@dataclass(frozen=True)
class Class:
    people: tuple[Person, ...]
    middle: Person
    """The middle of the people's figures."""

    @property
    def needs(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each code of advice with those who need it, the most common first."""
        codes = Counter(code for person in self.people for code in set(person.needs))
        return tuple(
            (code, tuple(one.name for one in self.people if code in one.needs))
            for code, _ in sorted(codes.items(), key=lambda one: (-one[1], one[0]))
        )


def classroom(answers: Mapping[str, Sequence[Mapping[str, Json]]]) -> Class:
    """Of the results of `rehearse analyze`, by name."""
    people = tuple(_person(name, theirs) for name, theirs in answers.items())
    return Class(
        people,
        Person(
            "",
            round(median(one.answers for one in people)),
            _middle(one.seconds for one in people),
            _middle(one.words_per_minute for one in people),
            _middle(one.fillers_per_minute for one in people),
            (),
            "",
            (),
        ),
    )


def _person(name: str, answers: Sequence[Mapping[str, Json]]) -> Person:
    stories = [one for one in (_part(each, "star") for each in answers) if one.get("applies")]
    missing = Counter(str(part) for one in stories for part in _list(one.get("missing")))
    advice = [one for each in answers for one in _list(each.get("advice"))]
    codes = Counter(str(one["code"]) for one in advice)
    first = codes.most_common(1)[0][0] if codes else ""
    return Person(
        name,
        len(answers),
        _middle(_part(one, "timing").get("answer") for one in answers),
        _middle(_part(one, "pace").get("words_per_minute") for one in answers),
        _middle(_part(one, "fillers").get("per_minute") for one in answers),
        tuple(part for part, times in missing.items() if 2 * times >= len(stories)),
        next((str(one["text"]) for one in advice if one["code"] == first), ""),
        tuple(codes),
    )


def _part(value: Mapping[str, Json], name: str) -> Mapping[str, Json]:
    found = value.get(name)
    return found if isinstance(found, dict) else {}


def _list(value: Json) -> list[dict[str, Json]]:
    return value if isinstance(value, list) else []  # type: ignore[return-value]


def _middle(values: Iterable[object]) -> float | None:
    known = [float(value) for value in values if isinstance(value, int | float)]
    return median(known) if known else None
