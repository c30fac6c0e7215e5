"""From which odds a section is called missing or thin: chosen on real people, by writer.

Prints for each limit what it brings on the sixty real answers beside the project, each as it is and
once more without each of its sections; then what a limit brings to a writer when it is chosen on
the others, which is what strangers may expect.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

from rehearse.analysis.star.absence import builtin_absence, doubts
from rehearse.analysis.star.sections import builtin_crf
from rehearse.model.structure import STAR, Section
from tools.star.absence import edited, lacks, told_of
from tools.star.answers import Answer
from tools.star.evaluate import SHARED, read_shared

FILES = ("public_dev_spoken", "public_dev")
TRIED = [step / 10 for step in range(-20, 41)]
MOST_ALARMS = 0.13
"""Of complete stories: one in eight told wrongly that something is missing."""
HARDER = {Section.TASK: 0.5, Section.ACTION: 0.5}
"""Added for those of which a call is oftener wrong than right at any limit."""


@dataclass(frozen=True)
class Case:
    writer: str
    missing: frozenset[Section]
    whole: bool
    """Whether all four sections are there."""
    odds: dict[Section, float]
    """Of absence, for each section that no phrase announces."""

    def said(self, limit: float) -> frozenset[Section]:
        return frozenset(s for s, odds in self.odds.items() if odds >= limit + HARDER.get(s, 0.0))


def main() -> None:
    real = [a for name in FILES for a in read_shared(SHARED / f"{name}.jsonl")]
    cases = [case(answer) for answer in edited(real)]
    for limit in TRIED[::5]:
        show(f"{limit:+.1f}", [(case, case.said(limit)) for case in cases])
    nested = []
    for writer in sorted({case.writer for case in cases}):
        limit = chosen([case for case in cases if case.writer != writer])
        nested += [(case, case.said(limit)) for case in cases if case.writer == writer]
    print(f"chosen on all: {chosen(cases):+.1f}")
    show("by the other writers", nested)


def case(answer: Answer) -> Case:
    missing = frozenset(section for section in STAR if lacks(answer, section))
    told = told_of(answer, builtin_crf())
    odds = doubts(told, builtin_absence())
    open_to_doubt = {section: odds[section] for section in STAR if section not in told.hinted}
    return Case(answer.writer, missing, not missing, open_to_doubt)


def chosen(cases: Sequence[Case]) -> float:
    """The least limit with few enough false alarms."""
    whole = [case for case in cases if case.whole]
    return next(
        limit for limit in TRIED if mean(bool(case.said(limit)) for case in whole) <= MOST_ALARMS
    )


def show(name: str, said: Sequence[tuple[Case, frozenset[Section]]]) -> None:
    alarms = mean(bool(calls) for case, calls in said if case.whole)
    parts = [f"{name}: false alarms {alarms:.3f}"]
    for section in STAR:
        hits = sum(section in case.missing and section in calls for case, calls in said)
        right = sum(section in case.missing for case, _ in said)
        calls_of = sum(section in calls for _, calls in said)
        f1 = 2 * hits / max(1, right + calls_of)
        parts.append(f"{section.value} {hits}/{calls_of} right, {hits}/{right} found, f1 {f1:.2f}")
    print("; ".join(parts))


if __name__ == "__main__":
    main()
