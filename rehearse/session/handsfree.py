"""Hands-free practice: the report is spoken, and the user answers with spoken commands.

The microphone is closed while the program speaks, so that it never hears itself, and everything
that is said can be done by a key as well.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from rehearse.errors import SpeakerFailed, UnreadableFile
from rehearse.model.structure import Analysis
from rehearse.model.take import SAMPLE_RATE, Span, Take
from rehearse.ports import LONG_WAIT, Clip
from rehearse.session.endpoint import QUIET
from rehearse.session.phrases import Command
from rehearse.session.steps import (
    CannotHear,
    Nothing,
    NotSpoken,
    NotUnderstood,
    Speaking,
    Talk,
    Understood,
    speak,
)
from rehearse.session.voice_command import KEYS, hear, pressed
from rehearse.text import listed

if TYPE_CHECKING:
    from rehearse.session.studio import Studio

LEAD_ON = frozenset({Command.NEXT, Command.AGAIN, Command.SKIP, Command.STOP})
"""Commands that end the talk about this answer."""
MISSES = 2
"""After this many utterances that were not understood, all choices are said."""
MOST_HELP = 2
"""How often the choices are said for one answer, for instance if a radio is on."""
ALONE = 300.0
"""Seconds of silence after which the microphone is closed, because nobody seems to be there."""
PIECE = 5.0
"""The least seconds of an answer that play before a key can stop it at the next pause."""
AUDIBLE_PAUSE = 0.3
"""Seconds of a pause in which one piece can end and the next begin."""

BASIC = ("next", "again", "stop")
"""Choices that are named when one utterance was not understood."""
FROM_THE_BEGINNING = "From the beginning."
THANKS = "Thank you."
LATER = "The report comes at the end of the interview."
NOTHING_TO_ASK = "I have no more questions about this answer."
LAST = "That was the last question."
GOODBYE = "Goodbye."
CANNOT_HEAR = "I cannot hear you now. Please press a key."
NOBODY_SPOKE = "I heard nothing for five minutes, so the microphone is off."


def say(text: str, studio: Studio) -> Generator[Talk, None, Command | None]:
    """Say the text; returns the command of a key that was pressed meanwhile."""
    yield Speaking(text)
    studio.keys.flush()
    yield from speak(text, voice=studio.voice, player=studio.player, keys=studio.keys)
    return pressed(studio)


def converse(
    take: Take, analysis: Analysis, studio: Studio, *, left: int, deaf: str | None = None
) -> Generator[Talk, None, Command]:
    """Say how it went and do what is asked, until it leads on: to the next question, to this one
    again, to a follow-up, or to the end. In an interview only thanks are said. `left`: questions to
    come; `deaf`: why no words can be understood."""
    assert studio.hands_free is not None
    summary, details = studio.hands_free.summary(analysis), studio.hands_free.details(analysis)
    choices = choices_for(analysis, left=left)
    if studio.interviewer:
        summary, details = THANKS, LATER
        choices = tuple(choice for choice in choices if choice not in ("tell me more", "follow up"))
    for text in (summary, details, offered(choices), please(choices)):
        studio.voice.prepare(text)
    command = yield from say(summary, studio)
    while True:
        if deaf:
            command = command or (yield from _by_key(CannotHear(deaf), studio))
        command = command or (yield from _asked(studio, choices))
        if command in LEAD_ON or (command is Command.FOLLOW_UP and analysis.follow_up):
            return command
        if command is Command.REPLAY:
            command = yield from _replay(take, studio)
        else:
            command = yield from say(_answer(command, take, details, offered(choices)), studio)


def wait_for_word(
    studio: Studio, reminder: str, *, choices: tuple[str, ...]
) -> Generator[Talk, None, Command]:
    """Wait for a command that leads on, spoken or by key; `reminder` is said after any other."""
    studio.voice.prepare(reminder)
    while True:
        command = yield from _asked(studio, choices)
        if command in LEAD_ON:
            return command
        yield from say(reminder, studio)


def choices_for(analysis: Analysis, *, left: int) -> tuple[str, ...]:
    lead_on = ["next"] if left else []
    ask_on = ["follow up"] if analysis.follow_up else []
    return (*lead_on, "again", "replay", "tell me more", *ask_on, "stop")


def offered(choices: Sequence[str]) -> str:
    *others, last = choices
    return f"Say {', '.join(others)}, or {last}."


def please(choices: Sequence[str]) -> str:
    """The reply to one utterance that was not understood: "Please say next, again or stop."."""
    return f"Please say {listed([choice for choice in BASIC if choice in choices], 'or')}."


def _answer(command: Command, take: Take, details: str, choices: str) -> str:
    if command is Command.REPEAT and take.question:
        return take.question.text
    if command is Command.FOLLOW_UP:
        return NOTHING_TO_ASK
    return details if command is Command.MORE else choices


def _asked(studio: Studio, choices: tuple[str, ...]) -> Generator[Talk, None, Command]:
    """Listen until a command is understood or a key is pressed."""
    misses = helped = 0
    silence = 0.0
    while True:
        heard = yield from hear(studio, choices)
        if isinstance(heard, CannotHear):
            return (yield from _by_key(heard, studio))
        if isinstance(heard, Command):
            yield Understood(heard)
            return heard
        if isinstance(heard, Nothing):
            before, silence = silence, silence + heard.seconds
            choices_due = before < QUIET <= silence
            if silence >= ALONE:
                return (yield from _by_key(CannotHear(NOBODY_SPOKE), studio))
        else:
            misses, silence = misses + 1, 0.0
            choices_due = misses % MISSES == 0
            yield NotUnderstood(heard)
        if helped < MOST_HELP and (choices_due or not silence):
            helped += choices_due
            reply = offered(choices) if choices_due else please(choices)
            if command := (yield from say(reply, studio)):
                return command


def _by_key(why: CannotHear, studio: Studio) -> Generator[Talk, None, Command]:
    yield why
    if command := (yield from say(CANNOT_HEAR, studio)):
        return command
    while True:
        key = studio.keys.poll(LONG_WAIT)
        if key in KEYS:
            return KEYS[key]


def _replay(take: Take, studio: Studio) -> Generator[Talk, None, Command | None]:
    """Play the answer; a key stops it at the next pause."""
    studio.keys.flush()
    try:
        for piece in pieces(take):
            clip = Clip(studio.store.samples(take, piece), SAMPLE_RATE)
            yield from _played(clip, studio)
            if command := pressed(studio):
                return command
    except UnreadableFile as error:
        yield NotSpoken(str(error))
    return None


def _played(clip: Clip, studio: Studio) -> Iterator[NotSpoken]:
    try:
        studio.player.play(clip)
    except SpeakerFailed as error:
        yield NotSpoken(str(error))


def pieces(take: Take) -> list[Span]:
    """The answer in pieces that begin and end in its pauses."""
    if take.sound is None:
        return []
    edges = [0.0]
    for before, after in pairwise(take.sound.speech):
        middle = (before.end + after.start) / 2
        if after.start - before.end >= AUDIBLE_PAUSE and middle - edges[-1] >= PIECE:
            edges.append(middle)
    edges.append(take.sound.duration)
    return [Span(start, end) for start, end in pairwise(edges)]
