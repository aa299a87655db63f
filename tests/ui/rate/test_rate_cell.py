from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt

from ssp_coder.domain.scale import Missing, Points, Rating, SlotId
from ssp_coder.domain.time import Span
from ssp_coder.ui.kit.rating_row import RatingLook
from ssp_coder.ui.rate.cell import CellState, RatingCell
from ssp_coder.ui.rate.clips import Clip, Offer, OfferKind
from tests import builders as b
from tests.ui.rate.judged import CONTACT, asked, lived, open_window, slot


def rating(score, *, note="", evidence=()):
    return Rating(slot=SlotId(CONTACT), score=score, note=note, evidence=evidence)


def clips():
    return tuple(Clip.of_event(e) for e in lived().events if e.start_us > b.s(1110))


SIX = rating(Points(6), note="from the start", evidence=tuple(c.event.id for c in clips()))


@pytest.fixture
def cell(theme, qtbot):
    cell = RatingCell(theme, b.infant_scheme(), slot(CONTACT))
    return open_window(qtbot, cell, (360, 220))


class TestLooks:
    def test_at_first_nobody_has_rated(self, cell):
        assert cell.row.look is RatingLook.NOT_RATED
        assert cell.words() == "Not rated yetPress 1–7, or 0 for cannot be coded"

    def test_a_point_stands_over_its_anchor(self, cell):
        cell.show_state(CellState(rating=SIX))
        assert cell.row.point == 6
        assert cell.words() == "Active, fairly persistent holding on."

    def test_what_cannot_be_coded_says_why(self, cell):
        cell.show_state(CellState(rating=rating(Missing("NA_view"))))
        assert cell.row.look is RatingLook.CANNOT_CODE
        assert cell.words() == "View lost"

    def test_what_does_not_apply_is_a_dash_with_its_reason(self, cell):
        cell.show_state(CellState(rating=rating(Missing("NA_absent"))))
        assert cell.row.look is RatingLook.NOT_APPLICABLE
        assert "Person absent" in cell.row.accessibleName()

    def test_facts_and_the_note_are_below(self, cell):
        cell.show_state(CellState(rating=SIX, facts=("first", "second")))
        assert cell.fact_words() == ("first", "second")
        assert cell._note.text() == "from the start"

    def test_facts_that_are_gone_leave_no_line(self, cell):
        cell.show_state(CellState(facts=("first", "second")))
        cell.show_state(CellState(facts=("first",)))
        assert cell.fact_words() == ("first",)

    def test_facts_do_not_rate(self, cell):
        cell.show_state(CellState(facts=("first",)))
        assert cell.row.look is RatingLook.NOT_RATED

    def test_the_row_is_named_by_its_place(self, cell):
        assert cell.row.accessibleName().startswith("Contact maintaining, EP8, toward caregiver")

    def test_an_unchanged_state_is_not_drawn_again(self, cell):
        cell.show_state(CellState(rating=SIX, clips=clips()))
        before = cell.chips()
        cell.show_state(CellState(rating=SIX, clips=clips()))
        assert cell.chips() == before

    def test_chips_stay_while_only_the_score_changes(self, cell):
        cell.show_state(CellState(rating=SIX, clips=clips()))
        before = cell.chips()
        cell.show_state(CellState(rating=rating(Points(5)), clips=clips()))
        assert cell.chips() == before


