"""Time against its target, "I" against "we", and figures given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rehearse.analysis.coaching import Coaching
from rehearse.analysis.floor import answer, during, spoken
from rehearse.model.delivery import Timing, Verdict
from rehearse.model.structure import Ownership, Section, Star
from rehearse.model.take import Kind, Sound, Span, Transcript, Word
from rehearse.text import bare

I = frozenset(("i", "i'm", "i've", "i'd", "i'll"))  # noqa: E741
WE = frozenset(("we", "we're", "we've", "we'd", "we'll"))


A_MINUTE = 60.0
EARLY = 0.6
"""Seconds, at most, by which a recogniser ends the last word before the voice does."""


def timing(
    transcript: Transcript | None,
    sound: Sound | None,
    *,
    target: float | None,
    coaching: Coaching,
    kind: Kind | None = None,
) -> Timing:
    """An answer lasts from its first word to its last; from the first to the last sound of the
    voice where no word has a time. What lies before and behind is none of it. The recording's
    length is that of the sound, else what a transcript states. Where others speak too, both are the
    speaker's own turns. ratio = phonation in the answer / answer."""
    shared = bool(transcript and transcript.turns)
    said = _said(transcript, sound)
    without_voice = sound.no_sound if sound else ()
    measured = Timing(
        duration=_duration(transcript, sound),
        target=target,
        verdict=None,
        reaction=_reaction(said, without_voice) if sound and not shared else None,
        phonation=sum(span.duration for span in sound.speech) if sound else None,
        phonation_ratio=None,
        no_sound=without_voice,
        spoken_from=said.start if said else None,
        spoken_to=said.end if said else None,
    )
    measured = replace(measured, answer=_answer(transcript, sound, measured))
    return replace(
        measured,
        verdict=_verdict(measured, coaching, kind),
        phonation_ratio=_ratio(sound, said, measured.answer),
    )


def _said(transcript: Transcript | None, sound: Sound | None) -> Span | None:
    """From the first word to the last, else from the first to the last sound of the voice; None
    where nothing was said, and where no times are known."""
    words = spoken(transcript.words) if transcript else None
    if words and sound:
        return Span(words.start, _voiced_to(words.end, sound.speech))
    if words or not sound or not sound.speech or (transcript and not transcript.words):
        return words
    return Span(sound.speech[0].start, sound.speech[-1].end)


def _voiced_to(end: float, speech: Sequence[Span]) -> float:
    """Where the voice of the last word ends."""
    voiced = next((span.end for span in speech if span.start <= end < span.end), end)
    return min(voiced, end + EARLY)


def _duration(transcript: Transcript | None, sound: Sound | None) -> float | None:
    if sound or not transcript:
        return sound.duration if sound else None
    answered = answer(transcript)
    return answered if transcript.turns else transcript.duration or answered


def _answer(transcript: Transcript | None, sound: Sound | None, measured: Timing) -> float | None:
    if transcript and transcript.turns:
        return answer(transcript)
    if measured.spoken_from is not None and measured.spoken_to is not None:
        said = Span(measured.spoken_from, measured.spoken_to)
        return during(sound, said).heard if sound else said.duration or None
    return measured.heard if transcript and transcript.words else None


def _reaction(said: Span | None, without_voice: Sequence[Span]) -> float | None:
    """Not known where the microphone came on late."""
    late = said is None or any(span.start < said.start for span in without_voice)
    return None if said is None or late else said.start


def _ratio(sound: Sound | None, said: Span | None, seconds: float | None) -> float | None:
    if not sound or not said or not seconds:
        return None
    voiced = sum(span.duration for span in during(sound, said).speech)
    return min(1.0, voiced / seconds)


def _verdict(measured: Timing, coaching: Coaching, kind: Kind | None) -> Verdict | None:
    """None where only what the microphone kept back makes an answer short."""
    judged = verdict(measured.answer, measured.target, coaching, kind)
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
