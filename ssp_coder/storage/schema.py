"""The tables of a coding file, and the rules under which a file is allowed to be one.

The text of the tables is compared exactly when a file is opened, so a changed letter here is a new
format: leave what is there and append the step that leads to it. A new file takes the same steps.
"""

from __future__ import annotations

import sqlite3
from functools import cache

APPLICATION_ID = 0x53535031

TABLES = """
CREATE TABLE meta (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE scheme_file (
    path TEXT PRIMARY KEY NOT NULL,
    place INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    content BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE coding (
    only INTEGER PRIMARY KEY NOT NULL CHECK (only = 1),
    session TEXT NOT NULL,
    coder TEXT NOT NULL,
    role TEXT NOT NULL,
    session_end_us INTEGER,
    session_end_frame INTEGER,
    next_event INTEGER NOT NULL,
    next_index INTEGER NOT NULL,
    locked INTEGER NOT NULL CHECK (locked IN (0, 1))
) STRICT;

CREATE TABLE media (
    place INTEGER PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    relative_path TEXT NOT NULL,
    size INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    duration_us INTEGER NOT NULL,
    frame_count INTEGER NOT NULL
) STRICT;

CREATE TABLE event (
    id INTEGER PRIMARY KEY NOT NULL,
    code TEXT NOT NULL,
    subject TEXT NOT NULL,
    start_us INTEGER NOT NULL,
    end_us INTEGER,
    modifiers TEXT NOT NULL,
    comment TEXT NOT NULL,
    start_frame INTEGER,
    end_frame INTEGER
) STRICT;

CREATE TABLE episode (
    episode TEXT PRIMARY KEY NOT NULL,
    place INTEGER NOT NULL,
    start_us INTEGER,
    start_frame INTEGER,
    reason TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE rating (
    slot TEXT PRIMARY KEY NOT NULL,
    points REAL,
    missing TEXT,
    note TEXT NOT NULL,
    evidence TEXT NOT NULL,
    CHECK ((points IS NULL) <> (missing IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE d_index (
    id INTEGER PRIMARY KEY NOT NULL,
    theme TEXT NOT NULL,
    strength TEXT NOT NULL,
    start_us INTEGER NOT NULL,
    end_us INTEGER NOT NULL,
    present TEXT NOT NULL,
    ruled_out TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE classification (
    only INTEGER PRIMARY KEY NOT NULL CHECK (only = 1),
    main_group TEXT NOT NULL,
    subgroup TEXT NOT NULL,
    secondary TEXT NOT NULL,
    d_decision TEXT,
    d_reason TEXT NOT NULL,
    confidence INTEGER NOT NULL,
    rationale TEXT NOT NULL,
    disagreement TEXT NOT NULL
) STRICT;

CREATE TABLE log (
    seq INTEGER PRIMARY KEY NOT NULL CHECK (seq >= 0),
    kind TEXT NOT NULL CHECK (kind IN ('start', 'edit', 'undo', 'redo')),
    target INTEGER NOT NULL,
    edit TEXT,
    change TEXT,
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    at_utc TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    CHECK ((edit IS NOT NULL) = (kind IN ('start', 'edit'))),
    CHECK ((change IS NOT NULL) = (kind = 'edit'))
) STRICT;

CREATE TRIGGER log_is_never_changed BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;

CREATE TRIGGER log_is_never_shortened BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'the log is never shortened'); END;

CREATE TRIGGER log_has_no_gaps BEFORE INSERT ON log
WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), -1) + 1 FROM log)
BEGIN SELECT RAISE(ABORT, 'the log has no gaps'); END;
"""

VISIT = """
CREATE TABLE visit (
    place INTEGER PRIMARY KEY NOT NULL,
    field TEXT NOT NULL,
    episode TEXT,
    number INTEGER,
    words TEXT,
    CHECK ((number IS NULL) <> (words IS NULL))
) STRICT
"""

CAMERAS = (
    "ALTER TABLE media ADD COLUMN offset_us INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE media ADD COLUMN offset_source TEXT NOT NULL DEFAULT 'assumed'",
)

REMARKS = (
    "ALTER TABLE event ADD COLUMN start_lag_us INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE event ADD COLUMN end_lag_us INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE rating ADD COLUMN clips TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE coding ADD COLUMN next_comment INTEGER NOT NULL DEFAULT 1",
    """
CREATE TABLE comment (
    id INTEGER PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    event INTEGER,
    slot TEXT,
    start_us INTEGER,
    end_us INTEGER,
    answer TEXT NOT NULL,
    settled INTEGER NOT NULL CHECK (settled IN (0, 1)),
    CHECK ((start_us IS NULL) = (end_us IS NULL))
) STRICT
""",
    """
CREATE TABLE interval_mark (
    place TEXT PRIMARY KEY NOT NULL,
    episode TEXT NOT NULL,
    measure TEXT NOT NULL,
    subject TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 0),
    seen INTEGER NOT NULL CHECK (seen IN (0, 1))
) STRICT, WITHOUT ROWID
""",
)

STEPS: tuple[tuple[str, ...], ...] = ((VISIT,), CAMERAS, REMARKS)
"""Statements that lead from each format to the next; the tables above are the first format."""

FORMAT = 1 + len(STEPS)

SchemaText = tuple[tuple[str | None, ...], ...]


def lay_out(connection: sqlite3.Connection, format_number: int = FORMAT) -> None:
    """Make the empty tables of a new coding file; the connection is in no transaction."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("PRAGMA user_version = 1")
    connection.executescript(TABLES)
    step_up(connection, format_number)


def format_of(connection: sqlite3.Connection) -> int:
    """The number of the format that a file says it has."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def step_up(connection: sqlite3.Connection, format_number: int = FORMAT) -> None:
    """Bring tables of an earlier format to a later one, in the caller's transaction if any."""
    for earlier in range(format_of(connection), format_number):
        for statement in STEPS[earlier - 1]:
            connection.execute(statement.strip())
        connection.execute(f"PRAGMA user_version = {earlier + 1}")


def schema_text(connection: sqlite3.Connection) -> SchemaText:
    """Everything that a file declares, in a fixed order."""
    rows = connection.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name LIMIT 100"
    )
    return tuple(tuple(row) for row in rows)


@cache
def expected_schema(format_number: int = FORMAT) -> SchemaText:
    """Everything that a file of a format declares."""
    connection = sqlite3.connect(":memory:")
    try:
        lay_out(connection, format_number)
        return schema_text(connection)
    finally:
        connection.close()
