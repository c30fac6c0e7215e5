"""Paragraphs divided where a new thought begins.

In notes each line often stands for itself: a question, the answer on the next line, a label in the
middle of a paragraph. A line that only goes on with the one above it, as an editor wraps them, is
kept with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rehearse.questions.notes.asking import (
    could_ask,
    is_question,
    tells_event,
    unquoted,
    words,
)
from rehearse.questions.notes.labels import AREAS, Role, find_label, section_starts, tells_inline
from rehearse.questions.notes.naming import beside, linking, linking_line
from rehearse.questions.notes.tree import Span, is_aside
from rehearse.text import ends_sentence

_BEGINNING = frozenset(
    {
        Role.QUESTION,
        Role.ANSWER,
        Role.LETTER_A,
        Role.FOLLOW_UPS,
        Role.POINTS,
        Role.LINKED,
        Role.STORY,
        Role.EXAMPLE,
        Role.QUESTIONS,
        Role.TO_ASK,
        Role.GUIDANCE,
        Role.INTERVIEWER,
    }
)
"""Labels that begin something even without bold marks."""
_MOST_BESIDE = 2
"""Words besides the names on a line that is only there to link."""
_LONGEST_TITLE = 8
"""Words of a line that ends with a colon and begins something."""
_SHORT_TITLE = 5
"""Words of a line without any mark above what tells an event."""
_MOST_LINES = 8
"""Of a question, as wrapped by an editor."""
_SHORTEST_WRAPPED = 60
"""Characters: a shorter line was ended by its writer, not wrapped by an editor."""
_TIME = re.compile(r"\d{1,2}[:.h]\d\d\b")
_DATE = re.compile(
    r"(?:\w+\W+)?\d{1,4}(?:[./-]\d{1,2}(?:[./-]\d{2,4})?\W*|"
    r"(?:st|nd|rd|th|\.)?(?: of)? [^\W\d]{3,9}\W*(?:\d{4})?)"
)
"""A line that is nothing but a day, as above an entry of a journal."""
_ANSWERED = re.compile(r"(.{12,}?\S)(?:\s+[-–—]+>?\s+|\s*(?:=>|->|→)\s*)(.+)")
_GOES_ON = re.compile(
    r"(when|where|what|how|why|who|which|and|or|in|at|with|that|as|for|to)\b", re.I
)


def pieces(spans: tuple[Span, ...]) -> list[tuple[Span, ...]]:
    """The lines of one paragraph, those of a thought together."""
    if tells_inline(" ".join(span.text for span in spans)):
        spans = tuple(piece for span in spans for piece in _cut(span, section_starts(span.text)))
    spans = tuple(piece for span in _unwrapped(spans) for piece in _at_answer(span))
    found: list[list[Span]] = []
    for span in spans:
        if found and not _begins(span, found[-1]):
            found[-1].append(span)
        else:
            found.append([span])
    return [tuple(piece) for piece in found]


def _unwrapped(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Lines without any marks, each ended by its writer: several questions, or a title and what it
    tells."""
    first, *others = spans
    if not others or all(len(span.text) >= _SHORTEST_WRAPPED for span in spans[:-1]):
        return spans
    asks = [could_ask(span.text) or is_question(span.text) for span in spans]
    if sum(asks) > 1 and (asks[0] or _is_area(first)):
        return tuple(replace(span, begins=True) for span in spans)
    is_short = words(first.text) <= _SHORT_TITLE and not (asks[0] or ends_sentence(first.text))
    is_title = (
        is_short and not (first.bold or find_label(first.text)) and first.text[-1] not in ",:：-–"
    )
    if is_title and tells_event(" ".join(span.text for span in others)):
        first = replace(first, bold=len(first.text))
    return (first, *others)


def _is_area(span: Span) -> bool:
    """Whether the line is nothing but "my questions" or "what they asked last time"."""
    label = find_label(span.text)
    return label is not None and label.role in AREAS and not label.rest


