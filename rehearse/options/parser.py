"""The commands, and what each may be given."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Collection

from rehearse import __version__
from rehearse.options import analyze, look_back, practise, prepare
from rehearse.options.shared import Parser, everywhere, manual

TEXT = "Without a command it checks microphone, voice and model, and practises."
EXAMPLES = {
    "": "three questions, what is due first",
    "demo": "what it is like, where there is no microphone",
    "web": "the same in your browser",
    "report --open": "the last answer as a page",
    "practice --help": "more about one command",
}


def parser(wanted: Collection[str] | None = None) -> argparse.ArgumentParser:
    """With the options of the `wanted` commands only, which is quicker; None is all of them."""
    common = everywhere()
    root = Parser(
        prog="rehearse",
        description="A private coach to practise interviews with. Nothing leaves this machine.",
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
    "practice": ("answer questions aloud and see how it went", practise.practice),
    "intro": ("time your two-minute introduction", practise.intro),
    "loop": ("a whole interview, one person after the other", practise.loop),
    "analyze": ("analyse analyze, transcripts and takes", look_back.analyze),
    "web": ("practise in your browser", practise.web),
    "plan": ("what is due, how it went, and the days until the interview", practise.plan),
    "takes": ("list, find, name and delete what you recorded", analyze.takes),
    "forget": ("delete takes for good, with every trace of them", analyze.forget),
    "compare": ("two takes side by side, and what changed", look_back.compare),
    "progress": ("how your practice goes, day by day", look_back.progress),
    "replay": ("listen to a take again, with its words as they are heard", look_back.replay),
    "report": ("show the report of a take again", look_back.report),
    "share": ("pack a take for a coach: sound, report and a file for remarks", look_back.share),
    "remarks": ("keep what a coach wrote about a take", look_back.remarks),
    "stories": ("your own stories: what they serve, how they were told", prepare.stories),
    "questions": ("list, show, check or import questions", prepare.questions),
    "models": ("list, get or remove models that write answers down", prepare.models),
    "doctor": ("check microphone, speaker, voice, model and disk", prepare.doctor),
    "recover": ("finish takes that were cut short or wait for their words", prepare.recover),
    "demo": ("the whole loop without a microphone or a network", prepare.demo),
    "completion": ("let your shell complete what you type", prepare.completion),
}
"""Each with what it is for and its options; `rehearse.commands` has a module of the same name."""
