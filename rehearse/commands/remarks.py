"""rehearse remarks: what a coach wrote about a take, kept with it."""

from __future__ import annotations

import argparse
from dataclasses import replace

from rehearse import app
from rehearse.config import settings
from rehearse.errors import RemarksForNobody, TakeNotFound, UnreadableFile
from rehearse.model.take import Take
from rehearse.takes.remarks import LARGEST, REMARKS_FILE, parse
from rehearse.takes.share_file import text_of
from rehearse.takes.store import TakeStore
from rehearse.text import counted, typed


def run(args: argparse.Namespace) -> int:
    chosen = settings(args)
    text = text_of(typed(args.file), inside=REMARKS_FILE, largest=LARGEST)
    named = parse(text, args.file).take
    store, take = _take(args, named, TakeStore(chosen.recordings))
    duration = store.duration(store.folder / take.id) or None
    said = parse(text, args.file, duration=duration)
    replaced = _kept_before(store, take)
    store.keep_remarks(take, replace(said, take=take.id))
    count = counted(len(said.items), "remark")
    before = f", in place of {replaced} from before" if replaced else ""
    console = app.console(chosen)
    console.print(f"{count} saved with {take.id}{before}.", markup=False, soft_wrap=True)
    for line in said.bad:
        console.print(f"Left out, not a remark: {line}.", markup=False, soft_wrap=True)
    console.print("To see them with the answer: rehearse report")
    return 0


def _take(args: argparse.Namespace, named: str | None, store: TakeStore) -> tuple[TakeStore, Take]:
    """The take that the user names, else the one that the file does: an id of this home and no
    path, for others wrote it. Raises RemarksForNobody, TakeNotFound and UnreadableFile."""
    if args.take is not None:
        folder = store.find(args.take).resolve()
        if named is not None and named != folder.name:
            raise RemarksForNobody(
                f"'{args.file}' is about '{named}', not about '{folder.name}'.",
                "If that is what you want, delete the line 'take: …' in the file.",
            )
    elif named is None:
        raise RemarksForNobody(f"'{args.file}' does not say which take it is about.")
    else:
        fitting = [one for one in store.folders() if one.name == named]
        if not fitting:
            raise TakeNotFound(f"No take called '{named}' here.")
        folder = fitting[0].resolve()
    own = TakeStore(folder.parent)
    return own, own.load(folder)


def _kept_before(store: TakeStore, take: Take) -> int:
    try:
        return len(store.remarks(take))
    except UnreadableFile:
        return 0
