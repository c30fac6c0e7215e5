from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from rehearse.ports import Key, Keys
from rehearse.terminal.keyboard import SESSION, Keyboard
from rehearse.terminal.keyboard_windows import PipeKeys
from rehearse.web.keys import BrowserKeys
from rehearse.web.line import Line
from tests.fakes import FakeKeys

TYPED = [Key.PAUSE, Key.START_OVER, Key.SKIP, Key.END, Key.LEAVE]


class Buttons(BrowserKeys):
    """Of a page on which somebody presses them when they are there."""

    @contextmanager
    def open(self) -> Iterator[None]:
        with super().open():
            for key in TYPED:
                self.press(key)
            yield


@pytest.fixture(params=["fake", "pipe", "pipe with a thread", "browser"])
def keys(request: pytest.FixtureRequest) -> Iterator[Keys]:
    """Keyboards on which ` rs`, Enter and `q` will be typed."""
    if request.param == "fake":
        yield FakeKeys([(0, key) for key in TYPED])
        return
    if request.param == "browser":
        yield Buttons(Line())
        return
    if request.param == "pipe" and sys.platform == "win32":
        pytest.skip("select() waits for no pipe on Windows; the next one stands for it there")
    reading, writing = os.pipe()
    os.write(writing, b" rs\nq")
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as stream:
        yield Keyboard(SESSION, stream) if request.param == "pipe" else PipeKeys(SESSION, stream)


def test_keys_come_in_the_order_they_were_typed(keys: Keys) -> None:
    with keys.open():
        assert [keys.poll(1.0) for _ in TYPED] == TYPED


@pytest.mark.parametrize("kind", ["fake", "pipe", "pipe with a thread"])
def test_without_a_key_polling_ends_with_the_timeout(kind: str) -> None:
    if kind == "pipe" and sys.platform == "win32":
        pytest.skip("select() waits for no pipe on Windows; the next one stands for it there")
    reading, writing = os.pipe()
    with os.fdopen(reading, encoding="utf-8") as stream:
        keyboards: dict[str, Keys] = {
            "fake": FakeKeys([(2, Key.END)]),
            "pipe": Keyboard(SESSION, stream),
            "pipe with a thread": PipeKeys(SESSION, stream),
        }
        keys = keyboards[kind]
        with keys.open():
            begin = time.monotonic()
            assert keys.poll(0.05) is None
            assert keys.poll(0.0) is None
            assert time.monotonic() - begin < 1.0
            os.write(writing, b"\n")
            os.close(writing)
            assert keys.poll(1.0) is Key.END


def test_buttons_are_waited_for_and_the_one_that_leaves_stays_pressed() -> None:
    keys = BrowserKeys(Line())
    with keys.open():
        assert keys.poll(0.05) is None
        keys.press(Key.END)
        keys.flush()
        assert keys.poll(0.0) is None
        keys.press(Key.LEAVE)
        keys.flush()
        assert [keys.poll(1.0) for _ in range(2)] == [Key.LEAVE, Key.LEAVE]
