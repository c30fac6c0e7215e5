"""rehearse share: packs a take into one zip for a coach."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from rehearse import app
from rehearse.audio import encode
from rehearse.commands.outputs import output_named
from rehearse.config import Settings, settings
from rehearse.model.structure import Analysis
from rehearse.model.take import SAMPLE_RATE, Span, Take
from rehearse.session.analyze_take import analyze_take
from rehearse.takes import take_json
from rehearse.takes.files import on_disk, write_whole
from rehearse.takes.remarks import REMARKS_FILE, template
from rehearse.takes.share_file import packed
from rehearse.takes.store import TakeStore
from rehearse.takes.summary import State
from rehearse.text import is_file, typed
from rehearse.views import html

SOUND_FILE = "answer.webm"
WHAT = {
    SOUND_FILE: "your voice",
    take_json.PAGE_FILE: "the report, for any browser; your coach writes on it",
    take_json.TAKE_FILE: "the words and figures, for programs",
    REMARKS_FILE: "for your coach to write in by hand instead",
}


def run(args: argparse.Namespace) -> int:
    chosen = settings(args)
    takes = TakeStore(chosen.recordings)
    folder = takes.find(args.take or _latest_answer(takes)).resolve()
    store = TakeStore(folder.parent)
    whole = store.load(folder)
    output = typed(args.output) if args.output else Path(f"{whole.id}.zip")
    output_named(output, (".zip",), what="a zip")
    take = _stripped(whole)
    # The wording is that of the candidate's own report; only the number behind it is private.
    analysis = analyze_take(replace(take, turn=whole.turn), chosen.coaching)
    files = _files(take, analysis, store=store, sound=args.sound)
    content = packed([(f"{take.id}/{name}", data) for name, data in files])
    with on_disk(output.parent):
        write_whole(output, content)
    _list_contents(output, files, chosen)
    return 0


def _latest_answer(store: TakeStore) -> str | None:
    """Its id; a later take that was given up or waits for its words is nothing to send. None where
    there is none."""
    answers = [one for one in store.summaries() if one.state is State.WHOLE and one.is_answer]
    return answers[-1].id if answers else None


def _list_contents(output: Path, files: list[tuple[str, bytes]], chosen: Settings) -> None:
    console = app.console(chosen)
    console.print(f"{output} contains", markup=False, soft_wrap=True)
    for name, data in files:
        console.print(f"  {name:12} {_size(len(data)):>7}  {WHAT[name]}", markup=False)
    console.print("Nothing was sent. When your coach sends remarks back: rehearse remarks FILE")


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1000))} kB"


def _stripped(take: Take) -> Take:
    """The take without private parts: settings (they name devices and folders), ids of other takes,
    notes, original words, and other speakers."""
    transcript = take.transcript
    if transcript is not None:
        transcript = replace(transcript, model=_name(transcript.model), speakers=())
    return replace(
        take,
        question=replace(take.question, notes=()) if take.question else None,
        settings={},
        model=_name(take.model),
        transcript=transcript,
        original=None,
        follows=None,
        sha256=None,
        turn=0,
        note=None,
    )


def _name(model: str | None) -> str | None:
    """The model's name; of a model in the user's own folder only the folder's name."""
    return None if model is None else model.replace("\\", "/").rstrip("/").rpartition("/")[2]


def _files(
    take: Take, analysis: Analysis, *, store: TakeStore, sound: bool
) -> list[tuple[str, bytes]]:
    """The analysis of this take alone, without notes, stories and earlier takes. Raises
    UnreadableFile."""
    files: list[tuple[str, bytes]] = []
    embedded, peaks = None, tuple[float, ...]()
    if is_file(store.sound_path(take)):
        samples = store.samples(take, Span(0.0, take.cut) if take.cut else None)
        if len(samples):
            peaks = encode.peaks(samples, html.PEAKS)
            if sound:
                content = encode.opus(samples)
                embedded = html.Embedded(encode.MIME, content, len(samples) / SAMPLE_RATE)
                files.append((SOUND_FILE, content))
    page = html.page(take, analysis, sound=embedded, peaks=peaks, previous=None, for_coach=True)
    title = take.question.text if take.question else ""
    remarks = template(take.id, title, analysis.timing.duration)
    return [
        *files,
        (take_json.PAGE_FILE, page.encode()),
        (take_json.TAKE_FILE, take_json.dump(take, analysis).encode()),
        (REMARKS_FILE, remarks.encode()),
    ]
