"""Practice in a browser without one: a page by script, real sockets, real takes."""

from __future__ import annotations

import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest
from wsproto.events import BytesMessage, TextMessage

from rehearse.errors import NothingToAsk, WrongUsage
from rehearse.model.take import Ending
from rehearse.web import connection, line, server
from rehearse.web.ear import BrowserClock, BrowserEar
from rehearse.web.guard import LARGEST_BODY, LARGEST_NOTES, Way
from rehearse.web.line import Line
from rehearse.web.messages import HEAD, LONGEST_TEXT, Begin, Block
from rehearse.web.pages import pages
from rehearse.web.program import Devices, Held, Say
from rehearse.web.socket import LARGEST_FRAME, NOT_OURS, TAKEN_OVER
from tests.fakes import pcm
from tests.page import PATIENCE, Page, Reached, Served, served, soon
from tests.spoken import needs_miniature
from tests.web import ScriptedProgram, answering, hears

RATE = 16_000
SAMPLES = np.arange(3 * RATE, dtype=np.int16) | 1
"""Each sample is one of its kind, and none is silent."""
SPOKEN = SAMPLES[:8000].tobytes()
"""Half a second, which is enough speech for words."""
BLOCKS = [SAMPLES[start : start + 1600].tobytes() for start in range(0, len(SAMPLES), 1600)]


@pytest.fixture
def program(tmp_path: Path) -> ScriptedProgram:
    return ScriptedProgram(tmp_path)


