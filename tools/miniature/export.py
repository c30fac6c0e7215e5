"""Write the int8 CTranslate2 folder from a checkpoint, decayed or not.

WhisperLoader gets the model in memory: `save_pretrained` and TransformersConverter made a broken
model without an error. Only the averaged weights go out; the training heads stay behind.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import torch
from ctranslate2.converters.transformers import WhisperLoader
from ctranslate2.specs import whisper_spec

from .network import Shape, Whisper
from .sound import FFT, HOP, MELS
from .speak import RATE
from .tokens import Tokens, load_tokens

ALIGNMENT_LAYER, ALIGNMENT_HEAD = 1, 0
TASKS = ("translate", "transcribe", "startoflm", "startofprev")
UNSAID = (*TASKS, "nospeech", "startoftranscript")


def load(folder: Path, tokens: Tokens) -> Whisper:
    state = torch.load(folder / "checkpoint.pt", weights_only=True)["averaged"]
    model = Whisper(Shape(tokens.count), len(state["phonemes.weight"]), len(state["words.weight"]))
    model.load_state_dict(state)
    return model.eval()


def specification(model: Whisper, tokens: Tokens) -> whisper_spec.WhisperSpec:
    spec = WhisperLoader().get_model_spec(model)
    spec.register_vocabulary(tokens.vocabulary())
    spec.config.suppress_ids = sorted(tokens.special(name) for name in UNSAID)
    spec.config.suppress_ids_begin = [tokens.byte(" ")]  # the end may come at once: a hum
    spec.config.lang_ids = [tokens.special("en")]
    spec.config.alignment_heads = [(ALIGNMENT_LAYER, ALIGNMENT_HEAD)]
    spec.validate()
    spec.optimize(quantization="int8")
    return spec


def export(folder: Path, out: Path) -> None:
    tokens = load_tokens(folder / "words.txt")
    out.mkdir(parents=True, exist_ok=True)
    fresh = folder / "export"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    with torch.no_grad():
        specification(load(folder, tokens), tokens).save(str(fresh))
    tokens.tokenizer().save(str(fresh / "tokenizer.json"))
    features = {
        "chunk_length": 30,
        "feature_size": MELS,
        "hop_length": HOP,
        "n_fft": FFT,
        "sampling_rate": RATE,
    }
    (fresh / "preprocessor_config.json").write_text(json.dumps(features, indent=2) + "\n")
    for path in fresh.iterdir():
        shutil.move(path, out / path.name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("build/miniature"))
    parser.add_argument("--out", type=Path, default=Path("rehearse/data/miniature"))
    options = parser.parse_args()
    export(options.folder, options.out)


if __name__ == "__main__":
    main()
