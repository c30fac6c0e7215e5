"""Train the weights of the hesitation detector, and those that leave out one real clip each.

    python -m tools.hesitations.train          about five minutes on one core

Synthetic speech, real speech with made-up filled pauses, and real ones. Without the real clips it
trains on synthetic speech alone, which hears people badly, and says so.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rehearse.analysis.sound.drawnout import FEATURES, NASAL
from rehearse.analysis.sound.hesitations import FARTHEST, Weights
from tools.hesitations.corpus import recordings
from tools.hesitations.examples import Examples, examples
from tools.hesitations.inserted import with_inserted
from tools.hesitations.music import melodies
from tools.hesitations.shared import group, shared_recordings
from tools.miniature.speak import RATE

ROOT = Path(__file__).parents[2]
BUILT_IN = ROOT / "rehearse" / "data" / "hesitations.json"
LEFT_OUT = Path(__file__).parent / "left_out.json"
SYNTHETIC, MUSIC, SEED = 400, 30, 1
MADE_UP, REAL = 0.03, 3.0
"""What an example counts: real ones are few, and are what matters."""
PENALTY = 10.0
"""On squared weights."""
STEPS = 12
"""Newton's; it settles in half as many."""
COPIES, COPIED_SECONDS = 3, 60.0
"""Versions with made-up fillers of each real clip; shorter ones get more."""


def main() -> None:
    synthetic = examples(chain(recordings(SYNTHETIC, SEED), melodies(MUSIC, SEED)))
    clips = shared_recordings()
    if not clips:
        sys.stderr.write("../shared/speech is not there: trained on synthetic speech alone.\n")
        save(BUILT_IN, fit(synthetic, None))
        return
    real = examples(clips)
    inserted = examples(
        with_inserted(clip, number)
        for clip in clips
        for number in range(COPIES + round(COPIED_SECONDS * RATE / len(clip.sound)))
    )
    save(BUILT_IN, fit(synthetic + inserted, real))
    LEFT_OUT.write_text(json.dumps(left_out(synthetic + inserted, real)) + "\n", "utf-8")


def left_out(made_up: Examples, real: Examples) -> dict[str, dict[str, list[float]]]:
    """For each group of real clips the weights that never heard it."""
    groups = sorted({group(name) for name in real.names})
    return {
        one: _rounded(fit(*(part.where(_others(part, one)) for part in (made_up, real))))
        for one in groups
    }


def fit(made_up: Examples, real: Examples | None) -> Weights:
    whole = made_up if real is None else made_up + real
    counts = np.full(len(whole.names), MADE_UP)
    counts[len(made_up.names) :] = REAL
    mean = np.average(whole.features, axis=0, weights=counts)
    variance = np.average((whole.features - mean) ** 2, axis=0, weights=counts)
    scale = np.sqrt(variance) + 1e-6
    scaled = np.clip((whole.features - mean) / scale, -FARTHEST, FARTHEST)
    solved = logistic(np.hstack([scaled, scaled**2 - 1]), whole.hesitant, counts)
    told = ~np.isnan(whole.nasal)
    nasal = logistic(scaled[told][:, list(NASAL)], whole.nasal[told], counts[told])
    return Weights(
        mean=tuple(mean),
        scale=tuple(scale),
        linear=(*solved[:FEATURES], solved[-1]),
        square=tuple(solved[FEATURES:-1]),
        nasal=tuple(nasal),
    )


def logistic(
    known: NDArray[np.float64], answers: NDArray[np.float64], counts: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Weights of a logistic regression by Newton's method, the constant last and unpenalised."""
    rows = np.hstack([known, np.ones((len(known), 1))])
    penalty = np.full(rows.shape[1], PENALTY)
    penalty[-1] = 1e-6
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (counts * (likely - answers)) + penalty * weights
        bend = (rows.T * (counts * likely * (1 - likely))) @ rows + np.diag(penalty)
        weights -= np.linalg.solve(bend, slope)
    return weights


def save(path: Path, weights: Weights) -> None:
    path.write_text(json.dumps(_rounded(weights), indent=1) + "\n", "utf-8")


def _others(part: Examples, left_out: str) -> NDArray[np.bool_]:
    return np.array([group(name) != left_out for name in part.names])


def _rounded(weights: Weights) -> dict[str, list[float]]:
    return {name: [round(float(x), 5) for x in value] for name, value in asdict(weights).items()}


if __name__ == "__main__":
    main()
