"""A take on its way to a coach, and what comes back."""

from __future__ import annotations

import io
import json
import os
import re
import stat
import zipfile
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from rehearse.audio.recordings import decode
from rehearse.errors import UnreadableFile
from rehearse.model.take import SAMPLE_RATE, Ending, Question, Take
from rehearse.takes import share_file, take_json
from rehearse.takes.remarks import LARGEST, Remark, Remarks, dump, parse, template
from rehearse.takes.store import TakeStore
from rehearse.views import html, terminal
from tests import sample
from tests.sounds import tone, wav
from tests.test_cli import rehearse
from tests.test_html import Reader, kept
from tests.test_terminal_view import shown

SAID = f"take: {sample.TAKE.id}\n\n- 0:42 Good pace here.\n- 0:05-0:12 Say what you did.\n"


def long_take(home: Path, take: Take = sample.TAKE) -> Path:
    """With a minute of sound."""
    folder = kept(home, take, sound=False)
    (folder / "answer.wav").write_bytes(wav(tone(60.0)))
    return folder


# The lines.


@pytest.mark.parametrize(
    ("line", "remark"),
    [
        ("- 0:42 Good.", Remark(42.0, None, "Good.")),
        ("* 0:42 Good.", Remark(42.0, None, "Good.")),
        ("- 1:05-1:12 You said we - twice.", Remark(65.0, 72.0, "You said we - twice.")),
        ("- 1:05 – 1:12: Calm.", Remark(65.0, 72.0, "Calm.")),
        ("- 0:07.5, Calm.", Remark(7.5, None, "Calm.")),
        ("- 1:02:03 Long.", Remark(3723.0, None, "Long.")),
        ("- 0:01 \x1b[2Jodd\x07\u202e", Remark(1.0, None, "[2Jodd")),
        ("- 0:01 <b>it</b>", Remark(1.0, None, "<b>it</b>")),
    ],
)
def test_a_remark_is_a_dash_a_time_and_text(line: str, remark: Remark) -> None:
    assert parse(line, "it").items == (remark,)


def test_headings_quotes_and_the_question_are_passed_over() -> None:
    text = template("an-id", "Why?\n- 0:01 us", 61.0)
    with pytest.raises(UnreadableFile, match="has no remarks in it"):
        parse(text, "it")
    found = parse(text + "- 0:42 Good\n  and calm.\n", "it")
    assert found == Remarks("an-id", (Remark(42.0, None, "Good and calm."),))
    assert "It lasts 1:01." in text


def test_remarks_are_in_the_order_of_their_times_and_come_back_as_they_were() -> None:
    found = parse(SAID, "it")
    assert [one.start for one in found.items] == [5.0, 42.0]
    assert parse(dump(found), "it") == found
    assert "- 0:05-0:12 Say what you did.\n" in dump(found)


def test_one_line_that_is_no_remark_never_costs_the_others() -> None:
    found = parse("- 0:01 a\n- soon b\n  and more\n- 0:05 c\n  d\n", "r.md", duration=60.0)
    assert [one.text for one in found.items] == ["a", "c d"]
    assert found.bad == ("line 2 (begin it with a dash and a time)",)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Nice!", r"line 1 \(begin it with a dash and a time\)"),
        ("- 0:20-0:10 a", "ends before it begins, 0:20-0:10"),
        ("- 2:00 a", "2:00 is after the end of the answer, 1:00"),
        ("- 0:01", "line 1"),
        ("- 0:01 \x07", "line 1"),
        ("", "has no remarks in it"),
        ("# only\n> this", "has no remarks in it"),
        ("x\n" * 9, "and 4 more"),
        ("take: ../../etc\n- 0:01 a", "line 1: this is not the id of a take"),
        ("\ntake: /etc/passwd\n- 0:01 a", "line 2: this is not the id of a take"),
        ("take: a\\b\n- 0:01 a", "not the id of a take"),
        ("take:\n- 0:01 a", "not the id of a take"),
        ("- 99999999999:00 a", "line 1"),
    ],
)
def test_what_is_no_remark_is_named_with_its_line(text: str, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says) as problem:
        parse(text, "it.md", duration=60.0)
    assert str(problem.value).startswith("it.md")


