"""The command line: arguments in, exit code out. Nothing heavy is imported before it is needed."""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import sys
from collections.abc import Callable, Collection, Sequence

from rehearse import __version__
from rehearse.errors import RehearseError
from rehearse.options import look_back, practise, prepare
from rehearse.options.shared import everywhere

INTERRUPTED = 130
OUTPUT_CLOSED = 141
"""128 + SIGPIPE: the reader of our output went away, as in `rehearse takes | head -1`."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. 0 done, 1 an expected failure, 2 wrong usage, 130 Ctrl-C."""
    given = sys.argv[1:] if arguments is None else arguments
    asked = parser(given).parse_args(given)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _leave_in_order)
    try:
        command = importlib.import_module(f"rehearse.commands.{asked.module}")
        code: int = command.run(asked)
    except RehearseError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OUTPUT_CLOSED
    return code


def _leave_in_order(number: int, _frame: object) -> None:
    """A closed terminal or a shutdown ends a recording like a key does: with its sound kept."""
    raise SystemExit(128 + number)


def parser(wanted: Collection[str] | None = None) -> argparse.ArgumentParser:
    """With the options of the `wanted` commands only, which is quicker; None is all of them."""
    common = everywhere()
    root = argparse.ArgumentParser(
        prog="rehearse",
        description="A private coach to practise interviews with. Nothing leaves this machine.",
        epilog="Start with 'rehearse', or with 'rehearse demo' where there is no microphone.",
        parents=[common],
    )
    root.add_argument("--version", action="version", version=f"rehearse {__version__}")
    root.set_defaults(module="start")
    commands = root.add_subparsers(title="commands", metavar="COMMAND")
    for name, (text, add_options) in COMMANDS.items():
        if wanted is not None and name not in wanted:
            commands.add_parser(name, help=text, add_help=False)
            continue
        made = commands.add_parser(name, help=text, description=text, parents=[common])
        made.set_defaults(module=name)
        add_options(made)
    return root


COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "practice": ("answer questions aloud and see how it went", practise.practice),
    "intro": ("time your two-minute introduction", practise.intro),
    "loop": ("a whole interview, one person after the other", practise.loop),
    "analyze": ("analyse recordings, transcripts and takes", look_back.analyze),
    "plan": ("what is due, how it went, and the days until the interview", practise.plan),
    "takes": ("list, find, name and delete what you recorded", look_back.takes),
    "compare": ("two takes side by side, and what changed", look_back.compare),
    "progress": ("how your practice goes, day by day", look_back.progress),
    "replay": ("listen to a take again, with its words as they are heard", look_back.replay),
    "report": ("show the report of a take again", look_back.report),
    "share": ("pack a take for a coach: sound, report and a file for remarks", look_back.share),
    "remarks": ("keep what a coach wrote about a take", look_back.remarks),
    "stories": ("your own stories: what they serve, how they were told", prepare.stories),
    "questions": ("list, show, check or import questions", prepare.questions),
    "models": ("list, get or remove models that write answers down", prepare.models),
    "doctor": ("check microphone, speaker, voice, model and disk", prepare.none),
    "recover": ("finish takes that were cut short or wait for their words", prepare.none),
    "demo": ("the whole loop without a microphone or a network", prepare.demo),
}
"""Each with what it is for and its options; `rehearse.commands` has a module of the same name."""
