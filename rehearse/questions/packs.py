"""Question packs as files: those that come with the program, and the user's own on top."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.questions.bank import Story
from rehearse.questions.markdown_lines import Problem
from rehearse.questions.pack import Pack, parse_pack
from rehearse.text import is_file, is_there

if TYPE_CHECKING:
    from importlib.abc import Traversable

LARGEST = 1_000_000  # bytes; 150 questions with follow-ups take some 50,000
SAMPLES = "samples"
"""Folder within the built-in packs' for sample answers, read only when one is to be shown."""
PERSONAL = "personal"
"""Folder within the packs' for what was imported; git ignores it."""
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def builtin_packs(part: str = "") -> tuple[Pack, ...]:
    """Those in the installed package, or, in a checkout, in `prompts/` beside it; or those in the
    folder `part` of it."""
    folder = _builtin_folder()
    folder = folder.joinpath(part) if part else folder
    found = [entry for entry in folder.iterdir() if _is_pack(entry.name)] if folder.is_dir() else []
    ordered = sorted(found, key=lambda entry: entry.name)
    return tuple(_parsed(entry.read_bytes(), entry.name) for entry in ordered)


def _builtin_folder() -> Traversable:
    package = resources.files("rehearse")
    folder = package.joinpath("prompts")
    return folder if folder.is_dir() else Path(str(package)).parent / "prompts"


def read_packs(folder: Path | None) -> tuple[Pack, ...]:
    """The packs in `folder` and in its `personal` folder, then the built-in ones whose file names
    neither has.

    Raises nothing: an unreadable file becomes a pack without questions and with a problem."""
    own = (*_packs_in(folder), *_packs_in(folder / PERSONAL)) if folder is not None else ()
    names = {pack.name for pack in own}
    return (*own, *(pack for pack in builtin_packs() if pack.name not in names))


def own_packs(packs: Iterable[Pack], folder: Path) -> tuple[Pack, ...]:
    """Those of the packs that the user wrote. Where the home is a checkout, `folder` is that of
    the built-in packs, none of which has stories."""
    among_builtin = folder.resolve() == Path(str(_builtin_folder())).resolve()
    personal = folder / PERSONAL
    return tuple(
        pack
        for pack in packs
        if Path(pack.source).parent == personal
        or (Path(pack.source).parent == folder and (pack.stories or not among_builtin))
    )


def sample_of(question: str, packs: Iterable[Pack]) -> Story | None:
    """The sample answer to a question: of these packs, else a built-in one."""
    for pack in (*packs, *builtin_packs(SAMPLES)):
        for sample in pack.samples:
            if sample.title.casefold() == question.casefold():
                return sample
    return None


def own_names(folder: Path) -> frozenset[str]:
    """The names of the packs directly in `folder`."""
    try:
        return frozenset(path.stem for path in folder.iterdir() if _is_pack(path.name))
    except OSError:
        return frozenset()


def read_pack(path: Path) -> Pack:
    """Raises nothing: what cannot be read is a pack without questions that tells why."""
    source = str(path)
    if not is_there(path):
        return _unreadable(source, "There is no such file.")
    if not is_file(path):
        return _unreadable(source, "This is not a file. Name a Markdown file.")
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        return _unreadable(source, f"It cannot be read: {error.strerror or error}.")
    return _parsed(data, source)


def _packs_in(folder: Path) -> tuple[Pack, ...]:
    if not is_there(folder):
        return ()
    try:
        found = sorted(path for path in folder.iterdir() if _is_pack(path.name))
    except OSError as error:
        why = f"The folder cannot be read: {error.strerror or error}."
        return (_unreadable(str(folder), why),)
    return tuple(read_pack(path) for path in found)


def _is_pack(name: str) -> bool:
    return name.lower().endswith(".md") and name.lower() != "readme.md" and name[0] != "."


@lru_cache(maxsize=64)
def _parsed(data: bytes, source: str) -> Pack:
    if len(data) > LARGEST:
        return _unreadable(source, "It is larger than 1 MB. Divide it into several packs.")
    encoding = "utf-16" if data.startswith(_UTF16) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if b"\0" in data or encoding == "utf-16":
            return _unreadable(source, "This is not text. Name a Markdown file.")
        return _unreadable(source, "This is not UTF-8. Save it as UTF-8.", data[: error.start])
    if "\0" in text:
        return _unreadable(source, "This is not text. Name a Markdown file.")
    return parse_pack(text, source)


def _unreadable(source: str, message: str, before: bytes = b"") -> Pack:
    """`before` is what stands before the place that cannot be read."""
    line, column = before.count(b"\n") + 1, len(before) - (before.rfind(b"\n") + 1) + 1
    return Pack(source, Path(source).stem, problems=(Problem(line, column, message),))
