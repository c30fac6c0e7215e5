from __future__ import annotations

import re

import pytest

from rehearse.analysis.advice import MOST, Finding, advise, builtin_wordings
from rehearse.analysis.analyze import analyze
from rehearse.analysis.coaching import Coaching
from rehearse.analysis.findings import findings
from rehearse.analysis.followups import builtin_follow_ups, builtin_wanted, follow_up
from rehearse.analysis.rules import builtin_table
from rehearse.model.delivery import Verdict
from rehearse.model.structure import Analysis
from rehearse.model.take import Kind, Question
from rehearse.text import bare_words
from rehearse.views.headline import headline
from tests.examples import Examples, examples
from tests.speech import spoken

SITUATION = "Last year our shop was losing customers every week."
TASK = "My task was to find out why."
ACTION = "I decided to call fifty of them. Then I wrote down what they said and sorted it by theme."
RESULT = "As a result, we kept twenty percent more of them."
STORY = f"{SITUATION} {TASK} {ACTION} {RESULT}"
OURS = "We decided to call them. Then we wrote a list, so we sorted it and we shared it."
GOAL = "My goal was to keep them. I was responsible for all of it."
MUCH = (
    "First I wrote down what fifty of them had to say. Then I sorted it by theme. "
    "I also asked the two people at the till, and I tried three new signs. "
)
OTHERWISE = (
    "Customers had been leaving our shop since spring and it fell to me to see why. So I rang up "
    "about fifty people, took notes, and put the notes in piles. We lost a fifth fewer after that."
)
PLAIN_TALK = "A queue keeps work in order and a worker takes the next thing out of it"

EXAMPLES = {
    "missing_action": ([f"{SITUATION} {TASK} {RESULT}"], [STORY, PLAIN_TALK, "I built it."]),
    "missing_result": ([f"{SITUATION} {TASK} {ACTION}"], [STORY, f"{RESULT} {SITUATION} {ACTION}"]),
    "missing_task": ([f"{SITUATION} {MUCH} {RESULT}"], [STORY]),
    "missing_situation": ([f"{TASK} {ACTION} {RESULT}"], [STORY]),
    "too_long": ([f"{STORY} _60_ so yes"], [STORY, f"{STORY} _20_ so yes"]),
    "too_short": ([STORY], [f"{STORY} _20_ so yes", "I built it."]),
    "hardly_begun": (["I built it."], [STORY]),
    "many_fillers": (
        [f"Um, {SITUATION} {TASK} Um, uh, {ACTION} _5_ {RESULT}"],
        [STORY, f"Um, {STORY}", "um I uh built um it", f"Um, um, um, {STORY} _30_ so"],
    ),
    "mostly_we": ([f"{SITUATION} {TASK} {OURS} {RESULT}"], [STORY, f"{SITUATION} {OURS} {ACTION}"]),
    "long_situation": (
        [f"{SITUATION} {SITUATION} {SITUATION} {SITUATION} {TASK} {ACTION} {RESULT}"],
        [STORY, f"{SITUATION} {SITUATION} {SITUATION} {TASK}"],
    ),
    "short_action": (
        [f"{SITUATION} {SITUATION} {TASK} Then I called fifty of them. {RESULT} {RESULT}"],
        [STORY, PLAIN_TALK],
    ),
    "no_number": (
        [f"{SITUATION} {TASK} {ACTION} As a result, they came back to us."],
        [STORY, f"{SITUATION} {TASK} {ACTION}"],
    ),
    "short_result": (
        [f"{SITUATION} {TASK} {3 * MUCH} As a result, it worked."],
        [STORY, f"{SITUATION} {TASK} {ACTION} {RESULT} {RESULT}"],
    ),
    "long_result": (
        [f"{SITUATION} {TASK} {ACTION} {RESULT} In the end {RESULT} Since then {RESULT}"],
        [STORY, f"{RESULT} {RESULT}"],
    ),
    "long_action": ([f"{SITUATION} {TASK} {8 * MUCH} {RESULT}"], [STORY]),
    "short_situation": (
        [f"Last year we were late. {TASK} {3 * MUCH} {RESULT}"],
        [STORY, f"{TASK} {MUCH} {MUCH} {RESULT}"],
    ),
    "long_task": (
        [f"{SITUATION} {TASK} {GOAL} {ACTION} {RESULT}"],
        [STORY],
    ),
    "short_task": (
        [f"{SITUATION} It fell to me. {20 * MUCH} {RESULT} {RESULT}"],
        [STORY],
    ),
    "trails_off": (
        [f"{SITUATION} {TASK} {MUCH} {RESULT} So, yeah."],
        [STORY, f"So, yeah. {STORY}", "I built it, so, yeah."],
    ),
    "fast": ([f"quickly {STORY} {STORY}"], [STORY, "quickly it ran"]),
    "slow": ([f"{STORY} _15_ yes"], [STORY, "I _5_ ran"]),
    "scripted": (
        [" || ".join([STORY] * 3), f"{STORY} || {STORY} || {STORY.replace('why', 'um why')}"],
        [STORY, f"{STORY} || {STORY}", f"{STORY} || {OTHERWISE} || {STORY}"],
    ),
    "long_pause": ([f"{SITUATION} {TASK} I _2.5_ decided it."], [STORY, f"{SITUATION} _4_ {TASK}"]),
}
"""By code: what must and what must not call for it. "quickly" at the start is said quickly; takes
of the same question before it stand before "||"."""

