from __future__ import annotations

import contextlib
import csv
import io
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.catalog import load_scheme
from ssp_coder.domain.coding import Coding, Event, EventId
from ssp_coder.domain.procedure import SubjectId
from ssp_coder.domain.session import episode_spans, is_present
from ssp_coder.domain.time import Micros
from ssp_coder.formats.columns import table_text
from ssp_coder.formats.errors import FormatError
from ssp_coder.formats.exportable import Exportable
from ssp_coder.formats.presence import PresenceTrack
from ssp_coder.formats.timeline import event_rows, timeline_table
from ssp_coder.formats.timeline_reading import TimelineImport, read_timeline, timeline_from_text
from tests.fixtures.table_schemes import (
    CAREGIVER,
    bare_coding,
    event,
    full_coding,
    numbered,
    other_scheme,
    small_scheme,
    us,
)

SCHEME = small_scheme()
HEADER = "session_id,subject,behaviour,group,type,modifier_toward,start_s,stop_s,comment\n"
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
FRAME = st.none() | st.integers(0, 200_000)


def written(coding: Coding) -> str:
    entry = Exportable(coding=coding, scheme=SCHEME)
    return table_text(timeline_table((SCHEME,)), event_rows(entry))


def read(rows: str) -> TimelineImport:
    return timeline_from_text(HEADER + rows, SCHEME, file="events.csv")


def faults(rows: str) -> tuple[str, ...]:
    with pytest.raises(FormatError) as caught:
        read(rows)
    return caught.value.sentences()


@st.composite
def codings(draw: st.DrawFn) -> Coding:
    """Exclusive states without gaps, free states, points; any comment, frame and modifier."""
    edges = sorted(draw(st.sets(st.integers(0, 200_000_000), max_size=8)))
    events = []
    for start, end in pairwise(edges):
        code = draw(st.sampled_from(["distress.none", "distress.cry"]))
        events.append(event(code, start / 1e6, end / 1e6))
    for start in draw(st.lists(st.integers(0, 200_000_000), max_size=6)):
        code = draw(st.sampled_from(["seeking.reach", "seeking.lean", "play.look"]))
        toward = draw(st.sampled_from([(), (("toward", "c"),), (("toward", "s"),)]))
        events.append(
            event(code, start / 1e6, modifiers=toward if code.startswith("seeking") else ())
        )
    return bare_coding(*(_decorated(draw, one) for one in events))


def _decorated(draw: st.DrawFn, one: Event) -> Event:
    start_frame = draw(FRAME)
    end_frame = None if one.end_us is None else draw(FRAME)
    if one.end_us == one.start_us:
        end_frame = start_frame
    return replace(one, comment=draw(TEXT), start_frame=start_frame, end_frame=end_frame)


@given(codings())
def test_reading_back_gives_the_same_events(coding: Coding) -> None:
    assert timeline_from_text(written(coding), SCHEME).events == coding.events


def test_every_behaviour_of_the_bundled_scheme_comes_back() -> None:
    scheme = load_scheme("infant")
    events = []
    for place, code in enumerate(scheme.ethogram.codes()):
        group = scheme.ethogram.group(code.group)
        start = us(2 * place)
        point = code.kind.value == "point"
        modifiers = tuple(
            (key, scheme.ethogram.modifier(key).values[0].id) for key in code.modifiers
        )
        events.append(
            Event(
                id=EventId(place + 1),
                code=code.id,
                subject=group.subjects[0],
                start_us=start,
                end_us=start if point else us(2 * place + 1),
                modifiers=modifiers,
            )
        )
    coding = Coding(session="S1", coder="c", events=tuple(events))
    entry = Exportable(coding=coding, scheme=scheme)
    text = table_text(timeline_table((scheme,)), event_rows(entry))
    assert timeline_from_text(text, scheme).events == coding.events


def test_the_bundled_scheme_has_exactly_the_columns_of_the_reference() -> None:
    assert ",".join(timeline_table((load_scheme("infant"),)).names()) == (
        "session_id,coder_id,coding_role,media_file,episode,subject,behaviour,group,type,"
        "modifier_toward,intensity,start_s,stop_s,duration_s,start_time,stop_time,start_frame,"
        "stop_frame,start_lag_s,stop_lag_s,c_present,s_present,comment,schema_version"
    )


def test_columns_of_two_schemes_are_joined() -> None:
    names = timeline_table((SCHEME, other_scheme())).names()
    assert "voice" in names
    assert len(names) == len(set(names))


def test_an_open_state_has_no_end() -> None:
    row = written(bare_coding(event("distress.cry", 3))).splitlines()[1]
    assert ",3.000000,,,00:00:03.000,," in row


def test_an_event_across_a_boundary_belongs_to_the_episode_of_its_onset() -> None:
    rows = [line.split(",") for line in written(full_coding()).splitlines()[1:]]
    crossing = next(row for row in rows if row[6] == "cry")
    assert crossing[4] == "S1"


