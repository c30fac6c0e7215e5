"""Notes of which the points are to be said, as files good and bad."""

from __future__ import annotations

from pathlib import Path

import pytest

from rehearse.errors import UnreadableFile
from rehearse.questions.notes_file import read_points

TEXT = "- called fifty customers\n- naïve “plan”\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_notes_are_read_as_editors_save_them(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "notes.md").write_bytes(TEXT.encode(encoding))
    assert read_points(str(tmp_path / "notes.md")) == TEXT


def test_no_notes_are_named() -> None:
    assert read_points(None) is None


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b" \n\t\n", "is empty"),
        ("".encode("utf-16"), "is empty"),
        (b"PK\x03\x04\x00\x00\xff", "is not text"),
        (b"# Only a heading\n---\n", "no point"),
        (b"x" * 1_000_001, "is larger than"),
    ],
)
def test_what_holds_no_notes_is_said(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "notes.md").write_bytes(content)
    with pytest.raises(UnreadableFile, match=says):
        read_points(str(tmp_path / "notes.md"))
