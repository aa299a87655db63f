"""Laws of what two codings differ in, whatever they are, and of the cells that count it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.agreement.compare import ComparisonError, check_scheme, compare
from ssp_coder.agreement.comparison import (
    DEFAULT_TOLERANCE_US,
    ClassLevel,
    Comparison,
    Difference,
    DifferenceKind,
)
from ssp_coder.agreement.confusion import Cell, confusion
from ssp_coder.agreement.disagreement import (
    AFTER_US,
    BEFORE_US,
    Disagreement,
    DisagreementKind,
    differing_classes,
    disagreements,
    episode_starts,
    stretch_around,
    where_to_look,
)
from ssp_coder.catalog import available_schemes, load_scheme
from ssp_coder.domain.coding import Classification, Coding, DDecision, Event
from ssp_coder.domain.scale import NOT_RATED, Missing, Points, Rating, Score, SlotId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import Micros
from tests.agreement_codings import coded_twice
from tests.builders import coding, infant_scheme
from tests.fixtures.table_schemes import (
    CAREGIVER,
    STRANGER,
    bare_coding,
    event,
    full_coding,
    small_scheme,
    us,
)

SCHEME = small_scheme()
SLOTS = tuple(slot.id for slot in SCHEME.slots)
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["seeking.reach", "seeking.lean", "play.look", "play.handle", "distress.cry"]
        ),
        st.integers(0, 60),
        st.integers(1, 12) | st.none(),
    ).map(
        lambda drawn: event(
            drawn[0], drawn[1] / 4, None if drawn[2] is None else (drawn[1] + drawn[2]) / 4
        )
    ),
    max_size=9,
)
SCORES = st.fixed_dictionaries(
    {
        slot: st.none()
        | st.integers(2, 14).map(lambda half: Points(half / 2))
        | st.sampled_from(["NA_view", "NA_absent"]).map(Missing)
        for slot in SLOTS
    }
)
CLASSES = st.none() | st.sampled_from(
    [
        Classification(primary="A", subgroup="A1"),
        Classification(primary="B", subgroup="B1"),
        Classification(primary="B", subgroup="B2"),
        Classification(primary="B", subgroup="B2", d_decision=DDecision.NO),
        Classification(primary="D", secondary="B2", d_decision=DDecision.YES),
        Classification(primary="D", secondary="A1", d_decision=DDecision.YES),
    ]
)


@st.composite
def codings(draw: st.DrawFn) -> Coding:
    """A coding of any events, ratings and class that the small scheme allows."""
    scores: dict[SlotId, Score | None] = draw(SCORES)
    return replace(
        bare_coding(*draw(EVENTS)),
        ratings=tuple(
            Rating(slot=slot, score=score)
            for slot, score in sorted(scores.items())
            if score is not None
        ),
        classification=draw(CLASSES),
    )


def found(own: Coding, reference: Coding, tolerance_s: float = 1) -> tuple[Disagreement, ...]:
    return disagreements(compare(own, reference, SCHEME, tolerance_us=us(tolerance_s)), SCHEME)


def seen_from_the_other_side(one: Disagreement) -> DisagreementKind:
    return {
        DisagreementKind.MISSED: DisagreementKind.EXTRA,
        DisagreementKind.EXTRA: DisagreementKind.MISSED,
    }.get(one.kind, one.kind)


class TestLaws:
    @given(codings())
    def test_nobody_differs_from_himself(self, value: Coding) -> None:
        assert found(value, value) == ()

    @given(codings(), codings(), st.integers(0, 8))
    def test_what_one_misses_is_what_the_other_has_extra(
        self, own: Coding, reference: Coding, quarters: int
    ) -> None:
        here, there = found(own, reference, quarters / 4), found(reference, own, quarters / 4)
        assert Counter(map(seen_from_the_other_side, here)) == Counter(one.kind for one in there)

    @given(codings(), codings())
    def test_every_difference_has_a_key_of_its_own_and_no_weight_below_nothing(
        self, own: Coding, reference: Coding
    ) -> None:
        everything = found(own, reference)
        assert len({one.key for one in everything}) == len(everything)
        assert all(one.weight >= 0 for one in everything)

    @given(codings(), codings())
    def test_events_come_in_order_of_time_before_ratings_before_the_class(
        self, own: Coding, reference: Coding
    ) -> None:
        everything = found(own, reference)
        ranks = [
            2 if one.at_level is not None else 1 if one.rating is not None else 0
            for one in everything
        ]
        assert ranks == sorted(ranks)
        rows = [one.row.at_us for one in everything if one.row is not None]
        assert rows == sorted(rows)

    @given(codings(), codings())
    def test_each_is_about_exactly_one_thing(self, own: Coding, reference: Coding) -> None:
        for one in found(own, reference):
            about = [part for part in (one.row, one.rating, one.at_level) if part is not None]
            assert len(about) == 1

    @given(codings(), codings())
    def test_a_loop_shows_its_moment_with_what_is_around_it(
        self, own: Coding, reference: Coding
    ) -> None:
        for one in found(own, reference):
            if one.at_us is None:
                assert one.loop is None
                continue
            assert one.loop is not None
            assert one.loop.start_us == max(0, one.at_us - BEFORE_US)
            assert one.loop.end_us == one.at_us + AFTER_US

    @given(codings(), codings())
    def test_ratings_are_told_just_where_the_scores_are_not_the_same(
        self, own: Coding, reference: Coding
    ) -> None:
        told = {one.rating.slot for one in found(own, reference) if one.rating is not None}
        assert told == {slot for slot in SLOTS if own.score(slot) != reference.score(slot)}

    @given(codings(), codings(), st.integers(0, 8))
    def test_a_pair_is_told_only_if_codes_or_ends_differ(
        self, own: Coding, reference: Coding, quarters: int
    ) -> None:
        for one in found(own, reference, quarters / 4):
            row = one.row
            if row is not None and row.own is not None and row.reference is not None:
                other_code = row.own.code != row.reference.code
                assert other_code is (one.kind is DisagreementKind.OTHER_CODE)
                assert other_code or row.ends_apart

    @given(codings(), codings())
    def test_nobody_is_told_of_subgroups_where_the_groups_differ(
        self, own: Coding, reference: Coding
    ) -> None:
        levels = {one.at_level.level for one in found(own, reference) if one.at_level is not None}
        if ClassLevel.PRIMARY in levels:
            assert not levels & {ClassLevel.SUBGROUP, ClassLevel.SECONDARY}


class TestWhereToLook:
    @pytest.mark.parametrize(
        ("own_end", "reference_end", "wanted"),
        [(14, 18, 14), (18, 14, 14), (None, 18, 18), (18, None, 18), (14.5, 14, 10)],
        ids=["own first", "reference first", "own open", "reference open", "ends together"],
    )
    def test_a_state_is_looked_at_where_the_first_end_is(
        self, own_end: float | None, reference_end: float | None, wanted: float
    ) -> None:
        own = bare_coding(event("play.look", 10, own_end))
        reference = bare_coding(event("play.look", 10, reference_end))
        (row,) = compare(own, reference, SCHEME).rows
        assert where_to_look(row) == us(wanted)

    def test_two_states_that_both_left_open_do_not_differ(self) -> None:
        value = bare_coding(event("play.look", 10))
        (row,) = compare(value, value, SCHEME).rows
        assert (row.end_lag_us, row.ends_apart) == (None, False)
        assert where_to_look(row) == us(10)

    @pytest.mark.parametrize(
        ("own_end", "weight"), [(None, 1), (21.5, 1.5), (16, 4)], ids=["open", "late", "early"]
    )
    def test_an_end_elsewhere_weighs_its_seconds_and_one_left_open_as_much_as_any_other(
        self, own_end: float | None, weight: float
    ) -> None:
        (one,) = found(
            bare_coding(event("play.look", 5, own_end)), bare_coding(event("play.look", 5, 20))
        )
        assert (one.kind, one.weight) == (DisagreementKind.TIMING, weight)

    @given(st.integers(0, 10_000_000))
    def test_a_stretch_is_never_empty_and_holds_its_moment(self, at_us: int) -> None:
        stretch = stretch_around(at_us)
        assert 0 <= stretch.start_us <= at_us < stretch.end_us


class TestTolerance:
    @pytest.mark.parametrize("lag_us", [0, 1, 999_999, 1_000_000])
    def test_up_to_a_second_is_the_same_moment(self, lag_us: int) -> None:
        own = bare_coding(event("seeking.reach", 10 + lag_us / 1e6))
        assert found(own, bare_coding(event("seeking.reach", 10))) == ()

    def test_a_microsecond_more_is_another_one(self) -> None:
        own = bare_coding(event("seeking.reach", 11.000001))
        kinds = [one.kind for one in found(own, bare_coding(event("seeking.reach", 10)))]
        assert kinds == [DisagreementKind.MISSED, DisagreementKind.EXTRA]

    def test_without_any_tolerance_only_the_very_same_moment_counts(self) -> None:
        own = bare_coding(event("seeking.reach", 10), event("seeking.lean", 20.000001))
        reference = bare_coding(event("seeking.reach", 10), event("seeking.lean", 20))
        assert len(found(own, reference, 0)) == 2

    def test_the_usual_one_is_a_second(self) -> None:
        own = bare_coding(event("seeking.reach", 10.9))
        told = compare(own, bare_coding(event("seeking.reach", 10)), SCHEME)
        assert told.tolerance_us == DEFAULT_TOLERANCE_US == us(1)
        assert told.overall.matches == 1

    @given(codings(), codings())
    def test_with_all_the_time_of_the_session_nothing_of_one_code_is_left_on_both_sides(
        self, own: Coding, reference: Coding
    ) -> None:
        rows = compare(own, reference, SCHEME, tolerance_us=us(1_000)).rows
        missed = {row.code for row in rows if row.kind is DifferenceKind.MISS}
        extra = {row.code for row in rows if row.kind is DifferenceKind.FALSE_ALARM}
        assert not missed & extra


class TestCells:
    def cells(self, own: Coding, reference: Coding) -> tuple[Comparison, tuple[Cell, ...]]:
        comparison = compare(own, reference, SCHEME)
        return comparison, confusion(comparison.rows, SCHEME)

    @given(codings(), codings())
    def test_margins_are_the_counts_of_each_code(self, own: Coding, reference: Coding) -> None:
        comparison, cells = self.cells(own, reference)
        for total in comparison.by_code:
            down = sum(cell.count for cell in cells if cell.reference == total.code)
            across = sum(cell.count for cell in cells if cell.own == total.code)
            alike = sum(cell.count for cell in cells if cell.reference == cell.own == total.code)
            assert (down, across, alike) == (total.n_reference, total.n_own, total.matches)

    @given(codings(), codings())
    def test_changing_sides_turns_the_table_over(self, own: Coding, reference: Coding) -> None:
        _, here = self.cells(own, reference)
        _, there = self.cells(reference, own)
        # Of several ways to pair with the least lag either may be taken, so sums are compared.
        for matches in (True, False):
            assert sum(c.count for c in here if (c.reference == c.own) is matches) == sum(
                c.count for c in there if (c.reference == c.own) is matches
            )

    @given(codings(), codings())
    def test_no_cell_is_empty_and_none_stands_twice(self, own: Coding, reference: Coding) -> None:
        _, cells = self.cells(own, reference)
        places = [(cell.subject, cell.group, cell.reference, cell.own) for cell in cells]
        assert len(set(places)) == len(places)
        assert places == sorted(places)
        assert all(cell.count for cell in cells)

    def test_persons_have_tables_of_their_own(self) -> None:
        both = bare_coding(
            event("presence.in_room", 5, 9, subject=CAREGIVER),
            event("presence.in_room", 5, 9, subject=STRANGER),
        )
        _, cells = self.cells(both, both)
        assert [(cell.subject, cell.count) for cell in cells] == [("caregiver", 1), ("stranger", 1)]

    def test_rows_of_a_cell_keep_the_order_of_time(self) -> None:
        reference = bare_coding(*(event("seeking.reach", at) for at in (40, 10, 25)))
        _, (cell,) = self.cells(bare_coding(), reference)
        assert [row.at_us for row in cell.rows] == [us(10), us(25), us(40)]

    def test_five_thousand_events_are_counted_to_the_last(self) -> None:
        own, reference = coded_twice(5_000, seed=3)
        comparison = compare(own, reference, infant_scheme())
        cells = confusion(comparison.rows, infant_scheme())
        assert sum(cell.count for cell in cells) == len(comparison.rows)
        events = sum(2 if row.own and row.reference else 1 for row in comparison.rows)
        assert events == len(own.events) + len(reference.events)


class TestClasses:
    def levels(self, own: Classification | None, other: Classification | None) -> list[ClassLevel]:
        one, two = (replace(bare_coding(), classification=each) for each in (own, other))
        return [each.level for each in differing_classes(compare(one, two, SCHEME))]

    def test_no_class_on_either_side_is_no_difference(self) -> None:
        assert self.levels(None, None) == []

    @pytest.mark.parametrize("swapped", [False, True], ids=["own", "reference"])
    def test_a_class_of_one_alone_is_told_by_its_group_only(self, swapped: bool) -> None:
        pair = (None, Classification(primary="B", subgroup="B1"))
        assert self.levels(*(pair[::-1] if swapped else pair)) == [ClassLevel.PRIMARY]

    def test_a_decision_that_only_one_made_is_told_beside_the_same_class(self) -> None:
        plain = Classification(primary="B", subgroup="B1")
        assert self.levels(plain, replace(plain, d_decision=DDecision.NO)) == [
            ClassLevel.D_DECISION
        ]

    def test_a_subgroup_that_only_one_gave_is_told(self) -> None:
        whole = Classification(primary="B", subgroup="B1")
        assert self.levels(whole, replace(whole, subgroup="")) == [ClassLevel.SUBGROUP]

    def test_what_follows_from_a_level_is_never_told_as_well(self) -> None:
        levels = self.levels(
            Classification(primary="A", subgroup="A1", d_decision=DDecision.NO),
            Classification(primary="D", secondary="B2", d_decision=DDecision.YES),
        )
        assert levels == [ClassLevel.PRIMARY, ClassLevel.D_DECISION]


class TestRefusals:
    def test_a_code_of_another_scheme_is_named_with_the_coding_that_uses_it(self) -> None:
        foreign = bare_coding(event("play.hum", 3, 4), coder="c07")
        with pytest.raises(ComparisonError, match=r"S001 by c07.*play\.hum.*small"):
            check_scheme(foreign, SCHEME)

    @pytest.mark.parametrize("side", ["own", "reference"])
    def test_either_side_may_be_the_wrong_one(self, side: str) -> None:
        foreign, sound = (
            replace(bare_coding(), classification=Classification(primary="Z")),
            (bare_coding()),
        )
        pair = (foreign, sound) if side == "own" else (sound, foreign)
        with pytest.raises(ComparisonError, match="class Z"):
            compare(*pair, SCHEME)

    def test_a_refusal_says_what_to_do(self) -> None:
        with pytest.raises(ComparisonError) as caught:
            compare(bare_coding(), bare_coding(), SCHEME, tolerance_us=Micros(-1))
        finding = caught.value.finding
        assert (finding.place, finding.remedy) == ("tolerance", "give 0 or more")


@pytest.mark.parametrize("summary", available_schemes(), ids=lambda one: one.id)
class TestEveryScheme:
    def scheme(self, summary: object) -> Scheme:
        return load_scheme(summary.id)  # type: ignore[attr-defined]  # a summary of the catalogue

    def test_two_empty_codings_are_compared_place_by_place(self, summary: object) -> None:
        scheme = self.scheme(summary)
        comparison = compare(coding(), coding(coder="c02"), scheme)
        assert comparison.rows == ()
        assert [one.slot for one in comparison.ratings] == [slot.id for slot in scheme.slots]
        assert {one.own for one in comparison.ratings} <= {NOT_RATED}
        assert disagreements(comparison, scheme) == ()
        assert comparison.overall.agreement is None

    def test_a_code_of_every_group_that_is_missed_is_told(self, summary: object) -> None:
        scheme = self.scheme(summary)
        events = tuple(
            Event(
                id=number,
                code=group.codes[0].id,
                subject=group.subjects[0],
                start_us=us(number),
                end_us=us(number),
            )
            for number, group in enumerate(scheme.ethogram.groups, start=1)
        )
        comparison = compare(coding(), coding(coder="c02", events=events), scheme)
        told = disagreements(comparison, scheme)
        assert {one.kind for one in told} == {DisagreementKind.MISSED}
        assert len(told) == len(scheme.ethogram.groups)
        assert len(confusion(comparison.rows, scheme)) == len(scheme.ethogram.groups)

    def test_every_place_that_one_alone_rated_is_told(self, summary: object) -> None:
        scheme = self.scheme(summary)
        ratings = tuple(
            Rating(slot=slot.id, score=Points(scheme.scale_of(slot.id).minimum))
            for slot in sorted(scheme.slots, key=lambda one: one.id)
        )
        told = disagreements(compare(coding(ratings=ratings), coding(), scheme), scheme)
        assert [one.rating.slot for one in told if one.rating] == [one.id for one in scheme.slots]

    def test_classes_of_every_group_differ_from_those_of_every_other(self, summary: object) -> None:
        scheme = self.scheme(summary)
        groups = scheme.rules.groups
        for one in groups:
            for other in groups:
                classes = (Classification(primary=group.id) for group in (one, other))
                pair = (coding(classification=each) for each in classes)
                levels = [each.level for each in differing_classes(compare(*pair, scheme))]
                assert levels == ([] if one is other else [ClassLevel.PRIMARY])


class TestEpisodes:
    def test_an_episode_begins_where_it_is_marked(self) -> None:
        assert episode_starts(full_coding(), SCHEME) == {"S1": us(10.04), "R2": us(72)}

    def test_a_rating_of_no_episode_has_no_moment(self) -> None:
        own = replace(full_coding(), ratings=())
        comparison = compare(own, full_coding(), SCHEME)
        told = disagreements(comparison, SCHEME, episode_starts(full_coding(), SCHEME))
        moments = {one.rating.slot: one.at_us for one in told if one.rating is not None}
        assert moments == {"near_c_2": us(72), "near_s_1": us(10.04), "odd": None}

    @given(st.integers(0, 130))
    def test_a_row_is_named_by_the_episode_in_which_the_reference_sees_it(self, at: int) -> None:
        own = bare_coding(event("play.handle", at, at + 1))
        rows = compare(own, full_coding(), SCHEME).rows
        row = next(row for row in rows if row.code == "play.handle")
        wanted = None if at < 10.04 or at >= 112 else "S1" if at < 72 else "R2"
        assert row.episode == wanted


def test_a_row_without_any_event_is_in_no_cell() -> None:
    ghost = Difference(
        kind=DifferenceKind.MISS,
        reference=None,
        own=None,
        code=SCHEME.ethogram.groups[0].codes[0].id,
        episode=None,
        at_us=us(0),
    )
    assert confusion((ghost,), SCHEME) == ()