# The zip.


def shared(home: Path, *arguments: str) -> dict[str, bytes]:
    done = rehearse("share", "-o", str(home / "it.zip"), *arguments, home=home)
    assert (done.returncode, done.stderr) == (0, "")
    with zipfile.ZipFile(home / "it.zip") as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def test_what_was_left_in_the_middle_is_not_sent_instead_of_the_last_answer(tmp_path: Path) -> None:
    long_take(tmp_path)
    left = replace(sample.TAKE, id="2026-03-05T08-00-00_why-us", ending=Ending.LEFT)
    long_take(tmp_path, replace(left, recorded_at="2026-03-05T08:00:00+01:00", transcript=None))
    assert {Path(name).parent.name for name in shared(tmp_path)} == {sample.TAKE.id}
    assert {Path(name).parent.name for name in shared(tmp_path, left.id)} == {left.id}


def test_a_coach_reads_the_words_of_the_own_report(tmp_path: Path) -> None:
    """The wordings take turns, and the number of this turn is nobody's business."""
    said = set()
    for turn in (0, 1):
        home = tmp_path / str(turn)
        long_take(home, replace(sample.TAKE, turn=turn))
        files = shared(home)
        page = files[f"{sample.TAKE.id}/report.html"].decode()
        (text,) = re.findall(r"<dt>Next</dt><dd>([^<]*)", page)
        done = rehearse("report", "--format", "md", home=home)
        assert unescape(text.strip()) in done.stdout
        said.add(text)
        assert not json.loads(files[f"{sample.TAKE.id}/take.json"]).get("turn")
    assert len(said) == 2


def test_a_shared_take_holds_sound_report_words_and_a_file_for_remarks(tmp_path: Path) -> None:
    long_take(tmp_path)
    files = shared(tmp_path)
    folder = sample.TAKE.id
    names = ["answer.webm", "report.html", "take.json", "remarks.md"]
    assert list(files) == [f"{folder}/{name}" for name in names]
    (tmp_path / "a.webm").write_bytes(files[f"{folder}/answer.webm"])
    assert len(decode(tmp_path / "a.webm")) == pytest.approx(60 * SAMPLE_RATE, rel=0.01)
    assert "data:audio/webm" in files[f"{folder}/report.html"].decode()
    take = take_json.load(files[f"{folder}/take.json"].decode(), "it")
    assert take.transcript and take.transcript.text == sample.TAKE.transcript.text  # type: ignore[union-attr]
    text = files[f"{folder}/remarks.md"].decode()
    assert parse(text + "- 0:01 a", "it").take == folder


def test_nothing_personal_but_the_take_goes_along(tmp_path: Path) -> None:
    """No settings, notes, other takes or folders; nor what was said after the answer."""
    transcript = replace(sample.TAKE.transcript, model="/home/ana/models/mine")  # type: ignore[type-var]
    take = replace(
        sample.TAKE,
        settings={"microphone": "Ana's USB", "home": "/home/ana"},
        model="C:\\Users\\ana\\mine",
        transcript=transcript,
        follows="2026-03-03T10-20-30_secret",
        cut=30.0,
    )
    for day in ("2026-03-01", "2026-03-02"):
        kept(tmp_path, replace(sample.TAKE, id=f"{day}T10-20-30_tell-me-about-a-time-you-failed"))
    long_take(tmp_path, take)
    files = shared(tmp_path)
    for name in ("take.json", "report.html", "remarks.md"):
        text = files[f"{take.id}/{name}"].decode()
        for secret in ("Ana", "/home", "C:", "Users", "secret", "2026-03-02", str(tmp_path)):
            assert secret not in text, (name, secret)
    (tmp_path / "a.webm").write_bytes(files[f"{take.id}/answer.webm"])
    assert len(decode(tmp_path / "a.webm")) == pytest.approx(30 * SAMPLE_RATE, rel=0.01)
    value = json.loads(files[f"{take.id}/take.json"])
    assert value["settings"] == {} and value["follows"] is None and value["model"] == "mine"


