"""A cluster on this machine: a real scheduler and real workers, in processes of their own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest


@contextmanager
def dask(*arguments: str, ready: str, here: Path | None = None) -> Iterator[tuple[int, str]]:
    """A scheduler or a worker: its process id, and the line that says that it is ready."""
    program = subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.dask_{arguments[0]}", *arguments[1:]],
        cwd=here,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert program.stderr
    try:
        said = next((line for line in program.stderr if ready in line), "")
        assert said, f"dask {arguments[0]} did not start"
        yield program.pid, said.split()[-1]
    finally:
        program.kill()
        program.communicate()


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    pytest.importorskip("distributed")
    arguments = ("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    with dask(*arguments, ready="Scheduler at:") as (_, address):
        yield address


def worker(
    address: str, folder: Path, here: Path | None = None, *more: str
) -> AbstractContextManager[tuple[int, str]]:
    options = (
        *more,
        "--nthreads",
        "1",
        "--no-nanny",
        "--no-dashboard",
        "--local-directory",
        str(folder),
    )
    return dask("worker", address, *options, ready="Registered to:", here=here)
