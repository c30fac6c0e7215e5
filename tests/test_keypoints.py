from __future__ import annotations

import pytest

from rehearse.analysis.keypoints import key_points
from rehearse.analysis.points import split
from tests.speech import spoken, written

SPEECH = spoken(
    "Last spring our booking site was failing. _1_ I read the logs, built a small queue, and "
    "tested it with two nurses. Sales went up by twenty percent."
)
NOTES = """# Booking story

- **Failing** booking site
- [ ] a small queue
1. told the director in *person*
Sales up twenty percent. Then a holiday
in Portugal with family.
"""


def test_notes_are_split_into_points() -> None:
    assert split(NOTES) == (
        "Failing booking site",
        "a small queue",
        "told the director in person",
        "Sales up twenty percent.",
        "Then a holiday in Portugal with family.",
    )


def test_points_are_covered_where_their_words_were_said() -> None:
    found = key_points(SPEECH.words, NOTES)
    assert found is not None
    assert [point.text for point in found.covered] == [
        "Failing booking site",
        "a small queue",
        "Sales up twenty percent.",
    ]
    assert [SPEECH.words[point.first_word or 0].text for point in found.covered] == [
        "booking",
        "small",
        "Sales",
    ]
    assert found.covered[0].start == pytest.approx(1.2)
    assert [point.text for point in found.missed] == [
        "told the director in person",
        "Then a holiday in Portugal with family.",
    ]


def test_words_far_apart_do_not_make_a_point() -> None:
    text = "hospital " + "word " * 60 + "booking " + "word " * 60 + "system"
    found = key_points(written(text).words, "- hospital booking system")
    assert found is not None
    assert found.covered == ()


@pytest.mark.parametrize("notes", ["", "\n\n", "# Only a heading", "- and the", "---"])
def test_notes_without_a_point_tell_nothing(notes: str) -> None:
    assert key_points(SPEECH.words, notes) is None


def test_without_words_every_point_is_missed() -> None:
    found = key_points((), "- one queue")
    assert found is not None
    assert [point.text for point in found.missed] == ["one queue"]
