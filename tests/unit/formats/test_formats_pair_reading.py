from __future__ import annotations

from pathlib import Path

import pytest

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.ethogram import CodeKind
from ssp_coder.formats.errors import FormatError
from ssp_coder.formats.export import export_codings
from ssp_coder.formats.exportable import Exportable
from ssp_coder.formats.foreign_timeline import FOUND
from ssp_coder.formats.pair_reading import ReadTimelines, read_timeline_coding, read_timelines
from tests.builders import CAREGIVER, add, after, coding, infant_scheme, s, with_episodes

LOGGER = (
    "Observation id,Subject,Behavior,Behavior type,Start (s),Stop (s)\n"
    "T1,infant,play,STATE,1.0,4.5\n"
    "T1,infant,cry,STATE,4.5,9\n"
    "T1,infant,look,POINT,2.25,2.25\n"
    "T1,adult,speak,STATE,0,3\n"
)


def written(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def read(tmp_path: Path, *texts: str) -> ReadTimelines:
    paths = [written(tmp_path, f"{place}.csv", text) for place, text in enumerate(texts)]
    return read_timelines(paths, infant_scheme())


def exported(tmp_path: Path, value: Coding, *, for_excel: bool = False) -> Path:
    entry = Exportable(coding=value, scheme=infant_scheme())
    files = export_codings((entry,), tmp_path, for_excel=for_excel)
    return next(path for path in files if path.name.endswith("_events.csv"))


def own(coder: str = "c01") -> Coding:
    return after(
        with_episodes(coding(coder=coder)),
        add("contact.held_by_c", 35, end=50),
        add("seeking.reach", 400),
        add("adult_acts.offer_toy", 420, CAREGIVER),
    )


def bare(value: Coding) -> list[tuple[object, ...]]:
    return [(e.code, e.subject, e.start_us, e.end_us) for e in value.events]


@pytest.mark.parametrize("for_excel", [False, True], ids=["plain", "for Excel"])
def test_a_timeline_of_this_program_keeps_the_scheme(tmp_path: Path, for_excel: bool) -> None:
    found = read_timelines((exported(tmp_path, own(), for_excel=for_excel),), infant_scheme())
    (entry,) = found.codings
    assert entry.scheme is infant_scheme()
    assert bare(entry.coding) == bare(own())
    assert (entry.coding.session, entry.coding.coder) == ("S001", "c01")
    assert found.notes == ()


def test_a_timeline_beside_a_coding_must_be_of_its_scheme(tmp_path: Path) -> None:
    path = written(tmp_path, "log.csv", LOGGER)
    with pytest.raises(FormatError, match="column"):
        read_timeline_coding(path, infant_scheme())


def test_behaviours_that_the_scheme_does_not_know_make_a_scheme(tmp_path: Path) -> None:
    found = read(tmp_path, LOGGER)
    (entry,) = found.codings
    ethogram = entry.scheme.ethogram
    assert entry.scheme.id == FOUND
    assert [code.id for code in ethogram.codes()] == [
        "behaviours.cry",
        "behaviours.look",
        "behaviours.play",
        "behaviours.speak",
    ]
    assert ethogram.code("behaviours.look").kind is CodeKind.POINT
    assert ethogram.group("behaviours").exclusive
    assert ethogram.group("behaviours").subjects == ("adult", "infant")
    assert (entry.coding.session, entry.coding.coder) == ("T1", "0")
    assert [e.start_us for e in entry.coding.events] == [s(0), s(1), s("2.25"), s("4.5")]


def test_the_person_is_told_which_codes_were_taken(tmp_path: Path) -> None:
    (note,) = read(tmp_path, LOGGER).notes
    assert "4 codes were taken from the files" in note.message
    assert "one at a time: behaviours" in note.message
    assert note.place == "0.csv"


def test_states_that_overlap_are_each_on_their_own(tmp_path: Path) -> None:
    text = "behaviour,subject,start_s,stop_s\nplay,x,0,5\nsmile,x,3,4\n"
    (entry,) = read(tmp_path, text).codings
    assert not entry.scheme.ethogram.group("behaviours").exclusive


def test_states_of_two_persons_may_share_time(tmp_path: Path) -> None:
    text = "behaviour,subject,start_s,stop_s\nplay,x,0,5\nsmile,y,3,4\n"
    (entry,) = read(tmp_path, text).codings
    assert entry.scheme.ethogram.group("behaviours").exclusive


def test_overlap_in_one_of_two_files_is_enough(tmp_path: Path) -> None:
    head = "behaviour,subject,start_s,stop_s\n"
    found = read(tmp_path, f"{head}play,x,0,5\nsmile,x,5,6\n", f"{head}play,x,0,5\nsmile,x,4,6\n")
    assert not found.codings[0].scheme.ethogram.group("behaviours").exclusive
    assert found.codings[0].scheme == found.codings[1].scheme


def test_groups_come_from_their_column_or_from_before_the_point(tmp_path: Path) -> None:
    pointed = read(tmp_path, "code,start,stop\nhand.up,0,1\nface.smile,0,2\n")
    assert [g.id for g in pointed.codings[0].scheme.ethogram.groups] == ["face", "hand"]
    column = read(tmp_path, "code,group,start,stop\nup,hand,0,1\nsmile,face,0,2\n")
    assert [g.id for g in column.codings[0].scheme.ethogram.groups] == ["face", "hand"]


def test_a_code_seen_by_one_coder_is_known_to_both(tmp_path: Path) -> None:
    head = "behaviour,start_s,stop_s\n"
    found = read(tmp_path, f"{head}play,0,5\n", f"{head}sleep,0,5\n")
    codes = [code.id for code in found.codings[0].scheme.ethogram.codes()]
    assert codes == ["behaviours.play", "behaviours.sleep"]


def test_a_state_without_an_end_stays_open_and_a_moment_has_none(tmp_path: Path) -> None:
    text = "behaviour,start_s,stop_s\nplay,0,5\nplay,7,\nlook,3,NA\n"
    (entry,) = read(tmp_path, text).codings
    ends = [(event.code, event.end_us) for event in entry.coding.events]
    assert ends == [
        ("behaviours.play", s(5)),
        ("behaviours.look", s(3)),
        ("behaviours.play", None),
    ]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("play,x,5,4", "line 2, column stop_s: the end lies before the onset"),
        ("play,x,five,6", "line 2, column start_s: 'five' is not a number"),
        ("play,x,,6", "line 2, column start_s: '' is not a number"),
        ("play,x,-1,6", "line 2, column start_s: -1 lies before the video"),
        (",x,1,6", "line 2, column behaviour: the cell is empty"),
        ("play,x,1,soon", "line 2, column stop_s: 'soon' is not a number"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(tmp_path: Path, row: str, words: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(tmp_path, f"behaviour,subject,start_s,stop_s\n{row}\n")
    assert words in str(caught.value)


def test_all_faults_of_a_file_are_told_together(tmp_path: Path) -> None:
    with pytest.raises(FormatError) as caught:
        read(tmp_path, "behaviour,start_s,stop_s\nplay,a,1\nplay,2,b\n")
    assert len(caught.value.findings) == 2


def test_a_sheet_without_times_is_no_timeline(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="has no column for start_s, stop_s"):
        read(tmp_path, "behaviour,when\nplay,1\n")


@pytest.mark.parametrize("column", ["session_id", "coder_id"])
def test_a_file_of_several_sessions_or_coders_is_refused(tmp_path: Path, column: str) -> None:
    with pytest.raises(FormatError, match="holds the work of several"):
        read(tmp_path, f"behaviour,start_s,stop_s,{column}\nplay,0,1,one\nplay,2,3,two\n")


def test_a_stacked_export_is_refused_too(tmp_path: Path) -> None:
    entries = tuple(Exportable(coding=own(c), scheme=infant_scheme()) for c in ("c01", "c02"))
    files = export_codings(entries, tmp_path)
    stacked = next(path for path in files if path.name.endswith("_events.csv"))
    with pytest.raises(FormatError, match="several coders"):
        read_timelines((stacked,), infant_scheme())
