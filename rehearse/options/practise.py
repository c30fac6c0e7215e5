"""Commands to practise with."""

from __future__ import annotations

import argparse

from rehearse.options.shared import answering, devices, manner, resume, target


def practice(command: argparse.ArgumentParser) -> None:
    command.add_argument("pack", nargs="?", metavar="PACK", help="ask from this pack only")
    command.add_argument("--principle", metavar="NAME", help="ask about this principle only")
    command.add_argument("--questions", type=_count, metavar="N", help="how many (default: 3)")
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


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("ask at least one question")
    return number


def loop(command: argparse.ArgumentParser) -> None:
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


def plan(command: argparse.ArgumentParser) -> None:
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