@pytest.fixture
def at(program: ScriptedProgram) -> Iterator[Served]:
    with served(program) as running:
        yield running


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One for all who are refused: none of them leaves a trace."""
    with served(ScriptedProgram(tmp_path_factory.mktemp("door"))) as running:
        yield running
    assert not running.holder.is_busy


def begun(at: Reached, page: str = "0" * 16) -> tuple[Page, int]:
    """A page that is asked for the sound of its first answer."""
    joined = Page().join(at, page)
    joined.at("ready").say(kind="begin", what="due")
    return joined, answering(joined)


def kept(program: ScriptedProgram) -> bytes:
    (folder,) = program.store.folders()
    return (folder / "answer.wav").read_bytes()[44:]


# ---- Who is let in ----

REFUSED = [
    (421, "GET", "", {"Host": "evil.example"}),
    (421, "GET", "", {"Host": "localhost:{port}"}),
    (421, "GET", "", {"Host": "127.0.0.1"}),
    (421, "GET", "", {"Host": "127.0.0.1:{port}.evil.example"}),
    (404, "GET", "/", {}),
    (404, "GET", "/{token}x/", {}),
    (404, "GET", "/{short}/", {}),
    (404, "GET", "/open/", {}),
    (404, "GET", "/open/{token}", {}),
    (404, "GET", "//{token}/", {}),
    (404, "HEAD", "/open/{once}", {}),
    (403, "POST", "/open/{once}", {}),
    (403, "GET", "", {"Origin": "http://evil.example"}),
    (403, "GET", "", {"Origin": "null"}),
    (403, "POST", "", {}),
    (403, "POST", "", {"Origin": "null"}),
    (403, "POST", "", {"Origin": "https://127.0.0.1:{port}"}),
    (403, "DELETE", "", {}),
    (405, "DELETE", "", {"Origin": "http://127.0.0.1:{port}"}),
    (411, "POST", "", {"Origin": "http://127.0.0.1:{port}"}),
    (413, "POST", "", {"Origin": "http://127.0.0.1:{port}", "Content-Length": str(10**6)}),
    (404, "GET", "file/..%2F..%2Fguard.py", {}),
    (404, "GET", "file/practice.html", {}),
    (404, "GET", "file/%2Fetc%2Fpasswd.js", {}),
    (404, "GET", "report/..", {}),
    (404, "GET", "report/..%2F..%2Fconfig.toml", {}),
    (404, "GET", "clip/7", {}),
    (404, "GET", "session", {}),
]  # fmt: skip


OF_PRACTICE = ["", "file/{name}", "clip/{number:int}", "sample", "session", "take/{take}",
               "report/{take}", "sound/{take}", "progress/page"]  # fmt: skip
"""Shown as well, and in the table above."""
SHOWN = ["takes", "compare", "progress", "plan", "questions", "import", "stories", "story",
         "settings", "privacy"]  # fmt: skip
CHANGED = ["take/x", "star/x", "delete/x", "back/x", "forget/x", "remark/x", "unremark/x", "plan",
           "questions/add", "questions/drop", "import", "import/keep", "story", "story/delete",
           "settings", "privacy/delete"]  # fmt: skip
"""All that shows something, and all that changes something."""


@pytest.mark.parametrize("path", CHANGED)
def test_a_form_of_another_site_or_of_somebody_else_changes_nothing(
    door: Served, path: str
) -> None:
    ours, small = {"Origin": door.way.origin}, {"Content-Length": "0"}
    large = {"Content-Length": str(LARGEST_NOTES + 1 if path == "import" else LARGEST_BODY + 1)}
    for status, name, headers in (
        (403, path, small),
        (403, path, small | {"Origin": "http://evil.example"}),
        (403, path, small | {"Origin": "null"}),
        (421, path, small | ours | {"Host": "evil.example"}),
        (404, f"/{path}", small | ours),
        (404, f"/{door.way.token[:-1]}/{path}", small | ours),
        (411, path, ours),
        (413, path, ours | large),
    ):
        assert door.ask("POST", name, headers).status == status


@pytest.mark.parametrize("path", SHOWN)
def test_a_page_is_shown_to_nobody_else(door: Served, path: str) -> None:
    for status, name, headers in (
        (403, path, {"Origin": "http://evil.example"}),
        (421, path, {"Host": "evil.example"}),
        (404, f"/{path}", {}),
        (404, f"/{door.way.token[:-1]}/{path}", {}),
    ):
        assert door.ask("GET", name, headers).status == status


def test_every_page_and_form_is_in_the_tables(door: Served) -> None:
    app = pages(door.holder)
    for method, table in (("GET", SHOWN), ("POST", CHANGED)):
        there = {route.path[1:] for route in app.routes if method in getattr(route, "methods", ())}  # type: ignore[attr-defined]
        known = {name.replace("/x", "/{take}") for name in table}
        rest = set(OF_PRACTICE) if method == "GET" else set()
        assert there - rest == known


@pytest.mark.parametrize(("status", "method", "path", "headers"), REFUSED)
def test_what_is_refused(
    door: Served, status: int, method: str, path: str, headers: dict[str, str]
) -> None:
    names = {
        "port": str(door.way.port),
        "token": door.way.token,
        "short": door.way.token[:-1],
        "once": door.way.opening.rpartition("/")[2],
    }
    sent = {name: value.format(**names) for name, value in headers.items()}
    answer = door.ask(method, path.format(**names), sent)
    assert answer.status == status
    assert answer.headers["content-security-policy"]
    assert door.way.token not in answer.read().decode()


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (403, {"Origin": "http://evil.example"}),
        (403, {"Origin": "null"}),
        (403, {"Origin": "http://localhost:{port}"}),
        (421, {"Host": "evil.example:{port}"}),
    ],
)
def test_a_socket_of_another_site_is_refused(
    door: Served, status: int, headers: dict[str, str]
) -> None:
    sent = {name: value.format(port=door.way.port) for name, value in headers.items()}
    page = Page().join(door, **sent).until(lambda one: one.refused or one.latest)
    assert page.refused == status
    assert page.latest == {}


NO_MESSAGES = [
    "",
    "{",
    "[]",
    "null",
    '"begin"',
    "{}",
    '{"kind":"delete"}',
    '{"kind":"press"}',
    '{"kind":"press","key":"quit"}',
    '{"kind":"begin"}',
    '{"kind":"begin","what":3}',
    '{"kind":"begin","what":"due","home":true}',
    '{"kind":"begin","what":"due","captions":"yes"}',
    '{"kind":"played","clip":"1"}',
    "[" * 4000,
    '{"kind":"press","key":"end","more":"' + "x" * LONGEST_TEXT + '"}',
    "x" * (LARGEST_FRAME + 1),
]


@pytest.mark.parametrize("text", NO_MESSAGES, ids=lambda text: text[:40])
def test_a_message_that_is_none_closes_the_socket(
    door: Served, program: ScriptedProgram, text: str
) -> None:
    page = Page().join(door).at("ready")
    page.send(TextMessage(text))
    page.until(lambda one: one.closed is not None)
    assert program.asked == []
    assert Page().join(door, "1" * 16).at("ready")


NO_SOUND = {
    "empty": b"",
    "bare": b"x" * HEAD.size,
    "half a sample": HEAD.pack(1, 0, 16_000, 1, 0) + b"odd",
    "three channels": HEAD.pack(1, 0, 16_000, 3, 0) + b"123456",
    "slow": HEAD.pack(1, 0, 7_999, 1, 0) + b"12",
    "fast": HEAD.pack(1, 0, 1 << 31, 1, 0) + b"12",
    "out of order": HEAD.pack(1, 5, 16_000, 1, 0) + b"12",
    "large": HEAD.pack(1, 0, 16_000, 1, 0) + bytes(LARGEST_FRAME),
}


def test_a_frame_that_is_no_sound_closes_the_socket(at: Served) -> None:
    page, ear = begun(at)
    assert ear == 1
    for name, frame in NO_SOUND.items():
        page.send(BytesMessage(frame))
        page.until(lambda one: one.closed is not None)
        assert page.closed in (NOT_OURS, 1009), name
        page = Page().join(at).at("asking")


def test_a_page_without_a_name_is_refused(door: Served) -> None:
    page = Page().join(door, "../../etc").until(lambda one: one.closed)
    assert page.closed == NOT_OURS


def test_the_way_in_leads_in_once(door: Served) -> None:
    opening = door.way.opening.removeprefix(door.way.origin)
    first, second = door.ask("GET", opening), door.ask("GET", opening)
    assert (first.status, first.headers["location"]) == (303, door.way.address)
    assert second.status == 404


def test_every_page_may_load_what_is_ours_and_nothing_else(door: Served) -> None:
    answer = door.ask("GET", "")
    assert answer.status == 200
    policy = dict(
        rule.strip().split(" ", 1) for rule in answer.headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["connect-src"] == f"'self' ws://127.0.0.1:{door.way.port}"
    assert policy["frame-ancestors"] == "'none'"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["server"] is None
    text = answer.read().decode()
    assert "<script>" not in text and "style=" not in text


def test_a_body_that_is_announced_too_large_is_not_read(door: Served) -> None:
    headers = {"Origin": door.way.origin, "Content-Length": str(LARGEST_BODY + 1)}
    assert door.ask("POST", "", headers, b"").status == 413


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"POST / HTTP/1.1\r\nHost: x\r\n"])
def test_a_connection_that_never_asks_is_closed(
    at: Served, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr(connection, "REQUEST_TIME", 0.2)
    with socket.create_connection(("127.0.0.1", at.way.port), 5.0) as idle:
        idle.sendall(sent)
        with suppress(ConnectionResetError):
            assert idle.recv(100) == b""


def test_a_form_that_never_ends_is_given_up(at: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "REQUEST_TIME", 0.2)
    head = f"POST {at.inside('plan')} HTTP/1.1\r\nHost: {at.way.host}\r\nOrigin: {at.way.origin}"
    with socket.create_connection(("127.0.0.1", at.way.port), 5.0) as slow:
        slow.sendall(f"{head}\r\nContent-Length: 100\r\n\r\ninterview=".encode())
        with suppress(ConnectionResetError):
            assert slow.recv(100) == b""


def test_a_page_that_is_there_is_never_given_up(
    at: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "REQUEST_TIME", 0.05)
    page = Page().join(at).at("ready")
    time.sleep(0.2)
    page.say(kind="begin", what="due")
    page.at("asking")


# ---- A whole practice ----


def test_a_practice_from_the_first_question_to_its_end(
    at: Served, program: ScriptedProgram
) -> None:
    page, ear = begun(at)
    assert page.latest["shown"]["text"] == "Who are you?"
    for number, block in enumerate(BLOCKS):
        page.sound(ear, number, block)
    page.at("answering").spoken(2.9)
    page.press("end")
    page.at("between")
    assert page.latest["report"]["headline"]
    page.press("end")
    ear = answering(page)
    page.sound(ear, 0, BLOCKS[0])
    page.at("answering").press("skip")
    over = page.at("over").latest["stage"]
    assert (over["text"], over["answers"]) == ("", 1)
    first, second = program.recorded()
    assert (first.ending, second.ending) == (Ending.ENDED, Ending.SKIPPED)
    assert [word.text for word in first.transcript.words] == ["Well", "done"]  # type: ignore[union-attr]


def test_pause_start_over_again_and_stop(at: Served, program: ScriptedProgram) -> None:
    page, ear = begun(at)
    page.sound(ear, 0, BLOCKS[0])
    page.at("answering").press("pause")
    page.until(lambda one: one.latest["moment"]["paused"])
    page.sound(ear, 1, BLOCKS[1])
    page.press("pause")
    page.until(lambda one: not one.latest["moment"]["paused"])
    page.press("start_over")
    again = page.listening(after=ear)
    page.sound(again, 0, SPOKEN)
    page.until(lambda one: one.latest["kept"]["ear"] == again)
    page.press("end")
    page.at("between").press("start_over")
    third = answering(page)
    page.sound(third, 0, BLOCKS[3])
    page.at("answering").press("leave")
    page.at("over")
    endings = [take.ending for take in program.recorded()]
    assert endings == [Ending.STARTED_OVER, Ending.ENDED, Ending.LEFT]


def test_stop_while_the_question_is_read_ends_the_session(
    at: Served, program: ScriptedProgram
) -> None:
    page = Page().join(at)
    page.at("ready").say(kind="begin", what="due")
    page.at("asking").press("leave")
    assert page.at("over").latest["stage"]["text"] == ""
    assert program.recorded() == []


def test_a_download_can_be_stopped(at: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def begin(wish: Begin, devices: Devices, say: Say) -> Held:
        while True:
            say("Getting the model: 74 MB of 148 MB.", 0.5)
            time.sleep(0.01)

    monkeypatch.setattr(at.holder.program, "begin", begin)
    page = Page().join(at)
    page.at("ready").say(kind="begin", what="due")
    assert page.at("preparing").until(lambda one: one.latest["stage"]["share"] == 0.5)
    page.press("leave")
    assert page.at("over").latest["stage"]["text"] == ""


def test_what_cannot_begin_is_said_and_can_be_tried_again(
    at: Served, program: ScriptedProgram
) -> None:
    program.fails = NothingToAsk("There is nothing to ask.")
    page = Page().join(at)
    page.at("ready").say(kind="begin", what="due")
    assert page.at("over").latest["stage"]["text"].startswith("There is nothing to ask.")
    program.fails = None
    soon(lambda: not at.holder.is_busy)
    page.say(kind="clear")
    page.at("ready").say(kind="begin", what="due")
    page.at("asking")


def test_an_interview_with_a_break_between_two_people(at: Served, program: ScriptedProgram) -> None:
    page = Page().join(at)
    page.at("ready").say(kind="begin", what="interview")
    for person in ("Dana Reyes", "Sam Ode"):
        hears(page, "meeting")
        ear = answering(page)
        assert page.latest["shown"]["seat"] == person
        page.sound(ear, 0, SPOKEN)
        page.at("answering").press("end")
        if person == "Dana Reyes":
            page.at("break").press("end")
    page.at("between").press("end")
    page.at("over")
    assert [take.interviewer for take in program.recorded()] == ["Dana Reyes", "Sam Ode"]


# ---- What goes wrong ----


def test_no_sample_is_lost_with_the_socket(
    at: Served, program: ScriptedProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three times; what was not acknowledged is sent again, and repeats are passed over."""
    monkeypatch.setattr(line, "GONE", PATIENCE)
    page, ear = begun(at)
    sent = 0
    for part in (8, 16, 24, 30):
        for number in range(sent, part):
            page.sound(ear, number, BLOCKS[number])
        page.until(lambda one: one.latest["kept"]["ear"] == ear)
        page.drop()
        page = Page().join(at).until(lambda one: "kept" in one.latest)
        sent = page.latest["kept"]["block"] + 1 if part < 30 else part - 3
    for number in range(sent, 30):
        page.sound(ear, number, BLOCKS[number])
    page.press("end")
    page.at("between")
    assert kept(program) == SAMPLES.tobytes()
    assert page.latest["notices"]["texts"] == []


