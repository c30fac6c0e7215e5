from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from rehearse.analysis.analyze import analyze
from rehearse.analysis.star.cues import builtin_cues
from rehearse.analysis.star.outline import PARTS, builtin_model, outline
from rehearse.model import codec
from rehearse.model.structure import Analysis, Outline
from rehearse.model.take import Kind, Question
from rehearse.views import terminal
from tests.speech import spoken, written
from tests.test_terminal_view import shown

INTRODUCTION = {
    "who": "My name is Salma, I'm an optician and I come from Tunis.",
    "now": "At the moment I work in a small shop, where I measure eyes and train two apprentices.",
    "before": "Before that I worked in a hospital for three years, and I studied physics.",
    "why_here": "I'm applying to your company because you make glasses for children, and I would "
    "like to learn that from you.",
    "human": "In my free time I play the oboe, and my two sons play football in the kitchen.",
}
DESIGN = {
    "scope": "First I would like to ask who the customer is. I'll assume it's tenants, and payment "
    "is out of scope.",
    "requirements": "It must show free rooms within one second, and it should work for fifty "
    "thousand users a day. A room must never be given away twice.",
    "design": "I'd put a web service in front of a database, and a queue behind it. Workers take "
    "the bookings from the queue and write them into a table.",
    "review": "The bottleneck is the database, and if it fails nobody can book. I would monitor "
    "the length of the queue and alert somebody when it grows.",
}
WHOLE = {Kind.INTRODUCTION: INTRODUCTION, Kind.SYSTEM_DESIGN: DESIGN}
SHARED = Path(__file__).parent.parent.parent / "shared" / "star"
LEFT_OUT = [(kind, code) for kind, parts in WHOLE.items() for code in parts]
SPELLINGS = {
    "as written": str,
    "bare": lambda text: re.sub(r"[^\w' ]", "", text).lower(),
    "capitals": str.upper,
}
spellings = pytest.mark.parametrize("spell", SPELLINGS.values(), ids=SPELLINGS.keys())
kinds = pytest.mark.parametrize("kind", WHOLE, ids=lambda kind: kind.value)


def read(text: str, kind: Kind) -> Outline:
    found = outline(written(text).words, kind)
    assert found is not None
    return found


def said(kind: Kind, *codes: str) -> str:
    return " ".join(WHOLE[kind][code] for code in codes or tuple(WHOLE[kind]))


def told(text: str, kind: Kind, *, language: str = "en") -> Analysis:
    speech = spoken(text, language=language)
    question = Question("Tell me about it.", kind)
    return analyze(speech.transcript, sound=speech.sound, question=question, target=None)


@spellings
@kinds
def test_a_complete_answer_has_all_its_parts_in_order(kind: Kind, spell: type[str]) -> None:
    found = read(spell(said(kind)), kind)
    assert found.order == tuple(WHOLE[kind])
    assert found.missing == ()
    assert all(part.present and not part.thin for part in found.parts)


@spellings
@pytest.mark.parametrize(("kind", "code"), LEFT_OUT, ids=str)
def test_what_was_not_told_is_missing_or_thin(kind: Kind, code: str, spell: type[str]) -> None:
    rest = [other for other in WHOLE[kind] if other != code]
    found = read(spell(said(kind, *rest)), kind)
    (part,) = [part for part in found.parts if part.code == code]
    assert code in found.missing or part.thin
    assert set(found.missing) <= {code}


@pytest.mark.parametrize(("kind", "code"), LEFT_OUT, ids=str)
def test_a_part_surely_not_told_has_no_place(kind: Kind, code: str) -> None:
    found = read(said(kind, *(other for other in WHOLE[kind] if other != code)), kind)
    assert found.missing == (code,)
    (part,) = [part for part in found.parts if part.code == code]
    assert (part.present, part.thin, part.words, part.share) == (False, False, 0, 0.0)
    assert (part.first_word, part.last_word, part.start, part.end) == (None, None, None, None)


@kinds
def test_the_order_is_that_of_the_telling(kind: Kind) -> None:
    backwards = tuple(reversed(WHOLE[kind]))
    found = read(said(kind, *backwards), kind)
    assert found.order == backwards
    assert tuple(part.code for part in found.parts) == tuple(WHOLE[kind])


def test_what_is_told_in_passing_is_not_missing() -> None:
    rest = said(Kind.INTRODUCTION, "before", "why_here", "human")
    assert "now" in read(f"My name is Salma, I'm an optician. {rest}", Kind.INTRODUCTION).missing
    passing = read(f"My name is Salma, I'm an optician in Tunis. {rest}", Kind.INTRODUCTION)
    assert passing.missing == ()


def test_a_part_told_twice_has_two_runs_and_one_place() -> None:
    text = said(Kind.INTRODUCTION, "why_here", "who", "now", "before", "human")
    found = read(f"{text} And that's why I'm here, because of your company.", Kind.INTRODUCTION)
    assert [one.part for one in found.segments].count("why_here") == 2
    (why,) = [part for part in found.parts if part.code == "why_here"]
    assert (why.first_word, why.last_word) == (0, found.segments[-1].last_word)
    assert why.words < found.segments[-1].last_word


@spellings
@kinds
def test_every_word_is_in_one_segment(kind: Kind, spell: type[str]) -> None:
    text = spell(f"Thank you, let me think for a moment. {said(kind)} Thank you, that's it.")
    found = read(text, kind)
    words = [i for one in found.segments for i in range(one.first_word, one.last_word + 1)]
    assert words == list(range(len(text.split())))
    assert found.missing == ()


