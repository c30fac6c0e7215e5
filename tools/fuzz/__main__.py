"""Every target in turn; prints one figure a line and what was found, and fails where anything was.

The inputs that broke something lie in build/fuzz/TARGET/findings, with what they broke beside them.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

FOLDER = Path("build/fuzz")
NICE = 10
"""Whoever works beside it should not feel it."""
GRACE = 600
"""Seconds beyond a target's own time: the last input may be a slow one."""


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=60.0, help="for all targets together")
    asked.add_argument("--folder", type=Path, default=FOLDER)
    asked.add_argument("--targets", nargs="*", metavar="NAME", help="default: all")
    chosen = asked.parse_args()
    if importlib.util.find_spec("atheris") is None:
        print("Fuzzing needs atheris, which there is for Linux on x86-64 only.")
        return 1
    from tools.fuzz.targets import NAMES

    names = chosen.targets or NAMES
    seconds = max(1, round(chosen.minutes * 60 / len(names)))
    return 1 if sum(_fuzz(name, seconds, chosen.folder) for name in names) else 0


def _fuzz(name: str, seconds: int, folder: Path) -> int:
    """How many causes were found, an end before its time among them."""
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    status = place / "status.txt"
    status.unlink(missing_ok=True)
    with (place / "log.txt").open("w") as log:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "tools.fuzz.one",
                name,
                "--seconds",
                str(seconds),
                "--folder",
                str(folder),
            ],
            stdout=log,
            stderr=subprocess.STDOUT,
            env=os.environ | {"OMP_NUM_THREADS": "1"},
            preexec_fn=lambda: os.nice(NICE),
            timeout=seconds + GRACE,
        )
    runs, *causes = status.read_text("utf-8").splitlines() if status.exists() else ["runs 0"]
    if done.returncode:
        causes.append(f"ended by itself with code {done.returncode}, see {place / 'log.txt'}")
    print(f"fuzz_{name} {runs.split()[1]} runs (n={seconds} s)", flush=True)
    for cause in causes:
        print(f"  {cause}", flush=True)
    return len(causes)


if __name__ == "__main__":
    sys.exit(main())
