"""Train the miniature on the spoken takes: two processes of one thread, gradients averaged.

Stops and resumes at its checkpoint. A smaller --steps on resume starts the decay at once.
"""

from __future__ import annotations

import argparse
import logging
import time
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.distributed as dist
import torch.multiprocessing as mp
from torch import Tensor, nn
from torch.nn import functional as F

from .network import FRAMES, Shape, Whisper
from .takes import Corpus, load_corpus
from .windows import IGNORED, SHORT_SECONDS, Batch, Windows, collate

PHONEME_WEIGHT, WORD_WEIGHT = 0.5, 0.5
# The first layer finds where the input token was said, the last one where the next one is.
PLACE_WEIGHT, ALIGNMENT_WEIGHT = 0.15, 0.3
MUON_RATE, ADAM_RATE, WARMUP = 0.02, 2e-3, 60
AVERAGE = 0.98  # of the weights that are exported: a memory of some fifty steps
FRAME_STRIDE = 3  # frame losses look at every third frame, from a random first
CLIP = 1.0
log = logging.getLogger("miniature")


@dataclass(frozen=True)
class Plan:
    folder: Path
    steps: int
    short_steps: int
    full_steps: int
    decay_steps: int
    short_batch: int
    batch: int
    processes: int
    port: int

    def rate(self, step: int) -> float:
        return min(1.0, (step + 1) / WARMUP, max(0.0, (self.steps - step) / self.decay_steps))

    def is_short(self, step: int) -> bool:
        """Short windows teach twice as many words a second: alone, then two steps of three."""
        return step < self.short_steps or (step % 3 != 0 and step < self.steps - self.full_steps)


def losses(model: Whisper, batch: Batch, offset: int, phase: int) -> dict[str, Tensor]:
    encoded = model.model.encoder(batch.mels, offset)
    hidden, scores = model.model.decoder(batch.inputs, encoded)
    kept = batch.targets != IGNORED
    some = encoded[:, phase::FRAME_STRIDE].flatten(0, 1)
    return {
        "text": F.cross_entropy(model.proj_out(hidden[kept]).float(), batch.targets[kept]),
        "phonemes": F.cross_entropy(
            model.phonemes(some).float(), batch.phoneme_frames[:, phase::FRAME_STRIDE].flatten()
        ),
        "words": F.cross_entropy(
            model.words(some).float(), batch.word_frames[:, phase::FRAME_STRIDE].flatten()
        ),
        "place": alignment_loss(scores[0], batch.spans.roll(1, dims=1)),
        "alignment": alignment_loss(scores[-1], batch.spans),
    }


def alignment_loss(scores: Tensor, spans: Tensor) -> Tensor:
    """Cross-entropy against attention spread evenly over each token's frames."""
    heard = spans[..., 0] >= 0
    scores, spans = scores[heard], spans[heard]
    frames = torch.arange(scores.shape[-1])
    inside = (frames >= spans[:, :1]) & (frames < spans[:, 1:])
    mean = (scores * inside).sum(-1) / inside.sum(-1).clamp(min=1)
    return (scores.logsumexp(-1) - mean).mean()


def total(parts: dict[str, Tensor]) -> Tensor:
    return (
        parts["text"]
        + PHONEME_WEIGHT * parts["phonemes"]
        + WORD_WEIGHT * parts["words"]
        + PLACE_WEIGHT * parts["place"]
        + ALIGNMENT_WEIGHT * parts["alignment"]
    )


class Optimisers:
    """Muon for the layers' matrices, AdamW for embeddings, convolutions, norms and biases."""

    def __init__(self, model: Whisper) -> None:
        matrices: list[nn.Parameter] = []
        others: list[nn.Parameter] = []
        for name, weight in model.named_parameters():
            hidden = weight.ndim == 2 and "layers" in name
            (matrices if hidden else others).append(weight)
        self.muon = torch.optim.Muon(matrices, lr=MUON_RATE, weight_decay=0.01, momentum=0.95)
        self.adam = torch.optim.AdamW(others, lr=ADAM_RATE, betas=(0.9, 0.98), weight_decay=0.01)

    def step(self, rate: float) -> None:
        for optimiser, base in ((self.muon, MUON_RATE), (self.adam, ADAM_RATE)):
            for group in optimiser.param_groups:
                group["lr"] = base * rate
            optimiser.step()


