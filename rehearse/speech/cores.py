"""How many threads a model works with."""

from __future__ import annotations

import math
import os
from pathlib import Path

# More than four threads do not make a window faster.
_MOST_THREADS = 4


def usual_threads() -> int:
    """Of a model, however many work at once: on some processors the last digits of what it gives
    depend on it, and the same sound is to give the same answer."""
    return physical_cores(at_most=_MOST_THREADS)


def physical_cores(*, at_most: int) -> int:
    """Two threads of one core only get in each other's way."""
    siblings = Path("/sys/devices/system/cpu").glob("cpu[0-9]*/topology/thread_siblings_list")
    cores = len({path.read_text() for path in siblings})
    logical = os.cpu_count() or 1
    if not cores:
        # Nothing tells here; two threads a core is the rule where there are many.
        cores = logical if logical <= 2 else math.ceil(logical / 2)
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else logical
    return max(1, min(cores, usable, at_most))
