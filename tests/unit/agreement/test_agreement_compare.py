from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.agreement.compare import ComparisonError, compare
from ssp_coder.agreement.comparison import (
    ClassLevel,
    Comparison,
    Difference,
    DifferenceKind,
    Totals,
)
from ssp_coder.catalog import load_scheme
from ssp_coder.domain.coding import Classification, Coding, DDecision, Event
from ssp_coder.domain.scale import NOT_RATED, Missing, Points, Rating, SlotId
from ssp_coder.domain.time import Micros
from tests.fixtures.table_schemes import (
    CAREGIVER,
    STRANGER,
    bare_coding,
    event,
    full_coding,
    reference_coding,
    small_scheme,
    us,
)

SCHEME = small_scheme()
MATCH, WRONG = DifferenceKind.MATCH, DifferenceKind.WRONG_CODE
MISS, ALARM = DifferenceKind.MISS, DifferenceKind.FALSE_ALARM


def compared(own: list[Event], reference: list[Event], seconds: float = 1) -> Comparison:
    return compare(
        bare_coding(*own), bare_coding(*reference, coder="ref"), SCHEME, tolerance_us=us(seconds)
    )


def kinds(comparison: Comparison) -> list[DifferenceKind]:
    return [row.kind for row in comparison.rows]


def only_row(own: list[Event], reference: list[Event]) -> Difference:
    (row,) = compared(own, reference).rows
    return row


def of_code(comparison: Comparison, code: str) -> Totals:
    return next(totals for totals in comparison.by_code if totals.code == code)


def classed(primary: str, **fields: object) -> Coding:
    own = Classification(primary=primary, **fields)  # type: ignore[arg-type]  # fields by name
    return replace(bare_coding(), classification=own)


def level(own: Coding, reference: Coding, which: ClassLevel) -> bool | None:
    comparison = compare(own, reference, SCHEME)
    return next(entry.agrees for entry in comparison.classes if entry.level is which)


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["seeking.reach", "seeking.lean", "play.look", "distress.cry"]),
        st.integers(0, 30),
        st.integers(1, 9),
    ).map(lambda drawn: event(drawn[0], drawn[1] / 3, drawn[1] / 3 + drawn[2])),
    max_size=10,
)


def test_a_late_event_within_tolerance_is_a_match_with_a_signed_lag() -> None:
    row = only_row([event("seeking.reach", 10.4)], [event("seeking.reach", 10)])
    assert (row.kind, row.lag_us, row.at_us) == (MATCH, 400_000, us(10))


def test_an_early_event_has_a_negative_lag_and_is_shown_from_its_own_onset() -> None:
    row = only_row([event("seeking.reach", 9.5)], [event("seeking.reach", 10)])
    assert (row.lag_us, row.at_us) == (-500_000, us(9.5))


def test_an_event_out_of_reach_is_a_miss_and_a_false_alarm() -> None:
    comparison = compared([event("seeking.reach", 12)], [event("seeking.reach", 10)])
    assert kinds(comparison) == [MISS, ALARM]


def test_another_code_of_the_group_within_reach_is_a_wrong_code() -> None:
    row = only_row([event("seeking.lean", 10.5)], [event("seeking.reach", 10)])
    assert row.kind is WRONG
    assert (row.code, row.own and row.own.code) == ("seeking.reach", "seeking.lean")


def test_the_same_code_is_preferred_over_a_nearer_other_one() -> None:
    comparison = compared(
        [event("seeking.lean", 10), event("seeking.reach", 10.9)], [event("seeking.reach", 10)]
    )
    assert kinds(comparison) == [ALARM, MATCH] or kinds(comparison) == [MATCH, ALARM]


@pytest.mark.parametrize(
    "other",
    [
        event("play.look", 10, 11),
        event("distress.cry", 10, 11),
    ],
)
def test_events_of_different_groups_never_answer_each_other(other: Event) -> None:
    assert set(kinds(compared([other], [event("seeking.reach", 10)]))) == {MISS, ALARM}


def test_events_of_different_persons_never_answer_each_other() -> None:
    own = event("presence.out", 10, 20, subject=CAREGIVER)
    reference = event("presence.out", 10, 20, subject=STRANGER)
    assert set(kinds(compared([own], [reference]))) == {MISS, ALARM}


def test_the_end_of_a_state_has_a_lag_of_its_own() -> None:
    row = only_row([event("distress.cry", 10, 25)], [event("distress.cry", 10, 20)])
    assert (row.kind, row.end_lag_us, row.ends_apart) == (MATCH, 5_000_000, True)


