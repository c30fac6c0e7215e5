"""rehearse practice: questions asked aloud, answers reported."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from rehearse import app, session
from rehearse.adapters.notes import read_points
from rehearse.adapters.portaudio import quiet_portaudio
from rehearse.analysis.lexicon import Lexicon, builtin
from rehearse.commands.screen import PROMPT, Screen
from rehearse.config import Settings, settings
from rehearse.errors import EarFailed, WrongUsage
from rehearse.listening.endpoint import WAIT
from rehearse.model import Question
from rehearse.ports import Transcriber
from rehearse.questions.bank import Story
from rehearse.questions.choose import by_principle, choose, find_pack, questions_of
from rehearse.questions.pack import Pack
from rehearse.store import TakeStore
from rehearse.stories.prepared import find_story, notes_of
from rehearse.text import printable
from rehearse.views import live

QUESTIONS = 3
"""Fits into a quarter of an hour with their reports."""
HANDS_FREE = f"Speak when you are ready. Say “I'm done” when you are. {live.KEYS}"
DEFAULT_TARGET = 120.0
"""Seconds; sources advise 90 to 120 for a story."""


@dataclass(frozen=True)
class Manner:
    """How answers end, and what is seen while somebody speaks."""

    auto_stop: float | None = None
    hands_free: bool = False
    captions: bool = False
    counter: bool = False

    @classmethod
    def of(cls, asked: argparse.Namespace) -> Manner:
        """Without hands nobody presses Enter, so silence ends an answer."""
        wait = asked.auto_stop or (WAIT if asked.hands_free else None)
        return cls(wait, asked.hands_free, asked.captions, asked.counter)


def run(asked: argparse.Namespace) -> int:
    chosen = settings(asked)
    notes = read_points(asked.notes)
    if asked.story:
        story = find_story(app.stories(chosen), asked.story)
        questions = [_timed(_about(story, asked, chosen), chosen)]
        notes = "\n".join(filter(None, (notes_of(story), notes))) or None
    else:
        questions = _questions(asked, chosen)
    return practise(
        questions, chosen, notes=notes, follow_ups=asked.follow_ups, manner=Manner.of(asked)
    )


def practise(
    questions: Sequence[Question],
    chosen: Settings,
    *,
    notes: str | None = None,
    follow_ups: bool = False,
    manner: Manner | None = None,
    transcriber: Transcriber | None = None,
) -> int:
    """Run a session on the real devices. Raises EarFailed and what a home that is none raises."""
    TakeStore(chosen.recordings).check()
    ready = transcriber or app.ready_transcriber(chosen, app.console(chosen, stderr=True))
    manner = manner or Manner()
    studio = app.studio(
        chosen,
        transcriber=ready,
        notes=notes,
        follow_ups=follow_ups,
        auto_stop=manner.auto_stop,
        hands_free=manner.hands_free,
    )
    screen = Screen(
        app.console(chosen),
        plain=chosen.plain,
        store=studio.store,
        judged=chosen.coaching.advice,
        prompt=HANDS_FREE if manner.hands_free else PROMPT,
        captions=manner.captions,
        counter=_lexicon(chosen) if manner.counter else None,
    )
    with quiet_portaudio():
        screen.show(session.practise(questions, studio))
    if not screen.kept and not sys.stdin.isatty():
        raise EarFailed(
            "No answer was recorded: there is no terminal to end one with.",
            "Run this in a terminal, or see 'rehearse demo'.",
        )
    return 0


def _lexicon(chosen: Settings) -> Lexicon:
    """The language's fillers and the user's own."""
    known = builtin(chosen.language) or Lexicon(chosen.language, (), ())
    return known.with_own(chosen.coaching.own_fillers)


def _questions(asked: argparse.Namespace, chosen: Settings) -> list[Question]:
    packs = app.packs(chosen)
    tell_problems(packs, chosen)
    if asked.ask:
        return [_timed(as_asked(asked.ask, questions_of(packs)), chosen)]
    pool = questions_of([find_pack(packs, asked.pack)] if asked.pack else packs)
    if asked.principle:
        pool = by_principle(pool, asked.principle)
    count = asked.questions or QUESTIONS
    picked = choose(pool, count=count, asked_before=asked_before(chosen), rng=Random())
    return [_timed(question, chosen) for question in picked]


def tell_problems(packs: Sequence[Pack], chosen: Settings) -> None:
    """Which packs are not read in full, on stderr."""
    messages = app.console(chosen, stderr=True)
    for pack in packs:
        if pack.problems:
            text = f"{pack.source} has lines that cannot be read: 'rehearse questions check' tells."
            messages.print(text, markup=False)


def _about(story: Story, asked: argparse.Namespace, chosen: Settings) -> Question:
    """The question asked for, else the story's own, else the one that fits the story best.

    Raises WrongUsage."""
    packs = app.packs(chosen)
    known = questions_of(packs)
    if text := asked.ask or story.question:
        return as_asked(text, known)
    fitting = [one for one in known if set(one.principles) & set(story.principles)]
    if not fitting:
        raise WrongUsage(
            f"No question goes with '{story.title}'.",
            "Give the story a line '- question: ...', or name one with --ask.",
        )
    return choose(fitting, count=1, asked_before=asked_before(chosen), rng=Random())[0]


def as_asked(text: str, known: Sequence[Question]) -> Question:
    """The known question of this wording, else a new one of no known kind."""
    words = " ".join(printable(text).split())
    for question in known:
        if question.text.casefold() == words.casefold():
            return question
    return Question(words, target=DEFAULT_TARGET)


def asked_before(chosen: Settings) -> list[str]:
    """Texts of the questions of all takes, the latest last."""
    takes = TakeStore(chosen.recordings).summaries()
    return [take.asked for take in takes if take.question]


def _timed(question: Question, chosen: Settings) -> Question:
    return question if chosen.target is None else replace(question, target=chosen.target)
