"""The documents as tests read them: their links and headings, and the command lines in them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
COMMANDS = ROOT / "docs" / "commands.md"
USERS = (README, *sorted((ROOT / "docs").glob("*.md")))
DOCUMENTS = (*USERS, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", ROOT / "recordings/README.md")
TYPED = tuple(path for path in DOCUMENTS if path.name != "CHANGELOG.md")
"""Those whose command lines are to be typed today; a changelog tells of other days too."""

SHELL = ("", "sh")
"""What a fence that holds command lines is marked with; "sh" holds nothing else."""
_OURS = re.compile(r"^(?:\.venv/bin/)?rehearse(?= |$)")
_OTHERS = re.compile(
    r"^(?:sudo|make|pip3?|pipx|uvx?|apt|brew|winget|git|grep|find|python3?|py|npm|curl|eval|source"
    r"|unshare|strace|dask) "
)
_ELSEWHERE = re.compile(r"^[a-z]+:")
_CODE = ("code_inline", "fence", "code_block")


def tokens(path: Path) -> Iterator[Token]:
    for token in MarkdownIt("commonmark").enable("table").parse(path.read_text("utf-8")):
        yield token
        yield from token.children or ()


def fences(path: Path, kind: str) -> list[str]:
    return [token.content for token in tokens(path) if token.type == "fence" and token.info == kind]


def quotes(path: Path) -> list[str]:
    """Each block quote as one line."""
    found: list[str] = []
    depth = 0
    for token in tokens(path):
        if token.type == "blockquote_open":
            depth += 1
            found.append("")
        elif token.type == "blockquote_close":
            depth -= 1
        elif depth and token.type == "inline":
            found[-1] = " ".join(f"{found[-1]} {token.content}".split())
    return found


def lines(path: Path) -> Iterator[str]:
    """Command lines, ours as "rehearse ..."; options told in a table beside a command, with it."""
    for token in tokens(path):
        if token.type == "code_inline" or (token.type in _CODE and token.info in SHELL):
            for line in token.content.splitlines():
                if told := _line(line):
                    yield told
    for commands, options in rows(path):
        yield from (f"{command} {option}" for command in commands for option in options)


def is_ours(line: str) -> bool:
    return line.split()[0] == "rehearse"


def _line(text: str) -> str | None:
    """Without prompt and comment; None for what is no command line, such as a program's name."""
    text = text.strip().removeprefix("$ ")
    line = re.split(r"\s#\s", text)[0].strip()
    if _OURS.match(line):
        return _OURS.sub("rehearse", line)
    return line if _OTHERS.match(line) and len(shlex.split(line)) > 1 else None


def strangers(path: Path) -> list[str]:
    """What stands in a shell's fence and is no command line that is known."""
    return [
        line
        for fence in fences(path, "sh")
        for line in fence.splitlines()
        if line.strip() and not line.startswith("#") and _line(line) is None
    ]


def rows(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Of the tables: our commands in a row's first cell, and the options told beside them."""
    cells: list[list[str]] = []
    for token in tokens(path):
        if token.type == "tr_open":
            cells = []
        elif token.type == "td_open":
            cells.append([])
        elif token.type == "code_inline" and cells:
            cells[-1].append(token.content)
        elif token.type == "tr_close" and len(cells) > 1:
            commands = [_OURS.sub("rehearse", text) for text in cells[0] if _OURS.match(text)]
            yield commands, [text for text in cells[1] if text.startswith("-")]


def links(path: Path) -> Iterator[tuple[Path, str]]:
    """Files that links and pictures lead to, each with the heading behind the #, if any."""
    for token in tokens(path):
        address = str(token.attrGet("href") or token.attrGet("src") or "")
        if address and not _ELSEWHERE.match(address):
            file, _, anchor = address.partition("#")
            yield (path.parent / file if file else path), anchor


def anchors(path: Path) -> set[str]:
    """What the headings are called in an address, as GitHub makes it of their text."""
    found: set[str] = set()
    ordered = list(tokens(path))
    for before, token in pairwise(ordered):
        if before.type == "heading_open":
            plain = re.sub(r"[^\w\- ]", "", token.content.lower()).replace(" ", "-")
            same = [name for name in found if re.fullmatch(rf"{re.escape(plain)}(-\d+)?", name)]
            found.add(f"{plain}-{len(same)}" if same else plain)
    return found
