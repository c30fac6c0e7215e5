"""A session as a story, with fakes for the world and a real store."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from rich.console import Console

from rehearse.commands.screen import Screen
from rehearse.commands.sitting import Sitting
from rehearse.config import Settings
from rehearse.errors import EarLost, ModelMissing, SpeakerFailed, VoiceFailed
from rehearse.model.structure import Analysis
from rehearse.model.take import Ending, Kind, Question, Take, Word
from rehearse.ports import Clip, Clock, Ear, Hearing, Key, Keys, Player, Prompter, Transcriber
from rehearse.questions.bank import Story
from rehearse.questions.interviews import Round
from rehearse.session import session
from rehearse.session.analyze_take import report_on
from rehearse.session.interview import Scene
from rehearse.session.resume import NOBODY, Unfinished
from rehearse.session.steps import (
    Asked,
    Between,
    HasSample,
    Listening,
    NotSaved,
    NotSpoken,
    Released,
    Reported,
    Step,
    Waits,
    Writing,
)
from rehearse.session.studio import Studio
from rehearse.takes.store import TakeStore
from tests.fakes import (
    FakeClock,
    FakeEar,
    FakeKeys,
    FakePlayer,
    FakeTranscriber,
    FakeVoice,
    desk,
    pcm,
    tone,
)
from tests.speech import spoken

QUESTION = Question("Who are you?", Kind.INTRODUCTION, target=60.0)
ANSWER = pcm(tone(seconds=1.0))
SPOKEN = [ANSWER, b""]
WORDS = (Word("Um,", 0.1, 0.4), Word("Sam.", 0.5, 0.9))
NO_KEY = 10**9


def studio(
    folder: Path,
    *,
    ear: Ear | None = None,
    voice: Prompter | None = None,
    player: Player | None = None,
    transcriber: Transcriber | None = None,
    keys: Keys | None = None,
    follow_ups: bool = False,
) -> Studio:
    clock: Clock = FakeClock()
    return Studio(
        ear=ear or FakeEar([SPOKEN]),
        voice=voice or FakeVoice(),
        player=player or FakePlayer(),
        desk=desk(transcriber or FakeTranscriber([WORDS])),
        keys=keys or FakeKeys([(NO_KEY, Key.END)]),
        store=TakeStore(folder / "recordings"),
        clock=clock,
        follow_ups=follow_ups,
        settings={"model": "fake"},
    )


class OnlyBetween(FakeKeys):
    """Nobody presses a key while an answer is recorded."""

    def poll(self, timeout: float) -> Key | None:
        return super().poll(timeout) if timeout > 1 else None


def story(steps: list[Step]) -> list[str]:
    """Names of the steps, without the live line."""
    live = Listening | Writing
    return [type(step).__name__ for step in steps if not isinstance(step, live)]


def practised(room: Studio, count: int = 1) -> list[Step]:
    return without_the_end(session.practise([QUESTION] * count, room))


def without_the_end(held: Iterator[Step]) -> list[Step]:
    """The steps but the wait for a key after the last answer."""
    steps = list(held)
    is_end = isinstance(last := steps[-1], Between) and not last.left
    return steps[:-1] if is_end else steps


def saved(room: Studio) -> list[Take]:
    return [room.store.load(folder) for folder in room.store.folders()]


def test_names_of_the_notes_and_the_settings_are_listened_for(tmp_path: Path) -> None:
    asked = replace(QUESTION, notes=("Led the move to Kafka with Priyanka.",))
    transcriber = FakeTranscriber([WORDS])
    room = replace(studio(tmp_path, transcriber=transcriber), names=("Okonkwo",))
    list(session.practise([asked], room))
    assert transcriber.told == {"Kafka", "Priyanka", "Okonkwo"}


def test_a_question_is_shown_asked_answered_reported_and_kept(tmp_path: Path) -> None:
    voice, player = FakeVoice(), FakePlayer()
    room = studio(tmp_path, voice=voice, player=player)
    steps = practised(room)
    assert story(steps) == ["Asked", "RecordingEnded", "Reported"]
    assert voice.said == ["Who are you?"]
    assert len(player.played) == 1
    (take,) = saved(room)
    assert (take.ending, take.model, take.settings) == (Ending.ENDED, "fake", {"model": "fake"})
    assert take.transcript is not None
    assert take.transcript.text == "Um, Sam."
    value = json.loads((room.store.folder / take.id / "take.json").read_text("utf-8"))
    assert value["analysis"]["fillers"]["counts"] == {"um": 1}
    assert value["analysis"]["timing"]["target"] == 60.0


def test_the_text_is_on_the_screen_before_the_voice_speaks(tmp_path: Path) -> None:
    player = FakePlayer()
    steps = session.practise([QUESTION], studio(tmp_path, player=player))
    assert isinstance(next(steps), Asked)
    assert player.played == []
    list(steps)


def test_the_microphone_is_closed_while_the_voice_speaks(tmp_path: Path) -> None:
    ear = FakeEar([SPOKEN])

    class Listening(FakePlayer):
        def play(self, clip: object, *, cut: object = None) -> None:
            assert not ear.is_open
            assert ear.opened == 0

    assert story(practised(studio(tmp_path, ear=ear, player=Listening()))) == [
        "Asked",
        "RecordingEnded",
        "Reported",
    ]


def test_the_model_loads_while_the_question_is_spoken(tmp_path: Path) -> None:
    transcriber = FakeTranscriber([WORDS])
    steps = session.practise([QUESTION], studio(tmp_path, transcriber=transcriber))
    next(steps)
    assert transcriber.prepared == 1
    list(steps)


@pytest.mark.parametrize(
    ("voice", "player"),
    [
        (FakeVoice(fails=VoiceFailed("No voice.")), FakePlayer()),
        (FakeVoice(), FakePlayer(fails=SpeakerFailed("No speaker."))),
    ],
)
def test_without_a_voice_the_session_goes_on_in_text(
    tmp_path: Path, voice: FakeVoice, player: FakePlayer
) -> None:
    steps = practised(studio(tmp_path, voice=voice, player=player))
    assert story(steps) == ["Asked", "NotSpoken", "RecordingEnded", "Reported"]
    (why,) = [step.why for step in steps if isinstance(step, NotSpoken)]
    assert why.startswith("No ")


def test_without_a_model_the_take_waits_with_its_times(tmp_path: Path) -> None:
    transcriber = FakeTranscriber([ModelMissing("There is no model.")])
    room = studio(tmp_path, transcriber=transcriber)
    steps = practised(room)
    assert story(steps) == ["Asked", "RecordingEnded", "Waits"]
    last = steps[-1]
    assert isinstance(last, Waits)
    assert last.analysis.timing.duration == pytest.approx(1.0)
    assert last.analysis.fillers is None
    (take,) = saved(room)
    assert take.transcript is None
    assert take.sound is not None


def test_what_waited_is_finished_later(tmp_path: Path) -> None:
    room = studio(tmp_path, transcriber=FakeTranscriber([ModelMissing("None."), WORDS]))
    practised(room)
    steps = list(report_on(saved(room)[0], room))
    assert isinstance(steps[-1], Reported)
    assert saved(room)[0].transcript is not None


def test_starting_over_keeps_the_first_attempt_and_does_not_ask_again(tmp_path: Path) -> None:
    voice = FakeVoice()
    ear = FakeEar([[ANSWER, *[None] * 10**6], SPOKEN])
    keys = FakeKeys([(3, Key.START_OVER), (NO_KEY, Key.END)])
    room = studio(tmp_path, ear=ear, voice=voice, keys=keys)
    assert story(practised(room)) == ["Asked", "RecordingEnded", "RecordingEnded", "Reported"]
    assert [take.ending for take in saved(room)] == [Ending.STARTED_OVER, Ending.ENDED]
    assert len(voice.said) == 1


def test_skipping_goes_to_the_next_question_at_once(tmp_path: Path) -> None:
    ear = FakeEar([[ANSWER, *[None] * 10**6], SPOKEN])
    keys = FakeKeys([(3, Key.SKIP), (NO_KEY, Key.END)])
    room = studio(tmp_path, ear=ear, keys=keys)
    assert story(practised(room, 2)) == [
        "Asked",
        "RecordingEnded",
        "Asked",
        "RecordingEnded",
        "Reported",
    ]
    assert [take.ending for take in saved(room)] == [Ending.SKIPPED, Ending.ENDED]


def test_leaving_ends_the_session_and_keeps_the_sound(tmp_path: Path) -> None:
    ear = FakeEar([[ANSWER, *[None] * 10**6]])
    room = studio(tmp_path, ear=ear, keys=FakeKeys([(3, Key.LEAVE)]))
    assert story(practised(room, 3)) == ["Asked", "RecordingEnded"]
    (take,) = saved(room)
    assert take.ending is Ending.LEFT
    assert len(room.store.samples(take)) == 16_000


@pytest.mark.parametrize(("key", "asked"), [(Key.END, 2), (Key.LEAVE, 1), (Key.START_OVER, 3)])
def test_between_two_questions_the_user_decides(tmp_path: Path, key: Key, asked: int) -> None:
    class AfterTheReport(FakeKeys):
        """No key while recording; then the one under test, then Enter."""

        def poll(self, timeout: float) -> Key | None:
            if timeout < 1:
                return None
            return answers.pop(0)

    answers = [key, Key.END, Key.END]
    ear = FakeEar([SPOKEN] * 3)
    room = studio(
        tmp_path, ear=ear, keys=AfterTheReport(), transcriber=FakeTranscriber([WORDS] * 3)
    )
    steps = practised(room, 2)
    assert sum(isinstance(step, Asked) for step in steps) == asked
    assert any(isinstance(step, Between) for step in steps)


LACKING = (
    "Last year our shop was losing customers every week. My task was to find out why. I decided "
    "to call fifty of them. Then I wrote down what they said and sorted it by theme."
)
ENDING = "As a result, we kept twenty percent more of them."
TELL = Question("Tell me about a time.", Kind.BEHAVIOURAL)


def interviewed(
    tmp_path: Path, keys: list[tuple[int, Key]], *answers: str
) -> tuple[Studio, list[Step]]:
    room = studio(
        tmp_path,
        ear=FakeEar([[ANSWER, *[None] * 10**6] for _ in keys]),
        keys=FakeKeys(keys),
        transcriber=FakeTranscriber([spoken(text).words for text in answers]),
        follow_ups=True,
    )
    return room, without_the_end(session.practise([TELL], room))


def test_a_follow_up_asks_for_what_was_missing_and_its_reply_is_a_take_of_its_own(
    tmp_path: Path,
) -> None:
    room, steps = interviewed(tmp_path, [(3, Key.END), (3, Key.END)], LACKING, ENDING)
    assert story(steps) == [*["Asked", "RecordingEnded", "Reported"] * 2, "Released", "Released"]
    asked = [step for step in steps if isinstance(step, Asked)]
    assert [step.is_follow_up for step in asked] == [False, True]
    assert asked[1].question.text == "How did it end?"
    first, reply = sorted(saved(room), key=lambda take: take.follows or "")
    assert (first.follows, reply.follows) == (None, first.id)
    assert reply.turn == first.turn
    together = [step.analysis.together for step in steps if isinstance(step, Reported)]
    assert together[0] is None
    assert together[1] is not None and together[1].missing == ()


def test_skipping_a_follow_up_keeps_the_answer_and_asks_no_further(tmp_path: Path) -> None:
    room, steps = interviewed(tmp_path, [(3, Key.END), (3, Key.SKIP)], LACKING)
    assert story(steps) == [
        *("Asked", "RecordingEnded", "Reported"),
        *("Asked", "RecordingEnded", "Released"),
    ]
    assert {take.ending for take in saved(room)} == {Ending.ENDED, Ending.SKIPPED}


def test_leaving_in_a_follow_up_ends_the_session(tmp_path: Path) -> None:
    room = studio(
        tmp_path,
        ear=FakeEar([[ANSWER, *[None] * 10**6] for _ in range(2)]),
        keys=FakeKeys([(3, Key.END), (3, Key.LEAVE)]),
        transcriber=FakeTranscriber([spoken(LACKING).words]),
        follow_ups=True,
    )
    steps = list(session.practise([TELL, TELL], room))
    assert sum(isinstance(step, Asked) for step in steps) == 2


def test_without_the_wish_nothing_is_asked_after_the_report(tmp_path: Path) -> None:
    room = studio(tmp_path, transcriber=FakeTranscriber([spoken(LACKING).words]))
    steps = without_the_end(session.practise([TELL], room))
    assert story(steps) == ["Asked", "RecordingEnded", "Reported"]
    assert isinstance(steps[-1], Reported) and steps[-1].analysis.follow_up


def test_no_wording_is_read_twice_running(tmp_path: Path) -> None:
    keys = [(3, Key.END), (3, Key.SKIP)] * 3
    texts = []
    for number in range(3):
        _, steps = interviewed(tmp_path, keys[2 * number : 2 * number + 2], LACKING)
        (found,) = [step.analysis for step in steps if isinstance(step, Reported)]
        texts.append((found.advice[0].text, found.follow_up))
    for before, after in pairwise(texts):
        assert before[0] != after[0]
        assert before[1] != after[1]


def test_a_lost_microphone_still_gets_its_report(tmp_path: Path) -> None:
    room = studio(tmp_path, ear=FakeEar([[ANSWER, EarLost("It went away.")]]))
    steps = practised(room)
    assert story(steps) == ["Asked", "RecordingEnded", "Reported"]
    assert saved(room)[0].ending is Ending.DEVICE_LOST


def test_a_recording_without_any_sound_leaves_nothing_behind(tmp_path: Path) -> None:
    room = studio(tmp_path, ear=FakeEar([[b""]]))
    assert story(practised(room)) == ["Asked", "RecordingEnded"]
    assert room.store.folders() == []


def test_ctrl_c_in_an_answer_keeps_its_sound(tmp_path: Path) -> None:
    class Interrupted(FakeKeys):
        polls = 0

        def poll(self, timeout: float) -> Key | None:
            self.polls += 1
            if self.polls > 3 and room.store.duration(room.store.folders()[0]) >= 1:
                raise KeyboardInterrupt
            return None

    ear = FakeEar([[ANSWER, *[None] * 10**6]])
    room = studio(tmp_path, ear=ear, keys=Interrupted())
    with pytest.raises(KeyboardInterrupt):
        practised(room)
    (take,) = saved(room)
    assert take.ending is Ending.LEFT
    assert len(room.store.samples(take)) == 16_000
    assert not ear.is_open


def test_a_disk_that_is_full_after_the_answer_costs_no_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    class FillsTheDisk(FakeEar):
        @contextmanager
        def open(self) -> Iterator[Hearing]:
            monkeypatch.setattr("rehearse.takes.store.write_whole", full)
            with super().open() as hearing:
                yield hearing

    room = studio(tmp_path, ear=FillsTheDisk([SPOKEN]))
    shown = practised(room)
    assert "Reported" in story(shown)
    assert any(isinstance(step, NotSaved) for step in shown)
    assert room.store.duration(room.store.folders()[0]) == 1.0


TENTH_OF_SILENCE = b"\x00\x00" * 1600
LONG_ANSWER = [*[pcm(tone(seconds=1.0))] * 12, *[TENTH_OF_SILENCE] * 60, *[None] * 10**6]
WON = (Word("We", 0.5, 1.0), Word("won.", 10.0, 11.5))


def quiet_room(tmp_path: Path, *, auto_stop: float | None, keys: Keys | None = None) -> Studio:
    room = studio(
        tmp_path,
        ear=FakeEar([LONG_ANSWER]),
        transcriber=FakeTranscriber([WON] * 3),
        keys=keys,
    )
    return replace(room, auto_stop=auto_stop)


def test_silence_ends_an_answer_and_is_no_part_of_it(tmp_path: Path) -> None:
    room = quiet_room(tmp_path, auto_stop=5.0)
    assert story(practised(room)) == ["Asked", "RecordingEnded", "Reported"]
    (take,) = saved(room)
    assert take.ending is Ending.ENDED
    assert take.cut == pytest.approx(12.2, abs=0.04)
    assert take.sound is not None and take.sound.duration == take.cut
    assert take.transcript is not None and take.transcript.text == "We won."
    assert len(room.store.samples(take)) > 16_000 * 16.5, "the sound is kept to its end"


def test_a_take_with_a_cut_is_finished_later_up_to_it(tmp_path: Path) -> None:
    room = quiet_room(tmp_path, auto_stop=5.0)
    practised(room)
    (take,) = saved(room)
    late = (*WON, Word("done", 13.0, 16.0))
    room = replace(room, desk=desk(FakeTranscriber([late])))
    list(report_on(take, room))
    (again,) = saved(room)
    assert again.transcript is not None and again.transcript.text == "We won."
    assert again.sound == take.sound


def test_without_auto_stop_only_a_key_ends_an_answer(tmp_path: Path) -> None:
    room = quiet_room(tmp_path, auto_stop=None, keys=FakeKeys([(3000, Key.END)]))
    practised(room)
    (take,) = saved(room)
    assert (take.ending, take.cut) == (Ending.ENDED, None)


def test_the_words_come_with_the_live_line(tmp_path: Path) -> None:
    room = quiet_room(tmp_path, auto_stop=5.0)
    shown = [step.words for step in practised(room) if isinstance(step, Listening)]
    assert shown[0] == ()
    assert [word.text for word in shown[-1]] == ["We", "won."]


def test_an_answer_is_compared_with_the_story_that_its_question_is_for(tmp_path: Path) -> None:
    mine = Story("Me", question="who are you", situation="I am Sam.", notes=("two cats",))
    room = replace(studio(tmp_path), stories=(Story("Other", question="Why?"), mine))
    reported = next(step for step in practised(room) if isinstance(step, Reported))
    points = reported.analysis.key_points
    assert points is not None
    assert [point.text for point in points.covered] == ["I am Sam."]
    assert [point.text for point in points.not_found] == ["two cats"]


def test_a_third_answer_word_for_word_is_compared_with_the_two_before(tmp_path: Path) -> None:
    text = "this is how I tell it every time and I never change a word of what I have learned "
    words = spoken(text * 3).words
    found = []
    for _ in range(3):
        room = studio(tmp_path, transcriber=FakeTranscriber([words]))
        reported = [step for step in practised(room) if isinstance(step, Reported)]
        found += [step.analysis.scripted for step in reported]
    assert found[:2] == [None, None]
    assert found[2] and found[2].share == 1.0


class LeftWhileNoting(TakeStore):
    """Somebody presses Ctrl-C just while it is noted how the recording ended."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.saved = 0

    def save(self, take: Take, analysis: Analysis | None = None) -> None:
        self.saved += 1
        if self.saved == 2:  # the first is the take that begins
            raise KeyboardInterrupt
        super().save(take, analysis)


