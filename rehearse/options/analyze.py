"""Commands for what was recorded."""

from __future__ import annotations

import argparse

from rehearse.options.shared import action, manual, sure


def takes(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "The latest come first. TAKE is a take's folder, its id or any part of it that no other"
        " has. What is deleted goes to the system's trash.",
        {
            "takes": "the latest 25",
            "takes --said queue --since 30d": "in which you said 'queue', of the last 30 days",
            "takes --check": "whether every take is whole",
            "takes --prune keep 5": "what would go if five of each question stayed",
            "takes --prune older-than 90d --yes": "deletes them; starred ones stay",
        },
    )
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
        "--check",
        action="store_true",
        help="read all sound back: is it as it was recorded, and is nothing missing?",
    )
    command.add_argument(
        "--prune",
        nargs=2,
        metavar=("POLICY", "N"),
        help="'older-than 90d' or 'keep 5' (of each question): lists what would go",
    )
    sure(command, "do what --prune lists")
    actions = command.add_subparsers(dest="action", metavar="ACTION", title="actions")
    _rename(action(actions, "rename", "give a take a title"))
    _note(action(actions, "note", "write a note beside a take"))
    _star(action(actions, "star", "mark a take as one to keep"))
    _unstar(action(actions, "unstar", "take the mark away"))
    _correct(action(actions, "correct", "mend words that were misheard"))
    _delete(action(actions, "delete", "delete a take; asks first"))


def _rename(command: argparse.ArgumentParser) -> None:
    _labelled(command)
    manual(
        command,
        "The title is shown in lists and found by --question.",
        {
            'takes rename weakness "Weakness, the short one"': "a take whose id has 'weakness'",
            'takes rename weakness ""': "without a title again",
        },
    )


def _note(command: argparse.ArgumentParser) -> None:
    _labelled(command)
    manual(
        command,
        "",
        {
            'takes note weakness "Calmer than last week."': "kept in the take",
            'takes note weakness ""': "without a note again",
        },
    )


def _star(command: argparse.ArgumentParser) -> None:
    command.add_argument("take", metavar="TAKE")
    manual(command, "No prune takes it.", {"takes star weakness": "a take by a part of its id"})


def _unstar(command: argparse.ArgumentParser) -> None:
    command.add_argument("take", metavar="TAKE")
    manual(command, "", {"takes unstar weakness": "a take by a part of its id"})


def _correct(command: argparse.ArgumentParser) -> None:
    command.add_argument("take", metavar="TAKE")
    command.add_argument(
        "--from", dest="words_from", metavar="FILE", help="words of a file, without an editor"
    )
    command.add_argument("--undo", action="store_true", help="bring the first words back")
    manual(
        command,
        "Opens the words in your editor, the one that VISUAL or EDITOR names, and counts again what"
        " is in them. Words that stay keep their times; hesitations heard in the sound stay too.",
        {
            "takes correct weakness": "opens the words of a take whose id has 'weakness'",
            "takes correct weakness --from interview.srt": "takes the words of a file",
            "takes correct weakness --undo": "has the first words again",
        },
    )


def _delete(command: argparse.ArgumentParser) -> None:
    command.add_argument("take", metavar="TAKE")
    sure(command, "do not ask")
    manual(
        command,
        "",
        {
            "takes delete weakness": "asks, and moves it to the system's trash",
            "takes delete weakness --for-good --yes": "asks nothing, and nothing brings it back",
        },
    )


def _labelled(command: argparse.ArgumentParser) -> None:
    command.add_argument("take", metavar="TAKE")
    command.add_argument("text", metavar="TEXT", help='"" takes it away again')


def forget(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Past the system's trash, with reports, remarks and what the plan knows. It shows what"
        " would go and asks first. --all also takes your plan and your sessions; packs, models and"
        " settings stay.",
        {
            "forget weakness": "a take by a part of its id",
            "forget --before 90d --yes": "all older than 90 days, without asking",
            "forget --all": "every take",
        },
    )
    command.add_argument("takes", nargs="*", metavar="TAKE")
    command.add_argument("--before", metavar="DATE", help="all of before this day: 2026-05-04, 30d")
    command.add_argument("--all", action="store_true", help="every take, your plan and sessions")
    command.add_argument("--yes", action="store_true", help="do not ask")