def test_ends_within_tolerance_are_not_apart() -> None:
    row = only_row([event("distress.cry", 10, 20.8)], [event("distress.cry", 10, 20)])
    assert (row.end_lag_us, row.ends_apart) == (800_000, False)


def test_a_state_left_open_is_apart_from_one_that_ended() -> None:
    row = only_row([event("distress.cry", 10)], [event("distress.cry", 10, 20)])
    assert (row.end_lag_us, row.ends_apart) == (None, True)


def test_a_point_has_no_end_lag() -> None:
    row = only_row([event("seeking.reach", 10)], [event("seeking.reach", 10)])
    assert (row.end_lag_us, row.ends_apart) == (None, False)


def test_rows_are_named_by_the_episode_of_the_reference() -> None:
    own = replace(reference_coding(), episodes=(), coder="c01")
    rows = compare(own, reference_coding(), SCHEME).rows
    assert {row.episode for row in rows} == {"S1", "R2"}


def test_the_own_marks_serve_where_the_reference_has_none() -> None:
    rows = compare(full_coding(), replace(reference_coding(), episodes=()), SCHEME).rows
    assert {row.episode for row in rows} == {"S1", "R2"}


def test_totals_per_code_count_a_wrong_code_on_both_sides() -> None:
    comparison = compared(
        [event("seeking.lean", 10.2), event("seeking.reach", 20), event("seeking.reach", 40)],
        [event("seeking.reach", 10), event("seeking.reach", 20), event("seeking.reach", 30)],
    )
    reach, lean = of_code(comparison, "seeking.reach"), of_code(comparison, "seeking.lean")
    assert (reach.n_reference, reach.n_own) == (3, 2)
    assert (reach.matches, reach.wrong_codes, reach.misses, reach.false_alarms) == (1, 1, 1, 1)
    assert (lean.n_reference, lean.n_own, lean.taken_for) == (0, 1, 1)
    assert reach.agreement == pytest.approx(2 / 5)
    assert (reach.recall, reach.precision) == (pytest.approx(1 / 3), pytest.approx(1 / 2))


def test_agreement_is_zero_when_only_one_has_events_and_undefined_when_none_has() -> None:
    comparison = compared([], [event("seeking.reach", 10)])
    assert of_code(comparison, "seeking.reach").agreement == 0
    assert of_code(comparison, "seeking.reach").precision is None
    assert compared([], []).overall.agreement is None


def test_the_median_lag_is_over_matches() -> None:
    comparison = compared(
        [event("seeking.reach", at) for at in (10.1, 20.2, 30.9)],
        [event("seeking.reach", at) for at in (10, 20, 30)],
    )
    assert comparison.overall.median_lag_us == 200_000
    assert compared([], []).overall.median_lag_us is None


def test_every_episode_has_totals_and_only_codes_that_occur() -> None:
    comparison = compare(full_coding(), reference_coding(), SCHEME)
    assert [totals.episode for totals in comparison.by_episode] == ["S1", "R2"]
    assert [totals.n_reference for totals in comparison.by_episode] == [3, 2]
    assert "seeking.lean" not in {totals.code for totals in comparison.by_code}


def test_a_coding_agrees_with_itself() -> None:
    comparison = compare(full_coding(), reference_coding(), SCHEME)
    assert comparison.overall.agreement == 1
    assert {row.kind for row in comparison.rows} == {MATCH}
    assert {row.lag_us for row in comparison.rows} == {0}
    assert all(entry.agrees is not False for entry in comparison.classes)


@given(EVENTS, EVENTS)
def test_every_event_is_in_exactly_one_row(own: list[Event], reference: list[Event]) -> None:
    comparison = compared(own, reference)
    coding, other = bare_coding(*own), bare_coding(*reference)
    mine = sorted(row.own.id for row in comparison.rows if row.own)
    theirs = sorted(row.reference.id for row in comparison.rows if row.reference)
    assert mine == [one.id for one in coding.events]
    assert theirs == [one.id for one in other.events]
    assert [row.at_us for row in comparison.rows] == sorted(row.at_us for row in comparison.rows)


@given(EVENTS, EVENTS)
def test_totals_per_code_add_up_to_the_whole(own: list[Event], reference: list[Event]) -> None:
    comparison = compared(own, reference)
    for name in ("n_reference", "n_own", "matches", "misses", "false_alarms", "wrong_codes"):
        parts = sum(getattr(totals, name) for totals in comparison.by_code)
        assert parts == getattr(comparison.overall, name)
    assert comparison.overall.n_reference == len(reference)
    assert comparison.overall.n_own == len(own)
    assert comparison.overall.taken_for == comparison.overall.wrong_codes


