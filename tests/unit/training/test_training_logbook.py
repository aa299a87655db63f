"""A logbook keeps what was done, in order, and shows when somebody changed it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import fields
from pathlib import Path

import pytest

from ssp_coder.storage.connection import connect_for_writing
from ssp_coder.storage.errors import InUseError, StorageError
from ssp_coder.training.deeds import (
    DEED_KINDS,
    CaseBegun,
    Certified,
    Deed,
    Enrolled,
    ExerciseAnswered,
    FeedbackOpened,
    FormReleased,
    ItemJudged,
    Judgement,
    RecheckScheduled,
    RecheckServed,
    ReleaseKind,
    SetFinished,
    SubmissionBegun,
    Submitted,
)
from ssp_coder.training.errors import TrainingError
from ssp_coder.training.logbook import Logbook, read_logbook
from tests.unit.training.training_files import clock_from

EVERY_DEED: tuple[Deed, ...] = (
    Enrolled(pack="p", version="1", pack_sha256="a" * 64),
    CaseBegun(pack="p", case="c02", attempt=1, file="coding-0001.sspc"),
    SubmissionBegun(pack="p", case="c02", attempt=1),
    Submitted(
        pack="p",
        case="c02",
        attempt=1,
        snapshot="submitted/coding-0001.sspc",
        snapshot_sha256="b" * 64,
        head="c" * 64,
        pack_version="1",
    ),
    FeedbackOpened(pack="p", case="c02", attempt=1),
    ItemJudged(
        pack="p",
        case="c02",
        attempt=1,
        item="miss 12",
        judgement=Judgement.DISPUTE,
        comment="nicht gesehen: „ä“ \N{CRYING FACE}",
    ),
    SetFinished(pack="p", form="one", attempts=(1, 2)),
    FormReleased(
        pack="p", form="one", kind=ReleaseKind.FEEDBACK, trainer="t", release="1f", key="ab"
    ),
    Certified(pack="p", version="1", rule="r", figures='{"n":12}', provisional=True),
    ExerciseAnswered(pack="p", exercise="e1", kind="onset", answer="12.5", right=False, lag_us=-40),
    RecheckScheduled(pack="p", case="c07", due_on="2026-09-01"),
    RecheckServed(pack="p", case="c07"),
)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "anna.ssptrain"


@pytest.fixture
def filled(place: Path) -> Path:
    """A closed logbook with one row of each kind."""
    with Logbook.create(place, "t07", clock=clock_from()) as book:
        for deed in EVERY_DEED:
            book.append(deed)
    return place


def alter(path: Path, *statements: str) -> None:
    """Change a logbook from outside, as somebody would who takes the triggers off first."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        texts = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in texts:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, sql in texts:
            connection.execute(sql)


def test_the_list_of_kinds_names_every_deed():
    assert set(DEED_KINDS.values()) == {type(deed) for deed in EVERY_DEED}
    assert set(Deed.__args__) == set(DEED_KINDS.values())


@pytest.mark.parametrize("kind", DEED_KINDS.values(), ids=DEED_KINDS.keys())
def test_every_deed_says_to_which_pack_it_belongs(kind):
    assert "pack" in {field.name for field in fields(kind)}


def test_what_was_written_is_read_again_in_order(filled):
    pages = read_logbook(filled)
    assert pages.who == "t07"
    assert tuple(entry.deed for entry in pages.entries) == EVERY_DEED
    assert [entry.seq for entry in pages.entries] == list(range(1, len(EVERY_DEED) + 1))


def test_times_are_those_of_the_writing(filled):
    moments = [entry.at_utc for entry in read_logbook(filled).entries]
    assert moments == sorted(moments)
    assert moments[0] == "2026-06-01T10:00:01.000Z"


def test_writing_goes_on_after_reopening(filled):
    more = RecheckServed(pack="p", case="c08")
    with Logbook.open(filled) as book:
        before = book.head
        entry = book.append(more)
        assert entry.seq == len(EVERY_DEED) + 1
        assert book.head == entry.hash != before
    assert read_logbook(filled).entries[-1].deed == more


def test_an_entry_is_on_the_disk_before_the_next_line_runs(place, tmp_path):
    with Logbook.create(place, "t07") as book:
        book.append(EVERY_DEED[0])
        for name in (place.name, f"{place.name}-wal"):
            shutil.copy(place.with_name(name), tmp_path / f"copy-{name}")
    copy = tmp_path / f"copy-{place.name}"
    assert [entry.deed for entry in read_logbook(copy).entries] == [EVERY_DEED[0]]


