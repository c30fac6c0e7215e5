"""Where somebody speaks: Silero's voice activity detector, as faster-whisper brings it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rehearse.errors import TranscriptionFailed

if TYPE_CHECKING:
    from rehearse.model import Samples

FRAME = 512
"""Samples a frame: 32 ms at 16 kHz."""
# What the detector hears again of the frame before.
_CONTEXT = 64
_STATE = (1, 1, 128)
# Frames at a time, about a minute: an hour of sound needs no more memory than that.
_BATCH = 2048


class SileroVoiceActivity:
    """Loads the detector when it is first asked."""

    def __init__(self) -> None:
        self._session: Any = None

    def probabilities(self, samples: Samples) -> list[float]:
        """As the port says. Raises TranscriptionFailed where the detector is not installed."""
        import numpy as np

        if self._session is None:
            self._session = _load()
        state = (np.zeros(_STATE, np.float32), np.zeros(_STATE, np.float32))
        before = np.zeros(_CONTEXT, np.float32)
        found: list[float] = []
        for first in range(0, len(samples), _BATCH * FRAME):
            # A copy: faster-whisper's own call would write into the caller's sound.
            part = np.array(samples[first : first + _BATCH * FRAME], np.float32)
            part = np.concatenate([before, part, np.zeros(-len(part) % FRAME, np.float32)])
            before = part[-_CONTEXT:]
            frames = np.lib.stride_tricks.sliding_window_view(part, _CONTEXT + FRAME)[::FRAME]
            inputs = {"input": np.ascontiguousarray(frames), "h": state[0], "c": state[1]}
            output, *state = self._session.run(None, inputs)
            found.extend(output.ravel().tolist())
        return found


def _load() -> Any:
    try:
        from faster_whisper.vad import get_vad_model

        return get_vad_model().session
    except (ImportError, OSError, RuntimeError) as problem:
        raise TranscriptionFailed(
            "The voice activity detector is not whole on this machine.",
            "Install it again: pip install --force-reinstall faster-whisper onnxruntime",
        ) from problem
