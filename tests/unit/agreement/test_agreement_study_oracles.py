"""The figures of a study against plain loops that draw whole sessions anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from ssp_coder.agreement.bootstrap import draws
from ssp_coder.agreement.ipf import linked_kappa
from ssp_coder.agreement.kappa import kappa_of
from ssp_coder.agreement.pair import PairAgreement, TrackAgreement, pair_agreement
from ssp_coder.agreement.ratings import rating_agreement
from ssp_coder.agreement.study import StudyAgreement, TrackInStudy, study_agreement
from ssp_coder.agreement.study_cases import CodingPair
from ssp_coder.domain.scale import Points
from tests.builders import infant_scheme, s
from tests.unit.agreement.study_desk import QUICK, coded, rated, session_pair, study_pairs

SESSIONS = 6
CONTACT, SEEKING = "infant/contact", "infant/seeking"


@pytest.fixture(scope="module")
def study() -> StudyAgreement:
    return study_agreement(study_pairs(SESSIONS), infant_scheme(), QUICK)


@pytest.fixture(scope="module")
def pairs() -> tuple[PairAgreement, ...]:
    return tuple(
        pair_agreement(one.first, one.second, infant_scheme(), QUICK)
        for one in study_pairs(SESSIONS)
    )


def track(study: StudyAgreement, name: str) -> TrackInStudy:
    return next(one for one in study.tracks if one.track.id == name)


def interval(
    pairs: tuple[PairAgreement, ...],
    name: str,
    value: Callable[[list[TrackAgreement]], float | None],
) -> tuple[float, float]:
    """Percentiles of a statistic over samples of sessions, one by one."""
    found = []
    for times in draws(SESSIONS, QUICK.resamples, QUICK.seed).astype(int).tolist():
        sample = [
            pair.track(name) for pair, count in zip(pairs, times, strict=True) for _ in range(count)
        ]
        one = value(sample)
        if one is not None:
            found.append(one)
    low, high = np.percentile(found, (2.5, 97.5))
    return float(low), float(high)


def summed(sample: list[TrackAgreement], way: int) -> np.ndarray:
    return sum(one.time.tables[way] for one in sample)


def test_the_interval_of_time_units_is_that_of_samples_of_sessions(
    study: StudyAgreement, pairs: tuple[PairAgreement, ...]
) -> None:
    found = track(study, CONTACT).exact.kappa
    wanted = interval(pairs, CONTACT, lambda sample: kappa_of(summed(sample, 0)).kappa.value)
    assert (found.low, found.high) == pytest.approx(wanted)


def test_the_interval_of_the_mean_of_both_directions_too(
    study: StudyAgreement, pairs: tuple[PairAgreement, ...]
) -> None:
    found = track(study, CONTACT).mean
    wanted = interval(
        pairs,
        CONTACT,
        lambda sample: (
            (kappa_of(summed(sample, 1)).kappa.value + kappa_of(summed(sample, 2)).kappa.value) / 2
        ),
    )
    assert (found.low, found.high) == pytest.approx(wanted)


def test_the_interval_of_aligned_events_too(
    study: StudyAgreement, pairs: tuple[PairAgreement, ...]
) -> None:
    found = track(study, CONTACT).alignment.kappa
    wanted = interval(
        pairs,
        CONTACT,
        lambda sample: linked_kappa(sum(one.alignment.table for one in sample)).kappa.value,
    )
    assert (found.low, found.high) == pytest.approx(wanted)


def test_the_interval_of_linked_states_too(
    study: StudyAgreement, pairs: tuple[PairAgreement, ...]
) -> None:
    found = track(study, CONTACT).overlap.kappa
    wanted = interval(
        pairs,
        CONTACT,
        lambda sample: linked_kappa(sum(one.overlap.table for one in sample)).kappa.value,
    )
    assert (found.low, found.high) == pytest.approx(wanted)


@pytest.mark.parametrize("seconds", [0.5, 1, 2])
def test_hits_of_a_code_are_the_sums_of_its_sessions(
    study: StudyAgreement, pairs: tuple[PairAgreement, ...], seconds: float
) -> None:
    for name in (CONTACT, SEEKING):
        for code in track(study, name).codes:
            if code.tolerance_us != s(seconds):
                continue
            place = track(study, name).track.codes.index(code.code)
            counts = [
                onset.counts
                for pair in pairs
                for onset in pair.track(name).onsets
                if onset.code == place and onset.tolerance_us == s(seconds)
            ]
            assert code.hits.hits == sum(one.hits for one in counts)
            assert code.hits.misses == sum(one.misses for one in counts)
            assert code.hits.false_alarms == sum(one.false_alarms for one in counts)
            assert code.sessions == sum(one.n > 0 for one in counts)


def test_the_interval_of_a_code_is_that_of_samples_of_sessions(
    study: StudyAgreement, pairs: tuple[PairAgreement, ...]
) -> None:
    code = next(
        one
        for one in track(study, CONTACT).codes
        if one.tolerance_us == s(2) and one.code == "contact.not_held"
    )

    def share(sample: list[TrackAgreement]) -> float | None:
        counts = [
            onset.counts
            for one in sample
            for onset in one.onsets
            if onset.code == 0 and onset.tolerance_us == s(2)
        ]
        whole = sum(2 * one.hits + one.misses + one.false_alarms for one in counts)
        return 2 * sum(one.hits for one in counts) / whole if whole else None

    assert (code.f1.low, code.f1.high) == pytest.approx(interval(pairs, CONTACT, share))


def test_swapping_the_coders_turns_bias_and_tables_and_keeps_the_rest() -> None:
    straight = study_pairs(SESSIONS)
    turned = tuple(replace(one, first=one.second, second=one.first) for one in straight)
    forth = study_agreement(straight, infant_scheme(), QUICK)
    back = study_agreement(turned, infant_scheme(), QUICK)
    one, other = track(forth, CONTACT), track(back, CONTACT)
    assert np.array_equal(one.tables[0], other.tables[0].T)
    assert one.exact.kappa.value == pytest.approx(other.exact.kappa.value)
    assert one.mean.value == pytest.approx(other.mean.value)
    for mine, theirs in zip(forth.scales, back.scales, strict=True):
        assert mine.ratings.bias.value == pytest.approx(-theirs.ratings.bias.value)
        assert mine.ratings.exact.value == theirs.ratings.exact.value


def test_a_study_of_equal_codings_agrees_wholly() -> None:
    alike = tuple(replace(one, second=one.first) for one in study_pairs(SESSIONS))
    found = study_agreement(alike, infant_scheme(), QUICK)
    contact = track(found, CONTACT)
    values = (contact.exact.kappa, contact.mean, contact.alignment.kappa, contact.overlap.kappa)
    assert [one.value for one in values] == pytest.approx([1] * 4)
    assert not any(one.low is not None and one.low < 1 for one in values)
    assert all(one.ratings.exact.value == 1 for one in found.scales)
    assert all(level.figures.agreement.value == 1 for level in found.classes)


def test_the_order_of_sessions_changes_no_value() -> None:
    straight = study_pairs(SESSIONS)
    forth = study_agreement(straight, infant_scheme(), QUICK)
    back = study_agreement(tuple(reversed(straight)), infant_scheme(), QUICK)
    for one, other in zip(forth.tracks, back.tracks, strict=True):
        assert one.alignment.kappa.value == other.alignment.kappa.value
        assert one.sessions == other.sessions
    assert [x.ratings.icc.icc_2_1.value for x in forth.scales] == pytest.approx(
        [x.ratings.icc.icc_2_1.value for x in back.scales]
    )


def test_ratings_are_those_of_the_scale_alone(study: StudyAgreement) -> None:
    for scale in study.scales:
        points = [
            (pair.first.score(scale.slot.id), pair.second.score(scale.slot.id))
            for pair in study_pairs(SESSIONS)
        ]
        values = [(one.value, other.value) for one, other in points if isinstance(one, Points)]
        first, second = zip(*values, strict=True)
        assert scale.ratings == rating_agreement(first, second, 1, 7)
        assert scale.pairs == tuple(values)


def test_cases_that_one_coder_did_not_rate_are_left_out_and_counted() -> None:
    rated_pairs = [session_pair(number) for number in range(1, 5)]
    rated_pairs[2] = replace(rated_pairs[2], second=replace(rated_pairs[2].second, ratings=()))
    found = study_agreement(rated_pairs, infant_scheme(), QUICK)
    assert {(one.ratings.n, one.ratings.left_out) for one in found.scales} == {(3, 1)}


def test_scales_are_never_pooled() -> None:
    pairs = [
        CodingPair(
            session=f"S{number}",
            first=coded(f"S{number}", "a", ratings=rated(avo_c_5=number, avo_c_8=7 - number)),
            second=coded(f"S{number}", "b", ratings=rated(avo_c_5=number, avo_c_8=number)),
        )
        for number in range(1, 7)
    ]
    found = study_agreement(pairs, infant_scheme(), QUICK)
    by_slot = {one.slot.id: one.ratings for one in found.scales}
    assert by_slot["avo_c_5"].icc.icc_2_1.value == pytest.approx(1)
    assert by_slot["avo_c_8"].icc.icc_2_1.value < 0
    assert {one.slot.episode for one in found.scales} == {"EP5", "EP8"}
