"""The pictures of the README, made from the real screens: `make pictures`.

The demo runs, with its built-in voices, and its second answer is shown as the program shows it: the
report, the page and the replay. The day and the name of that take are fixed, so that pictures made
again differ only where the program does.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console, RenderableType
from rich.terminal_theme import DIMMED_MONOKAI

from rehearse.audio import encode
from rehearse.commands import demo
from rehearse.config import Settings
from rehearse.model.structure import Analysis
from rehearse.model.take import SAMPLE_RATE, Take
from rehearse.replay.playhead import Playhead
from rehearse.replay.track import MarkKind, track_of
from rehearse.session.analyze_take import analyze_take
from rehearse.takes.store import TakeStore
from rehearse.views import html, replay, terminal

if TYPE_CHECKING:
    from rehearse.model.take import Samples

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
DAY = "2026-05-04T18:30:00+02:00"
TAKE_ID = "2026-05-04T18-30-00_tell-me-about-a-time-when-you-to"
TARGET = 30.0
"""Seconds that are planned for the answer shown: the demo's candidate has little to say."""
COLUMNS, LINES = 80, 24
PAGE_SIZE = (1000, 915)
"""CSS pixels: from the question to what to do next time, above the player."""
HEARD = 13.3
"""Seconds into the answer at which the replay is shown: at a filler."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 60.0
"""Seconds for a picture of the browser; it takes two."""
_FONTS_FROM_ELSEWHERE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="rehearse-pictures-") as home:
        take, samples = demo_take(Path(home))
        analysis = analyze_take(take, Settings(Path(home), plain=False).coaching)
        write_svg("report", terminal.brief(analysis, plain=False), "rehearse report")
        write_svg("replay", replay_screen(analysis), "rehearse replay")
        write_page(take, analysis, samples, Path(home))


def demo_take(home: Path) -> tuple[Take, Samples]:
    """The last take of the demo, and its sound; what the demo keeps lies in `home`."""
    tempfile.tempdir = str(home)
    with contextlib.redirect_stdout(io.StringIO()):
        demo.play(Settings(home, plain=True), hurry=True)
    folder = next(home.glob("rehearse-demo-*"))
    store = TakeStore(folder)
    take = store.load(store.folders()[-1])
    samples = store.samples(take)
    assert take.question is not None
    question = replace(take.question, target=TARGET)
    return replace(take, id=TAKE_ID, recorded_at=DAY, question=question), samples


def replay_screen(analysis: Analysis) -> RenderableType:
    duration = analysis.timing.duration if analysis.timing else None
    assert analysis.question is not None and duration is not None
    look = replay.Look(COLUMNS, LINES)
    track = track_of(analysis, title=analysis.question.text, duration=duration)
    head = Playhead(HEARD, marks=MarkKind.FILLER)
    return replay.screen(track, head, look, replay.rows(track, look))


def write_svg(name: str, content: RenderableType, title: str) -> None:
    """In the reader's own fixed-width font: a picture that fetches nothing."""
    console = Console(
        record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True,
        color_system="standard", highlight=False, emoji=False, legacy_windows=False,
    )  # fmt: skip
    console.print(content)
    text = console.export_svg(title=title, theme=DIMMED_MONOKAI, unique_id=name)
    text = _FONTS_FROM_ELSEWHERE.sub("", text)
    path = FOLDER / f"{name}.svg"
    path.write_text("\n".join(line.rstrip() for line in text.splitlines()) + "\n", "utf-8")
    print(f"{path.name}: {path.stat().st_size // 1000} kB")


def write_page(take: Take, analysis: Analysis, samples: Samples, home: Path) -> None:
    """In light, as a browser shows it; without a browser the picture stays as it was."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        print("page.png stays as it was: it needs Chromium; 'sudo apt install chromium' brings it.")
        return
    sound = html.Embedded(encode.MIME, encode.opus(samples), len(samples) / SAMPLE_RATE)
    outline = encode.peaks(samples, html.PEAKS)
    page = home / "report.html"
    page.write_text(html.page(take, analysis, sound=sound, peaks=outline, previous=None), "utf-8")
    path = FOLDER / "page.png"
    subprocess.run(
        [browser, *_flags(home), f"--screenshot={path}", page.as_uri()],
        check=True, timeout=PATIENCE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    print(f"{path.name}: {path.stat().st_size // 1000} kB")


def _flags(home: Path) -> list[str]:
    root = ["--no-sandbox"] if hasattr(os, "getuid") and os.getuid() == 0 else []
    width, height = PAGE_SIZE
    return [
        *root,
        "--headless=new",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--no-first-run",
        "--hide-scrollbars",
        "--force-device-scale-factor=1",
        f"--user-data-dir={home / 'browser'}",
        f"--window-size={width},{height}",
    ]


if __name__ == "__main__":
    main()
