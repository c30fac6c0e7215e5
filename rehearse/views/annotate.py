"""The transcript with its fillers marked, section by section."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from rehearse.model.structure import Analysis, Section, Segment
from rehearse.model.take import Word
from rehearse.text import printable

NOTICE = "yellow"
"""The colour of what could be better; not used without judgement."""
FILLER = "bold yellow"
UNJUDGED_FILLER = "bold"
SECTION_STYLE = {
    Section.SITUATION: "cyan",
    Section.TASK: "magenta",
    Section.ACTION: "green",
    Section.RESULT: "blue",
    Section.NONE: "dim",
}


def section_name(section: Section) -> str:
    return "" if section is Section.NONE else section.value.capitalize()


def doubtful(text: str, *, judged: bool) -> Text:
    """The word for a part that is "missing" or "thin"."""
    if judged:
        return Text(text, style=NOTICE)
    return Text("perhaps missing" if text == "thin" else text)


def transcript(analysis: Analysis, *, plain: bool) -> Table:
    """All words, a row per section with its name; one row where STAR does not apply."""
    table = Table.grid(padding=(0, 2))
    for segment in segments(analysis):
        style = SECTION_STYLE[segment.section]
        table.add_row(
            Text(section_name(segment.section), style=style),
            marked(analysis, segment.first_word, segment.last_word, plain=plain),
        )
    return table


def marked(analysis: Analysis, first: int, last: int, *, plain: bool) -> Text:
    """Words `first` to `last` with fillers in colour and doubtful words underlined; with `plain`,
    in [brackets] and with (?) behind them."""
    opens, closes = _filler_edges(analysis)
    filler = FILLER if analysis.judged else UNJUDGED_FILLER
    text = Text()
    inside = False
    for index in range(first, last + 1):
        if index in opens:
            inside = True
            text.append("[" if plain else "")
        text.append_text(_word(analysis.words[index], filler if inside else "", plain=plain))
        if index in closes:
            inside = False
            text.append("]" if plain else "")
        text.append(" ")
    text.rstrip()
    return text


def _word(word: Word, style: str, *, plain: bool) -> Text:
    if not word.is_doubtful:
        return Text(printable(word.text), style=style)
    if plain:
        return Text(f"{printable(word.text)}(?)")
    return Text(printable(word.text), style=f"{style} underline".strip())


def _filler_edges(analysis: Analysis) -> tuple[set[int], set[int]]:
    items = analysis.fillers.counted if analysis.fillers else ()
    opens = {item.first_word for item in items if item.first_word is not None}
    closes = {item.last_word for item in items if item.last_word is not None}
    return opens, closes


def segments(analysis: Analysis) -> tuple[Segment, ...]:
    """Segments that cover every word: the story's, else one without a section."""
    if analysis.star and analysis.star.applies:
        return analysis.star.segments
    if not analysis.words:
        return ()
    return (Segment(Section.NONE, 0, len(analysis.words) - 1, None, None, confidence=1.0),)