def test_ctrl_c_while_the_ending_is_noted_does_not_lose_it(tmp_path: Path) -> None:
    room = replace(studio(tmp_path), store=LeftWhileNoting(tmp_path / "recordings"))
    with pytest.raises(KeyboardInterrupt):
        practised(room)
    (folder,) = room.store.folders()
    assert room.store.load(folder).ending is Ending.ENDED


def test_keys_look_at_the_report_and_then_lead_on(tmp_path: Path) -> None:
    words = tuple(Word(text, 0.1 * at, 0.1 * at + 0.1) for at, text in enumerate(["I", "won."]))
    keys = [Key.DETAILS, Key.PLAY, Key.COMPARE, Key.START_OVER, Key.COMPARE, Key.END]
    """The first comparison has nothing to compare with, so nothing is shown."""
    player = FakePlayer()
    room = studio(
        tmp_path,
        ear=FakeEar([SPOKEN, SPOKEN]),
        transcriber=FakeTranscriber([words, words]),
        player=player,
        keys=OnlyBetween([(0, key) for key in keys]),
    )
    told = story(list(session.practise([QUESTION], room)))
    answer = ["Asked", "RecordingEnded", "Reported", "Between"]
    looked = ["Details", "Between"]
    assert told == [*answer, *looked, *answer, "Compared", "Between"]
    assert [round(clip.duration, 1) for clip in player.played] == [3.0, 0.5, 3.0]


