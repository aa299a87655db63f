"""The menu opens the desk once, and it closes with the window it came from."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings
from shiboken6 import isValid

from ssp_coder.ui.main.settings import Settings
from ssp_coder.ui.main.window import MainWindow


@pytest.fixture
def main(theme, qtbot, tmp_path):
    store = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    window = MainWindow(theme, Settings(store))
    window.settings.who = "trainer9"
    qtbot.addWidget(window)
    window.show()
    yield window
    window.desk.stop_work()
    window.close()


def test_the_desk_opens_once_and_knows_who_sits_there(main):
    main.actions_by_id["trainer"].trigger()
    first = main.desk.trainer.shown
    main.actions_by_id["trainer"].trigger()
    assert main.desk.trainer.shown is first
    assert first.who() == "trainer9"


def test_a_closed_desk_is_let_go_and_opens_anew(main, qtbot):
    main.actions_by_id["trainer"].trigger()
    first = main.desk.trainer.shown
    first.close()
    assert main.desk.trainer.shown is None
    qtbot.waitUntil(lambda: not isValid(first))
    main.actions_by_id["trainer"].trigger()
    assert main.desk.trainer.shown is not None


def test_the_desk_closes_with_the_main_window(main):
    main.actions_by_id["trainer"].trigger()
    main.close()
    assert main.desk.trainer.shown is None
