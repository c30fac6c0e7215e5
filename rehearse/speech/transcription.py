"""An answer is written down while it is spoken; a file goes the same way, only faster.

Three hands work at once: whoever has the sound feeds it and is never kept waiting; the listener
follows the voice activity and cuts; the writer gives each piece to the transcriber. The sound of a
piece is read back from where it is kept, so a writer that falls behind costs no memory.
"""

from __future__ import annotations

import math
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from rehearse.analysis.sound.prosody import Tally, level_variation, pitch_variation, tally
from rehearse.analysis.sound.voicing import frames
from rehearse.errors import ModelMissing, TranscriptionFailed
from rehearse.model.take import SAMPLE_RATE, Hesitation, Sound, Span, Transcript, Word
from rehearse.ports import Reading
from rehearse.speech.dictation import LOOK, PLAIN, Heard, InMemory, Source, Wish, index
from rehearse.speech.dictation import Written as Written
from rehearse.speech.level import Levels
from rehearse.speech.plausible import unheard, with_speech
from rehearse.speech.segmenter import FRAME, LEAST_SPEECH, Segmenter
from rehearse.speech.utterance import Listening, Utterance, last_utterance
from rehearse.speech.word_times import fit_to_speech, inside, joined, later, shifted
from rehearse.speech.zeros import Zeros

if TYPE_CHECKING:
    from rehearse.model.take import Samples
    from rehearse.ports import Transcriber, VoiceActivity
    from rehearse.speech.dictation import Desk

QUIETEST = 1e-6
"""-120 dBFS: below the last bit of 16-bit sound, so that a logarithm never meets zero."""
BLOCK = 10.0
"""Seconds of a file that are fed at once."""
BEHIND = 2
"""Pieces that wait for the writer, half a minute or more, from which on it hurries."""


