"""rehearse questions import: a candidate's own notes become a pack."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from rehearse import app
from rehearse.config import Settings, settings
from rehearse.errors import RehearseError, UnreadableFile
from rehearse.questions.documents import read_document
from rehearse.questions.notes import asjson
from rehearse.questions.notes.merging import Merged
from rehearse.questions.notes.notes import Notes
from rehearse.questions.notes.sorting import sorted_notes
from rehearse.questions.notes.writing import pack_text
from rehearse.questions.notes_file import keep_pack
from rehearse.text import printable
from rehearse.views import notes as view

_NOTHING = "I found no question, principle or story in {}."
_MEND = "Put each question on its own line, and label stories with Situation, Task, Action, Result."


def run(args: argparse.Namespace) -> int:
    """Import each file; a bad one is reported and the rest are still imported."""
    chosen = settings(args)
    console = app.console(chosen, stderr=args.json)
    failed = 0
    for name in args.files:
        try:
            _import(Path(name), chosen, args, console)
        except RehearseError as error:
            sys.stderr.write(f"{printable(str(error))}\n")
            failed += 1
    return 1 if failed else 0


def _import(path: Path, chosen: Settings, args: argparse.Namespace, console: Console) -> None:
    notes = found_in(path)
    _show(notes, path, console)
    if not args.dry_run:
        console.print(Text(f"\n{kept(notes, path, chosen)}"), soft_wrap=True)
    if args.json:
        app.print_json(asjson.notes(notes, str(path)))


def found_in(path: Path) -> Notes:
    """What a file of notes holds. Raises UnreadableFile, also where that is nothing."""
    notes = sorted_notes(read_document(path))
    if notes.is_empty:
        raise UnreadableFile(_NOTHING.format(path), _MEND)
    return notes


def kept(notes: Notes, path: Path, chosen: Settings) -> str:
    """Makes or updates the pack of these notes; says what became of it. Raises as `keep_pack`."""
    title = " ".join(path.stem.replace("_", " ").replace("-", " ").split())
    pack, merged = keep_pack(pack_text(notes, notes.title or title), path, chosen.prompts)
    return _outcome(pack, merged)


def _show(notes: Notes, path: Path, console: Console) -> None:
    table = Table(title=Text(printable(str(path))), title_justify="left", box=None)
    for heading in ("", "what", "belongs to"):
        table.add_column(heading)
    for name, what, where in view.rows(notes):
        table.add_row(name, Text(printable(what), overflow="ellipsis"), Text(printable(where)))
    console.print(table)
    if notes.unplaced:
        console.print(Text(f"\n{view.UNPLACED}"))
        for left in notes.unplaced:
            console.print(Text(printable(f"  line {left.line}: {left.text}")), soft_wrap=True)


def _outcome(path: Path, merged: Merged) -> str:
    changes = [
        (merged.added, "new"),
        (merged.updated, "updated"),
        (merged.removed, "removed, as in the notes"),
        (merged.kept, "changed in both, so yours is kept"),
    ]
    said = ", ".join(f"{count} {what}" for count, what in changes if count) or "nothing new"
    return f"{path}: {said}. You can edit it; importing again keeps your changes."
