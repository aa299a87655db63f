"""Which cases get another suggestion under another table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.calibration.effects import EffectKind, changed, effects
from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.domain.scale import Points
from ssp_coder.domain.verdict import Facts
from tests.unit.calibration.calibration_samples import bundled

BANDS = "infant-default"


def facts_of(table: RuleTable) -> tuple[tuple[str, Facts], ...]:
    """The table's own examples, by the class that they show."""
    return tuple(
        (
            example.subgroup or example.group,
            Facts(scores=tuple((name, Points(value)) for name, value in example.values)),
        )
        for example in table.examples
    )


def with_weight(table: RuleTable, name: str, weight: float) -> RuleTable:
    return replace(
        table,
        profiles=tuple(
            replace(
                one,
                bands=tuple(
                    replace(band, weight=weight) if band.input == name else band
                    for band in one.bands
                ),
            )
            for one in table.profiles
        ),
    )


def test_table_beside_itself_changes_nothing() -> None:
    table = bundled(BANDS)
    found = effects(table, table, facts_of(table))
    assert {one.kind for one in found} == {EffectKind.NONE}
    assert changed(found) == ()


def test_every_case_is_there_in_the_given_order_with_both_verdicts() -> None:
    table = bundled(BANDS)
    cases = facts_of(table)
    found = effects(table, replace(table, version="2.0.0"), cases)
    assert [one.case for one in found] == [name for name, _ in cases]
    assert {(one.old.table.version, one.new.table.version) for one in found} == {
        (table.version, "2.0.0")
    }


def test_overlay_taken_away_changes_the_group_of_its_cases_alone() -> None:
    table = bundled(BANDS)
    without = replace(table, overlays=tuple(one for one in table.overlays if not one.outcome))
    found = changed(effects(table, without, facts_of(table)))
    assert [(one.case, one.kind) for one in found] == [("AC", EffectKind.GROUP)]
    assert found[0].old.group == "AC"
    assert found[0].new.group != "AC"


def test_profile_taken_away_changes_the_subgroup_within_the_group() -> None:
    table = bundled(BANDS)
    without = replace(table, profiles=tuple(one for one in table.profiles if one.id != "A2"))
    found = {one.case: one.kind for one in effects(table, without, facts_of(table))}
    assert found["A2"] is EffectKind.SUBGROUP
    assert found["A1"] is not EffectKind.SUBGROUP


def test_wider_margin_changes_remarks_only() -> None:
    table = bundled(BANDS)
    wide = replace(table, borderline_margin=10_000.0)
    found = effects(table, wide, facts_of(table))
    assert EffectKind.REMARKS in {one.kind for one in found}
    assert changed(found) == ()


def test_other_main_groups_are_told_before_other_subgroups() -> None:
    table = bundled(BANDS)
    other = replace(
        table,
        profiles=tuple(one for one in table.profiles if one.id not in ("A2", "C1", "C2")),
        overlays=(),
    )
    kinds = [one.kind for one in changed(effects(table, other, facts_of(table)))]
    assert kinds == sorted(kinds, key=list(EffectKind).index)
    assert set(kinds) == {EffectKind.GROUP, EffectKind.SUBGROUP}


def test_groups_that_become_possible_by_a_missing_rating_are_an_effect() -> None:
    table = bundled(BANDS)
    name, facts = facts_of(table)[0]
    thin = Facts(scores=tuple(pair for pair in facts.scores if not pair[0].endswith("_8")))
    found = effects(table, with_weight(table, "avo_c_5", 500.0), ((name, thin),))
    assert found[0].old.possible != found[0].new.possible
    assert found[0].kind is EffectKind.GROUP


def test_tables_that_read_other_inputs_take_what_they_know() -> None:
    whole = bundled("infant-main")
    found = effects(bundled(BANDS), whole, facts_of(bundled(BANDS)))
    assert {one.new.table.id for one in found} == {whole.id}


def test_closed_table_is_refused() -> None:
    table = bundled(BANDS)
    with pytest.raises(DomainError) as caught:
        effects(table, replace(table, closed="without numbers"), facts_of(table))
    assert caught.value.finding.code == "table.closed"
