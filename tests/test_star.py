from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from rehearse.analysis.star.absence import signs
from rehearse.analysis.star.sections import Told, builtin_crf, tell
from rehearse.analysis.star.star import star
from rehearse.analysis.star.word_groups import builtin_groups, forms, parse_groups
from rehearse.analysis.words.clauses import clauses
from rehearse.model.structure import STAR, NoStory, Section, Star
from rehearse.model.take import Kind, Transcript, Word
from tests.speech import spoken, written
from tools.star.answers import heard_instead, read_answers, split

SITUATION = "Two years ago I was working at a library, and the old catalogue was failing weekly."
TASK = "My task was to move everything before the new term."
ACTION = (
    "I decided to sort the records first. Then I wrote a small script and trained four people, "
    "so that each of them could check a shelf."
)
RESULT = "As a result, the catalogue was ready a week early and complaints fell by half."
STORY = f"{SITUATION} {TASK} {ACTION} {RESULT}"
SHARED = Path(__file__).parent.parent.parent / "shared" / "star"

S, T, A, R = STAR


def read(text: str, kind: Kind | None = None) -> Star:
    return star(written(text).words, builtin_crf(), kind=kind)


def plain(text: str) -> str:
    return re.sub(r"[^\w ]", "", text).lower()


def covered(found: Star, words: int) -> bool:
    indices = [i for part in found.segments for i in range(part.first_word, part.last_word + 1)]
    return indices == list(range(words))


@pytest.mark.parametrize("spell", [str, plain, str.upper], ids=["as written", "bare", "capitals"])
def test_a_whole_story_has_all_four_sections_in_order(spell: type[str]) -> None:
    found = read(spell(STORY))
    assert found.applies
    assert found.missing == ()
    assert found.order == STAR
    assert covered(found, len(STORY.split()))


@pytest.mark.parametrize("spell", [str, plain], ids=["as written", "bare"])
@pytest.mark.parametrize(
    ("parts", "missing"),
    [
        ((TASK, ACTION, RESULT), S),
        ((SITUATION, ACTION, RESULT), T),
        ((SITUATION, TASK, RESULT), A),
        ((SITUATION, TASK, ACTION), R),
    ],
    ids=lambda value: value.value if isinstance(value, Section) else "",
)
def test_what_was_not_told_is_missing(
    parts: tuple[str, ...], missing: Section, spell: type[str]
) -> None:
    found = read(spell(" ".join(parts)), Kind.BEHAVIOURAL)
    assert found.missing == (missing,)
    (share,) = [part for part in found.sections if part.section is missing]
    assert (share.present, share.words, share.share) == (False, 0, 0.0)


def test_a_story_may_begin_with_its_result() -> None:
    found = read(f"Complaints fell by half in one term. {SITUATION} {TASK} {ACTION}")
    assert found.order == (R, S, T, A)
    assert found.missing == ()


def test_a_section_told_twice_has_two_segments() -> None:
    saved = "It saved us two weeks of work."
    found = read(f"{RESULT} {saved} {SITUATION} {TASK} {ACTION} In the end {RESULT.lower()}")
    assert [part.section for part in found.segments] == [R, S, T, A, R]
    assert found.order == (R, S, T, A)


def test_seconds_and_shares_come_from_the_times_of_words() -> None:
    speech = spoken(f"_2_ {SITUATION} _3_ {TASK} {ACTION} {RESULT}")
    found = star(speech.words, builtin_crf())
    first = found.segments[0]
    assert first.start == 2.0
    assert first.end == pytest.approx(2.0 + 0.4 * len(SITUATION.split()))
    assert sum(part.share for part in found.sections) == pytest.approx(1)
    seconds = {part.section: part.seconds for part in found.sections}
    assert seconds[R] == pytest.approx(0.4 * len(RESULT.split()))


def test_without_times_shares_go_by_words_and_seconds_are_unknown() -> None:
    found = read(STORY)
    assert [part.seconds for part in found.sections] == [None] * 4
    assert found.sections[0].share == pytest.approx(len(SITUATION.split()) / len(STORY.split()))
    assert all(part.start is None and part.end is None for part in found.segments)


def test_fillers_change_nothing() -> None:
    text = "My, um, task was to, uh, find the cause before the sale."
    fluent = "My task was to find the cause before the sale."
    told = tell(written(text).words, builtin_crf(), fillers=frozenset({1, 5}))
    assert told.rows == tell(written(fluent).words, builtin_crf()).rows
    assert told.runs == (range(len(text.split())),)


