from __future__ import annotations

import os
import struct
import threading
from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.recordings import decode, duration, is_recording, read
from rehearse.errors import UnreadableFile
from rehearse.model.take import SAMPLE_RATE
from tests.sounds import Channels, encode, encode_tracks, pitch, tone, wav

SECONDS = 2.0

# name, rate, codec, layout, seconds of padding that the codec may add
FORMATS = [
    ("plain.wav", 16_000, "pcm_s16le", "mono", 0.0),
    ("fine.wav", 48_000, "pcm_s24le", "stereo", 0.001),
    ("float.wav", 44_100, "pcm_f32le", "mono", 0.001),
    ("coarse.wav", 11_025, "pcm_u8", "mono", 0.001),
    ("telephone.wav", 8_000, "pcm_mulaw", "mono", 0.001),
    ("lossless.flac", 96_000, "flac", "stereo", 0.001),
    ("apple.aiff", 44_100, "pcm_s16be", "stereo", 0.001),
    ("music.mp3", 44_100, "libmp3lame", "stereo", 0.06),
    ("phone.m4a", 44_100, "aac", "stereo", 0.06),
    ("voice.ogg", 48_000, "libopus", "stereo", 0.06),
    ("browser.webm", 48_000, "libopus", "mono", 0.06),
    ("surround.wav", 48_000, "pcm_s16le", "5.1", 0.001),
]


