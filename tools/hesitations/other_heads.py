"""A trial of linear heads for what else people do: fitted as an ear is, to the clips in which it is
marked, and tried on others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rehearse.analysis.sound.ear_training import Mark, MarkedClip, Score, fitted, score
from rehearse.model.take import SAMPLE_RATE
from tools.hesitations.not_ums import MADE
from tools.hesitations.other_sounds import Kind

if TYPE_CHECKING:
    from rehearse.analysis.sound.linear_head import Floats
    from tools.hesitations.corpus import Recording

OF_PEOPLE = {
    Kind.VOCAL: (Kind.VOCAL, Kind.LAUGH, Kind.BREATH, Kind.THROAT),
    Kind.DRAWN_OUT: (Kind.DRAWN_OUT,),
    Kind.CUT_OFF: (Kind.CUT_OFF,),
}
"""Kinds that are marked in clips of people, and what is learned for each."""


@dataclass(frozen=True)
class Seen:
    recording: Recording
    encoded: Floats


def tried(made: Sequence[Seen], people: Sequence[Seen]) -> Iterator[tuple[str, Score]]:
    """What each head hears in the other half of the synthetic clips and in people; those of people
    also with a head that heard all other people."""
    for kind in MADE if made else ():
        ear = fitted(_marked(made[::2], {kind}))
        yield f"{kind.value}_made", score(ear, _marked(made[1::2], {kind}))
    for kind, learned in OF_PEOPLE.items() if made and people else ():
        synthetic = _marked(made, learned)
        heard = [clip for clip in people if clip.recording.marks]
        yield f"{kind.value}_people", score(fitted(synthetic), _marked(heard, {kind}))
        yield (
            f"{kind.value}_people_learned",
            sum((_left_out(one, people, synthetic, kind) for one in heard), Score()),
        )


def _left_out(
    one: Seen, people: Sequence[Seen], synthetic: Sequence[MarkedClip], kind: Kind
) -> Score:
    others = _marked([other for other in people if other is not one], {kind})
    return score(fitted([*synthetic, *others]), _marked([one], {kind}))


def _marked(clips: Sequence[Seen], kinds: Collection[Kind]) -> list[MarkedClip]:
    """With those kinds in the place of hesitations; every other stands for "um", which is not used
    here."""
    return [
        MarkedClip(
            clip.encoded,
            len(clip.recording.sound) / SAMPLE_RATE,
            tuple(
                Mark(span, bool(number % 2))
                for number, span in enumerate(s for k, s in clip.recording.others if k in kinds)
            ),
        )
        for clip in clips
    ]