def test_presence_is_as_coded_and_else_as_planned() -> None:
    coding = full_coding()
    rows = list(event_rows(Exportable(coding=coding, scheme=SCHEME)))
    reach = next(row for row in rows if row.code.name == "reach")
    assert dict(reach.present) == {"c_present": True, "s_present": False}


def test_presence_is_unknown_outside_the_episodes_when_nobody_coded_it() -> None:
    (row,) = event_rows(Exportable(coding=bare_coding(event("play.look", 1, 2)), scheme=SCHEME))
    assert dict(row.present) == {"c_present": None, "s_present": None}
    assert row.episode == ""


@given(
    st.lists(st.tuples(st.integers(0, 130), st.integers(0, 20), st.booleans()), max_size=8),
    st.integers(0, 130),
)
def test_the_presence_track_says_what_the_domain_says(
    states: list[tuple[int, int, bool]], moment: int
) -> None:
    events = numbered(
        *(
            event(f"presence.{'in_room' if inside else 'out'}", s, s + length, subject=CAREGIVER)
            for s, length, inside in states
        )
    )
    coding = replace(full_coding(), events=events)
    spans = episode_spans(coding, SCHEME.procedure)
    track = PresenceTrack(coding, SCHEME, CAREGIVER, spans)
    assert track.at(us(moment)) == is_present(coding, SCHEME, CAREGIVER, us(moment))


def test_columns_may_be_left_out_and_others_are_passed_over_with_a_note() -> None:
    text = "subject,behaviour,group,start_s,stop_s,weather\ninfant,cry,distress,1,2,rain\n"
    timeline = timeline_from_text(text, SCHEME, file="events.csv")
    assert timeline.events == numbered(event("distress.cry", 1, 2))
    (note,) = timeline.notes
    assert note.sentence() == (
        "events.csv, line 1, column weather: column weather is not part of the timeline "
        "and was passed over"
    )


def test_rows_out_of_order_are_sorted_and_keep_their_lines() -> None:
    timeline = read("S,infant,cry,distress,,,5,6,\nS,infant,none,distress,,,1,5,\n")
    assert [one.code for one in timeline.events] == ["distress.none", "distress.cry"]
    assert timeline.lines == (3, 2)


def test_times_are_exact_to_the_microsecond() -> None:
    (one,) = read("S,infant,cry,distress,,,0.033367,7200.000001,\n").events
    assert (one.start_us, one.end_us) == (33_367, 7_200_000_001)


def test_a_point_needs_no_end() -> None:
    (one,) = read("S,infant,reach,seeking,point,c,4,,\n").events
    assert one.end_us == one.start_us == Micros(4_000_000)


def test_an_empty_table_holds_no_events() -> None:
    assert read("").events == ()


def test_a_missing_column_is_named() -> None:
    with pytest.raises(FormatError, match=r"events\.csv, line 1: column group, start_s is missing"):
        timeline_from_text("subject,behaviour,stop_s\n", SCHEME, file="events.csv")


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            "S,infant,scream,distress,,,1,2,",
            "column behaviour: group distress has no behaviour 'scream'; "
            "use one of none, fuss, cry",
        ),
        (
            "S,infant,cry,mood,,,1,2,",
            "column group: there is no group 'mood'; use one of presence, distress, seeking, play",
        ),
        (
            "S,stranger,cry,distress,,,1,2,",
            "column subject: distress.cry is not coded for 'stranger'; use one of infant",
        ),
        (
            "S,infant,reach,seeking,,x,1,,",
            "column modifier_toward: toward has no value 'x'; use one of c, s",
        ),
        (
            "S,infant,cry,distress,,c,1,2,",
            "column modifier_toward: distress.cry takes no modifier_toward; leave the cell empty",
        ),
        (
            "S,infant,cry,distress,point,,1,2,",
            "column type: distress.cry is a state, not a point; "
            "correct it or choose another scheme",
        ),
        (
            "S,infant,cry,distress,,,2,1,",
            "column stop_s: the end 1 lies before the onset 2; correct one of the two",
        ),
        (
            "S,infant,reach,seeking,,,1,2,",
            "column stop_s: seeking.reach is a point, but ends at 2 and not at 1; "
            "leave the end empty",
        ),
        (
            'S,infant,cry,distress,,,"1,5",2,',
            "column start_s: '1,5' is not a number; write seconds with a point, such as 12.345",
        ),
        (
            "S,infant,cry,distress,,,,2,",
            "column start_s: '' is not a number; write seconds with a point, such as 12.345",
        ),
        (
            "S,infant,cry,distress,,,-1,2,",
            "column start_s: -1 lies before the video; check the time",
        ),
        (
            "S,infant,cry,distress,,,1,9999999999,",
            "column stop_s: '9999999999' seconds is not a possible media time; "
            "write seconds with a point, such as 12.345",
        ),
    ],
)
def test_a_bad_row_is_refused_with_line_column_and_remedy(row: str, sentence: str) -> None:
    assert faults(f"{row}\n") == (f"events.csv, line 2, {sentence}",)


