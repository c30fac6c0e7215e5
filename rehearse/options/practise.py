"""Commands to practise with."""

from __future__ import annotations

import argparse

from rehearse.options.shared import (
    answering,
    devices,
    manner,
    manual,
    resume,
    target,
    whole_number,
)


def practice(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Asks aloud, records, writes down and reports. Enter ends an answer, Space pauses, r starts"
        " over, s skips, q leaves. Without a PACK it asks what is due, with new ones mixed in.",
        {
            "practice": "three questions",
            "practice behavioural --questions 5": "five from one pack; 'questions list' has them",
            'practice --ask "Why us?" --target 1:30': "a question of your own, in 90 seconds",
            "practice --due --follow-ups": "only what is due, with a follow-up after each answer",
            "practice --hands-free": "no keys: say 'next', 'again' or 'stop'",
        },
    )
    command.add_argument("pack", nargs="?", metavar="PACK", help="ask from this pack only")
    command.add_argument("--principle", metavar="NAME", help="ask about this principle only")
    command.add_argument(
        "--questions", type=whole_number, metavar="N", help="how many (default: 3)"
    )
    command.add_argument("--ask", metavar="TEXT", help="ask this question")
    command.add_argument("--story", metavar="NAME", help="ask for this story of yours")
    resume(command)
    order = command.add_mutually_exclusive_group()
    order.add_argument("--due", action="store_true", help="only what is due, see 'rehearse plan'")
    order.add_argument("--random", action="store_true", help="whatever the schedule says")
    command.add_argument(
        "--follow-ups", action="store_true", help="ask on after each answer, as interviewers do"
    )
    command.add_argument("--notes", metavar="FILE", help="your notes: which points were said")
    target(command)
    manner(command)
    answering(command)
    devices(command)


def loop(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Each person has a voice of their own, asks on, and lets you ask back at the end. A plan of"
        " your own is a section '## Plan: NAME' in a pack.",
        {
            "loop": "your own first plan, or the phone screen",
            "loop full-loop --auto-stop": "all persons; five seconds of silence end an answer",
            "loop onsite.md": "the plan in this file",
            "loop --resume": "goes on with the interview that was broken off",
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
        "--no-follow-ups", dest="follow_ups", action="store_false", help="do not ask on"
    )
    resume(command)
    manner(command)
    answering(command)
    devices(command)


def intro(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Three lights show the time: green from 1:00, amber from 1:30, red from 2:00, or at the"
        " same shares of another target.",
        {
            "intro": "two minutes",
            "intro --target 90s": "in a minute and a half",
            "intro --ladder": "in 30, 60, 90 and 120 seconds, one after the other",
            "intro --notes cv.md": "also tells which points of your notes were said",
        },
    )
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
    target(command)
    manner(command)
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
    manner(command)
    group = command.add_argument_group("sound")
    group.add_argument("--voice", metavar="NAME", help="the interviewer's voice, such as en-gb")
    group.add_argument("--rate", type=whole_number, metavar="WPM", help="its words a minute")


def _port(text: str) -> int:
    value = int(text) if text.isdecimal() and len(text) <= 5 else 0
    if not 1024 <= value <= 65535:
        raise argparse.ArgumentTypeError(f"give a port from 1024 to 65535, not '{text}'")
    return value


def plan(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Each told take gets a grade by its length, its parts and its fillers, and comes back the"
        " later the better it went. Takes are read from your recordings; nothing else is needed.",
        {
            "plan": "what is due today and what comes next",
            "plan --interview 2027-01-15": "puts nothing off until after that day",
            "plan --why": "with the rules, and what kept each from a better grade",
            "plan --rate weakness good": "your own grade for a take whose id has 'weakness'",
        },
    )
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
