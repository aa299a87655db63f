"""Panels of a step: shown, in tabs, in windows, put away, and as at first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from ssp_coder.ui.docks.box import PanelBox
from ssp_coder.ui.docks.placing import Zone, first_sizes
from tests.ui.docks.conftest import Places, workspace_in


def seen(area):
    QApplication.processEvents()
    return {box.spec.id for box in area.boxes if box.isVisible()}


def settled(area):
    QApplication.processEvents()
    return area


def tabs(area, panel="events"):
    """The tabs of the place that a panel stands in."""
    QApplication.processEvents()
    bar = area.place_of(panel).tabs
    return [bar.tabText(place) for place in range(bar.count())] if bar.isVisible() else []


def spots(area):
    """Where each panel that is seen lies in the workspace."""
    QApplication.processEvents()
    return {
        box.spec.id: QRect(box.mapTo(area, QPoint(0, 0)), box.size())
        for box in area.boxes
        if box.isVisible() and not area.has_window(box.spec.id)
    }


def click(widget):
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


class TestSteps:
    def test_a_step_shows_its_own_panels(self, area):
        assert seen(area) == {"picture", "board", "events", "timeline"}
        area.show_step("prepare")
        assert seen(area) == {"picture", "episodes", "timeline"}

    def test_the_episodes_stand_where_the_board_was_and_take_the_room_of_the_list(self, area):
        before = spots(area)
        area.show_step("prepare")
        episodes = spots(area)["episodes"]
        assert episodes.topLeft() == before["board"].topLeft()
        assert episodes.width() == before["board"].width()
        assert episodes.bottom() >= before["events"].bottom() - 1

    def test_going_back_and_forth_moves_nothing(self, area):
        before = spots(area)
        for step in ("prepare", "code", "prepare", "code"):
            area.show_step(step)
        assert spots(area) == before

    def test_borders_that_the_person_moved_stay_with_the_step(self, area):
        area._right.setSizes([250, 300])
        area._right.splitterMoved.emit(250, 1)
        before = spots(area)
        for step in ("prepare", "", "code"):
            area.show_step(step)
            settled(area)
        assert spots(area) == before

    def test_the_tab_in_front_is_in_front_again(self, area):
        area.show_panel("notes")
        assert "notes" in seen(area)
        area.show_step("prepare")
        area.show_step("code")
        assert "notes" in seen(area)
        assert "events" not in seen(area)

    def test_at_first_sizes_are_those_of_the_look(self, theme, area):
        sizes = first_sizes(area.width(), area.height(), theme.px)
        now = spots(area)
        assert abs(now["timeline"].height() - sizes.foot_height) <= 8
        assert abs(now["board"].width() - sizes.side_width) <= 8

    def test_the_first_sizes_follow_the_window(self, room, area):
        before = spots(area)["picture"].width()
        room.resize(1700, 950)
        assert spots(area)["picture"].width() > before + 250
        room.resize(1256, 810)
        assert abs(spots(area)["picture"].width() - before) <= 2

    def test_borders_that_were_moved_do_not_jump_with_the_window(self, room, area):
        area._whole.setSizes([600, 200])
        area._whole.splitterMoved.emit(600, 1)
        room.resize(1256, 860)
        assert spots(area)["timeline"].height() <= 216


class TestPutAway:
    def test_a_panel_that_was_put_away_stays_away(self, area):
        area.put_away("timeline")
        assert "timeline" not in seen(area)
        area.show_step("prepare")
        area.show_step("code")
        assert "timeline" not in seen(area)

    def test_it_is_away_in_that_step_only(self, area):
        area.put_away("timeline")
        area.show_step("prepare")
        assert "timeline" in seen(area)

    def test_its_room_goes_to_the_others(self, area):
        before = spots(area)["picture"].height()
        area.put_away("timeline")
        assert spots(area)["picture"].height() > before + 150
        area.put_away("board")
        area.put_away("events")
        area.put_away("notes")
        assert spots(area)["picture"].width() >= area.width() - 1

    def test_it_comes_back_in_front(self, area):
        area.put_away("events")
        assert "events" not in seen(area)
        area.show_panel("events")
        assert "events" in seen(area)

    def test_the_cross_of_the_title_row_puts_it_away(self, area):
        click(area["board"].buttons.away_button)
        assert "board" not in seen(area)
        assert not area.is_shown("board")

    def test_the_picture_cannot_be_put_away(self, area):
        area.put_away("picture")
        assert "picture" in seen(area)
        area.give_window("picture")
        assert area["picture"].head.isVisible()
        assert not area["picture"].buttons.away_button.isVisible()
        area.window_of("picture").close()
        assert "picture" in seen(area)
        assert not area.has_window("picture")

    def test_whoever_shows_what_is_there_hears_of_it(self, area, qtbot):
        with qtbot.waitSignal(area.arranged):
            area.put_away("events")
        with qtbot.waitSignal(area.arranged):
            area.show_panel("events")


class TestTabs:
    def test_lists_share_one_place_at_first(self, area):
        assert tabs(area) == ["Events", "Notes"]
        bar = area.place_of("events").tabs
        assert bar.accessibleName() == "Panels in this place"
        assert bar.focusPolicy() & Qt.FocusPolicy.TabFocus

    def test_one_panel_alone_has_no_tab(self, area):
        area.put_away("notes")
        assert tabs(area) == []
        assert area["events"].head.isVisible()
        assert area["events"].head._words.isVisible()

    def test_a_late_panel_is_made_when_it_is_first_seen_and_only_then(self, area, places):
        assert not area["notes"].is_made
        assert "notes" not in places.made
        for panel in ("notes", "events", "notes"):
            area.show_panel(panel)
            settled(area)
        assert area["notes"].is_made
        assert places.made["notes"].isVisible()

    def test_what_stands_behind_a_tab_cannot_be_met_with_tab(self, area, places):
        area.show_panel("notes")
        settled(area)
        assert not places.made["events"].isVisible()

    def test_arrow_keys_on_the_tabs_change_the_panel(self, area):
        bar = area.place_of("events").tabs
        QTest.keyClick(bar, Qt.Key.Key_Right)
        assert "notes" in seen(area)
        QTest.keyClick(bar, Qt.Key.Key_Left)
        assert "events" in seen(area)

    def test_the_title_row_of_the_panel_in_front_stands_beside_the_tabs(self, area):
        settled(area)
        head = area["events"].head
        place = area.place_of("events")
        assert head.isVisible()
        assert not head._words.isVisible()
        assert abs(head.mapTo(place, QPoint(0, 0)).y()) <= 8
        area.show_panel("notes")
        settled(area)
        assert not head.isVisible()
        assert area["notes"].head.isVisible()

    def test_a_note_is_read_beside_the_tabs(self, area):
        area["events"].content().set_note("186")
        assert area["events"].head.note() == "186"
        assert area["events"].head._note.isVisible()

    def test_its_buttons_are_those_of_the_panel_in_front(self, area):
        area.show_panel("notes")
        settled(area)
        button = area["notes"].buttons.away_button
        assert button.isVisible()
        assert button.accessibleName() == "Notes: put away"
        click(button)
        assert not area.is_shown("notes")
        assert "events" in seen(area)

    def test_in_a_narrow_place_an_acting_title_row_stands_under_the_tabs(self, theme, area):
        button = QPushButton("A long act of the list of events")
        area["events"].content().add_to_title(button)
        area._upper.setSizes([2000, 10])
        settled(area)
        place = area.place_of("events")
        head = area["events"].head
        assert place.width() < place.tabs.sizeHint().width() + head.minimumSizeHint().width()
        assert head.isVisible()
        assert head.mapTo(place, QPoint(0, 0)).y() >= place.tabs.height() - 2

    def test_a_double_click_on_a_tab_gives_a_window(self, area):
        bar = area.place_of("events").tabs
        QTest.mouseDClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(1).center())
        assert area.has_window("notes")


class TestWindows:
    def test_a_panel_takes_a_window_of_its_own_and_comes_back(self, area, qtbot):
        box = area["board"]
        with qtbot.waitSignal(area.window_changed) as told:
            click(box.buttons.window_button)
        assert told.args == ["board"]
        window = area.window_of("board")
        assert box.window() is window
        assert window.windowTitle() == "Board"
        assert box.buttons.window_button.accessibleName() == "Board: back into the workspace"
        click(box.buttons.window_button)
        assert not area.has_window("board")
        assert box.window() is area.window()
        assert "board" in seen(area)

    def test_a_window_is_as_large_as_its_panel_was(self, area):
        before = spots(area)["timeline"].size()
        area.give_window("timeline")
        assert area.window_of("timeline").size().width() == before.width()

    def test_a_window_can_be_given_a_place(self, area):
        area.give_window("events", QRect(30, 40, 500, 350))
        assert area.window_of("events").geometry() == QRect(30, 40, 500, 350)

    def test_a_window_as_large_as_a_screen_fills_it(self, area):
        area.give_window("picture", area.screen().geometry())
        assert area.window_of("picture").isFullScreen()

    def test_in_its_window_a_panel_has_title_and_buttons(self, area):
        for panel in ("picture", "events", "board"):
            area.give_window(panel)
            settled(area)
            assert area[panel].head.isVisible(), panel
            assert area[panel].buttons.isVisible(), panel
        area.dock("picture")
        settled(area)
        assert not area["picture"].head.isVisible()

    def test_a_window_goes_along_to_another_page(self, area):
        area.give_window("events")
        area.give_window("board")
        area.show_step("")
        assert area["events"].isVisible()
        assert not area["board"].isVisible()
        area.show_step("code")
        assert area["board"].isVisible()

    def test_a_window_goes_along_to_a_step_that_has_no_place_for_the_panel(self, area):
        area.give_window("events")
        area.show_step("prepare")
        assert area["events"].isVisible()
        area.dock("events")
        assert not area["events"].isVisible()

    def test_what_is_docked_stays_in_its_place_while_another_page_is_in_front(self, area):
        before = spots(area)
        area.show_step("")
        area.show_step("code")
        assert spots(area) == before

    def test_a_window_that_goes_along_is_put_away_in_every_step(self, area):
        area.give_window("timeline")
        area.put_away("timeline")
        area.show_step("prepare")
        assert not area["timeline"].isVisible()

    def test_closing_a_window_puts_its_panel_away(self, area):
        area.give_window("events")
        area.window_of("events").close()
        assert not area.is_shown("events")
        area.show_panel("events")
        assert area["events"].isVisible()
        assert area.has_window("events")

    def test_windows_leave_the_screen_with_the_coding(self, area):
        area.give_window("events")
        area.close_windows()
        assert not area["events"].isVisible()
        assert area.is_shown("events")

    def test_a_key_that_nobody_takes_in_a_window_reaches_the_workspace(self, room, area):
        keys = []
        room.keyPressEvent = lambda event: keys.append(event.key())
        area.give_window("timeline")
        QTest.keyClick(area.window_of("timeline"), Qt.Key.Key_Escape)
        assert keys == [Qt.Key.Key_Escape]

    def test_a_window_does_not_take_the_keyboard_when_it_comes(self, area):
        area.give_window("events")
        window = area.window_of("events")
        assert window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        assert window.windowType() is Qt.WindowType.Tool

    def test_a_screen_that_is_gone_gives_its_windows_back(self, area):
        area.give_window("events")
        area._dock_those_on(area.window_of("events").screen())
        assert not area.has_window("events")
        assert "events" in seen(area)

    def test_a_panel_pulled_out_of_the_workspace_gets_a_window_there(self, area):
        area["events"].pulled_out.emit("events", QPoint(300, 200))
        corner = area.window_of("events").geometry().topLeft()
        assert abs(corner.x() - 300) <= 60
        assert abs(corner.y() - 200) <= 60


class TestMoving:
    def test_a_panel_dropped_on_a_place_stands_there(self, area):
        area.place_of("timeline").dropped.emit("notes")
        assert tabs(area, "timeline") == ["Timeline", "Notes"]
        assert "notes" in seen(area)
        assert tabs(area) == []

    def test_a_panel_that_is_no_panel_is_dropped_without_effect(self, area):
        area.place_of("timeline").dropped.emit("something else")
        assert tabs(area, "timeline") == []

    def test_the_picture_keeps_its_place_to_itself(self, area):
        area.move_panel("picture", Zone.FOOT)
        area.move_panel("events", Zone.PICTURE)
        assert tabs(area) == ["Events", "Notes"]
        assert area.place_of("picture").boxes == (area["picture"],)

    def test_a_panel_alone_can_leave_its_place_empty(self, area):
        area.move_panel("timeline", Zone.LIST)
        assert tabs(area) == ["Events", "Notes", "Timeline"]
        assert "timeline" in seen(area)
        assert not area.place_of("board").tabs.isVisible()
        area.move_panel("timeline", Zone.FOOT)
        assert tabs(area) == ["Events", "Notes"]

    def test_dragging_a_tab_or_a_title_row_takes_the_panel_along(self, area, monkeypatch):
        settled(area)
        taken = []
        monkeypatch.setattr(PanelBox, "start_drag", lambda box: taken.append(box.spec.id))
        bar, head = area.place_of("events").tabs, area["board"].head
        for widget, start in ((bar, bar.tabRect(0).center()), (head, QPoint(60, 8))):
            QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=start)
            QTest.mouseMove(widget, start + QPoint(3, 0))
            assert "never" not in taken
            QTest.mouseMove(widget, start + QPoint(60, 30))
            QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 30))
        assert taken == ["events", "board"]

    def test_a_click_on_a_title_row_drags_nothing(self, area, monkeypatch):
        taken = []
        monkeypatch.setattr(PanelBox, "start_drag", lambda box: taken.append(box.spec.id))
        click(area["board"].head)
        QTest.mouseMove(area["board"].head, QPoint(120, 20))
        assert taken == []

    def test_a_double_click_on_a_title_row_gives_a_window(self, area):
        QTest.mouseDClick(area["board"].head, Qt.MouseButton.LeftButton, pos=QPoint(60, 8))
        assert area.has_window("board")


class TestAsAtFirst:
    def test_everything_stands_again_where_it_stood(self, area):
        before = spots(area)
        area.give_window("events")
        area.put_away("timeline")
        area.move_panel("board", Zone.LIST)
        area._whole.splitterMoved.emit(10, 1)
        area.arrange_as_first()
        assert spots(area) == before
        assert tabs(area) == ["Events", "Notes"]


class TestSmallRoom:
    def test_everything_beside_the_picture_stands_in_one_place(self, room, area):
        room.resize(619, 320)
        assert tabs(area) == ["Board", "Events", "Notes"]
        assert {"picture", "board", "timeline"} == seen(area)

    def test_with_room_again_the_list_has_a_place_of_its_own(self, room, area):
        before = spots(area)
        room.resize(619, 320)
        settled(area)
        room.resize(1256, 810)
        assert spots(area) == before

    def test_a_step_that_was_left_in_a_small_room_comes_back(self, room, area):
        room.resize(619, 320)
        area.show_panel("events")
        area.show_step("prepare")
        assert seen(area) == {"picture", "episodes", "timeline"}
        area.show_step("code")
        assert "events" in seen(area)


class TestRemembering:
    def test_an_arrangement_comes_back_in_another_sitting(self, theme, area, qtbot):
        area.give_window("events", QRect(50, 60, 520, 340))
        area.put_away("timeline")
        area.move_panel("notes", Zone.SIDE)
        later = workspace_in(theme, qtbot, Places(theme), area.arrangement()).area
        assert later.window_of("events").geometry() == QRect(50, 60, 520, 340)
        assert "timeline" not in seen(later)
        assert tabs(later, "notes") == ["Board", "Notes"]

    def test_borders_come_back_where_they_were_moved(self, theme, area, qtbot):
        area._upper.setSizes([500, 748])
        area._upper.splitterMoved.emit(500, 1)
        before = spots(area)
        later = workspace_in(theme, qtbot, Places(theme), area.arrangement()).area
        assert abs(spots(later)["picture"].width() - before["picture"].width()) <= 2

    def test_borders_that_nobody_moved_follow_the_window_in_a_later_sitting(self, area):
        area.put_away("notes")
        assert area.arrangement().lengths == ()

    @pytest.mark.parametrize(
        "other",
        [
            {"zones": (("board", "side"),)},
            {"zones": ()},
        ],
    )
    def test_an_arrangement_of_other_panels_is_dropped(self, theme, area, qtbot, other):
        area.give_window("events")
        kept = replace(area.arrangement(), **other)
        later = workspace_in(theme, qtbot, Places(theme), kept).area
        assert not later.has_window("events")

    def test_an_arrangement_of_other_zones_is_dropped(self, theme, area, qtbot):
        zones = tuple((panel, "attic") for panel, _ in area.arrangement().zones)
        kept = replace(area.arrangement(), zones=zones)
        later = workspace_in(theme, qtbot, Places(theme), kept).area
        assert seen(later) == {"picture", "board", "events", "timeline"}

    @pytest.mark.parametrize("lengths", [((1, 2),), ((1, 2), (3,), (4, 5)), ()])
    def test_borders_of_another_kind_are_dropped(self, theme, area, qtbot, lengths):
        kept = replace(area.arrangement(), lengths=lengths)
        later = workspace_in(theme, qtbot, Places(theme), kept).area
        assert spots(later) == spots(area)

    def test_a_window_outside_all_screens_is_docked(self, theme, area, qtbot):
        area.give_window("events", QRect(9000, 9000, 300, 200))
        later = workspace_in(theme, qtbot, Places(theme), area.arrangement()).area
        assert not later.has_window("events")
        assert "events" in seen(later)

    def test_steps_and_panels_that_are_not_known_are_left_out(self, theme, area, qtbot):
        shown = (("code", ("board", "ghost")), ("dance", ("board",)))
        kept = replace(area.arrangement(), shown=shown)
        later = workspace_in(theme, qtbot, Places(theme), kept).area
        assert seen(later) == {"picture", "board"}
        later.show_step("prepare")
        assert "episodes" in seen(later)

    def test_the_picture_is_always_there(self, theme, area, qtbot):
        kept = replace(area.arrangement(), shown=(("code", ("board",)),))
        later = workspace_in(theme, qtbot, Places(theme), kept).area
        assert "picture" in seen(later)
