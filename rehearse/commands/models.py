"""rehearse models: the models that write answers down, and the one that reads meaning."""

from __future__ import annotations

import argparse

from rich.table import Table

from rehearse import app
from rehearse.commands import model_ready
from rehearse.config import settings
from rehearse.speech import models
from rehearse.speech.catalogue import MEANING, known_models, size_text


def run(args: argparse.Namespace) -> int:
    chosen = settings(args)
    console = app.console(chosen)
    if args.action == "get":
        messages = app.console(chosen, stderr=True)
        found = model_ready.download(args.name, messages)
        if found.name != MEANING.name:
            model_ready.give_ear(found.path, found.name, messages)
        console.print(f"{found.name} is in {found.path}", soft_wrap=True)
    elif args.action == "remove":
        models.remove(args.name)
        console.print(f"Removed {args.name}.")
    else:
        console.print(_table())
    return 0


def _table() -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("model", "size", "folder"):
        table.add_column(heading, overflow="fold")
    here = {found.name: found.path for found in models.installed()}
    for known in (*known_models(), MEANING):
        path = here.get(known.name)
        size = size_text(known.size)
        table.add_row(known.name, size, str(path) if path else "not downloaded")
    return table
