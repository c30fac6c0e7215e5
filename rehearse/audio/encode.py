"""A take's sound for a page: encoded as Opus, and the peaks of its waveform."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from rehearse.model.take import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehearse.model.take import Samples

MIME = "audio/webm"
"""Opus in WebM: every current browser plays it, and seeks in it without a server."""
BIT_RATE = 24_000
"""Bits per second; Opus carries wide-band speech at 16 to 20 kbit/s (RFC 7587, 3.1.1)."""
_OPTIONS = {"application": "audio", "frame_duration": "100", "compression_level": "0"}
# The quickest that Opus has: three minutes in a third of a second, where "voip" takes three times
# as long to save a tenth of the bytes.


def opus(samples: Samples) -> bytes:
    """The sound as a complete WebM file of mono Opus; `samples` must not be empty."""
    import av

    file = io.BytesIO()
    with av.open(file, "w", format="webm", options={"fflags": "+bitexact"}) as container:
        stream: Any = container.add_stream("libopus", rate=SAMPLE_RATE, options=_OPTIONS)
        stream.layout, stream.format, stream.bit_rate = "mono", "flt", BIT_RATE
        stream.codec_context.open()
        for frame in _frames(samples, stream.codec_context.frame_size):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def _frames(samples: Samples, size: int) -> Iterator[Any]:
    """Frames of the length that the encoder wants; the last one may be shorter."""
    import av
    import numpy as np

    for first in range(0, len(samples), size):
        block = np.ascontiguousarray(samples[first : first + size], dtype=np.float32)
        frame = av.AudioFrame.from_ndarray(block.reshape(1, -1), format="flt", layout="mono")
        frame.sample_rate, frame.pts = SAMPLE_RATE, first
        yield frame


def peaks(samples: Samples, count: int) -> tuple[float, ...]:
    """The peak, 0 to 1, of each of at most `count` equal stretches."""
    import numpy as np

    if not len(samples):
        return ()
    edges = np.linspace(0, len(samples), min(count, len(samples)), endpoint=False, dtype=int)
    return tuple(float(peak) for peak in np.maximum.reduceat(np.abs(samples), edges))
