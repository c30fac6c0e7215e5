from __future__ import annotations

import pytest

from rehearse.analysis.analyze import analyze
from rehearse.analysis.words.fillers import in_transcript
from rehearse.analysis.words.lexicon import Lexicon, builtin
from rehearse.analysis.words.repeats import repeats
from rehearse.model import codec
from rehearse.model.delivery import RepeatKind
from tests.speech import spoken, written

AGAIN, ANEW = RepeatKind.REPETITION, RepeatKind.FALSE_START


def told(text: str) -> list[tuple[RepeatKind, str]]:
    """Each with the words that could be left out; fillers are passed over as in the program."""
    english = builtin("en")
    assert english is not None
    words = written(text).words
    skipped = {item.first_word for item in in_transcript(words, english)}
    found = repeats(words, english, fillers={place for place in skipped if place is not None})
    assert found is not None
    return [
        (item.kind, " ".join(word.text for word in words[item.first_word : item.last_word + 1]))
        for item in found.items
    ]


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("I I went", "I"),
        ("we had we had a plan", "we had"),
        ("We had, we had a plan.", "We had,"),
        ("the, the, the pump broke", "the, the,"),
        ("I um I went", "I"),
        ("I… I went", "I…"),
        ("she lived in a in a van", "in a"),
        ("and it's it's late", "it's"),
        ("there was, um, there was a shed", "there was,"),
    ],
)
def test_words_said_twice_are_told_once(text: str, left_out: str) -> None:
    assert told(text) == [(AGAIN, left_out)]


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("I was go- I went home", "I was go-"),
        ("the re- the report was late", "the re-"),
        ("we star… we began", "we star…"),
        ("the rep... report was late", "rep..."),
        ("he we- went home", "we-"),
        ("the re-, the report was late", "the re-,"),
        ("th the report was late", "th"),
        ("on Monday, sorry, on Tuesday we met", "on Monday,"),
        ("we had two, no, three dogs", "two,"),
        ("two trucks I mean three trucks broke down", "two trucks"),
        ("I put it left, or rather right of the door", "left,"),
        ("we gave it to Omar, I mean Oscar, on the desk", "Omar,"),
        ("so we gave it to omar i mean oscar", "omar"),
        ("Omar, I mean Oscar, was there", "Omar,"),
        ("I rang Nina, uh, sorry, Paula in accounts", "Nina,"),
        ("it was Mrs Dale, no, Mrs Price who signed", "Mrs Dale,"),
        ("she lived in Cork, or rather Galway", "Cork,"),
        ("they wrote it in Go, actually no, in Rust", "in Go,"),
        ("it opened on Friday, no, Saturday", "Friday,"),
        ("it opened on friday no saturday", "friday"),
        ("It opened on Friday. No, Saturday.", "Friday."),
        ("We gave it to Omar. Sorry, Oscar.", "Omar."),
        ("he took the green, sorry, the black van", "the green,"),
        ("he took the green, sorry, black van", "green,"),
        ("my sister, I mean my cousin drove", "my sister,"),
        ("we bought, no wait, sold the van", "bought,"),
        ("it took ten hours, I mean ten days", "ten hours,"),
        ("we affected, I mean effected, that change", "affected,"),
        ("she ran to the, to my office", "to the,"),
        ("we had a, it was a shed", "a,"),
        ("and then we had, we built a shed", "we had,"),
        ("So it was um it broke", "it was"),
    ],
)
def test_what_is_begun_anew_is_a_false_start(text: str, left_out: str) -> None:
    assert told(text) == [(ANEW, left_out)]


@pytest.mark.parametrize(
    "text",
    [
        "It was very very good.",
        "Bye bye.",
        "He had had enough.",
        "I knew that that was wrong.",
        "No, no, no.",
        "It was hard. Hard to say why.",
        "short- and long-term goals",
        "We paid 20 20 times.",
        "He waited… and waited some more.",
        "I came, I saw, I left.",
        "we fixed it it worked",
        "up-to-date well-known - a dash",
        "No, three of us stayed.",
        "I mean what I say.",
        "I was there for years, I mean, years.",
        "It took two weeks before, I mean literally two weeks.",
        "No, it was fine.",
        "Sorry, I was late.",
        "I was late, sorry, I was ill.",
        "Honestly, I mean Oscar did it all.",
        "Look, I mean Friday is fine.",
        "Yeah, sorry, Paula was out.",
        "I asked Omar. No, Oscar asked me.",
        "Was it Omar? No, Oscar.",
        "On Friday? No, Saturday.",
        "We closed on Friday. No, Saturday was free.",
        "We went to Cork, I mean, Galway was closed.",
        "There was Omar, no Oscar that day.",
        "I said no to Omar, no to Oscar and no to Paula.",
        "It was easy, I mean, easier than it looks.",
        "it broke then, I mean, there was nobody there",
        "He said sorry, Omar was upset.",
        "I like Omar, I mean, he's honest.",
        "We had two dogs. No, three cats came later.",
        "I am sorry, on Tuesday I was ill.",
        "the mr the mrs",
        "She sold the boat, the car and the bike.",
        "",
    ],
)
def test_what_is_meant_so_is_left_alone(text: str) -> None:
    assert told(text) == []


def test_a_repeat_knows_its_seconds() -> None:
    english = builtin("en")
    assert english is not None
    found = repeats(spoken("so we we left").words, english)
    assert found is not None
    (item,) = found.items
    assert (item.first_word, item.last_word, item.start, item.end) == (1, 1, 0.4, 0.8)


def test_a_language_that_says_words_twice_on_purpose_is_left_alone() -> None:
    hindi = builtin("hi")
    assert hindi is not None
    assert repeats(written("वह धीरे धीरे आया").words, hindi) is None
    assert repeats(written("a a").words, Lexicon("nl", (), ())) is None


def test_an_analysis_tells_repeats_by_their_kind() -> None:
    said = written("We we left. I was go- I was gone, and we we stayed.")
    value = analyze(said, sound=None, question=None, target=None)
    counts = codec.analysis(value, "x")["repeats"]
    assert isinstance(counts, dict)
    assert counts["total"] == 3
    assert counts["counts"] == {"repetition": 2, "false_start": 1}
