"""What an audit tells of each kind of table, as in its golden files."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.ruletable import RuleExample
from ssp_coder.domain.words import Origin, Provenance
from ssp_coder.reporting.audits import audit_lines
from ssp_coder.rules.cells import census
from tests.fixtures.rule_tables import deciding, section_five
from tests.unit.reporting.golden_texts import GAP, TABLES, WHOLE, assert_golden


@pytest.mark.parametrize("name", sorted(TABLES))
def test_the_audit_is_as_in_its_golden_file(name: str) -> None:
    assert_golden(f"audit_{name}.txt", audit_lines(TABLES[name]))


def test_a_closed_table_is_told_as_in_its_golden_file() -> None:
    closed = replace(TABLES["functions"], functions=(), cases=(), closed="it waits for numbers")
    assert_golden("audit_closed.txt", audit_lines(closed))


def test_an_example_that_does_not_come_out_is_told_as_in_its_golden_file() -> None:
    table = TABLES["profiles"]
    (example,) = table.examples
    wrong = RuleExample(values=example.values, group="A", subgroup="A1")
    assert_golden("audit_wrong_example.txt", audit_lines(replace(table, examples=(example, wrong))))


def test_several_origins_are_told_with_the_projects_own_last() -> None:
    table = TABLES["decisions"]
    checked = Provenance(origin=Origin.VERIFIED, source="a book")
    rules = (replace(table.main[0], provenance=checked), *table.main[1:])
    lines = list(audit_lines(replace(table, main=rules)))
    at = lines.index("Where its statements come from:")
    assert lines[at + 1 : at + 3] == ["  verified source (a book):", "    rules avoids"]
    assert "project default" in lines[at + 3]


def test_the_shares_of_the_golden_audit_are_those_counted() -> None:
    space = census(TABLES["decisions"])
    counts = dict(space.outcomes)
    assert space.total == 7 * 7
    assert counts == {("A",): 4 * 4, ("B",): 3 * 4, ("C",): 4 * 3, ("A", "C"): 3 * 3}
    assert [space.holding(rule.id) for rule in WHOLE] == [16, 12, 12, 9]


def test_a_gap_is_counted_and_no_share_is_lost() -> None:
    table = deciding(section_five(), *GAP)
    space = census(table)
    assert sum(region.count for region in space.gaps) == 7 * 3
    text = "\n".join(audit_lines(table))
    assert "1 gaps, 0 conflicts" in text
    assert "no rule" in text
