"""What a person without a mouse or without sight meets in a window: found, walked and told."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollBar,
    QTabBar,
    QToolButton,
    QWidget,
)
from shiboken6 import isValid

from ssp_coder.ui.kit.rating_row import RatingRow
from ssp_coder.ui.theme.tokens import contrast

NO_ROLES = frozenset(
    {
        QAccessible.Role.NoRole,
        QAccessible.Role.Client,
        QAccessible.Role.Window,
        QAccessible.Role.Pane,
        QAccessible.Role.Border,
        QAccessible.Role.Whitespace,
    }
)
"""Roles that tell nobody what a thing that takes keys is."""


def is_inner(widget: QWidget) -> bool:
    """Parts that stock widgets build for themselves and that nobody meets on their own."""
    parent = widget.parent()
    return (
        isinstance(widget, QScrollBar | QHeaderView)
        or widget.objectName().startswith("qt_")
        or (isinstance(widget, QToolButton) and isinstance(parent, QTabBar))
        or (isinstance(widget, QLineEdit) and isinstance(parent, QComboBox | QAbstractSpinBox))
        or (isinstance(widget, QAbstractItemView) and is_popup_of_box(widget))
    )


def is_popup_of_box(view: QWidget) -> bool:
    return isinstance(view.parent(), QWidget) and "ComboBox" in type(view.parent()).__name__


def takes_keys(window: QWidget) -> list[QWidget]:
    """Everything in a window that can have the focus now, from where Tab or a click lead."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.window() is window
        and not is_inner(widget)
        and widget.focusProxy() is None
    ]


def reached_by_tab(window: QWidget) -> list[QWidget]:
    return [w for w in takes_keys(window) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]


def spoken(widget: QWidget) -> str:
    """The name that a screen reader says."""
    interface = QAccessible.queryAccessibleInterface(widget)
    name = "" if interface is None else interface.text(QAccessible.Text.Name)
    return name or widget.accessibleName()


def role_of(widget: QWidget) -> QAccessible.Role:
    interface = QAccessible.queryAccessibleInterface(widget)
    return QAccessible.Role.NoRole if interface is None else interface.role()


def told(widget: QWidget) -> str:
    """A widget as a failure names it: class, name, and where it stands."""
    place = type(widget.parent()).__name__
    return f"{type(widget).__name__} {spoken(widget)!r} in {place}"


def nameless(window: QWidget) -> list[str]:
    return [told(widget) for widget in takes_keys(window) if not spoken(widget).strip()]


def without_role(window: QWidget) -> list[str]:
    return [told(widget) for widget in takes_keys(window) if role_of(widget) in NO_ROLES]


def step(widget: QWidget, key: Qt.Key) -> QWidget | None:
    """Where a key leads from a widget that has the focus."""
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    if QApplication.focusWidget() is not widget:
        raise AssertionError(f"{told(widget)} does not take the focus that it is said to take")
    QTest.keyClick(widget, key)
    return QApplication.focusWidget()


def leads_to(widget: QWidget) -> Iterator[QWidget]:
    """Where Tab leads, and Enter from a row of points to what stands below it."""
    following = step(widget, Qt.Key.Key_Tab)
    if following is not None:
        yield following
    if isinstance(widget, RatingRow):
        inside = step(widget, Qt.Key.Key_Return)
        if inside is not None:
            yield inside


def tab_graph(window: QWidget) -> dict[QWidget, tuple[QWidget, ...]]:
    """Where the keyboard leads from each control of a window, begun at the first one."""
    first = next(iter(reached_by_tab(window)), None)
    graph: dict[QWidget, tuple[QWidget, ...]] = {}
    waiting = [] if first is None else [first]
    while waiting:
        widget = waiting.pop()
        if widget in graph or not isValid(widget):
            continue  # a page may build its parts anew when the focus enters it
        graph[widget] = tuple(leads_to(widget))
        waiting += [other for other in graph[widget] if other not in graph]
    return graph


def unreachable(window: QWidget, graph: dict[QWidget, tuple[QWidget, ...]]) -> list[str]:
    return [told(widget) for widget in reached_by_tab(window) if widget not in graph]


