"""Feedback from edge to edge: limits of what is told, weights, reasons, every kind and scheme."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.agreement.compare import ComparisonError
from ssp_coder.catalog import available_schemes, load_scheme
from ssp_coder.catalog.handbooks import handbook_for
from ssp_coder.domain.coding import Classification, Coding, DDecision, EventId
from ssp_coder.domain.handbook import About
from ssp_coder.domain.scale import Missing, Points, Rating, SlotId
from ssp_coder.domain.time import Micros, Span
from ssp_coder.training.feedback import (
    Feedback,
    Order,
    feedback_on,
    feedback_settings,
    items_of,
    ordered,
)
from ssp_coder.training.feedback_items import FeedbackItem, ItemKind, Lesson
from ssp_coder.training.feedback_ratings import anchors_at
from ssp_coder.training.packs import Exclusion, Rationale, Reference
from ssp_coder.training.teaching_files import FOLDER, TeachingFileError, teaching_path
from tests.builders import coding
from tests.fixtures.table_schemes import (
    bare_coding,
    event,
    full_coding,
    numbered,
    reference_coding,
    small_scheme,
    us,
)

SCHEME = small_scheme()
SETTINGS = feedback_settings()
WHOLE = Span(start_us=Micros(0), end_us=us(200))


def told(own: Coding, reference: Coding, **fields: object) -> Feedback:
    settings = fields.pop("settings", SETTINGS)
    return feedback_on(own, Reference(coding=reference, scheme=SCHEME, **fields), settings)


def between(own: list[tuple], theirs: list[tuple], **fields: object) -> Feedback:
    """Of codings with these events, each given by code, start and end."""
    return told(
        *(bare_coding(*(event(*each) for each in side)) for side in (own, theirs)), **fields
    )


def rated(*scores: tuple[str, float | str]) -> Coding:
    """A coding with nothing but ratings."""
    return replace(
        bare_coding(),
        ratings=tuple(
            Rating(
                slot=SlotId(slot),
                score=Missing(score) if isinstance(score, str) else Points(float(score)),
            )
            for slot, score in sorted(scores)
        ),
    )


def set_to(**fields: float) -> object:
    return msgspec.structs.replace(SETTINGS, **fields)


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["seeking.reach", "seeking.lean", "play.look", "distress.cry"]),
        st.integers(0, 80).map(lambda quarters: quarters / 4),
        st.integers(1, 16).map(lambda quarters: quarters / 4) | st.none(),
    ).map(lambda one: (one[0], one[1], None if one[2] is None else one[1] + one[2])),
    max_size=8,
)


class TestLaws:
    @given(EVENTS)
    def test_the_reference_itself_would_be_told_nothing(self, events: list[tuple]) -> None:
        found = between(events, events)
        assert (found.items, found.left_out) == ((), ())

    @given(EVENTS, EVENTS)
    def test_every_event_of_another_code_or_none_is_told_once(
        self, own: list[tuple], theirs: list[tuple]
    ) -> None:
        found = between(own, theirs)
        rows = [item.row for item in found.items]
        assert len(set(rows)) == len(rows)
        differing = {row for cell in found.cells if cell.own != cell.reference for row in cell.rows}
        assert differing <= set(rows)

    @given(EVENTS, EVENTS)
    def test_a_loop_shows_every_onset_of_its_item(
        self, own: list[tuple], theirs: list[tuple]
    ) -> None:
        for item in between(own, theirs).items:
            assert item.loop is not None
            if item.kind is ItemKind.ENDS:
                continue
            for each in (item.row.own, item.row.reference):
                if each is not None:
                    assert item.loop.start_us <= each.start_us < item.loop.end_us

    @given(EVENTS, EVENTS)
    def test_items_and_what_was_left_out_are_together_what_differs(
        self, own: list[tuple], theirs: list[tuple]
    ) -> None:
        half = Span(start_us=Micros(0), end_us=us(10))
        plain = between(own, theirs)
        split = between(own, theirs, exclusions=(Exclusion(reason="dark", span=half),))
        keys = [item.key for item in (*split.items, *split.left_out)]
        assert sorted(keys) == sorted(item.key for item in plain.items)
        assert {item.excluded for item in split.left_out} <= {"dark"}

    @given(EVENTS, EVENTS)
    def test_any_order_holds_every_item(self, own: list[tuple], theirs: list[tuple]) -> None:
        items = between(own, theirs).items
        for order in Order:
            again = ordered(items[::-1], order)
            assert set(again) == set(items)
            assert len(again) == len(items)
        weights = [item.weight for item in ordered(items, Order.WEIGHT)]
        assert weights == sorted(weights, reverse=True)

    @given(EVENTS, EVENTS)
    def test_every_item_is_found_by_its_key(self, own: list[tuple], theirs: list[tuple]) -> None:
        found = between(own, theirs, exclusions=(Exclusion(reason="x", span=WHOLE, code=""),))
        assert found.items == ()
        assert all(found.item(item.key) is item for item in found.left_out)


class TestLimits:
    @pytest.mark.parametrize(
        ("lag", "kinds"),
        [
            (1.0, []),
            (1.000001, [ItemKind.LAG]),
            (-1.25, [ItemKind.LAG]),
            (3.0, [ItemKind.LAG]),
            (3.000001, [ItemKind.MISS, ItemKind.FALSE_ALARM]),
            (-3.000001, [ItemKind.FALSE_ALARM, ItemKind.MISS]),
        ],
        ids=str,
    )
    def test_onsets_are_late_up_to_the_pairing_and_then_missed(
        self, lag: float, kinds: list[ItemKind]
    ) -> None:
        found = between([("seeking.reach", 30 + lag)], [("seeking.reach", 30)])
        assert [item.kind for item in found.items] == kinds

    @pytest.mark.parametrize(
        ("apart", "kinds"),
        [(2.0, []), (2.000001, [ItemKind.ENDS]), (-2.5, [ItemKind.ENDS]), (40, [ItemKind.ENDS])],
        ids=str,
    )
    def test_ends_may_be_two_seconds_apart(self, apart: float, kinds: list[ItemKind]) -> None:
        found = between([("play.look", 30, 50 + apart)], [("play.look", 30, 50)])
        assert [item.kind for item in found.items] == kinds

    def test_a_late_onset_with_another_end_is_told_as_late_and_not_twice(self) -> None:
        found = between([("play.look", 32, 60)], [("play.look", 30, 50)])
        assert [item.kind for item in found.items] == [ItemKind.LAG]

    def test_a_lab_may_tell_of_less(self) -> None:
        pair = ([("seeking.reach", 31.5)], [("seeking.reach", 30)])
        assert between(*pair, settings=set_to(lag_s=2)).items == ()
        assert between(*pair, settings=set_to(pairing_s=1)).items[0].kind is ItemKind.MISS

    def test_a_lab_may_loop_longer(self) -> None:
        settings = set_to(before_s=10, after_s=0)
        (item,) = between([], [("seeking.reach", 30)], settings=settings).items
        assert item.loop == Span(start_us=us(20), end_us=us(30))

    @pytest.mark.parametrize(
        ("points", "kind"),
        [
            (3.5, ItemKind.RATING_NEAR),
            (2.5, ItemKind.RATING_NEAR),
            (2.0, ItemKind.RATING),
            (1, ItemKind.RATING),
        ],
        ids=str,
    )
    def test_two_points_are_much(self, points: float, kind: ItemKind) -> None:
        (item,) = told(rated(("near_s_1", points)), rated(("near_s_1", 4))).items
        assert (item.kind, item.difference) == (kind, points - 4)


class TestOpenEnds:
    """Who forgets to end a state is told so."""

    @pytest.mark.parametrize(
        ("own_end", "reference_end"), [(None, 50), (50, None)], ids=["own open", "reference open"]
    )
    def test_a_state_that_only_one_ended_is_told_where_it_ends(
        self, own_end: float | None, reference_end: float | None
    ) -> None:
        found = between([("play.look", 30, own_end)], [("play.look", 30, reference_end)])
        (item,) = found.items
        assert (item.kind, item.difference) == (ItemKind.ENDS, None)
        assert item.loop == Span(start_us=us(48), end_us=us(53))
        assert item.weight == SETTINGS.weights.ends

    def test_a_state_that_both_left_open_is_alike(self) -> None:
        assert between([("play.look", 30)], [("play.look", 30)]).items == ()

    def test_the_next_onset_tells_the_end_where_states_exclude_each_other(self) -> None:
        assert between([("distress.cry", 30)], [("distress.cry", 30, 50)]).items == ()

    def test_a_moment_is_no_state_left_open(self) -> None:
        assert between([("seeking.reach", 30)], [("seeking.reach", 30)]).items == ()


class TestWeights:
    def test_every_kind_has_a_weight(self) -> None:
        assert all(SETTINGS.weights.of(kind) > 0 for kind in ItemKind)

    def test_what_decides_the_class_weighs_more_than_any_one_point_or_event(self) -> None:
        of = SETTINGS.weights.of
        assert of(ItemKind.CLASS) > of(ItemKind.D_DECISION) > of(ItemKind.SUBGROUP)
        assert of(ItemKind.SUBGROUP) > of(ItemKind.RATING) > of(ItemKind.MISS)

    def test_seconds_of_a_late_onset_and_of_an_end_count(self) -> None:
        late, later = (
            between([("seeking.reach", 30 + lag)], [("seeking.reach", 30)]).items[0].weight
            for lag in (1.5, 3)
        )
        assert later == 2 * late

    def test_a_kind_that_weighs_nothing_is_still_told(self) -> None:
        weights = msgspec.structs.replace(SETTINGS.weights, miss=0.0)
        (item,) = between([], [("seeking.reach", 9)], settings=set_to(weights=weights)).items
        assert item.weight == 0


class TestExclusions:
    def test_one_code_of_a_stretch_is_left_out_and_the_others_count(self) -> None:
        one = Exclusion(reason="hand hidden", span=WHOLE, code="seeking.reach")
        found = between([], [("seeking.reach", 10), ("seeking.lean", 20)], exclusions=(one,))
        assert [item.place for item in found.items] == ["seeking.lean"]
        assert [item.place for item in found.left_out] == ["seeking.reach"]

    def test_what_the_trainee_invented_in_a_stretch_is_left_out_as_well(self) -> None:
        one = Exclusion(reason="dark", span=Span(start_us=us(5), end_us=us(15)))
        found = between([("seeking.reach", 10)], [], exclusions=(one,))
        assert (found.items, [item.excluded for item in found.left_out]) == ((), ["dark"])
        assert found.cells == ()

    def test_a_place_that_is_left_out_takes_no_event_with_it(self) -> None:
        one = Exclusion(reason="doubt", slot=SlotId("near_s_1"))
        own = replace(rated(("near_s_1", 2)), events=numbered(event("seeking.reach", 10)))
        found = told(own, rated(("near_s_1", 6)), exclusions=(one,))
        assert [item.kind for item in found.items] == [ItemKind.FALSE_ALARM]
        assert [item.excluded for item in found.left_out] == ["doubt"]

    def test_of_two_reasons_the_first_is_given(self) -> None:
        both = tuple(Exclusion(reason=why, span=WHOLE) for why in ("first", "second"))
        (item,) = between([], [("seeking.reach", 10)], exclusions=both).left_out
        assert item.excluded == "first"

    def test_nothing_is_left_out_where_both_are_alike(self) -> None:
        found = between(
            [("seeking.reach", 10)],
            [("seeking.reach", 10)],
            exclusions=(Exclusion(reason="dark", span=WHOLE),),
        )
        assert (found.items, found.left_out, found.cells) == ((), (), ())


class TestReasons:
    def notes_on(self, *notes: Rationale) -> tuple[Rationale, ...]:
        """What explains another code, seen by the trainee at 31 s and by the reference at 30 s."""
        found = between([("seeking.lean", 31)], [("seeking.reach", 30)], notes=notes)
        return found.items[0].notes

    @pytest.mark.parametrize("at", [30, 31], ids=["reference", "own"])
    def test_a_note_where_either_saw_something_begin_explains_it(self, at: int) -> None:
        note = Rationale(words="Look.", span=Span(start_us=us(at - 0.1), end_us=us(at + 0.1)))
        assert self.notes_on(note) == (note,)

    def test_several_notes_keep_their_order(self) -> None:
        notes = tuple(Rationale(words=words, span=WHOLE) for words in ("One.", "Two."))
        assert self.notes_on(*notes) == notes

    def test_a_note_that_ends_where_the_event_begins_is_about_what_was_before(self) -> None:
        note = Rationale(words="Before.", span=Span(start_us=us(20), end_us=us(30)))
        assert self.notes_on(note) == ()

    def test_a_note_on_the_whole_session_explains_no_single_event(self) -> None:
        assert self.notes_on(Rationale(words="All in all.")) == ()

    def test_a_note_on_a_place_explains_that_place_only(self) -> None:
        note = Rationale(words="Why a 6.", slot=SlotId("near_c_2"))
        found = told(
            rated(("near_c_2", 2), ("near_s_1", 2)),
            rated(("near_c_2", 6), ("near_s_1", 6)),
            notes=(note,),
        )
        assert {item.place: item.notes for item in found.items} == {
            "near_c_2": (note,),
            "near_s_1": (),
        }


class TestRatings:
    def item(self, own: float | str | None, reference: float | str) -> FeedbackItem:
        mine = bare_coding() if own is None else rated(("near_c_2", own))
        (item,) = told(mine, rated(("near_c_2", reference))).items
        return item

    @pytest.mark.parametrize(
        ("own", "reference", "words"),
        [(2, 6, ("2", "6")), (2.5, 6.5, ("2.5", "6.5")), (6, "NA_view", ("6", "View was lost"))],
        ids=str,
    )
    def test_points_and_reasons_are_told_in_words(
        self, own: float, reference: float | str, words: tuple[str, str]
    ) -> None:
        item = self.item(own, reference)
        assert (str(item.own), str(item.reference)) == words

    def test_a_reason_that_the_scale_does_not_know_has_no_words_but_its_id(self) -> None:
        item = self.item("NA_other", 4)
        assert (str(item.own), item.own_value) == ("", "NA_other")

    def test_a_place_without_a_number_has_no_anchor(self) -> None:
        item = self.item(None, 7)
        assert (item.own_anchors, [one.point for one in item.reference_anchors]) == ((), [7])

    def test_who_gives_a_reason_where_nobody_rated_is_not_told_of_points(self) -> None:
        assert told(rated(("near_c_2", "NA_view")), bare_coding()).items == ()

    def test_without_marks_a_rating_of_an_episode_has_no_moment(self) -> None:
        item = self.item(2, 6)
        assert (item.at_us, item.loop, item.episode) == (None, None, "R2")

    @given(st.integers(2, 14).map(lambda half: half / 2))
    def test_the_scale_says_something_of_every_point(self, value: float) -> None:
        points = [anchor.point for anchor in anchors_at(SCHEME.scales[0], value)]
        assert points
        assert min(points) <= value <= max(points)

    @pytest.mark.parametrize("summary", available_schemes(), ids=lambda one: one.id)
    def test_every_point_of_every_scale_has_words(self, summary: object) -> None:
        scheme = load_scheme(summary.id)  # type: ignore[attr-defined]  # a summary
        for scale in scheme.scales:
            steps = round((scale.maximum - scale.minimum) / scale.step)
            for step in range(steps + 1):
                value = scale.minimum + step * scale.step
                assert all(str(anchor.text) for anchor in anchors_at(scale, value))


class TestClasses:
    def test_the_decision_and_the_class_are_both_told(self) -> None:
        own = replace(
            full_coding(),
            classification=Classification(primary="B", subgroup="B1", d_decision=DDecision.NO),
        )
        found = told(own, reference_coding())
        assert {item.kind for item in found.items} == {ItemKind.CLASS, ItemKind.D_DECISION}
        decision = next(item for item in found.items if item.kind is ItemKind.D_DECISION)
        assert (decision.at_us, decision.loop, str(decision.title)) == (None, None, "")
        assert decision.own_value != decision.reference_value

    def test_a_trainee_who_gave_no_class_has_none_in_words(self) -> None:
        found = told(replace(full_coding(), classification=None), reference_coding())
        item = next(one for one in found.items if one.kind is ItemKind.CLASS)
        assert (str(item.own), item.own_value) == ("", "")

    @pytest.mark.parametrize("kind", list(ItemKind), ids=lambda kind: kind.value)
    def test_every_kind_has_a_part_of_the_handbook_that_helps(self, kind: ItemKind) -> None:
        assert kind.about in set(About)

    @pytest.mark.parametrize("summary", available_schemes(), ids=lambda one: one.id)
    def test_the_handbook_of_every_scheme_has_a_chapter_for_events(self, summary: object) -> None:
        scheme = load_scheme(summary.id)  # type: ignore[attr-defined]  # a summary
        reference = Reference(coding=coding(coder="ref"), scheme=scheme)
        lesson = Lesson(
            reference=reference, settings=SETTINGS, handbook=handbook_for(scheme.system)
        )
        assert lesson.handbook is None or lesson.chapter(ItemKind.MISS)


class TestCells:
    def test_a_match_without_a_remark_has_no_item(self) -> None:
        found = between([("seeking.reach", 10)], [("seeking.reach", 10)])
        assert [items_of(cell, found.items) for cell in found.cells] == [()]

    def test_a_late_match_is_the_item_of_its_cell(self) -> None:
        found = between([("seeking.reach", 12)], [("seeking.reach", 10)])
        (cell,) = found.cells
        assert (cell.own, cell.reference) == ("seeking.reach", "seeking.reach")
        assert items_of(cell, found.items) == found.items

    def test_ratings_stand_in_no_cell(self) -> None:
        found = told(rated(("near_c_2", 2)), rated(("near_c_2", 6)))
        assert (found.cells, len(found.items)) == ((), 1)


class TestSettings:
    def folder_with(self, tmp_path: Path, text: str) -> tuple[Path, ...]:
        place = tmp_path / FOLDER
        place.mkdir(parents=True)
        (place / "feedback.toml").write_text(text, "utf-8")
        return (tmp_path,)

    def usual(self) -> str:
        return teaching_path("feedback", ()).read_text("utf-8")

    def test_a_lab_may_have_limits_of_its_own(self, tmp_path: Path) -> None:
        usual = self.usual()
        assert "lag_s = 1.0" in usual
        folders = self.folder_with(tmp_path, usual.replace("lag_s = 1.0", "lag_s = 0.5"))
        assert feedback_settings(folders).lag_s == 0.5
        assert feedback_settings(()).lag_s == 1.0

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("lag_s = 1.0", "lag_s = -1.0"),
            ("lag_s = 1.0", "lag_s = 61.0"),
            ("lag_s = 1.0", 'lag_s = "soon"'),
            ("lag_s = 1.0", ""),
            ("lag_s = 1.0", "lag_s = 1.0\nlag_t = 1.0"),
            ("lag_s = 1.0", "lag_s = ["),
        ],
        ids=["negative", "over a minute", "a word", "left out", "unknown", "no file of its kind"],
    )
    def test_a_wrong_file_is_refused_with_its_name(
        self, tmp_path: Path, old: str, new: str
    ) -> None:
        folders = self.folder_with(tmp_path, self.usual().replace(old, new))
        with pytest.raises(TeachingFileError, match=r"feedback\.toml"):
            feedback_settings(folders)


def test_a_submission_of_another_scheme_is_refused() -> None:
    foreign = bare_coding(event("play.hum", 3, 4))
    with pytest.raises(ComparisonError, match=r"play\.hum"):
        told(foreign, bare_coding())


def test_ids_of_events_may_be_the_same_in_both_and_keys_still_differ() -> None:
    own = bare_coding(event("seeking.reach", 10), event("seeking.lean", 90))
    reference = bare_coding(event("seeking.reach", 50), event("seeking.lean", 130))
    assert own.events[0].id == reference.events[0].id == EventId(1)
    keys = [item.key for item in told(own, reference).items]
    assert len(set(keys)) == 4
