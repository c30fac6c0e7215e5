"""`take.json` and the header of `answer.wav`, as text and bytes; see docs/take-format.md."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from itertools import repeat
from typing import TYPE_CHECKING, Any

from rehearse import __version__, asjson
from rehearse.errors import NewerFile, UnreadableFile
from rehearse.findings.whole import Analysis
from rehearse.model import (
    SAMPLE_RATE,
    Ending,
    Hesitation,
    Kind,
    Question,
    Sound,
    Span,
    Speaker,
    Take,
    Transcript,
    Word,
)

if TYPE_CHECKING:
    from rehearse.model import Samples

SCHEMA = 1
SOUND_FILE = "answer.wav"
TAKE_FILE = "take.json"
PAGE_FILE = "report.html"
BYTES_PER_SAMPLE = 2
BYTES_PER_SECOND = SAMPLE_RATE * BYTES_PER_SAMPLE
HEADER_BYTES = 44
DAMAGE = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)
"""What reading a value of another shape than ours can raise."""
LARGEST = 1e6
"""Seconds, and whatever else is counted in a take: a recording of eleven days."""
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
    value: dict[str, asjson.Json] = {
        "schema": SCHEMA,
        "id": take.id,
        "recorded_at": take.recorded_at,
        "question": asjson.optional(asjson.question, take.question),
        "ending": take.ending.value if take.ending else None,
        "sound": asjson.optional(_sound, take.sound),
        "model": take.model,
        "follows": take.follows,
        "session": take.session,
        "interviewer": take.interviewer,
        "cut": asjson.seconds(take.cut),
        "sound_sha256": take.sha256,
        "turn": take.turn,
        "transcript": asjson.optional(_transcript, take.transcript),
        "original": asjson.optional(_transcript, take.original),
        "analysis": None if analysis is None else asjson.analysis(analysis, take.id),
        "settings": dict(take.settings),
        "version": take.version or __version__,
        "title": take.title,
        "note": take.note,
        "starred": take.starred,
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _sound(sound: Sound) -> asjson.Json:
    return {
        "file": SOUND_FILE,
        "duration": asjson.seconds(sound.duration),
        "speech": [_span(stretch) for stretch in sound.speech],
        "level": asjson.seconds(sound.level),
        "pitch_variation": asjson.seconds(sound.pitch_variation),
        "level_variation": asjson.seconds(sound.level_variation),
        "hesitations": [_hesitation(one) for one in sound.hesitations],
        "no_sound": [[asjson.seconds(s.start), asjson.seconds(s.end)] for s in sound.no_sound],
    }


def _hesitation(value: Hesitation) -> asjson.Json:
    return {
        "start": asjson.seconds(value.start),
        "end": asjson.seconds(value.end),
        "confidence": asjson.seconds(value.confidence),
        "nasal": value.nasal,
        "apart": value.apart,
    }


def _transcript(transcript: Transcript) -> asjson.Json:
    value: dict[str, asjson.Json] = {
        "language": transcript.language,
        "model": transcript.model,
        "words": asjson.words(transcript.words),
    }
    if transcript.speakers:
        value["speakers"] = asjson.speakers(transcript.speakers)
        value["turns"] = [_span(turn) for turn in transcript.turns]
    return value


def _span(span: Span) -> asjson.Json:
    return [asjson.seconds(span.start), asjson.seconds(span.end)]


def load(text: str, where: str) -> Take:
    """The take in a `take.json`, without fields unknown here. Raises UnreadableFile."""
    return load_with_analysis(text, where)[0]


def relabelled(text: str, take: Take) -> str:
    """The text of a `take.json` that `load` has read, with the take's title, note and star; all
    else stays as it was, its analysis and the fields of others too. Raises UnreadableFile."""
    labels = {"title": take.title, "note": take.note, "starred": take.starred}
    try:
        return json.dumps(json.loads(text) | labels, ensure_ascii=False, indent=1) + "\n"
    except RecursionError as error:  # reading goes deeper than writing does
        raise UnreadableFile(f"The take.json of {take.id} is nested too deeply.") from error


def encoded(text: str) -> bytes:
    """The text of a `take.json` as UTF-8. Half characters, which UTF-8 has not, stand in a string
    there and become its escapes: JSON again, and no character is lost."""
    return text.encode("utf-8", "backslashreplace")


def load_with_analysis(text: str, where: str) -> tuple[Take, Any]:
    """The take, and its analysis as the JSON that it was kept as. Raises UnreadableFile."""
    try:
        value = json.loads(text)
        schema = value["schema"]
        if not isinstance(schema, int) or schema > SCHEMA:
            raise NewerFile(f"{where} was written by a newer rehearse (schema {schema}).")
        return _take(value), value.get("analysis")
    except DAMAGE as error:
        raise UnreadableFile(
            f"{where} is damaged.", "Its sound is untouched: 'rehearse recover' writes it anew."
        ) from error


def said(text: str) -> tuple[str, ...]:
    """The words of the transcript in a `take.json`, without times: half the time of reading all
    else; none where it is damaged, of a later version, or waits for them."""
    try:
        value = json.loads(text)
        if value["schema"] > SCHEMA or value["transcript"] is None:
            return ()
        return tuple(str(word["text"]) for word in value["transcript"]["words"])
    except DAMAGE:
        return ()


def _take(value: Any) -> Take:
    return Take(
        id=str(value["id"]),
        recorded_at=str(value["recorded_at"]),
        question=read_question(value.get("question")),
        ending=Ending(value["ending"]) if value.get("ending") else None,
        sound=_read_sound(value.get("sound")),
        transcript=_read_transcript(value.get("transcript")),
        model=_label(value.get("model")),
        follows=str(value["follows"]) if value.get("follows") else None,
        session=str(value["session"]) if value.get("session") else None,
        interviewer=str(value["interviewer"]) if value.get("interviewer") else None,
        cut=_number(value.get("cut")),
        sha256=_label(value.get("sound_sha256")),
        turn=int(value.get("turn", 0)),
        settings={str(name): str(one) for name, one in value.get("settings", {}).items()},
        version=str(value.get("version", "")),
        title=_label(value.get("title")),
        note=_label(value.get("note")),
        starred=value.get("starred") is True,
        original=_read_transcript(value.get("original")),
    )


def _label(value: Any) -> str | None:
    return str(value) if value else None


def read_question(value: Any) -> Question | None:
    """The question as `asjson.question` writes it. Raises KeyError, TypeError and ValueError where
    it is damaged."""
    if value is None:
        return None
    return Question(
        text=str(value["text"]),
        kind=Kind(value["kind"]) if value.get("kind") else None,
        principles=tuple(str(name) for name in value.get("principles", ())),
        target=_number(value.get("target")),
        follow_ups=tuple(str(text) for text in value.get("follow_ups", ())),
        notes=tuple(str(text) for text in value.get("notes", ())),
    )


def _read_sound(value: Any) -> Sound | None:
    if value is None:
        return None
    speech = _read_spans(value["speech"])
    return Sound(
        _float(value["duration"]),
        speech,
        _number(value.get("level")),
        tuple(_read_hesitation(one) for one in value.get("hesitations", ())),
        _number(value.get("pitch_variation")),
        _number(value.get("level_variation")),
        _read_spans(value.get("no_sound", ())),
    )


def _read_spans(value: Any) -> tuple[Span, ...]:
    return tuple(Span(_float(start), _float(end)) for start, end in value)


def _read_hesitation(value: Any) -> Hesitation:
    return Hesitation(
        _float(value["start"]),
        _float(value["end"]),
        _float(value["confidence"]),
        nasal=bool(value.get("nasal", False)),
        apart=bool(value.get("apart", False)),
    )


def _read_transcript(value: Any) -> Transcript | None:
    if value is None:
        return None
    words = tuple(word for one in value["words"] for word in _read_words(one))
    return Transcript(
        words,
        str(value.get("language", "en")),
        _label(value.get("model")),
        speakers=tuple(
            Speaker(str(one["name"]), int(one["words"]), bool(one["taken"]))
            for one in value.get("speakers", ())
        ),
        turns=_read_spans(value.get("turns", ())),
    )


def _read_words(value: Any) -> Iterator[Word]:
    """One, unless blanks stand in its text: what compares words joins them with blanks, and
    counts."""
    times = (_number(value.get(name)) for name in ("start", "end", "probability"))
    return map(Word, str(value["text"]).split() or [""], *map(repeat, times))


def _number(value: Any) -> float | None:
    return None if value is None else _float(value)


def _float(value: Any) -> float:
    """Raises ValueError for what no recording holds, infinity among it: sums and clocks would
    stumble over it."""
    number = float(value)
    if not abs(number) <= LARGEST:
        raise ValueError(value)
    return number
