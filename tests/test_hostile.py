"""Files that somebody made who means ill, or that a disk tore: each is read, or refused with a
sentence; nothing else is raised, and nothing is written outside of the home."""

from __future__ import annotations

import argparse
import io
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import fields
from math import isfinite
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rehearse import config
from rehearse.analysis.coaching import Coaching
from rehearse.audio import recordings
from rehearse.errors import NewerFile, RehearseError, SettingUnfit, UnreadableFile, WrongUsage
from rehearse.questions.interviews import share_out
from rehearse.questions.notes.sorting import sorted_notes
from rehearse.questions.notes.writing import pack_text
from rehearse.questions.pack import parse_pack
from rehearse.questions.packs import read_pack
from rehearse.schedule import planfile
from rehearse.schedule.rating import Grade
from rehearse.session import resume
from rehearse.session.analyze_take import analyze_take
from rehearse.takes import index, remarks, share_file, take_json
from rehearse.takes.mend import mend
from rehearse.takes.shelf import LOCK_FILE
from rehearse.takes.store import TakeStore
from rehearse.takes.summary import State, Summary, summarize
from rehearse.text import seconds, slug
from rehearse.transcripts.transcripts import read_transcript
from tests.sample import ANALYSIS, TAKE
from tests.test_unfinished import LOOP
from tools.fuzz.desk import BEFORE, SOUND, command, furnished
from tools.fuzz.guard import Guard

