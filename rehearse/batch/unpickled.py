"""Nothing that a cluster sends is unpickled: a pickle can run any program of this machine.

Dask unpickles in many places (results, exceptions, types, warnings, its own messages). Two bars
hold them all: what it keeps in frames is left as it came, and Python itself reports each name that
a pickle looks up, which is refused; without names a pickle holds plain values only.
"""

from __future__ import annotations

import pickletools
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

_LOOKS_UP = "pickle.find_class"
_PLAIN = "msgpack"


class PickleRefused(Exception):
    """In the middle of Dask, which catches it or gives it on."""


class Unread(str):
    """Stands for a frame that is not plain. A text, because Dask accepts a text in place of an
    exception or traceback that could not be pickled."""

    data: bytes

    def names(self, *texts: str) -> bool:
        """Whether its pickle begins by naming these; it is looked through and not loaded."""
        found = []
        try:
            for _, value, _ in pickletools.genops(self.data):
                found += [value] if isinstance(value, str) else []
        except Exception:  # noqa: BLE001 - not a pickle, which may fail in any way
            return False
        return found[: len(texts)] == [*texts]


class _Watch:
    """Python lets nobody take such a hook away again, so there is one, and it sleeps."""

    is_there = False
    is_awake = False


@contextmanager
def no_pickles() -> Iterator[None]:
    """While this lasts, no pickle in this process can name anything, whoever loads it."""
    import dask
    from distributed.protocol.serialize import families

    if not _Watch.is_there:
        sys.addaudithook(_refuse)
        _Watch.is_there = True
    before = dict(families)
    families.update({name: (one[0], _left, one[2]) for name, one in before.items()})
    families[_PLAIN] = before[_PLAIN]
    _Watch.is_awake = True
    try:
        with dask.config.set({"distributed.scheduler.allowed-imports": []}):
            yield
    finally:
        _Watch.is_awake = False
        families.update(before)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if _Watch.is_awake and event == _LOOKS_UP:
        raise PickleRefused(f"A pickle from the cluster names {arguments[0]}.{arguments[1]}.")


def _left(_header: Any, frames: Sequence[Any]) -> Unread:
    unread = Unread("what came was not read")
    unread.data = b"".join(map(bytes, frames))
    return unread
