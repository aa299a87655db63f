from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from ssp_coder.domain.coding import Classification, DDecision, DIndex, IndexId, IndexStrength
from ssp_coder.domain.scale import NOT_RATED, Missing, Points
from ssp_coder.editing.edits import Classify, LockCoding, PutDIndex, RemoveDIndex
from ssp_coder.ui.disorganization.index_list import IndexList, span_words
from ssp_coder.ui.disorganization.page import DPassPage
from ssp_coder.ui.kit.chip import Tag
from ssp_coder.ui.kit.empty_state import EmptyState
from tests import builders as b
from tests.ui.rate.judged import (
    asked,
    lived,
    locked,
    open_window,
    rated,
    scheme_with_slots,
    session_of,
)

SLOT = "dorg"
B3 = Classification(primary="B", subgroup="B3")


def index(theme="D5", start=577.2, end=580.7, **fields):
    given = {
        "id": IndexId(0),
        "theme": theme,
        "strength": IndexStrength.WEAK,
        "start_us": b.s(start),
        "end_us": b.s(end),
        "present": ("infant", "caregiver"),
    }
    return DIndex(**(given | fields))


def with_indices(*indices):
    return b.after(lived(), *(PutDIndex(index=one) for one in indices))


def with_class(coding, own=B3):
    return b.after(coding, Classify(classification=own))


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def open_page(theme, qtbot):
    kept = []

    def opened(coding=None, *, scheme=None):
        session = session_of(coding or lived(), scheme)
        page = DPassPage(theme, session)
        kept.append((page, session))
        open_window(qtbot, page)
        return page, session

    return opened


