"""From a ratings file in the columns of the bundled scheme to a suggestion."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from ssp_coder.catalog import load_scheme
from ssp_coder.domain.verdict import Verdict
from ssp_coder.formats.ratings import ratings_from_text
from ssp_coder.rules.evaluate import evaluate
from tests.fixtures.rule_tables import BANDS, prototype

SCHEME = load_scheme("infant")


def verdicts(*rows: Mapping[str, object], columns: tuple[str, ...] = ()) -> list[Verdict]:
    names = columns or tuple(dict.fromkeys(name for row in rows for name in row))
    lines = [",".join(("session_id", *names))]
    for number, row in enumerate(rows, start=1):
        lines.append(",".join((f"S{number}", *(str(row.get(name, "")) for name in names))))
    ratings = ratings_from_text("\n".join(lines) + "\n", SCHEME)
    return [evaluate(SCHEME.rules, row.facts) for row in ratings.rows]


def test_a_clear_case_of_every_subgroup_is_told_from_one_file() -> None:
    found = verdicts(*(prototype(name) for name in BANDS))
    assert [verdict.subgroup for verdict in found] == list(BANDS)


def test_a_file_without_d_gets_the_organised_group_only() -> None:
    row = {name: value for name, value in prototype("B3").items() if name != "dorg"}
    (verdict,) = verdicts(row)
    assert verdict.possible == ("B",)


def test_a_file_with_an_unrated_d_leaves_d_possible() -> None:
    (verdict,) = verdicts(prototype("B3") | {"dorg": ""})
    assert set(verdict.possible) == {"B", "D"}
    assert verdict.needs == ("dorg",)


@pytest.mark.parametrize(("decision", "group"), [("coder_yes", "D"), ("coder_no", "B")])
def test_the_decision_of_the_coder_settles_the_decision_point(decision: str, group: str) -> None:
    (verdict,) = verdicts(prototype("B3") | {"dorg": 5, "d_decision": decision})
    assert verdict.group == group


def test_a_lost_view_leaves_open_what_it_could_turn() -> None:
    (verdict,) = verdicts(prototype("A2") | {"avo_c_8": "NA_view"})
    assert "avo_c_8" in verdict.needs
    assert "A" in verdict.possible
    assert len(verdict.possible) > 1


def test_optional_inputs_may_be_left_out_of_the_file() -> None:
    row = {name: value for name, value in prototype("B3").items() if "cry" not in name}
    (verdict,) = verdicts(row)
    assert verdict.group == "B"
