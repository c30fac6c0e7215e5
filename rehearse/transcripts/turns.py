"""Who says what: a transcript in turns, and the answer of one speaker out of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rehearse.errors import SpeakerNotFound
from rehearse.model.take import Span, Speaker, Transcript, Word
from rehearse.text import bare
from rehearse.transcripts.annotations import without_annotations
from rehearse.transcripts.timed import in_order

_SIGNS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff]")
NAMES_LISTED = 5
"""Names in one sentence; more would make it hard to read."""


@dataclass(frozen=True)
class Turn:
    words: tuple[Word, ...]
    speaker: str | None = None
    """None where the file does not say; then the speaker before continues."""


@dataclass(frozen=True)
class Dialogue:
    """The contents of a file, before a speaker is chosen."""

    turns: tuple[Turn, ...]
    language: str = "en"
    duration: float | None = None
    notes: tuple[str, ...] = ()
    plain: bool = False
    """Whether a person may have written the text, so that brackets are intended."""


def spoken_by(words: Iterable[tuple[Word, str | None]]) -> tuple[Turn, ...]:
    """Words with their speakers, in turns."""
    return tuple(
        Turn(tuple(word for word, _ in run), speaker)
        for speaker, run in groupby(words, key=lambda pair: pair[1])
    )


def answer(dialogue: Dialogue, wanted: str | None = None) -> Transcript:
    """The words of the speaker who is `wanted`, else of the one who speaks most.

    Raises SpeakerNotFound."""
    turns = _named(_cleaned(dialogue))
    counts, amounts = Counter[str](), Counter[str]()
    for turn in turns:
        if turn.speaker is not None:
            counts[turn.speaker] += sum(bool(bare(word.text)) for word in turn.words)
            amounts[turn.speaker] += sum(_amount(word) for word in turn.words)
    if not counts:
        if wanted is not None:
            raise SpeakerNotFound("The transcript has no speaker names.", "Leave out --speaker.")
        return _transcript(dialogue, turns)
    taken = _chosen([*counts], wanted) if wanted is not None else amounts.most_common(1)[0][0]
    speakers = tuple(
        Speaker(name, counts[name], name == taken) for name, _ in amounts.most_common()
    )
    if len(speakers) == 1:
        return replace(_transcript(dialogue, turns), speakers=speakers)
    return _one_of_several(dialogue, turns, speakers, taken, asked=wanted is not None)


def _amount(word: Word) -> int:
    """How much a token counts: 1, or in languages without blanks, such as Chinese, its
    characters."""
    return len(_SIGNS.findall(word.text)) or bool(bare(word.text))


def _one_of_several(
    dialogue: Dialogue,
    turns: Sequence[Turn],
    speakers: tuple[Speaker, ...],
    taken: str,
    *,
    asked: bool,
) -> Transcript:
    ordered = _by_time(turns)
    mine = _transcript(dialogue, [turn for turn in ordered if turn.speaker == taken])
    note = () if asked else (_note(taken, [one.name for one in speakers if not one.taken]),)
    return replace(
        mine, speakers=speakers, turns=_floor(ordered, mine, taken), notes=(*mine.notes, *note)
    )


def _note(taken: str, others: Sequence[str]) -> str:
    several = len(others) > 1
    listed = ", ".join(others[:NAMES_LISTED]) + (", …" if len(others) > NAMES_LISTED else "")
    return (
        f"This is about {taken}, who speaks most; {len(others)} other"
        f" {'people speak' if several else 'person speaks'} too ({listed}):"
        " choose with --speaker NAME."
    )


def _cleaned(dialogue: Dialogue) -> Iterator[Turn]:
    for turn in dialogue.turns:
        words = without_annotations(turn.words, strict=dialogue.plain)
        if words:
            yield replace(turn, words=tuple(words))


def _named(turns: Iterable[Turn]) -> list[Turn]:
    """The turns with a name for each: that of the speaker before; at the start, of the next one."""
    listed = list(turns)
    last = next((turn.speaker for turn in listed if turn.speaker), None)
    named = []
    for turn in listed:
        last = turn.speaker or last
        named.append(replace(turn, speaker=last))
    return named


def _chosen(names: Sequence[str], wanted: str) -> str:
    """Raises SpeakerNotFound."""
    sought = " ".join(wanted.split()).casefold()
    exact = [name for name in names if sought in (name.casefold(), name.casefold().split()[-1])]
    fitting = exact or [name for name in names if sought in name.casefold()]
    if len(fitting) == 1:
        return fitting[0]
    listed = ", ".join(names)
    if fitting:
        raise SpeakerNotFound(f"Several speakers fit '{wanted}'.", f"Choose one of: {listed}.")
    raise SpeakerNotFound(f"No speaker called '{wanted}'.", f"Choose one of: {listed}.")


def _transcript(dialogue: Dialogue, turns: Sequence[Turn]) -> Transcript:
    words = in_order([word for turn in turns for word in turn.words], duration=dialogue.duration)
    return Transcript(words, dialogue.language, duration=dialogue.duration, notes=dialogue.notes)


def _by_time(turns: Sequence[Turn]) -> list[Turn]:
    """Channels of a call come one after the other; where a time is missing, the file's order."""
    starts = [turn.words[0].start for turn in turns]
    if None in starts:
        return list(turns)
    return sorted(turns, key=lambda turn: turn.words[0].start or 0.0)


def _floor(turns: Sequence[Turn], mine: Transcript, taken: str) -> tuple[Span, ...]:
    """From the first to the last word of each run of turns of the speaker."""
    spans = []
    place = 0
    for own, run in groupby(turns, key=lambda turn: turn.speaker == taken):
        count = sum(len(turn.words) for turn in run)
        if own:
            first, last = mine.words[place], mine.words[place + count - 1]
            place += count
            if first.start is None or last.end is None:
                return ()
            spans.append(Span(first.start, max(first.start, last.end)))
    return tuple(spans)
