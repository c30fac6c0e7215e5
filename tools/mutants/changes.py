"""Small faults that a test should notice: another constant, comparison, operator or result."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

_OTHER_WAY: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    line: int
    """From 1."""
    before: str
    after: str
    text: str
    """Of the whole module, changed."""


def changes(source: str) -> list[Change]:
    """All that may be tried, in the order of the lines. Types are left alone."""
    return sorted(_changes(source), key=lambda one: (one.line, one.before, one.after))


def _changes(source: str) -> Iterator[Change]:
    for node in _nodes(ast.parse(source)):
        before = ast.get_source_segment(source, node) or ""
        for other in _others(node):
            after = ast.unparse(other)
            text = _replaced(source, node, after if isinstance(node, ast.stmt) else f"({after})")
            yield Change(node.lineno, " ".join(before.split()), after, text)


def _nodes(node: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "bases"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.expr | ast.stmt) and not isinstance(child, ast.JoinedStr):
                yield child
            if isinstance(child, ast.AST) and not isinstance(child, ast.JoinedStr):
                yield from _nodes(child)


def _others(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        others = (node.value + 1, node.value * 10, node.value / 3)
        yield from (ast.Constant(other) for other in others if other != node.value)
    elif isinstance(node, ast.Compare):
        for at, operator in enumerate(node.ops):
            if swapped := _OTHER_WAY.get(type(operator)):
                other = copy.deepcopy(node)
                other.ops[at] = swapped()  # type: ignore[call-overload]
                yield other
    elif isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in _OTHER_WAY:
        other = copy.deepcopy(node)  # type: ignore[assignment]
        other.op = _OTHER_WAY[type(node.op)]()  # type: ignore[attr-defined]
        yield other
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.Return) and node.value is not None and not _is_nothing(node.value):
        yield ast.Return(ast.Constant(None))


def _is_nothing(node: ast.expr) -> bool:
    """What callers may well take for None."""
    return isinstance(node, ast.Constant) and not node.value


def _replaced(source: str, node: ast.expr | ast.stmt, by: str) -> str:
    """Columns of the syntax tree count bytes."""
    lines = source.encode().splitlines(keepends=True)
    first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
    head = b"".join(lines[:first]) + lines[first][: node.col_offset]
    tail = lines[last][node.end_col_offset :] + b"".join(lines[last + 1 :])
    return (head + by.encode() + tail).decode()