@pytest.mark.parametrize(("name", "rate", "codec", "layout", "padding"), FORMATS)
def test_every_format_gives_the_same_sound(
    tmp_path: Path, name: str, rate: int, codec: str, layout: str, padding: float
) -> None:
    count = {"mono": 1, "stereo": 2, "5.1": 6}[layout]
    channels = np.tile(tone(SECONDS, rate=rate), (count, 1))
    path = encode(tmp_path / name, channels, rate=rate, codec=codec, layout=layout)

    sound = decode(path)

    assert is_recording(path)
    assert sound.dtype == np.float32 and sound.ndim == 1 and sound.flags.c_contiguous
    assert len(sound) / SAMPLE_RATE == pytest.approx(SECONDS, abs=padding + 1e-9)
    assert pitch(sound) == pytest.approx(440, abs=2)
    middle = sound[SAMPLE_RATE // 2 : -SAMPLE_RATE // 2]
    assert np.sqrt(np.mean(middle**2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.05)
    assert duration(path) == len(sound) / SAMPLE_RATE


@pytest.mark.parametrize("channel", range(6))
def test_no_channel_is_lost_in_the_mix(tmp_path: Path, channel: int) -> None:
    channels = np.zeros((6, 48_000), np.float32)
    channels[channel] = tone(1, rate=48_000)
    path = encode(tmp_path / "six.wav", channels, rate=48_000, codec="pcm_s16le", layout="5.1")
    assert np.abs(decode(path)).max() == pytest.approx(0.5, rel=0.05), "empty ones weaken nothing"


def test_more_channels_than_any_layout_names(tmp_path: Path) -> None:
    samples = np.tile((tone(1) * 32767).astype("<i2")[:, None], (1, 12))
    data = samples.tobytes()
    form = struct.pack("<IHHIIHH", 16, 1, 12, SAMPLE_RATE, SAMPLE_RATE * 24, 24, 16)
    head = b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt " + form + b"data"
    path = tmp_path / "twelve.wav"
    path.write_bytes(head + struct.pack("<I", len(data)) + data)
    assert np.allclose(decode(path), tone(1), atol=1e-4)


def level(sound: Channels) -> float:
    """RMS of the middle, away from what codecs do at the ends."""
    middle = sound[SAMPLE_RATE // 4 : -SAMPLE_RATE // 4]
    return float(np.sqrt(np.mean(np.square(middle))))


WHOLE = 0.5 / np.sqrt(2)
"""RMS of the tone."""


def stereo(path: Path, left: Channels, right: Channels, *, codec: str = "pcm_s16le") -> Path:
    channels = np.stack([left, right]).astype(np.float32)
    return encode(path, channels, rate=48_000, codec=codec, layout="stereo")


@pytest.mark.parametrize("echo", [1.0, 0.9, 0.7, 0.5])
def test_an_inverted_channel_does_not_silence_the_other(tmp_path: Path, echo: float) -> None:
    left = tone(2, rate=48_000)
    path = stereo(tmp_path / "balanced.wav", left, -echo * left)
    assert level(decode(path)) == pytest.approx(WHOLE, rel=0.02)
    path = stereo(tmp_path / "turned.wav", -echo * left, left)
    assert level(decode(path)) == pytest.approx(WHOLE, rel=0.02)


@pytest.mark.parametrize(
    ("name", "codec"), [("a.mp3", "libmp3lame"), ("a.m4a", "aac"), ("a.flac", "flac")]
)
def test_an_inverted_channel_in_other_formats(tmp_path: Path, name: str, codec: str) -> None:
    left = tone(2, rate=48_000)
    path = stereo(tmp_path / name, left, -left, codec=codec)
    assert level(decode(path)) == pytest.approx(WHOLE, rel=0.05)


def test_the_loudest_part_decides_for_the_whole_file_without_a_jump(tmp_path: Path) -> None:
    hum = np.tile(0.02 * tone(3, hertz=50, rate=48_000), 1)
    said = tone(6, rate=48_000)
    path = stereo(tmp_path / "late.wav", np.concatenate([hum, said]), np.concatenate([hum, -said]))
    sound = decode(path)
    seam = 3 * SAMPLE_RATE
    assert level(sound[seam:]) == pytest.approx(WHOLE, rel=0.02)
    assert level(sound[:seam]) == pytest.approx(0.02 * WHOLE, rel=0.05)
    steepest = 0.5 * 2 * np.pi * 440 / SAMPLE_RATE
    assert np.abs(np.diff(sound)).max() < 1.5 * steepest


def test_a_bang_in_both_channels_decides_nothing(tmp_path: Path) -> None:
    said = 0.05 * tone(10, rate=48_000)
    bang = np.zeros_like(said)
    bang[:4800] = 0.9
    path = stereo(tmp_path / "bang.wav", bang + said, bang - said)
    assert level(decode(path)[SAMPLE_RATE:]) == pytest.approx(0.05 * WHOLE, rel=0.05)


def test_an_empty_channel_makes_the_other_no_quieter(tmp_path: Path) -> None:
    said = tone(2, rate=48_000)
    for name, pair in {"l": (said, 0 * said), "r": (0 * said, said)}.items():
        path = stereo(tmp_path / f"{name}.wav", *pair)
        assert level(decode(path)) == pytest.approx(WHOLE, rel=0.02)


def test_two_people_on_two_channels_are_both_heard(tmp_path: Path) -> None:
    one, other = tone(6, hertz=300, rate=48_000), tone(6, hertz=800, rate=48_000)
    first = np.arange(len(one)) < 3 * 48_000
    path = stereo(tmp_path / "two.wav", one * first, other * ~first)
    sound = decode(path)
    assert level(sound[: 3 * SAMPLE_RATE]) == pytest.approx(WHOLE / 2, rel=0.05)
    assert level(sound[3 * SAMPLE_RATE :]) == pytest.approx(WHOLE / 2, rel=0.05)


def test_the_voice_in_the_middle_of_surround_sound_is_as_loud_as_it_was(tmp_path: Path) -> None:
    channels = np.zeros((6, 96_000), np.float32)
    channels[2] = tone(2, rate=48_000)
    channels[3] = 0.001 * tone(2, hertz=60, rate=48_000)
    path = encode(tmp_path / "film.wav", channels, rate=48_000, codec="pcm_s16le", layout="5.1")
    assert level(decode(path)) == pytest.approx(WHOLE, rel=0.02)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_an_inverted_channel_that_comes_through_a_pipe(tmp_path: Path) -> None:
    left = tone(2, rate=48_000)
    content = stereo(tmp_path / "a.wav", left, -left).read_bytes()
    pipe = tmp_path / "pipe.wav"
    os.mkfifo(pipe)
    feeding = threading.Thread(target=pipe.write_bytes, args=(content,))
    feeding.start()
    assert level(decode(pipe)) == pytest.approx(WHOLE, rel=0.02)
    feeding.join()


QUIET = np.zeros(48_000, np.float32)
OBS = {"Desktop": QUIET, "Mic": tone(1, rate=48_000), "Music": tone(1, hertz=900, rate=48_000)}


@pytest.mark.parametrize("name", ["screen.mkv", "screen.mp4", "screen.mov"])
def test_a_silent_track_is_passed_over_and_the_others_are_named(tmp_path: Path, name: str) -> None:
    path = encode_tracks(tmp_path / name, OBS)
    recording = read(path)
    assert pitch(recording.samples) == pytest.approx(440, abs=2)
    told = recording.remark
    assert "has 3 sound tracks: track 2" in told
    assert "is used, track 1" in told and "is silent and track 3" in told
    assert told.count(".") == 2, "one sentence, and the dot of the name"
    if name.endswith("mkv"):
        assert "track 2 (Mic) is used" in told and "track 3 (Music) is left out" in told


def test_the_first_track_that_is_not_silent_is_used(tmp_path: Path) -> None:
    path = encode_tracks(tmp_path / "two.mkv", {"": OBS["Mic"], "Music": OBS["Music"]})
    recording = read(path)
    assert pitch(recording.samples) == pytest.approx(440, abs=2)
    assert "track 1 is used and track 2 (Music) is left out." in recording.remark


def test_tracks_that_are_all_silent_give_silence_and_say_so(tmp_path: Path) -> None:
    recording = read(encode_tracks(tmp_path / "off.mkv", {"Desktop": QUIET, "Mic": QUIET}))
    assert len(recording.samples) and np.abs(recording.samples).max() < 1e-4
    assert "all of them are silent" in recording.remark


def test_one_track_needs_no_word(tmp_path: Path) -> None:
    assert read(encode_tracks(tmp_path / "one.mkv", {"Mic": OBS["Mic"]})).remark == ""


def test_a_title_in_another_encoding_is_no_stumbling_block(tmp_path: Path) -> None:
    title = b"Caf\xe9 \xff\xfe\x00"
    chunk = b"LIST" + struct.pack("<I", 12 + len(title)) + b"INFOINAM"
    chunk += struct.pack("<I", len(title)) + title
    sound = wav(tone(1), riff_size=36 + 32_000 + len(chunk))
    path = tmp_path / "titled.wav"
    path.write_bytes(sound + chunk)
    assert duration(path) == 1.0


def test_a_track_with_a_title_in_another_encoding(tmp_path: Path) -> None:
    path = encode_tracks(tmp_path / "named.mkv", {"Desktop": QUIET, "Micro-XX": OBS["Mic"]})
    path.write_bytes(path.read_bytes().replace(b"Micro-XX", b"Micro-\xe9\xff"))
    assert "track 2 (Micro-" in read(path).remark


def test_plain_wav_comes_back_sample_by_sample(tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    path.write_bytes(wav(tone(3)))
    assert np.allclose(decode(path), tone(3), atol=1 / 16384)


def test_a_video_gives_its_sound(tmp_path: Path) -> None:
    import av

    path = tmp_path / "call.mp4"
    with av.open(str(path), "w") as container:
        video = container.add_stream("mpeg4", rate=10)
        audio = container.add_stream("aac", rate=44_100)
        for _ in range(10):
            picture = av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8), format="rgb24")
            container.mux(video.encode(picture))
        frame = av.AudioFrame.from_ndarray(tone(1, rate=44_100)[None], format="fltp", layout="mono")
        frame.sample_rate = 44_100
        container.mux(audio.encode(frame))
        container.mux(video.encode(None))
        container.mux(audio.encode(None))
    assert len(decode(path)) / SAMPLE_RATE == pytest.approx(1, abs=0.06)


def test_a_video_without_sound_is_refused(tmp_path: Path) -> None:
    import av

    path = tmp_path / "silent.mp4"
    with av.open(str(path), "w") as container:
        video = container.add_stream("mpeg4", rate=10)
        picture = av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8), format="rgb24")
        container.mux(video.encode(picture))
        container.mux(video.encode(None))
    with pytest.raises(UnreadableFile, match="is a video without sound"):
        decode(path)