def _cut(span: Span, at: Sequence[int]) -> Iterator[Span]:
    starts = sorted({0, *at})
    for start, end in zip(starts, [*starts[1:], len(span.text)], strict=True):
        text = span.text[start:end].strip()
        if re.search(r"[^\W\d_]", text) or start == end == 0:
            yield replace(span, text=text, bold=max(0, min(span.bold - start, len(text))))


def _at_answer(span: Span) -> Iterator[Span]:
    """A question and its answer on one line: "**Why us?** The boats.", "Why us? - the boats"."""
    lead = span.text[: span.bold].rstrip()
    if 0 < span.bold < len(span.text) and lead.endswith(("?", "？")) and is_question(lead):
        head, answer = _cut(span, [span.bold])
        yield from (head, replace(answer, begins=True))
        return
    found = _ANSWERED.fullmatch(span.text)
    is_asked = found and is_question(found[1]) and not (linking(found[2]) or is_question(found[2]))
    if found and is_asked and not _GOES_ON.match(found[2]) and " - " not in found[2]:
        yield replace(span, text=found[1], bold=min(span.bold, len(found[1])))
        yield replace(span, text=found[2], bold=0, begins=True)
    else:
        yield span


def _begins(span: Span, before: Sequence[Span]) -> bool:
    return (
        span.begins
        or bool(_TIME.match(span.text))
        or bool(_DATE.fullmatch(before[-1].text))
        or is_aside(span) != is_aside(before[-1])
        or _is_set_apart(span, before)
        or _is_labelled(span)
        or _is_bare_label(before)
        or (bool(linking(span.text, span.links)) and beside(span.text, span.links) <= _MOST_BESIDE)
        or bool(linking_line(span.text) and linking_line(before[-1].text))
        or _follows_question(span, before)
    )


def _is_set_apart(span: Span, before: Sequence[Span]) -> bool:
    """Bold where the line above is not, or the other way round."""
    bold, bold_above = _is_bold(span), _is_bold(before[-1])
    if bold != bold_above and (bold or len(before) == 1):
        return True
    return span.bold > 1 and not bold


def _is_labelled(span: Span) -> bool:
    label = find_label(span.text, 0 if _is_bold(span) else span.bold)
    if label is None or not (label.rest or span.bold or span.text.endswith((":", "："))):
        return False
    return bool(label.sections) or label.role in _BEGINNING or span.bold > 0


def _is_bare_label(before: Sequence[Span]) -> bool:
    """Whether the line above is nothing but "Situation", "Things to ask:", "Story: The crane"."""
    label = find_label(before[-1].text) if len(before) == 1 else None
    if label is None:
        return False
    if label.rest:
        is_title = words(label.rest) <= _LONGEST_TITLE and not ends_sentence(label.rest)
        return label.role in (Role.STORY, Role.EXAMPLE) and is_title
    is_ended = before[-1].text.endswith((":", "：")) or _is_bold(before[-1])
    is_area = not label.sections and is_ended
    return is_area or label.role is Role.SCHEDULE or bool(label.sections and not label.weak)


def _follows_question(span: Span, before: Sequence[Span]) -> bool:
    """Whether a question ends above it, or it is one itself."""
    above = " ".join(one.text for one in before) if len(before) <= _MOST_LINES else ""
    starts_anew = unquoted(span.text)[:1].isupper() or not span.text[:1].isascii()
    if is_question(above):
        is_ended = ends_sentence(above) or unquoted(above) != above
        is_title = span.text.endswith((":", "：")) and words(span.text) <= _LONGEST_TITLE
        return is_ended or is_title or len(above) < _SHORTEST_WRAPPED
    if len(before) == 1 and len(above) < _SHORTEST_WRAPPED and could_ask(above):
        return not _GOES_ON.match(span.text)
    is_list = len(before[-1].text) < _SHORTEST_WRAPPED and is_question(span.text)
    return starts_anew and (ends_sentence(before[-1].text) or is_list) and is_question(span.text)


def _is_bold(span: Span) -> bool:
    return span.bold >= len(span.text)
