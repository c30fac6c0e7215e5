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

AUTO_STOP, SHORTEST_STOP, LONGEST_STOP = 5.0, 3.0, 10.0
"""Seconds of silence that end an answer: people think for three to five."""
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
    everywhere = _global_options()
    root = argparse.ArgumentParser(
        prog="rehearse",
        description="A private coach to practise interviews with. Nothing leaves this machine.",
        epilog="Start with 'rehearse', or with 'rehearse demo' where there is no microphone.",
        parents=[everywhere],
    )
    root.add_argument("--version", action="version", version=f"rehearse {__version__}")
    root.set_defaults(module="start")
    commands = root.add_subparsers(title="commands", metavar="COMMAND")
    for name, (text, add_options) in COMMANDS.items():
        if wanted is not None and name not in wanted:
            commands.add_parser(name, help=text, add_help=False)
            continue
        made = commands.add_parser(name, help=text, description=text, parents=[everywhere])
        made.set_defaults(module=name)
        add_options(made)
    return root


def _global_options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    group = options.add_argument_group("everywhere")
    group.add_argument("--home", metavar="DIR", help="folder of takes, packs and settings")
    group.add_argument(
        "--model", metavar="NAME|DIR", help="model that writes down (default: base.en)"
    )
    group.add_argument("--config", metavar="FILE", help="settings (default: config.toml at home)")
    group.add_argument(
        "--plain", action="store_true", help="no colour, no redrawing: for screen readers and logs"
    )
    return options


