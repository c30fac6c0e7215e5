"""The map for a newcomer: which package may import which, and that there is no way round."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "rehearse"
CONTRIBUTING = PACKAGE.parent / "CONTRIBUTING.md"

LEVELS = (
    {"errors", "model"},
    {"text", "ports"},
    {"analysis", "options"},
    {"transcripts"},
    {"takes"},
    {"replay", "progress", "config", "questions"},
    {"audio", "terminal", "schedule", "stories"},
    {"speech"},
    {"session"},
    {"views"},
    {"app"},
    {"batch", "web"},
    {"commands"},
    {"cli"},
    {"__main__"},
)
"""Each imports only from the levels before its own: two of one level are strangers."""
HEAVY = {
    "numpy",
    "sounddevice",
    "faster_whisper",
    "av",
    "onnxruntime",
    "pyttsx3",
    "huggingface_hub",
    "fsrs",
    "cattrs",
    "starlette",
    "uvicorn",
}
MOST_LOOSE = 8
"""Modules beside the packages; what is more belongs into one."""


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)


NAMES = {dotted(path) for path in modules()}


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


def ours(path: Path) -> Iterator[str]:
    """Modules of ours that a module imports."""
    for name in imports(path, everywhere=True):
        for module in (name, name.rpartition(".")[0]):
            if module in NAMES:
                yield module
                break


def package(module: str) -> str:
    return module.split(".")[1]


def level(name: str) -> int:
    found = [number for number, names in enumerate(LEVELS) if name in names]
    assert found, f"{name} has no place in the map"
    return found[0]


@pytest.mark.parametrize("path", modules(), ids=dotted)
def test_a_package_imports_only_from_levels_before_its_own(path: Path) -> None:
    here = package(dotted(path))
    for there in {package(module) for module in ours(path)} - {here}:
        assert level(there) < level(here), f"{here} may not import {there}"


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph: Mapping[str, set[str]] = {dotted(path): set(ours(path)) for path in modules()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(" -> ".join(circle.args[1]))


@pytest.mark.parametrize("path", modules(), ids=dotted)
def test_no_module_imports_something_heavy_before_it_is_needed(path: Path) -> None:
    top = {name.split(".")[0] for name in imports(path, everywhere=False)}
    assert not top & HEAVY


def test_few_modules_stand_beside_the_packages() -> None:
    assert len([path for path in PACKAGE.glob("*.py") if path.name != "__init__.py"]) <= MOST_LOOSE


def test_the_map_in_contributing_is_the_tree() -> None:
    (drawn,) = re.findall(r"^rehearse/\n((?:  .*\n)+)", CONTRIBUTING.read_text("utf-8"), re.M)
    named = {name.rstrip("/") for name in re.findall(r"^  (\S+)", drawn, re.M)}
    there = {
        path.name.removesuffix(".py")
        for path in PACKAGE.iterdir()
        if path.suffix == ".py" or any(path.rglob("*.py")) or path.name == "data"
    }
    assert named == there - {"__init__"}
