"""What the documents say can be followed and found; their commands are run in test_docs_run.py."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from rehearse.analysis.coaching import PLAIN, Band, Coaching
from rehearse.analysis.rules import table
from rehearse.analysis.words.fillers import in_transcript
from rehearse.analysis.words.hedges import hedges
from rehearse.analysis.words.lexicon import parse_lexicon
from rehearse.cli import parser
from rehearse.config import CONFIG_FILE, settings
from rehearse.model import delivery
from tests import documents, sample
from tests.documents import COMMANDS, DOCUMENTS, README, ROOT, TYPED, USERS
from tests.speech import written

DOCS = ROOT / "docs"
REPORT = DOCS / "reading-the-report.md"
ADDING = DOCS / "adding.md"
PNG = b"\x89PNG\r\n\x1a\n"


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


# Links and pictures.


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_every_link_leads_to_a_file_and_a_heading(path: Path) -> None:
    for target, anchor in documents.links(path):
        assert target.exists(), target
        assert not anchor or anchor in documents.anchors(target), f"{target}#{anchor}"


@pytest.mark.parametrize("path", [*USERS, ROOT / "CONTRIBUTING.md"], ids=named)
def test_every_page_is_reached_from_the_readme(path: Path) -> None:
    reached, coming = {README.resolve()}, [README]
    while coming:
        for target, _ in documents.links(coming.pop()):
            if target.suffix == ".md" and target.resolve() not in reached:
                reached.add(target.resolve())
                coming.append(target)
    assert path.resolve() in reached


def test_every_picture_is_one_and_is_shown() -> None:
    shown = {target.resolve() for path in USERS for target, _ in documents.links(path)}
    pictures = sorted((DOCS / "pictures").iterdir())
    assert pictures
    for picture in pictures:
        assert picture.resolve() in shown
        if picture.suffix == ".svg":
            assert ElementTree.parse(picture).getroot().tag.endswith("svg")
        else:
            assert picture.read_bytes().startswith(PNG)


# Commands and settings.


@pytest.mark.parametrize("path", TYPED, ids=named)
def test_a_fence_for_the_shell_holds_command_lines_only(path: Path) -> None:
    assert documents.strangers(path) == []


def test_the_tables_tell_of_every_command() -> None:
    known = re.findall(r"^    ([a-z]+) {2,}", parser().format_help(), re.MULTILINE)
    rows = documents.rows(COMMANDS)
    told = {word for commands, _ in rows for line in commands for word in line.split()[1:2]}
    assert len(known) > 10
    assert told == set(known)


def options() -> set[str]:
    source = "".join(path.read_text("utf-8") for path in (ROOT / "rehearse").rglob("*.py"))
    return set(re.findall(r'"(--[a-z-]+)"', source)) | {"--help"}


@pytest.mark.parametrize("path", USERS, ids=named)
def test_every_option_that_is_named_is_one(path: Path) -> None:
    codes = [token.content for token in documents.tokens(path) if token.type == "code_inline"]
    told = {found for code in codes for found in re.findall(r"(?:^| )(--[a-z-]+)", code)}
    assert told <= options()


@pytest.mark.parametrize("path", [README, REPORT], ids=named)
def test_the_settings_that_are_shown_are_taken(path: Path, tmp_path: Path) -> None:
    (text,) = documents.fences(path, "toml")
    (tmp_path / CONFIG_FILE).write_text(text, "utf-8")
    args = parser().parse_args(["--home", str(tmp_path)])
    assert settings(args, environment={}).coaching.action == Band(0.60, 0.35, 0.85)


def test_the_guide_to_the_report_gives_every_threshold_as_it_is() -> None:
    (text,) = documents.fences(REPORT, "toml")
    shown = table(text)["coaching"]
    assert set(shown) == {field.name for field in fields(Coaching)}
    for name, value in shown.items():
        usual = getattr(PLAIN, name)
        if isinstance(usual, Band):
            usual = [usual.ideal, usual.low, usual.high]
        assert value == (list(usual) if isinstance(usual, tuple) else usual), name


@pytest.mark.parametrize("path", USERS, ids=named)
def test_json_that_is_shown_is_json(path: Path) -> None:
    for text in documents.fences(path, "json"):
        json.loads(text)


# Messages: those that are quoted are the program's.

LEAST_LETTERS = 8
"""Of a text of the program beside its blanks; with fewer it would fit anything."""
LONGEST_BLANK = 60
"""Letters that a blank of the program's text may stand for."""


