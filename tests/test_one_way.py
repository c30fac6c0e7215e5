"""A one-way interview: time to think, a hard end, no second try."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rehearse.commands.manner import Manner
from rehearse.errors import WrongUsage
from rehearse.model.take import Ending
from rehearse.options.parser import parser
from rehearse.ports import Key
from rehearse.session import session
from rehearse.session.one_way import FirstTryOnly, OneWay
from rehearse.session.phrases import Command
from rehearse.session.steps import Between, Listening, RecordingEnded, Reported, Step, Thinking
from rehearse.session.studio import Studio
from rehearse.session.wishes import by_key
from tests.fakes import FakeClock, FakeEar, FakeKeys, FakeTranscriber, pcm, tone
from tests.test_session import NO_KEY, QUESTION, WORDS, studio

LONG = [pcm(tone(seconds=1.0))] * 8 + [b""]


def room(folder: Path, *, keys: list[tuple[int, Key]], way: OneWay) -> Studio:
    made = studio(folder, ear=FakeEar([LONG]), transcriber=FakeTranscriber([WORDS]))
    assert isinstance(made.clock, FakeClock)
    pressed = FakeKeys(keys, clock=made.clock)
    return replace(made, keys=FirstTryOnly(pressed), one_way=way)


def held(made: Studio) -> list[Step]:
    return list(session.practise([QUESTION], made))


def test_there_is_time_to_think_before_the_microphone_opens(tmp_path: Path) -> None:
    steps = held(room(tmp_path, keys=[(NO_KEY, Key.END)], way=OneWay(prepare=3.0)))
    thought = [step.left for step in steps if isinstance(step, Thinking)]
    assert thought[0] == pytest.approx(3.0, abs=0.2)
    assert thought == sorted(thought, reverse=True)
    first_heard = next(n for n, step in enumerate(steps) if isinstance(step, Listening))
    assert all(n < first_heard for n, step in enumerate(steps) if isinstance(step, Thinking))


def test_the_answer_ends_by_itself(tmp_path: Path) -> None:
    steps = held(room(tmp_path, keys=[(NO_KEY, Key.END)], way=OneWay(answer=5.0)))
    recorded = next(step for step in steps if isinstance(step, RecordingEnded))
    assert recorded.outcome.ending is Ending.TIME_LIMIT
    assert recorded.outcome.why == "Your time is up."
    assert recorded.outcome.duration >= 5.0, "this ear is ahead of the clock by what it has"
    assert any(isinstance(step, Reported) for step in steps)


def test_no_key_gives_a_second_try(tmp_path: Path) -> None:
    keys = [(0, Key.START_OVER), (0, Key.PAUSE), (0, Key.END)]
    made = room(tmp_path, keys=keys, way=OneWay(answer=5.0))
    with made.keys.open():
        asked = by_key(None, made, left=1)
        assert next(asked) == Between(1, again=False)
        with pytest.raises(StopIteration) as wish:
            next(asked)
    assert wish.value.value is Command.NEXT


@pytest.mark.parametrize(("key", "recorded"), [(Key.LEAVE, 0), (Key.SKIP, 0), (Key.END, 1)])
def test_a_key_ends_the_time_to_think(tmp_path: Path, key: Key, recorded: int) -> None:
    keys = [(1, key), (NO_KEY, Key.END)]
    steps = held(room(tmp_path, keys=keys, way=OneWay(prepare=3.0)))
    assert len([step for step in steps if isinstance(step, RecordingEnded)]) == recorded


def test_the_times_come_from_the_options() -> None:
    args = parser().parse_args(["practice", "--prepare", "30", "--answer", "1:30"])
    assert Manner.of(args).one_way == OneWay(30.0, 90.0)
    args = parser().parse_args(["loop", "--answer", "2"])
    with pytest.raises(WrongUsage, match="5 seconds to 30 minutes"):
        Manner.of(args)
