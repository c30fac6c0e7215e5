"""The sound of an answer where it is written down: in a file that grows, or in memory."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.errors import UnreadableFile
from rehearse.model.take import SAMPLE_RATE, Span
from rehearse.speech.dictation import index
from rehearse.speech.transcription import BLOCK
from rehearse.takes import take_json

if TYPE_CHECKING:
    from rehearse.model.take import Samples

_BLOCK = index(BLOCK)


class FileSound:
    """An `answer.wav` that is being written. It is held open, so that it is heard to its end
    wherever it is moved meanwhile."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._turn = threading.Lock()
        self._heard = 0
        self._file: FileIO | None = None

    def until(self, samples: int) -> Iterator[Samples]:
        """What was not given yet, up to so many. Raises UnreadableFile."""
        while self._heard < samples:
            first, self._heard = self._heard, min(self._heard + _BLOCK, samples)
            yield self(Span(first / SAMPLE_RATE, self._heard / SAMPLE_RATE))

    def __call__(self, span: Span) -> Samples:
        first, last = take_json.offset(span.start), take_json.offset(span.end)
        try:
            with self._turn:
                file = self._opened()
                file.seek(take_json.HEADER_BYTES + first)
                return take_json.decoded(file.read(last - first))
        except OSError as error:
            mend = "Restore the file, or delete the take's folder."
            why = error.strerror or str(error)
            raise UnreadableFile(f"{self._path} cannot be read ({why}).", mend) from error

    def _opened(self) -> FileIO:
        """With its first sound: a recording that begins has no file yet."""
        if self._file is None:
            self._file = self._path.open("rb", buffering=0)
        return self._file

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


class SaidSound:
    """Sound that no file has: what is said to the program, or a file of another kind."""

    def __init__(self) -> None:
        self._sound = bytearray()

    def add(self, sound: bytes) -> Samples:
        self._sound += sound
        return _floats(sound)

    def __call__(self, span: Span) -> Samples:
        size = 4
        return _floats(bytes(self._sound[size * index(span.start) : size * index(span.end)]))

    def close(self) -> None:
        self._sound = bytearray()


def _floats(sound: bytes) -> Samples:
    import numpy as np

    return np.frombuffer(sound, np.float32)
