from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import pytest

from rehearse.ports import Key
from rehearse.replay.playhead import Press
from rehearse.terminal.keyboard import REPLAY, SESSION, Keyboard
from rehearse.terminal.keyboard_windows import ConsoleKeys
from rehearse.terminal.keymap import KeyReader
from tests.pulse import until

ROOT = Path(__file__).parent.parent
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")


@dataclass(frozen=True)
class Terminal:
    master: int
    stream: TextIO

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    @property
    def modes(self) -> list[Any]:
        import termios

        return termios.tcgetattr(self.stream.fileno())

    @property
    def echoes(self) -> bool:
        import termios

        return bool(self.modes[3] & termios.ECHO)


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    master, slave = os.openpty()
    with os.fdopen(slave, encoding="utf-8") as stream:
        yield Terminal(master, stream)
    os.close(master)


@posix
def test_single_keys_of_a_terminal_need_no_enter_and_are_not_shown(terminal: Terminal) -> None:
    keys = Keyboard(SESSION, terminal.stream)
    with keys.open():
        terminal.type("x rSq\r")
        pressed = [keys.poll(1.0) for _ in range(5)]
        assert not terminal.echoes
    assert pressed == [Key.PAUSE, Key.START_OVER, Key.SKIP, Key.LEAVE, Key.END]


@posix
def test_what_was_typed_ahead_is_forgotten(terminal: Terminal) -> None:
    keys = Keyboard(SESSION, terminal.stream)
    with keys.open():
        terminal.type("\rq\x1b")
        keys.flush()
        assert keys.poll(0.05) is None
        terminal.type("s")
        assert keys.poll(1.0) is Key.SKIP


@posix
@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, ValueError])
def test_the_terminal_is_as_before_after_an_exception(
    terminal: Terminal, error: type[BaseException]
) -> None:
    before = terminal.modes
    with pytest.raises(error), Keyboard(SESSION, terminal.stream).open():
        assert terminal.modes != before
        raise error
    assert terminal.modes == before


@posix
@pytest.mark.parametrize(
    "sequence", ["\x1b[A", "\x1b[1;5q", "\x1bOs", "\x1b[3~", "\x1bq", "é", "日"]
)
def test_arrows_and_foreign_letters_are_no_keys(terminal: Terminal, sequence: str) -> None:
    keys = Keyboard(SESSION, terminal.stream)
    with keys.open():
        terminal.type(sequence + "r")
        assert keys.poll(1.0) is Key.START_OVER
        assert keys.poll(0.0) is None


@posix
def test_a_lone_escape_does_not_swallow_the_next_key(terminal: Terminal) -> None:
    keys = Keyboard(SESSION, terminal.stream)
    with keys.open():
        terminal.type("\x1b")
        assert keys.poll(0.2) is None
        terminal.type("q")
        assert keys.poll(1.0) is Key.LEAVE


@posix
def test_ctrl_d_and_a_closed_terminal_leave(terminal: Terminal) -> None:
    master, slave = os.openpty()
    with os.fdopen(slave, encoding="utf-8") as stream:
        keys = Keyboard(SESSION, stream)
        with keys.open():
            os.write(master, b"\x04")
            assert keys.poll(1.0) is Key.LEAVE
            os.close(master)
            assert keys.poll(1.0) is Key.LEAVE


@posix
def test_ctrl_c_interrupts_and_the_terminal_is_as_before(terminal: Terminal) -> None:
    program = (
        "from rehearse.terminal.keyboard import SESSION, Keyboard\n"
        "keys = Keyboard(SESSION)\n"
        "with keys.open():\n"
        "    print('ready', flush=True)\n"
        "    keys.poll(20)\n"
    )
    before = terminal.modes
    with _on(terminal, program) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        terminal.type("\x03")
        _, told = child.communicate(timeout=10)
    assert b"KeyboardInterrupt" in told
    assert terminal.modes == before


