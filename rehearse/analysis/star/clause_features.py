"""What a clause shows of the section it belongs to, as names of features for the CRF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations, pairwise

from rehearse.analysis.star.cues import Cues, hits
from rehearse.analysis.star.word_groups import Groups, builtin_groups
from rehearse.model.structure import Section

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
HELPERS = frozenset(
    """
    was were had wasn't weren't hadn't am is are have has would could will can did didn't couldn't
    needed wanted
    """.split()  # noqa: SIM905
)
PAIRED = frozenset(
    "better succeed cause trouble want good goal time place person later learn amount".split()  # noqa: SIM905
)
STRONG = frozenset(f"cue:{section.value}:strong" for section in Section)
PHASED = ("main:", "who:", "g:", "past_be", "present", "cue", "number")
"""Features that mean something else before the action than after it."""
DOING = frozenset(f"{name}:past" for name in ("make", "look", "talk", "arrange", "alter", "go"))
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
    groups = builtin_groups()
    own = [_own(words, cues) + _meaning(words, groups) for words in _in_first_person(clauses)]
    count = len(clauses)
    before, after = _sides(own), _sides(own[::-1])[::-1]
    return [
        [
            "bias",
            *own[i],
            *_place(i, count),
            *before[i].names("before"),
            *after[i].names("after"),
            *_phase(own[i], before[i], after[i]),
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


@dataclass(frozen=True)
class Side:
    """What the clauses before or after one hold: a result stands behind what was done, not at a
    place."""

    acts: int = 0
    does: int = 0
    cues: frozenset[str] = frozenset()

    def and_also(self, clause: Sequence[str]) -> Side:
        return Side(
            self.acts + ("acts" in clause),
            self.does + ("does" in clause),
            self.cues.union(name for name in clause if name in STRONG),
        )

    def names(self, side: str) -> list[str]:
        return [
            f"acts_{side}:{min(self.acts, MANY)}",
            f"does_{side}:{min(self.does, MANY)}",
            *(f"{side}:{name}" for name in sorted(self.cues)),
        ]


def _sides(own: Sequence[Sequence[str]]) -> list[Side]:
    """For each clause what stands before it."""
    return list(accumulate(own[:-1], Side.and_also, initial=Side()))


def _phase(own: Sequence[str], before: Side, after: Side) -> list[str]:
    """What the clause is about, by whether something was done before it and after it. What "was"
    so before anybody acts is the scene; afterwards it is what came of it."""
    phase = f"phase:{before.does > 0:d}{after.does > 0:d}"
    return [phase, *(f"{phase}&{name}" for name in own if name.startswith(PHASED))]


def _travels(name: str) -> bool:
    """What a neighbour is told of: its cues and how it begins, not all its words."""
    return name.startswith(("cue", "begins", "start", "end", "main:"))


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


def _meaning(words: Sequence[str], groups: Groups) -> list[str]:
    """The groups of its words, who does what first, and which groups stand together."""
    told = [groups.get(word, ()) for word in words]
    paired = PAIRED.intersection(name.split(":")[0] for each in told for name in each)
    names = {f"g:{name}" for each in told for name in each}
    names |= {f"gg:{a}&{b}" for a, b in combinations(sorted(paired), 2)}
    aims = (each for before, each in zip(words, told[1:], strict=False) if before == "to")
    names |= {f"to:{name}" for each in aims for name in each}
    subject, main = _main(words, told)
    names |= {f"main:{name}" for name in main}
    names |= {f"who:{subject}"}
    names |= {f"{subject}+{name}" for name in main}
    if subject in DOERS and any(name in DOING for name in main):
        names.add("does")
    return sorted(names)


def _main(words: Sequence[str], told: Sequence[Sequence[str]]) -> tuple[str, Sequence[str]]:
    """Who the clause is about, and the groups of its first verb; "was" and "had" are one each."""
    subject = "-"
    for word, names in zip(words, told, strict=True):
        if subject == "-" and word in DOERS:
            subject = word
        elif subject == "-" and any(name == "person:is" for name in names):
            subject = "person"
        elif word in HELPERS:
            return subject, (f"help:{word}",)
        verbs = tuple(name for name in names if not name.endswith((":is", ":ing", ":plain")))
        if verbs:
            return subject, verbs
    return subject, ()


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
