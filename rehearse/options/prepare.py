"""The options of the commands that prepare and repair: questions, stories, models, demo, doctor,
recover, completion."""

from __future__ import annotations

import argparse

from rehearse.options.shared import action, manual

SHELLS = ("bash", "zsh", "fish", "powershell")


def questions(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Questions come from packs: built-in ones, and your own Markdown files in the prompts"
        " folder of your home. Your own pack replaces a built-in one of the same name.",
        {
            "questions list": "all questions",
            "questions show proudest": "one question, with its guidance",
            "questions import notes.md": "make a pack from your own notes",
            "questions for advert.txt cv.txt": "make a pack for one job",
        },
    )
    actions = command.add_subparsers(
        dest="action", metavar="list|show|check|import|for", required=True
    )
    _list_questions(action(actions, "list", "list all questions, pack by pack"))
    _show_question(action(actions, "show", "show one question with its details"))
    _check_packs(action(actions, "check", "find mistakes in a pack"))
    _import_notes(action(actions, "import", "make a pack from your own notes, or update it"))
    _for_advert(action(actions, "for", "make a pack for one job, from its advert and your CV"))


def _list_questions(command: argparse.ArgumentParser) -> None:
    command.add_argument("--principle", metavar="NAME", help="part of a principle's name")
    command.add_argument("--json", action="store_true", help="one JSON object per line")
    manual(
        command,
        "",
        {
            "questions list": "all questions",
            "questions list --principle ownership": "questions about one principle",
            "questions list --json": "for scripts",
        },
    )


def _show_question(command: argparse.ArgumentParser) -> None:
    command.add_argument("text", metavar="TEXT", help="part of the question")
    command.add_argument("--aloud", action="store_true", help="also read the sample answer to me")
    manual(
        command,
        "With its principles and its follow-ups. A built-in question about your experience also has"
        " a sample answer, which you see after your own first answer.",
        {
            "questions show proudest --aloud": "and hear the sample answer",
            "questions show proudest": "the question with this word",
            'questions show "about yourself"': "several words, in quotes",
        },
    )


def _check_packs(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", nargs="+", metavar="FILE")
    manual(
        command,
        "Prints each mistake with its line. The exit code is 1 if there are any.",
        {
            "questions check prompts/team.md": "one pack",
            "questions check prompts/*.md": "all your packs",
        },
    )


def _for_advert(command: argparse.ArgumentParser) -> None:
    command.add_argument("advert", metavar="ADVERT")
    command.add_argument("cv", metavar="CV", nargs="?")
    command.set_defaults(module="advert")
    manual(
        command,
        "Shows the built-in questions that fit what the advert asks for, nearest first, each with"
        " the line that it fits, and questions about the lines of your CV. Both stay on this"
        " machine. Needs the model 'meaning', which reads English: rehearse models get meaning.",
        {
            "questions for advert.txt": "the questions that fit an advert",
            "questions for advert.pdf cv.docx": "and those about your CV; needs 'documents'",
        },
    )


def _import_notes(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", nargs="+", metavar="FILE")
    command.add_argument("--json", action="store_true", help="one JSON object per line")
    command.add_argument("--dry-run", action="store_true", help="show the result, save nothing")
    command.set_defaults(module="importing")
    manual(
        command,
        "Finds questions, stories, principles and interviewers in your notes, keeps your words, and"
        " shows the lines that it could not place. Reads Markdown, text, CSV, Org and Notion"
        " exports; with the extra 'documents' also Word, PDF and HTML.",
        {
            "questions import notes.md": "save a pack in prompts/personal/",
            "questions import notes.md --dry-run": "show the pack, save nothing",
            "questions import *.md --json": "several files, for scripts",
        },
    )


def stories(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "You write stories in your packs, with situation, task, action and result. 'rehearse"
        " questions import' also finds them in your notes.",
        {
            "stories": "all stories, how well you told them, and principles without a story",
            'stories --question "Tell me about a failure."': "stories that fit, best first",
            "stories --json": "for scripts",
        },
    )
    command.add_argument("--question", metavar="TEXT", help="show stories that fit this question")
    command.add_argument("--json", action="store_true", help="one JSON object")


def models(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "A larger model makes fewer mistakes and is slower. Only downloading a model needs a"
        " network; the first practice downloads base.en.",
        {
            "models list": "all models, with their sizes and folders",
            "models get small.en": "download one",
            "models remove small.en": "delete it",
        },
    )
    actions = command.add_subparsers(dest="action", metavar="list|get|remove", required=True)
    listing = action(actions, "list", "list all models, and where they are")
    manual(listing, "", {"models list": "names, sizes and folders"})
    get = action(actions, "get", "download a model")
    get.add_argument("name", metavar="NAME")
    manual(
        get,
        "An interrupted download continues where it stopped. To use the model, add --model NAME, or"
        " a line in config.toml.",
        {
            "models get base.en": "English, the default",
            "models get small": "many languages, slower",
            "models get meaning": "finds points of your notes said in other words, English only",
        },
    )
    remove = action(actions, "remove", "delete a downloaded model")
    remove.add_argument("name", metavar="NAME")
    manual(remove, "", {"models remove small.en": "you can download it again"})


def demo(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Two built-in voices hold a short interview. A tiny model that knows only these voices"
        " writes it down, and you see real reports. The demo's takes are kept apart from yours.",
        {
            "demo": "with sound",
            "demo --fast": "without sound, in a few seconds",
            "demo --speaker Headphones": "on another speaker",
        },
    )
    command.add_argument("--fast", action="store_true", help="play no sound, wait for nothing")
    command.add_argument("--speaker", metavar="DEVICE")


def doctor(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Tries the microphone for a second, the speaker, the voice and the model. Shows what works"
        " and how to fix what doesn't. The exit code is 1 if you cannot practise.",
        {
            "doctor": "check everything, and list the devices",
            "doctor --model small.en": "with another model",
        },
    )


def recover(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Recordings survive a crash or a closed window. This command repairs them, and writes down"
        " answers that have no words yet, for instance because you had no model.",
        {
            "recover": "all unfinished takes",
            "recover --model small.en": "with another model",
        },
    )


def completion(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Prints a script for your shell. With it, the Tab key completes commands, options and"
        " files. It works from the next window on. Print it again after an update.",
        {
            "completion bash >> ~/.bash_completion": "for bash and its package bash-completion",
            "completion zsh > ~/.zfunc/_rehearse": "for zsh, if ~/.zfunc is in its fpath",
            "completion fish > ~/.config/fish/completions/rehearse.fish": "for fish",
            "completion powershell >> $PROFILE": "for PowerShell",
        },
    )
    command.add_argument("shell", choices=SHELLS, help="your shell")
