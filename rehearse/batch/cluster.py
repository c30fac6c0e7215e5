"""Many at once on other machines, through dask.distributed: the optional extra `cluster`.

Whoever reaches a Dask scheduler can run programs on its workers, and all that travels can be read
on its way unless the address begins with tls://. What comes back is text and never a pickle, which
would run programs here (`unpickled`).
"""

from __future__ import annotations

import asyncio
import logging
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import urlsplit

from rehearse.batch.processes import AHEAD, in_order
from rehearse.batch.unpickled import PickleRefused, Unread, no_pickles
from rehearse.errors import AnswerUnfit, ClusterMissing, ClusterUnfit, RehearseError, WorkerLost

T = TypeVar("T")

UNFIT = "The worker's answer cannot be used."
REACHED_WITHIN = 5
"""Seconds to wait for the scheduler's answer."""
LOOKED_AFTER = 5.0
"""Seconds between two looks at who still works, while an answer is awaited."""
ALONE = 30.0
"""Seconds without any worker after which nothing is awaited any more; Dask itself would wait for
ever. A worker that its nanny starts again is back within a few."""
_PARTS = ("distributed", "rehearse")
"""What must be the same everywhere: the one speaks to itself, the other gives the results."""
_GARBLED = (PickleRefused, LookupError, TypeError, ValueError, AttributeError)
"""What comes of answers that are not what was asked for."""
_LOGS = ("distributed", "distributed.client", "distributed.core", "distributed.protocol")
_NEVER = logging.CRITICAL + 1
"""Silence Dask's traceback for each answer that cannot be read; we print a sentence."""


class Cluster:
    """Of the scheduler at `address`, such as tcp://host:8786. What a worker is at when it is lost
    goes to another one."""

    def __init__(self, address: str) -> None:
        self._address = address

    def each(self, work: Callable[[T], str], items: Iterable[T]) -> Iterator[str | RehearseError]:
        """The text that `work` gives for each item, in their order; WorkerLost where it took
        several workers along, AnswerUnfit where something else came back. Work and items are
        pickled on their way there; what comes back is not.

        Raises ClusterMissing and ClusterUnfit."""
        with self._client() as client:
            ahead = AHEAD * self._hands(client)

            def submit(item: T) -> Any:
                return client.submit(work, item, pure=False)

            for future in in_order(submit, items, ahead=ahead):
                yield self._outcome(client, future)

    def _outcome(self, client: Any, future: Any) -> str | RehearseError:
        problem = self._problem(client, future)
        if future.cancelled():
            raise ClusterUnfit(
                f"The connection to the cluster at {self._address} is lost.", "Start it again."
            )
        if problem is not None:
            return _lost(problem)
        answer = future.result()
        return answer if type(answer) is str else AnswerUnfit(UNFIT)

    def _problem(self, client: Any, future: Any) -> BaseException | None:
        """What went wrong with it, once it is done. Raises ClusterUnfit where all workers are
        gone."""
        left = time.monotonic()
        while True:
            try:
                problem: BaseException | None = future.exception(timeout=LOOKED_AFTER)
            except (TimeoutError, asyncio.TimeoutError):  # two classes in Python 3.10
                if _is_staffed(client):
                    left = time.monotonic()
                elif time.monotonic() - left > ALONE:
                    raise ClusterUnfit(
                        f"The cluster at {self._address} has lost all of its workers.",
                        f"Start some: dask worker {self._address} --nthreads 1",
                    ) from None
            else:
                return problem

    @contextmanager
    def _client(self) -> Iterator[Any]:
        try:
            from distributed import Client
        except ImportError as error:
            raise ClusterMissing("A cluster needs Dask, which is not installed.") from error
        for name in _LOGS:
            logging.getLogger(name).setLevel(_NEVER)
        with no_pickles(), self._opened(_deaf(Client)) as client:
            yield client

    @contextmanager
    def _opened(self, kind: Any) -> Iterator[Any]:
        try:
            _check(self._address)
            with warnings.catch_warnings():
                # About versions, which we report in a sentence.
                warnings.simplefilter("ignore")
                client = kind(
                    self._address,
                    timeout=REACHED_WITHIN,
                    set_as_default=False,
                    serializers=("dask", "pickle"),
                    deserializers=("msgpack", "dask", "pickle", "error"),
                )
        # TypeError: no certificates are configured for tls://.
        except (OSError, ValueError, TypeError) as error:
            raise ClusterUnfit(
                f"I cannot find a cluster at '{self._address}': {str(error).splitlines()[0]}.",
                "Give the address that 'dask scheduler' prints, such as tcp://host:8786.",
            ) from error
        try:
            yield client
        finally:
            client.close(timeout=1)

    def _hands(self, client: Any) -> int:
        """How many items run at once."""
        try:
            found = client.get_versions(packages=[_PARTS[1]])
            return self._counted(client, found)
        except _GARBLED as error:
            raise ClusterUnfit(
                f"The cluster at {self._address} did not say who works for it.",
                "Check who runs workers in it, and start it again.",
            ) from error

    def _counted(self, client: Any, found: Any) -> int:
        """Raises ClusterUnfit where there is nobody, or somebody with other versions."""
        workers = found["workers"]
        if not workers:
            raise ClusterUnfit(
                f"The cluster at {self._address} has no workers.",
                f"Start some: dask worker {self._address} --nthreads 1",
            )
        for where, there in workers.items():
            for part in _PARTS:
                _same(part, where, there["packages"][part], found["client"]["packages"][part])
        return sum(client.nthreads().values())


def _is_staffed(client: Any) -> bool:
    """Whether somebody works, as far as the scheduler says so."""
    try:
        return bool(client.nthreads())
    except (OSError, *_GARBLED):
        return False


def _lost(problem: BaseException) -> RehearseError:
    """Whether Dask reports a lost worker; its report is a pickle, and only the names in it are
    read."""
    unread = problem.args[0] if problem.args else None
    if isinstance(unread, Unread) and unread.names("distributed.scheduler", "KilledWorker"):
        return WorkerLost("Every worker that tried it was lost.")
    return AnswerUnfit(UNFIT)


def _deaf(client: Any) -> Any:
    """A client that ignores what workers print."""

    class Deaf(client):  # type: ignore[misc]
        def subscribe_topic(self, topic: str, handler: object) -> None:
            """Ignore the workers' "print" and "warn", which Dask would print between the
            results."""

    return Deaf


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
