"""From sound to segments to words, with a scripted transcriber."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pytest

from rehearse.errors import TranscriptionFailed
from rehearse.model.take import SAMPLE_RATE, Hesitation, Sound, Span, Transcript, Word
from rehearse.ports import Reading
from rehearse.speech.scribe import Scribe
from rehearse.speech.transcription import Written, write_down
from rehearse.speech.word_times import fit_to_speech, lies_before
from tests.fakes import FakeListener, FakeTranscriber, FakeVoiceActivity, tone

if TYPE_CHECKING:
    from rehearse.model.take import Samples

SILENCE = np.zeros(16_000, np.float32)


def one_second_of_speech() -> Samples:
    return np.concatenate([SILENCE, tone(seconds=1), SILENCE])


def heard(samples: Samples, transcriber: FakeTranscriber | None = None) -> Written:
    return write_down(samples, activity=FakeVoiceActivity(), transcriber=transcriber)


def written(transcriber: FakeTranscriber) -> Transcript:
    transcript = heard(one_second_of_speech(), transcriber).transcript
    assert transcript is not None
    return transcript


def test_what_the_sound_tells_without_words() -> None:
    found = heard(one_second_of_speech())
    assert (found.transcript, found.why) == (None, None)
    assert found.sound.duration == 3
    (speech,) = found.sound.speech
    assert [speech.start, speech.end] == pytest.approx([1, 2], abs=0.04)
    assert found.sound.level == pytest.approx(-9, abs=0.3)


@pytest.mark.parametrize("samples", [np.zeros(0, np.float32), SILENCE])
def test_silence_has_neither_speech_nor_level_nor_words(samples: Samples) -> None:
    found = heard(samples, FakeTranscriber())
    assert (found.sound.speech, found.sound.level) == ((), None)
    assert found.transcript is not None and found.transcript.words == ()


def test_speech_that_lasts_to_the_end_does_not_reach_past_it() -> None:
    sound = heard(tone(seconds=1.01)).sound
    assert sound.speech[-1].end <= sound.duration


def test_times_count_from_the_start_of_the_recording() -> None:
    said = (Word("I", 0.3, 0.5, 0.9), Word("did.", 0.5, 1.1, 0.8))
    words = written(FakeTranscriber([said])).words
    assert [(w.text, round(w.start or 0, 1), round(w.end or 0, 1)) for w in words] == [
        ("I", 1.1, 1.3),
        ("did.", 1.3, 1.9),
    ]


def test_words_are_fitted_to_the_speech_around_them() -> None:
    said = (Word("I", 0.0, 0.5), Word("did.", 0.5, 1.4))
    first, last = written(FakeTranscriber([said])).words
    assert first.start == pytest.approx(1.0, abs=0.04), "not in the silence before"
    assert last.end == pytest.approx(2.0, abs=0.04), "nor in the one behind"


@pytest.mark.parametrize(
    ("word", "fitted"),
    [
        (Word("plain", 1.2, 1.6), (1.2, 1.6)),
        (Word("absorbed a pause", 1.6, 3.4), (1.6, 3.4)),
        (Word("ends in silence", 1.6, 2.5), (1.6, 2.0)),
        (Word("begins in silence", 2.5, 3.5), (3.0, 3.5)),
        (Word("all in silence", 2.2, 2.8), (2.2, 2.8)),
        (Word("without times"), (None, None)),
    ],
)
def test_a_word_keeps_no_silence_at_its_edges(
    word: Word, fitted: tuple[float | None, float | None]
) -> None:
    result = fit_to_speech(word, (Span(1, 2), Span(3, 4)))
    assert (result.start, result.end) == fitted


def test_a_transcript_tells_who_wrote_it_and_in_which_language() -> None:
    transcript = written(FakeTranscriber([()], name="tiny", language="de"))
    assert transcript == Transcript((), "de", "tiny", duration=3.0)


def test_a_transcriber_that_fails_is_not_hidden_and_the_sound_is_still_told() -> None:
    found = heard(
        one_second_of_speech(), FakeTranscriber([TranscriptionFailed("It ran out of memory.")])
    )
    assert found.transcript is None
    assert found.why is not None and "out of memory" in str(found.why)
    assert len(found.sound.speech) == 1


def test_a_detector_that_is_not_there_is_told() -> None:
    class Deaf(FakeVoiceActivity):
        def listen(self) -> FakeListener:
            raise TranscriptionFailed("The detector is not whole.")

    with pytest.raises(TranscriptionFailed, match="not whole"):
        write_down(SILENCE, activity=Deaf(), transcriber=None)


LONG = np.concatenate([tone(seconds=12), SILENCE] * 8)


def test_long_sound_is_given_in_pieces_that_fit() -> None:
    transcriber = FakeTranscriber([(Word(str(n), 0.5, 1.0),) for n in range(8)])
    seconds: list[float] = []
    found = write_down(
        LONG, activity=FakeVoiceActivity(), transcriber=transcriber, progress=seconds.append
    )
    assert found.transcript is not None
    assert len(found.transcript.words) == 8
    starts = [word.start or 0 for word in found.transcript.words]
    assert starts == sorted(starts)
    assert seconds == sorted(seconds)


class Live:
    """A scribe that is fed as from a microphone, and one step of it at a time."""

    def __init__(
        self, samples: Samples, transcriber: FakeTranscriber, *, asides: bool = False
    ) -> None:
        self._samples = samples
        self._fed = 0
        self.scribe = Scribe(
            self._source,
            activity=FakeVoiceActivity(),
            transcriber=transcriber,
            live=True,
            asides=asides,
        )

    def _source(self, span: Span) -> Samples:
        first, last = round(span.start * SAMPLE_RATE), round(span.end * SAMPLE_RATE)
        assert last <= self._fed, "only sound that was fed may be read"
        return self._samples[first:last]

    def hear(self, seconds: float) -> None:
        block = SAMPLE_RATE // 10
        for _ in range(round(seconds * 10)):
            part = self._samples[self._fed : self._fed + block]
            self._fed += len(part)
            self.scribe.feed(part)

    def end(self) -> Written:
        for _ in self.scribe.finish():
            pass
        return self.scribe.written()


def word(text: str) -> tuple[Word, ...]:
    return (Word(text, 0.5, 1.0),)


def test_words_come_while_somebody_still_speaks() -> None:
    live = Live(LONG, FakeTranscriber([word("first"), word("second")]))
    live.hear(13.2)
    until(lambda: bool(live.scribe.words))
    assert [each.text for each in live.scribe.words] == ["first"]
    live.hear(6)
    assert [each.text for each in (live.end().transcript or Transcript(())).words] == [
        "first",
        "second",
    ]


def test_the_end_is_written_ahead_in_the_silence_before_it() -> None:
    transcriber = FakeTranscriber([word("all")])
    live = Live(one_second_of_speech(), transcriber)
    live.hear(2.8)
    until(lambda: bool(live.scribe.words))
    assert len(transcriber.heard) == 1
    live.hear(0.2)
    found = live.end()
    assert found.transcript is not None and found.transcript.text == "all"
    assert len(transcriber.heard) == 1, "and not again"


def test_what_was_written_ahead_too_early_is_written_again() -> None:
    samples = np.concatenate([tone(seconds=2), SILENCE, tone(seconds=2), SILENCE])
    transcriber = FakeTranscriber([word("half"), word("all"), word("all")])
    live = Live(samples, transcriber)
    live.hear(2.9)
    until(lambda: bool(live.scribe.words))
    live.hear(3.1)
    found = live.end()
    assert found.transcript is not None and found.transcript.text == "all"


def test_live_and_file_find_the_same_speech_and_words() -> None:
    samples = np.concatenate([LONG, one_second_of_speech()])
    live = Live(samples, Echo())
    live.hear(len(samples) / SAMPLE_RATE)
    assert live.end() == heard(samples, Echo())


def test_a_scribe_that_falls_behind_hurries_and_leaves_nothing_out() -> None:
    slow = Waiting()
    live = Live(LONG, slow)
    live.hear(len(LONG) / SAMPLE_RATE)
    until(lambda: live.scribe.backlog >= 3)
    slow.go.set()
    found = live.end()
    assert found.transcript is not None and len(found.transcript.words) == 8
    assert 0 < slow.hurried < 8, "and not once it has caught up"


def test_a_file_is_written_without_hurry() -> None:
    echo = Echo()
    heard(LONG, echo)
    assert echo.hurried == 0


def test_a_dropped_answer_is_written_no_further() -> None:
    slow = Waiting()
    live = Live(LONG, slow)
    live.hear(len(LONG) / SAMPLE_RATE)
    until(lambda: live.scribe.backlog >= 3)
    live.scribe.drop()
    slow.go.set()
    for _ in live.scribe.finish():
        pass
    assert len(slow.heard) <= 1


def test_what_was_said_last_is_told_once_it_is_written() -> None:
    slow = Waiting()
    live = Live(one_second_of_speech(), slow)
    live.hear(1.5)
    until(lambda: live.scribe.listening().speech > 0.4)
    assert live.scribe.listening().silence == 0
    live.hear(1.5)
    until(lambda: live.scribe.listening().silence > 0.9)
    now = live.scribe.listening()
    assert (now.speech, now.ended) == pytest.approx((1.0, 2.0), abs=0.07)
    assert now.said is None
    slow.go.set()
    until(lambda: live.scribe.listening().said is not None)
    live.end()


def a_few_words_behind_a_pause() -> Samples:
    return np.concatenate([tone(seconds=3), SILENCE, tone(seconds=0.5), SILENCE, SILENCE])


def test_a_few_words_between_two_pauses_are_heard_by_themselves() -> None:
    live = Live(a_few_words_behind_a_pause(), ByLength(), asides=True)
    live.hear(6.5)
    until(lambda: live.scribe.listening().said is not None)
    said = live.scribe.listening().said
    assert said is not None
    assert [each.text for each in said.words] == ["done"]
    assert said.after is not None and said.after.text == "story"
    assert said.before == pytest.approx(3.0, abs=0.04)
    assert (live.end().transcript or Transcript(())).text == "story", "which changes no transcript"


def test_otherwise_they_are_what_was_heard_with_the_rest() -> None:
    live = Live(a_few_words_behind_a_pause(), ByLength())
    live.hear(6.5)
    until(lambda: live.scribe.listening().said is not None)
    said = live.scribe.listening().said
    assert said is not None and said.words == ()
    live.end()


@pytest.mark.parametrize("cut", [None, 3.0, 9.0])
def test_an_answer_without_a_cut_is_whole(cut: float | None) -> None:
    whole = heard(one_second_of_speech(), FakeTranscriber([word("all")]))
    assert whole.until(cut) == whole


def test_an_answer_that_is_cut_keeps_what_was_said_before() -> None:
    said = (Word("won.", 0.2, 0.9), Word("done", 0.9, 3.4))
    samples = np.concatenate([tone(seconds=1), SILENCE, SILENCE, tone(seconds=0.5)])
    part = heard(samples, FakeTranscriber([said])).until(1.2)
    assert part.transcript is not None and part.transcript.text == "won."
    assert part.sound.duration == part.transcript.duration == 1.2
    assert len(part.sound.speech) == 1


def test_a_cut_shortens_what_waits_for_its_words_too() -> None:
    part = heard(one_second_of_speech()).until(1.5)
    assert (part.sound.duration, part.transcript) == (1.5, None)
    assert part.sound.speech[0].end == 1.5


class ByLength(FakeTranscriber):
    """Leaves a few words out where they come with many, as recognisers do."""

    def transcribe(
        self, samples: Samples, *, hasty: bool = False, names: Sequence[str] = ()
    ) -> Reading:
        short = len(samples) < SAMPLE_RATE
        self.answers = [(Word("done", 0.2, 0.7),) if short else (Word("story", 0.5, 2.9),)]
        return super().transcribe(samples, hasty=hasty, names=names)


class Echo(FakeTranscriber):
    """Says how long each clip is: the same clip gives the same words."""

    def transcribe(
        self, samples: Samples, *, hasty: bool = False, names: Sequence[str] = ()
    ) -> Reading:
        self.answers = [word(str(len(samples)))]
        return super().transcribe(samples, hasty=hasty, names=names)


class Waiting(Echo):
    """Writes nothing before it is told to go."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()

    def transcribe(
        self, samples: Samples, *, hasty: bool = False, names: Sequence[str] = ()
    ) -> Reading:
        assert self.go.wait(PATIENCE)
        return super().transcribe(samples, hasty=hasty, names=names)