class TestRating:
    def test_a_digit_wishes_a_point(self, cell, qtbot):
        told = asked(cell.rating_wished)
        qtbot.keyClick(cell.row, "6")
        assert told == [(rating(Points(6)),)]

    def test_it_waits_to_be_told(self, cell, qtbot):
        qtbot.keyClick(cell.row, "6")
        assert cell.row.look is RatingLook.NOT_RATED

    def test_a_click_wishes_a_point(self, cell, qtbot):
        told = asked(cell.rating_wished)
        qtbot.mouseClick(cell.row, Qt.MouseButton.LeftButton, pos=cell.row.box_centre(2))
        assert told == [(rating(Points(2)),)]

    def test_note_and_evidence_stay_with_another_point(self, cell, qtbot):
        cell.show_state(CellState(rating=SIX, clips=clips()))
        told = asked(cell.rating_wished)
        qtbot.keyClick(cell.row, "5")
        assert told == [(rating(Points(5), note=SIX.note, evidence=SIX.evidence),)]

    @pytest.mark.parametrize("key", [Qt.Key.Key_Backspace, Qt.Key.Key_Delete])
    def test_backspace_wishes_not_rated(self, cell, qtbot, key):
        cell.show_state(CellState(rating=SIX))
        told = asked(cell.clear_wished)
        qtbot.keyClick(cell.row, key)
        assert told == [(CONTACT,)]

    @pytest.mark.parametrize("key", [Qt.Key.Key_Backspace, Qt.Key.Key_Delete])
    def test_what_does_not_apply_is_opened_again_by_key(self, cell, qtbot, key):
        cell.show_state(CellState(rating=rating(Missing("NA_absent"))))
        told = asked(cell.clear_wished)
        qtbot.keyClick(cell.row, key)
        assert told == [(CONTACT,)]

    def test_nought_asks_why_and_rates_nothing(self, cell, qtbot):
        told = asked(cell.rating_wished)
        qtbot.keyClick(cell.row, "0")
        assert cell.reasons.isVisible()
        assert told == []

    def test_the_reason_makes_the_rating(self, cell, qtbot):
        told = asked(cell.rating_wished)
        qtbot.keyClick(cell.row, "0")
        qtbot.keyClick(cell.reasons.chip("NA_absent"), "2")
        assert told == [(rating(Missing("NA_view")),)]
        assert not cell.reasons.isVisible()

    def test_after_the_reason_the_row_has_the_focus_again(self, cell, qtbot):
        qtbot.keyClick(cell.row, "0")
        qtbot.keyClick(cell.reasons.chip("NA_absent"), Qt.Key.Key_Escape)
        assert cell.focusWidget() is cell.row
        assert not cell.reasons.isVisible()

    def test_the_same_choice_is_there_for_the_mouse(self, cell, qtbot):
        qtbot.mouseClick(cell.more_button, Qt.MouseButton.LeftButton)
        assert cell.reasons.isVisible()

    def test_the_mouse_can_make_it_not_rated_again(self, cell, qtbot):
        cell.show_state(CellState(rating=rating(Missing("NA_absent"))))
        told = asked(cell.clear_wished)
        qtbot.mouseClick(cell.more_button, Qt.MouseButton.LeftButton)
        qtbot.mouseClick(cell.reasons.chip(""), Qt.MouseButton.LeftButton)
        assert told == [(CONTACT,)]


class TestEvidence:
    def test_each_event_is_a_chip(self, cell):
        cell.show_state(CellState(rating=SIX, clips=clips()))
        assert [chip.face.text for chip in cell.chips()] == ["18:40 clinging", "18:50 hold on"]

    def test_a_chip_wishes_its_clip_to_be_played(self, cell, qtbot):
        cell.show_state(CellState(rating=SIX, clips=clips()))
        told = asked(cell.clip_wished)
        qtbot.mouseClick(cell.chips()[1], Qt.MouseButton.LeftButton, pos=QPoint(12, 10))
        assert told == [(clips()[1],)]

    def test_a_stretch_is_a_chip_with_its_length(self, cell):
        stretch = Clip(span=Span(start_us=b.s(584.2), end_us=b.s(587.7)))
        cell.show_state(CellState(rating=SIX, clips=(stretch,)))
        assert [chip.face.text for chip in cell.chips()] == ["9:44.2, 3.5 s"]

    def test_a_stretch_can_be_taken_away(self, cell, qtbot):
        span = Span(start_us=b.s(584.2), end_us=b.s(587.7))
        cell.show_state(CellState(rating=replace(SIX, clips=(span,)), clips=(Clip(span=span),)))
        told = asked(cell.rating_wished)
        qtbot.keyClick(cell.chips()[0], Qt.Key.Key_Delete)
        assert told == [(SIX,)]

    def test_a_moment_beyond_35_minutes_is_told_whole(self, cell, qtbot):
        late = b.after(b.coding(media=(b.video(9000),)), b.add("contact.clinging_c", 8000))
        cell.show_state(CellState(rating=SIX, clips=(Clip.of_event(late.events[0]),)))
        told = asked(cell.clip_wished)
        qtbot.mouseClick(cell.chips()[0], Qt.MouseButton.LeftButton, pos=QPoint(12, 10))
        assert told[0][0].span.start_us == 8_000_000_000

    def test_a_chip_can_be_taken_away(self, cell, qtbot):
        cell.show_state(CellState(rating=SIX, clips=clips()))
        told = asked(cell.rating_wished)
        qtbot.keyClick(cell.chips()[0], Qt.Key.Key_Delete)
        assert told == [(rating(Points(6), note=SIX.note, evidence=SIX.evidence[1:]),)]

    def test_the_focus_of_a_chip_that_goes_returns_to_the_row(self, cell):
        cell.show_state(CellState(rating=SIX, clips=clips()))
        cell.chips()[0].setFocus()
        cell.show_state(CellState(rating=SIX, clips=clips()[1:]))
        assert cell.focusWidget() is cell.row

    def test_plus_wishes_evidence(self, cell, qtbot):
        cell.show_state(CellState(rating=SIX))
        told = asked(cell.evidence_wished)
        qtbot.mouseClick(cell.add_button, Qt.MouseButton.LeftButton)
        assert told == [(CONTACT,)]

    def test_without_a_rating_plus_says_that_it_needs_one(self, cell):
        assert not cell.add_button.isEnabled()
        assert cell.add_button.toolTip() == "Rate first: evidence belongs to a rating"

    def test_a_place_without_evidence_of_its_own_has_no_plus(self, cell):
        cell.show_state(CellState(rating=SIX, can_tie=False))
        assert not cell.add_button.isVisible()

    def test_enter_would_go_to_the_first_chip(self, cell):
        cell.show_state(CellState(rating=SIX, clips=clips()))
        assert cell.first_inner() is cell.chips()[0]

    def test_without_chips_enter_would_go_to_the_buttons(self, cell):
        assert cell.first_inner() is cell.more_button
        cell.show_state(CellState(rating=SIX))
        assert cell.first_inner() is cell.add_button


