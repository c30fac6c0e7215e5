"""The changes that `make mutants` tries."""

from __future__ import annotations

import ast

import pytest

from tools.mutants.changes import changes


@pytest.mark.parametrize(
    ("source", "after"),
    [
        ("LIMIT = 3", ["1.0", "30", "4"]),
        ("LIMIT: float = 0", ["1"]),
        ("found = a < b", ["a <= b"]),
        ("found = a is None or b", ["a is None and b", "a is not None"]),
        ("found = not a", ["a"]),
        ("found = True", ["False"]),
        ("def one() -> int:\n    return two", ["return None"]),
        ("def one() -> None:\n    return None", []),
        ("def one() -> bool:\n    return False", ["True"]),
        ("half = whole / parts", ["whole * parts"]),
        ('text = "3 is less than 4"', []),
        ("def one(two: Literal[3]) -> Literal[4]: ...", []),
    ],
)
def test_each_change_is_a_small_one(source: str, after: list[str]) -> None:
    assert sorted(change.after for change in changes(source)) == after


def test_only_the_place_that_is_named_changes() -> None:
    source = "# Größe: 7\nsize = 7  # Größe\n\n\ndef é(ü: int) -> bool:\n    return ü == 8\n"
    for change in changes(source):
        assert ast.dump(ast.parse(change.text)) != ast.dump(ast.parse(source))
        lines = zip(source.splitlines(), change.text.splitlines(), strict=True)
        (number,) = (n for n, (old, new) in enumerate(lines, start=1) if old != new)
        assert number == change.line
    assert {change.line for change in changes(source)} == {2, 6}
