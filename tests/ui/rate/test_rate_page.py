import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ssp_coder.domain.scale import NOT_RATED, Missing, Points
from ssp_coder.editing.edits import DeleteEvents, LockCoding
from ssp_coder.ui.kit.rating_row import RatingLook
from ssp_coder.ui.rate.page import ROOMY, RatePage, chosen_points
from tests import builders as b
from tests.ui.rate.judged import (
    AVOIDING,
    CONTACT,
    RESISTING,
    SEEKING,
    event_number,
    lived,
    locked,
    open_window,
    rated,
    scheme_with_slots,
    session_of,
    slot,
    tied,
)


@pytest.fixture
def open_page(theme, qtbot):
    kept = []

    def opened(coding=None, *, scheme=None):
        session = session_of(coding or lived(), scheme)
        page = RatePage(theme, session)
        kept.append((page, session))
        open_window(qtbot, page)
        return page, session

    return opened


@pytest.fixture
def opened(open_page):
    return open_page()


@pytest.fixture
def page(opened):
    return opened[0]


@pytest.fixture
def session(opened):
    return opened[1]


def tabs(page):
    return [page._bar.tabText(place) for place in range(page._bar.count())]


class TestOpening:
    def test_it_opens_with_the_reunions(self, page):
        assert page._bar.currentIndex() == 0
        assert page.focused_slot == SEEKING

    def test_tabs_count_what_is_rated(self, open_page):
        page, _ = open_page(rated(cm_c_8=6, avo_c_8="NA_view", srch_4=1))
        assert tabs(page) == [
            "Reunions  2/10",
            "Before separation  0/8",
            "Stranger  0/15",
            "Separations  1/3",
        ]

    def test_recorded_ratings_are_shown(self, open_page):
        page, _ = open_page(rated(cm_c_8=6, avo_c_8="NA_view"))
        assert page.cell(CONTACT).row.point == 6
        assert page.cell(AVOIDING).row.look is RatingLook.CANNOT_CODE
        assert page.cell(RESISTING).row.look is RatingLook.NOT_RATED

    def test_real_lengths_stand_over_the_columns(self, page):
        shown = [label.text() for label in page._table.findChildren(QLabel)]
        assert shown.count("3:00") == 2

    def test_facts_are_under_the_places(self, page):
        assert page.cell(SEEKING).fact_words() == ("Full approach: first 13 s after the start",)

    def test_a_scheme_without_places_opens_empty(self, open_page):
        page, _ = open_page(scheme=scheme_with_slots())
        assert page.focused_slot is None
        page.go_to_next_open()

    def test_a_page_that_is_not_shown_is_fresh_when_it_is(self, theme, qtbot):
        session = session_of(lived())
        page = RatePage(theme, session)
        session.submit(b.rate(CONTACT, 4))
        open_window(qtbot, page)
        assert page.cell(CONTACT).row.point == 4

    def test_the_video_stands_over_the_words(self, page, qtbot):
        video = QLabel("video")
        page.stage_place().addWidget(video)
        qtbot.waitUntil(video.isVisible)
        bottom = video.mapTo(page, video.rect().bottomLeft()).y()
        assert bottom < page.anchors.mapTo(page, page.anchors.rect().topLeft()).y()

    def test_the_first_key_rates_the_place_in_focus(self, page, session, qtbot):
        assert page.focusWidget() is page.cell(SEEKING).row
        qtbot.keyClick(page.focusWidget(), "4")
        assert session.coding.score(SEEKING) == Points(4)


