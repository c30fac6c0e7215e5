"""What comes from the system and not from pip: PortAudio, and what the tests need beside it.

Where it cannot be had, a sentence says how to get it, and the work goes on.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools.ready.step import LOG, Failed, Step

PORTAUDIO = ("libportaudio2",)
TESTS = (
    "libportaudio2",
    "libasound2-plugins",
    "pulseaudio",
    "pulseaudio-utils",
    "tmux",
    "faketime",  # sets the clock off, for `make faults`
)
BROWSER = ("chromium",)
QUIETLY = {"DEBIAN_FRONTEND": "noninteractive"}
AXE_VERSION = "4.14.1"
AXE = Path("build") / f"axe-core-{AXE_VERSION}.js"


def missing(packages: Sequence[str]) -> list[str]:
    """Those that Debian's own list does not hold as installed; none elsewhere."""
    if not shutil.which("dpkg-query"):
        return []
    command = ["dpkg-query", "-W", "-f=${Package} ${db:Status-Status}\n", *packages]
    told = subprocess.run(command, capture_output=True, text=True).stdout
    there = [line.split()[0] for line in told.splitlines() if line.endswith(" installed")]
    return [package for package in packages if package not in there]


def install(packages: Sequence[str], why: str) -> None:
    names = " ".join(packages)
    root = _root()
    if root is None:
        print(f"  {why}: only root may install it. sudo apt install {names}")
        return
    apt = [*root, "env", *(f"{key}={value}" for key, value in QUIETLY.items()), "apt-get"]
    try:
        with Step(f"{why} (with apt: {names})") as step:
            step.run([*apt, "update"], meaning=lambda line: "reading what there is")
            step.run(
                [*apt, "install", "-y", "--no-install-recommends", *packages], meaning=_told_by_apt
            )
    except Failed:
        print(
            f"    apt could not install it; it says why in {LOG}. Later: sudo apt install {names}"
        )


def fetch_axe() -> None:
    """It judges the page of a take in its test; without it, that test says so."""
    why = "axe-core, which tests that everybody can read the pages"
    if not shutil.which("npm"):
        print(f"  {why}: npm is missing, so the pages are tested without it.")
        return
    try:
        with Step(f"{why} (with npm)") as step, tempfile.TemporaryDirectory() as folder:
            step.run(["npm", "pack", f"axe-core@{AXE_VERSION}"], folder=Path(folder))
            with tarfile.open(Path(folder) / f"axe-core-{AXE_VERSION}.tgz") as parcel:
                script = parcel.extractfile("package/axe.min.js")
                assert script is not None
                AXE.write_bytes(script.read())
    except (Failed, OSError, KeyError, tarfile.TarError):
        print("    npm could not fetch it, so the pages are tested without it.")


def _told_by_apt(line: str) -> str | None:
    word, _, rest = line.partition(" ")
    name = rest.split(" ", 1)[0].partition(":")[0]
    if word.startswith("Get:"):
        parts = line.split()
        return f"fetching {parts[4]}" if len(parts) > 4 else None
    return {"Unpacking": f"unpacking {name}", "Setting": "setting up"}.get(word)


def _root() -> list[str] | None:
    """What goes before a command of root's; None where nobody may be asked for a password."""
    if not hasattr(os, "geteuid") or os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    if subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo"]
    if not sys.stdin.isatty():
        return None
    print("  Your password is needed to install packages of the system.")
    return ["sudo"] if subprocess.run(["sudo", "-v"]).returncode == 0 else None