class TestLocked:
    @pytest.fixture
    def locked(self, cell):
        cell.show_state(CellState(rating=SIX, clips=clips(), locked=True))
        return cell

    def test_it_still_shows_everything(self, locked):
        assert locked.row.point == 6
        assert len(locked.chips()) == 2

    @pytest.mark.parametrize("key", ["5", "0", Qt.Key.Key_Backspace])
    def test_no_key_wishes_anything(self, locked, qtbot, key):
        told = asked(locked.rating_wished) + asked(locked.clear_wished)
        qtbot.keyClick(locked.row, key)
        assert told == []
        assert not locked.reasons.isVisible()

    def test_no_button_would_change_it(self, locked):
        assert not locked.add_button.isVisible()
        assert not locked.more_button.isVisible()
        assert not any(chip.face.removable for chip in locked.chips())

    def test_chips_still_play(self, locked, qtbot):
        told = asked(locked.clip_wished)
        qtbot.mouseClick(locked.chips()[0], Qt.MouseButton.LeftButton, pos=QPoint(12, 10))
        assert told == [(clips()[0],)]

    def test_nothing_is_offered_to_be_tied(self, locked):
        locked.offer_evidence((Offer(kind=OfferKind.EPISODE, clip=clips()[0]),))
        assert not locked.choice.isVisible()

    def test_an_open_place_gives_no_hint_to_rate(self, cell):
        cell.show_state(CellState(locked=True))
        assert cell.words() == "Not rated yet"

    def test_the_choice_of_a_reason_stays_closed(self, locked):
        locked.choose_missing()
        assert not locked.reasons.isVisible()


class TestOtherScales:
    """Scales as a lab may write them."""

    @pytest.fixture
    def cell_of(self, theme, qtbot):
        kept = []

        def made(**changed):
            scheme = b.infant_scheme()
            scales = tuple(
                replace(scale, **changed) if scale.id == "cm" else scale for scale in scheme.scales
            )
            cell = RatingCell(theme, replace(scheme, scales=scales), slot(CONTACT))
            kept.append(cell)
            return open_window(qtbot, cell, (420, 220))

        return made

    def test_half_points_can_be_chosen(self, cell_of, qtbot):
        cell = cell_of(step=0.5)
        told = asked(cell.rating_wished)
        qtbot.mouseClick(cell.row, Qt.MouseButton.LeftButton, pos=cell.row.box_centre(5.5))
        assert told == [(rating(Points(5.5)),)]

    def test_a_half_point_lies_between_its_anchors(self, cell_of):
        cell = cell_of(step=0.5)
        cell.show_state(CellState(rating=rating(Points(5.5))))
        assert cell.words() == "Between 5 and 6"

    def test_where_nought_is_a_point_it_rates(self, cell_of, qtbot):
        cell = cell_of(minimum=0)
        told = asked(cell.rating_wished)
        qtbot.keyClick(cell.row, "0")
        assert told == [(rating(Points(0)),)]
        assert not cell.reasons.isVisible()

    def test_there_the_hint_names_the_other_key(self, cell_of, qtbot):
        cell = cell_of(minimum=0)
        assert cell.words().endswith("Press 0–7, or X for cannot be coded")
        qtbot.keyClick(cell.row, "x")
        assert cell.reasons.isVisible()

    def test_one_reason_is_enough(self, cell_of, qtbot):
        first = slot_scale_reasons()[0]
        cell = cell_of(missing_reasons=(first,))
        told = asked(cell.rating_wished)
        qtbot.keyClick(cell.row, "0")
        qtbot.keyClick(cell.reasons.chip(first.id), Qt.Key.Key_Return)
        assert told == [(rating(Missing(first.id)),)]


def slot_scale_reasons():
    return b.infant_scheme().scale_of(SlotId(CONTACT)).missing_reasons
