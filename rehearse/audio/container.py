"""Media files through PyAV (13.1 or later): their tracks, and the sound of one track."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from rehearse.model.take import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rehearse.audio.downmix import Packed

NEVER_STUMBLES = 19
"""The first version of PyAV that accepts names in any encoding."""
_LEAST_RATE = 2000
"""Samples a second, a quarter of a telephone's. Upsampling from a lower rate could fill the
memory."""
_TENTH = SAMPLE_RATE // 10
_RIFF_HEADER = 12
_CHUNK_HEADER = 8


def opened(path: Path) -> Any:
    """The opened file. Names and titles in it may be in any encoding: PyAV up to 18 needs an option
    for that, from 19 on there is no such option."""
    import av

    options = {"protocol_whitelist": "file,pipe"}
    if _wav_outgrew_its_header(path):
        options["ignore_length"] = "1"
    tolerant = {} if _version(av.__version__) >= NEVER_STUMBLES else {"metadata_errors": "ignore"}
    # "file:" keeps libav from reading a colon in the name as a protocol.
    return av.open(f"file:{path}", options=options, **tolerant)


def _version(text: str) -> int:
    """The major version: 19 for "19.0.2"; without a number, one above all versions."""
    number = text.partition(".")[0]
    return int(number) if number.isdecimal() else sys.maxsize


def frames_in(container: Any, stream: Any) -> Iterator[Any]:
    """The decoded frames; packets that cannot be decoded are left out."""
    import av

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


def packed_at_sixteen(frames: Iterator[Any]) -> Iterator[Packed]:
    """Frames at 16 kHz with all channels. libav's own downmix leaves out what it takes for a
    subwoofer, which may be the second microphone of an interview. A file may change rate or
    channels in its middle."""
    import av

    resampler: Any = None
    shape = None
    for frame in frames:
        if frame.sample_rate < _LEAST_RATE:
            raise ValueError(f"{frame.sample_rate} samples a second")
        now = (frame.format.name, frame.layout.name, frame.sample_rate)
        if now != shape:
            yield from _flush(resampler)
            # Packed, because PyAV crashes on planar frames of more than eight channels.
            resampler, shape = av.AudioResampler(format="flt", rate=SAMPLE_RATE), now
        # Time stamps of damaged files jump; the resampler need not know.
        frame.pts = None
        for part in resampler.resample(frame):
            yield _rows(part)
    yield from _flush(resampler)


def in_tenths(parts: Iterator[Packed]) -> Iterator[Packed]:
    """The same in pieces of a tenth of a second or more, since some codecs give hundreds of frames
    a second; a piece never joins different numbers of channels."""
    import numpy as np

    waiting: list[Packed] = []
    for part in parts:
        if waiting and waiting[0].shape[1] != part.shape[1]:
            yield np.concatenate(waiting)
            waiting = []
        waiting.append(part)
        if sum(map(len, waiting)) >= _TENTH:
            yield np.concatenate(waiting)
            waiting = []
    if waiting:
        yield np.concatenate(waiting)


def _flush(resampler: Any) -> Iterator[Packed]:
    """The last frames, which the resampler held back."""
    for part in resampler.resample(None) if resampler else ():
        yield _rows(part)


def _rows(frame: Any) -> Packed:
    rows: Packed = frame.to_ndarray().reshape(frame.samples, -1)
    return rows


def can_be_read_twice(path: Path) -> bool:
    """Whether the file can be read from any position; a pipe cannot."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def _wav_outgrew_its_header(path: Path) -> bool:
    """Whether a killed recording left sound behind the end that its header states.

    libav reads to the end of the file where the stated length is 0 or too long, not where it is too
    short. Other chunks may follow the sound of a whole file; those are inside the RIFF size.
    """
    if not can_be_read_twice(path):  # to open a pipe and to close it is the end of it
        return False
    with suppress(OSError), path.open("rb") as file:
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
