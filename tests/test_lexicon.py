from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from rehearse.analysis.rules import builtin_table, builtin_text, table
from rehearse.analysis.star.cues import Cue, builtin_cues
from rehearse.analysis.star.outcomes import numbers
from rehearse.analysis.words.fillers import in_transcript
from rehearse.analysis.words.hedges import hedges
from rehearse.analysis.words.lexicon import Discourse, FilledPause, Lexicon, builtin, parse_lexicon
from rehearse.analysis.words.repeats import repeats
from rehearse.model.delivery import RepeatKind
from rehearse.text import bare
from tests.examples import Examples, examples
from tests.speech import written

Rule = Examples[FilledPause | Discourse]
LANGUAGES = ("en", "de", "es", "fr", "hi", "pt", "zh")
EXAMPLES = {"en": 260, "all": 400}
"""Sentences at least, written for the rules."""


def lexicon(language: str) -> Lexicon:
    found = builtin(language)
    assert found is not None
    return found


def rules(language: str, *tables: str) -> list[Examples[FilledPause | Discourse]]:
    """Of these tables of a lexicon; what a language does not have is empty."""
    text = builtin_text(f"lexicons/{language}.toml")
    assert text is not None
    found, rows = lexicon(language), table(text)
    of: dict[str, Sequence[FilledPause | Discourse]] = {
        "filled_pause": found.filled_pauses,
        "discourse": found.discourse,
        "hedge": found.hedges or (),
        "meant_twice": found.meant_twice or (),
        "given_up": found.given_up,
        "unfinished": found.unfinished,
    }
    return [case for name in tables for case in examples(of[name], rows.get(name, []))]


def each(*tables: str) -> list[ParameterSet]:
    return [
        pytest.param(language, case, id=f"{language}-{case.rule.text}")
        for language in LANGUAGES
        for case in rules(language, *tables)
    ]


ALL = ("filled_pause", "discourse", "hedge", "meant_twice", "given_up", "unfinished")
CUES = [
    pytest.param(case, id=f"{case.rule.section}-{number}")
    for name in ("star_cues.toml", "introduction_cues.toml", "system_design_cues.toml")
    for number, case in enumerate(
        (
            *examples(builtin_cues(name).rules, builtin_table(name)["cue"]),
            *examples(builtin_cues(name).implied, builtin_table(name).get("implied", [])),
        )
    )
]


def heard(text: str, language: str) -> list[str]:
    found = in_transcript(written(text).words, lexicon(language))
    return [filler.text for filler in found]


@pytest.mark.parametrize(("language", "case"), each("filled_pause", "discourse"))
def test_every_rule_finds_its_examples(language: str, case: Rule) -> None:
    assert [text for text in case.must if case.rule.text not in heard(text, language)] == []


@pytest.mark.parametrize(("language", "case"), each("filled_pause", "discourse"))
def test_every_rule_leaves_the_others_alone(language: str, case: Rule) -> None:
    assert [text for text in case.must_not if case.rule.text in heard(text, language)] == []


def softened(text: str, language: str) -> list[str]:
    found = hedges(written(text).words, lexicon(language))
    return [item.text for item in found.items] if found else []


@pytest.mark.parametrize(("language", "case"), each("hedge"))
def test_every_hedge_is_found_in_its_examples_only(language: str, case: Rule) -> None:
    assert [text for text in case.must if case.rule.text not in softened(text, language)] == []
    assert [text for text in case.must_not if case.rule.text in softened(text, language)] == []


def slips(text: str, language: str) -> list[RepeatKind]:
    words = written(text).words
    said = in_transcript(words, lexicon(language))
    skipped = {item.first_word for item in said if item.first_word is not None}
    found = repeats(words, lexicon(language), fillers=skipped)
    return [item.kind for item in found.items] if found else []


@pytest.mark.parametrize(("language", "case"), each("meant_twice"))
def test_what_is_meant_twice_is_no_repeat(language: str, case: Rule) -> None:
    assert [text for text in case.must if slips(text, language)] == []
    assert [text for text in case.must_not if not slips(text, language)] == []


@pytest.mark.parametrize(("language", "case"), each("given_up", "unfinished"))
def test_what_is_given_up_is_a_false_start(language: str, case: Rule) -> None:
    start = RepeatKind.FALSE_START
    assert [text for text in case.must if start not in slips(text, language)] == []
    assert [text for text in case.must_not if start in slips(text, language)] == []


@pytest.mark.parametrize(("language", "case"), each(*ALL))
def test_no_rule_lacks_examples(language: str, case: Rule) -> None:
    assert case.must
    assert case.must_not


def test_the_rules_have_hundreds_of_examples() -> None:
    sentences = {
        language: {(case.rule.text, text) for case in rules(language, *ALL) for text in case.all}
        for language in LANGUAGES
    }
    assert len(sentences["en"]) >= EXAMPLES["en"]
    assert sum(len(some) for some in sentences.values()) >= EXAMPLES["all"]


