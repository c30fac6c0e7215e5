"""Options that several commands share, and the form of their help pages."""

from __future__ import annotations

import argparse
import shutil
from typing import NoReturn

from rehearse.model.waits import LONGEST_WAIT, SHORTEST_WAIT, WAIT
from rehearse.text import printable

PAGE = 80
"""Columns of a help page; longer lines are hard to read."""
MOST_DIGITS = 9
"""Digits of a count of questions, words or processes; more are a typing error."""


class Parser(argparse.ArgumentParser):
    """Prints what was typed without its control characters."""

    def error(self, message: str) -> NoReturn:
        super().error(printable(message))


class Manual(argparse.HelpFormatter):
    """Help in paragraphs; indented lines, such as the examples, are not joined."""

    def __init__(self, prog: str) -> None:
        columns = shutil.get_terminal_size().columns
        super().__init__(prog, width=min(columns, PAGE) - 2)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        filled = super()._fill_text
        parts = text.split("\n\n")
        return "\n\n".join(part if "\n " in part else filled(part, width, indent) for part in parts)


def manual(command: argparse.ArgumentParser, text: str, examples: dict[str, str]) -> None:
    """Sets the help page of a command: `text` below its first line, then the examples (a line to
    type, without "rehearse", and what it does)."""
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
        "--model", metavar="NAME|DIR", help="model that writes answers down (default: base.en)"
    )
    group.add_argument(
        "--config", metavar="FILE", help="settings (default: config.toml in the home folder)"
    )
    group.add_argument(
        "--plain", action="store_true", help="no colour, no redrawing: for screen readers and logs"
    )
    return options


def devices(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("sound", "DEVICE is a number or a part of the name")
    group.add_argument("--microphone", metavar="DEVICE")
    group.add_argument("--speaker", metavar="DEVICE")
    group.add_argument(
        "--voice", metavar="NAME", help="the interviewer's voice: en-gb, joe, system"
    )
    group.add_argument("--rate", type=whole_number, metavar="WPM", help="its words per minute")


def report_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--language", metavar="L", help="such as German, de or pt-BR; auto: detect it"
    )
    no_judgement(command)


def no_judgement(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--no-judgement",
        dest="advice",
        action="store_false",
        default=None,
        help="report what you said, without advice or verdicts",
    )


def target(command: argparse.ArgumentParser) -> None:
    command.add_argument("--target", metavar="TIME", help="how long to speak, such as 2:00 or 90s")


def answering(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("answering", "otherwise Enter ends an answer")
    group.add_argument(
        "--auto-stop",
        nargs="?",
        type=_silence,
        const=WAIT,
        metavar="S",
        help="silence ends an answer: after 5 seconds, or S seconds (3 to 10)",
    )
    group.add_argument(
        "--hands-free", action="store_true", help="no keys: say 'next', 'again' or 'stop'"
    )
    group.add_argument(
        "--prepare", metavar="TIME", help="as in a video interview: time to think, such as 30"
    )
    group.add_argument(
        "--answer", metavar="TIME", help="the answer ends by itself, such as 90; no second try"
    )
    group.add_argument("--captions", action="store_true", help="show your words while you speak")
    group.add_argument("--counter", action="store_true", help="count fillers while you speak")


def whole_number(text: str, *, instead: str = "") -> int:
    """A whole number from 1. `instead` is what else may be given, for the message. Raises
    ArgumentTypeError."""
    digits = text.strip().lstrip("0")
    if not digits.isdecimal() or len(digits) > MOST_DIGITS:
        raise argparse.ArgumentTypeError(f"write a whole number from 1{instead}, not '{text}'")
    return int(digits)


def _silence(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not SHORTEST_WAIT <= value <= LONGEST_WAIT:
        raise argparse.ArgumentTypeError(
            f"write {SHORTEST_WAIT:.0f} to {LONGEST_WAIT:.0f} seconds of silence, not '{text}'"
        )
    return value


def resume(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--resume", action="store_true", help="continue the session that you stopped"
    )


def confirmation(command: argparse.ArgumentParser, text: str) -> None:
    command.add_argument("--yes", action="store_true", help=text)
    command.add_argument(
        "--for-good", action="store_true", help="delete permanently, not to the trash"
    )
