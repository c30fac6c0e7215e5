"""Finds the unit of times in a file, if its format does not say."""

from __future__ import annotations

from collections.abc import Sequence

MILLISECOND = 0.001
_UNITS = {
    1.0: "seconds",
    MILLISECOND: "milliseconds",
    0.01: "hundredths of a second",
    1e-7: "ten-millionths of a second",
    1e-9: "nanoseconds",
}
_SPARE = 1.05
"""Words may end a little after the stated length, because it is rounded."""
_LEAST_OF_LENGTH = 0.02
"""Share of the stated length that words reach at least; a smaller unit would leave it silent."""
LARGEST = 1e18
"""Larger figures are not times, in any unit."""
_SLOWEST, _FASTEST = 0.2, 12.0
"""Words a second from the first to the last, pauses and bursts included."""


def unit_of(
    starts: Sequence[float | None],
    ends: Sequence[float | None],
    *,
    words: int,
    length: float | None = None,
) -> tuple[float, tuple[str, ...]]:
    """Seconds in one unit of these times, and what to say where it is not seconds.

    The stated `length` (seconds) decides, else how fast `words` would be said: one person says one
    to five in a second. Seconds are taken where they are possible, as for times with fractions."""
    known = [time for time in (*starts, *ends) if time is not None]
    if not known or any(time != int(time) for time in known):
        return 1.0, ()
    fitting = [unit for unit in _UNITS if _fits(known, unit, words=words, length=length)]
    if not fitting or 1.0 in fitting:
        return 1.0, ()
    unit = fitting[0]
    why = "the length that the file states" if length else "how fast its words would be said"
    return unit, (f"I read the times in the file as {_UNITS[unit]}, by {why}.",)


def _fits(known: Sequence[float], unit: float, *, words: int, length: float | None) -> bool:
    last = max(known) * unit
    span = last - min(known) * unit
    sayable = span <= 0 or words <= _FASTEST * span
    if length:
        return sayable and _LEAST_OF_LENGTH * length <= last <= _SPARE * length + 1
    return sayable and (span <= 0 or _SLOWEST * span <= words)


def milliseconds_or(
    starts: Sequence[float | None],
    ends: Sequence[float | None],
    *,
    words: int,
    length: float | None = None,
) -> tuple[float, tuple[str, ...]]:
    """The same for a format that counts milliseconds; only what they cannot be is something else:
    beyond the stated length, or more words at once than anybody says."""
    known = [time for time in (*starts, *ends) if time is not None]
    if not known or any(time != int(time) for time in known):
        return 1.0, ()
    last, span = max(known) * MILLISECOND, (max(known) - min(known)) * MILLISECOND
    possible = last <= _SPARE * length + 1 if length else words <= max(1.0, _FASTEST * span)
    if possible:
        return MILLISECOND, ()
    return unit_of(starts, ends, words=words, length=length)