def test_an_open_logbook_can_be_looked_at(place):
    with Logbook.create(place, "t07") as book:
        book.append(EVERY_DEED[0])
        assert read_logbook(place).head == book.head


def test_a_closed_logbook_is_one_file(filled):
    assert [path.name for path in filled.parent.iterdir()] == [filled.name]


def test_two_logbooks_of_equal_deeds_have_different_chains(tmp_path):
    heads = set()
    for name, who in (("one", "t07"), ("two", "t08")):
        with Logbook.create(tmp_path / f"{name}.ssptrain", who, clock=clock_from()) as book:
            heads.add(book.append(EVERY_DEED[0]).hash)
    assert len(heads) == 2


# ---------------------------------------------------------------- who may write


def test_only_one_may_write_at_a_time(place):
    with Logbook.create(place, "t07"), pytest.raises(InUseError, match="t07"):
        Logbook.open(place)


def test_a_logbook_is_free_after_it_was_closed(filled):
    Logbook.open(filled).close()
    Logbook.open(filled).close()


def test_closing_twice_is_harmless(place):
    book = Logbook.create(place, "t07")
    book.close()
    book.close()
    with pytest.raises(StorageError, match="closed"):
        book.append(EVERY_DEED[0])


def test_a_logbook_is_never_made_over_another(filled):
    with pytest.raises(StorageError, match="already"):
        Logbook.create(filled, "t07")
    assert len(read_logbook(filled).entries) == len(EVERY_DEED)


@pytest.mark.parametrize("who", ["", "Anna Meier", "../t"])
def test_a_trainee_needs_a_pseudonym(place, who):
    with pytest.raises(TrainingError, match="pseudonym"):
        Logbook.create(place, who)
    assert not place.exists()


def test_a_logbook_has_its_own_ending(tmp_path):
    with pytest.raises(TrainingError, match="ssptrain"):
        Logbook.create(tmp_path / "anna.sspc", "t07")


def test_a_logbook_that_was_moved_away_takes_nothing_silently(place):
    book = Logbook.create(place, "t07")
    place.rename(place.with_name("other.ssptrain"))
    with pytest.raises(StorageError, match="moved, deleted or replaced"):
        book.append(EVERY_DEED[0])
    place.with_name("other.ssptrain").rename(place)
    book.close()


def test_a_logbook_in_the_place_of_the_open_one_takes_nothing_silently(place):
    with Logbook.create(place, "t07") as book:
        book.append(Enrolled(pack="p", version="1", pack_sha256=""))
        early = place.read_bytes()
        place.rename(place.with_name("aside"))
        place.write_bytes(early)
        with pytest.raises(StorageError, match="moved, deleted or replaced"):
            book.append(FeedbackOpened(pack="p", case="c"))
        assert len(book.entries) == 1
        place.unlink()
        place.with_name("aside").rename(place)
        book.append(FeedbackOpened(pack="p", case="c"))
    assert len(read_logbook(place).entries) == 2


def test_what_could_not_be_written_is_not_in_memory_either(place):
    with Logbook.create(place, "t07") as book:
        with pytest.raises(StorageError, match="cannot be stored"):
            book.append(RecheckServed(pack="p", case="\ud800"))
        assert book.entries == ()
        book.append(EVERY_DEED[0])
    assert len(read_logbook(place).entries) == 1


def test_a_refused_row_leaves_the_logbook_as_it_was(place, monkeypatch):
    with Logbook.create(place, "t07") as book:
        head = book.append(EVERY_DEED[0]).hash
        book._connection.execute("PRAGMA query_only = ON")
        with pytest.raises(StorageError, match="make room"):
            book.append(EVERY_DEED[1])
        book._connection.execute("PRAGMA query_only = OFF")
        assert (book.head, len(book.entries)) == (head, 1)
        assert book.append(EVERY_DEED[1]).seq == 2


def test_a_sitting_that_ended_without_closing_is_told(place):
    nobody = 2**22 + 5
    with Logbook.create(place, "t07") as book:
        book.append(EVERY_DEED[0])
        left = place.with_name(f"{place.name}-open").read_text("utf-8")
    place.with_name(f"{place.name}-open").write_text(left.replace('"pid": ', f'"pid": {nobody}'))
    with Logbook.open(place) as book:
        (finding,) = book.findings
        assert finding.code == "training.recovered"
        assert len(book.entries) == 1


