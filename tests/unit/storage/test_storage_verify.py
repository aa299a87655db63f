from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from ssp_coder.storage.coding_file import open_for_writing, open_read_only
from ssp_coder.storage.errors import StorageError
from ssp_coder.storage.log import INSERT, NO_HASH, read_log
from ssp_coder.storage.verify import head_hash, verify
from tests.builders import rate
from tests.unit.storage.storage_files import closed_file, full_file, new_file, sha256, tamper


def said(path):
    return [finding.message for finding in verify(path)]


def chain_is_intact(path):
    before = NO_HASH
    with closing(sqlite3.connect(path)) as connection:
        for row in read_log(connection):
            if row.prev_hash != before or row.hash != row.seal():
                return False
            before = row.hash
    return True


def forge(path, forged):
    """Change rows of the log and seal the whole chain anew, as a careful forger would."""
    with closing(sqlite3.connect(path)) as connection:
        rows = list(read_log(connection))
    tamper(path, "DELETE FROM log")
    before = NO_HASH
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for row in rows:
            row = replace(forged(row), prev_hash=before)
            row = replace(row, hash=row.seal())
            connection.execute(INSERT, row.values())
            before = row.hash


def test_a_file_as_the_program_leaves_it_is_sound(tmp_path):
    path = closed_file(tmp_path)
    before = sha256(path)
    assert verify(path) == ()
    assert sha256(path) == before


def test_a_file_of_several_sittings_is_sound_also_while_it_is_open(tmp_path):
    path = closed_file(tmp_path)
    for points in (1, 2, 3):
        with open_for_writing(path, f"c0{points}") as file:
            file.document().submit(rate("res_c_5", points))
            file.document().undo()
            file.flush()
            assert verify(path) == ()
    assert verify(path) == ()


def test_a_new_file_and_one_that_began_with_events_are_sound(tmp_path):
    with new_file(tmp_path) as file:
        pass
    assert verify(file.path) == ()
    with full_file(tmp_path, "full.sspc") as full:
        beginning = full.coding
    fields = {name: getattr(beginning, name) for name in ("events", "ratings", "next_event")}
    with new_file(tmp_path, "second.sspc", **fields) as file:
        file.document().submit(rate("res_c_5", 1))
    assert verify(file.path) == ()


def test_progress_ends_with_the_last_row(tmp_path):
    path = closed_file(tmp_path)
    told = []
    verify(path, lambda done, rows: told.append((done, rows)))
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1] == len(told) - 1 > 10


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE event SET end_us = 1 WHERE id = 3", "event 3: end_us is 1, by the log 36000000"),
        ("UPDATE event SET comment = 'x' WHERE id = 2", "event 2: comment is 'x', by the log"),
        ("UPDATE event SET start_frame = NULL WHERE id = 2", "event 2: start_frame is None"),
        ("UPDATE event SET modifiers = '[]' WHERE id = 3", "event 3: modifiers is '[]'"),
        ("DELETE FROM event WHERE id = 3", "event 3 is in the log but not in the table"),
        (
            "INSERT INTO event SELECT 99, code, subject, 99000000, 99000000, modifiers, comment,"
            " NULL, NULL, 0, 0 FROM event WHERE id = 3",
            "event 99 is in the table but not in the log",
        ),
        ("UPDATE rating SET points = 7 WHERE slot = 'pcs_c_5'", "rating pcs_c_5: points is 7.0"),
        ("UPDATE rating SET note = '' WHERE slot = 'pcs_c_5'", "rating pcs_c_5: note is ''"),
        ("UPDATE rating SET evidence = '[1]'", "evidence is '[1]', by the log '[]'"),
        ("UPDATE episode SET start_us = 5 WHERE episode = 'EP1'", "episode EP1: start_us is 5"),
        ("UPDATE episode SET reason = ''", "reason is ''"),
        ("UPDATE coding SET coder = 'c99'", "coding 1: coder is 'c99', by the log 'c01'"),
        ("UPDATE coding SET session = 'S999'", "coding 1: session is 'S999'"),
        ("UPDATE coding SET role = 'reference'", "coding 1: role is 'reference'"),
        ("UPDATE coding SET next_event = 1", "coding 1: next_event is 1"),
        ("UPDATE coding SET locked = 1", "coding 1: locked is 1"),
        ("UPDATE media SET fingerprint = 'x'", "media 0: fingerprint is 'x'"),
        ("UPDATE event SET start_lag_us = 5 WHERE id = 3", "event 3: start_lag_us is 5"),
        ("UPDATE rating SET clips = '[]'", "rating pcs_c_5: clips is '[]'"),
        ("UPDATE comment SET answer = '' WHERE id = 1", "comment 1: answer is ''"),
        ("DELETE FROM comment WHERE id = 2", "comment 2 is in the log but not in the table"),
        ("UPDATE interval_mark SET seen = 0", "seen is 0"),
        ("DELETE FROM media", "media 0 is in the log but not in the table"),
        ("UPDATE d_index SET strength = 'weak'", "d_index 2: strength is 'weak'"),
        ("UPDATE classification SET main_group = 'A'", "classification 1: main_group is 'A'"),
        ("UPDATE classification SET confidence = 5", "classification 1: confidence is 5"),
    ],
)
def test_a_changed_row_is_found_although_the_chain_is_intact(tmp_path, statement, words):
    path = closed_file(tmp_path)
    tamper(path, statement)
    assert chain_is_intact(path)
    (message,) = said(path)
    assert words in message


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log SET who = 'c99' WHERE seq = 5",
        "UPDATE log SET at_utc = '2020' WHERE seq = 5",
        "UPDATE log SET reason = 'better' WHERE seq = 5",
        "UPDATE log SET edit = replace(edit, '35000000', '35000001') WHERE seq = 5",
        "UPDATE log SET change = replace(change, '35000000', '35000001') WHERE seq = 5",
        "UPDATE log SET hash = prev_hash WHERE seq = 5",
        "UPDATE log SET prev_hash = hash WHERE seq = 5",
        "UPDATE log SET target = 4, kind = 'redo', edit = NULL, change = NULL WHERE seq = 5",
    ],
)
def test_a_changed_row_of_the_log_is_found(tmp_path, statement):
    path = closed_file(tmp_path)
    tamper(path, statement)
    assert said(path) == ["row 5 of the log was changed"]


