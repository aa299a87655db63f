"""The matrix of a rule table, for a terminal, as Markdown and as CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from ssp_coder.catalog import load_rule_table
from ssp_coder.domain.words import Origin, Provenance, english
from ssp_coder.reporting.tables import matrix_csv, matrix_lines, matrix_markdown, matrix_parts
from tests.fixtures.rule_tables import (
    condition,
    deciding,
    function,
    linear,
    main_rule,
    rule_input,
    section_five,
)

MAIN = load_rule_table("infant-main").table
BANDS = load_rule_table("infant-default").table
RULES = deciding(
    section_five(),
    main_rule("high", condition("avo_c_8", 4, 7), groups=("A",)),
    main_rule(
        "low",
        condition("avo_c_8", 1, 3),
        groups=("B", "C"),
        any_of=(condition("pcs_c_8", 3, 3), condition("avo_c_8", 2, 3)),
    ),
)


def part(table, name):
    return next(one for one in matrix_parts(table) if one.id == name)


def rows_of(table) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(matrix_csv(table))))


def test_the_parts_stand_in_the_order_in_which_they_act() -> None:
    assert [one.id for one in matrix_parts(MAIN)] == [
        "main",
        "profile",
        "overlay",
        "disorganization",
    ]


def test_every_rule_profile_and_overlay_has_its_row() -> None:
    assert [row.id for row in part(MAIN, "main").rows] == [rule.id for rule in MAIN.main]
    profiles = [row.id for row in part(MAIN, "profile").rows]
    assert profiles == ["weight", *(profile.id for profile in MAIN.profiles)]
    assert [row.id for row in part(BANDS, "overlay").rows] == [o.id for o in BANDS.overlays]


def test_a_part_lists_only_the_inputs_it_reads_in_the_tables_order() -> None:
    assert part(RULES, "main").inputs == ("pcs_c_8", "avo_c_8")


def test_a_cell_says_what_must_hold_and_of_what_one_is_enough() -> None:
    high, low = part(RULES, "main").rows
    assert (high.cells, high.outcome) == ((".", "4-7"), "A")
    assert (low.cells, low.outcome) == (("or 3", "1-3 (or 2-3)"), "B?C")


def test_the_weights_stand_above_the_bands() -> None:
    weights = part(section_five(), "profile").rows[0]
    assert weights.cells[:8] == ("1", "1", "2", "2", "2", "2", "4", "4")


def test_the_decision_point_has_three_rows() -> None:
    rows = part(MAIN, "disorganization").rows
    assert [(row.cells, row.outcome) for row in rows] == [
        (("> 5",), "D"),
        (("5",), "the coder decides"),
        (("< 5",), "not D"),
    ]


def test_lines_align_and_put_scale_over_episode() -> None:
    lines = list(matrix_lines(section_five()))
    head = next(at for at, line in enumerate(lines) if "pcs_c" in line)
    assert lines[head].index("pcs_c") == lines[head + 1].index("5")
    assert all(line == line.rstrip() for line in lines)
    first = next(line for line in lines if line.strip().startswith("A1 "))
    assert first.split()[1:4] == ["1-2", "1-2", "5-7"]
    assert first.split()[-1] == "A"


def test_rules_of_one_source_tell_it_once() -> None:
    text = "\n".join(matrix_lines(section_five()))
    assert "[1]" not in text
    assert text.count("project default, not published (bands of section 5)") == 4


def test_rules_of_several_sources_are_marked() -> None:
    high, low = RULES.main
    checked = Provenance(origin=Origin.VERIFIED, source="a book")
    lines = list(matrix_lines(replace(RULES, main=(replace(high, provenance=checked), low))))
    assert any(line.strip() == "[1] verified source (a book)" for line in lines)
    assert next(line for line in lines if line.strip().startswith("high")).endswith("[1]")
    assert next(line for line in lines if line.strip().startswith("low")).endswith("[2]")


def test_what_a_table_is_put_together_with_is_told() -> None:
    assert list(matrix_lines(MAIN))[-1].startswith("Put together with infant-default ")


def test_functions_show_constant_and_weights() -> None:
    table = linear(
        (rule_input("x"), rule_input("y")),
        (function("A", -1.5, x=0.25), function("B", 2.0, x=-1.0, y=3.0)),
    )
    functions = part(table, "function")
    assert functions.inputs == ("constant", "x", "y")
    assert [row.cells for row in functions.rows] == [("-1.5", "0.25", "."), ("2", "-1", "3")]


def test_a_closed_table_says_so_and_shows_no_number() -> None:
    lines = list(matrix_lines(load_rule_table("richters-1988").table))
    assert lines[-1] == "Closed: its numbers are not filled in"
    assert not any("constant" in line for line in lines)


def test_csv_has_a_column_an_input_and_no_cell_that_looks_like_a_date() -> None:
    rows = rows_of(BANDS)
    first = next(row for row in rows if row["id"] == "A1")
    assert (first["part"], first["avo_c_8"], first["outcome"]) == ("profile", "5 to 7", "A")
    assert first["dist_c_5"] == ""
    assert first["origin"] == "project default, not published"
    inputs = [one.id for one in BANDS.inputs]
    assert all("-" not in row[name] for row in rows for name in inputs)


def test_csv_of_functions_keeps_their_signs() -> None:
    table = linear((rule_input("x"),), (function("A", -1.5, x=-0.25),))
    (row, *_) = rows_of(table)
    assert (row["constant"], row["x"]) == ("-1.5", "-0.25")


@pytest.mark.parametrize("table", [MAIN, BANDS, RULES], ids=lambda table: table.id)
def test_markdown_rows_have_as_many_cells_as_heads(table) -> None:
    widths: dict[str, set[int]] = {}
    section = ""
    for line in matrix_markdown(table):
        section = line if line.startswith("##") else section
        if line.startswith("|"):
            widths.setdefault(section, set()).add(line.count("|"))
    assert widths
    assert all(len(found) == 1 for found in widths.values())


def test_a_stroke_in_a_title_does_not_break_the_markdown() -> None:
    rule = replace(RULES.main[0], title=english("this | that"))
    text = "\n".join(matrix_markdown(replace(RULES, main=(rule,))))
    assert r"this \| that" in text