# ---------------------------------------------------------------- what is found out


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE entry SET deed = replace(deed, 'c02', 'c03') WHERE seq = 2", "entry 2 was chan"),
        ("UPDATE entry SET at_utc = '2026-01-01T00:00:00Z' WHERE seq = 5", "entry 5 was changed"),
        ("UPDATE entry SET kind = 'recheck_served' WHERE seq = 11", "entry 11 was changed"),
        ("UPDATE entry SET hash = prev_hash WHERE seq = 3", "entry 3 was changed"),
        ("DELETE FROM entry WHERE seq = 4", "entry 4 is missing"),
        ("DELETE FROM entry WHERE seq > 8", "ends with entry 8, though 12"),
        ("DELETE FROM entry", "ends with entry 0"),
        ("UPDATE logbook SET who = 't08'", "entry 1 was changed"),
        ("UPDATE logbook SET made_at = ''", "entry 1 was changed"),
        ("UPDATE logbook SET rows = 11", "though 11"),
        ("DELETE FROM logbook", "first page"),
    ],
)
def test_an_altered_logbook_is_found_and_said(filled, statement, words):
    alter(filled, statement)
    for look in (read_logbook, Logbook.open):
        with pytest.raises(StorageError, match=words):
            look(filled)


def test_rows_of_another_logbook_do_not_fit(filled, tmp_path):
    other = tmp_path / "b.ssptrain"
    with Logbook.create(other, "t08", clock=clock_from()) as book:
        for deed in EVERY_DEED:
            book.append(deed)
    with closing(sqlite3.connect(filled)) as connection:
        rows = connection.execute("SELECT * FROM entry").fetchall()
    alter(other, "DELETE FROM entry")
    with closing(sqlite3.connect(other)) as connection:
        connection.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)", rows)
        connection.commit()
    with pytest.raises(StorageError, match="entry 1 was changed"):
        read_logbook(other)


def test_the_program_itself_cannot_change_a_row(filled):
    with closing(sqlite3.connect(filled)) as connection:
        for statement in ("UPDATE entry SET deed = ''", "DELETE FROM entry"):
            with pytest.raises(sqlite3.IntegrityError, match="never"):
                connection.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE more (a)",
        "CREATE VIEW v AS SELECT 1",
        "DROP TRIGGER entry_is_never_changed",
        "ALTER TABLE entry ADD COLUMN more TEXT",
    ],
)
def test_a_file_with_other_tables_is_not_opened(filled, statement):
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute(statement)
        connection.commit()
    with pytest.raises(StorageError, match="not those of a training logbook"):
        Logbook.open(filled)


def test_a_newer_logbook_is_not_opened(filled):
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute("PRAGMA user_version = 2")
    with pytest.raises(StorageError, match="newer version"):
        read_logbook(filled)


def test_a_file_that_is_no_logbook_is_told_apart(tmp_path, draft):
    with pytest.raises(StorageError, match="no training logbook"):
        read_logbook(draft.cases[0].reference)
    with pytest.raises(StorageError, match="folder"):
        read_logbook(tmp_path)
    (tmp_path / "empty.ssptrain").touch()
    with pytest.raises(StorageError, match="empty"):
        read_logbook(tmp_path / "empty.ssptrain")


def test_a_logbook_cut_off_in_its_bytes_is_damaged(filled):
    content = filled.read_bytes()
    filled.write_bytes(content[: len(content) // 2])
    with pytest.raises(StorageError):
        read_logbook(filled)


@pytest.mark.parametrize("place_of_byte", range(100, 20000, 331))
def test_a_changed_byte_never_leads_to_other_entries(filled, place_of_byte):
    good = read_logbook(filled).entries
    content = bytearray(filled.read_bytes())
    content[place_of_byte % len(content)] ^= 0x55
    filled.write_bytes(bytes(content))
    read = good
    with suppress(StorageError):
        read = read_logbook(filled).entries
    assert read == good


def test_a_logbook_written_by_another_program_is_in_use(filled):
    with closing(connect_for_writing(filled)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError):
            Logbook.open(filled)
        other.execute("ROLLBACK")