WHO = "My name is Salma and I come from Tunis."
NOW = "At the moment I work in a shop and train two apprentices."
BEFORE = "Before that I worked in a hospital for three years."
WHY_HERE = "I'm applying to your company because I would like to learn from you."
HUMAN = "In my free time I play the oboe with my two sons."
SCOPE = "First I would like to ask who the customer is. Payment is out of scope."
REQUIREMENTS = "It must show rooms within one second for fifty thousand users a day."
DESIGN = "I'd put a service in front of a database. Workers take bookings from a queue."
REVIEW = "The bottleneck is the database. If it fails I would alert somebody."
INTRODUCTION = f"{WHO} {NOW} {BEFORE} {WHY_HERE} {HUMAN}"
STEPS = f"{SCOPE} {REQUIREMENTS} {DESIGN} {REVIEW}"
OTHER_KINDS = {
    "missing_who": (Kind.INTRODUCTION, WHO),
    "missing_now": (Kind.INTRODUCTION, NOW),
    "missing_before": (Kind.INTRODUCTION, BEFORE),
    "missing_why_here": (Kind.INTRODUCTION, WHY_HERE),
    "missing_human": (Kind.INTRODUCTION, HUMAN),
    "missing_scope": (Kind.SYSTEM_DESIGN, SCOPE),
    "missing_requirements": (Kind.SYSTEM_DESIGN, REQUIREMENTS),
    "missing_design": (Kind.SYSTEM_DESIGN, DESIGN),
    "missing_review": (Kind.SYSTEM_DESIGN, REVIEW),
}
"""By code: the part of a whole answer without which it must be called for, and with which not."""
WHOLE = {Kind.INTRODUCTION: INTRODUCTION, Kind.SYSTEM_DESIGN: STEPS}

FIGURES = tuple(
    (name, "7")
    for name in (
        *("duration", "limit", "count", "per_minute", "word"),
        *("we", "i", "share", "pace", "pause", "words", "takes"),
        *("cut", "room", "more", "much"),
    )
)


def told(notation: str, kind: Kind = Kind.BEHAVIOURAL) -> Analysis:
    *before, now = notation.split(" || ")
    speech = spoken(now, word=0.3 if notation.startswith("quickly") else 0.4)
    return analyze(
        speech.transcript,
        sound=speech.sound,
        question=Question("Tell me about a time.", kind),
        target=40.0,
        earlier=[spoken(take).transcript for take in before],
    )


def codes(notation: str, kind: Kind = Kind.BEHAVIOURAL) -> set[str]:
    return {finding.code for finding in findings(told(notation, kind), Coaching())}


def test_no_piece_of_advice_lacks_examples() -> None:
    known = {*EXAMPLES, *OTHER_KINDS, "short_introduction"}
    assert known == {wording.code for wording in builtin_wordings()}
    assert all(must and must_not for must, must_not in EXAMPLES.values())


@pytest.mark.parametrize(
    ("code", "notation"), [(code, text) for code, (must, _) in EXAMPLES.items() for text in must]
)
def test_advice_is_called_for(code: str, notation: str) -> None:
    assert code in codes(notation)


@pytest.mark.parametrize(
    ("code", "notation"), [(code, text) for code, (_, not_) in EXAMPLES.items() for text in not_]
)
def test_advice_is_not_called_for(code: str, notation: str) -> None:
    assert code not in codes(notation)


@pytest.mark.parametrize("code", OTHER_KINDS)
def test_what_an_answer_of_another_kind_lacks_is_called_for(code: str) -> None:
    kind, part = OTHER_KINDS[code]
    assert codes(WHOLE[kind].replace(part, ""), kind) & set(OTHER_KINDS) == {code}
    assert not codes(WHOLE[kind], kind) & set(OTHER_KINDS)
    assert not codes(part, kind) & {code}
    assert not codes(WHOLE[kind].replace(part, "")) & set(OTHER_KINDS)