def read(cue: Cue, text: str) -> bool:
    words = (bare(token) for token in text.split())
    return bool(cue.pattern.search(" ".join("0" if word[:1].isdigit() else word for word in words)))


@pytest.mark.parametrize("case", CUES)
def test_every_cue_has_examples_and_keeps_to_them(case: Examples[Cue]) -> None:
    assert case.must
    assert case.must_not
    assert [text for text in case.must if not read(case.rule, text)] == []
    assert [text for text in case.must_not if read(case.rule, text)] == []


def test_every_example_of_a_figure_is_read_as_said() -> None:
    examples = builtin_table("numbers.toml")["example"]
    for example in examples:
        words = written(example["text"]).words
        found = numbers(words, range(len(words)))
        assert [number.text for number in found] == example["finds"], example["text"]
    assert any(not example["finds"] for example in examples)


def test_region_and_case_of_a_language_do_not_matter() -> None:
    assert builtin("en-US") == builtin("EN") == builtin("en_gb") == builtin("en")


@pytest.mark.parametrize("language", ["ja", "xx", "", "../lexicons/en", "e.n"])
def test_a_language_without_a_lexicon_has_none(language: str) -> None:
    assert builtin(language) is None


def test_a_lexicon_is_read_from_text() -> None:
    found = parse_lexicon(
        """
        language = "nl"
        [sets]
        who = ["ik", "wij samen"]
        [[filled_pause]]
        text = "eh"
        pattern = "e+h+"
        [[discourse]]
        text = "zeg maar"
        where = [{ break_before = true, after = ["@who", "dus"] }]
        """
    )
    (rule,) = found.discourse
    assert found.language == "nl"
    assert rule.said == (("zeg", "maar"),)
    assert rule.where[0].after == frozenset({("ik",), ("wij", "samen"), ("dus",)})


@pytest.mark.parametrize(
    ("context", "holds", "fails"),
    [
        ('after_only = ["okay", "all right"]', "Okay. All right, dan", "It was okay, dan"),
        ('after_only = ["okay"]', "We left. Okay, dan", "We left, dan"),
        ("answers = true", "Was it? dan yes", "It was. dan yes"),
        ("asks = true", "It was dan?", "It was dan."),
        ("stop_before = true", "It was. dan it", "It was, dan it"),
        ("stop_after = true", "It was dan. It", "It was dan, it"),
        ('earlier = ["when i say"]', "When I say soon, dan now", "When I say soon. It dan now"),
        ('before = ["*ing"]', "we dan jumping", "we dan king"),
    ],
)
def test_a_context_can_ask_for_more_than_neighbours(context: str, holds: str, fails: str) -> None:
    found = parse_lexicon(
        f"""
        language = "nl"
        filled_pause = []
        [[discourse]]
        text = "dan"
        where = [{{ {context} }}]
        """
    )
    assert [item.text for item in in_transcript(written(holds).words, found)] == ["dan"]
    assert in_transcript(written(fails).words, found) == ()


def test_weights_decide_with_the_rule_as_one_sign() -> None:
    text = """
        language = "nl"
        filled_pause = []
        [sets]
        who = ["ik"]
        [[discourse]]
        text = "dan"
        where = [{ first = true }]
        unless = [{ before = ["maar"] }]
    """
    values = {"rule=filler": 1.0, "1@who": -2.0, "-1=en": 3.0, "rule=word": -9.0}
    found = parse_lexicon(text, json.dumps({"dan": {"least": 0.5, "values": values}}))

    def read(said: str) -> int:
        return len(in_transcript(written(said).words, found))

    assert [read("dan wel"), read("dan ik"), read("en dan wel"), read("en dan maar")] == [
        1,
        0,
        1,
        0,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "language = ",
        "language = 'en'",
        "language = 'en'\n[[filled_pause]]\ntext = 'um'",
        "language = 'en'\nfilled_pause = []\n[[discourse]]\ntext = 'x'\nwhere = [{after = ['@y']}]",
    ],
)
def test_what_is_no_lexicon_is_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        parse_lexicon(text)


def test_data_files_hold_no_pattern_that_finds_parts_of_words() -> None:
    for language in LANGUAGES:
        for rule in lexicon(language).filled_pauses:
            assert not re.search(r"\.\*|\.\+|\\w", rule.pattern.pattern), rule.text


def test_own_words_count_everywhere() -> None:
    own = lexicon("en").with_own(("honestly", "at the end of the day", " "))
    found = in_transcript(written("I honestly said at the end of the day, no.").words, own)
    assert [filler.text for filler in found] == ["honestly", "at the end of the day"]


def test_the_tests_lie_beside_the_rules() -> None:
    data = Path(__file__).parent.parent / "rehearse" / "data" / "lexicons"
    assert {file.stem for file in data.glob("*.toml")} == set(LANGUAGES)