def test_sound_at_another_rate_keeps_its_length(at: Served, program: ScriptedProgram) -> None:
    """And so it does where the microphone is switched in the middle."""
    page, ear = begun(at)
    number = 0
    for rate, channels in ((48_000, 1), (44_100, 2)):
        tone = np.sin(np.arange(rate) * 2 * np.pi * 440 / rate).astype(np.float32) * 0.5
        stereo = np.repeat(tone, channels)
        for part in np.split(stereo, 10):
            page.sound(ear, number, pcm(part), rate, channels)
            number += 1
    page.at("answering").spoken(1.9)
    page.press("end")
    page.at("between")
    assert len(kept(program)) / 2 == pytest.approx(2 * RATE, abs=2)


def test_a_tab_that_is_closed_ends_the_answer_and_its_report_is_found_again(
    at: Served, program: ScriptedProgram
) -> None:
    page, ear = begun(at)
    for number in range(10):
        page.sound(ear, number, BLOCKS[number])
    page.until(lambda one: one.latest["kept"]["block"] == 9)
    page.drop()
    soon(lambda: program.recorded()[0].ending)
    opened = Page().join(at, "1" * 16).at("between")
    assert opened.latest["report"]["headline"]
    (notice,) = opened.latest["notices"]["texts"]
    assert "page was closed" in notice and "cable" not in notice
    (take,) = program.recorded()
    assert take.ending is Ending.DEVICE_LOST
    assert kept(program) == SAMPLES[:RATE].tobytes()


