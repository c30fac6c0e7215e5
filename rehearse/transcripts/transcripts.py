"""Transcripts as files: plain text, subtitles, tables, and the JSON of programs and services."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from rehearse.errors import SpeakerNotFound, UnreadableFile
from rehearse.model.take import Transcript
from rehearse.text import seconds
from rehearse.transcripts import exports, lyrics, subtitles, tables, whisper_json
from rehearse.transcripts.encoding import NoText, decoded
from rehearse.transcripts.turns import Dialogue, answer
from rehearse.transcripts.values import UnknownShape

_SUBTITLES = frozenset({".srt", ".vtt", ".sbv"})
_TABLES = frozenset({".tsv", ".csv"})
_SCRIPTS = frozenset({".ass", ".ssa"})
_JSON = frozenset({".json", ".json3"})
SUFFIXES = frozenset({".txt", ".lrc"}) | _SUBTITLES | _TABLES | _SCRIPTS | _JSON
_ELSEWHERE = {
    **dict.fromkeys((".docx", ".doc", ".odt", ".rtf", ".pdf", ".pages"), "a document"),
    **dict.fromkeys((".html", ".htm", ".md"), "a page"),
    **dict.fromkeys((".ttml", ".dfxp", ".xml", ".srv1", ".srv2", ".srv3"), "subtitles in XML"),
    **dict.fromkeys(
        (".stl", ".sub", ".smi", ".scc", ".textgrid", ".eaf", ".ctm", ".stm", ".trs"),
        "in another format",
    ),
}
"""Formats of transcripts that are not supported; they are named, and not taken for recordings."""
# A day of speech with times for every word is far smaller; a larger file is something else.
_LARGEST_BYTES = 64 * 2**20
# The whole first line, so that nothing that was said is taken for it.
_DURATION = re.compile(
    r"\s*duration:\s*(?=.*[1-9])((?:\d{1,3}:)?\d{1,2}:\d{2}(?:\.\d{1,9})?)\s*", re.IGNORECASE
)
# A number and times below it. Blanks are counted, or a file of nothing else would take hours.
_CUE = re.compile(
    r"^[^\S\n]{0,9}\d{1,9}[^\S\n]{0,9}\n[^\S\n]{0,9}[\d:.,]{4,20}[^\S\n]{0,9}-->", re.MULTILINE
)
_MEND = "Give a .txt, .srt or .vtt file, or the JSON of a Whisper program."
_EXPORT = "Save or export it as .txt, .srt or .vtt, and give that."


def is_transcript(path: Path) -> bool:
    suffix = path.suffix.lower()
    return suffix in SUFFIXES or suffix in _ELSEWHERE


def read_transcript(path: Path, *, speaker: str | None = None) -> Transcript:
    """Words in the file's order, with times where it has them, of the `speaker` that is named,
    else of the one who speaks most. Raises UnreadableFile and SpeakerNotFound."""
    suffix = path.suffix.lower()
    text = _text(path)
    if suffix in _ELSEWHERE:
        what = _ELSEWHERE[suffix]
        raise UnreadableFile(f"'{path}' is {what}, which I cannot read.", _EXPORT)
    dialogue, otherwise = _dialogue(path, suffix, text)
    try:
        transcript = answer(dialogue, speaker)
    except SpeakerNotFound as problem:
        raise SpeakerNotFound(f"'{path}': {problem.what}", problem.mend) from problem
    if not transcript.words and otherwise:
        raise UnreadableFile(f"'{path}' {otherwise}.", _MEND)
    return transcript


def _dialogue(path: Path, suffix: str, text: str) -> tuple[Dialogue, str | None]:
    """The contents, and the message where there are none; JSON may be empty, because Whisper writes
    that for silence."""
    known = suffix in SUFFIXES
    if suffix in _JSON or (not known and text.lstrip().startswith(("{", "["))):
        return _from_json(path, text), None
    if suffix in _TABLES:
        return _from_table(path, text), "has no words in it"
    reader = _reader(suffix, text, known=known)
    return (reader or _plain)(text), "has no subtitles in it" if reader else "has no words in it"


def _reader(suffix: str, text: str, *, known: bool) -> Callable[[str], Dialogue] | None:
    """The reader of subtitles, by the file's name or contents; None for other text."""
    if suffix in _SCRIPTS or text.lstrip().startswith("[Script Info]"):
        return lyrics.from_ass
    if suffix == ".lrc":
        return lyrics.from_lrc
    cues = text.startswith("WEBVTT") or _CUE.search(text)
    if suffix in _SUBTITLES or cues or (not known and "-->" in text):
        return subtitles.dialogue_of
    return None


def _plain(text: str) -> Dialogue:
    """What a text says. A first line such as "Duration: 1:52" is the length, not a part of it."""
    if (labelled := tables.labels_of(text)) is not None:
        return labelled
    first, _, rest = text.partition("\n")
    if match := _DURATION.fullmatch(first):
        return replace(exports.dialogue_of(rest), duration=seconds(match[1]))
    return exports.dialogue_of(text)


def _from_table(path: Path, text: str) -> Dialogue:
    try:
        return tables.dialogue_of(text)
    except tables.NoTable as problem:
        raise UnreadableFile(
            f"'{path}' is a table without a column called 'text'.", _EXPORT
        ) from problem


def _from_json(path: Path, text: str) -> Dialogue:
    try:
        return whisper_json.dialogue_of(json.loads(text))
    except UnknownShape as problem:
        raise UnreadableFile(
            f"'{path}' is JSON, but not a transcript that I know.", _EXPORT
        ) from problem
    # Nesting without end, and numbers of thousands of digits.
    except (ValueError, RecursionError) as problem:
        raise UnreadableFile(f"'{path}' is JSON that I cannot read.", _MEND) from problem


def _text(path: Path) -> str:
    """The text of the file. Raises UnreadableFile for a file that is missing, forbidden or not
    text."""
    try:
        if path.is_dir():
            raise UnreadableFile(f"'{path}' is a folder, not a transcript.", "Give a file in it.")
        with path.open("rb") as file:
            data = file.read(_LARGEST_BYTES + 1)
    except FileNotFoundError as problem:
        raise UnreadableFile(f"'{path}' does not exist.", "Check the name.") from problem
    except PermissionError as problem:
        raise UnreadableFile(f"'{path}' cannot be opened.", "Check its permissions.") from problem
    except (OSError, ValueError) as problem:
        raise UnreadableFile(f"'{path}' cannot be read.", _MEND) from problem
    if len(data) > _LARGEST_BYTES:
        raise UnreadableFile(f"'{path}' is far too large for a transcript.", _MEND)
    if not data.strip():
        raise UnreadableFile(f"'{path}' is empty.", _MEND)
    if path.suffix.lower() in _ELSEWHERE:
        return ""
    try:
        # whisper.cpp cuts characters apart; JSON has no other encoding.
        return decoded(data, utf8=path.suffix.lower() in _JSON)
    except NoText as problem:
        raise UnreadableFile(f"'{path}' is not text.", _MEND) from problem
