"""Session after session in one process: each line of the terminal is a command of ours to run."""

from __future__ import annotations

import shlex
import sys

from rehearse import cli

OVER = "The command is over with"
"""Followed by its exit code."""


def main() -> None:
    print("Ready.", flush=True)
    while line := sys.stdin.readline().strip():
        print(f"{OVER} {cli.main(shlex.split(line))}.", flush=True)


if __name__ == "__main__":
    main()
