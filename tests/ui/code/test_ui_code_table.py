from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ssp_coder.ui.code.table_columns import Column
from tests.builders import add, event_id, mark, s


@pytest.fixture
def table(desk):
    for place, code in enumerate(("seeking.reach", "seeking.lean", "avoidance.ignore")):
        desk.session.submit(add(code, 600 + 10 * place))
    return desk.page.table


def selected(desk):
    return [desk.coding.event(event).code for event in desk.page.table.selected_events()]


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_several_selected_events_go_at_once_and_come_back_with_one_undo(desk, table, key):
    before = desk.coding.events
    desk.select(0, 2)
    QTest.keyClick(table, key)
    assert [event.code for event in desk.events] == ["seeking.lean"]
    desk.session.undo()
    assert desk.events == before


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return])
def test_keys_do_nothing_without_a_row(desk, qtbot, key):
    with (
        qtbot.assertNotEmitted(desk.session.changed),
        qtbot.assertNotEmitted(desk.session.jump_requested),
    ):
        QTest.keyClick(desk.page.table, key)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_return_shows_the_moment_of_the_current_row(desk, table, qtbot, key):
    table.setCurrentIndex(desk.page.events.model.index(1, 0))
    with qtbot.waitSignal(desk.session.jump_requested) as asked:
        QTest.keyClick(table, key)
    assert asked.args == [s(610)]


def test_a_double_click_where_nothing_can_be_typed_shows_the_moment(desk, table, qtbot):
    with qtbot.waitSignal(desk.session.jump_requested) as asked:
        table.doubleClicked.emit(desk.page.events.model.index(0, Column.EPISODE))
    assert asked.args == [s(620)]


def test_arrows_walk_through_the_rows_and_the_form_follows(desk, table):
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert selected(desk) == ["seeking.lean"]
    assert desk.page.events.form.event_shown.code == "seeking.lean"
    QTest.keyClick(table, Qt.Key.Key_Up)
    assert desk.page.events.form.event_shown.code == "avoidance.ignore"


def test_tab_leaves_the_table(table):
    assert not table.tabKeyNavigation()


def test_the_selection_stays_while_new_events_come_above(desk, table):
    desk.select(1)
    desk.at(700)
    desk.press("5", "3")
    assert selected(desk) == ["seeking.lean"]
    assert desk.page.events.form.event_shown.code == "seeking.lean"


def test_the_selection_stays_while_events_come_and_go_below(desk, table):
    desk.select(1)
    desk.at(590)
    desk.press("5")
    desk.session.undo()
    assert selected(desk) == ["seeking.lean"]


def test_an_event_that_moves_to_another_row_stays_selected(desk, table):
    desk.select(0)
    moved = desk.events[0].id
    desk.type_into(desk.page.events.form._start, "10:50")
    assert table.selected_events() == (moved,)
    assert desk.page.events.model.row_of(moved) == 0
    assert desk.page.timeline.selected() == {str(moved)}
    assert desk.page.events.form.event_shown.start_us == s(650)


def test_a_deleted_event_is_selected_nowhere(desk, table):
    desk.select(0)
    desk.page.delete_selected()
    assert table.selected_events() == ()
    assert desk.page.timeline.selected() == set()
    assert desk.page.events.form.event_shown is None


def test_delete_without_a_selection_is_no_edit(desk, table, qtbot):
    with qtbot.assertNotEmitted(desk.session.changed):
        desk.page.delete_selected()


def test_the_list_does_not_scroll_away_while_coding(desk):
    for place in range(60):
        desk.session.submit(add("seeking.reach", 400 + place))
    table = desk.page.table
    table.scrollToBottom()
    bar = table.verticalScrollBar()
    before = bar.value()
    assert before > 0
    desk.at(700)
    desk.press("5")
    height = table.verticalHeader().defaultSectionSize()
    assert bar.value() == before + height, "the rows that are seen stay where they are"


def test_at_the_top_of_the_list_the_newest_event_is_seen(desk):
    for place in range(60):
        desk.session.submit(add("seeking.reach", 400 + place))
    table = desk.page.table
    assert table.verticalScrollBar().value() == 0
    desk.at(700)
    desk.press("5")
    assert table.verticalScrollBar().value() == 0
    assert table.rowAt(0) == 0


def test_an_undo_above_leaves_the_rows_that_are_seen_where_they_are(desk):
    for place in range(60):
        desk.session.submit(add("seeking.reach", 400 + place))
    table, model = desk.page.table, desk.page.events.model
    table.scrollToBottom()
    table.scrollTo(model.index(30, 0), table.ScrollHint.PositionAtTop)
    assert table.rowAt(0) > 0
    seen = model.event_at(table.rowAt(0)), table.rowViewportPosition(table.rowAt(0))
    desk.session.undo()
    assert (model.event_at(table.rowAt(0)), table.rowViewportPosition(table.rowAt(0))) == seen


def test_a_mark_chosen_on_the_timeline_is_brought_into_view(desk):
    for place in range(60):
        desk.session.submit(add("seeking.reach", 400 + place))
    oldest = desk.events[0]
    desk.page.timeline.mark_selected.emit(str(oldest.id))
    table, model = desk.page.table, desk.page.events.model
    place = table.visualRect(model.index(model.row_of(oldest.id), 0))
    assert table.viewport().rect().contains(place.center())


def test_selecting_what_is_selected_says_nothing(desk, table, qtbot):
    desk.select(0)
    with qtbot.assertNotEmitted(table.selected):
        table.show_selected(table.selected_events())


def test_an_unknown_event_selects_nothing(desk, table):
    desk.select(0)
    table.show_selected((event_id(999),))
    assert table.selected_events() == ()