HOSTILE = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([10**400, -1, 0, 2**63, float("nan"), float("inf"), 1e308, -0.0, 1e6]),
    st.text(max_size=8),
    st.sampled_from(["", "\ud800", "\x1b[2J", "\u202e", "a b", "\0", "nan", "../x", "x" * 3000]),
    st.lists(st.none() | st.text(max_size=3) | st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value within."""
    for key, one in (
        value.items() if isinstance(value, dict) else enumerate(value)
        if isinstance(value, list) else ()
    ):  # fmt: skip
        yield (*path, key)
        yield from places(one, (*path, key))


def changed(text: str) -> st.SearchStrategy[str]:
    """The JSON of `text` with another value in one or two places."""
    ways = list(places(json.loads(text)))

    def made(swaps: list[tuple[tuple[Any, ...], Any]]) -> str:
        value = json.loads(text)
        for way, odd in swaps:
            holder = value
            for key in way[:-1]:
                holder = holder[key] if isinstance(holder, dict | list) else None
            if isinstance(holder, dict) or (isinstance(holder, list) and way[-1] < len(holder)):
                holder[way[-1]] = odd
        return json.dumps(value)

    pairs = st.tuples(st.sampled_from(ways), ODD)
    one, two = (st.lists(pairs, min_size=n, max_size=n) for n in (1, 2))
    return st.one_of(one, one, two).filter(_stays_a_tree).map(made)


def _stays_a_tree(swaps: list[tuple[tuple[Any, ...], Any]]) -> bool:
    """No swap lies within another."""
    ways = [way for way, _ in swaps]
    return len(ways) == 1 or not any(
        a[: len(b)] == b for a, b in ((ways[0], ways[1]), (ways[1], ways[0]))
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With two takes of one question."""
    place = tmp_path_factory.mktemp("hostile") / "home"
    furnished(place)
    return place


# Takes and what else a home keeps


@HOSTILE
@given(text=changed(take_json.dump(TAKE, ANALYSIS)))
def test_a_take_with_any_value_anywhere_is_read_or_refused(text: str) -> None:
    try:
        take, analysis = take_json.load_with_analysis(text, "take.json")
    except UnreadableFile:
        return
    summarize(take, analysis, duration=1.0, size=1)
    analyze_take(take, Coaching())
    assert take_json.load(take_json.encoded(take_json.dump(take, None)).decode(), "") == take


REPORTS = (
    ["report", TAKE.id],
    ["report", TAKE.id, "--format", "json"],
    ["report", TAKE.id, "--format", "md"],
    ["report", TAKE.id, "--format", "vtt"],
    ["takes"],
    ["takes", "--json"],
    ["progress"],
    ["plan", "--why"],
    ["compare", BEFORE.id, TAKE.id],
)


@settings(HOSTILE, max_examples=12)
@given(text=changed(take_json.dump(TAKE, ANALYSIS)), shown=st.sampled_from(REPORTS))
def test_every_command_shows_a_hostile_take_or_says_why_not(
    home: Path, text: str, shown: list[str]
) -> None:
    folder = furnished(home)
    (folder / take_json.TAKE_FILE).write_text(text)
    command(*shown, home=home)


def test_words_with_blanks_in_them_are_several(tmp_path: Path) -> None:
    text = take_json.dump(TAKE, None).replace('"text": "So, yeah."', "")
    value = json.loads(text)
    value["transcript"]["words"][-1]["text"] = "So on\u2028and  so forth, you know"
    take = take_json.load(json.dumps(value), "take.json")
    assert take.transcript is not None
    words = take.transcript.words[-7:]
    assert [word.text for word in words] == ["So", "on", "and", "so", "forth,", "you", "know"]
    assert len({(word.start, word.end) for word in words}) == 1
    assert analyze_take(take, Coaching()).edges is not None


SESSION = resume.dump(LOOP)
PLAN = planfile.dump(planfile.Wishes(grades={TAKE.id: Grade.GOOD}))


@HOSTILE
@given(session=changed(SESSION), plan=changed(PLAN))
def test_what_else_is_kept_is_read_or_refused(session: str, plan: str) -> None:
    for read in (lambda: resume.load(session, "x"), lambda: planfile.load(plan, "x")):
        try:
            read()
        except UnreadableFile as error:
            assert "damaged" in error.what or isinstance(error, NewerFile)


@pytest.mark.parametrize("number", ["1e999", "-1e999", "NaN", '"x"', "[]", "1" * 5000])
def test_no_number_is_too_large_for_what_is_kept(number: str) -> None:
    with pytest.raises(UnreadableFile):
        resume.load(SESSION.replace('"place": 1', f'"place": {number}'), "session.json")


def test_nesting_without_end_is_damage() -> None:
    deep = '{"schema": 1, "id": ' + "[" * 100_000
    readers: tuple[Callable[[str, str], object], ...] = (
        take_json.load,
        resume.load,
        planfile.load,
    )
    for read in readers:
        with pytest.raises(UnreadableFile):
            read(deep, "x")


def forged(home: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """An index with other values behind a right checksum."""
    path = home / "recordings" / index.INDEX_FILE
    index.summaries(path.parent)
    head, body = path.read_bytes().split(b"\n")
    values = json.loads(body)
    change(values)
    made = json.dumps(values).encode()
    whole = json.loads(head) | {"crc32": crc32(made)}
    path.write_bytes(json.dumps(whole).encode() + b"\n" + made)


@HOSTILE
@given(name=st.sampled_from([field.name for field in fields(Summary)]), odd=ODD)
def test_a_forged_index_is_not_believed(home: Path, name: str, odd: Any) -> None:
    furnished(home)
    forged(home, lambda values: values[TAKE.id]["summary"].__setitem__(name, odd))
    found = index.summaries(home / "recordings")
    assert [take.id for take in found if isinstance(take.id, str)] != []
    for take in found:
        assert take.duration >= 0 or take.duration < 0  # a number, and none that is none
        assert isinstance(take.state, State)
    assert command("takes", home=home) == command("plan", home=home) == 0


@pytest.mark.parametrize(
    "body", ["[]", "3", '{"x": {}}', '{"x": [1]}', '{"x": "abcde"}', "[" * 9999]
)
def test_an_index_of_another_shape_is_made_anew(tmp_path: Path, body: str) -> None:
    furnished(tmp_path)
    head = json.dumps(index._head(body.encode()))
    (tmp_path / "recordings" / index.INDEX_FILE).write_text(f"{head}\n{body}")
    assert len(index.summaries(tmp_path / "recordings")) == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_the_place_of_a_file_makes_nobody_wait(tmp_path: Path) -> None:
    folder = furnished(tmp_path)
    for path in (folder / "take.json", folder.parent / index.INDEX_FILE, tmp_path / "config.toml"):
        path.unlink(missing_ok=True)
        os.mkfifo(path)
    assert command("plan", home=tmp_path) == 0
    assert command("takes", home=tmp_path) == 0
    assert command("report", TAKE.id, home=tmp_path) == 1


def test_a_file_that_is_far_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = furnished(tmp_path)
    monkeypatch.setattr(take_json, "LARGEST_FILE", 100)
    with pytest.raises(UnreadableFile, match="cannot be read"):
        TakeStore(folder.parent).load(folder)
    monkeypatch.setattr(take_json, "LARGEST_SOUND", 100)
    with pytest.raises(UnreadableFile, match="too large"):
        TakeStore(folder.parent).samples(TAKE)


def test_links_in_a_take_lead_nowhere(tmp_path: Path) -> None:
    """An archive of takes can hold them; what they point to is neither emptied nor written to."""
    precious = tmp_path / "precious.txt"
    precious.write_text("x" * 100)
    folder = furnished(tmp_path / "home")
    (folder / take_json.SOUND_FILE).unlink()
    for name in (take_json.SOUND_FILE, LOCK_FILE):
        (folder / name).symlink_to(precious)
    (folder / take_json.TAKE_FILE).write_text("damaged")
    store = TakeStore(folder.parent)
    assert not store.is_being_recorded(folder)
    mend(store, folder)
    assert precious.read_text() == "x" * 100


# Files that are given


DIALECTS = json.dumps(
    {
        "text": "So um I",
        "language": "en",
        "segments": [
            {"start": 0.0, "end": 5.0, "text": " So um I", "words": [{"word": " So", "start": 0}]}
        ],
        "transcription": [{"offsets": {"from": 0, "to": 9}, "text": " So", "tokens": [{"p": 1}]}],
    }
)
SUBTITLES = st.lists(
    st.sampled_from(
        [
            "00:00:01,000 --> 00:00:02,000",
            "WEBVTT",
            "-->",
            "9",
            "um",
            "",
            "<v A>",
            "<0:01.0>",
            "{\\a",
        ]
    )
    | st.text(max_size=9),
    max_size=12,
).map("\n".join)


@HOSTILE
@given(
    text=SUBTITLES | changed(DIALECTS) | st.text(),
    kind=st.sampled_from([".srt", ".vtt", ".json", ".txt"]),
)
def test_any_transcript_is_read_or_refused(home: Path, text: str, kind: str) -> None:
    path = home / f"transcript{kind}"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        words = read_transcript(path).words
    except UnreadableFile:
        return
    assert all(word.text == "".join(word.text.split()) for word in words)
    starts = [word.start for word in words if word.start is not None]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    "text", [" " * 1_000_000 + "x", "\n" * 1_000_000 + "x", "Ana" + " " * 1_000_000 + "x"]
)
def test_a_million_blanks_in_a_text_cost_no_hours(tmp_path: Path, text: str) -> None:
    (tmp_path / "blank.txt").write_text(text)
    assert read_transcript(tmp_path / "blank.txt").words[-1].text == "x"


def test_a_line_of_a_million_blanks_is_no_line_of_times(tmp_path: Path) -> None:
    (tmp_path / "blank.srt").write_text(" " * 1_000_000 + "x")
    with pytest.raises(UnreadableFile, match="no subtitles"):
        read_transcript(tmp_path / "blank.srt")


MARKDOWN = st.lists(
    st.sampled_from(
        ["# Story: x", "## Plan: y", "- Dana", "  - questions: 99", "- kind: technical", "> q",
         "- [", "|a|b|", "|-|-|", "Situation: so", "- When?", "target: 99999:00", "<!--", "\t- a",
         "follow-up: Why?", "- **Task**: x", "<b", "![", "&#0;", "1. A?", "* * *", "```"]
    )
    | st.text(max_size=9),
    max_size=14,
).map("\n".join)  # fmt: skip


@HOSTILE
@given(text=MARKDOWN)
def test_any_markdown_is_a_pack_and_any_notes_make_one(text: str) -> None:
    pack = parse_pack(text, "pack.md")
    for plan in pack.plans:
        try:
            share_out(plan, pack.questions)
        except RehearseError:
            continue
    notes = sorted_notes(text)
    if not notes.is_empty:
        parse_pack(pack_text(notes, "Notes"), "notes.md")


@HOSTILE
@given(
    text=st.lists(
        st.sampled_from(["- 0:01 a", "take: ../x", " more", "- 99:99:99 b", "#"])
        | st.text(max_size=9)
    ).map("\n".join)
)
def test_any_remarks_are_read_or_refused(text: str) -> None:
    try:
        found = remarks.parse(text, "remarks.md")
    except UnreadableFile:
        return
    assert remarks.parse(remarks.dump(found), "again").items


def zipped(path: Path, name: str, content: bytes, **entry: int) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        info = zipfile.ZipInfo("x")
        info.filename = name
        for field, value in entry.items():
            setattr(info, field, value)
        made.writestr(info, content)
    return path


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("../remarks.md", {}),
        ("/remarks.md", {}),
        ("C:/remarks.md", {}),
        ("a/../remarks.md", {}),
        ("..\\remarks.md", {}),
        ("remarks.md", {"compress_type": zipfile.ZIP_LZMA}),
        ("remarks.md", {"compress_type": zipfile.ZIP_BZIP2}),
    ],
)
def test_a_zip_with_tricks_is_refused(tmp_path: Path, name: str, entry: dict[str, int]) -> None:
    path = zipped(tmp_path / "coach.zip", name, b"- 0:01 Good.", **entry)
    with pytest.raises(UnreadableFile):
        share_file.text_of(path, inside="remarks.md", largest=1000)


