"""A page as a PDF, by a browser of this computer without a window. It is given no network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rehearse.errors import NothingToExport

NAMES = ("chromium", "chromium-browser", "google-chrome", "msedge")
ON_MACOS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
FLAGS = (
    "--headless=new",
    "--disable-gpu",
    "--no-first-run",
    "--no-pdf-header-footer",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=127.0.0.1:9",
)
PATIENCE = 60.0
"""Seconds; a page takes two."""
BY_HAND = "Run 'rehearse report --open' and print the page from your browser: it can save a PDF."


def pdf(page: str) -> bytes:
    """Raises NothingToExport."""
    program = _browser()
    if program is None:
        raise NothingToExport("A PDF needs Chromium, Chrome or Edge on this computer.", BY_HAND)
    root = ["--no-sandbox"] if sys.platform == "linux" and os.getuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="rehearse-pdf-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, made = folder / "page.html", folder / "page.pdf"
        source.write_text(page, "utf-8")
        places = (f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={made}")
        try:
            subprocess.run(
                [program, *FLAGS, *root, *places, source.as_uri()],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=PATIENCE,
            )
            return made.read_bytes()
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NothingToExport(f"'{program}' could not make the PDF.", BY_HAND) from error


def _browser() -> str | None:
    found = (shutil.which(name) for name in (*NAMES, *ON_MACOS))
    return next((path for path in found if path), None)