def test_what_was_meant_to_be_said_and_what_was_noted_stay_at_home(tmp_path: Path) -> None:
    question = replace(sample.QUESTION, notes=("the salary I ask for",))
    take = replace(sample.TAKE, question=question, note="no salary yet", title="Second try")
    kept(tmp_path, take, sound=False)
    files = shared(tmp_path)
    assert not [name for name, content in files.items() if b"salary" in content]
    assert b"Second try" in files[f"{take.id}/take.json"]


def test_a_voice_can_be_left_out(tmp_path: Path) -> None:
    long_take(tmp_path)
    files = shared(tmp_path, "--no-sound")
    assert not [name for name in files if name.endswith(".webm")]
    assert not any(b"data:audio" in data for data in files.values())


def test_a_take_without_sound_or_words_can_be_shared(tmp_path: Path) -> None:
    kept(tmp_path, replace(sample.TAKE, transcript=None, question=None), sound=False)
    assert len(shared(tmp_path)) == 3


def test_the_same_take_makes_the_same_zip_and_a_private_one(tmp_path: Path) -> None:
    long_take(tmp_path)
    shared(tmp_path)
    first = (tmp_path / "it.zip").read_bytes()
    shared(tmp_path)
    assert (tmp_path / "it.zip").read_bytes() == first
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "it.zip").stat().st_mode) == 0o600


def test_it_is_told_what_is_in_it(tmp_path: Path) -> None:
    kept(tmp_path)
    done = rehearse("share", "-o", str(tmp_path / "it.zip"), home=tmp_path)
    for told in ("answer.webm", "your voice", "remarks.md", "Nothing was sent"):
        assert told in done.stdout


