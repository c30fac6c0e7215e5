"""The sentences beside each rule of the data files: what it must find, and what it must not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

R = TypeVar("R")


@dataclass(frozen=True)
class Examples(Generic[R]):
    rule: R
    must: tuple[str, ...]
    must_not: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.must, *self.must_not)


def examples(rules: Iterable[R], rows: Sequence[dict[str, Any]]) -> list[Examples[R]]:
    """Of rules that were read from `rows`, in the same order. KeyError where one lacks them."""
    return [
        Examples(rule, tuple(row["must"]), tuple(row["must_not"]))
        for rule, row in zip(rules, rows, strict=True)
    ]
