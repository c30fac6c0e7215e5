"""Plays sound faster or slower at the same pitch, with libav's filter atempo."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rehearse.model.take import SAMPLE_RATE

if TYPE_CHECKING:
    from rehearse.model.take import Samples


class Tempo:
    """Changes blocks of mono float32 at 16 kHz to `speed` and `rate` Hz. Positions are right within
    0.05 s; at speed 1 and 16 kHz the sound is unchanged."""

    def __init__(self, speed: float, rate: int) -> None:
        self._graph = None if (speed, rate) == (1.0, SAMPLE_RATE) else _graph(speed, rate)
        self._fed = 0

    def block(self, samples: Samples) -> Samples:
        """The block at the new speed; may be empty while the filter fills."""
        if self._graph is None or not len(samples):
            return samples
        import av
        import numpy as np

        packed = np.ascontiguousarray(samples, np.float32)[np.newaxis]
        frame = av.AudioFrame.from_ndarray(packed, format="flt", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        frame.time_base, frame.pts = Fraction(1, SAMPLE_RATE), self._fed
        self._fed += len(samples)
        self._graph.push(frame)
        return self._pulled()

    def rest(self) -> Samples:
        """The samples that the filter still holds; must be the last call."""
        import numpy as np

        if self._graph is None or not self._fed:
            return np.zeros(0, np.float32)
        self._graph.push(None)
        return self._pulled()

    def _pulled(self) -> Samples:
        import av
        import numpy as np

        parts = [np.zeros(0, np.float32)]
        while True:
            try:
                assert self._graph is not None
                parts.append(self._graph.pull().to_ndarray().ravel())
            except (av.error.BlockingIOError, av.error.EOFError):
                whole: Samples = np.concatenate(parts)
                return whole


def _graph(speed: float, rate: int) -> Any:
    import av.filter

    graph = av.filter.Graph()
    nodes = [
        graph.add_abuffer(
            format="flt",
            sample_rate=SAMPLE_RATE,
            layout="mono",
            time_base=Fraction(1, SAMPLE_RATE),
        )
    ]
    if speed != 1.0:
        nodes.append(graph.add("atempo", str(speed)))
    nodes.append(graph.add("aresample", str(rate)))
    shape = f"sample_fmts=flt:channel_layouts=mono:sample_rates={rate}"
    nodes += [graph.add("aformat", shape), graph.add("abuffersink")]
    graph.link_nodes(*nodes).configure()
    return graph
