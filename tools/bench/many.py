"""How time and memory grow with the number of files and of processes, through the command line.

The recordings are one spoken sentence of the demo, over and over, written down by the miniature
model; the texts are its words. Both are short: what is told is the cost of a file and of having
many, not that of a real model, which `live` tells. Linux only, for it looks at /proc.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from rehearse.commands.demo import read_script
from rehearse.takes.take_json import wav_header
from tools.bench.figures import line
from tools.bench.live import speech

FILES = (100, 1000)
PROCESSES = (1, 2)
SECONDS = 3
"""Of each recording."""
LOOK = 0.1
"""Seconds between two looks at the memory; the highest so far is told by each process itself."""


def growth() -> None:
    pcm = (speech(SECONDS) * 32767).astype("<i2").tobytes()
    kinds = {
        "recordings": ("wav", wav_header(len(pcm)) + pcm),
        "texts": ("txt", read_script().answers[1].encode()),
    }
    for kind, (suffix, content) in kinds.items():
        for processes in PROCESSES:
            taken = [_run(suffix, content, files, processes) for files in FILES]
            for cost, files in zip(taken, FILES, strict=True):
                name = f"many_{kind}_{files}_jobs_{processes}"
                line(name, cost.seconds, "s", n=files)
                line(f"{name}_pace", files / cost.seconds, "files a second", n=files)
                line(f"{name}_processor", cost.processor, "s of all cores", n=files)
                line(f"{name}_parent", cost.parent, "MB at most", n=1)
                line(f"{name}_children", cost.children, "MB at most, all together", n=processes)
            few, many = taken
            name = f"many_{kind}_jobs_{processes}"
            line(f"{name}_growth", many.seconds / few.seconds, "times as long for ten times", n=1)
            line(f"{name}_memory_growth", many.parent - few.parent, "MB more in the parent", n=1)


@dataclass(frozen=True)
class Cost:
    seconds: float
    processor: float
    """Seconds; says more than the clock where others use the cores, too."""
    parent: float
    """MB, and so are the children's."""
    children: float


def _run(suffix: str, content: bytes, files: int, processes: int) -> Cost:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number:04}.{suffix}" for number in range(files)]
        for path in paths:
            path.write_bytes(content)
        command = [sys.executable, "-m", "rehearse", "analyze", *map(str, paths), "--home", folder]
        command += ["--jobs", str(processes), "--model", "miniature", "-o", f"{folder}/out.jsonl"]
        begun, used = time.perf_counter(), _processor()
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as program:
            highest: dict[int, int] = {}
            while program.poll() is None:
                highest |= {pid: size for pid in _family(program.pid) if (size := _peak(pid))}
                time.sleep(LOOK)
        seconds, used = time.perf_counter() - begun, _processor() - used
        assert program.returncode == 0
        assert len(Path(folder, "out.jsonl").read_text("utf-8").splitlines()) == files
    parent = highest.pop(program.pid)
    return Cost(seconds, used, parent / 1024, sum(highest.values()) / 1024)


def _processor() -> float:
    """Seconds, of all that this process began and that has ended."""
    times = os.times()
    return times.children_user + times.children_system


def _family(parent: int) -> list[int]:
    """A program, and what it began."""
    lists = Path(f"/proc/{parent}/task").glob("*/children")
    return [parent, *(int(pid) for path in lists for pid in path.read_text().split())]


def _peak(pid: int) -> int:
    """kB; 0 of what has just ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    found = status.partition("VmHWM:")[2].split()
    return int(found[0]) if found else 0


if __name__ == "__main__":
    growth()
