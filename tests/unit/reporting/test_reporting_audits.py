"""The figures of an audit."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from ssp_coder.catalog import load_rule_table
from ssp_coder.domain.ruletable import Citation, RuleExample
from ssp_coder.reporting.audits import audit_lines, origin_lines, percent
from tests.fixtures.rule_tables import (
    condition,
    deciding,
    main_rule,
    profile,
    rule_input,
    tiny,
)

SMALL = deciding(
    tiny(
        (rule_input("x", 1, 4), rule_input("y", 1, 5)),
        (profile("one", "A", ()), profile("two", "B", ())),
    ),
    main_rule("low", condition("x", 1, 3), groups=("A",)),
    main_rule("high", condition("x", 4, 4), condition("y", 1, 2), groups=("B",)),
    main_rule("either", condition("x", 4, 4), condition("y", 3, 5), groups=("A", "B")),
)


def lines(table) -> list[str]:
    return list(audit_lines(table))


def counted(found: list[str], name: str) -> int:
    line = next(line for line in found if re.match(rf"  {re.escape(name)} +\d", line))
    return int(line.split()[1].replace(",", ""))


def test_every_combination_is_counted_once() -> None:
    found = lines(SMALL)
    assert (counted(found, "A"), counted(found, "B"), counted(found, "A?B")) == (15, 2, 3)
    assert any(line.startswith("All 20 combinations of 2 inputs gone through") for line in found)
    assert "Settled: 85.00 %; left open: 15.00 %" in found


def test_each_rule_tells_in_how_many_combinations_it_holds() -> None:
    found = lines(SMALL)
    assert [counted(found, name) for name in ("low", "high", "either")] == [15, 2, 3]


def test_gaps_are_counted_as_no_rule() -> None:
    found = lines(replace(SMALL, main=SMALL.main[:2]))
    assert any("1 gaps, 0 conflicts" in line for line in found)
    assert any(line.strip().startswith("no rule") for line in found)


def test_the_bundled_table_answers_every_combination_once() -> None:
    found = lines(load_rule_table("infant-main").table)
    whole = next(line for line in found if line.startswith("All "))
    assert whole.startswith(f"All {7**10:,} combinations of 10 inputs")
    assert whole.endswith("exactly one answer for each")
    required = next(line for line in found if line.startswith("The 8 required"))
    assert f"{7**8:,} combinations" in required


def test_the_shares_of_the_required_ratings_add_up() -> None:
    found = lines(load_rule_table("infant-default").table)
    start = next(at for at, line in enumerate(found) if line.startswith("The 8 required"))
    rows = [line for line in found[start + 1 :] if line.startswith("  ")]
    rows = rows[: next(at for at, line in enumerate(rows) if not re.search(r"\d %$", line))]
    assert sum(int(row.split()[1].replace(",", "")) for row in rows) == 7**8


def test_an_example_that_does_not_come_out_is_told() -> None:
    wrong = RuleExample(values=(("x", 1.0), ("y", 1.0)), group="B")
    found = lines(replace(SMALL, examples=(wrong,)))
    assert any("of the table: stated B, found A" in line for line in found)
    assert not any(line.endswith("all come out") for line in found)


def test_what_is_a_project_default_is_listed_last() -> None:
    found = list(origin_lines(load_rule_table("infant-main").table))
    origins = [line.split(",")[0].strip() for line in found[1::2]]
    assert origins == sorted(origins, key=lambda words: words.startswith("project default"))
    assert origins[-1] == "project default"
    assert any("subgroups A1, A2" in line for line in found)


def test_a_citation_is_told_with_its_page() -> None:
    cited = replace(SMALL, citation=Citation(work="A paper", page="Table 3"))
    assert "  numbers: A paper, Table 3" in list(origin_lines(cited))


@pytest.mark.parametrize("name", ["richters-1988", "simonelli-2014"])
def test_a_closed_table_has_no_figures(name: str) -> None:
    found = lines(load_rule_table(name).table)
    assert found[-1] == "Closed: its numbers are not filled in"
    assert len(found) == 3


@pytest.mark.parametrize(
    ("part", "total", "words"),
    [(0, 7, "0.00 %"), (7, 7, "100.00 %"), (1, 4, "25.00 %"), (1, 1_000_000, "0.00010 %")],
)
def test_a_tiny_share_never_looks_like_none(part: int, total: int, words: str) -> None:
    assert percent(part, total) == words