def test_a_short_introduction_is_fine_for_a_hello() -> None:
    assert "short_introduction" in codes(INTRODUCTION, Kind.INTRODUCTION)
    assert "too_short" not in codes(INTRODUCTION, Kind.INTRODUCTION)
    assert "hardly_begun" in codes(WHO, Kind.INTRODUCTION)
    assert "short_introduction" not in codes("I built it.")
    assert "short_introduction" not in codes(f"{INTRODUCTION} _20_ so yes", Kind.INTRODUCTION)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("I built it. _2_ yes.", "where it was, what your task was and how it ended."),
        (f"{STORY} _4_ yes", "one more detail"),
        (f"{STORY} _26_ yes", "Leave one detail out."),
        (f"{STORY} _70_ yes", "Choose one point"),
    ],
)
def test_advice_on_the_length_goes_by_its_scale(answer: str, says: str) -> None:
    assert any(says in piece.text for piece in told(answer).advice)


@pytest.mark.parametrize(
    ("answer", "kind", "says"),
    [
        (SITUATION, Kind.BEHAVIOURAL, "what your task was, what you did and how it ended."),
        (f"Um. {TASK} So.", Kind.BEHAVIOURAL, "where it was, what you did and how it ended."),
        ("Boats, for hotels by the sea.", Kind.BEHAVIOURAL, "what your task was, what you did and"),
        ("Well, okay.", Kind.BEHAVIOURAL, "where it was, what your task was, what you did and how"),
        (WHO, Kind.INTRODUCTION, "what you do now, what you did before and why you are here."),
        (f"{WHO} {NOW}", Kind.INTRODUCTION, "what you did before and why you are here."),
        ("I'm Bo, I used to be a cook.", Kind.INTRODUCTION, "what you do now and why you are here"),
        (SCOPE, Kind.SYSTEM_DESIGN, "what it must do, how you would build it and what could fail."),
        ("Because it was cheap.", Kind.MOTIVATION, "your reasons, and give an example."),
    ],
)
def test_an_answer_that_has_hardly_begun_is_never_asked_for_what_it_said(
    answer: str, kind: Kind, says: str
) -> None:
    speech = spoken(answer)
    question = Question("Well?", kind)
    found = analyze(speech.transcript, sound=speech.sound, question=question, target=120.0)
    (text,) = [piece.text for piece in found.advice if piece.code == "hardly_begun"]
    assert says in text


@pytest.mark.parametrize(
    ("extra", "says"),
    [
        ("", "one thing you are proud of"),
        ("What I'm proudest of is the clinic.", "an example from your work"),
    ],
)
def test_a_short_introduction_that_says_its_pride_is_not_asked_for_it(
    extra: str, says: str
) -> None:
    given = told(f"{WHO} {NOW} {BEFORE} {WHY_HERE} {extra}", Kind.INTRODUCTION).advice
    found = {piece.code: piece.text for piece in given}
    assert says in found["short_introduction"]


@pytest.mark.parametrize("seconds", [60, 75, 90])
@pytest.mark.parametrize("target", [60.0, 90.0, 120.0])
def test_an_introduction_of_a_minute_or_more_is_never_short(seconds: int, target: float) -> None:
    speech = spoken(f"{INTRODUCTION} _{seconds - 20}_ so that is me")
    question = Question("Who are you?", Kind.INTRODUCTION)
    found = analyze(speech.transcript, sound=speech.sound, question=question, target=target)
    assert (found.timing.answer or 0) >= seconds - 1
    assert found.timing.verdict is not Verdict.SHORT
    assert "shorter" not in headline(found, written_down=True)
    assert not {"short_introduction", "too_short"} & {one.code for one in found.advice}


def test_what_a_short_introduction_lacks_is_counted_up_to_a_minute() -> None:
    speech = spoken(f"{INTRODUCTION} _10_ so that is me")
    question = Question("Who are you?", Kind.INTRODUCTION)
    found = analyze(speech.transcript, sound=speech.sound, question=question, target=120.0)
    left = 60 - int(found.timing.answer or 0)
    assert f", {left} seconds shorter than a minute" in headline(found, written_down=True)


def test_a_short_story_with_all_its_parts_is_not_asked_for_them_again() -> None:
    speech = spoken(STORY)
    question = Question("What did you do?", Kind.BEHAVIOURAL)
    short = analyze(speech.transcript, sound=speech.sound, question=question, target=300.0)
    assert short.star and not short.star.missing
    assert short.advice[0].code == "hardly_begun"
    assert "how you did each step, and why" in short.advice[0].text


