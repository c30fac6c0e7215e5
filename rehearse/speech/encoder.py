"""Whisper, with what its encoder gave kept: it hears more than the decoder writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rehearse.analysis.sound.linear_head import FRAME
from rehearse.model.take import SAMPLE_RATE
from rehearse.speech.engines import LOADING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rehearse.model.take import Samples


def keeping_whisper() -> Any:
    """The class of faster-whisper's models, whose `encoded` is what the encoder gave for the first
    window since that was last set to None: (frames, dimensions), 50 frames a second. The window
    begins with the clip and holds 30 s.

    Raises ImportError and OSError."""
    import numpy as np

    with LOADING:
        from faster_whisper import WhisperModel

    class KeepingWhisper(WhisperModel):  # type: ignore[misc]  # its library has no types
        encoded: NDArray[np.float32] | None = None
        last: tuple[Any, Any] | None = None

        def encode(self, features: Any) -> Any:
            # A clip that is read twice is heard once.
            if self.last is None or not np.array_equal(self.last[0], features):
                self.last = (features, super().encode(features))
            output = self.last[1]
            if self.encoded is None:
                self.encoded = np.array(output, dtype=np.float32)[0]
            return output

    return KeepingWhisper


def encoded(model: Any, samples: Samples) -> NDArray[np.float32]:
    """What a keeping model's encoder gives for at most 30 s of sound, which nobody writes down: the
    same as where it is written down."""
    from faster_whisper.audio import pad_or_trim

    model.encoded = None
    # The last frame of the spectrum lies behind the sound; transcribe() leaves it out.
    model.encode(pad_or_trim(model.feature_extractor(samples)[..., :-1]))
    found: NDArray[np.float32] = model.encoded
    return found[: round(len(samples) / SAMPLE_RATE / FRAME) + 1]
