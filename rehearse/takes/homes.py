"""Finds the home folder: the one that is named, else the nearest parent, else the platform's."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rehearse.errors import HomeMissing
from rehearse.text import is_folder, typed

PARTS = ("prompts", "recordings")
"""A folder with both of these is a home."""
NOT_THERE = (errno.ENOENT, errno.ENOTDIR)
"""What is said of a path that may be made, and of one below a file, which later says so itself."""


@dataclass(frozen=True)
class Home:
    folder: Path
    notices: tuple[str, ...] = ()
    """Messages to the user about the choice."""


def home(flag: str | None, environment: Mapping[str, str], here: Path) -> Home:
    """Raises HomeMissing where it is a link to nothing, or on a drive that does not answer."""
    named = flag or environment.get("REHEARSE_HOME")
    found = Home(typed(named)) if named else _upwards(here, environment)
    for place in (found.folder, *(found.folder / part for part in PARTS)):
        _check(place)
    return found


def _upwards(here: Path, environment: Mapping[str, str]) -> Home:
    others: list[Path] = []
    for folder in (here, *here.parents):
        if not _looks_like_one(folder):
            continue
        if _is_own(folder, environment):
            return Home(folder, tuple(map(_passed_over, others)))
        others.append(folder)
    import platformdirs

    usual = Path(platformdirs.user_data_dir("rehearse", appauthor=False))
    return Home(usual, tuple(map(_passed_over, others)))


def _looks_like_one(folder: Path) -> bool:
    """Also where one of the two is a link to nothing: it was a home, and `_check` says so."""
    there = [is_folder(folder / part) for part in PARTS]
    return any(there) and all(
        is_there or (folder / part).is_symlink()
        for is_there, part in zip(there, PARTS, strict=True)
    )


def _passed_over(folder: Path) -> str:
    return f"{folder} belongs to another user, so I do not use it. To use it: --home {folder}"


def _is_own(folder: Path, environment: Mapping[str, str]) -> bool:
    """Whether it and its parts belong to this user: whoever owns them chooses settings and packs.
    For root, also to the user who became root with sudo, as git has it."""
    if os.name != "posix":
        return True
    return _owners((folder, *(folder / part for part in PARTS))) <= _own_numbers(environment)


def _own_numbers(environment: Mapping[str, str]) -> set[int]:
    me = os.geteuid()
    caller = environment.get("SUDO_UID", "")
    return {me, int(caller)} if me == 0 and caller.isdecimal() else {me}


def _owners(places: Iterable[Path]) -> set[int]:
    """Of what is there; a link belongs to whoever made it, and so does what it leads to."""
    found = set()
    for place in places:
        for look in (os.stat, os.lstat):
            try:
                found.add(look(place).st_uid)
            except OSError:
                continue
    return found


def _check(place: Path) -> None:
    """Raises HomeMissing."""
    try:
        place.stat()
    except OSError as error:
        if error.errno not in NOT_THERE:
            raise HomeMissing(f"{place} cannot be reached ({error.strerror}).") from error
    except ValueError:
        return  # a name that no system has is said where it is used
    else:
        return
    for part in (place, *place.parents):
        if part.is_symlink() and not os.path.exists(part):  # noqa: PTH110
            raise HomeMissing(f"{part} is a link to {part.readlink()}, which does not exist.")
