"""Maps of each kind of table, as in their golden files."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from ssp_coder.reporting.map_picture import map_svg
from ssp_coder.reporting.maps import MapSheet, map_csv, map_lines
from ssp_coder.rules.map import outcome_map
from tests.fixtures.rule_tables import prototype, without
from tests.unit.reporting.golden_texts import FOLDER, TABLES, assert_golden

EACH = pytest.mark.parametrize("name", sorted(TABLES))
NOT_HELD = ("avo_c_8", "res_c_8", "dorg")


def sheet(name: str) -> MapSheet:
    table = TABLES[name]
    known = {one.id for one in table.inputs}
    held = {
        one: value for one, value in without(prototype("B3"), *NOT_HELD).items() if one in known
    }
    drawn = outcome_map(table, "avo_c_8", "res_c_8", held)
    return MapSheet(map=drawn, table=table, sha256="0123456789abcdef")


@EACH
def test_the_map_for_a_terminal_is_as_in_its_golden_file(name: str) -> None:
    assert_golden(f"map_{name}.txt", map_lines(sheet(name)))


@EACH
def test_the_map_as_csv_is_as_in_its_golden_file(name: str) -> None:
    assert_golden(f"map_{name}.csv", map_csv(sheet(name)))


def test_the_picture_is_as_in_its_golden_file() -> None:
    assert_golden("map_decisions.svg", map_svg(sheet("decisions")))


def test_the_golden_picture_loads_nothing_from_anywhere() -> None:
    root = ET.fromstring((FOLDER / "map_decisions.svg").read_bytes())  # noqa: S314  # our own file
    for one in root.iter():
        assert not one.tag.endswith(("script", "image", "use", "a"))
        assert not any(name.endswith("href") for name in one.attrib)


def test_an_unknown_rating_is_told_apart_from_what_the_table_leaves_open() -> None:
    table = TABLES["decisions"]
    less = MapSheet(map=outcome_map(table, "avo_c_8", "pcs_c_8", {}), table=table, sha256="")
    assert_golden("map_unknown.txt", map_lines(less))
