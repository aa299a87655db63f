"""Cases of a study: a session counts once, what was not given is not made up, and edges."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from ssp_coder.agreement.accuracy import Observers
from ssp_coder.agreement.compare import ComparisonError
from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.agreement.estimate import Undefined
from ssp_coder.agreement.study import study_agreement
from ssp_coder.agreement.study_cases import (
    CodingPair,
    class_levels,
    disorganization,
    observers_of,
    one_a_session,
    scale_agreements,
    several_coders,
)
from ssp_coder.catalog import load_scheme
from ssp_coder.domain.coding import Classification, Coding, CodingRole, Rating
from ssp_coder.domain.scale import Missing, SlotId
from tests.builders import infant_scheme
from tests.unit.agreement.study_desk import QUICK, coded, of_class, rated, states

SLOT = "avo_c_5"
A, B, C = of_class("A", "A1"), of_class("B", "B3"), of_class("C", "C1")


def pair(number: int, first: dict[str, object], second: dict[str, object]) -> CodingPair:
    name = f"S{number:03}"
    return CodingPair(
        session=name, first=coded(name, "a", **first), second=coded(name, "b", **second)
    )


def rated_pairs(*points: tuple[float, float]) -> list[CodingPair]:
    return [
        pair(number, {"ratings": rated(**{SLOT: one})}, {"ratings": rated(**{SLOT: other})})
        for number, (one, other) in enumerate(points)
    ]


def classed_pairs(
    *classes: tuple[Classification | None, Classification | None],
) -> list[CodingPair]:
    return [
        pair(number, {"classification": one}, {"classification": other})
        for number, (one, other) in enumerate(classes)
    ]


def levels_of(pairs: list[CodingPair]) -> dict[ClassLevel, object]:
    found = class_levels(pairs, infant_scheme(), QUICK, Observers.TWO_EQUAL)
    return {one.level: one.figures for one in found}


# ---- which cases


def test_of_several_pairs_of_a_session_the_first_in_the_list_counts() -> None:
    one, other = rated_pairs((1, 2), (3, 4))
    again = replace(other, session=one.session)
    assert one_a_session([one, again, other]) == (one, other)
    assert one_a_session([again, one]) == (again,)
    assert one_a_session([]) == ()


@pytest.mark.parametrize(
    ("roles", "observers"),
    [
        ((CodingRole.REFERENCE, CodingRole.REFERENCE), Observers.AGAINST_GOLD),
        ((CodingRole.REFERENCE, CodingRole.INDEPENDENT), Observers.TWO_EQUAL),
        ((CodingRole.INDEPENDENT, CodingRole.INDEPENDENT), Observers.TWO_EQUAL),
    ],
    ids=["all against a reference", "one of two", "none"],
)
def test_one_pair_without_a_reference_makes_all_coders_equal(
    roles: tuple[CodingRole, ...], observers: Observers
) -> None:
    pairs = [pair(number, {"role": role}, {}) for number, role in enumerate(roles)]
    assert observers_of(pairs) is observers


# ---- ratings


def test_a_place_that_one_coder_left_empty_is_no_case() -> None:
    pairs = [*rated_pairs((1, 2), (4, 4), (6, 5)), pair(9, {"ratings": rated(**{SLOT: 7})}, {})]
    (found,) = scale_agreements(pairs, infant_scheme())
    assert found.slot.id == SLOT
    assert found.pairs == ((1.0, 2.0), (4.0, 4.0), (6.0, 5.0))
    assert found.ratings.n == 3


def test_what_could_not_be_rated_is_no_case_and_never_a_number() -> None:
    reason = infant_scheme().scale_of(SlotId(SLOT)).missing_reasons[0].id
    unseen = (Rating(slot=SlotId(SLOT), score=Missing(reason)),)
    pairs = [*rated_pairs((1, 2)), pair(9, {"ratings": unseen}, {"ratings": unseen})]
    (found,) = scale_agreements(pairs, infant_scheme())
    assert found.pairs == ((1.0, 2.0),)


def test_places_stand_in_the_order_of_the_scheme_whatever_was_rated_first() -> None:
    slots = [slot.id for slot in infant_scheme().slots][:4]
    points = rated(**dict.fromkeys(reversed(slots), 3))
    found = scale_agreements([pair(1, {"ratings": points}, {"ratings": points})], infant_scheme())
    assert [one.slot.id for one in found] == slots


def test_one_case_alone_is_counted_and_has_no_coefficient() -> None:
    (found,) = scale_agreements(rated_pairs((3, 4)), infant_scheme())
    assert found.ratings.n == 1
    assert found.ratings.few
    assert found.ratings.icc.icc_2_1.value is None
    assert found.ratings.icc.icc_2_1.undefined is Undefined.TOO_FEW
    assert found.ratings.exact.value == 0.0
    assert found.ratings.within_one.value == 1.0


def test_coders_who_always_give_the_same_number_have_no_coefficient_but_full_agreement() -> None:
    (found,) = scale_agreements(rated_pairs(*[(4, 4)] * 12), infant_scheme())
    assert found.ratings.icc.icc_2_1.value is None
    assert found.ratings.icc.icc_2_1.undefined is Undefined.NO_VARIANCE
    assert found.ratings.exact.value == 1.0
    assert found.ratings.differences.bias.value == 0.0
    assert not found.ratings.few


def test_a_coder_who_is_always_a_point_higher_has_that_bias_and_perfect_consistency() -> None:
    (found,) = scale_agreements(
        rated_pairs(*[(score, score + 1) for score in (1, 2, 3, 4, 5, 6)] * 2), infant_scheme()
    )
    assert found.ratings.differences.bias.value == pytest.approx(1.0)
    assert found.ratings.icc.icc_3_1.value == pytest.approx(1.0)
    assert found.ratings.icc.icc_2_1.value < 0.99
    assert (found.ratings.exact.value, found.ratings.within_one.value) == (0.0, 1.0)


# ---- classes


def test_nobody_s_class_is_no_level() -> None:
    assert levels_of(classed_pairs((None, None), (A, None), (None, B))) == {}


def test_a_case_that_one_coder_did_not_classify_is_left_out_and_told() -> None:
    primary = levels_of(classed_pairs((A, A), (B, B), (C, None), (None, A)))[ClassLevel.PRIMARY]
    assert (primary.n, primary.left_out) == (2, 2)
    assert primary.agreement.value == 1.0


def test_one_class_throughout_has_agreement_and_no_kappa() -> None:
    primary = levels_of(classed_pairs(*[(B, B)] * 8))[ClassLevel.PRIMARY]
    assert primary.agreement.value == 1.0
    assert primary.kappa.kappa.value is None
    assert primary.kappa.kappa.undefined is Undefined.ONE_CODE


def test_coders_who_never_agree_have_a_kappa_below_nothing_that_is_not_cut_off() -> None:
    primary = levels_of(classed_pairs(*[(A, B), (B, A)] * 5))[ClassLevel.PRIMARY]
    assert primary.agreement.value == 0.0
    assert primary.kappa.kappa.value < -0.5
    assert primary.accuracy.value is None
    assert primary.accuracy.undefined is Undefined.BELOW_CHANCE


def test_other_subgroups_of_one_group_agree_on_the_group_alone() -> None:
    groups = infant_scheme().rules.groups
    group = next(one for one in groups if len(one.subgroups) > 1)
    one, other = (of_class(group.id, name) for name in group.subgroups[:2])
    found = levels_of(classed_pairs((one, other), (A, A), (B, B), (C, C)))
    assert found[ClassLevel.PRIMARY].agreement.value == 1.0
    assert found[ClassLevel.SUBGROUP].agreement.value == 0.75


def test_the_same_seed_gives_the_same_interval_of_classes() -> None:
    pairs = classed_pairs(*[(A, A), (B, B), (C, B), (B, B)] * 5)
    assert levels_of(pairs) == levels_of(pairs)
    kappa = levels_of(pairs)[ClassLevel.PRIMARY].kappa.kappa
    assert kappa.low < kappa.value <= kappa.high


# ---- disorganization


def test_a_scheme_without_that_scale_has_no_such_comparison() -> None:
    rules = replace(infant_scheme().rules, disorganization=None)
    scheme = replace(infant_scheme(), rules=rules)
    pairs = [pair(1, {"ratings": rated(dorg=7)}, {"ratings": rated(dorg=2)})]
    assert disorganization(pairs, scheme, QUICK, Observers.TWO_EQUAL) is None
    assert disorganization(pairs, infant_scheme(), QUICK, Observers.TWO_EQUAL) is not None


def test_a_score_that_only_one_coder_gave_is_no_comparison() -> None:
    pairs = [pair(1, {"ratings": rated(dorg=7)}, {}), pair(2, {}, {"ratings": rated(dorg=2)})]
    assert disorganization(pairs, infant_scheme(), QUICK, Observers.TWO_EQUAL) is None


# ---- several coders


def team(number: int, **points: float | None) -> list[CodingPair]:
    """All pairs of coders of one session, each with a rating or none."""
    name = f"S{number}"
    codings = [
        coded(name, coder, ratings=() if value is None else rated(**{SLOT: value}))
        for coder, value in points.items()
    ]
    return [
        CodingPair(session=name, first=one, second=other) for one, other in combinations(codings, 2)
    ]


def test_four_coders_are_compared_as_four() -> None:
    pairs = [
        *team(1, a=1, b=1, c=1, d=2),
        *team(2, a=5, b=5, c=6, d=5),
        *team(3, a=3, b=3, c=3, d=3),
    ]
    (found,) = [one for one in several_coders(pairs, infant_scheme()) if one.slot]
    assert (found.fleiss.raters, found.fleiss.n, found.alpha.n) == (4, 3, 3)
    assert 0.8 < found.alpha.value < 1


def test_the_most_usual_number_of_coders_is_that_of_fleiss() -> None:
    pairs = [
        *team(1, a=1, b=1, c=1, d=1),
        *team(2, a=5, b=5, c=6),
        *team(3, a=3, b=4, c=3),
    ]
    (found,) = [one for one in several_coders(pairs, infant_scheme()) if one.slot]
    assert (found.fleiss.raters, found.fleiss.n, found.alpha.n) == (3, 2, 3)


def test_three_codings_of_which_two_are_rated_are_not_several() -> None:
    assert several_coders(team(1, a=1, b=2, c=None), infant_scheme()) == ()


def test_three_coders_who_agree_in_everything_have_no_figure_from_one_value_alone() -> None:
    pairs = [*team(1, a=4, b=4, c=4), *team(2, a=4, b=4, c=4)]
    (found,) = [one for one in several_coders(pairs, infant_scheme()) if one.slot]
    assert found.fleiss.kappa.value is None
    assert found.alpha.value is None


def test_the_order_of_the_pairs_does_not_change_the_figures_of_several() -> None:
    pairs = [*team(1, a=1, b=2, c=1), *team(2, a=5, b=5, c=6), *team(3, a=3, b=3, c=3)]
    there = several_coders(pairs, infant_scheme())
    back = several_coders(pairs[::-1], infant_scheme())
    assert [one.alpha for one in there] == [one.alpha for one in back]
    assert [one.fleiss.kappa for one in there] == [one.fleiss.kappa for one in back]


# ---- whole studies


def bare(name: str, coder: str, seed: int) -> Coding:
    return coded(name, coder, states(seed))


def test_the_same_sessions_in_another_order_give_the_same_values() -> None:
    pairs = [
        CodingPair(session=name, first=bare(name, "a", at), second=bare(name, "b", at + 1))
        for at, name in enumerate(("S1", "S2", "S3"))
    ]
    there, back = (study_agreement(order, infant_scheme(), QUICK) for order in (pairs, pairs[::-1]))
    for one, other in zip(there.tracks, back.tracks, strict=True):
        assert one.alignment.kappa.value == other.alignment.kappa.value
        assert (one.exact is None) == (other.exact is None)
        if one.exact is not None:
            assert one.exact.kappa.value == other.exact.kappa.value
            assert one.exact.p_o == other.exact.p_o


def test_exchanging_the_coders_of_all_pairs_exchanges_misses_and_false_alarms() -> None:
    pairs = [
        CodingPair(session=name, first=bare(name, "a", at), second=bare(name, "b", at + 1))
        for at, name in enumerate(("S1", "S2"))
    ]
    turned = [replace(one, first=one.second, second=one.first) for one in pairs]
    there, back = (study_agreement(way, infant_scheme(), QUICK) for way in (pairs, turned))
    for one, other in zip(there.tracks, back.tracks, strict=True):
        for code, mirrored in zip(one.codes, other.codes, strict=True):
            assert code.hits.hits == mirrored.hits.hits
            assert code.hits.misses == mirrored.hits.false_alarms
            assert code.f1.value == mirrored.f1.value


def test_a_study_over_another_scheme_has_the_tracks_of_that_scheme() -> None:
    scheme = load_scheme("demonstration")
    one = CodingPair(
        session="x", first=Coding(session="x", coder="a"), second=Coding(session="x", coder="b")
    )
    found = study_agreement((one,), scheme, QUICK)
    known = {code.id for code in scheme.ethogram.codes()}
    assert found.tracks
    assert {code for track in found.tracks for code in track.track.codes} <= known
    assert all(track.sessions == 0 for track in found.tracks)
    assert all(track.alignment.kappa.undefined is Undefined.NOTHING for track in found.tracks)


@pytest.mark.parametrize("points", [(3.5, 3.5), (1, 9), (0, 1)], ids=str)
def test_a_rating_of_another_scheme_s_scale_is_refused_with_its_session(
    points: tuple[float, float],
) -> None:
    pairs = rated_pairs((4, 4), points)
    with pytest.raises(ComparisonError, match=r"S001, [ab]: rates avo_c_5 .* same scheme"):
        study_agreement(pairs, infant_scheme(), QUICK)


def test_half_points_are_told_as_they_were_given_where_the_scheme_has_them() -> None:
    scale = infant_scheme().scale_of(SlotId(SLOT))
    finer = tuple(
        replace(one, step=0.5) if one.id == scale.id else one for one in infant_scheme().scales
    )
    scheme = replace(infant_scheme(), scales=finer)
    (found,) = scale_agreements(rated_pairs((3.5, 4), (2, 2.5)), scheme)
    assert found.pairs == ((3.5, 4.0), (2.0, 2.5))
    assert 3.5 in found.ratings.points
