"""What a tool writes into a transcript and nobody said: [Music], (laughs), *sighs*, ♪ … ♪.

A hesitation in brackets, such as [UM] or (uh), is one that the tool heard: it stays, without them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rehearse.model.take import Word
from rehearse.text import bare

_LONGEST = 80
"""Characters of a mark; longer brackets contain speech, or were never closed."""
_MARK = re.compile(
    rf"(?<!\w)\[[^\[\]]{{0,{_LONGEST}}}\]|(?<!\w)\([^()]{{1,{_LONGEST}}}\)"
    rf"|(?<!\w)\*[^*\s][^*]{{0,{_LONGEST}}}\*|[（【][^（）【】]{{1,{_LONGEST}}}[）】]"
    r"|[♪♫♬🎵🎶]+[^♪♫♬🎵🎶]{0,300}[♪♫♬🎵🎶]+|[♪♫♬🎵🎶]+"
    r"|(?<!\S)>>+(?!\S)"
    r"|</?(?:i|b|u|em|font|br|v|c|unk)(?:[ .][^<>]*)?/?>"
)
_MUSIC = frozenset("♪♫♬🎵🎶")
_HESITATION = re.compile(r"u+[hm]+|u+h+m+|e+r+m*|e+h+m*|a+h+|[hm]*m+|ä+h*m*|ö+h*m*|e+u+h*")
_CLOCK = r"\d{1,2}:\d{1,2}(?::\d{1,2})?(?:[.,]\d+)?"
_HOW = (
    r"(?:(?:long|short|brief|slight|soft(?:ly)?|loud(?:ly)?|nervous(?:ly)?|heavy|heavily|deep)\s+)?"
)
_EVENTS = (
    r"laugh(?:s|ter|ing|ed)?(?: \w+)?",
    r"(?:chuckl|giggl|sneez|inhal|exhal|breath|gasp|whistl)(?:es?|ing|s)?",
    r"(?:sigh|cough|sniff|groan|yawn|sob|mumbl|stammer|stutter|whisper|scoff|snort|hum)(?:e?s|ing)?",
    r"cl(?:ears?|earing) (?:his |her |their )?throat|throat clear(?:s|ing)",
    r"pauses?|silen(?:ce|t)|quiet|no (?:audio|speech|sound)|blank.?audio",
    r"audio (?:cuts?|drops?) out",
    r"(?:in|un)audible|unintelligible|indistinct(?: .+)?|unclear|indiscernible|muffled(?: .+)?",
    r"crosstalk|cross talk|overlapping(?: .+)?|all talk(?:ing)? at once",
    r"(?:.+ )?music(?: .+)?|applaus\w*|clapping|cheer(?:s|ing)|crowd .+|audience .+|singing",
    r"(?:background |white )?noises?|static|feedback|beep(?:s|ing)?|bleep(?:ed)?",
    r"(?:phone|bell|telephone|doorbell|alarm) ring(?:s|ing)?|ring(?:s|ing)",
    r"door (?:opens|closes|slams|creaks)|(?:keyboard |mouse )?(?:typing|clacking|clicking|clicks)",
    r"(?:speaking|speaks|talking) .+|foreign(?: language| speech)?|non-english speech",
    r"end of (?:audio|recording|transcript|playback)|redacted|censored|__+|sic|ph(?:onetic)?",
    r"musik|lachen|lacht|gelächter|applaus|husten|hustet|seufzt|räuspert sich|unverständlich",
    r"musique|rires?|rit|applaudissements|soupirs?|soupire|toux|inaudible|silence",
    r"música|risas?|ríe|aplausos|suspir[oa]s?|tos(?:e)?|inaudible|risos|silencio|silêncio",
    r"笑声?|音乐|掌声|音楽|拍手|听不清|無音",
)
_EVENT = re.compile(
    rf"{_HOW}(?:{'|'.join(_EVENTS)})(?:[\s,@-]*{_CLOCK})?|{_CLOCK}(?:\s*-+>?\s*{_CLOCK})?"
)


def without_annotations(words: Sequence[Word], *, strict: bool = False) -> list[Word]:
    """The words that were said, with their times. `strict`: brackets go only around what is known
    to be a mark, as in a text that a person wrote."""
    joined = " ".join(word.text for word in words)
    changes = [
        (found.start(), found.end(), said)
        for found in _MARK.finditer(joined)
        if (said := _said(found[0], strict=strict)) is not None
    ]
    return _applied(words, changes) if changes else list(words)


def is_event(text: str) -> bool:
    """Whether it names a sound that is not speech, such as "laughs" or "door slams"."""
    return bool(_EVENT.fullmatch(text.replace("_", " ").strip(" .,!?…♪-").casefold()))


def _said(mark: str, *, strict: bool) -> str | None:
    """The words in place of a mark: none, or a hesitation; None where it is speech and stays."""
    if mark[0] == ">":
        return None if strict else ""
    if mark[0] == "<" or mark[0] in _MUSIC:
        return ""
    inner = mark[1:-1].strip(" .,!?…-").casefold()
    if _HESITATION.fullmatch(inner):
        return inner
    whole = mark[0] in "[【" and not strict
    return "" if whole or is_event(mark[1:-1]) or _shouted(mark[1:-1]) else None


def _shouted(inner: str) -> bool:
    """ "(DOOR SLAMS)"; one word in capitals may be a name, such as (AWS)."""
    return inner.isupper() and len(inner.split()) > 1 and inner.replace(" ", "").isalpha()


def _applied(words: Sequence[Word], changes: Sequence[tuple[int, int, str]]) -> list[Word]:
    """Apply the changes, each a stretch of the words joined with blanks and its new text."""
    kept = []
    begin = first = 0
    for word in words:
        end = begin + len(word.text)
        while first < len(changes) and changes[first][1] <= begin:
            first += 1
        text = _changed(word.text, begin, changes[first : _behind(changes, first, end)])
        if text == word.text or bare(text):
            kept.append(replace(word, text=text))
        begin = end + 1
    return kept


def _behind(changes: Sequence[tuple[int, int, str]], first: int, end: int) -> int:
    """The index behind the last change that begins before `end`."""
    while first < len(changes) and changes[first][0] < end:
        first += 1
    return first


def _changed(text: str, begin: int, changes: Sequence[tuple[int, int, str]]) -> str:
    for first, last, said in reversed(changes):
        here = said if first >= begin else ""
        text = text[: max(0, first - begin)] + here + text[max(0, last - begin) :]
    return text
