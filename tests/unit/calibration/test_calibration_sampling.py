"""Cases drawn from the bands of each subgroup."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.calibration.band_sampling import BandConfusion, confusion
from ssp_coder.calibration.judging import Standing
from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.ruletable import RuleTable
from tests.unit.calibration.calibration_samples import bundled

BANDS = "infant-default"
N = 400


@pytest.fixture(scope="module")
def drawn() -> BandConfusion:
    return confusion(bundled(BANDS), N, 1)


def narrowed(table: RuleTable) -> RuleTable:
    """Bands of a single value each, their lowest."""
    return replace(
        table,
        profiles=tuple(
            replace(one, bands=tuple(replace(band, high=band.low) for band in one.bands))
            for one in table.profiles
        ),
    )


def test_every_subgroup_is_drawn_from_equally_often(drawn: BandConfusion) -> None:
    table = bundled(BANDS)
    assert [row.subgroup for row in drawn.rows] == [one.id for one in table.profiles]
    assert {sum(count for _, count in row.counts) for row in drawn.rows} == {N}


def test_same_seed_draws_the_same(drawn: BandConfusion) -> None:
    assert confusion(bundled(BANDS), N, 1) == drawn
    assert confusion(bundled(BANDS), N, 2) != drawn


def test_ratings_within_the_bands_of_a_subgroup_never_give_another_one_alone() -> None:
    # A case in all bands of a profile costs it nothing; others can only tie. Overlays are left
    # out, since they may set another group.
    found = confusion(replace(bundled(BANDS), overlays=()), N, 3)
    for at, row in enumerate(found.matrix):
        assert sum(row) == row[at]


def test_main_group_comes_out_in_nearly_all_cases(drawn: BandConfusion) -> None:
    for row in drawn.rows:
        assert row.as_group(row.group) + row.undecided > 0.9 * N


def test_matrix_counts_sole_subgroups_only(drawn: BandConfusion) -> None:
    for line, row in zip(drawn.matrix, drawn.rows, strict=True):
        tied = sum(count for judgement, count in row.counts if len(judgement.subgroups) > 1)
        none = sum(count for judgement, count in row.counts if not judgement.subgroups)
        assert sum(line) + tied + none == N


def test_undecided_cases_are_those_with_several_groups(drawn: BandConfusion) -> None:
    for row in drawn.rows:
        assert row.undecided == sum(
            count for judgement, count in row.counts if judgement.standing is not Standing.SETTLED
        )


def test_single_valued_bands_leave_nothing_to_chance() -> None:
    table = narrowed(bundled(BANDS))
    for row in confusion(table, 50, 9).rows:
        assert len(row.counts) == 1


def test_decision_table_is_sampled_from_the_bands_of_its_subgroups() -> None:
    found = confusion(bundled("infant-main"), 200, 1)
    assert len(found.rows) == len(bundled(BANDS).profiles)
    assert found.table == "infant-main"


def test_band_without_an_admissible_value_takes_any() -> None:
    table = bundled(BANDS)
    first = table.profiles[0]
    bands = (replace(first.bands[0], low=1.2, high=1.8), *first.bands[1:])
    odd = replace(table, profiles=(replace(first, bands=bands), *table.profiles[1:]))
    assert sum(count for _, count in confusion(odd, 100, 1).rows[0].counts) == 100


@pytest.mark.parametrize("n", [0, -1])
def test_drawing_nothing_is_refused(n: int) -> None:
    with pytest.raises(DomainError) as caught:
        confusion(bundled(BANDS), n, 1)
    assert caught.value.finding.code == "sampling.nothing"


def test_table_without_profiles_is_refused() -> None:
    with pytest.raises(DomainError):
        confusion(replace(bundled(BANDS), profiles=()), 10, 1)
