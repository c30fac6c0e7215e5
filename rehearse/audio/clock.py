"""The computer's clocks: the time, seconds that passed, and seconds of sleep."""

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
        """Seconds that the computer was awake since some moment."""
        import ctypes

        ticks = ctypes.c_ulonglong()
        ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(ticks))
        return ticks.value * 1e-7

    def asleep() -> float:
        """Seconds that it slept since some moment; may vary by a few hundredths."""
        return time.monotonic() - awake()

elif sys.platform == "linux":

    def awake() -> float:
        """Seconds that the computer was awake since some moment."""
        return time.monotonic()

    def asleep() -> float:
        """Seconds that it slept since some moment; may vary by a few microseconds."""
        return time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)

else:

    def awake() -> float:
        """Seconds that the computer was awake since some moment; on macOS this clock does that."""
        return time.monotonic()

    def asleep() -> float:
        """Seconds between the wall clock and that clock; setting the wall clock changes it too."""
        return time.time() - time.monotonic()
