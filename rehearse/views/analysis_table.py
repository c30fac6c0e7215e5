"""Many results as a table, for a spreadsheet or to read."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from io import StringIO
from typing import Any

from rehearse.text import clock, one_line

FORMS = {"csv": (".csv",), "md": (".md", ".markdown")}
HEAD = (
    "source", "question", "seconds", "words_per_minute", "fillers_per_minute", "missing", "advice",
)  # fmt: skip


def table(lines: Sequence[str], form: str) -> str:
    """Of lines as `rehearse analyze --json` gives them; `form` is one of `FORMS`."""
    rows = [_row(json.loads(line)) for line in lines]
    return _csv(rows) if form == "csv" else _markdown(rows)


def _row(value: dict[str, Any]) -> tuple[Any, ...]:
    star = value["star"] or {}
    return (
        value["source"],
        (value["question"] or {}).get("text"),
        value["timing"]["answer"],
        (value["pace"] or {}).get("words_per_minute"),
        (value["fillers"] or {}).get("per_minute"),
        " ".join(star.get("missing", ())) if star.get("applies") else None,
        next((one["text"] for one in value["advice"]), None),
    )


def _csv(rows: Sequence[tuple[Any, ...]]) -> str:
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(HEAD)
    writer.writerows([_tame(cell) for cell in row] for row in rows)
    return file.getvalue()


def _tame(cell: Any) -> Any:
    """A text that a spreadsheet would take for a formula gets a mark before it."""
    if not isinstance(cell, str):
        return cell
    text = one_line(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _markdown(rows: Sequence[tuple[Any, ...]]) -> str:
    names = [name.replace("_", " ").capitalize() for name in HEAD]
    names[2] = "Length"
    lines = [f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]
    for row in rows:
        cells = [_readable(number, cell) for number, cell in enumerate(row)]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _readable(column: int, cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, int | float):
        return clock(cell) if column == 2 else f"{cell:.0f}"
    return one_line(cell).replace("\\", "\\\\").replace("|", "\\|")
