"""A home with takes in it, and the command line within this process, as a user would meet it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import replace
from pathlib import Path

from rehearse import cli
from rehearse.takes import take_json
from tests.sample import ANALYSIS, TAKE
from tools.fuzz.guard import Finding, check_shown

BEFORE = replace(
    TAKE, id="2026-02-28T09-00-00_tell-me-about-a-time-you-failed", recorded_at="2026-02-28T09:00"
)
SOUND = b"\x00\x00\x10\x00" * 1600
"""A fifth of a second."""


def _no_json(name: str) -> None:
    raise Finding(f"{name} is no JSON")


def take_text() -> str:
    return take_json.dump(TAKE, ANALYSIS)


def furnished(home: Path) -> Path:
    """Two takes of one question; gives the folder of the later one."""
    for folder in ("prompts", "recordings"):
        (home / folder).mkdir(parents=True, exist_ok=True)
    for take in (BEFORE, TAKE):
        folder = home / "recordings" / take.id
        folder.mkdir(exist_ok=True)
        (folder / take_json.TAKE_FILE).write_text(take_json.dump(take, ANALYSIS), "utf-8")
        (folder / take_json.SOUND_FILE).write_bytes(take_json.wav_header(len(SOUND)) + SOUND)
    return home / "recordings" / TAKE.id


@contextmanager
def _streams() -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    """As strict about half characters as the real ones are."""
    out, messages = io.BytesIO(), io.BytesIO()
    with (
        redirect_stdout(io.TextIOWrapper(out, "utf-8", write_through=True)),
        redirect_stderr(
            io.TextIOWrapper(messages, "utf-8", "backslashreplace", write_through=True)
        ),
    ):
        yield out, messages


def command(*arguments: str, home: Path) -> int:
    """The exit code. Raises what the command line lets through, and Finding for what it prints."""
    with _streams() as (out, messages):
        try:
            code = cli.main([*arguments, "--home", str(home)])
        except SystemExit as left:
            code = int(left.code or 0)
        shown, told = (stream.getvalue().decode() for stream in (out, messages))
    plain = (one for one in arguments[:4] if one.isidentifier() or one.startswith("-"))
    name = " ".join(plain)
    check_shown(shown, f"stdout of {name}")
    check_shown(told, f"stderr of {name}")
    if code not in (0, 1, 2):
        raise Finding(f"exit code {code} of {name}")
    if code and not (shown + told).strip():
        raise Finding(f"exit code {code} of {name} without a word")
    if ("--json" in arguments or "json" in arguments) and code == 0:
        for line in shown.split("\n")[:-1]:
            json.loads(line, parse_constant=_no_json)
    return code
