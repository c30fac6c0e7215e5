"""Notes in other files than Markdown: Word, PDF, HTML, Org, tables, exports of Notion.

Each becomes Markdown by a library that is kept well, from the extra `documents`: mammoth (Word),
markdownify (HTML), pypdf (PDF). Tables and archives need none.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from rehearse.errors import UnreadableFile
from rehearse.questions.notes_file import LARGEST_NOTES, decoded, read_bytes, read_notes

LARGEST_DOCUMENT = 20_000_000
"""Bytes, with pictures; what is written in it may be as long as other notes."""
_INSTALL = "Install what reads it: pip install 'rehearse[documents]', or save it as Markdown."
_OTHERS = "Save it as Markdown, text, CSV, Word, PDF or HTML."
_TEXTS = frozenset({"", ".md", ".markdown", ".mdown", ".txt", ".text"})
_ORG = (
    (r"(?m)^(\*+) (?:TODO |DONE )?", lambda found: "#" * min(len(found[1]), 6) + " "),
    (r"(?mi)^\s*#\+title:\s*", lambda _: "# "),
    (r"(?mi)^\s*#\+(begin|end)_\w+.*$|^\s*:(properties|end|id|created):.*$", lambda _: ""),
    (r"\[\[[^\[\]]*\]\[([^\[\]]*)\]\]", lambda found: found[1]),
    (r"(?<![\w*])\*([^\s*][^*\n]*)\*(?![\w*])", lambda found: f"**{found[1]}**"),
)


def read_document(path: Path) -> str:
    """The notes in a file of any kind that is read, as Markdown. Raises UnreadableFile."""
    suffix = path.suffix.lower()
    if suffix in _TEXTS:
        return _checked(read_notes(path), path)
    convert = _KINDS.get(suffix)
    if convert is None:
        read_bytes(path, largest=LARGEST_DOCUMENT)
        raise UnreadableFile(f"{path} is no kind of file that import reads.", _OTHERS)
    text = convert(read_bytes(path, largest=LARGEST_DOCUMENT), path)
    if not text.strip():
        raise UnreadableFile(f"{path} holds no text.", _OTHERS)
    if len(text) > LARGEST_NOTES:
        size = f"{LARGEST_NOTES // 1000} kB"
        raise UnreadableFile(
            f"{path} holds more text than {size}.", "Divide it into several files."
        )
    return text


def _checked(text: str, path: Path) -> str:
    """The text, unless it is data of a program under a name of notes."""
    if text.startswith("{\\rtf"):
        raise UnreadableFile(f"{path} is Rich Text.", _OTHERS)
    if text.lstrip()[:1] in ("{", "["):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            return text
        if isinstance(found, dict | list):
            raise UnreadableFile(f"{path} is JSON.", _OTHERS)
    return text


def _csv(data: bytes, path: Path) -> str:
    text = decoded(data, path)
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:4096], ",;\t|")
    except csv.Error:
        dialect = csv.excel
    try:
        return "\n".join(_table(csv.reader(io.StringIO(text), dialect)))
    except csv.Error as error:
        raise UnreadableFile(f"{path} is no table: {error}.", "Save it as CSV again.") from error


def _table(rows: Iterable[list[str]]) -> Iterator[str]:
    """The rows as a table of Markdown, the first as its head."""
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    width = max(map(len, filled), default=0)
    for number, row in enumerate(filled):
        cells = [_cell(cell) for cell in row] + [""] * (width - len(row))
        yield f"| {' | '.join(cells)} |"
        if number == 0:
            yield "|" + "---|" * width


def _cell(text: str) -> str:
    return re.sub(r"\r\n|\r|\n", "<br>", text.strip()).replace("|", "\\|")


def _org(data: bytes, path: Path) -> str:
    text = decoded(data, path)
    for pattern, by in _ORG:
        text = re.sub(pattern, by, text)
    return text


def _html(data: bytes, path: Path) -> str:
    return _from_html(decoded(data, path), path)


def _from_html(text: str, path: Path) -> str:
    try:
        from markdownify import markdownify
    except ImportError as error:
        raise UnreadableFile(f"{path} is HTML.", _INSTALL) from error
    plain = re.sub(r"(?is)<(script|style|head|template)\b.*?</\1\s*>", "", text)
    try:
        return str(markdownify(plain, heading_style="ATX", bullets="-", escape_misc=False))
    except (RecursionError, ValueError) as error:
        raise UnreadableFile(f"{path} is no HTML that can be read.", _OTHERS) from error


def _docx(data: bytes, path: Path) -> str:
    try:
        import mammoth
    except ImportError as error:
        raise UnreadableFile(f"{path} is a Word document.", _INSTALL) from error
    try:
        found = mammoth.convert_to_html(io.BytesIO(data), convert_image=_no_image)
    except Exception as error:
        raise UnreadableFile(f"{path} is no Word document that can be read.", _OTHERS) from error
    return _from_html(found.value, path)


def _no_image(_: object) -> list[object]:
    return []


def _pdf(data: bytes, path: Path) -> str:
    try:
        from pypdf import PdfReader
    except ImportError as error:
        raise UnreadableFile(f"{path} is a PDF.", _INSTALL) from error
    try:
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    except Exception as error:
        raise UnreadableFile(f"{path} is no PDF that can be read.", _OTHERS) from error
    return "\n".join(pages)


def _zip(data: bytes, path: Path) -> str:
    """An export of Notion: its pages and tables, one after the other."""
    texts = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            wanted = [one for one in members if _is_page(one.filename)]
            if sum(one.file_size for one in wanted) > LARGEST_NOTES:
                raise UnreadableFile(
                    f"{path} holds too much text.", "Import its pages by themselves."
                )
            for one in sorted(wanted, key=lambda one: one.filename):
                page = Path(one.filename)
                inner = archive.read(one)
                texts.append(_csv(inner, page) if page.suffix == ".csv" else decoded(inner, page))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise UnreadableFile(f"{path} is no archive that can be read.", _OTHERS) from error
    return "\n\n".join(texts)


def _is_page(name: str) -> bool:
    """Notion writes each table twice, once as `..._all.csv`."""
    return name.lower().endswith((".md", ".csv")) and not name.lower().endswith("_all.csv")


_KINDS: dict[str, Callable[[bytes, Path], str]] = {
    ".csv": _csv,
    ".tsv": _csv,
    ".org": _org,
    ".html": _html,
    ".htm": _html,
    ".docx": _docx,
    ".pdf": _pdf,
    ".zip": _zip,
}
