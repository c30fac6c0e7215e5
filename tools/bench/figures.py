"""How a figure is taken and printed: `name value unit (n=…)`."""

from __future__ import annotations

import time
from collections.abc import Callable

RUNS = 7


def line(name: str, value: float, unit: str, *, n: int) -> None:
    print(f"{name} {value:.3f} {unit} (n={n})", flush=True)


def fastest(run: Callable[[], object], times: int = RUNS) -> float:
    """Seconds of the fastest of several runs: what else the machine does only ever adds."""

    def once() -> float:
        begun = time.perf_counter()
        run()
        return time.perf_counter() - begun

    return min(once() for _ in range(times))
