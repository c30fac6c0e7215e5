"""Names of somebody's notes, heard where the model was not sure what it heard.

A model that is told names before it listens hears them everywhere: "sigma" becomes "Figma". So the
sound is read twice, without the names and with them. The words of the first reading stand. A name
is taken from the second where the first was in doubt and both agree on the words around.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from rehearse.model.take import Word
from rehearse.text import bare, bare_words
from rehearse.transcripts.timed import spread

DOUBTFUL = 0.5
"""Probability below which a word may have been a name."""
LEAST_SURE = 0.1
"""Probability of a name below which it was only told, not heard."""
LONGEST = 4
"""Words, at most, that a name was written as: "on the missile" for "Omnicell"."""
LONGER = 1.5
"""Times as many letters, at most, as what stands there: "Warfarin" does not fit into "right"."""
MARKS = ".,;:!?…"
_SIGNS = re.compile(r"[\W_]+")


def in_doubt(words: Sequence[Word]) -> bool:
    return any(_is_doubtful(word) for word in words)


def with_names(words: Sequence[Word], again: Sequence[Word], names: Sequence[str]) -> list[Word]:
    """`words` with those of `names` that the reading `again`, which was told them, has in the place
    of doubtful ones."""
    wanted = {_squeezed(name): name for name in names}
    first, second = ([bare(word.text) for word in reading] for reading in (words, again))
    steps = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    return [
        word
        for tag, begin, end, its, last in steps
        for word in (
            _name(words[begin:end], again[its:last], wanted)
            if tag == "replace"
            else words[begin:end]
        )
    ]


def _name(old: Sequence[Word], new: Sequence[Word], wanted: Mapping[str, str]) -> Iterator[Word]:
    name = _squeezed("".join(bare_words(word.text for word in new)))
    room = LONGER * len(_squeezed("".join(word.text for word in old)))
    sure = min((word.probability or 0.0 for word in new), default=0.0)
    heard = name in wanted and sure >= LEAST_SURE and len(name) <= room
    if not (heard and len(old) <= LONGEST and in_doubt(old)):
        yield from old
        return
    last = new[-1].text
    text = wanted[name] + last[len(last.rstrip(MARKS)) :]
    yield from spread(text, old[0].start, old[-1].end, sure)


def _is_doubtful(word: Word) -> bool:
    return word.probability is not None and word.probability < DOUBTFUL


def _squeezed(text: str) -> str:
    """The ear cannot tell whether a name is one word or two."""
    return _SIGNS.sub("", text).lower()