def test_talk_before_a_story_is_none_of_it() -> None:
    found = read(f"That is a good question. Let me think about it for a moment. {STORY}")
    assert [part.section for part in found.segments] == [Section.NONE, *STAR]
    assert found.missing == ()


def test_what_is_doubtful_is_thin_and_not_missing() -> None:
    found = read(f"{SITUATION} {ACTION} And so we kept the old building for the archive.")
    assert set(found.missing).isdisjoint(found.thin)
    assert set(found.missing) | set(found.thin) | set(found.order) == set(STAR)


@pytest.mark.parametrize(
    "text",
    [
        "My name is Ines and I am a nurse. I have worked on a children's ward for six years, and "
        "I enjoy it. I would like to learn more about research, and that is why I am here today.",
        "Thank you for your time. I am very excited about the role and I look forward to the next "
        "steps. Do you have anything else that you would like to know about me or my work?",
        "I believe that a good team talks a lot. People need to trust each other, and they need "
        "time to make mistakes. It is the same in every place, large or small, old or young.",
    ],
)
@pytest.mark.parametrize("spell", [str, plain], ids=["as written", "bare"])
def test_what_is_no_story_is_not_read_as_one(text: str, spell: type[str]) -> None:
    found = read(spell(text))
    assert not found.applies
    assert (found.sections, found.missing, found.order) == ((), (), ())
    assert [(part.section, part.confidence) for part in found.segments] == [(Section.NONE, 1.0)]
    assert covered(found, len(text.split()))


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.BEHAVIOURAL])
def test_other_kinds_of_question_expect_no_story(kind: Kind) -> None:
    assert not read(STORY, kind).applies


def test_a_single_section_is_a_story_that_lacks_the_others() -> None:
    found = read(SITUATION + " It was bad for all the readers.", Kind.BEHAVIOURAL)
    assert found.applies
    assert A in found.missing
    assert R in (*found.missing, *found.thin)


@pytest.mark.parametrize("text", ["", "Yes.", "I built it.", "um um um", "— . ,"])
def test_a_few_words_are_too_short_to_judge(text: str) -> None:
    found = read(text, Kind.BEHAVIOURAL)
    assert not found.applies
    assert covered(found, len(text.split()))


@pytest.mark.parametrize(
    "text", ["so " * 500, "1 2 3 4 5 6 7 8 9 10 " * 20, "test test one two " * 9]
)
def test_the_same_few_words_are_too_little_to_judge(text: str) -> None:
    found = read(text, Kind.BEHAVIOURAL)
    assert (found.applies, found.why_not) == (False, NoStory.SHORT)


def test_another_language_taken_for_english_is_no_story() -> None:
    found = read(
        "Letztes Jahr war unser Laden in Schwierigkeiten, und ich habe fünfzig Kunden angerufen "
        "und alles aufgeschrieben. Am Ende blieben zwanzig Prozent mehr bei uns.",
        Kind.BEHAVIOURAL,
    )
    assert (found.applies, found.why_not) == (False, NoStory.LANGUAGE)


def test_half_an_hour_is_read_to_its_end() -> None:
    found = read(" ".join([STORY] * 90), Kind.BEHAVIOURAL)
    assert found.applies
    assert covered(found, 90 * len(STORY.split()))


def test_the_sentence_that_shows_a_section_is_one_of_its_own() -> None:
    found = read(STORY)
    quotes = {part.section: part.best.text for part in found.sections if part.best}
    assert quotes[S] == SITUATION
    assert quotes[T] == TASK
    assert quotes[A] in ACTION
    assert quotes[R] == RESULT


def test_a_word_without_times_leaves_seconds_unknown() -> None:
    speech = spoken(STORY)
    words = (*speech.words[:3], Word(speech.words[3].text), *speech.words[4:])
    found = star(words, builtin_crf())
    assert found.missing == ()
    assert covered(found, len(words))


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("plan", {"plan", "plans", "planning", "planned"}),
        ("offer", {"offer", "offers", "offering", "offered"}),
        ("decide", {"decide", "decides", "deciding", "decided"}),
        ("try", {"try", "tries", "trying", "tried"}),
        ("fix", {"fix", "fixes", "fixing", "fixed"}),
        ("go/went/gone", {"go", "goes", "going", "went", "gone"}),
        ("agree", {"agree", "agrees", "agreeing", "agreed"}),
    ],
)
def test_verbs_are_inflected(verb: str, expected: set[str]) -> None:
    assert {form for form, _ in forms(verb)} == expected


