"""rehearse completion: what a shell needs to complete our commands, options and files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from rehearse.options.parser import parser

FILES, FOLDERS = ("FILE", "PATH", "TAKE", "TAKE|FILE", "PLAN"), ("DIR", "NAME|DIR")
"""The words for a file and for a folder in our help. A take may be named by its folder."""


def run(args: argparse.Namespace) -> int:
    sys.stdout.write(script(args.shell))
    return 0


def script(shell: str) -> str:
    import shtab

    whole = parser()
    for action in _actions(whole):
        if action.metavar in FILES:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
        elif action.metavar in FOLDERS:
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
    return shtab.complete(whole, shell)


def _actions(command: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """The options of a command and of all its actions."""
    for action in command._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from _actions(inner)