def _devices(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("sound", "devices go by number or part of their name")
    group.add_argument("--microphone", metavar="DEVICE")
    group.add_argument("--speaker", metavar="DEVICE")
    group.add_argument("--voice", metavar="NAME", help="the interviewer's voice, such as en-gb")
    group.add_argument("--rate", type=int, metavar="WPM", help="its words a minute")


def _manner(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--language", metavar="L", help="such as en or de; auto: told by the sound"
    )
    _no_judgement(command)


def _no_judgement(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--no-judgement",
        dest="advice",
        action="store_false",
        default=None,
        help="what was said, without advice or verdicts",
    )


def _target(command: argparse.ArgumentParser) -> None:
    command.add_argument("--target", metavar="TIME", help="how long to speak, such as 2:00 or 90s")


def _answering(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("answering", "without these, Enter ends an answer")
    group.add_argument(
        "--auto-stop",
        nargs="?",
        type=_silence,
        const=AUTO_STOP,
        metavar="S",
        help="silence ends an answer: after 5 seconds, or 3 to 10",
    )
    group.add_argument(
        "--hands-free", action="store_true", help="led by voice: say 'next', 'again' or 'stop'"
    )
    group.add_argument("--captions", action="store_true", help="show the words while they come")
    group.add_argument("--counter", action="store_true", help="count the fillers while they come")


def _practice(command: argparse.ArgumentParser) -> None:
    command.add_argument("pack", nargs="?", metavar="PACK", help="ask from this pack only")
    command.add_argument("--principle", metavar="NAME", help="ask about this principle only")
    command.add_argument("--questions", type=_count, metavar="N", help="how many (default: 3)")
    command.add_argument("--ask", metavar="TEXT", help="ask this question")
    command.add_argument("--story", metavar="NAME", help="ask for this story of yours")
    _resume(command)
    order = command.add_mutually_exclusive_group()
    order.add_argument("--due", action="store_true", help="only what is due, see 'rehearse plan'")
    order.add_argument("--random", action="store_true", help="whatever the schedule says")
    command.add_argument(
        "--follow-ups", action="store_true", help="ask on after each answer, as interviewers do"
    )
    command.add_argument("--notes", metavar="FILE", help="your notes: which points were said")
    _target(command)
    _manner(command)
    _answering(command)
    _devices(command)


def _resume(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--resume", action="store_true", help="go on with the session that was broken off"
    )


def _loop(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "plan",
        nargs="?",
        metavar="PLAN",
        help="phone-screen, behavioural, full-loop, one of yours, or a file with one"
        " (default: your first, or phone-screen)",
    )
    command.add_argument(
        "--no-follow-ups", dest="follow_ups", action="store_false", help="do not ask on"
    )
    _resume(command)
    _manner(command)
    _answering(command)
    _devices(command)


def _intro(command: argparse.ArgumentParser) -> None:
    command.add_argument("--notes", metavar="FILE", help="your notes: which points were said")
    command.add_argument(
        "--ladder",
        action="store_true",
        help="four times, with more time each: 30, 60, 90 and 120 seconds",
    )
    command.add_argument(
        "--gong",
        action="store_true",
        help="a soft tone at the target; use headphones, or the microphone hears it too",
    )
    _target(command)
    _manner(command)
    _answering(command)
    _devices(command)


def _analyze(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", nargs="+", metavar="PATH")
    command.add_argument("--transcript", metavar="FILE", help="the words of the recording")
    command.add_argument("--question", metavar="TEXT", help="the question that was answered")
    command.add_argument("--kind", metavar="KIND", help="what the question expects")
    command.add_argument("--notes", metavar="FILE", help="your notes: which points were said")
    command.add_argument("--story", metavar="NAME", help="your story: which points were said")
    command.add_argument("--json", action="store_true", help="one object a line on stdout")
    _target(command)
    _manner(command)


def _plan(command: argparse.ArgumentParser) -> None:
    command.add_argument("pack", nargs="?", metavar="PACK", help="of this pack only")
    command.add_argument(
        "--interview", metavar="DATE", help="when it is, such as 2027-01-15; or none"
    )
    command.add_argument(
        "--rate",
        dest="rated",
        nargs=2,
        metavar=("TAKE", "GRADE"),
        help="how it went: again, hard, good or easy",
    )
    command.add_argument("--why", action="store_true", help="why each has its rating")
    command.add_argument("--rebuild", action="store_true", help="read all takes anew")
    command.add_argument("--json", action="store_true", help="one object on stdout")


def _takes(command: argparse.ArgumentParser) -> None:
    everywhere = _global_options()
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
    _sure(command, "do what --prune lists")
    actions = command.add_subparsers(dest="action", metavar="ACTION", title="actions")
    for action, text in (("rename", "give a take a title"), ("note", "write a note beside a take")):
        named = actions.add_parser(action, help=text, description=text, parents=[everywhere])
        named.add_argument("take", metavar="TAKE")
        named.add_argument("text", metavar="TEXT", help='"" takes it away again')
    for action, text in (
        ("star", "mark a take as one to keep"),
        ("unstar", "take the mark away"),
        ("delete", "delete a take; asks first"),
    ):
        named = actions.add_parser(action, help=text, description=text, parents=[everywhere])
        named.add_argument("take", metavar="TAKE")
    _sure(named, "do not ask")


def _sure(command: argparse.ArgumentParser, text: str) -> None:
    command.add_argument("--yes", action="store_true", help=text)
    command.add_argument("--for-good", action="store_true", help="delete past the system's trash")


def _compare(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "takes", nargs="*", metavar="TAKE", help="two (default: the last two of a question)"
    )
    command.add_argument("--json", action="store_true", help="one object on stdout")


def _progress(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--format", choices=["terminal", "html", "csv", "json"], default="terminal"
    )
    command.add_argument("-o", "--output", metavar="FILE", help="write it there, not to stdout")


def _replay(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "take", nargs="?", metavar="TAKE|FILE", help="a take or a recording (default: the latest)"
    )
    command.add_argument("--speaker", metavar="DEVICE")


def _report(command: argparse.ArgumentParser) -> None:
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
    _no_judgement(command)


def _share(command: argparse.ArgumentParser) -> None:
    command.add_argument("take", nargs="?", metavar="TAKE", help="default: the latest")
    command.add_argument(
        "-o", "--output", metavar="FILE", help="default: the take's id, .zip, here"
    )
    command.add_argument(
        "--no-sound", dest="sound", action="store_false", help="without your voice"
    )
    _no_judgement(command)


def _remarks(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", help="the coach's Markdown file, or a zip with it")
    command.add_argument(
        "take", nargs="?", metavar="TAKE", help="default: the one that the file names"
    )


def _questions(command: argparse.ArgumentParser) -> None:
    everywhere = _global_options()
    actions = command.add_subparsers(dest="action", metavar="list|show|check|import", required=True)
    listing = actions.add_parser("list", help="every question, pack by pack", parents=[everywhere])
    listing.add_argument("--principle", metavar="NAME")
    listing.add_argument("--json", action="store_true", help="one object a line on stdout")
    show = actions.add_parser("show", help="one question, all of it", parents=[everywhere])
    show.add_argument("text", metavar="TEXT", help="part of the question")
    check = actions.add_parser("check", help="where a pack cannot be read", parents=[everywhere])
    check.add_argument("files", nargs="+", metavar="FILE")
    text = "make a pack of your own notes, or bring it up to date"
    importing = actions.add_parser("import", help=text, description=text, parents=[everywhere])
    importing.add_argument("files", nargs="+", metavar="FILE")
    importing.add_argument("--json", action="store_true", help="one object a line on stdout")
    importing.add_argument("--dry-run", action="store_true", help="show, and write nothing")
    importing.set_defaults(module="importing")


def _stories(command: argparse.ArgumentParser) -> None:
    command.add_argument("--question", metavar="TEXT", help="which of them fit this question")
    command.add_argument("--json", action="store_true", help="one object on stdout")


def _models(command: argparse.ArgumentParser) -> None:
    everywhere = _global_options()
    actions = command.add_subparsers(dest="action", metavar="list|get|remove", required=True)
    actions.add_parser("list", help="what is on this machine", parents=[everywhere])
    for action, text in (("get", "download a model"), ("remove", "delete a downloaded model")):
        named = actions.add_parser(action, help=text, parents=[everywhere])
        named.add_argument("name", metavar="NAME")


def _demo(command: argparse.ArgumentParser) -> None:
    command.add_argument("--fast", action="store_true", help="without waiting for the sound")
    command.add_argument("--speaker", metavar="DEVICE")


def _silence(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not SHORTEST_STOP <= value <= LONGEST_STOP:
        raise argparse.ArgumentTypeError(
            f"give seconds of silence from {SHORTEST_STOP:.0f} to {LONGEST_STOP:.0f}, not '{text}'"
        )
    return value


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("ask at least one question")
    return number


def _none(command: argparse.ArgumentParser) -> None:
    """No options of its own."""


COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "practice": ("answer questions aloud and see how it went", _practice),
    "intro": ("time your two-minute introduction", _intro),
    "loop": ("a whole interview, one person after the other", _loop),
    "analyze": ("analyse recordings, transcripts and takes", _analyze),
    "plan": ("what is due, how it went, and the days until the interview", _plan),
    "takes": ("list, find, name and delete what you recorded", _takes),
    "compare": ("two takes side by side, and what changed", _compare),
    "progress": ("how your practice goes, day by day", _progress),
    "replay": ("listen to a take again, with its words as they are heard", _replay),
    "report": ("show the report of a take again", _report),
    "share": ("pack a take for a coach: sound, report and a file for remarks", _share),
    "remarks": ("keep what a coach wrote about a take", _remarks),
    "stories": ("your own stories: what they serve, how they were told", _stories),
    "questions": ("list, show, check or import questions", _questions),
    "models": ("list, get or remove models that write answers down", _models),
    "doctor": ("check microphone, speaker, voice, model and disk", _none),
    "recover": ("finish takes that were cut short or wait for their words", _none),
    "demo": ("the whole loop without a microphone or a network", _demo),
}
"""Each with what it is for and its options; `rehearse.commands` has a module of the same name."""
