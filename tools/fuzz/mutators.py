"""Changes that keep the shape of a file, so that what is odd gets past the parser."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from random import Random
from typing import Any, TypeAlias

Mutator: TypeAlias = Callable[[bytes, int, int], bytes]
_MARK = "\ue000odd"
ODD_JSON = (
    "null",
    "true",
    "false",
    "0",
    "-1",
    "1",
    "1e999",
    "-1e999",
    "NaN",
    "Infinity",
    "-Infinity",
    "1e6",
    "1e308",
    "-0.0",
    "9" * 30,
    "9" * 400,
    "9" * 5000,
    "0.1",
    "[]",
    "{}",
    '""',
    '"\\ud800"',
    '"\\u0000"',
    '"\\u001b[2J"',
    '"\\u202e"',
    '"\\n"',
    '"../../etc"',
    '"nan"',
    '"inf"',
    "[[]]",
    "[null]",
    "[1, 2]",
    '{"a": 1}',
    '[{"text": "x"}]',
    "[" * 400 + "]" * 400,
    '"' + "x" * 5000 + '"',
    '"2026-01-01"',
    '"0001-01-01T00:00:00+14:00"',
    '"9999-12-31T23:59:59-14:00"',
    '"behavioural"',
    '"\\u2028"',
    '"a\\tb"',
    '"12:00"',
    "2",
    "3",
    "1000000000000",
)
ODD_TOML = (
    "nan",
    "inf",
    "-inf",
    "0",
    "-1",
    "1e400",
    "true",
    '""',
    '"\\u0000"',
    '"\\u001b[2J"',
    "[]",
    "{}",
    "9223372036854775807",
    "99999999999999999999999",
    "[nan, nan, nan]",
    "[1, 2]",
    "[1, 2, 3, 4]",
    "1979-05-27",
    "07:32:00",
    '"../.."',
    '["(", "[", "*", "\\\\"]',
    '[""]',
    "[1]",
    "'a b'",
    '"1e9"',
    "[[]]",
    '["um", "um"]',
    "{ideal = 1}",
    "0x10",
    "-0.0",
    '"99999999:00:00"',
    "[inf, 0, -1]",
)
_NAMES = (
    "remarks.md",
    "../remarks.md",
    "/remarks.md",
    "C:\\remarks.md",
    "C:remarks.md",
    "a/../remarks.md",
    "..\\remarks.md",
    "a/remarks.md",
    "remarks.md/",
    "a\\remarks.md",
    "\\\\host\\remarks.md",
    "",
    "remarks.md\0.txt",
    "REMARKS.MD",
    "./remarks.md",
    "~/remarks.md",
)
_NUMBERS = (
    0,
    1,
    2,
    3,
    0x7F,
    0x80,
    0xFF,
    0x7FFF,
    0x8000,
    0xFFFF,
    0x7FFFFFFF,
    0x80000000,
    0xFFFFFFFF,
)
_FIELDS = ((4, 4), (16, 4), (20, 2), (22, 2), (24, 4), (28, 4), (32, 2), (34, 2), (40, 4))
"""Place and length of the numbers in a WAV's header."""


def plain(data: bytes, largest: int, _seed: int) -> bytes:
    import atheris

    return bytes(atheris.Mutate(data, largest))


def as_json(data: bytes, largest: int, seed: int) -> bytes:
    """A value or a key here and there is another; else, or where it is no JSON, any bytes."""
    rng = Random(seed)
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return plain(data, largest, seed)
    if rng.random() < 0.15 or not isinstance(value, dict | list):
        return plain(data, largest, seed)
    odd: list[str] = []
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        _change(value, rng, odd)
    text = json.dumps(value, ensure_ascii=rng.random() < 0.5)
    for number, one in enumerate(odd):
        mark = json.dumps(f"{_MARK}{number}", ensure_ascii=False)
        text = text.replace(mark, one).replace(json.dumps(f"{_MARK}{number}"), one)
    made = text.encode("utf-8", "surrogatepass")
    return made if len(made) <= largest else plain(data, largest, seed)


def _change(value: Any, rng: Random, odd: list[str]) -> None:
    holder = rng.choice(_holders(value))
    keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
    if not keys:
        return
    key = rng.choice(keys)
    way = rng.random()
    if way < 0.65:
        odd.append(rng.choice(ODD_JSON))
        holder[key] = f"{_MARK}{len(odd) - 1}"
    elif way < 0.8:
        del holder[key]
    elif isinstance(holder, list):
        holder.extend(holder[key : key + 1] * rng.choice((1, 3, 200)))
    else:
        other = rng.choice(_holders(value))
        holder[key] = json.loads(json.dumps(other))


def _holders(value: Any) -> list[Any]:
    """All objects and lists within, the outermost first."""
    found, left = [], [value]
    while left:
        one = left.pop()
        if isinstance(one, dict | list):
            found.append(one)
            left.extend(one.values() if isinstance(one, dict) else one)
    return found


def as_toml(data: bytes, largest: int, seed: int) -> bytes:
    """A value here and there is another."""
    rng = Random(seed)
    lines = data.decode("utf-8", "replace").split("\n")
    if rng.random() < 0.3:
        return plain(data, largest, seed)
    at = rng.randrange(len(lines))
    name, equals, _ = lines[at].partition("=")
    if equals:
        lines[at] = f"{name}= {rng.choice(ODD_TOML)}"
    else:
        lines.insert(at, rng.choice(lines))
    return "\n".join(lines).encode()[:largest]


def as_wav(data: bytes, largest: int, seed: int) -> bytes:
    """Numbers of the header are others, or the sound ends too soon."""
    rng = Random(seed)
    if len(data) < 44 or rng.random() < 0.3:
        return plain(data, largest, seed)
    changed = bytearray(data)
    for at, length in rng.sample(_FIELDS, rng.choice((1, 1, 2, 3))):
        number = rng.choice((*_NUMBERS, rng.randrange(1 << 8 * length)))
        changed[at : at + length] = (number % (1 << 8 * length)).to_bytes(length, "little")
    if rng.random() < 0.2:
        changed = changed[: rng.randrange(12, len(changed))]
    return bytes(changed[:largest])


def as_zip(data: bytes, largest: int, seed: int) -> bytes:
    """Entries with names, sizes and kinds that somebody would choose who means ill."""
    rng = Random(seed)
    if rng.random() < 0.4:
        return plain(data, largest, seed)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for _ in range(rng.choice((1, 1, 2, 3, 120))):
            entry = zipfile.ZipInfo("x")
            entry.filename = rng.choice(_NAMES)
            entry.external_attr = rng.choice((0, 0o120777 << 16, 0o40755 << 16, 0xFFFFFFFF))
            entry.compress_type = rng.choice((0, 8, 12, 14))
            text = rng.choice(
                (b"- 0:01 Good.\n", b"", b"x" * 100_000, b"\xff\xfe", b"- 0:01 \x1b[2J")
            )
            made.writestr(entry, text * rng.choice((1, 1, 50)))
    changed = bytearray(content.getvalue())
    for _ in range(rng.choice((0, 0, 1, 2))):
        changed[rng.randrange(len(changed))] = rng.choice((0, 1, 0x7F, 0xFF, rng.randrange(256)))
    made_now = bytes(changed)
    return made_now if len(made_now) <= largest else plain(data, largest, seed)