def test_the_first_of_several_changed_rows_is_named(tmp_path):
    path = closed_file(tmp_path)
    tamper(path, "UPDATE log SET who = 'c99' WHERE seq IN (3, 8)")
    assert said(path) == ["row 3 of the log was changed"]


def test_missing_rows_of_the_log_are_found(tmp_path):
    path = closed_file(tmp_path)
    tamper(path, "DELETE FROM log WHERE seq = 4")
    assert said(path) == ["row 4 of the log is missing"]
    tamper(path, "DELETE FROM log WHERE seq > 2")
    assert len(said(path)) >= 1
    tamper(path, "DELETE FROM log")
    assert said(path) == ["the log has no beginning"]


def test_a_log_that_was_cut_short_no_longer_makes_the_tables(tmp_path):
    path = closed_file(tmp_path)
    tamper(path, "DELETE FROM log WHERE seq > 15")
    assert chain_is_intact(path)
    assert any("is in the table but not in the log" in message for message in said(path))


def test_a_forged_edit_with_a_new_chain_is_found_by_doing_it_again(tmp_path):
    path = closed_file(tmp_path)
    forge(
        path,
        lambda row: (
            replace(row, edit=row.edit.replace("35000000", "34000000")) if row.seq == 5 else row
        ),
    )
    assert chain_is_intact(path)
    (message,) = said(path)
    assert "row 5 did something else than its edit does" in message


FORGED = {
    "a lag": ("close_event", '"lag_us":0', '"lag_us":5', "did something else"),
    "words of a comment": ("put_comment", "is this a reach?", "no reach", "did something else"),
    "what a comment is about": ("put_comment", '"event":3', '"event":2', "did something else"),
    "a comment on nothing": ("put_comment", '"event":3', '"event":77', "there is no event 77"),
    "an answer": ("put_comments", "when?", "never", "did something else"),
    "an answer to nothing": ("put_comments", '"id":3', '"id":9', "there is no comment 9"),
    "which comment was removed": ("remove_comment", "3", "2", "did something else"),
    "a comment removed twice": ("remove_comment", "3", "9", "there is no comment 9"),
    "what was seen": ("mark_interval", "true", "false", "did something else"),
    "what was seen together": ("mark_intervals", "false", "true", "did something else"),
    "one interval twice": ("mark_intervals", '"interval":3', '"interval":2', "marked twice"),
    "another measure": ("mark_intervals", "crying", "singing", "has no measure singing"),
    "a mark that is none": ("mark_intervals", "false", "0", "neither true nor false"),
    "which interval was cleared": ("clear_intervals", "1", "0", "did something else"),
    "clips of a rating": ("rate", "37500000", "38000000", "did something else"),
    "where it was split": ("split_event", "40000000", "41000000", "did something else"),
    "an edit of no kind": ("split_event", "split_event", "cut_event", "no edit of kind"),
}


