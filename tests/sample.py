"""An answer of which everything is known, written by hand, so that its page changes only when the
page does."""

from __future__ import annotations

from dataclasses import replace

from rehearse.model.delivery import (
    Filler,
    FillerKind,
    Fillers,
    HeardIn,
    Pace,
    PacePoint,
    Pause,
    Pauses,
    Timing,
    Verdict,
)
from rehearse.model.structure import (
    Advice,
    Analysis,
    ClosePoint,
    DifferentPoint,
    Edges,
    KeyPoint,
    KeyPoints,
    NoStory,
    Ownership,
    Results,
    Section,
    SectionShare,
    Segment,
    Star,
)
from rehearse.model.take import Ending, Kind, Question, Quote, Take, Transcript
from rehearse.views.comparison import Before
from tests.speech import spoken

SITUATION = "Last year our site was _0.6_ um failing every night."
TASK = "My task was to find the cause."
ACTION = "I decided to read every log, _1.5_ and so I built, you know, a queue."
RESULT = "As a result sales went up by 20 percent."
END = "So, yeah."
SPOKEN = spoken(f"{SITUATION} {TASK} {ACTION} {RESULT} {END}", word=0.8)
WORDS = SPOKEN.words
QUESTION = Question(
    "Tell me about a time you failed.", Kind.BEHAVIOURAL, ("Ownership",), target=60.0
)


def said(text: str) -> Quote:
    """Where the words of `text` stand in the answer."""
    tokens = text.split()
    written = [word.text for word in WORDS]
    first = next(i for i in range(len(written)) if written[i : i + len(tokens)] == tokens)
    return Quote(text, first, first + len(tokens) - 1)


def _times(place: Quote) -> tuple[float | None, float | None]:
    return WORDS[place.first_word].start, WORDS[place.last_word].end


def _filler(text: str, token: str, kind: FillerKind) -> Filler:
    place = said(token)
    start, end = _times(place)
    return Filler(
        text, kind, HeardIn.TRANSCRIPT, place.first_word, place.last_word, start, end, 1.0
    )


def _segment(section: Section, first: Quote, last: Quote) -> Segment:
    start, _ = _times(first)
    _, end = _times(last)
    return Segment(section, first.first_word, last.last_word, start, end, 0.9)


CLOSE = _times(said("I decided to read every log,"))
DIFFERS = _times(said(RESULT))
UNWRITTEN = Filler("uh", FillerKind.FILLED_PAUSE, HeardIn.SOUND, None, None, 18.5, 18.9, 0.8)
FILLERS = Fillers(
    (
        _filler("um", "um", FillerKind.FILLED_PAUSE),
        UNWRITTEN,
        _filler("you know", "you know,", FillerKind.DISCOURSE),
    ),
    per_minute=4.5,
    in_sound=True,
)
STAR_TOLD = Star(
    applies=True,
    segments=(
        _segment(Section.SITUATION, said("Last year"), said("every night.")),
        _segment(Section.TASK, said(TASK), said(TASK)),
        _segment(Section.ACTION, said("I decided to"), said("a queue.")),
        _segment(Section.RESULT, said(RESULT), said(RESULT)),
        _segment(Section.NONE, said(END), said(END)),
    ),
    sections=(
        SectionShare(Section.SITUATION, True, 8.0, 9, 0.22, said("um failing every night."), 0.2),
        SectionShare(Section.TASK, True, 5.6, 7, 0.16, said(TASK), 0.1),
        SectionShare(
            Section.ACTION, True, 12.7, 14, 0.4, said("I decided to read every log,"), 0.6
        ),
        SectionShare(Section.RESULT, True, 7.2, 9, 0.22, said(RESULT), 0.1),
    ),
    missing=(),
    order=(Section.SITUATION, Section.TASK, Section.ACTION, Section.RESULT),
)
_WITHOUT_RESULT = replace(
    STAR_TOLD,
    sections=(
        *STAR_TOLD.sections[:3],
        SectionShare(Section.RESULT, False, 0.0, 0, 0.0, None, 0.1),
    ),
    missing=(Section.RESULT,),
)
ANALYSIS = Analysis(
    question=QUESTION,
    timing=Timing(
        SPOKEN.sound.duration,
        60.0,
        Verdict.SHORT,
        0.0,
        32.8,
        0.94,
        spoken_from=0.0,
        spoken_to=SPOKEN.sound.duration,
        answer=SPOKEN.sound.duration,
    ),
    words=WORDS,
    fillers=FILLERS,
    pace=Pace(67.0, 72.0, (PacePoint(0.0, 72.0), PacePoint(10.0, 66.0), PacePoint(15.0, 81.0))),
    pauses=Pauses((Pause(4.0, 4.6, True), Pause(18.2, 19.7, True)), 3.4, 1.05, 1.5),
    star=STAR_TOLD,
    ownership=Ownership(2, 0),
    results=Results(True, (said("20 percent."),), (said("went up"),)),
    key_points=KeyPoints(
        (KeyPoint("The queue", 26, 22.9),),
        (KeyPoint("The nurses' thanks"),),
        (ClosePoint("went through the logs", "I decided to read every log,", 16, 21, *CLOSE),),
        (DifferentPoint("sales +25%", "25%", "20 percent", 31, 40, *DIFFERS),),
    ),
    advice=(
        Advice("too_short", "You planned 1:00 and spoke for 0:34."),
        Advice("trails_off", "End on the result.", start=33.3, end=34.9),
    ),
    follow_up="What would you do differently?",
    edges=Edges(said("Last year our site was"), said(END), said(END), None),
    praise=Advice(
        "with_a_number",
        'Your result has a number: "As a result sales went up by 20 percent".',
        said(RESULT).first_word,
        said(RESULT).last_word,
        *_times(said(RESULT)),
    ),
)
TAKE = Take(
    "2026-03-04T10-20-30_tell-me-about-a-time-you-failed",
    "2026-03-04T10:20:30+01:00",
    QUESTION,
    Ending.ENDED,
    sound=SPOKEN.sound,
    transcript=Transcript(WORDS, "en", "base.en"),
    model="base.en",
    version="1.2.3",
)
BEFORE = Before(
    "2026-02-28T09:00:00+01:00",
    replace(
        ANALYSIS,
        timing=replace(ANALYSIS.timing, duration=75.0, answer=75.0, verdict=Verdict.LONG),
        fillers=Fillers((), 0.0, in_sound=True),
        star=_WITHOUT_RESULT,
    ),
)
NO_STORY = Star(False, (), (), (), (), why_not=NoStory.KIND)
FOLLOW_UP = Star(False, (), (), (), (), why_not=NoStory.FOLLOW_UP)
WITHOUT_RESULT = replace(ANALYSIS, star=_WITHOUT_RESULT)
