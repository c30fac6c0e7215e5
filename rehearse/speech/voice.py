"""The interviewer's voice: pyttsx3 in one child process per utterance, or a natural voice where one
is installed, in a process that stays. Decoded by PyAV."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import Future
from difflib import get_close_matches
from pathlib import Path

import rehearse
from rehearse.errors import VoiceFailed
from rehearse.ports import Clip, Voice
from rehearse.speech import natural
from rehearse.speech.natural_child import Utterance
from rehearse.speech.natural_process import NaturalProcess
from rehearse.speech.voice_child import NO_SUCH_VOICE
from rehearse.text import printable

SECONDS = 15.0
"""For starting Python and the engine; 0.15 s is usual, a first start on Windows may take 5."""
SECONDS_PER_CHARACTER = 0.02
"""A character is spoken in about 0.06 s, and the slowest engine is several times faster."""
LIKE_IT = 6

_ROOT = Path(rehearse.__file__).parent.parent
# SAPI takes text that begins with "<" for XML, and the macOS voice takes "[[" for a command.
_MARKUP = re.compile(r"^\s*<|<(?=[\w/!?])|\[(?=\[)")


class SpokenVoice:
    """`voice` is a name as `voices()` gives it, an id or a language; on espeak "en-gb+f3" too. The
    natural voice, "joe" or "joe+low", is spoken by the process `kept`.

    `rate` is words a minute; None leaves it to the engine, 200 on all of them."""

    def __init__(
        self,
        voice: str | None = None,
        rate: int | None = None,
        driver: str | None = None,
        timeout: float = SECONDS,
        kept: NaturalProcess | None = None,
    ) -> None:
        self._voice = voice
        self._rate = rate
        self._driver = driver
        self._timeout = timeout
        self._kept = kept or NaturalProcess()

    def render(self, text: str) -> Clip:
        plain = speakable(text)
        if not plain:
            raise VoiceFailed("There is nothing to say.")
        # Who leaves while a voice is still made ready has its folder cleared by two at once.
        place = tempfile.TemporaryDirectory(prefix="rehearse-", ignore_cleanup_errors=True)
        with place as folder:
            path = Path(folder) / "spoken.wav"
            self._speak(plain, path)
            return _decode(path)

    def _speak(self, text: str, path: Path) -> None:
        timeout = self._timeout + SECONDS_PER_CHARACTER * len(text)
        if natural.is_natural(self._voice):
            pitch = natural.PITCHES[(self._voice or "").partition("+")[2]]
            rate = self._rate or natural.OWN_RATE
            self._kept.speak(Utterance(text, str(path), pitch, rate, timeout))
            return
        # With "=", since a value of its own could begin with "-".
        options = [f"--out={path}"]
        if self._voice is not None:
            options.append(f"--voice={self._voice}")
        if self._rate is not None:
            options.append(f"--rate={self._rate}")
        done = _child(options, driver=self._driver, text=text, timeout=timeout)
        if done.returncode == NO_SUCH_VOICE:
            raise self._no_such_voice()
        _check(done)

    def _no_such_voice(self) -> VoiceFailed:
        there = voices(self._driver)
        like = _like(self._voice or "", there)
        known = f"Similar: {', '.join(like)}." if like else f"There are {len(there)} others."
        return VoiceFailed(
            f"No voice called '{self._voice}'. {known}", "Choose one of them with --voice."
        )


def voices(driver: str | None = None) -> tuple[str, ...]:
    """The names of the voices on this machine. Raises VoiceFailed."""
    done = _child(["--voices"], driver=driver, text="", timeout=SECONDS)
    _check(done)
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    return tuple(json.loads(line)["name"] for line in lines)


def speakable(text: str) -> str:
    """Without control characters and without what an engine would take for its own commands."""
    unpaired = text.encode("utf-8", "replace").decode("utf-8")
    return _MARKUP.sub(" ", printable(unpaired)).strip()


def _child(
    options: list[str], *, driver: str | None, text: str, timeout: float
) -> subprocess.CompletedProcess[bytes]:
    limit = f"--limit={timeout + 1:.0f}"
    command = [sys.executable, "-m", "rehearse.speech.voice_child", limit, *options]
    if driver is not None:
        command.append(f"--driver={driver}")
    try:
        # Its folder comes first on the child's path: that of the package, not the user's.
        return subprocess.run(
            command, input=text.encode(), capture_output=True, timeout=timeout, cwd=_ROOT
        )
    except subprocess.TimeoutExpired as error:
        raise VoiceFailed(f"The voice gave no sound within {timeout:.0f} seconds.") from error
    except OSError as error:
        raise VoiceFailed(f"The voice could not be started ({error}).") from error


def _check(done: subprocess.CompletedProcess[bytes]) -> None:
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        why = lines[-1] if lines else f"exit code {done.returncode}"
        raise VoiceFailed(f"The voice failed ({printable(why)}).")


def _decode(path: Path) -> Clip:
    """Mono at the file's own rate; macOS writes AIFF whatever the file is called."""
    import av
    import numpy as np

    try:
        with av.open(str(path)) as container:
            mono = av.AudioResampler(format="flt", layout="mono")
            frames = [*container.decode(audio=0), None]
            parts = [part for frame in frames for part in mono.resample(frame)]
    except (av.error.FFmpegError, IndexError, OSError) as error:
        raise VoiceFailed("The voice made no sound that can be read.") from error
    if not parts:
        raise VoiceFailed("The voice made no sound.")
    samples = np.concatenate([part.to_ndarray()[0] for part in parts])
    return Clip(samples.astype(np.float32), parts[0].sample_rate)


def _like(wanted: str, there: tuple[str, ...]) -> list[str]:
    base = wanted.partition("+")[0].casefold()
    low = {name.casefold(): name for name in there}
    parts = [name for folded, name in low.items() if base and base in folded]
    close = [low[folded] for folded in get_close_matches(base, low, n=LIKE_IT)]
    begins = [name for folded, name in low.items() if folded[:2] == base[:2]]
    return list(dict.fromkeys([*parts, *close, *begins]))[:LIKE_IT]


KEPT = 8
"""Clips; what is said around one answer. A minute of speech is some 5 MB."""


class VoiceAhead:
    """Renders what was prepared in the background, once; the rest when it is asked for."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._changed = threading.Lock()
        self._begun: dict[str, Future[Clip]] = {}

    def prepare(self, text: str) -> None:
        with self._changed:
            if text in self._begun:
                return
            clip: Future[Clip] = Future()
            self._begun[text] = clip
            while len(self._begun) > KEPT:
                del self._begun[next(iter(self._begun))]
        threading.Thread(target=self._render, args=(text, clip), name="voice", daemon=True).start()

    def render(self, text: str) -> Clip:
        self.prepare(text)
        with self._changed:
            clip = self._begun.get(text)
        if clip is None:  # pushed out by others in between
            return self._voice.render(text)
        try:
            return clip.result()
        except VoiceFailed:
            with self._changed:
                self._begun.pop(text, None)  # what failed may work later
            raise

    def _render(self, text: str, clip: Future[Clip]) -> None:
        try:
            clip.set_result(self._voice.render(text))
        except BaseException as error:  # noqa: BLE001 - raised again by render()
            clip.set_exception(error)