@pytest.mark.parametrize("what", FORGED)
def test_a_forged_remark_or_rearrangement_with_a_new_chain_is_found(tmp_path, what):
    kind, old, new, words = FORGED[what]
    path, forged = closed_file(tmp_path), []

    def forging(row):
        if f'"kind":"{kind}"' not in (row.edit or "") or old not in row.edit:
            return row
        forged.append(row.seq)
        return replace(row, edit=row.edit.replace(old, new))

    forge(path, forging)
    assert forged
    assert chain_is_intact(path)
    (message,) = said(path)
    assert words in message


def test_an_impossible_edit_with_a_new_chain_is_found(tmp_path):
    path = closed_file(tmp_path)
    forge(
        path,
        lambda row: (
            replace(row, edit=row.edit.replace("distress.cry", "distress.sing"))
            if row.seq == 5
            else row
        ),
    )
    (message,) = said(path)
    assert "the log cannot be done again" in message
    assert "distress.sing" in message


def test_an_undo_of_another_edit_with_a_new_chain_is_found(tmp_path):
    path = closed_file(tmp_path)
    forge(path, lambda row: replace(row, target=2) if row.kind == "undo" else row)
    (message,) = said(path)
    assert "concerns row 2 instead of" in message


def test_a_redo_without_an_undo_is_found(tmp_path):
    path = closed_file(tmp_path)
    forge(
        path,
        lambda row: replace(row, kind="redo") if row.kind == "undo" else row,
    )
    (message,) = said(path)
    assert "the log cannot be done again" in message


def test_a_changed_beginning_is_found(tmp_path):
    path = closed_file(tmp_path)
    forge(path, lambda row: replace(row, edit="{}") if row.seq == 0 else row)
    (message,) = said(path)
    assert "Beginning lacks the field" in message


def test_changed_files_of_the_scheme_are_found(tmp_path):
    path = closed_file(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        name, content = connection.execute("SELECT path, content FROM scheme_file").fetchone()
        content += b"\n# a remark"
        connection.execute(
            "UPDATE scheme_file SET content = ?, sha256 = ? WHERE path = ?",
            (content, hashlib.sha256(content).hexdigest(), name),
        )
        connection.commit()
    assert said(path) == [f"the files of the scheme were changed: {name}"]


def test_a_changed_meta_table_is_found(tmp_path):
    path = closed_file(tmp_path)
    tamper(path, "UPDATE meta SET value = '9.9' WHERE key = 'made_with'")
    assert said(path) == ["the table meta does not say what the log begins with"]


def test_a_file_that_cannot_be_opened_is_a_finding_too(tmp_path):
    assert [finding.code for finding in verify(tmp_path / "none.sspc")] == ["storage.missing"]
    path = tmp_path / "text.sspc"
    path.write_text("hello")
    assert [finding.code for finding in verify(path)] == ["storage.not_a_coding"]


def test_the_head_hash_stands_for_the_whole_history(tmp_path):
    path = closed_file(tmp_path)
    first = head_hash(path)
    assert len(first) == 64
    assert head_hash(path) == first
    with open_for_writing(path, "c01") as file:
        file.document().submit(rate("res_c_5", 1))
        file.flush()
        assert head_hash(path) != first
    assert open_read_only(path).coding == file.coding
    with pytest.raises(StorageError):
        head_hash(tmp_path / "none.sspc")


def test_two_codings_with_the_same_end_have_different_heads(tmp_path):
    assert head_hash(closed_file(tmp_path, "a.sspc")) != head_hash(closed_file(tmp_path, "b.sspc"))


def test_the_beginning_names_scheme_files_by_hash(tmp_path):
    path = closed_file(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        beginning = json.loads(next(read_log(connection)).edit)
        files = connection.execute("SELECT path, sha256 FROM scheme_file ORDER BY place")
        assert beginning["files"] == [list(row) for row in files]
    assert beginning["scheme"] == "infant"
