"""What every painted widget promises, whichever it is."""

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QFont
from PySide6.QtWidgets import QApplication, QWidget

from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.band_row import Band, BandRow
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.chip import Chip, ChipFace, Tag, TagKind
from ssp_coder.ui.kit.choice import CheckBox, ComboBox, RadioButton
from ssp_coder.ui.kit.code_button import CodeButton, CodeFace
from ssp_coder.ui.kit.empty_state import EmptyState
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.kit.interval_axis import IntervalRow
from ssp_coder.ui.kit.interval_chart import IntervalAxis
from ssp_coder.ui.kit.keycap import KeyCap
from ssp_coder.ui.kit.marks import MarkIcon, MarkShape
from ssp_coder.ui.kit.rating_row import RatingRow, RatingScale
from ssp_coder.ui.kit.saved import SavedIndicator
from ssp_coder.ui.kit.segmented import Segment, SegmentedControl
from ssp_coder.ui.kit.step_rail import RailGap, RailStep, StepRail
from ssp_coder.ui.theme.theme import Theme
from ssp_coder.ui.theme.tokens import Scheme

SEVEN = RatingScale(name="Seeking", minimum=1, maximum=7)


def make_band_row(theme):
    row = BandRow(theme, SEVEN)
    row.show_band(Band(low=2, high=5), 4)
    return row


def make_rated_row(theme):
    row = RatingRow(theme, SEVEN)
    row.show_rated(4)
    return row


def make_rail(theme):
    rail = StepRail(theme, (RailStep(id="code", title="Code", detail="2"),))
    rail.set_missing((RailGap(id="end", text="End cue"),))
    return rail


def make_saved(theme):
    saved = SavedIndicator(theme)
    saved.show_saved("14:32:07")
    return saved


def make_combo(theme):
    box = ComboBox(theme)
    box.addItem("Infant")
    describe(box, "Who")
    return box


def make_axis(theme):
    axis = IntervalAxis(theme, "Reliability")
    axis.show_rows((IntervalRow(label="Contact", value=0.8, low=0.6, high=0.9, n=12),))
    return axis


MAKERS = {
    "band row": make_band_row,
    "check box": lambda theme: CheckBox(theme, "Keep"),
    "chip": lambda theme: Chip(theme, ChipFace(text="17:03 approach", icon="clip", removable=True)),
    "code button": lambda theme: CodeButton(theme, CodeFace(label="none", key="1", slot="sky")),
    "combo box": make_combo,
    "empty state": lambda theme: EmptyState(theme, "No events", "Press a key.", "Go"),
    "interval axis": make_axis,
    "key cap": lambda theme: KeyCap(theme, "Ctrl"),
    "mark": lambda theme: MarkIcon(theme, "rose", MarkShape.PENTAGON),
    "plain button": lambda theme: PushButton(theme, "Lock"),
    "primary button": lambda theme: PushButton(theme, "Lock", ButtonKind.PRIMARY),
    "quiet button": lambda theme: PushButton(theme, "Lock", ButtonKind.QUIET),
    "radio button": lambda theme: RadioButton(theme, "Keep"),
    "rating row": make_rated_row,
    "saved indicator": make_saved,
    "segments": lambda theme: SegmentedControl(theme, (Segment(id="a", title="All"),), "Show"),
    "step rail": make_rail,
    "tag": lambda theme: Tag(theme, "project default", TagKind.WARN),
}
TO_CLICK = (
    "check box", "chip", "code button", "combo box", "plain button", "primary button",
    "quiet button", "radio button", "rating row",
)  # fmt: skip

EVERY = pytest.mark.parametrize("name", MAKERS)


@EVERY
def test_it_has_a_spoken_name_and_a_role(theme, qtbot, name):
    widget = MAKERS[name](theme)
    qtbot.addWidget(widget)
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface.text(QAccessible.Text.Name)
    silent = {QAccessible.Role.NoRole}
    if name != "empty state":  # a box around spoken parts
        silent.add(QAccessible.Role.Client)
    assert interface.role() not in silent


