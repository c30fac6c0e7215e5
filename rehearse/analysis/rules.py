"""The rules that come as data files with the package."""

from __future__ import annotations

import sys
from importlib import resources
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def table(text: str) -> dict[str, Any]:
    """A data file's text as a table. Raises ValueError where it is no TOML."""
    data: dict[str, Any] = tomllib.loads(text)
    return data


def builtin_text(name: str) -> str | None:
    """Text of `rehearse/data/<name>`; None where there is no such file."""
    file = resources.files("rehearse") / "data" / name
    return file.read_text("utf-8") if file.is_file() else None


def builtin_table(name: str) -> dict[str, Any]:
    """Raises FileNotFoundError: the package is not whole."""
    text = builtin_text(name)
    if text is None:
        raise FileNotFoundError(f"rehearse/data/{name} is missing from the package.")
    return table(text)
