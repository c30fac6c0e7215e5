"""A voice that renders ahead, so that nobody waits for it."""

from __future__ import annotations

import threading
from concurrent.futures import Future

from rehearse.errors import VoiceFailed
from rehearse.ports import Clip, Voice

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
