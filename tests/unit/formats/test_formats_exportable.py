from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.coding import CodingRole
from ssp_coder.formats.columns import ColumnType, table_text
from ssp_coder.formats.dialect import PLAIN
from ssp_coder.formats.export import FORMATS, SEVERAL, stem_of
from ssp_coder.formats.exportable import ROLE_LEVELS, Exportable, schemes_of
from ssp_coder.formats.timeline import event_rows, timeline_table
from tests.fixtures.table_schemes import (
    bare_coding,
    event,
    full_coding,
    other_scheme,
    small_scheme,
)

SCHEME = small_scheme()
FULL = Exportable(coding=full_coding(), scheme=SCHEME)


def test_each_scheme_is_taken_once_in_order_of_appearance() -> None:
    other = Exportable(coding=full_coding(), scheme=other_scheme())
    assert [scheme.id for scheme in schemes_of((FULL, other, FULL))] == ["small", "other"]


def test_every_role_of_a_coding_is_explained() -> None:
    assert [value for value, _ in ROLE_LEVELS] == [role.value for role in CodingRole]


@pytest.mark.parametrize("table", [form.id for form in FORMATS[:3]])
def test_every_table_begins_with_session_coder_and_role(table: str) -> None:
    form = next(form for form in FORMATS if form.id == table)
    coding = replace(full_coding(), role=CodingRole.CONSENSUS)
    text = form.content((Exportable(coding=coding, scheme=SCHEME),), PLAIN).decode()
    header, first, *_ = text.splitlines()
    assert header.startswith("session_id,coder_id,coding_role,")
    assert first.startswith("S001,c01,consensus,")


@pytest.mark.parametrize(
    ("session", "coder", "stem"),
    [
        ("S001", "c01", "S001.c01"),
        ("S 1/2", "c01", "S_1_2.c01"),
        ("..", "c01", "c01"),
        ("Zoë", "ü", "Zoë.ü"),
    ],
)
def test_files_are_named_by_session_and_coder(session: str, coder: str, stem: str) -> None:
    coding = replace(full_coding(), session=session, coder=coder)
    assert stem_of((Exportable(coding=coding, scheme=SCHEME),)) == stem


def test_the_files_of_several_codings_have_a_name_of_their_own() -> None:
    assert stem_of((FULL, FULL)) == SEVERAL


def test_a_coding_without_events_has_a_table_with_a_header_only() -> None:
    entry = Exportable(coding=bare_coding(), scheme=SCHEME)
    text = table_text(timeline_table((SCHEME,)), event_rows(entry))
    assert text.count("\n") == 1


def test_a_modifier_of_another_scheme_leaves_its_column_empty() -> None:
    schemes = (SCHEME, other_scheme())
    entry = Exportable(coding=bare_coding(event("seeking.reach", 1)), scheme=SCHEME)
    header, row = table_text(timeline_table(schemes), event_rows(entry)).splitlines()
    cells = dict(zip(header.split(","), row.split(","), strict=True))
    assert (cells["voice"], cells["modifier_toward"]) == ("", "")


def test_times_are_columns_of_seconds_and_of_clocks() -> None:
    kinds = {column.name: column.type for column in timeline_table((SCHEME,)).columns}
    assert kinds["start_s"] is ColumnType.SECONDS
    assert kinds["start_time"] is ColumnType.CLOCK
    assert kinds["start_frame"] is ColumnType.INTEGER
