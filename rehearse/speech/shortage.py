"""Recognises that memory ran out, which each library reports in its own words."""

from __future__ import annotations

_SIGNS = ("failed to map segment", "cannot allocate", "bad_alloc", "bad allocation")
"""From the loader of Linux, from the system, and from C++ on Linux and Windows."""


def ran_out(problem: BaseException) -> bool:
    text = str(problem).lower()
    return isinstance(problem, MemoryError) or any(sign in text for sign in _SIGNS)
