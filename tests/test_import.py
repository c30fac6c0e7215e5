"""rehearse questions import, through the command line and real files."""

from __future__ import annotations

import json
import os
import re
import stat
from collections import Counter
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import Any

import pytest

from rehearse.cli import main
from rehearse.model.take import Kind
from rehearse.questions.notes.asjson import notes as as_json
from rehearse.questions.notes.merging import split_marks
from rehearse.questions.notes.sorting import sorted_notes
from rehearse.questions.packs import read_pack, read_packs
from tests.test_plan import read as schedule
from tests.test_plan import tell

NOTES = """\
## Introduction
I mend boats.

## Ownership
Owners mend what they find broken.

- Tell me about a boat that nobody wanted.
- When did you stay late?

### The leaking ferry
- **Situation**: The ferry leaked at night.
- **Task**: I had the only pump.
- **Action**: I pumped until four.
- **Result**: She sailed at six.

## Questions to ask
- Who owns the pumps?

## Closing
Thank you, I would love to mend your boats.

A loose end.
"""
FIELDS = {
    "questions": {"text", "kind", "principles", "follow_ups", "target"},
    "principles": {"name", "description", "guidance"},
    "stories": {
        "title",
        "principles",
        "question",
        "situation",
        "task",
        "action",
        "result",
        "notes",
    },
    "interviewers": {"name", "principles", "themes"},
    "unplaced": {"line", "text"},
}


