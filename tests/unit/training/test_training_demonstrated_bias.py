"""The tendencies of made-up trainees over the short sessions of the demonstration pack."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

import pytest

from ssp_coder.catalog import load_scheme
from ssp_coder.demonstration.cases import pack_file
from ssp_coder.demonstration.pack import scripted_cases
from ssp_coder.demonstration.trainees import Habits, trainee_of
from ssp_coder.editing.apply import apply
from ssp_coder.training.bias import BiasPanel, bias_of, bias_settings
from ssp_coder.training.evaluation import figures_of
from ssp_coder.training.packs import Reference, Stage
from ssp_coder.training.rule_files import load_pass_rule
from tests.fixtures.training_figures import sitting

SEEDS = 8
SCHEME = load_scheme("demonstration")


@lru_cache(maxsize=1)
def references() -> tuple[Reference, ...]:
    """Every case that is coded; those to learn from are only looked at."""
    found = []
    for case in scripted_cases(pack_file(), SCHEME):
        if case.plan.stage is not Stage.LEARN:
            coding = case.start
            for edit in case.edits:
                coding = apply(coding, edit, SCHEME)
            found.append(Reference(coding=coding, scheme=SCHEME, notes=case.notes))
    return tuple(found)


def tendencies(seed: int, **habits: object) -> BiasPanel:
    noise = {"jitter_us": 200_000, "rating_spread": 0.2, "miss_rate": 0.05}
    given = Habits(**(noise | habits))  # type: ignore[arg-type]  # habits by name
    return bias_of(
        [
            figures_of(
                sitting(f"k{number}"),
                trainee_of(one.coding, one.scheme, 100 * seed + number, given),
                one,
            )
            for number, one in enumerate(references(), 1)
        ],
        bias_settings(),
    )


def flags(panel: BiasPanel) -> tuple[str, ...]:
    return (
        *(one.scale for one in panel.scales if one.bias.flagged),
        *(one.code for one in panel.codes if one.bias.flagged),
        *(("lag",) if panel.lag.flagged else ()),
    )


@pytest.mark.parametrize("scale", ["avo", "res", "dist"])
def test_a_point_too_much_and_a_late_hand_are_flagged_and_nothing_else(scale: str) -> None:
    found = Counter(
        flags(tendencies(seed, lag_us=800_000, scale_bias={scale: 1.0})) for seed in range(SEEDS)
    )
    assert found[scale, "lag"] >= SEEDS - 1, found


def test_a_careful_trainee_is_not_flagged() -> None:
    found = Counter(flags(tendencies(seed)) for seed in range(SEEDS))
    assert found[()] >= SEEDS - 1, found


def test_a_trainee_who_copies_the_reference_has_no_difference_at_all() -> None:
    found = tendencies(1, jitter_us=0, rating_spread=0.0, miss_rate=0.0)
    assert all(one.bias.estimate.value == 0 for one in found.scales)
    assert found.lag.estimate.value == 0
    assert found.onsets > 200


def test_the_pack_names_a_pass_rule_that_there_is() -> None:
    assert load_pass_rule(pack_file().pass_rule).id == pack_file().pass_rule
