"""How often and how well each story was told, and its length at the user's own pace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from rehearse.analysis.coaching import PLAIN
from rehearse.analysis.keypoints.alike import builtin_spelling
from rehearse.analysis.keypoints.points import points
from rehearse.analysis.keypoints.speech import Speech
from rehearse.analysis.timing import timing
from rehearse.analysis.words.fillers import fillers, in_transcript
from rehearse.analysis.words.lexicon import builtin
from rehearse.analysis.words.pauses import silences
from rehearse.model.structure import STAR, Section
from rehearse.model.take import Take
from rehearse.questions.bank import Story
from rehearse.stories.lookup import answering, notes_of, sections_of

USUAL_PACE = 140.0
"""Words a minute where nobody's own are known: the middle of what is advised."""
LEAST_SECONDS = 20.0
"""Seconds; shorter takes say little about a person's pace."""
MOSTLY = 0.5
"""Of a story's points: with so many said, it was this story."""


@dataclass(frozen=True)
class OwnPace:
    words_per_minute: float
    takes: int
    """How many takes it is the median of; 0 where it is only the usual one."""


@dataclass(frozen=True)
class Telling:
    take: str
    recorded_at: str
    seconds: float | None
    points_said: int
    """Points of the story that were said, of `points`."""
    points: int
    sections: tuple[Section, ...]
    """Sections of the story of which at least half was said."""
    fillers_per_minute: float | None

    @property
    def share(self) -> float:
        return self.points_said / self.points if self.points else 0.0


@dataclass(frozen=True)
class Record:
    story: Story
    words: int
    seconds: float | None
    """When told at one's own pace; None where no section is written."""
    tellings: tuple[Telling, ...]
    """The latest last."""

    @property
    def best(self) -> Telling | None:
        return max(self.tellings, key=lambda one: one.share, default=None)


def own_pace(takes: Iterable[Take]) -> OwnPace:
    rates = [
        60 * len(take.transcript.words) / seconds
        for take in takes
        if take.transcript and (seconds := _seconds(take)) and seconds >= LEAST_SECONDS
    ]
    return OwnPace(median(rates), len(rates)) if rates else OwnPace(USUAL_PACE, 0)


def records(stories: Sequence[Story], takes: Sequence[Take]) -> tuple[Record, ...]:
    """One for each story, from takes in their order."""
    pace = own_pace(takes)
    plans = [_Plan(story) for story in stories]
    told: list[list[Telling]] = [[] for _ in stories]
    for take in takes:
        if take.transcript is None or not take.transcript.words:
            continue
        speech = Speech(take.transcript.words, builtin_spelling())
        for plan, tellings in zip(plans, told, strict=True):
            if telling := _telling(plan, take, speech):
                tellings.append(telling)
    return tuple(
        _record(plan.story, tuple(tellings), pace)
        for plan, tellings in zip(plans, told, strict=True)
    )


class _Plan:
    """What a story means to say, all of it and by section."""

    def __init__(self, story: Story) -> None:
        spelling = builtin_spelling()
        self.story = story
        self.points = points(notes_of(story), spelling)
        self.sections = {
            section: frozenset(point.text for point in points(_listed(text), spelling))
            for section in STAR
            if (text := story.told(section))
        }


def _listed(text: str) -> str:
    return "\n".join(f"- {line}" for line in text.splitlines())


def _telling(plan: _Plan, take: Take, speech: Speech) -> Telling | None:
    """None where the take is of something else."""
    asked = take.question.text if take.question else None
    tied = asked is not None and answering([plan.story], asked) is not None
    if not tied and take.follows:
        return None  # the reply to a follow-up does not count as a telling
    said = {point.text for point in plan.points if speech.says(point) is not None}
    if not tied and (not plan.points or len(said) < MOSTLY * len(plan.points)):
        return None
    return Telling(
        take=take.id,
        recorded_at=take.recorded_at,
        seconds=_seconds(take),
        points_said=sum(point.text in said for point in plan.points),
        points=len(plan.points),
        sections=tuple(
            section
            for section, texts in plan.sections.items()
            if texts and len(texts & said) >= MOSTLY * len(texts)
        ),
        fillers_per_minute=_fillers(take),
    )


def _seconds(take: Take) -> float | None:
    """Of the answer; None where its sound was not listened to."""
    if take.sound is None:
        return None
    return timing(take.transcript, take.sound, target=None, coaching=PLAIN).answer


def _fillers(take: Take) -> float | None:
    transcript, sound = take.transcript, take.sound
    lexicon = builtin(transcript.language) if transcript else None
    if transcript is None or sound is None or lexicon is None:
        return None
    quiet = silences(sound.speech)
    said = in_transcript(transcript.words, lexicon, pauses=quiet)
    return fillers(said, _seconds(take)).per_minute


def _record(story: Story, tellings: tuple[Telling, ...], pace: OwnPace) -> Record:
    words = sum(len(text.split()) for text in sections_of(story))
    seconds = 60 * words / pace.words_per_minute if words else None
    return Record(story, words, seconds, tellings)
