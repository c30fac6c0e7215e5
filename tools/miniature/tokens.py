"""The token table: 256 bytes, one token a surface word with its leading blank, then the specials.

CTranslate2 takes a Whisper with fewer than 51,865 tokens for an English-only one, and
faster-whisper expects the special tokens in exactly this order.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from faster_whisper.tokenizer import _LANGUAGE_CODES
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

BYTES = 256
TIMESTAMPS = 1501
SECONDS_PER_TIMESTAMP = 0.02


@dataclass(frozen=True)
class Tokens:
    """`words` are surface forms, sorted; ids follow from their place."""

    words: tuple[str, ...]

    @property
    def word_base(self) -> int:
        return BYTES

    @property
    def end(self) -> int:
        return BYTES + len(self.words)

    @property
    def specials(self) -> list[str]:
        languages = [f"<|{code}|>" for code in _LANGUAGE_CODES]
        before = ["<|endoftext|>", "<|startoftranscript|>", *languages]
        tasks = ["translate", "transcribe", "startoflm", "startofprev", "nospeech", "notimestamps"]
        return [*before, *(f"<|{name}|>" for name in tasks)]

    def special(self, name: str) -> int:
        return self.end + self.specials.index(f"<|{name}|>")

    @property
    def first_timestamp(self) -> int:
        return self.end + len(self.specials)

    @property
    def count(self) -> int:
        return self.first_timestamp + TIMESTAMPS

    def byte(self, mark: str) -> int:
        return _alphabet().index(_visible(mark))

    def vocabulary(self) -> list[str]:
        """As CTranslate2 lists it, in the order of the ids."""
        stamps = [f"<|{i * SECONDS_PER_TIMESTAMP:.2f}|>" for i in range(TIMESTAMPS)]
        return [*_alphabet(), *(_visible(" ") + w for w in self.words), *self.specials, *stamps]

    def tokenizer(self) -> Tokenizer:
        """For tokenizer.json: byte-level BPE without merges, words and specials added."""
        table = {token: i for i, token in enumerate(_alphabet())}
        tokenizer = Tokenizer(models.BPE(vocab=table, merges=[]))
        tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
        tokenizer.decoder = decoders.ByteLevel()
        tokenizer.add_tokens([AddedToken(" " + word, normalized=False) for word in self.words])
        tokenizer.add_special_tokens(self.vocabulary()[self.end :])
        return tokenizer


@cache
def _alphabet() -> list[str]:
    return sorted(pre_tokenizers.ByteLevel.alphabet())


def _visible(mark: str) -> str:
    """The printable stand-in of byte-level BPE: only the blank differs for what we write."""
    return "\u0120" if mark == " " else mark


def save_words(words: list[str], path: Path) -> None:
    path.write_text("\n".join(words) + "\n")


def load_tokens(path: Path) -> Tokens:
    return Tokens(tuple(path.read_text().split("\n")[:-1]))
