"""rehearse report: a take's report once more, from what is kept of it."""

from __future__ import annotations

import argparse
import webbrowser
from pathlib import Path

from rehearse import app, asjson
from rehearse.adapters import encode
from rehearse.asked import earlier
from rehearse.config import Settings, settings
from rehearse.disk import said_by_disk, write_whole
from rehearse.errors import UnreadableFile, WrongUsage
from rehearse.model import SAMPLE_RATE, Analysis, Take
from rehearse.session import examine
from rehearse.store import TakeStore
from rehearse.stories.prepared import notes_for
from rehearse.text import slug
from rehearse.usual import usual_voice
from rehearse.views import html, terminal
from rehearse.views.comparison import Before

PAGE_FILE = "report.html"


def run(asked: argparse.Namespace) -> int:
    chosen = settings(asked)
    form = _format(asked)
    folder = TakeStore(chosen.recordings).find(asked.take)
    whole_path = folder.resolve()
    store = TakeStore(whole_path.parent)
    take = store.load(whole_path)
    analysis = _examined(take, store, chosen)
    console = app.console(chosen)
    if form == "json":
        app.print_json(asjson.analysis(analysis, str(folder)))
    elif form == "html":
        output = _output(asked.output, folder)
        _write_page(take, analysis, output, store=store, chosen=chosen, link=asked.link_audio)
        console.print(f"The page is {output}", markup=False, soft_wrap=True)
        if asked.open and not webbrowser.open(output.resolve().as_uri()):
            console.print("No browser could be started here; open the page in yours.")
    else:
        if take.transcript is None:
            console.print("This take waits for its words; 'rehearse recover' writes them down.")
        console.print(terminal.report(analysis, plain=chosen.plain))
    return 0


def _format(asked: argparse.Namespace) -> str:
    """What belongs to a page asks for one. Raises WrongUsage."""
    of_page = asked.output or asked.open or asked.link_audio
    if of_page and asked.format not in (None, "html"):
        raise WrongUsage("-o, --open and --link-audio belong to a page.", "Use --format html.")
    return "html" if of_page else asked.format or "terminal"


def _examined(take: Take, store: TakeStore, chosen: Settings) -> Analysis:
    return examine(
        take,
        chosen.coaching,
        notes=notes_for(take.question, app.stories(chosen)),
        follows=store.followed(take),
        before=earlier(store, take),
        usual=usual_voice(store, take),
    )


def _output(named: str | None, folder: Path) -> Path:
    """Raises WrongUsage for a name that might be a recording's."""
    output = Path(named).expanduser() if named else folder / PAGE_FILE
    if output.suffix.lower() not in (".html", ".htm") or output.is_dir():
        raise WrongUsage(f"'{output}' is no name for a page.", "Name a file that ends in .html.")
    if not output.parent.is_dir():
        raise WrongUsage(f"There is no folder '{output.parent}'.", "Make it, or name another.")
    return output


def _write_page(
    take: Take, analysis: Analysis, output: Path, *, store: TakeStore, chosen: Settings, link: bool
) -> None:
    """The page, and its sound beside it where that is linked. Raises DiskFull, HomeNotWritable."""
    sound, peaks = _sound(take, store)
    previous = _previous(take, store, chosen)
    try:
        if sound and link:
            beside = output.with_name(f"{output.stem}-answer.webm")
            write_whole(beside, sound.content)
            linked = html.Linked(beside.name, sound.duration)
            text = html.page(take, analysis, sound=linked, peaks=peaks, previous=previous)
        else:
            text = html.page(take, analysis, sound=sound, peaks=peaks, previous=previous)
        write_whole(output, text.encode())
    except OSError as error:
        raise said_by_disk(error, output.parent) from error


def _sound(take: Take, store: TakeStore) -> tuple[html.Embedded | None, tuple[float, ...]]:
    """None where the take has no sound, or none left."""
    if not store.sound_path(take).exists():
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
    older = [folder for folder in store.folders() if folder.name < take.id]
    for folder in reversed(older):
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
