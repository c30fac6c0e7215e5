"""Where sorted notes are laid down: each thing once, and every line somewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from rehearse.model.take import Question
from rehearse.questions.bank import Interviewer, Plan, Principle, Story
from rehearse.questions.notes.asking import unquoted
from rehearse.questions.notes.notes import NoteLine, Notes
from rehearse.questions.notes.part import Part
from rehearse.questions.principles import key


def folded(text: str) -> str:
    """Equal for texts that differ in case, marks and blanks only."""
    return "".join(char for char in text.casefold() if char.isalnum())


@dataclass
class Desk:
    questions: dict[str, Question] = field(default_factory=dict)
    to_ask: dict[str, str] = field(default_factory=dict)
    principles: dict[str, str] = field(default_factory=dict)
    """Names as written first, by their keys."""
    descriptions: dict[str, dict[str, None]] = field(default_factory=dict)
    guidance: dict[str, dict[str, None]] = field(default_factory=dict)
    stories: dict[Story, None] = field(default_factory=dict)
    plans: dict[str, list[Interviewer]] = field(default_factory=dict)
    introduction: list[str] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)
    unplaced: list[NoteLine] = field(default_factory=list)
    structure: list[NoteLine] = field(default_factory=list)
    count: int = 0
    """Of what was placed so far."""

    def ask(self, question: Question) -> None:
        self.count += 1
        one = replace(question, text=unquoted(question.text))
        known = self.questions.setdefault(folded(one.text) or one.text, one)
        self.questions[folded(one.text) or one.text] = replace(
            known,
            principles=_union(known.principles, one.principles),
            follow_ups=_union(known.follow_ups, one.follow_ups),
            notes=_union(known.notes, one.notes),
            target=known.target or one.target,
        )

    def ask_back(self, text: str) -> None:
        self.count += 1
        self.to_ask.setdefault(folded(text) or text, unquoted(text))

    def principle(self, name: str) -> None:
        self.count += 1
        self.principles.setdefault(_key(name), name)

    def describe(self, name: str, text: str) -> None:
        self.count += 1
        self.descriptions.setdefault(_key(name), {})[text] = None

    def guide(self, name: str, *texts: str) -> None:
        self.count += 1
        self.guidance.setdefault(_key(name), {}).update(dict.fromkeys(filter(None, texts)))

    def is_described(self, name: str) -> bool:
        return _key(name) in self.descriptions

    def is_guided(self, name: str) -> bool:
        return _key(name) in self.guidance

    def tell(self, story: Story) -> None:
        self.count += 1
        self.stories[story] = None
        for name in story.principles:
            self.principles.setdefault(_key(name), name)

    def plan(self, plan: str, interviewer: Interviewer) -> None:
        self.count += 1
        asking = self.plans.setdefault(plan, [])
        if interviewer not in asking:
            asking.append(interviewer)

    def leave(self, part: Part) -> None:
        """What finds no place."""
        if part.text:
            self.unplaced.append(NoteLine(part.line, part.text))

    def sort_by(self, part: Part) -> None:
        """What was understood and is not part of anything itself."""
        if part.text:
            self.structure.append(NoteLine(part.line, part.text))

    def leave_all(self, parts: Iterable[Part]) -> None:
        """With all that is below them."""
        for part in parts:
            self.leave(part)
            self.leave_all(part.children)

    def sort_all(self, parts: Iterable[Part]) -> None:
        """With all that is below them."""
        for part in parts:
            self.sort_by(part)
            self.sort_all(part.children)

    def notes(self) -> Notes:
        plans = [Plan(name, tuple(asking)) for name, asking in self.plans.items()]
        return Notes(
            questions=tuple(self.questions.values()),
            to_ask=tuple(self.to_ask.values()),
            principles=tuple(map(self._principle, self.principles)),
            stories=tuple(self.stories),
            plans=tuple(plans),
            introduction="\n".join(self.introduction) or None,
            closing="\n".join(self.closing) or None,
            unplaced=tuple(sorted(self.unplaced, key=lambda one: one.line)),
            structure=tuple(sorted(self.structure, key=lambda one: one.line)),
        )

    def _principle(self, key: str) -> Principle:
        said = "\n".join(self.descriptions.get(key, ()))
        return Principle(self.principles[key], said or None, tuple(self.guidance.get(key, ())))


def _key(name: str) -> str:
    return key(name) or name


def _union(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one + other))
