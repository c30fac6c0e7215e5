"""All analyses of one answer, put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rehearse.analysis.advice import advise, builtin_wordings
from rehearse.analysis.coaching import PLAIN, Coaching
from rehearse.analysis.findings import findings
from rehearse.analysis.floor import during, inside, own
from rehearse.analysis.followups import builtin_follow_ups, follow_up
from rehearse.analysis.keypoints.keypoints import key_points
from rehearse.analysis.praise import praise
from rehearse.analysis.scripted import scripted
from rehearse.analysis.sound.heard_fillers import have_times, heard
from rehearse.analysis.sound.prosody import voice
from rehearse.analysis.star.combined import together
from rehearse.analysis.star.habit import Habit
from rehearse.analysis.star.opening_and_ending import builtin_edge_rules, edges
from rehearse.analysis.star.outcomes import builtin_outcomes, results
from rehearse.analysis.star.outline import outline
from rehearse.analysis.star.sections import builtin_crf
from rehearse.analysis.star.star import EVERYBODY, as_labelled, covers, no_story, star
from rehearse.analysis.timing import ownership, timing
from rehearse.analysis.words.fillers import fillers, in_transcript, places
from rehearse.analysis.words.hedges import hedges
from rehearse.analysis.words.lexicon import Lexicon, builtin
from rehearse.analysis.words.pace import pace
from rehearse.analysis.words.pauses import pauses, silences
from rehearse.analysis.words.repeats import repeats
from rehearse.analysis.words.syllables import builtin_syllables
from rehearse.model.delivery import Filler, FillerKind, Fillers, Scripted, Timing, Voice
from rehearse.model.structure import Analysis, NoStory
from rehearse.model.take import Labelled, Question, Sound, Span, Take, Transcript, Word

if TYPE_CHECKING:
    from rehearse.ports import Meaning

__all__ = ["Coaching", "analyze"]


@dataclass(frozen=True)
class _Told:
    """What the speaker says of this story and shows in others."""

    labels: Sequence[Labelled]
    habit: Habit


def analyze(
    transcript: Transcript | None,
    *,
    sound: Sound | None,
    question: Question | None,
    target: float | None,
    notes: str | None = None,
    meaning: Meaning | None = None,
    coaching: Coaching = PLAIN,
    follows: Take | None = None,
    earlier: Sequence[Transcript] = (),
    turn: int = 0,
    baseline: Voice | None = None,
    labels: Sequence[Labelled] = (),
    habit: Habit = EVERYBODY,
) -> Analysis:
    """Count, time and judge one answer.

    Without a `transcript` there are timing and pauses only; without `sound` there are no pauses.
    Fillers, hedges and repeats are None in a language without rules, but fillers that were heard
    in the sound count in any. STAR, ownership, results, edges and the outline exist in English
    only: elsewhere STAR does not apply, and the others are None. Where several people speak, all
    figures are those of the one whose words the transcript holds.

    `follows` is the answer whose follow-up this one answers; `earlier` are earlier answers to the
    same question, the latest last. With `meaning`, notes are also compared by what they mean.
    `turn` picks the wording: count it up from take to take, so that none is read twice in a row.
    `baseline` is the speaker's voice in the last takes, `habit` how they tell stories, and
    `labels` the sections as they corrected them.
    """
    if transcript and transcript.turns and sound:
        sound = own(sound, transcript.turns)
    kind = question.kind if question else None
    measured = timing(transcript, sound, target=target, coaching=coaching, kind=kind)
    if transcript is None:
        analysis = _unwritten(measured, sound, question)
    else:
        told = _Told(labels if covers(labels, len(transcript.words)) else (), habit)
        analysis = _written(transcript, measured, sound, question, coaching, told)
        if notes is not None:
            reads = meaning if _is_english(transcript) else None
            analysis = replace(analysis, key_points=key_points(transcript.words, notes, reads))
        analysis = replace(analysis, scripted=_scripted(transcript, earlier, coaching))
        if follows is not None:
            analysis = _as_reply(analysis, follows, transcript, sound, coaching)
    analysis = replace(analysis, voice=voice(sound), baseline=baseline)
    return _advised(analysis, coaching, turn=turn, is_reply=follows is not None)


def _advised(analysis: Analysis, coaching: Coaching, *, turn: int, is_reply: bool) -> Analysis:
    """With what was good, what to do next and what to ask on; a reply is not asked on."""
    found = findings(analysis, coaching)
    if not coaching.advice:
        analysis = replace(analysis, timing=replace(analysis.timing, verdict=None), judged=False)
    return replace(
        analysis,
        advice=advise(found, builtin_wordings() if coaching.advice else (), turn=turn),
        praise=praise(analysis, coaching, turn=turn) if coaching.advice else None,
        follow_up=None if is_reply else follow_up(found, builtin_follow_ups(), analysis, turn=turn),
    )


def _scripted(
    transcript: Transcript, earlier: Sequence[Transcript], coaching: Coaching
) -> Scripted | None:
    lexicon = _lexicon(transcript.language, coaching)
    before = []
    for one in earlier:
        left_out = _hesitations(one.words, lexicon)
        before.append([word for i, word in enumerate(one.words) if i not in left_out])
    return scripted(transcript.words, before, left_out=_hesitations(transcript.words, lexicon))


def _hesitations(words: Sequence[Word], lexicon: Lexicon | None) -> frozenset[int]:
    said = in_transcript(words, lexicon) if lexicon else ()
    return places(item for item in said if item.kind is FillerKind.FILLED_PAUSE)


def _as_reply(
    analysis: Analysis,
    first: Take,
    transcript: Transcript,
    sound: Sound | None,
    coaching: Coaching,
) -> Analysis:
    """A reply is no story of its own; it completes the first answer's."""
    lexicon = _lexicon(transcript.language, coaching)
    if not analysis.star or analysis.star.why_not is NoStory.LANGUAGE:
        return analysis
    return replace(
        analysis,
        star=no_story(transcript.words, NoStory.FOLLOW_UP),
        outline=None,
        together=together(first, transcript, sound, crf=builtin_crf(), lexicon=lexicon),
    )