def test_a_page_that_is_loaded_again_goes_on_with_the_answer(
    at: Served, program: ScriptedProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "GONE", PATIENCE)
    page, ear = begun(at)
    for number in range(10):
        page.sound(ear, number, BLOCKS[number])
    page.until(lambda one: one.latest["kept"]["block"] == 9)
    page.drop()
    again = Page().join(at, "1" * 16).at("answering")
    assert again.latest["shown"]["text"] == "Who are you?"
    assert again.listening() == ear
    for number in range(10):
        again.sound(ear, number, BLOCKS[10 + number])
    again.spoken(1.9)
    again.press("end")
    again.at("between")
    assert kept(program) == SAMPLES[: 2 * RATE].tobytes()


def test_the_clock_stands_still_while_a_page_is_loaded_again() -> None:
    """Or what nobody could hear would be put down to a computer that was too busy."""
    line = Line()
    ear = BrowserEar(line)
    clock = BrowserClock(ear)
    line.join("a page", lambda: ear.hear("a page", Block(1, 0, RATE, 1, BLOCKS[0])))
    with ear.open() as hearing:
        hearing.read(1.0)
        before, real = clock.monotonic(), time.monotonic()
        time.sleep(0.3)
        ear.hear("the same, loaded again", Block(1, 0, RATE, 1, BLOCKS[0]))
        assert time.monotonic() - real >= 0.3
        assert clock.monotonic() - before == pytest.approx(0.0, abs=0.1)
    assert clock.monotonic() - before < time.monotonic() - real - 0.2


