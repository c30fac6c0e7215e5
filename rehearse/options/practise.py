"""The options of the commands that practise: practice, loop, intro, plan."""

from __future__ import annotations

import argparse

from rehearse.options.shared import (
    answering,
    devices,
    manual,
    report_options,
    resume,
    target,
    whole_number,
)


def practice(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Asks questions aloud, records your answers and shows a report of each. Enter ends an"
        " answer, Space pauses, r starts over, s skips, q leaves. Without a PACK it asks what is"
        " due, mixed with new questions.",
        {
            "practice": "three questions",
            "practice behavioural --questions 5": "five from one pack; see 'questions list'",
            'practice --ask "Why us?" --target 1:30': "your own question, in 90 seconds",
            "practice --due --follow-ups": "only what is due, with a follow-up after each answer",
            "practice --hands-free": "without keys: say 'next', 'again' or 'stop'",
        },
    )
    command.add_argument("pack", nargs="?", metavar="PACK", help="ask from this pack only")
    command.add_argument("--principle", metavar="NAME", help="ask about this principle only")
    many = command.add_mutually_exclusive_group()
    many.add_argument("--questions", type=whole_number, metavar="N", help="how many (default: 3)")
    many.add_argument(
        "--minutes", type=whole_number, metavar="N", help="how long: a question for each 5 minutes"
    )
    command.add_argument("--ask", metavar="TEXT", help="ask this question")
    command.add_argument("--story", metavar="NAME", help="ask for this one of your stories")
    resume(command)
    order = command.add_mutually_exclusive_group()
    order.add_argument("--due", action="store_true", help="only what is due, see 'rehearse plan'")
    order.add_argument("--random", action="store_true", help="any question, due or not")
    command.add_argument(
        "--follow-ups", action="store_true", help="ask a follow-up after each answer"
    )
    command.add_argument("--notes", metavar="FILE", help="your notes: shows which points you said")
    target(command)
    report_options(command)
    answering(command)
    devices(command)


def loop(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Each interviewer has a different voice, asks follow-ups, and at the end you can ask"
        " questions too. To write your own plan, add a section '## Plan: NAME' to a pack.",
        {
            "loop": "your own first plan, or the phone screen",
            "loop full-loop --auto-stop": "a whole day; five seconds of silence end an answer",
            "loop onsite.md": "the plan in this file",
            "loop --resume": "continue the interview that you stopped",
        },
    )
    command.add_argument(
        "plan",
        nargs="?",
        metavar="PLAN",
        help="phone-screen, behavioural, full-loop, one of yours, or a file with one"
        " (default: your first, or phone-screen)",
    )
    command.add_argument(
        "--no-follow-ups", dest="follow_ups", action="store_false", help="ask no follow-ups"
    )
    resume(command)
    report_options(command)
    answering(command)
    devices(command)


def intro(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Three lights show the time: green from 1:00, amber from 1:30, red from 2:00. With another"
        " target they come earlier or later.",
        {
            "intro": "two minutes",
            "intro --target 90s": "a minute and a half",
            "intro --ladder": "30, 60, 90 and 120 seconds, one after the other",
            "intro --notes cv.md": "also shows which points of your notes you said",
        },
    )
    command.add_argument("--notes", metavar="FILE", help="your notes: shows which points you said")
    command.add_argument(
        "--ladder",
        action="store_true",
        help="four times, with more time each: 30, 60, 90 and 120 seconds",
    )
    command.add_argument(
        "--gong",
        action="store_true",
        help="a soft tone at the target time; use headphones, or it is recorded too",
    )
    target(command)
    report_options(command)
    answering(command)
    devices(command)


def web(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "The same practice as a page: the browser is microphone, speaker and keys. The server"
        " answers this machine only, and its address holds a secret. Ctrl-C ends it.",
        {
            "web": "prints the address and opens it",
            "web --no-open": "for a browser that you open yourself",
            "web --port 8642": "the same port each time, so that the browser asks once",
        },
    )
    command.add_argument(
        "--port",
        type=_port,
        default=0,
        metavar="N",
        help="from 1024 to 65535 (default: a free one)",
    )
    command.add_argument("--no-open", action="store_true", help="only print the address")
    target(command)
    report_options(command)
    group = command.add_argument_group("sound")
    group.add_argument(
        "--voice", metavar="NAME", help="the interviewer's voice: en-gb, joe, system"
    )
    group.add_argument("--rate", type=whole_number, metavar="WPM", help="its words per minute")


def _port(text: str) -> int:
    value = int(text) if text.isdecimal() and len(text) <= 5 else 0
    if not 1024 <= value <= 65535:
        raise argparse.ArgumentTypeError(f"write a port from 1024 to 65535, not '{text}'")
    return value


def plan(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Each answer gets a grade for its length, its parts and its fillers. The better it went,"
        " the later the question comes back.",
        {
            "plan": "what is due today and what comes next",
            "plan --interview 2027-01-15": "set the day; no question is due after it",
            "plan --why": "with the rules and the reason for each grade",
            "plan --rate weakness good": "grade the take with 'weakness' in its id yourself",
        },
    )
    command.add_argument("pack", nargs="?", metavar="PACK", help="this pack only")
    command.add_argument(
        "--interview", metavar="DATE", help="the day of your interview, such as 2027-01-15; or none"
    )
    command.add_argument(
        "--rate",
        dest="rated",
        nargs=2,
        metavar=("TAKE", "GRADE"),
        help="how it went: again, hard, good or easy",
    )
    command.add_argument("--why", action="store_true", help="show the reason for each grade")
    command.add_argument("--rebuild", action="store_true", help="read all takes again")
    command.add_argument("--json", action="store_true", help="one JSON object")
