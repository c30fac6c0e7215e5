"""The page of a take in a real browser: what is heard, shown, reached by key, and asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pypdf import PdfReader

from rehearse.audio.encode import MIME, opus, peaks
from rehearse.cli import main
from rehearse.commands import printed
from rehearse.model.take import SAMPLE_RATE, Question
from rehearse.takes import remarks
from rehearse.views import html
from tests import sample
from tests.browser import Browser, browser, chromium
from tests.page import soon
from tests.test_html import kept

pytestmark = pytest.mark.skipif(
    chromium() is None, reason="Chromium is not there: 'make system-test' installs it"
)
AXE = sorted((Path(__file__).parent.parent / "build").glob("axe-core-*.js"))
LEAST_TARGET = 24
"""CSS pixels of a thing to press (WCAG 2.2, 2.5.8)."""
WORD = "document.querySelectorAll('[data-t]')"
SOUND = "document.getElementById('sound')"


def tone_of(word: int) -> float:
    """Hz; every word of the sample sounds at its own."""
    return 300.0 + 60.0 * word


def tones() -> html.Embedded:
    time = np.arange(round(sample.SPOKEN.sound.duration * SAMPLE_RATE)) / SAMPLE_RATE
    samples = np.zeros(len(time), np.float32)
    for index, word in enumerate(sample.WORDS):
        inside = (time >= (word.start or 0)) & (time < (word.end or 0))
        samples[inside] = 0.5 * np.sin(2 * np.pi * tone_of(index) * time[inside])
    return html.Embedded(MIME, opus(samples), sample.SPOKEN.sound.duration)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    sound = tones()
    (folder / "beside #1.webm").write_bytes(sound.content)
    outline = peaks(np.linspace(0, 1, 400, dtype=np.float32), 400)

    def write(name: str, **changes: object) -> None:
        parts: dict[str, object] = {"sound": sound, "peaks": outline, "previous": sample.BEFORE}
        take = changes.pop("take", sample.TAKE)
        analysis = changes.pop("analysis", sample.ANALYSIS)
        text = html.page(take, analysis, **(parts | changes))  # type: ignore[arg-type]
        (folder / f"{name}.html").write_text(text, "utf-8")

    hostile = "</script><script>document.title='broken'</script><img src=x onerror=alert(1)>"
    words = (replace(sample.WORDS[0], text=hostile), *sample.WORDS[1:])
    write("whole")
    write("linked", sound=html.Linked("beside #1.webm", sound.duration))
    write("silent", sound=None, peaks=())
    write("hostile", analysis=replace(sample.ANALYSIS, words=words, question=Question(hostile)))
    write("coach", for_coach=True)
    write("missing", analysis=sample.WITHOUT_RESULT, previous=None)
    return folder


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture
def page(tab: Browser, files: Path) -> Browser:
    """The whole page, with its sound there, on a wide screen."""
    tab.look()
    tab.open(files / "whole.html")
    tab.wait(f"{SOUND}.readyState >= 3")
    return tab


def paused(page: Browser) -> bool:
    return bool(page.run(f"{SOUND}.paused"))


def time(page: Browser) -> float:
    return float(page.run(f"{SOUND}.currentTime"))


@pytest.mark.parametrize("name", ["whole", "silent", "hostile", "coach", "missing"])
def test_nothing_is_asked_for_and_nothing_goes_wrong(tab: Browser, files: Path, name: str) -> None:
    tab.look()
    tab.open(files / f"{name}.html")
    tab.wait("document.readyState === 'complete'")
    if name != "silent":
        tab.wait(f"{SOUND}.readyState >= 3")
    assert tab.requests == [(files / f"{name}.html").as_uri()]
    assert tab.problems == []
    assert tab.run("document.title") != "broken"


def test_sound_beside_the_page_is_the_one_other_thing_asked_for(tab: Browser, files: Path) -> None:
    tab.open(files / "linked.html")
    tab.wait(f"{SOUND}.readyState >= 3")
    assert {Path(url).name for url in tab.requests} == {"linked.html", "beside%20%231.webm"}
    assert tab.problems == []


def test_the_policy_stops_what_is_not_of_the_page(page: Browser) -> None:
    page.run(
        "document.body.insertAdjacentHTML('beforeend', '<img src=\"data:image/gif;base64,\">')"
    )
    page.run("document.body.append(Object.assign(document.createElement('script'), {text: 'x=1'}))")
    assert page.run("typeof x") == "undefined"
    assert "Content Security Policy" in " ".join(page.problems)


@pytest.mark.parametrize("index", [0, 6, 19, 38])
def test_a_word_is_heard_when_it_is_clicked(page: Browser, index: int) -> None:
    """Its own tone sounds, and the player goes to within 0.15 s of its start."""
    word = sample.WORDS[index]
    page.run(
        f"""window.heard = new Promise((done) => {{
          const context = new AudioContext();
          const ear = context.createAnalyser();
          ear.fftSize = 8192;
          context.createMediaElementSource({SOUND}).connect(ear).connect(context.destination);
          const bins = new Float32Array(ear.frequencyBinCount);
          {SOUND}.addEventListener("seeking", () => {{
            const from = {SOUND}.currentTime;
            const listen = () => {{
              const time = {SOUND}.currentTime;
              ear.getFloatFrequencyData(bins);
              const loudest = bins.indexOf(Math.max(...bins));
              const within = from + 0.35 < time && time < from + 0.7;
              if (within && bins[loudest] > -60)
                return done([from, loudest * context.sampleRate / ear.fftSize]);
              if (time > from + 0.7) {SOUND}.currentTime = from; // a slow machine: once more
              requestAnimationFrame(listen);
            }};
            listen();
          }}, {{once: true}});
        }}); 0"""
    )
    words = f"[...{WORD}].filter((word) => !word.matches('.unwritten'))"
    page.click(f"{words}[{index}]")
    started, hertz = page.run("window.heard")
    assert abs(started - (word.start or 0)) < 0.15
    assert round((hertz - tone_of(0)) / 60) == index


def test_the_word_that_is_heard_is_lit(page: Browser) -> None:
    page.click(f"{WORD}[7]")
    page.wait(f"{WORD}[7].classList.contains('now')")
    page.wait(f"{WORD}[8].classList.contains('now')")
    assert page.run("document.querySelectorAll('.now').length") == 1
    page.press("Escape")
    assert paused(page)


def test_a_filler_plays_with_half_a_second_around_it_and_stops(page: Browser) -> None:
    filler = sample.UNWRITTEN
    page.click("document.querySelector('[aria-label$=\"hear uh\"]')")
    page.wait(f"!{SOUND}.paused")
    page.wait(f"{SOUND}.paused")
    assert filler.start is not None and filler.end is not None
    assert filler.end + 0.5 <= time(page) < filler.end + 3.0  # far from the end of the answer
    assert page.run("document.querySelector('[aria-label$=\"hear uh\"]').dataset.from") == "18.00"


def test_a_coach_chooses_a_second_writes_and_saves_a_file_that_is_read(
    tab: Browser, files: Path, tmp_path: Path
) -> None:
    page = files / "coach.html"
    tab.look()
    tab.send("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    tab.open(page)
    tab.wait(f"{SOUND}.readyState >= 3")
    field = "document.querySelector('#remark [name={}]')".format
    word = next(one for one in sample.WORDS if (one.start or 0) > 2)
    tab.click(f"{WORD}[{sample.WORDS.index(word)}]")
    tab.wait(f"{field('time')}.value !== '0:00'")
    tab.click(field("text"))
    tab.send("Input.insertText", text="- You slow\n down <b>here</b>, and it works.")
    assert paused(tab)
    second = tab.run(f"{field('time')}.value")
    tab.press("Enter")
    for time, text in (("0:00-0:02", "Well begun."), ("9:00", "Too late.")):
        tab.run(f"{field('time')}.value = '{time}', {field('text')}.value = '{text}'")
        tab.click("document.querySelector('#remark button')")
    assert "The answer ends at" in tab.run("document.getElementById('said-of-it').innerText")
    tab.click("document.getElementById('save')")
    tab.wait("document.getElementById('said-of-it').innerText.startsWith('Saved as')")
    saved = tmp_path / f"remarks-{sample.TAKE.id}.md"
    soon(lambda: saved.exists() and saved.stat().st_size > 0)  # it is there before its content
    found = remarks.parse(saved.read_text("utf-8"), saved.name, duration=60.0)
    assert (found.take, found.bad) == (sample.TAKE.id, ())
    assert [remarks.times(one) for one in found.items] == ["0:00-0:02", second]
    assert found.items[1].text == "You slow down <b>here</b>, and it works."
    assert tab.requests[:1] == [page.as_uri()] and not tab.problems
    assert all(one.startswith("blob:") for one in tab.requests[1:])


def test_play_and_seek_by_keyboard_alone(page: Browser) -> None:
    for _ in range(1 + page.run("document.querySelectorAll('.brief button').length")):
        page.press("Tab")
    assert page.run("document.activeElement.id") == "track"
    for key, at in [("ArrowRight", 5), ("ArrowRight", 10), ("ArrowLeft", 5), ("End", 34.9)]:
        page.press(key)
        assert time(page) == pytest.approx(at)
    page.press("Home")
    assert page.run("document.activeElement.getAttribute('aria-valuetext')") == "0:00 of 0:34"
    page.press("Space")
    page.wait(f"!{SOUND}.paused && {SOUND}.currentTime > 0.2")
    assert page.run("document.getElementById('toggle').getAttribute('aria-label')") == "Pause"
    page.press("Space")
    assert paused(page)


def test_the_line_of_time_follows_the_pointer(page: Browser) -> None:
    page.click("document.getElementById('track')")
    assert time(page) == pytest.approx(sample.SPOKEN.sound.duration / 2, abs=0.1)


def test_the_words_are_one_stop_for_tab_and_the_arrows_go_through_them(page: Browser) -> None:
    assert page.run("document.querySelectorAll('[data-t][tabindex=\"0\"]').length") == 1
    page.run(f"{WORD}[0].focus()")
    for _ in range(3):
        page.press("ArrowRight")
    page.press("ArrowLeft")
    assert page.run("document.activeElement.textContent") == sample.WORDS[2].text
    page.press("Enter")
    page.wait(f"!{SOUND}.paused")
    assert time(page) == pytest.approx(sample.WORDS[2].start or 0, abs=0.15)
    assert page.run("document.querySelectorAll('[data-t][tabindex=\"0\"]').length") == 1


def test_every_button_can_be_reached_by_tab_and_shows_where_one_is(page: Browser) -> None:
    buttons = int(page.run("document.querySelectorAll('button').length"))
    reached = set()
    for _ in range(buttons + 2):  # and the line of time, and the words
        page.press("Tab")
        reached.add(page.run("document.activeElement.outerHTML"))
        assert page.run("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert len([one for one in reached if one.startswith("<button")]) >= buttons - 4  # alike ones


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_is_wider_than_the_screen(page: Browser, width: int) -> None:
    page.look(width=width)
    assert page.run("document.documentElement.scrollWidth") <= width


def test_what_is_pressed_is_large_enough_for_a_thumb(page: Browser) -> None:
    page.look(width=390)
    sizes = page.run(
        "[...document.querySelectorAll('button')].map((b) => b.getBoundingClientRect())"
        ".map((b) => [b.width, b.height])"
    )
    assert all(min(size) >= LEAST_TARGET for size in sizes)


@pytest.mark.parametrize("name", ["whole", "coach", "missing"])
def test_a_report_is_printed_on_two_pages(
    tab: Browser, files: Path, tmp_path: Path, name: str
) -> None:
    tab.open(files / f"{name}.html")
    tab.printed(tmp_path / "it.pdf")
    paper = PdfReader(tmp_path / "it.pdf")
    assert len(paper.pages) <= 2
    width, height = (float(side) / 72 * 25.4 for side in paper.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (210, 297)
    text = " ".join(page.extract_text() for page in paper.pages)
    assert "fetches nothing" in text and "Your remarks" not in text


def test_a_report_becomes_a_pdf_or_says_what_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kept(tmp_path)
    command = ["report", "-o", str(tmp_path / "it.pdf"), "--home", str(tmp_path)]
    assert main(command) == 0
    assert sample.QUESTION.text in PdfReader(tmp_path / "it.pdf").pages[0].extract_text()
    monkeypatch.setattr(printed, "NAMES", ())
    monkeypatch.setattr(printed, "ON_MACOS", ())
    assert main(command) != 0
    assert "A PDF needs Chromium, Chrome or Edge" in capsys.readouterr().err


def test_dark_and_light_follow_the_system(page: Browser) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    page.look(dark=False)
    light = page.run(ground)
    page.look(dark=True)
    assert light != page.run(ground)


@pytest.mark.skipif(not AXE, reason="axe-core is not there: 'make test' fetches it with npm")
@pytest.mark.parametrize("name", ["whole", "silent", "coach", "missing"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(tab: Browser, files: Path, name: str, dark: bool, width: int) -> None:
    tab.look(width=width, dark=dark)
    tab.open(files / f"{name}.html")
    tab.run(AXE[-1].read_text("utf-8") + "; 0")
    found = json.loads(tab.run("axe.run().then((found) => JSON.stringify(found.violations))"))
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
