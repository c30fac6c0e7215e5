"""Commands to prepare and mend with."""

from __future__ import annotations

import argparse

from rehearse.options.shared import everywhere


def questions(command: argparse.ArgumentParser) -> None:
    common = everywhere()
    actions = command.add_subparsers(dest="action", metavar="list|show|check|import", required=True)
    listing = actions.add_parser("list", help="every question, pack by pack", parents=[common])
    listing.add_argument("--principle", metavar="NAME")
    listing.add_argument("--json", action="store_true", help="one object a line on stdout")
    show = actions.add_parser("show", help="one question, all of it", parents=[common])
    show.add_argument("text", metavar="TEXT", help="part of the question")
    check = actions.add_parser("check", help="where a pack cannot be read", parents=[common])
    check.add_argument("files", nargs="+", metavar="FILE")
    text = "make a pack of your own notes, or bring it up to date"
    importing = actions.add_parser("import", help=text, description=text, parents=[common])
    importing.add_argument("files", nargs="+", metavar="FILE")
    importing.add_argument("--json", action="store_true", help="one object a line on stdout")
    importing.add_argument("--dry-run", action="store_true", help="show, and write nothing")
    importing.set_defaults(module="importing")


def stories(command: argparse.ArgumentParser) -> None:
    command.add_argument("--question", metavar="TEXT", help="which of them fit this question")
    command.add_argument("--json", action="store_true", help="one object on stdout")


def models(command: argparse.ArgumentParser) -> None:
    common = everywhere()
    actions = command.add_subparsers(dest="action", metavar="list|get|remove", required=True)
    actions.add_parser("list", help="what is on this machine", parents=[common])
    for action, text in (("get", "download a model"), ("remove", "delete a downloaded model")):
        named = actions.add_parser(action, help=text, parents=[common])
        named.add_argument("name", metavar="NAME")


def demo(command: argparse.ArgumentParser) -> None:
    command.add_argument("--fast", action="store_true", help="without waiting for the sound")
    command.add_argument("--speaker", metavar="DEVICE")


def none(command: argparse.ArgumentParser) -> None:
    """No options of its own."""
