"""A Whisper of random weights: it costs what one of its shape costs, and understands nothing.

It is laid out as the converted models of the hub are.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from ctranslate2.specs import whisper_spec

from tools.miniature.tokens import Tokens

MELS, FRAMES, LONGEST = 80, 1500, 448


@dataclass(frozen=True)
class Shape:
    width: int
    heads: int
    layers: int
    words: int
    """Tokens that are words; some two thousand others come on top."""


TINY = Shape(width=32, heads=2, layers=1, words=20)
"""Loads in a blink."""
BASE_EN = Shape(width=512, heads=8, layers=6, words=49_999)
SMALL_EN = Shape(width=768, heads=12, layers=12, words=49_999)
"""Those of the models that people use, with their 51,864 tokens."""


def build(
    folder: Path,
    shape: Shape = TINY,
    *,
    multilingual: bool = False,
    languages: tuple[str, ...] = ("en",),
) -> Path:
    """Files of an English-only model of the hub: vocabulary.txt and no preprocessor_config.json.

    A multilingual one hears nothing but `languages`."""
    tokens = Tokens(tuple(sorted(f"w{i}" for i in range(shape.words))))
    vocabulary = tokens.vocabulary()
    if multilingual:
        # CTranslate2 tells by the empty token, which only they have.
        vocabulary[tokens.word_base] = ""
    spec = _weights(shape, tokens.count)
    spec.register_vocabulary(vocabulary)
    spec.config.suppress_ids = [tokens.special("startoftranscript")]
    spec.config.suppress_ids_begin = [tokens.end]
    spec.config.lang_ids = [tokens.special(language) for language in languages]
    spec.config.alignment_heads = [(shape.layers - 1, 0)]
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))
    (folder / "vocabulary.json").unlink()
    (folder / "vocabulary.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    tokens.tokenizer().save(str(folder / "tokenizer.json"))
    return folder


def _weights(shape: Shape, tokens: int) -> Any:
    chance = np.random.default_rng(7)
    width = shape.width
    spec = whisper_spec.WhisperSpec(shape.layers, shape.heads, shape.layers, shape.heads)
    encoder, decoder = spec.encoder, spec.decoder
    _linear(encoder.conv1, chance, (width, MELS, 3))
    _linear(encoder.conv2, chance, (width, width, 3))
    encoder.position_encodings.encodings = _random(chance, (FRAMES, width))
    decoder.position_encodings.encodings = _random(chance, (LONGEST, width))
    decoder.embeddings.weight = _random(chance, (tokens, width))
    decoder.projection.weight = decoder.embeddings.weight
    for half in (encoder, decoder):
        _norm(half.layer_norm, width)
        for layer in half.layer:
            _attention(layer.self_attention, chance, (3 * width, width))
            _norm(layer.ffn.layer_norm, width)
            _linear(layer.ffn.linear_0, chance, (4 * width, width))
            _linear(layer.ffn.linear_1, chance, (width, 4 * width))
    for layer in decoder.layer:
        _attention(layer.attention, chance, (width, 2 * width, width))
    return spec


def _random(chance: np.random.Generator, shape: tuple[int, ...]) -> Any:
    return chance.normal(0, 0.05, shape).astype(np.float32)


def _linear(spec: Any, chance: np.random.Generator, shape: tuple[int, ...]) -> None:
    spec.weight = _random(chance, shape)
    spec.bias = np.zeros(shape[0], np.float32)


def _norm(spec: Any, width: int) -> None:
    spec.gamma, spec.beta = np.ones(width, np.float32), np.zeros(width, np.float32)


def _attention(spec: Any, chance: np.random.Generator, rows: tuple[int, ...]) -> None:
    """`rows` of the linear layers: queries, keys and values together or apart, then the output."""
    width = rows[-1]
    _norm(spec.layer_norm, width)
    for linear, output in zip(spec.linear, rows, strict=True):
        _linear(linear, chance, (output, width))
