"""Sound files for tests, made with numpy and PyAV."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
from numpy.typing import NDArray

from rehearse.model.take import SAMPLE_RATE

if TYPE_CHECKING:
    from rehearse.model.take import Samples
    from rehearse.ports import VoiceActivity

Channels = NDArray[np.float32]
"""One row per channel."""


def tone(seconds: float, *, hertz: float = 440.0, rate: int = SAMPLE_RATE) -> Samples:
    time = np.arange(round(seconds * rate)) / rate
    return (0.5 * np.sin(2 * np.pi * hertz * time)).astype(np.float32)


def wav(sound: Samples, *, data_size: int | None = None, riff_size: int | None = None) -> bytes:
    """16 kHz mono int16, with sizes in the header that need not be true."""
    data = (sound * 32767).astype("<i2").tobytes()
    size = len(data) if data_size is None else data_size
    riff = 36 + size if riff_size is None else riff_size
    form = struct.pack("<IHHIIHH", 16, 1, 1, SAMPLE_RATE, SAMPLE_RATE * 2, 2, 16)
    return (
        b"RIFF"
        + struct.pack("<I", riff)
        + b"WAVEfmt "
        + form
        + b"data"
        + struct.pack("<I", size)
        + data
    )


def encode(path: Path, channels: Channels, *, rate: int, codec: str, layout: str) -> Path:
    """Write `channels` in the container that the name of `path` asks for."""
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream(codec, rate=rate)
        stream.layout = layout
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(channels.T.reshape(1, -1)), format="flt", layout=layout
        )
        frame.sample_rate = rate
        resampler = av.AudioResampler(
            format=stream.format, layout=layout, rate=rate, frame_size=stream.frame_size or 1024
        )
        for part in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    return path


def encode_tracks(path: Path, tracks: Mapping[str, Samples]) -> Path:
    """A video of one black picture with mono sound tracks at 48 kHz, by their titles."""
    with av.open(str(path), "w") as container:
        video: Any = container.add_stream("mpeg4", rate=10)
        streams: list[Any] = []
        for title in tracks:
            stream: Any = container.add_stream("aac", rate=48_000)
            stream.layout = "mono"
            if title:
                stream.metadata["title"] = title
            streams.append(stream)
        picture = av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8), format="rgb24")
        container.mux([*video.encode(picture), *video.encode(None)])
        for stream, sound in zip(streams, tracks.values(), strict=True):
            frame = av.AudioFrame.from_ndarray(sound[None], format="fltp", layout="mono")
            frame.sample_rate = 48_000
            container.mux([*stream.encode(frame), *stream.encode(None)])
    return path


def pitch(sound: Samples) -> float:
    """The strongest frequency in Hz."""
    spectrum = np.abs(np.fft.rfft(sound))
    return float(np.argmax(spectrum)) * SAMPLE_RATE / len(sound)


def probabilities(activity: VoiceActivity, samples: Samples, *, block: int = 10**9) -> list[float]:
    """Of speech, for every whole or begun frame, fed in blocks of that many samples."""
    listener = activity.listen()
    blocks = [samples[at : at + block] for at in range(0, len(samples), block)]
    return [p for each in blocks for p in listener.feed(each)] + listener.finish()
