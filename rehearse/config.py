"""Settings: the command line comes first, then the environment, the file, and the default."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import isfinite
from pathlib import Path
from typing import Any

from rehearse.analysis.coaching import Band, Coaching
from rehearse.analysis.rules import table
from rehearse.errors import SettingUnfit, WrongUsage
from rehearse.takes import homes
from rehearse.takes.files import read_text
from rehearse.text import is_there, printable, seconds, typed
from rehearse.transcripts import languages

CONFIG_FILE = "config.toml"
LARGEST = 1_000_000
"""Bytes of a settings file; all settings together take one thousand."""
DEFAULT_MODEL = "base.en"
AUTO = "auto"
"""The language is detected from the sound."""
NAMES = ("model", "microphone", "speaker", "voice")
MENDS = {
    "target": 'Write it like "2:00" or "90s".',
    "names": 'Write a list: ["Okonkwo", "Debezium"].',
    "rate": "Write words a minute, such as 165.",
    "language": 'Write it like "German", "de" or "de-DE", or "auto".',
} | dict.fromkeys(NAMES, "Write a name in quotes.")
"""How to write each setting."""


@dataclass(frozen=True)
class Settings:
    home: Path
    plain: bool
    model: str = DEFAULT_MODEL
    model_chosen: bool = False
    """Whether the command line names the model; then a take that has words is written down
    again."""
    model_from: str | None = None
    """Where the model is named: the environment or the file; None otherwise."""
    language: str = "en"
    microphone: str | None = None
    speaker: str | None = None
    voice: str | None = None
    rate: int = 165
    """The voice's words a minute. The engines' own 200 is fast for a listener under stress."""
    target: float | None = None
    names: tuple[str, ...] = ()
    """Names and terms of the speaker's own that are listened for."""
    coaching: Coaching = field(default_factory=Coaching)

    @property
    def recordings(self) -> Path:
        return self.home / "recordings"

    @property
    def prompts(self) -> Path:
        return self.home / "prompts"


def settings(
    args: argparse.Namespace,
    *,
    environment: Mapping[str, str] = os.environ,
    here: Path | None = None,
) -> Settings:
    """The settings of one command. Raises WrongUsage, SettingUnfit and HomeMissing."""
    home = _home(getattr(args, "home", None), environment, here)
    chosen = {
        name: value
        for name in ("model", "language", "microphone", "speaker", "voice", "rate", "target")
        if (value := getattr(args, name, None)) is not None
    }
    if "target" in chosen:
        chosen["target"] = seconds(str(chosen["target"]))
    if "language" in chosen:
        chosen["language"] = _language(chosen["language"])
    named = {"model": model} if (model := environment.get("REHEARSE_MODEL")) else {}
    of_file = _read(getattr(args, "config", None), home)
    merged = of_file | named | chosen
    if getattr(args, "advice", None) is False:
        merged["coaching"] = replace(merged.get("coaching", Coaching()), advice=False)
    return Settings(
        home=home,
        plain=_plain(args, environment),
        model_chosen="model" in chosen,
        model_from=_model_from(of_file, named, chosen),
        **merged,
    )


def _language(named: str) -> str:
    """The models' code for a language that the user names. Raises WrongUsage."""
    if named.strip().lower() == AUTO:
        return AUTO
    found = languages.code(named)
    if found is None:
        raise WrongUsage(
            f"I don't know the language '{named}'.", "Write it like German, de or de-DE, or auto."
        )
    return found


def _model_from(
    of_file: Mapping[str, Any], named: Mapping[str, Any], chosen: Mapping[str, Any]
) -> str | None:
    if "model" in chosen:
        return None
    if "model" in named:
        return "the environment variable REHEARSE_MODEL"
    return CONFIG_FILE if "model" in of_file else None


def _home(flag: str | None, environment: Mapping[str, str], here: Path | None) -> Path:
    """The folder of takes and packs. Says on stderr which home of another user was not used.
    Raises HomeMissing."""
    found = homes.home(flag, environment, here or Path.cwd())
    for notice in found.notices:
        sys.stderr.write(f"{printable(notice)}\n")
    return found.folder


def _plain(args: argparse.Namespace, environment: Mapping[str, str]) -> bool:
    wanted = getattr(args, "plain", False) or bool(environment.get("NO_COLOR"))
    return wanted or not sys.stdout.isatty()


def _read(named: str | None, home: Path) -> dict[str, Any]:
    """The file's settings, checked. Raises SettingUnfit naming the file and the entry."""
    path = typed(named) if named else home / CONFIG_FILE
    if not is_there(path):
        if named:
            raise WrongUsage(f"The settings file {path} does not exist.", "Check --config.")
        return {}
    try:
        text = read_text(path, largest=LARGEST).removeprefix("\ufeff")
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    return checked(text, path)


def checked(text: str, path: Path) -> dict[str, Any]:
    """The settings of a file's text, as `Settings` holds them. Raises SettingUnfit."""
    try:
        found = table(text)
    except (ValueError, RecursionError) as error:
        raise _unreadable(path, error) from error
    return {name: _checked(name, value, path) for name, value in found.items()}


def _unreadable(path: Path, error: Exception) -> SettingUnfit:
    return SettingUnfit(f"{path} cannot be read: {error}.", "Correct it or move it away.")


def _checked(name: str, value: Any, path: Path) -> Any:
    """A value of the file as `Settings` holds it. Raises SettingUnfit."""
    if name == "language" and _is_name(value) and (known := languages.code(str(value))):
        return known
    if name == "language" and str(value).strip().lower() == AUTO:
        return AUTO
    if name in NAMES and _is_name(value):
        return str(value)
    if name == "rate" and _is_whole(value) and value > 0:
        return value
    if name == "target" and (_is_whole(value) or isinstance(value, float | str)):
        return _seconds(value, path)
    if name == "names" and isinstance(value, list) and all(map(_is_name, value)):
        return tuple(map(str, value))
    if name == "coaching" and isinstance(value, dict):
        return _coaching(value, path)
    mend = MENDS.get(name, SettingUnfit.mend)
    raise SettingUnfit(f"{path} has a setting that does not work: {name} = {value!r}.", mend)


def _seconds(value: Any, path: Path) -> float:
    try:
        return seconds(str(value))
    except WrongUsage as error:
        raise SettingUnfit(
            f"{path} has a setting that does not work: target = {value!r}.", MENDS["target"]
        ) from error


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_name(value: Any) -> bool:
    return _is_whole(value) or (isinstance(value, str) and bool(value.strip()))


def _coaching(value: dict[str, Any], path: Path) -> Coaching:
    plain = Coaching()
    for name, one in value.items():
        try:
            plain = replace(plain, **{name: _like(getattr(plain, name), one)})
        except (AttributeError, TypeError, ValueError, OverflowError) as error:
            raise SettingUnfit(
                f"{path} has a setting that does not work: coaching.{name} = {one!r}."
            ) from error
    return plain


def _like(default: Any, value: Any) -> Any:
    """`value` in the type of the default. Raises TypeError or ValueError."""
    if isinstance(default, Band):
        ideal, low, high = map(_figure, value)
        return Band(ideal, low, high)
    if isinstance(default, tuple) and isinstance(value, list):
        return tuple(str(word) for word in value)
    if isinstance(default, bool) and isinstance(value, bool):
        return value
    if isinstance(default, float) and not isinstance(value, bool):
        return _figure(value)
    raise TypeError(value)


def _figure(value: Any) -> float:
    """Raises ValueError for infinity and for what is not a number."""
    figure = float(value)
    if not isfinite(figure):
        raise ValueError(value)
    return figure
