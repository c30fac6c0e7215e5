"""Notes in other files than Markdown, each as its program writes it."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from pathlib import Path

import pytest

from rehearse.cli import main
from rehearse.errors import UnreadableFile
from rehearse.questions.documents import read_document
from rehearse.questions.notes.notes import Notes
from rehearse.questions.notes.sorting import sorted_notes

QUESTION = "Tell me about a ferry that you mended"
PARTS = {
    "Situation": "The ferry leaked at night.",
    "Task": "I had the only pump.",
    "Action": "I pumped until four.",
    "Result": "She sailed at six.",
}


def docx() -> bytes:
    """A heading and paragraphs with bold labels, as Word writes them."""
    bold = "<w:rPr><w:b/></w:rPr>"
    told = "".join(
        f"<w:p><w:r>{bold}<w:t>{name}:</w:t></w:r><w:r>"
        f"<w:t xml:space='preserve'> {text}</w:t></w:r></w:p>"
        for name, text in PARTS.items()
    )
    heading = "<w:pPr><w:pStyle w:val='Heading1'/></w:pPr>"
    body = f"<w:p>{heading}<w:r><w:t>{QUESTION}</w:t></w:r></w:p>{told}"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    files = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/"
        "content-types'><Default Extension='xml' ContentType='application/xml'/></Types>",
        "_rels/.rels": f"<Relationships xmlns='{rels}'><Relationship Id='1' Type='{kind}' "
        "Target='word/document.xml'/></Relationships>",
        "word/styles.xml": f"<w:styles xmlns:w='{space}'><w:style w:type='paragraph' "
        "w:styleId='Heading1'><w:name w:val='heading 1'/></w:style></w:styles>",
        "word/_rels/document.xml.rels": f"<Relationships xmlns='{rels}'><Relationship Id='1' "
        "Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles' "
        "Target='styles.xml'/></Relationships>",
        "word/document.xml": f"<w:document xmlns:w='{space}'><w:body>{body}</w:body></w:document>",
    }
    return archive(files)


def archive(files: dict[str, str]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return whole.getvalue()


def pdf() -> bytes:
    lines = [QUESTION, *(f"{name}: {text}" for name, text in PARTS.items())]
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 50 700 Td {shown} ET"
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        "/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
    )
    whole, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(whole))
        whole += f"{number} 0 obj{text}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer<</Size 5/Root 1 0 R>>\nstartxref\n{len(whole)}\n%%EOF"
    return f"{whole}xref\n0 5\n0000000000 65535 f \n{table}{end}".encode()


def row(cells: list[str], mark: str) -> str:
    return mark.join(f'"{cell}"' for cell in cells)


TOLD = "\n".join(f"**{name}:** {text}\n" for name, text in PARTS.items())
FILES = {
    "ferry.docx": docx(),
    "ferry.pdf": pdf(),
    "ferry.html": (
        f"<html><head><title>x</title><style>b {{}}</style></head><body><h2>{QUESTION}</h2><ul>"
        + "".join(f"<li><b>{name}:</b> {text}</li>" for name, text in PARTS.items())
        + "</ul></body></html>"
    ).encode(),
    "ferry.org": (
        f"#+TITLE: Ferries\n* Questions\n** {QUESTION}\n"
        + "".join(f"- *{name}:* {text}\n" for name, text in PARTS.items())
    ).encode(),
    "ferry.csv": f"Question,{','.join(PARTS)}\n{row([QUESTION, *PARTS.values()], ',')}\n".encode(),
    "semicolons.csv": (
        f"Question;{';'.join(PARTS)}\n{row([QUESTION, *PARTS.values()], ';')}"
    ).encode(),
    "ferry.tsv": "\t".join(["Question", *PARTS]).encode()
    + b"\n"
    + "\t".join([QUESTION, *PARTS.values()]).encode(),
    "notion.zip": archive(
        {
            "Prep 1a/Ferries 2b.md": f"# Ferries\n\n## {QUESTION}\n\n{TOLD}",
            "Prep 1a/picture.png": "no text",
        }
    ),
    "table.zip": archive(
        {
            "Bank 1a.csv": f"Question,{','.join(PARTS)}\n{row([QUESTION, *PARTS.values()], ',')}",
            "Bank 1a_all.csv": f"Question\n{QUESTION}",
        }
    ),
}


def imported(folder: Path, name: str, data: bytes) -> Notes:
    path = folder / name
    path.write_bytes(data)
    return sorted_notes(read_document(path))


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_question_and_its_story_come_out_of_each_kind_of_file(tmp_path: Path, name: str) -> None:
    notes = imported(tmp_path, name, FILES[name])
    assert [one.text for one in notes.questions] == [QUESTION]
    (story,) = notes.stories
    assert story.question == QUESTION
    assert (story.situation, story.task, story.action, story.result) == tuple(PARTS.values())


REFUSED = {
    "notes.json": (b'{"question": "Why?"}', "is no kind of file"),
    "hidden.md": (b'[{"question": "Why boats?"}]', "is JSON"),
    "hidden.txt": (rb"{\rtf1\ansi Why boats?}", "is Rich Text"),
    "notes.rtf": (rb"{\rtf1\ansi Why boats?}", "is no kind of file"),
    "notes.pages": (b"PK\x03\x04", "is no kind of file"),
    "damaged.docx": (b"PK\x03\x04", "is no Word document"),
    "damaged.pdf": (b"%PDF-1.4\nnothing", "is no PDF"),
    "damaged.zip": (b"PK\x03\x04", "is no archive"),
    "empty.zip": (archive({"a.png": "x"}), "holds no text"),
    "empty.html": (b"<html><head><style>b {}</style></head></html>", "holds no text"),
    "binary.csv": (b"Question,\0\n", "is not text"),
    "long.zip": (archive({"a.md": "why? " * 200_000}), "too much text"),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_other_files_are_refused_with_a_sentence_and_the_way_to_mend_it(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    data, part = REFUSED[name]
    path = tmp_path / name
    path.write_bytes(data)
    home = ["--home", str(tmp_path / "home"), "--plain"]
    assert main(["questions", "import", str(path), *home]) == 1
    out, err = capsys.readouterr()
    assert out == "" and part in err and len(err.splitlines()) == 1
    assert err.rstrip().endswith(".") and not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("name", "library"),
    [("ferry.docx", "mammoth"), ("ferry.pdf", "pypdf"), ("ferry.html", "markdownify")],
)
def test_without_the_library_the_way_to_get_it_is_named(
    tmp_path: Path, name: str, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(UnreadableFile, match=r"rehearse\[documents\]"):
        imported(tmp_path, name, FILES[name])


def test_notes_that_only_look_like_json_are_notes(tmp_path: Path) -> None:
    notes = imported(tmp_path, "list.md", b"[ ] Tell me about a time you failed.\n")
    assert [one.text for one in notes.questions] == ["Tell me about a time you failed."]
    with pytest.raises(UnreadableFile):
        imported(tmp_path, "numbers.txt", json.dumps([1, 2]).encode())


def test_a_table_keeps_lines_within_a_cell_and_marks_of_columns(tmp_path: Path) -> None:
    data = b'Question,Action,Result\n"Why boats?","I rowed\nand rowed | sang","We won, twice"\n'
    (story,) = imported(tmp_path, "cells.csv", data).stories
    assert story.action == "I rowed\nand rowed | sang"
    assert story.result == "We won, twice"
