"""Time against its target, "I" against "we", and figures given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rehearse.analysis.coaching import Coaching
from rehearse.analysis.floor import answer, spoken
from rehearse.model.delivery import Timing, Verdict
from rehearse.model.structure import Ownership, Section, Star
from rehearse.model.take import Kind, Sound, Transcript, Word
from rehearse.text import bare

I = frozenset(("i", "i'm", "i've", "i'd", "i'll"))  # noqa: E741
WE = frozenset(("we", "we're", "we've", "we'd", "we'll"))


A_MINUTE = 60.0


def timing(
    transcript: Transcript | None,
    sound: Sound | None,
    *,
    target: float | None,
    coaching: Coaching,
    kind: Kind | None = None,
) -> Timing:
    """The sound's length outranks what a transcript states; where neither is known, it is the
    time from the first word to the last. Where others speak too, the length is that of the
    speaker's own turns. ratio = phonation / length, without the time in which the microphone gave
    nothing."""
    said = spoken(transcript.words) if transcript else None
    answered = answer(transcript) if transcript else None
    shared = bool(transcript and transcript.turns)
    duration = sound.duration if sound else None
    if transcript and not sound:
        duration = answered if shared else transcript.duration or answered
    phonation = sum(span.duration for span in sound.speech) if sound else None
    measured = Timing(
        duration=duration,
        target=target,
        verdict=None,
        reaction=_reaction(sound) if sound and not shared else None,
        phonation=phonation,
        phonation_ratio=None,
        no_sound=sound.no_sound if sound else (),
        spoken_from=said.start if said else None,
        spoken_to=said.end if said else None,
        answer=answered,
    )
    heard = measured.heard
    return replace(
        measured,
        verdict=_verdict(measured, coaching, kind),
        phonation_ratio=phonation / heard if phonation is not None and heard else None,
    )


def _reaction(sound: Sound) -> float | None:
    """Not known where the microphone came on late."""
    begins = sound.speech[0].start if sound.speech else None
    late = any(span.start < begins for span in sound.no_sound) if begins is not None else True
    return None if late else begins


def _verdict(measured: Timing, coaching: Coaching, kind: Kind | None) -> Verdict | None:
    """None where only what the microphone kept back makes an answer short."""
    judged = verdict(measured.heard, measured.target, coaching, kind)
    if judged is Verdict.SHORT and measured.no_sound:
        heard = measured.duration if measured.heard else None
        return verdict(heard, measured.target, coaching, kind)
    return judged


def verdict(
    duration: float | None, target: float | None, coaching: Coaching, kind: Kind | None = None
) -> Verdict | None:
    if duration is None or not target:
        return None
    planned = held_against(duration, target, kind)
    if duration < planned * coaching.short_of_target:
        return Verdict.SHORT
    if duration > planned * coaching.over_target:
        return Verdict.LONG
    return Verdict.ON_TARGET


def held_against(duration: float, target: float, kind: Kind | None) -> float:
    """What the length is compared with: of an introduction anything from a minute to its target
    is right, so a shorter one is held against a minute."""
    return min(target, max(duration, A_MINUTE)) if kind is Kind.INTRODUCTION else target


def ownership(
    words: Sequence[Word], star: Star | None, *, fillers: frozenset[int] = frozenset()
) -> Ownership:
    """Within Action where the story has one, else in the whole answer.

    Only the doer counts ("I", "we'd"), not "my" or "us"; "I, I built it" is one, and the "I" of
    the filler "I mean" (`fillers`, indices) is none.
    """
    i = we = 0
    before = ""
    for index in _places(words, star, Section.ACTION):
        if index in fillers:
            continue
        spoken = bare(words[index].text)
        i += spoken in I and spoken != before
        we += spoken in WE and spoken != before
        before = spoken
    return Ownership(i=i, we=we)


def _places(words: Sequence[Word], star: Star | None, section: Section) -> Iterable[int]:
    runs = [
        range(segment.first_word, segment.last_word + 1)
        for segment in (star.segments if star and star.applies else ())
        if segment.section is section
    ]
    return (index for run in runs or [range(len(words))] for index in run)
