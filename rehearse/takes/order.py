"""Folders of takes in the order in which they were recorded.

Their names hold the local time, which jumps back where a clock is set back or somebody flies west;
`recorded_at` holds the instant. The index knows it of nearly all takes; for others the first lines
of `take.json` are read."""

from __future__ import annotations

import re
from pathlib import Path

from rehearse.errors import UnreadableFile
from rehearse.takes import index, take_json
from rehearse.takes.files import read_head, read_text
from rehearse.takes.index import Stamp
from rehearse.takes.moments import instant

HEAD = 4096
"""Bytes; `recorded_at` stands within the first 200 of a `take.json` that we wrote."""
_RECORDED_AT = re.compile(rb'"recorded_at"\s*:\s*"([^"\\]{1,64})"')


class Order:
    """Of the takes in one folder. It remembers what it has read, for as long as it lasts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, tuple[Stamp, str | None]] | None = None

    def names(self) -> list[str]:
        """Ids, oldest first."""
        now = index.stamps(self._folder)
        if self._known is None:
            self._known = index.remembered_times(self._folder) if now else None
        known = self._known or {}
        for name, stamp in now.items():
            if name not in known or known[name][0] != stamp:
                known[name] = (stamp, _recorded_at(self._folder / name))
        return sorted(now, key=lambda name: (instant(known[name][1], name), name))


def _recorded_at(folder: Path) -> str | None:
    """None where `take.json` does not say it; the name of the folder does then."""
    path = folder / take_json.TAKE_FILE
    try:
        found = _RECORDED_AT.search(read_head(path, HEAD))
        if found:
            return found[1].decode("utf-8", "replace")
        return take_json.load(
            read_text(path, largest=take_json.LARGEST_FILE), str(path)
        ).recorded_at
    except (OSError, UnicodeDecodeError, UnreadableFile):
        return None
