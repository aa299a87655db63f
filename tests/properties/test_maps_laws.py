"""Laws of maps: each cell is what the table says of that child, and no more."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ssp_coder.catalog import load_rule_table
from ssp_coder.catalog.versions import table_of, version_in_file
from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.reporting.maps import MapSheet, cell_words, map_csv, map_lines
from ssp_coder.rules.evaluate import evaluate
from ssp_coder.rules.map import OutcomeMap, outcome_map
from tests.fixtures.rule_tables import SYNTHETIC, facts

MADE_UP = table_of(version_in_file(SYNTHETIC))
TABLES = {
    table.id: table
    for table in (
        load_rule_table("infant-main").table,
        load_rule_table("infant-default").table,
        MADE_UP,
    )
    if table is not None
}
EACH_TABLE = pytest.mark.parametrize("name", sorted(TABLES))


@st.composite
def drawings(draw: st.DrawFn, table: RuleTable) -> tuple[str, str, dict[str, float]]:
    """Two axes, and values of the others of which up to two are not given."""
    inputs = [one.id for one in table.inputs]
    x, y = draw(st.lists(st.sampled_from(inputs), min_size=2, max_size=2, unique=True))
    rest = [one for one in table.inputs if one.id not in (x, y)]
    fixed = {one.id: float(draw(st.integers(int(one.minimum), int(one.maximum)))) for one in rest}
    for gone in draw(st.lists(st.sampled_from(sorted(fixed)), max_size=2, unique=True)):
        del fixed[gone]
    return x, y, fixed


def asked(table: RuleTable, drawn: OutcomeMap, at_x: float, at_y: float):
    values = dict(drawn.fixed) | {drawn.x: at_x, drawn.y: at_y}
    rule = table.disorganization
    return evaluate(table, facts(values, d_assessed=rule is not None and rule.input in values))


def sheet_of(table: RuleTable, drawn: OutcomeMap) -> MapSheet:
    return MapSheet(map=drawn, table=table, sha256="")


@EACH_TABLE
@settings(max_examples=12)
@given(data=st.data())
def test_each_cell_is_what_the_table_says_there(name: str, data: st.DataObject) -> None:
    table = TABLES[name]
    x, y, fixed = data.draw(drawings(table))
    drawn = outcome_map(table, x, y, fixed)
    row = data.draw(st.integers(0, len(drawn.ys) - 1))
    for cell, at_x in zip(drawn.rows[row], drawn.xs, strict=True):
        verdict = asked(table, drawn, at_x, drawn.ys[row])
        assert cell.groups == verdict.possible
        assert cell.subgroups == verdict.possible_subgroups
        assert (cell.left_open, cell.exact) == (verdict.left_open, verdict.exact)
        assert cell.settled is (verdict.group is not None)


@EACH_TABLE
@settings(max_examples=12)
@given(data=st.data())
def test_more_that_is_known_never_opens_a_cell_further(name: str, data: st.DataObject) -> None:
    table = TABLES[name]
    x, y, fixed = data.draw(drawings(table))
    rule = table.disorganization
    # Without its input D takes no part, so that would be another question.
    asked_of_d = None if rule is None else rule.input
    others = sorted(fixed.keys() - {asked_of_d})
    assume(others)
    gone = data.draw(st.sampled_from(others))
    less = {one: value for one, value in fixed.items() if one != gone}
    more, fewer = outcome_map(table, x, y, fixed), outcome_map(table, x, y, less)
    for known, unknown in zip(more.rows, fewer.rows, strict=True):
        for narrow, wide in zip(known, unknown, strict=True):
            assert set(narrow.groups) <= set(wide.groups)


@EACH_TABLE
@settings(max_examples=12)
@given(data=st.data())
def test_turned_axes_give_the_turned_map(name: str, data: st.DataObject) -> None:
    table = TABLES[name]
    x, y, fixed = data.draw(drawings(table))
    drawn, turned = outcome_map(table, x, y, fixed), outcome_map(table, y, x, fixed)
    assert turned.rows == tuple(zip(*drawn.rows, strict=True))


@EACH_TABLE
@settings(max_examples=12)
@given(data=st.data())
def test_the_table_and_the_grid_tell_the_same_cells(name: str, data: st.DataObject) -> None:
    table = TABLES[name]
    x, y, fixed = data.draw(drawings(table))
    drawn = outcome_map(table, x, y, fixed)
    sheet = sheet_of(table, drawn)
    rows = list(csv.DictReader(io.StringIO(map_csv(sheet))))
    cells = [cell for row in drawn.rows for cell in row]
    assert [row["groups"].split() for row in rows] == [list(cell.groups) for cell in cells]
    grid = [line.split()[1:] for line in list(map_lines(sheet))[2 : 2 + len(drawn.ys)]]
    assert grid == [[cell_words(cell) for cell in row] for row in reversed(drawn.rows)]


@EACH_TABLE
@settings(max_examples=12)
@given(data=st.data())
def test_the_words_explain_every_sign_and_group_on_the_map(name: str, data: st.DataObject) -> None:
    table = TABLES[name]
    x, y, fixed = data.draw(drawings(table))
    sheet = sheet_of(table, outcome_map(table, x, y, fixed))
    lines = list(map_lines(sheet))
    grid, foot = lines[2 : 2 + len(sheet.map.ys)], lines[2 + len(sheet.map.ys) :]
    for sign in ("?", "/"):
        drawn = any(sign in line for line in grid)
        assert drawn is any(line.startswith(f"{sign}: ") for line in foot)
    for group in sheet.map.groups():
        assert any(line.startswith(f"{group}: ") for line in foot)
