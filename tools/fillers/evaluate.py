"""How well fillers are told from words: one figure a line, with two baselines beside it.

"own": `heldout.txt` is by the writer of the rules, from before they were widened; `natural.txt` are
answers of other writers, marked at the same time; `fresh.txt` more of them, marked later. The half
"look" was used to improve the rules, the half "kept" was not.
"real": places in real meetings, where they lie beside the project; of these only the meetings that
no rule has seen. Believe these most. `--look` prints the others, `--errors` the mistakes in what
may be looked at.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rehearse.analysis.words.fillers import in_transcript
from rehearse.analysis.words.lexicon import Lexicon, builtin
from rehearse.text import bare
from tools.fillers.meetings import SHARED, as_whisper, read_meetings, unmarked
from tools.fillers.passages import FOLDER, HALVES, Marked, Passage, read_passages, read_traps

FILES = ("heldout", "natural", "fresh", "whisper")
TRAPS = Path("../shared/cases/fillers/whisper_style.txt")
SOFTENERS = ("kind of", "sort of", "basically", "actually", "just")
WAYS: dict[str, Callable[[Passage], Passage]] = {
    "as_written": lambda passage: passage,
    "as_whisper": as_whisper,
    "unmarked": unmarked,
}
"""How the words of the meetings may be spelled."""
TERMS = {
    "um": ("um", "uh", "erm", "er", "hmm", "ah", "eh", "euh"),
    "kind of": ("kind of", "kinda"),
    "sort of": ("sort of", "sorta"),
    "or something": (
        "or something like that",
        "or something like this",
        "or something",
        "or whatever",
    ),
    "and stuff": ("and stuff like that", "and stuff", "and things like that", "and things"),
}
"""Spellings told together in one figure; the filled pauses are one."""
SURE = 1.96
"""Standard deviations of a 95 % interval."""

Judge = Callable[[Passage], list[Marked]]


@dataclass(frozen=True)
class Ratio:
    hits: int
    count: int

    def __str__(self) -> str:
        low, high = wilson(self.hits, self.count)
        value = self.hits / self.count if self.count else 0.0
        return f"{value:.3f} ratio (n={self.count}, 95% {low:.2f}-{high:.2f})"


def wilson(hits: int, count: int) -> tuple[float, float]:
    """Interval of a share (Wilson 1927), which holds for few and for extreme ones, too."""
    if not count:
        return 0.0, 1.0
    share, square = hits / count, SURE**2
    middle = (share + square / (2 * count)) / (1 + square / count)
    spread = SURE * math.sqrt(share * (1 - share) / count + square / (4 * count**2))
    spread /= 1 + square / count
    return max(0.0, middle - spread), min(1.0, middle + spread)


def by_rules(lexicon: Lexicon) -> Judge:
    """As the program does it."""

    def judge(passage: Passage) -> list[Marked]:
        found = in_transcript(passage.words, lexicon, pauses=passage.silences)
        return [
            Marked(item.text, item.first_word, item.last_word)
            for item in found
            if item.first_word is not None and item.last_word is not None
        ]

    return judge


def every_term(lexicon: Lexicon) -> Judge:
    """Baseline: each word of the lexicon wherever it stands, whole words only."""
    phrases = [tuple(rule.text.split()) for rule in lexicon.filled_pauses]
    phrases += [said for rule in lexicon.discourse for said in rule.said]

    def judge(passage: Passage) -> list[Marked]:
        bares = tuple(bare(word.text) for word in passage.words)
        return [
            Marked(" ".join(phrase), i, i + len(phrase) - 1)
            for i in range(len(bares))
            for phrase in phrases
            if bares[i : i + len(phrase)] == phrase
        ]

    return judge


def part_of_words(lexicon: Lexicon) -> Judge:
    """Baseline: what a search for letters finds, "um" in "number"."""
    texts = [rule.text for rule in (*lexicon.filled_pauses, *lexicon.discourse)]

    def judge(passage: Passage) -> list[Marked]:
        said = " ".join(word.text.lower() for word in passage.words)
        return [
            Marked(text, said.count(" ", 0, place), said.count(" ", 0, place) + text.count(" "))
            for text in texts
            for place in range(len(said))
            if said.startswith(text, place)
        ]

    return judge


def term(text: str) -> str:
    said = text.lower()
    return next((name for name, spellings in TERMS.items() if said in spellings), said)


def outcomes(
    passages: Sequence[Passage], judge: Judge
) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Each filler found and whether it is one; each one marked and whether it was found."""
    found, marked = [], []
    for passage in passages:
        said = asked(passage, judge)
        found += [(term(f.text), any(_meet(f, m) for m in passage.fillers)) for f in said]
        marked += [(term(m.text), any(_meet(f, m) for f in said)) for m in passage.fillers]
    return found, marked


