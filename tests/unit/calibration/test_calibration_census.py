"""Counting in arrays gives what the rules give one by one."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from dataclasses import replace
from itertools import product
from math import prod

import numpy as np
import pytest

from ssp_coder.calibration import census as counting
from ssp_coder.calibration.census import RatingsCensus, census
from ssp_coder.calibration.judging import Court, Judgement, Standing, judged_inputs
from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.ruletable import (
    Band,
    ClassificationFunction,
    Condition,
    MainRule,
    OverlayRule,
    RuleTable,
    Term,
)
from ssp_coder.domain.scale import Points
from ssp_coder.domain.verdict import Facts, Verdict
from ssp_coder.domain.words import NO_TEXT
from ssp_coder.rules.evaluate import evaluate
from tests.unit.calibration.calibration_samples import (
    blind_to_optional,
    bundled,
    rule_input,
)

BOTH = ("infant-main", "infant-default")
SEVENS = 7**8


@pytest.fixture(scope="module", params=BOTH)
def counted(request: pytest.FixtureRequest) -> RatingsCensus:
    return census(bundled(request.param))


def judged(verdict: Verdict) -> Judgement:
    """A verdict in the words of the census."""
    if verdict.group is not None:
        own = verdict.possible_subgroups
        standing, subgroups = Standing.SETTLED, own if verdict.secondary is None else ()
    else:
        standing = Standing.DEPENDS if verdict.group_needs else Standing.LEFT_OPEN
        subgroups = ()
    return Judgement(standing=standing, groups=verdict.possible, subgroups=subgroups)


def asked(table: RuleTable, values: dict[str, float]) -> Judgement:
    scores = tuple((name, Points(value)) for name, value in values.items())
    verdict = evaluate(table, Facts(scores=scores, d_assessed=False))
    found = judged(verdict)
    keeps = {name for group in found.groups for name in table.group(group).subgroups}
    return replace(found, subgroups=tuple(one for one in found.subgroups if one in keeps))


def in_arrays(table: RuleTable, cases: list[dict[str, float]]) -> list[Judgement]:
    court = Court(table, tuple(cases[0]))
    found = []
    for case in cases:
        evidence = court.start()
        for name, value in case.items():
            place = court.values(name).index(value)
            said = court.said_by(name)
            evidence = counting.together(
                evidence,
                counting.Evidence(said.costs[:, [place]], said.alive[[place]], said.met[[place]]),
            )
        found.append(court.judgement(int(court.codes(evidence)[0])))
    return found


def drawn(table: RuleTable, inputs: tuple[str, ...], n: int, seed: int) -> list[dict[str, float]]:
    random = np.random.default_rng(seed)
    values = Court(table, inputs).values
    return [{name: float(random.choice(values(name))) for name in inputs} for _ in range(n)]


@pytest.mark.parametrize("table_id", BOTH)
def test_random_ratings_come_out_as_the_rules_say(table_id: str) -> None:
    table = blind_to_optional(bundled(table_id))
    cases = drawn(table, judged_inputs(table), 120, seed=11)
    assert in_arrays(table, cases) == [asked(table, case) for case in cases]


@pytest.mark.parametrize("table_id", BOTH)
def test_ratings_with_all_optional_inputs_come_out_as_the_rules_say(table_id: str) -> None:
    table = bundled(table_id)
    d_input = table.disorganization.input if table.disorganization else ""
    inputs = tuple(one.id for one in table.inputs if one.id != d_input)
    cases = drawn(table, inputs, 300, seed=5)
    assert in_arrays(table, cases) == [asked(table, case) for case in cases]


@pytest.mark.parametrize("table_id", BOTH)
def test_low_ratings_come_out_as_the_rules_say(table_id: str) -> None:
    # Here the rules for quiet children meet, which random ratings seldom touch.
    table = blind_to_optional(bundled(table_id))
    random = np.random.default_rng(3)
    inputs = judged_inputs(table)
    cases = [{name: float(random.integers(1, 4)) for name in inputs} for _ in range(80)]
    assert in_arrays(table, cases) == [asked(table, case) for case in cases]


def test_every_combination_of_eight_ratings_is_counted_once(counted: RatingsCensus) -> None:
    assert len(counted.inputs) == 8
    assert counted.total == sum(count for _, count in counted.counts) == SEVENS


def test_counts_by_group_hold_the_same_combinations(counted: RatingsCensus) -> None:
    assert sum(count for _, _, count in counted.groups) == SEVENS
    assert len({names[:2] for names in counted.groups}) == len(counted.groups)


def test_shares_add_up(counted: RatingsCensus) -> None:
    assert sum(counted.share(standing) for standing in Standing) == pytest.approx(1)


def test_subgroups_are_those_of_the_settled_group(counted: RatingsCensus) -> None:
    table = bundled(counted.table)
    for judgement, _ in counted.counts:
        if judgement.standing is not Standing.SETTLED:
            assert judgement.subgroups == ()
        else:
            own = table.group(judgement.groups[0]).subgroups
            assert set(judgement.subgroups) <= set(own)
            assert bool(judgement.subgroups) == bool(own)


def test_most_frequent_comes_first(counted: RatingsCensus) -> None:
    numbers = [count for _, count in counted.counts]
    assert numbers == sorted(numbers, reverse=True)


def test_census_names_the_table_and_how_long_it_took(counted: RatingsCensus) -> None:
    assert counted.version == bundled(counted.table).version
    assert counted.seconds > 0


def test_census_stays_within_its_memory() -> None:
    tracemalloc.start()
    census(bundled(BOTH[0]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 300_000_000


def test_size_of_the_chunks_changes_no_count(monkeypatch: pytest.MonkeyPatch) -> None:
    table = small()
    whole = census(table).counts
    monkeypatch.setattr(counting, "_CHUNK", 4)
    assert census(table).counts == whole


def small(**fields: object) -> RuleTable:
    """Three inputs of 1 to 3, of which one may be missing, and the first two groups."""
    base = bundled(BOTH[1])
    profiles = tuple(
        replace(
            profile,
            bands=tuple(
                Band(input=name, low=low, high=low, weight=1.0)
                for name, low in zip(("x", "y"), lows, strict=True)
            ),
        )
        for profile, lows in zip(base.profiles[:3], ((1, 1), (1, 3), (3, 3)), strict=True)
    )
    made = replace(
        base,
        inputs=(rule_input("x"), rule_input("y"), rule_input("z", required=False)),
        profiles=profiles,
        overlays=(),
        disorganization=None,
        examples=(),
    )
    return replace(made, **fields)


def listed(table: RuleTable) -> Counter[Judgement]:
    """All combinations asked one by one."""
    inputs = judged_inputs(table)
    values = Court(table, inputs).values
    every = product(*(values(name) for name in inputs))
    return Counter(asked(table, dict(zip(inputs, case, strict=True))) for case in every)


def condition(name: str, low: float, high: float) -> Condition:
    return Condition(input=name, low=low, high=high)


def overlay(**fields: object) -> OverlayRule:
    base = bundled(BOTH[1])
    plain = {"all_of": (), "any_of": (), "outcome": base.groups[-1].id, "title": NO_TEXT}
    return OverlayRule(
        **({"id": "o", "provenance": base.provenance} | plain | fields)  # type: ignore[arg-type] # fields of the caller's choice
    )


def rule(name: str, *groups: str, **fields: object) -> MainRule:
    provenance = bundled(BOTH[1]).provenance
    given = {"all_of": (), "any_of": (), "title": NO_TEXT} | fields
    return MainRule(id=name, groups=groups, provenance=provenance, **given)  # type: ignore[arg-type] # fields of the caller's choice


TABLES = {
    "bands": small(),
    "a tie everywhere": small(
        profiles=tuple(
            replace(one, bands=(Band(input="x", low=2, high=2, weight=1.0),))
            for one in small().profiles
        )
    ),
    "an overlay": small(overlays=(overlay(all_of=(condition("x", 2, 3), condition("y", 2, 2))),)),
    "an overlay with alternatives": small(
        overlays=(overlay(any_of=(condition("x", 3, 3), condition("y", 3, 3))),)
    ),
    "the first of two overlays": small(
        overlays=(
            overlay(all_of=(condition("x", 2, 3),)),
            overlay(id="p", outcome=small().groups[0].id, all_of=(condition("x", 3, 3),)),
        )
    ),
    "an overlay on what is missing": small(
        overlays=(overlay(all_of=(condition("x", 1, 1), condition("z", 3, 3))),)
    ),
    "main rules": small(
        main=(
            rule("low", "A", all_of=(condition("x", 1, 2),)),
            rule("high", "A", "B", all_of=(condition("x", 3, 3),)),
        )
    ),
    "main rules with a gap": small(main=(rule("low", "B", all_of=(condition("x", 1, 1),)),)),
    "main rules on what is missing": small(
        main=(
            rule("here", "A", all_of=(condition("z", 1, 2),), any_of=(condition("x", 1, 2),)),
            rule("there", "B", any_of=(condition("z", 3, 3), condition("x", 3, 3))),
        )
    ),
    "functions": small(
        profiles=(),
        functions=tuple(
            ClassificationFunction(
                group=group,
                constant=constant,
                terms=(Term(input="x", weight=weight), Term(input="y", weight=0.5)),
            )
            for group, constant, weight in (("A", 0.0, 0.0), ("B", -2.0, 1.0), ("C", -6.0, 2.5))
        ),
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_small_table_counted_is_the_small_table_listed(name: str) -> None:
    table = TABLES[name]
    assert Counter(dict(census(table).counts)) == listed(table)


def test_group_that_hangs_on_a_missing_input_is_told_apart_from_a_tie() -> None:
    hanging = census(TABLES["an overlay on what is missing"])
    assert hanging.share(Standing.DEPENDS) == pytest.approx(3 / 9)
    tied = census(small())
    assert tied.share(Standing.DEPENDS) == 0
    assert tied.share(Standing.LEFT_OPEN) > 0


def test_rules_that_leave_it_open_are_counted_as_open() -> None:
    found = census(TABLES["main rules"])
    assert (Standing.LEFT_OPEN, ("A", "B"), 3) in found.groups


def test_half_points_are_combinations_too() -> None:
    halves = small(inputs=tuple(replace(one, step=0.5) for one in small().inputs))
    assert census(halves).total == 25


def test_closed_table_is_not_counted() -> None:
    with pytest.raises(DomainError) as caught:
        census(small(closed="without numbers"))
    assert caught.value.finding.code == "table.closed"


def test_too_many_combinations_are_refused_with_their_number() -> None:
    wide = tuple(rule_input(f"w{place}", 10.0) for place in range(8))
    bands = tuple(Band(input=one.id, low=1, high=2, weight=1.0) for one in wide)
    table = small(inputs=wide, profiles=tuple(replace(p, bands=bands) for p in small().profiles))
    with pytest.raises(DomainError) as caught:
        census(table)
    assert f"{prod([10] * 8):,} combinations" in str(caught.value)


def test_more_rules_than_bits_are_refused() -> None:
    many = tuple(rule(f"r{place}", "A", all_of=(condition("x", 1, 3),)) for place in range(63))
    with pytest.raises(DomainError) as caught:
        census(small(main=many))
    assert "more than 62 rules" in str(caught.value)