def test_a_word_knows_its_groups_and_a_verb_its_form() -> None:
    groups = builtin_groups()
    assert groups["investigated"] == ("look:past",)
    assert "trouble:is" in groups["outage"]
    assert "better:plain" in groups["reduce"]
    assert "succeed:past" in groups["won"]
    assert "the" not in groups


def test_a_word_of_two_groups_is_in_both() -> None:
    groups = parse_groups('[verbs]\na = "run"\nb = "run"\n[words]\nc = "run"')
    assert groups["run"] == ("a:plain", "b:plain", "c:is")


def test_a_table_without_groups_is_refused() -> None:
    with pytest.raises(KeyError):
        parse_groups("")


def test_bare_speech_is_cut_where_a_late_clause_opens() -> None:
    text = "we called every one of the forty shops on our old list the owners were glad to hear us"
    words = written(text).words
    cut = [" ".join(words[i].text for i in run) for run in clauses(words)]
    assert cut[-1] == "the owners were glad to hear us"


def test_answers_for_training_choosing_and_testing_stay_apart() -> None:
    answers = read_answers()
    parts = split(answers)
    dealt = [answer.id for part in (parts.train, parts.validation, parts.test) for answer in part]
    assert sorted(dealt) == sorted(answer.id for answer in answers)
    assert min(len(parts.validation), len(parts.test)) > len(answers) / 15


def test_what_was_heard_stands_in_place_of_what_was_typed_in_training_alone() -> None:
    parts = split(read_answers())
    heard = heard_instead(parts.train)
    assert len(heard) == len(parts.train)
    new = [(one, old) for one, old in zip(heard, parts.train, strict=True) if one is not old]
    assert len(new) > 40
    for one, old in new:
        assert one.twin == old.id and one.writer == old.writer
        assert {line.label for line in one.lines} == {line.label for line in old.lines}
    for part in (parts.validation, parts.test):
        assert heard_instead(part) == part


def test_new_answers_move_no_old_one_to_another_part() -> None:
    answers = read_answers()
    fewer = split(answers[: len(answers) // 2])
    assert set(fewer.test) <= set(split(answers).test)
    assert set(fewer.train) <= set(split(answers).train)


@dataclass(frozen=True)
class Labelled:
    transcript: Transcript
    labels: tuple[str, ...]


def labelled(name: str) -> Iterator[Labelled]:
    for line in (SHARED / name).read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] == "star":
            told = [
                (word, one["label"]) for one in row["sentences"] for word in one["text"].split()
            ]
            yield Labelled(
                Transcript(tuple(Word(word) for word, _ in told)), tuple(label for _, label in told)
            )


@pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled answers in ../shared are not here")
@pytest.mark.parametrize("name", ["visible.jsonl", "visible_spoken.jsonl"])
def test_most_words_of_real_answers_get_their_section(name: str) -> None:
    right = total = 0
    for answer in labelled(name):
        words = answer.transcript.words
        found = star(words, builtin_crf(), kind=Kind.BEHAVIOURAL)
        assert covered(found, len(words))
        for part in found.segments:
            for index in range(part.first_word, part.last_word + 1):
                right += part.section.value[0].upper() in answer.labels[index]
                total += 1
    assert total > 2000
    assert right / total > 0.7  # a rule that calls every word Action gets 0.40


def test_a_story_told_to_a_question_that_asks_why_is_pointed_out() -> None:
    told = read(STORY, Kind.MOTIVATION)
    assert told.unasked and not told.applies and told.why_not is NoStory.KIND
    reason = (
        "I want to work here because your company builds things that people use every day, and I "
        "would like to be closer to them. I also like that you write openly about mistakes."
    )
    assert not read(reason, Kind.MOTIVATION).unasked
    assert not read(STORY, Kind.INTRODUCTION).unasked
    assert not read(STORY, Kind.BEHAVIOURAL).unasked


def test_without_a_section_that_was_told_the_best_way_through_the_answer_loses() -> None:
    told = (S, T, A, A, A)
    rows = tuple({section: 0.97 if section is one else 0.01 for section in Section} for one in told)
    absent = {section: 0.05 if section in told else 0.95 for section in STAR}
    runs = tuple(range(12 * number, 12 * number + 12) for number in range(len(told)))
    found = signs(Told(runs, rows, absent, frozenset()))
    lost = {section: by for section, (_, by) in found.items()}
    assert min(lost[section] for section in told) > 0 > lost[R]
