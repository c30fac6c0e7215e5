"""One reading of figures: what they are worth, and which of them measure something."""

from __future__ import annotations

import pytest

from rehearse.analysis.keypoints.tokens import pieces
from rehearse.analysis.star.outcomes import numbers
from tests.speech import written

PHRASES: list[tuple[str, list[tuple[float, str | None]], list[str]]] = [
    # Fractions and shares.
    ("we moved three quarters of it", [(75, "percent")], ["three quarters"]),
    ("three-quarters of the staff stayed", [(75, "percent")], ["three-quarters"]),
    ("two thirds agreed", [(67, "percent")], ["two thirds"]),
    ("four fifths of our stock", [(80, "percent")], ["four fifths"]),
    ("a tenth of the price", [(10, "percent")], ["a tenth"]),
    ("one third fewer calls", [(33, "percent")], ["one third"]),
    ("a third person joined", [], []),
    ("checked by a third party", [], []),
    ("it shrank by a third in May", [(33, "percent")], ["a third"]),
    ("we cut it in half", [(50, "percent")], ["half"]),
    ("nearly half of them left", [(50, "percent")], ["half"]),
    ("in the second half we won", [], []),
    ("for the last three quarters", [(3, "quarter")], ["three quarters"]),
    ("every quarter we met", [], []),
    ("half a million users", [(500_000, None)], ["half a million"]),
    ("half a day of work", [(0.5, "day")], ["half a day"]),
    ("half an hour later", [(30, "minute")], ["half an hour"]),
    # And a half.
    ("two and a half hours", [(2.5, "hour")], ["two and a half hours"]),
    ("2 and a half hours", [(2.5, "hour")], ["2 and a half hours"]),
    ("an hour and a half", [(1.5, "hour")], ["an hour and a half"]),
    ("one and a half million rows", [(1_500_000, None)], ["one and a half million"]),
    ("a million and a half rows", [(1_500_000, None)], ["a million and a half"]),
    ("two and a quarter times", [(2.25, "times")], ["two and a quarter times"]),
    ("2½ days", [(2.5, "day")], ["2½ days"]),
    # Dozens, couples, and what is large.
    ("a dozen customers", [(12, None)], ["a dozen"]),
    ("half a dozen bugs", [(6, None)], ["half a dozen"]),
    ("two dozen tests", [(24, None)], ["two dozen"]),
    ("a couple of hundred orders", [(200, None)], ["a couple of hundred"]),
    ("a couple of weeks", [(2, "week")], ["a couple of weeks"]),
    ("a couple of friends", [], []),
    ("a few hundred letters", [(300, None)], ["a few hundred"]),
    ("a few letters", [], []),
    ("hundreds of letters", [(100, None)], ["hundreds"]),
    ("tens of thousands of rows", [(10_000, None)], ["tens of thousands"]),
    ("a hundred and twenty people", [(120, None)], ["a hundred and twenty"]),
    ("fifteen hundred seats", [(1500, None)], ["fifteen hundred"]),
    ("two hundred fifty thousand", [(250_000, None)], ["two hundred fifty thousand"]),
    ("a grand plan and ten grand", [(10_000, None)], ["ten grand"]),
    ("1.5k sessions", [(1500, None)], ["1.5k"]),
    ("5 hundred sessions", [(500, None)], ["5 hundred"]),
    # Percentages and multiples.
    ("it fell twelve per cent.", [(12, "percent")], ["twelve per cent"]),
    ("up five percentage points", [(5, "percent")], ["five percentage points"]),
    ("one hundred percent sure", [(100, "percent")], ["one hundred percent"]),
    ("ninety nine point nine percent", [(99.9, "percent")], ["ninety nine point nine percent"]),
    ("twice as fast", [(2, "times")], ["twice"]),
    ("10X faster", [(10, "times")], ["10X"]),
    ("a tenfold rise", [(10, "times")], ["tenfold"]),
    ("I double checked it", [], []),
    ("we halved it", [(50, "percent")], ["halved"]),
    ("up 20 % in all", [(20, "percent")], ["20 %"]),
    ("3 x faster", [(3, "times")], ["3 x"]),
    ("blocks 4 d and e", [(4, None)], ["4"]),
    # Ranges and lists.
    ("five to ten percent", [(5, "percent"), (10, "percent")], ["five", "ten percent"]),
    ("10-15% of it", [(10, "percent"), (15, "percent")], ["10-15%"]),
    ("twenty, thirty people", [(20, None), (30, None)], ["twenty", "thirty"]),
    ("two or three days", [(2, "day"), (3, "day")], ["two", "three days"]),
    # Years, dates and times of the day.
    ("in twenty-twenty", [(2020, None)], []),
    ("back in nineteen ninety eight", [(1998, None)], []),
    ("since 2019", [(2019, None)], []),
    ("in two thousand and eight", [(2008, None)], []),
    ("two thousand customers", [(2000, None)], ["two thousand"]),
    ("2,000 customers", [(2000, None)], ["2,000"]),
    ("on 3 May", [(3, None)], []),
    ("at 9 am", [(9, None)], []),
    ("at half past nine", [(9, None)], []),
    ("in the 90s", [(90, "second")], []),
    # Money.
    ("$1.2M a year", [(1_200_000, "money")], ["$1.2M"]),
    ("five thousand dollars", [(5000, "money")], ["five thousand dollars"]),
    ("€40 million", [(40_000_000, "money")], ["€40 million"]),
    ("twenty bucks", [(20, "money")], ["twenty bucks"]),
    # Pronouns, ordinals, labels and names.
    ("one of the managers", [], []),
    ("one day at one point", [], []),
    ("no one, one on one", [], []),
    ("in one hour", [(1, "hour")], ["one hour"]),
    ("a sixty second pitch", [(60, "second")], ["sixty second"]),
    ("a second chance the second time", [], []),
    ("a second later", [], []),
    ("the twenty first customer", [], []),
    ("the twenty-first customer", [], []),
    ("my 4th job", [], []),
    ("a five-year plan", [(5, "year")], ["five-year"]),
    ("two-factor login", [(2, None)], []),
    ("COVID-19 came", [(19, None)], []),
    ("a 3D printer", [], []),
    ("on call 24/7", [(24, None), (7, None)], []),
    ("phase two of three", [(2, None), (3, None)], ["three"]),
    ("the top 5 percent", [(5, "percent")], ["5 percent"]),
    ("the two of us", [(2, None)], []),
]


@pytest.mark.parametrize(("text", "worth", "measuring"), PHRASES, ids=lambda one: str(one)[:40])
def test_a_phrase_is_read_alike_by_all(
    text: str, worth: list[tuple[float, str | None]], measuring: list[str]
) -> None:
    figures = [it.figure for it in pieces(text.split()) if it.figure and it.figure.firm]
    assert [(figure.value, figure.unit) for figure in figures] == worth
    words = written(text).words
    assert [one.text for one in numbers(words, range(len(words)))] == measuring


def test_only_the_words_in_question_are_read_and_keep_their_places() -> None:
    words = written("I saved 40 minutes and $5,000, twice.").words
    found = numbers(words, range(4, 7))
    assert [(one.text, one.first_word, one.last_word) for one in found] == [
        ("$5,000", 5, 5), ("twice", 6, 6),
    ]  # fmt: skip
