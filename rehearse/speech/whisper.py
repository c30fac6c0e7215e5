"""Writes speech down with faster-whisper, from a model folder on this machine.

Nothing here touches the network: the folder is checked first.
"""

from __future__ import annotations

import math
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rehearse.analysis.sound.hesitations import hesitations
from rehearse.analysis.sound.misheard import mended
from rehearse.errors import ModelMissing, TranscriptionFailed
from rehearse.model.take import SAMPLE_RATE, Hesitation, Word
from rehearse.ports import Reading
from rehearse.speech import ears, telemetry
from rehearse.speech.cores import usual_threads
from rehearse.speech.decoding import options
from rehearse.speech.encoder import encoded, keeping_whisper
from rehearse.speech.model_folder import MEND, check_folder
from rehearse.speech.named import in_doubt, with_names
from rehearse.speech.plausible import is_noise, said
from rehearse.speech.shortage import ran_out
from rehearse.transcripts.timed import Token, in_order, joined, spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from concurrent.futures import Future

    from rehearse.analysis.sound.hesitations import Ear
    from rehearse.model.take import Samples

# Shorter clips make the word alignment of faster-whisper fail.
_SHORTEST = 0.3
_SEED = 1
AUTO = "auto"
_FALLBACK = "en"
# Below this a short clip says little about its language, and the next one is asked again.
_SURE_OF_LANGUAGE = 0.5
NAMED = "en"
"""The language in which names are listened for: it was measured in no other, and in German every
noun has a capital."""


