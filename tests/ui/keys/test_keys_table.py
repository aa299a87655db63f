"""The table of keys: what it shows and speaks, what its keys ask for, how caps are painted."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from ssp_coder.ui.keys.plan import KeyRow
from ssp_coder.ui.keys.table import KEYS, TITLE, WHERE, KeyRowsModel, KeyTable

UNDO = KeyRow(id="undo", title="Undo", where="Edit", keys=("Ctrl+Z",), usual=("Ctrl+Z",))
REDO = KeyRow(
    id="redo",
    title="Redo",
    where="Edit",
    keys=("Ctrl+Shift+Z", "Ctrl+Y"),
    usual=("Ctrl+Shift+Z", "Ctrl+Y"),
)
OVER = KeyRow(id="code:a.b", title="Über die Tür", where="Gehen", keys=("shift+q",), usual=("q",))
NONE = KeyRow(id="about", title="About", where="Help", keys=(), usual=())
ROWS = (UNDO, REDO, OVER, NONE)


@pytest.fixture
def model(theme):
    made = KeyRowsModel(theme)
    made.show_rows(ROWS)
    return made


@pytest.fixture
def table(theme, qtbot):
    made = KeyTable(theme)
    qtbot.addWidget(made)
    made.rows.show_rows(ROWS)
    made.resize(640, 300)
    made.show()
    return made


def ids(model):
    return [model.row(place).id for place in range(model.rowCount())]


def texts(model, place):
    return [model.index(place, column).data() for column in (TITLE, WHERE, KEYS)]


class TestWhatIsShown:
    def test_a_row_says_what_where_and_with_which_keys(self, model):
        assert texts(model, 1) == ["Redo", "Edit", "Ctrl+Shift+Z, Ctrl+Y"]

    def test_own_keys_are_marked_in_words(self, model):
        assert texts(model, 2) == ["Über die Tür (changed)", "Gehen", "⇧Q"]

    def test_without_a_key_the_place_is_empty(self, model):
        assert texts(model, 3) == ["About", "Help", ""]

    def test_the_columns_have_heads(self, model):
        heads = [model.headerData(place, Qt.Orientation.Horizontal) for place in range(3)]
        assert heads == ["Does", "Belongs to", "Keys"]
        assert model.headerData(0, Qt.Orientation.Vertical) is None

    def test_a_reader_hears_what_is_seen(self, model):
        for column in (TITLE, WHERE, KEYS):
            index = model.index(1, column)
            assert index.data(Qt.ItemDataRole.AccessibleTextRole) == index.data()

    def test_beyond_the_rows_there_is_nothing(self, model):
        assert model.row(4) is None
        assert model.row(-1) is None
        assert model.place_of("fly") == -1


class TestFiltering:
    @pytest.mark.parametrize(
        ("typed", "left"),
        [
            ("", ["undo", "redo", "code:a.b", "about"]),
            ("edit", ["undo", "redo"]),
            ("EDIT re", ["redo"]),
            ("uber", ["code:a.b"]),
            ("ctrl+y", ["redo"]),
            ("⇧q", ["code:a.b"]),
            ("nothing", []),
        ],
    )
    def test_every_typed_word_must_be_somewhere(self, model, typed, left):
        model.filter_by(typed)
        assert ids(model) == left

    def test_other_keys_leave_the_rows_where_they_are(self, model, qtbot):
        model.filter_by("edit")
        changed = KeyRow(id="redo", title="Redo", where="Edit", keys=("F13",), usual=REDO.usual)
        with (
            qtbot.assertNotEmitted(model.modelReset),
            qtbot.waitSignal(model.dataChanged) as told,
        ):
            model.show_rows((UNDO, changed, OVER, NONE))
        assert (told.args[0].row(), told.args[1].row()) == (1, 1)
        assert texts(model, 1)[2] == "F13"

    def test_the_same_rows_again_say_nothing(self, model, qtbot):
        with qtbot.assertNotEmitted(model.dataChanged):
            model.show_rows(ROWS)

    def test_other_rows_are_filtered_as_before(self, model):
        model.filter_by("edit")
        model.show_rows((REDO, NONE))
        assert ids(model) == ["redo"]

    def test_it_keeps_the_rules_of_models(self, model):
        mode = QAbstractItemModelTester.FailureReportingMode.Fatal
        tester = QAbstractItemModelTester(model, mode)
        for typed in ("e", "", "zzz", "undo"):
            model.filter_by(typed)
        assert tester.failureReportingMode() is mode


class TestItsKeys:
    @pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
    def test_enter_asks_for_a_change(self, table, qtbot, key):
        table.selectRow(1)
        with qtbot.waitSignal(table.change_wanted):
            QTest.keyClick(table, key)

    @pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
    def test_delete_asks_to_take_the_keys_away(self, table, qtbot, key):
        table.selectRow(1)
        with qtbot.waitSignal(table.clearing_wanted):
            QTest.keyClick(table, key)

    def test_down_goes_to_the_next_row(self, table):
        table.selectRow(0)
        QTest.keyClick(table, Qt.Key.Key_Down)
        assert table.currentIndex().row() == 1

    def test_a_double_click_asks_for_a_change(self, table, qtbot):
        place = table.visualRect(table.rows.index(1, TITLE)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        with qtbot.waitSignal(table.change_wanted):
            QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def test_it_has_a_name(self, table):
        assert table.accessibleName() == "Commands and codes with their keys"


class TestCaps:
    def painted(self, table, place, *, selected=False):
        rect = QRect(0, 0, 260, 28)
        image = QImage(rect.size(), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        option = QStyleOptionViewItem()
        option.rect = rect
        if selected:
            option.state |= QStyle.StateFlag.State_Selected
        painter = QPainter(image)
        index = table.rows.index(place, KEYS)
        table.itemDelegateForColumn(KEYS).paint(painter, option, index)
        painter.end()
        return image

    def inked(self, image):
        ground = image.pixelColor(0, 0)
        return [
            x
            for x in range(image.width())
            if any(image.pixelColor(x, y) != ground for y in range(image.height()))
        ]

    def test_two_shortcuts_take_more_room_than_one_and_stand_apart(self, table):
        one, two = self.inked(self.painted(table, 0)), self.inked(self.painted(table, 1))
        assert max(two) > max(one) + 40
        gaps = [b - a for a, b in pairwise(two) if b - a > 6]
        assert len(gaps) == 1

    def test_without_a_key_nothing_is_painted(self, table):
        assert self.inked(self.painted(table, 3)) == []

    def test_a_chosen_row_has_its_ground(self, table, theme):
        assert self.painted(table, 3, selected=True).pixelColor(3, 3) == theme.colour("sel")
