from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from rehearse.errors import UnreadableFile
from rehearse.model.take import Transcript
from rehearse.transcripts.transcripts import is_transcript, read_transcript


def read(folder: Path, name: str, content: object) -> Transcript:
    path = folder / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8", newline="")
    return read_transcript(path)


def timed(transcript: Transcript) -> list[tuple[str, float | None, float | None]]:
    def two(seconds: float | None) -> float | None:
        return None if seconds is None else round(seconds, 2)

    return [(word.text, two(word.start), two(word.end)) for word in transcript.words]


# --- plain text

SAID = ["So,", "um", "—", "I", "led", "it.", "Café", "team."]

TEXTS = {
    "utf-8": "So, um — I led it.\n\n  Café\tteam.\n".encode(),
    "utf-8 with its mark": "So, um — I led it.\n\n  Café\tteam.\n".encode("utf-8-sig"),
    "utf-16": "So, um — I led it.\n\n  Café\tteam.\n".encode("utf-16"),
    "windows": "So, um — I led it.\r\n\r\n  Café\tteam.\r\n".encode("cp1252"),
}


@pytest.mark.parametrize("encoding", TEXTS)
def test_words_of_a_text_are_its_tokens_one_to_one(tmp_path: Path, encoding: str) -> None:
    transcript = read(tmp_path, "answer.txt", TEXTS[encoding])
    assert [word.text for word in transcript.words] == SAID
    assert {(word.start, word.end, word.probability) for word in transcript.words} == {
        (None, None, None)
    }
    assert transcript.duration is None and transcript.model is None


def test_control_characters_go_and_the_count_of_tokens_stays(tmp_path: Path) -> None:
    transcript = read(tmp_path, "answer.txt", "\x1b[31mred \x07 alert\x9b now")
    assert [word.text for word in transcript.words] == ["[31mred", "\ufffd", "alert", "now"]


def test_a_first_line_may_state_the_duration(tmp_path: Path) -> None:
    stated = read(tmp_path, "a.txt", "Duration: 1:52\r\nI led the team.")
    assert stated.duration == 112 and stated.text == "I led the team."
    said = read(tmp_path, "b.txt", "Duration: 1:52 was our time.\nDuration: 2:00")
    assert said.duration is None and len(said.words) == 7
    assert read(tmp_path, "c.txt", "Duration: 0:00\nwell").duration is None


# --- subtitles

SRT = """1
00:00:01,000 --> 00:00:03,000
I <i>led</i>
the team

2
00:00:03,500 --> 00:00:04,500
{\\an8}for 42
"""
SRT_WORDS = [
    ("I", 1.0, 1.18),
    ("led", 1.18, 1.73),
    ("the", 1.73, 2.27),
    ("team", 2.27, 3.0),
    ("for", 3.5, 4.1),
    ("42", 4.1, 4.5),
]

SRT_SPELLINGS = {
    "as written": SRT,
    "windows": SRT.replace("\n", "\r\n"),
    "with a mark": "\ufeff" + SRT,
    "without numbers": SRT.replace("1\n00:00:01", "00:00:01").replace("2\n00:00:03", "00:00:03"),
    "without blank lines": SRT.replace("\n\n", "\n"),
    "points and short times": SRT.replace(",", ".").replace("00:00:0", "00:0"),
    "cues in disorder": "".join(part + "\n\n" for part in reversed(SRT.split("\n\n"))),
}


@pytest.mark.parametrize("spelling", SRT_SPELLINGS)
def test_a_cue_is_spread_over_its_words(tmp_path: Path, spelling: str) -> None:
    assert timed(read(tmp_path, "a.srt", SRT_SPELLINGS[spelling])) == SRT_WORDS


def test_vtt_leaves_out_all_but_what_was_said(tmp_path: Path) -> None:
    content = """WEBVTT - answer
Kind: captions

STYLE
::cue { color: red }

NOTE made by hand
over two lines

first
00:01.000 --> 00:02.000 align:start position:0%
<v Ann>Fish &amp; <b>chips</b></v>

00:02.000 --> 00:03.000
a < b&nbsp;yes
"""
    words = [word[0] for word in timed(read(tmp_path, "a.vtt", content))]
    assert words == ["Fish", "&", "chips", "a", "<", "b", "yes"]


def test_times_inside_a_vtt_cue_are_kept(tmp_path: Path) -> None:
    content = "WEBVTT\n\n00:01.000 --> 00:04.000\nI<00:02.000><c> led</c><00:03.500><c> it</c>\n"
    assert timed(read(tmp_path, "a.vtt", content)) == [
        ("I", 1.0, 2.0),
        ("led", 2.0, 3.5),
        ("it", 3.5, 4.0),
    ]


