"""A linear classifier over the output of a speech model's encoder, one frame at a time.

Such an encoder hears more than its text tells: what is linear in it takes a few thousand numbers
and a thousandth of the time. A head belongs to the one model that it was fitted to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    """Of an encoder's output: (frames, dimensions)."""

FRAME = 0.02
"""Seconds from frame to frame of Whisper's encoder; frame k is centred at k of them."""
STEPS = 15
"""Newton's, at most; it settles in half as many."""
SETTLED = 1e-3
"""Largest step of a weight that is the last."""
MOST_CERTAIN = 30.0
"""Log odds at which the exponential function is cut off."""


@dataclass(frozen=True)
class LinearHead:
    weights: Floats
    """(dimensions,)"""
    bias: float

    def odds(self, encoded: Floats) -> Floats:
        """Log odds of each frame."""
        import numpy as np

        return np.asarray(encoded @ self.weights + np.float32(self.bias))

    def probabilities(self, encoded: Floats) -> Floats:
        return probability(self.odds(encoded))


def probability(odds: NDArray[np.floating[Any]]) -> Floats:
    import numpy as np

    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -MOST_CERTAIN, MOST_CERTAIN))))


def fit(encoded: Floats, answers: Floats, *, penalty: float) -> LinearHead:
    """Logistic regression of `answers` (0 or 1) by Newton's method, on standardised dimensions.

    `penalty` is on their squared weights: the more, the less a voice that was heard counts."""
    import numpy as np

    mean, scale = encoded.mean(axis=0), encoded.std(axis=0) + 1e-6
    rows = np.hstack([(encoded - mean) / scale, np.ones((len(encoded), 1))]).astype(np.float32)
    ridge = np.full(rows.shape[1], penalty)
    ridge[-1] = 1e-6
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        likely = probability(rows @ weights.astype(np.float32))
        slope = rows.T @ (likely - answers) + ridge * weights
        bend = (rows.T * (likely * (1 - likely))) @ rows + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < SETTLED:
            break
    plain = weights[:-1] / scale
    return LinearHead(plain.astype(np.float32), float(weights[-1] - plain @ mean))
