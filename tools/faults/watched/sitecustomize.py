"""Python imports this first where its folder is in PYTHONPATH: the program then notes in the file
FAULTS_PHASES when its analysis begins and when it is done, which nothing else shows in time."""

from __future__ import annotations

import functools
import os
from typing import Any

from rehearse import session

_examine = session.examine


def _note(text: str) -> None:
    handle = os.open(os.environ["FAULTS_PHASES"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(handle, f"{text}\n".encode())
    os.close(handle)


@functools.wraps(_examine)
def _noted(*arguments: Any, **named: Any) -> Any:
    _note("begun")
    try:
        return _examine(*arguments, **named)
    finally:
        _note("done")


if "FAULTS_PHASES" in os.environ:
    session.examine = _noted