ROLLING = """WEBVTT

00:00:00.000 --> 00:00:02.000 align:start
 \nso<00:00:01.000><c> I</c>

00:00:02.000 --> 00:00:02.010 align:start
so I
 \n
00:00:02.010 --> 00:00:04.000 align:start
so I
led<00:00:03.000><c> it</c>

00:00:04.000 --> 00:00:04.010 align:start
led it
 \n
00:00:04.010 --> 00:00:05.000 align:start
led it
well
"""


def test_rolling_captions_say_each_line_once(tmp_path: Path) -> None:
    assert timed(read(tmp_path, "a.vtt", ROLLING)) == [
        ("so", 0.0, 1.0),
        ("I", 1.0, 2.0),
        ("led", 2.01, 3.0),
        ("it", 3.0, 4.0),
        ("well", 4.01, 5.0),
    ]


def test_what_a_person_repeats_stays(tmp_path: Path) -> None:
    content = "1\n00:01,0 --> 00:02,0\nNo.\n\n2\n00:02,0 --> 00:03,0\nNo.\n"
    assert timed(read(tmp_path, "a.srt", content)) == [("No.", 1.0, 2.0), ("No.", 2.0, 3.0)]


def test_a_damaged_time_costs_no_word(tmp_path: Path) -> None:
    content = SRT.replace("00:00:03,500 -->", "00:0x:03,500 -->")
    content = content.replace("00:00:03,500", "00:00").replace("00:0x:03,500", "00:00:03")
    broken = SRT.replace("00:00:03,500 --> 00:00:04,500", "00:00:03,500 --> ?")
    for text in (content, broken):
        transcript = read(tmp_path, "a.srt", text)
        assert [word.text for word in transcript.words] == [word for word, _, _ in SRT_WORDS]
        assert all(word.start is not None for word in transcript.words)


# --- JSON of the Whisper programs


def said(word: str, start: object, end: object, **more: object) -> dict[str, object]:
    return {"word": word, "start": start, "end": end, **more}


PLAIN_WORDS = [("Um,", 0.5, 1.0), ("hello", 1.0, 2.0)]
TIMED = [said(" Um,", 0.5, 1.0, probability=0.5), said(" hello", 1.0, 2.0, probability=0.9)]
BARE = [said("Um,", 0.5, 1.0, score=0.5), said("hello", 1.0, 2.0, score=0.9)]
SEGMENT: dict[str, Any] = {"id": 0, "seek": 0, "start": 0.5, "end": 2.0, "text": " Um, hello"}


def cpp_token(text: str, start: int, end: int, p: float) -> dict[str, object]:
    return {"text": text, "offsets": {"from": start, "to": end}, "id": 7, "p": p, "t_dtw": -1}


CPP: dict[str, Any] = {
    "systeminfo": "",
    "model": {"type": "base"},
    "params": {"language": "en"},
    "result": {"language": "en"},
    "transcription": [
        {
            "timestamps": {"from": "00:00:00,500", "to": "00:00:02,000"},
            "offsets": {"from": 500, "to": 2000},
            "text": " Um, hello",
            "tokens": [
                cpp_token("[_BEG_]", 0, 0, 0.9),
                cpp_token(" Um", 500, 900, 0.5),
                cpp_token(",", 900, 1000, 0.8),
                cpp_token(" hel", 1000, 1500, 0.9),
                cpp_token("lo", 1500, 2000, 0.95),
                cpp_token("[_TT_100]", 2000, 2000, 0.1),
            ],
        },
        {"offsets": {"from": 2000, "to": 9000}, "text": " [BLANK_AUDIO]"},
    ],
}
OURS = [
    {"index": 0, "text": "Um,", "start": 0.5, "end": 1.0, "probability": 0.5},
    {"index": 1, "text": "hello", "start": 1.0, "end": 2.0, "probability": 0.9},
]

