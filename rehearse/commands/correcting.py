"""rehearse takes correct: corrects misheard words and makes the report again."""

from __future__ import annotations

import argparse
from pathlib import Path

from rehearse import app
from rehearse.commands.deleting import say
from rehearse.config import Settings
from rehearse.errors import WrongUsage
from rehearse.model.take import Take
from rehearse.session.analyze_take import analyze_with_history
from rehearse.stories.lookup import notes_for
from rehearse.takes import corrections, edit
from rehearse.takes.files import on_disk
from rehearse.takes.store import TakeStore
from rehearse.terminal import editor
from rehearse.text import one_line, typed
from rehearse.transcripts.aligned import changed
from rehearse.transcripts.fitting import fitted
from rehearse.transcripts.transcripts import read_transcript


def correct(args: argparse.Namespace, chosen: Settings, store: TakeStore) -> int:
    if args.undo and args.words_from:
        raise WrongUsage(
            "--undo brings the old words back, --from gives new ones.", "Use one of them."
        )
    store, folder, take = opened(args.take, store)
    name = one_line(take.id)
    if args.undo:
        count_again(corrections.undone(take), store, chosen)
        say(app.console(chosen), f"{name} has its original words again.")
        return 0
    before = corrections.words_of(take)
    after = _corrected(take, folder, args.words_from)
    number = changed(before.words, after.transcript.words) if after.transcript else 0
    if not number:
        say(app.console(chosen), f"{name} is unchanged.")
        return 0
    count_again(after, store, chosen)
    words = "1 word" if number == 1 else f"{number} words"
    say(
        app.console(chosen),
        f"{words} changed in {name}, and the report is new. To bring the original words"
        f" back: rehearse takes correct {name} --undo",
    )
    return 0


def opened(named: str, store: TakeStore) -> tuple[TakeStore, Path, Take]:
    """A take that nobody records now, with its folder and the store that has it. Raises TakesUnfit,
    UnreadableFile and what `find` does."""
    folder = store.find(named).resolve()
    store = TakeStore(folder.parent)
    edit.at_rest(store, folder)
    return store, folder, store.load(folder)


def _corrected(take: Take, folder: Path, words_from: str | None) -> Take:
    """Raises UnreadableFile, EditorFailed and HomeNotWritable."""
    if words_from:
        return _from_file(take, typed(words_from))
    text = corrections.to_edit(corrections.words_of(take))
    with on_disk(folder):
        words = corrections.edited(editor.edit(text, folder))
    return corrections.with_words(take, words) if words else take


def _from_file(take: Take, path: Path) -> Take:
    """Words from a file. A text that was saved from an interrupted edit is read like the
    editor's."""
    if path.suffix.lower() == ".txt" and is_ours(path):
        words = corrections.edited(path.read_text("utf-8", errors="replace"))
        return corrections.with_words(take, words) if words else take
    given = read_transcript(path)
    if take.sound:
        given = fitted(given, take.sound.duration, str(path))
    return corrections.with_transcript(take, given, language=None)


def is_ours(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(corrections.HELP)).startswith(corrections.HEAD.encode())
    except OSError:
        return False


def count_again(take: Take, store: TakeStore, chosen: Settings) -> None:
    notes = notes_for(take.question, app.stories(chosen))
    meaning = app.meaning(chosen) if notes else None
    found = analyze_with_history(take, store, chosen.coaching, notes=notes, meaning=meaning)
    store.save(take, found)