def test_a_second_tab_takes_over_and_the_first_is_told(
    at: Served, program: ScriptedProgram
) -> None:
    first, ear = begun(at)
    first.sound(ear, 0, BLOCKS[0])
    first.at("answering").until(lambda one: one.latest["kept"])
    second = Page().join(at, "1" * 16).at("answering")
    first.until(lambda one: one.closed == TAKEN_OVER)
    second.sound(ear, 0, SAMPLES[1600:9600].tobytes())
    second.spoken(0.2)
    second.press("end")
    second.at("between")
    assert kept(program) == SAMPLES[:9600].tobytes()


@pytest.mark.parametrize("why", ["refused", "missing", "busy"])
def test_without_a_microphone_nothing_is_recorded_and_the_page_says_why(
    at: Served, program: ScriptedProgram, why: str
) -> None:
    page, _ = begun(at)
    page.say(kind="deaf", why=why)
    said = page.at("over").latest["stage"]["text"]
    assert "microphone" in said and "--microphone" not in said
    assert program.recorded() == []


def test_a_microphone_that_is_unplugged_ends_the_answer_in_order(
    at: Served, program: ScriptedProgram
) -> None:
    page, ear = begun(at)
    for number in range(10):
        page.sound(ear, number, BLOCKS[number])
    page.at("answering").say(kind="deaf", why="ended")
    page.at("between")
    assert "unplugged" in page.latest["notices"]["texts"][0]
    assert kept(program) == SAMPLES[:RATE].tobytes()


