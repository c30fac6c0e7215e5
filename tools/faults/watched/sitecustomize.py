"""Python imports this first where its folder is in PYTHONPATH: the program then notes in the file
FAULTS_PHASES when its analysis begins and when it is done, which nothing else shows in time, and
in the folder FAULTS_SYNCED whatever it has synced."""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import Any

from rehearse.session import analyze_take

_analyze = analyze_take.analyze_take


def _note(text: str) -> None:
    handle = os.open(os.environ["FAULTS_PHASES"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(handle, f"{text}\n".encode())
    os.close(handle)


@functools.wraps(_analyze)
def _noted(*arguments: Any, **named: Any) -> Any:
    _note("begun")
    try:
        return _analyze(*arguments, **named)
    finally:
        _note("done")


if "FAULTS_PHASES" in os.environ:
    analyze_take.analyze_take = _noted
if "FAULTS_SYNCED" in os.environ:
    from tools.faults.forgetful import remember

    remember(Path(os.environ["FAULTS_SYNCED"]))
