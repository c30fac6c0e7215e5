"""rehearse takes: what was recorded, the latest first."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.table import Table
from rich.text import Text

from rehearse import app
from rehearse.asjson import Json, optional, question, seconds
from rehearse.config import settings
from rehearse.errors import UnreadableFile
from rehearse.model import Ending, Take
from rehearse.store import GIVEN_UP, TakeStore
from rehearse.text import clock, printable


def run(asked: argparse.Namespace) -> int:
    chosen = settings(asked)
    store = TakeStore(chosen.recordings)
    rows = [(folder, _load(store, folder)) for folder in reversed(store.folders())]
    if asked.json:
        for folder, take in rows:
            app.print_json(_as_json(folder, take, store.duration(folder)))
        return 0
    console = app.console(chosen)
    if not rows:
        console.print(f"No takes in {store.folder} yet. 'rehearse practice' makes the first.")
        return 0
    table = Table(box=None, pad_edge=False)
    table.add_column("take", overflow="fold")
    table.add_column("length", justify="right")
    table.add_column()
    for folder, take in rows:
        table.add_row(_title(folder, take), clock(store.duration(folder)), state(take))
    console.print(table)
    return 0


def state(take: Take | None) -> str:
    """What is left to do with a take, in a few words; "" for a finished one."""
    if take is None:
        return "damaged, see 'rehearse recover'"
    if take.ending is None:
        return "being recorded or cut short"
    if take.ending in GIVEN_UP:
        return take.ending.value.replace("_", " ")
    return "waits for its words" if take.transcript is None else ""


def _title(folder: Path, take: Take | None) -> Text:
    asked = printable(take.question.text) if take and take.question else ""
    return Text(folder.name) + Text(f"\n{asked}", style="dim")


def _load(store: TakeStore, folder: Path) -> Take | None:
    try:
        return store.load(folder)
    except UnreadableFile:
        return None


def _as_json(folder: Path, take: Take | None, duration: float) -> dict[str, Json]:
    ending = take.ending if take else Ending.CUT_SHORT
    return {
        "schema": 1,
        "id": folder.name,
        "folder": str(folder),
        "recorded_at": take.recorded_at if take else None,
        "question": optional(question, take.question) if take else None,
        "duration": seconds(duration),
        "ending": ending.value if ending else None,
        "state": state(take),
        "words": len(take.transcript.words) if take and take.transcript else None,
    }
