"""A list without rows says what to do next."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QApplication, QListView

from ssp_coder.ui.kit.empty_words import EmptyWords


@pytest.fixture
def view(theme, qtbot):
    made = QListView()
    made.names = QStringListModel([])
    made.setModel(made.names)
    made.said = ["Nothing yet. Press a key."]
    made.words = EmptyWords(theme, made, lambda: made.said[0])
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    QApplication.processEvents()
    return made


def test_without_rows_the_words_are_there_over_the_whole_list(view):
    assert view.words.isVisible()
    assert view.words.text() == "Nothing yet. Press a key."
    assert view.words.geometry() == view.viewport().rect()


def test_they_leave_with_the_first_row_and_come_back_with_the_last(view):
    view.names.insertRows(0, 1)
    assert not view.words.isVisible()
    view.names.removeRows(0, 1)
    assert view.words.isVisible()


def test_they_leave_when_a_whole_list_comes(view):
    view.names.setStringList(["a", "b"])
    assert not view.words.isVisible()


def test_they_are_asked_for_anew_each_time(view):
    view.names.setStringList(["a"])
    view.said[0] = "Nothing passes the filter."
    view.names.setStringList([])
    assert view.words.text() == "Nothing passes the filter."


def test_they_follow_the_size_of_the_list(view):
    view.resize(420, 260)
    QApplication.processEvents()
    assert view.words.geometry() == view.viewport().rect()


def test_the_pointer_goes_through_them(view):
    assert view.words.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
