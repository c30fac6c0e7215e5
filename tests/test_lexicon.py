from __future__ import annotations

import re
from pathlib import Path

import pytest

from rehearse.analysis.cues import Cue, builtin_cues
from rehearse.analysis.fillers import in_transcript
from rehearse.analysis.lexicon import Discourse, FilledPause, Lexicon, builtin, parse_lexicon
from rehearse.analysis.numbers import builtin_numerals, numbers
from rehearse.analysis.tables import builtin_table
from rehearse.text import bare
from tests.speech import written

LANGUAGES = ("en", "de", "es", "fr", "pt")


def lexicon(language: str) -> Lexicon:
    found = builtin(language)
    assert found is not None
    return found


def rules(language: str) -> list[FilledPause | Discourse]:
    found = lexicon(language)
    return [*found.filled_pauses, *found.discourse]


RULES = [
    pytest.param(language, rule, id=f"{language}-{rule.text}")
    for language in LANGUAGES
    for rule in rules(language)
]
CUES = [
    pytest.param(cue, id=f"{cue.section}-{number}")
    for name in ("star_cues.toml", "introduction_cues.toml", "system_design_cues.toml")
    for number, cue in enumerate(builtin_cues(name).rules)
]


def heard(text: str, language: str) -> list[str]:
    found = in_transcript(written(text).words, lexicon(language))
    return [filler.text for filler in found]


@pytest.mark.parametrize(("language", "rule"), RULES)
def test_every_rule_finds_its_examples(language: str, rule: FilledPause | Discourse) -> None:
    assert [text for text in rule.must if rule.text not in heard(text, language)] == []


@pytest.mark.parametrize(("language", "rule"), RULES)
def test_every_rule_leaves_the_others_alone(language: str, rule: FilledPause | Discourse) -> None:
    assert [text for text in rule.must_not if rule.text in heard(text, language)] == []


@pytest.mark.parametrize(("language", "rule"), RULES)
def test_no_rule_lacks_examples(language: str, rule: FilledPause | Discourse) -> None:
    assert rule.must
    assert rule.must_not


def read(cue: Cue, text: str) -> bool:
    words = (bare(token) for token in text.split())
    return bool(cue.pattern.search(" ".join("0" if word[:1].isdigit() else word for word in words)))


@pytest.mark.parametrize("cue", CUES)
def test_every_cue_has_examples_and_keeps_to_them(cue: Cue) -> None:
    assert cue.must
    assert cue.must_not
    assert [text for text in cue.must if not read(cue, text)] == []
    assert [text for text in cue.must_not if read(cue, text)] == []


def test_every_example_of_a_figure_is_read_as_said() -> None:
    examples = builtin_table("numbers.toml")["example"]
    for example in examples:
        words = written(example["text"]).words
        found = numbers(words, range(len(words)), builtin_numerals())
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
