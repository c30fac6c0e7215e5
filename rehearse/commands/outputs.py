"""Files that the user names for what a command writes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rehearse.errors import WrongUsage
from rehearse.takes import take_json
from rehearse.takes.remarks import REMARKS_FILE
from rehearse.text import is_folder

OF_A_TAKE = (take_json.SOUND_FILE, take_json.TAKE_FILE, REMARKS_FILE)
"""Files that nothing may take the place of."""


def output_named(path: Path, endings: Sequence[str], *, what: str) -> Path:
    """Raises WrongUsage for a name that might be a recording's."""
    if path.suffix.lower() not in endings or is_folder(path) or path.name in OF_A_TAKE:
        mend = f"Name a file that ends in {endings[0]}."
        raise WrongUsage(f"'{path}' is no name for {what}.", mend)
    if not is_folder(path.parent):
        raise WrongUsage(
            f"There is no folder '{path.parent}'.", "Make the folder, or name another."
        )
    return path
