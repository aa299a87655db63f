"""The program is killed at any moment of its work: nothing that was acknowledged is lost.

``SSP_FAULTS=2000`` in the environment asks for that many kills instead of the usual few.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from random import Random

import pytest

from ssp_coder.storage.coding_file import open_for_writing, open_read_only
from ssp_coder.storage.verify import verify
from tests.builders import rate

KILLS = int(os.environ.get("SSP_FAULTS", "30"))

# Loads everything once; each line of input is a file that a forked child then works on, in short
# sittings, telling on a line of output what is acknowledged as saved, until it is killed.
NURSERY = """
import os, sys
from pathlib import Path
from ssp_coder.storage.coding_file import open_for_writing
from tests.unit.storage.storage_files import Coder, new_file

def say(text):
    os.write(1, (text + "\\n").encode())

def work(path, seed):
    coder = Coder(seed)
    file = new_file(path.parent, path.name)
    while True:
        file.tell(on_saved=lambda seq: say(f"saved {seq}"), on_failed=lambda *why: say(f"{why}"))
        for _ in range(coder.random.randrange(1, 12)):
            coder.step(file.document())
        file.close()
        say("closed")
        file = open_for_writing(path, "c01")

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

    def killed_work(self, path, seed, lines):
        """What a child said that was killed after it had said so many lines."""
        self.process.stdin.write(f"{path} {seed}\n")
        self.process.stdin.flush()
        said, child = [], 0
        while "gone\n" not in said:
            if child and lines == sum(not line.startswith("started") for line in said):
                os.kill(child, signal.SIGKILL)
                lines = -1
            said.append(self.process.stdout.readline())
            if said[-1].startswith("started"):
                child = int(said[-1].split()[1])
        return said


@pytest.fixture
def nursery(tmp_path_factory):
    private = tmp_path_factory.mktemp("private")
    process = subprocess.Popen(
        [sys.executable, "-c", NURSERY],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "TMPDIR": str(private)},
    )
    yield Nursery(process)
    process.stdin.close()
    process.wait()
    process.stdout.close()


def acknowledged(said):
    return max((int(line.split()[1]) for line in said if line.startswith("saved")), default=0)


@pytest.mark.slow
def test_a_kill_at_any_moment_loses_nothing_that_was_acknowledged(tmp_path, nursery):
    chance = Random(7)
    moments = set()
    for kill in range(KILLS):
        path = tmp_path / f"{kill}.sspc"
        said = nursery.killed_work(path, kill, lines=chance.randrange(40))
        assert not any(line.startswith("(") for line in said)
        moments.add(frozenset(entry.name.replace(str(kill), "") for entry in tmp_path.iterdir()))
        last = acknowledged(said)
        if not path.exists():
            assert last == 0
            continue
        seen = open_read_only(path)
        assert seen.history.last_seq >= last
        with open_for_writing(path, "c02") as file:
            assert file.coding == seen.coding
            file.document().submit(rate("res_c_5", 1 + kill % 7))
        assert verify(path) == ()
        for entry in tmp_path.iterdir():
            if entry.is_file():
                entry.unlink()
    # The kills fell into different work: with a write-ahead log, without, with a note left.
    assert len(moments) > 1


@pytest.mark.slow
def test_the_check_would_notice_a_lost_record(tmp_path, nursery):
    path = tmp_path / "a.sspc"
    said = nursery.killed_work(path, 3, lines=30)
    assert acknowledged(said) > 0
    path.with_name("a.sspc-wal").write_bytes(b"")
    lost = open_read_only(path).history.last_seq < acknowledged(said)
    work = [line for line in said if line.split()[0] in ("saved", "closed")]
    assert lost or work[-1] == "closed\n"