def test_a_key_cuts_the_question_short(tmp_path: Path) -> None:
    keys = FakeKeys([(NO_KEY, Key.END)])

    class Impatient(FakePlayer):
        def play(self, clip: Clip, *, cut: Callable[[], bool] | None = None) -> None:
            assert cut is not None and not cut()
            keys.ahead.append(Key.END)
            assert cut()

    room = studio(tmp_path, player=Impatient(), keys=keys)
    assert story(practised(room)) == ["Asked", "RecordingEnded", "Reported"]
    assert saved(room)[0].ending is Ending.ENDED


def test_a_report_waits_until_the_follow_up_is_answered(tmp_path: Path) -> None:
    room = studio(
        tmp_path,
        ear=FakeEar([SPOKEN, SPOKEN]),
        transcriber=FakeTranscriber([WORDS, WORDS]),
        follow_ups=True,
    )
    asks = replace(QUESTION, follow_ups=("And then?",))
    steps = list(session.practise([asks], room))
    held = [step.held for step in steps if isinstance(step, Reported)]
    shown = [step.report.take.question for step in steps if isinstance(step, Released)]
    assert held == [True, True]
    assert [one.text for one in shown if one] == ["Who are you?", "And then?"]


def test_a_sample_answer_is_pointed_out_after_the_first_answer_only(tmp_path: Path) -> None:
    held = []
    for _ in range(2):
        ear = FakeEar([[pcm(tone(seconds=1.0))] * 3 + [b""]])
        made = studio(tmp_path, ear=ear, transcriber=FakeTranscriber([WORDS]))
        made = replace(made, has_sample=lambda text: text == QUESTION.text)
        held.append(practised(made))
    assert [HasSample(QUESTION.text) in steps for steps in held] == [True, False]


class Closed(Screen):
    """A terminal whose window is closed while the answer is recorded."""

    def show(self, steps: Iterable[Scene]) -> None:
        for step in steps:
            if isinstance(step, Listening):
                raise SystemExit(129)


def test_a_recording_that_is_left_says_so_however_long_the_reason_is_kept(tmp_path: Path) -> None:
    """The exception holds all frames, and nothing of them is cleaned up while it lives."""
    still_speaking = [*[pcm(tone(seconds=0.01))] * 5000, b""]
    made = studio(tmp_path, ear=FakeEar([still_speaking]))
    screen = Closed(Console(quiet=True), plain=True, store=made.store)
    sitting = Sitting(Settings(tmp_path, plain=True), made, screen, gong=None)
    asked = session.practise([QUESTION], made)
    unfinished = Unfinished("2026-05-04T10:30:00+02:00", (Round(NOBODY, (QUESTION,)),))
    with pytest.raises(SystemExit) as kept:
        sitting.hold(asked, unfinished)
    (take,) = made.store.readable(made.store.folders())
    assert take.ending is Ending.LEFT
    assert kept.value.code == 129