def _unwritten(measured: Timing, sound: Sound | None, question: Question | None) -> Analysis:
    return Analysis(
        question=question,
        timing=measured,
        words=(),
        fillers=None,
        pace=None,
        pauses=pauses(answered) if (answered := _answered(sound, measured)) else None,
        star=None,
        ownership=None,
        results=None,
        key_points=None,
        advice=(),
        follow_up=None,
    )


def _written(
    transcript: Transcript,
    measured: Timing,
    sound: Sound | None,
    question: Question | None,
    coaching: Coaching,
    told: _Told,
) -> Analysis:
    words = transcript.words
    answered = _answered(sound, measured)
    quiet = inside(silences(answered.speech), transcript.turns) if answered else ()
    lexicon = _lexicon(transcript.language, coaching)
    said = in_transcript(words, lexicon, pauses=quiet) if lexicon else ()
    unwritten = heard(sound, words, said, lexicon=lexicon) if sound else ()
    skipped = places(said)
    hesitations = places(item for item in said if item.kind is FillerKind.FILLED_PAUSE)
    found = replace(
        _unwritten(measured, sound, question),
        words=words,
        speakers=transcript.speakers,
        fillers=_counted([*said, *unwritten], measured, words, sound, known=lexicon is not None),
        pace=pace(
            words,
            duration=measured.answer,
            phonation=sum(span.duration for span in answered.speech) if answered else None,
            hesitations=hesitations,
            pauses=len(quiet) if sound else None,
            syllables=builtin_syllables(transcript.language),
            unheard=measured.no_sound,
        ),
        pauses=pauses(answered, words, hesitations=hesitations, turns=transcript.turns)
        if answered
        else None,
        star=no_story(words, NoStory.LANGUAGE),
        hedges=hedges(words, lexicon, fillers=skipped, pauses=quiet) if lexicon else None,
        repeats=repeats(words, lexicon, fillers=skipped) if lexicon else None,
    )
    if not _is_english(transcript):
        return found
    return _in_english(found, coaching, told, quiet=quiet, skipped=skipped, hesitations=hesitations)


def _is_english(transcript: Transcript) -> bool:
    return transcript.language.lower().startswith("en")


def _answered(sound: Sound | None, measured: Timing) -> Sound | None:
    """The sound of the answer, without what lies before its first word and behind its last."""
    if sound is None or measured.spoken_from is None or measured.spoken_to is None:
        return sound
    return during(sound, Span(measured.spoken_from, measured.spoken_to))


def _counted(
    items: Sequence[Filler],
    measured: Timing,
    words: Sequence[Word],
    sound: Sound | None,
    *,
    known: bool,
) -> Fillers | None:
    """None where nothing was said: no fillers in it are no merit."""
    if not items and (not known or (not words and not measured.phonation)):
        return None
    in_sound = sound is not None and sound.hesitations is not None and have_times(words)
    return replace(fillers(items, measured.answer), in_sound=in_sound)


def _in_english(
    found: Analysis,
    coaching: Coaching,
    by_speaker: _Told,
    *,
    quiet: Sequence[Span],
    skipped: frozenset[int],
    hesitations: frozenset[int],
) -> Analysis:
    """With the parts that read English only."""
    words = found.words
    kind = found.question.kind if found.question else None
    if by_speaker.labels:
        told = as_labelled(words, by_speaker.labels, quiet)
    else:
        crf, habit = builtin_crf(), by_speaker.habit
        told = star(words, crf, kind=kind, pauses=quiet, fillers=skipped, habit=habit)
    story = replace(
        told,
        sections=tuple(
            replace(part, ideal=coaching.band(part.section).ideal) for part in told.sections
        ),
    )
    return replace(
        found,
        star=story,
        ownership=ownership(words, story, fillers=skipped),
        results=results(words, story, outcomes=builtin_outcomes()),
        edges=edges(words, builtin_edge_rules(), pauses=quiet, fillers=hesitations),
        outline=outline(words, kind, pauses=quiet, fillers=skipped),
    )


def _lexicon(language: str, coaching: Coaching) -> Lexicon | None:
    """The language's words and the user's own; the latter alone where there are no others."""
    known = builtin(language)
    if known is None and not coaching.own_fillers:
        return None
    return (known or Lexicon(language, (), ())).with_own(coaching.own_fillers)
