"""What the import finds in notes that different people might keep: make eval.

The rules were made on `people.toml`, `habits.toml` and `trades.toml`; those that end with `apart`
were kept apart.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from rehearse.analysis.rules import table
from rehearse.model.structure import STAR
from rehearse.questions.bank import Story
from rehearse.questions.notes.notes import Notes
from rehearse.questions.notes.sorting import sorted_notes
from tools.notes.conservation import lost

DATA = Path(__file__).parents[2] / "tests" / "data" / "notes"
FILES = {
    "own": "people.toml",
    "apart": "people_apart.toml",
    "habits": "habits.toml",
    "habits_apart": "habits_apart.toml",
    "trades": "trades.toml",
}


@dataclass
class Score:
    asked: int = 0
    """Questions that a reader finds."""
    found: int = 0
    clean: int = 0
    extra: int = 0
    told: int = 0
    stories: int = 0
    stories_extra: int = 0
    lost: int = 0
    """Lines that are neither in an output nor among those without a place."""

    def __add__(self, other: Score) -> Score:
        names = [one.name for one in fields(self)]
        return Score(*(getattr(self, name) + getattr(other, name) for name in names))


def folded(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def people(file: str) -> list[dict[str, Any]]:
    return list(table((DATA / file).read_text(encoding="utf-8"))["person"])


def told_as(story: Story) -> str:
    parts = zip("STAR", map(story.told, STAR), strict=True)
    letters = "".join(letter for letter, text in parts if text) or "-"
    return f"{letters} {story.title}"


def score(person: dict[str, Any], notes: Notes) -> Score:
    wanted = [*person.get("questions", ()), *person.get("to_ask", ())]
    found = [*(one.text for one in notes.questions), *notes.to_ask]
    hits = matched(wanted, found)
    stories = matched(person.get("stories", ()), [told_as(one) for one in notes.stories])
    return Score(
        asked=len(wanted),
        found=len(hits),
        clean=sum(want == got for want, got in hits.items()),
        extra=len(found) - len(hits),
        told=len(person.get("stories", ())),
        stories=len(stories),
        stories_extra=len(notes.stories) - len(stories),
        lost=len(lost(person["text"], notes)),
    )


def total(everybody: Sequence[dict[str, Any]]) -> Score:
    return sum((score(one, sorted_notes(one["text"])) for one in everybody), Score())


def matched(wanted: Sequence[str], found: Sequence[str]) -> dict[str, str]:
    """Texts with those found for them: the same letters, or one that holds the other."""
    left, hits = list(found), {}
    for want in wanted:
        plain = folded(want)
        hit = next((one for one in left if folded(one) == plain), None)
        hit = hit or next((one for one in left if plain in folded(one)), None)
        if hit is not None:
            hits[want] = hit
            left.remove(hit)
    return hits


def wrong(person: dict[str, Any], notes: Notes) -> Iterator[str]:
    """What a reader would mend, a line each."""
    pairs = {
        "question": (person.get("questions", ()), [one.text for one in notes.questions]),
        "to ask": (person.get("to_ask", ()), list(notes.to_ask)),
        "story": (person.get("stories", ()), [told_as(one) for one in notes.stories]),
    }
    for what in ("principles", "interviewers"):
        if what in person:
            pairs[what] = (person[what], [one.name for one in getattr(notes, what)])
    for what, (wanted, found) in pairs.items():
        hits = matched(wanted, found)
        yield from (f"{what} missing: {one}" for one in wanted if one not in hits)
        yield from (f"{what} not clean: {got}" for want, got in hits.items() if want != got)
        yield from (f"{what} extra: {one}" for one in found if one not in hits.values())
    for what in ("introduction", "closing"):
        if bool(person.get(what)) != bool(getattr(notes, what)):
            yield f"{what}: {getattr(notes, what)}"
    yield from (f"lost: {line}" for line in lost(person["text"], notes))


def main(names: Sequence[str]) -> None:
    for name, file in FILES.items():
        everybody = people(file)
        whole = total(everybody)
        for person in everybody if name in names else ():
            for line in wrong(person, sorted_notes(person["text"])):
                print(f"  {person['who']}: {line}")
        of = f"(n={whole.asked}; {len(everybody)} people's notes, {name})"
        print(f"import_{name}_questions_found {whole.found / whole.asked:.3f} share {of}")
        print(f"import_{name}_questions_clean {whole.clean / whole.asked:.3f} share {of}")
        print(f"import_{name}_questions_extra {whole.extra} questions {of}")
        of = f"(n={whole.told}; {name})"
        print(f"import_{name}_stories_found {whole.stories / whole.told:.3f} share {of}")
        print(f"import_{name}_stories_extra {whole.stories_extra} stories {of}")
        print(f"import_{name}_lines_lost {whole.lost} lines (n={len(everybody)} notes, {name})")


if __name__ == "__main__":
    main(sys.argv[1:])