class WhisperTranscriber:
    """One model, loaded and used by one thread of its own: calls on a model do not overlap.

    The language `AUTO` is told by the sound, anew for each recording; a model that writes English
    only takes it for English.
    """

    def __init__(
        self, folder: Path, name: str, *, language: str = "en", threads: int | None = None
    ) -> None:
        self._folder = folder
        self._name = name
        self._language = language
        self._threads = threads
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="whisper")
        self._loading: Future[Any] | None = None
        self.ear: Ear | None = None
        """What hears hesitations, once the model is loaded."""
        self._told: str | None = None
        self._heard: str | None = None
        self._drew = False
        """Whether lots were drawn since the model was loaded."""

    def __reduce__(self) -> tuple[Any, ...]:
        """For another process, which loads the model itself and may be in another folder."""
        what = (self._folder.absolute(), self._name, self._language, self._threads)
        return _unloaded, what

    @property
    def name(self) -> str:
        return self._name

    @property
    def folder(self) -> Path:
        return self._folder

    @property
    def language(self) -> str:
        if self._language != AUTO:
            return self._language
        return self._told or self._heard or _FALLBACK

    def prepare(self) -> None:
        self._told = self._heard = None
        if self._drew:
            # The lots of a thread go on where they were, whatever seed is set; a model has a thread
            # of its own. Without this a recording would depend on those before it.
            self._loading, self._drew = None, False
        self._start()

    def _start(self) -> None:
        if self._loading is None:
            import numpy  # noqa: F401  (two threads that import it at once can lock each other out)

            self._loading = self._worker.submit(self._load)

    def transcribe(
        self, samples: Samples, *, hasty: bool = False, names: Sequence[str] = ()
    ) -> Reading:
        clip = _checked(samples)
        return self._worker.submit(self._write_down, self.load(), clip, hasty, names).result()

    def hesitations(self, samples: Samples) -> tuple[Hesitation, ...] | None:
        """In at most 30 s of speech that nobody writes down; None where the model has no ear.
        Raises as `transcribe` does."""
        clip = _checked(samples)
        return self._worker.submit(self._listen, self.load(), clip).result()

    def load(self) -> Any:
        """The model, once it is ready. Raises ModelMissing and TranscriptionFailed."""
        self._start()
        assert self._loading is not None
        try:
            return self._loading.result()
        except (ModelMissing, TranscriptionFailed):
            # What is missing may be fetched before the next clip.
            self._loading = None
            raise

    def _load(self) -> Any:
        check_folder(self._folder)
        telemetry.switch_off()
        try:
            kind = keeping_whisper()
            from ctranslate2 import set_random_seed
            from tqdm import tqdm
        except (ImportError, OSError, MemoryError) as problem:
            if ran_out(problem):
                raise self._too_large() from problem
            raise TranscriptionFailed(
                "faster-whisper is incomplete on this machine.",
                "Install it again: pip install --force-reinstall faster-whisper",
            ) from problem
        # Its bars are never shown, and its lock would outlive a process that is killed.
        tqdm.set_lock(threading.RLock())
        # Second and third readings draw lots; this makes one program write the same every time.
        set_random_seed(_SEED)
        try:
            model = kind(
                str(self._folder),
                device="cpu",
                compute_type="int8",
                cpu_threads=self._threads or usual_threads(),
                num_workers=1,
                local_files_only=True,
            )
        # tokenizers raises plain Exception for a damaged tokenizer.json.
        except Exception as problem:
            if ran_out(problem):
                raise self._too_large() from problem
            raise ModelMissing(f"The model in '{self._folder}' is damaged.", MEND) from problem
        if self._language not in (AUTO, *model.supported_languages):
            raise TranscriptionFailed(
                f"The model '{self._name}' does not write the language '{self._language}'.",
                "Choose another --language, or a model whose name does not end in .en.",
            )
        self.ear = ears.find(self._folder)
        return model

    def _write_down(self, model: Any, clip: Samples, hasty: bool, names: Sequence[str]) -> Reading:
        import numpy as np

        seconds = len(clip) / SAMPLE_RATE
        if not len(clip):
            return Reading((), None if self.ear is None else ())
        missing = math.ceil(_SHORTEST * SAMPLE_RATE) - len(clip)
        model.encoded = None
        try:
            padded = np.pad(clip, (0, max(0, missing)))
            told = options(seconds, hasty=hasty)
            words = self._decode(model, padded, told)
            if names and self.language == NAMED and not hasty and in_doubt(words):
                again = self._decode(model, padded, {**told, "hotwords": ", ".join(names)})
                words = with_names(words, again, names)
        except (RuntimeError, ValueError, IndexError, MemoryError) as problem:
            raise self._failed(problem) from problem
        heard = self._hesitations(model, seconds)
        return Reading(mended(in_order(words, duration=seconds), heard or ()), heard)

    def _decode(self, model: Any, clip: Samples, told: Mapping[str, Any]) -> list[Word]:
        language = self._told if self._language == AUTO else self._language
        segments, found = model.transcribe(clip, language=language, **told)
        self._heard = found.language
        if found.language_probability >= _SURE_OF_LANGUAGE:
            self._told = found.language
        # It decodes while it is listed.
        listed = list(segments)
        self._drew = self._drew or any(segment.temperature for segment in listed)
        return [
            word
            for segment in said(listed, in_noise=is_noise(clip))
            for word in self._words(segment)
        ]

    def _listen(self, model: Any, clip: Samples) -> tuple[Hesitation, ...] | None:
        if self.ear is None:
            return None
        try:
            frames = encoded(model, clip)
        except (RuntimeError, ValueError, MemoryError) as problem:
            raise self._failed(problem) from problem
        return hesitations(frames, self.ear, duration=len(clip) / SAMPLE_RATE)

    def _hesitations(self, model: Any, seconds: float) -> tuple[Hesitation, ...] | None:
        encoded, model.encoded = model.encoded, None
        if self.ear is None or encoded is None:
            return None
        return hesitations(encoded, self.ear, duration=seconds)

    def _failed(self, problem: BaseException) -> TranscriptionFailed:
        if ran_out(problem):
            return self._too_large()
        return TranscriptionFailed(f"The model '{self._name}' could not write this recording down.")

    def _too_large(self) -> TranscriptionFailed:
        return TranscriptionFailed(
            f"This machine has too little free memory for the model '{self._name}'.",
            "Close other programs or choose a smaller model. To try again: rehearse recover",
        )

    def _words(self, segment: Any) -> Iterable[Word]:
        if not segment.words:
            return spread(segment.text, _seconds(segment.start), _seconds(segment.end))
        pieces = [
            Token(w.word, _seconds(w.start), _seconds(w.end), float(w.probability))
            for w in segment.words
        ]
        return joined(pieces, language=self.language)


def _unloaded(folder: Path, name: str, language: str, threads: int | None) -> WhisperTranscriber:
    return WhisperTranscriber(folder, name, language=language, threads=threads)


def _checked(samples: Samples) -> Samples:
    """Contiguous, as the model's library wants it. Two rows would give nothing, silently."""
    import numpy as np

    if samples.ndim != 1 or samples.dtype != np.float32:
        raise ValueError(f"mono float32 is wanted, not {samples.dtype} of shape {samples.shape}")
    return np.ascontiguousarray(samples)


def _seconds(value: float) -> float:
    """As precise as the model is, and no numpy float, which JSON does not write."""
    return round(float(value), 2)
