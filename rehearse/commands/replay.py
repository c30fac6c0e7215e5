"""rehearse replay: plays a take and marks its words as they are heard."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse import app
from rehearse.audio import recordings
from rehearse.audio.playback import Playback, Playing
from rehearse.commands.replayed import Shown, shown
from rehearse.config import Settings, settings
from rehearse.errors import SpeakerFailed, UnreadableFile
from rehearse.model.take import SAMPLE_RATE, Span
from rehearse.ports import KeysOf
from rehearse.replay import playhead
from rehearse.replay.playhead import Playhead, Press
from rehearse.replay.track import Track, track_of
from rehearse.session.analyze_take import analyze_take
from rehearse.takes.store import TakeStore
from rehearse.terminal.keyboard import replay_keyboard
from rehearse.text import clock, is_file

if TYPE_CHECKING:
    from rehearse.audio.reel import Source
    from rehearse.model.take import Samples

LOOK = 0.05
"""Seconds between two updates, so that the time line moves smoothly."""
LEAST_LOOK = 0.005
YOUR_ANSWER = "Your answer"
NO_TRANSCRIPT = "Not written down yet. To do it: rehearse recover"
NO_WORDS = "I heard no words in this recording."
ONLY_SOUND = "Sound only. To write its words down: rehearse analyze FILE"


@dataclass(frozen=True)
class Recording:
    """The sound to play, and its words."""

    track: Track
    source: Source
    instead: str = SpeakerFailed.mend
    """What to do without a speaker."""


def run(args: argparse.Namespace) -> int:
    chosen = settings(args)
    recording = _recording(args.take, chosen)
    track = recording.track
    console = app.console(chosen)
    keys = replay_keyboard() if sys.stdin.isatty() else None
    redraws = keys is not None and console.is_terminal and not console.is_dumb_terminal
    with ExitStack() as stack:
        playing = stack.enter_context(_playing(recording, chosen))
        if keys is not None:
            stack.enter_context(keys.open())
        view = stack.enter_context(shown(track, console, redraws=redraws, keys=keys is not None))
        head = _follow(track, playing, keys, view)
    if not playhead.ended(head, track):
        console.print(f"Stopped at {clock(head.position)} of {clock(track.duration)}.")
    return 0


def _follow(track: Track, playing: Playing, keys: KeysOf[Press] | None, view: Shown) -> Playhead:
    """Play to the end, or until the user leaves; returns the playhead."""
    head = Playhead(marks=next(iter(track.marks), None))
    while True:
        head = replace(head, position=playing.position())
        view.show(head)
        if playhead.ended(head, track) and not view.stays:
            return head
        key = _key(keys, playing, _patience(head, track))
        if key is Press.LEAVE:
            return head
        if key is not None:
            now = replace(head, position=playing.position())
            head = playhead.pressed(now, key, track)
            playing.follow(now, head)


def _key(keys: KeysOf[Press] | None, playing: Playing, seconds: float) -> Press | None:
    if keys is not None:
        return keys.poll(seconds)
    playing.wait(seconds)
    return None


def _patience(head: Playhead, track: Track) -> float:
    """Seconds to the next word, so that it is marked in time."""
    following = track.until_next(head.position)
    if following is None or head.paused:
        return LOOK
    return min(LOOK, max(LEAST_LOOK, following / head.speed))


@contextmanager
def _playing(recording: Recording, chosen: Settings) -> Iterator[Playing]:
    """Raises SpeakerFailed; where there is no speaker, with the offer of the page."""
    with ExitStack() as stack:
        try:
            opened = Playback(chosen.speaker).open(recording.source, recording.track.duration)
            playing = stack.enter_context(opened)
        except SpeakerFailed as failure:
            raise SpeakerFailed(failure.what, recording.instead) from failure
        yield playing


def _recording(name: str | None, chosen: Settings) -> Recording:
    """Raises TakeNotFound, UnreadableFile."""
    if name is not None and is_file(Path(name)):
        return _of_file(Path(name))
    found = TakeStore(chosen.recordings).find(name).resolve()
    return _of_take(TakeStore(found.parent), found, chosen)


def _of_file(path: Path) -> Recording:
    recording = recordings.read(path)
    samples = recording.samples
    duration = len(samples) / SAMPLE_RATE

    def source(span: Span) -> Samples:
        first, behind = (round(edge * SAMPLE_RATE) for edge in (span.start, span.end))
        return samples[first:behind]

    note = " ".join(part for part in (recording.remark, ONLY_SOUND) if part)
    return Recording(Track(path.name, duration, note=note), source)


def _of_take(store: TakeStore, folder: Path, chosen: Settings) -> Recording:
    take = store.load(folder)
    duration = store.duration(folder)
    if duration <= 0.0:
        raise UnreadableFile(
            f"The take {take.id} has no recording.", "To find another: rehearse takes"
        )
    analysis = analyze_take(take, chosen.coaching, follows=store.followed(take))
    track = track_of(
        analysis,
        title=take.question.text if take.question else YOUR_ANSWER,
        duration=duration,
        remarks=store.remarks(take),
    )
    note = NO_TRANSCRIPT if take.transcript is None else NO_WORDS
    page = f"Choose one with --speaker, or open the page: 'rehearse report {take.id} --open'."
    return Recording(replace(track, note=note), partial(store.samples, take), page)