def test_the_end_of_the_program_keeps_what_was_said(at: Served, program: ScriptedProgram) -> None:
    page, ear = begun(at)
    for number in range(10):
        page.sound(ear, number, BLOCKS[number])
    page.until(lambda one: one.latest["kept"]["block"] == 9)
    at.holder.close()
    (take,) = program.recorded()
    assert take.ending is Ending.LEFT
    assert kept(program) == SAMPLES[:RATE].tobytes()


def test_a_page_that_sends_without_end_is_not_kept_in_memory(at: Served) -> None:
    """A page that sends faster than anything is recorded, such as one that is not ours."""
    page, ear = begun(at)
    with at.holder.line.changed:  # the session takes nothing meanwhile
        for number in range(3):
            page.sound(ear, number, BLOCKS[0])
    block = bytes(60_000)
    hearing = at.holder.ear._hearing
    assert hearing is not None
    from rehearse.web.ear import MOST_WAITING
    from rehearse.web.messages import Block, Malformed

    with at.holder.line.changed, pytest.raises(Malformed):
        for number in range(hearing._next, MOST_WAITING // len(block) + 100):
            hearing.hear("0" * 16, Block(ear, number, RATE, 1, block))


def test_the_head_of_a_block_has_sixteen_bytes() -> None:
    """As `line.js` writes it."""
    assert HEAD.size == struct.calcsize("<IIIHH") == 16


# ---- The program itself ----


def started(home: Path) -> tuple[subprocess.Popen[str], Reached]:
    """The real command, with the miniature model."""
    command = [sys.executable, "-m", "rehearse", "web", "--no-open", "--model", "miniature"]
    process = subprocess.Popen([*command, "--home", str(home)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    address = urlsplit(process.stdout.readline().strip())
    assert address.port is not None
    return process, Reached(Way(address.port, address.path.strip("/")))


@needs_miniature
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize(("name", "code"), [("SIGKILL", -9), ("SIGINT", 130), ("SIGHUP", 129)])
def test_what_was_acknowledged_outlives_the_program(tmp_path: Path, name: str, code: int) -> None:
    process, at = started(tmp_path)
    try:
        page, ear = begun(at)
        for block in range(20):
            page.sound(ear, block, BLOCKS[block])
        page.until(lambda one: one.latest["kept"]["block"] == 19)
    finally:
        process.send_signal(getattr(signal, name))
        ended = process.wait(timeout=PATIENCE)
    assert ended == code
    (sound,) = tmp_path.glob("recordings/*/answer.wav")
    assert sound.read_bytes()[44:] == SAMPLES[: 2 * RATE].tobytes()
    page.until(lambda one: one.closed is not None or one.refused is not None)
    if name != "SIGKILL":
        (take,) = ScriptedProgram(tmp_path).recorded()
        assert take.ending is Ending.LEFT


def test_the_port_that_is_asked_for_may_be_taken(at: Served, tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match=f"Port {at.way.port} is taken"):
        server.serve(lambda: ScriptedProgram(tmp_path), at.way.port, lambda *_: None)