class TestRating:
    def test_a_digit_is_recorded(self, page, session, qtbot):
        page.show_slot(CONTACT)
        qtbot.keyClick(page.cell(CONTACT).row, "6")
        assert session.coding.score(CONTACT) == Points(6)
        assert page.cell(CONTACT).row.point == 6

    def test_the_tab_counts_it_at_once(self, page, qtbot):
        qtbot.keyClick(page.cell(CONTACT).row, "6")
        assert tabs(page)[0] == "Reunions  1/10"

    def test_backspace_makes_it_not_rated(self, open_page, qtbot):
        page, session = open_page(rated(cm_c_8=6))
        qtbot.keyClick(page.cell(CONTACT).row, Qt.Key.Key_Backspace)
        assert session.coding.score(CONTACT) is NOT_RATED
        assert page.cell(CONTACT).row.look is RatingLook.NOT_RATED

    def test_backspace_on_an_open_place_is_no_edit(self, page, session, qtbot):
        qtbot.keyClick(page.cell(CONTACT).row, Qt.Key.Key_Backspace)
        assert session.document.history.last_seq == 0

    def test_cannot_be_coded_is_recorded_with_its_reason(self, page, session, qtbot):
        cell = page.cell(CONTACT)
        qtbot.keyClick(cell.row, "0")
        qtbot.keyClick(cell.reasons.chip("NA_absent"), "2")
        assert session.coding.score(CONTACT) == Missing("NA_view")

    def test_a_place_that_does_not_apply_can_be_opened_again_by_key(self, open_page, qtbot):
        page, session = open_page(rated(cm_c_8="NA_absent"))
        qtbot.keyClick(page.cell(CONTACT).row, Qt.Key.Key_Backspace)
        assert session.coding.score(CONTACT) is NOT_RATED

    def test_undo_brings_the_earlier_look_back(self, page, session, qtbot):
        qtbot.keyClick(page.cell(CONTACT).row, "6")
        session.undo()
        assert page.cell(CONTACT).row.look is RatingLook.NOT_RATED

    def test_three_things_are_three_looks(self, page, session):
        session.submit(b.rate("cm_c_5", 1))
        session.submit(b.rate("res_c_5", "NA_view"))
        looks = {page.cell(name).row.look for name in ("cm_c_5", "res_c_5", "avo_c_5")}
        assert looks == {RatingLook.RATED, RatingLook.CANNOT_CODE, RatingLook.NOT_RATED}


class TestMoving:
    def row(self, page, name):
        page.show_slot(name)
        return page.cell(name).row

    @pytest.mark.parametrize(
        ("start", "key", "end"),
        [
            (SEEKING, Qt.Key.Key_Tab, "cm_c_5"),
            ("cm_c_5", Qt.Key.Key_Backtab, SEEKING),
            ("dist_c_5", Qt.Key.Key_Tab, "pcs_c_8"),
            (SEEKING, Qt.Key.Key_Down, "cm_c_5"),
            ("cm_c_8", Qt.Key.Key_Up, "pcs_c_8"),
        ],
    )
    def test_keys_go_from_place_to_place(self, page, qtbot, start, key, end):
        qtbot.keyClick(self.row(page, start), key)
        assert page.focusWidget() is page.cell(end).row
        assert page.focused_slot == end

    @pytest.mark.parametrize(
        ("start", "key"), [("dist_c_5", Qt.Key.Key_Down), ("pcs_c_8", Qt.Key.Key_Up)]
    )
    def test_up_and_down_stay_in_their_column(self, page, qtbot, start, key):
        qtbot.keyClick(self.row(page, start), key)
        assert page.focused_slot == start

    def test_enter_goes_into_the_place(self, open_page, qtbot):
        coding = lived()
        coding = tied(coding, CONTACT, 6, event_number(coding, "maintaining.hold_on"))
        page, _ = open_page(coding)
        qtbot.keyClick(self.row(page, CONTACT), Qt.Key.Key_Return)
        assert page.focusWidget() is page.cell(CONTACT).chips()[0]

    def test_slash_goes_to_the_note(self, open_page, qtbot):
        page, _ = open_page(rated(cm_c_8=6))
        qtbot.keyClick(self.row(page, CONTACT), Qt.Key.Key_Slash)
        assert page.focusWidget() is page.anchors.note_field.edit

    def test_a_place_of_another_tab_is_brought_up(self, page):
        page.show_slot("avo_s_7")
        assert page._bar.currentIndex() == 2
        assert page.focusWidget() is page.cell("avo_s_7").row

    def test_a_place_of_another_page_is_left_aside(self, page):
        page.show_slot("dorg")
        assert page.focused_slot == SEEKING

    def test_only_places_of_the_shown_tab_can_be_asked_for(self, page):
        with pytest.raises(KeyError, match="avo_s_7 is not on the tab that is shown"):
            page.cell("avo_s_7")

    def test_the_row_of_the_focus_is_tinted(self, page):
        page.show_slot(CONTACT)
        tinted = [cell.slot.scale for cell in page._table.cells.values() if cell._tinted]
        assert tinted == ["cm", "cm"]

    def test_a_click_on_a_tab_shows_it(self, page, qtbot):
        place = page._bar.tabRect(3).center()
        qtbot.mouseClick(page._bar, Qt.MouseButton.LeftButton, pos=place)
        assert page.focused_slot == "srch_4"