def test_a_link_in_a_zip_is_only_its_text(tmp_path: Path) -> None:
    """Nothing is unpacked, so it leads nowhere."""
    path = zipped(
        tmp_path / "coach.zip", "remarks.md", b"/etc/passwd", external_attr=0o120777 << 16
    )
    assert share_file.text_of(path, inside="remarks.md", largest=1000) == "/etc/passwd"


def test_a_zip_that_unpacks_to_more_than_it_should_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "coach.zip", "remarks.md", b"\0" * 10**7, compress_type=8)
    assert path.stat().st_size < 20_000
    with pytest.raises(UnreadableFile, match="far too large"):
        share_file.text_of(path, inside="remarks.md", largest=1000)


def test_a_zip_of_nothing_but_names_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "coach.zip", "w") as made:
        for number in range(2000):
            made.writestr(f"{number}.md", "")
    with pytest.raises(UnreadableFile, match="damaged or locked"):
        share_file.text_of(tmp_path / "coach.zip", inside="remarks.md", largest=1000)


@HOSTILE
@given(
    swaps=st.lists(
        st.tuples(st.integers(4, 60), st.sampled_from([0, 1, 2, 0x7F, 0x80, 0xFF])),
        min_size=1,
        max_size=4,
    ),
    length=st.integers(12, 500),
)
def test_any_header_of_a_recording_is_read_or_refused(
    home: Path, swaps: list[tuple[int, int]], length: int
) -> None:
    sound = bytearray(take_json.wav_header(len(SOUND)) + SOUND)
    for at, byte in swaps:
        sound[at] = byte
    path = home / "header.wav"
    path.write_bytes(sound[:length] if length % 2 else sound)
    try:
        samples = recordings.decode(path)
    except UnreadableFile:
        return
    assert (abs(samples) <= 1.0).all()


