"""rehearse report: makes a take's report again, in any format."""

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
from rehearse.commands.outputs import output_named
from rehearse.commands.printed import pdf
from rehearse.config import Settings, settings
from rehearse.errors import NothingToExport, WrongUsage
from rehearse.model import codec
from rehearse.model.structure import Analysis
from rehearse.model.take import SAMPLE_RATE, Take
from rehearse.ports import Key
from rehearse.session.analyze_take import analyze_with_history, earlier_answer
from rehearse.session.wishes import any_key
from rehearse.stories.lookup import notes_for
from rehearse.takes import take_json
from rehearse.takes.files import on_disk, write_whole
from rehearse.takes.history import last_before
from rehearse.takes.store import TakeStore
from rehearse.terminal.keyboard import keyboard
from rehearse.text import is_file, one_line, typed
from rehearse.views import audio_labels, captions, html, markdown, nothing, terminal
from rehearse.views.comparison import Before

if TYPE_CHECKING:
    from rehearse.model.take import Samples

MORE = "d shows the details · any other key ends"
COMPARE = "\nTo compare it with your last answer: rehearse compare {}"
SUFFIXES = {
    "html": (".html", ".htm"),
    "pdf": (".pdf",),
    "json": (".json",),
    "md": (".md", ".markdown"),
    "srt": (".srt",),
    "vtt": (".vtt",),
    "audacity": (".txt",),
}


def run(args: argparse.Namespace) -> int:
    chosen = settings(args)
    form = _format(args)
    folder = TakeStore(chosen.recordings).find(args.take)
    whole_path = folder.resolve()
    store = TakeStore(whole_path.parent)
    take = store.load(whole_path)
    analysis = _analyzed(take, store, chosen)
    if form == "html":
        _page(args, take, analysis, store=store, chosen=chosen, folder=folder)
    elif form == "pdf":
        _pdf(args, take, analysis, store=store, chosen=chosen)
    elif form == "terminal":
        console = app.console(chosen)
        if take.transcript is None:
            console.print("Not written down yet. To do it: rehearse recover")
        _show(take, analysis, store=store, chosen=chosen, whole=args.details)
    else:
        text = _text(form, take, analysis, store=store, source=str(folder))
        _give(text, args.output, form=form, chosen=chosen)
    return 0


def _show(
    take: Take, analysis: Analysis, *, store: TakeStore, chosen: Settings, whole: bool
) -> None:
    """The brief report, and the details on a key; all at once where nobody can press one."""
    console = app.console(chosen)
    found = earlier_answer(take, analysis, store, chosen.coaching)
    change = found.change if found else None
    console.print(terminal.brief(analysis, plain=chosen.plain, change=change))
    if nothing.instead(analysis):
        return
    if not app.has_terminal():
        whole = True
    elif not whole:
        console.print(f"\n{MORE}{COMPARE.format(take.id) if found else ''}", style="dim")
        with (keys := keyboard()).open():
            whole = any_key(keys) is Key.DETAILS
    if whole:
        remarks = store.remarks(take)
        console.print(terminal.details(analysis, plain=chosen.plain, remarks=remarks))
        if analysis.star and analysis.star.thin and analysis.judged:
            hint = f"To correct a section: rehearse takes label {one_line(take.id)}"
            console.print(hint, markup=False, soft_wrap=True)


def _format(args: argparse.Namespace) -> str:
    """The format: a page if an option or the file's name asks for one. Raises WrongUsage."""
    of_page = args.open or args.link_audio
    if of_page and args.format not in (None, "html"):
        raise WrongUsage("--open and --link-audio work only for a page.", "Use --format html.")
    if args.format == "terminal" and args.output:
        raise WrongUsage(
            "The terminal format cannot be saved in a file.", "Use --format md for a file."
        )
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
    """Print the text on stdout, or save it in a file, completely or not at all."""
    if output is None:
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
        return
    path = output_named(typed(output), SUFFIXES[form], what="this")
    with on_disk(path.parent):
        write_whole(path, text.encode("utf-8", "replace"))
    console = app.console(chosen)
    console.print(f"Saved as {path}", markup=False, soft_wrap=True)


def _page(
    args: argparse.Namespace,
    take: Take,
    analysis: Analysis,
    *,
    store: TakeStore,
    chosen: Settings,
    folder: Path,
) -> None:
    output = folder / take_json.PAGE_FILE
    if args.output:
        output = output_named(typed(args.output), SUFFIXES["html"], what="a page")
    _write_page(take, analysis, output, store=store, chosen=chosen, link=args.link_audio)
    console = app.console(chosen)
    console.print(f"The page is {output}", markup=False, soft_wrap=True)
    if args.open and not webbrowser.open(output.resolve().as_uri()):
        console.print("I could not start a browser. Open the page in yours.")


def _pdf(
    args: argparse.Namespace,
    take: Take,
    analysis: Analysis,
    *,
    store: TakeStore,
    chosen: Settings,
) -> None:
    named = typed(args.output) if args.output else Path(f"{take.id}.pdf")
    output = output_named(named, SUFFIXES["pdf"], what="a PDF")
    sound, peaks = _sound(take, store)
    content = pdf(_filled(take, analysis, peaks, store=store, chosen=chosen, sound=sound))
    with on_disk(output.parent):
        write_whole(output, content)
    app.console(chosen).print(f"The PDF is {output}", markup=False, soft_wrap=True)


def _analyzed(take: Take, store: TakeStore, chosen: Settings) -> Analysis:
    notes = notes_for(take.question, app.stories(chosen))
    meaning = app.meaning(chosen) if notes else None
    return analyze_with_history(take, store, chosen.coaching, notes=notes, meaning=meaning)


def _write_page(
    take: Take, analysis: Analysis, output: Path, *, store: TakeStore, chosen: Settings, link: bool
) -> None:
    """The page, and its sound beside it where that is linked. Raises DiskFull, HomeNotWritable."""
    sound, peaks = _sound(take, store)
    page = partial(_filled, take, analysis, peaks, store=store, chosen=chosen)
    with on_disk(output.parent):
        if sound and link:
            beside = output.with_name(f"{output.stem}-answer.webm")
            write_whole(beside, sound.content)
            text = page(sound=html.Linked(beside.name, sound.duration))
        else:
            text = page(sound=sound)
        write_whole(output, text.encode())


def linked_page(take: Take, store: TakeStore, chosen: Settings, address: str) -> str:
    """The page with a link to its sound."""
    samples = _samples(take, store)
    sound = None if samples is None else html.Linked(address, len(samples) / SAMPLE_RATE)
    peaks = () if samples is None else encode.peaks(samples, html.PEAKS)
    analysis = _analyzed(take, store, chosen)
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
    """The sound for the page; None where the take has none."""
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
    other = last_before(store, take)
    return Before(other.recorded_at, _analyzed(other, store, chosen)) if other else None
