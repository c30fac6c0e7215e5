"""Where sorted notes are laid down: each thing once, and every line somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from rehearse.model.take import Question
from rehearse.questions.bank import Interviewer, Plan, Principle, Story
from rehearse.questions.notes.asking import unquoted
from rehearse.questions.notes.naming import without_tail
from rehearse.questions.notes.notes import NoteLine, Notes
from rehearse.questions.notes.parts import Block
from rehearse.questions.principles import key


def folded(text: str) -> str:
    """Equal for texts that differ in case, marks and blanks only."""
    return "".join(char for char in text.casefold() if char.isalnum())


@dataclass
class Outputs:
    questions: dict[str, Question] = field(default_factory=dict)
    to_ask: dict[str, str] = field(default_factory=dict)
    principles: dict[str, Principle] = field(default_factory=dict)
    """By their keys, with the names as written first."""
    stories: dict[Story, None] = field(default_factory=dict)
    plans: dict[str, list[Interviewer]] = field(default_factory=dict)
    introduction: list[str] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)
    unplaced: list[NoteLine] = field(default_factory=list)
    structure: list[NoteLine] = field(default_factory=list)
    named: list[tuple[str, NoteLine]] = field(default_factory=list)
    """Questions with the story that a table names beside them."""
    count: int = 0
    """Of what was placed so far."""

    def ask(self, question: Question) -> None:
        self.count += 1
        name = folded(question.text) or question.text
        known = self.questions.setdefault(name, question)
        self.questions[name] = replace(
            known,
            principles=_union(known.principles, question.principles),
            follow_ups=_union(known.follow_ups, question.follow_ups),
            notes=_union(known.notes, question.notes),
            target=known.target or question.target,
        )
        for principle in question.principles:
            self.principle(principle)

    def ask_back(self, text: str) -> None:
        self.count += 1
        self.to_ask.setdefault(folded(text) or text, unquoted(text))

    def principle(self, name: str, *, says: Iterable[str] = (), guides: Iterable[str] = ()) -> None:
        """`says`: lines that describe it; `guides`: how to prepare for it."""
        self.count += 1
        known = self.principles.setdefault(_key(name), Principle(name))
        lines = [*(known.description or "").split("\n"), *says]
        self.principles[_key(name)] = replace(
            known,
            description="\n".join(dict.fromkeys(filter(None, lines))) or None,
            guidance=_union(known.guidance, tuple(filter(None, guides))),
        )

    def is_guided(self, name: str) -> bool:
        return bool(_key(name) in self.principles and self.principles[_key(name)].guidance)

    def tell(self, story: Story) -> None:
        self.count += 1
        self.stories[story] = None
        for name in story.principles:
            self.principle(name)

    def plan(self, plan: str, interviewer: Interviewer) -> None:
        self.count += 1
        asking = self.plans.setdefault(plan, [])
        if interviewer not in asking:
            asking.append(interviewer)
        for name in interviewer.principles:
            self.principle(name)

    def leave(self, part: Block, *, below: bool = False) -> None:
        """What finds no place; with all that is below it where `below` is set."""
        self._lay(self.unplaced, part, below=below)

    def sort_by(self, part: Block, *, below: bool = False) -> None:
        """What was understood and is not part of anything itself."""
        self._lay(self.structure, part, below=below)

    def _lay(self, lines: list[NoteLine], part: Block, *, below: bool) -> None:
        for one in (part, *(part.below() if below else ())):
            if one.text:
                lines.append(NoteLine(one.line, one.text))

    def link(self) -> None:
        """Gives each story that a table names its question."""
        for asked, line in self.named:
            name = folded(line.text)
            fits = [one for one in self.stories if name and name in folded(one.title)]
            if fits:
                told = replace(fits[0], question=fits[0].question or asked)
                self.stories = {told if one is fits[0] else one: None for one in self.stories}
                self.structure.append(line)

    def keep_all(self, parts: Iterable[Block]) -> None:
        """Leaves every part whose words none of the outputs holds, so that none is lost."""
        texts = [folded(text) for text in self._texts()]
        known, joined = set(texts), "".join(texts)
        for part in parts:
            plain = unquoted(without_tail(part.text)[0])
            texts_of_part = {folded(text) for text in (part.text, part.rest, plain) if text}
            if not (texts_of_part & known or any(text in joined for text in texts_of_part)):
                self.leave(part)

    def _texts(self) -> Iterator[str]:
        for question in self.questions.values():
            yield from (question.text, *question.follow_ups, *question.notes)
        for story in self.stories:
            told = (story.situation, story.task, story.action, story.result)
            lines = [line for text in told if text for line in text.split("\n")]
            yield from (story.title, story.question or "", *lines, *story.notes)
        for one in self.principles.values():
            yield from (one.name, *(one.description or "").split("\n"), *one.guidance)
        for plan, asking in self.plans.items():
            yield plan
            yield from (text for one in asking for text in (one.name, *one.themes))
        yield from self.to_ask.values()
        yield from (*self.introduction, *self.closing)
        yield from (one.text for one in (*self.unplaced, *self.structure))

    def notes(self) -> Notes:
        plans = [Plan(name, tuple(asking)) for name, asking in self.plans.items()]
        return Notes(
            questions=tuple(self.questions.values()),
            to_ask=tuple(self.to_ask.values()),
            principles=tuple(self.principles.values()),
            stories=tuple(self.stories),
            plans=tuple(plans),
            introduction="\n".join(self.introduction) or None,
            closing="\n".join(self.closing) or None,
            unplaced=tuple(sorted(self.unplaced, key=lambda one: one.line)),
            structure=tuple(sorted(self.structure, key=lambda one: one.line)),
        )


def _key(name: str) -> str:
    return key(name) or name


def _union(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one + other))
