"""Changes the sample rate with libav, block by block, without losing samples between blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rehearse.audio.downmix import Downmix
from rehearse.model.take import SAMPLE_RATE

if TYPE_CHECKING:
    from rehearse.model.take import Samples


class ToSixteen:
    """Interleaved int16 blocks at `rate` into mono int16 at 16 kHz."""

    def __init__(self, rate: int, channels: int) -> None:
        self._rate = rate
        self._channels = channels
        self._resampler: Any = None
        self._downmix = Downmix()

    def block(self, block: bytes) -> bytes:
        """The block at the new rate; may be empty while the filter fills."""
        if self._channels > 1:
            block = self._mixed(block)
        if self._rate == SAMPLE_RATE:
            return block
        import av
        import numpy as np

        if self._resampler is None:
            self._resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
        mono = np.frombuffer(block, "<i2")[np.newaxis]
        frame = av.AudioFrame.from_ndarray(mono, format="s16", layout="mono")
        frame.sample_rate = self._rate
        return _bytes(self._resampler.resample(frame))

    def _mixed(self, block: bytes) -> bytes:
        import numpy as np

        many = np.frombuffer(block, "<i2").reshape(-1, self._channels).astype(np.float32)
        mono: bytes = self._downmix.block(many).round().astype("<i2").tobytes()
        return mono

    def rest(self) -> bytes:
        """The samples that the filter still holds; a second call returns none."""
        if self._resampler is None:
            return b""
        resampler, self._resampler = self._resampler, None
        return _bytes(resampler.resample(None))


def resampled(samples: Samples, rate: int, wanted: int) -> Samples:
    """Mono float32 at `rate` as mono float32 at `wanted` Hz."""
    if rate == wanted:
        return samples
    import av
    import numpy as np

    whole = av.AudioFrame.from_ndarray(
        np.ascontiguousarray(samples, np.float32)[np.newaxis], format="flt", layout="mono"
    )
    whole.sample_rate = rate
    resampler = av.AudioResampler(format="flt", layout="mono", rate=wanted)
    parts = [part for frame in (whole, None) for part in resampler.resample(frame)]
    return np.concatenate([part.to_ndarray()[0] for part in parts])


def _bytes(frames: list[Any]) -> bytes:
    return b"".join(frame.to_ndarray().tobytes() for frame in frames)
