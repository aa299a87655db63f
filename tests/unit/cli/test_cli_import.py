from __future__ import annotations

from pathlib import Path

import pytest

from ssp_coder.storage.coding_file import open_for_writing
from ssp_coder.storage.verify import verify
from tests.unit.cli.cli_desk import Call, bytes_of, coding_in

HEAD = "session_id,coder_id,subject,group,behaviour,start_s,stop_s"


def events(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "events.csv"
    path.write_text("\n".join((head, *rows, "")), "utf-8")
    return path


def refused(ssp: Call, own: Path, csv: Path) -> str:
    """What is said of a file that cannot be imported, the coding staying as it was to the byte."""
    before, beside = bytes_of(own), sorted(own.parent.iterdir())
    outcome = ssp("import", csv, "--into", own)
    assert outcome.code == 2
    assert bytes_of(own) == before
    assert sorted(own.parent.iterdir()) == beside
    assert verify(own) == ()
    assert coding_in(own).events == ()
    return outcome.err


def test_events_come_into_the_coding(ssp: Call, own: Path, tmp_path: Path) -> None:
    csv = events(
        tmp_path,
        "DEMO,you,infant,distress,none,1.000000,2.500000",
        "DEMO,you,infant,distress,cry,2.500000,4.000000",
    )
    outcome = ssp("import", csv, "--into", own)
    assert outcome.code == 0, outcome.err
    assert "2 events imported from events.csv" in outcome.out
    spans = [(event.code, event.start_us, event.end_us) for event in coding_in(own).events]
    assert spans == [
        ("distress.none", 1_000_000, 2_500_000),
        ("distress.cry", 2_500_000, 4_000_000),
    ]
    assert verify(own) == ()


def test_an_import_is_one_step_that_can_be_undone(ssp: Call, own: Path, tmp_path: Path) -> None:
    csv = events(tmp_path, "DEMO,you,infant,distress,none,1,2", "DEMO,you,infant,distress,cry,2,3")
    ssp("import", csv, "--into", own)
    with open_for_writing(own, "you") as file:
        file.document().undo()
    assert coding_in(own).events == ()


def test_the_events_of_another_coder_are_noted(ssp: Call, own: Path, tmp_path: Path) -> None:
    csv = events(tmp_path, "DEMO,c07,infant,distress,none,1,2")
    outcome = ssp("import", csv, "--into", own)
    assert outcome.code == 0
    assert "the rows are of coder c07, the coding is of you" in outcome.complaint


def test_columns_that_are_not_known_are_noted(ssp: Call, own: Path, tmp_path: Path) -> None:
    csv = events(tmp_path, "DEMO,you,infant,distress,none,1,2,wet", head=f"{HEAD},weather")
    outcome = ssp("import", csv, "--into", own)
    assert outcome.code == 0
    assert "events.csv, line 1, column weather" in outcome.complaint


def test_a_file_is_not_imported_twice(ssp: Call, own: Path, tmp_path: Path) -> None:
    csv = events(tmp_path, "DEMO,you,infant,distress,none,1,2")
    assert ssp("import", csv, "--into", own).code == 0
    again = ssp("import", csv, "--into", own)
    assert again.code == 2
    assert "already holds" in again.complaint
    assert len(coding_in(own).events) == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("DEMO,you,infant,distress,sob,1,2", "line 2, column behaviour"),
        ("DEMO,you,dog,distress,cry,1,2", "line 2"),
        ("DEMO,you,infant,distress,cry,one,2", "line 2, column start_s"),
        ("DEMO,you,infant,distress,cry,5,2", "line 2, column stop_s"),
        ("DEMO,you,infant,distress,cry,100,500", "line 2"),
        ("DEMO,you,infant,distress,cry,400,500", "line 2"),
        ("DEMO,you,infant,distress,cry,-4,5", "line 2"),
        ("OTHER,you,infant,distress,cry,1,2", "holds session OTHER"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_place(
    ssp: Call, own: Path, tmp_path: Path, row: str, said: str
) -> None:
    complaint = refused(ssp, own, events(tmp_path, row))
    assert "events.csv" in complaint
    assert said in complaint
    assert "; " in complaint


def test_a_missing_column_is_named_with_those_needed(ssp: Call, own: Path, tmp_path: Path) -> None:
    csv = events(tmp_path, head=HEAD.replace("behaviour", "behavior"))
    complaint = refused(ssp, own, csv)
    assert "events.csv, line 1: column behaviour is missing" in complaint


def test_states_that_exclude_each_other_may_not_overlap(
    ssp: Call, own: Path, tmp_path: Path
) -> None:
    csv = events(tmp_path, "DEMO,you,infant,distress,none,1,3", "DEMO,you,infant,distress,cry,2,4")
    complaint = refused(ssp, own, csv)
    assert "events.csv, line 3" in complaint
    assert "overlap" in complaint


def test_one_bad_row_keeps_all_others_out(ssp: Call, own: Path, tmp_path: Path) -> None:
    good = [f"DEMO,you,infant,distress,cry,{at},{at + 1}" for at in range(0, 20, 2)]
    assert "line 12" in refused(
        ssp, own, events(tmp_path, *good, "DEMO,you,infant,distress,sob,30,31")
    )


def test_every_bad_row_is_told_in_one_go(ssp: Call, own: Path, tmp_path: Path) -> None:
    bad = [f"DEMO,you,infant,distress,sob,{at},{at + 1}" for at in range(3)]
    assert len(refused(ssp, own, events(tmp_path, *bad)).splitlines()) == 3


def test_a_missing_table_is_named(ssp: Call, own: Path, tmp_path: Path) -> None:
    assert "gone.csv: there is no such file" in refused(ssp, own, tmp_path / "gone.csv")


def test_a_table_in_another_encoding_is_refused(ssp: Call, own: Path, tmp_path: Path) -> None:
    csv = tmp_path / "events.csv"
    csv.write_bytes("séance\n".encode("latin-1"))
    assert "events.csv, line 1: is not UTF-8 text" in refused(ssp, own, csv)


def test_a_locked_coding_takes_nothing(ssp: Call, demo_codings: Path, tmp_path: Path) -> None:
    csv = events(tmp_path, "DEMO,reference,infant,search,bang_door,1.5,1.5")
    reference = demo_codings / "reference.sspc"
    before = bytes_of(reference)
    outcome = ssp("import", csv, "--into", reference)
    assert outcome.code == 2
    assert "locked" in outcome.err
    assert bytes_of(reference) == before


def test_a_coding_that_is_open_elsewhere_is_left_alone(
    ssp: Call, own: Path, tmp_path: Path
) -> None:
    csv = events(tmp_path, "DEMO,you,infant,distress,none,1,2")
    with open_for_writing(own, "c09"):
        outcome = ssp("import", csv, "--into", own)
    assert outcome.code == 2
    assert "c09" in outcome.complaint
    assert coding_in(own).events == ()


def test_a_video_is_no_coding_to_import_into(ssp: Call, tmp_path: Path) -> None:
    video = tmp_path / "a.mp4"
    video.write_bytes(bytes(1000))
    outcome = ssp("import", events(tmp_path), "--into", video)
    assert outcome.code == 2
    assert "a.mp4: this is no coding file" in outcome.complaint
