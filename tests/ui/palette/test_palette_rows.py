"""How a row of the list is painted: letters meant, caps at the right, nothing over another."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem

from ssp_coder.ui.kit.marks import MarkShape
from ssp_coder.ui.palette.entry import Entry, EntryKind, Found, kind_words
from ssp_coder.ui.palette.rows import ROW_PX, FoundDelegate, FoundModel, _runs

WIDE = QSize(620, 40)


@pytest.fixture
def painted(theme, qtbot):
    """Paints one row and gives its picture."""
    view = QListView()
    qtbot.addWidget(view)

    def paint(entry, places=(), *, selected=False, size=WIDE):
        model = FoundModel(view)
        model.show_found((Found(entry=entry, places=places),))
        image = QImage(size, QImage.Format.Format_RGB32)
        image.fill(theme.colour("panel"))
        option = QStyleOptionViewItem()
        option.rect = QRect(QPoint(0, 0), size)
        if selected:
            option.state |= QStyle.StateFlag.State_Selected
        painter = QPainter(image)
        FoundDelegate(theme, view).paint(painter, option, model.index(0))
        painter.end()
        return image

    return paint


def entry(title="Undo", **fields):
    return Entry(id="command:undo", kind=EntryKind.COMMAND, title=title, **fields)


def inked(image, columns):
    """Columns of pixels in which something is painted."""
    ground = image.pixelColor(0, 0)
    return [
        x for x in columns if any(image.pixelColor(x, y) != ground for y in range(image.height()))
    ]


def difference(first, second):
    """The columns in which two pictures differ."""
    return [
        x
        for x in range(first.width())
        if any(first.pixelColor(x, y) != second.pixelColor(x, y) for y in range(first.height()))
    ]


def test_the_title_stands_at_the_left_and_the_kind_at_the_right(painted):
    image = painted(entry())
    assert inked(image, range(40, 90))
    assert inked(image, range(400, 520))
    assert not inked(image, range(560, 620))


def test_caps_stand_at_the_right_end(painted):
    without, with_keys = painted(entry()), painted(entry(keys=("Ctrl", "Z")))
    changed = difference(without, with_keys)
    assert min(changed) > WIDE.width() - 110
    assert max(changed) > WIDE.width() - 25


def test_many_caps_push_the_kind_aside_and_stay_inside(painted):
    keys = ("Ctrl", "Alt", "Shift", "Volume down")
    image = painted(entry(keys=keys))
    assert max(inked(image, range(image.width()))) < WIDE.width() - 4
    assert difference(image, painted(entry(keys=("Z",))))


def test_letters_that_are_meant_are_strong(painted):
    plain, meant = painted(entry("Reach")), painted(entry("Reach"), places=(0, 1, 2))
    changed = difference(plain, meant)
    assert changed
    assert max(changed) < 160


def test_a_selected_row_has_the_ground_of_selected_things(painted, theme):
    image = painted(entry(), selected=True)
    assert image.pixelColor(1, 1) == theme.colour("sel")


def test_what_cannot_be_done_is_dim_and_says_why(painted):
    can, cannot = painted(entry("Undo")), painted(entry("Undo", reason="Open a coding first"))
    assert difference(can, cannot)


def test_a_long_title_is_cut_before_the_kind(painted):
    image = painted(entry("A very long title " * 10))
    kind = painted(entry(""))
    right = range(440, WIDE.width())
    assert inked(image, right) == inked(kind, right)


def test_a_narrow_row_leaves_words_beside_the_title_out(painted):
    narrow = QSize(300, 40)
    with_words = painted(entry(detail="Edit and more"), size=narrow)
    assert not with_words.isNull()


@pytest.mark.parametrize("shape", [MarkShape.BAR, MarkShape.DIAMOND, MarkShape.RING])
def test_a_code_has_its_mark_where_others_have_an_icon(painted, shape):
    image = painted(entry("", mark=("vermilion", shape)))
    assert inked(image, range(14, 34))


@pytest.mark.parametrize("icon", ["flag", "book", "settings", "clock", "folder", "chevron-right"])
def test_every_icon_that_rows_have_is_there(painted, icon):
    assert inked(painted(entry("", icon=icon)), range(14, 34))


def test_rows_are_as_high_as_the_list_counts_on(theme, qtbot):
    view = QListView()
    qtbot.addWidget(view)
    model = FoundModel(view)
    model.show_found((Found(entry=entry()),))
    hint = FoundDelegate(theme, view).sizeHint(QStyleOptionViewItem(), model.index(0))
    assert hint.height() == theme.px(ROW_PX)


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ((), [("Undo", False)]),
        ((0, 1), [("Un", True), ("do", False)]),
        ((1, 3), [("U", False), ("n", True), ("d", False), ("o", True)]),
        ((0, 1, 2, 3), [("Undo", True)]),
    ],
)
def test_a_title_is_parted_where_the_meaning_changes(places, expected):
    assert _runs("Undo", places) == expected


class TestTheModel:
    @pytest.fixture
    def model(self, qapp):
        made = FoundModel()
        made.show_found((Found(entry=entry(detail="Edit", keys=("Ctrl", "Z"))),))
        return made

    def test_a_row_is_shown_and_spoken(self, model):
        index = model.index(0)
        assert index.data() == "Undo"
        spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
        assert spoken == "Undo, Edit, Command, key Ctrl Z"

    def test_a_reason_is_the_tip(self, model):
        assert model.index(0).data(Qt.ItemDataRole.ToolTipRole) == "Edit"
        model.show_found((Found(entry=entry(reason="Locked")),))
        assert model.index(0).data(Qt.ItemDataRole.ToolTipRole) == "Locked"

    def test_there_is_nothing_beyond_the_rows(self, model):
        assert model.found(-1) is None
        assert model.found(1) is None
        assert model.rowCount(model.index(0)) == 0

    def test_other_roles_have_no_answer(self, model):
        assert model.index(0).data(Qt.ItemDataRole.DecorationRole) is None


def test_every_kind_has_a_word(qapp):
    words = {kind_words(kind) for kind in EntryKind}
    assert len(words) == len(EntryKind)
    assert all(words)
