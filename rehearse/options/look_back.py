"""Commands to look back with."""

from __future__ import annotations

import argparse

from rehearse.options.shared import everywhere, manner, no_judgement, sure, target


def report(command: argparse.ArgumentParser) -> None:
    command.add_argument("take", nargs="?", metavar="TAKE", help="default: the latest")
    forms = ["terminal", "html", "json", "md", "srt", "vtt", "audacity"]
    command.add_argument(
        "--format", choices=forms, help="md: to read; srt, vtt: subtitles; audacity: labels"
    )
    command.add_argument(
        "-o", "--output", metavar="FILE", help="default: a page lies in the take, text is printed"
    )
    command.add_argument("--open", action="store_true", help="open the page in the browser")
    command.add_argument(
        "--link-audio", action="store_true", help="the sound in a file beside the page, not in it"
    )
    no_judgement(command)


def replay(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "take", nargs="?", metavar="TAKE|FILE", help="a take or a recording (default: the latest)"
    )
    command.add_argument("--speaker", metavar="DEVICE")


def compare(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "takes", nargs="*", metavar="TAKE", help="two (default: the last two of a question)"
    )
    command.add_argument("--json", action="store_true", help="one object on stdout")


def progress(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--format", choices=["terminal", "html", "csv", "json"], default="terminal"
    )
    command.add_argument("-o", "--output", metavar="FILE", help="write it there, not to stdout")


def takes(command: argparse.ArgumentParser) -> None:
    common = everywhere()
    find = command.add_argument_group("find", "several of these narrow it down further")
    find.add_argument("--said", metavar="TEXT", help="takes in which you said this")
    find.add_argument("--question", metavar="TEXT", help="part of the question or of your title")
    find.add_argument("--principle", metavar="NAME", help="part of a principle's name")
    find.add_argument("--since", metavar="DATE", help="this day and later: 2026-05-04, or 30d")
    find.add_argument("--before", metavar="DATE", help="earlier than this day")
    find.add_argument("--starred", action="store_true", help="starred ones only")
    command.add_argument("--all", action="store_true", help="not only the latest 25")
    command.add_argument("--json", action="store_true", help="all, one object a line on stdout")
    command.add_argument(
        "--prune",
        nargs=2,
        metavar=("POLICY", "N"),
        help="'older-than 90d' or 'keep 5' (of each question): lists what would go",
    )
    sure(command, "do what --prune lists")
    actions = command.add_subparsers(dest="action", metavar="ACTION", title="actions")
    for action, text in (("rename", "give a take a title"), ("note", "write a note beside a take")):
        named = actions.add_parser(action, help=text, description=text, parents=[common])
        named.add_argument("take", metavar="TAKE")
        named.add_argument("text", metavar="TEXT", help='"" takes it away again')
    for action, text in (
        ("star", "mark a take as one to keep"),
        ("unstar", "take the mark away"),
        ("delete", "delete a take; asks first"),
    ):
        named = actions.add_parser(action, help=text, description=text, parents=[common])
        named.add_argument("take", metavar="TAKE")
    sure(named, "do not ask")


def share(command: argparse.ArgumentParser) -> None:
    command.add_argument("take", nargs="?", metavar="TAKE", help="default: the latest")
    command.add_argument(
        "-o", "--output", metavar="FILE", help="default: the take's id, .zip, here"
    )
    command.add_argument(
        "--no-sound", dest="sound", action="store_false", help="without your voice"
    )
    no_judgement(command)


def remarks(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", help="the coach's Markdown file, or a zip with it")
    command.add_argument(
        "take", nargs="?", metavar="TAKE", help="default: the one that the file names"
    )


def analyze(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", nargs="+", metavar="PATH")
    command.add_argument("--transcript", metavar="FILE", help="the words of the recording")
    command.add_argument("--question", metavar="TEXT", help="the question that was answered")
    command.add_argument("--kind", metavar="KIND", help="what the question expects")
    command.add_argument("--notes", metavar="FILE", help="your notes: which points were said")
    command.add_argument("--story", metavar="NAME", help="your story: which points were said")
    command.add_argument("--json", action="store_true", help="one object a line on stdout")
    target(command)
    manner(command)
