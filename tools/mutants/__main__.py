"""Changes the program in small ways, each alone, and prints those that no test notices.

It works in a copy of the tree, which goes when it ends, however it ends. A change survives when
every test that imports its module passes; where no test does, those that import a module that
imports it.
"""

from __future__ import annotations

import argparse
import ast
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from random import Random

from tools.mutants.changes import Change, changes

ROOMS = ("analysis", "session", "takes")
"""Packages of `rehearse/` that are changed, by the name that --room takes."""
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", "build")
PATIENCE = 600.0
"""Seconds for the tests of one change; whoever loops for ever has been noticed."""
_FAILED = re.compile(r"^(?:FAILED|ERROR) ([^\s[]+)", re.MULTILINE)


def main() -> int:
    asked = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    root = Path(__file__).parent.parent.parent
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(root, tree, ignore=LEFT_OUT)
        chosen = _chosen(tree, asked.room, Random(asked.seed), asked.count)
        fates = []
        try:
            for module, change in chosen:
                fates.append(_survives(tree, module, change))
        finally:
            print(f"{sum(fates)} of {len(fates)} survived (seed {asked.seed})", flush=True)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("--count", type=int, default=40, help="how many changes (default: 40)")
    parser.add_argument("--seed", type=int, default=0, help="which ones (default: 0)")
    parser.add_argument("--room", choices=ROOMS, action="append", help="default: all of them")
    return parser.parse_args()


def _chosen(
    tree: Path, rooms: Iterable[str] | None, rng: Random, count: int
) -> list[tuple[Path, Change]]:
    """By chance, from all changes of all modules."""
    folders = (tree / "rehearse" / room for room in rooms or ROOMS)
    modules = [module for folder in folders for module in sorted(folder.rglob("*.py"))]
    pool = [(module, one) for module in modules for one in changes(module.read_text("utf-8"))]
    picked = rng.sample(range(len(pool)), min(count, len(pool)))
    return [pool[number] for number in picked]


def _survives(tree: Path, module: Path, change: Change) -> bool:
    """Whether all tests pass with it; then it is printed."""
    tests = _tests(tree, module)
    before = module.read_text("utf-8")
    module.write_text(change.text, "utf-8")
    try:
        noticed = _failure(tree, tests)
    finally:
        module.write_text(before, "utf-8")
    where = f"{module.relative_to(tree)}:{change.line}  {change.before} -> {change.after}"
    if noticed and noticed != "time" and _failure(tree, [noticed]):
        print(f"not tried {where} ({noticed} fails without it)", flush=True)
    elif not noticed:
        print(f"survived  {where} ({len(tests)} files of tests)", flush=True)
    return not noticed


def _failure(tree: Path, tests: list[str]) -> str | None:
    """The first test that fails; "time" where they do not end."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider"]
    environment = os.environ | {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    tried = subprocess.Popen(
        [*command, *tests],
        cwd=tree,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        said, _ = tried.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return "time"
    finally:
        _ended(tried)
    failed = _FAILED.search(said)
    return None if tried.returncode in (0, 5) else failed[1] if failed else tests[0]


def _ended(tried: subprocess.Popen[str]) -> None:
    """With all that it started, also on Ctrl-C."""
    if tried.poll() is None:
        os.killpg(tried.pid, signal.SIGKILL)
        tried.wait()


def _tests(tree: Path, module: Path) -> list[str]:
    """Those named like the module first: they are the quickest to notice."""
    wanted, seen = {_dotted(tree, module)}, set[str]()
    sources = [*(tree / "rehearse").rglob("*.py"), *(tree / "tests").rglob("*.py")]
    imported = {path: _imports(path) for path in sources}
    while wanted - seen:
        seen |= wanted
        importing = [path for path, names in imported.items() if names & wanted]
        found = [path for path in importing if path.name.startswith("test_")]
        if found:
            found.sort(key=lambda path: (module.stem not in path.stem, path.stat().st_size))
            return [str(path.relative_to(tree)) for path in found]
        wanted = {_dotted(tree, path) for path in importing}
    return ["tests"]


def _dotted(tree: Path, path: Path) -> str:
    return ".".join(path.relative_to(tree).with_suffix("").parts)


@cache
def _imports(path: Path) -> frozenset[str]:
    return frozenset(_imported(ast.parse(path.read_text("utf-8"))))


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


if __name__ == "__main__":
    sys.exit(main())
