"""Practice in the real Chromium, whose microphone says a sentence again and again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from rehearse.commands.web_program import Rehearse
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
        tab.wait(button("Next question" if number < 2 else "Finish"))
        seen += judge(f"report {number}") if number == 0 else []
        focused.append(tab.run(focus))
        tab.press("Enter")
    tab.wait(button("See your session"))
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
    assert held.focused == [*on_the_way[:-1], "Finish"]


@pytest.mark.skipif(not AXE, reason="axe-core is not there: 'make test' fetches it with npm")
def test_axe_finds_nothing_in_any_state(held: Held) -> None:
    assert held.seen == []


def test_nothing_is_asked_for_elsewhere_and_nothing_is_complained_about(
    held: Held, practice: Practice
) -> None:
    """The policy of the pages would complain about a script or a style that is not ours."""
    assert [one for one in held.requests if not one.startswith(practice.at.way.address)] == []
    assert held.problems == []


PAGES = ("takes", "take", "compare", "progress", "plan", "questions", "stories", "story", "import",
         "settings", "privacy", "nowhere")  # fmt: skip
NARROWEST = 320
"""CSS pixels: a window of 1280 at four times its size, or the smallest phone."""


@pytest.fixture(scope="module")
def changed(held: Held, practice: Practice, tmp_path_factory: pytest.TempPathFactory) -> Practice:
    """After a star, a remark, an answer deleted and put back, a story, notes and a setting."""
    tab, address = practice.tab, practice.at.way.address
    take = practice.takes()[0].id
    _star_and_delete(tab, f"{address}takes", take)
    _remark(tab, f"{address}take/{take}?remarks")
    _write_story(tab, f"{address}story")
    notes = tmp_path_factory.mktemp("notes") / "notes.md"
    notes.write_text("# Frugality\n\n- Tell me about a queue?\n", "utf-8")
    _import(tab, f"{address}questions", notes)
    tab.open(f"{address}settings")
    _type(tab, "document.getElementById('own_fillers')", "so to say")
    tab.through(lambda: tab.click("document.querySelector('.sheet .main')"))
    tab.wait(shows("Saved."))
    return practice


def _type(tab: Browser, field: str, text: str) -> None:
    tab.run(f"{field}.focus(); 0")
    tab.send("Input.insertText", text=text)


def _star_and_delete(tab: Browser, takes: str, take: str) -> None:
    star = f"document.querySelector('[action=\"star/{take}\"] button')"
    tab.open(takes)
    tab.through(lambda: tab.click(star))
    assert tab.run(f"{star}.getAttribute('aria-pressed')") == "true"
    tab.open(takes.replace("takes", f"take/{take}"))
    tab.run("document.querySelectorAll('.edit').forEach((one) => { one.open = true; }); 0")
    tab.through(lambda: tab.click("document.querySelector('[action*=delete] button')"))
    assert tab.run("document.activeElement.innerText") == "Put it back"
    tab.through(lambda: tab.press("Enter"))
    assert tab.run(f"!!{star}")


def _remark(tab: Browser, page: str) -> None:
    """A word is chosen in the report, and its second is that of the remark."""
    tab.open(page)
    tab.wait(f"{FRAME}.contentDocument?.getElementById('sound')?.readyState >= 3")
    tab.run(f"[...{FRAME}.contentDocument.querySelectorAll('[data-t]')].at(-1).click()")
    tab.wait("document.getElementById('time').value !== '0:00'")
    _type(tab, "document.getElementById('text')", "Good pace here.")
    tab.through(lambda: tab.click("document.querySelector('.remark button')"))


def _write_story(tab: Browser, page: str) -> None:
    """What is refused stays as it was typed."""
    tab.open(page)
    _type(tab, "document.getElementById('title')", "The bus")
    tab.press("Enter")
    tab.wait(shows("The story is empty."))
    _type(tab, "document.getElementById('action')", "I drove.")
    tab.through(lambda: tab.click("document.querySelector('.sheet .main')"))


def _import(tab: Browser, page: str, notes: Path) -> None:
    tab.open(page)
    root = tab.send("DOM.getDocument")["root"]["nodeId"]
    field = tab.send("DOM.querySelector", nodeId=root, selector="#notes")["nodeId"]
    tab.send("DOM.setFileInputFiles", nodeId=field, files=[str(notes)])
    tab.through(lambda: tab.click("document.querySelector('#import button')"))
    assert tab.run(shows("Nothing is saved yet."))
    tab.through(lambda: tab.click("document.querySelector('main .main')"))
    assert tab.run(shows("notes.md: 1 new"))


def test_what_is_done_on_a_page_is_kept(changed: Practice) -> None:
    take = changed.takes()[0]
    assert take.starred
    (remark,) = TakeStore(changed.home / "recordings").remarks(take)
    assert remark.text == "Good pace here." and remark.start > 0
    personal = changed.home / "prompts" / "personal"
    assert "# The bus" in (personal / "my-stories.md").read_text("utf-8")
    assert "a queue?" in (personal / "notes.md").read_text("utf-8")
    assert "so to say" in (changed.home / "config.toml").read_text("utf-8")


@pytest.mark.skipif(not AXE, reason="axe-core is not there: 'make test' fetches it with npm")
def test_axe_finds_nothing_on_any_page_and_each_fits_the_narrowest(changed: Practice) -> None:
    tab, take = changed.tab, changed.takes()[0].id
    paths = {"take": f"take/{take}?remarks", "compare": f"compare?take={take}&take="
             f"{changed.takes()[1].id}"}  # fmt: skip
    marks = []
    for name in PAGES:
        tab.look(width=NARROWEST)
        tab.open(f"{changed.at.way.address}{paths.get(name, name)}")
        wider = tab.run("document.documentElement.scrollWidth - innerWidth")
        marks += [f"{name} is {wider} wider"] if wider > 0 else []
        marks += _judge(tab)(name)
    assert marks == []


def test_a_first_visit_shows_a_demo_without_a_microphone(
    practice: Practice, tmp_path: Path
) -> None:
    program = Rehearse(Settings(home=tmp_path, plain=True, model="miniature"))
    tab = practice.tab
    with served(program) as at:
        tab.look()
        tab.open(at.way.address)
        tab.run("navigator.mediaDevices.getUserMedia = () => { throw 'asked'; }; 0")
        tab.click("document.getElementById('demo')")
        tab.wait(button("Answer now"))
        tab.click(MAIN)
        tab.wait("document.getElementById('elapsed').innerText >= '0:04'")
        tab.click(MAIN)
        tab.wait(f"!{FRAME}.hidden && {FRAME}.contentDocument.querySelector('.lead')")
        tab.wait(button("Next question"))
        assert not tab.run(f"Boolean({button('Again')})")
        tab.click(button("Stop"))
        tab.wait(button("See your session"))
        tab.through(lambda: tab.click(MAIN))
        assert tab.run(shows("Tell me about yourself."))
        assert tab.problems == []
    assert not (tmp_path / "recordings").exists()


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


def test_a_one_way_interview_gives_time_to_think_and_no_second_try(practice: Practice) -> None:
    tab = practice.opened()
    tab.run("document.getElementById('prepare').closest('details').open = true")
    for name, value in (("prepare", "0:15"), ("answer", "1:00")):
        tab.run(f"document.getElementById('{name}').value = '{value}'")
    tab.click("document.getElementById('begin')")
    tab.wait(button("Answer now"))
    tab.click(MAIN)
    tab.wait(shows("Then your answer begins."))
    tab.click(MAIN)
    tab.wait(button("Done"))
    assert not tab.run(f"Boolean({button('Pause')} || {button('Start over')})")
    assert tab.run("document.getElementById('of').innerText") == "of 1:00"
    tab.wait("document.getElementById('elapsed').innerText >= '0:04'")
    tab.click(MAIN)
    tab.wait(button("Next question"))
    assert not tab.run(f"Boolean({button('Again')})")
    tab.click(button("Stop"))
    tab.wait(button("See your session"))
    tab.through(lambda: tab.click(button("Back to the first page")))


def test_a_microphone_that_is_refused_is_explained_and_no_session_begins(tmp_path: Path) -> None:
    program = ScriptedProgram(tmp_path / "home")
    with served(program) as at, browser(tmp_path / "profile", *speaking(None)) as tab:
        tab.open(at.way.address)
        tab.click("document.getElementById('check-mic')")
        tab.wait(shows("does not let this page use the microphone"))
        assert tab.run("document.getElementById('begin').disabled")
    assert program.asked == []