def test_a_rate_of_one_sample_a_second_fills_no_memory(tmp_path: Path) -> None:
    sound = bytearray(take_json.wav_header(len(SOUND)) + SOUND)
    sound[24:28] = (1).to_bytes(4, "little")
    (tmp_path / "slow.wav").write_bytes(sound)
    with pytest.raises(UnreadableFile, match="not a recording that I can read"):
        recordings.decode(tmp_path / "slow.wav")


def test_a_recording_that_never_ends_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recordings, "LONGEST", 0.1)
    (tmp_path / "long.wav").write_bytes(take_json.wav_header(len(SOUND)) + SOUND)
    for read in (recordings.decode, recordings.duration):
        with pytest.raises(UnreadableFile, match="is longer than"):
            read(tmp_path / "long.wav")


# Settings and what is typed


SETTINGS = ("model", "language", "microphone", "speaker", "voice", "rate", "target")
BANDS = ("situation", "slowest", "own_fillers", "advice", "result", "band", "__class__")
VALUES = (
    "nan", "inf", "-inf", "1e999", "9" * 400, "true", '""', "[]", "{}", "[nan, 0, 1]", "[0.1]",
    "1979-05-27", '"\\u001b[2J"', '["("]', "[[]]", "0", "-1", '"99999999:00"', f'"{"9" * 5000}"',
)  # fmt: skip


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("name", [*SETTINGS, *(f"coaching.{name}" for name in BANDS)])
def test_a_setting_of_any_type_is_taken_or_refused(tmp_path: Path, name: str, value: str) -> None:
    (tmp_path / "config.toml").write_text(f"{name} = {value}\n")
    asked = argparse.Namespace()
    try:
        found = config.settings(asked, environment={"REHEARSE_HOME": str(tmp_path)})
    except SettingUnfit:
        return
    assert isfinite(found.coaching.slowest) and isfinite(found.coaching.situation.low)
    assert found.target is None or 0 < found.target < 1e7


@pytest.mark.parametrize("text", ["9" * 5000, "99999999:00", "1" * 7, "9999:00:00"])
def test_no_time_is_too_long_to_be_refused(text: str) -> None:
    with pytest.raises(WrongUsage, match="the length of time"):
        seconds(text)


