"""Tries faults on real sessions, one line a kind; exit 1 where more was lost than may be."""

from __future__ import annotations

import argparse
import importlib
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from tests.pulse import missing
from tools.faults.outcome import Outcome, total

Trial: TypeAlias = "Callable[[Path, int | None], Outcome]"

KINDS = {
    "kill": "kill",
    "signals": "signals",
    "power": "power",
    "unsynced": "unsynced",
    "disk-full": "disk_full",
    "sound-server": "sound_server",
    "readonly": "readonly",
    "model-gone": "model_gone",
    "worker-killed": "worker_killed",
    "worker-memory": "worker_memory",
    "clock": "clock",
    "two-sessions": "two_sessions",
    "many-takes": "many_takes",
}
"""Each with the module that tries it, whose `tried(work, count)` gives the outcome. `work` is an
empty folder, `count` how many trials are wanted; None leaves that to the module."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=" ".join(KINDS))
    parser.add_argument("--count", type=int, help="trials of each kind")
    parser.add_argument("--seed", type=int, help="of the random moments")
    args = parser.parse_args()
    if unknown := set(args.kinds) - set(KINDS):
        parser.error(f"no such kind: {' '.join(sorted(unknown))}")
    if why := missing():
        parser.exit(1, f"Faults cannot be tried here: {why}.\n")
    seed = random.randrange(10_000) if args.seed is None else args.seed
    random.seed(seed)
    print(f"seed {seed}", flush=True)
    # A shell's background job ignores Ctrl-C, and so would the sessions. Whatever ends this, its
    # disks and servers go with it.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    outcomes = [tried(kind, args.count) for kind in args.kinds or KINDS]
    print(total(outcomes).line())
    return 0 if all(one.held for one in outcomes) else 1


def tried(kind: str, count: int | None) -> Outcome:
    trial: Trial = importlib.import_module(f"tools.faults.{KINDS[kind]}").tried
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="faults-") as work:
        found = trial(Path(work), count)
    print(f"{found.line()}  ({time.monotonic() - begun:.0f} s)", flush=True)
    return found


if __name__ == "__main__":
    sys.exit(main())
