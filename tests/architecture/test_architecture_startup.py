from __future__ import annotations

import json

import pytest
from source_tree import PACKAGE, modules, run_python

HEAVY = ("pandas", "scipy", "cv2", "av", "PySide6", "shiboken6")
LOADED = """
    import importlib, json, sys
    importlib.import_module(sys.argv[1])
    print(json.dumps(sorted(set(sys.argv[2:]) & set(sys.modules))))
"""
WITHOUT_QT = """
    import importlib, runpy, sys

    class NoQt:
        def find_spec(self, name, path=None, target=None):
            if name.partition(".")[0] in ("PySide6", "shiboken6"):
                raise ImportError(f"{name} is not installed here")

    sys.meta_path.insert(0, NoQt())
"""
WITHOUT_NETWORK = """
    import importlib, runpy, sys

    def refuse(event, arguments):
        if event.startswith("socket."):
            raise PermissionError(f"reached for the network: {event}")

    sys.addaudithook(refuse)
"""
IMPORT_ALL = """
    for name in sys.argv[1:]:
        importlib.import_module(name)
"""
COMMAND_LINE = """
    sys.argv[0] = "ssp-coder"
    runpy.run_module("ssp_coder", run_name="__main__")
"""


@pytest.mark.parametrize("module", ["ssp_coder", "ssp_coder.cli"])
def test_starting_loads_nothing_heavy(module: str) -> None:
    outcome = run_python(LOADED, module, *HEAVY)
    assert outcome.returncode == 0, outcome.stderr
    assert json.loads(outcome.stdout) == []


def test_what_a_module_loads_is_noticed() -> None:
    assert json.loads(run_python(LOADED, "av", *HEAVY).stdout) == ["av"]


def test_every_module_but_the_window_imports_where_qt_is_absent() -> None:
    outcome = run_python(WITHOUT_QT + IMPORT_ALL, *modules(ui=False))
    assert outcome.returncode == 0, outcome.stderr


def test_the_window_does_not_import_where_qt_is_absent() -> None:
    outcome = run_python(WITHOUT_QT + IMPORT_ALL, "PySide6.QtWidgets")
    assert "PySide6 is not installed here" in outcome.stderr


@pytest.mark.parametrize("command", [("--help",), ("check", "--bundled")])
def test_the_command_line_works_where_qt_is_absent(command: tuple[str, ...]) -> None:
    outcome = run_python(WITHOUT_QT + COMMAND_LINE, *command)
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stdout


def test_importing_every_module_opens_no_socket() -> None:
    outcome = run_python(WITHOUT_NETWORK + IMPORT_ALL, *modules(ui=True))
    assert outcome.returncode == 0, outcome.stderr


@pytest.mark.parametrize("command", [("--help",), ("check", "--bundled")])
def test_the_command_line_opens_no_socket(command: tuple[str, ...]) -> None:
    outcome = run_python(WITHOUT_NETWORK + COMMAND_LINE, *command)
    assert outcome.returncode == 0, outcome.stderr


def test_an_opened_socket_is_noticed() -> None:
    outcome = run_python(WITHOUT_NETWORK + "    import socket; socket.socket()\n")
    assert "reached for the network: socket.__new__" in outcome.stderr


def test_the_modules_looked_at_are_those_of_the_package() -> None:
    names = modules(ui=True)
    assert "ssp_coder.resources" in names
    assert "ssp_coder.__main__" not in names
    assert len(names) == len(list(PACKAGE.rglob("*.py"))) - 1
    assert not [name for name in modules(ui=False) if name.startswith("ssp_coder.ui")]
