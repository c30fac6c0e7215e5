"""The thread that follows the voice activity of an answer and cuts it into pieces. Whoever feeds it
the sound never waits for it."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rehearse.model.take import SAMPLE_RATE, Span
from rehearse.speech.level import Levels
from rehearse.speech.segmenter import Segmenter
from rehearse.speech.word_times import joined
from rehearse.speech.zeros import Zeros

if TYPE_CHECKING:
    from rehearse.model.take import Samples
    from rehearse.ports import VoiceActivity


class Listener:
    def __init__(
        self,
        activity: VoiceActivity,
        *,
        asides: bool,
        cut: Callable[[Sequence[Span], Span | None, Span | None], None],
        over: Callable[[BaseException | None], None],
    ) -> None:
        """`cut` is told of pieces that are complete, of the tail and of the last aside; `over` of
        the end, and of what brought it about."""
        self._activity = activity
        self._asides = asides
        self._cut = cut
        self._over = over
        self._fed: queue.SimpleQueue[Samples | None] = queue.SimpleQueue()
        self._segmenter = Segmenter()
        self._levels = Levels()
        self._zeros = Zeros()
        self.now = (0.0, 0.0, tuple[Span, ...]())
        """Seconds of speech and of silence, and the speech that has ended: replaced as one, since
        others look at it meanwhile."""
        self.samples = 0
        """That came."""
        self.followed = 0
        """Samples that it is done with."""
        self._dropped = False
        self._thread = threading.Thread(target=self._listen, name="listener", daemon=True)
        self._thread.start()

    def feed(self, samples: Samples) -> None:
        self._fed.put(samples)

    def finish(self) -> None:
        """No more comes."""
        self._fed.put(None)

    def drop(self) -> None:
        """Returns when it is done, since a program that ends while it works is torn down
        roughly."""
        self._dropped = True
        self.finish()
        self._thread.join()

    @property
    def speech(self) -> Sequence[Span]:
        """Stretches of speech that have ended."""
        return self._segmenter.speech

    @property
    def all_speech(self) -> list[Span]:
        """The same with what has ended of one that goes on."""
        return joined([*self._segmenter.speech, *self._segmenter.run_on])

    @property
    def no_sound(self) -> tuple[Span, ...]:
        return self._zeros.stretches()

    def _listen(self) -> None:
        failed: BaseException | None = None
        try:
            self._follow()
        except BaseException as error:  # noqa: BLE001 - raised again by whoever wants the words
            failed = error
        finally:
            self._over(failed)

    def _follow(self) -> None:
        follower = self._activity.listen()
        heard = self._segmenter
        while (samples := self._fed.get()) is not None and not self._dropped:
            self.samples += len(samples)
            self._zeros.feed(samples)
            closed = heard.feed(follower.feed(samples), self._levels.feed(samples))
            self._cut(closed, heard.tail(), heard.aside() if self._asides else None)
            self.now = (heard.spoken, heard.silence, tuple(heard.speech))
            self.followed = self.samples
        if not self._dropped:
            self._cut(heard.feed(follower.finish(), self._levels.finish()), None, None)
            self._cut(heard.finish(self.samples / SAMPLE_RATE), None, None)
