"""Panels in the real window: commands, marks in the menu, windows, and what is remembered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from ssp_coder.editing.completeness import Step
from ssp_coder.ui.code.key_filter import home_window
from ssp_coder.ui.code.panels import LATE, PANELS, PICTURE
from ssp_coder.ui.docks.placing import Zone
from ssp_coder.ui.docks.screens import layout_key, screen_places
from ssp_coder.ui.main.commands import COMMANDS
from ssp_coder.ui.main.settings import Settings
from tests.builders import with_episodes
from tests.ui.pages import paint


@pytest.fixture
def window(desk_window, coding_file):
    desk_window.resize(1440, 900)
    desk_window.desk.open_path(coding_file(start=with_episodes()))
    desk_window.show_page(Step.CODE)
    QApplication.processEvents()
    return desk_window


def panels(window):
    return window.workspace.work.panels


def do(window, command):
    window.actions_by_id[command].trigger()
    QApplication.processEvents()


def marks(window):
    return {panel for panel in PANELS if window.actions_by_id[f"panel_{panel}"].isChecked()}


class TestMenu:
    def test_every_panel_but_the_picture_is_in_the_menu(self, window):
        named = {c.id.removeprefix("panel_") for c in COMMANDS if c.id.startswith("panel_")}
        assert set(PANELS) <= named
        assert {box.spec.id for box in panels(window).boxes} == {*PANELS, PICTURE}

    def test_marks_say_which_panels_are_shown_in_the_step(self, window):
        assert marks(window) == set(PANELS) - {"episodes"}
        window.show_page(Step.PREPARE)
        assert marks(window) == {"episodes", "timeline"}

    def test_a_command_puts_a_panel_away_and_brings_it_back(self, window):
        do(window, "panel_timeline")
        assert not panels(window)["timeline"].isVisible()
        assert "timeline" not in marks(window)
        do(window, "panel_timeline")
        assert panels(window)["timeline"].isVisible()
        assert "timeline" in marks(window)

    def test_a_panel_behind_a_tab_comes_forward_first(self, window):
        do(window, "panel_history")
        assert panels(window)["history"].isVisible()
        assert "history" in marks(window)

    def test_from_another_page_a_panel_that_stood_in_front_is_shown_again(self, window):
        do(window, "panel_comments")
        window.show_page(Step.RATE)
        do(window, "panel_comments")
        assert window.workspace.current == Step.CODE
        assert panels(window)["comments"].isVisible()

    def test_from_another_page_the_step_with_the_panel_comes_back(self, window):
        window.show_page(Step.CLASSIFY)
        do(window, "panel_comments")
        assert window.workspace.current == Step.CODE
        assert panels(window)["comments"].isVisible()

    def test_panels_as_at_first(self, window):
        do(window, "panel_board")
        panels(window).move_panel("history", Zone.FOOT)
        do(window, "panels_first")
        assert marks(window) == set(PANELS) - {"episodes"}
        assert panels(window)["board"].isVisible()

    def test_without_a_coding_no_command_does_anything(self, desk_window):
        for command in COMMANDS:
            if command.id.startswith(("panel", "picture_")):
                desk_window.desk.commands()[command.id]()
        assert desk_window.workspace is None


class TestLate:
    def test_panels_behind_tabs_are_not_made_when_a_coding_is_opened(self, window):
        assert not any(panels(window)[panel].is_made for panel in LATE)

    @pytest.mark.parametrize("panel", LATE)
    def test_each_shows_itself_when_it_is_wanted(self, window, panel):
        do(window, f"panel_{panel}")
        box = panels(window)[panel]
        assert box.is_made
        assert box.content().isVisible()
        assert box.head.isVisible()

    def test_a_panel_that_comes_into_sight_hears_where_the_picture_is(self, window, monkeypatch):
        do(window, "panel_intervals")
        heard = []
        content = panels(window)["intervals"].content()
        monkeypatch.setattr(content, "set_moment", lambda pts, frame: heard.append(pts))
        paint(window.workspace.stage, 7)
        assert heard == [7_000_000]
        do(window, "panel_events")
        paint(window.workspace.stage, 8)
        assert heard == [7_000_000]
        do(window, "panel_intervals")
        assert heard == [7_000_000, 8_000_000]


class TestKeys:
    def test_f6_walks_through_the_panels(self, window, qtbot):
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        walk = window.workspace.work.walk
        met = []
        for _ in range(4):
            do(window, "panel_next")
            met.append(walk.current())
        assert met == ["picture", "board", "events", "timeline"]
        do(window, "panel_before")
        assert walk.current() == "events"

    def test_the_panel_with_the_keyboard_gets_a_window_and_goes_back(self, window, qtbot):
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        window.workspace.work.walk.enter("timeline")
        do(window, "panel_window")
        assert panels(window).has_window("timeline")
        qtbot.waitUntil(lambda: window.workspace.work.walk.current() == "timeline")
        do(window, "panel_window")
        assert not panels(window).has_window("timeline")

    def test_the_panel_with_the_keyboard_is_put_away_and_the_keyboard_goes_back(
        self, window, qtbot
    ):
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        window.workspace.work.walk.enter("timeline")
        do(window, "panel_away")
        assert not panels(window)["timeline"].isVisible()
        assert QApplication.focusWidget() is window.workspace.work

    def test_without_a_panel_chosen_it_says_how_to_choose_one(self, window):
        window.workspace.work.setFocus()
        do(window, "panel_window")
        assert "F6" in window.statusBar().currentMessage()

    def test_the_window_of_a_panel_belongs_to_the_main_window(self, window):
        panels(window).give_window("board")
        button = panels(window)["board"].content().findChildren(QPushButton)[0]
        assert button.window() is not window
        assert home_window(button) is window

    def test_a_code_key_pressed_in_the_window_of_a_panel_records(self, window, qtbot):
        paint(window.workspace.stage, 600)
        panels(window).give_window("timeline")
        target = window.workspace.work.timeline
        own = panels(window).window_of("timeline")
        own.activateWindow()
        target.setFocus()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is target)
        QTest.keyClick(target, Qt.Key.Key_I)
        assert len(window.workspace.session.coding.events) == 1


class TestPicture:
    def test_in_a_window_it_stays_there_on_every_page(self, window):
        panels(window).give_window(PICTURE)
        stage = window.workspace.stage
        for page in (Step.RATE, Step.DISORGANIZATION, Step.CLASSIFY, Step.EXPORT, Step.CODE):
            window.show_page(page)
            assert stage.window() is panels(window).window_of(PICTURE), page
            assert stage.isVisible(), page
            assert window.workspace.shows_video, page

    def test_it_goes_to_the_page_in_front_when_its_window_ends(self, window):
        panels(window).give_window(PICTURE)
        window.show_page(Step.RATE)
        panels(window).dock(PICTURE)
        page = window.workspace.page(Step.RATE)
        assert page.isAncestorOf(window.workspace.stage)

    def test_a_window_opened_on_another_page_takes_it_along(self, window):
        window.show_page(Step.RATE)
        panels(window).give_window(PICTURE)
        assert window.workspace.stage.window() is panels(window).window_of(PICTURE)

    def test_alone_it_fills_its_screen_and_esc_gives_it_back(self, window):
        window.desk.panels.toggle_alone()
        assert window.desk.panels.picture_is_alone
        assert panels(window).window_of(PICTURE).isFullScreen()
        QTest.keyClick(window, Qt.Key.Key_Escape)
        assert not window.desk.panels.picture_is_alone
        assert not panels(window).has_window(PICTURE)

    def test_alone_out_of_a_window_it_goes_back_to_that_window(self, window):
        panels(window).give_window(PICTURE)
        window.desk.panels.toggle_alone()
        assert window.desk.panels.picture_is_alone
        assert window.desk.panels.leave_alone()
        assert panels(window).has_window(PICTURE)
        assert not window.desk.panels.leave_alone()

    def test_without_another_screen_it_gets_a_window_and_that_is_said(self, window):
        do(window, "picture_elsewhere")
        assert panels(window).has_window(PICTURE)
        assert "no other screen" in window.statusBar().currentMessage()
        do(window, "picture_elsewhere")
        assert not panels(window).has_window(PICTURE)

    def test_a_page_without_a_picture_cannot_show_it_alone(self, window):
        window.show_page(Step.EXPORT)
        window.desk.panels.toggle_alone()
        assert not window.desk.panels.picture_is_alone


class TestRemembering:
    def test_panels_stand_where_they_stood_when_the_coding_is_opened_again(
        self, window, coding_file
    ):
        panels(window).move_panel("history", Zone.SIDE)
        do(window, "panel_timeline")
        window.close_coding()
        window.desk.open_path(coding_file("S101", with_episodes()))
        window.show_page(Step.CODE)
        assert not panels(window).is_shown("timeline")
        assert panels(window).place_of("history") is panels(window).place_of("board")
        assert "timeline" not in marks(window)

    def test_windows_of_panels_end_with_the_coding(self, window):
        panels(window).give_window("events")
        own = panels(window).window_of("events")
        window.close_coding()
        assert not own.isVisible()

    def test_a_picture_alone_is_not_remembered(self, window, coding_file):
        window.desk.panels.toggle_alone()
        window.close_coding()
        window.desk.open_path(coding_file("S102", with_episodes()))
        assert not panels(window).has_window(PICTURE)

    def test_each_arrangement_of_screens_has_its_own(self, window, tmp_path):
        do(window, "panel_timeline")
        kept = panels(window).arrangement()
        settings = Settings(QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))
        settings.keep_panels("two", kept)
        assert settings.panels("two") == kept
        assert settings.panels("one") is None

    def test_it_is_kept_under_the_screens_there_are(self, window):
        window.close_coding()
        assert window.settings.panels(layout_key(screen_places())) is not None

    def test_a_text_that_is_none_is_as_if_nothing_was_kept(self, tmp_path):
        store = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
        store.setValue("panels/two", "{broken")
        assert Settings(store).panels("two") is None


class TestSmallWindow:
    @pytest.fixture
    def small(self, window):
        window.resize(683, 384)
        for _ in range(4):
            QApplication.processEvents()
        return window

    def test_the_window_can_be_that_small(self, small):
        assert (small.width(), small.height()) == (683, 384)

    def test_board_and_list_share_one_place(self, small):
        assert panels(small).place_of("events") is panels(small).place_of("board")
        assert panels(small)["board"].isVisible()

    def test_header_status_and_name_make_room(self, small):
        assert not small.statusBar().isVisible()
        assert not small._session_name.isVisible()
        for page in (Step.CODE, Step.RATE, Step.EXPORT):
            small.show_page(page)
            assert not small.workspace._header.isVisible()

    def test_what_is_said_is_seen_nevertheless(self, small):
        small.say("Something was said.")
        assert small.statusBar().isVisible()
        small.statusBar().clearMessage()
        assert not small.statusBar().isVisible()

    @pytest.mark.parametrize("page", list(Step))
    def test_every_page_lies_inside_or_scrolls(self, small, page):
        small.show_page(page)
        for _ in range(4):
            QApplication.processEvents()
        room = small.workspace._room
        front = small.workspace._stack.currentWidget()
        least = front.minimumSizeHint()
        assert front.width() >= least.width()
        assert front.height() >= least.height()
        wide = front.width() > room.viewport().width()
        assert wide == (room.horizontalScrollBar().maximum() > 0)

    def test_a_page_scrolls_no_wider_than_it_needs_itself(self, small):
        small.show_page(Step.DISORGANIZATION)
        small.show_page(Step.CODE)
        for _ in range(4):
            QApplication.processEvents()
        assert small.workspace._room.horizontalScrollBar().maximum() == 0

    def test_the_board_scrolls_rather_than_cuts(self, small):
        area = small.workspace.work.board._area
        hidden = area.widget().width() - area.viewport().width()
        assert hidden <= area.horizontalScrollBar().maximum()
