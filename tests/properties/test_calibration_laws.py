"""Laws of fitting and of counting over random samples and random tables."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ssp_coder.calibration.band_sampling import confusion
from ssp_coder.calibration.census import census
from ssp_coder.calibration.discriminant import fit_discriminant, leave_out_discriminant
from ssp_coder.calibration.effects import EffectKind, effects
from ssp_coder.calibration.functions import Priors, confusion_of
from ssp_coder.calibration.judging import Court, Standing, judged_inputs
from ssp_coder.calibration.multinomial import fit_multinomial
from ssp_coder.calibration.sample import LabelledCase, Sample, sample_of
from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.ruletable import Band, Condition, MainRule, OverlayRule, RuleTable
from ssp_coder.domain.scale import Points
from ssp_coder.domain.verdict import Facts
from ssp_coder.domain.words import NO_TEXT
from ssp_coder.rules.evaluate import evaluate
from tests.unit.calibration.calibration_samples import bundled, rule_input

BASE = bundled("infant-default")
GROUPS = tuple(group.id for group in BASE.groups if group.subgroups)
NAMES = ("x", "y", "z")

rows = st.tuples(st.sampled_from(GROUPS), *(st.integers(1, 7) for _ in NAMES))


def made(drawn: list[tuple[str, int, int, int]]) -> Sample:
    """A sample of whatever was drawn, if it can be fitted."""
    try:
        return sample_of(
            (LabelledCase(values=tuple(map(float, row[1:])), group=row[0]) for row in drawn),
            variables=NAMES,
            groups=GROUPS,
        )
    except DomainError:
        assume(False)
        raise


samples = st.lists(rows, min_size=12, max_size=40).map(made)


def moved(sample: Sample, factors: tuple[float, ...], shifts: tuple[float, ...]) -> Sample:
    changed = sample.matrix * np.array(factors) + np.array(shifts)
    return replace(sample, values=tuple(map(tuple, changed.tolist())))


def shuffled(sample: Sample, seed: int) -> Sample:
    order = np.random.default_rng(seed).permutation(len(sample))
    return replace(
        sample,
        values=tuple(sample.values[place] for place in order),
        labels=tuple(sample.labels[place] for place in order),
    )


@given(
    sample=samples,
    factors=st.tuples(*(st.sampled_from((0.5, 2.0, 10.0)) for _ in NAMES)),
    shifts=st.tuples(*(st.integers(-20, 20).map(float) for _ in NAMES)),
)
def test_other_units_of_the_ratings_leave_every_discriminant_value(
    sample: Sample, factors: tuple[float, ...], shifts: tuple[float, ...]
) -> None:
    other = moved(sample, factors, shifts)
    one = fit_discriminant(sample, Priors.SAMPLE).values(sample.matrix)
    two = fit_discriminant(other, Priors.SAMPLE).values(other.matrix)
    assert one - one[:, :1] == pytest.approx(two - two[:, :1], rel=1e-6, abs=1e-6)


@given(sample=samples, shifts=st.tuples(*(st.integers(-20, 20).map(float) for _ in NAMES)))
def test_ratings_counted_from_another_zero_leave_every_logit(
    sample: Sample, shifts: tuple[float, ...]
) -> None:
    other = moved(sample, (1.0, 1.0, 1.0), shifts)
    one = fit_multinomial(sample, Priors.SAMPLE).values(sample.matrix)
    two = fit_multinomial(other, Priors.SAMPLE).values(other.matrix)
    assert one == pytest.approx(two, abs=1e-3)


@given(sample=samples, seed=st.integers(0, 1_000))
def test_order_of_the_cases_changes_no_function(sample: Sample, seed: int) -> None:
    other = shuffled(sample, seed)
    for fit in (fit_discriminant, fit_multinomial):
        one, two = fit(sample, Priors.SAMPLE), fit(other, Priors.SAMPLE)
        assert one.weights == pytest.approx(two.weights, rel=1e-4, abs=1e-4)
        assert one.constants == pytest.approx(two.constants, rel=1e-4, abs=1e-4)


@given(sample=samples)
def test_every_case_twice_leaves_the_centroids_and_never_raises(sample: Sample) -> None:
    twice = replace(sample, values=sample.values * 2, labels=sample.labels * 2)
    assert twice.means == pytest.approx(sample.means)
    assert confusion_of(twice, leave_out_discriminant(twice, Priors.EQUAL)).cases == 2 * len(sample)


@given(sample=samples, place=st.integers(0, 11))
def test_left_out_case_is_called_without_its_own_class(sample: Sample, place: int) -> None:
    """Calling a case by all others cannot depend on which class the case itself was given."""
    counts = Counter(sample.labels)
    assume(counts[sample.labels[place]] > 2)
    other_label = (sample.labels[place] + 1) % len(sample.groups)
    labels = (*sample.labels[:place], other_label, *sample.labels[place + 1 :])
    relabelled = replace(sample, labels=labels)
    one = leave_out_discriminant(sample, Priors.EQUAL)[place]
    two = leave_out_discriminant(relabelled, Priors.EQUAL)[place]
    assert one == two


ranges = st.tuples(st.integers(1, 3), st.integers(1, 3)).map(sorted)
conditions = st.builds(
    lambda name, ends: Condition(input=name, low=ends[0], high=ends[1]),
    st.sampled_from(NAMES),
    ranges,
)
some = st.lists(conditions, max_size=2, unique_by=lambda one: one.input).map(tuple)
bands = st.builds(
    lambda ends, weight: (ends[0], ends[1], weight), ranges, st.sampled_from((1.0, 2.0))
)
profiles = st.lists(st.tuples(bands, bands), min_size=3, max_size=3)
overlays = st.lists(st.tuples(some, some, st.sampled_from(BASE.groups)), max_size=3)
mains = st.lists(
    st.tuples(some, some, st.lists(st.sampled_from(GROUPS), min_size=1, max_size=2, unique=True)),
    max_size=4,
)


def table_of(
    drawn_profiles: list[tuple[tuple[float, ...], ...]],
    drawn_overlays: list[tuple[object, ...]],
    drawn_main: list[tuple[object, ...]],
) -> RuleTable:
    """Two required inputs and one that may be missing, of which only rules read the last."""
    return replace(
        BASE,
        inputs=(rule_input("x"), rule_input("y"), rule_input("z", required=False)),
        profiles=tuple(
            replace(
                profile,
                bands=tuple(
                    Band(input=name, low=low, high=high, weight=weight)
                    for name, (low, high, weight) in zip(NAMES, drawn, strict=False)
                ),
            )
            for profile, drawn in zip(
                (BASE.profiles[0], BASE.profiles[2], BASE.profiles[3]), drawn_profiles, strict=True
            )
        ),
        overlays=tuple(
            OverlayRule(
                id=f"o{at}",
                title=NO_TEXT,
                all_of=every,
                any_of=either,
                outcome=group.id,
                provenance=BASE.provenance,
            )
            for at, (every, either, group) in enumerate(drawn_overlays)
        ),
        main=tuple(
            MainRule(
                id=f"m{at}",
                title=NO_TEXT,
                all_of=every,
                any_of=either,
                groups=tuple(groups),
                provenance=BASE.provenance,
            )
            for at, (every, either, groups) in enumerate(drawn_main)
        ),
        disorganization=None,
        examples=(),
    )


tables = st.one_of(
    st.builds(table_of, profiles, overlays, st.just([])),
    st.builds(table_of, profiles, st.just([]), mains),
)


@given(table=tables)
def test_groups_counted_in_arrays_are_those_evaluated_one_by_one(table: RuleTable) -> None:
    inputs = judged_inputs(table)
    values = Court(table, inputs).values
    listed: Counter[tuple[bool, tuple[str, ...]]] = Counter()
    for case in product(*(values(name) for name in inputs)):
        scores = tuple((n, Points(v)) for n, v in zip(inputs, case, strict=True))
        verdict = evaluate(table, Facts(scores=scores, d_assessed=False))
        listed[bool(verdict.group_needs), verdict.possible] += 1
    found: Counter[tuple[bool, tuple[str, ...]]] = Counter()
    for standing, groups, count in census(table).groups:
        found[standing is Standing.DEPENDS, groups] += count
    assert found == listed


@given(table=tables, seed=st.integers(0, 100))
def test_every_drawn_case_comes_out_somehow(table: RuleTable, seed: int) -> None:
    for row in confusion(table, 20, seed).rows:
        assert sum(count for _, count in row.counts) == 20
        assert all(judgement.groups for judgement, _ in row.counts)


@given(one=tables, other=tables, case=st.tuples(st.integers(1, 3), st.integers(1, 3)))
def test_effects_are_the_same_seen_from_either_table(
    one: RuleTable, other: RuleTable, case: tuple[int, int]
) -> None:
    scores = tuple((n, Points(float(v))) for n, v in zip(NAMES, case, strict=False))
    facts = (("case", Facts(scores=scores, d_assessed=False)),)
    (there,), (back,) = effects(one, other, facts), effects(other, one, facts)
    assert there.kind is back.kind
    assert (there.kind is EffectKind.GROUP) == (there.old.possible != there.new.possible)
