"""rehearse takes label: corrects the sections of a story and makes the report again."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from rehearse import app
from rehearse.commands.correcting import count_again, opened
from rehearse.commands.deleting import say
from rehearse.config import Settings
from rehearse.errors import UnreadableFile, WrongUsage
from rehearse.session.analyze_take import analyze_with_history
from rehearse.takes import corrections, labels
from rehearse.takes.files import on_disk
from rehearse.takes.store import TakeStore
from rehearse.terminal import editor
from rehearse.text import one_line, typed


def label(args: argparse.Namespace, chosen: Settings, store: TakeStore) -> int:
    if args.undo and args.labels_from:
        raise WrongUsage(
            "--undo brings the found sections back, --from gives new ones.", "Use one of them."
        )
    store, folder, take = opened(args.take, store)
    name = one_line(take.id)
    if args.undo:
        count_again(labels.undone(take), store, chosen)
        say(app.console(chosen), f"{name} has its sections as found again.")
        return 0
    words = corrections.words_of(take).words
    found = analyze_with_history(take, store, chosen.coaching, notes=None).star
    before = labels.to_edit(words, found)
    text = _read(args.labels_from) if args.labels_from else _edited(before, folder)
    given = labels.edited(text, words)
    if not given or given == labels.edited(before, words):
        say(app.console(chosen), f"{name} is unchanged.")
        return 0
    count_again(replace(take, labels=given), store, chosen)
    say(
        app.console(chosen),
        f"{name} has the sections that you gave, and its report is new. Your next stories are read"
        f" with them. To bring the found ones back: rehearse takes label {name} --undo",
    )
    return 0


def _edited(text: str, folder: Path) -> str:
    with on_disk(folder):
        return editor.edit(text, folder)


def _read(path: str) -> str:
    """Raises UnreadableFile."""
    try:
        return typed(path).read_text("utf-8", errors="replace")
    except OSError as error:
        raise UnreadableFile(
            f"{path} cannot be read ({error.strerror}).", "Check the name."
        ) from error
