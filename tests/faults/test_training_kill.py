"""A trainee's program is killed at any moment: what was written down is there, the rest goes on.

``SSP_FAULTS=2000`` in the environment asks for that many kills instead of the usual few.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from ssp_coder.storage.coding_file import open_for_writing
from ssp_coder.storage.verify import verify
from ssp_coder.training.handing_in import check_work, submissions
from ssp_coder.training.logbook import Logbook, read_logbook
from ssp_coder.training.pack_file import read_pack
from ssp_coder.training.programme import programme_of
from ssp_coder.training.references import open_reference
from ssp_coder.training.working import begin_case, resume, submit
from tests.unit.training.training_files import built, draft_of

KILLS = int(os.environ.get("SSP_FAULTS", "8"))
CASES = ("c01", "c02")

# Each line of input is a folder in which a forked child then codes and submits one case again and
# again; it tells what it is about to do and what is done, so that a kill can fall in between.
NURSERY = """
import os, sys
from pathlib import Path
from ssp_coder.storage.coding_file import open_for_writing
from ssp_coder.training import working
from ssp_coder.training.logbook import Logbook
from ssp_coder.training.pack_file import read_pack
from tests.unit.training.training_files import Trainee, rate, some_slot

def say(text):
    os.write(1, (text + "\\n").encode())

def told(name, real):
    def do(*given, **named):
        say("before " + name)
        done = real(*given, **named)
        say("after " + name)
        return done
    return do

for name in ("_make", "_locked", "_copy", "put_in_place", "create"):
    setattr(working, name, told(name, getattr(working, name)))
Logbook.append = told("append", Logbook.append)

def work(folder, pack):
    book = Logbook.create(folder / "a.ssptrain", "t07")
    working.enrol(book, pack)
    trainee = Trainee(logbook=book, pack=pack)
    trainee.look("c01")
    while True:
        path = trainee.begin("c02")
        say("begun " + path.name)
        trainee.code(path, rate(some_slot(), 3))
        say("submitted " + trainee.submit("c02", path).head)
        trainee.look("c02")

pack = read_pack(Path(sys.argv[1]))
for line in sys.stdin:
    child = os.fork()
    if not child:
        work(Path(line.rstrip("\\n")), pack)
    say(f"started {child}")
    os.waitpid(child, 0)
    say("gone")
"""


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    folder = tmp_path_factory.mktemp("references")
    draft = draft_of(folder)
    cases = tuple(case for case in draft.cases if case.id in CASES)
    return built(draft, tmp_path_factory.mktemp("packs") / "pack", cases=cases)


@pytest.fixture
def nursery(pack, tmp_path_factory):
    private = tmp_path_factory.mktemp("private")
    process = subprocess.Popen(
        [sys.executable, "-c", NURSERY, str(pack.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "TMPDIR": str(private)},
    )
    yield process
    process.stdin.close()
    process.wait()
    process.stdout.close()


def killed_work(process, folder: Path, lines: int) -> list[str]:
    """What a child said that was killed as soon as it had said so many lines."""
    process.stdin.write(f"{folder}\n")
    process.stdin.flush()
    said: list[str] = []
    child = 0
    while "gone\n" not in said:
        if child and lines == len(said):
            os.kill(child, signal.SIGKILL)
        said.append(process.stdout.readline())
        if said[-1].startswith("started"):
            child = int(said.pop().split()[1])
    return said


def acknowledged(said: list[str]) -> list[str]:
    return [line.split()[1] for line in said if line.startswith("submitted")]


@pytest.mark.slow
def test_a_kill_at_any_moment_loses_no_submission_and_what_was_begun_goes_on(
    tmp_path, nursery, pack
):
    chance = Random(11)
    states = set()
    for kill in range(KILLS):
        folder = tmp_path / str(kill)
        folder.mkdir()
        said = killed_work(nursery, folder, 3 + (4 * kill + chance.randrange(4)) % 60)
        assert any(line.startswith(("before", "after")) for line in said)
        place = folder / "a.ssptrain"
        assert set(acknowledged(said)) <= {s.head for s in submissions(read_logbook(place).entries)}
        with Logbook.open(place) as book:
            resume(book, pack)
            assert check_work(read_logbook(place)) == ()
            standing = programme_of(pack, book.entries).standing("c02")
            states.add(standing.state)
            go_on(book, pack)
        assert not list(folder.rglob(".*-new"))
    # The kills fell into different work.
    assert len(states) > 1


def go_on(book: Logbook, pack) -> None:
    """The case that was under way, or else nothing, is coded and submitted to its end."""
    case = pack.case("c02")
    standing = programme_of(pack, book.entries).standing("c02")
    if standing.last is not None and standing.last.submitted is None:
        path = begin_case(book, pack, case)
        with open_for_writing(path, "t07"):
            pass
        submit(book, pack, case, path)
        assert verify(book.folder / submissions(book.entries)[-1].snapshot) == ()
        assert open_reference(pack, case, programme_of(pack, book.entries)).notes


@pytest.mark.slow
def test_the_check_would_notice_a_lost_submission(tmp_path, nursery, pack):
    said = killed_work(nursery, tmp_path, 60)
    assert acknowledged(said)
    (copy, *_) = sorted((tmp_path / "submitted").iterdir())
    copy.unlink()
    found = {one.code for one in check_work(read_logbook(tmp_path / "a.ssptrain"))}
    assert "training.missing_copy" in found
    assert read_pack(pack.folder) == pack
