"""All commands with their options."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Collection

from rehearse import __version__
from rehearse.options import look_back, practise, prepare, takes
from rehearse.options.shared import Parser, everywhere, manual

TEXT = "Without a command, rehearse checks your microphone and starts to practise with you."
EXAMPLES = {
    "": "three questions, those that are due first",
    "demo": "see how it works, without a microphone",
    "web": "the same in your browser",
    "report --open": "the last answer as a page in the browser",
    "practice --help": "help for one command",
}


def parser(wanted: Collection[str] | None = None) -> argparse.ArgumentParser:
    """The parser of the command line. `wanted`: only these commands get their options, which is
    faster; None is all of them."""
    common = everywhere()
    root = Parser(
        prog="rehearse",
        description="A private coach for interview practice. Nothing leaves this machine.",
        parents=[common],
    )
    manual(root, TEXT, EXAMPLES)
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
    "practice": ("answer questions aloud and get a report", practise.practice),
    "intro": ("practise your two-minute introduction with a timer", practise.intro),
    "loop": ("practise a whole interview with several interviewers", practise.loop),
    "analyze": ("analyse recordings, transcripts and takes", look_back.analyze),
    "class": ("make one printable page about a class", look_back.classroom),
    "web": ("practise in your browser", practise.web),
    "plan": ("see what is due, and set the day of your interview", practise.plan),
    "takes": ("list, find, name and delete your takes", takes.takes),
    "forget": ("delete takes permanently, with every trace of them", takes.forget),
    "compare": ("compare two takes and see what changed", look_back.compare),
    "progress": ("see your progress from day to day", look_back.progress),
    "replay": ("listen to a take and read along", look_back.replay),
    "report": ("show the report of a take again", look_back.report),
    "share": ("pack a take into a zip for a coach", look_back.share),
    "remarks": ("save what a coach wrote about a take", look_back.remarks),
    "stories": ("see your own stories and how well you told them", prepare.stories),
    "questions": ("list, show, check, import or find questions", prepare.questions),
    "models": ("list, get or remove models", prepare.models),
    "doctor": ("check microphone, speaker, voice, model and disk", prepare.doctor),
    "recover": ("finish takes that have no report yet", prepare.recover),
    "demo": ("see a short interview, without a microphone", prepare.demo),
    "completion": ("let your shell complete commands with Tab", prepare.completion),
}
"""Each command's line of help and its options. `rehearse.commands` has a module of the same name
for each."""
