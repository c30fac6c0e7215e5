"""Mixes several channels into one without losing a voice.

The mean of all channels is right for most recordings. It is not where one channel is the other one
inverted, as a balanced microphone gives it in a stereo socket: the mean of both is silence. And
channels that nothing was plugged into would only make the voice quieter.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rehearse.model.take import Samples

    Packed: TypeAlias = NDArray[np.float32]
    """One row per sample, one column per channel."""

Weights: TypeAlias = "tuple[float, ...]"
"""The share of each channel; together 1."""

CANCELLED = 0.25
"""Power of the sum of all channels to the sum of their powers. Channels with nothing in common give
1, equal ones more. Below a quarter they cancel each other: half as loud an echo gives that."""
OFTEN = 0.25
"""Share of the sound in which they must cancel each other; a short moment may be chance."""
FAINT = 0.01
"""Share of the loudest channel (-40 dB); a channel that never gets louder has nothing plugged
in."""


class Downmix:
    """Follows one recording and mixes it block by block. What it has learned so far decides; where
    that changes, the shares slide within a block, so that nothing clicks. `fixed`: shares by the
    number of channels, for sound that was gone through before."""

    def __init__(self, fixed: Mapping[int, Weights] | None = None) -> None:
        self._fixed = fixed or {}
        self._channels: dict[int, _Channels] = {}

    def block(self, packed: Packed) -> Samples:
        """The block as one channel, float32."""
        count = packed.shape[1]
        if count == 1:
            return packed[:, 0]
        if weights := self._fixed.get(count):
            return _shared(packed, weights)
        known = self._channels.setdefault(count, _Channels(count))
        before = known.weights if known.heard else None
        known.hear(packed)
        return _slid(packed, before or known.weights, known.weights)

    @property
    def changed(self) -> bool:
        """Whether the shares changed between the first sound and the last."""
        return any(known.changed for known in self._channels.values())

    @property
    def shares(self) -> dict[int, Weights]:
        """The shares now, by the number of channels."""
        return {count: known.weights for count, known in self._channels.items()}


class _Channels:
    """The loudness of each channel so far. Blocks count by their loudness, not by their power: a
    bang decides nothing for a minute of speech."""

    def __init__(self, count: int) -> None:
        import numpy as np

        self.weights: Weights = (1 / count,) * count
        self.changed = False
        self._loudness = np.zeros(count)
        self._loudest = np.zeros(count)
        self.heard = 0.0
        """Samples, by their loudness; 0 as long as there were only zeros."""
        self._cancelled = 0.0

    def hear(self, packed: Packed) -> None:
        import numpy as np

        power = np.mean(np.square(packed, dtype=np.float64), axis=0)
        if not power.any():
            return
        heard = len(packed) * float(np.sqrt(power.max()))
        together = float(np.mean(np.square(packed.sum(axis=1, dtype=np.float64))))
        first = not self.heard
        self.heard += heard
        self._cancelled += heard if together < CANCELLED * power.sum() else 0.0
        self._loudness += len(packed) * np.sqrt(power)
        self._loudest = np.maximum(self._loudest, np.sqrt(power))
        weights = self._decided()
        self.changed = self.changed or (weights != self.weights and not first)
        self.weights = weights

    def _decided(self) -> Weights:
        if self._cancelled >= OFTEN * self.heard:
            kept = self._loudness == self._loudness.max()
            kept[kept.argmax() + 1 :] = False
        else:
            kept = self._loudest >= FAINT * self._loudest.max()
        return tuple(float(share) for share in kept / kept.sum())


def _slid(packed: Packed, before: Weights, after: Weights) -> Samples:
    import numpy as np

    if before == after:
        return _shared(packed, after)
    slide = np.linspace(0, 1, len(packed), dtype=np.float32)
    mixed: Samples = (1 - slide) * _shared(packed, before) + slide * _shared(packed, after)
    return mixed


def _shared(packed: Packed, weights: Weights) -> Samples:
    """Shares in float32; a single channel is passed on unchanged."""
    import numpy as np

    mixed: Samples = packed @ np.asarray(weights, np.float32)
    return mixed
