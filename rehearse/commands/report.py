"""rehearse report: a take's report once more, from what is kept of it, in any of its forms."""

from __future__ import annotations

import argparse
import sys
import webbrowser
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse import app
from rehearse.audio import encode
from rehearse.config import Settings, settings
from rehearse.errors import NothingToExport, UnreadableFile, WrongUsage
from rehearse.model import codec
from rehearse.model.structure import Analysis
from rehearse.model.take import SAMPLE_RATE, Take
from rehearse.session.analyze_take import examine
from rehearse.stories.lookup import notes_for
from rehearse.takes import take_json
from rehearse.takes.files import said_by_disk, write_whole
from rehearse.takes.history import earlier, usual_voice
from rehearse.takes.remarks import REMARKS_FILE
from rehearse.takes.store import TakeStore
from rehearse.text import is_file, is_folder, slug, typed
from rehearse.views import audio_labels, captions, html, markdown, terminal
from rehearse.views.comparison import Before

if TYPE_CHECKING:
    from rehearse.model.take import Samples

SUFFIXES = {
    "html": (".html", ".htm"),
    "json": (".json",),
    "md": (".md", ".markdown"),
    "srt": (".srt",),
    "vtt": (".vtt",),
    "audacity": (".txt",),
}
OF_A_TAKE = (take_json.SOUND_FILE, take_json.TAKE_FILE, REMARKS_FILE)
"""Files that no report may take the place of."""


def run(args: argparse.Namespace) -> int:
    chosen = settings(args)
    form = _format(args)
    folder = TakeStore(chosen.recordings).find(args.take)
    whole_path = folder.resolve()
    store = TakeStore(whole_path.parent)
    take = store.load(whole_path)
    analysis = _examined(take, store, chosen)
    if form == "html":
        _page(args, take, analysis, store=store, chosen=chosen, folder=folder)
    elif form == "terminal":
        console = app.console(chosen)
        if take.transcript is None:
            console.print("This take waits for its words; 'rehearse recover' writes them down.")
        remarks = store.remarks(take)
        console.print(terminal.report(analysis, plain=chosen.plain, remarks=remarks))
    else:
        text = _text(form, take, analysis, store=store, source=str(folder))
        _give(text, args.output, form=form, chosen=chosen)
    return 0


def _format(args: argparse.Namespace) -> str:
    """What belongs to a page asks for one, and so does a file of no other form's name. Raises
    WrongUsage."""
    of_page = args.open or args.link_audio
    if of_page and args.format not in (None, "html"):
        raise WrongUsage("--open and --link-audio belong to a page.", "Use --format html.")
    if args.format == "terminal" and args.output:
        raise WrongUsage("The terminal's report is for the screen.", "Use --format md for a file.")
    if args.format or of_page or not args.output:
        return "html" if of_page else args.format or "terminal"
    ending = Path(args.output).suffix.lower()
    named = [form for form, endings in SUFFIXES.items() if ending in endings]
    return named[0] if named and named != ["audacity"] else "html"


def _text(form: str, take: Take, analysis: Analysis, *, store: TakeStore, source: str) -> str:
    """Raises NothingToExport where there is nothing with a time."""
    if form == "json":
        return codec.line(codec.analysis(analysis, source))
    if form == "md":
        return markdown.report(take, analysis, store.remarks(take))
    if form == "audacity":
        text = audio_labels.audacity(analysis)
    else:
        shown = captions.cues(analysis.words)
        text = (captions.srt if form == "srt" else captions.vtt)(shown) if shown else ""
    if not text:
        raise NothingToExport(f"'{take.id}' has no words with times yet.")
    return text


def _give(text: str, output: str | None, *, form: str, chosen: Settings) -> None:
    """On stdout, and nothing else there; or in a file, whole or not at all."""
    if output is None:
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
        return
    path = _output(output, form)
    try:
        write_whole(path, text.encode("utf-8", "replace"))
    except OSError as error:
        raise said_by_disk(error, path.parent) from error
    console = app.console(chosen)
    console.print(f"Written to {path}", markup=False, soft_wrap=True)