class TestIndices:
    def test_without_any_it_says_how_to_begin(self, open_page):
        page, _ = open_page()
        assert page.indices.rows() == ()
        assert page.indices.findChild(EmptyState) is not None

    def test_they_stand_in_the_order_of_their_time(self, open_page):
        page, _ = open_page(with_indices(index("D1", 900, 901), index("D5")))
        assert [row.index.theme for row in page.indices.rows()] == ["D5", "D1"]

    def test_a_row_tells_everything(self, open_page):
        one = index(strength=IndexStrength.STRONG, ruled_out=("fatigue",), note="arm raised")
        page, _ = open_page(with_indices(one))
        (row,) = page.indices.rows()
        shown = [label.text() for label in row.findChildren(QLabel)]
        assert "D5" in shown
        assert "present: Caregiver; ruled out: Fatigue" in shown
        assert "arm raised" in shown
        assert [tag.text() for tag in row.findChildren(Tag)] == ["strong"]

    def test_an_index_of_the_infant_alone_says_nobody_else(self, open_page):
        page, _ = open_page(with_indices(index(present=("infant",))))
        shown = [label.text() for label in page.indices.rows()[0].findChildren(QLabel)]
        assert "present: nobody else" in shown

    def test_time_and_length_are_on_the_chip(self):
        assert span_words(index()) == "9:37.2, 3.5 s"

    def test_a_chip_plays_its_index(self, open_page, qtbot):
        page, _ = open_page(with_indices(index()))
        told = asked(page.clip_wanted)
        qtbot.mouseClick(page.indices.rows()[0].chip, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
        assert [(span.start_us, span.end_us) for (span,) in told] == [(b.s(577.2), b.s(580.7))]

    def test_removing_one_is_recorded(self, open_page, qtbot):
        page, session = open_page(with_indices(index(), index("D1", 900, 901)))
        press(qtbot, page.indices.rows()[0].remove_button)
        assert [one.theme for one in session.coding.d_indices] == ["D1"]
        assert len(page.indices.rows()) == 1

    def test_undo_brings_it_back(self, open_page, qtbot):
        page, session = open_page(with_indices(index()))
        press(qtbot, page.indices.rows()[0].remove_button)
        session.undo()
        assert len(page.indices.rows()) == 1

    def test_the_same_indices_are_not_built_again(self, theme, qtbot):
        listed = IndexList(theme, b.infant_scheme())
        qtbot.addWidget(listed)
        indices = with_indices(index()).d_indices
        listed.show_indices(indices, locked=False)
        before = listed.rows()
        listed.show_indices(indices, locked=False)
        assert listed.rows() == before


class TestForm:
    def fill(self, page, qtbot, *, start=577.2, end=580.7):
        page.form.theme_box.setCurrentIndex(page.form.theme_box.findData("D5"))
        page.set_moment(b.s(start), 14_430)
        press(qtbot, page.form.start_button)
        page.set_moment(b.s(end), 14_517)
        press(qtbot, page.form.end_button)

    def test_an_index_is_recorded_at_the_frames_on_the_screen(self, open_page, qtbot):
        page, session = open_page()
        self.fill(page, qtbot)
        press(qtbot, page.form.save_button)
        (one,) = session.coding.d_indices
        assert (one.start_us, one.end_us, one.theme) == (b.s(577.2), b.s(580.7), "D5")

    def test_presence_comes_from_the_plan_of_the_episode(self, open_page, qtbot):
        page, session = open_page()
        self.fill(page, qtbot, start=400, end=402)
        press(qtbot, page.form.save_button)
        assert session.coding.d_indices[0].present == ("infant", "stranger")

    def test_coded_presence_comes_first(self, open_page, qtbot):
        coding = b.after(lived(), b.add("presence.in_room", 560, "stranger", end=585))
        page, session = open_page(coding)
        self.fill(page, qtbot)
        press(qtbot, page.form.save_button)
        assert session.coding.d_indices[0].present == ("infant", "caregiver", "stranger")

    def test_then_the_form_is_empty_again(self, open_page, qtbot):
        page, _ = open_page()
        self.fill(page, qtbot)
        press(qtbot, page.form.save_button)
        assert page.form.start.text() == ""
        assert page.form.theme_box.currentData() is None

    def test_editing_changes_the_one_that_was_there(self, open_page, qtbot):
        page, session = open_page(with_indices(index()))
        press(qtbot, page.indices.rows()[0].edit_button)
        page.form.theme_box.setCurrentIndex(page.form.theme_box.findData("D7"))
        press(qtbot, page.form.save_button)
        assert [one.theme for one in session.coding.d_indices] == ["D7"]
        assert session.coding.d_indices[0].start_us == b.s(577.2)

    def test_an_edited_index_that_is_gone_leaves_the_form(self, open_page, qtbot):
        page, session = open_page(with_indices(index()))
        press(qtbot, page.indices.rows()[0].edit_button)
        session.submit(RemoveDIndex(index=session.coding.d_indices[0].id))
        assert page.form.edited_id == 0

    def test_other_edits_leave_a_half_filled_form_alone(self, open_page, qtbot):
        page, session = open_page()
        self.fill(page, qtbot)
        session.submit(b.rate(SLOT, 3))
        assert page.form.start.time_us() == b.s(577.2)

    def test_a_refusal_is_shown_and_nothing_is_lost(self, open_page):
        page, session = open_page()
        page.form.edit(index(id=IndexId(99)))
        page.form.saved.emit(index(id=IndexId(99)))
        assert "there is no index 99" in page.form.end.error()
        assert session.coding.d_indices == ()


class TestScore:
    def test_the_place_is_reached_by_its_name(self, open_page):
        page, _ = open_page()
        page.show_slot(SLOT)
        assert page.focusWidget() is page.score.cell.row

    def test_another_place_is_left_aside(self, open_page):
        page, _ = open_page()
        page.show_slot("cm_c_8")
        assert page.focusWidget() is not page.score.cell.row

    def test_the_main_act_goes_there_too(self, open_page):
        page, _ = open_page()
        words, act = page.main_action()
        act()
        assert words == "Next open"
        assert page.focusWidget() is page.score.cell.row

    @pytest.mark.parametrize("digit", ["1", "5", "9"])
    def test_digits_rate(self, open_page, qtbot, digit):
        page, session = open_page()
        qtbot.keyClick(page.score.cell.row, digit)
        assert session.coding.score(SLOT) == Points(float(digit))

    def test_backspace_makes_it_not_rated(self, open_page, qtbot):
        page, session = open_page(rated(dorg=3))
        qtbot.keyClick(page.score.cell.row, Qt.Key.Key_Backspace)
        assert session.coding.score(SLOT) is NOT_RATED

    def test_backspace_on_an_open_score_is_no_edit(self, open_page, qtbot):
        page, session = open_page()
        qtbot.keyClick(page.score.cell.row, Qt.Key.Key_Backspace)
        assert session.document.history.last_seq == 0

    def test_it_may_be_uncodable_with_a_reason(self, open_page, qtbot):
        page, session = open_page()
        qtbot.keyClick(page.score.cell.row, "0")
        qtbot.keyClick(page.score.cell.reasons.chip("NA_view"), "1")
        assert session.coding.score(SLOT) == Missing("NA_view")

    def test_between_anchors_the_words_say_so(self, open_page):
        page, _ = open_page(rated(dorg=6))
        assert page.score.cell.words() == "Between 5 and 7"

    def test_a_note_is_kept_with_the_score(self, open_page, qtbot):
        page, session = open_page(rated(dorg=6))
        qtbot.keyClicks(page._anchors.note_field.edit, "twice")
        qtbot.keyClick(page._anchors.note_field.edit, Qt.Key.Key_Return)
        assert session.coding.rating(SLOT).note == "twice"

    def test_slash_goes_to_the_note(self, open_page, qtbot):
        page, _ = open_page(rated(dorg=6))
        page.show_slot(SLOT)
        qtbot.keyClick(page.score.cell.row, Qt.Key.Key_Slash)
        assert page.focusWidget() is page._anchors.note_field.edit

    def test_a_score_that_does_not_apply_is_opened_again_by_key(self, open_page, qtbot):
        page, session = open_page(rated(dorg="NA_skipped"))
        qtbot.keyClick(page.score.cell.row, Qt.Key.Key_Backspace)
        assert session.coding.score(SLOT) is NOT_RATED

    def test_the_chosen_anchor_is_marked(self, open_page):
        page, _ = open_page(rated(dorg=7))
        assert [line.current for line in page._anchors.lines()] == [False, True] + [False] * 3

    def test_a_scheme_without_the_scale_has_no_score(self, open_page):
        slots = tuple(s for s in b.infant_scheme().slots if s.id != SLOT)
        page, _ = open_page(scheme=scheme_with_slots(*slots))
        assert page.score is None
        page.go_to_next_open()
        page.show_slot(SLOT)


class TestDecision:
    def test_below_the_point_nothing_is_asked(self, open_page):
        page, _ = open_page(with_class(rated(dorg=4)))
        assert not page.score.decision.isVisible()
        assert not page.score.record_button.isVisible()

    def test_without_a_class_it_is_left_to_the_class(self, open_page, qtbot):
        page, _ = open_page(rated(dorg=5))
        told = asked(page.classify_requested)
        assert not page.score.decision.isVisible()
        words = "At 5 you decide. The decision is recorded together with your class."
        assert page.score._later.text() == words
        press(qtbot, page.score.classify_button)
        assert told == [()]

    def test_no_class_is_made_by_the_way(self, open_page, qtbot):
        page, session = open_page(rated(dorg=5))
        press(qtbot, page.score.classify_button)
        assert session.coding.classification is None

    def test_with_a_class_it_is_recorded_here(self, open_page, qtbot):
        page, session = open_page(with_class(rated(dorg=5)))
        press(qtbot, page.score.decision.button(DDecision.NO))
        qtbot.keyClicks(page.score.decision.reason_field.edit, "only tired")
        press(qtbot, page.score.record_button)
        assert session.coding.classification == replace(
            B3, d_decision=DDecision.NO, d_reason="only tired"
        )

    def test_above_the_point_the_score_can_be_overruled(self, open_page, qtbot):
        page, session = open_page(with_class(rated(dorg=7)))
        press(qtbot, page.score.decision.button(DDecision.NO))
        qtbot.keyClicks(page.score.decision.reason_field.edit, "overstress")
        press(qtbot, page.score.record_button)
        assert session.coding.classification.d_decision is DDecision.NO

    @pytest.mark.parametrize(
        ("answer", "reason", "why"),
        [
            (None, "", "Decide first"),
            (DDecision.YES, "", "Write a reason first"),
        ],
    )
    def test_the_button_says_what_it_waits_for(self, open_page, qtbot, answer, reason, why):
        page, _ = open_page(with_class(rated(dorg=5)))
        if answer:
            press(qtbot, page.score.decision.button(answer))
        assert reason == page.score.decision.reason
        assert not page.score.record_button.isEnabled()
        assert page.score.record_button.toolTip() == why

    def test_a_recorded_decision_need_not_be_recorded_again(self, open_page):
        own = replace(B3, d_decision=DDecision.NO, d_reason="only tired")
        page, _ = open_page(with_class(rated(dorg=5), own))
        assert page.score.decision.decision is DDecision.NO
        assert page.score.record_button.toolTip() == "This decision is recorded"

    def test_half_a_decision_survives_other_edits(self, open_page, qtbot):
        page, session = open_page(with_class(rated(dorg=5)))
        press(qtbot, page.score.decision.button(DDecision.NO))
        session.submit(PutDIndex(index=index()))
        assert page.score.decision.decision is DDecision.NO

    def test_what_the_class_lacks_is_told(self, open_page):
        page, _ = open_page(with_class(rated(dorg=7), Classification(primary="D")))
        words = page.score._findings.text()
        assert words == "Choose the best-fitting subgroup as the second class"

    def test_a_sound_class_has_no_reminder(self, open_page):
        page, _ = open_page(with_class(rated(dorg=2)))
        assert not page.score._findings.isVisible()


class TestLocked:
    @pytest.fixture
    def locked_page(self, open_page):
        return open_page(locked(with_class(b.after(with_indices(index()), b.rate(SLOT, 5)))))

    def test_it_says_so(self, locked_page):
        assert locked_page[0]._locked.text() == "Locked, nothing can be changed"

    def test_indices_are_seen_and_not_changed(self, locked_page):
        page, _ = locked_page
        (row,) = page.indices.rows()
        assert not row.edit_button.isVisible()
        assert not row.remove_button.isVisible()
        assert not page.form.isVisible()

    def test_the_score_stays(self, locked_page, qtbot):
        page, session = locked_page
        qtbot.keyClick(page.score.cell.row, "9")
        assert session.coding.score(SLOT) == Points(5)

    def test_no_decision_is_taken(self, locked_page, qtbot):
        page, _ = locked_page
        press(qtbot, page.score.decision.button(DDecision.YES))
        assert page.score.decision.decision is None
        assert not page.score.record_button.isVisible()

    def test_locking_shows_at_once(self, open_page):
        page, session = open_page()
        session.submit(LockCoding())
        assert not page.form.isVisible()


class TestShowing:
    def test_enter_begins_an_index_at_once(self, open_page, qtbot):
        page, _ = open_page()
        page.set_moment(b.s(577.2), 14_430)
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Return)
        assert page.form.start.time_us() == b.s(577.2)

    def test_a_page_that_is_not_shown_is_fresh_when_it_is(self, theme, qtbot):
        session = session_of(lived())
        page = DPassPage(theme, session)
        session.submit(b.rate(SLOT, 4))
        assert page.score.cell.row.point is None
        open_window(qtbot, page)
        assert page.score.cell.row.point == 4

    def test_the_video_stands_over_the_form(self, open_page, qtbot):
        page, _ = open_page()
        video = QLabel("video")
        page.stage_place().addWidget(video)
        qtbot.waitUntil(video.isVisible)
        bottom = video.mapTo(page, video.rect().bottomLeft()).y()
        assert bottom < page.form.mapTo(page, page.form.rect().topLeft()).y()

    def test_the_video_is_the_largest_thing(self, open_page, qtbot):
        page, _ = open_page()
        page.resize(1302, 660)
        video = QLabel("video")
        video.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        page.stage_place().addWidget(video)
        qtbot.waitUntil(lambda: page.height() == 660 and video.isVisible())
        area = video.width() * video.height()
        others = (page.indices, page.form, page.score)
        assert all(area > other.width() * other.height() for other in others)


