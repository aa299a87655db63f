"""While a page is built nothing is listened to, and afterwards no key seems to be held."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ssp_coder.ui.code.key_filter import KeyFilter


class Heard:
    """What a filter told."""

    def __init__(self, keys):
        self.told = []
        keys.key_pressed.connect(self._press)
        keys.key_released.connect(self._release)
        keys.all_released.connect(self._release_all)

    def _press(self, key):
        self.told.append(f"{key} down")

    def _release(self, key):
        self.told.append(f"{key} up")

    def _release_all(self):
        self.told.append("all up")


@pytest.fixture
def page(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def keys(page):
    made = KeyFilter(page, lambda: True)
    QApplication.instance().installEventFilter(made)
    yield made
    QApplication.instance().removeEventFilter(made)


@pytest.fixture
def heard(keys):
    return Heard(keys)


def test_a_key_is_heard_before_and_after_and_not_meanwhile(page, keys, heard):
    QTest.keyClick(page, Qt.Key.Key_A)
    with keys.resting():
        QTest.keyClick(page, Qt.Key.Key_B)
    QTest.keyClick(page, Qt.Key.Key_C)
    assert heard.told == ["a down", "a up", "all up", "c down", "c up"]


def test_a_key_that_was_held_is_let_go_and_its_way_up_says_nothing(page, keys, heard):
    QTest.keyPress(page, Qt.Key.Key_A)
    with keys.resting():
        pass
    QTest.keyRelease(page, Qt.Key.Key_A)
    assert heard.told == ["a down", "all up"]


def test_it_listens_again_after_something_failed(page, keys, heard):
    with pytest.raises(ValueError, match="no page"), keys.resting():
        raise ValueError("no page")
    QTest.keyClick(page, Qt.Key.Key_A)
    assert heard.told == ["all up", "a down", "a up"]


def test_it_hears_each_key_once_afterwards(page, keys, heard):
    for _ in range(3):
        with keys.resting():
            pass
    heard.told.clear()
    QTest.keyClick(page, Qt.Key.Key_A)
    assert heard.told == ["a down", "a up"]