class Scribe:
    """Writes one answer down in this process; without a transcriber it only listens. `live` and
    `asides` as in a `Wish`; `known` are pieces of this sound that were heard before, and are not
    heard again where they are cut the same way."""

    def __init__(
        self,
        source: Source,
        *,
        activity: VoiceActivity,
        transcriber: Transcriber | None,
        live: bool = False,
        asides: bool = False,
        known: Sequence[Heard] = (),
    ) -> None:
        self._source = source
        self._activity = activity
        self._transcriber = transcriber
        self._live = live
        self._asides = asides
        self._known = {heard.span: heard for heard in known}
        self._fed: queue.SimpleQueue[Samples | None] = queue.SimpleQueue()
        self._segmenter = Segmenter()
        self._levels = Levels()
        self._zeros = Zeros()
        self._now = (0.0, 0.0, tuple[Span, ...]())
        """Seconds of speech and of silence, and the speech that has ended: replaced as one, since
        others look at it while the listener works."""
        self._samples = self._followed = 0
        self._changed = threading.Condition()
        self._waiting: list[Span] = []
        self._tail: Span | None = None
        self._ahead: Heard | None = None
        """The tail, written before it was known to be the last."""
        self._once_ahead: list[Heard] = []
        """All tails that were written, for an answer that turns out to end with one of them."""
        self._aside: Span | None = None
        self._by_itself: Heard | None = None
        """The last aside that was heard."""
        self._done: list[Heard] = []
        self._end: float | None = None
        """Second behind which nothing belongs to the answer."""
        self._listened = False
        self._over = False
        self._dropped = False
        self._why: ModelMissing | TranscriptionFailed | None = None
        self._failed: BaseException | None = None
        self._listener = threading.Thread(target=self._listen, name="listener", daemon=True)
        self._writer = threading.Thread(target=self._write, name="scribe", daemon=True)
        if transcriber is not None:
            transcriber.prepare()
        self._listener.start()
        self._writer.start()

    def feed(self, samples: Samples) -> None:
        self._fed.put(samples)

    def drop(self) -> None:
        """Returns when the listener is done, since a program that ends while it works is torn down
        roughly."""
        with self._changed:
            self._dropped = True
            self._changed.notify_all()
        self._fed.put(None)
        self._listener.join()

    @property
    def words(self) -> tuple[Word, ...]:
        done, ahead = self.parts()
        parts = [*done, *([ahead] if ahead else [])]
        return tuple(word for part in parts for word in part.words)

    def parts(self) -> tuple[tuple[Heard, ...], Heard | None]:
        """The pieces that are written, and the tail where it is written ahead."""
        with self._changed:
            return tuple(self._done), self._ahead

    @property
    def followed(self) -> int:
        """Samples that the listener is done with."""
        return self._followed

    @property
    def failed(self) -> BaseException | None:
        """What ended the listener or the writer."""
        return self._failed

    @property
    def why(self) -> ModelMissing | TranscriptionFailed | None:
        """Why there are no words, where there are none."""
        return self._why

    @property
    def deaf(self) -> str | None:
        return None if self._failed is None else str(self._failed)

    def listening(self) -> Listening:
        spoken, silence, speech = self._now
        ended = speech[-1].end if speech else 0.0
        return Listening(spoken, silence, ended, self._said(speech) if silence else None)

    def _said(self, speech: tuple[Span, ...]) -> Utterance | None:
        """The last utterance, once it is written down; the last two pieces hold it, and what it
        was set off from."""
        with self._changed:
            parts = [*self._done[-2:], *([self._ahead] if self._ahead else [])][-2:]
            aside = self._by_itself
        if not speech or not parts or parts[-1].span.end < speech[-1].end:
            return None
        recent = [stretch for stretch in speech if stretch.end > parts[0].span.start]
        words = [fit_to_speech(word, recent) for part in parts for word in part.words]
        said = last_utterance(words, recent)
        if said and aside and aside.span.start <= said.span.start < said.span.end <= aside.span.end:
            return replace(said, words=aside.words)
        return None if said and self._is_aside(said.span) else said

    def _is_aside(self, span: Span) -> bool:
        """Whether it is yet to be heard by itself."""
        aside = self._aside
        return aside is not None and aside.start <= span.start < span.end <= aside.end

    @property
    def backlog(self) -> int:
        """How many pieces wait for the writer."""
        return len(self._waiting)

    def finish(self, cut: float | None = None) -> Iterator[float]:
        self._end = cut
        self._fed.put(None)
        while not self._over:
            yield self._done[-1].span.end if self._done else 0.0
            with self._changed:
                self._changed.wait_for(lambda: self._over, timeout=LOOK)

    def written(self) -> Written:
        if self._failed is not None:
            raise self._failed
        done = self._done if self._end is None else self._until(self._end)
        tallied = sum((part.tally for part in done), Tally())
        sound = Sound(
            duration=self._samples / SAMPLE_RATE,
            speech=tuple(self._segmenter.speech),
            level=_level(done),
            hesitations=_hesitations(done),
            pitch_variation=pitch_variation(tallied),
            level_variation=level_variation(tallied),
            no_sound=self._zeros.stretches(),
        )
        if self._transcriber is None or self._why is not None:
            return Written(sound, None, self._why).until(self._end)
        heard = with_speech((word for part in done for word in part.words), sound.speech)
        words = tuple(fit_to_speech(word, sound.speech) for word in heard)
        sound = replace(sound, speech=tuple(joined([*sound.speech, *unheard(words, sound.speech)])))
        who = self._transcriber
        return Written(sound, Transcript(words, who.language, who.name, sound.duration)).until(
            self._end
        )

    def _until(self, cut: float) -> list[Heard]:
        """A piece that reaches past the cut is heard anew up to there: with what was said to the
        program in the same piece, a model may give its words a time in the answer."""
        before = [part for part in self._done if part.span.start < cut]
        if before and before[-1].span.end > cut + FRAME:
            before[-1:] = self._shortened(Span(before[-1].span.start, cut))
        return before

    def _shortened(self, span: Span) -> list[Heard]:
        """Mostly it was heard while it was the tail. Too little speech makes models guess."""
        for ahead in self._once_ahead:
            if ahead.span.start == span.start and abs(ahead.span.end - span.end) < FRAME:
                return [ahead]
        spoken = sum(each.duration for each in inside(span, self._segmenter.speech))
        return [self._hear(span)] if spoken >= LEAST_SPEECH else []

    def _listen(self) -> None:
        try:
            follower = self._activity.listen()
            while (samples := self._fed.get()) is not None and not self._dropped:
                self._samples += len(samples)
                self._zeros.feed(samples)
                closed = self._segmenter.feed(follower.feed(samples), self._levels.feed(samples))
                aside = self._segmenter.aside() if self._asides else None
                self._cut(closed, self._segmenter.tail(), aside)
                self._now = (
                    self._segmenter.spoken,
                    self._segmenter.silence,
                    tuple(self._segmenter.speech),
                )
                self._followed = self._samples
            if self._dropped:
                return
            self._cut(self._segmenter.feed(follower.finish(), self._levels.finish()), None)
            self._cut(self._segmenter.finish(self._samples / SAMPLE_RATE), None)
        except BaseException as error:  # noqa: BLE001 - raised again by written()
            self._failed = error
        finally:
            with self._changed:
                self._tail, self._listened = None, True
                self._changed.notify_all()

    def _cut(self, closed: Sequence[Span], tail: Span | None, aside: Span | None = None) -> None:
        if closed or tail != self._tail or aside != self._aside:
            with self._changed:
                self._waiting += closed
                self._tail = tail if self._live else None
                self._aside = aside
                self._changed.notify_all()

    def _write(self) -> None:
        try:
            while (span := self._next()) is not None:
                aside = span == self._aside and span != self._tail
                heard = self._hear(span)
                with self._changed:
                    if aside or span == self._aside:
                        self._by_itself = heard
                    if self._waiting and self._waiting[0] == span:
                        self._waiting.pop(0)
                        self._done.append(heard)
                        self._ahead = None
                    elif not aside:
                        self._ahead = heard
                        self._once_ahead.append(heard)
        except BaseException as error:  # noqa: BLE001 - raised again by written()
            self._failed = error
        finally:
            with self._changed:
                self._over = True
                self._changed.notify_all()

    def _next(self) -> Span | None:
        """An aside, else the next piece, else the tail; None when all is done. A tail that was
        written ahead and turned out to be the last piece is not written again."""
        with self._changed:
            while not self._dropped:
                if self._waiting and self._waiting[0] in self._known:
                    self._done.append(self._known.pop(self._waiting.pop(0)))
                elif self._waiting and self._ahead and self._waiting[0] == self._ahead.span:
                    self._done.append(self._ahead)
                    self._waiting.pop(0)
                    self._ahead = None
                elif self._aside and (
                    self._by_itself is None or self._by_itself.span != self._aside
                ):
                    return self._aside
                elif self._waiting:
                    return self._waiting[0]
                elif self._tail and (self._ahead is None or self._ahead.span != self._tail):
                    return self._tail
                elif self._listened:
                    return None
                else:
                    self._changed.wait()
        return None

    def _hear(self, span: Span) -> Heard:
        samples = self._source(span)
        speech = inside(span, joined([*self._segmenter.speech, *self._segmenter.run_on]))
        seen, reading = frames(samples), self._read(samples)
        voiced = [samples[index(s.start) : index(s.end)] for s in speech]
        return Heard(
            span=span,
            words=tuple(shifted(word, span.start) for word in reading.words),
            hesitations=later(reading.hesitations, span.start),
            power=float(sum((part.astype("float64") ** 2).sum() for part in voiced)),
            count=sum(len(part) for part in voiced),
            tally=tally(seen, speech),
        )

    def _read(self, samples: Samples) -> Reading:
        if self._transcriber is None or self._why is not None:
            return Reading(())
        try:
            hasty = self._live and self.backlog >= BEHIND
            return self._transcriber.transcribe(samples, hasty=hasty)
        except (ModelMissing, TranscriptionFailed) as error:
            self._why = error
            return Reading(())


