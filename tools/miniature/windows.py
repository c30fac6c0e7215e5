"""Cuts windows from takes: what the encoder hears, what the decoder should write, and when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from .script import Cut, Frame, Script
from .sound import hum, log_mel, noise, spoil, spoil_mel
from .speak import RATE
from .takes import FRAMES_A_SECOND, Corpus, Take

SHORT_SECONDS = 8.0
FULL_SECONDS = 30.0
SHORT_CLIP, SILENT = 0.39, 0.06
FORGOTTEN = 0.08  # input words exchanged for others, so that the decoder listens
IGNORED = -100


@dataclass(frozen=True)
class Window:
    """`mels` (80, 2 n); frame targets (n,); `ids` and targets (text,); `spans` (text, 2) frames.

    Row i of `spans` says where the token that follows input i is heard; -1 where nowhere.
    """

    mels: Tensor
    word_frames: Tensor
    phoneme_frames: Tensor
    ids: list[int]
    inputs: list[int]
    loss_from: int
    spans: list[tuple[int, int]]


class Windows:
    """A stream of windows; everything follows from the seed."""

    def __init__(self, corpus: Corpus, seed: int) -> None:
        self.corpus = corpus
        self.tokens = corpus.tokens
        self.random = np.random.default_rng(seed)
        lengths = np.array([take.seconds for take in corpus.takes])
        self._odds = lengths / lengths.sum()

    def draw(self, short: bool, offset: int) -> Window:
        """`short` windows last 8 s and stand at frame `offset` of the 30 s of positions."""
        if not short and self.random.random() < SILENT:
            return self._silence()
        take = self.corpus.takes[self.random.choice(len(self._odds), p=self._odds)]
        limit = SHORT_SECONDS if short else FULL_SECONDS
        clip = not short and self.random.random() < SHORT_CLIP / (1 - SILENT)
        cut = self._clip(take) if clip else self._stretch(take, limit)
        return self._window(cut, limit, offset)

    def _stretch(self, take: Take, limit: float) -> Cut:
        openings = take.starts if self.random.random() < 0.7 else take.clause_starts
        room = openings[take.times[openings, 0] < max(0.1, take.seconds - 0.75 * limit)]
        first = int(self.random.choice(room if len(room) else openings[:1]))
        start = self._lead_in(take, first)
        end = min(start + limit, take.seconds)
        last = int(np.searchsorted(take.times[:, 1], end + 0.02, side="right"))
        return Cut(take, first, max(last, first + 1), start, end, truncated=last < len(take.words))

    def _clip(self, take: Take) -> Cut:
        """One to four clauses or sentences, with what silence there is around them."""
        openings = take.starts if self.random.random() < 0.7 else take.clause_starts
        place = int(self.random.integers(len(openings)))
        stop = place + int(self.random.choice((1, 1, 1, 2, 3, 4)))
        first = int(openings[place])
        last = int(openings[stop]) if stop < len(openings) else len(take.words)
        after = take.times[last, 0] if last < len(take.words) else take.seconds
        end = float(self.random.uniform(take.times[last - 1, 1], after))
        start = self._lead_in(take, first)
        return Cut(take, first, last, start, min(end, start + FULL_SECONDS), truncated=False)

    def _lead_in(self, take: Take, first: int) -> float:
        before = float(take.times[first - 1, 1]) if first else 0.0
        return float(self.random.uniform(before, take.times[first, 0]))

    def _silence(self) -> Window:
        length = int(self.random.uniform(0.5, 30.0) * RATE)
        level = float(10 ** self.random.uniform(-4.0, -1.5))
        make = hum if self.random.random() < 0.4 else noise
        sound = make(length, level, self.random)
        if self.random.random() < 0.3:
            sound = np.zeros(length, np.float32)
        frames = torch.zeros(int(FULL_SECONDS * FRAMES_A_SECOND), dtype=torch.long)
        t = self.tokens
        then = (t.special("nospeech"), t.special("notimestamps"), t.first_timestamp)
        choice = int(self.random.choice((0, 0, 1, 2)))
        ids = [t.special("startoftranscript"), then[choice], t.end]
        loss_from = min(choice, 1)  # only "nospeech" is learned as the answer to the start token
        mels = _pad(log_mel(sound, self._headroom()), 2 * len(frames))
        return Window(mels, frames, frames, ids, ids, loss_from, [(-1, -1)] * len(ids))

    def _headroom(self) -> float:
        return float(self.random.choice((0.0, 0.0, 0.3, 0.8)))

    def _window(self, cut: Cut, limit: float, offset: int) -> Window:
        lead = self._silence_before(cut, limit)
        sound = np.concatenate([np.zeros(int(lead * RATE), np.float32),
                                cut.take.sound(cut.start, cut.end)])  # fmt: skip
        start, frames = cut.start - lead, int(limit * FRAMES_A_SECOND)
        heard = len(sound) / RATE
        mels = spoil_mel(log_mel(spoil(sound, self.random), self._headroom()), self.random)
        words = cut.take.word_frames(start, frames)
        phonemes = cut.take.phoneme_frames(start, frames)
        words[int(heard * FRAMES_A_SECOND) :] = 0
        phonemes[int(heard * FRAMES_A_SECOND) :] = 0
        script = Script(self.tokens, cut, Frame(start, offset, heard), self.random)
        return Window(
            mels=_pad(mels, 2 * frames),
            word_frames=torch.from_numpy(words),
            phoneme_frames=torch.from_numpy(phonemes),
            ids=script.ids,
            inputs=[self._forget(token) for token in script.ids],
            loss_from=script.loss_from,
            spans=script.spans,
        )

    def _silence_before(self, cut: Cut, limit: float) -> float:
        spare = limit - (cut.end - cut.start)
        if spare < 0.5 or self.random.random() < 0.5:
            return 0.0
        return float(self.random.uniform(0.0, min(1.0, spare - 0.1)))

    def _forget(self, token: int) -> int:
        is_word = self.tokens.word_base <= token < self.tokens.end
        if is_word and self.random.random() < FORGOTTEN:
            return int(self.random.integers(self.tokens.word_base, self.tokens.end))
        return token


def _pad(mels: Tensor, frames: int) -> Tensor:
    return torch.nn.functional.pad(mels[:, :frames], (0, max(0, frames - mels.shape[1])))


@dataclass(frozen=True)
class Batch:
    mels: Tensor
    word_frames: Tensor
    phoneme_frames: Tensor
    inputs: Tensor
    targets: Tensor
    spans: Tensor


def collate(windows: list[Window], end: int) -> Batch:
    """Text padded to a multiple of 32: few shapes, so that kernels are reused."""
    longest = max(len(w.ids) - 1 for w in windows)
    size = -(-longest // 32) * 32
    inputs = torch.full((len(windows), size), end)
    targets = torch.full((len(windows), size), IGNORED)
    spans = torch.full((len(windows), size, 2), -1)
    for row, w in enumerate(windows):
        length = len(w.ids) - 1
        inputs[row, :length] = torch.tensor(w.inputs[:-1])
        targets[row, w.loss_from : length] = torch.tensor(w.ids[w.loss_from + 1 :])
        spans[row, :length] = torch.tensor(w.spans[:length])
    return Batch(
        torch.stack([w.mels for w in windows]),
        torch.stack([w.word_frames for w in windows]),
        torch.stack([w.phoneme_frames for w in windows]),
        inputs,
        targets,
        spans,
    )
