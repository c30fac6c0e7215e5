"""Reads recordings of any format that libav knows, through PyAV."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from rehearse.audio.container import (
    can_be_read_twice,
    frames_in,
    in_tenths,
    opened,
    packed_at_sixteen,
)
from rehearse.audio.downmix import Downmix
from rehearse.errors import UnreadableFile
from rehearse.model.take import SAMPLE_RATE
from rehearse.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rehearse.audio.downmix import Packed
    from rehearse.model.take import Samples

_AUDIO = (
    "wav wave flac mp3 m4a m4b aac ogg oga opus webm weba aif aiff aifc au caf amr wma w64 rf64"
)
_VIDEO = "mp4 m4v mov mkv mka avi mpg mpeg ts 3gp"
SUFFIXES = frozenset("." + name for name in f"{_AUDIO} {_VIDEO}".split())
_MEND = "Play it to check it, or give another file."
# The least that a damaged file must give, or libav took noise for sound: a tenth of a second.
_LEAST_DAMAGED = SAMPLE_RATE // 10
LONGEST = 4 * 3600
"""Seconds; a small file can claim to last years, and all sound is held in memory."""
SILENT = 1e-4
"""-80 dBFS, a few steps of 16-bit sound: a track that never gets louder holds nothing."""


def is_recording(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES


@dataclass(frozen=True)
class Recording:
    """The sound of a file."""

    samples: Samples
    remark: str = ""
    """A sentence on which of several sound tracks this is; "" for a single track."""


@dataclass(frozen=True)
class _Track:
    """A sound track, with what the file says about it."""

    number: int
    """From 1, among the sound tracks."""
    title: str

    def __str__(self) -> str:
        return f"track {self.number} ({self.title})" if self.title else f"track {self.number}"


@dataclass(frozen=True)
class _Heard:
    """One sound track, decoded."""

    track: _Track
    samples: Samples

    @property
    def silent(self) -> bool:
        return not len(self.samples) or float(abs(self.samples).max()) <= SILENT


def read(path: Path) -> Recording:
    """One channel at 16 kHz, of the first sound track that is not silent.

    A damaged file gives what can be read of it. Raises UnreadableFile."""
    _check(path)
    tracks = _tracks(path)
    silent: list[_Heard] = []
    problems: list[UnreadableFile] = []
    for track in tracks:
        try:
            heard = _Heard(track, _decoded(path, track))
        except UnreadableFile as problem:
            problems.append(problem)
            continue
        if not heard.silent:
            return Recording(heard.samples, _choice(heard.track, tracks, path))
        silent.append(heard)
    if not silent:
        raise problems[0]
    return Recording(silent[0].samples, _all_silent(tracks, path))


def _choice(used: _Track, tracks: Sequence[_Track], path: Path) -> str:
    """The sentence on the tracks: which is used, which are silent, which are left out."""
    if len(tracks) == 1:
        return ""
    passed = [str(one) for one in tracks if one.number < used.number]
    others = [str(one) for one in tracks if one.number > used.number]
    parts = [f"{used} is used"]
    if passed:
        parts.append(f"{_listed(passed)} {'is' if len(passed) == 1 else 'are'} silent")
    if others:
        parts.append(f"{_listed(others)} {'is' if len(others) == 1 else 'are'} left out")
    return f"'{path}' has {len(tracks)} sound tracks: {_listed(parts)}."


def _all_silent(tracks: Sequence[_Track], path: Path) -> str:
    if len(tracks) == 1:
        return ""
    return f"'{path}' has {len(tracks)} sound tracks, and all of them are silent."


def _listed(names: Sequence[str]) -> str:
    """ "a, b and c"."""
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


def decode(path: Path) -> Samples:
    """The sound of `read`. Raises UnreadableFile."""
    return read(path).samples


def duration(path: Path) -> float:
    """The real length in seconds, whatever the headers say. Raises UnreadableFile."""
    return len(decode(path)) / SAMPLE_RATE


def _tracks(path: Path) -> tuple[_Track, ...]:
    """The sound tracks of the file, at least one. Raises UnreadableFile."""
    import av

    if not can_be_read_twice(path):
        return (_Track(1, ""),)
    try:
        with opened(path) as container:
            tracks = tuple(
                _Track(number, printable(stream.metadata.get("title", "")).strip())
                for number, stream in enumerate(container.streams.audio, start=1)
            )
            pictures = bool(container.streams.video)
    except (av.FFmpegError, OSError, ValueError) as problem:
        raise _unreadable(path, problem) from problem
    return tracks or _without_sound(path, pictures=pictures)


def _without_sound(path: Path, *, pictures: bool) -> NoReturn:
    what = "is a video without sound: it has no sound track" if pictures else "has no sound track"
    raise UnreadableFile(f"'{path}' {what}.", "Give another file.")


def _decoded(path: Path, track: _Track) -> Samples:
    """Mixed by what all of it holds, for which it is gone through twice where the first part told
    something else. Raises UnreadableFile."""
    learning = Downmix()
    samples = _collected(path, track, learning)
    if not learning.changed or not can_be_read_twice(path):
        return samples
    return _collected(path, track, Downmix(learning.shares))


def _collected(path: Path, track: _Track, downmix: Downmix) -> Samples:
    import numpy as np

    # Grows in place: a long recording is never held twice.
    collected = bytearray()
    for block in _blocks(path, track, downmix):
        collected += block.tobytes()
    return np.frombuffer(collected, dtype=np.float32)


def _blocks(path: Path, track: _Track, downmix: Downmix) -> Iterator[Samples]:
    """Mono float32 at 16 kHz, piece by piece; at least one sample in all. Raises UnreadableFile."""
    import av

    samples = 0
    try:
        with opened(path) as container:
            streams = container.streams.audio
            if len(streams) < track.number:
                _without_sound(path, pictures=bool(container.streams.video))
            frames = frames_in(container, streams[track.number - 1])
            for packed in in_tenths(packed_at_sixteen(frames)):
                samples += len(packed)
                if samples > LONGEST * SAMPLE_RATE:
                    hours = LONGEST // 3600
                    raise UnreadableFile(
                        f"'{path}' is longer than {hours} hours.", "Split it into shorter files."
                    )
                yield _within_one(downmix.block(_finite(packed)))
    except (av.FFmpegError, OSError, ValueError) as problem:
        if samples < _LEAST_DAMAGED:
            raise _unreadable(path, problem) from problem
    if not samples:
        raise UnreadableFile(f"'{path}' has no sound in it.", "Give another file.")


def _check(path: Path) -> None:
    """Raise UnreadableFile unless this is a file that is not empty."""
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
        return UnreadableFile(f"'{path}' cannot be opened.", "Check its permissions.")
    return UnreadableFile(f"'{path}' is damaged, or not a recording that I can read.", _MEND)


def _finite(packed: Packed) -> Packed:
    """The samples without infinities and NaN, which files of floats may hold."""
    import numpy as np

    finite: Packed = np.nan_to_num(packed, posinf=1.0, neginf=-1.0)
    return finite


def _within_one(mono: Samples) -> Samples:
    import numpy as np

    clipped: Samples = np.clip(mono, -1.0, 1.0).astype(np.float32, copy=False)
    return clipped