def _page(
    args: argparse.Namespace,
    take: Take,
    analysis: Analysis,
    *,
    store: TakeStore,
    chosen: Settings,
    folder: Path,
) -> None:
    output = _output(args.output, "html") if args.output else folder / take_json.PAGE_FILE
    _write_page(take, analysis, output, store=store, chosen=chosen, link=args.link_audio)
    console = app.console(chosen)
    console.print(f"The page is {output}", markup=False, soft_wrap=True)
    if args.open and not webbrowser.open(output.resolve().as_uri()):
        console.print("No browser could be started here; open the page in yours.")


def _examined(take: Take, store: TakeStore, chosen: Settings) -> Analysis:
    return examine(
        take,
        chosen.coaching,
        notes=notes_for(take.question, app.stories(chosen)),
        follows=store.followed(take),
        before=earlier(store, take),
        usual=usual_voice(store, take),
    )


def _output(named: str, form: str) -> Path:
    """Raises WrongUsage for a name that might be a recording's."""
    output = typed(named)
    endings = SUFFIXES[form]
    if output.suffix.lower() not in endings or is_folder(output) or output.name in OF_A_TAKE:
        what = "a page" if form == "html" else "this"
        mend = f"Name a file that ends in {endings[0]}."
        raise WrongUsage(f"'{output}' is no name for {what}.", mend)
    if not is_folder(output.parent):
        raise WrongUsage(f"There is no folder '{output.parent}'.", "Make it, or name another.")
    return output


def _write_page(
    take: Take, analysis: Analysis, output: Path, *, store: TakeStore, chosen: Settings, link: bool
) -> None:
    """The page, and its sound beside it where that is linked. Raises DiskFull, HomeNotWritable."""
    sound, peaks = _sound(take, store)
    page = partial(_filled, take, analysis, peaks, store=store, chosen=chosen)
    try:
        if sound and link:
            beside = output.with_name(f"{output.stem}-answer.webm")
            write_whole(beside, sound.content)
            text = page(sound=html.Linked(beside.name, sound.duration))
        else:
            text = page(sound=sound)
        write_whole(output, text.encode())
    except OSError as error:
        raise said_by_disk(error, output.parent) from error


def linked_page(take: Take, store: TakeStore, chosen: Settings, address: str) -> str:
    """The page, for where its sound is found at an address."""
    samples = _samples(take, store)
    sound = None if samples is None else html.Linked(address, len(samples) / SAMPLE_RATE)
    peaks = () if samples is None else encode.peaks(samples, html.PEAKS)
    analysis = _examined(take, store, chosen)
    return _filled(take, analysis, peaks, store=store, chosen=chosen, sound=sound)


def _filled(
    take: Take,
    analysis: Analysis,
    peaks: Sequence[float],
    *,
    store: TakeStore,
    chosen: Settings,
    sound: html.Embedded | html.Linked | None,
) -> str:
    previous, remarks = _previous(take, store, chosen), store.remarks(take)
    return html.page(take, analysis, sound=sound, peaks=peaks, previous=previous, remarks=remarks)


def _sound(take: Take, store: TakeStore) -> tuple[html.Embedded | None, tuple[float, ...]]:
    """None where the take has no sound, or none left."""
    samples = _samples(take, store)
    if samples is None:
        return None, ()
    content = encode.opus(samples)
    duration = len(samples) / SAMPLE_RATE
    return html.Embedded(encode.MIME, content, duration), encode.peaks(samples, html.PEAKS)


def _samples(take: Take, store: TakeStore) -> Samples | None:
    if not is_file(store.sound_path(take)):
        return None
    samples = store.samples(take)
    return samples if len(samples) else None


def _previous(take: Take, store: TakeStore, chosen: Settings) -> Before | None:
    """The answer before this one to the same question; one that waits for its words is none."""
    if take.question is None or take.follows:
        return None
    ending = f"_{slug(take.question.text)}"
    for folder in reversed(store.before(take)):
        if ending not in folder.name:
            continue
        try:
            other = store.load(folder)
        except UnreadableFile:
            continue
        same = other.question is not None and other.question.text == take.question.text
        if same and other.transcript and not other.follows:
            return Before(other.recorded_at, _examined(other, store, chosen))
    return None
