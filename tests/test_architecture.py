"""The map for a newcomer: which part may import which. A part imports only parts above it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "rehearse"

LAYERS = [
    {"errors", "model", "text", "places", "moments"},
    {"findings"},
    {
        "analysis",
        "listening",
        "questions",
        "stories",
        "schedule",
        "asjson",
        "transcripts",
        "takefile",
        "summary",
        "selection",
        "track",
        "replay",
        "remarks",
    },
    {"ports"},
    {"dictation"},
    {"recording", "naps", "transcription", "disk", "held", "whereabouts", "speaking"},
    {"adapters", "store", "index", "order", "views"},
    {
        "session",
        "steps",
        "studio",
        "answer",
        "assess",
        "handsfree",
        "request",
        "config",
        "homes",
        "asked",
        "usual",
        "upkeep",
        "corrections",
        "checkup",
        "planning",
    },
    {"interview", "unfinished", "past"},
    {"forgetting"},
    {"app"},
    {"options"},
    {"commands"},
    {"cli"},
    {"__main__"},
]
APART = {"adapters", "store", "views"}
"""On one level, and strangers to each other."""
SESSION = {
    "session",
    "steps",
    "studio",
    "answer",
    "assess",
    "handsfree",
    "request",
    "interview",
    "unfinished",
    "past",
}
NEVER_FOR_SESSION = {"adapters", "views"}
HEAVY = {
    "numpy",
    "sounddevice",
    "faster_whisper",
    "av",
    "onnxruntime",
    "pyttsx3",
    "huggingface_hub",
    "fsrs",
}


def part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def level(name: str) -> int:
    return next(index for index, layer in enumerate(LAYERS) if name in layer)


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")


def imports(path: Path, *, everywhere: bool) -> set[str]:
    """Dotted names imported; `everywhere` also inside functions and under TYPE_CHECKING."""
    tree = ast.parse(path.read_text("utf-8"))
    nodes = ast.walk(tree) if everywhere else iter(tree.body)
    names = set()
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names


def ours(path: Path) -> set[str]:
    names = imports(path, everywhere=True)
    found = {name.split(".")[1] for name in names if name.startswith("rehearse.")}
    return {name for name in found if any(name in layer for layer in LAYERS)}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    here = part(path)
    for name in ours(path) - {here}:
        assert level(name) <= level(here), f"{here} may not know {name}"
        assert not {name, here} <= APART, f"{here} and {name} are strangers"
        assert here not in SESSION or name not in NEVER_FOR_SESSION, f"a session knows no {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_imports_something_heavy_before_it_is_needed(path: Path) -> None:
    top = {name.split(".")[0] for name in imports(path, everywhere=False)}
    assert not top & HEAVY