def test_the_table_and_its_columns_have_names(desk, table):
    assert table.accessibleName() == "Events"
    model = desk.page.events.model
    headers = [model.headerData(place, Qt.Orientation.Horizontal) for place in Column]
    assert headers == [
        "Start",
        "End",
        "Length s",
        "Ep.",
        "Person",
        "Group",
        "Code",
        "Detail",
        "Comment",
    ]
    assert table.horizontalHeader().accessibleName() == "Columns of the list"
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_each_row_is_spoken_as_a_sentence(desk, table):
    index = desk.page.events.model.index(2, 0)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "10:00.000" in spoken
    ethogram = desk.session.scheme.ethogram
    code = ethogram.code("seeking.reach")
    assert spoken.startswith(f"{ethogram.group(code.group).title}: {code.title}, ")
    assert spoken == index.data(Qt.ItemDataRole.ToolTipRole)


def test_times_stand_to_the_right_and_words_to_the_left(desk, table):
    aligned = {
        column: desk.page.events.model.index(0, column).data(Qt.ItemDataRole.TextAlignmentRole)
        for column in Column
    }
    right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    assert [column for column, flag in aligned.items() if flag == right] == [
        Column.START,
        Column.END,
        Column.LENGTH,
    ]
    assert all(aligned[column] is None for column in Column if aligned[column] != right)


def test_only_the_code_has_an_icon(desk, table):
    icons = [
        column
        for column in Column
        if desk.page.events.model.index(0, column).data(Qt.ItemDataRole.DecorationRole) is not None
    ]
    assert icons == [Column.CODE]


def test_plain_keys_never_open_a_cell_since_they_are_codes(table):
    assert table.editTriggers() == table.EditTrigger.NoEditTriggers


def test_the_episode_of_a_row_follows_a_moved_mark(desk, table):
    model = desk.page.events.model
    before = model.index(2, Column.EPISODE).data()
    desk.session.submit(mark(before, 605))
    assert model.index(2, Column.EPISODE).data() != before
    desk.session.undo()
    assert model.index(2, Column.EPISODE).data() == before


def codes(desk):
    model = desk.page.events.model
    return [model.event_at(row).code for row in range(model.rowCount())]


def test_a_click_on_a_header_sorts_and_another_turns_the_order(desk, table):
    header = table.horizontalHeader()
    header.sectionClicked.emit(Column.CODE)
    rising = codes(desk)
    assert rising == ["avoidance.ignore", "seeking.lean", "seeking.reach"]
    assert header.sortIndicatorSection() == Column.CODE
    header.sectionClicked.emit(Column.CODE)
    assert codes(desk) == rising[::-1]
    header.sectionClicked.emit(Column.START)
    assert codes(desk) == ["avoidance.ignore", "seeking.lean", "seeking.reach"]
    assert table.sorted_by() == (Column.START, True)


def test_sorting_keeps_what_is_selected(desk, table, qtbot):
    desk.select(0, 2)
    before = set(table.selected_events())
    table.want_order(Column.CODE)
    assert set(table.selected_events()) == before
    rows = {index.row() for index in table.selectionModel().selectedRows()}
    model = desk.page.events.model
    assert {model.event_at(row).id for row in rows} == before


def test_an_event_coded_in_a_sorted_list_comes_to_its_place(desk, table):
    table.want_order(Column.CODE)
    desk.at(900)
    desk.press("i")
    assert codes(desk) == ["avoidance.ignore", "seeking.lean", "seeking.reach", "seeking.reach"]


def test_end_and_group_are_hidden_until_they_are_wanted(desk, table):
    assert set(Column) - set(table.shown_columns()) == {Column.END, Column.GROUP}
    table.show_column(Column.GROUP, shown=True)
    table.show_column(Column.DETAIL, shown=False)
    assert not table.isColumnHidden(Column.GROUP)
    assert table.isColumnHidden(Column.DETAIL)


def test_the_last_column_cannot_be_hidden(desk, table):
    for column in Column:
        table.show_column(column, shown=False)
    assert len(table.shown_columns()) == 1


def test_all_selected_rows_are_deleted_with_a_word_about_how_many(desk, table, qtbot):
    table.selectAll()
    with qtbot.waitSignal(desk.page.events.said) as said:
        desk.page.delete_selected()
    assert said.args == ["3 events deleted"]
    assert desk.events == ()


def test_very_many_selected_events_are_still_selected_after_they_changed(desk):
    for place in range(250):
        desk.session.submit(add("seeking.reach", 300 + place))
    table = desk.page.table
    table.selectAll()
    before = table.selected_events()
    box = desk.page.events.many._code
    desk.pick(box, "seeking.lean")
    assert {event.code for event in desk.events} == {"seeking.lean"}
    assert table.selected_events() == before
    assert len(table.selectionModel().selectedRows()) == 250


def test_arrows_bring_rows_into_view_as_they_walk(desk):
    for place in range(60):
        desk.session.submit(add("seeking.reach", 400 + place))
    table = desk.page.table
    table.selectRow(0)
    for _ in range(40):
        QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())


def test_a_cell_that_is_out_of_view_is_brought_into_view_to_be_typed(desk):
    for place in range(60):
        desk.session.submit(add("seeking.reach", 400 + place))
    table = desk.page.table
    table.setCurrentIndex(desk.page.events.model.index(50, Column.COMMENT))
    assert table.edit_current()
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())


def test_f2_belongs_to_the_list_only_while_it_has_a_row(desk, table):
    override = QKeyEvent(
        QEvent.Type.ShortcutOverride, Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier
    )
    override.ignore()
    table.setCurrentIndex(QModelIndex())
    QApplication.sendEvent(table, override)
    assert not override.isAccepted()
    table.setCurrentIndex(desk.page.events.model.index(0, 0))
    QApplication.sendEvent(table, override)
    assert override.isAccepted()