@given(EVENTS, EVENTS)
def test_changing_sides_turns_misses_into_false_alarms(
    own: list[Event], reference: list[Event]
) -> None:
    there, back = compared(own, reference).overall, compared(reference, own).overall
    assert (there.matches, there.wrong_codes) == (back.matches, back.wrong_codes)
    assert (there.misses, there.false_alarms) == (back.false_alarms, back.misses)


def test_cells_of_code_and_episode_add_up_to_the_episodes() -> None:
    comparison = compare(full_coding(), reference_coding(), SCHEME)
    for totals in comparison.by_episode:
        cells = [c for c in comparison.by_code_and_episode if c.episode == totals.episode]
        assert sum(cell.matches for cell in cells) == totals.matches


def test_the_order_in_which_events_were_coded_does_not_matter() -> None:
    moments = [(code, at) for at in range(10, 40) for code in ("seeking.reach", "seeking.lean")]
    shuffled = moments[::2] + moments[1::2][::-1]
    reference = [event("seeking.reach", at + 0.3) for at in range(10, 40)]
    first = compared([event(code, at) for code, at in moments], reference).overall
    assert compared([event(code, at) for code, at in shuffled], reference).overall == first


def test_rating_differences_are_signed_and_keep_what_is_missing() -> None:
    own = replace(
        full_coding(),
        ratings=(
            Rating(slot=SlotId("near_c_2"), score=Points(5)),
            Rating(slot=SlotId("near_s_1"), score=Points(3)),
        ),
    )
    ratings = {row.slot: row for row in compare(own, reference_coding(), SCHEME).ratings}
    assert ratings[SlotId("near_c_2")].difference == -1.5
    assert ratings[SlotId("near_s_1")].difference is None
    assert ratings[SlotId("near_s_1")].reference == Missing("NA_view")
    assert ratings[SlotId("odd")].own is NOT_RATED


@pytest.mark.parametrize(
    ("own", "reference", "which", "agrees"),
    [
        (classed("B", subgroup="B1"), classed("B", subgroup="B2"), ClassLevel.PRIMARY, True),
        (classed("B", subgroup="B1"), classed("B", subgroup="B2"), ClassLevel.SUBGROUP, False),
        (classed("D", secondary="B1"), classed("B", subgroup="B1"), ClassLevel.THREE_WAY, True),
        (classed("D", secondary="B1"), classed("B", subgroup="B1"), ClassLevel.FOUR_WAY, False),
        (classed("D", secondary="B1"), classed("A", subgroup="A1"), ClassLevel.D_TWO_WAY, False),
        (
            classed("D", secondary="B1"),
            classed("A", subgroup="A1"),
            ClassLevel.SECURE_TWO_WAY,
            True,
        ),
        (classed("D", secondary="B1"), classed("D"), ClassLevel.SECONDARY, None),
        (bare_coding(), classed("B", subgroup="B1"), ClassLevel.PRIMARY, None),
        (
            classed("D", d_decision=DDecision.YES),
            classed("D", d_decision=DDecision.NO),
            ClassLevel.D_DECISION,
            False,
        ),
    ],
)
def test_classes_agree_level_by_level(
    own: Coding, reference: Coding, which: ClassLevel, agrees: bool | None
) -> None:
    assert level(own, reference, which) is agrees


def test_a_table_without_d_leaves_its_levels_out() -> None:
    groups = tuple(group for group in SCHEME.rules.groups if not group.by_decision)
    scheme = replace(SCHEME, rules=replace(SCHEME.rules, groups=groups, disorganization=None))
    comparison = compare(classed("B"), classed("A"), scheme)
    levels = {entry.level for entry in comparison.classes}
    assert ClassLevel.D_TWO_WAY not in levels
    assert ClassLevel.THREE_WAY in levels


def test_another_session_is_told() -> None:
    assert compare(full_coding(), reference_coding(), SCHEME).same_session
    other = replace(reference_coding(), session="S002")
    assert not compare(full_coding(), other, SCHEME).same_session


def test_a_coding_of_another_scheme_is_refused() -> None:
    with pytest.raises(ComparisonError, match=r"uses the code .*compare codings that were made"):
        compare(bare_coding(), bare_coding(event("play.look", 1, 2)), load_scheme("infant"))


def test_a_class_of_another_scheme_is_refused() -> None:
    with pytest.raises(ComparisonError, match="has the class AC, which scheme small does not know"):
        compare(classed("AC"), bare_coding(), SCHEME)


def test_a_negative_tolerance_is_refused() -> None:
    with pytest.raises(ComparisonError, match="is negative; give 0 or more"):
        compare(bare_coding(), bare_coding(), SCHEME, tolerance_us=Micros(-1))
