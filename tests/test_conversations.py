"""Transcripts of conversations, as other programs write them: who speaks, when, and what is no
word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rehearse.errors import SpeakerNotFound, UnreadableFile
from rehearse.model.take import Transcript
from rehearse.transcripts.encoding import decoded
from rehearse.transcripts.transcripts import is_transcript, read_transcript

OTTER = """Mock interview
Mon, Nov 2 2026

Mara Lindt  0:02
Why did you leave the bakery?

Theo Brandt  0:06
I wanted to learn how ovens are built.
So I wrote to a maker and I asked for a month there.

Transcribed by https://otter.ai
"""
TEAMS = """0:0:2.0 --> 0:0:5.500
Mara Lindt
Why did you leave the bakery?
0:0:6.120 --> 0:0:12.480
Theo Brandt
I wanted to learn how ovens are built. So I wrote to a maker and I asked for a month there.
"""
FATHOM = """Mock interview - November 2
VIEW RECORDING - 14 mins (No highlights): https://fathom.video/share/none

---

0:02 - Mara Lindt
  Why did you leave the bakery?

0:06 - Theo Brandt (Ovens Ltd)
  I wanted to learn how ovens are built.
  So I wrote to a maker and I asked for a month there.
"""
THEO = "I wanted to learn how ovens are built. So I wrote to a maker and I asked for a month there."
MARA = "Why did you leave the bakery?"


def word(text: str, start: Any, end: Any, **more: Any) -> dict[str, Any]:
    return {"word": text, "start": start, "end": end, **more}


def google(text: str, start: str, end: str, tag: int) -> dict[str, Any]:
    return {"word": text, "startTime": start, "endTime": end, "speakerTag": tag}


def amazon(text: str, start: str, end: str, who: str) -> dict[str, Any]:
    return {
        "type": "pronunciation",
        "alternatives": [{"content": text, "confidence": "0.98"}],
        "start_time": start,
        "end_time": end,
        "speaker_label": who,
    }


def comma(text: str = ",") -> dict[str, Any]:
    return {"type": "punctuation", "alternatives": [{"content": text, "confidence": "0.0"}]}


def matics(kind: str, text: str, start: float, end: float, who: str) -> dict[str, Any]:
    best = {"content": text, "confidence": 0.9, "speaker": who, "language": "en"}
    return {"type": kind, "start_time": start, "end_time": end, "alternatives": [best]}


CONVERSATIONS: dict[str, tuple[str, object]] = {
    "otter.txt": ("Theo Brandt", OTTER),
    "teams.txt": ("Theo Brandt", TEAMS),
    "teams.vtt": (
        "Theo Brandt",
        "WEBVTT\n\n00:00:02.000 --> 00:00:05.000\n<v Mara Lindt>Why did you leave the bakery?</v>\n"
        f"\n00:00:06.000 --> 00:00:12.000\n<v Theo Brandt>{THEO}</v>\n",
    ),
    "two-voices-in-a-cue.vtt": (
        "Theo Brandt",
        "WEBVTT\n\n00:02.000 --> 00:12.000\n"
        f"<v.loud Mara Lindt>{MARA}</v>\n<v Theo Brandt>{THEO}\n",
    ),
    "zoom.vtt": (
        "Theo Brandt",
        f"WEBVTT\n\n1\n00:00:02.000 --> 00:00:05.000\nMara Lindt: {MARA}\n\n"
        "2\n00:00:06.000 --> 00:00:08.000\nTheo Brandt: I wanted to learn how ovens are built.\n\n"
        "3\n00:00:08.000 --> 00:00:12.000\n"
        "Theo Brandt: So I wrote to a maker and I asked for a month there.\n",
    ),
    "whisperx.srt": (
        "SPEAKER_01",
        f"1\n00:00:02,000 --> 00:00:05,000\n[SPEAKER_00]: {MARA}\n\n"
        f"2\n00:00:06,000 --> 00:00:12,000\n[SPEAKER_01]: {THEO}\n",
    ),
    "meet.txt": ("Theo Brandt", f"00:00:02\nMara Lindt: {MARA}\n00:00:06\nTheo Brandt: {THEO}\n"),
    "rev.txt": ("Speaker 2", f"Speaker 1 (00:02):\n{MARA}\n\nSpeaker 2 (00:06):\n{THEO}\n"),
    "bracketed.txt": ("Theo Brandt", f"[0:02] Mara Lindt: {MARA}\n[0:06] Theo Brandt: {THEO}\n"),
    "zoom.txt": ("Theo Brandt", f"[Mara Lindt] 10:05:02\n{MARA}\n\n[Theo Brandt] 10:05:06\n{THEO}"),
    "names.txt": ("Theo", f"Mara: {MARA}\n\nTheo: {THEO}\n"),
    "roles.txt": ("Candidate", f"Interviewer: {MARA}\nCandidate: {THEO}\n"),
    "numbers.txt": ("Speaker 2", f"[Speaker 1] {MARA}\n[Speaker 2] {THEO}\n"),
    "q-and-a.txt": ("A", f"Q: {MARA}\nA: {THEO}\n"),
    "broadcast.srt": (
        "THEO",
        f"1\n00:00:02,000 --> 00:00:05,000\n>> MARA: {MARA}\n\n"
        "2\n00:00:06,000 --> 00:00:08,000\n>> THEO: I wanted to learn how ovens are built.\n\n"
        "3\n00:00:08,000 --> 00:00:12,000\n>> THEO: So I wrote to a maker and I asked for a month "
        "there.\n",
    ),
    "editor.ass": (
        "Theo",
        "[Script Info]\n\n[Events]\n"
        "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
        f"Dialogue: 0,0:00:02.00,0:00:05.00,Default,Mara,0,0,0,,{MARA}\n"
        f"Dialogue: 0,0:00:06.00,0:00:12.00,Default,Theo,0,0,0,,{{\\i1}}{THEO}\n",
    ),
    "table.csv": ("Theo", f'start,end,speaker,text\n2,5,Mara,"{MARA}"\n6,12,Theo,"{THEO}"\n'),
    "whisperx.json": (
        "SPEAKER_01",
        {
            "segments": [
                {"start": 2.0, "end": 5.0, "text": MARA, "speaker": "SPEAKER_00"},
                {"start": 6.0, "end": 12.0, "text": THEO, "speaker": "SPEAKER_01"},
            ]
        },
    ),
    "assemblyai.json": (
        "Speaker B",
        {
            "audio_duration": 14,
            "utterances": [
                {"speaker": "A", "text": MARA, "start": 2000, "end": 5000, "confidence": 0.9},
                {"speaker": "B", "text": THEO, "start": 6000, "end": 12000, "confidence": 0.9},
            ],
        },
    ),
}


def read(folder: Path, name: str, content: object, speaker: str | None = None) -> Transcript:
    path = folder / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return read_transcript(path, speaker=speaker)


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_the_words_are_those_of_whoever_speaks_most(tmp_path: Path, name: str) -> None:
    taken, content = CONVERSATIONS[name]
    transcript = read(tmp_path, name, content)
    assert transcript.text == THEO
    assert [one.taken for one in transcript.speakers] == [True, False]
    assert [one.words for one in transcript.speakers] == [len(THEO.split()), len(MARA.split())]
    assert transcript.speakers[0].name == taken
    assert any(f"about {taken}" in note and "1 other" in note for note in transcript.notes)


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_the_other_one_can_be_asked_for(tmp_path: Path, name: str) -> None:
    _, content = CONVERSATIONS[name]
    other = read(tmp_path, name, content).speakers[1].name
    transcript = read(tmp_path, name, content, other.upper())
    assert transcript.text == MARA and not any("about" in note for note in transcript.notes)


@pytest.mark.parametrize("name", [n for n in CONVERSATIONS if not n.endswith(".txt")])
def test_the_times_are_those_of_the_speaker(tmp_path: Path, name: str) -> None:
    transcript = read(tmp_path, name, CONVERSATIONS[name][1])
    first, last = transcript.words[0], transcript.words[-1]
    assert first.start is not None and 2.0 < first.start <= 6.0
    assert last.end == 12.0
    assert [(turn.start, turn.end) for turn in transcript.turns] == [(first.start, 12.0)]


def test_what_stands_above_times_with_names_is_a_title(tmp_path: Path) -> None:
    for text in (FATHOM, FATHOM.replace(" (Ovens Ltd)", "")):
        transcript = read(tmp_path, "fathom.txt", text)
        assert transcript.text == THEO and len(transcript.speakers) == 2
        assert transcript.words[0].start == 6.0


def test_a_day_in_somebodys_words_is_no_conversation(tmp_path: Path) -> None:
    said = "9:00 - Coffee\nI open the shop.\n9:30 - Bread\nI bake until noon."
    assert read(tmp_path, "day.txt", said).words[0].text != "I"


def test_times_of_a_text_are_used_too(tmp_path: Path) -> None:
    labels = read(tmp_path, "labels.txt", LINES["labels.txt"])
    assert [(word.start, word.end) for word in labels.words][-1] == (1.2, 1.5)
    transcript = read(tmp_path, "otter.txt", OTTER)
    assert transcript.words[0].start == 6.0
    clock = read(tmp_path, "zoom.txt", CONVERSATIONS["zoom.txt"][1])
    assert clock.words[0].start == 4.0, "counted from the first"


def test_a_name_is_unique_or_a_sentence_lists_all(tmp_path: Path) -> None:
    assert read(tmp_path, "a.txt", OTTER, "mara").text == MARA
    for wanted in ("nobody", "r"):
        with pytest.raises(SpeakerNotFound, match=r"Mara Lindt, Theo Brandt|Theo Brandt, Mara"):
            read(tmp_path, "a.txt", OTTER, wanted)
    with pytest.raises(SpeakerNotFound, match="has no speaker names"):
        read(tmp_path, "b.txt", "I led it.", "Mara")


def test_of_a_single_speaker_only_the_name_goes(tmp_path: Path) -> None:
    content = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nTheo Brandt: I built it.\n\n"
        "00:02.000 --> 00:03.000\nTheo Brandt: It held.\n"
    )
    transcript = read(tmp_path, "a.vtt", content)
    assert transcript.text == "I built it. It held."
    assert transcript.notes == () and transcript.turns == ()
    assert [(one.name, one.words, one.taken) for one in transcript.speakers] == [
        ("Theo Brandt", 5, True)
    ]


NAMED = [
    (["Ana Diaz: Hello you.", "Ben Ode: I built it and it held."], "Ben Ode"),
    (["Jo O'Neil: Hi?", "Dr. Ben van der Ode: I built it.", "Jo O'Neil: Ok."], "Dr. Ben"),
    (["Ana's iPhone: Hi?", "ben.ode@example.org: I built it.", "Ana's iPhone: Ok."], "ben.ode@"),
    (["ANA: Why did you go?", "BEN: I built it, and then", "it was: over."], "BEN"),
    (["Ana Diaz (Guest): Hi?", "Ben Ode (Acme): I built it.", "Ana Diaz (Guest): Ok."], "Ben Ode"),
    (["Diaz, Ana: Hi?", "Ode, Ben: I built it.", "Diaz, Ana: Ok."], "Ode, Ben"),
    (["王伟：为什么？", "李娜：我去年做了一个项目，结果很好。", "王伟：好的。"], "李娜"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "taken"), NAMED)
def test_names_of_many_looks_are_no_words(tmp_path: Path, lines: list[str], taken: str) -> None:
    cues = "".join(
        f"00:00:0{n}.000 --> 00:00:0{n + 1}.000\n{line}\n\n" for n, line in enumerate(lines)
    )
    transcript = read(tmp_path, "a.vtt", f"WEBVTT\n\n{cues}")
    assert len(transcript.speakers) == 2
    assert transcript.speakers[0].taken and transcript.speakers[0].name.startswith(taken)
    assert transcript.text.startswith(lines[1].replace("：", ": ").partition(": ")[2])


NOBODY = [
    "One thing: I failed.\nI learned from it.",
    "Situation: our site was slow.\nTask: I had to mend it.\nAction: I cached it.\n"
    "Action: I tested it.\nResult: it held.",
    "Result: it worked.\nResult: it paid.",
    "S: a slow site.\nT: mend it.\nA: I cached it.\nR: it held.",
    "I had one question: why now?\nMy answer: because.",
    "We met at 10:30 and left at 11:15.",
    "10:30 was our time.\nThen we left.",
    "First: I asked.\nSecond: I built.\nThird: I tested.",
    "Last Year: we grew.\nThis Year: we shrank.",
    "The rule (which we wrote) said so: no calls.",
    "Ratio 3:1 it was, see https://example.org/a:b for more.",
    "It was *very* important (to us) and [sic!] true.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_a_colon_in_plain_speech_names_nobody(tmp_path: Path, text: str) -> None:
    transcript = read(tmp_path, "a.txt", text.replace(" [sic!]", ""))
    assert [one.text for one in transcript.words] == text.replace(" [sic!]", "").split()
    assert transcript.speakers == () and transcript.notes == ()
    cues = "".join(
        f"{n}\n00:00:0{n},000 --> 00:00:0{n + 1},000\n{line}\n\n"
        for n, line in enumerate(text.replace(" [sic!]", "").split("\n"), 1)
    )
    assert read(tmp_path, "a.srt", cues).text == " ".join(text.replace(" [sic!]", "").split())


def test_marks_without_names_are_no_words_and_said(tmp_path: Path) -> None:
    content = (
        "1\n00:00:01,000 --> 00:00:02,000\n>> Why?\n\n2\n00:00:02,000 --> 00:00:03,000\n>> So."
    )
    transcript = read(tmp_path, "a.srt", content)
    assert transcript.text == "Why? So." and "without a name" in transcript.notes[0]
    dashes = "1\n00:00:01,000 --> 00:00:02,000\n- Why?\n- So.\n"
    assert read(tmp_path, "b.srt", dashes).text == "Why? So."


def test_a_speaker_who_is_interrupted_has_two_turns(tmp_path: Path) -> None:
    content = {
        "segments": [
            {"start": 0.0, "end": 4.0, "text": "I built the first of them.", "speaker": "T"},
            {"start": 4.0, "end": 9.0, "text": "How?", "speaker": "M"},
            {"start": 9.0, "end": 12.0, "text": "With tape.", "speaker": "T"},
        ]
    }
    transcript = read(tmp_path, "a.json", content)
    assert [(turn.start, turn.end) for turn in transcript.turns] == [(0.0, 4.0), (9.0, 12.0)]


# --- programs and services, the same three words from each

THREE = [("Well,", 0.5, 0.9), ("it", 1.0, 1.2), ("held.", 1.2, 1.5)]
PHRASE = "Well, it held."
SERVICES: dict[str, object] = {
    "deepgram.json": {
        "metadata": {"duration": 2.0},
        "results": {
            "channels": [
                {
                    "alternatives": [
                        {
                            "transcript": PHRASE,
                            "words": [
                                word(t.strip(",.").lower(), a, b, punctuated_word=t, speaker=0)
                                for t, a, b in THREE
                            ],
                        }
                    ]
                }
            ]
        },
    },
    "amazon.json": {
        "jobName": "a",
        "results": {
            "transcripts": [{"transcript": PHRASE}],
            "items": [
                amazon("Well", "0.5", "0.9", "spk_0"),
                comma(),
                amazon("it", "1.0", "1.2", "spk_0"),
                amazon("held", "1.2", "1.5", "spk_0"),
                comma("."),
            ],
        },
    },
    "google.json": {
        "response": {
            "results": [
                {
                    "alternatives": [
                        {
                            "transcript": PHRASE,
                            "words": [google(t, f"{a}s", f"{b}s", 1) for t, a, b in THREE],
                        }
                    ],
                    "languageCode": "en-us",
                }
            ]
        }
    },
    "google-nanos.json": {
        "results": [
            {
                "alternatives": [
                    {
                        "transcript": PHRASE,
                        "words": [
                            {
                                "word": t,
                                "start_offset": {"seconds": int(a), "nanos": round(a % 1 * 1e9)},
                                "end_offset": {"seconds": int(b), "nanos": round(b % 1 * 1e9)},
                            }
                            for t, a, b in THREE
                        ],
                    }
                ]
            }
        ]
    },
    "rev.json": {
        "monologues": [
            {
                "speaker": 0,
                "elements": [
                    {"type": "text", "value": "Well", "ts": 0.5, "end_ts": 0.9, "confidence": 1.0},
                    {"type": "punct", "value": ", "},
                    {"type": "text", "value": "it", "ts": 1.0, "end_ts": 1.2, "confidence": 1.0},
                    {"type": "punct", "value": " "},
                    {"type": "text", "value": "held", "ts": 1.2, "end_ts": 1.5, "confidence": 1.0},
                    {"type": "punct", "value": "."},
                ],
            }
        ]
    },
    "speechmatics.json": {
        "format": "2.9",
        "job": {"duration": 2},
        "results": [
            matics("word", "Well", 0.5, 0.9, "S1"),
            matics("punctuation", ",", 0.9, 0.9, "S1"),
            matics("word", "it", 1.0, 1.2, "S1"),
            matics("word", "held", 1.2, 1.5, "S1"),
            matics("punctuation", ".", 1.5, 1.5, "S1"),
        ],
    },
    "assemblyai.json": {
        "audio_duration": 2,
        "text": PHRASE,
        "words": [
            {"text": t, "start": int(a * 1000), "end": int(b * 1000), "confidence": 0.9}
            for t, a, b in THREE
        ],
    },
    "nanoseconds.json": {
        "duration": 2.0,
        "words": [word(t, int(a * 1e9), int(b * 1e9)) for t, a, b in THREE],
    },
    "hundredths.json": {
        "duration": 2.0,
        "words": [word(t, int(a * 100), int(b * 100)) for t, a, b in THREE],
    },
    "elevenlabs.json": {
        "language_code": "eng",
        "words": [
            {"text": "Well,", "start": 0.5, "end": 0.9, "type": "word", "speaker_id": "speaker_0"},
            {"text": " ", "start": 0.9, "end": 1.0, "type": "spacing"},
            {"text": "it", "start": 1.0, "end": 1.2, "type": "word", "speaker_id": "speaker_0"},
            {"text": "(laughs)", "start": 1.2, "end": 1.2, "type": "audio_event"},
            {"text": "held.", "start": 1.2, "end": 1.5, "type": "word", "speaker_id": "speaker_0"},
        ],
    },
    "watson.json": {
        "results": [
            {"alternatives": [{"transcript": PHRASE, "timestamps": [list(w) for w in THREE]}]}
        ]
    },
    "youtube.json3": {
        "wireMagic": "pb3",
        "events": [
            {
                "tStartMs": 500,
                "dDurationMs": 1000,
                "segs": [
                    {"utf8": "Well,"},
                    {"utf8": " it", "tOffsetMs": 500},
                    {"utf8": " held.", "tOffsetMs": 700},
                ],
            },
            {"tStartMs": 1500, "dDurationMs": 10, "aAppend": 1, "segs": [{"utf8": "\n"}]},
        ],
    },
}


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_says_the_same(tmp_path: Path, name: str) -> None:
    transcript = read(tmp_path, name, SERVICES[name])
    assert transcript.text == PHRASE and transcript.language == "en"
    starts = [round(one.start, 2) for one in transcript.words if one.start is not None]
    assert starts == [start for _, start, _ in THREE]
    assert len(transcript.speakers) <= 1


LINES: dict[str, str] = {
    "whisper.tsv": "start\tend\ttext\n500\t1500\tWell, it held.\n",
    "youtube.sbv": "0:00:00.500,0:00:01.500\nWell, it held.\n",
    "whisper.txt": "[00:00.500 --> 00:01.500]  Well, it held.\n",
    "subtitles.txt": "1\n00:00:00,500 --> 00:00:01,500\nWell, it held.\n",
    "editor.txt": "00;00;00;12 - 00;00;02;00\nWell, it held.\n",
    "player.lrc": "[ar: nobody]\n[00:00.50]Well, it\n[00:01.20]held.\n",
    "copied.txt": "0:00\nWell, it\n0:02\nheld.\n",
    "bracketed.txt": "[00:00:00] Well, it\n[00:00:02] held.\n",
    "inside.txt": "Well, it [00:01:05] held.",
    "labels.txt": "0.500000\t1.200000\tWell, it\n\\\t100.0\t300.0\n1.200000\t1.500000\theld.\n",
    "comma.txt": "0,5\t1,2\tWell, it\n1,2\t1,5\theld.\n",
}


@pytest.mark.parametrize("name", LINES)
def test_clock_times_and_numbers_are_no_words(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, name, LINES[name]).text == PHRASE


def test_whole_milliseconds_are_only_guessed_with_evidence_and_said(tmp_path: Path) -> None:
    words = [word(t, i * 400, i * 400 + 350) for i, t in enumerate(PHRASE.split())]
    transcript = read(tmp_path, "a.json", words)
    assert transcript.words[1].start == 0.4 and "milliseconds" in transcript.notes[0]
    seconds = [word(t, i, i + 1) for i, t in enumerate(PHRASE.split())]
    assert read(tmp_path, "a.json", seconds).words[1].start == 1.0


# --- what nobody said

MARKS: list[tuple[str, str]] = [
    ("[Music] So [laughter] I led it.", "So I led it."),
    ("(laughs) I led (clears throat) it. (inaudible 00:05)", "I led it."),
    ("*sighs* I *really* led it.", "I *really* led it."),
    ("♪ la la la ♪ I led it ♪", "I led it"),
    ("[UM] I (uh) led [uh,] it", "um I uh led uh it"),
    ("We (which we did) use [BLANK_AUDIO] (AWS)", "We (which we did) use (AWS)"),
    ("<i>I</i> led [crosstalk 00:01:05] it", "I led it"),
    ("I (DOOR SLAMS) led arr[0]", "I led arr[0]"),
]


@pytest.mark.parametrize(("text", "said"), MARKS)
def test_annotations_are_no_words_and_a_marked_um_is_one(
    tmp_path: Path, text: str, said: str
) -> None:
    cue = f"1\n00:00:01,000 --> 00:00:05,000\n{text}\n"
    words = [word(token, i, i + 1) for i, token in enumerate(text.split())]
    assert read(tmp_path, "a.txt", text).text == said
    assert read(tmp_path, "a.srt", cue).text == said
    assert read(tmp_path, "a.json", {"text": text}).text == said
    assert read(tmp_path, "b.json", words).text == said


# --- languages and letters

LANGUAGES = [
    ("german", "de"), ("Deutsch", "de"), ("de-DE", "de"), ("de_AT", "de"), ("ger", "de"),
    ("Chinese", "zh"), ("zh-Hans", "zh"), ("cmn-Hans-CN", "zh"), ("pt_BR", "pt"),
    ("français", "fr"), ("French (Canada)", "fr"), ("English", "en"), ("en-GB", "en"),
    ("haitian creole", "ht"), ("Klingon", "und"), ("auto", "en"),
]  # fmt: skip


@pytest.mark.parametrize(("named", "code"), LANGUAGES)
def test_a_language_is_known_by_name_and_region(tmp_path: Path, named: str, code: str) -> None:
    content = {"language": named, "segments": [{"start": 0, "end": 3, "text": " um zehn"}]}
    assert read(tmp_path, "a.json", content).language == code


def test_every_language_of_whisper_is_known() -> None:
    from faster_whisper.tokenizer import _LANGUAGE_CODES

    from rehearse.transcripts.languages import code

    assert [one for one in _LANGUAGE_CODES if code(one) != one] == []


SPELLED = {
    "a byte too many": ("Café in Kraków.".encode() + b"\xf0", "Café in Kraków.\ufffd"),
    "a character cut apart": (b"It was \xe2\x80 so.", "It was \ufffd so."),
    "windows": ("Café – so.".encode("cp1252"), "Café – so."),
    "one accent of windows": (b"The caf\xe9.", "The café."),
    "utf-16 without a mark": ("So, café.\n".encode("utf-16-le"), "So, café.\n"),
    "utf-16 the other way": ("So, café.\n".encode("utf-16-be"), "So, café.\n"),
    "utf-16 with its mark": ("So, café.".encode("utf-16"), "So, café."),
}


@pytest.mark.parametrize("how", SPELLED)
def test_damage_costs_the_damaged_character_only(how: str) -> None:
    data, text = SPELLED[how]
    assert decoded(data) == text


# --- what is refused

REFUSED = {
    "a.docx": (b"PK\x03\x04", "a document"),
    "a.ttml": (b"<tt/>", "subtitles in XML"),
    "a.json": (b'{"results": {"speech": 1}}', "not a transcript that I know"),
    "a.csv": (b"one,two\n1,2\n", "without a column called 'text'"),
    "a.tsv": (b"start\tend\ttext\n", "has no words"),
    "b.json": (b'{"results": {"channels": [1]}}', "not a transcript"),
    "c.json": (b'{"monologues": [{"elements": [{"type": "text"}]}]}', "not a transcript"),
    "d.json": (b'{"recognizedPhrases": ["a"]}', "not a transcript"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_read_says_what_to_export(tmp_path: Path, name: str) -> None:
    data, why = REFUSED[name]
    assert is_transcript(Path(name))
    with pytest.raises(UnreadableFile, match=why) as caught:
        read(tmp_path, name, data)
    assert "\n" not in str(caught.value) and ".srt" in caught.value.mend
