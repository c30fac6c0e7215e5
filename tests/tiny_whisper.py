"""A Whisper of random weights that loads in a blink and understands nothing.

It is laid out as the converted models of the hub are, for what is about folders and not words.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from ctranslate2.specs import whisper_spec

from tools.miniature.tokens import Tokens

WIDTH, HEADS, MELS, FRAMES, LONGEST = 32, 2, 80, 1500, 448


def build(
    folder: Path, *, multilingual: bool = False, languages: tuple[str, ...] = ("en",)
) -> Path:
    """Files of a base.en of the hub: vocabulary.txt and no preprocessor_config.json.

    A multilingual one hears nothing but `languages`."""
    tokens = Tokens(tuple(sorted(f"w{i}" for i in range(20))))
    vocabulary = tokens.vocabulary()
    if multilingual:
        # CTranslate2 tells by the empty token, which only they have.
        vocabulary[tokens.word_base] = ""
    chance = np.random.default_rng(7)
    spec = whisper_spec.WhisperSpec(1, HEADS, 1, HEADS)
    encoder, decoder = spec.encoder, spec.decoder
    _linear(encoder.conv1, chance, (WIDTH, MELS, 3))
    _linear(encoder.conv2, chance, (WIDTH, WIDTH, 3))
    encoder.position_encodings.encodings = _random(chance, (FRAMES, WIDTH))
    decoder.position_encodings.encodings = _random(chance, (LONGEST, WIDTH))
    decoder.embeddings.weight = _random(chance, (tokens.count, WIDTH))
    decoder.projection.weight = decoder.embeddings.weight
    for half in (encoder, decoder):
        _norm(half.layer_norm)
        for layer in half.layer:
            _attention(layer.self_attention, chance, (3 * WIDTH, WIDTH))
            _norm(layer.ffn.layer_norm)
            _linear(layer.ffn.linear_0, chance, (4 * WIDTH, WIDTH))
            _linear(layer.ffn.linear_1, chance, (WIDTH, 4 * WIDTH))
    _attention(decoder.layer[0].attention, chance, (WIDTH, 2 * WIDTH, WIDTH))
    spec.register_vocabulary(vocabulary)
    spec.config.suppress_ids = [tokens.special("startoftranscript")]
    spec.config.suppress_ids_begin = [tokens.end]
    spec.config.lang_ids = [tokens.special(language) for language in languages]
    spec.config.alignment_heads = [(0, 0)]
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))
    (folder / "vocabulary.json").unlink()
    (folder / "vocabulary.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    tokens.tokenizer().save(str(folder / "tokenizer.json"))
    return folder


def _random(chance: np.random.Generator, shape: tuple[int, ...]) -> Any:
    return chance.normal(0, 0.05, shape).astype(np.float32)


def _linear(spec: Any, chance: np.random.Generator, shape: tuple[int, ...]) -> None:
    spec.weight = _random(chance, shape)
    spec.bias = np.zeros(shape[0], np.float32)


def _norm(spec: Any) -> None:
    spec.gamma, spec.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)


def _attention(spec: Any, chance: np.random.Generator, rows: tuple[int, ...]) -> None:
    """`rows` of the linear layers but for the last: queries, keys and values together or apart."""
    _norm(spec.layer_norm)
    outputs = [*rows[:-1], WIDTH]
    for linear, output in zip(spec.linear, outputs, strict=True):
        _linear(linear, chance, (output, WIDTH))
