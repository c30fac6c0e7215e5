"""What the documents say can be typed, followed and found."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from rehearse.cli import parser

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
USERS = (README, *sorted((ROOT / "docs").glob("*.md")))
DOCUMENTS = (*USERS, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", ROOT / "recordings/README.md")
NUMBERS = {"N": "5", "S": "5", "WPM": "165"}
"""Placeholders where the parser wants a number; any other is a text."""
_PROGRAM = re.compile(r"^(?:\.venv/bin/)?rehearse(?= |$)")
_NAME = re.compile(r"[a-z]+(?: [a-z]+)*")
_ELSEWHERE = re.compile(r"^(?:[a-z]+:|#)")


def tokens(path: Path) -> Iterator[Token]:
    for token in MarkdownIt("commonmark").enable("table").parse(path.read_text("utf-8")):
        yield token
        yield from token.children or ()


def lines(path: Path) -> Iterator[str]:
    """Commands of ours, without the program's name."""
    for token in tokens(path):
        if token.type in ("code_inline", "fence", "code_block"):
            for line in token.content.splitlines():
                if found := _PROGRAM.match(line):
                    yield line[found.end() :].strip()


def targets(path: Path) -> Iterator[str]:
    """Files that links and pictures lead to."""
    for token in tokens(path):
        address = token.attrGet("href") or token.attrGet("src")
        if address and not _ELSEWHERE.match(str(address)):
            yield str(address).partition("#")[0]


def typed(line: str) -> list[str]:
    return [NUMBERS.get(word, word) for word in shlex.split(line, comments=True)]


def can_be_typed(line: str) -> bool:
    """As it stands; a mere name of a command may leave out what the command needs."""
    try:
        return bool(parser().parse_args(typed(line)).module)
    except SystemExit:
        return bool(_NAME.fullmatch(line)) and asks_for_help(line)


def asks_for_help(command: str) -> bool:
    with pytest.raises(SystemExit) as left:
        parser().parse_args([*command.split(), "--help"])
    return left.value.code == 0


def rows() -> Iterator[tuple[list[str], list[str]]]:
    """Of the tables of commands: the commands of a row, and the options told beside them."""
    cells: list[list[str]] = []
    for token in tokens(README):
        if token.type == "tr_open":
            cells = []
        elif token.type == "td_open":
            cells.append([])
        elif token.type == "code_inline" and cells:
            cells[-1].append(token.content)
        elif token.type == "tr_close" and cells:
            commands = [_PROGRAM.sub("", text).strip() for text in cells[0]]
            yield commands, [text for text in cells[1] if text.startswith("-")]


OPTIONS = [
    f"{command} {option}" for commands, options in rows() for command in commands
    for option in options
]  # fmt: skip


@pytest.mark.parametrize("path", USERS, ids=lambda path: path.name)
def test_every_command_that_is_told_can_be_typed(path: Path) -> None:
    for line in lines(path):
        assert can_be_typed(line), line


@pytest.mark.parametrize("line", OPTIONS)
def test_every_option_beside_a_command_is_one_of_it(line: str) -> None:
    assert can_be_typed(line)


def test_the_readme_tells_of_every_command() -> None:
    known = re.findall(r"^    ([a-z]+) {2,}", parser().format_help(), re.MULTILINE)
    told = {word for commands, _ in rows() for line in commands for word in line.split()[:1]}
    assert len(known) > 10
    assert told == set(known)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_to_a_file(path: Path) -> None:
    for target in targets(path):
        assert (path.parent / target).exists(), target


def test_the_map_names_every_part_and_no_other() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    part_of = text.split("\nrehearse/\n")[1].split("\nprompts/")[0]
    named = [name for line in part_of.splitlines() for name in line[:34].split()]
    folder = ROOT / "rehearse"
    modules = {path.name for path in folder.glob("*.py") if not path.name.startswith("__")}
    folders = {f"{path.name}/" for path in folder.iterdir() if any(path.glob("*.py"))}
    assert sorted(named) == sorted(modules | folders | {"data/"})


@pytest.mark.parametrize(
    "line", ["report --sing", "dance", "questions dance", "plan --rate TAKE", "remarks --help-me"]
)
def test_a_command_that_is_wrong_is_noticed(line: str) -> None:
    assert not can_be_typed(line)
