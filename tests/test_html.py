"""The page of a take as text: against its gold file, in bad weather, and as the command writes it.

`python -m tests.test_html` writes the gold file anew; look at the difference before you keep it.
"""

from __future__ import annotations

import json
import os
import re
import stat
import sys
from base64 import b64decode, b64encode
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from rehearse.analysis.analyze import analyze
from rehearse.audio import encode
from rehearse.audio.recordings import decode
from rehearse.model.delivery import Fillers, Verdict
from rehearse.model.structure import Analysis, KeyPoints, Section
from rehearse.model.take import SAMPLE_RATE, Kind, Question, Sound, Span, Take, Transcript, Word
from rehearse.takes import take_json
from rehearse.views import html
from rehearse.views.comparison import changes
from rehearse.views.headline import headline
from rehearse.views.passages import passages
from tests import sample
from tests.sounds import pitch, tone, wav
from tests.speech import spoken
from tests.test_cli import rehearse

GOLD = Path(__file__).parent / "data" / "report.html"
SOUND = html.Embedded("audio/webm", b"the sound", sample.SPOKEN.sound.duration)
PEAKS = (0.0, 0.5, 1.0, 0.25)
VOID = {"meta", "br", "img", "link", "input"}


def page(
    analysis: Analysis = sample.ANALYSIS,
    *,
    take: Take = sample.TAKE,
    sound: html.Embedded | html.Linked | None = SOUND,
    peaks: tuple[float, ...] = PEAKS,
) -> str:
    return html.page(take, analysis, sound=sound, peaks=peaks, previous=sample.BEFORE)