NAMES = (
    "x" * 300,
    "~nobody-is-called-so/x.html",
    "a\nb",
    "..",
    "\udcff",
    "\x1b[2J",
    "[/bold]",
    "%s",
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "begun",
    [
        ["report"],
        ["report", "--format", "html", "-o"],
        ["replay"],
        ["share", "-o"],
        ["compare"],
        ["analyze"],
        ["remarks"],
        ["takes", "delete", "--yes"],
        ["takes", "star"],
        ["takes", "--since"],
        ["questions", "check"],
        ["questions", "import"],
        ["questions", "show"],
        ["plan", "--rate", "good"],
        ["progress", "--format", "csv", "-o"],
        ["models", "remove"],
        ["takes", "--config"],
        ["recover", "--model"],
        ["no such command"],
    ],
    ids=" ".join,
)
def test_no_name_that_is_typed_is_too_odd_for_a_sentence(
    home: Path, monkeypatch: pytest.MonkeyPatch, begun: list[str], name: str
) -> None:
    """`command` fails for whatever is no exit code with a sentence that steers nothing."""
    monkeypatch.chdir(home)
    monkeypatch.setenv("REHEARSE_MODELS", str(home / "models"))
    furnished(home)
    command(*begun, name, home=home)


@HOSTILE
@given(
    text=st.text()
    | st.sampled_from(["../../x", "/etc", "CON", "a\0b", "\n", ".", "-rf", "é" * 999])
)
def test_a_slug_is_always_a_safe_name(text: str) -> None:
    name = slug(text)
    assert 0 < len(name) <= 40
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert name[0] != "-"


# Nothing is written outside


def test_nothing_is_written_outside_of_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every file that Python opens to write, moves or makes is heard."""
    home = tmp_path.resolve() / "home"
    folder = furnished(home)
    monkeypatch.chdir(home)
    (home / "notes.md").write_text("# ../../Out\n\n- Tell me about ../../a time?\n")
    (home / "coach.md").write_text(f"take: {TAKE.id}\n\n- 0:01 Good.\n")
    evil = zipped(home / "evil.zip", "../../remarks.md", b"- 0:01 Good.")
    hostile = json.loads(take_json.dump(TAKE, ANALYSIS)) | {"id": "../../out", "follows": "../../x"}
    (folder / take_json.TAKE_FILE).write_text(json.dumps(hostile | {"session": "../../s"}))

    def everything(_: bytes) -> None:
        for arguments in (
            ["takes"], ["plan"], ["report", TAKE.id, "--format", "html"], ["share", TAKE.id],
            ["takes", "rename", TAKE.id, "../../x"], ["questions", "import", "notes.md"],
            ["remarks", "coach.md"], ["remarks", str(evil), TAKE.id], ["recover", "--model", "x/y"],
        ):  # fmt: skip
            command(*arguments, home=home)

    guard = Guard(home, tmp_path / "findings")
    guard.watch()
    guard.run(everything, b"")
    assert guard.causes == {}
    assert (folder / "report.html").exists() and (folder / "remarks.md").exists()
    assert {path.name for path in tmp_path.iterdir()} == {"home"}


def test_a_folder_named_for_a_file_is_left_alone(tmp_path: Path) -> None:
    """No half-written file stands beside it meanwhile."""
    furnished(tmp_path / "home")
    guard = Guard(tmp_path / "home", tmp_path / "findings")
    guard.watch()
    output = ("--format", "csv", "-o", str(tmp_path / "home"))
    codes: list[int] = []
    guard.run(lambda _: codes.append(command("progress", *output, home=tmp_path / "home")), b"")
    assert (codes, guard.causes) == ([2], {})


def test_the_guard_hears_what_is_written_elsewhere(tmp_path: Path) -> None:
    guard = Guard(tmp_path / "home", tmp_path / "findings")
    guard.watch()

    def leak(_: bytes) -> None:
        (tmp_path / "out").write_text("x")

    guard.run(leak, b"")
    assert "outside" in guard.causes
    assert not (tmp_path / "out").exists()


def test_a_pack_that_is_a_stream_of_noise_tells_its_place(tmp_path: Path) -> None:
    noise = io.BytesIO(bytes(range(256)) * 10)
    (tmp_path / "noise.md").write_bytes(noise.getvalue())
    assert [problem.message for problem in read_pack(tmp_path / "noise.md").problems]
