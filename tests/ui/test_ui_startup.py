"""What is loaded while a person waits for the window: nothing that only later work needs."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from ssp_coder.domain.coding import Coding, Media
from ssp_coder.media.fingerprint import fingerprint
from ssp_coder.storage.coding_file import create
from tests.builders import infant_scheme
from tests.fixtures.videos import ClipFactory

LATE = ("pandas", "scipy", "cv2")

# Shows the window as the program does and says, at its moments, what of some modules is loaded.
STARTED = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from ssp_coder.ui.application import application, make_window

path, watched = sys.argv[1], sys.argv[2:]
seen = {}

def look(moment):
    seen[moment] = sorted(set(watched) & set(sys.modules))

app = application()
window = make_window(app)
window.show()
app.processEvents()
seen["visible"] = window.start.isVisible()
look("start page")
window.desk.open_path(Path(path))
# Not quit: it would close the window first.
window.workspace.player.moment_changed.connect(lambda _moment: app.exit())
QTimer.singleShot(60_000, app.exit)
app.exec()
seen["painted"] = window.workspace.player.moment is not None
look("first frame")
window.close()
if "late" in sys.argv:
    import pandas
    look("late")
print(json.dumps(seen))
"""


@pytest.fixture
def coding_path(tmp_path):
    clip = ClipFactory(tmp_path)("h264")
    media = Media(
        name=clip.path.name,
        relative_path=clip.path.name,
        size=clip.path.stat().st_size,
        fingerprint=fingerprint(clip.path),
        duration_us=clip.times_us[-1] + 33_333,
        frame_count=clip.count,
    )
    path = tmp_path / "S001.c01.sspc"
    start = Coding(session="S001", coder="c01", media=(media,))
    create(path, coding=start, scheme=infant_scheme(), who="c01").close()
    return path


def started(path, *watched):
    outcome = subprocess.run(
        [sys.executable, "-c", STARTED, str(path), *watched],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert outcome.returncode == 0, outcome.stderr
    return json.loads(outcome.stdout)


def test_neither_the_start_page_nor_the_first_frame_waits_for_heavy_packages(coding_path):
    seen = started(coding_path, *LATE)
    assert (seen["visible"], seen["painted"]) == (True, True)
    assert seen["start page"] == []
    assert seen["first frame"] == []


def test_a_package_that_is_loaded_would_be_noticed(coding_path):
    seen = started(coding_path, *LATE, "PySide6.QtWidgets", "late")
    assert seen["start page"] == ["PySide6.QtWidgets"]
    assert "pandas" in seen["late"]