@EVERY
def test_it_repaints_when_the_scheme_changes(theme, shown, name):
    widget = shown(MAKERS[name](theme))
    light = widget.grab().toImage()
    theme.set_scheme(Scheme.DARK)
    dark = widget.grab().toImage()
    theme.set_scheme(Scheme.LIGHT)
    assert dark != light
    assert widget.grab().toImage() == light


@EVERY
def test_a_deleted_one_does_not_hear_of_a_later_change(theme, qtbot, name):
    widget = MAKERS[name](theme)
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(widget)
    theme.set_scheme(Scheme.DARK)
    QApplication.processEvents()


@EVERY
def test_it_grows_with_the_system_font(qapp, name, qtbot):
    ordinary = qapp.font()
    sizes = []
    for factor in (1, 2):
        larger = QFont(ordinary)
        larger.setPointSizeF(ordinary.pointSizeF() * factor)
        qapp.setFont(larger)
        widget = MAKERS[name](Theme(Scheme.LIGHT))
        qtbot.addWidget(widget)
        sizes.append(widget.sizeHint())
    qapp.setFont(ordinary)
    assert sizes[1].height() > 1.5 * sizes[0].height()
    assert sizes[1].width() > 1.5 * sizes[0].width()


@EVERY
def test_it_paints_at_any_size_it_is_squeezed_to(theme, shown, name):
    widget = shown(MAKERS[name](theme))
    for width, height in ((1, 1), (7, 40), (400, 3), (30, 30)):
        widget.setMinimumSize(0, 0)
        widget.setMaximumSize(5_000, 5_000)
        widget.resize(width, height)
        assert not widget.grab().isNull()


@EVERY
def test_a_disabled_one_still_paints(theme, shown, name):
    widget = shown(MAKERS[name](theme))
    widget.setEnabled(False)
    assert not widget.grab().isNull()


@pytest.mark.parametrize("name", TO_CLICK)
def test_a_target_is_high_enough_to_hit(theme, qtbot, name):
    widget = MAKERS[name](theme)
    qtbot.addWidget(widget)
    assert widget.sizeHint().height() >= theme.px(22)


@pytest.mark.parametrize("name", TO_CLICK)
def test_tab_reaches_it_and_the_ring_shows_it(theme, shown, has_colour, name, qtbot):
    widget = MAKERS[name](theme)
    host = QWidget()
    widget.setParent(host)
    shown(host, (400, 80))
    qtbot.keyClick(host, Qt.Key.Key_Tab)
    assert widget.hasFocus()
    assert has_colour(widget, theme.tokens.accent, 2 * 20)


@pytest.mark.parametrize("name", ["chip", "code button", "plain button", "quiet button"])
def test_the_pointer_over_it_changes_its_ground(theme, shown, has_colour, name, qtbot):
    widget = shown(MAKERS[name](theme))
    assert not has_colour(widget, theme.tokens.hover, 100)
    widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    widget.update()
    assert has_colour(widget, theme.tokens.hover, 100)


def test_an_error_line_is_an_alert(theme, qtbot):
    field = FieldWithError(theme, "Start")
    qtbot.addWidget(field)
    interface = QAccessible.queryAccessibleInterface(field._error)
    assert interface.role() is QAccessible.Role.AlertMessage


def test_a_widget_that_names_no_role_keeps_that_of_qt(qtbot):
    install_roles()
    plain = QWidget()
    qtbot.addWidget(plain)
    assert QAccessible.queryAccessibleInterface(plain).role() is QAccessible.Role.Client


def test_describing_again_with_the_same_words_tells_nobody(qtbot, monkeypatch):
    told = []
    widget = QWidget()
    qtbot.addWidget(widget)
    describe(widget, "Pace", "How fast")
    monkeypatch.setattr(widget, "setAccessibleName", told.append)
    monkeypatch.setattr(widget, "setAccessibleDescription", told.append)
    describe(widget, "Pace", "How fast")
    assert told == []
    describe(widget, "Pace", "How slow")
    assert told == ["How slow"]
