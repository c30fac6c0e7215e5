"""Which questions to ask, and in which order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from random import Random

from rehearse.errors import NothingToAsk
from rehearse.model.take import Kind, Question
from rehearse.questions.bank import Plan, Principle, Story
from rehearse.questions.pack import Pack
from rehearse.questions.principles import find_names, key
from rehearse.text import bare_words

# An interview opens with the candidate and ends with the goodbye; the rest comes in between.
_PLACES = {Kind.INTRODUCTION: 0, Kind.MOTIVATION: 1, Kind.TO_ASK: 3, Kind.CLOSING: 4}
_BETWEEN = 2


def place(kind: Kind | None) -> int:
    """Where in an interview a kind of question is asked."""
    return _PLACES.get(kind, _BETWEEN) if kind else _BETWEEN


def find_pack(packs: Iterable[Pack], name: str) -> Pack:
    """The pack of that file name or title, compared loosely. Raises NothingToAsk."""
    there = tuple(packs)
    for pack in there:
        if key(name) and key(name.removesuffix(".md")) in (key(pack.name), key(pack.title)):
            return pack
    names = ", ".join(sorted(pack.name for pack in there)) or "none"
    raise NothingToAsk(f"No question pack called '{name}'.", f"There are: {names}.")


def usual(packs: Iterable[Pack]) -> tuple[Pack, ...]:
    """The packs that are used if none is named: not those for other professions."""
    return tuple(pack for pack in packs if not pack.when_named)


def questions_of(packs: Iterable[Pack]) -> tuple[Question, ...]:
    """All questions of the packs, each text once; the first pack that has it wins."""
    found: dict[str, Question] = {}
    for pack in packs:
        for question in pack.questions:
            found.setdefault(_same(question.text), question)
    return tuple(found.values())


def stories_of(packs: Iterable[Pack]) -> tuple[Story, ...]:
    """All stories, those of the first pack first."""
    return tuple(story for pack in packs for story in pack.stories)


def fields_of(packs: Iterable[Pack]) -> tuple[Pack, ...]:
    """The packs for one field of work, which are asked only when they are named."""
    return tuple(pack for pack in packs if pack.when_named and pack.questions)


def plans_of(packs: Iterable[Pack]) -> tuple[Plan, ...]:
    """All plans, each name once; the first pack that has it wins."""
    found: dict[str, Plan] = {}
    for pack in packs:
        for plan in pack.plans:
            found.setdefault(_same(plan.name), plan)
    return tuple(found.values())


def principles_of(packs: Iterable[Pack]) -> tuple[Principle, ...]:
    """Each name once: described as in the first pack that does, with the guidance of all."""
    found: dict[str, Principle] = {}
    for pack in packs:
        for one in pack.principles:
            known = found.setdefault(key(one.name), one)
            guidance = tuple(dict.fromkeys(known.guidance + one.guidance))
            description = known.description or one.description
            found[key(one.name)] = Principle(known.name, description, guidance)
    return tuple(found.values())


def by_principle(questions: Iterable[Question], name: str) -> tuple[Question, ...]:
    """Those that name the principle, matched loosely. Raises NothingToAsk."""
    pool = tuple(questions)
    names = find_names(name, (known for question in pool for known in question.principles))
    chosen = tuple(question for question in pool if set(names) & set(question.principles))
    return _some(chosen, f"No question asks about '{name}'.")


def by_kind(questions: Iterable[Question], kind: Kind) -> tuple[Question, ...]:
    """Raises NothingToAsk."""
    chosen = tuple(question for question in questions if question.kind is kind)
    return _some(chosen, f"There is no question of the kind {kind.value.replace('_', ' ')}.")


def by_text(questions: Iterable[Question], text: str) -> tuple[Question, ...]:
    """The questions with the words of `text` in this order. Raises NothingToAsk."""
    wanted = f" {_same(text)} "
    chosen = tuple(question for question in questions if wanted in f" {_same(question.text)} ")
    return _some(chosen, f"No question contains '{text}'.")


def choose(
    questions: Iterable[Question],
    *,
    count: int,
    asked_before: Sequence[str] = (),
    rng: Random | None = None,
) -> tuple[Question, ...]:
    """At most `count` questions, none twice, in the order of an interview. Raises NothingToAsk.

    `asked_before` holds texts, the latest last: what was never asked comes first, then what was
    asked longest ago, and never the latest at once again unless there is no other. Kinds and
    principles are mixed. Without `rng` equal ones keep their order in the packs. What the
    candidate may ask back is left out where there is anything else.
    """
    pool = list(questions)
    pool = [question for question in pool if question.kind is not Kind.TO_ASK] or pool
    if rng is not None:
        rng.shuffle(pool)
    latest = {_same(text): place for place, text in enumerate(asked_before)}
    topics: Counter[str] = Counter()
    chosen: list[Question] = []
    while pool and len(chosen) < count:
        question = min(pool, key=lambda one: (latest.get(_same(one.text), -1), _used(one, topics)))
        pool.remove(question)
        chosen.append(question)
        topics.update(_topics(question))
    return in_order(chosen, asked_before)


def in_order(chosen: Iterable[Question], asked_before: Sequence[str] = ()) -> tuple[Question, ...]:
    """In the order of an interview, the latest of `asked_before` not first where there is any
    other. Raises NothingToAsk where there is none."""
    placed = sorted(chosen, key=lambda one: place(one.kind))
    return _some(_not_at_once(placed, asked_before), "No question is left to ask.")


def known_as(text: str) -> str:
    """The same for two texts that differ in capitals, blanks and marks only."""
    return _same(text)


def _used(question: Question, topics: Counter[str]) -> int:
    return max(topics[topic] for topic in _topics(question))


def _topics(question: Question) -> tuple[str, ...]:
    return question.principles or (question.kind.value if question.kind else "",)


def _not_at_once(chosen: list[Question], asked_before: Sequence[str]) -> tuple[Question, ...]:
    if len(chosen) > 1 and asked_before and _same(chosen[0].text) == _same(asked_before[-1]):
        chosen[0], chosen[1] = chosen[1], chosen[0]
    return tuple(chosen)


def _some(questions: tuple[Question, ...], otherwise: str) -> tuple[Question, ...]:
    if not questions:
        raise NothingToAsk(otherwise)
    return questions


def _same(text: str) -> str:
    return " ".join(bare_words(text.split()))
