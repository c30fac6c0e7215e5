"""`python -m tests.listen FILE`: what the microphone hears goes to FILE until it is lost.

The last line on stdout is JSON: what was said about the loss, and the seconds that the loss and
the closing took. In a process of its own, for a hung sound server stays in a process for good.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from rehearse.audio.microphone import Microphone
from rehearse.errors import EarLost


def main(path: Path) -> None:
    lost, last = "", time.monotonic()
    with path.open("wb", buffering=0) as file:
        with Microphone().open() as hearing:
            while not lost:
                try:
                    if block := hearing.read(0.3):
                        file.write(block)
                        last = time.monotonic()
                except EarLost as error:
                    lost = error.what
            silent = time.monotonic() - last
            closing = time.monotonic()
        closing = time.monotonic() - closing
        while block := hearing.read(0.3):
            file.write(block)
    result = {"lost": lost, "silent": silent, "closing": closing}
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
