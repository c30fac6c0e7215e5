"""Where somebody speaks: Silero's voice activity detector, as faster-whisper brings it, at any
level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rehearse.errors import TranscriptionFailed
from rehearse.speech.engines import LOADING, onnxruntime
from rehearse.speech.level import TARGETS, RunningGain
from rehearse.speech.lows import Lows
from rehearse.speech.shortage import ran_out

if TYPE_CHECKING:
    from rehearse.model.take import Samples

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

    def listen(self) -> LevelListener:
        """As the port says. Raises TranscriptionFailed where the detector is not installed."""
        if self._session is None:
            self._session = _load()
        return LevelListener(
            [(RunningGain(target), SileroListener(self._session)) for target in TARGETS]
        )


class LevelListener:
    """Listens to a voice that is raised to several levels; what is speech at one of them is
    speech."""

    def __init__(self, ears: Sequence[tuple[RunningGain, SileroListener]]) -> None:
        self._ears = ears
        self._lows = Lows()

    def feed(self, samples: Samples) -> list[float]:
        sound = self._lows.feed(samples)
        return _highest([inner.feed(gain.feed(sound)) for gain, inner in self._ears])

    def finish(self) -> list[float]:
        rest = self._lows.finish()
        return _highest(
            [
                [*inner.feed(gain.feed(rest)), *inner.feed(gain.finish()), *inner.finish()]
                for gain, inner in self._ears
            ]
        )


def _highest(heard: Sequence[Sequence[float]]) -> list[float]:
    return [max(each) for each in zip(*heard, strict=True)]


class SileroListener:
    """One sound: the detector's state is carried from frame to frame."""

    def __init__(self, session: Any) -> None:
        import numpy as np

        self._session = session
        self._state = [np.zeros(_STATE, np.float32), np.zeros(_STATE, np.float32)]
        self._before = np.zeros(_CONTEXT, np.float32)
        self._rest = np.zeros(0, np.float32)

    def feed(self, samples: Samples) -> list[float]:
        import numpy as np

        sound = np.concatenate([self._rest, samples.astype(np.float32, copy=False)])
        rest = len(sound) % FRAME
        whole, self._rest = sound[: len(sound) - rest], sound[len(sound) - rest :]
        batch = _BATCH * FRAME
        return [p for at in range(0, len(whole), batch) for p in self._hear(whole[at : at + batch])]

    def finish(self) -> list[float]:
        import numpy as np

        rest, self._rest = self._rest, self._rest[:0]
        missing = np.zeros(-len(rest) % FRAME, np.float32)
        return self._hear(np.concatenate([rest, missing])) if len(rest) else []

    def _hear(self, sound: Samples) -> list[float]:
        """Of whole frames."""
        import numpy as np

        part = np.concatenate([self._before, sound])
        self._before = part[-_CONTEXT:]
        frames = np.lib.stride_tricks.sliding_window_view(part, _CONTEXT + FRAME)[::FRAME]
        inputs = {
            "input": np.ascontiguousarray(frames),
            "h": self._state[0],
            "c": self._state[1],
        }
        output, *self._state = self._session.run(None, inputs)
        probabilities: list[float] = output.ravel().tolist()
        return probabilities


def _load() -> Any:
    try:
        onnxruntime()
        with LOADING:
            from faster_whisper.vad import get_vad_model

        return get_vad_model().session
    except (ImportError, OSError, RuntimeError, MemoryError) as problem:
        if ran_out(problem):
            raise TranscriptionFailed(
                "This machine has too little free memory to listen.",
                "Close other programs. To try again: rehearse recover",
            ) from problem
        raise TranscriptionFailed(
            "The voice activity detector is incomplete on this machine.",
            "Install it again: pip install --force-reinstall faster-whisper onnxruntime",
        ) from problem
