"""Synthetic speech with the time of every word and phoneme, from libespeak-ng through ctypes.

Needs espeakng-loader (library and data) and PyAV (resampling); no sound hardware.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass

import av
import espeakng_loader
import numpy as np
from numpy.typing import NDArray

RATE = 16_000
SYNCHRONOUS, PHONEME_EVENTS, UTF8 = 2, 1, 1
WORD, END_OF_LIST, PHONEME = 1, 0, 7
PARAMETER_RATE, PARAMETER_PITCH, PARAMETER_RANGE = 1, 3, 4
PAUSES = ("_", "_:", "_!", "_|", "_^_", "")
SAME_VOICE = {"en-gb": "gmw/en"}  # SetVoiceByName knows British English by its file only
WORDS = re.compile(r"[A-Za-z']+")

Sound = NDArray[np.float32]


@dataclass(frozen=True)
class Voice:
    """How to speak: an espeak voice name, words a minute, pitch and its range 0-100.

    `shift` plays everything that much faster, which moves the formants as another throat would.
    """

    name: str = "en-us"
    rate: int = 165
    pitch: int = 50
    range: int = 50
    shift: float = 1.0


@dataclass(frozen=True)
class SpokenWord:
    text: str
    start: float
    end: float


@dataclass(frozen=True)
class Phoneme:
    name: str
    start: float


@dataclass(frozen=True)
class Speech:
    """`sound` is mono float32 at 16 kHz; all times are seconds from its start."""

    sound: Sound
    words: tuple[SpokenWord, ...]
    phonemes: tuple[Phoneme, ...]


class _Id(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    ]


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


class Speaker:
    """libespeak-ng keeps its state globally: two Speakers in a process must take turns."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        data = espeakng_loader.get_data_path().encode()
        self._rate = self._library.espeak_Initialize(SYNCHRONOUS, 0, data, PHONEME_EVENTS)
        if self._rate <= 0:
            raise RuntimeError(f"espeak-ng found no data in {data.decode()}")
        self._callback = _Callback(self._hear)  # kept: ctypes does not hold a reference

    def _hear(self, samples: ctypes._Pointer[ctypes.c_short], count: int, events: object) -> int:
        if samples and count > 0:
            self._sound.append(np.ctypeslib.as_array(samples, (count,)).copy())
        for event in _until_end(events):
            seconds = event.sample / self._rate
            if event.type == WORD:
                self._words.append((event.text_position - 1, seconds))
            elif event.type == PHONEME:
                name = event.id.string.decode("utf-8", "replace")
                self._phonemes.append(Phoneme(name, seconds))
        return 0

    def speak(self, text: str, voice: Voice) -> Speech:
        """Raises ValueError for a voice that espeak does not know (it would keep the last one)."""
        self._set(voice)
        self._library.espeak_SetSynthCallback(self._callback)  # another's may be gone by now
        self._sound: list[NDArray[np.int16]] = []
        self._words: list[tuple[int, float]] = []
        self._phonemes: list[Phoneme] = []
        raw = text.encode()
        self._library.espeak_Synth(raw, len(raw) + 1, 0, 1, 0, UTF8, None, None)
        samples = np.concatenate(self._sound) if self._sound else np.zeros(1, np.int16)
        seconds = len(samples) / self._rate
        words = _place_words(text, self._words, self._phonemes, seconds)
        speech = Speech((samples / 32768).astype(np.float32), words, tuple(self._phonemes))
        return _at_16_khz(speech, round(self._rate * voice.shift), voice.shift)

    def _set(self, voice: Voice) -> None:
        language, plus, variant = voice.name.partition("+")
        name = SAME_VOICE.get(language, language) + plus + variant
        if self._library.espeak_SetVoiceByName(name.encode()) != 0:
            raise ValueError(f"espeak-ng has no voice {voice.name!r}")
        self._library.espeak_SetParameter(PARAMETER_RATE, round(voice.rate / voice.shift), 0)
        self._library.espeak_SetParameter(PARAMETER_PITCH, voice.pitch, 0)
        self._library.espeak_SetParameter(PARAMETER_RANGE, voice.range, 0)


def _until_end(events: object) -> list[_Event]:
    found: list[_Event] = []
    while events[len(found)].type != END_OF_LIST:  # type: ignore[index]
        found.append(events[len(found)])  # type: ignore[index]
    return found


def _place_words(
    text: str, starts: list[tuple[int, float]], phonemes: list[Phoneme], seconds: float
) -> tuple[SpokenWord, ...]:
    """A word ends where the next begins, or at the first pause inside that stretch.

    espeak speaks some pairs ("of the") as one: those without an event share their stretch.
    """
    known = dict(starts)
    found = list(WORDS.finditer(text))
    heard = [(i, known[m.start()]) for i, m in enumerate(found) if m.start() in known]
    if not heard or heard[0][0] != 0:
        heard.insert(0, (0, 0.0))
    pauses = np.array([p.start for p in phonemes if p.name in PAUSES])
    words: list[SpokenWord] = []
    for (i, start), (j, stop) in zip(heard, [*heard[1:], (len(found), seconds)], strict=True):
        inside = pauses[(pauses > start + 0.03) & (pauses < stop)]
        end = float(inside[0]) if len(inside) else stop
        words += _share([m.group() for m in found[i:j]], start, end)
    return tuple(words)


def _share(texts: list[str], start: float, end: float) -> list[SpokenWord]:
    edges = np.cumsum([0, *map(len, texts)]) / max(1, sum(map(len, texts)))
    times = start + edges * (end - start)
    return [
        SpokenWord(t, float(a), float(b)) for t, a, b in zip(texts, times, times[1:], strict=False)
    ]


def _at_16_khz(speech: Speech, rate: int, shift: float) -> Speech:
    words = (SpokenWord(w.text, w.start / shift, w.end / shift) for w in speech.words)
    phonemes = (Phoneme(p.name, p.start / shift) for p in speech.phonemes)
    return Speech(resample(speech.sound, rate), tuple(words), tuple(phonemes))


def resample(sound: Sound, rate: int) -> Sound:
    """To 16 kHz, with the resampler that the program itself uses."""
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    frame = av.AudioFrame.from_ndarray(sound[None, :], format="flt", layout="mono")
    frame.sample_rate = rate
    frames = [*resampler.resample(frame), *resampler.resample(None)]
    return np.concatenate([f.to_ndarray()[0] for f in frames])
