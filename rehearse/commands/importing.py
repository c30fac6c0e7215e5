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
from rehearse.model.structure import STAR
from rehearse.questions.bank import Story
from rehearse.questions.documents import read_document
from rehearse.questions.notes import asjson
from rehearse.questions.notes.merging import Merged
from rehearse.questions.notes.notes import Notes
from rehearse.questions.notes.sorting import sorted_notes
from rehearse.questions.notes.writing import pack_text
from rehearse.questions.notes_file import keep_pack
from rehearse.text import counted, printable

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
    notes = sorted_notes(read_document(path))
    if notes.is_empty:
        raise UnreadableFile(_NOTHING.format(path), _MEND)
    _show(notes, path, console)
    title = " ".join(path.stem.replace("_", " ").replace("-", " ").split())
    if not args.dry_run:
        kept, merged = keep_pack(pack_text(notes, notes.title or title), path, chosen.prompts)
        console.print(Text(_outcome(kept, merged)), soft_wrap=True)
    if args.json:
        app.print_json(asjson.notes(notes, str(path)))


def _show(notes: Notes, path: Path, console: Console) -> None:
    table = Table(title=Text(printable(str(path))), title_justify="left", box=None)
    for heading in ("", "what", "belongs to"):
        table.add_column(heading)
    for question in notes.questions:
        kind = question.kind.value.replace("_", " ") if question.kind else ""
        _row(table, "question", question.text, ", ".join(question.principles) or kind)
    for text in notes.to_ask:
        _row(table, "to ask", text, "")
    for principle in notes.principles:
        hints = counted(len(principle.guidance), "hint") if principle.guidance else ""
        _row(table, "principle", principle.name, hints)
    for story in notes.stories:
        _row(table, "story", story.title, ", ".join((_parts(story), *story.principles)))
    for one in notes.interviewers:
        _row(table, "interviewer", one.name, ", ".join((*one.principles, *one.themes)))
    for name, said in (("introduction", notes.introduction), ("closing", notes.closing)):
        if said:
            _row(table, name, said, "")
    console.print(table)
    if notes.unplaced:
        console.print(Text("\nI did not understand these lines:"))
        for left in notes.unplaced:
            console.print(Text(printable(f"  line {left.line}: {left.text}")), soft_wrap=True)


def _row(table: Table, name: str, what: str, where: str) -> None:
    table.add_row(name, Text(printable(what), overflow="ellipsis"), Text(printable(where)))


def _parts(story: Story) -> str:
    """ "STAR", with a dot for each section without text."""
    letters = [section.value[0].upper() if story.told(section) else "·" for section in STAR]
    return "no sections" if set(letters) == {"·"} else "".join(letters)


def _outcome(path: Path, merged: Merged) -> str:
    changes = [
        (merged.added, "new"),
        (merged.updated, "updated"),
        (merged.removed, "removed, as in the notes"),
        (merged.kept, "changed in both, so yours is kept"),
    ]
    said = ", ".join(f"{count} {what}" for count, what in changes if count) or "nothing new"
    return f"\n{path}: {said}. You can edit it; importing again keeps your changes."
