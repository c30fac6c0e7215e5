"""rehearse web: practise in the browser of this machine.

The address is printed at once; what the pages need is read after that, while the browser starts."""

from __future__ import annotations

import argparse
import sys
import threading
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.config import settings
from rehearse.takes.store import TakeStore
from rehearse.text import typed
from rehearse.web.server import serve

if TYPE_CHECKING:
    from rehearse.web.program import Program

OPEN_IT = "Open this address in a browser on this computer. Ctrl-C ends the program."


def run(args: argparse.Namespace) -> int:
    chosen = settings(args)
    TakeStore(chosen.recordings).check()

    def opened(address: str, once: str) -> None:
        sys.stdout.write(f"{address}\n")
        sys.stdout.flush()
        # In a thread: some browsers are waited for, and the page must be served meanwhile.
        threading.Thread(target=_open, args=(args, once), daemon=True).start()

    def program() -> Program:
        from rehearse.commands.web_program import Rehearse

        named = getattr(args, "config", None)
        config = Path(typed(named)) if named else None
        return Rehearse(chosen, again=lambda: settings(args), config=config)

    serve(program, args.port, opened)
    return 0


def _open(args: argparse.Namespace, once: str) -> None:
    if args.no_open or not webbrowser.open(once):
        sys.stderr.write(f"{OPEN_IT}\n")