class Reader(HTMLParser):
    """Elements with their attributes, and the text that is read; fails where tags do not pair."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        self._said: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open[-1:] not in (["style"], ["script"]):
            self._said.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self._said).split())

    def attributes(self, name: str) -> list[str]:
        return [value for _, found in self.elements if (value := found.get(name)) is not None]


def read(analysis: Analysis = sample.ANALYSIS, *, take: Take = sample.TAKE) -> str:
    return Reader(page(analysis, take=take)).text


def test_the_page_is_as_it_was_looked_at() -> None:
    """Where a change is meant: `python -m tests.test_html`, and look at it in a browser."""
    assert page().splitlines() == GOLD.read_text("utf-8").splitlines()


def test_ids_are_unique_and_what_is_referred_to_is_there() -> None:
    reader = Reader(page())
    counts = Counter(reader.attributes("id"))
    assert set(counts.values()) == {1}
    assert set(reader.attributes("aria-labelledby")) <= set(counts)
    assert {link[1:] for link in reader.attributes("href") if link.startswith("#")} <= set(counts)


@pytest.mark.parametrize(
    "sound", [SOUND, html.Linked("a file.webm", 3.0), None], ids=["embedded", "linked", "none"]
)
def test_the_page_names_nothing_outside(sound: html.Embedded | html.Linked | None) -> None:
    text = page(sound=sound)
    reader = Reader(text)
    addresses = reader.attributes("src") + reader.attributes("href")
    assert all(a.startswith(("#", "data:audio/")) or a == "a%20file.webm" for a in addresses)
    assert "//" not in re.sub(r"(?m)^\s*//.*|;\s+//.*|<script>.*?</script>", "", text, flags=re.S)
    assert not re.search(r"url\(|@import|fetch\(|XMLHttp", text)


def test_the_policy_allows_this_style_and_this_script_and_nothing_else() -> None:
    text = page()
    (policy,) = [p for p in Reader(text).attributes("content") if "default-src" in p]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.S)
        digest = b64encode(sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    reader = Reader(text)
    assert reader.attributes("style") == []
    assert not [name for _, found in reader.elements for name in found if name.startswith("on")]


def test_the_sound_is_carried_whole() -> None:
    (address,) = [a for a in Reader(page()).attributes("src") if a.startswith("data:")]
    assert b64decode(address.partition("base64,")[2]) == b"the sound"


def test_the_script_can_be_read_in_one_sitting() -> None:
    (script,) = re.findall(r"<script>(.*?)</script>", page(), re.S)
    assert len(script.splitlines()) < 200


HOSTILE = (
    "<script>alert(1)</script>\"'`&lt;{{ 7 * 7 }}\x1b[31m\x9b2J\u202edrow\u2066\ud800 \U0001f389"
)


def test_nothing_said_or_asked_is_taken_for_markup() -> None:
    words = (Word(HOSTILE, 0.0, 1.0), Word("x\" onclick='y", 1.0, 2.0), *sample.WORDS[2:])
    analysis = replace(
        sample.ANALYSIS,
        question=Question(HOSTILE, principles=(HOSTILE,)),
        words=words,
        edges=None,
        follow_up=HOSTILE,
        key_points=KeyPoints((), (replace(sample.ANALYSIS.key_points.not_found[0], text=HOSTILE),)),  # type: ignore[union-attr]
    )
    take = replace(sample.TAKE, id=HOSTILE, model=HOSTILE, version=HOSTILE, recorded_at=HOSTILE)
    take = replace(take, transcript=Transcript(words, HOSTILE))
    text = page(analysis, take=take)
    reader = Reader(text)
    plain = Reader(page())
    assert [tag for tag, _ in reader.elements].count("script") == 1
    assert {n for _, found in reader.elements for n in found} <= {
        n for _, found in plain.elements for n in found
    }
    assert text.encode()
    assert not set(text) & {"\x1b", "\x9b", "\u202e", "\u2066"}
    assert "{{ 7 * 7 }}" in reader.text and "\U0001f389" in reader.text


def test_words_of_another_script_keep_their_own_direction() -> None:
    assert '<p dir="auto" lang="en">' in page()
    strange = replace(sample.TAKE, transcript=Transcript(sample.WORDS, 'x" onload="'))
    assert 'dir="auto">' in page(take=strange)


def test_ten_thousand_words_are_all_there() -> None:
    words = tuple(Word(f"word{i}", i * 0.3, i * 0.3 + 0.2) for i in range(10_000))
    value = analyze(Transcript(words), sound=None, question=None, target=None)
    text = page(value)
    assert text.count("data-t=") == 10_000
    assert "word9999" in text


def test_a_take_that_waits_for_its_words_says_so() -> None:
    sound = Sound(10.0, (Span(1, 4), Span(6, 9)), level=-20.0)
    value = analyze(None, sound=sound, question=sample.QUESTION, target=60.0)
    text = read(value, take=replace(sample.TAKE, transcript=None, model=None))
    assert (
        "Your answer took 0:08, 52 seconds shorter than planned; it is not written down yet" in text
    )
    assert "rehearse recover" in text
    assert "2.0 s" in text
    assert "What you said" not in text


def test_a_take_without_any_measure_still_has_a_page() -> None:
    value = analyze(None, sound=None, question=None, target=None)
    take = replace(sample.TAKE, question=None, sound=None, transcript=None, model=None)
    assert "The length of your answer is unknown" in read(value, take=take)


def test_a_take_without_speech_says_so() -> None:
    sound = Sound(10.0, (), level=None)
    value = analyze(Transcript(()), sound=sound, question=sample.QUESTION, target=None)
    text = read(value, take=replace(sample.TAKE, transcript=Transcript(())))
    assert "I found no speech in this recording." in text


def test_without_its_sound_nothing_offers_to_play() -> None:
    text = page(sound=None, peaks=())
    tags = Counter(tag for tag, _ in Reader(text).elements)
    assert (tags["button"], tags["audio"], tags["script"]) == (0, 0, 0)
    assert "data-t" not in re.sub("<style>.*?</style>", "", text, flags=re.S)
    assert "The recording of this take is missing" in text
    assert "0:18" in text


def test_words_without_times_are_read_and_cannot_be_played() -> None:
    words = tuple(replace(word, start=None, end=None) for word in sample.WORDS)
    value = analyze(Transcript(words), sound=None, question=sample.QUESTION, target=60.0)
    text = page(value)
    assert "data-t=" not in text
    assert "failing every night." in Reader(text).text


def test_half_an_hour_is_drawn_like_half_a_minute() -> None:
    words = tuple(Word(f"w{i}.", i * 0.4, i * 0.4 + 0.3) for i in range(4500))
    sound = Sound(1800.0, tuple(Span(i * 10, i * 10 + 9) for i in range(180)))
    value = analyze(Transcript(words), sound=sound, question=None, target=120.0)
    text = Reader(page(value, peaks=(0.5,) * 400)).text
    assert "27:59 longer than planned" in text
    assert "25:00" in text


def test_an_older_take_that_names_no_follow_up_has_a_page() -> None:
    value = json.loads(take_json.dump(sample.TAKE, None))
    del value["follows"], value["turn"]
    assert "Tell me about a time you failed." in read(take=take_json.load(json.dumps(value), "it"))


def test_a_reply_is_shown_with_the_story_that_it_completes() -> None:
    value = replace(sample.ANALYSIS, star=sample.FOLLOW_UP, together=sample.STAR_TOLD)
    text = read(value, take=replace(sample.TAKE, follows="2026-03-04T10-10-10_it"))
    assert "Together with the answer before it" in text
    assert "counts as part of the story before it" in text


def test_what_is_no_story_has_no_sections() -> None:
    text = read(replace(sample.ANALYSIS, star=sample.NO_STORY))
    assert "STAR does not apply" in text
    assert "Situation" not in text


def test_a_missing_section_is_named() -> None:
    text = read(sample.WITHOUT_RESULT)
    assert "the result is missing" in text
    assert "Result missing" in text


def test_a_section_of_which_it_is_not_sure_is_called_thin() -> None:
    shares = list(sample.STAR_TOLD.sections)
    shares[1] = replace(shares[1], present=False, best=None)
    star = replace(sample.STAR_TOLD, sections=tuple(shares), thin=(Section.TASK,))
    text = read(replace(sample.ANALYSIS, star=star))
    assert "Task thin Action" in text
    assert "all four parts" not in text


def test_the_nearest_sentence_to_a_thin_section_is_asked_about() -> None:
    star = replace(sample.STAR_TOLD, thin=(Section.TASK,))
    text = read(replace(sample.ANALYSIS, star=star))
    assert "Was this your task?" in text
    assert "Was this your result?" not in text
    assert "Was this" not in read(sample.ANALYSIS)


def test_an_unusual_order_is_pointed_out() -> None:
    order = (Section.RESULT, Section.SITUATION, Section.TASK, Section.ACTION)
    text = read(replace(sample.ANALYSIS, star=replace(sample.STAR_TOLD, order=order)))
    assert "Your order: result, situation, task, action." in text
    assert "Your order" not in read()


def test_a_filler_that_only_the_sound_tells_stands_at_its_place_and_plays() -> None:
    text = page()
    assert "log, (uh) and so" in Reader(text).text
    assert 'data-from="18.00" data-to="19.40" aria-label="0:18: hear uh"' in text
    assert "left out of the transcript" in text


def test_a_filler_of_two_words_is_marked_once() -> None:
    marks = re.findall(r"<mark[^>]*>(.*?)</mark>", page())
    assert [re.sub("<.*?>", "", mark) for mark in marks] == ["um", "(uh)", "you know,"]


def test_no_word_is_lost_between_the_passages() -> None:
    pieces = [p for part in passages(sample.ANALYSIS) for line in part.paragraphs for p in line]
    assert tuple(word for piece in pieces for word in piece.words) == sample.WORDS


def test_a_filler_across_two_sections_is_not_lost() -> None:
    first, second, *rest = sample.STAR_TOLD.segments
    parts = (replace(first, last_word=26), replace(second, first_word=27, last_word=28), *rest[2:])
    value = replace(sample.ANALYSIS, star=replace(sample.STAR_TOLD, segments=parts))
    pieces = [p for part in passages(value) for line in part.paragraphs for p in line]
    said = [word.text for piece in pieces for word in piece.words]
    assert said[24:29] == ["I", "built,", "you", "know,", "a"]


def test_a_long_answer_is_read_in_paragraphs() -> None:
    value = analyze(spoken("We went on. " * 100).transcript, sound=None, question=None, target=None)
    (passage,) = passages(value)
    assert [len(paragraph) for paragraph in passage.paragraphs] == [81, 81, 81, 57]


@pytest.mark.parametrize(
    ("analysis", "says"),
    [
        (
            replace(sample.ANALYSIS, key_points=None),
            "Your answer took 0:34, 26 seconds shorter than planned, with 3 fillers;"
            " all four parts of the story are there.",
        ),
        (
            replace(sample.BEFORE.analysis, key_points=None),
            "Your answer took 1:15, 15 seconds longer than planned, without fillers;"
            " the result is missing.",
        ),
        (
            replace(
                sample.ANALYSIS,
                star=sample.NO_STORY,
                key_points=None,
                fillers=Fillers(sample.FILLERS.items[:1], 1.0, in_sound=True),
                timing=replace(sample.ANALYSIS.timing, target=None, verdict=None),
            ),
            "Your answer took 0:34, with one filler.",
        ),
        (
            replace(sample.ANALYSIS, star=None, fillers=None),
            "Your answer took 0:34, 26 seconds shorter than planned;"
            " 1 of the 4 points in your notes was not found; 1 figure differed from your notes.",
        ),
    ],
)
def test_the_headline_is_one_sentence(analysis: Analysis, says: str) -> None:
    assert headline(analysis, written_down=True) == says


@pytest.mark.parametrize(
    ("seconds", "target", "says"),
    [
        (20.0, 120.0, "Your answer took 0:20, 40 seconds shorter than a minute."),
        (10.0, 30.0, "Your answer took 0:10, 20 seconds shorter than planned."),
        (150.0, 120.0, "Your answer took 2:30, 30 seconds longer than planned."),
    ],
)
def test_a_minute_is_enough_for_an_introduction(seconds: float, target: float, says: str) -> None:
    verdict = Verdict.LONG if seconds > target else Verdict.SHORT
    timing = replace(sample.ANALYSIS.timing, answer=seconds, target=target, verdict=verdict)
    question = Question("Who are you?", Kind.INTRODUCTION, target=target)
    bare = replace(sample.ANALYSIS, star=None, fillers=None, key_points=None)
    intro = replace(bare, question=question, timing=timing)
    assert headline(intro, written_down=True) == says


def test_more_than_one_missing_section_is_listed() -> None:
    star = replace(sample.STAR_TOLD, missing=(Section.SITUATION, Section.TASK, Section.RESULT))
    text = headline(replace(sample.ANALYSIS, star=star), written_down=True)
    assert "the situation, the task and the result are missing" in text


def test_two_answers_are_put_side_by_side() -> None:
    rows = changes(sample.BEFORE.analysis, sample.ANALYSIS)
    assert [(row.name, row.before, row.now) for row in rows] == [
        ("Time", "1:15", "0:34"),
        ("Fillers a minute", "0", "4"),
        ("Words a minute", "67", "67"),
        ("Missing", "result", "nothing"),
    ]
    nothing = analyze(None, sound=None, question=None, target=None)
    assert {row.now for row in changes(nothing, nothing)} == {"not known"}


# What the eye can tell apart.

CONTRAST_OF_TEXT = 4.5
"""WCAG 2.2 AA, 1.4.3."""
CONTRAST_OF_SIGNS = 3.0
"""WCAG 2.2 AA, 1.4.11."""
APART = 0.1
"""Distance in OKLab; a tenth is plain to see between areas that touch."""
SEEN_BY = {
    "all cones": np.eye(3),
    "no red cones": np.array(
        [(0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
         (-0.003882, -0.048116, 1.051998)]
    ),
    "no green cones": np.array(
        [(0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
         (-0.011820, 0.042940, 0.968881)]
    ),
    "no blue cones": np.array(
        [(1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
         (0.004733, 0.691367, 0.303900)]
    ),
}  # fmt: skip
"""Of linear RGB, at full severity (Machado, Oliveira and Fernandes 2009)."""


Three = np.ndarray[tuple[int], np.dtype[np.float64]]


def colours(scheme: str) -> dict[str, str]:
    """By name; on paper over those of the dark, where most are to be replaced."""
    (style,) = re.findall(r"<style>(.*?)</style>", page(), re.S)
    blocks = re.findall(r":root \{(.*?)\}", style, re.S)
    found: dict[str, str] = {}
    for block in blocks[: SCHEMES.index(scheme) + 1]:
        found |= dict(re.findall(r"--(\w+): (#\w{6});", block))
    return (
        found if scheme != "print" else found | dict(re.findall(r"--(\w+): (#\w{6});", blocks[2]))
    )


def linear(colour: str) -> Three:
    part = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    lights = sorted(float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def oklab(rgb: Three) -> Three:
    to_lms = np.array(
        [(0.4122214708, 0.5363325363, 0.0514459929), (0.2119034982, 0.6806995451, 0.1073969566),
         (0.0883024619, 0.2817188376, 0.6299787005)]
    )  # fmt: skip
    to_lab = np.array(
        [(0.2104542553, 0.7936177850, -0.0040720468), (1.9779984951, -2.4285922050, 0.4505937099),
         (0.0259040371, 0.7827717662, -0.8086757660)]
    )  # fmt: skip
    return np.asarray(to_lab @ np.cbrt(to_lms @ np.clip(rgb, 0, 1)))


SCHEMES = ["light", "dark", "print"]
HUES = ["situation", "task", "action", "result"]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_everything_that_is_read_has_contrast(scheme: str) -> None:
    found = colours(scheme)
    for name in ("ink", "soft", "filler", "focus", *HUES):
        assert contrast(found[name], found["paper"]) >= CONTRAST_OF_TEXT, name
    for name in ("ink", "soft"):
        assert contrast(found[name], found["wash"]) >= CONTRAST_OF_TEXT, name
    for hue in HUES:
        assert contrast(found["on"], found[hue]) >= CONTRAST_OF_TEXT, hue
    assert contrast(found["ink"], found["lit"]) >= CONTRAST_OF_TEXT
    assert contrast(found["edge"], found["paper"]) >= CONTRAST_OF_SIGNS


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("eyes", SEEN_BY)
def test_the_sections_can_be_told_apart_by_every_eye(scheme: str, eyes: str) -> None:
    found = colours(scheme)
    seen = {hue: oklab(SEEN_BY[eyes] @ linear(found[hue])) for hue in HUES}
    for one, other in combinations(HUES, 2):
        assert np.linalg.norm(seen[one] - seen[other]) >= APART, (one, other)


# The sound that goes along.


def test_the_sound_comes_back_as_long_and_as_high_as_it_was(tmp_path: Path) -> None:
    whole = tone(3.01, hertz=440.0)
    (tmp_path / "it.webm").write_bytes(encode.opus(whole))
    back = decode(tmp_path / "it.webm")
    assert len(back) == pytest.approx(len(whole), abs=0.06 * SAMPLE_RATE)
    assert pitch(back) == pytest.approx(440.0, abs=2.0)


def test_three_minutes_of_sound_leave_room_for_the_page() -> None:
    noise = np.random.default_rng(1).uniform(-0.3, 0.3, 180 * SAMPLE_RATE).astype(np.float32)
    assert len(encode.opus(noise)) * 4 / 3 < 1_300_000


@pytest.mark.parametrize("samples", [1, 959, 960, 961])
def test_even_a_moment_of_sound_can_be_carried(samples: int, tmp_path: Path) -> None:
    (tmp_path / "it.webm").write_bytes(encode.opus(tone(1.0)[:samples]))
    assert len(decode(tmp_path / "it.webm")) > 0


def test_peaks_are_the_loudest_of_equal_stretches() -> None:
    sound = np.array([0, 0.5, -1.0, 0, 0.25, 0.25], np.float32)
    assert encode.peaks(sound, 3) == (0.5, 1.0, 0.25)
    assert encode.peaks(sound[:2], 3) == (0.0, 0.5)
    assert encode.peaks(sound[:0], 3) == ()


# The command.


def kept(home: Path, take: Take = sample.TAKE, *, sound: bool = True) -> Path:
    folder = home / "recordings" / take.id
    folder.mkdir(parents=True)
    (folder / "take.json").write_text(take_json.dump(take, None), "utf-8")
    if sound:
        (folder / "answer.wav").write_bytes(wav(tone(2.0)))
    return folder


def test_the_page_is_kept_with_its_take_and_private(tmp_path: Path) -> None:
    folder = kept(tmp_path)
    done = rehearse("report", "--format", "html", home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert str(folder / "report.html") in done.stdout
    assert "data:audio/webm" in (folder / "report.html").read_text("utf-8")
    if os.name == "posix":
        assert stat.S_IMODE((folder / "report.html").stat().st_mode) == 0o600
    assert sorted(p.name for p in folder.iterdir()) == ["answer.wav", "report.html", "take.json"]


def test_linked_sound_lies_beside_the_page(tmp_path: Path) -> None:
    kept(tmp_path)
    done = rehearse("report", "-o", str(tmp_path / "my page.html"), "--link-audio", home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert 'src="my%20page-answer.webm"' in (tmp_path / "my page.html").read_text("utf-8")
    assert len(decode(tmp_path / "my page-answer.webm")) > SAMPLE_RATE


def test_open_hands_the_page_to_the_browser(tmp_path: Path) -> None:
    folder = kept(tmp_path)
    program = f'import sys, pathlib; pathlib.Path("{tmp_path}/seen").write_text(sys.argv[1])'
    (tmp_path / "browser.py").write_text(program)
    browser = f"{sys.executable} {tmp_path / 'browser.py'} %s"
    done = rehearse("report", "--open", home=tmp_path, environment={"BROWSER": browser})
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "seen").read_text() == (folder / "report.html").as_uri()


def test_a_missing_sound_file_is_told_on_the_page(tmp_path: Path) -> None:
    folder = kept(tmp_path, sound=False)
    assert rehearse("report", "--format", "html", home=tmp_path).returncode == 0
    assert "The recording of this take is missing" in (folder / "report.html").read_text("utf-8")


def test_the_answer_before_to_the_same_question_is_compared(tmp_path: Path) -> None:
    question = sample.QUESTION
    other = replace(question, text="Tell me about a time you failed. Twice.")
    days = {"2026-02-01": question, "2026-02-02": other, "2026-03-09": question}
    for day, asked in days.items():
        name = f"{day}T10-20-30_tell-me-about-a-time-you-failed"
        kept(tmp_path, replace(sample.TAKE, id=name, recorded_at=f"{day}T10:20:30", question=asked))
    folder = kept(tmp_path)
    rehearse("report", "2026-03-04", "--format", "html", home=tmp_path)
    text = Reader((folder / "report.html").read_text("utf-8")).text
    assert "Since last time 1 February 2026" in text


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["-o", "answer.wav"], 2, "Name a file that ends in .html"),
        (["-o", "nowhere/page.html"], 2, "Make the folder, or name another"),
        (["--format", "json", "--open"], 2, "Use --format html"),
        (["--format", "html", "nothing"], 1, "No take called"),
    ],
)
def test_what_cannot_be_written_is_said_in_a_sentence(
    tmp_path: Path, arguments: list[str], code: int, says: str
) -> None:
    kept(tmp_path)
    done = rehearse("report", *arguments, home=tmp_path)
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr


if __name__ == "__main__":
    GOLD.write_text(page(), "utf-8")