@pytest.mark.parametrize("text", ["1e3", "1_000", "nan", "inf", "0x10", "１２", "1" * 60])
def test_numbers_that_only_a_computer_would_read_are_refused(text: str) -> None:
    assert "column start_s" in faults(f"S,infant,cry,distress,,,{text},,\n")[0]


def test_overlapping_exclusive_states_are_refused_naming_both_rows() -> None:
    sentences = faults("S,infant,cry,distress,,,1,5,\nS,infant,none,distress,,,4,6,\n")
    assert sentences == (
        "events.csv, line 3: distress.none at 4.000000 s overlaps distress.cry at 1.000000 s of "
        "line 2, and only one distress holds at a time; change the end of one of them",
    )


def test_states_of_different_coders_in_one_file_do_not_exclude_each_other() -> None:
    text = "coder_id,subject,behaviour,group,start_s,stop_s\n"
    rows = "c01,infant,cry,distress,1,5\nc02,infant,cry,distress,1,5\n"
    timeline = timeline_from_text(text + rows, SCHEME)
    assert timeline.coder_ids == ("c01", "c02")
    assert len(timeline.events) == 2


def test_a_long_state_overlaps_all_that_lie_in_it() -> None:
    rows = "S,infant,cry,distress,,,1,9,\nS,infant,none,distress,,,2,3,\n"
    assert len(faults(f"{rows}S,infant,fuss,distress,,,4,5,\n")) == 2


def test_states_that_touch_and_states_of_free_groups_do_not_overlap() -> None:
    rows = "S,infant,cry,distress,,,1,5,\nS,infant,none,distress,,,5,6,\n"
    assert len(read(f"{rows}S,infant,look,play,,,1,5,\nS,infant,look,play,,,2,6,\n").events) == 4


def test_every_fault_is_listed_up_to_twenty() -> None:
    assert len(faults("S,infant,scream,distress,,,x,2,\n" * 3)) == 6
    assert len(faults("S,infant,scream,distress,,,1,2,\n" * 50)) == 20


def test_a_newer_version_of_the_table_is_refused() -> None:
    text = "subject,behaviour,group,start_s,stop_s,schema_version\ninfant,cry,distress,1,2,2\n"
    with pytest.raises(FormatError, match="version '2' of the timeline is not known, only 1"):
        timeline_from_text(text, SCHEME)


def test_a_bad_frame_is_refused() -> None:
    text = "subject,behaviour,group,start_s,stop_s,start_frame\ninfant,cry,distress,1,2,3.5\n"
    with pytest.raises(FormatError, match=r"column start_frame: '3\.5' is not a whole number"):
        timeline_from_text(text, SCHEME)


def test_a_file_is_named_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(f"{HEADER}S1,infant,cry,mood,,,1,2,\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"^mine\.csv, line 2, column group"):
        read_timeline(path, SCHEME)


@given(st.binary(max_size=300))
def test_no_bytes_bring_the_reader_down(content: bytes) -> None:
    text = HEADER + content.decode("utf-8", "replace")
    with contextlib.suppress(FormatError):
        assert timeline_from_text(text, SCHEME).events is not None


def test_the_subject_of_an_event_is_one_of_the_procedure() -> None:
    (one,) = read("S,caregiver,out,presence,,,1,2,\n").events
    assert one.subject == SubjectId("caregiver")


def lagged() -> Coding:
    """A state whose start was corrected, a point that was too, and an open state."""
    return bare_coding(
        replace(event("distress.cry", 3, 5), start_lag_us=240_000, end_lag_us=120_000),
        replace(event("seeking.reach", 4), start_lag_us=80_000, end_lag_us=80_000),
        replace(event("play.look", 6), start_lag_us=40_000),
    )


def test_a_lag_taken_off_stands_beside_its_edge() -> None:
    rows = list(csv.DictReader(io.StringIO(written(lagged()))))
    assert [(row["start_lag_s"], row["stop_lag_s"]) for row in rows] == [
        ("0.240000", "0.120000"),
        ("0.080000", "0.080000"),
        ("0.040000", ""),
    ]


def test_lags_come_back_as_they_were_written() -> None:
    coding = lagged()
    assert timeline_from_text(written(coding), SCHEME).events == coding.events


def test_a_timeline_without_lags_is_read_as_one_without_correction() -> None:
    lines = [line.split(",") for line in written(lagged()).splitlines()]
    places = [lines[0].index(name) for name in ("start_lag_s", "stop_lag_s")]
    text = "\n".join(
        ",".join(cell for place, cell in enumerate(line) if place not in places) for line in lines
    )
    read = timeline_from_text(text + "\n", SCHEME)
    assert [event.start_us for event in read.events] == [
        event.start_us for event in lagged().events
    ]
    assert {(event.start_lag_us, event.end_lag_us) for event in read.events} == {(0, 0)}


@pytest.mark.parametrize("wrong", ["x", "-0.240000"])
def test_a_lag_that_is_no_length_of_time_is_named_by_its_line(wrong: str) -> None:
    text = written(lagged()).replace("0.240000", wrong)
    with pytest.raises(FormatError, match="start_lag_s"):
        timeline_from_text(text, SCHEME)
