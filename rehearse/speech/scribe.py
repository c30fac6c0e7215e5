"""Writes an answer down while it is spoken. A file is written down in the same way, only faster.

A listener follows the voice activity and cuts; the writer, here, gives each piece to the
transcriber, and the last piece before it is known to be the last.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rehearse.errors import ModelMissing, TranscriptionFailed
from rehearse.model.take import SAMPLE_RATE, Span, Transcript, Word
from rehearse.speech.dictation import LOOK, Heard, Source, Written
from rehearse.speech.listener import Listener
from rehearse.speech.loudness import FRAME
from rehearse.speech.pieces import Reader, sound_of
from rehearse.speech.plausible import unheard, with_speech
from rehearse.speech.segmenter import LEAST_SPEECH
from rehearse.speech.utterance import Listening, Utterance, last_utterance
from rehearse.speech.word_times import fit_to_speech, inside, joined

if TYPE_CHECKING:
    from rehearse.model.take import Samples
    from rehearse.ports import Transcriber, VoiceActivity

BEHIND = 2
"""Pieces that wait for the writer, half a minute or more, from which on it hurries."""


class Scribe:
    """Writes one answer down in this process; without a transcriber it only listens. `live`,
    `asides` and `names` as in a `Wish`; `known` are pieces of this sound that were heard before,
    and are not heard again where they are cut the same way."""

    def __init__(
        self,
        source: Source,
        *,
        activity: VoiceActivity,
        transcriber: Transcriber | None,
        live: bool = False,
        asides: bool = False,
        names: tuple[str, ...] = (),
        known: Sequence[Heard] = (),
    ) -> None:
        self._transcriber = transcriber
        self._live = live
        self._known = {heard.span: heard for heard in known}
        """What was heard already, and every tail that was written ahead, since an answer may turn
        out to end with one of them."""
        self._changed = threading.Condition()
        self._waiting: list[Span] = []
        self._tail: Span | None = None
        self._ahead: Heard | None = None
        """The tail, written before it was known to be the last."""
        self._aside: Span | None = None
        self._by_itself: Heard | None = None
        """The last aside that was heard."""
        self._done: list[Heard] = []
        self._end: float | None = None
        """Second behind which nothing belongs to the answer."""
        self._listened = False
        self._over = False
        self._dropped = False
        self._failed: BaseException | None = None
        self._reader = Reader(source, transcriber, names)
        if transcriber is not None:
            transcriber.prepare()
        self._listener = Listener(activity, asides=asides, cut=self._cut, over=self._has_listened)
        threading.Thread(target=self._write, name="scribe", daemon=True).start()

    def feed(self, samples: Samples) -> None:
        self._listener.feed(samples)

    def drop(self) -> None:
        with self._changed:
            self._dropped = True
            self._changed.notify_all()
        self._listener.drop()

    @property
    def words(self) -> tuple[Word, ...]:
        done, ahead = self.parts()
        return tuple(word for part in (*done, ahead) if part for word in part.words)

    def parts(self) -> tuple[tuple[Heard, ...], Heard | None]:
        """The pieces that are written, and the tail where it is written ahead."""
        with self._changed:
            return tuple(self._done), self._ahead

    @property
    def followed(self) -> int:
        """Samples that the listener is done with."""
        return self._listener.followed

    @property
    def failed(self) -> BaseException | None:
        """What ended the listener or the writer."""
        return self._failed

    @property
    def why(self) -> ModelMissing | TranscriptionFailed | None:
        """Why there are no words, where there are none."""
        return self._reader.why

    @property
    def deaf(self) -> str | None:
        return None if self._failed is None else str(self._failed)

    def listening(self) -> Listening:
        spoken, silence, speech = self._listener.now
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
        self._listener.finish()
        while not self._over:
            yield self._done[-1].span.end if self._done else 0.0
            with self._changed:
                self._changed.wait_for(lambda: self._over, timeout=LOOK)

    def written(self) -> Written:
        if self._failed is not None:
            raise self._failed
        done = self._done if self._end is None else self._until(self._end)
        heard = self._listener
        duration = heard.samples / SAMPLE_RATE
        sound = sound_of(done, duration=duration, speech=heard.speech, no_sound=heard.no_sound)
        if self._transcriber is None or self.why is not None:
            return Written(sound, None, self.why).until(self._end)
        spoken = with_speech((word for part in done for word in part.words), sound.speech)
        words = tuple(fit_to_speech(word, sound.speech) for word in spoken)
        sound = replace(sound, speech=tuple(joined([*sound.speech, *unheard(words, sound.speech)])))
        who = self._transcriber
        transcript = Transcript(words, who.language, who.name, duration)
        return Written(sound, transcript).until(self._end)

    def _until(self, cut: float) -> list[Heard]:
        """A piece that reaches past the cut is heard again, up to the cut: a model may give words
        that were said to the program a time in the answer."""
        before = [part for part in self._done if part.span.start < cut]
        if before and before[-1].span.end > cut + FRAME:
            before[-1:] = self._shortened(Span(before[-1].span.start, cut))
        return before

    def _shortened(self, span: Span) -> list[Heard]:
        """Mostly it was heard while it was the tail. Too little speech makes models guess."""
        for known in self._known.values():
            if known.span.start == span.start and abs(known.span.end - span.end) < FRAME:
                return [known]
        spoken = sum(each.duration for each in inside(span, self._listener.speech))
        return [self._hear(span)] if spoken >= LEAST_SPEECH else []

    # The listener's thread

    def _cut(self, closed: Sequence[Span], tail: Span | None, aside: Span | None) -> None:
        tail = tail if self._live else None
        if closed or tail != self._tail or aside != self._aside:
            with self._changed:
                self._waiting += closed
                self._tail, self._aside = tail, aside
                self._changed.notify_all()

    def _has_listened(self, failed: BaseException | None) -> None:
        with self._changed:
            self._failed = failed or self._failed
            self._tail, self._listened = None, True
            self._changed.notify_all()

    # The writer's thread

    def _write(self) -> None:
        try:
            while (span := self._next()) is not None:
                aside = span == self._aside
                heard = self._hear(span)
                with self._changed:
                    self._known[span] = heard
                    if aside:
                        self._by_itself = heard
                    if not aside or span == self._tail:
                        self._ahead = heard
        except BaseException as error:  # noqa: BLE001 - raised again by written()
            self._failed = error
        finally:
            with self._changed:
                self._over = True
                self._changed.notify_all()

    def _next(self) -> Span | None:
        """An aside, else the next piece, else the tail; None when all is done. What was written
        ahead and turned out to be a piece is not written again."""
        with self._changed:
            while not self._dropped:
                aside, tail = self._aside, self._tail
                if self._waiting and self._waiting[0] in self._known:
                    self._is_done(self._waiting.pop(0))
                elif aside and (self._by_itself is None or self._by_itself.span != aside):
                    return aside
                elif self._waiting:
                    return self._waiting[0]
                elif tail and tail not in self._known:
                    return tail
                elif self._listened:
                    return None
                else:
                    self._changed.wait()
        return None

    def _is_done(self, piece: Span) -> None:
        self._done.append(self._known[piece])
        self._ahead = None
        self._known = {s: heard for s, heard in self._known.items() if s.end > piece.start}

    def _hear(self, span: Span) -> Heard:
        hasty = self._live and self.backlog >= BEHIND
        return self._reader.hear(span, self._listener.all_speech, hasty=hasty)
