"""rehearse progress: shows progress from day to day."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from rehearse import app
from rehearse.analysis.coaching import Coaching
from rehearse.audio.clock import SystemClock
from rehearse.config import settings
from rehearse.errors import WrongUsage
from rehearse.model import codec
from rehearse.progress.progress import Measure, Progress, progress, values
from rehearse.progress.trend import LATEST, Trend, trends
from rehearse.takes.files import on_disk, write_whole
from rehearse.takes.store import TakeStore
from rehearse.takes.summary import Summary
from rehearse.text import is_folder, typed
from rehearse.views import progress as view
from rehearse.views import progress_files


def run(args: argparse.Namespace) -> int:
    chosen = settings(args)
    if args.output and args.format == "terminal":
        raise WrongUsage(
            "The terminal format cannot be saved in a file.", "Add --format html, csv or json."
        )
    store = TakeStore(chosen.recordings)
    takes = store.summaries()
    today = date.fromisoformat(SystemClock().now()[:10])
    found, directions = progress(takes, today), trends(takes)
    if args.format != "terminal":
        _write(_file(args.format, found, directions, takes, chosen.coaching), args.output)
        return 0
    console = app.console(chosen)
    if not found.figures.answers:
        console.print("No answers yet. To begin: rehearse practice")
        return 0
    latest = {measure: values(takes, measure)[-LATEST:] for measure in Measure}
    console.print(view.screen(found, directions, latest, plain=chosen.plain))
    return 0


def _file(
    kind: str,
    found: Progress,
    directions: tuple[Trend, ...],
    takes: list[Summary],
    coaching: Coaching,
) -> str:
    if kind == "json":
        return codec.line(progress_files.as_json(found, directions))
    if kind == "csv":
        return progress_files.as_csv(found)
    from rehearse.views.progress_page import page

    return page(found, directions, takes, coaching=coaching)


def _write(text: str, path: str | None) -> None:
    if path is None:
        sys.stdout.buffer.write(text.encode())  # a page and a table say that they are UTF-8
        sys.stdout.buffer.flush()
        return
    place = typed(path)
    if is_folder(place):
        raise WrongUsage(f"'{place}' is a folder.", "Name a file in it.")
    with on_disk(place.parent):
        write_whole(place, text.encode())
