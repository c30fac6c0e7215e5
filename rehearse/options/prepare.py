"""Commands to prepare and mend with."""

from __future__ import annotations

import argparse

from rehearse.options.shared import action, manual

SHELLS = ("bash", "zsh", "fish", "powershell")


def questions(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Questions stand in packs: Markdown files in the prompts folder of your home, and those"
        " that come along. A pack of yours takes the place of one that comes along by that name.",
        {
            "questions list": "all that you may be asked",
            "questions show proudest": "one, with its guidance",
            "questions import notes.md": "a pack of your own notes",
        },
    )
    actions = command.add_subparsers(dest="action", metavar="list|show|check|import", required=True)
    _list_questions(action(actions, "list", "every question, pack by pack"))
    _show_question(action(actions, "show", "one question, all of it"))
    _check_packs(action(actions, "check", "where a pack cannot be read"))
    _import_notes(
        action(actions, "import", "make a pack of your own notes, or bring it up to date")
    )


def _list_questions(command: argparse.ArgumentParser) -> None:
    command.add_argument("--principle", metavar="NAME", help="part of a principle's name")
    command.add_argument("--json", action="store_true", help="one object a line on stdout")
    manual(
        command,
        "",
        {
            "questions list": "all of them",
            "questions list --principle ownership": "those about one principle",
            "questions list --json": "for scripts",
        },
    )


def _show_question(command: argparse.ArgumentParser) -> None:
    command.add_argument("text", metavar="TEXT", help="part of the question")
    manual(
        command,
        "With its principles, its guidance and what may be asked on.",
        {
            "questions show proudest": "the question with this word",
            'questions show "about yourself"': "several words, in quotes",
        },
    )


def _check_packs(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", nargs="+", metavar="FILE")
    manual(
        command,
        "Names the lines that nobody could place. The code is 1 where there are some.",
        {
            "questions check prompts/team.md": "one pack",
            "questions check prompts/*.md": "all of your own",
        },
    )


def _import_notes(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", nargs="+", metavar="FILE")
    command.add_argument("--json", action="store_true", help="one object a line on stdout")
    command.add_argument("--dry-run", action="store_true", help="show, and write nothing")
    command.set_defaults(module="importing")
    manual(
        command,
        "Finds questions, stories, principles and interviewers in your notes, keeps every wording,"
        " and shows what it could not place. Reads Markdown, text, CSV, Org and Notion exports;"
        " with the extra 'documents' also Word, PDF and HTML.",
        {
            "questions import notes.md": "into a pack in prompts/personal/",
            "questions import notes.md --dry-run": "only shows what it would be",
            "questions import *.md --json": "many, for scripts",
        },
    )


def stories(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Stories stand in your packs, with their situation, task, action and result; 'rehearse"
        " questions import' finds them in your notes.",
        {
            "stories": "all of them, how each was told, and what none serves yet",
            'stories --question "Tell me about a failure."': "those that fit, the best first",
            "stories --json": "for scripts",
        },
    )
    command.add_argument("--question", metavar="TEXT", help="which of them fit this question")
    command.add_argument("--json", action="store_true", help="one object on stdout")


def models(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "A larger model hears better and is slower. Fetching one is the only thing that needs a"
        " network; the first practice fetches base.en.",
        {
            "models list": "what there is, how large, and where",
            "models get small.en": "fetches one",
            "models remove small.en": "frees the disk",
        },
    )
    actions = command.add_subparsers(dest="action", metavar="list|get|remove", required=True)
    listing = action(actions, "list", "what is on this machine")
    manual(listing, "", {"models list": "names, sizes and folders"})
    get = action(actions, "get", "download a model")
    get.add_argument("name", metavar="NAME")
    manual(
        get,
        "A download that is broken off goes on where it was. '--model NAME', or a line in"
        " config.toml, then makes use of it.",
        {
            "models get base.en": "English, the usual one",
            "models get small": "many languages, slower",
        },
    )
    remove = action(actions, "remove", "delete a downloaded model")
    remove.add_argument("name", metavar="NAME")
    manual(remove, "", {"models remove small.en": "it can be fetched again"})


def demo(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Two built-in voices hold a short interview; it is written down and reported for real, by"
        " a tiny model that knows these voices only. Its takes go to a folder of their own.",
        {
            "demo": "at the pace of speech",
            "demo --fast": "without waiting: a few seconds",
            "demo --speaker Headphones": "on another speaker",
        },
    )
    command.add_argument("--fast", action="store_true", help="without waiting for the sound")
    command.add_argument("--speaker", metavar="DEVICE")


def doctor(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Listens for a second, plays silence, renders a word, loads the model, and tells what is"
        " missing with the way to mend it. The code is 1 where practice cannot start.",
        {
            "doctor": "everything, and the devices to choose from",
            "doctor --model small.en": "with another model",
        },
    )


def recover(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Sound is kept through a crash or a closed window. This mends what was cut short and"
        " writes down what waits for its words, for instance because there was no model yet.",
        {
            "recover": "all takes that wait",
            "recover --model small.en": "written down by another model",
        },
    )


def completion(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Prints a script for your shell, which then completes commands, options and files when you"
        " press Tab. It takes effect in the next window. Print it again after an update.",
        {
            "completion bash >> ~/.bash_completion": "for bash and its package bash-completion",
            "completion zsh > ~/.zfunc/_rehearse": "for zsh, where ~/.zfunc is in its fpath",
            "completion fish > ~/.config/fish/completions/rehearse.fish": "for fish",
            "completion powershell >> $PROFILE": "for PowerShell",
        },
    )
    command.add_argument("shell", choices=SHELLS, help="the shell that you type into")
