"""One utterance in a process of its own: `python -m rehearse.speech.voice_child`.

pyttsx3 speaks reliably once per process only, and may hang; the parent kills it then. The text
comes on stdin as UTF-8, the sound goes to the file named by --out. With --voices stdout lists the
voices, one JSON object a line. Exit codes: 0 done, 3 there is no such voice, 1 any other failure.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import json
import os
import sys
import threading
from typing import Any

NO_SUCH_VOICE = 3
ESPEAK = "espeak"
USUAL_RATE = 200
"""Words a minute; what each engine calls its own."""


def bring_espeak() -> None:
    """Give pyttsx3 the library of espeakng-loader, whatever paths it looks at.

    Without the data path the library ends the process. Where the loader is not installed, pyttsx3
    looks for the system's own library."""
    try:
        import espeakng_loader
    except ImportError:
        return
    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
    library = ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)
    ctypes.cdll.LoadLibrary = lambda name: library  # type: ignore[method-assign]


def mend_synth(espeak: Any) -> None:
    """pyttsx3 2.99 states ten times the text's length, and espeak copies all of it: past the end
    of the text, and of the process's memory where the text is long."""

    def synth(text: bytes, flags: int) -> Any:
        size = len(text) + 1
        return espeak.cSynth(text, size, 0, espeak.POS_CHARACTER, 0, flags, None, None)

    espeak.Synth = synth


def start(driver: str | None) -> Any:
    """The engine, ready to take properties at once (it queues them while it calls itself busy)."""
    import pyttsx3

    if driver == ESPEAK or (driver is None and sys.platform not in ("darwin", "win32")):
        bring_espeak()
    engine = pyttsx3.init(driver)
    engine.proxy.setBusy(False)
    if engine.driver_name == ESPEAK:
        settle()
    return engine


def settle() -> None:
    """Wait until espeak, which works beside us, has done what it was told so far: a voice that is
    set meanwhile comes out at another rate now and then."""
    from pyttsx3.drivers import _espeak

    _espeak.Synchronize()


def give_up_after(seconds: float) -> None:
    """A parent that was killed kills no child that hangs."""
    end = threading.Timer(seconds, os._exit, (1,))
    end.daemon = True
    end.start()


def names(engine: Any) -> list[dict[str, str]]:
    """Each voice's short name and its full one; espeak's short name is the end of its id."""
    short = engine.driver_name == ESPEAK
    return [
        {
            "name": voice.id.rsplit("/", 1)[-1] if short else voice.name,
            "full": voice.name,
            "id": voice.id,
            "language": (voice.languages or [""])[0] or "",
        }
        for voice in engine.getProperty("voices")
    ]


def find(voices: list[dict[str, str]], wanted: str) -> str | None:
    """The id of the voice that goes by `wanted`: its id, name or language, else part of a name."""
    low = wanted.casefold()
    for field in ("id", "name", "full", "language"):
        for voice in voices:
            if voice[field].casefold() == low:
                return voice["id"]
    parts = [voice["id"] for voice in voices if low in voice["full"].casefold()]
    return parts[0] if len(parts) == 1 else None


def set_voice(engine: Any, wanted: str) -> bool:
    """False where there is no such voice. "en-gb+f3" asks espeak for the variant f3 of en-gb."""
    base, plus, variant = wanted.partition("+")
    espeak = engine.driver_name == ESPEAK
    found = find(names(engine), base if espeak else wanted)
    if found is None:
        return False
    engine.setProperty("voice", found + plus + variant if espeak else found)
    # espeak takes an unknown variant without a word and goes on without it.
    now = str(engine.getProperty("voice"))
    return not (espeak and variant) or now.endswith(f"+{variant}".lower())


def speak(engine: Any, text: str, path: str) -> None:
    engine.save_to_file(text, path)
    if engine.driver_name != ESPEAK:
        engine.runAndWait()
        return
    from pyttsx3.drivers import _espeak

    mend_synth(_espeak)
    engine.runAndWait()
    _espeak.Synchronize()


def run(args: argparse.Namespace) -> int:
    with contextlib.redirect_stdout(sys.stderr):  # pyttsx3 prints
        engine = start(args.driver)
        listed = names(engine) if args.voices else []
        if args.voice is not None and not set_voice(engine, args.voice):
            return NO_SUCH_VOICE
        # Always: the engine sets its own beside the voice, and may come too late with it.
        engine.setProperty("rate", USUAL_RATE if args.rate is None else args.rate)
        if args.out is not None:
            speak(engine, sys.stdin.buffer.read().decode("utf-8"), args.out)
    for voice in listed:
        sys.stdout.write(json.dumps(voice) + "\n")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="voice_child")
    parser.add_argument("--out")
    parser.add_argument("--voice")
    parser.add_argument("--rate", type=int)
    parser.add_argument("--driver")
    parser.add_argument("--voices", action="store_true")
    parser.add_argument("--limit", type=float, required=True, help="seconds to live at most")
    args = parser.parse_args()
    give_up_after(args.limit)
    return run(args)


if __name__ == "__main__":
    sys.exit(main())
