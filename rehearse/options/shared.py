"""Options that several commands have."""

from __future__ import annotations

import argparse
import shutil
from typing import NoReturn

from rehearse.model.waits import LONGEST_WAIT, SHORTEST_WAIT, WAIT
from rehearse.text import printable

PAGE = 80
"""Columns: longer lines are hard to read, however wide the window."""
MOST_DIGITS = 9
"""Of a number of questions, words or processes; nobody means more."""


class Parser(argparse.ArgumentParser):
    """Says what was typed without obeying it."""

    def error(self, message: str) -> NoReturn:
        super().error(printable(message))


class Manual(argparse.HelpFormatter):
    """Help with paragraphs; what is indented, such as the examples, stays line by line."""

    def __init__(self, prog: str) -> None:
        columns = shutil.get_terminal_size().columns
        super().__init__(prog, width=min(columns, PAGE) - 2)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        filled = super()._fill_text
        parts = text.split("\n\n")
        return "\n\n".join(part if "\n " in part else filled(part, width, indent) for part in parts)


def manual(command: argparse.ArgumentParser, text: str, examples: dict[str, str]) -> None:
    """What more there is to know, and lines to type, without the program's name, each with what
    it does."""
    command.formatter_class = Manual
    command.description = f"{command.description}\n\n{text}".strip()
    lines = [f"  {f'rehearse {line}'.strip()}\n      {what}" for line, what in examples.items()]
    command.epilog = "\n".join(["examples:", *lines])


def action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str
) -> argparse.ArgumentParser:
    """A command within a command, as in `takes rename`."""
    return actions.add_parser(name, help=text, description=text, parents=[everywhere()])


def everywhere() -> Parser:
    options = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    group = options.add_argument_group("everywhere")
    group.add_argument("--home", metavar="DIR", help="folder of takes, packs and settings")
    group.add_argument(
        "--model", metavar="NAME|DIR", help="model that writes down (default: base.en)"
    )
    group.add_argument("--config", metavar="FILE", help="settings (default: config.toml at home)")
    group.add_argument(
        "--plain", action="store_true", help="no colour, no redrawing: for screen readers and logs"
    )
    return options


def devices(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("sound", "devices go by number or part of their name")
    group.add_argument("--microphone", metavar="DEVICE")
    group.add_argument("--speaker", metavar="DEVICE")
    group.add_argument("--voice", metavar="NAME", help="the interviewer's voice, such as en-gb")
    group.add_argument("--rate", type=whole_number, metavar="WPM", help="its words a minute")


def manner(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--language", metavar="L", help="such as German, de or pt-BR; auto: told by the sound"
    )
    no_judgement(command)


def no_judgement(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--no-judgement",
        dest="advice",
        action="store_false",
        default=None,
        help="what was said, without advice or verdicts",
    )


def target(command: argparse.ArgumentParser) -> None:
    command.add_argument("--target", metavar="TIME", help="how long to speak, such as 2:00 or 90s")


def answering(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("answering", "without these, Enter ends an answer")
    group.add_argument(
        "--auto-stop",
        nargs="?",
        type=_silence,
        const=WAIT,
        metavar="S",
        help="silence ends an answer: after 5 seconds, or 3 to 10",
    )
    group.add_argument(
        "--hands-free", action="store_true", help="led by voice: say 'next', 'again' or 'stop'"
    )
    group.add_argument("--captions", action="store_true", help="show the words while they come")
    group.add_argument("--counter", action="store_true", help="count the fillers while they come")


def whole_number(text: str, *, instead: str = "") -> int:
    """From 1 on. Raises ArgumentTypeError, whose sentence names what else might be given."""
    digits = text.strip().lstrip("0")
    if not digits.isdecimal() or len(digits) > MOST_DIGITS:
        raise argparse.ArgumentTypeError(f"give a whole number from 1 on{instead}, not '{text}'")
    return int(digits)


def _silence(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not SHORTEST_WAIT <= value <= LONGEST_WAIT:
        raise argparse.ArgumentTypeError(
            f"give seconds of silence from {SHORTEST_WAIT:.0f} to {LONGEST_WAIT:.0f}, not '{text}'"
        )
    return value


def resume(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--resume", action="store_true", help="go on with the session that was broken off"
    )


def sure(command: argparse.ArgumentParser, text: str) -> None:
    command.add_argument("--yes", action="store_true", help=text)
    command.add_argument("--for-good", action="store_true", help="delete past the system's trash")
