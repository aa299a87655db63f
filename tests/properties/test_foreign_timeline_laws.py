"""Timelines of other programs: what is read is what was written, whatever the order of rows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.domain.ethogram import CodeKind
from ssp_coder.domain.time import seconds_text
from ssp_coder.formats.dialect import line_of, sheet_from_bytes
from ssp_coder.formats.errors import FormatError
from ssp_coder.formats.foreign_timeline import (
    ForeignTimeline,
    events_of,
    foreign_timeline,
    scheme_found_in,
)
from tests.builders import infant_scheme

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["infant", "adult"]),
        st.sampled_from(["play", "cry", "face.smile", "face.frown"]),
        st.integers(0, 10**9),
        st.integers(0, 10**8),
    ),
    max_size=25,
)
Rows = list[tuple[str, str, int, int]]


def read(rows: Rows) -> ForeignTimeline:
    lines = [line_of(("subject", "behaviour", "start_s", "stop_s"))]
    lines += [
        line_of((subject, name, seconds_text(start), seconds_text(start + length)))
        for subject, name, start, length in rows
    ]
    return foreign_timeline(sheet_from_bytes("".join(lines).encode(), "a.csv"))


@given(ROWS)
def test_every_row_becomes_one_event_with_its_time(rows: Rows) -> None:
    timeline = read(rows)
    scheme = scheme_found_in((timeline,), infant_scheme())
    found = sorted((e.subject, e.start_us) for e in events_of(timeline, scheme))
    assert found == sorted((subject, start) for subject, _, start, _ in rows)


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: Rows, random) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    first = scheme_found_in((read(rows),), infant_scheme())
    second = scheme_found_in((read(shuffled),), infant_scheme())
    assert first.sha256 == second.sha256


@given(ROWS)
def test_states_of_an_exclusive_group_never_share_time(rows: Rows) -> None:
    timeline = read(rows)
    scheme = scheme_found_in((timeline,), infant_scheme())
    for group in scheme.ethogram.groups:
        shared = False
        for person in group.subjects:
            spans = [
                (e.start_us, e.end_us)
                for e in events_of(timeline, scheme)
                if e.subject == person
                and scheme.ethogram.code(e.code).group == group.id
                and scheme.ethogram.code(e.code).kind is CodeKind.STATE
            ]
            shared = shared or any(
                a[0] < b[1] and b[0] < a[1]
                for place, a in enumerate(spans)
                for b in spans[place + 1 :]
            )
        assert not (group.exclusive and shared)


@given(ROWS, ROWS)
def test_both_files_share_one_scheme_with_all_their_codes(first: Rows, second: Rows) -> None:
    timelines = read(first), read(second)
    scheme = scheme_found_in(timelines, infant_scheme())
    used = {row.code for timeline in timelines for row in timeline.rows}
    assert {code.id for code in scheme.ethogram.codes()} == used


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(content: bytes) -> None:
    complaint = ""
    try:
        foreign_timeline(sheet_from_bytes(content, "a.csv"))
    except FormatError as error:
        complaint = str(error)
    assert complaint == "" or complaint.startswith("a.csv")