# what the header says of the length, in bytes of sound and of the whole
KILLED = {
    "never patched": (0, 0),
    "patched for the empty file": (0, 36),
    "patched a second ago": (4 * 32_000, 36 + 4 * 32_000),
    "longer than the file": (10**7, 36 + 10**7),
    "made by a stream": (0xFFFFFFFF, 0xFFFFFFFF),
}


@pytest.mark.parametrize("state", KILLED)
def test_a_killed_recording_is_read_in_full(tmp_path: Path, state: str) -> None:
    data_size, riff_size = KILLED[state]
    path = tmp_path / "answer.wav"
    path.write_bytes(wav(tone(5), data_size=data_size, riff_size=riff_size))
    assert duration(path) == 5.0


def test_what_follows_the_sound_in_a_whole_wav_is_not_played(tmp_path: Path) -> None:
    sound, title = tone(1), b"LIST" + struct.pack("<I", 4000) + b"INFO" + b"x" * 3996
    path = tmp_path / "titled.wav"
    path.write_bytes(wav(sound, riff_size=36 + 2 * len(sound) + len(title)) + title)
    assert duration(path) == 1.0


@pytest.mark.parametrize("name", ["cut.mp3", "cut.flac", "cut.ogg"])
def test_a_cut_off_file_gives_what_is_there(tmp_path: Path, name: str) -> None:
    codec = {"mp3": "libmp3lame", "flac": "flac", "ogg": "libopus"}[name[4:]]
    path = encode(
        tmp_path / name, tone(10, rate=48_000)[None], rate=48_000, codec=codec, layout="mono"
    )
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert 3 < duration(path) < 7


