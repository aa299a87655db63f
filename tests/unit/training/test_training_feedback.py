"""What a trainee is told after a submission."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.agreement.comparison import DifferenceKind
from ssp_coder.catalog.handbooks import handbook_for
from ssp_coder.domain.coding import Classification, Coding, DDecision, Event
from ssp_coder.domain.scale import Missing, Points, Rating, SlotId
from ssp_coder.domain.time import Micros, Span
from ssp_coder.training.feedback import (
    Feedback,
    Order,
    confusion,
    feedback_on,
    feedback_settings,
    items_of,
    ordered,
)
from ssp_coder.training.feedback_items import FeedbackItem, ItemKind
from ssp_coder.training.feedback_ratings import anchors_at
from ssp_coder.training.packs import Exclusion, Rationale, Reference
from tests.builders import infant_scheme
from tests.fixtures.table_schemes import (
    bare_coding,
    event,
    full_coding,
    reference_coding,
    small_scheme,
    us,
)
from tests.fixtures.training_figures import made_up_reference

SCHEME = small_scheme()
SETTINGS = feedback_settings()
HANDBOOK = handbook_for(infant_scheme().system)


def told(own: list[Event], theirs: list[Event], **fields: object) -> Feedback:
    reference = Reference(coding=bare_coding(*theirs, coder="ref"), scheme=SCHEME, **fields)
    return feedback_on(bare_coding(*own), reference, SETTINGS, HANDBOOK)


def only_item(own: list[Event], theirs: list[Event], **fields: object) -> FeedbackItem:
    (item,) = told(own, theirs, **fields).items
    return item


def of_coding(own: Coding, **fields: object) -> Feedback:
    reference = Reference(coding=reference_coding(), scheme=SCHEME, **fields)
    return feedback_on(own, reference, SETTINGS, HANDBOOK)


def with_rating(slot: str, score: Points | Missing | None) -> Coding:
    coding = full_coding()
    kept = [rating for rating in coding.ratings if rating.slot != slot]
    new = [] if score is None else [Rating(slot=SlotId(slot), score=score)]
    return replace(coding, ratings=tuple(sorted((*kept, *new), key=lambda one: one.slot)))


def rating_item(own: Coding, slot: str = "near_c_2", **fields: object) -> FeedbackItem:
    (item,) = (one for one in of_coding(own, **fields).items if one.place == slot)
    return item


def with_class(**fields: object) -> Coding:
    own = full_coding().classification
    assert own is not None
    return replace(full_coding(), classification=replace(own, **fields))


def class_kinds(own: Coding) -> list[ItemKind]:
    return [item.kind for item in of_coding(own).items]


class TestEvents:
    def test_a_perfect_submission_has_no_items(self) -> None:
        assert of_coding(full_coding()).items == ()

    def test_a_miss_shows_what_was_to_be_seen(self) -> None:
        item = only_item([], [event("seeking.reach", 30)])
        assert item.kind is ItemKind.MISS
        assert (str(item.reference), item.reference_value, item.own_value) == (
            "Reach",
            "seeking.reach",
            "",
        )

    def test_a_false_alarm_has_no_reference(self) -> None:
        item = only_item([event("seeking.reach", 30)], [])
        assert item.kind is ItemKind.FALSE_ALARM
        assert (str(item.own), item.reference_value) == ("Reach", "")

    def test_another_code_of_the_group_is_a_wrong_code(self) -> None:
        item = only_item([event("seeking.lean", 30)], [event("seeking.reach", 30)])
        assert item.kind is ItemKind.WRONG_CODE
        assert (item.own_value, item.reference_value) == ("seeking.lean", "seeking.reach")

    def test_an_onset_more_than_a_second_off_is_late_and_not_missed(self) -> None:
        item = only_item([event("seeking.reach", 31.5)], [event("seeking.reach", 30)])
        assert (item.kind, item.difference) == (ItemKind.LAG, us(1.5))

    def test_an_onset_within_a_second_is_not_told(self) -> None:
        assert told([event("seeking.reach", 30.9)], [event("seeking.reach", 30)]).items == ()

    def test_further_apart_it_is_a_miss_and_a_false_alarm(self) -> None:
        kinds = [
            one.kind
            for one in told([event("seeking.reach", 40)], [event("seeking.reach", 30)]).items
        ]
        assert kinds == [ItemKind.MISS, ItemKind.FALSE_ALARM]

    def test_an_end_elsewhere_is_told_where_states_may_overlap(self) -> None:
        item = only_item([event("play.look", 30, 50)], [event("play.look", 30, 40)])
        assert (item.kind, item.difference) == (ItemKind.ENDS, us(10))
        assert item.loop == Span(start_us=us(38), end_us=us(53))

    def test_an_end_is_not_told_where_it_is_the_next_onset(self) -> None:
        found = told([event("distress.cry", 30, 50)], [event("distress.cry", 30, 40)])
        assert found.items == ()

    def test_the_loop_runs_from_two_seconds_before_to_three_after(self) -> None:
        item = only_item([], [event("seeking.reach", 30)])
        assert (item.at_us, item.loop) == (us(30), Span(start_us=us(28), end_us=us(33)))

    def test_the_loop_holds_both_onsets(self) -> None:
        item = only_item([event("seeking.reach", 32)], [event("seeking.reach", 30)])
        assert item.loop == Span(start_us=us(28), end_us=us(35))

    def test_a_loop_never_begins_before_the_film(self) -> None:
        item = only_item([], [event("seeking.reach", 0.5)])
        assert item.loop == Span(start_us=Micros(0), end_us=us(3.5))

    def test_the_chapter_on_codes_helps(self) -> None:
        assert only_item([], [event("seeking.reach", 30)]).chapter == "code"

    def test_keys_are_stable_and_differ(self) -> None:
        own, theirs = made_up_reference(1).coding, made_up_reference(2)
        first = feedback_on(own, theirs, SETTINGS)
        again = feedback_on(own, theirs, SETTINGS)
        keys = [item.key for item in first.items]
        assert keys == [item.key for item in again.items]
        assert len(set(keys)) == len(keys) > 100
        assert first.item(keys[3]) == first.items[3]
        assert first.item("nothing") is None


class TestReasons:
    def test_a_note_on_the_stretch_explains_its_events(self) -> None:
        note = Rationale(words="Both arms go up.", span=Span(start_us=us(29), end_us=us(31)))
        other = Rationale(words="Elsewhere.", span=Span(start_us=us(60), end_us=us(70)))
        item = only_item([], [event("seeking.reach", 30)], notes=(note, other))
        assert item.notes == (note,)

    def test_a_note_on_a_single_frame_explains_the_event_that_begins_there(self) -> None:
        note = Rationale(words="Here.", span=Span(start_us=us(30), end_us=us(30)))
        assert only_item([], [event("seeking.reach", 30)], notes=(note,)).notes == (note,)

    def test_a_note_on_a_rating_does_not_explain_events(self) -> None:
        span = Span(start_us=us(29), end_us=us(31))
        note = Rationale(words="Why a 6.", slot=SlotId("near_c_2"), span=span)
        assert only_item([], [event("seeking.reach", 30)], notes=(note,)).notes == ()

    def test_an_empty_note_is_none(self) -> None:
        note = Rationale(words="  ", span=Span(start_us=us(29), end_us=us(31)))
        assert only_item([], [event("seeking.reach", 30)], notes=(note,)).notes == ()

    def test_an_excluded_item_is_listed_apart_with_its_reason(self) -> None:
        span = Span(start_us=us(29), end_us=us(31))
        found = told(
            [],
            [event("seeking.reach", 30), event("seeking.lean", 60)],
            exclusions=(Exclusion(reason="out of view", span=span),),
        )
        assert [item.place for item in found.items] == ["seeking.lean"]
        assert [(item.place, item.excluded) for item in found.left_out] == [
            ("seeking.reach", "out of view")
        ]
        assert sum(cell.count for cell in found.cells) == 1


class TestRatings:
    def test_two_points_are_a_difference(self) -> None:
        item = rating_item(with_rating("near_c_2", Points(4.5)))
        assert (item.kind, item.difference) == (ItemKind.RATING, -2)
        assert (str(item.own), str(item.reference)) == ("4.5", "6.5")

    def test_one_point_is_told_apart(self) -> None:
        assert rating_item(with_rating("near_c_2", Points(5.5))).kind is ItemKind.RATING_NEAR

    def test_more_points_weigh_more(self) -> None:
        two = rating_item(with_rating("near_c_2", Points(4.5)))
        four = rating_item(with_rating("near_c_2", Points(2.5)))
        assert four.weight == 2 * two.weight

    def test_the_scale_says_what_both_points_are(self) -> None:
        item = rating_item(with_rating("near_c_2", Points(1)))
        assert [str(anchor.text) for anchor in item.own_anchors] == ["Nothing of it"]
        assert [anchor.point for anchor in item.reference_anchors] == [1, 7]

    def test_a_rating_that_only_one_made_is_told(self) -> None:
        item = rating_item(with_rating("near_c_2", None))
        assert (item.kind, item.own_value, str(item.own)) == (ItemKind.UNRATED, "", "")

    def test_a_reason_instead_of_a_number_is_told_in_words(self) -> None:
        item = rating_item(with_rating("near_c_2", Missing("NA_view")))
        assert (item.kind, item.own_value) == (ItemKind.UNRATED, "NA_view")
        assert str(item.own) == "View was lost"

    def test_two_reasons_are_no_difference(self) -> None:
        own = with_rating("near_s_1", Missing("NA_absent"))
        assert of_coding(own).items == ()

    def test_it_loops_what_the_trainers_note_shows(self) -> None:
        span = Span(start_us=us(80), end_us=us(90))
        note = Rationale(words="Here.", slot=SlotId("near_c_2"), span=span)
        item = rating_item(with_rating("near_c_2", Points(1)), notes=(note,))
        assert (item.loop, item.at_us, item.notes) == (span, us(80), (note,))

    def test_without_a_note_it_shows_the_start_of_the_episode(self) -> None:
        item = rating_item(with_rating("near_c_2", Points(1)))
        assert (item.at_us, item.episode) == (us(72), "R2")
        assert item.loop == Span(start_us=us(70), end_us=us(75))

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"clips": (Span(start_us=us(75), end_us=us(79)),)}, (75, 79)),
            ({"evidence": (5,)}, (71.3, 76.3)),
        ],
    )
    def test_the_references_evidence_goes_before_the_episode(
        self, fields: dict[str, object], expected: tuple[float, float]
    ) -> None:
        theirs = reference_coding()
        ratings = tuple(
            replace(one, **fields) if one.slot == "near_c_2" else one for one in theirs.ratings
        )
        reference = Reference(coding=replace(theirs, ratings=ratings), scheme=SCHEME)
        found = feedback_on(with_rating("near_c_2", Points(1)), reference, SETTINGS)
        (item,) = found.items
        assert item.loop == Span(start_us=us(expected[0]), end_us=us(expected[1]))

    def test_a_rating_of_the_whole_session_has_no_moment(self) -> None:
        item = rating_item(with_rating("odd", Points(1)), "odd")
        assert (item.at_us, item.loop, item.chapter) == (None, None, "rate")

    def test_an_excluded_place_does_not_count(self) -> None:
        excluded = Exclusion(reason="doubtful", slot=SlotId("near_c_2"))
        found = of_coding(with_rating("near_c_2", Points(1)), exclusions=(excluded,))
        assert found.items == ()
        assert [item.excluded for item in found.left_out] == ["doubtful"]


class TestAnchors:
    SCALE = SCHEME.scales[0]

    @pytest.mark.parametrize(("value", "points"), [(1, [1]), (7, [7]), (4, [1, 7]), (0, [1])])
    def test_between_two_anchors_both_are_told(self, value: float, points: list[float]) -> None:
        assert [anchor.point for anchor in anchors_at(self.SCALE, value)] == points


class TestClasses:
    def test_another_group_is_told_without_its_subgroup(self) -> None:
        own = with_class(primary="A", subgroup="A1", secondary="")
        assert class_kinds(own) == [ItemKind.CLASS]

    def test_another_best_fitting_subgroup_is_told_within_the_group(self) -> None:
        assert class_kinds(with_class(secondary="A1")) == [ItemKind.SECONDARY]

    def test_another_decision_is_told(self) -> None:
        own = with_class(d_decision=DDecision.NO)
        assert class_kinds(own) == [ItemKind.D_DECISION]

    def test_groups_are_told_by_their_titles(self) -> None:
        (item,) = of_coding(with_class(primary="A", subgroup="A1", secondary="")).items
        assert (str(item.own), str(item.reference)) == ("Far", "Odd")
        assert (item.own_value, item.reference_value) == ("A", "D")

    def test_a_subgroup_is_told_by_its_own_title(self) -> None:
        (item,) = of_coding(with_class(secondary="A1")).items
        assert (str(item.own), item.chapter) == ("Subgroup A1", "classify")

    def test_a_missing_class_is_told(self) -> None:
        own = replace(full_coding(), classification=None)
        assert ItemKind.CLASS in class_kinds(own)

    def test_without_a_class_of_the_reference_nothing_is_told(self) -> None:
        own = replace(bare_coding(), classification=Classification(primary="A", subgroup="A1"))
        reference = Reference(coding=bare_coding(coder="ref"), scheme=SCHEME)
        assert feedback_on(own, reference, SETTINGS).items == ()

    def test_a_note_on_the_whole_session_explains_the_class(self) -> None:
        note = Rationale(words="It all points to one thing.")
        reference = Reference(coding=reference_coding(), scheme=SCHEME, notes=(note,))
        own = with_class(primary="A", subgroup="A1", secondary="")
        (item,) = feedback_on(own, reference, SETTINGS).items
        assert item.notes == (note,)


class TestOrder:
    def items(self) -> tuple[FeedbackItem, ...]:
        own = replace(
            with_class(primary="A", subgroup="A1", secondary=""),
            events=full_coding().events[:-1],
            ratings=with_rating("near_c_2", Points(1)).ratings,
        )
        return of_coding(own).items

    def test_by_time_what_has_no_moment_comes_last(self) -> None:
        kinds = [item.kind for item in ordered(self.items(), Order.TIME)]
        assert kinds == [ItemKind.RATING, ItemKind.MISS, ItemKind.CLASS]

    def test_by_weight_what_decides_the_class_comes_first(self) -> None:
        kinds = [item.kind for item in ordered(self.items(), Order.WEIGHT)]
        assert kinds == [ItemKind.CLASS, ItemKind.RATING, ItemKind.MISS]

    def test_of_one_weight_the_earlier_comes_first(self) -> None:
        found = told([], [event("seeking.reach", 50), event("seeking.reach", 20)]).items
        assert [item.at_us for item in ordered(found, Order.WEIGHT)] == [us(20), us(50)]


class TestConfusion:
    OWN, THEIRS = made_up_reference(5).coding, made_up_reference(6)

    def test_every_row_stands_in_exactly_one_cell(self) -> None:
        found = feedback_on(self.OWN, self.THEIRS, SETTINGS)
        rows = [row for cell in found.cells for row in cell.rows]
        assert len(rows) == len(found.comparison.rows) > 100
        assert set(rows) == set(found.comparison.rows)

    def test_a_cell_is_the_sum_of_the_items_it_lists(self) -> None:
        found = feedback_on(self.OWN, self.THEIRS, SETTINGS)
        for cell in found.cells:
            if cell.reference != cell.own:
                assert len(items_of(cell, found.items)) == cell.count
            else:
                told_rows = {item.row for item in items_of(cell, found.items)}
                assert told_rows <= set(cell.rows)

    def test_misses_and_false_alarms_stand_beside_nothing(self) -> None:
        found = told([event("seeking.lean", 5)], [event("seeking.reach", 50)])
        assert {(cell.reference, cell.own) for cell in found.cells} == {
            ("seeking.reach", ""),
            ("", "seeking.lean"),
        }

    def test_matches_stand_on_the_diagonal(self) -> None:
        found = told([event("seeking.reach", 5)], [event("seeking.reach", 5)])
        (cell,) = found.cells
        assert (cell.subject, cell.group, cell.count) == ("infant", "seeking", 1)
        assert cell.rows[0].kind is DifferenceKind.MATCH

    def test_nothing_coded_has_no_cells(self) -> None:
        assert confusion((), SCHEME) == ()