def traps(graph: dict[QWidget, tuple[QWidget, ...]]) -> list[str]:
    """Controls from which the keyboard does not lead back to where the walk began."""
    if not graph:
        return []
    first = next(iter(graph))
    home = {first}
    grown = True
    while grown:
        more = {w for w, others in graph.items() if w not in home and home & set(others)}
        home |= more
        grown = bool(more)
    return [told(widget) for widget in graph if isValid(widget) and widget not in home]


def picture_of(widget: QWidget) -> QImage:
    """What is seen of a widget and a little around it, also where it is scrolled out of sight."""
    around = widget.parentWidget()
    if around is None:
        return widget.grab().toImage()
    return around.grab(widget.geometry().adjusted(-4, -4, 4, 4)).toImage()


def without_ring(window: QWidget) -> list[str]:
    """Controls that look the same with the focus and without it."""
    found = []
    for widget in reached_by_tab(window):
        if not isValid(widget):
            continue
        focused = QApplication.focusWidget()
        if focused is not None:
            focused.clearFocus()
        before = picture_of(widget)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if QApplication.focusWidget() is not widget:
            continue  # it hands the focus on, and what gets it is looked at itself
        if picture_of(widget) == before:
            found.append(told(widget))
    return found


def fixed_pixels(window: QWidget) -> list[str]:
    """Widgets whose font is a number of pixels, which does not follow the system's size."""
    everything = [window, *window.findChildren(QWidget)]
    return [told(w) for w in everything if w.font().pointSizeF() <= 0]


def only_in_tips(window: QWidget) -> list[str]:
    """Widgets whose tool tip says what neither their text nor their spoken words say."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not widget.toolTip() or is_inner(widget):
            continue
        said = widget.accessibleDescription() + widget.statusTip()
        shown = widget.text() if isinstance(widget, QLabel) else ""
        if not (spoken(widget) or said or shown):
            found.append(f"{told(widget)}: {widget.toolTip()!r}")
    return found


def shut_without_words(window: QWidget) -> list[str]:
    """Buttons that are disabled for a reason which only a tool tip gives."""
    return [
        told(widget)
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and not widget.isEnabled()
        and widget.toolTip()
        and not (widget.statusTip() or widget.accessibleDescription())
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.parentWidget() is not None
        and widget.parentWidget().isEnabled()
    ]


def faint_texts(palette: QPalette) -> list[str]:
    """Pairs of ink and ground of stock widgets under 4.5 to 1, in each of their states."""
    role = QPalette.ColorRole
    pairs = (
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.Text, role.AlternateBase),
        (role.ButtonText, role.Button),
        (role.HighlightedText, role.Highlight),
        (role.ToolTipText, role.ToolTipBase),
        (role.PlaceholderText, role.Base),
        (role.Link, role.Base),
        (role.Link, role.Window),
    )
    found = []
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.Disabled):
        for ink, ground in pairs:
            colours = (palette.color(group, ink), palette.color(group, ground))
            share = contrast(*(hexadecimal(colour) for colour in colours))
            if share < 4.5:
                found.append(f"{ink.name} on {ground.name}, {group.name}: {share:.2f}")
    return found


def hexadecimal(colour: QColor) -> str:
    return colour.name()


class WindowSpy(QObject):
    """Notes every window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


def settle() -> None:
    """Let everything that was asked for be laid out and painted, and let go what was given up."""
    for _ in range(3):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def windows() -> list[QWidget]:
    """The windows on the screen now."""
    return [w for w in QApplication.topLevelWidgets() if isValid(w) and w.isVisible()]


class Looked:
    """What was found in the windows that a command opened."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        self.kinds: list[str] = []
        self.faults: list[str] = []

    def look_at(self, opened: QWidget) -> None:
        opened.show()
        opened.activateWindow()
        settle()
        self.titles.append(opened.windowTitle())
        self.kinds.append(type(opened).__name__)
        if not opened.windowTitle():
            self.faults.append(f"{type(opened).__name__} has no title")
        graph = tab_graph(opened)
        found = {
            "no name": nameless(opened),
            "no role": without_role(opened),
            "not reached by Tab": unreachable(opened, graph),
            "Tab does not lead out": traps(graph),
            "no sign of the focus": without_ring(opened),
            "font in pixels": fixed_pixels(opened),
            "said in a tool tip alone": only_in_tips(opened),
            "shut for a reason in a tool tip alone": shut_without_words(opened),
        }
        self.faults += [f"{fault}: {one}" for fault, ones in found.items() for one in ones]
        opened.close()
        settle()