def test_a_hole_in_the_middle_costs_only_the_hole(tmp_path: Path) -> None:
    sound = tone(10, rate=44_100)[None]
    path = encode(tmp_path / "hole.mp3", sound, rate=44_100, codec="libmp3lame", layout="mono")
    whole = bytearray(path.read_bytes())
    middle = len(whole) // 2
    whole[middle : middle + 2000] = bytes(2000)
    path.write_bytes(whole)
    assert 9 < duration(path) < 10.2


def test_a_colon_in_the_name_is_no_protocol(tmp_path: Path) -> None:
    path = tmp_path / "2026-01-02T10:00 answer 100%.wav"
    path.write_bytes(wav(tone(1)))
    assert duration(path) == 1.0


def test_loud_float_sound_stays_within_one(tmp_path: Path) -> None:
    loud = tone(1)[None] * 10
    loud[0, 100] = np.nan
    path = encode(tmp_path / "loud.wav", loud, rate=16_000, codec="pcm_f32le", layout="mono")
    sound = decode(path)
    assert np.isfinite(sound).all() and np.abs(sound).max() == 1.0


UNREADABLE = {
    "empty.wav": (b"", "is empty"),
    "header.wav": (wav(tone(0)), "has no sound in it"),
    "text.mp3": (b"I led the team. " * 400, "not a recording"),
    "zeros.wav": (bytes(5000), "not a recording"),
    "stump.m4a": (b"\x00\x00\x00\x1cftypM4A \x00\x00\x02\x00", "not a recording"),
    "cut-header.wav": (wav(tone(1))[:20], "not a recording"),
    "list.m3u8": (
        b"#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n",
        "not a recording",
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str) -> None:
    content, why = UNREADABLE[name]
    path = tmp_path / name
    path.write_bytes(content)
    for reads in (decode, duration):
        with pytest.raises(UnreadableFile, match=why) as caught:
            reads(path)
        assert name in caught.value.what and caught.value.mend
        assert "\n" not in str(caught.value)


def test_noise_is_no_recording(tmp_path: Path) -> None:
    noise = np.random.default_rng(4).bytes(20_000)
    for name in ("noise.wav", "noise.mp3", "noise.m4a"):
        (tmp_path / name).write_bytes(noise)
        with pytest.raises(UnreadableFile, match="not a recording"):
            decode(tmp_path / name)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="does not exist"):
        decode(tmp_path / "nowhere.wav")
    with pytest.raises(UnreadableFile, match="is a folder"):
        decode(tmp_path)
    with pytest.raises(UnreadableFile, match="not a recording"):
        decode(tmp_path / "nul\0.wav")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to this user"
)
def test_a_forbidden_file(tmp_path: Path) -> None:
    path = tmp_path / "secret.wav"
    path.write_bytes(wav(tone(1)))
    path.chmod(0)
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        decode(path)


@pytest.mark.parametrize(("at", "byte"), [(21, 0x80), (34, 0x80), (20, 0)])
def test_sound_of_a_kind_that_nobody_knows_is_refused(tmp_path: Path, at: int, byte: int) -> None:
    """Of its format, or of the bits of its samples."""
    sound = bytearray(wav(tone(0.5)))
    sound[at] = byte
    path = tmp_path / "unknown.wav"
    path.write_bytes(sound)
    with pytest.raises(UnreadableFile, match="not a recording that I can read"):
        decode(path)