PATIENCE = 20.0


def until(happens: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < deadline
        threading.Event().wait(0.005)


def test_what_comes_after_a_cut_is_not_told() -> None:
    sound = Sound(
        9.0, (Span(0, 4), Span(5, 8)), None, (Hesitation(1, 2, 0.9), Hesitation(5, 6, 0.9))
    )
    words = (Word("We", 0.5, 1.0), Word("won.", 1.0, 2.0), Word("Done.", 5.0, 6.0))
    found = Written(sound, Transcript(words, duration=9.0)).until(4.5)
    assert found.transcript is not None and found.transcript.text == "We won."
    assert found.sound == Sound(4.5, (Span(0, 4),), None, (Hesitation(1, 2, 0.9),))


def an_answer_and_a_command() -> Samples:
    return np.concatenate([tone(seconds=3), SILENCE, tone(seconds=0.6), SILENCE])


MISPLACED = (
    Word("We", 0.2, 1.0),
    Word("won.", 1.0, 2.0),
    Word("I'm", 2.1, 3.0),
    Word("done.", 4, 4.6),
)
"""As a model may place them that hears the answer and the command as one."""


def test_a_word_of_the_command_is_not_in_the_answer_though_its_time_is() -> None:
    transcriber = FakeTranscriber([MISPLACED, MISPLACED[:2]])
    found = write_down(
        an_answer_and_a_command(), activity=FakeVoiceActivity(), transcriber=transcriber, cut=3.2
    )
    assert found.transcript is not None and found.transcript.text == "We won."
    assert (found.sound.duration, len(found.sound.speech)) == (3.2, 1)
    assert transcriber.heard[-1] == pytest.approx(3.2, abs=0.05)


def test_an_answer_that_was_heard_before_the_command_came_is_not_heard_again() -> None:
    sound = an_answer_and_a_command()
    transcriber = FakeTranscriber([MISPLACED[:2], MISPLACED])
    scribe = Scribe(
        lambda span: sound[round(span.start * SAMPLE_RATE) : round(span.end * SAMPLE_RATE)],
        activity=FakeVoiceActivity(),
        transcriber=transcriber,
        live=True,
    )
    answer = round(3.9 * SAMPLE_RATE)
    scribe.feed(sound[:answer])
    until(lambda: len(scribe.words) == 2)
    scribe.feed(sound[answer:])
    for _ in scribe.finish(3.2):
        pass
    found = scribe.written().transcript
    assert found is not None and found.text == "We won."
    assert transcriber.answers == []


@pytest.mark.parametrize(
    ("word", "is_before"),
    [
        (Word("database", 4.4, 5.1), True),
        (Word("database", 4.4, 6.5), True),
        (Word("I'm", 5.0, 6.6), False),
        (Word("I'm", 6.2, 6.5), False),
        (Word("so", 5.3, 5.5), True),
        (Word("so"), True),
    ],
)
def test_a_word_lies_where_most_of_its_speech_is(word: Word, is_before: bool) -> None:
    speech = (Span(0.5, 5.1), Span(6.2, 6.9))
    assert lies_before(word, 6.1, speech) is is_before
