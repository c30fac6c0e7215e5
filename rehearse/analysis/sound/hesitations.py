"""Hesitations that can be heard: "um" and "uh" in the sound, whether or not they were written.

Steady stretches of voice are weighed by a logistic regression over their features and the squares
of these; its weights are in `data/hesitations.json`, trained by tools/hesitations. After Goto, Itou
and Hayamizu 1999: a filled pause moves little in pitch and little in timbre.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rehearse.analysis.rules import builtin_text
from rehearse.analysis.sound.drawnout import FEATURES, NASAL, features, set_apart
from rehearse.analysis.sound.steady import Voice, steady
from rehearse.analysis.sound.voicing import HOP, Frames, frames
from rehearse.model.take import Hesitation, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rehearse.model.take import Samples

    Floats = NDArray[np.float64]

LEAST_LIKELY = 0.1
"""Candidates below it are dropped; no place among words makes up for it."""
HUMMED = 0.7
"""Probability of a nasal ending from which it is called "um"; without one, "uh"."""
EVEN = 0.5
MOST_VOICE, ENOUGH_VOICE = 0.6, 3.0
"""Where likely hesitations make up that share of so many seconds of voice or more, it is no speech
but tones or music, which hold still all the time."""
FARTHEST = 4.0
"""Standard deviations; what lies farther out was never seen in training."""


@dataclass(frozen=True)
class Weights:
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    linear: tuple[float, ...]
    """One per feature, and the constant."""
    square: tuple[float, ...]
    nasal: tuple[float, ...]
    """One per feature in `drawnout.NASAL`, and the constant."""


def candidates(
    samples: Samples, speech: Sequence[Span], *, weights: Weights | None = None
) -> tuple[Hesitation, ...]:
    """What may be hesitations by their sound alone, in order, none overlapping.

    Most are vowels of words: `heard` decides with the words."""
    return candidates_in(frames(samples), speech, weights=weights) if speech else ()


def candidates_in(
    seen: Frames, speech: Sequence[Span], *, weights: Weights | None = None
) -> tuple[Hesitation, ...]:
    """The same of sound whose frames are known."""
    voice = steady(seen, speech)
    if voice is None:
        return ()
    known = features(seen, voice)
    weights = weights or builtin_weights()
    likely, hums = likelihood(known, weights), _nasality(known, weights)
    apart = set_apart(seen, voice)
    chosen = sorted(_best(voice, likely))
    if _hardly_speech(voice, [k for k in chosen if likely[k] >= EVEN]):
        return ()
    return tuple(
        Hesitation(
            start=round(float(voice.starts[k]) * HOP, 3),
            end=round(float(voice.ends[k]) * HOP, 3),
            confidence=round(float(likely[k]), 3),
            nasal=bool(hums[k] >= HUMMED),
            apart=bool(apart[k]),
        )
        for k in chosen
    )


def likelihood(known: Floats, weights: Weights) -> Floats:
    """Probability that each stretch is a hesitation; `known` is (stretches, FEATURES)."""
    import numpy as np

    scaled = _scaled(known, weights)
    linear = np.array(weights.linear)
    return _probability(
        scaled @ linear[:-1] + (scaled**2 - 1) @ np.array(weights.square) + linear[-1]
    )


def _nasality(known: Floats, weights: Weights) -> Floats:
    import numpy as np

    nasal = np.array(weights.nasal)
    return _probability(_scaled(known, weights)[:, list(NASAL)] @ nasal[:-1] + nasal[-1])


def _scaled(known: Floats, weights: Weights) -> Floats:
    import numpy as np

    scaled = (known - np.array(weights.mean)) / np.array(weights.scale)
    return np.asarray(np.clip(scaled, -FARTHEST, FARTHEST))


def _probability(score: Floats) -> Floats:
    import numpy as np

    return np.asarray(1 / (1 + np.exp(-np.clip(score, -30, 30))))


def _hardly_speech(voice: Voice, hesitant: list[int]) -> bool:
    seconds = float((voice.ends - voice.starts)[hesitant].sum()) * HOP
    voiced = float(voice.voiced.sum()) * HOP
    return voiced >= ENOUGH_VOICE and seconds > MOST_VOICE * voiced


def _best(voice: Voice, likely: Floats) -> list[int]:
    """The likeliest of the stretches that overlap, from the likeliest on."""
    import numpy as np

    taken = np.zeros(int(voice.ends.max()), bool)
    chosen = []
    for k in np.argsort(-likely, kind="stable"):
        if likely[k] < LEAST_LIKELY:
            break
        span = slice(voice.starts[k], voice.ends[k])
        if not taken[span].any():
            taken[span] = True
            chosen.append(int(k))
    return chosen


@cache
def builtin_weights() -> Weights:
    """Raises FileNotFoundError: the package is not whole."""
    text = builtin_text("hesitations.json")
    if text is None:
        raise FileNotFoundError("rehearse/data/hesitations.json is missing from the package.")
    return parse_weights(text)


def parse_weights(text: str) -> Weights:
    """Raises ValueError, KeyError or TypeError for what are no weights of these features."""
    value = json.loads(text)
    weights = Weights(
        **{name: tuple(map(float, value[name])) for name in Weights.__dataclass_fields__}
    )
    sizes = [len(getattr(weights, name)) for name in Weights.__dataclass_fields__]
    if sizes != [FEATURES, FEATURES, FEATURES + 1, FEATURES, len(NASAL) + 1]:
        raise ValueError(f"weights for {FEATURES} features are wanted, not of sizes {sizes}")
    return weights