def average_gradients(model: nn.Module, processes: int) -> None:
    weights = [w for w in model.parameters() if w.grad is not None]
    flat = torch.cat([w.grad.flatten() for w in weights])  # type: ignore[union-attr]
    dist.all_reduce(flat)
    flat /= processes
    for weight, part in zip(weights, flat.split([w.numel() for w in weights]), strict=True):
        weight.grad = part.view_as(weight)


def build(corpus: Corpus) -> Whisper:
    torch.manual_seed(0)
    return Whisper(Shape(corpus.tokens.count), corpus.phonemes, corpus.plain_words + 1)


class Trainer:
    def __init__(self, rank: int, plan: Plan, corpus: Corpus) -> None:
        self.rank, self.plan, self.tokens = rank, plan, corpus.tokens
        self.model = build(corpus)
        self.averaged = build(corpus)
        self.optimisers = Optimisers(self.model)
        self.step = self._resume()
        self.windows = Windows(corpus, seed=10_000 * self.step + rank)

    def _checkpoint(self) -> Path:
        return self.plan.folder / "checkpoint.pt"

    def _resume(self) -> int:
        if not self._checkpoint().exists():
            return 0
        state = torch.load(self._checkpoint(), weights_only=True)
        self.model.load_state_dict(state["model"])
        self.averaged.load_state_dict(state["averaged"])
        self.optimisers.muon.load_state_dict(state["muon"])
        self.optimisers.adam.load_state_dict(state["adam"])
        return int(state["step"])

    def save(self) -> None:
        state = {
            "model": self.model.state_dict(),
            "averaged": self.averaged.state_dict(),
            "muon": self.optimisers.muon.state_dict(),
            "adam": self.optimisers.adam.state_dict(),
            "step": self.step,
        }
        fresh = self._checkpoint().with_suffix(".new")
        torch.save(state, fresh)
        fresh.replace(self._checkpoint())

    def advance(self) -> dict[str, Tensor]:
        short = self.plan.is_short(self.step)
        random = self.windows.random
        offset = int(random.integers(0, FRAMES - int(SHORT_SECONDS * 50))) if short else 0
        count = self.plan.short_batch if short else self.plan.batch
        drawn = [self.windows.draw(short, offset) for _ in range(count)]
        batch = collate(drawn, self.tokens.end)
        with torch.autocast("cpu", torch.bfloat16):
            parts = losses(self.model, batch, offset, int(random.integers(FRAME_STRIDE)))
        self.model.zero_grad()
        total(parts).backward()
        average_gradients(self.model, self.plan.processes)
        nn.utils.clip_grad_norm_(self.model.parameters(), CLIP)
        self.optimisers.step(self.plan.rate(self.step))
        self._average()
        self.step += 1
        return parts

    @torch.no_grad()
    def _average(self) -> None:
        keep = min(AVERAGE, self.step / (self.step + 10))
        for mean, weight in zip(self.averaged.parameters(), self.model.parameters(), strict=True):
            mean.lerp_(weight, 1 - keep)


def work(rank: int, plan: Plan) -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(1)
    dist.init_process_group(
        "gloo", f"tcp://127.0.0.1:{plan.port}", rank=rank, world_size=plan.processes
    )
    trainer = Trainer(rank, plan, load_corpus(plan.folder))
    began, saved = time.monotonic(), time.monotonic()
    while trainer.step < plan.steps:
        parts = trainer.advance()
        now = time.monotonic()
        if rank == 0 and trainer.step % 20 == 0:
            figures = " ".join(f"{name} {value.item():.3f}" for name, value in parts.items())
            log.info("step %d %.0f s %s", trainer.step, now - began, figures)
        if rank == 0 and now - saved > 150:
            trainer.save()
            saved = now
    if rank == 0:
        trainer.save()
    dist.barrier()
    dist.destroy_process_group()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("build/miniature"))
    parser.add_argument("--steps", type=int, default=2200)
    parser.add_argument("--short-steps", type=int, default=800, help="of 8 s windows, at first")
    parser.add_argument("--full-steps", type=int, default=300, help="of 30 s windows, at the end")
    parser.add_argument("--decay-steps", type=int, default=900, help="linear to zero, at the end")
    parser.add_argument("--short-batch", type=int, default=16, help="windows a process")
    parser.add_argument("--batch", type=int, default=6, help="windows a process")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--port", type=int, default=29_517)
    plan = Plan(**vars(parser.parse_args()))
    mp.spawn(work, (plan,), nprocs=plan.processes)


if __name__ == "__main__":
    main()
