"""Many at once on this machine, each in a process of its own that may die without harm to the rest.

A process has one file at a time, so it is known which file ended it. That file is tried once more,
in a new process, and then given up.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Generic, TypeVar

from rehearse.errors import WorkerLost

T = TypeVar("T")
R = TypeVar("R")
F = TypeVar("F")

AHEAD = 16
"""Items for each process that are given out before the first of them is awaited: a long recording
holds up those behind it that little, and ten thousand results never wait in memory."""
ATTEMPTS = 2
# Of Intel's OpenMP, which comes with the model's library, and of all others.
_NO_SPINNING = {"KMP_BLOCKTIME": "0", "OMP_WAIT_POLICY": "PASSIVE"}
_THREAD_LIMITS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def in_order(submit: Callable[[T], F], items: Iterable[T], *, ahead: int) -> Iterator[F]:
    """The future of each item, in the order of the items; at most `ahead` of them at once."""
    given: deque[F] = deque()
    for item in items:
        given.append(submit(item))
        if len(given) == ahead:
            yield given.popleft()
    while given:
        yield given.popleft()


class Processes:
    """`count` processes of `threads` each; one that waits for another of its threads leaves its
    core to the rest."""

    def __init__(self, count: int, *, threads: int) -> None:
        self._count = count
        self._threads = threads

    def each(self, work: Callable[[T], R], items: Iterable[T]) -> Iterator[R | BaseException]:
        """What `work` gives for each item or raises there, in their order; WorkerLost where it
        ended its process twice. Work and values are pickled. No process outlives this."""
        crew = _Crew(work, self._count, self._threads)
        hands = ThreadPoolExecutor(self._count, initializer=_leave_interrupts_to_others)
        ahead = AHEAD * self._count
        try:
            for future in in_order(lambda item: hands.submit(crew.do, item), items, ahead=ahead):
                yield future.exception() or future.result()
        finally:
            hands.shutdown(wait=False, cancel_futures=True)
            crew.end()


class _Crew(Generic[T, R]):
    """Processes that wait for work. One begins when it is first needed, and may be ended by what it
    works on: its pool is of no use then."""

    def __init__(self, work: Callable[[T], R], count: int, threads: int) -> None:
        self._work = work
        self._threads = threads
        self._free: queue.SimpleQueue[ProcessPoolExecutor | None] = queue.SimpleQueue()
        for _ in range(count):
            self._free.put(None)
        self._others = frozenset(multiprocessing.active_children())
        self._starting = threading.Lock()
        self._ended = False
        self._pools: list[ProcessPoolExecutor] = []

    def do(self, item: T) -> R:
        """Runs in one of the caller's threads; there are as many threads as processes."""
        pool = self._free.get()
        try:
            for _ in range(ATTEMPTS):
                try:
                    pool = pool or self._pool()
                    return self._given(pool, item).result()
                except BrokenProcessPool:
                    pool = None
            raise WorkerLost("The process that worked on it stopped, and so did a second one.")
        finally:
            self._free.put(pool)

    def end(self) -> None:
        """End all processes at once; nobody needs their results any more."""
        with self._starting:
            self._ended = True
        for child in multiprocessing.active_children():
            if child not in self._others:
                child.kill()
        for pool in self._pools:  # or Python wakes a pool at its exit that is closing: a traceback
            pool.shutdown(cancel_futures=True)

    def _pool(self) -> ProcessPoolExecutor:
        # A process that is forked while threads run may wait for locks for ever.
        pool = ProcessPoolExecutor(
            1,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(self._threads,),
        )
        self._pools.append(pool)
        return pool

    def _given(self, pool: ProcessPoolExecutor, item: T) -> Future[R]:
        with self._starting:
            if self._ended:
                raise WorkerLost("Nobody waits for it any more.")
            return pool.submit(self._work, item)


def _leave_interrupts_to_others() -> None:
    """Ctrl-C goes to the whole group, and a process inherits what the thread that starts it lets
    pass: the parent alone is to hear it."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _begin(threads: int) -> None:
    """Runs first in each process, before a library that reads the environment is there."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.update(dict.fromkeys(_THREAD_LIMITS, str(threads)) | _NO_SPINNING)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End the process when its parent is gone; a killed parent cannot do it."""
    parent: Any = multiprocessing.parent_process()
    parent.join()
    os._exit(1)
