from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from rehearse.audio.microphone import Microphone
from rehearse.errors import EarFailed
from rehearse.ports import Ear, Hearing
from tests.fakes import FakeEar, pcm, tone
from tests.page import refusing_page, speaking_page

BLOCK = pcm(tone(seconds=0.1))


@pytest.fixture(params=["fake", "real", "browser"])
def ear(request: pytest.FixtureRequest) -> Iterator[Ear]:
    if request.param == "fake":
        yield FakeEar([[None, *[BLOCK] * 10]] * 3, late=[BLOCK, BLOCK])
    elif request.param == "browser":
        with speaking_page(BLOCK) as ear:
            yield ear
    else:
        request.getfixturevalue("sound")
        yield Microphone()


def heard(hearing: Hearing, blocks: int) -> list[bytes]:
    found: list[bytes] = []
    until = time.monotonic() + 5.0
    while len(found) < blocks:
        assert time.monotonic() < until
        if block := hearing.read(0.2):
            found.append(block)
    return found


def test_it_hears_blocks_of_whole_samples(ear: Ear) -> None:
    with ear.open() as hearing:
        assert all(len(block) % 2 == 0 for block in heard(hearing, 3))


def test_a_reading_is_never_longer_than_its_timeout(ear: Ear) -> None:
    with ear.open() as hearing:
        begin = time.monotonic()
        hearing.read(0.0)
        assert time.monotonic() - begin < 0.05


def test_what_was_queued_is_still_read_after_the_end(ear: Ear) -> None:
    with ear.open() as hearing:
        heard(hearing, 1)
        time.sleep(0.35)  # sound takes its time: three more blocks are queued meanwhile
    rest = []
    while block := hearing.read(0.2):
        rest.append(block)
    assert block == b""
    assert rest
    assert hearing.read(0.2) == b""


def test_it_can_be_opened_again_and_closes_soon(ear: Ear) -> None:
    for _ in range(2):
        with ear.open() as hearing:
            heard(hearing, 1)
            end = time.monotonic()
        assert time.monotonic() - end < 2.0


@pytest.mark.parametrize("kind", ["fake", "real", "browser"])
def test_an_ear_that_is_not_there_raises(kind: str, request: pytest.FixtureRequest) -> None:
    ear: Ear = FakeEar([], fails=EarFailed("no microphone"))
    if kind == "real":
        request.getfixturevalue("sound")
        ear = Microphone("no such microphone")
    if kind == "browser":
        ear = refusing_page()
    with pytest.raises(EarFailed), ear.open():
        pass
