from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from ssp_coder.domain.coding import CodingRole
from ssp_coder.editing.change import difference
from ssp_coder.editing.document import Document
from ssp_coder.storage.rows import (
    CLASSIFICATION,
    CODING,
    EVENT,
    RATING,
    TABLES,
    read_coding,
    writes_for,
    writes_of,
)
from ssp_coder.storage.schema import FORMAT, expected_schema, lay_out, schema_text
from ssp_coder.storage.table import rows_of
from tests.builders import add, after, coding, infant_scheme, rate
from tests.unit.storage.storage_files import Coder, every_kind_of_edit


@pytest.fixture
def database():
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        lay_out(connection)
        yield connection


def write(connection, writes):
    for statement, row in writes:
        connection.execute(statement, row)


def test_a_whole_coding_is_written_and_read(database):
    value = after(coding(role=CodingRole.REFERENCE), *every_kind_of_edit())
    write(database, writes_of(value))
    assert read_coding(database) == value


def test_the_rows_of_a_coding_are_what_the_tables_give_back(database):
    value = after(coding(), *every_kind_of_edit())
    write(database, writes_of(value))
    for table in TABLES:
        assert rows_of(database, table) == table.rows(value)
        assert len(table.columns) == len(table.rows(value)[0])


def test_the_columns_of_each_table_are_those_it_declares(database):
    for table in TABLES:
        declared = [row[1] for row in database.execute(f"PRAGMA table_info({table.name})")]
        assert list(table.columns) == declared


@pytest.mark.parametrize("seed", range(5))
def test_writing_only_what_changed_gives_the_same_tables_as_writing_all(database, seed):
    document = Document(coding=coding(), scheme=infant_scheme())
    coder = Coder(seed)
    write(database, writes_of(document.coding))

    def store(changed):
        write(database, writes_for(changed.record.change, changed.coding))

    document.subscribe(store)
    for _ in range(150):
        coder.step(document)
    assert len(document.coding.events) > 10
    assert read_coding(database) == document.coding


def test_an_event_more_is_two_rows_and_not_the_whole_table():
    before = after(coding(), *(add("seeking.reach", at) for at in range(100)))
    value = after(before, add("seeking.reach", 200))
    writes = writes_for(difference(before, value), value)
    assert [statement for statement, _ in writes] == [EVENT.insert, CODING.delete, CODING.insert]


def test_a_rating_more_leaves_the_other_ratings_alone():
    before = after(coding(), rate("pcs_c_5", 4), rate("cm_c_5", 4))
    value = after(before, rate("pcs_c_5", 5))
    writes = writes_for(difference(before, value), value)
    assert [(statement, row[0]) for statement, row in writes] == [
        (RATING.delete, "pcs_c_5"),
        (RATING.insert, "pcs_c_5"),
    ]


def test_a_coding_without_its_own_row_is_damaged(database):
    with pytest.raises(ValueError, match="does not have one row"):
        read_coding(database)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO event VALUES (1, 'a', 'b', 'soon', NULL, '[]', '', NULL, NULL, 0, 0)",
        "INSERT INTO event VALUES (1, NULL, 'b', 0, NULL, '[]', '', NULL, NULL, 0, 0)",
        "INSERT INTO rating VALUES ('a', 1, 'NA_view', '', '[]', '[]')",
        "INSERT INTO rating VALUES ('a', NULL, NULL, '', '[]', '[]')",
        "INSERT INTO coding VALUES (2, 'S', 'c', 'independent', NULL, NULL, 1, 1, 0, 1)",
        "INSERT INTO coding VALUES (1, 'S', 'c', 'independent', NULL, NULL, 1, 1, 7, 1)",
        "INSERT INTO classification VALUES (2, 'B', '', '', NULL, '', 0, '', '')",
        "INSERT INTO visit VALUES (0, 'a', NULL, NULL, NULL)",
        "INSERT INTO visit VALUES (0, 'a', NULL, 1, 'one')",
        "INSERT INTO visit VALUES (0, 'a', NULL, 'one', NULL)",
        "INSERT INTO comment VALUES (1, 'note', 'a', NULL, NULL, 5, NULL, '', 0)",
        "INSERT INTO comment VALUES (1, 'note', 'a', NULL, NULL, NULL, NULL, '', 2)",
        "INSERT INTO interval_mark VALUES ('a', 'b', 'c', 'd', -1, 0)",
        "INSERT INTO interval_mark VALUES ('a', 'b', 'c', 'd', 1, 3)",
        "INSERT INTO log VALUES (0, 'magic', 0, '', NULL, '', '', '', '', '')",
        "INSERT INTO log VALUES (0, 'start', 0, NULL, NULL, '', '', '', '', '')",
        "INSERT INTO log VALUES (1, 'undo', 0, NULL, NULL, '', '', '', '', '')",
    ],
)
def test_the_tables_themselves_refuse_nonsense(database, statement):
    with pytest.raises(sqlite3.IntegrityError):
        database.execute(statement)


def test_a_coding_has_at_most_one_class(database):
    value = after(coding(), *every_kind_of_edit())
    (row,) = CLASSIFICATION.rows(value)
    assert row[0] == 1
    assert CLASSIFICATION.rows(coding()) == ()


def test_the_expected_schema_is_what_laying_out_makes(database):
    assert schema_text(database) == expected_schema()
    names = {name for kind, name, *_ in expected_schema() if kind == "table"}
    assert {table.name for table in TABLES} | {"log", "meta", "scheme_file"} == names
    assert database.execute("PRAGMA application_id").fetchone() == (0x53535031,)
    assert database.execute("PRAGMA user_version").fetchone() == (FORMAT,)