def asked(passage: Passage, judge: Judge) -> list[Marked]:
    """What is found where the passage was labelled, named as it is there."""
    found = judge(passage)
    if passage.place is None:
        return found
    here = any(each.first == passage.place.first for each in found)
    return [passage.place] if here else []


def _meet(one: Marked, other: Marked) -> bool:
    return one.first <= other.last and other.first <= one.last


def figures(name: str, passages: Sequence[Passage], judge: Judge, *, terms: bool) -> None:
    found, marked = outcomes(passages, judge)
    names = {text for text, _ in (*found, *marked)}
    words = names - {"um", *SOFTENERS}
    groups = {"": names, "hesitations_": names & {"um"}, "filler_words_": words}
    groups |= {"softeners_": names & {*SOFTENERS}, "without_um_": names - {"um"}}
    if terms:
        groups |= {f"{text.replace(' ', '_')}_": {text} for text in sorted(words)}
    for group, texts in groups.items():
        for figure, cases in (("precision", found), ("recall", marked)):
            if some := [case for case in cases if case[0] in texts]:
                print(f"{name}_{group}{figure} {_ratio(some)}")


def _ratio(cases: Sequence[tuple[str, bool]]) -> Ratio:
    return Ratio(sum(right for _, right in cases), len(cases))


def errors(passages: Sequence[Passage], judge: Judge) -> None:
    for passage in passages:
        said = asked(passage, judge)
        wrong = [f for f in said if not any(_meet(f, m) for m in passage.fillers)]
        missed = [m for m in passage.fillers if not any(_meet(f, m) for f in said)]
        for what, items in (("alarm", wrong), ("missed", missed)):
            for item in items:
                print(f"{what:7} {item.text:14} {around(passage, item)}")


def around(passage: Passage, item: Marked) -> str:
    texts = [word.text for word in passage.words]
    before, said, after = (
        texts[max(0, item.first - 7) : item.first],
        texts[item.first : item.last + 1],
        texts[item.last + 1 : item.last + 7],
    )
    return " ".join([*before, "{" + " ".join(said) + "}", *after])


def main(arguments: Sequence[str] | None = None) -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--errors", action="store_true", help="mistakes in what may be looked at")
    reader.add_argument("--look", action="store_true", help="the figures of what may be looked at")
    args = reader.parse_args(arguments)
    lexicon = builtin("en")
    assert lexicon is not None
    rules = by_rules(lexicon)
    baselines = {"every_term": every_term(lexicon), "part_of_words": part_of_words(lexicon)}
    for name, passages in sets("look" if args.look or args.errors else None):
        if args.errors:
            print(f"# {name}")
            errors(passages, rules)
            continue
        figures(f"fillers_{name}_rules", passages, rules, terms=True)
        for baseline, judge in baselines.items():
            figures(f"fillers_{name}_{baseline}", passages, judge, terms=False)


def sets(half: str | None) -> Iterator[tuple[str, list[Passage]]]:
    """Passages by name; of one half alone, or both of ours and the kept one of real people."""
    for file in FILES:
        passages = read_passages(FOLDER / f"{file}.txt")
        for each in HALVES if half is None else (half,):
            if some := [passage for passage in passages if passage.half == each]:
                yield f"own_{file}_{each}", some
    if TRAPS.exists():
        yield "traps", list(read_traps(TRAPS))
    if not SHARED.exists():
        print("fillers_real_meetings: ../shared/fillers is not there, left out", file=sys.stderr)
        return
    places = [passage for passage in read_meetings() if passage.half == (half or "kept")]
    for way, spell in WAYS.items():
        yield f"real_meetings_{way}", [spell(place) for place in places]


if __name__ == "__main__":
    main()
