"""Inputs to begin with: files of this project, and what the program itself makes."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

from rehearse.audio import encode
from rehearse.audio.recordings import decode
from rehearse.model import codec
from rehearse.questions.bank import Interviewer
from rehearse.questions.interviews import Round
from rehearse.schedule import planfile
from rehearse.schedule.rating import Grade
from rehearse.session import resume
from rehearse.session.resume import Unfinished
from rehearse.speech import models
from rehearse.takes import index, take_json
from rehearse.takes.share_file import packed
from rehearse.views import captions
from tests.sample import ANALYSIS, QUESTION, TAKE, WORDS
from tools.fuzz.commands import BETWEEN, TYPED
from tools.fuzz.desk import SOUND, command, take_text
from tools.fuzz.targets import WHISPER_FILES

ROOT = Path(__file__).parent.parent.parent
REMARKS = f"# Remarks\n\ntake: {TAKE.id}\n\n> Hello\n\n- 0:01 Slower.\n  More.\n* 0:02-0:03 Good.\n"
CONFIG = """model = "base.en"
language = "en"
microphone = 2
speaker = "USB"
voice = "en-gb"
rate = 165
target = "2:00"

[coaching]
situation = [0.2, 0.05, 0.4]
task = [0.1, 0.02, 0.3]
action = [0.6, 0.35, 0.85]
result = [0.1, 0.05, 0.35]
slowest = 110.0
fastest = 180
fillers_per_minute = 5.0
longest_pause = 2.0
longest_answer = 180.0
short_of_target = 0.75
over_target = 1.1
own_fillers = ["basically", "at the end of the day"]
advice = true
"""
PATHS = (
    "",
    "..",
    "../..",
    "/",
    "/etc/passwd",
    "~",
    "a\nb",
    ".",
    "-",
    "--",
    TAKE.id,
    "take.json",
    "\x1b[2J",
    "\u202eevil",
    "[bold]x[/bold]",
    "x" * 300,
    "\udcff",
    "2026",
    "*",
    "answer.wav",
    "nan",
    "inf",
    "1e999",
    "9" * 40,
    "2026-02-30",
    "99999999:00",
    "10000y",
    "0001-01-01",
    "story.txt",
    "out.html",
    "../out.html",
    "out.json",
    "keep",
    "older-than",
    "%s",
    "{0}",
)
_CLIP = b"\x00\x10\x00\xf0" * 4000


def seeds(name: str, home: Path) -> Iterator[bytes]:
    """At least one for each target."""
    if name in ("pack", "shown_pack", "notes", "points"):
        yield from (path.read_bytes() for path in sorted((ROOT / "prompts").glob("*.md")))
        yield from (path.read_bytes() for path in sorted((ROOT / "tests/data/notes").glob("*.md")))
    elif name in ("text", "srt", "vtt"):
        yield from _texts()
    elif name == "words":
        yield from _dialects()
    elif name == "model":
        yield from ((models.MINIATURE / file).read_bytes()[:200_000] for file in WHISPER_FILES)
    elif name == "typed":
        for number in range(len(TYPED)):
            yield from (bytes([number]) + text.encode("utf-8", "surrogateescape") for text in PATHS)
        yield bytes([4]) + f"um{BETWEEN}--since{BETWEEN}30d".encode()
    elif name == "media":
        yield from _recordings(home)
    else:
        yield from _kept(home)[name]


def _texts() -> Iterator[bytes]:
    shown = captions.cues(WORDS)
    yield captions.srt(shown).encode()
    yield captions.vtt(shown).encode()
    yield ("Duration: 1:52\n" + " ".join(word.text for word in WORDS)).encode()
    yield b"WEBVTT\n\nNOTE x\n\n1\n00:01.000 --> 00:02.000\n<v Ann>So <00:01.500>um &amp; I\n"
    yield b"1\r\n00:00:01,000 --> 00:00:02,500\r\n{\\an8}I was\r\n\r\n"
    yield b"2\r\n00:00:02,500 --> 00:00:04,000\r\nI was\r\nlate\r\n"
    yield "\ufeffI did. Ich weiß es, ähm, nicht. 我们 did.".encode("utf-16")


def _dialects() -> Iterator[bytes]:
    words = [
        {"word": f" {w.text}", "start": w.start, "end": w.end, "probability": 0.9}
        for w in WORDS[:9]
    ]
    segment = {"id": 0, "start": 0.0, "end": 5.0, "text": " So um I", "words": words}
    offsets = {"from": 0, "to": 1500}
    cpp = {
        "offsets": offsets,
        "text": " So",
        "tokens": [{"text": " So", "offsets": offsets, "p": 0.9}],
    }
    values = (
        {"text": "So um I", "segments": [segment], "language": "en"},
        {"segments": [segment], "word_segments": words, "language": "de"},
        {"result": {"language": "en"}, "transcription": [cpp, cpp]},
        [segment],
        words,
        {"segments": [{"start": 0, "end": 3, "text": "So um"}], "info": {"duration": 9}},
        {"words": words, "duration": 12.5},
        json.loads(take_text()),
        codec.analysis(ANALYSIS, "x"),
    )
    yield from (json.dumps(value).encode() for value in values)


def _recordings(home: Path) -> Iterator[bytes]:
    """The same clip in every container that libav writes here."""
    import av

    path = home / "clip.wav"
    path.write_bytes(take_json.wav_header(len(_CLIP)) + _CLIP)
    yield encode.opus(decode(path))
    for kind, coding in (
        ("mp3", "libmp3lame"),
        ("flac", "flac"),
        ("ogg", "libvorbis"),
        ("mp4", "aac"),
        ("aiff", "pcm_s16be"),
        ("au", "pcm_s16be"),
        ("adts", "aac"),
        ("asf", "wmav2"),
        ("matroska", "flac"),
        ("w64", "pcm_s24le"),
        ("caf", "alac"),
        ("amr", "libopencore_amrnb"),
    ):
        made = io.BytesIO()
        try:
            with av.open(str(path)) as source, av.open(made, "w", format=kind) as container:
                stream = container.add_stream(coding, rate=16000)
                for frame in source.decode(audio=0):
                    container.mux(stream.encode(frame))
                container.mux(stream.encode(None))
        except (av.FFmpegError, ValueError):
            continue  # this libav does not write that one
        yield made.getvalue()


def _kept(home: Path) -> dict[str, list[bytes]]:
    """What the program itself keeps."""
    command("takes", home=home)
    command("plan", home=home)
    _, body = (home / "recordings" / index.INDEX_FILE).read_bytes().split(b"\n", 1)
    part = Round(Interviewer("Dana", ("Ownership",), ("system design",)), (QUESTION,), ("Why?",))
    session = Unfinished("2026-03-04T10:20:30+01:00", (part, part), "Phone screen", 1)
    wishes = planfile.Wishes(grades={TAKE.id: Grade.GOOD})
    sound = take_json.wav_header(len(SOUND)) + SOUND
    listed = b"RIFF\x00\x00\x00\x00WAVELIST\x04\x00\x00\x00INFO" + sound[12:]
    return {
        "take_json": [take_text().encode(), take_json.dump(TAKE, None).encode()],
        "index": [body],
        "session": [resume.dump(session).encode()],
        "plan_json": [
            planfile.dump(wishes).encode(),
            b'{"schema":1,"interview":"2027-01-15","grades":{}}',
        ],
        "config": [CONFIG.encode()],
        "remarks": [REMARKS.encode()],
        "parcel": [packed([(f"{TAKE.id}/remarks.md", REMARKS.encode())]), _tricky()],
        "wav": [sound, listed],
        "kept_sound": [sound, listed],
    }


def _tricky() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("../remarks.md", REMARKS)
    return content.getvalue()
