"""How well hesitations are heard: one figure a line, with its 95 % interval (Wilson).

On synthetic speech of our own that was never trained on, and, where it lies beside the project, on
real speech, each clip heard with weights that never saw its speaker. With 15 marks in six clips the
real figures only point a direction, and the odds of `heard` were chosen with them in sight.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from rehearse.analysis.sound.heard_fillers import heard
from rehearse.analysis.sound.hesitations import Weights, candidates, parse_weights
from rehearse.analysis.words.fillers import in_transcript
from rehearse.analysis.words.lexicon import builtin
from rehearse.model.delivery import FillerKind
from rehearse.model.take import Hesitation, Sound, Span, Word
from rehearse.speech.models import MINIATURE
from rehearse.speech.transcription import write_down
from rehearse.speech.voice_activity import SileroVoiceActivity
from rehearse.speech.whisper import WhisperTranscriber
from tools.hesitations.conditions import absorbing, as_recognised, spread
from tools.hesitations.corpus import Recording, recordings
from tools.hesitations.examples import SLACK, common, speech_of
from tools.hesitations.rules import any_gap, by_thresholds
from tools.hesitations.shared import group, shared_recordings
from tools.hesitations.train import LEFT_OUT
from tools.miniature.speak import RATE

SYNTHETIC, PLAIN, SEED = 90, 18, 9
INSIDE, IGNORED = 0.5, 0.2
"""Share of a found one that lies in the mark for a hit; in what is ignored for neither."""
CONDITIONS = ("gap_open", "absorbed", "no_words")


@dataclass(frozen=True)
class Clip:
    recording: Recording
    speech: tuple[Span, ...]
    ours: tuple[Hesitation, ...]


@dataclass(frozen=True)
class Score:
    hits: int = 0
    sure_hits: int = 0
    alarms: int = 0
    marks: int = 0
    sure_marks: int = 0
    minutes: float = 0.0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.hits + other.hits,
            self.sure_hits + other.sure_hits,
            self.alarms + other.alarms,
            self.marks + other.marks,
            self.sure_marks + other.sure_marks,
            self.minutes + other.minutes,
        )


Words = Callable[[Clip], "tuple[Word, ...] | None"]
Find = Callable[[Clip, Sequence[Word]], Sequence[Span]]


def main() -> None:
    made = [_clip(one) for one in recordings(SYNTHETIC, SEED)]
    hesitant = [clip for clip in made if clip.recording.fillers]
    fluent = [clip for clip in made if clip.recording.name.startswith("fluent")]
    for condition in CONDITIONS:
        for name, find in _finders(condition).items():
            _print(f"{name}_synthetic_{condition}", hesitant, _words(condition), find)
            _print_alarms(f"{name}_synthetic_fluent_{condition}", fluent, _words(condition), find)
    plain = [_clip(one) for one in recordings(PLAIN, SEED, plain=True)]
    _print("hesitations_synthetic_miniature", plain, as_the_miniature_hears, ours)
    _shared()


def _shared() -> None:
    clips = [_clip(one, real=True) for one in shared_recordings()]
    if not clips:
        print("hesitations_real: ../shared/speech is not there, left out")
        return
    spoken = [clip for clip in clips if clip.recording.words]
    read = [clip for clip in clips if not clip.recording.words]
    for condition in CONDITIONS:
        for name, find in _finders(condition).items():
            _print(f"{name}_real_{condition}", spoken, _words(condition), find)
            words = _words(condition) if condition == "no_words" else _spread
            _print_alarms(f"{name}_real_read_{condition}", read, words, find)
    heard_well = [(one, mark) for clip in spoken for one, mark in _pairs(clip)]
    right = sum(one.nasal == mark for one, mark in heard_well)
    print(f"hesitations_real_um_or_uh {_ratio(right, len(heard_well))}")


def _clip(recording: Recording, *, real: bool = False) -> Clip:
    speech = speech_of(recording)
    weights = _left_out(group(recording.name)) if real else None
    return Clip(recording, speech, candidates(recording.sound, speech, weights=weights))


@cache
def _all_left_out() -> dict[str, dict[str, list[float]]]:
    value: dict[str, dict[str, list[float]]] = json.loads(LEFT_OUT.read_text("utf-8"))
    return value


def _left_out(name: str) -> Weights:
    return parse_weights(json.dumps(_all_left_out()[name]))


def _words(condition: str) -> Words:
    if condition == "no_words":
        return lambda clip: ()
    if condition == "gap_open":
        return lambda clip: clip.recording.words
    return lambda clip: as_recognised(clip.recording, clip.speech)


def _spread(clip: Clip) -> tuple[Word, ...] | None:
    """Of what was read only the text is known; None where not even that is."""
    return spread(clip.recording, clip.speech) or None


def as_the_miniature_hears(clip: Clip) -> tuple[Word, ...]:
    """The words of our own small model, its filled pauses withheld and taken in by the next."""
    written_down = write_down(
        clip.recording.sound, activity=SileroVoiceActivity(), transcriber=_miniature()
    )
    assert written_down.transcript is not None
    words = written_down.transcript.words
    lexicon = builtin("en")
    assert lexicon is not None
    written = in_transcript(words, lexicon)
    dropped = {item.first_word for item in written if item.kind is FillerKind.FILLED_PAUSE}
    return absorbing(words, dropped, clip.speech)


@cache
def _miniature() -> WhisperTranscriber:
    return WhisperTranscriber(MINIATURE, "miniature", threads=1)


def ours(clip: Clip, words: Sequence[Word]) -> Sequence[Span]:
    return _with_words(clip, words, clip.ours)


def _thresholds(clip: Clip, words: Sequence[Word]) -> Sequence[Span]:
    return _with_words(clip, words, by_thresholds(clip.recording.sound, clip.speech))


def _gaps(clip: Clip, words: Sequence[Word]) -> Sequence[Span]:
    return any_gap(clip.recording.sound, words)


def _with_words(clip: Clip, words: Sequence[Word], found: tuple[Hesitation, ...]) -> Sequence[Span]:
    sound = Sound(len(clip.recording.sound) / RATE, clip.speech, hesitations=found)
    return [
        Span(item.start, item.end)
        for item in heard(sound, words, ())
        if item.start is not None and item.end is not None
    ]


def _finders(condition: str) -> dict[str, Find]:
    """The simpler ones say nothing without words."""
    if condition == "no_words":
        return {"hesitations": ours}
    return {"hesitations": ours, "threshold_rule": _thresholds, "any_gap": _gaps}


def score(clip: Clip, found: Sequence[Span]) -> Score:
    """A second one found in the same mark is a false alarm."""
    marks = clip.recording.fillers
    sure = clip.recording.reliable or (True,) * len(marks)
    hit: set[int] = set()
    alarms = 0
    for span in found:
        place = _marked(clip, span)
        if place is not None and place not in hit:
            hit.add(place)
        elif not any(common(span, g) > IGNORED * span.duration for g in clip.recording.ignored):
            alarms += 1
    minutes = len(clip.recording.sound) / RATE / 60
    return Score(len(hit), sum(sure[k] for k in hit), alarms, len(marks), sum(sure), minutes)


def _marked(clip: Clip, span: Span) -> int | None:
    for k, mark in enumerate(clip.recording.fillers):
        wide = Span(mark.span.start - SLACK, mark.span.end + SLACK)
        if common(span, wide) >= INSIDE * span.duration:
            return k
    return None


def _pairs(clip: Clip) -> list[tuple[Hesitation, bool]]:
    """Candidates that lie in a mark, and whether that is an "um"."""
    places = [(one, _marked(clip, Span(one.start, one.end))) for one in clip.ours]
    return [(one, clip.recording.fillers[k].nasal) for one, k in places if k is not None]


def _total(clips: Sequence[Clip], words: Words, find: Find) -> Score:
    total = Score()
    for clip in clips:
        known = words(clip)
        if known is not None:
            total += score(clip, find(clip, known))
    return total


def _print(name: str, clips: Sequence[Clip], words: Words, find: Find) -> None:
    total = _total(clips, words, find)
    print(f"{name}_precision {_ratio(total.hits, total.hits + total.alarms)}")
    print(f"{name}_recall {_ratio(total.hits, total.marks)}")
    if total.sure_marks < total.marks:
        print(f"{name}_recall_of_sure_marks {_ratio(total.sure_hits, total.sure_marks)}")


def _print_alarms(name: str, clips: Sequence[Clip], words: Words, find: Find) -> None:
    total = _total(clips, words, find)
    rate = total.alarms / total.minutes if total.minutes else 0.0
    print(f"{name}_false_alarms {rate:.2f} per_minute (n={total.minutes:.1f} minutes)")


def _ratio(part: int, whole: int) -> str:
    low, high = wilson(part, whole)
    share = part / whole if whole else 0.0
    return f"{share:.2f} ratio (n={whole}, {low:.2f} to {high:.2f})"


def wilson(part: int, whole: int) -> tuple[float, float]:
    """95 % interval of a share."""
    if not whole:
        return 0.0, 1.0
    z, share = 1.96, part / whole
    centre = share + z * z / (2 * whole)
    half = z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    return max(0.0, (centre - half) / scale), min(1.0, (centre + half) / scale)


if __name__ == "__main__":
    main()
