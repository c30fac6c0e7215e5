"""A take's report in other forms, each read back by a program that did not write it."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest
from markdown_it import MarkdownIt

from rehearse.analysis.analyze import analyze
from rehearse.model import codec
from rehearse.model.delivery import Filler
from rehearse.model.structure import Analysis
from rehearse.model.take import Kind, Question, Transcript, Word
from rehearse.takes.remarks import Remark
from rehearse.transcripts.transcripts import read_transcript
from rehearse.views import audio_labels, captions, markdown
from tests import sample
from tests.speech import spoken, written
from tests.test_cli import rehearse
from tests.test_html import kept

SCHEMA = Path(__file__).parent.parent / "docs" / "analysis.schema.json"
HOSTILE = ("<script>alert(1)</script>", "--> 00:00:09,000", "*bold*", "[a](b)", "# no", "`x`", "1.",
           "\x1b[2J", "a\tb", "&amp;", "{\\an8}")  # fmt: skip


def worst() -> Analysis:
    words = tuple(Word(text, i * 0.5, i * 0.5 + 0.4) for i, text in enumerate(HOSTILE))
    return replace(sample.ANALYSIS, words=words, fillers=None, star=None, pauses=None, edges=None)


def packets(path: Path) -> list[tuple[float, float, str]]:
    """Start, length and text of each cue, as libav reads them."""
    found = []
    with av.open(str(path)) as container:
        (stream,) = container.streams
        for packet in container.demux(stream):
            if packet.pts is not None:
                base = Fraction(packet.time_base or 1)
                start, length = packet.pts * base, (packet.duration or 0) * base
                found.append((float(start), float(length), bytes(packet).decode()))
    return found


# Subtitles.


def test_a_cue_ends_with_its_sentence_or_at_a_pause() -> None:
    shown = captions.cues(spoken("I did it. um _0.3_ They _1_ renewed, and so on.").words)
    assert [cue.text for cue in shown] == ["I did it.", "um They", "renewed, and so on."]
    assert [(cue.start, cue.end) for cue in shown] == [(0, 1.2), (1.2, 2.3), (3.3, 4.9)]


@pytest.mark.parametrize("word", [0.1, 0.4, 1.5, 9.0])
@pytest.mark.parametrize("token", ["a", "word", "word,", "thoroughly", "x" * 200])
def test_a_cue_fits_two_lines_and_seven_seconds(word: float, token: str) -> None:
    shown = captions.cues(spoken(" ".join([token] * 100), word=word).words)
    assert " ".join(cue.text for cue in shown).split() == [token] * 100
    for cue, following in zip(shown, [*shown[1:], None], strict=True):
        assert captions.SHORTEST - 1e-6 <= cue.end - cue.start <= captions.LONGEST + 1e-6
        assert len(cue.text.split("\n")) <= captions.LINES
        lines = cue.text.split("\n")
        assert all(len(line) <= captions.LINE or line == token for line in lines)
        assert following is None or cue.end <= following.start


def test_a_cue_that_is_too_long_ends_at_a_comma() -> None:
    text = "we built it in the winter with two of us, and then the whole team came to help us"
    first, *_ = captions.cues(spoken(text).words)
    assert first.text.replace("\n", " ").endswith("us,")


def test_words_without_times_make_no_cue() -> None:
    assert captions.cues(written("I did it.").words) == ()


@pytest.mark.parametrize("form", ["srt", "vtt"])
def test_subtitles_are_read_by_libav_and_by_ourselves(form: str, tmp_path: Path) -> None:
    shown = captions.cues(sample.WORDS)
    path = tmp_path / f"it.{form}"
    path.write_text((captions.srt if form == "srt" else captions.vtt)(shown), "utf-8")
    read = packets(path)
    assert [text for _, _, text in read] == [cue.text for cue in shown]
    for (start, length, _), cue in zip(read, shown, strict=True):
        assert start == pytest.approx(cue.start, abs=0.001)
        assert start + length == pytest.approx(cue.end, abs=0.002)
    assert read_transcript(path).text == " ".join(word.text for word in sample.WORDS)
    assert "um" in read_transcript(path).text.split()


@pytest.mark.parametrize("form", ["srt", "vtt"])
def test_hostile_words_stay_words(form: str, tmp_path: Path) -> None:
    shown = captions.cues(worst().words)
    path = tmp_path / f"it.{form}"
    text = (captions.srt if form == "srt" else captions.vtt)(shown)
    path.write_text(text, "utf-8")
    assert text.count("-->") == len(shown) == len(packets(path))
    assert "\x1b" not in text and "<script" not in text


# Labels.


def test_labels_tell_parts_fillers_and_pauses_in_order() -> None:
    rows = [line.split("\t") for line in audio_labels.audacity(sample.ANALYSIS).splitlines()]
    starts = [float(start) for start, _, _ in rows]
    assert starts == sorted(starts)
    assert all(float(start) <= float(end) for start, end, _ in rows)
    told = [text for _, _, text in rows]
    for text in (
        "Situation",
        "Task",
        "Action",
        "Result",
        "filler: um",
        "filler: uh",
        "pause 1.5 s",
    ):
        assert text in told


def test_labels_of_an_introduction_are_its_parts() -> None:
    speech = spoken(
        "My name is Ana and I am a nurse. At the moment I work on a children's ward in Lisbon, "
        "where I train the new colleagues. Before that I studied biology and worked in a lab for "
        "two years. I applied here because your hospital plans its shifts with the nurses."
    )
    question = Question("Tell me about yourself.", Kind.INTRODUCTION)
    value = analyze(speech.transcript, sound=speech.sound, question=question, target=None)
    assert value.outline is not None
    names = {part.name for part in value.outline.parts if part.present}
    assert names and names <= {
        line.split("\t")[2] for line in audio_labels.audacity(value).splitlines()
    }


def test_a_label_is_one_line_whatever_it_says() -> None:
    assert sample.ANALYSIS.fillers is not None
    odd: Filler = replace(sample.ANALYSIS.fillers.items[0], text="a\tb\nc\x1b[2J")
    fillers = replace(sample.ANALYSIS.fillers, items=(odd,))
    rows = audio_labels.audacity(replace(sample.ANALYSIS, fillers=fillers)).splitlines()
    assert all(row.count("\t") == 2 for row in rows)
    assert any(row.endswith("filler: a b c[2J") for row in rows)


# Markdown.


def headings(text: str) -> list[str]:
    tokens = MarkdownIt().enable("table").parse(text)
    return [tokens[i + 1].content for i, token in enumerate(tokens) if token.type == "heading_open"]


def test_a_report_in_markdown_has_all_its_parts() -> None:
    text = markdown.report(sample.TAKE, sample.ANALYSIS, (Remark(42.0, None, "Good."),))
    assert headings(text) == [
        sample.QUESTION.text, "Good", "Next time", "They might ask", "Your coach says", "The story",
        "What you said", "Situation, 0:00", "Task, 0:07", "Action, 0:13", "Result, 0:26",
        "Your notes",
    ]  # fmt: skip
    page = MarkdownIt().enable("table").render(text)
    assert "<strong>um</strong>" in page and "<strong>(uh)</strong>" in page
    assert "<li>0:42 Good.</li>" in page
    assert "<td>Action</td>" in page
    assert "- Fillers: 2 hesitations and 1 filler word (um 1, uh 1, you know 1)" in text


def test_nothing_said_becomes_a_mark() -> None:
    title = " ".join(HOSTILE)
    analysis = replace(worst(), question=Question(title), follow_up=title)
    page = MarkdownIt().render(markdown.report(sample.TAKE, analysis, (Remark(1, 2, title),)))
    assert "<script" not in page and "<a " not in page and "<em>" not in page
    assert "<code>" not in page and "\x1b" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 4


# JSON.


def described(
    value: object, schema: dict[str, Any], whole: dict[str, Any], where: str
) -> list[str]:
    """Fields that the schema does not know."""
    if "$ref" in schema:
        schema = whole["$defs"][schema["$ref"].rpartition("/")[2]]
    for one in schema.get("anyOf", ()):
        if value is not None and one.get("type") != "null":
            return described(value, one, whole, where)
    if isinstance(value, dict):
        known = schema.get("properties", {})
        free = schema.get("additionalProperties")
        missing = [f"{where}.{key}" for key in value if key not in known and not free]
        inner = [
            each
            for key, one in value.items()
            if key in known
            for each in described(one, known[key], whole, f"{where}.{key}")
        ]
        return missing + inner
    if isinstance(value, list):
        return [m for one in value for m in described(one, schema.get("items", {}), whole, where)]
    return []


def analyses() -> list[Analysis]:
    story = spoken(f"{sample.SITUATION} {sample.TASK} {sample.ACTION} {sample.RESULT}")
    intro = Question("Tell me about yourself.", Kind.INTRODUCTION)
    return [
        sample.ANALYSIS,
        analyze(None, sound=None, question=None, target=None),
        analyze(Transcript(()), sound=story.sound, question=None, target=60.0),
        analyze(story.transcript, sound=story.sound, question=intro, target=60.0, notes="queue"),
        analyze(written("Es ging um die Arbeit.", language="de"), sound=None, question=None,
                target=None),
        analyze(story.transcript, sound=story.sound, question=sample.QUESTION, target=None,
                follows=sample.TAKE, earlier=(story.transcript,) * 3),
    ]  # fmt: skip


@pytest.mark.parametrize("number", range(6))
def test_json_is_as_its_schema_says(number: int) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    value = json.loads(json.dumps(codec.analysis(analyses()[number], "it")))
    jsonschema.Draft202012Validator(schema).validate(value)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(value | {"words": "none"})


@pytest.mark.parametrize("number", range(6))
def test_the_schema_describes_every_field(number: int) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    value = json.loads(json.dumps(codec.analysis(analyses()[number], "it")))
    assert described(value, schema, schema, "") == []
    assert set(schema["required"]) == set(value)


# The command.


@pytest.mark.parametrize(
    ("form", "begins"),
    [("md", "# Tell me"), ("srt", "1\n00:00:00,000 -->"), ("vtt", "WEBVTT\n"), ("audacity", "0.0"),
     ("json", '{"schema"')],
)  # fmt: skip
def test_text_goes_to_stdout_and_nothing_else_does(form: str, begins: str, tmp_path: Path) -> None:
    kept(tmp_path)
    done = rehearse("report", "--format", form, home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(begins)
    ending = {"audacity": "txt"}.get(form, form)
    path = tmp_path / f"out.{ending}"
    done = rehearse("report", "--format", form, "-o", str(path), home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert path.read_text("utf-8").startswith(begins)
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_name_of_a_file_tells_its_form(tmp_path: Path) -> None:
    kept(tmp_path)
    rehearse("report", "-o", str(tmp_path / "it.vtt"), home=tmp_path)
    assert (tmp_path / "it.vtt").read_text("utf-8").startswith("WEBVTT")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--format", "srt", "-o", "it.html"], 2, "ends in .srt"),
        (["--format", "audacity", "-o", "nowhere/it.txt"], 2, "Make the folder, or name another"),
        (["--format", "terminal", "-o", "it.txt"], 2, "--format md"),
        (["--format", "md", "--open"], 2, "Use --format html"),
        (["-o", "take.json"], 2, "ends in .json"),
        (["--format", "md", "-o", "remarks.md"], 2, "ends in .md"),
    ],
)
def test_what_cannot_be_exported_is_said_in_a_sentence(
    tmp_path: Path, arguments: list[str], code: int, says: str
) -> None:
    kept(tmp_path)
    done = rehearse("report", *arguments, home=tmp_path)
    assert (done.returncode, done.stdout) == (code, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("form", ["srt", "vtt", "audacity"])
def test_a_take_that_waits_for_its_words_has_no_subtitles(form: str, tmp_path: Path) -> None:
    kept(tmp_path, replace(sample.TAKE, transcript=None, sound=None))
    done = rehearse("report", "--format", form, home=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "rehearse recover" in done.stderr


def test_ffmpeg_reads_the_subtitles(tmp_path: Path) -> None:
    path = tmp_path / "it.srt"
    path.write_text(captions.srt(captions.cues(sample.WORDS)), "utf-8")
    try:
        done = subprocess.run(
            ["ffmpeg", "-v", "error", "-i", str(path), "-f", "webvtt", "-"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    except FileNotFoundError:
        pytest.skip("ffmpeg is not installed")
    assert done.stdout.count("-->") == len(captions.cues(sample.WORDS))
