"""rehearse takes correct: what was misheard is mended, and everything counted again."""

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
from rehearse.text import typed
from rehearse.transcripts.aligned import changed
from rehearse.transcripts.fitting import fitted
from rehearse.transcripts.transcripts import read_transcript
from rehearse.views import takes as view


def correct(args: argparse.Namespace, chosen: Settings, store: TakeStore) -> int:
    if args.undo and args.words_from:
        raise WrongUsage("--undo brings old words back, --from gives new ones.", "Use one of them.")
    folder = store.find(args.take).resolve()
    store = TakeStore(folder.parent)
    edit.at_rest(store, folder)
    take = store.load(folder)
    name = view.one_line(take.id)
    if args.undo:
        _count_again(corrections.undone(take), store, chosen)
        say(app.console(chosen), f"{name} has its first words again.")
        return 0
    before = corrections.words_of(take)
    after = _corrected(take, folder, args.words_from)
    number = changed(before.words, after.transcript.words) if after.transcript else 0
    if not number:
        say(app.console(chosen), f"Nothing was changed in {name}.")
        return 0
    _count_again(after, store, chosen)
    words = "1 word" if number == 1 else f"{number} words"
    say(
        app.console(chosen),
        f"{words} changed in {name}, and the report was counted again. To get the first words"
        f" back: rehearse takes correct {name} --undo",
    )
    return 0


def _corrected(take: Take, folder: Path, words_from: str | None) -> Take:
    """Raises UnreadableFile, EditorFailed and HomeNotWritable."""
    if words_from:
        return _from_file(take, typed(words_from))
    text = corrections.to_edit(corrections.words_of(take))
    with on_disk(folder):
        words = corrections.edited(editor.edit(text, folder))
    return corrections.with_words(take, words) if words else take


def _from_file(take: Take, path: Path) -> Take:
    """A text that was kept from a broken-off edit is read as the editor's."""
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


def _count_again(take: Take, store: TakeStore, chosen: Settings) -> None:
    notes = notes_for(take.question, app.stories(chosen))
    store.save(take, analyze_with_history(take, store, chosen.coaching, notes=notes))
