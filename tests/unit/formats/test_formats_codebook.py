from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.catalog import load_scheme
from ssp_coder.domain.coding import (
    Classification,
    Coding,
    CodingRole,
    DDecision,
    EpisodeMark,
    Event,
    EventId,
    SessionEnd,
)
from ssp_coder.domain.ethogram import CodeKind
from ssp_coder.domain.scale import Missing, Points, Rating
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import Micros
from ssp_coder.domain.words import english
from ssp_coder.formats.codebook import CodebookRow, codebook_rows, codebook_table
from ssp_coder.formats.columns import ORIGIN_WORDS, ColumnType, table_text
from ssp_coder.formats.dialect import FOR_EXCEL, PLAIN
from ssp_coder.formats.export import FORMATS
from ssp_coder.formats.exportable import Exportable
from tests.fixtures.table_schemes import other_scheme, small_scheme, us

INFANT = load_scheme("infant")
SPACED = {"suggestion_possible", "suggestion_needs", "suggestion_flags"}


def rows(scheme: Scheme = INFANT) -> dict[tuple[str, str], CodebookRow]:
    return {(row.table, row.name): row for row in codebook_rows((scheme,), PLAIN)}


@st.composite
def codings(draw: st.DrawFn) -> Coding:
    """A coding of the bundled scheme with anything in every place."""
    procedure, ratings = INFANT.procedure, []
    length = us(60)
    for slot in sorted(INFANT.slots, key=lambda slot: slot.id):
        scale = INFANT.scale(slot.scale)
        points = st.integers(0, int((scale.maximum - scale.minimum) / scale.step)).map(
            lambda step, scale=scale: Points(scale.minimum + step * scale.step)
        )
        reasons = st.sampled_from([Missing(reason.id) for reason in scale.missing_reasons])
        score = draw(st.none() | points | reasons)
        if score is not None:
            ratings.append(Rating(slot=slot.id, score=score))
    marks = tuple(
        EpisodeMark(
            episode=plan.id,
            start_us=draw(st.sampled_from([None, Micros(place * length)])),
            reason="",
        )
        for place, plan in enumerate(procedure.episodes)
        if draw(st.booleans())
    )
    return Coding(
        session="S1",
        coder="c1",
        role=draw(st.sampled_from(CodingRole)),
        events=tuple(_events(draw)),
        episodes=marks,
        session_end=draw(st.sampled_from([None, SessionEnd(at_us=us(600))])),
        ratings=tuple(ratings),
        classification=draw(st.none() | _classifications()),
        locked=draw(st.booleans()),
    )


def _events(draw: st.DrawFn) -> Iterator[Event]:
    for number in range(draw(st.integers(0, 6))):
        code = draw(st.sampled_from(tuple(INFANT.ethogram.codes())))
        start = us(number * 70)
        point = code.kind is CodeKind.POINT
        modifiers = tuple(
            (key, draw(st.sampled_from(INFANT.ethogram.modifier(key).values)).id)
            for key in code.modifiers
            if draw(st.booleans())
        )
        yield Event(
            id=EventId(number + 1),
            code=code.id,
            subject=draw(st.sampled_from(INFANT.ethogram.group(code.group).subjects)),
            start_us=start,
            end_us=start if point else draw(st.sampled_from([None, us(number * 70 + 5)])),
            modifiers=modifiers,
        )


def _classifications() -> st.SearchStrategy[Classification]:
    table = INFANT.rules
    return st.builds(
        Classification,
        primary=st.sampled_from([group.id for group in table.groups]),
        secondary=st.sampled_from(["", *table.subgroups()]),
        d_decision=st.sampled_from([None, *DDecision]),
        confidence=st.integers(0, 5),
    ).map(lambda own: own if table.group(own.primary).needs_secondary else _organised(own))


def _organised(own: Classification) -> Classification:
    subgroups = INFANT.rules.group(own.primary).subgroups
    return replace(own, secondary="", subgroup=subgroups[-1] if subgroups else "")


