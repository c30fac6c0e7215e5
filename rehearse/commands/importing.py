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

_NOTHING = "Nothing in {} looks like a question, a principle or a story."
_MEND = (
    "Put questions on lines of their own, and label stories with Situation, Task, Action, Result."
)


def run(args: argparse.Namespace) -> int:
    """Each file for itself; a bad one is told and the rest still come in."""
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
    for heading in ("", "what", "where it belongs"):
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
        console.print(Text("\nNot placed; look at these lines yourself:"))
        for left in notes.unplaced:
            console.print(Text(printable(f"  line {left.line}: {left.text}")), soft_wrap=True)


def _row(table: Table, name: str, what: str, where: str) -> None:
    table.add_row(name, Text(printable(what), overflow="ellipsis"), Text(printable(where)))


def _parts(story: Story) -> str:
    """ "STAR", with a dot in the place of what is not told."""
    told = [section.value[0].upper() if story.told(section) else "·" for section in STAR]
    return "told freely" if set(told) == {"·"} else "".join(told)


def _outcome(path: Path, merged: Merged) -> str:
    changes = [
        (merged.added, "new"),
        (merged.updated, "updated"),
        (merged.removed, "no longer in the notes and removed"),
        (merged.kept, "changed in the notes too, but kept as you wrote"),
    ]
    said = ", ".join(f"{count} {what}" for count, what in changes if count) or "nothing new"
    return f"\n{path}: {said}. Edit it as you like; importing again keeps your changes."
