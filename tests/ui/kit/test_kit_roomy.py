"""A frame that asks for its content's room, or scrolls."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from ssp_coder.ui.kit.roomy import RoomyFrame


@pytest.fixture
def frame(theme, qtbot):
    outer = QWidget()
    made = RoomyFrame(theme.px)
    content = QWidget()
    content.setMinimumSize(300, 200)
    made.hold(content)
    made.content = content
    QVBoxLayout(outer).addWidget(made)
    qtbot.addWidget(outer)
    made.outer = outer
    outer.resize(500, 400)
    outer.show()
    return made


def test_it_asks_for_the_room_of_its_content(frame):
    assert frame.minimumSizeHint() == QSize(300, 200)
    assert not frame.verticalScrollBar().isVisible()


def test_in_a_small_room_it_asks_for_little_and_scrolls(frame):
    frame.set_small(True)
    assert frame.minimumSizeHint().width() < 150
    QApplication.processEvents()
    frame.outer.resize(200, 150)
    QApplication.processEvents()
    assert frame.horizontalScrollBar().maximum() > 0
    assert frame.verticalScrollBar().maximum() > 0
    assert frame.content.width() >= 300


def test_with_room_the_content_fills_it(frame):
    QApplication.processEvents()
    assert frame.content.width() == frame.viewport().width() > 400


def test_a_content_that_comes_while_the_frame_is_seen_fills_it_at_once(theme, qtbot):
    made = RoomyFrame(theme.px)
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    QApplication.processEvents()
    content = QWidget()
    made.hold(content)
    QApplication.processEvents()
    assert content.isVisible()
    assert content.size() == made.viewport().size()
    assert content.width() > 350


def test_it_follows_a_content_that_grows(frame):
    frame.content.setMinimumSize(420, 200)
    QApplication.processEvents()
    assert frame.minimumSizeHint().width() == 420


def test_it_does_not_scroll_for_a_text_that_could_be_longer(theme, qtbot):
    content = QWidget()
    words = QLabel("word " * 400)
    words.setWordWrap(True)
    words.setMinimumHeight(20)
    QVBoxLayout(content).addWidget(words)
    made = RoomyFrame(theme.px)
    made.hold(content)
    qtbot.addWidget(made)
    made.resize(320, 200)
    made.show()
    QApplication.processEvents()
    assert made.verticalScrollBar().maximum() == max(0, content.minimumSizeHint().height() - 200)
    assert made.verticalScrollBar().maximum() < content.heightForWidth(320) - 200


def test_it_has_no_ground_of_its_own_and_takes_no_keyboard(frame):
    assert not frame.widget().autoFillBackground()
    assert not frame.viewport().autoFillBackground()
    assert frame.focusPolicy().value == 0
