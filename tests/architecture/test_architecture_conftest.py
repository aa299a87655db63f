from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from source_tree import TESTS

LEAVES_A_THREAD = """
import threading

def watch_for_ever():
    threading.Event().wait()

def test_leaves_a_thread():
    threading.Thread(target=watch_for_ever, daemon=True).start()
"""
JOINS_ITS_THREAD = """
import threading

def test_joins_its_thread():
    thread = threading.Thread(target=print)
    thread.start()
    thread.join()
"""


def outcome_of(test: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run one test under the project's conftest, in a folder of its own."""
    shutil.copy(TESTS / "conftest.py", folder)
    (folder / "test_sample.py").write_text(test, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:pytest-qt")
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )


def test_a_thread_left_running_fails_its_test_by_name(tmp_path: Path) -> None:
    outcome = outcome_of(LEAVES_A_THREAD, tmp_path)
    assert outcome.returncode == 1
    assert "left threads running" in outcome.stdout
    assert "watch_for_ever" in outcome.stdout


def test_a_joined_thread_fails_nothing(tmp_path: Path) -> None:
    assert outcome_of(JOINS_ITS_THREAD, tmp_path).returncode == 0


def test_a_test_cannot_reach_the_network() -> None:
    with socket.socket() as unconnected, pytest.raises(PermissionError, match="network"):
        unconnected.connect(("127.0.0.1", 9))


def test_a_test_cannot_reach_the_users_settings(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    own = tmp_path_factory.getbasetemp()
    assert Path.home().is_relative_to(own)
    assert Path(os.environ["XDG_CONFIG_HOME"]).is_relative_to(own)
