"""Every command has a page of help that can be read, and examples that can be typed."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Callable, Iterator

import pytest

from rehearse.options.parser import parser

WIDE, NARROW = "200", "60"
COMMENT = re.compile(r"^ {6}\S")
_EXAMPLE = re.compile(r"^  rehearse ?(.*)$", re.MULTILINE)
_SHELL = re.compile(r" >>? .*")


def pages(command: argparse.ArgumentParser, name: str = "") -> Iterator[tuple[str, str]]:
    """Names and help of a command and of all within it."""
    yield name, command.format_help()
    for action in command._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner, made in action.choices.items():
                yield from pages(made, f"{name} {inner}".strip())


NAMES = [name for name, _ in pages(parser())]


def page(name: str, columns: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", columns)
    return dict(pages(parser()))[name]


def examples(text: str) -> str:
    return text.partition("\nexamples:\n")[2]


@pytest.mark.parametrize("name", NAMES)
def test_examples_are_of_the_command_and_can_be_typed(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = _EXAMPLE.findall(examples(page(name, WIDE, monkeypatch)))
    assert 1 <= len(typed) <= 5
    for line in typed:
        assert line.startswith(name)
        if not line.endswith("--help"):
            assert parser().parse_args(shlex.split(_SHELL.sub("", line))).module


@pytest.mark.parametrize("name", NAMES)
def test_every_example_tells_what_it_does(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = examples(page(name, WIDE, monkeypatch)).splitlines()
    for line, comment in zip(lines[::2], lines[1::2], strict=True):
        assert _EXAMPLE.match(line)
        assert COMMENT.match(comment)


@pytest.mark.parametrize("name", NAMES)
def test_no_line_of_help_is_longer_than_a_page_is_wide(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert max(len(line) for line in page(name, WIDE, monkeypatch).splitlines()) < 80


@pytest.mark.parametrize("name", NAMES)
def test_a_narrow_window_wraps_all_but_the_examples(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    above = page(name, NARROW, monkeypatch).partition("\nexamples:\n")[0]
    assert max(len(line) for line in above.splitlines()) <= 60


def test_the_actions_of_commands_have_pages_too() -> None:
    assert {"takes delete", "questions import", "models get"} <= set(NAMES)


ODD = ["", "x", "0", "-1", "2.5", "nan", "1e999", "9" * 5000, "\x1b[2J"]


def typed_options() -> Iterator[tuple[str, Callable[[str], object]]]:
    for command in (parser(), *parser()._subparsers._group_actions[0].choices.values()):  # type: ignore[union-attr]
        for action in command._actions:
            if action.type is not None:
                yield action.option_strings[0], action.type


@pytest.mark.parametrize("text", ODD, ids=lambda text: repr(text)[:12])
def test_no_value_of_an_option_is_refused_by_the_name_of_a_function(text: str) -> None:
    options = dict(typed_options())
    assert {"--questions", "--rate", "--jobs", "--auto-stop"} <= options.keys()
    for name, read in options.items():
        with pytest.raises(argparse.ArgumentTypeError, match=r"^write .* not '"):
            pytest.fail(f"{name} takes {text!r} as {read(text)!r}")


def test_a_refused_number_is_named_with_what_to_give(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        parser().parse_args(["practice", "--questions", "many"])
    assert leaving.value.code == 2
    said = capsys.readouterr().err.splitlines()[-1]
    assert said.endswith("--questions: write a whole number from 1, not 'many'")


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [("practice --questions 3", "questions", 3), ("practice --rate 180", "rate", 180),
     ("analyze a.wav --jobs auto", "jobs", 0), ("analyze a.wav --jobs 2", "jobs", 2)],
)  # fmt: skip
def test_numbers_of_options_are_read(line: str, name: str, value: int) -> None:
    assert getattr(parser().parse_args(line.split()), name) == value
