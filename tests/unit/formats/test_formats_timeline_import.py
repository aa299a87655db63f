from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ssp_coder.domain.coding import Coding, SessionEnd
from ssp_coder.editing.apply import apply
from ssp_coder.editing.document import Document
from ssp_coder.formats.columns import table_text
from ssp_coder.formats.errors import FormatError
from ssp_coder.formats.exportable import Exportable
from ssp_coder.formats.timeline import event_rows, timeline_table
from ssp_coder.formats.timeline_import import import_notes, plan_import
from ssp_coder.formats.timeline_reading import read_timeline
from tests.fixtures.table_schemes import bare_coding, event, full_coding, small_scheme, us

SCHEME = small_scheme()
HEADER = "session_id,coder_id,subject,behaviour,group,start_s,stop_s\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "events.csv"


def put(path: Path, rows: str) -> Path:
    path.write_text(HEADER + rows, encoding="utf-8")
    return path


def sentences(coding: Coding, path: Path) -> tuple[str, ...]:
    with pytest.raises(FormatError) as caught:
        plan_import(coding, SCHEME, path)
    return caught.value.sentences()


def test_an_import_brings_the_exported_events_into_an_empty_coding(path: Path) -> None:
    source = full_coding()
    rows = event_rows(Exportable(coding=source, scheme=SCHEME))
    path.write_text(table_text(timeline_table((SCHEME,)), rows), encoding="utf-8")
    target = bare_coding(coder="c02")
    imported = apply(target, plan_import(target, SCHEME, path), SCHEME)
    assert imported.events == source.events


def test_the_edit_names_the_file_for_the_audit_trail(path: Path) -> None:
    put(path, "S001,c01,infant,cry,distress,1,2\n")
    assert plan_import(bare_coding(), SCHEME, path).source == "events.csv"


def test_times_outside_the_video_are_refused_with_their_lines(path: Path) -> None:
    put(path, "S001,c01,infant,cry,distress,1,2\nS001,c01,infant,cry,distress,3,200.000001\n")
    assert sentences(bare_coding(), path) == (
        "events.csv, line 3: distress.cry at 0:03.000 lies outside the video (0:00 to "
        "3:20.000); check the time, or the video this coding belongs to",
    )


def test_events_after_the_end_of_the_session_are_refused(path: Path) -> None:
    put(path, "S001,c01,infant,reach,seeking,100,\n")
    coding = replace(bare_coding(), session_end=SessionEnd(at_us=us(90)))
    (sentence,) = sentences(coding, path)
    assert sentence.startswith("events.csv, line 2: seeking.reach at 1:40.000 lies after the end")


def test_an_overlap_with_what_is_coded_already_names_row_and_event(path: Path) -> None:
    put(path, "S001,c01,infant,cry,distress,1,4\nS001,c01,infant,cry,distress,6,9\n")
    coding = bare_coding(event("distress.none", 5, 7), event("distress.fuss", 8, 9))
    assert sentences(coding, path) == (
        "events.csv, line 3: distress.cry at 6.000000 s overlaps distress.none at 5.000000 s, "
        "which the coding already holds; change the end of one of them",
        "events.csv, line 3: distress.cry at 6.000000 s overlaps distress.fuss at 8.000000 s, "
        "which the coding already holds; change the end of one of them",
    )


def test_a_file_read_twice_is_refused(path: Path) -> None:
    put(path, "S001,c01,infant,reach,seeking,1,\n")
    coding = bare_coding()
    coding = apply(coding, plan_import(coding, SCHEME, path), SCHEME)
    (sentence,) = sentences(coding, path)
    assert "line 2: the coding already holds seeking.reach at 1.000000 s" in sentence


def test_the_same_behaviour_twice_at_one_moment_within_a_file_is_taken(path: Path) -> None:
    put(path, "S001,c01,infant,reach,seeking,1,\nS001,c01,infant,reach,seeking,1,\n")
    assert len(plan_import(bare_coding(), SCHEME, path).events) == 2


