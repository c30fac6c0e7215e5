"""Many at once on other machines, through dask.distributed: the optional extra `cluster`.

Whoever reaches a Dask scheduler can run programs on its workers, and all that travels can be read
on its way unless the address begins with tls://.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import urlsplit

from rehearse.adapters.processes import AHEAD, in_order
from rehearse.errors import ClusterMissing, ClusterUnfit, WorkerLost

T = TypeVar("T")
R = TypeVar("R")

REACHED_WITHIN = 5
"""Seconds in which a scheduler answers, or is taken to be away."""
_PARTS = ("distributed", "rehearse")
"""What must be the same everywhere: the one speaks to itself, the other gives the results."""
_LOGS = ("distributed", "distributed.client")


class Cluster:
    """Of the scheduler at `address`, such as tcp://host:8786. What a worker is at when it is lost
    goes to another one."""

    def __init__(self, address: str) -> None:
        self._address = address

    def each(self, work: Callable[[T], R], items: Iterable[T]) -> Iterator[R | BaseException]:
        """What `work` gives for each item or raises there, in their order; WorkerLost where it took
        several workers along. Work and values are pickled.

        Raises ClusterMissing and ClusterUnfit."""
        with self._client() as client:
            ahead = AHEAD * self._hands(client)

            def submit(item: T) -> Any:
                return client.submit(work, item, pure=False)

            for future in in_order(submit, items, ahead=ahead):
                yield self._outcome(future)

    def _outcome(self, future: Any) -> Any:
        from distributed import KilledWorker

        problem = future.exception()
        if isinstance(problem, KilledWorker):
            return WorkerLost("Each worker of the cluster that worked on it was lost.")
        if future.cancelled():
            raise ClusterUnfit(f"The cluster at {self._address} went away.", "Start it again.")
        return problem or future.result()

    @contextmanager
    def _client(self) -> Iterator[Any]:
        try:
            from distributed import Client
        except ImportError as error:
            raise ClusterMissing("A cluster needs Dask, which is not installed.") from error
        for name in _LOGS:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            _check(self._address)
            with warnings.catch_warnings():
                # Of versions, which are told of in a sentence.
                warnings.simplefilter("ignore")
                client = Client(self._address, timeout=REACHED_WITHIN, set_as_default=False)
        # TypeError: no certificates are configured for tls://.
        except (OSError, ValueError, TypeError) as error:
            raise ClusterUnfit(
                f"There is no cluster at '{self._address}': {str(error).splitlines()[0]}.",
                "Give the address that 'dask scheduler' prints, such as tcp://host:8786.",
            ) from error
        try:
            yield client
        finally:
            client.close(timeout=1)

    def _hands(self, client: Any) -> int:
        """How many items are worked on at once."""
        found = client.get_versions(packages=[_PARTS[1]])
        workers = found["workers"]
        if not workers:
            raise ClusterUnfit(
                f"The cluster at {self._address} has no worker.",
                f"Start some: dask worker {self._address} --nthreads 1",
            )
        for where, there in workers.items():
            for part in _PARTS:
                _same(part, where, there["packages"][part], found["client"]["packages"][part])
        return sum(client.nthreads().values())


def _same(part: str, where: str, there: str | None, here: str) -> None:
    """Raises ClusterUnfit."""
    if there != here:
        raise ClusterUnfit(
            f"The worker at {where} has {f'{part} {there}' if there else f'no {part}'}, and here"
            f" is {part} {here}.",
            "Install the same version for every worker, and start it again.",
        )


def _check(address: str) -> None:
    """Raises ValueError. Dask itself waits for ever for some wrong ones."""
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    if parts.scheme not in ("tcp", "tls") or not parts.hostname or not parts.port:
        raise ValueError("an address is tcp://host:port or tls://host:port")
