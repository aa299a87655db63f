"""What the architecture tests look at: the project's files, parsed once."""

from __future__ import annotations

import ast
import functools
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "ssp_coder"
TESTS = ROOT / "tests"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@functools.cache
def python_files(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(folder.rglob("*.py")))


@functools.cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def place(path: Path, node: ast.AST | int) -> str:
    line = node if isinstance(node, int) else getattr(node, "lineno", 0)
    return f"{path.relative_to(ROOT).as_posix()}:{line}"


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def written_lines(folder: Path) -> int:
    """Lines of all Python files in a folder that are not blank."""
    texts = (path.read_text(encoding="utf-8") for path in python_files(folder))
    return sum(1 for text in texts for line in text.splitlines() if line.strip())


def functions(tree: ast.AST) -> Iterator[Function]:
    for node in ast.walk(tree):
        if isinstance(node, Function):
            yield node


def imported_names(node: ast.AST) -> tuple[str, ...]:
    """Dotted modules that one statement imports; relative ones count as the package's own."""
    if isinstance(node, ast.Import):
        return tuple(alias.name for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        if node.level:
            return ("ssp_coder",)
        module = node.module or ""
        return (module, *(f"{module}.{alias.name}" for alias in node.names))
    return ()


def percentile_95(values: list[int]) -> int:
    """The smallest value that at least 95 of 100 do not exceed."""
    ordered = sorted(values)
    return ordered[-(-len(ordered) * 95 // 100) - 1]


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules(*, ui: bool) -> tuple[str, ...]:
    """Dotted names of every module to import; `__main__` is none, it acts when imported."""
    names = (module_name(path) for path in python_files(PACKAGE))
    return tuple(
        name
        for name in names
        if not name.endswith("__main__") and (ui or not f"{name}.".startswith("ssp_coder.ui."))
    )


def run_python(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a fresh interpreter that finds the package by this checkout."""
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program), *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=300,
    )
