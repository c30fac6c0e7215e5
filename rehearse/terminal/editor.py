"""The user's own editor, on a text of ours."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from rehearse.errors import EditorFailed

_USUAL = ("sensible-editor", "nano", "vi")
"""Where the user names none, in a terminal."""
_MEND = "Set EDITOR to an editor that works, or give the words with --from FILE."


def edit(text: str, folder: Path, *, environment: Mapping[str, str] = os.environ) -> str:
    """The text as the user leaves it. It lies in `folder`, for its owner only, meanwhile; where the
    editor fails, what was typed stays there. Raises EditorFailed and OSError."""
    command = _command(environment)
    handle, name = tempfile.mkstemp(dir=folder, prefix="correct-", suffix=".txt")
    path = Path(name)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    try:
        status = subprocess.run([*command, str(path)], check=False).returncode
    except OSError as problem:
        path.unlink()
        raise EditorFailed(f"The editor '{command[0]}' cannot be started.", _MEND) from problem
    return _left(path, text, command[0], status)


def _left(path: Path, before: str, editor: str, status: int) -> str:
    """What the editor left, which is removed. Raises EditorFailed."""
    try:
        after = path.read_bytes().decode("utf-8", errors="replace")
    except FileNotFoundError:
        return before
    after = after.replace("\r\n", "\n")
    if status and after != before:
        raise EditorFailed(
            f"The editor '{editor}' ended with an error, so nothing was changed.",
            f"What you typed is kept in {path}: give it with --from.",
        )
    path.unlink(missing_ok=True)
    if status:
        raise EditorFailed(
            f"The editor '{editor}' ended with an error. Nothing was changed.", _MEND
        )
    return after


def _command(environment: Mapping[str, str]) -> list[str]:
    """What $VISUAL or $EDITOR says, else what is there. Raises EditorFailed."""
    named = environment.get("VISUAL") or environment.get("EDITOR")
    if named:
        try:
            words = shlex.split(named, posix=os.name == "posix")
        except ValueError:
            words = []
        return words or [named]
    if not sys.stdin.isatty():
        raise EditorFailed(
            "There is no terminal and no editor to correct words in.",
            "Set EDITOR, or give the words with --from FILE.",
        )
    usual = ("notepad",) if os.name == "nt" else _USUAL
    if found := next(filter(None, map(shutil.which, usual)), None):
        return [found]
    raise EditorFailed("No editor was found here.", _MEND)
