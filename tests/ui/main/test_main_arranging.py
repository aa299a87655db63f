"""The commands about selected events, by menu and by key, in the real window."""

import pytest
from PySide6.QtCore import Qt

from ssp_coder.editing.completeness import Step
from ssp_coder.ui.main.arranging_desk import MENU
from ssp_coder.ui.main.commands import COMMANDS
from tests.builders import add, after, coding

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
SMILE, LOOK = "affect.smile", "avoidance.ignore"


@pytest.fixture
def window(desk_window, coding_file, qtbot):
    """The code step with two states that touch, and a point."""
    start = after(coding(), add(LOOK, 10, end=20), add(LOOK, 20, end=30), add(SMILE, 15))
    desk_window.desk.open_path(coding_file("S1", start))
    desk_window.show_page(Step.CODE)
    desk_window.activateWindow()
    qtbot.waitUntil(desk_window.isActiveWindow)
    desk_window.workspace.work.show_duration(1_400_000_000)
    return desk_window


@pytest.fixture
def line(window):
    return window.workspace.work.line


@pytest.fixture
def select(window, line):
    """Select events by their places in the coding."""

    def do(*places):
        events = window.workspace.session.coding.events
        line.timeline.set_selected(str(events[place].id) for place in places)
        line.timeline.tell_selected()
        line.timeline.setFocus()

    return do


def seconds(window):
    events = window.workspace.session.coding.events
    return [(event.start_us / 1e6, event.end_us / 1e6) for event in events]


def run(window, command):
    window.actions_by_id[command].trigger()


def test_every_command_of_the_timeline_is_carried_out_by_its_desk(window):
    known = {command.id for command in COMMANDS}
    assert set(window.desk.arranging.commands()) <= known


@pytest.mark.parametrize(
    ("command", "moved"),
    [
        ("move_earlier", (14.96, 14.96)),
        ("move_later", (15.04, 15.04)),
        ("move_second_earlier", (14, 14)),
        ("move_second_later", (16, 16)),
        ("start_earlier", (14.96, 14.96)),
        ("start_later", (15.04, 15.04)),
    ],
)
def test_a_command_moves_what_is_selected(window, select, command, moved):
    select(1)
    run(window, command)
    assert seconds(window)[1] == moved


@pytest.mark.parametrize(("command", "end"), [("stop_earlier", 19.96), ("stop_later", 20.04)])
def test_a_command_moves_the_end(window, select, command, end):
    select(0)
    run(window, command)
    assert seconds(window)[0] == (10, end)


@pytest.mark.parametrize("command", ["split", "start_here", "stop_here"])
def test_without_a_picture_no_frame_can_be_meant(window, select, command):
    select(0)
    before = seconds(window)
    run(window, command)
    assert seconds(window) == before
    assert window.statusBar().currentMessage() == "There is no frame on the screen yet"


def test_the_keyboard_alone_selects_extends_and_merges(window, line, qtbot, select):
    select(0)
    qtbot.keyClick(line.timeline, Qt.Key.Key_Down, ALT | SHIFT)
    qtbot.keyClick(line.timeline, Qt.Key.Key_Up, ALT | SHIFT)
    assert line.selected_events() == (1,)
    select(0)
    run(window, "extend_after")
    run(window, "extend_after")
    chosen = [event.code for event in window.workspace.session.coding.events]
    assert len(line.selected_events()) == len(chosen)
    select(0, 2)
    qtbot.keyClick(line.timeline, Qt.Key.Key_J, CTRL)
    assert (10, 30) in seconds(window)


def test_control_a_on_the_timeline_selects_the_lane_and_then_all(window, line, qtbot, select):
    select(0)
    qtbot.keyClick(line.timeline, Qt.Key.Key_A, CTRL)
    qtbot.keyClick(line.timeline, Qt.Key.Key_A, CTRL)
    assert len(line.selected_events()) == 3
    assert len(window.workspace.work.table.selected_events()) == 3


def test_copies_are_offered_under_the_mark(window, line, select):
    select(1)
    run(window, "copy_events")
    menu = line.arranging.menu
    assert menu.isVisible()
    assert line.timeline.rect().contains(line.timeline.menu_place())
    menu.close()


def test_the_menu_of_the_timeline_shows_commands_with_their_keys(window, line, select):
    select(1)
    for _ in range(2):
        line.timeline.menu_requested.emit(line.timeline.mapToGlobal(line.timeline.menu_place()))
        menu = window.desk.arranging.menu
        assert menu.isVisible()
        menu.close()
    offered = [action for action in menu.actions() if not action.isSeparator()]
    wanted = [window.actions_by_id[command] for part in MENU for command in part]
    assert offered == wanted
    assert menu.accessibleName() == "Selected events"


def test_the_view_goes_to_the_selection_nearer_and_farther(window, line, select):
    select(1)
    run(window, "zoom_selection")
    near = line.timeline.view()
    assert near.start_us <= 15_000_000 <= near.end_us
    assert near.length_us < 5_000_000
    run(window, "zoom_out")
    assert line.timeline.view().length_us == 2 * near.length_us
    run(window, "zoom_in")
    assert line.timeline.view().length_us == near.length_us


def test_on_another_page_it_says_where_the_timeline_is(window, select):
    select(1)
    window.show_page(Step.RATE)
    before = seconds(window)
    run(window, "move_later")
    assert seconds(window) == before
    assert "Prepare and Code" in window.statusBar().currentMessage()


def test_without_a_coding_nothing_happens(desk_window):
    for does in desk_window.desk.arranging.commands().values():
        does()
    assert desk_window.workspace is None