@dataclass(frozen=True)
class OwnDesk:
    """Writes down in this very process, which ends with the model that it runs."""

    activity: VoiceActivity
    transcriber: Transcriber | None

    def prepare(self) -> None:
        if self.transcriber is not None:
            self.transcriber.prepare()

    def begin(self, spoken: Source, wish: Wish = PLAIN, *, known: Sequence[Heard] = ()) -> Scribe:
        """`known`: pieces of this sound that were heard before."""
        return Scribe(
            spoken,
            activity=self.activity,
            transcriber=self.transcriber if wish.words else None,
            live=wish.live,
            asides=wish.asides,
            known=known,
        )

    def close(self) -> None:
        """What still works is a thread of this process, and ends with it."""


def write_down(
    samples: Samples,
    *,
    activity: VoiceActivity,
    transcriber: Transcriber | None,
    progress: Callable[[float], None] = lambda second: None,
    cut: float | None = None,
) -> Written:
    """A whole sound, or what came before the second `cut`; without a transcriber it is only
    listened to.

    Raises TranscriptionFailed where not even the speech could be found."""
    return dictated(samples, OwnDesk(activity, transcriber), progress=progress, cut=cut)


def dictated(
    samples: Samples,
    desk: Desk,
    *,
    words: bool = True,
    progress: Callable[[float], None] = lambda second: None,
    cut: float | None = None,
) -> Written:
    """A whole sound, written down at `desk`. Raises TranscriptionFailed as above."""
    dictation = desk.begin(InMemory(samples), Wish(words=words))
    for first in range(0, len(samples), index(BLOCK)):
        dictation.feed(samples[first : first + index(BLOCK)])
    for second in dictation.finish(cut):
        progress(second)
    return dictation.written()


def _hesitations(parts: Sequence[Heard]) -> tuple[Hesitation, ...] | None:
    """None where one part, or all of it, was not listened to for them."""
    heard = [part.hesitations for part in parts if part.hesitations is not None]
    return tuple(chain(*heard)) if heard and len(heard) == len(parts) else None


def _level(parts: Sequence[Heard]) -> float | None:
    """RMS level of the speech in dBFS."""
    count = sum(part.count for part in parts)
    power = sum(part.power for part in parts)
    return 20 * math.log10(max(math.sqrt(power / count), QUIETEST)) if count else None
