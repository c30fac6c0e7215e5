"""Practice in the real Chromium, whose microphone says a sentence again and again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from rehearse.commands.web import Rehearse
from rehearse.config import Settings
from rehearse.model.take import Ending, Take
from rehearse.takes.store import TakeStore
from rehearse.text import bare
from tests.browser import Browser, browser, chromium, speaking
from tests.page import Served, served
from tests.spoken import BRIEF, Spoken, needs_miniature
from tests.test_page import AXE
from tests.web import ScriptedProgram

pytestmark = [
    needs_miniature,
    pytest.mark.skipif(chromium() is None, reason="Chromium is not there: 'make test' installs it"),
]
SECONDS = 3
"""Of each answer."""
MAIN = "document.querySelector('#actions .main')"
FRAME = "document.getElementById('report')"


def button(name: str) -> str:
    return (
        f"[...document.querySelectorAll('#actions button')].find((b) => b.innerText === '{name}')"
    )


def shows(text: str) -> str:
    return f"document.body.innerText.includes({json.dumps(text)})"


@dataclass(frozen=True)
class Practice:
    tab: Browser
    at: Served
    home: Path

    def opened(self) -> Browser:
        """The first page, with the microphone checked."""
        self.tab.look()
        self.tab.open(f"{self.at.way.address}?new")
        self.tab.wait(
            "!document.getElementById('check-mic').hidden || "
            "!document.getElementById('begin').disabled"
        )
        if not self.tab.run("document.getElementById('check-mic').hidden"):
            self.tab.click("document.getElementById('check-mic')")
        self.tab.wait(shows("I can hear you."))
        return self.tab

    def asked(self) -> None:
        """A question is read aloud; it is answered before that is over."""
        self.tab.wait(button("Answer now"))
        self.tab.click(MAIN)
        self.tab.wait(button("Done"))

    def takes(self) -> list[Take]:
        store = TakeStore(self.home / "recordings")
        return [store.load(folder) for folder in store.folders()]


@pytest.fixture(scope="module")
def practice(brief: Spoken, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    home = tmp_path_factory.mktemp("home")
    program = Rehearse(Settings(home=home, plain=True, model="miniature"))
    with (
        served(program) as at,
        browser(tmp_path_factory.mktemp("profile"), *speaking(brief.wav)) as tab,
    ):
        yield Practice(tab, at, home)


@dataclass(frozen=True)
class Held:
    """What was seen in a session of three questions."""

    headlines: list[str]
    seen: list[str]
    """Violations that axe-core found on the way, with the state that they were found in."""
    focused: list[str]
    """What had the focus when each phase began."""
    requests: list[str]
    problems: list[str]
    session: str


@pytest.fixture(scope="module")
def held(practice: Practice) -> Held:
    tab = practice.opened()
    judge = _judge(tab)
    seen, focused, headlines = judge("first page"), [], []
    focus = "document.activeElement.innerText"
    tab.run("document.getElementById('begin').focus(); 0")
    tab.press("Enter")
    for number in range(3):
        practice.asked()
        focused.append(tab.run(focus))
        tab.wait(f"document.getElementById('elapsed').innerText >= '0:0{SECONDS}'")
        seen += judge(f"answer {number}") if number == 0 else []
        tab.press("Enter")
        tab.wait(f"!{FRAME}.hidden && {FRAME}.contentDocument.querySelector('.lead')")
        headlines.append(tab.run(f"{FRAME}.contentDocument.querySelector('.lead').innerText"))
        tab.wait(f"{FRAME}.contentDocument.getElementById('sound').readyState >= 3")
        tab.wait(button("Next question") if number < 2 else button("See your session"))
        seen += judge(f"report {number}") if number == 0 else []
        focused.append(tab.run(focus))
        if number < 2:
            tab.press("Enter")
    tab.through(lambda: tab.press("Enter"))
    assert tab.run("location.pathname").endswith("/session")
    seen += _judge(tab)("session")
    text = tab.run("document.body.innerText")
    return Held(headlines, seen, focused, tab.requests, tab.problems, text)


def _judge(tab: Browser) -> Callable[[str], list[str]]:
    """What axe-core finds at both widths, in light and dark; nothing where it is not there."""
    if AXE:
        tab.run(AXE[-1].read_text("utf-8") + "; 0")

    def found(state: str) -> list[str]:
        marks = []
        for width in (390, 1280) if AXE else ():
            for dark in (False, True):
                tab.look(width=width, dark=dark)
                told = tab.run("axe.run().then((found) => JSON.stringify(found.violations))")
                marks += [
                    f"{state} {width} {one['id']} {one['nodes'][0]['html'][:200]}"
                    for one in json.loads(told)
                ]
        tab.look()
        return marks

    return found


def test_three_questions_are_answered_and_reported_in_real_words(
    held: Held, practice: Practice
) -> None:
    takes = practice.takes()[:3]
    said = {bare(word) for word in " ".join(BRIEF).split()}
    for take in takes:
        assert take.ending is Ending.ENDED
        assert take.transcript is not None and take.sound is not None
        assert take.sound.duration >= SECONDS
        heard = [bare(word.text) for word in take.transcript.words]
        assert len([word for word in heard if word in said]) >= 6, heard
    assert len({take.question.text for take in takes if take.question}) == 3
    assert all(line.startswith("Your answer took 0:0") for line in held.headlines)


def test_the_session_has_its_page_at_the_end(held: Held, practice: Practice) -> None:
    assert "Your session" in held.session
    for take in practice.takes()[:3]:
        assert take.question is not None and take.question.text in held.session


def test_a_practice_needs_no_pointer(held: Held) -> None:
    """Enter did all of it, because the focus is where one goes on."""
    on_the_way = ["Done", "Next question"] * 3
    assert held.focused == [*on_the_way[:-1], "See your session"]


@pytest.mark.skipif(not AXE, reason="axe-core is not there: 'make test' fetches it with npm")
def test_axe_finds_nothing_in_any_state(held: Held) -> None:
    assert held.seen == []


def test_nothing_is_asked_for_elsewhere_and_nothing_is_complained_about(
    held: Held, practice: Practice
) -> None:
    """The policy of the pages would complain about a script or a style that is not ours."""
    assert [one for one in held.requests if not one.startswith(practice.at.way.address)] == []
    assert held.problems == []


def test_a_page_that_is_loaded_again_goes_on_where_the_answer_was(practice: Practice) -> None:
    tab = practice.opened()
    tab.click("document.getElementById('begin')")
    practice.asked()
    tab.wait("document.getElementById('elapsed').innerText >= '0:02'")
    before = len(practice.takes())
    tab.open(practice.at.way.address)
    tab.wait(button("Done"))
    tab.wait("document.getElementById('elapsed').innerText >= '0:04'")
    tab.click(MAIN)
    tab.wait(button("Next question"))
    assert len(practice.takes()) == before
    assert practice.takes()[-1].ending is Ending.ENDED
    tab.click(button("Stop"))
    tab.wait(button("See your session"))
    tab.through(lambda: tab.click(button("Back to the first page")))
    assert tab.run("document.getElementById('stage').hidden")


def test_a_microphone_that_is_refused_is_explained_and_no_session_begins(tmp_path: Path) -> None:
    program = ScriptedProgram(tmp_path / "home")
    with served(program) as at, browser(tmp_path / "profile", *speaking(None)) as tab:
        tab.open(at.way.address)
        tab.click("document.getElementById('check-mic')")
        tab.wait(shows("does not let this page use the microphone"))
        assert tab.run("document.getElementById('begin').disabled")
    assert program.asked == []