@cache
def messages() -> tuple[re.Pattern[str], ...]:
    found = []
    for path in sorted((ROOT / "rehearse").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = [str(part.value) if isinstance(part, ast.Constant) else None
                         for part in node.values]  # fmt: skip
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                parts = [node.value]
            else:
                continue
            if sum(char.isalpha() for part in parts for char in part or "") >= LEAST_LETTERS:
                found.append(_pattern(parts))
    return tuple(found)


def _pattern(parts: list[str | None]) -> re.Pattern[str]:
    """None is a blank."""
    blank = rf".{{0,{LONGEST_BLANK}}}"
    texts = (blank if part is None else re.escape(" ".join(f"|{part}|".split())) for part in parts)
    whole = "".join(texts).replace(r"\|\ ", r"\|").replace(r"\ \|", r"\|").replace(r"\|", r"\s*")
    return re.compile(whole)


def is_printed(text: str) -> bool:
    """Whether texts of the program, one behind the other, make up the whole of it."""
    reached = {0}
    for start in range(len(text)):
        if start in reached:
            for end in range(start + LEAST_LETTERS, len(text) + 1):
                stops = end == len(text) or text[end] == " " or text[end - 1] == " "
                if stops and end not in reached:
                    piece = text[start:end].strip()
                    if any(pattern.fullmatch(piece) for pattern in messages()):
                        reached.add(end)
    return len(text) in reached


QUOTED = documents.quotes(DOCS / "troubleshooting.md")


@pytest.mark.parametrize("text", QUOTED)
def test_a_message_that_is_quoted_is_one_of_the_program(text: str) -> None:
    assert is_printed(text)


def test_many_messages_are_quoted() -> None:
    assert len(QUOTED) > 25


@pytest.mark.parametrize(
    "text",
    [
        "No microphone was ever found.",
        "The disk is hungry.",
        "Nothing to do: every take is complete. Almost.",
    ],
)
def test_a_message_that_is_made_up_is_noticed(text: str) -> None:
    assert not is_printed(text)


# Pages for those who add something.


def places(path: Path) -> Iterator[str]:
    """Paths within the project that a page names."""
    for token in documents.tokens(path):
        if token.type == "code_inline":
            yield from re.findall(r"^((?:rehearse|tests|tools|docs)/[\w./-]*)$", token.content)


def test_every_place_that_is_named_is_there() -> None:
    found = [place for place in places(ADDING) if place != "rehearse/data/lexicons/nl.toml"]
    assert len(found) > 3
    assert [place for place in found if not (ROOT / place).exists()] == []


def test_every_name_is_where_the_page_says() -> None:
    text = ADDING.read_text("utf-8")
    named_there = re.findall(r"`(\w+)`(?: \w+)* in\s+`([\w/]+\.py)`", text)
    named_there += re.findall(r"`(\w+)` (?:to|of)\s+`([\w/]+\.py)`", text)
    assert len(named_there) > 10
    for name, place in named_there:
        source = (ROOT / place).read_text("utf-8")
        assert re.search(rf"\b(?:def |class ){name}\b|^\s*{name}\b.*[:=]", source, re.M), name


def test_the_language_that_is_shown_passes_its_own_sentences() -> None:
    (text,) = documents.fences(ADDING, "toml")
    dutch = parse_lexicon(text)
    rows = table(text)
    for row in (*rows["filled_pause"], *rows["discourse"], *rows.get("hedge", [])):
        for flagged, sentences in ((True, row["must"]), (False, row["must_not"])):
            assert sentences
            for sentence in sentences:
                words = written(sentence, language="nl").words
                softened = hedges(words, dutch)
                found = {item.text for item in in_transcript(words, dutch)}
                found |= {item.text for item in softened.items} if softened else set()
                assert (row["text"] in found) is flagged, sentence


def test_the_analysis_that_is_shown_works(monkeypatch: pytest.MonkeyPatch) -> None:
    value, function, _ = documents.fences(ADDING, "python")
    made: dict[str, object] = {"__name__": "rehearse.model.delivery"}
    exec(value, made)
    monkeypatch.setattr(delivery, "AskedBack", made["AskedBack"], raising=False)
    exec(function, made)
    asked_back = made["asked_back"]
    assert callable(asked_back)
    assert asked_back(written("Who is it for? I built it. And why?").words).total == 2
    assert asked_back(written("I built it and then I left").words) is None


def test_the_view_that_is_shown_works() -> None:
    *_, source = documents.fences(ADDING, "python")
    made: dict[str, object] = {"__name__": "rehearse.views.sheet"}
    exec(source, made)
    rows = made["rows"]
    assert callable(rows)
    lines = rows(sample.ANALYSIS).splitlines()
    assert lines[0] == "start,end,word"
    assert len(lines) == 1 + len(sample.WORDS)
