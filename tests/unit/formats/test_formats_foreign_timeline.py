"""Timelines of other programs: columns by usual names, codes as they are found, nothing guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.domain.ethogram import CodeKind
from ssp_coder.formats.dialect import Row, Sheet, sheet_from_bytes
from ssp_coder.formats.errors import FormatError
from ssp_coder.formats.foreign_timeline import (
    FOUND,
    ForeignTimeline,
    events_of,
    foreign_timeline,
    scheme_found_in,
)
from ssp_coder.formats.pair_reading import read_timeline_coding, read_timelines
from tests.builders import INFANT, infant_scheme, s

HEAD = ("behaviour", "start_s", "stop_s", "subject", "group")


def sheet(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD, file: str = "x.csv") -> Sheet:
    """A sheet as it is read; what a row leaves out is empty."""
    cells = [dict(zip(head, (*row, *[""] * len(head)), strict=False)) for row in rows]
    return Sheet(
        file=file,
        columns=head,
        rows=tuple(Row(line=line, cells=one) for line, one in enumerate(cells, start=2)),
    )


def timeline(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> ForeignTimeline:
    return foreign_timeline(sheet(*rows, head=head))


def groups_of(*timelines: ForeignTimeline) -> dict[str, tuple[bool, tuple[str, ...]]]:
    """Of each group whether it is exclusive, and its codes."""
    found = scheme_found_in(timelines, infant_scheme())
    return {
        group.id: (group.exclusive, tuple(code.name for code in group.codes))
        for group in found.ethogram.groups
    }


def refused(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> tuple[str, ...]:
    with pytest.raises(FormatError) as caught:
        timeline(*rows, head=head)
    return caught.value.sentences()


# ---- columns


@pytest.mark.parametrize(
    "head",
    [
        ("behaviour", "start_s", "stop_s"),
        ("Behavior", "Start (s)", "Stop (s)"),
        ("CODE", "Onset", "Offset"),
        ("code", "Onset [s]", "End [s]"),
        (" behavior ", "BEGIN", "end"),
    ],
    ids=["ours", "event logger", "onset and offset", "brackets", "blanks"],
)
def test_columns_are_known_by_the_names_that_loggers_give_them(head: tuple[str, ...]) -> None:
    (row,) = timeline(("play", "1.5", "2"), head=head).rows
    assert (row.name, row.start_us, row.end_us) == ("play", s("1.5"), s(2))


def test_our_own_name_of_a_column_goes_before_another_one() -> None:
    found = timeline(("play", "1", "9", "12"), head=("behaviour", "start", "start_s", "stop_s"))
    assert found.rows[0].start_us == s(9)


@pytest.mark.parametrize(
    ("head", "lacking"),
    [
        (("behaviour", "start_s"), "stop_s"),
        (("start_s", "stop_s"), "behaviour"),
        (("when", "what"), "behaviour, start_s, stop_s"),
    ],
    ids=["no end", "no behaviour", "none of all"],
)
def test_what_lacks_is_named_with_what_may_be_given(head: tuple[str, ...], lacking: str) -> None:
    (said,) = refused(("1",), head=head)
    assert said.startswith(f"x.csv, line 1: has no column for {lacking};")
    assert "session_id and coder_id" in said


def test_columns_that_nobody_asked_for_are_left_alone() -> None:
    head = ("Media file", "behavior", "start", "stop", "Comment start")
    (row,) = timeline(("a.mp4", "play", "1", "2", "not a time"), head=head).rows
    assert row.name == "play"


def test_a_file_with_a_byte_order_mark_and_windows_lines_is_read() -> None:
    text = b"\xef\xbb\xbfbehavior,start,stop\r\nplay,1,2\r\n"
    (row,) = foreign_timeline(sheet_from_bytes(text, "x.csv")).rows
    assert (row.name, row.line) == ("play", 2)


# ---- rows


def test_rows_stand_by_onset_and_those_of_one_moment_by_line() -> None:
    found = timeline(("c", "5", "6"), ("a", "1", "2"), ("b", "1", "3"))
    assert [row.name for row in found.rows] == ["a", "b", "c"]


@pytest.mark.parametrize("end", ["", "NA", "na", "NaN"])
def test_an_end_that_is_not_there_is_no_fault(end: str) -> None:
    (row,) = timeline(("play", "1", end)).rows
    assert row.end_us is None
    assert not row.lasts


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("play", "", "2"), "'' is not a number"),
        (("play", "NA", "2"), "'NA' is not a number"),
        (("play", "1,5", "2"), "'1,5' is not a number"),
        (("play", "0:01", "2"), "'0:01' is not a number"),
        (("play", "1", "1e3"), "'1e3' is not a number"),
        (("play", "1", "inf"), "'inf' is not a number"),
        (("play", "-1", "2"), "-1 lies before the video"),
        (("play", "2", "1.999999"), "the end lies before the onset"),
        (("", "1", "2"), "the cell is empty"),
    ],
)
def test_a_cell_that_says_nothing_sure_is_refused_with_its_line(
    row: tuple[str, ...], said: str
) -> None:
    (sentence,) = refused(("play", "0", "1"), row)
    assert sentence.startswith("x.csv, line 3")
    assert said in sentence


def test_two_faults_of_one_row_are_both_told() -> None:
    assert len(refused(("", "soon", "later"))) == 3


@pytest.mark.parametrize(
    ("name", "group", "known"),
    [
        ("play", "", ("behaviours", "play")),
        ("face.smile", "", ("face", "smile")),
        ("face . smile", "", ("face", "smile")),
        ("face.smile.wide", "", ("face", "smile.wide")),
        ("smile", "face", ("face", "smile")),
        ("face.smile", "face", ("face", "smile")),
        ("other.smile", "face", ("face", "other.smile")),
        (".", "", ("behaviours", ".")),
        ("end.", "", ("behaviours", "end.")),
        (".5", "", ("behaviours", ".5")),
    ],
)
def test_group_and_name_of_a_behaviour(name: str, group: str, known: tuple[str, str]) -> None:
    (row,) = timeline((name, "1", "2", "", group)).rows
    assert (row.group, row.name) == known


@pytest.mark.parametrize(("column", "what"), [("session", "sessions"), ("observer", "coders")])
def test_one_file_holds_one_session_of_one_coder(column: str, what: str) -> None:
    rows = [("play", str(at), "9", name) for at, name in enumerate(("one", "two"))]
    (said,) = refused(*rows, head=("code", "start", "stop", column))
    assert f"holds the work of several {what} (one, two); keep the rows of one" in said


def test_empty_cells_of_a_session_do_not_make_it_another_one() -> None:
    head = ("code", "start", "stop", "session")
    found = timeline(("play", "1", "2", "S1"), ("play", "3", "4", ""), head=head)
    assert (found.session, found.coder) == ("S1", "")


# ---- the scheme of what was found


def test_states_side_by_side_exclude_each_other_and_those_that_touch_too() -> None:
    assert groups_of(timeline(("a", "0", "2"), ("b", "2", "4"))) == {
        "behaviours": (True, ("a", "b"))
    }


@pytest.mark.parametrize(
    "rows",
    [
        (("a", "0", "2"), ("b", "1.999999", "4")),
        (("a", "0", "9"), ("b", "1", "2"), ("a", "9", "10")),
        (("a", "0", "2"), ("b", "3", "4"), ("a", "5", ""), ("b", "6", "7")),
    ],
    ids=["a microsecond", "one within the other", "a state left open"],
)
def test_any_shared_time_makes_a_group_of_codes_on_their_own(
    rows: tuple[tuple[str, ...], ...],
) -> None:
    assert groups_of(timeline(*rows))["behaviours"][0] is False


def test_moments_within_states_do_not_count_as_shared_time() -> None:
    found = timeline(("a", "0", "5"), ("point", "1", "1"), ("b", "5", "9"))
    assert groups_of(found)["behaviours"][0] is True


def test_two_persons_may_do_the_same_at_once() -> None:
    found = timeline(("a", "0", "5", "x"), ("b", "1", "4", "y"))
    assert groups_of(found)["behaviours"][0] is True
    scheme = scheme_found_in((found,), infant_scheme())
    assert [person.id for person in scheme.procedure.persons] == ["x", "y"]


def test_a_code_is_a_state_when_it_lasts_anywhere_in_any_file() -> None:
    brief, long = timeline(("a", "1", "1")), timeline(("a", "1", "3"))
    alone = scheme_found_in((brief,), infant_scheme()).ethogram.code("behaviours.a")
    shared = scheme_found_in((brief, long), infant_scheme())
    assert alone.kind is CodeKind.POINT
    assert shared.ethogram.code("behaviours.a").kind is CodeKind.STATE
    assert events_of(brief, shared)[0].end_us == s(1)


def test_a_moment_that_was_given_no_end_is_one() -> None:
    found = timeline(("a", "1", ""))
    (event,) = events_of(found, scheme_found_in((found,), infant_scheme()))
    assert event.end_us == event.start_us == s(1)


def test_files_without_a_row_make_a_scheme_without_codes() -> None:
    scheme = scheme_found_in((timeline(), timeline()), infant_scheme())
    assert (scheme.ethogram.groups, scheme.procedure.persons) == ((), ())
    assert events_of(timeline(), scheme) == ()


def test_nothing_of_the_scheme_it_is_like_is_rated_or_counted() -> None:
    scheme = scheme_found_in((timeline(("a", "1", "2")),), infant_scheme())
    assert scheme.id == FOUND
    assert (scheme.slots, scheme.scales, scheme.counts, scheme.procedure.episodes) == ((),) * 4


def test_other_codes_or_kinds_of_code_are_another_scheme() -> None:
    prints = {
        scheme_found_in((timeline(*rows),), infant_scheme()).sha256
        for rows in (
            [("a", "1", "2")],
            [("a", "1", "1")],
            [("b", "1", "2")],
            [("a", "1", "2"), ("b", "1", "2")],
        )
    }
    assert len(prints) == 4
    again = scheme_found_in((timeline(("a", "7", "9")),), infant_scheme()).sha256
    assert again in prints


def test_a_point_in_a_group_s_name_cannot_make_two_codes_one() -> None:
    found = timeline(("b.c", "0", "1", "", "a"), ("c", "2", "3", "", "a.b"))
    with pytest.raises(FormatError, match=r"a\.b\.c is a behaviour of group a and one of group"):
        scheme_found_in((found,), infant_scheme())


TIMES = st.integers(0, 600).map(str)
ROWS = st.lists(
    st.tuples(
        st.sampled_from("abc"), TIMES, st.integers(1, 90), st.sampled_from(("x", "y", ""))
    ).map(lambda row: (row[0], row[1], str(int(row[1]) + row[2]), row[3])),
    max_size=12,
)


@given(ROWS, ROWS)
def test_both_files_know_every_code_and_keep_every_row(
    first: list[tuple[str, ...]], second: list[tuple[str, ...]]
) -> None:
    both = timeline(*first), timeline(*second)
    scheme = scheme_found_in(both, infant_scheme())
    used = {row[0] for row in (*first, *second)}
    assert {code.name for code in scheme.ethogram.codes()} == used
    for rows, one in zip((first, second), both, strict=True):
        events = events_of(one, scheme)
        assert len(events) == len(rows)
        starts = [event.start_us for event in events]
        assert starts == sorted(starts)
        assert len({event.id for event in events}) == len(rows)


@given(ROWS)
def test_an_exclusive_group_shares_no_time_in_any_person(rows: list[tuple[str, ...]]) -> None:
    one = timeline(*rows)
    scheme = scheme_found_in((one,), infant_scheme())
    lasting = [event for event in events_of(one, scheme) if event.end_us > event.start_us]
    apart = all(
        a.subject != b.subject or a.end_us <= b.start_us or b.end_us <= a.start_us
        for place, a in enumerate(lasting)
        for b in lasting[place + 1 :]
    )
    assert all(group.exclusive == apart for group in scheme.ethogram.groups)


# ---- whose they are


def test_files_called_alike_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    paths = [tmp_path / folder / "S001.csv" for folder in ("anna", "ben")]
    for path in paths:
        path.parent.mkdir()
        path.write_text("code,start,stop\na,1,2\n")
    found = read_timelines(paths, infant_scheme())
    assert [one.coding.coder for one in found.codings] == ["anna/S001", "ben/S001"]


def test_a_coder_that_the_file_names_goes_before_its_name(tmp_path: Path) -> None:
    paths = [tmp_path / folder / "S001.csv" for folder in ("one", "two")]
    for path, coder in zip(paths, ("anna", "ben"), strict=True):
        path.parent.mkdir()
        path.write_text(f"code,start,stop,coder\na,1,2,{coder}\n")
    found = read_timelines(paths, infant_scheme())
    assert [one.coding.coder for one in found.codings] == ["anna", "ben"]


def test_timelines_of_our_own_that_name_no_coder_are_told_apart_as_well(tmp_path: Path) -> None:
    code = infant_scheme().ethogram.code("contact.held_by_c")
    paths = [tmp_path / folder / "S001.csv" for folder in ("anna", "ben")]
    for path in paths:
        path.parent.mkdir()
        path.write_text(
            "group,behaviour,subject,start_s,stop_s\n"
            f"{code.group},{code.name},{INFANT},1.000000,2.000000\n"
        )
    found = read_timelines(paths, infant_scheme())
    assert found.codings[0].scheme is infant_scheme()
    assert [one.coding.coder for one in found.codings] == ["anna/S001", "ben/S001"]
    (alone,) = read_timeline_coding(paths[0], infant_scheme()).codings
    assert alone.coding.coder == "S001"


def test_an_empty_table_of_a_logger_beside_a_full_one_is_a_coding_of_nothing(
    tmp_path: Path,
) -> None:
    for name, rows in (("full", "play,1,2\n"), ("empty", "")):
        (tmp_path / f"{name}.csv").write_text(f"behavior,start,stop\n{rows}")
    found = read_timelines([tmp_path / "full.csv", tmp_path / "empty.csv"], infant_scheme())
    assert [len(one.coding.events) for one in found.codings] == [1, 0]
    assert found.codings[0].scheme.id == found.codings[1].scheme.id == FOUND
