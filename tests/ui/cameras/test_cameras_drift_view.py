"""The drift check as a sentence, a drawing and a table."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from ssp_coder.domain.time import Micros, Span
from ssp_coder.media.drift import Sighting, drift_seen
from ssp_coder.ui.cameras.drift_view import DriftView
from tests.builders import s

SESSION = Span(start_us=s(0), end_us=s(1200))


def seen(*places):
    sightings = tuple(Sighting(at_us=s(at), offset_us=s(offset)) for at, offset in places)
    return drift_seen(sightings, SESSION, Micros(40_000))


DRIFTING = seen((0, 3.0), (600, 3.2), (1200, 3.4))


@pytest.fixture
def view(theme, qtbot):
    made = DriftView(theme, 1)
    qtbot.addWidget(made)
    made.resize(800, 220)
    made.show()
    return made


def rows(view):
    table = view.table
    return [
        tuple(table.item(row, column).text() for column in range(3))
        for row in range(table.rowCount())
    ]


def test_before_anything_was_checked_it_says_how_to(view):
    view.show_drift(None, s(0), by_eye=False)
    assert view.sentence.text().startswith("Not checked: ")
    assert not view.table.isVisible()
    assert not view.plot.isVisible()


def test_drift_is_said_and_every_place_is_listed(view):
    view.show_drift(DRIFTING, s(3.2), by_eye=True)
    assert view.sentence.text().startswith("Camera 2 drifts by 10 frames over 20:00")
    assert rows(view) == [
        ("0:00.0", "+0:00:03.000", "\N{MINUS SIGN}5.0 frames"),
        ("10:00.0", "+0:00:03.200", "0.0 frames"),
        ("20:00.0", "+0:00:03.400", "+5.0 frames"),
    ]


def test_the_places_are_told_against_the_offset_that_is_proposed(view):
    view.show_drift(DRIFTING, s(3.0), by_eye=True)
    assert [row[2] for row in rows(view)] == ["0.0 frames", "+5.0 frames", "+10.0 frames"]


def test_fewer_places_leave_no_row_behind(view):
    view.show_drift(DRIFTING, s(3.2), by_eye=True)
    view.show_drift(seen((60, 3.0)), s(3.0), by_eye=True)
    assert len(rows(view)) == 1
    view.show_drift(None, s(0), by_eye=False)
    assert rows(view) == []


def test_enter_on_a_place_shows_it(view, qtbot):
    view.show_drift(DRIFTING, s(3.2), by_eye=False)
    view.table.setCurrentCell(1, 0)
    with qtbot.waitSignal(view.place_chosen) as told:
        view.table.cellActivated.emit(1, 0)
    assert told.args == [s(600)]


def test_a_place_seen_by_eye_can_be_removed(view, qtbot):
    view.show_drift(DRIFTING, s(3.2), by_eye=True)
    assert not view.remove.isEnabled()
    view.table.selectRow(2)
    with qtbot.waitSignal(view.place_removed) as told:
        view.remove.click()
    assert told.args == [s(1200)]


def test_the_delete_key_removes_a_place(view, qtbot):
    view.show_drift(DRIFTING, s(3.2), by_eye=True)
    view.table.setFocus()
    view.table.selectRow(0)
    with qtbot.waitSignal(view.place_removed) as told:
        QTest.keyClick(view.table, Qt.Key.Key_Delete)
    assert told.args == [s(0)]


def test_places_that_were_heard_stay(view, qtbot):
    view.show_drift(DRIFTING, s(3.2), by_eye=False)
    view.table.selectRow(0)
    assert not view.remove.isVisible()
    with qtbot.assertNotEmitted(view.place_removed):
        QTest.keyClick(view.table, Qt.Key.Key_Delete)


def test_the_drawing_says_the_same_to_a_screen_reader(view):
    view.show_drift(DRIFTING, s(3.2), by_eye=True)
    assert view.plot.accessibleDescription() == view.sentence.text()


def test_places_beside_the_offset_are_drawn_away_from_the_middle(view, theme):
    """Dots lie below the middle at the start, on it, and above it at the end."""
    view.show_drift(DRIFTING, s(3.2), by_eye=True)
    image = view.plot.grab().toImage()
    ink = QColor(theme.tokens.text).rgb()
    places = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixel(x, y) == ink
    ]
    thirds = sorted(x for x, _ in places)
    left = [y for x, y in places if x <= thirds[len(thirds) // 4]]
    right = [y for x, y in places if x >= thirds[-len(thirds) // 4]]
    assert min(left) > max(right)


@pytest.mark.parametrize("drift", [DRIFTING, seen((60, 3.0)), seen((600, -30.0))])
def test_any_drift_can_be_drawn_in_both_schemes(theme, dark_theme, qtbot, drift):
    for one in (theme, dark_theme):
        view = DriftView(one, 1)
        qtbot.addWidget(view)
        view.show_drift(drift, s(3.2), by_eye=True)
        view.resize(600, 200)
        view.show()
        image = view.plot.grab().toImage()
        colours = {
            image.pixel(x, y)
            for x in range(0, image.width(), 3)
            for y in range(0, image.height(), 3)
        }
        assert len(colours) > 3
