"""The sections of a story on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from rehearse.model.structure import STAR, Analysis, Edges, NoStory, Section, SectionShare, Star
from rehearse.model.take import Quote
from rehearse.text import printable
from rehearse.views import annotate
from rehearse.views.console import facts

BAR = 24
"""Characters of a full bar, so that a row fits 60 columns."""
TIMELINE = 52
"""Characters of the timeline; fits 60 columns with its inset."""
LONGEST_QUOTE = 16
"""Words of a quotation; enough to recognise the sentence."""
WHY_NOT = {
    NoStory.KIND: "STAR does not apply to this question.",
    NoStory.SHORT: "Too short to say whether this is a story.",
    NoStory.NOT_TOLD: "I found no story in this answer, so there are no STAR sections.",
    NoStory.LANGUAGE: "STAR sections are found in English only so far.",
    NoStory.FOLLOW_UP: "This answers a follow-up, so it counts as part of the story before it.",
}

UNASKED = (
    "You told a story; this question asks why. Say the reason first, then the story in a sentence."
)

DOUBTED = {
    Section.SITUATION: "Was this your situation?",
    Section.TASK: "Was this your task?",
    Section.ACTION: "Was this what you did?",
    Section.RESULT: "Was this your result?",
}
"""Behind the sentence that comes nearest to a section that is thin."""


def table(analysis: Analysis, *, plain: bool) -> RenderableType:
    """The sections with their lengths, or that they are missing, and the user's own words below;
    the reason where STAR does not apply."""
    story = analysis.star
    if story is None or not story.applies:
        why = Text(why_not(story))
        both = analysis.together
        return Group(why, *_combined(both, plain=plain, judged=analysis.judged))
    parts = _rows(story, plain=plain, judged=analysis.judged)
    return Group(*parts, Text(), _quotes(analysis, story))


def why_not(story: Star | None) -> str:
    """Why an answer has no STAR sections."""
    if story and story.unasked:
        return UNASKED
    return WHY_NOT[(story and story.why_not) or NoStory.NOT_TOLD]


def _combined(story: Star | None, *, plain: bool, judged: bool) -> list[RenderableType]:
    return [Text("Both together:"), *_rows(story, plain=plain, judged=judged)] if story else []


def _rows(story: Star, *, plain: bool, judged: bool) -> list[RenderableType]:
    rows = Table.grid(padding=(0, 2))
    shares = {share.section: share for share in story.sections}
    for section in STAR:
        name = Text(annotate.section_name(section))
        if section in story.missing:
            rows.add_row(name, annotate.doubtful("missing", judged=judged))
        elif section in story.thin and not shares[section].present:
            rows.add_row(name, annotate.doubtful("thin", judged=judged))
        else:
            rows.add_row(name, *_section(shares[section], plain=plain, judged=judged))
    parts: list[RenderableType] = [rows]
    if not plain:
        parts.append(_timeline(story))
    if judged and list(story.order) != sorted(story.order, key=STAR.index):
        order = ", ".join(section.value for section in story.order)
        parts.append(Text(f"Your order: {order}."))
    return parts


def _timeline(story: Star) -> Text:
    """The whole answer as one line, each section in its colour and with its letter."""
    last = story.segments[-1]
    timed = all(part.start is not None and part.end is not None for part in story.segments)
    whole = last.end if timed and last.end else last.last_word + 1
    line = Text()
    for part in story.segments:
        end = part.end if timed and part.end is not None else part.last_word + 1
        width = round(end / whole * TIMELINE) - len(line)
        letter = annotate.section_name(part.section)[:1]
        style = f"reverse {annotate.SECTION_STYLE[part.section]}"
        line.append(letter.ljust(width)[: max(0, width)], style=style)
    return line


def _section(share: SectionShare, *, plain: bool, judged: bool) -> list[Text]:
    length = f"{share.words} words" if share.seconds is None else f"{share.seconds:.0f} s"
    figures = [Text(length, justify="right"), Text(f"{share.share:.0%}", justify="right")]
    if share.ideal is not None and judged:
        figures.append(Text(f"aim {share.ideal:.0%}", style="dim"))
    if plain:
        return figures
    bar = "█" * max(1, round(share.share * BAR))
    return [*figures, Text(bar, style=annotate.SECTION_STYLE[share.section])]


def _quotes(analysis: Analysis, story: Star) -> Table:
    """The user's own words: a sentence for each section, and how the answer begins and ends."""
    rows = facts()
    for share in story.sections:
        if share.best:
            best = quoted(share.best)
            if share.section in story.thin:
                best.append(f" {DOUBTED[share.section]}")
            rows.add_row(annotate.section_name(share.section), best)
    if found := analysis.edges:
        shown = [share.best for share in story.sections]
        rows.add_row("Begins", _edge("with", found.first, story, shown))
        rows.add_row("Ends", _end(found, story, shown, judged=analysis.judged))
        if found.reflection:
            rows.add_row("Learned", quoted(found.reflection))
    if (said := analysis.results) and (said.numbers or said.comparisons or said.effects):
        named = sorted({*said.numbers, *said.comparisons, *said.effects}, key=_place)
        rows.add_row("Evidence", ", ".join(f'"{_plain(each.text)}"' for each in named))
    return rows


def _end(found: Edges, story: Star, shown: Sequence[Quote | None], *, judged: bool) -> Text:
    if found.trails_off and judged:
        return Text("trails off: ") + quoted(found.trails_off)
    return _edge("on", found.last, story, shown)


def _place(said: Quote) -> int:
    return said.first_word


def _edge(joint: str, said: Quote, story: Star, shown: Sequence[Quote | None]) -> Text:
    """The section of a sentence, with the sentence where it is not quoted already."""
    section = next(
        part.section
        for part in story.segments
        if part.first_word <= said.first_word <= part.last_word
    )
    if section is Section.NONE:
        return quoted(said)
    where = Text(f"{joint} the {section.value}")
    return where if said in shown else where + ": " + quoted(said)


def quoted(said: Quote) -> Text:
    """The words in quotes; only the beginning of a long sentence."""
    words = _plain(said.text).split()
    more = " …" if len(words) > LONGEST_QUOTE else ""
    return Text(f'"{" ".join(words[:LONGEST_QUOTE])}{more}"')


def _plain(text: str) -> str:
    return printable(text).strip(" ,;:")