def test_talk_around_it_is_part_of_nothing() -> None:
    found = read(f"Thank you for the invitation. {said(Kind.INTRODUCTION)}", Kind.INTRODUCTION)
    assert [one.part for one in found.segments] == [None, *INTRODUCTION]


def test_seconds_and_shares_come_from_the_times_of_words() -> None:
    speech = spoken(f"_2_ {said(Kind.INTRODUCTION)}")
    found = outline(speech.words, Kind.INTRODUCTION)
    assert found is not None
    first, last = found.parts[0], found.parts[-1]
    assert first.start == 2.0
    assert first.seconds == pytest.approx(0.4 * len(INTRODUCTION["who"].split()))
    assert last.end == speech.words[-1].end
    assert sum(part.share for part in found.parts) == pytest.approx(1)


def test_without_times_shares_go_by_words_and_seconds_are_unknown() -> None:
    found = read(said(Kind.SYSTEM_DESIGN), Kind.SYSTEM_DESIGN)
    assert [part.seconds for part in found.parts] == [None] * 4
    words = len(said(Kind.SYSTEM_DESIGN).split())
    assert found.parts[0].share == pytest.approx(len(DESIGN["scope"].split()) / words)


def test_fillers_are_passed_over() -> None:
    text = "um uh " * 20 + "my name is Salma"
    words = written(text).words
    assert outline(words, Kind.INTRODUCTION, fillers=frozenset(range(40))) is None


@pytest.mark.parametrize("text", ["", "I am Salma.", "um um um", "— . ,"])
@kinds
def test_a_few_words_are_too_short_to_judge(text: str, kind: Kind) -> None:
    assert outline(written(text).words, kind) is None


@pytest.mark.parametrize("kind", [None, *(kind for kind in Kind if kind not in PARTS)])
def test_other_kinds_have_no_parts_of_their_own(kind: Kind | None) -> None:
    assert outline(written(said(Kind.INTRODUCTION)).words, kind) is None


@kinds
def test_another_language_is_not_read(kind: Kind) -> None:
    assert told(said(kind), kind).outline is not None
    assert told(said(kind), kind, language="de").outline is None


def test_silence_has_no_outline() -> None:
    assert told("_20_", Kind.INTRODUCTION).outline is None


@kinds
def test_weights_and_cues_know_every_part(kind: Kind) -> None:
    crf, cues = builtin_model(kind)
    codes = {part.code for part in PARTS[kind]}
    assert set(crf.names) == {part.letter for part in PARTS[kind]} | {"O"}
    assert {cue.section for cue in cues.rules} == codes | {"none"}
    assert set(cues.weak_after) == codes
    assert set().union(*cues.weak_after.values()) <= codes | {"", "none"}


def test_every_file_of_cues_keeps_its_own_sections() -> None:
    assert {cue.section for cue in builtin_cues().rules} == {
        *("situation", "task", "action", "result", "none")
    }


def test_the_report_shows_each_part_and_what_was_not_heard() -> None:
    without_why = said(Kind.INTRODUCTION, "who", "now", "before", "human")
    text = shown(terminal.report(told(without_why, Kind.INTRODUCTION), plain=True))
    assert "Your introduction" in text
    assert re.search(r"Who you are +at 0:00 +\d s +\d+%", text)
    assert re.search(r"Why here +missing", text)
    assert "STAR does not apply" not in text
    assert "Your order" not in text


def test_the_report_tells_an_unusual_order() -> None:
    text = shown(terminal.report(told(said(Kind.SYSTEM_DESIGN), Kind.SYSTEM_DESIGN), plain=True))
    assert "Steps" in text
    analysis = told(said(Kind.SYSTEM_DESIGN, "review", "design"), Kind.SYSTEM_DESIGN)
    assert "Your order: review, design." in shown(terminal.report(analysis, plain=True))


@pytest.mark.parametrize("width", [60, 80])
@kinds
def test_the_report_fits_its_screen(kind: Kind, width: int) -> None:
    for plain in (True, False):
        lines = shown(terminal.report(told(said(kind), kind), plain=plain), width=width)
        assert all(len(line) <= width for line in lines.splitlines())


def test_json_holds_every_part_or_null() -> None:
    analysis = told(said(Kind.INTRODUCTION, "who", "now", "before", "human"), Kind.INTRODUCTION)
    value = codec.analysis(analysis, "-")["outline"]
    assert isinstance(value, dict)
    assert value["kind"] == "introduction"
    assert (value["missing"], value["thin"]) == (["why_here"], [])
    assert value["order"] == ["who", "now", "before", "human"]
    assert isinstance(value["parts"], list)
    assert value["parts"][0] == {
        "part": "who",
        "name": "Who you are",
        "present": True,
        "seconds": 4.8,
        "words": 12,
        "share": pytest.approx(0.2, abs=0.05),
        "first_word": 0,
        "last_word": 11,
        "start": 0.0,
        "end": 4.8,
    }
    assert codec.analysis(replace(analysis, outline=None), "-")["outline"] is None


@pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled answers in ../shared are not here")
@pytest.mark.parametrize("name", ["visible.jsonl", "visible_spoken.jsonl"])
def test_a_real_introduction_is_heard_whole(name: str) -> None:
    rows = [json.loads(line) for line in (SHARED / name).read_text("utf-8").splitlines()]
    (row,) = [row for row in rows if row["kind"] == "intro"]
    found = read(" ".join(one["text"] for one in row["sentences"]), Kind.INTRODUCTION)
    assert found.missing == ()
    assert set(found.order) == set(INTRODUCTION)
