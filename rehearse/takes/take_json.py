"""`take.json` and the header of `answer.wav`, as text and bytes; see docs/take-format.md."""

from __future__ import annotations

import json
import struct
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rehearse import __version__
from rehearse.errors import UnreadableFile
from rehearse.model import codec
from rehearse.model.codec import DAMAGE
from rehearse.model.structure import Analysis
from rehearse.model.take import SAMPLE_RATE, Take
from rehearse.takes import json_file

if TYPE_CHECKING:
    from rehearse.model.take import Samples

SOUND_FILE = "answer.wav"
TAKE_FILE = "take.json"
PAGE_FILE = "report.html"
BYTES_PER_SAMPLE = 2
BYTES_PER_SECOND = SAMPLE_RATE * BYTES_PER_SAMPLE
HEADER_BYTES = 44
LARGEST_FILE = 16 * 2**20
"""Bytes of a `take.json`: four hours of speech take 10 million. What a file of this size can hold
at most takes half a gigabyte of memory."""
LARGEST_SOUND = 4 * 3600 * BYTES_PER_SECOND
"""Bytes of an `answer.wav`: four hours; a recording ends by itself after half of one."""
_LARGEST_DATA = 0xFFFFFFFF - HEADER_BYTES


def wav_header(data_bytes: int) -> bytes:
    """The 44 bytes before `data_bytes` of mono int16 sound at 16 kHz."""
    size = min(data_bytes, _LARGEST_DATA)
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        b"RIFF", size + HEADER_BYTES - 8, b"WAVE",
        b"fmt ", 16, 1, 1, SAMPLE_RATE, BYTES_PER_SECOND, BYTES_PER_SAMPLE, 16,
        b"data", size,
    )  # fmt: skip


def offset(second: float) -> int:
    """Bytes of sound before a second of the recording."""
    return round(second * SAMPLE_RATE) * BYTES_PER_SAMPLE


def decoded(pcm: bytes) -> Samples:
    """The sound behind the header, or a part of it, as mono float32 in [-1, 1]; a byte that is no
    whole sample is left out."""
    import numpy as np

    whole = len(pcm) - len(pcm) % BYTES_PER_SAMPLE
    samples: Samples = np.frombuffer(pcm[:whole], "<i2").astype(np.float32) / np.float32(32768)
    return samples


def dump(take: Take, analysis: Analysis | None) -> str:
    """A take as the text of its `take.json`."""
    fields = codec.dump(take)
    if take.sound is not None:
        fields["sound"] = {"file": SOUND_FILE, **fields["sound"]}
    return json_file.text_of(
        {
            **fields,
            "analysis": None if analysis is None else codec.analysis(analysis, take.id),
            "version": take.version or __version__,
        }
    )


def load(text: str, where: str) -> Take:
    """The take in a `take.json`, without fields unknown here. Raises UnreadableFile."""
    return _load(text, where)[0]


def load_with_analysis(text: str, where: str) -> tuple[Take, Analysis | None]:
    """The take and its analysis; None where there is none, or one that cannot be read.

    Raises UnreadableFile."""
    take, value = _load(text, where)
    try:
        return take, _analysis(value.get("analysis"), take, value.get("transcript"))
    except DAMAGE:
        return take, None


def _analysis(value: Any, take: Take, transcript: Any) -> Analysis:
    """Reading its words takes half of the time; nearly always they are those of the transcript.

    Raises one of `DAMAGE`."""
    if take.transcript is None or value["words"] != transcript["words"]:
        return codec.load(Analysis, value)
    found = codec.load(Analysis, {**value, "words": ()})
    return replace(found, words=take.transcript.words)


def _load(text: str, where: str) -> tuple[Take, dict[str, Any]]:
    """The take, and all of its JSON. Raises UnreadableFile."""
    try:
        value = json_file.fields_of(text, where)
        return codec.load(Take, value), value
    except DAMAGE as error:
        raise UnreadableFile(
            f"{where} is damaged.", "Its sound is safe. To repair the take: rehearse recover"
        ) from error


def relabelled(text: str, take: Take) -> str:
    """The text of a `take.json` that `load` has read, with the take's title, note and star; all
    else stays as it was, its analysis and the fields of others too. Raises UnreadableFile."""
    labels = {"title": take.title, "note": take.note, "starred": take.starred}
    try:
        return json.dumps(json.loads(text) | labels, ensure_ascii=False, indent=1) + "\n"
    except RecursionError as error:  # reading goes deeper than writing does
        raise UnreadableFile(f"The take.json of {take.id} is nested too deeply.") from error


def encoded(text: str) -> bytes:
    """The text of a `take.json` as UTF-8. Halves of characters, which UTF-8 does not have, are
    inside strings and become escapes: JSON again, and no character is lost."""
    return text.encode("utf-8", "backslashreplace")


def said(text: str) -> tuple[str, ...]:
    """The words of the transcript in a `take.json`, without times: half the time of reading all
    else; none where it is damaged, of a later version, or waits for them."""
    try:
        value = json.loads(text)
        if value["schema"] > json_file.SCHEMA or value["transcript"] is None:
            return ()
        return tuple(str(word["text"]) for word in value["transcript"]["words"])
    except DAMAGE:
        return ()
