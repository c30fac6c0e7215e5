"""Python imports this first where its folder is in PYTHONPATH: under Debian's faketime an absolute
sleep on a monotonic clock that it leaves alone fails with EINVAL, and Python sleeps that way."""

from __future__ import annotations

import select
import time


def _sleep(seconds: float) -> None:
    select.select([], [], [], seconds)


time.sleep = _sleep
