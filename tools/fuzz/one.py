"""One target, by coverage: python -m tools.fuzz.one NAME --seconds 300 --folder build/fuzz"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["rehearse", "markdown_it"]):
    import importlib

    from rehearse.options.parser import COMMANDS
    from tools.fuzz import targets

    for command in COMMANDS:
        if command != "demo":
            importlib.import_module(f"rehearse.commands.{command}")
    importlib.import_module("rehearse.commands.importing")
    importlib.import_module("rehearse.views.progress_page")

from tools.fuzz.desk import furnished
from tools.fuzz.guard import Guard
from tools.fuzz.seeds import seeds

LARGEST = 200_000
"""Bytes of an input."""
HANGS = 120
"""Seconds; an input that takes longer ends the target."""
MEMORY = 6 * 2**30
"""Bytes of address space; libraries map far more than they use."""
RESIDENT = 2500
"""Megabytes in use that end the target."""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("name", choices=targets.NAMES)
    asked.add_argument("--seconds", type=int, default=300)
    asked.add_argument("--folder", type=Path, default=Path("build/fuzz"))
    asked.add_argument("--again", type=Path, nargs="*", help="only these inputs, once each")
    chosen = asked.parse_args()
    folder = (chosen.folder / chosen.name).resolve()
    with tempfile.TemporaryDirectory(prefix="rehearse-fuzz-") as place:
        _run(chosen, folder, Path(place) / "home")


def _run(chosen: argparse.Namespace, folder: Path, home: Path) -> None:
    furnished(home)
    os.environ |= {
        "REHEARSE_MODELS": str(home / "models"),
        "COLUMNS": "80",
        "XDG_CACHE_HOME": str(home),
        "HOME": str(home),
    }
    os.chdir(home)
    guard = Guard(home, folder / "findings")
    guard.watch()
    targets.remember_packs()
    target = targets.target(chosen.name, home)
    if chosen.again:
        for path in chosen.again:
            guard.run(target, path.read_bytes())
        print(f"{chosen.name}: {guard.causes}")
        return
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(chosen.name, home)):
        (corpus / f"seed-{number}").write_bytes(seed)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    _fuzz(chosen, guard, corpus, target)


def _fuzz(
    chosen: argparse.Namespace, guard: Guard, corpus: Path, target: targets.Callable[[bytes], None]
) -> None:
    def once(data: bytes) -> None:
        guard.run(target, data)
        if guard.runs % 50 == 0:
            _tell(chosen.name, guard, corpus)

    options = [
        f"-max_total_time={chosen.seconds}",
        f"-max_len={LARGEST}",
        f"-timeout={HANGS}",
        f"-rss_limit_mb={RESIDENT}",
        "-print_final_stats=1",
        "-len_control=20",
        "-verbosity=1",
        f"-artifact_prefix={corpus.parent}/",
    ]
    atheris.Setup(
        [sys.argv[0], str(corpus), *options], once, custom_mutator=targets.mutator(chosen.name)
    )
    atheris.Fuzz()


def _tell(name: str, guard: Guard, corpus: Path) -> None:
    """libFuzzer ends the process itself, so the count is kept on the way."""
    lines = [
        f"runs {guard.runs}",
        *(f"{count} times: {cause}" for cause, count in guard.causes.items()),
    ]
    (corpus.parent / "status.txt").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
