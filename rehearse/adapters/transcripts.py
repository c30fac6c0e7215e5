"""Transcripts as files: plain text, subtitles, and the JSON of the Whisper programs."""

from __future__ import annotations

import codecs
import json
import re
from pathlib import Path

from rehearse.adapters import subtitles, whisper_json
from rehearse.adapters.timed import tokens
from rehearse.errors import UnreadableFile
from rehearse.model import Transcript, Word
from rehearse.text import seconds

SUFFIXES = frozenset({".txt", ".srt", ".vtt", ".json"})
# A day of speech with times for every word is far smaller; a larger file is something else.
_LARGEST_BYTES = 64 * 2**20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The whole first line, so that nothing that was said is taken for it.
_DURATION = re.compile(
    r"\s*duration:\s*(?=.*[1-9])((?:\d{1,3}:)?\d{1,2}:\d{2}(?:\.\d{1,9})?)\s*", re.IGNORECASE
)
_MEND = "Give a .txt, .srt or .vtt file, or the JSON of a Whisper program."


def is_transcript(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES


def read_transcript(path: Path) -> Transcript:
    """Words in the file's order, with times where it has them. Raises UnreadableFile."""
    text = _text(path)
    suffix = path.suffix.lower()
    if suffix == ".json" or (suffix not in SUFFIXES and text.lstrip().startswith(("{", "["))):
        return _from_json(path, text)
    if suffix in (".srt", ".vtt") or (suffix not in SUFFIXES and "-->" in text):
        return _some(path, Transcript(subtitles.words_of(text)), "holds no subtitles")
    return _some(path, _plain(text), "holds no words")


def _some(path: Path, transcript: Transcript, otherwise: str) -> Transcript:
    if not transcript.words:
        raise UnreadableFile(f"'{path}' {otherwise}.", _MEND)
    return transcript


def _plain(text: str) -> Transcript:
    """White-space tokens one to one, but for a first line that is "Duration: 1:52"."""
    first, _, rest = text.partition("\n")
    if match := _DURATION.fullmatch(first):
        return Transcript(tuple(map(Word, tokens(rest))), duration=seconds(match[1]))
    return Transcript(tuple(map(Word, tokens(text))))


def _from_json(path: Path, text: str) -> Transcript:
    """Without words where it says so: Whisper writes that of silence."""
    try:
        return whisper_json.transcript_of(json.loads(text))
    except whisper_json.UnknownShape as problem:
        raise UnreadableFile(
            f"'{path}' is JSON, but no transcript that is known.", _MEND
        ) from problem
    # Nesting without end, and numbers of thousands of digits.
    except (ValueError, RecursionError) as problem:
        raise UnreadableFile(f"'{path}' is no JSON that can be read.", _MEND) from problem


def _text(path: Path) -> str:
    """Raises UnreadableFile for what is missing, forbidden or no text."""
    try:
        if path.is_dir():
            raise UnreadableFile(f"'{path}' is a folder, not a transcript.", "Give a file in it.")
        with path.open("rb") as file:
            data = file.read(_LARGEST_BYTES + 1)
    except FileNotFoundError as problem:
        raise UnreadableFile(f"'{path}' does not exist.", "Check the name.") from problem
    except PermissionError as problem:
        raise UnreadableFile(f"'{path}' may not be read.", "Check its permissions.") from problem
    except (OSError, ValueError) as problem:
        raise UnreadableFile(f"'{path}' cannot be read.", _MEND) from problem
    if len(data) > _LARGEST_BYTES:
        raise UnreadableFile(f"'{path}' is far too large for a transcript.", _MEND)
    if not data.strip():
        raise UnreadableFile(f"'{path}' is empty.", _MEND)
    return _decoded(path, data)


def _decoded(path: Path, data: bytes) -> str:
    """By its mark, else UTF-8, else as Windows wrote it; never fails on a damaged character."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if b"\0" in data:
        raise UnreadableFile(f"'{path}' is no text.", _MEND)
    # whisper.cpp cuts characters apart; JSON has no other encoding.
    errors = "replace" if path.suffix.lower() == ".json" else "strict"
    try:
        return data.decode("utf-8", errors=errors)
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
