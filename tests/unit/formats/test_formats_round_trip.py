"""Laws that hold between a coding, its files in both dialects, and its frames."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssp_coder.agreement.compare import compare
from ssp_coder.domain.coding import Classification, Coding, Event
from ssp_coder.domain.scale import Missing, Points, Rating
from ssp_coder.editing.apply import apply
from ssp_coder.formats.export import export_codings
from ssp_coder.formats.exportable import Exportable
from ssp_coder.formats.frames import frame_of
from ssp_coder.formats.ratings import read_ratings
from ssp_coder.formats.timeline import event_rows, timeline_table
from ssp_coder.formats.timeline_import import plan_import
from ssp_coder.formats.timeline_reading import read_timeline
from ssp_coder.rules.evaluate import evaluate
from ssp_coder.rules.facts import facts_from_coding
from tests.fixtures.table_schemes import bare_coding, event, full_coding, small_scheme

SCHEME = small_scheme()
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["seeking.reach", "seeking.lean", "play.look", "play.handle"]),
        st.integers(0, 100_000_000),
        st.none() | st.integers(1, 9_000_000),
        WORDS,
    ),
    max_size=6,
)


def drawn_event(code: str, start_us: int, length_us: int | None, comment: str) -> Event:
    end_s = None if length_us is None else (start_us + length_us) / 1e6
    return event(code, start_us / 1e6, end_s, comment=comment)


@st.composite
def codings(draw: st.DrawFn) -> Coding:
    """The full coding with other events, ratings and words."""
    base = full_coding()
    events = bare_coding(*(drawn_event(*one) for one in draw(EVENTS))).events
    ratings = []
    for slot in SCHEME.slots:
        highest = int(SCHEME.scale(slot.scale).maximum)
        half_points = st.integers(2, 2 * highest).map(lambda half: Points(half / 2))
        score = draw(st.none() | half_points | st.just(Missing("NA_view")))
        if score is not None:
            ratings.append(Rating(slot=slot.id, score=score))
    own = Classification(primary="D", secondary="B1", rationale=draw(WORDS), d_reason=draw(WORDS))
    return replace(
        base,
        events=events,
        ratings=tuple(sorted(ratings, key=lambda rating: rating.slot)),
        classification=draw(st.sampled_from([None, own])),
    )


def entry(coding: Coding) -> Exportable:
    return Exportable(coding=coding, scheme=SCHEME)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@settings(max_examples=25)
@given(codings(), st.booleans())
def test_events_come_back_from_the_disk_in_both_dialects(coding: Coding, for_excel: bool) -> None:
    with TemporaryDirectory() as folder:
        events, *_ = export_codings((entry(coding),), Path(folder), for_excel=for_excel)
        assert read_timeline(events, SCHEME).events == coding.events


@settings(max_examples=25)
@given(codings(), st.booleans())
def test_the_exported_scores_lead_to_the_same_suggestion(coding: Coding, for_excel: bool) -> None:
    with TemporaryDirectory() as folder:
        _, scores, *_ = export_codings((entry(coding),), Path(folder), for_excel=for_excel)
        (row,) = read_ratings(scores, SCHEME).rows
        assert row.facts == facts_from_coding(coding, SCHEME)
        assert evaluate(SCHEME.rules, row.facts) == evaluate(
            SCHEME.rules, facts_from_coding(coding, SCHEME)
        )


@settings(max_examples=25)
@given(codings())
def test_an_imported_copy_agrees_fully_with_its_source(coding: Coding) -> None:
    with TemporaryDirectory() as folder:
        events, *_ = export_codings((entry(coding),), Path(folder))
        empty = replace(coding, events=(), coder="c02")
        copy = apply(empty, plan_import(empty, SCHEME, events), SCHEME)
    comparison = compare(copy, coding, SCHEME)
    assert comparison.overall.matches == len(coding.events)
    assert comparison.overall.agreement in {1.0, None}
    assert not any(row.ends_apart for row in comparison.rows)


@settings(max_examples=25)
@given(codings())
def test_frame_and_file_hold_the_same(coding: Coding) -> None:
    frame = frame_of(timeline_table((SCHEME,)), event_rows(entry(coding)))
    with TemporaryDirectory() as folder:
        events, *_ = export_codings((entry(coding),), Path(folder))
        read = rows_of(events)
    assert len(frame) == len(read)
    for number, cells in enumerate(read):
        for name, cell in cells.items():
            if name in frame and not name.endswith("_s"):
                value = frame.loc[number, name]
                assert (cell == "") is bool(pandas.isna(value))
        assert float(cells["start_s"]) == pytest.approx(frame.loc[number, "start_s"])


@settings(max_examples=25)
@given(st.lists(codings(), min_size=2, max_size=4))
def test_stacked_tables_hold_each_coding_once(several: Sequence[Coding]) -> None:
    named = [replace(coding, coder=f"c{number}") for number, coding in enumerate(several)]
    with TemporaryDirectory() as folder:
        events, scores, episodes, *_ = export_codings([entry(one) for one in named], Path(folder))
        by_coder = Counter(row["coder_id"] for row in rows_of(events))
        scored = [row["coder_id"] for row in rows_of(scores)]
        marked = Counter(row["coder_id"] for row in rows_of(episodes))
    assert by_coder == Counter({one.coder: len(one.events) for one in named if one.events})
    assert scored == [one.coder for one in named]
    assert set(marked.values()) == {len(SCHEME.procedure.episodes)}


@settings(max_examples=25)
@given(codings())
def test_exporting_is_the_same_every_time(coding: Coding) -> None:
    with TemporaryDirectory() as first, TemporaryDirectory() as second:
        *one, _ = export_codings((entry(coding),), Path(first))
        *other, _ = export_codings((entry(coding),), Path(second))
        assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]