@given(codings())
def test_every_category_that_is_written_is_explained(coding: Coding) -> None:
    book = rows()
    entry = Exportable(coding=coding, scheme=INFANT)
    for form in FORMATS[:3]:
        text = form.content((entry,), PLAIN).decode()
        for row in csv.DictReader(io.StringIO(text)):
            for name, cell in row.items():
                described = book[form.id, name]
                values = cell.split() if name in SPACED else [cell] if cell else []
                known = {value for value, _ in described.levels}
                if described.type is ColumnType.CATEGORY and known:
                    assert set(values) <= known, (form.id, name, cell)


@given(codings())
def test_every_cell_is_of_the_type_that_the_codebook_says(coding: Coding) -> None:
    book = rows()
    entry = Exportable(coding=coding, scheme=INFANT)
    for form in FORMATS[:3]:
        text = form.content((entry,), PLAIN).decode()
        for row in csv.DictReader(io.StringIO(text)):
            for name, cell in row.items():
                if cell:
                    _check_type(book[form.id, name].type, cell)


def _check_type(kind: ColumnType, cell: str) -> None:
    if kind is ColumnType.INTEGER:
        assert str(int(cell)) == cell
    elif kind in {ColumnType.NUMBER, ColumnType.SECONDS}:
        float(cell)
    elif kind is ColumnType.FLAG:
        assert cell in {"0", "1"}
    elif kind is ColumnType.CLOCK:
        assert len(cell) == len("00:00:00.000")


def test_a_rating_has_its_range_its_anchors_and_where_the_reason_stands() -> None:
    slot = INFANT.slots[0]
    scale = INFANT.scale(slot.scale)
    row = rows()["scores", slot.id]
    assert row.unit == f"points {scale.minimum:g}-{scale.maximum:g}"
    assert len(row.levels) == len(scale.anchors)
    assert f"{slot.id}_missing" in row.missing_code


def test_reasons_why_a_rating_is_missing_are_levels_of_the_companion() -> None:
    slot = INFANT.slots[0]
    reasons = [reason.id for reason in INFANT.scale(slot.scale).missing_reasons]
    assert [value for value, _ in rows()["scores", f"{slot.id}_missing"].levels] == reasons


def test_every_rating_says_where_its_scale_comes_from() -> None:
    book = rows()
    for slot in INFANT.slots:
        origin = INFANT.scale(slot.scale).provenance.origin
        assert book["scores", slot.id].provenance.startswith(f"{ORIGIN_WORDS[origin]}: ")


def test_presence_says_what_stands_in_when_nobody_coded_it() -> None:
    assert "as the episode plans it" in rows()["events", "c_present"].note


def test_a_behaviour_that_stands_in_several_groups_tells_all_meanings() -> None:
    scheme = small_scheme()
    *groups, play = scheme.ethogram.groups
    namesake = replace(play.codes[0], name="none", title=english("Looks at nothing"))
    groups.append(replace(play, codes=(namesake,)))
    changed = replace(scheme, ethogram=replace(scheme.ethogram, groups=tuple(groups)))
    levels = dict(rows(changed)["events", "behaviour"].levels)
    assert levels["none"] == "None / Looks at nothing"


def test_the_note_tells_which_text_is_guarded_for_excel() -> None:
    guarded = {
        (row.table, row.name)
        for row in codebook_rows((INFANT,), FOR_EXCEL)
        if FOR_EXCEL.note in row.note
    }
    assert ("events", "comment") in guarded
    assert ("events", "behaviour") in guarded
    assert ("events", "start_s") not in guarded


def test_the_codebook_of_two_schemes_describes_the_columns_of_both() -> None:
    book = {(row.table, row.name) for row in codebook_rows((small_scheme(), other_scheme()), PLAIN)}
    assert {("events", "voice"), ("scores", "near_c_1"), ("scores", "near_c_2")} <= book


@pytest.mark.parametrize("name", ["infant", "demonstration"])
def test_levels_are_written_as_value_and_meaning(name: str) -> None:
    text = table_text(codebook_table(), codebook_rows((load_scheme(name),), PLAIN))
    found = {(row["table"], row["name"]): row for row in csv.DictReader(io.StringIO(text))}
    assert found["events", "type"]["levels"] == "point=no length; state=lasts"
    assert found["events", "c_present"]["levels"] == "1=yes; 0=no"