@pytest.mark.parametrize(
    ("output", "says"), [("it.html", "ends in .zip"), ("nowhere/it.zip", "Make the folder")]
)
def test_a_zip_has_the_name_of_one(tmp_path: Path, output: str, says: str) -> None:
    kept(tmp_path)
    done = rehearse("share", "-o", output, home=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr


# What comes back.


def given(home: Path, text: str | bytes, *arguments: str, name: str = "back.md") -> tuple[int, str]:
    path = home / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    done = rehearse("remarks", str(path), *arguments, home=home)
    assert "Traceback" not in done.stderr
    return done.returncode, " ".join((done.stdout + done.stderr).split())


def zipped(**files: str | bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return content.getvalue()


def test_remarks_are_kept_with_the_take_and_shown_with_its_report(tmp_path: Path) -> None:
    folder = long_take(tmp_path)
    code, said = given(tmp_path, SAID)
    assert code == 0 and f"2 remarks saved with {folder.name}." in said
    text = (folder / "remarks.md").read_text("utf-8")
    assert text.endswith("- 0:05-0:12 Say what you did.\n- 0:42 Good pace here.\n")
    if os.name == "posix":
        assert stat.S_IMODE((folder / "remarks.md").stat().st_mode) == 0o600
    report = rehearse("report", home=tmp_path).stdout
    assert "Your coach says\n  0:05-0:12  Say what you did." in report
    rehearse("report", "--format", "html", home=tmp_path)
    page = Reader((folder / "report.html").read_text("utf-8"))
    assert "Your coach says 0:05-0:12 Say what you did." in page.text
    assert "0:42: hear what this is about" in page.attributes("aria-label")
    code, said = given(tmp_path, "- 0:01 Only this.", folder.name)
    assert "1 remark saved" in said and "in place of 2 from before" in said


def test_a_zip_that_comes_back_is_read_without_unpacking(tmp_path: Path) -> None:
    folder = long_take(tmp_path)
    shared(tmp_path)
    template_of = shared(tmp_path)[f"{folder.name}/remarks.md"].decode()
    code, _ = given(tmp_path, zipped(**{f"{folder.name}/remarks.md": template_of + "- 0:01 a\n"}))
    assert code == 0
    assert [one.text for one in TakeStore(folder.parent).remarks(sample.TAKE)] == ["a"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (zipped(**{"../remarks.md": SAID}), "unsafe file names"),
        (zipped(**{"/remarks.md": SAID}), "unsafe file names"),
        (zipped(**{"a/../../remarks.md": SAID}), "unsafe file names"),
        (zipped(**{"..\\remarks.md": SAID}), "unsafe file names"),
        (zipped(**{"remarks.md": SAID, "../x": "y"}), "unsafe file names"),
        (zipped(**{"a/remarks.md": SAID, "b/remarks.md": SAID}), "contains 2 files called"),
        (zipped(**{"notes.md": SAID}), "contains 0 files called"),
        (zipped(**{f"{n}.md": "" for n in range(200)}), "contains 200 files"),
        (zipped(**{"remarks.md": b"\0" * 50_000_000}), "far too large"),
        (
            zipped(**{"remarks.md": SAID})[:-30] + b"PK\5\6" + bytes(18),
            "cannot be read|contains|zip",
        ),
        (b"x" * (LARGEST + 1), "far too large"),
        (b"\xff\xfe\x00", "not text in UTF-8"),
        ("take: ../../../tmp\n- 0:01 a", "not the id of a take"),
        ("take: 2026-01-01T00-00-00_none\n- 0:01 a", "No take called"),
        ("take: 2026\n- 0:01 a", "No take called '2026' here"),
        ("- 0:01 a", "does not say which take"),
        ("take: " + sample.TAKE.id + "\n- 9:00 a", "9:00 is after the end of the answer, 1:00"),
        ("Dear Ana,\n", "line 1"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_in_a_sentence(
    tmp_path: Path, content: str | bytes, says: str
) -> None:
    folder = long_take(tmp_path)
    before = sorted(path for path in tmp_path.rglob("*"))
    code, said = given(tmp_path, content)
    assert code == 1
    assert any(each in said for each in says.split("|")), said
    assert not (folder / "remarks.md").exists()
    assert sorted(tmp_path.rglob("*")) == sorted([*before, tmp_path / "back.md"])


def test_remarks_of_another_take_are_not_kept(tmp_path: Path) -> None:
    long_take(tmp_path)
    long_take(tmp_path, replace(sample.TAKE, id="2026-03-05T10-20-30_why"))
    code, said = given(tmp_path, SAID, "2026-03-05")
    assert code == 1 and "not about '2026-03-05T10-20-30_why'" in said


def test_a_take_that_is_a_link_in_a_file_is_not_followed_by_its_path(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "take.json").write_text(take_json.dump(sample.TAKE, None), "utf-8")
    long_take(tmp_path)
    code, _ = given(tmp_path, f"take: {outside}\n- 0:01 a")
    assert code == 1 and list(outside.iterdir()) == [outside / "take.json"]


def test_kept_remarks_that_were_damaged_are_told(tmp_path: Path) -> None:
    folder = long_take(tmp_path)
    (folder / "remarks.md").write_text("nonsense")
    done = rehearse("report", home=tmp_path)
    assert done.returncode == 1
    assert "remarks.md" in done.stderr and "line 1" in done.stderr
    assert given(tmp_path, SAID)[0] == 0, "and new ones take their place"


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="does not exist"):
        share_file.text_of(tmp_path / "no.md", inside="remarks.md", largest=10)
    with pytest.raises(UnreadableFile, match="is a folder"):
        share_file.text_of(tmp_path, inside="remarks.md", largest=10)


def test_remarks_are_escaped_wherever_they_are_shown() -> None:
    remark = Remark(1.0, None, "<script>x</script> [bold]b[/bold] \x1b[2J")
    page = html.page(
        sample.TAKE, sample.ANALYSIS, sound=None, peaks=(), previous=None, remarks=[remark]
    )
    assert "&lt;script&gt;x" in page and "\x1b" not in page
    text = shown(terminal.report(sample.ANALYSIS, plain=True, remarks=[remark]))
    assert "[bold]b[/bold]" in text and "\x1b" not in text


def test_the_template_names_the_question_on_one_line() -> None:
    take, question = "id", Question("Why?\n\n- 0:01 us")
    assert "question: Why? - 0:01 us\n" in template(take, question.text, None)
