"""Languages as files and people name them: "german", "de-DE", "zh-Hans", "pt_BR", "français"."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from rehearse.analysis.rules import builtin_table

ENGLISH = "en"
UNKNOWN = "und"
"""The code of a language with an unknown name; it has no rules, and not those of English either."""
_UNSAID = frozenset({"", "auto", "none", "null", "unknown", "und", "undefined"})
_BORDER = re.compile(r"[-_.,;:/(\s]+")


def of(named: object) -> str:
    """The code of a language that a file names; English where it names none."""
    if isinstance(named, dict):
        named = named.get("code", named.get("language_code", named.get("name")))
    if not isinstance(named, str) or named.strip().lower() in _UNSAID:
        return ENGLISH
    return code(named) or UNKNOWN


def code(named: str) -> str | None:
    """Whisper's code for a language by name or code, with or without region; None for others."""
    parts = [part for part in _BORDER.split(_plain(named)) if part]
    known = _codes()
    if not parts:
        return None
    if len(parts) > 1 and parts[0] in ("zh", "chinese") and parts[1] in ("yue", "cantonese"):
        return "yue"
    return next((known[part] for part in parts[:2] if part in known), None)


@cache
def _codes() -> dict[str, str]:
    table = builtin_table("languages.toml")
    named = {_plain(name): code for code, names in table.items() for name in names.split()}
    return named | {code: code for code in table}


def _plain(text: str) -> str:
    """The name in lower case, without accents."""
    folded = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(letter for letter in folded if not "\u0300" <= letter <= "\u036f")
