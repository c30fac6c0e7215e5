"""The options of `takes` and `forget`."""

from __future__ import annotations

import argparse

from rehearse.options.shared import action, confirmation, manual


def takes(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "The latest come first. TAKE is a take's folder, its id, or a part of the id that only this"
        " take has. Deleted takes go to the system's trash.",
        {
            "takes": "the latest 25",
            "takes --said queue --since 30d": "of the last 30 days, where you said 'queue'",
            "takes --check": "check that no take is damaged",
            "takes --prune keep 5": "show what would be deleted if you kept five of each question",
            "takes --prune older-than 90d --yes": "delete those; starred takes stay",
        },
    )
    _find(command)
    command.add_argument("--all", action="store_true", help="all takes, not only the latest 25")
    command.add_argument("--json", action="store_true", help="all takes, one JSON object per line")
    command.add_argument(
        "--check",
        action="store_true",
        help="read all recordings and report what is damaged or missing",
    )
    command.add_argument(
        "--prune",
        nargs=2,
        metavar=("POLICY", "N"),
        help="'older-than 90d' or 'keep 5' (of each question): list what would be deleted",
    )
    confirmation(command, "delete what --prune lists")
    actions = command.add_subparsers(dest="action", metavar="ACTION", title="actions")
    _rename(action(actions, "rename", "give a take a title"))
    _note(action(actions, "note", "write a note beside a take"))
    _star(action(actions, "star", "mark a take to keep it"))
    _unstar(action(actions, "unstar", "remove the mark"))
    _correct(action(actions, "correct", "correct misheard words"))
    _label(action(actions, "label", "correct the sections of a story"))
    _delete(action(actions, "delete", "delete a take; asks first"))


def _find(command: argparse.ArgumentParser) -> None:
    find = command.add_argument_group("find", "several of these together find fewer takes")
    find.add_argument("--said", metavar="TEXT", help="takes in which you said this")
    find.add_argument("--question", metavar="TEXT", help="part of the question or of your title")
    find.add_argument("--principle", metavar="NAME", help="part of a principle's name")
    find.add_argument("--since", metavar="DATE", help="on this day or later: 2026-05-04, or 30d")
    find.add_argument("--before", metavar="DATE", help="earlier than this day")
    find.add_argument("--starred", action="store_true", help="starred takes only")


def _rename(command: argparse.ArgumentParser) -> None:
    _labelled(command)
    manual(
        command,
        "Lists show the title, and --question finds it.",
        {
            'takes rename weakness "Weakness, short"': "for the take with 'weakness' in its id",
            'takes rename weakness ""': "remove the title",
        },
    )


def _note(command: argparse.ArgumentParser) -> None:
    _labelled(command)
    manual(
        command,
        "",
        {
            'takes note weakness "Calmer than last week."': "save a note with the take",
            'takes note weakness ""': "remove the note",
        },
    )


def _star(command: argparse.ArgumentParser) -> None:
    command.add_argument("take", metavar="TAKE")
    manual(
        command,
        "--prune never deletes a starred take.",
        {"takes star weakness": "the take with 'weakness' in its id"},
    )


def _unstar(command: argparse.ArgumentParser) -> None:
    command.add_argument("take", metavar="TAKE")
    manual(command, "", {"takes unstar weakness": "the take with 'weakness' in its id"})


def _correct(command: argparse.ArgumentParser) -> None:
    command.add_argument("take", metavar="TAKE")
    command.add_argument(
        "--from", dest="words_from", metavar="FILE", help="read the words from a file, no editor"
    )
    command.add_argument("--undo", action="store_true", help="bring back the original words")
    manual(
        command,
        "Opens the words in your editor (VISUAL or EDITOR) and makes the report again. Words that"
        " you leave as they are keep their times. Hesitations found in the sound stay.",
        {
            "takes correct weakness": "edit the words of the take with 'weakness' in its id",
            "takes correct weakness --from interview.srt": "use the words of a file",
            "takes correct weakness --undo": "bring back the original words",
        },
    )


def _label(command: argparse.ArgumentParser) -> None:
    command.add_argument("take", metavar="TAKE")
    command.add_argument(
        "--from", dest="labels_from", metavar="FILE", help="read the letters from a file, no editor"
    )
    command.add_argument("--undo", action="store_true", help="bring back the sections as found")
    manual(
        command,
        "Opens the answer in your editor (VISUAL or EDITOR), a sentence a line, each with the"
        " letter of its section, and makes the report again. Your next stories are read with what"
        " you corrected. It stays on this machine, in the take.",
        {
            "takes label weakness": "edit the sections of the take with 'weakness' in its id",
            "takes label weakness --undo": "bring back the sections as found",
        },
    )


def _delete(command: argparse.ArgumentParser) -> None:
    command.add_argument("take", metavar="TAKE")
    confirmation(command, "do not ask first")
    manual(
        command,
        "",
        {
            "takes delete weakness": "ask, then move the take to the system's trash",
            "takes delete weakness --for-good --yes": "delete it permanently, without asking",
        },
    )


def _labelled(command: argparse.ArgumentParser) -> None:
    command.add_argument("take", metavar="TAKE")
    command.add_argument("text", metavar="TEXT", help='"" removes it')


def forget(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Deletes takes permanently, with their reports, remarks and ratings; they do not go to the"
        " trash. It shows what would be deleted and asks first. --all also deletes your plan and"
        " your unfinished session. Packs, models and settings stay.",
        {
            "forget weakness": "the take with 'weakness' in its id",
            "forget --before 90d --yes": "all takes older than 90 days, without asking",
            "forget --all": "all takes",
        },
    )
    command.add_argument("takes", nargs="*", metavar="TAKE")
    command.add_argument("--before", metavar="DATE", help="takes before this day: 2026-05-04, 30d")
    command.add_argument("--all", action="store_true", help="all takes, your plan and sessions")
    command.add_argument("--yes", action="store_true", help="do not ask first")