class TestHalfFilledIndex:
    @pytest.fixture
    def half_filled(self, open_page):
        page, session = open_page(with_indices(index("D5"), index("D1", 900, 901)))
        page.form.note_field.set_text("both arms up")
        return page, session

    def test_edit_leaves_it_and_says_why(self, half_filled, qtbot):
        page, _ = half_filled
        press(qtbot, page.indices.rows()[0].edit_button)
        assert page.form.note_field.text() == "both arms up"
        assert page.form.edited_id == 0
        assert "clear the form first" in page.form.note_field.error()

    def test_edit_works_once_the_form_is_clear(self, half_filled, qtbot):
        page, _ = half_filled
        press(qtbot, page.form.cancel_button)
        press(qtbot, page.indices.rows()[0].edit_button)
        assert page.form.edited_id == page.indices.rows()[0].index.id
        assert page.form.note_field.error() == ""

    def test_edit_of_the_one_being_edited_keeps_what_was_changed(self, open_page, qtbot):
        page, _ = open_page(with_indices(index("D5")))
        (row,) = page.indices.rows()
        press(qtbot, row.edit_button)
        page.form.note_field.set_text("changed")
        press(qtbot, row.edit_button)
        assert page.form.note_field.text() == "changed"
        assert page.form.note_field.error() == ""

    def test_it_is_told_as_unrecorded(self, half_filled):
        page, _ = half_filled
        assert page.unrecorded() is not None
        page.unrecorded().discard()
        assert page.unrecorded() is None

    def test_a_half_one_cannot_be_recorded_and_stays(self, half_filled):
        page, session = half_filled
        assert not page.unrecorded().record()
        assert len(session.coding.d_indices) == 2
        assert page.form.note_field.text() == "both arms up"

    def test_a_whole_one_is_recorded(self, open_page):
        page, session = open_page()
        page.form.theme_box.setCurrentIndex(1)
        page.form.start_here()
        page.form.end_here()
        assert page.unrecorded().record()
        assert len(session.coding.d_indices) == 1

    def test_a_locked_coding_takes_none(self, half_filled):
        page, session = half_filled
        session.submit(LockCoding())
        assert page.unrecorded().record is None