class Desk:
    """A home with a file of notes, and the command run in it."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.home = folder / "home"
        self.notes = folder / "boats.md"
        self.capture = capture
        self.write(NOTES)

    @property
    def pack(self) -> Path:
        return self.home / "prompts" / "personal" / "boats.md"

    def write(self, text: str) -> None:
        self.notes.write_text(text, encoding="utf-8")

    def edit(self, old: str, new: str) -> None:
        text = self.pack.read_text(encoding="utf-8")
        assert old in text
        self.pack.write_text(text.replace(old, new), encoding="utf-8")

    def run(self, *arguments: str, code: int = 0) -> tuple[str, str]:
        home = ["--home", str(self.home), "--plain"]
        assert main(["questions", "import", *arguments, *home]) == code
        captured = self.capture.readouterr()
        return captured.out, captured.err

    def again(self, text: str | None = None) -> str:
        """Imports once more; gives the last line, which tells what changed."""
        if text is not None:
            self.write(text)
        out, _ = self.run(str(self.notes))
        return out.splitlines()[-1]

    def body(self) -> str:
        return split_marks(self.pack.read_text(encoding="utf-8"))[0]


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def test_notes_are_shown_and_become_a_pack_like_any_other(desk: Desk) -> None:
    out, _ = desk.run(str(desk.notes))
    assert "The leaking ferry" in out and "STAR" in out and "line 21: A loose end." not in out
    pack = read_pack(desk.pack)
    assert pack.problems == ()
    assert [question.text for question in pack.questions] == [
        "Tell me about a boat that nobody wanted.",
        "When did you stay late?",
        "Who owns the pumps?",
    ]
    (story,) = pack.stories
    assert (story.title, story.principles) == ("The leaking ferry", ("Ownership",))
    assert story.action == "I pumped until four."
    assert pack.principles[0].description == "Owners mend what they find broken."
    assert pack.introduction == "I mend boats."
    assert pack.closing and pack.closing.startswith("Thank you")
    assert "boats" in [one.name for one in read_packs(desk.home / "prompts")]


def test_a_pack_holds_what_the_notes_hold(desk: Desk) -> None:
    """Reading the pack as notes once more finds the same."""
    for path in sorted((Path(__file__).parent / "data" / "notes").glob("*.md")):
        desk.run(str(path))
        written = desk.pack.with_name(path.name)
        pack, found = read_pack(written), sorted_notes(path.read_bytes().decode("utf-8"))
        assert pack.problems == (), path.name
        assert {one.title for one in pack.stories} == {one.title for one in found.stories}
        for told, sorted_one in zip(pack.stories, found.stories, strict=True):
            assert told == sorted_one
        texts = [one.text for one in found.questions]
        assert sorted(one.text for one in pack.questions) == sorted([*texts, *found.to_ask])
        assert pack.introduction == found.introduction
        assert pack.plans == found.plans


def test_json_is_what_the_contract_says_and_alone_on_stdout(desk: Desk) -> None:
    out, err = desk.run(str(desk.notes), "--json")
    (line,) = out.splitlines()
    value: dict[str, Any] = json.loads(line)
    assert (value["schema"], value["source"]) == (1, str(desk.notes))
    for name, fields in FIELDS.items():
        assert all(fields <= set(one) for one in value[name]), name
    assert value["questions_to_ask"] == ["Who owns the pumps?"]
    assert value["introduction"] == "I mend boats."
    assert value["questions"][0]["kind"] == "behavioural"
    assert value["stories"][0]["question"] is None
    assert str(desk.pack) in err


def test_json_has_one_line_for_each_file(desk: Desk) -> None:
    other = desk.notes.with_name("other.md")
    other.write_text("- Why?\n", encoding="utf-8")
    out, _ = desk.run(str(desk.notes), str(other), "--json", "--dry-run")
    assert [json.loads(line)["source"] for line in out.splitlines()] == [
        str(desk.notes),
        str(other),
    ]


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    out, _ = desk.run(str(desk.notes), "--dry-run")
    assert "The leaking ferry" in out
    assert not desk.home.exists()


def test_what_finds_no_place_is_told_with_its_line(desk: Desk) -> None:
    desk.write("A lonely thought.\n\n- Why?\n")
    out, _ = desk.run(str(desk.notes))
    assert "line 1: A lonely thought." in out


def test_a_month_is_planned_from_imported_notes(desk: Desk) -> None:
    """Two questions every third day: each comes up, and the plan is shown at the end."""
    desk.run(str(Path(__file__).parent / "data" / "notes" / "garden.md"))
    asked = read_pack(desk.pack.with_name("garden.md")).questions
    start = datetime(2026, 11, 1, 18, tzinfo=timezone.utc)
    counts = Counter[str]()
    for day in range(0, 30, 3):
        now = start + timedelta(days=day)
        for question in schedule(desk.home, now).pick(asked, count=2, rng=Random(day)):
            counts[question.text] += 1
            tell(desk.home, question, days_ago=0, now=now)
    assert set(counts) == {one.text for one in asked}
    assert main(["plan", "--home", str(desk.home), "--plain"]) == 0
    assert desk.capture.readouterr().err == ""


def test_a_pack_is_private(desk: Desk) -> None:
    desk.run(str(desk.notes))
    if os.name == "posix":
        assert stat.S_IMODE(desk.pack.stat().st_mode) == 0o600
        assert stat.S_IMODE(desk.pack.parent.stat().st_mode) == 0o700
    ignored = (Path(__file__).parents[1] / ".gitignore").read_text(encoding="utf-8")
    assert "/prompts/personal/" in ignored.splitlines()


def test_importing_again_changes_nothing(desk: Desk) -> None:
    desk.run(str(desk.notes))
    before = desk.pack.read_bytes()
    assert "nothing new" in desk.again()
    assert desk.pack.read_bytes() == before


def test_importing_again_brings_what_is_new_to_its_place(desk: Desk) -> None:
    desk.run(str(desk.notes))
    said = desk.again(NOTES.replace("- When did", "- Why boats at all?\n- When did"))
    assert "1 new" in said
    section = desk.body().partition("### Ownership")[2].partition("## ")[0]
    assert "- Why boats at all?" in section
    assert read_pack(desk.pack).problems == ()


def test_importing_again_brings_new_sections(desk: Desk) -> None:
    desk.run(str(desk.notes))
    desk.again(NOTES + "\n## Dive Deep\n- Tell me about a leak you could not see.\n")
    pack = read_pack(desk.pack)
    assert pack.problems == ()
    (question,) = [one for one in pack.questions if "leak you" in one.text]
    assert question.principles == ("Dive Deep",)


def test_what_changed_in_the_notes_changes_in_the_pack(desk: Desk) -> None:
    desk.run(str(desk.notes))
    said = desk.again(NOTES.replace("I pumped until four.", "I pumped until five."))
    assert "1 updated" in said
    assert "until five" in desk.body() and "until four" not in desk.body()
    assert len(read_pack(desk.pack).stories) == 1


def test_what_left_the_notes_leaves_the_pack(desk: Desk) -> None:
    desk.run(str(desk.notes))
    assert "1 removed" in desk.again(NOTES.replace("- When did you stay late?\n", ""))
    assert "stay late" not in desk.body()


def test_edits_are_kept(desk: Desk) -> None:
    desk.run(str(desk.notes))
    desk.edit("- When did you stay late?", "- When did you stay late?\n  - target: 0:45")
    desk.edit("I pumped until four.", "I pumped until half past four.")
    desk.edit("## Stories", "My own words.\n\n- My own question?\n\n## Stories")
    before = desk.body()
    assert "nothing new" in desk.again()
    assert desk.body() == before


def test_what_is_written_below_the_marks_is_kept_too(desk: Desk) -> None:
    desk.run(str(desk.notes))
    text = desk.pack.read_text(encoding="utf-8") + "\n## Closing\n\n- My last question?\n"
    desk.pack.write_text(text.replace("\n", "\r\n"), encoding="utf-8", newline="")
    assert "nothing new" in desk.again()
    pack = read_pack(desk.pack)
    assert pack.problems == ()
    assert len(pack.stories) == 1
    assert pack.questions[-1].text == "My last question?"


def test_an_edit_is_kept_even_where_the_notes_changed_too(desk: Desk) -> None:
    desk.run(str(desk.notes))
    desk.edit("I pumped until four.", "I pumped until half past four.")
    before = desk.body()
    assert "1 changed in both" in desk.again(NOTES.replace("until four", "until ten"))
    assert desk.body() == before
    assert "nothing new" in desk.again()


def test_what_was_deleted_stays_deleted(desk: Desk) -> None:
    desk.run(str(desk.notes))
    desk.edit("- When did you stay late?\n", "")
    desk.again(NOTES + "\n## Dive Deep\n- Tell me about a leak you could not see.\n")
    assert "stay late" not in desk.body()
    assert "a leak you could not see" in desk.body()


def test_the_same_file_name_from_elsewhere_makes_a_pack_of_its_own(
    desk: Desk, tmp_path: Path
) -> None:
    desk.run(str(desk.notes))
    before = desk.pack.read_bytes()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "boats.md").write_text("- Why rivers?\n", encoding="utf-8")
    desk.run(str(elsewhere / "boats.md"))
    assert desk.pack.read_bytes() == before
    assert "rivers" in desk.pack.with_name("boats-2.md").read_text(encoding="utf-8")


def test_a_built_in_pack_is_not_hidden_by_notes_of_its_name(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "behavioural.md").write_text("- Why boats?\n", encoding="utf-8")
    desk.run(str(tmp_path / "behavioural.md"))
    assert desk.pack.with_name("behavioural-notes.md").is_file()


@pytest.mark.parametrize("name", ["notes", "stories", "Technical", "my introduction", "plan"])
def test_a_file_may_be_called_like_a_part_of_a_pack(desk: Desk, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.md"
    path.write_text(NOTES, encoding="utf-8")
    desk.run(str(path))
    (written,) = desk.pack.parent.glob("*.md")
    pack = read_pack(written)
    assert pack.problems == ()
    assert (len(pack.questions), len(pack.stories)) == (3, 1)
    assert pack.questions[0].kind is Kind.BEHAVIOURAL


def test_the_same_question_500_times_is_one(desk: Desk) -> None:
    desk.write("- Tell me about a time you failed.\n" * 500)
    out, _ = desk.run(str(desk.notes), "--json")
    assert len(json.loads(out)["questions"]) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_files_of_every_system_are_read(desk: Desk, encoding: str, line_end: str) -> None:
    desk.notes.write_bytes(NOTES.replace("\n", line_end).encode(encoding))
    out, _ = desk.run(str(desk.notes), "--json", "--dry-run")
    expected = as_json(sorted_notes(NOTES), str(desk.notes))
    assert json.loads(out) == expected


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"- Why?\n" * 3_000_000, "larger than 500 kB"),
        (bytes(range(256)), "not text"),
        (b"- Why\0?", "not text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "not text"),
        ("- Why?\n- Why Zürich?".encode("latin-1"), "not UTF-8 on line 2"),
        ("- Why?".encode("utf-16")[:-1], "not text"),
        (b"Just prose about the weather.\n", "no question"),
        (b"---\ntitle: open\n", "no question"),
    ],
    ids=["empty", "blank", "20 MB", "bytes", "nul", "png", "latin-1", "half", "prose", "front"],
)
def test_bad_files_get_one_sentence_and_nothing_is_written(
    desk: Desk, data: bytes, part: str
) -> None:
    desk.notes.write_bytes(data)
    out, err = desk.run(str(desk.notes), code=1)
    assert out == ""
    assert part in err and str(desk.notes) in err
    assert len(err.splitlines()) == 1
    assert not desk.home.exists()


def test_a_front_matter_that_is_not_closed_stops_nothing(desk: Desk) -> None:
    desk.write("---\ntitle: open\n\n- Why <b>boats</b>?\n")
    out, _ = desk.run(str(desk.notes), "--json")
    value = json.loads(out)
    assert [one["text"] for one in value["questions"]] == ["Why boats?"]
    assert [one["line"] for one in value["unplaced"]] == [2]


def test_a_folder_and_a_missing_file_are_told_and_the_rest_comes_in(desk: Desk) -> None:
    missing = desk.notes.with_name("missing.md")
    _, err = desk.run(str(desk.notes.parent), str(missing), str(desk.notes), code=1)
    assert [re.sub(r"\S*/", "", line) for line in err.splitlines()] == [
        f"{desk.notes.parent.name} is a folder. Name the Markdown files in it.",
        "The file missing.md does not exist. Check its name.",
    ]
    assert desk.pack.is_file()


def test_a_file_that_may_not_be_read_is_told(desk: Desk) -> None:
    desk.notes.chmod(0)
    try:
        desk.notes.read_bytes()
    except PermissionError:
        _, err = desk.run(str(desk.notes), code=1)
        assert "cannot be read: Permission denied." in err
    else:
        pytest.skip("this user may read every file")


def test_a_home_that_cannot_be_written_to_is_told(desk: Desk) -> None:
    desk.home.parent.mkdir(exist_ok=True)
    desk.home.write_text("a file where the folder should be", encoding="utf-8")
    _, err = desk.run(str(desk.notes), code=1)
    assert "cannot be written to" in err and len(err.splitlines()) == 1


def test_a_pack_that_was_damaged_is_left_alone(desk: Desk) -> None:
    desk.run(str(desk.notes))
    desk.pack.write_bytes(b"\0" * 10)
    _, err = desk.run(str(desk.notes), code=1)
    assert "not text" in err
    assert desk.pack.read_bytes() == b"\0" * 10
