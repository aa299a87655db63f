"""The window is killed while somebody codes in it: what it showed as saved is there afterwards.

``SSP_FAULTS=200`` in the environment asks for that many kills instead of the usual few.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from random import Random

import pytest

from ssp_coder.domain.coding import Coding, Media
from ssp_coder.media.fingerprint import fingerprint
from ssp_coder.storage.coding_file import create, open_for_writing, open_read_only
from ssp_coder.storage.verify import verify
from tests.builders import infant_scheme, rate

KILLS = int(os.environ.get("SSP_FAULTS", "10"))

# Loads everything once; each line of input is a coding that a forked child then opens in its own
# window and codes by keys, telling on a line of output what the window shows as saved, until it
# is killed. The fork comes before there is any application object or thread.
NURSERY = """
import os, sys
from pathlib import Path
from random import Random
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from ssp_coder.editing.completeness import Step
from ssp_coder.ui.application import application
from ssp_coder.ui.main.settings import Settings
from ssp_coder.ui.main.window import MainWindow
from ssp_coder.ui.theme.theme import Theme
from ssp_coder.ui.theme.tokens import Scheme

KEYS = "123456789qwertasdfgzxcvbyuiophjklnm,"

def say(text):
    os.write(1, (text + "\\n").encode())

class Sitting:
    def __init__(self, path, seed):
        self.chance = Random(seed)
        self.app = application()
        theme = Theme(Scheme.LIGHT, self.app)
        store = QSettings(str(path.with_suffix(".ini")), QSettings.Format.IniFormat)
        self.window = MainWindow(theme, Settings(store), path.parent / "index")
        self.window.show()
        self.window.desk.open_path(path)
        self.workspace = self.window.workspace
        self.session = self.workspace.session
        while self.workspace.player.moment is None:
            QTest.qWait(5)
        self.window.show_page(Step.CODE)
        self.session.saving_changed.connect(self.tell)

    def tell(self):
        if not self.session.unsaved and self.window.saved.text().startswith("Saved"):
            say(f"saved {self.session.document.history.last_seq}")

    def act(self):
        deed = self.chance.random()
        if deed < 0.1:
            self.window.actions_by_id["undo"].trigger()
        elif deed < 0.4:
            self.workspace.player.step(self.chance.randrange(1, 4))
        else:
            key = self.chance.choice(KEYS)
            QTest.keyClick(self.workspace.work, Qt.Key(ord(key.upper())))
        for _ in range(self.chance.randrange(3)):
            self.app.processEvents()

def work(path, seed):
    sitting = Sitting(path, seed)
    say("open")
    while True:
        sitting.act()

for line in sys.stdin:
    path, seed = line.rsplit(" ", 1)
    child = os.fork()
    if not child:
        work(Path(path), int(seed))
    say(f"started {child}")
    os.waitpid(child, 0)
    say("gone")
"""


class Nursery:
    def __init__(self, process):
        self.process = process

    def killed_sitting(self, path, seed, saved):
        """What the window showed as saved before it was killed, after so many savings."""
        self.process.stdin.write(f"{path} {seed}\n")
        self.process.stdin.flush()
        child, seen = 0, []
        while (line := self.process.stdout.readline().split()) != ["gone"]:
            if not line:
                pytest.fail("the window ended before it was killed")
            if line[0] == "started":
                child = int(line[1])
            elif line[0] == "saved":
                seen.append(int(line[1]))
                if len(seen) == saved:
                    os.kill(child, signal.SIGKILL)
        return seen


@pytest.fixture
def nursery(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", NURSERY],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "QT_QPA_PLATFORM": "offscreen"},
    )
    yield Nursery(process)
    process.stdin.close()
    process.wait()
    process.stdout.close()


@pytest.fixture
def empty_coding(tmp_path, clip_factory):
    video = tmp_path / "S001.mp4"
    shutil.copy(clip_factory("h264").path, video)
    media = Media(
        name=video.name,
        relative_path=video.name,
        size=video.stat().st_size,
        fingerprint=fingerprint(video),
        duration_us=5_000_000,
        frame_count=150,
    )

    def make(name):
        path = tmp_path / f"{name}.sspc"
        start = Coding(session="S001", coder="c01", media=(media,))
        create(path, coding=start, scheme=infant_scheme(), who="c01").close()
        return path

    return make


@pytest.mark.slow
def test_a_killed_window_loses_nothing_that_it_showed_as_saved(nursery, empty_coding):
    chance = Random(11)
    for kill in range(KILLS):
        path = empty_coding(kill)
        seen = nursery.killed_sitting(path, kill, saved=chance.randrange(1, 40))
        left = open_read_only(path)
        assert left.history.last_seq >= seen[-1]
        assert verify(path) == ()
        with open_for_writing(path, "c01") as file:
            assert file.coding == left.coding
            file.document().submit(rate("res_c_5", 1 + kill % 7))
        assert verify(path) == ()


@pytest.mark.slow
def test_a_coding_can_be_gone_on_with_after_every_kill(nursery, empty_coding):
    path = empty_coding("again")
    reached = 0
    for sitting in range(3):
        seen = nursery.killed_sitting(path, 100 + sitting, saved=8)
        assert seen[0] > reached
        reached = open_read_only(path).history.last_seq
        assert reached >= seen[-1]
    assert verify(path) == ()


@pytest.mark.slow
def test_the_check_would_notice_a_lost_edit(nursery, empty_coding):
    path = empty_coding("torn")
    seen = nursery.killed_sitting(path, 5, saved=10)
    path.with_name("torn.sspc-wal").write_bytes(b"")
    assert open_read_only(path).history.last_seq < seen[-1]
