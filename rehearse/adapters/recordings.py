"""Recordings of any kind as sound: whatever libav reads, through PyAV."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rehearse.errors import UnreadableFile
from rehearse.model import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehearse.model import Samples

_AUDIO = (
    "wav wave flac mp3 m4a m4b aac ogg oga opus webm weba aif aiff aifc au caf amr wma w64 rf64"
)
_VIDEO = "mp4 m4v mov mkv mka avi mpg mpeg ts 3gp"
SUFFIXES = frozenset("." + name for name in f"{_AUDIO} {_VIDEO}".split())
_MEND = "Play it to see whether it is whole, or give another file."
# The least that a damaged file must give, or libav took noise for sound: a tenth of a second.
_LEAST_DAMAGED = SAMPLE_RATE // 10
LONGEST = 4 * 3600
"""Seconds; a small file can claim years, and all that is heard of one is held in memory."""
_LEAST_RATE = 2000
"""Samples a second, a quarter of a telephone's. Fewer would be multiplied to fill the memory."""
_RIFF_HEADER = 12
_CHUNK_HEADER = 8


def is_recording(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES


def decode(path: Path) -> Samples:
    """All channels mixed down, at 16 kHz, of the first sound track.

    A damaged file gives what can be read of it. Raises UnreadableFile.
    """
    import numpy as np

    # Grows in place: a long recording is never held twice.
    collected = bytearray()
    for block in _blocks(path):
        collected += block.tobytes()
    return np.frombuffer(collected, dtype=np.float32)


def duration(path: Path) -> float:
    """Seconds that `decode` would give, whatever headers say. Raises UnreadableFile."""
    return sum(len(block) for block in _blocks(path)) / SAMPLE_RATE


def _blocks(path: Path) -> Iterator[Samples]:
    """Mono float32 at 16 kHz, piece by piece; at least one sample in all. Raises UnreadableFile."""
    import av

    _check(path)
    options = {"protocol_whitelist": "file,pipe"}
    if _wav_outgrew_its_header(path):
        options["ignore_length"] = "1"
    samples = 0
    try:
        # "file:" keeps libav from reading a colon in the name as a protocol.
        source = f"file:{path}"
        with av.open(source, metadata_errors="ignore", options=options) as container:
            if not container.streams.audio:
                raise UnreadableFile(f"'{path}' has no sound track.", "Give another file.")
            for block in _mixed(_frames(container), av.AudioResampler):
                samples += len(block)
                if samples > LONGEST * SAMPLE_RATE:
                    hours = LONGEST // 3600
                    raise UnreadableFile(f"'{path}' is longer than {hours} hours.", "Divide it.")
                yield block
    except (av.FFmpegError, OSError, ValueError) as problem:
        if samples < _LEAST_DAMAGED:
            raise _unreadable(path, problem) from problem
    if not samples:
        raise UnreadableFile(f"'{path}' holds no sound at all.", "Give another file.")


def _check(path: Path) -> None:
    """Raise UnreadableFile for what is no file with something in it."""
    try:
        info = path.stat()
    except (OSError, ValueError) as problem:
        raise _unreadable(path, problem) from problem
    if stat.S_ISDIR(info.st_mode):
        raise UnreadableFile(f"'{path}' is a folder, not a recording.", "Give a file in it.")
    if stat.S_ISREG(info.st_mode) and not info.st_size:
        raise UnreadableFile(f"'{path}' is empty.", "Give another file.")


def _unreadable(path: Path, problem: Exception) -> UnreadableFile:
    if isinstance(problem, FileNotFoundError):
        return UnreadableFile(f"'{path}' does not exist.", "Check the name.")
    if isinstance(problem, PermissionError):
        return UnreadableFile(f"'{path}' may not be read.", "Check its permissions.")
    return UnreadableFile(f"'{path}' is no recording that can be read, or is damaged.", _MEND)


def _frames(container: Any) -> Iterator[Any]:
    """Frames as decoded; packets that cannot be are left out."""
    import av

    stream = container.streams.audio[0]
    if stream.codec_context is None:  # PyAV 17, the last for Python 3.10, would end the process
        raise ValueError("sound of an unknown kind")
    decoded = False
    failure: Exception | None = None
    for packet in container.demux(stream):
        try:
            for frame in packet.decode():
                decoded = True
                yield frame
        except (av.FFmpegError, ValueError) as problem:
            failure = problem
    if failure and not decoded:
        raise failure


def _mixed(frames: Iterator[Any], resampler_class: Any) -> Iterator[Samples]:
    """Frames at 16 kHz and mixed down; a file may change rate or channels in its middle."""
    resampler: Any = None
    shape = None
    for frame in frames:
        if frame.sample_rate < _LEAST_RATE:
            raise ValueError(f"{frame.sample_rate} samples a second")
        now = (frame.format.name, frame.layout.name, frame.sample_rate)
        if now != shape:
            yield from _flush(resampler)
            # Packed, because PyAV crashes on planar frames of more than eight channels.
            resampler, shape = resampler_class(format="flt", rate=SAMPLE_RATE), now
        # Time stamps of damaged files jump; the resampler need not know.
        frame.pts = None
        for part in resampler.resample(frame):
            yield _mono(part)
    yield from _flush(resampler)


def _flush(resampler: Any) -> Iterator[Samples]:
    """The tail that a resampler holds back."""
    for part in resampler.resample(None) if resampler else ():
        yield _mono(part)


def _mono(frame: Any) -> Samples:
    """The mean of all channels: libav's own downmix leaves out channels that it takes for a
    subwoofer, and the second microphone of an interview may be one of them."""
    import numpy as np

    packed = frame.to_ndarray().reshape(frame.samples, -1)
    mono = packed[:, 0] if packed.shape[1] == 1 else packed.mean(axis=1, dtype=np.float32)
    clipped: Samples = np.clip(np.nan_to_num(mono), -1.0, 1.0).astype(np.float32, copy=False)
    return clipped


def _wav_outgrew_its_header(path: Path) -> bool:
    """Whether a killed recording left sound behind the end that its header states.

    libav reads to the end of the file where the stated length is 0 or too long, not where it is too
    short. Other chunks may follow the sound of a whole file; those are inside the RIFF size.
    """
    with suppress(OSError), path.open("rb") as file:
        # A pipe can be read once only.
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            return False
        head = file.read(_RIFF_HEADER)
        if head[:4] != b"RIFF" or head[8:] != b"WAVE":
            return False
        size = os.fstat(file.fileno()).st_size
        end = _RIFF_HEADER
        name = b""
        while name != b"data" and end < size:
            file.seek(end)
            header = file.read(_CHUNK_HEADER)
            name, length = header[:4], int.from_bytes(header[4:], "little")
            end += _CHUNK_HEADER + length + length % 2
        stated = int.from_bytes(head[4:8], "little") + _CHUNK_HEADER
        return name == b"data" and end < size and stated <= end
    return False
