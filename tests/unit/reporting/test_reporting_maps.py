"""Maps of outcomes: the grid, the table and the picture say the same."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from ssp_coder.catalog import load_rule_table
from ssp_coder.domain.words import Origin, Provenance, english
from ssp_coder.reporting.map_picture import COLOURS, HATCHES, map_svg
from ssp_coder.reporting.maps import MapSheet, cell_words, map_csv, map_lines
from ssp_coder.rules.map import Cell, outcome_map
from tests.fixtures.rule_tables import prototype, section_five, without

LOADED = load_rule_table("infant-main")
SVG = "{http://www.w3.org/2000/svg}"


def sheet(*, table=LOADED.table, x="avo_c_8", y="res_c_8", fixed=None) -> MapSheet:
    held = prototype("B3") if fixed is None else fixed
    return MapSheet(map=outcome_map(table, x, y, held), table=table, sha256=LOADED.sha256)


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314  # the picture that was just made


def words_in_picture(text: str) -> list[str]:
    cells = parsed(text).iter(f"{SVG}text")
    return [one.text or "" for one in cells if one.get("class") in ("cell", "small")]


def grid_of(lines: list[str]) -> list[list[str]]:
    return [line.split() for line in lines[2:9]]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (Cell(groups=("B",), subgroups=(), exact=True), "B"),
        (Cell(groups=("A", "B"), subgroups=(), exact=True, left_open=True), "A?B"),
        (Cell(groups=("A", "B"), subgroups=(), exact=True), "A/B"),
    ],
)
def test_a_cell_tells_settled_open_and_unknown_apart(cell: Cell, words: str) -> None:
    assert cell_words(cell) == words


def test_the_highest_value_stands_on_top_and_the_columns_rise() -> None:
    lines = list(map_lines(sheet()))
    rows = grid_of(lines)
    assert [row[0] for row in rows] == ["7", "6", "5", "4", "3", "2", "1"]
    assert lines[9].split() == ["1", "2", "3", "4", "5", "6", "7"]


def test_each_cell_of_the_grid_is_what_the_table_gives_there() -> None:
    drawn = sheet()
    rows = grid_of(list(map_lines(drawn)))
    for value, row in zip(drawn.map.ys, drawn.map.rows, strict=True):
        shown = rows[int(7 - value)][1:]
        assert shown == [cell_words(cell) for cell in row]


def test_the_axes_the_rest_and_the_source_are_told() -> None:
    text = "\n".join(map_lines(sheet(fixed=without(prototype("B3"), "dist_c_5"))))
    assert "Resistance, reunion 2 (res_c_8) upward, Avoidance, reunion 2 (avo_c_8)" in text
    assert "Held: pcs_c_5 5" in text
    assert "Not given: dist_c_5" in text
    assert f"Rule table: infant-main {LOADED.table.version}, sha256 {LOADED.sha256[:12]}" in text
    assert "project default, not published" in text


def test_a_sign_is_explained_only_where_it_occurs() -> None:
    held, free = "\n".join(map_lines(sheet())), "\n".join(map_lines(sheet(fixed={})))
    assert "?: the table leaves it open" in held
    assert "/: any of these" not in held
    assert "/: any of these" in free


def test_the_table_has_one_row_a_cell() -> None:
    rows = list(csv.DictReader(io.StringIO(map_csv(sheet()))))
    assert len(rows) == 49
    first = next(row for row in rows if (row["avo_c_8"], row["res_c_8"]) == ("4", "1"))
    assert (first["groups"], first["left_open"]) == ("A B", "1")
    assert all(row["ruleset_id"] == f"infant-main {LOADED.table.version}" for row in rows)


def test_the_picture_is_valid_and_says_what_the_grid_says() -> None:
    drawn = sheet()
    rows = grid_of(list(map_lines(drawn)))
    assert words_in_picture(map_svg(drawn)) == [word for row in rows for word in row[1:]]


def test_the_picture_names_its_groups_and_its_source() -> None:
    root = parsed(map_svg(sheet()))
    text = " ".join(one.text or "" for one in root.iter(f"{SVG}text"))
    for words in ("A: Avoidant", "B: Secure", "infant-main", "project default", "Held:"):
        assert words in text
    assert root.find(f"{SVG}title") is not None
    assert root.get("role") == "img"


def test_every_group_of_the_legend_has_its_own_colour_and_hatch() -> None:
    root = parsed(map_svg(sheet(fixed={})))
    fills = [one.get("fill") for one in root.iter(f"{SVG}rect") if one.get("height") == "16"]
    assert len(fills) == len(set(fills)) == 5
    patterns = {one.get("id") for one in root.iter(f"{SVG}pattern")}
    assert {fill.removeprefix("url(#").removesuffix(")") for fill in fills if fill} <= patterns


def test_no_two_colours_and_no_two_hatches_are_alike() -> None:
    assert len(set(COLOURS)) == len(set(HATCHES)) == len(COLOURS) == len(HATCHES)


def test_nothing_is_drawn_outside_the_picture() -> None:
    root = parsed(map_svg(sheet(fixed={})))
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    for one in root.iter(f"{SVG}rect"):
        left, top = float(one.get("x", 0)), float(one.get("y", 0))
        inside = left + float(one.get("width", 0)) <= width
        assert one.get("id") or (inside and top + float(one.get("height", 0)) <= height)
    assert all(float(one.get("y", 0)) < height for one in root.iter(f"{SVG}text"))


def test_names_with_signs_of_their_own_do_not_break_the_picture() -> None:
    table = section_five()
    evil = replace(
        table,
        title=english('</svg> & "quotes" <script>'),
        provenance=Provenance(origin=Origin.LAB, source="a < b & c"),
    )
    root = parsed(map_svg(sheet(table=evil)))
    assert root.findtext(f"{SVG}title", "").startswith('</svg> & "quotes" <script>')
    assert not list(root.iter("script"))


def test_a_count_makes_a_map_of_its_own_size() -> None:
    drawn = sheet(x="cry_8", y="avo_c_8")
    assert [len(row) for row in drawn.map.rows] == [13] * 7
    assert len(words_in_picture(map_svg(drawn))) == 13 * 7
