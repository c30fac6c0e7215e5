"""A Whisper in miniature, with the module names that CTranslate2's WhisperLoader reads.

The heads on the encoder and the supervised attention exist for training only.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

FRAMES, TEXT = 1500, 448


@dataclass(frozen=True)
class Shape:
    """`vocab_size` and the others carry the names that WhisperLoader asks for."""

    vocab_size: int
    d_model: int = 192
    encoder_layers: int = 3
    decoder_layers: int = 2
    encoder_attention_heads: int = 3
    decoder_attention_heads: int = 6
    mels: int = 80


def sinusoids(length: int, width: int, scale: float) -> Tensor:
    steps = math.log(10_000) / (width // 2 - 1)
    angles = torch.arange(length)[:, None] * torch.exp(-steps * torch.arange(width // 2))[None]
    return torch.cat([angles.sin(), angles.cos()], dim=1) * scale


class Positions(nn.Module):
    def __init__(self, length: int, width: int, scale: float) -> None:
        super().__init__()
        self.weight: Tensor
        self.register_buffer("weight", sinusoids(length, width, scale), persistent=False)


class Attention(nn.Module):
    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.q_proj = nn.Linear(width, width)
        self.k_proj = nn.Linear(width, width, bias=False)
        self.v_proj = nn.Linear(width, width)
        self.out_proj = nn.Linear(width, width)

    def split(self, x: Tensor) -> Tensor:
        """(batch, time, width) to (batch, heads, time, width / heads)."""
        return x.view(*x.shape[:2], self.heads, -1).transpose(1, 2)

    def forward(self, x: Tensor, source: Tensor, causal: bool = False) -> tuple[Tensor, Tensor]:
        """The attended values, and the first head's scores if queries differ from the source."""
        q, k = self.split(self.q_proj(x)), self.split(self.k_proj(source))
        v = self.split(self.v_proj(source))
        y = F.scaled_dot_product_attention(q, k, v, is_causal=causal)
        first = x.new_empty(0)
        if x is not source:
            first = (q[:, 0] @ k[:, 0].transpose(1, 2)).float() / math.sqrt(q.shape[-1])
        return self.out_proj(y.transpose(1, 2).flatten(2)), first


class Layer(nn.Module):
    def __init__(self, width: int, heads: int, crosses: bool) -> None:
        super().__init__()
        self.self_attn = Attention(width, heads)
        self.self_attn_layer_norm = nn.LayerNorm(width)
        if crosses:
            self.encoder_attn = Attention(width, heads)
            self.encoder_attn_layer_norm = nn.LayerNorm(width)
        self.fc1 = nn.Linear(width, 4 * width)
        self.fc2 = nn.Linear(4 * width, width)
        self.final_layer_norm = nn.LayerNorm(width)

    def forward(self, x: Tensor, encoded: Tensor | None = None) -> tuple[Tensor, Tensor]:
        y = self.self_attn_layer_norm(x)
        x = x + self.self_attn(y, y, causal=encoded is not None)[0]
        scores = x.new_empty(0)
        if encoded is not None:
            y, scores = self.encoder_attn(self.encoder_attn_layer_norm(x), encoded)
            x = x + y
        return x + self.fc2(F.gelu(self.fc1(self.final_layer_norm(x)))), scores


class Encoder(nn.Module):
    embed_scale = 1.0

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width = shape.d_model
        self.conv1 = nn.Conv1d(shape.mels, width, 3, padding=1)
        self.conv2 = nn.Conv1d(width, width, 3, stride=2, padding=1)
        self.embed_positions = Positions(FRAMES, width, scale=1.0)
        heads = shape.encoder_attention_heads
        self.layers = nn.ModuleList(
            Layer(width, heads, crosses=False) for _ in range(shape.encoder_layers)
        )
        self.layer_norm = nn.LayerNorm(width)

    def forward(self, mels: Tensor, offset: int = 0) -> Tensor:
        """(batch, 80, 2 n) mels to (batch, n, width); `offset` is the place of the first frame."""
        x = F.gelu(self.conv2(F.gelu(self.conv1(mels)))).transpose(1, 2)
        x = x + self.embed_positions.weight[offset : offset + x.shape[1]]
        for layer in self.layers:
            x, _ = layer(x)
        encoded: Tensor = self.layer_norm(x)
        return encoded


class Decoder(nn.Module):
    embed_scale = 1.0

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width, heads = shape.d_model, shape.decoder_attention_heads
        self.embed_tokens = nn.Embedding(shape.vocab_size, width)
        nn.init.normal_(self.embed_tokens.weight, std=0.06)
        self.embed_positions = Positions(TEXT, width, scale=0.25)
        self.layers = nn.ModuleList(
            Layer(width, heads, crosses=True) for _ in range(shape.decoder_layers)
        )
        self.layer_norm = nn.LayerNorm(width)

    def forward(self, tokens: Tensor, encoded: Tensor) -> tuple[Tensor, list[Tensor]]:
        """Hidden states (batch, text, width) and each layer's scores (batch, text, frames)."""
        x = self.embed_tokens(tokens) + self.embed_positions.weight[: tokens.shape[1]]
        scores: list[Tensor] = []
        for layer in self.layers:
            x, first = layer(x, encoded)
            scores.append(first)
        return self.layer_norm(x), scores


class Halves(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.encoder = Encoder(shape)
        self.decoder = Decoder(shape)


class Whisper(nn.Module):
    """`model` and `proj_out` as WhisperLoader expects; `phonemes` and `words` are left behind."""

    def __init__(self, shape: Shape, phonemes: int, words: int) -> None:
        super().__init__()
        self.config = shape
        self.model = Halves(shape)
        self.proj_out = nn.Linear(shape.d_model, shape.vocab_size, bias=False)
        self.proj_out.weight = self.model.decoder.embed_tokens.weight
        self.phonemes = nn.Linear(shape.d_model, phonemes)
        self.words = nn.Linear(shape.d_model, words)
