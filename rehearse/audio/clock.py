"""The computer's clocks: what time it is, how much passed, and how long it slept."""

from __future__ import annotations

import sys
import time
from datetime import datetime


class SystemClock:
    def now(self) -> str:
        return datetime.now().astimezone().isoformat(timespec="seconds")

    def monotonic(self) -> float:
        return awake()

    def asleep(self) -> float:
        return asleep()


if sys.platform == "win32":

    def awake() -> float:
        """Seconds that the computer was awake, from some moment on."""
        import ctypes

        ticks = ctypes.c_ulonglong()
        ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(ticks))
        return ticks.value * 1e-7

    def asleep() -> float:
        """Seconds that it slept, from some moment on; it may jitter by a few hundredths."""
        return time.monotonic() - awake()

elif sys.platform == "linux":

    def awake() -> float:
        """Seconds that the computer was awake, from some moment on."""
        return time.monotonic()

    def asleep() -> float:
        """Seconds that it slept, from some moment on; it may jitter by a few microseconds."""
        return time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)

else:

    def awake() -> float:
        """Seconds that the computer was awake, from some moment on: of macOS so."""
        return time.monotonic()

    def asleep() -> float:
        """Seconds by which the clock on the wall is ahead of that; one that is set shows, too."""
        return time.time() - time.monotonic()
