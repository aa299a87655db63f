"""The power fails: whatever was not yet synced is kept or lost, sector by sector, at random.

A kill leaves the cache of the system alive and so cannot show what a power cut does. Here the
files of a sitting are recorded after each acknowledgement, and the bytes written later are kept or
dropped in sectors, as a disk may. A control shows that the same check finds a lost sync.

``SSP_FAULTS=10000`` in the environment asks for that many cuts instead of the usual few.
"""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import dataclass
from random import Random

import pytest

from ssp_coder.storage.coding_file import open_for_writing, open_read_only
from ssp_coder.storage.connection import connect_for_writing
from ssp_coder.storage.verify import verify
from tests.unit.storage.storage_files import Coder, closed_file, new_file

CUTS = int(os.environ.get("SSP_FAULTS", "200"))
SECTOR = 512


@dataclass(frozen=True)
class Moment:
    """What lay on the disk when a record was acknowledged."""

    last_seq: int
    database: bytes
    log: bytes


@dataclass(frozen=True)
class Sitting:
    moments: tuple[Moment, ...]
    folded: bytes


@pytest.fixture(scope="module")
def sitting(tmp_path_factory):
    """A sitting with the state of its files after each acknowledged step."""
    coder, moments = Coder(11), []
    file = new_file(tmp_path_factory.mktemp("sitting"))
    log = file.path.with_name(file.path.name + "-wal")
    while len(moments) < 60:
        before = file.history.last_seq
        coder.step(file.document())
        assert file.flush()
        if file.history.last_seq > before:
            database = file.path.read_bytes()
            moments.append(Moment(file.history.last_seq, database, log.read_bytes()))
    file.close()
    return Sitting(moments=tuple(moments), folded=file.path.read_bytes())


def survived(synced, later, chance):
    """What is left of bytes of which only the first `synced` are safe."""
    kept = chance.choice((0.5, 0.95, 0.99))
    left = bytearray(later[:synced])
    for start in range(synced, len(later), SECTOR):
        sector = later[start : start + SECTOR]
        left += sector if chance.random() < kept else bytes(len(sector))
    return bytes(left)


def after_the_cut(folder, database, log):
    path = folder / "a.sspc"
    path.write_bytes(database)
    path.with_name("a.sspc-wal").write_bytes(log)
    return path


@pytest.mark.slow
def test_what_was_acknowledged_before_a_power_cut_is_there_after_it(tmp_path, sitting):
    kept_more = 0
    for cut in range(CUTS):
        chance = Random(cut)
        place = chance.randrange(len(sitting.moments) - 1)
        safe = sitting.moments[place]
        later = chance.choice(sitting.moments[place + 1 :])
        path = after_the_cut(tmp_path, safe.database, survived(len(safe.log), later.log, chance))
        seen = open_read_only(path).history.last_seq
        assert safe.last_seq <= seen <= later.last_seq
        assert verify(path) == ()
        kept_more += seen > safe.last_seq
        if cut % 10 == 0:
            with open_for_writing(path, "c01") as file:
                assert file.history.last_seq == seen
            assert verify(path) == ()
    assert kept_more > 0


@pytest.mark.slow
def test_the_check_finds_records_that_were_never_synced(tmp_path, sitting):
    lost = 0
    for cut in range(20):
        chance = Random(cut)
        place = chance.randrange(5, len(sitting.moments))
        unsynced = sitting.moments[place - 5]
        acknowledged = sitting.moments[place]
        log = survived(len(unsynced.log), acknowledged.log, chance)
        path = after_the_cut(tmp_path, acknowledged.database, log)
        lost += open_read_only(path).history.last_seq < acknowledged.last_seq
    assert lost > 10


@pytest.mark.slow
def test_a_power_cut_while_the_log_is_folded_in_loses_nothing(tmp_path, sitting):
    last = sitting.moments[-1]
    for cut in range(CUTS // 4):
        chance = Random(cut)
        torn = bytearray()
        for start in range(0, len(sitting.folded), SECTOR):
            source = chance.choice((last.database, sitting.folded))
            torn += source[start : start + SECTOR].ljust(SECTOR, b"\0")
        path = after_the_cut(tmp_path, bytes(torn), last.log)
        assert open_read_only(path).history.last_seq == last.last_seq
        assert verify(path) == ()


def test_a_commit_is_synced_before_it_is_acknowledged(tmp_path):
    with closing(connect_for_writing(closed_file(tmp_path))) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert connection.execute("PRAGMA locking_mode").fetchone() == ("exclusive",)
        assert connection.execute("PRAGMA trusted_schema").fetchone() == (0,)
        assert connection.execute("PRAGMA cell_size_check").fetchone() == (1,)
        assert connection.execute("PRAGMA mmap_size").fetchone() in ((0,), None)
