"""The report for the ear: a few short sentences, without digits or symbols."""

from __future__ import annotations

import re
from functools import cache

from rehearse.analysis.keypoints.number_words import builtin_numerals
from rehearse.model.delivery import Fillers, Timing, Verdict
from rehearse.model.structure import STAR, Analysis, Section, Star
from rehearse.text import listed, printable
from rehearse.views import nothing

VERDICTS = {
    Verdict.SHORT: "shorter than planned",
    Verdict.ON_TARGET: "a good length",
    Verdict.LONG: "longer than planned",
}
MOSTLY = 0.5
"""A word with more than this share of all fillers is named."""
FEW = 2
"""Up to this many fillers, no word is named."""
NAMES = {
    Section.SITUATION: "the situation",
    Section.TASK: "your task",
    Section.ACTION: "what you did",
    Section.RESULT: "a result",
}
ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth")
"""There is never more advice than this."""
NO_ADVICE = "There is nothing I would change."
NO_SPEECH = "I heard no speech."
NO_WORDS = "I could not understand any words."
NO_SOUND = "The microphone gave no sound. Check its switch."
NOT_WRITTEN = "The words are not written down yet."

_CLOCK = re.compile(r"\b(\d{1,3}):([0-5]\d)\b")
_PER_CENT = re.compile(r"\s*%")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SIGNS = re.compile(r"[\"“”„*_#<>\[\]{}|•·…~^=]")


def summary(analysis: Analysis) -> str:
    """Time, fillers, and the missing parts of the story."""
    if analysis.is_silent:
        return _nothing(analysis.timing)
    parts = [_time(analysis)]
    if gaps := nothing.gaps(analysis.timing):
        parts.append(for_the_ear(gaps))
    if not analysis.words:
        parts.append(NOT_WRITTEN)
    elif analysis.fillers is not None:
        parts.append(_fillers(analysis.fillers))
    if analysis.star is not None:
        parts.append(_missing(analysis.star))
    return " ".join(part for part in parts if part)


def details(analysis: Analysis) -> str:
    """All advice, numbered where there is more than one piece."""
    if not analysis.words:
        return NOT_WRITTEN
    if not analysis.advice:
        return NO_ADVICE
    pieces = [for_the_ear(piece.text) for piece in analysis.advice]
    if len(pieces) == 1:
        return pieces[0]
    return " ".join(f"{which}. {text}" for which, text in zip(ORDINALS, pieces, strict=False))


def for_the_ear(text: str) -> str:
    """The text with numbers and clock times as words, and without symbols."""
    plain = _CLOCK.sub(lambda found: duration(int(found[1]) * 60 + int(found[2])), printable(text))
    plain = _PER_CENT.sub(" percent", _SIGNS.sub("", plain))
    return " ".join(_NUMBER.sub(lambda found: number(found[0]), plain).split())


def duration(seconds: float) -> str:
    """ "one minute and five seconds"."""
    minutes, rest = divmod(int(seconds), 60)
    parts = [_counted(minutes, "minute")] if minutes else []
    if rest or not minutes:
        parts.append(_counted(rest, "second"))
    return " and ".join(parts)


def _counted(value: int, one: str) -> str:
    return f"{number(value)} {one}" if value == 1 else f"{number(value)} {one}s"


def number(value: int | str) -> str:
    """A number in words ("4.5" is "four point five"); one of more than six digits as digits."""
    whole, _, part = str(value).partition(".")
    if len(whole) > 6:
        return str(value)
    said = _whole(int(whole))
    return f"{said} point {' '.join(_named()[int(digit)] for digit in part)}" if part else said


def _whole(value: int) -> str:
    if value in _named():
        return _named()[value]
    if value < 100:
        ones = value % 10
        return f"{_named()[value - ones]}-{_named()[ones]}"
    size, name = (100, "hundred") if value < 1000 else (1000, "thousand")
    many, rest = divmod(value, size)
    joint = " and " if rest < 100 else " "
    return f"{_whole(many)} {name}" + (f"{joint}{_whole(rest)}" if rest else "")


@cache
def _named() -> dict[int, str]:
    """Numbers with a word of their own, by value; hundred and thousand are not among them."""
    return {value: word for word, value in builtin_numerals().values.items()}


def _nothing(timing: Timing) -> str:
    if not timing.heard:
        return NO_SOUND
    return NO_WORDS if timing.phonation else NO_SPEECH


def _time(analysis: Analysis) -> str:
    timing = analysis.timing
    if timing.answer is None:
        return ""
    verdict = f", {VERDICTS[timing.verdict]}" if timing.verdict else ""
    return _sentence(duration(timing.answer) + verdict)


def _fillers(fillers: Fillers) -> str:
    if not fillers.total:
        return "No fillers."
    word, count = next(iter(fillers.counts.items()))
    most = fillers.total > FEW and count > MOSTLY * fillers.total
    only = f", {'all' if count == fillers.total else 'mostly'} {word}" if most else ""
    return _sentence(_counted(fillers.total, "filler") + only)


def _missing(star: Star) -> str:
    names = [NAMES[section] for section in STAR if section in star.missing]
    if not star.applies or not names:
        return ""
    return f"I did not hear {listed(names, 'or')}."


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