def test_rows_of_another_session_are_refused(path: Path) -> None:
    put(path, "S001,c01,infant,cry,distress,1,2\nS002,c01,infant,cry,distress,1,2\n")
    assert sentences(bare_coding(), path) == (
        "events.csv: holds session S001, S002, but the coding is of session S001; keep only the "
        "rows of session S001, or correct the column session_id",
    )


def test_the_work_of_two_coders_cannot_become_one_coding(path: Path) -> None:
    put(path, "S001,c01,infant,cry,distress,1,2\nS001,c02,infant,cry,distress,5,6\n")
    assert "several coders (c01, c02); keep the rows of one" in sentences(bare_coding(), path)[0]


def test_another_coders_rows_are_taken_with_a_note(path: Path) -> None:
    put(path, "S001,c02,infant,cry,distress,1,2\n")
    (note,) = import_notes(bare_coding(), read_timeline(path, SCHEME))
    assert note.message == "the rows are of coder c02, the coding is of c01"


def test_ones_own_rows_need_no_note(path: Path) -> None:
    put(path, "S001,c01,infant,cry,distress,1,2\n")
    assert import_notes(bare_coding(), read_timeline(path, SCHEME)) == ()


def test_a_locked_coding_takes_nothing(path: Path) -> None:
    put(path, "S001,c01,infant,cry,distress,1,2\n")
    (sentence,) = sentences(replace(bare_coding(), locked=True), path)
    assert "is locked; unlock it" in sentence


def test_all_faults_against_the_coding_are_listed(path: Path) -> None:
    put(path, "S001,c01,infant,reach,seeking,300,\n" * 30)
    assert len(sentences(bare_coding(), path)) == 20


def test_a_state_without_length_is_refused_with_its_line(path: Path) -> None:
    put(path, "S001,c01,infant,cry,distress,1,1\n")
    (sentence,) = sentences(bare_coding(), path)
    assert sentence.startswith("events.csv, line 2: distress.cry at 0:01.000 is a state and would")


def test_a_refused_import_leaves_the_coding_as_it_was(path: Path) -> None:
    put(path, "S001,c01,infant,reach,seeking,1,\nS001,c01,infant,reach,seeking,300,\n")
    document = Document(coding=full_coding(), scheme=SCHEME)
    with pytest.raises(FormatError):
        document.submit(plan_import(document.coding, SCHEME, path))
    assert document.coding == full_coding()
    assert not document.history.can_undo


def test_an_import_is_one_step_that_can_be_undone(path: Path) -> None:
    put(path, "S001,c01,infant,reach,seeking,1,\nS001,c01,infant,reach,seeking,2,\n")
    document = Document(coding=bare_coding(), scheme=SCHEME)
    document.submit(plan_import(document.coding, SCHEME, path))
    assert len(document.coding.events) == 2
    document.undo()
    assert document.coding.events == ()


def test_events_are_added_beside_what_is_coded_already(path: Path) -> None:
    put(path, "S001,c01,infant,cry,distress,5,6\nS001,c01,infant,lean,seeking,2,\n")
    coding = bare_coding(event("distress.none", 1, 5), event("seeking.reach", 2))
    imported = apply(coding, plan_import(coding, SCHEME, path), SCHEME)
    assert [one.code for one in imported.events] == [
        "distress.none",
        "seeking.reach",
        "seeking.lean",
        "distress.cry",
    ]
    assert len({one.id for one in imported.events}) == 4


def test_an_open_state_of_the_coding_excludes_what_follows(path: Path) -> None:
    put(path, "S001,c01,infant,cry,distress,50,60\n")
    (sentence,) = sentences(bare_coding(event("distress.none", 1)), path)
    assert "overlaps distress.none at 1.000000 s, which the coding already holds" in sentence


def test_the_notes_of_the_file_are_passed_on(path: Path) -> None:
    path.write_text(f"weather,{HEADER}rain,S001,c01,infant,cry,distress,1,2\n", encoding="utf-8")
    (note,) = import_notes(bare_coding(), read_timeline(path, SCHEME))
    assert note.place == "events.csv, line 1, column weather"
