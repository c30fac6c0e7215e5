from __future__ import annotations

import pytest

from rehearse.analysis.keypoints.tokens import pieces


def values(text: str) -> list[tuple[float, str | None]]:
    """Firm figures with their units."""
    found = (piece.figure for piece in pieces(text.split()))
    return [(figure.value, figure.unit) for figure in found if figure and figure.firm]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("forty two thousand parcels", [(42000, None)]),
        ("42,000 parcels or 42k", [(42000, None), (42000, None)]),
        ("20% of it, twenty percent, 20 per cent", [(20, "percent")] * 3),
        ("$1.2M and one point two million dollars", [(1200000, "money")] * 2),
        ("ninety nine point nine five percent", [(99.95, "percent")]),
        ("nineteen ninety eight and twenty nineteen", [(1998, None), (2019, None)]),
        ("two thousand and seventeen", [(2017, None)]),
        ("fifteen hundred, a dozen, a hundred and twenty", [(1500, None), (12, None), (120, None)]),
        ("two and a half hours or half an hour", [(2.5, "hour"), (30, "minute")]),
        ("from 40 to 15 minutes", [(40, "minute"), (15, "minute")]),
        ("3x, tripled, three times", [(3, "times")] * 3),
        (
            "half of them, a third of it, by a quarter",
            [(50, "percent"), (33, "percent"), (25, "percent")],
        ),
        ("last quarter of one of them at half past", []),
        ("24/7 and twenty-five", [(24, None), (7, None), (25, None)]),
        ("200ms", [(200, "millisecond")]),
        ("p99 S3 EC2 the 4th point taken", []),
    ],
)
def test_figures_have_values_however_they_are_written(
    text: str, expected: list[tuple[float, str | None]]
) -> None:
    found = values(text)
    assert [unit for _, unit in found] == [unit for _, unit in expected]
    assert [value for value, _ in found] == pytest.approx([value for value, _ in expected])


def test_a_piece_knows_its_words() -> None:
    found = pieces(["it", "took", "forty", "two", "thousand", "parcels"])
    assert [(piece.text, piece.first, piece.last) for piece in found] == [
        ("it", 0, 0),
        ("took", 1, 1),
        ("42000", 2, 4),
        ("parcels", 5, 5),
    ]


@pytest.mark.parametrize(
    ("token", "texts"),
    [
        ("on-call", ["oncall"]),
        ("customer-facing", ["customer", "facing"]),
        ("didn't", ["didnt"]),
        ("Café,", ["cafe"]),
        ("CI/CD", ["ci", "cd"]),
        ("—", []),
    ],
)
def test_tokens_come_apart_where_they_are_two(token: str, texts: list[str]) -> None:
    assert [piece.text for piece in pieces([token])] == texts
