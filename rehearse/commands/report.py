"""rehearse report: a take's report once more, from what is kept of it, in any of its forms."""

from __future__ import annotations

import argparse
import sys
import webbrowser
from functools import partial
from pathlib import Path

from rehearse import app, asjson, takefile
from rehearse.adapters import encode
from rehearse.asked import earlier
from rehearse.assess import examine
from rehearse.config import Settings, settings
from rehearse.disk import said_by_disk, write_whole
from rehearse.errors import NothingToExport, UnreadableFile, WrongUsage
from rehearse.findings.whole import Analysis
from rehearse.model import SAMPLE_RATE, Take
from rehearse.places import is_file, is_folder, typed
from rehearse.remarks import REMARKS_FILE
from rehearse.store import TakeStore
from rehearse.stories.prepared import notes_for
from rehearse.text import slug
from rehearse.usual import usual_voice
from rehearse.views import captions, html, labels, markdown, terminal
from rehearse.views.comparison import Before

SUFFIXES = {
    "html": (".html", ".htm"),
    "json": (".json",),
    "md": (".md", ".markdown"),
    "srt": (".srt",),
    "vtt": (".vtt",),
    "audacity": (".txt",),
}
OF_A_TAKE = (takefile.SOUND_FILE, takefile.TAKE_FILE, REMARKS_FILE)
"""Files that no report may take the place of."""


def run(asked: argparse.Namespace) -> int:
    chosen = settings(asked)
    form = _format(asked)
    folder = TakeStore(chosen.recordings).find(asked.take)
    whole_path = folder.resolve()
    store = TakeStore(whole_path.parent)
    take = store.load(whole_path)
    analysis = _examined(take, store, chosen)
    if form == "html":
        _page(asked, take, analysis, store=store, chosen=chosen, folder=folder)
    elif form == "terminal":
        console = app.console(chosen)
        if take.transcript is None:
            console.print("This take waits for its words; 'rehearse recover' writes them down.")
        remarks = store.remarks(take)
        console.print(terminal.report(analysis, plain=chosen.plain, remarks=remarks))
    else:
        text = _text(form, take, analysis, store=store, source=str(folder))
        _give(text, asked.output, form=form, chosen=chosen)
    return 0


def _format(asked: argparse.Namespace) -> str:
    """What belongs to a page asks for one, and so does a file of no other form's name. Raises
    WrongUsage."""
    of_page = asked.open or asked.link_audio
    if of_page and asked.format not in (None, "html"):
        raise WrongUsage("--open and --link-audio belong to a page.", "Use --format html.")
    if asked.format == "terminal" and asked.output:
        raise WrongUsage("The terminal's report is for the screen.", "Use --format md for a file.")
    if asked.format or of_page or not asked.output:
        return "html" if of_page else asked.format or "terminal"
    ending = Path(asked.output).suffix.lower()
    named = [form for form, endings in SUFFIXES.items() if ending in endings]
    return named[0] if named and named != ["audacity"] else "html"


def _text(form: str, take: Take, analysis: Analysis, *, store: TakeStore, source: str) -> str:
    """Raises NothingToExport where there is nothing with a time."""
    if form == "json":
        return asjson.line(asjson.analysis(analysis, source))
    if form == "md":
        return markdown.report(take, analysis, store.remarks(take))
    if form == "audacity":
        text = labels.audacity(analysis)
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
    asked: argparse.Namespace,
    take: Take,
    analysis: Analysis,
    *,
    store: TakeStore,
    chosen: Settings,
    folder: Path,
) -> None:
    output = _output(asked.output, "html") if asked.output else folder / takefile.PAGE_FILE
    _write_page(take, analysis, output, store=store, chosen=chosen, link=asked.link_audio)
    console = app.console(chosen)
    console.print(f"The page is {output}", markup=False, soft_wrap=True)
    if asked.open and not webbrowser.open(output.resolve().as_uri()):
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
    previous = _previous(take, store, chosen)
    page = partial(
        html.page, take, analysis, peaks=peaks, previous=previous, remarks=store.remarks(take)
    )
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


def _sound(take: Take, store: TakeStore) -> tuple[html.Embedded | None, tuple[float, ...]]:
    """None where the take has no sound, or none left."""
    if not is_file(store.sound_path(take)):
        return None, ()
    samples = store.samples(take)
    if not len(samples):
        return None, ()
    content = encode.opus(samples)
    duration = len(samples) / SAMPLE_RATE
    return html.Embedded(encode.MIME, content, duration), encode.peaks(samples, html.PEAKS)


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
