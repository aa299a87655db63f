"""Damaged files: a plain error or the coding, never another exception, and no file touched.

``SSP_FAULTS=100000`` in the environment asks for that many files instead of the usual few.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from random import Random

import pytest

from ssp_coder.storage.coding_file import open_for_writing, open_read_only
from ssp_coder.storage.errors import StorageError
from ssp_coder.storage.rows import TABLES
from ssp_coder.storage.verify import verify
from tests.unit.storage.storage_files import closed_file, full_file, sha256

FILES = int(os.environ.get("SSP_FAULTS", "300"))
PORTIONS = 6
LONGEST_S = 1.0


def flipped(content, chance):
    for _ in range(chance.choice((1, 1, 2, 8, 40))):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return content


def overwritten(content, chance):
    for _ in range(chance.choice((1, 3, 20))):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return content


def cut(content, chance):
    return content[: chance.randrange(len(content))]


def blanked(content, chance):
    start, length = chance.randrange(len(content)), chance.choice((16, 512, 4096))
    end = min(len(content), start + length)
    content[start:end] = bytes(end - start)
    return content


def shuffled(content, chance):
    pages = len(content) // 4096
    first, second = chance.randrange(pages) * 4096, chance.randrange(pages) * 4096
    one, other = content[first : first + 4096], content[second : second + 4096]
    content[first : first + 4096], content[second : second + 4096] = other, one
    return content


def header_hit(content, chance):
    content[chance.randrange(16, 100)] = chance.randrange(256)
    return content


def lengthened(content, chance):
    return content + bytes(chance.randrange(256) for _ in range(chance.randrange(9000)))


DAMAGES = (flipped, flipped, overwritten, cut, blanked, shuffled, header_hit, lengthened)


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    return closed_file(tmp_path_factory.mktemp("sound")).read_bytes()


def tried(action, *arguments):
    """Whether an action went well; a StorageError is an answer, anything else fails the test."""
    began = time.process_time()
    result, refusal = None, None
    try:
        result = action(*arguments)
    except StorageError as error:
        refusal = error.finding
    assert refusal is None or (refusal.message and refusal.place and refusal.remedy)
    # Processor time, so that a busy machine does not fail the test.
    assert time.process_time() - began < LONGEST_S
    return result


@pytest.mark.slow
@pytest.mark.parametrize("portion", range(PORTIONS))
def test_a_damaged_file_opens_or_says_why_not(tmp_path, sound, portion):
    opened = refused = 0
    for number in range(portion, FILES, PORTIONS):
        chance = Random(number)
        path = tmp_path / f"{number}.sspc"
        path.write_bytes(chance.choice(DAMAGES)(bytearray(sound), chance))
        before = sha256(path)
        seen = tried(open_read_only, path)
        findings = tried(verify, path)
        assert sha256(path) == before
        if seen is None:
            assert findings
            refused += 1
            if number % 3 == 0:
                assert tried(open_for_writing, path, "c01") is None
                assert sha256(path) == before
        else:
            opened += 1
            file = tried(open_for_writing, path, "c01")
            if file is None:  # such as a version number that became a later one
                assert sha256(path) == before
            else:
                assert file.coding == seen.coding
                file.close()
    assert refused > opened > 0


def pages_of_small_tables(path):
    """Where the pages of the tables lie that hold the coding itself."""
    names = tuple(table.name for table in TABLES)
    with closing(sqlite3.connect(path)) as connection:
        roots = connection.execute("SELECT name, rootpage FROM sqlite_schema")
        return [(root - 1) * 4096 for name, root in roots if name in names]


@pytest.mark.slow
def test_a_changed_coding_that_opens_is_found_by_verifying(tmp_path, sound):
    path = write(tmp_path, "sound.sspc", sound)
    value, pages = open_read_only(path).coding, pages_of_small_tables(path)
    differing = 0
    for number in range(300):
        chance = Random(number)
        content = bytearray(sound)
        content[chance.choice(pages) + chance.randrange(3500, 4096)] ^= 1 << chance.randrange(8)
        path = write(tmp_path, "damaged.sspc", content)
        seen = tried(open_read_only, path)
        if seen is not None and seen.coding != value:
            differing += 1
            assert verify(path) != ()
    assert differing > 10


def logged(path):
    """The text of the log, None where SQLite cannot read it."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            return connection.execute("SELECT seq, edit, change, hash FROM log").fetchall()
    except (sqlite3.Error, UnicodeDecodeError):
        return None


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind", ["put_comment", "remove_comment", "mark_intervals", "clear_intervals", "split_event"]
)
def test_a_damaged_row_of_the_log_about_a_remark_is_found_by_verifying(tmp_path, sound, kind):
    whole = logged(write(tmp_path, "sound.sspc", sound))
    place, found = sound.index(f'"kind":"{kind}"'.encode()), 0
    for number in range(40):
        chance, content = Random(number), bytearray(sound)
        content[place + chance.randrange(-30, 30)] ^= 1 << chance.randrange(8)
        path = write(tmp_path, "damaged.sspc", content)
        tried(open_read_only, path)
        if logged(path) != whole:
            found += 1
            assert tried(verify, path)
    assert found > 30


def write(folder, name, content):
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["-wal", "-journal"])
def test_a_damaged_or_foreign_journal_beside_a_file_does_no_harm(tmp_path, sound, suffix):
    with full_file(tmp_path, "open.sspc") as file:
        wal = file.path.with_name("open.sspc-wal").read_bytes()
    for number in range(40):
        chance = Random(number)
        path = write(tmp_path, "a.sspc", sound)
        content = chance.choice(DAMAGES[:5])(bytearray(wal), chance)
        journal = write(tmp_path, f"a.sspc{suffix}", content)
        seen = tried(open_read_only, path)
        assert sha256(path) == sha256(write(tmp_path, "again", sound))
        assert journal.read_bytes() == bytes(content)
        if seen is not None:
            verify(path)
        journal.unlink()
