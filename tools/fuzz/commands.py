"""The command lines that hostile files and words are given to."""

from __future__ import annotations

from tests.sample import TAKE
from tools.fuzz.desk import BEFORE


def _lines(text: str) -> tuple[tuple[str, ...], ...]:
    """One command a line."""
    return tuple(tuple(line.split()) for line in text.strip().splitlines())


REPORTS = _lines(f"""
    report {TAKE.id}
    report {TAKE.id} --format json
    report {TAKE.id} --format md
    report {TAKE.id} --format srt
    report {TAKE.id} --format vtt
    report {TAKE.id} --format html
    report {TAKE.id} --format audacity
    compare {BEFORE.id} {TAKE.id}
    compare {BEFORE.id} {TAKE.id} --json
""")
LISTS = _lines("""
    takes
    takes --json
    takes --said um
    takes --question time
    takes --since 30d
    takes --prune keep 1
    progress
    progress --format json
    progress --format csv
    progress --format html
    compare
    plan --why
    plan --json
    report
""")
LABELS = _lines(f"""
    takes rename {TAKE.id} Title
    takes note {TAKE.id} Note
    takes star {TAKE.id}
    replay {TAKE.id}
    plan --rate {TAKE.id} good
""")
PACKS = _lines(f"""
    questions list
    questions list --json
    questions list --principle a
    questions show a
    stories
    stories --json
    stories --question Failed?
    plan
    plan own
    report {TAKE.id}
""")
PLANS = _lines(f"""
    plan
    plan --why
    plan --json
    plan --interview none
    plan --rate {TAKE.id} hard
""")
CHOSEN = _lines("""
    plan --why
    progress --format html
""")
TYPED = _lines(f"""
    report
    report {TAKE.id} -o
    report --format
    takes
    takes --said
    takes --since
    takes --prune
    takes rename {TAKE.id}
    takes rename
    takes note {TAKE.id}
    takes star
    takes delete --yes
    compare
    questions show
    questions list --principle
    questions check
    questions import --dry-run
    plan
    plan --interview
    plan --rate
    analyze
    analyze --json story.txt --question
    analyze story.txt --target
    analyze story.txt --kind
    remarks
    share {TAKE.id} -o
    stories
    models remove
    models get ../
    takes --config
    progress --format csv -o
    replay
""")
ANALYSES = (
    (),
    ("--json",),
    ("--question", "Why?", "--target", "1:00"),
    ("--kind", "introduction"),
)
DEVICES = ("practice", "intro", "loop", "doctor", "demo", "get")
"""Commands that would open devices and the network."""
BETWEEN = "\x1f"
"""Between two arguments of a command line."""