class TestNextOpen:
    def test_the_main_act_goes_to_the_next_required_place(self, open_page):
        page, _ = open_page(rated(cm_c_5=1))
        words, act = page.main_action()
        act()
        assert words == "Next open"
        assert page.focused_slot == "res_c_5"

    def test_it_comes_from_other_tabs_too(self, page):
        page.show_slot("srch_6")
        page.go_to_next_open()
        assert page.focused_slot == SEEKING

    def test_with_nothing_open_it_says_so(self, open_page):
        required = [s.id for s in b.infant_scheme().slots if s.required]
        page, _ = open_page(rated(**dict.fromkeys(required, 1)))
        page.go_to_next_open()
        assert page._said.text() == "Every required place is rated"

    def test_what_was_said_goes_with_the_next_step(self, open_page):
        required = [s.id for s in b.infant_scheme().slots if s.required]
        page, _ = open_page(rated(**dict.fromkeys(required, 1)))
        page.go_to_next_open()
        said = page._said.text()
        page.show_slot(CONTACT)
        assert said.startswith("Every required place")
        assert page._said.text().startswith("Ctrl+E")


class TestEvidence:
    def test_a_removed_chip_is_untied_and_the_score_stays(self, open_page, qtbot):
        coding = lived()
        coding = tied(coding, CONTACT, 6, event_number(coding, "maintaining.hold_on"))
        page, session = open_page(coding)
        qtbot.keyClick(page.cell(CONTACT).chips()[0], Qt.Key.Key_Delete)
        assert session.coding.rating(CONTACT).evidence == ()
        assert session.coding.score(CONTACT) == Points(6)

    def test_an_event_that_was_deleted_has_no_chip(self, open_page):
        coding = lived()
        event = event_number(coding, "maintaining.hold_on")
        page, session = open_page(tied(coding, CONTACT, 6, event))
        session.submit(DeleteEvents(events=(event,)))
        assert page.cell(CONTACT).chips() == ()

    def test_new_events_change_the_facts(self, page, session):
        session.submit(b.add("seeking.clamber", 572, modifiers={"toward": "c"}))
        assert page.cell(SEEKING).fact_words() == ("Clamber up: first 2 s after the start",)