def test_the_follow_up_of_an_introduction_asks_for_what_it_lacks() -> None:
    asked = told(INTRODUCTION.replace(WHY_HERE, ""), Kind.INTRODUCTION).follow_up
    assert asked == "And why would you like to work here?"
    assert told(INTRODUCTION, Kind.INTRODUCTION).follow_up is None


ASKING = examples(builtin_wanted().values(), builtin_table("follow_ups.toml")["asks_for"])


@pytest.mark.parametrize("case", ASKING)
def test_a_follow_up_is_known_by_what_it_asks_for(case: Examples[re.Pattern[str]]) -> None:
    assert case.must and case.must_not
    for wanted, texts in ((True, case.must), (False, case.must_not)):
        for text in texts:
            assert bool(case.rule.search(" ".join(bare_words(text.split())))) == wanted, text


def test_no_follow_up_asks_for_what_was_just_said() -> None:
    own = ("Why are you here with us today?", "What would your best friend say?")
    question = Question("Who are you?", Kind.INTRODUCTION, follow_ups=own)
    speech = spoken(INTRODUCTION)
    asked = {
        analyze(
            speech.transcript, sound=speech.sound, question=question, target=None, turn=turn
        ).follow_up
        for turn in range(2)
    }
    assert asked == {"What would your best friend say?"}


def test_who_has_said_what_they_learned_is_not_asked_for_it() -> None:
    asked = {
        analyze(
            spoken(f"{STORY} I learned to ask earlier.").transcript,
            sound=None,
            question=Question("A time?", Kind.BEHAVIOURAL),
            target=None,
            turn=turn,
        ).follow_up
        for turn in range(3)
    }
    assert asked == {"What was the hardest part?"}


def test_three_pieces_at_most_the_most_valuable_first() -> None:
    found = [Finding(wording.code, figures=FIGURES) for wording in reversed(builtin_wordings())]
    given = advise(found, builtin_wordings())
    assert len(given) == MOST
    assert [piece.code for piece in given] == ["hardly_begun", "missing_action", "missing_result"]


@pytest.mark.parametrize("wording", builtin_wordings(), ids=lambda wording: wording.code)
def test_wordings_take_turns_and_are_plain(wording) -> None:  # type: ignore[no-untyped-def]
    finding = Finding(wording.code, figures=FIGURES)
    texts = [advise([finding], [wording], turn=turn)[0].text for turn in range(3)]
    assert texts[0] != texts[1] != texts[2]
    assert not any("{" in text or "!" in text for text in texts)


def test_advice_points_at_words_and_seconds() -> None:
    analysis = told(EXAMPLES["many_fillers"][0][0])
    piece = next(piece for piece in analysis.advice if piece.code == "many_fillers")
    assert (piece.first_word, piece.last_word, piece.start, piece.end) == (0, 0, 0.0, 0.4)
    assert piece.text.startswith("3 fillers, 7 a minute")


@pytest.mark.parametrize(
    ("notation", "question"),
    [
        (f"{SITUATION} {TASK} {RESULT}", "What did you do, step by step?"),
        (f"{SITUATION} {TASK} {ACTION}", "How did it end?"),
        (f"{SITUATION} {MUCH} {RESULT}", "What exactly were you asked to do?"),
        (f"{SITUATION} {TASK} {OURS} {RESULT}", "What was your own part in this?"),
        (STORY, "What would you do differently today?"),
        (PLAIN_TALK, None),
        ("", None),
    ],
)
def test_the_follow_up_asks_for_what_was_left_out(notation: str, question: str | None) -> None:
    assert told(notation).follow_up == question


def test_the_questions_own_follow_up_comes_before_a_general_one() -> None:
    speech = spoken(STORY)
    question = Question("A time?", Kind.BEHAVIOURAL, follow_ups=("Who else knew?", "And then?"))
    asked = [
        analyze(
            speech.transcript, sound=speech.sound, question=question, target=None, turn=turn
        ).follow_up
        for turn in (0, 1, 2)
    ]
    assert asked == ["Who else knew?", "And then?", "Who else knew?"]


def test_follow_ups_are_worded_by_turns() -> None:
    for rule in builtin_follow_ups():
        found = [Finding(rule.when)]
        first, second = (
            follow_up(found, builtin_follow_ups(), told(PLAIN_TALK), turn=turn) for turn in (0, 1)
        )
        assert first != second
