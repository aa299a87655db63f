"""The shared rules of window tests hold: what a test leaves running fails it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
RULES = ROOT / "tests" / "ui" / "conftest.py"

LEAVES_A_TIMER = """
from PySide6.QtCore import QTimer

kept = []

def test_it(qapp):
    timer = QTimer(qapp)
    timer.start(1000)
    kept.append(timer)
"""

LEAVES_A_THREAD = """
from PySide6.QtCore import QThread

kept = []

def test_it(qapp, request):
    thread = QThread(qapp)
    thread.start()
    kept.append(thread)

def test_end():
    for thread in kept:
        thread.quit()
        thread.wait()
"""

LEAVES_NOTHING = """
from PySide6.QtCore import QSettings, QThread, QTimer

def test_it(qapp, tmp_path):
    timer = QTimer(qapp)
    timer.start(1000)
    timer.stop()
    thread = QThread(qapp)
    thread.start()
    thread.quit()
    assert thread.wait(5000)
    assert str(tmp_path) in QSettings("somebody", "something").fileName()
"""

WARNS = """
from PySide6.QtCore import qWarning

def test_it(qapp):
    qWarning("something is wrong")
"""


@pytest.fixture
def run(tmp_path):
    """Run a test file under the shared rules; gives the exit code and all output."""

    def do(source):
        (tmp_path / "conftest.py").write_text(RULES.read_text())
        (tmp_path / "test_tried.py").write_text(source)
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
                   "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(tmp_path),
                   str(tmp_path / "test_tried.py")]  # fmt: skip
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr

    return do


@pytest.mark.parametrize(
    ("source", "culprit"),
    [
        (LEAVES_A_TIMER, "left running: ['QTimer of QApplication']"),
        (LEAVES_A_THREAD, "left running: ['QThread of QApplication']"),
        (WARNS, "Qt messages with level WARNING or above emitted"),
    ],
)
def test_what_is_left_running_or_warned_of_fails_and_is_named(run, source, culprit):
    code, output = run(source)
    assert code == 1
    assert culprit in output


def test_a_tidy_test_passes_with_settings_of_its_own(run):
    code, output = run(LEAVES_NOTHING)
    assert code == 0, output