class TestWords:
    def test_the_panel_follows_the_focus(self, page):
        page.show_slot(AVOIDING)
        assert page.anchors.title() == "Avoidance"
        page.show_slot(CONTACT)
        assert page.anchors.title() == "Contact maintaining"

    def test_it_marks_the_point_just_chosen(self, page, qtbot):
        page.show_slot(CONTACT)
        qtbot.keyClick(page.cell(CONTACT).row, "6")
        assert [line.current for line in page.anchors.lines()].index(True) == 1

    def test_a_note_is_recorded_with_the_rating(self, open_page, qtbot):
        page, session = open_page(rated(cm_c_8=6))
        page.show_slot(CONTACT)
        qtbot.keyClicks(page.anchors.note_field.edit, "short")
        qtbot.keyClick(page.anchors.note_field.edit, Qt.Key.Key_Return)
        assert session.coding.rating(CONTACT).note == "short"
        assert session.coding.score(CONTACT) == Points(6)

    def test_a_note_goes_to_its_place_when_the_focus_leaves(self, open_page, qtbot):
        page, session = open_page(rated(cm_c_8=6, avo_c_8=1))
        page.show_slot(CONTACT)
        page.anchors.note_field.edit.setFocus()
        qtbot.keyClicks(page.anchors.note_field.edit, "short")
        page.show_slot(AVOIDING)
        assert session.coding.rating(CONTACT).note == "short"
        assert session.coding.rating(AVOIDING).note == ""

    def test_points_of_the_same_scale_stand_together(self):
        slots = tuple(slot(name) for name in ("cm_c_5", "cm_c_8", "avo_c_8"))
        found = chosen_points(rated(cm_c_5=5, cm_c_8="NA_view", avo_c_8=1), slots, CONTACT)
        assert [(point.place, point.point, point.current) for point in found] == [("EP5", 5, False)]


class TestLocked:
    @pytest.fixture
    def locked_page(self, open_page):
        return open_page(locked(rated(cm_c_8=6)))

    def test_it_says_so(self, locked_page):
        page, _ = locked_page
        assert page._locked.text() == "Locked, nothing can be changed"

    def test_an_open_coding_does_not(self, page):
        assert not page._locked.isVisible()

    @pytest.mark.parametrize("key", ["5", "0", Qt.Key.Key_Backspace])
    def test_keys_change_nothing(self, locked_page, qtbot, key):
        page, session = locked_page
        qtbot.keyClick(page.cell(CONTACT).row, key)
        assert session.coding.score(CONTACT) == Points(6)

    def test_a_silent_row_stays_as_it_is(self, open_page, qtbot):
        page, session = open_page(locked(rated(cm_c_8="NA_absent")))
        qtbot.keyClick(page.cell(CONTACT).row, Qt.Key.Key_Backspace)
        assert session.coding.score(CONTACT) == Missing("NA_absent")

    def test_keys_still_move(self, locked_page, qtbot):
        page, _ = locked_page
        page.show_slot(CONTACT)
        qtbot.keyClick(page.cell(CONTACT).row, Qt.Key.Key_Down)
        assert page.focused_slot == RESISTING

    def test_locking_shows_at_once(self, page, session):
        session.submit(LockCoding())
        assert page._locked.isVisible()
        assert not page.cell(CONTACT).more_button.isVisible()


class TestRoom:
    @pytest.mark.parametrize("size", [(1180, 830), (1300, 730), (1000, 600)])
    def test_two_reunions_need_no_sideways_scrolling(self, page, size, qtbot):
        page.resize(*size)
        qtbot.waitUntil(lambda: page.width() == size[0])
        assert page._table.horizontalScrollBar().maximum() == 0

    @pytest.mark.parametrize("size", [(1180, 830), (1300, 730)])
    def test_three_episodes_need_none_either(self, page, size, qtbot):
        page.resize(*size)
        page.show_slot("avo_s_7")
        qtbot.waitUntil(lambda: page._table.width() > 800)
        assert page._table.horizontalScrollBar().maximum() == 0


class TestTheKeysThatAreNamed:
    def test_they_are_named_where_there_is_room(self, page, theme, qtbot):
        page.resize(theme.px(ROOMY) + 40, 600)
        qtbot.waitUntil(lambda: "evidence" in page._said.text())
        page.resize(theme.px(ROOMY) - 40, 600)
        qtbot.waitUntil(lambda: page._said.text() == "")

    def test_what_was_said_stays_in_a_narrow_page(self, page, theme, qtbot):
        page._say("Not rated again")
        page.resize(theme.px(ROOMY) - 60, 600)
        qtbot.waitUntil(lambda: page.width() == theme.px(ROOMY) - 60)
        assert page._said.text() == "Not rated again"
