"""Opens a text in the user's own editor."""

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
"""Editors to try if the user names none."""
_MEND = "Set EDITOR to an editor that works, or give the words with --from FILE."


def edit(text: str, folder: Path, *, environment: Mapping[str, str] = os.environ) -> str:
    """The text as the user saves it. Meanwhile it is a private file in `folder`; if the editor
    fails, the file stays there. Raises EditorFailed and OSError."""
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
    """The text in the file, which is then deleted. Raises EditorFailed."""
    try:
        after = path.read_bytes().decode("utf-8", errors="replace")
    except FileNotFoundError:
        return before
    after = after.replace("\r\n", "\n")
    if status and after != before:
        raise EditorFailed(
            f"The editor '{editor}' ended with an error, so nothing was changed.",
            f"What you typed is saved in {path}. To use it, add --from with that file.",
        )
    path.unlink(missing_ok=True)
    if status:
        raise EditorFailed(
            f"The editor '{editor}' ended with an error. Nothing was changed.", _MEND
        )
    return after


def _command(environment: Mapping[str, str]) -> list[str]:
    """The command of $VISUAL or $EDITOR, else of an editor on this machine. Raises EditorFailed."""
    named = environment.get("VISUAL") or environment.get("EDITOR")
    if named:
        try:
            words = shlex.split(named, posix=os.name == "posix")
        except ValueError:
            words = []
        return words or [named]
    if not sys.stdin.isatty():
        raise EditorFailed(
            "Not running in a terminal, so I can't open an editor.",
            "Set EDITOR, or give the words with --from FILE.",
        )
    usual = ("notepad",) if os.name == "nt" else _USUAL
    if found := next(filter(None, map(shutil.which, usual)), None):
        return [found]
    raise EditorFailed("I found no editor on this machine.", _MEND)
