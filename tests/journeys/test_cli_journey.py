"""A coder's whole job without a window: from a video to the comparison, command by command."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from ssp_coder.domain.coding import Coding
from ssp_coder.storage.coding_file import open_read_only
from ssp_coder.storage.verify import verify
from tests.fixtures.demonstration import copy_of
from tests.unit.cli.cli_desk import Call, blank_video, bytes_of, caller, coding_in


@pytest.fixture
def ssp(capsys: pytest.CaptureFixture[str]) -> Call:
    return caller(capsys)


def bare(coding: Coding) -> list[tuple[object, ...]]:
    """The events without their numbers, which every coding counts for itself."""
    return [
        (
            *(event.code, event.subject, event.start_us, event.end_us),
            *(event.modifiers, event.comment, event.start_frame, event.end_frame),
        )
        for event in coding.events
    ]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def done(ssp: Call, *arguments: object) -> str:
    outcome = ssp(*arguments)
    assert outcome.code == 0, outcome.err
    return outcome.out


def test_a_coding_is_made_filled_classified_exported_compared_and_verified(
    ssp: Call, demonstration, tmp_path: Path
) -> None:
    demo = copy_of(demonstration, tmp_path)
    mine = tmp_path / "DEMO.c01.sspc"
    who = ("--session", "DEMO", "--coder", "c01", "--scheme", "demonstration")
    done(ssp, "new", demo.video, *who, "--out", mine)

    done(ssp, "export", demo.trainee, "--to", tmp_path / "theirs")
    done(ssp, "import", tmp_path / "theirs" / "DEMO.trainee_events.csv", "--into", mine)
    assert bare(coding_in(mine)) == bare(coding_in(demo.trainee))

    (entry,) = json.loads(done(ssp, "classify", mine, "--json", "--reveal"))
    assert (entry["session_id"], entry["group"]) == ("DEMO", None)
    assert entry["needs"]

    written = [Path(line) for line in done(ssp, "export", mine, "--to", tmp_path).splitlines()]
    events = rows_of(next(path for path in written if path.name.endswith("_events.csv")))
    assert len(events) == len(coding_in(mine).events)

    found = json.loads(done(ssp, "compare", mine, demo.reference, "--json"))
    theirs = json.loads(done(ssp, "compare", demo.trainee, demo.reference, "--json"))
    assert found["overall"] == theirs["overall"]
    assert found["rows"] != []

    assert str(mine) in done(ssp, "verify", mine)
    assert verify(mine) == ()


def test_a_timeline_read_back_and_written_again_is_the_same_file(
    ssp: Call, demonstration, tmp_path: Path
) -> None:
    mine = tmp_path / "DEMO.trainee.sspc"
    who = ("--session", "DEMO", "--coder", "trainee", "--scheme", "demonstration")
    done(ssp, "new", demonstration.video, *who, "--out", mine)
    first, second = tmp_path / "first", tmp_path / "second"
    done(ssp, "export", demonstration.trainee, "--to", first)
    done(ssp, "import", first / "DEMO.trainee_events.csv", "--into", mine)
    done(ssp, "export", mine, "--to", second)
    name = "DEMO.trainee_events.csv"
    # In which episode an event lies, and who is there by the plan, is known by the marks, which a
    # timeline does not bring along.
    by_marks = {"episode": "", "c_present": "", "s_present": ""}
    before, after = rows_of(first / name), rows_of(second / name)
    assert [row | by_marks for row in before] == [row | by_marks for row in after]


@pytest.mark.parametrize("which", ["reference", "trainee"])
def test_a_session_is_classified_alike_by_coding_and_by_scores(
    ssp: Call, demonstration, tmp_path: Path, which: str
) -> None:
    coding = getattr(demonstration, which)
    done(ssp, "export", coding, "--to", tmp_path)
    scores = tmp_path / f"DEMO.{which}_scores.csv"
    (by_coding,) = json.loads(done(ssp, "classify", coding, "--json"))
    (by_scores,) = json.loads(done(ssp, "classify", "--ratings", scores, "--json"))
    for key in ("group", "subgroup", "runner_up", "margin", "needs", "flags", "fired"):
        assert by_scores[key] == by_coding[key]


def test_the_three_codings_of_the_demonstration_are_sound(ssp: Call, demonstration) -> None:
    codings = demonstration.working, demonstration.reference, demonstration.trainee
    assert len(done(ssp, "verify", *codings).splitlines()) == 3
    done(ssp, "check", *codings)


def test_a_standard_session_goes_the_same_way(ssp: Call, tmp_path: Path) -> None:
    video = blank_video(tmp_path / "S001.mp4", 125)
    mine = tmp_path / "S001.c01.sspc"
    done(ssp, "new", video, "--session", "S001", "--coder", "c01", "--out", mine)
    timeline = tmp_path / "events.csv"
    timeline.write_text(
        "session_id,coder_id,subject,group,behaviour,start_s,stop_s\n"
        "S001,c01,infant,distress,none,0.000000,2.000000\n"
        "S001,c01,infant,distress,cry,2.000000,4.960000\n",
        "utf-8",
    )
    done(ssp, "import", timeline, "--into", mine)
    done(ssp, "export", mine, "--to", tmp_path / "out")
    exported = rows_of(tmp_path / "out" / "S001.c01_events.csv")
    assert [(row["behaviour"], row["start_s"], row["stop_s"]) for row in exported] == [
        ("none", "0.000000", "2.000000"),
        ("cry", "2.000000", "4.960000"),
    ]
    done(ssp, "frame", video, "--at", exported[1]["start_s"], "--out", tmp_path / "cry.png")
    done(ssp, "compare", mine, mine)
    done(ssp, "verify", mine)


def test_a_row_after_the_end_of_the_session_is_refused_and_nothing_changes(
    ssp: Call, demonstration, tmp_path: Path
) -> None:
    demo = copy_of(demonstration, tmp_path)
    before = bytes_of(demo.trainee)
    with open_read_only(demo.trainee) as file:
        end = file.coding.session_end
    assert end is not None
    late = tmp_path / "late.csv"
    at = end.at_us / 1_000_000
    late.write_text(
        "session_id,coder_id,subject,group,behaviour,start_s,stop_s\n"
        f"DEMO,trainee,infant,search,bang_door,{at:.6f},{at:.6f}\n",
        "utf-8",
    )
    outcome = ssp("import", late, "--into", demo.trainee)
    assert outcome.code == 2
    assert "late.csv, line 2" in outcome.complaint
    assert bytes_of(demo.trainee) == before
