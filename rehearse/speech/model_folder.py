"""What a folder with a model holds. It is checked before faster-whisper sees it, because without
tokenizer.json that would ask the hub for one."""

from __future__ import annotations

from pathlib import Path

from rehearse.errors import ModelMissing
from rehearse.text import is_file, is_folder

_PARTS = (
    ("model.bin",),
    ("config.json",),
    ("tokenizer.json",),
    ("vocabulary.txt", "vocabulary.json"),
)
MEND = "Get it again with 'rehearse models get', or convert it with all its files."


def check_folder(folder: Path) -> None:
    """Raise ModelMissing for what is no whole model; damage inside a file shows when it loads."""
    if not is_folder(folder):
        raise ModelMissing(
            f"'{folder}' is not a folder with a model.", "Give a folder, or a name such as base.en."
        )
    for names in _PARTS:
        found = next((folder / name for name in names if is_file(folder / name)), None)
        if found is None:
            raise ModelMissing(f"The model in '{folder}' has no {names[0]}.", MEND)
        if not found.stat().st_size:
            raise ModelMissing(f"The model in '{folder}' has an empty {found.name}.", MEND)