SHAPES: dict[str, Any] = {
    "openai-whisper": {
        "text": " Um, hello",
        "segments": [{**SEGMENT, "words": TIMED}],
        "language": "en",
    },
    "faster-whisper, as an object": {"segments": [{**SEGMENT, "words": TIMED}]},
    "faster-whisper, as a list": [{**SEGMENT, "words": TIMED, "no_speech_prob": 0.1}],
    "WhisperX": {"segments": [{**SEGMENT, "words": BARE}], "word_segments": BARE},
    "WhisperX, words only": {"word_segments": BARE, "language": "en"},
    "whisper.cpp": CPP,
    "Vosk": {"result": [{**word, "conf": word["score"]} for word in BARE], "text": "um, hello"},
    "Vosk, a list": [{"result": [{**word, "conf": word["score"]} for word in BARE]}],
    "words": BARE,
    "the interface of openai": {
        "task": "transcribe",
        "language": "english",
        "duration": 2.5,
        "text": "Um, hello",
        "words": BARE,
        "segments": [SEGMENT],
    },
    "our analysis": {"schema": 1, "source": "a.wav", "timing": {"duration": 2.5}, "words": OURS},
    "our take": {"schema": 1, "transcript": {"language": "en", "words": OURS}},
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_program_says_the_same(tmp_path: Path, shape: str) -> None:
    transcript = read(tmp_path, "answer.json", SHAPES[shape])
    assert timed(transcript) == PLAIN_WORDS
    assert transcript.language == "en" and transcript.model is None
    probabilities = [word.probability for word in transcript.words]
    assert probabilities in ([0.5, 0.9], [None, None])
    stated = shape in ("our analysis", "the interface of openai")
    assert transcript.duration == (2.5 if stated else None)


WITHOUT_WORD_TIMES = {
    "openai-whisper": {"segments": [SEGMENT], "language": "de"},
    "faster-whisper": [{**SEGMENT, "words": None}],
    "whisper.cpp": {"transcription": [{**CPP["transcription"][0], "tokens": None}]},
}


@pytest.mark.parametrize("shape", WITHOUT_WORD_TIMES)
def test_a_segment_without_words_is_spread(tmp_path: Path, shape: str) -> None:
    transcript = read(tmp_path, "answer.json", WITHOUT_WORD_TIMES[shape])
    assert timed(transcript) == [("Um,", 0.5, 1.06), ("hello", 1.06, 2.0)]


def test_parts_of_a_word_are_one_word(tmp_path: Path) -> None:
    parts = [" A", " state", "-of", "-the", "-art", " 20", "%", " 3", ".5"]
    words = [said(part, i, i + 1, probability=i / 10) for i, part in enumerate(parts)]
    transcript = read(tmp_path, "a.json", {"segments": [{"words": words}]})
    assert timed(transcript) == [
        ("A", 0, 1),
        ("state-of-the-art", 1, 5),
        ("20%", 5, 7),
        ("3.5", 7, 9),
    ]
    assert transcript.words[1].probability == 0.1


def test_words_that_whisperx_could_not_align_stand_between_the_others(tmp_path: Path) -> None:
    words: list[object] = [
        {"word": "In"},
        said("the", 1, 2),
        {"word": "20"},
        {"word": "30"},
        said("years", 4, 5),
    ]
    data = {"segments": [{"start": 0.5, "end": 6, "text": "", "words": [*words, {"word": "5."}]}]}
    assert timed(read(tmp_path, "a.json", data)) == [
        ("In", 0.5, 1),
        ("the", 1, 2),
        ("20", 2, 3),
        ("30", 3, 4),
        ("years", 4, 5),
        ("5.", 5, 6),
    ]


def test_tokens_that_do_not_make_the_text_are_not_used(tmp_path: Path) -> None:
    part: dict[str, object] = {"offsets": {"from": 0, "to": 1000}, "text": " née", "tokens": []}
    part["tokens"] = [cpp_token(" n\ufffd", 0, 10, 0.5), cpp_token("\ufffde", 10, 20, 0.5)]
    assert timed(read(tmp_path, "a.json", {"transcription": [part]})) == [("née", 0, 1)]


def test_one_word_with_a_blank_inside_is_two(tmp_path: Path) -> None:
    assert timed(read(tmp_path, "a.json", [said("New York", 1, 2)])) == [
        ("New", 1.0, 1.43),
        ("York", 1.43, 2.0),
    ]


def test_silence_has_no_words(tmp_path: Path) -> None:
    silences: list[object] = [
        {"text": "", "segments": [], "language": "en"},
        [],
        {"transcription": []},
    ]
    for data in silences:
        assert read(tmp_path, "a.json", data).words == ()


def test_text_alone_has_no_times(tmp_path: Path) -> None:
    assert timed(read(tmp_path, "a.json", {"text": "Um, no"})) == [
        ("Um,", None, None),
        ("no", None, None),
    ]


STRANGE_TIMES: dict[str, list[tuple[object, object]]] = {
    "as text": [("0.5", "1.0"), ("1.0", "2"), ("2", "3")],
    "not a number": [(0, 1), (math.nan, math.inf), (2, 3)],
    "before the start": [(-5, -4), (1, 2), (2, 3)],
    "backwards": [(3, 2), (2, 1), (1, 0)],
    "one far away": [(99_999, 99_999), (1, 2), (2, 3)],
    "one goes back": [(5, 6), (1, 2), (6, 7)],
    "enormous": [(1e300, 1e301), (10**400, 1), (1, 10**400)],
    "no times but words": [([1], {}), (True, False), ("x", "")],
    "overlapping": [(0, 10), (None, None), (5, 6)],
    "ends before it starts": [(1, 0), (2, 1), (3, 2)],
}


@pytest.mark.parametrize("how", STRANGE_TIMES)
def test_strange_times_are_put_in_order(tmp_path: Path, how: str) -> None:
    texts = ["one", "two", "three"]
    words = [said(t, *times) for t, times in zip(texts, STRANGE_TIMES[how], strict=True)]
    for data in (words, {"segments": [{"start": 0, "end": "?", "words": words}]}):
        transcript = read(tmp_path, "a.json", data)
        assert [word.text for word in transcript.words] == texts
        starts = [word.start for word in transcript.words]
        ends = [word.end for word in transcript.words]
        if None in starts:
            assert starts == ends == [None] * 3
            continue
        instants = [t for pair in zip(starts, ends, strict=True) for t in pair if t is not None]
        assert len(instants) == 6 and instants == sorted(instants)
        assert instants[0] >= 0 and all(map(math.isfinite, instants))


def test_one_time_far_away_does_not_move_the_others(tmp_path: Path) -> None:
    words = [said("one", 99_999, 99_999), said("two", 1, 2), said("three", 2, 3)]
    assert timed(read(tmp_path, "a.json", words)) == [("one", 1, 1), ("two", 1, 2), ("three", 2, 3)]


# --- what is no transcript

BAD: dict[str, tuple[str, str | bytes, str]] = {
    "empty": ("a.txt", b"", "is empty"),
    "blank": ("a.txt", b" \r\n\t", "is empty"),
    "only a duration": ("a.txt", b"Duration: 1:00\n", "no words"),
    "a sound": ("a.txt", b"RIFF\0\0\0\0WAVE", "not text"),
    "no cue": ("a.srt", b"I led the team.", "no subtitles"),
    "an empty cue": ("a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "no subtitles"),
    "cut off": ("a.json", b'{"segments": [{"text": "I l', "JSON that I cannot read"),
    "text": ("a.json", b"I led the team.", "JSON that I cannot read"),
    "deep": ("a.json", b"[" * 100_000, "JSON that I cannot read"),
    "deep in itself": (
        "a.json",
        b'{"transcript":' * 50_000 + b"1" + b"}" * 50_000,
        "JSON that I cannot read",
    ),
    "endless number": ("a.json", b"[" + b"9" * 10_000 + b"]", "JSON that I cannot read"),
    "a number": ("a.json", b"42", "not a transcript"),
    "other": ("a.json", b'{"results": {"items": []}}', "not a transcript"),
    "odd segments": ("a.json", b'{"segments": ["a", 1, null]}', "not a transcript"),
    "odd words": ("a.json", b'[{"word": 5, "start": 1}]', "not a transcript"),
    "odd text": ("a.json", b'{"segments": [{"text": null}]}', "not a transcript"),
    "odd parts": ("a.json", b'{"transcription": [{"offsets": 3}]}', "not a transcript"),
    "odd list": ("a.json", b'{"segments": [{"text": "a", "words": [1]}]}', "not a transcript"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_transcript_says_so(tmp_path: Path, what: str) -> None:
    name, content, why = BAD[what]
    with pytest.raises(UnreadableFile, match=why) as caught:
        read(tmp_path, name, content)
    assert name in caught.value.what and caught.value.mend and "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="does not exist"):
        read_transcript(tmp_path / "nowhere.txt")
    with pytest.raises(UnreadableFile, match="is a folder"):
        read_transcript(tmp_path)
    with pytest.raises(UnreadableFile, match="cannot be read"):
        read_transcript(tmp_path / "nul\0.txt")


def test_the_name_tells_the_kind_and_else_the_content(tmp_path: Path) -> None:
    assert all(is_transcript(Path(f"a{s}")) for s in (".txt", ".SRT", ".vtt", ".json"))
    assert not is_transcript(Path("a.wav"))
    assert timed(read(tmp_path, "a.captions", SRT)) == SRT_WORDS
    assert timed(read(tmp_path, "a.out", BARE)) == PLAIN_WORDS
    assert read(tmp_path, "a.text", "I led it").text == "I led it"
