"""Between two answers, led by voice: fakes for the world, a real store."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from rehearse.errors import EarFailed, EarLost, RehearseError, TranscriptionFailed, VoiceFailed
from rehearse.model.structure import Analysis
from rehearse.model.take import SAMPLE_RATE, Ending, Kind, Question, Sound, Span, Take, Word
from rehearse.ports import Clip, Hearing, Key, Reading
from rehearse.session import session
from rehearse.session.handsfree import CANNOT_HEAR, GOODBYE, LAST, NOTHING_TO_ASK, pieces
from rehearse.session.phrases import Command
from rehearse.session.steps import (
    Asked,
    CannotHear,
    Listening,
    Listens,
    NotUnderstood,
    Reported,
    Speaking,
    Step,
    Understood,
    Writing,
)
from rehearse.session.studio import Aloud, Studio
from rehearse.takes.store import TakeStore
from tests.fakes import (
    FakeClock,
    FakeEar,
    FakePlayer,
    FakeTranscriber,
    FakeVoice,
    desk,
    pcm,
    tone,
)
from tests.speech import spoken

FIRST = Question("Who are you?", Kind.INTRODUCTION, target=60.0)
SECOND = Question("What did you do?", Kind.BEHAVIOURAL)
SPEECH = pcm(tone(seconds=1.0))
SILENCE = b"\x00\x00" * 16_000
UTTERANCE = [SPEECH, b""]
NOTHING: list[bytes | RehearseError | None] = [*[SILENCE] * 13, b""]
STORY = spoken(
    "Last year our shop was losing customers every week. My task was to find out why. I decided "
    "to call fifty of them. Then I wrote down what they said and sorted it by theme."
).words


@dataclass
class NoKeys:
    """Nobody is at the keyboard, or somebody presses a key where `press` says so."""

    waits: list[Key] = field(default_factory=list)
    """Keys for those who wait for nothing else."""
    press: list[Key | None] = field(default_factory=list)
    """What each look that does not wait finds."""

    @contextmanager
    def open(self) -> Iterator[None]:
        yield

    def flush(self) -> None:
        """Nothing was typed ahead."""

    def waiting(self) -> bool:
        return False

    def poll(self, timeout: float) -> Key | None:
        if timeout > 60:
            return self.waits.pop(0)
        if timeout == 0 and self.press:
            return self.press.pop(0)
        return None


def summary(analysis: Analysis) -> str:
    return f"Summary of {len(analysis.words)} words."


def details(analysis: Analysis) -> str:
    return f"Details of {len(analysis.words)} words."


@dataclass
class Room:
    studio: Studio
    voice: FakeVoice
    player: FakePlayer
    ear: FakeEar
    steps: list[Step] = field(default_factory=list)

    def practise(self, *questions: Question) -> list[str]:
        """What happened, without what is only seen for a moment."""
        self.steps = list(session.practise(questions or (FIRST,), self.studio))
        passing = Listening | Writing | Listens
        return [type(step).__name__ for step in self.steps if not isinstance(step, passing)]

    @property
    def said(self) -> list[str]:
        return [step.text for step in self.steps if isinstance(step, Speaking)]


def room(
    folder: Path,
    *commands: str | RehearseError | None,
    keys: NoKeys | None = None,
    answers: Sequence[tuple[Word, ...]] = (),
    scripts: Sequence[Sequence[bytes | RehearseError | None]] | None = None,
) -> Room:
    """One answer, then each of `commands` is said; None is nothing for a while. `answers` are the
    words of further answers, in the order in which `commands` hold "..." for them."""
    further = list(answers)
    words: list[tuple[Word, ...] | Reading | RehearseError] = [STORY]
    for command in commands:
        if command == "...":
            words.append(further.pop(0))
        elif isinstance(command, str):
            words.append(tuple(Word(text, 0.1, 0.5) for text in command.split()))
        elif command is not None:
            words.append(command)
    heard = [NOTHING if command is None else UTTERANCE for command in commands]
    voice, player = FakeVoice(), FakePlayer()
    ear = FakeEar([UTTERANCE, *(scripts or heard)])
    studio = Studio(
        ear=ear,
        voice=voice,
        player=player,
        desk=desk(FakeTranscriber(words)),
        keys=keys or NoKeys(),
        store=TakeStore(folder / "recordings"),
        clock=FakeClock(),
        auto_stop=5.0,
        hands_free=Aloud(summary, details),
    )
    return Room(studio, voice, player, ear)


def takes(here: Room) -> list[Take]:
    return [here.studio.store.load(folder) for folder in here.studio.store.folders()]


def test_next_leads_to_the_next_question(tmp_path: Path) -> None:
    here = room(tmp_path, "Let's go to the next one, please.", "...", "Stop.", answers=[STORY])
    assert here.practise(FIRST, SECOND) == [
        "Asked", "RecordingEnded", "Reported", "Speaking", "Understood",
        "Asked", "RecordingEnded", "Reported", "Speaking", "Understood", "Speaking",
    ]  # fmt: skip
    assert here.said == [f"Summary of {len(STORY)} words."] * 2 + [GOODBYE]


def test_the_last_question_ends_the_session(tmp_path: Path) -> None:
    here = room(tmp_path, "Next.")
    here.practise()
    assert here.said[-1] == LAST


def test_again_asks_the_same_question_once_more(tmp_path: Path) -> None:
    here = room(tmp_path, "Again.", "...", "Stop.", answers=[STORY])
    here.practise(FIRST, SECOND)
    asked = [step.question for step in here.steps if isinstance(step, Asked)]
    assert asked == [FIRST, FIRST]
    assert [take.ending for take in takes(here)] == [Ending.ENDED] * 2


def test_the_question_may_be_repeated_and_the_details_told(tmp_path: Path) -> None:
    here = room(tmp_path, "Repeat the question.", "Tell me more.", "Help.", "Stop.")
    here.practise()
    choices = here.said[3]
    assert here.said[1:3] == [FIRST.text, f"Details of {len(STORY)} words."]
    assert choices.startswith("Say again, replay, tell me more") and choices.endswith("or stop.")


def test_replay_plays_the_answer_itself(tmp_path: Path) -> None:
    here = room(tmp_path, "Play it back.", "Stop.")
    here.practise()
    assert [clip.duration for clip in here.player.played if clip.rate == SAMPLE_RATE] == [1.0]


def test_a_follow_up_is_asked_and_its_reply_kept_with_the_answer(tmp_path: Path) -> None:
    here = room(tmp_path, "Follow up.", "...", "Follow up.", "Stop.", answers=[STORY])
    here.practise(SECOND)
    asked = [step for step in here.steps if isinstance(step, Asked)]
    assert [step.is_follow_up for step in asked] == [False, True]
    first, reply = sorted(takes(here), key=lambda take: take.follows or "")
    assert reply.follows == first.id
    assert NOTHING_TO_ASK in here.said, "there is no follow-up to a follow-up"


def test_skip_moves_on(tmp_path: Path) -> None:
    here = room(tmp_path, "Skip this one.", "...", "Stop.", answers=[STORY])
    here.practise(FIRST, SECOND)
    assert sum(isinstance(step, Asked) for step in here.steps) == 2


def test_not_understood_twice_it_says_the_choices(tmp_path: Path) -> None:
    here = room(tmp_path, "Where is my coffee?", "Oh well, never.", "Stop.")
    here.practise()
    assert [type(step).__name__ for step in here.steps].count("NotUnderstood") == 2
    assert here.said[1] == "Please say again or stop."
    assert here.said[2].startswith("Say ")


def test_a_radio_in_the_room_is_not_lectured(tmp_path: Path) -> None:
    here = room(tmp_path, *["And now the weather for tomorrow"] * 20, "Stop.")
    here.practise()
    assert sum(text.startswith("Say ") for text in here.said) == 2
    assert here.said.count("Please say again or stop.") == 2


def test_who_says_nothing_hears_the_choices_once(tmp_path: Path) -> None:
    here = room(tmp_path, None, None, None, "Stop.")
    here.practise()
    assert sum(text.startswith("Say ") for text in here.said) == 1


def test_coughs_are_no_words_and_no_long_silence(tmp_path: Path) -> None:
    here = room(tmp_path, *[""] * 20, "Stop.")
    here.practise()
    assert not any(isinstance(step, NotUnderstood | CannotHear) for step in here.steps)
    assert sum(text.startswith("Say ") for text in here.said) == 1, "after twelve seconds of it"


def test_five_minutes_of_silence_close_the_microphone_and_a_key_goes_on(tmp_path: Path) -> None:
    here = room(tmp_path, *[None] * 25, keys=NoKeys(waits=[Key.PAUSE, Key.LEAVE]))
    here.practise()
    (why,) = [step.why for step in here.steps if isinstance(step, CannotHear)]
    assert "five minutes" in why
    assert here.ear.opened - 1 in (24, 25), "twelve to thirteen seconds each"


def test_a_model_that_fails_is_told_and_keys_work(tmp_path: Path) -> None:
    fails = TranscriptionFailed("It ran out of memory.")
    here = room(tmp_path, fails, keys=NoKeys(waits=[Key.LEAVE]))
    here.practise(FIRST, SECOND)
    (why,) = [step.why for step in here.steps if isinstance(step, CannotHear)]
    assert "out of memory" in why
    assert CANNOT_HEAR in here.said
    assert sum(isinstance(step, Asked) for step in here.steps) == 1


def test_a_microphone_that_goes_away_is_told_and_keys_work(tmp_path: Path) -> None:
    here = room(tmp_path, scripts=[[EarLost("It went away.")]], keys=NoKeys(waits=[Key.LEAVE]))
    here.practise()
    (why,) = [step.why for step in here.steps if isinstance(step, CannotHear)]
    assert "It went away." in why


def test_a_microphone_that_cannot_be_opened_is_told_and_keys_work(tmp_path: Path) -> None:
    here = room(tmp_path, keys=NoKeys(waits=[Key.END, Key.END]))

    class OnceOnly(FakeEar):
        @contextmanager
        def open(self) -> Iterator[Hearing]:
            if self.opened:
                raise EarFailed("It is busy.")
            with super().open() as hearing:
                yield hearing

    here.studio = replace(here.studio, ear=OnceOnly([UTTERANCE]))
    here.practise()
    (why,) = [step.why for step in here.steps if isinstance(step, CannotHear)]
    assert why.startswith("It is busy.")


def test_a_key_while_it_speaks_acts_at_once(tmp_path: Path) -> None:
    here = room(tmp_path, keys=NoKeys(press=[Key.LEAVE]))
    assert here.practise(FIRST, SECOND)[-2:] == ["Speaking", "Speaking"]
    assert here.ear.opened == 1, "nothing was listened to"
    assert here.said[-1] == GOODBYE


def test_a_key_while_it_listens_acts_at_once(tmp_path: Path) -> None:
    class Patient(NoKeys):
        def poll(self, timeout: float) -> Key | None:
            listening = timeout and here.ear.is_open and here.ear.opened == 2
            threading.Event().wait(0.001)
            return Key.LEAVE if listening else None

    here = room(tmp_path, scripts=[[SILENCE, *[None] * 10**6]], keys=Patient())
    here.practise(FIRST, SECOND)
    assert here.said[-1] == GOODBYE
    assert not any(isinstance(step, NotUnderstood) for step in here.steps)


def test_ctrl_c_while_it_listens_closes_the_microphone(tmp_path: Path) -> None:
    class Interrupted(NoKeys):
        def poll(self, timeout: float) -> Key | None:
            if here.ear.is_open and here.ear.opened == 2:
                raise KeyboardInterrupt
            return None

    here = room(tmp_path, scripts=[[SILENCE, *[None] * 10**6]], keys=Interrupted())
    with pytest.raises(KeyboardInterrupt):
        here.practise()
    assert not here.ear.is_open
    assert takes(here)[0].ending is Ending.ENDED, "the answer was kept before"


@pytest.mark.parametrize("spoken_before", [1, 2])
def test_ctrl_c_while_it_speaks_leaves_with_the_answer_kept(
    tmp_path: Path, spoken_before: int
) -> None:
    here = room(tmp_path, "Tell me more.")

    class Interrupted(FakePlayer):
        def play(self, clip: Clip, *, cut: Callable[[], bool] | None = None) -> None:
            if len(self.played) == spoken_before:
                raise KeyboardInterrupt
            super().play(clip)

    here.studio = replace(here.studio, player=Interrupted())
    with pytest.raises(KeyboardInterrupt):
        here.practise()
    assert not here.ear.is_open
    assert takes(here)[0].transcript is not None


def test_it_never_hears_itself(tmp_path: Path) -> None:
    here = room(tmp_path, "Replay.", "Tell me more.", "What can I say?", "Stop.")

    class Alone(FakePlayer):
        def play(self, clip: Clip, *, cut: Callable[[], bool] | None = None) -> None:
            assert not here.ear.is_open
            super().play(clip)

    here.studio = replace(here.studio, player=Alone())
    here.practise()
    assert len(here.said) == 4


def test_without_a_voice_it_goes_on_in_text(tmp_path: Path) -> None:
    here = room(tmp_path, "Tell me more.", "Stop.")
    here.voice.fails = VoiceFailed("No voice.")
    happened = here.practise()
    assert "NotSpoken" in happened
    assert here.said[-1] == GOODBYE


def test_what_is_said_is_made_ready_before_it_is_needed(tmp_path: Path) -> None:
    """The next question while this one is answered, the summary before its report is shown, and
    everything that may be asked for while the summary is spoken."""
    here = room(tmp_path, "Next.", "...", "Stop.", answers=[STORY])
    prepared_at: dict[str, list[str]] = {}
    for step in session.practise((FIRST, SECOND), here.studio):
        name = type(step).__name__
        prepared_at.setdefault(name, list(here.voice.prepared))
        if isinstance(step, Asked) and step.question == SECOND:
            assert SECOND.text not in here.voice.said
            assert SECOND.text in here.voice.prepared
    assert prepared_at["RecordingEnded"] == [SECOND.text]
    assert prepared_at["Reported"][1] == f"Summary of {len(STORY)} words."
    assert f"Details of {len(STORY)} words." in prepared_at["Speaking"]
    assert "Please say next, again or stop." in prepared_at["Speaking"]


def test_led_by_keys_the_next_question_is_made_ready_too(tmp_path: Path) -> None:
    here = room(tmp_path, "...", answers=[STORY], keys=NoKeys(waits=[Key.END, Key.END]))
    here.studio = replace(here.studio, hands_free=None)
    assert here.practise(FIRST, SECOND).count("Reported") == 2
    assert here.voice.prepared == [SECOND.text]
    assert here.said == []


def test_starting_over_is_confirmed_aloud(tmp_path: Path) -> None:
    pressed: list[Key] = [Key.START_OVER]

    class StartsOver(NoKeys):
        def poll(self, timeout: float) -> Key | None:
            threading.Event().wait(0.001)
            return pressed.pop() if timeout and pressed and here.ear.is_open else None

    here = room(tmp_path, scripts=[UTTERANCE, UTTERANCE], keys=StartsOver())
    here.studio = replace(
        here.studio,
        ear=FakeEar([[SPEECH, *[None] * 10**6], UTTERANCE, UTTERANCE]),
        desk=desk(FakeTranscriber([STORY, (Word("Stop.", 0.1, 0.5),)])),
    )
    here.ear = here.studio.ear  # type: ignore[assignment]
    here.practise()
    assert here.said[0] == "From the beginning."


@pytest.mark.parametrize(
    ("speech", "parts"),
    [
        ((), [(0.0, 20.0)]),
        (((0.0, 9.0), (10.0, 19.0)), [(0.0, 9.5), (9.5, 20.0)]),
        (((0.0, 9.0), (9.2, 19.0)), [(0.0, 20.0)]),
        (((0.0, 2.0), (3.0, 19.0)), [(0.0, 20.0)]),
    ],
)
def test_an_answer_is_played_in_parts_that_end_in_its_pauses(
    speech: tuple[tuple[float, float], ...], parts: list[tuple[float, float]]
) -> None:
    sound = Sound(20.0, tuple(Span(*edges) for edges in speech))
    take = Take("id", "now", None, Ending.ENDED, sound=sound)
    assert [(piece.start, piece.end) for piece in pieces(take)] == parts


def test_a_key_ends_the_replay_at_the_next_pause(tmp_path: Path) -> None:
    class AfterTheFirstPart(NoKeys):
        def poll(self, timeout: float) -> Key | None:
            playing = here.player.played and here.player.played[-1].rate == SAMPLE_RATE
            return Key.LEAVE if playing else None

    here = room(tmp_path, "Replay.", keys=AfterTheFirstPart())
    here.practise()
    assert here.ear.opened == 2
    assert here.said[-1] == GOODBYE
    assert Understood(Command.REPLAY) in here.steps


def test_a_take_without_words_is_not_asked_about(tmp_path: Path) -> None:
    here = room(tmp_path, keys=NoKeys(waits=[Key.LEAVE]))
    missing = TranscriptionFailed("It is gone.")
    here.studio = replace(here.studio, desk=desk(FakeTranscriber([missing])))
    assert "Waits" in here.practise()
    assert here.said == ["Summary of 0 words.", CANNOT_HEAR, GOODBYE]
    assert here.ear.opened == 1, "nobody has to speak in vain"
    assert not any(isinstance(step, Reported) for step in here.steps)