@posix
def test_single_keys_go_on_after_ctrl_z(terminal: Terminal) -> None:
    """The shell resets the terminal meanwhile."""
    import termios

    keys = Keyboard(SESSION, terminal.stream)
    before = terminal.modes
    with keys.open():
        termios.tcsetattr(terminal.stream.fileno(), termios.TCSANOW, before)
        os.kill(os.getpid(), signal.SIGCONT)
        until(lambda: not terminal.echoes)
        terminal.type("s")
        assert keys.poll(1.0) is Key.SKIP
    assert terminal.modes == before


@posix
def test_a_pipe_keeps_what_it_holds_and_leaves_at_its_end() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"s\r\n rest")
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as stream:
        keys = Keyboard(SESSION, stream)
        keys.flush()
        with keys.open():
            assert [keys.poll(1.0) for _ in range(3)] == [Key.SKIP, Key.END, Key.PAUSE]
        assert os.read(reading, 10) == b"rest"
        assert keys.poll(1.0) is Key.LEAVE


@posix
def test_a_stream_that_is_no_file_leaves() -> None:
    import io

    keys = Keyboard(SESSION, io.StringIO("s"))
    with keys.open():
        keys.flush()
        assert keys.poll(1.0) is Key.LEAVE


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("\r\n\r\n", [Key.END, Key.END]),
        ("\n\n", [Key.END, Key.END]),
        ("\x1b\x1b[Bq", [Key.LEAVE]),
        ("QRS", [Key.LEAVE, Key.START_OVER, Key.SKIP]),
        ("abx\t", []),
    ],
)
def test_characters_become_keys(typed: str, keys: list[Key]) -> None:
    reader = KeyReader(SESSION)
    assert [key for character in typed if (key := reader.feed(character))] == keys


ARROWS = "\x1b[C\x1bOD\x1b[1;5C\x1b[A\x1b\x1b[D"
"""Right; left as in application mode; Ctrl and right; up; left behind a lone escape."""


def test_a_replay_knows_the_arrows_and_its_letters() -> None:
    reader = KeyReader(REPLAY)
    typed = f"{ARROWS} N[]lxq"
    pressed = [key for character in typed if (key := reader.feed(character))]
    assert pressed == [
        Press.ON, Press.BACK, Press.BACK, Press.PAUSE, Press.NEXT, Press.SLOWER, Press.FASTER,
        Press.LOOP, Press.LEAVE,
    ]  # fmt: skip


def test_the_windows_console_tells_a_replay_of_arrows() -> None:
    keys = ConsoleKeys(REPLAY, Console("\xe0K\x00M\xe0H;q"))
    assert [keys.poll(0.02) for _ in range(3)] == [Press.BACK, Press.ON, Press.LEAVE]


class Console:
    """msvcrt with these characters typed."""

    def __init__(self, typed: str) -> None:
        self.typed = list(typed)

    def kbhit(self) -> bool:
        return bool(self.typed)

    def getwch(self) -> str:
        return self.typed.pop(0)


def test_the_windows_console_knows_the_same_keys_and_skips_arrows() -> None:
    keys = ConsoleKeys(SESSION, Console("\xe0Hx\x00;r\r"))
    with keys.open():
        pressed = [keys.poll(0.02) for _ in range(3)]
    assert pressed == [Key.START_OVER, Key.END, None]


def test_the_windows_console_forgets_what_was_typed_ahead() -> None:
    keys = ConsoleKeys(SESSION, Console("\r\xe0Hq"))
    keys.flush()
    assert keys.poll(0.0) is None


def test_ctrl_c_on_the_windows_console_interrupts() -> None:
    with pytest.raises(KeyboardInterrupt):
        ConsoleKeys(SESSION, Console("\x03")).poll(0.1)


def _on(terminal: Terminal, program: str) -> subprocess.Popen[bytes]:
    """A Python program whose controlling terminal is this one."""
    import fcntl
    import termios

    def take_the_terminal() -> None:
        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    return subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        stdin=terminal.stream,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=take_the_terminal,
    )
