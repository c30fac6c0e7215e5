"""PortAudio and its quirks.

It is loaded here and nowhere else. It writes to file descriptor 2, and any call into it may hang
with the sound server.
"""

from __future__ import annotations

import atexit
import ctypes
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from rehearse.errors import EarFailed, RehearseError
from rehearse.text import printable

Result = TypeVar("Result")

LISTING = 5.0
"""Seconds within which a sound server lists its devices; 0.1 is usual, a hung one never does."""


def portaudio(failure: type[RehearseError]) -> Any:
    """The sounddevice module. Raises `failure`, with how to install PortAudio."""
    try:
        with quiet_portaudio():
            import sounddevice
    except (OSError, ImportError) as error:
        raise failure("The sound library PortAudio is missing.", _how_to_install()) from error
    return sounddevice


def in_time(
    do: Callable[[], Result], seconds: float, undo: Callable[[Result], None] | None = None
) -> Result:
    """The result of a call into PortAudio, made in a thread that is abandoned if it hangs. Raises
    TimeoutError; `undo` gets a result that comes too late."""
    late = threading.Event()
    given: list[Result] = []
    raised: list[BaseException] = []
    lock = threading.Lock()

    def work() -> None:
        try:
            result = do()
        except BaseException as error:  # noqa: BLE001  raised again by the one who waits
            raised.append(error)
            return
        with lock:
            if not late.is_set():
                given.append(result)
                return
        if undo is not None:
            undo(result)

    thread = threading.Thread(target=work, daemon=True, name="sound")
    thread.start()
    thread.join(seconds)
    with lock:
        late.set()
    if raised:
        raise raised[0]
    if not given:
        stay_loaded()
        raise TimeoutError
    return given[0]


@contextmanager
def quiet_portaudio() -> Iterator[None]:
    """Silence what C libraries write to file descriptor 2, which tears a live screen.

    What Python writes to sys.stderr meanwhile still arrives. Belongs to one thread at a time, and
    may be nested."""
    try:
        kept = os.dup(2)
    except OSError:  # closed, as for a program without a console
        yield
        return
    python = sys.stderr
    try:
        if python is not None and _descriptor(python) == 2:
            python.flush()
            sys.stderr = open(kept, "w", buffering=1, errors="replace", closefd=False)  # noqa: SIM115
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        if sys.stderr is not python:
            sys.stderr.flush()
            sys.stderr = python
        os.close(kept)


def look_again() -> None:
    """Let PortAudio see what was plugged in since, if it is there; only while no stream is open."""
    with suppress(TimeoutError, EarFailed), quiet_portaudio():
        in_time(_restart, LISTING)


def reason(error: Exception) -> str:
    """PortAudio's message, without the name of our call and the error code."""
    words = str(error.args[0]) if error.args else type(error).__name__
    return printable(words.split(" [")[0].rpartition(": ")[2])


def _restart() -> None:
    sound = portaudio(EarFailed)
    with suppress(sound.PortAudioError):
        sound._terminate()
    with suppress(sound.PortAudioError):
        sound._initialize()


def stay_loaded() -> None:
    """Let the program end while a thread hangs or works in PortAudio.

    To end PortAudio at exit would wait for that thread, and to unload it would take the code away
    under it: a reference of ctypes is never given back."""
    sound = sys.modules.get("sounddevice")
    if sound is not None:
        atexit.unregister(sound._exit_handler)
        ctypes.CDLL(sound._libname)


def _descriptor(stream: Any) -> int | None:
    try:
        return int(stream.fileno())
    except (OSError, ValueError, AttributeError):
        return None


def _how_to_install() -> str:
    if sys.platform.startswith("linux"):
        return (
            "On Debian and Ubuntu: sudo apt install libportaudio2. On other systems install the"
            " package with PortAudio."
        )
    return "Install it again with 'pip install --force-reinstall sounddevice'."
