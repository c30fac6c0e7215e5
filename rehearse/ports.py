"""What the program needs from the world: one Protocol each, with what it raises.

The real ones are in `adapters/` and `store.py`, the fakes in `tests/fakes.py`; both pass the same
contract suite in `tests/contracts/`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from rehearse.model.take import Hesitation, Samples, Word

    Vectors = npt.NDArray[np.float32]

LONG_WAIT = 3600.0
"""Seconds to wait for a key before looking again, where nothing else can happen."""


@dataclass(frozen=True)
class Clip:
    """Sound to be played: mono float32 in [-1, 1] at `rate` Hz."""

    samples: Samples
    rate: int

    @property
    def duration(self) -> float:
        return len(self.samples) / self.rate


class Voice(Protocol):
    def render(self, text: str) -> Clip:
        """Speak `text` into a clip. Raises VoiceFailed; never gives an empty clip."""


class Prompter(Voice, Protocol):
    def prepare(self, text: str) -> None:
        """Begin to render in the background, so that `render` need not wait later. Raises nothing:
        `render` raises what went wrong. From any thread."""


class Player(Protocol):
    def play(self, clip: Clip, *, cut: Callable[[], bool] | None = None) -> None:
        """Play and return after the last sample was heard, or soon after `cut` gives True. Raises
        SpeakerFailed: at once without a speaker, and after the clip's length and two seconds if it
        hangs."""


class Hearing(Protocol):
    def read(self, timeout: float) -> bytes | None:
        """The next block of mono int16 little-endian sound at 16 kHz, in order and without gaps.

        None when nothing came within `timeout` seconds, b"" when the speaker is done (a built-in
        candidate; a microphone never is). Raises EarLost when the device went away.

        After the context was left it gives what was still queued, then b"", and raises nothing."""


class Ear(Protocol):
    def open(self) -> AbstractContextManager[Hearing]:
        """Start to hear; closed when the context is left, within two seconds even where the
        device hangs. Raises EarFailed."""


@dataclass(frozen=True)
class Reading:
    """What a model made of one clip; times from its start."""

    words: tuple[Word, ...]
    hesitations: tuple[Hesitation, ...] | None = None
    """Those in the sound, written or not; None where the model cannot hear them."""


class Transcriber(Protocol):
    @property
    def name(self) -> str:
        """The model's name as kept with the take."""

    @property
    def language(self) -> str:
        """ISO 639-1 code of the language that it writes; if it is detected, that of the recording
        since `prepare`."""

    def prepare(self) -> None:
        """Begin to load in the background; a new recording begins.

        Raises nothing: `transcribe` raises what went wrong."""

    def transcribe(
        self, samples: Samples, *, hasty: bool = False, names: Sequence[str] = ()
    ) -> Reading:
        """At most 30 s of speech; `hasty` is quicker and a little less sure. `names` may be said.

        Raises ModelMissing when the model is not there, TranscriptionFailed when it fails."""


class ActivityListener(Protocol):
    """Follows one sound; how it comes in blocks makes no difference."""

    def feed(self, samples: Samples) -> list[float]:
        """Probability of speech for each frame of 512 samples (32 ms) that is whole by now."""

    def finish(self) -> list[float]:
        """The same for a frame that was begun."""


class VoiceActivity(Protocol):
    def listen(self) -> ActivityListener:
        """Begin to follow a sound. Raises TranscriptionFailed."""


class Meaning(Protocol):
    def vectors(self, texts: Sequence[str]) -> Vectors | None:
        """What English sentences mean: a row each, all of length one, so that the product of two
        is the higher, the more alike they are. None where it cannot be told; raises nothing."""


class Key(Enum):
    END = "end"
    PAUSE = "pause"
    START_OVER = "start_over"
    SKIP = "skip"
    LEAVE = "leave"
    DETAILS = "details"
    COMPARE = "compare"
    PLAY = "play"


Pressed = TypeVar("Pressed", covariant=True)


class KeysOf(Protocol[Pressed]):
    def open(self) -> AbstractContextManager[None]:
        """Read single keys until the context is left; the terminal is then as it was before."""

    def flush(self) -> None:
        """Forget what was typed ahead."""

    def waiting(self) -> bool:
        """Whether a key was pressed that nobody took; False for a pipe, whose keys all wait."""

    def poll(self, timeout: float) -> Pressed | None:
        """The next known key within `timeout` seconds, else None; LEAVE at the end of input."""


Keys = KeysOf[Key]
"""Those of a session."""


class Clock(Protocol):
    def now(self) -> str:
        """The wall clock as ISO 8601 with the zone and whole seconds."""

    def monotonic(self) -> float:
        """Seconds that never step back, and stand still while the computer sleeps."""

    def asleep(self) -> float:
        """Seconds that the computer slept, from some moment on."""


class Recorder(Protocol):
    """Sound on its way to the disk."""

    def write(self, block: bytes) -> None:
        """Append int16 sound. Raises DiskFull; what was written before stays readable."""
