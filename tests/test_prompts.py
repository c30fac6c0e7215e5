"""The checklist for the built-in packs: how much there is, of what, and how it can be spoken."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from rehearse.model.structure import STAR
from rehearse.model.take import Kind, Question
from rehearse.questions.bank import Plan, Principle
from rehearse.questions.choose import by_principle, plans_of, principles_of, stories_of
from rehearse.questions.kinds import find_kind
from rehearse.questions.pack import Pack
from rehearse.questions.packs import builtin_packs
from rehearse.questions.principles import PUBLISHED

PACKS = builtin_packs()
BY_NAME = {pack.name: pack for pack in PACKS}
QUESTIONS = tuple(question for pack in PACKS for question in pack.questions)
ASKED = tuple(question for question in QUESTIONS if question.kind is not Kind.TO_ASK)
STORIES = tuple(question for question in QUESTIONS if question.kind is Kind.BEHAVIOURAL)
PRINCIPLES = principles_of(PACKS)
PLANS = {plan.name: plan for plan in plans_of(PACKS)}
SPOKEN = (*(one.text for one in QUESTIONS), *(text for one in QUESTIONS for text in one.follow_ups))
SHOWN = tuple(text for one in PRINCIPLES for text in (one.description or "", *one.guidance))

PROFESSIONS = ("care", "first-job", "service", "teaching")
THEMES = {
    "people management",
    "writing sample",
    "project management",
    "system design",
    "operational excellence",
}
LEAST = {
    Kind.INTRODUCTION: 6,
    Kind.MOTIVATION: 10,
    Kind.BEHAVIOURAL: 160,
    Kind.TECHNICAL: 10,
    Kind.SYSTEM_DESIGN: 8,
    Kind.TO_ASK: 20,
    Kind.CLOSING: 5,
}

NOTES = Path(__file__).parents[2] / "shared" / "notes"
RUN = 6  # words in a row that are no coincidence, after the openings that everybody uses
OPENINGS = re.compile(r"^(tell me about|describe) (a|the) (time|situation) when( you( had to)?)? ")
SENTENCE = re.compile(r"[A-Z][A-Za-zé' ,-]*[.?]")
LONGEST = 20  # words that a listener can hold in mind, who may not be a native speaker
FILLING = 50  # the words that most questions share say nothing about what one is after
ALIKE = 0.45  # of the other words in two questions; above that they ask the same
MOST_OF_ONE_OPENING = 0.3  # of all stories; an interviewer varies how to begin
TOO_LOOSE = 8  # matches; a pattern with more tells little about its topic

TOPICS = {
    Kind.INTRODUCTION: {
        "yourself": "about yourself",
        "two minutes": "two minutes",
        "background": "background",
        "résumé": "career, step by step",
        "now and before": "job now, and how did you come",
    },
    Kind.MOTIVATION: {
        "this company": "this company",
        "this position": "What do you like most about this job",
        "leaving": "leave your current job",
        "strengths": "really good at",
        "weaknesses": "weakness",
        "the future": "five years",
    },
    Kind.BEHAVIOURAL: {
        "pride": "most proud of",
        "hardest work": "most difficult work you have ever",
        "manager convinced": "disagreed with your manager",
        "lost, then loyal": "you were against, but you helped",
        "unwelcome words": "in a meeting that nobody wanted",
        "against the group": "decision of your group",
        "protecting the team": "bad for your team",
        "unsupported idea": "that nobody supported",
        "persistence": "worked on one problem",
        "conflict": "conflict with somebody in your team",
        "failure": "big mistake",
        "course corrected": "mistake that you found in the middle",
        "risk": "risk that you took",
        "below expectations": "not as good as people expected",
        "broken commitment": "promise to a customer or a colleague",
        "late": "later than you had promised",
        "promised quality": "quality of your work not",
        "deadline": "very little time",
        "grew too big": "much bigger than you had planned",
        "extra mile": "much more for a customer",
        "not given to me": "although it was not your job",
        "volunteering": "task that nobody else wanted",
        "outside the role": "very different from your normal job",
        "nobody in charge": "not clear who was responsible",
        "missing facts": "many facts were not known",
        "wrong facts": "given you wrong information",
        "no permission": "waiting for permission",
        "surprise": "something unexpected",
        "obstacle": "biggest problem you have ever had to solve",
        "discomfort": "make you feel uncomfortable",
        "new technology": "Which new technology",
        "unrelated learning": "outside your job that helped",
        "changed mind": "change your mind",
        "latest lesson": "learned last year",
        "simple answer": "simple answer",
        "new way": "been the same for years",
        "invention, measured": "most original thing .* how did you know",
        "status quo": "old habit at work",
        "cleaning up": "old system or an old process",
        "shared cause": "two different problems had the same cause",
        "answer on the spot": "answer from you very quickly",
        "wish and need": "asked for one thing, but needed",
        "never asked for": "for a customer without being asked",
        "easier for them": "easier for the people who use",
        "their feedback": "When did a customer change",
        "criticism": "hardest criticism",
        "manager's feedback": "manager last ask you to improve",
        "trade-off": "two goals",
        "long view": "not take the quick one",
        "less of everything": "less time or less money",
        "other eyes": "different opinion from you",
        "outside help": "outside your team for help",
        "distrust overcome": "did not trust you at first",
        "unpopular turn": "change that they would not like",
        "peer": "convince a colleague",
        "two teams": "two teams wanted different things",
        "weak spot": "weakness that you found in the way your team",
        "morale": "people in your team were unhappy",
        "struggling colleague": "colleague who had problems with the work",
        "low performance": "did not do enough work",
        "career": "whose career you helped",
        "missing strength": "better than you at something",
        "far away": "works far away",
        "promotion": "difficult promotion",
        "team for a goal": "team that you built",
        "convinced": "against at first, but you supported",
        "vision": "convince people of a goal",
        "no compromise": "accept less quality",
        "safer, fairer": "safer or fairer",
        "later effects": "help or hurt people later",
    },
    Kind.SYSTEM_DESIGN: {"a service": "design a service", "a rebuild": "build it today"},
    Kind.TECHNICAL: {"when and when not": "when would you use one, and when not"},
    Kind.TO_ASK: {
        "team, projects": "team working on",
        "challenges": "most difficult problem",
        "a week": "normal week",
        "culture": "describe this company",
        "tools": "tools",
        "from afar": "work from home|in different places",
        "growth": "learn new things",
        "career": "usually do after",
        "measures": "how do you measure it",
        "first months": "first three months",
        "leadership": "manager last change a decision",
        "values": "values",
        "what comes next": "what happens next, and when",
        "doubts": "not sure about",
    },
    Kind.CLOSING: {
        "last words": "like to say at the end",
        "to remember": "important for me to know about you",
    },
}
ASKED_AFTER = {
    "hard": "hard",
    "conflict": "disagree|against it|got in the way|differently",
    "unclear": "unclear|uncertain",
    "learned": "did you learn",
    "own part": "your own part|yours alone",
    "measured": "measure",
    "again": "do differently",
    "afterwards": "afterwards|happened after",
}
DESIGN_STEPS = {
    "questions first": "questions would you ask me",
    "customers": "who uses it",
    "scope": "leave out",
    "requirements": "requirement",
    "drawing": "draw",
    "speed": "slow|fast|delay",
    "faults found": "find out why|not working",
    "point of failure": "if it failed|fails first",
}


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_a_built_in_pack_has_a_title_and_no_problem(pack: Pack) -> None:
    assert pack.problems == ()
    assert pack.title
    assert pack.questions or pack.plans


@pytest.mark.parametrize("kind", Kind)
def test_there_is_enough_to_ask_of_each_kind(kind: Kind) -> None:
    assert sum(question.kind is kind for question in QUESTIONS) >= LEAST[kind]


def test_the_published_principles_alone_have_enough_questions() -> None:
    named = [one for one in STORIES if set(one.principles) & set(PUBLISHED)]
    assert len(named) >= 160
    assert len(BY_NAME["behavioural"].questions) >= 160


@pytest.mark.parametrize("principle", PRINCIPLES, ids=lambda one: one.name)
def test_a_principle_is_described_and_says_how_to_prepare(principle: Principle) -> None:
    signs = [text for text in principle.guidance if text.startswith("Good sign: ")]
    prepare = [text for text in principle.guidance if text.startswith("Prepare: ")]
    least = 3 if principle.name in PUBLISHED else 2
    assert principle.description
    assert len(signs) + len(prepare) == len(principle.guidance)
    assert least <= len(signs) <= 5
    assert least <= len(prepare) <= 5


@pytest.mark.parametrize("principle", PRINCIPLES, ids=lambda one: one.name)
def test_a_principle_has_questions(principle: Principle) -> None:
    least = 6 if principle.name in PUBLISHED else 4
    assert len(by_principle(QUESTIONS, principle.name)) >= least


def test_all_published_principles_are_described() -> None:
    assert set(PUBLISHED) <= {principle.name for principle in PRINCIPLES}


@pytest.mark.parametrize("question", ASKED, ids=lambda question: question.text[:40])
def test_a_question_is_complete(question: Question) -> None:
    assert 1 <= len(question.follow_ups) <= 3
    assert question.target
    if question.kind is Kind.BEHAVIOURAL:
        assert len(question.follow_ups) >= 2
        assert 1 <= len(question.principles) <= 3
        assert set(question.principles) <= {principle.name for principle in PRINCIPLES}


def test_an_introduction_is_asked_for_in_one_minute_and_a_half_and_two() -> None:
    targets = {one.target for one in QUESTIONS if one.kind is Kind.INTRODUCTION}
    assert {60.0, 90.0, 120.0} <= targets


@pytest.mark.parametrize("name", PROFESSIONS)
def test_other_work_has_principles_of_its_own(name: str) -> None:
    pack = BY_NAME[name]
    own = {principle.name for principle in pack.principles}
    asked = [question for question in pack.questions if question.kind is Kind.BEHAVIOURAL]
    assert len(own) >= 3
    assert not own & set(PUBLISHED)
    assert len(asked) >= 8
    assert all(set(question.principles) <= own for question in asked)
    assert any(question.kind is Kind.MOTIVATION for question in pack.questions)
    assert pack.plans


def test_no_two_packs_describe_the_same_principle_or_plan() -> None:
    names = [one.name for pack in PACKS for one in pack.principles]
    names += [one.name for pack in PACKS for one in pack.plans]
    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_stories_and_speeches_are_left_to_the_user() -> None:
    assert stories_of(PACKS) == ()
    assert [pack.name for pack in PACKS if pack.introduction or pack.closing] == []


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_a_plan_can_be_played(plan: Plan) -> None:
    for interviewer in plan.interviewers:
        assert 2 <= len(interviewer.principles) <= 3
        assert interviewer.questions == len(interviewer.principles) + len(interviewer.themes)
        for name in interviewer.principles:
            assert by_principle(QUESTIONS, name)
        for theme in interviewer.themes:
            assert find_kind(theme) or by_principle(QUESTIONS, theme)


def test_a_phone_screen_is_an_introduction_two_stories_their_questions_and_a_goodbye() -> None:
    (caller,) = PLANS["Phone screen"].interviewers
    assert len(caller.principles) == 2
    assert set(map(find_kind, caller.themes)) == {Kind.INTRODUCTION, Kind.TO_ASK, Kind.CLOSING}


def test_a_behavioural_round_is_one_person_and_stories_only() -> None:
    (interviewer,) = PLANS["Behavioural round"].interviewers
    assert interviewer.themes == ()


def test_a_full_loop_goes_through_all_principles_and_themes() -> None:
    interviewers = PLANS["Full loop"].interviewers
    assert 4 <= len(interviewers) <= 6
    assert all(interviewer.themes for interviewer in interviewers)
    assert {theme for one in interviewers for theme in one.themes} >= THEMES
    named = Counter(name for one in interviewers for name in one.principles)
    assert named == Counter(PUBLISHED)


def test_nothing_is_asked_twice() -> None:
    texts = Counter(_words(text) for text in (one.text for one in QUESTIONS))
    assert [text for text, times in texts.items() if times > 1] == []
    follow_ups = {_words(text) for one in QUESTIONS for text in one.follow_ups}
    assert follow_ups & set(texts) == set()


def test_no_two_questions_are_nearly_the_same() -> None:
    words = {one.text: set(_words(one.text).split()) for one in QUESTIONS}
    common = Counter(word for found in words.values() for word in found)
    filling = {word for word, _ in common.most_common(FILLING)}
    rest = [(text, found - filling) for text, found in words.items() if found - filling]
    pairs = [(a[0], b[0]) for a, b in combinations(rest, 2) if _alike(a[1], b[1]) > ALIKE]
    assert pairs == []


def test_openings_vary() -> None:
    openings = Counter(" ".join(one.text.split()[:2]) for one in STORIES)
    assert [text for text, n in openings.items() if n > MOST_OF_ONE_OPENING * len(STORIES)] == []
    assert len(openings) >= 20


def test_a_voice_can_say_everything_without_stumbling() -> None:
    odd = [text for text in SPOKEN if not all(map(SENTENCE.fullmatch, _sentences(text)))]
    shouted = [text for text in SPOKEN if re.search(r"\b[A-Z]{2,}\b|\b(?:e\.g|i\.e|etc)\b", text)]
    long = [text for text in SPOKEN if len(text.split()) > LONGEST or len(_sentences(text)) > 2]
    assert (odd, shouted, long) == ([], [], [])


def test_what_is_shown_about_a_principle_is_plain() -> None:
    odd = [text for text in SHOWN if not re.fullmatch(r"[A-Z][A-Za-z' ,:.-]*\.", text)]
    assert odd == []


@pytest.mark.parametrize(
    ("kind", "name", "pattern"),
    [(kind, name, pattern) for kind, table in TOPICS.items() for name, pattern in table.items()],
)
def test_a_topic_is_asked_about(kind: Kind, name: str, pattern: str) -> None:
    texts = [question.text for question in QUESTIONS if question.kind is kind]
    assert 1 <= len(_matching(pattern, texts)) <= TOO_LOOSE, name


@pytest.mark.parametrize(("name", "pattern"), ASKED_AFTER.items())
def test_a_story_is_followed_up_in_each_of_the_usual_ways(name: str, pattern: str) -> None:
    texts = [text for question in STORIES for text in question.follow_ups]
    assert _matching(pattern, texts), name


@pytest.mark.parametrize(("name", "pattern"), DESIGN_STEPS.items())
def test_each_step_of_a_design_is_asked_after(name: str, pattern: str) -> None:
    texts = [
        text for question in BY_NAME["system-design"].questions for text in question.follow_ups
    ]
    assert _matching(pattern, texts), name


def test_the_wording_is_our_own() -> None:
    if not NOTES.is_dir():
        pytest.skip("the notes to compare with are not beside this checkout")
    notes = " ".join(path.read_text(encoding="utf-8") for path in sorted(NOTES.glob("*.md")))
    theirs = f" {_words(notes)} "
    runs = [run for text in (*SPOKEN, *SHOWN) for run in _runs(OPENINGS.sub("", _words(text)))]
    assert [run for run in runs if f" {run} " in theirs] == []


def _matching(pattern: str, texts: list[str]) -> list[str]:
    return [text for text in texts if re.search(pattern, text, re.IGNORECASE)]


def _alike(some: set[str], other: set[str]) -> float:
    return len(some & other) / len(some | other)


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?]) ", text)


def _words(text: str) -> str:
    return " ".join(re.findall(r"[^\W\d_]+", re.sub("['’]", "", text.casefold())))


def _runs(text: str) -> list[str]:
    words = text.split()
    return [" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)]


def test_each_story_question_has_one_sample_answer_with_all_sections() -> None:
    samples = {one.title: one for pack in builtin_packs("samples") for one in pack.samples}
    assert sorted(samples) == sorted(one.text for one in STORIES)
    for one in samples.values():
        words = [len((one.told(section) or "").split()) for section in STAR]
        assert all(words) and 50 <= sum(words) <= 110, one.title
        assert words[2] > max(words[:2]), f"{one.title}: what was done is told at length"


def test_samples_are_never_asked() -> None:
    assert not [pack for pack in builtin_packs("samples") if pack.questions or pack.problems]
