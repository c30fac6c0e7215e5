"""What a clause shows of the section it belongs to, as names of features for the CRF."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rehearse.analysis.cues import Cues, hits

PRONOUNS = frozenset(["i", "we", "you", "he", "she", "they", "it", "my", "our", "your", "their"])
BE_PAST = frozenset(["was", "were", "had", "wasn't", "weren't", "hadn't"])
PRESENT = frozenset(["am", "is", "are", "i'm", "it's", "have", "has", "don't", "we're", "they're"])
FUTURE = frozenset(["will", "would", "could", "should", "want", "hope", "going", "i'd", "i'll"])
NUMBERS = frozenset(
    """
    two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty
    sixty seventy eighty ninety hundred thousand million half twice double percent
    """.split()  # noqa: SIM905  a list of thirty literals hides that these are words
)
DOERS = frozenset(["i", "we", "you", "they", "he", "she", "it"])
ENDINGS = (
    "ingly",
    "ation",
    "ments",
    "ment",
    "ness",
    "ings",
    "ing",
    "ied",
    "ies",
    "ed",
    "es",
    "ly",
    "s",
)
SHORT_WORD = 3
"""Letters that a stem keeps at least."""
LONGEST_REPEAT = 3
"""Words."""
TO_ONESELF = {"you": "i", "your": "my", "you'd": "i'd", "you've": "i've", "yourself": "myself"}
OPENING = 2
"""Words before a cue that still opens its clause ("and so my task was")."""
MANY = 3
"""Clauses; more of them tell nothing more."""
SHORT_CLAUSE, LONG_CLAUSE = 6, 20
"""Words."""
PARTS = 5
"""Parts of the answer that a place is told in: coarse, or the model learns where sections usually
stand instead of what they say."""


def features(clauses: Sequence[Sequence[str]], cues: Cues) -> list[list[str]]:
    """For each clause the names of its features. A clause is its bare words without fillers."""
    own = [_own(words, cues) for words in _in_first_person(clauses)]
    count = len(clauses)
    return [
        [
            "bias",
            *own[i],
            *_place(i, count),
            *_around(own, i),
            *(f"<{name}" for name in (own[i - 1] if i else ["start"]) if _travels(name)),
            *(f">{name}" for name in (own[i + 1] if i + 1 < count else ["end"]) if _travels(name)),
        ]
        for i in range(count)
    ]


def _in_first_person(clauses: Sequence[Sequence[str]]) -> list[list[str]]:
    """Fluent, and in the first person: notes to oneself say "you", and speech repeats itself."""
    said = [word for words in clauses for word in words]
    to_oneself = said.count("you") > said.count("i")
    person = TO_ONESELF if to_oneself else {}
    told = [[person.get(word, word) for word in _fluent(words)] for words in clauses]
    return [
        ["was" if (a, b) == ("i", "were") else b for a, b in pairwise(["", *words])]
        for words in told
    ]


def _fluent(words: Sequence[str]) -> list[str]:
    """Without what was said twice in a row: "we we had" and "I saw I saw that"."""
    kept: list[str] = []
    for word in words:
        kept.append(word)
        for length in range(1, LONGEST_REPEAT + 1):
            if kept[-length:] == kept[-2 * length : -length]:
                del kept[-length:]
                break
    return kept


def _around(own: Sequence[Sequence[str]], index: int) -> list[str]:
    """What the rest of the answer holds: a result stands behind what was done, not at a place."""
    names = []
    for side, part in (("before", own[:index]), ("after", own[index + 1 :])):
        done = sum("acts" in clause for clause in part)
        names.append(f"acts_{side}:{min(done, MANY)}")
        told = {name for clause in part for name in clause if name.startswith("cue")}
        names += [f"{side}:{name}" for name in sorted(told) if name.endswith("strong")]
    return names


def _travels(name: str) -> bool:
    """What a neighbour is told of: its cues and how it begins, not all its words."""
    return name.startswith(("cue", "begins", "start", "end"))


def _own(words: Sequence[str], cues: Cues) -> list[str]:
    found = hits(words, cues)
    names = {f"cue:{hit.section}:{'weak' if hit.weak else 'strong'}" for hit in found}
    names |= {f"opens:{hit.section}" for hit in found if not hit.weak and hit.place <= OPENING}
    names |= {f"w:{_same(word)}" for word in words}
    names |= {f"s:{_stem(word)}" for word in words if len(word) > SHORT_WORD}
    names |= {f"{a}:{_stem(b)}" for a, b in pairwise(words) if a in DOERS}
    names |= {f"b:{a}_{b}" for a, b in pairwise(words)}
    names |= {f"begins:{'_'.join(words[:n])}" for n in (1, 2, 3) if len(words) >= n}
    names |= _grammar(words)
    if any(name in names for name in ("cue:action:strong", "cue:action:weak", "i_did", "we_did")):
        names.add("acts")
    return sorted(names)


def _grammar(words: Sequence[str]) -> set[str]:
    there = set(words)
    names = {f"pronoun:{word}" for word in there & PRONOUNS}
    names |= {"past_be"} if there & BE_PAST else set()
    names |= {"present"} if there & PRESENT else set()
    names |= {"future"} if there & FUTURE else set()
    names |= {"number"} if any(_is_number(word) for word in words) else set()
    pairs = set(pairwise(words))
    for subject in ("i", "we", "you", "they", "he", "she"):
        names |= {f"{subject}_did" for a, b in pairs if a == subject and b.endswith("ed")}
    if len(words) < SHORT_CLAUSE:
        names.add("short")
    if len(words) > LONG_CLAUSE:
        names.add("long")
    return names


def _place(index: int, count: int) -> list[str]:
    names = [f"part:{index * PARTS // count}"]
    names += [f"from_start:{index}"] if index < 2 else []
    names += [f"from_end:{count - 1 - index}"] if count - 1 - index < 2 else []
    return names


def _same(word: str) -> str:
    """Digits are one word: which number it is tells nothing."""
    return "0" if _is_number(word) and word[:1].isdigit() else word


def _stem(word: str) -> str:
    """Without the commonest endings: "tested", "testing" and "tests" are one."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORT_WORD:
            return word.removesuffix(ending)
    return word


def _is_number(word: str) -> bool:
    return word[:1].isdigit() or word in NUMBERS
