"""The commands of agreement in the real window, and both windows by keyboard and ear."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings

from ssp_coder.ui.main.settings import Settings
from ssp_coder.ui.main.window import MainWindow
from tests.ui.accessibility import access_walk as walk
from tests.ui.agreement.agreement_results import a_pair, a_study, write_pair
from tests.ui.demo_codings import session_on_disk


@pytest.fixture
def main_window(theme, tmp_path, qtbot):
    store = QSettings(str(tmp_path / "agreement.ini"), QSettings.Format.IniFormat)
    window = MainWindow(theme, Settings(store))
    window.show()
    yield window
    window.desk.stop_work()
    window.close()
    window.deleteLater()


def test_the_pair_begins_with_the_open_coding(main_window, tmp_path):
    session = session_on_disk(tmp_path, "trainee")
    main_window.show_session(session)
    main_window.actions_by_id["agreement_pair"].trigger()
    pair = main_window.desk.agreement.pair
    assert pair.first.path == session.file.path
    assert pair.second.path is None


def test_without_a_coding_both_are_open(main_window):
    main_window.actions_by_id["agreement_pair"].trigger()
    assert main_window.desk.agreement.pair.first.path is None


def test_asked_twice_there_is_one_window(main_window):
    for _ in range(2):
        main_window.actions_by_id["agreement_study"].trigger()
    first = main_window.desk.agreement.study
    main_window.actions_by_id["agreement_study"].trigger()
    assert main_window.desk.agreement.study is first


def test_a_closed_window_is_made_anew(main_window):
    desk = main_window.desk.agreement
    desk.open_pair()
    desk.pair.close()
    assert desk.pair is None
    desk.open_pair()
    assert desk.pair.isVisible()


def test_both_close_with_the_main_window(main_window):
    desk = main_window.desk.agreement
    desk.open_pair()
    desk.open_study()
    main_window.close()
    assert desk.pair is None
    assert desk.study is None


def test_a_session_of_the_study_opens_its_pair(main_window, tmp_path, qtbot):
    first, second = write_pair(tmp_path)
    desk = main_window.desk.agreement
    desk.open_study()
    desk.study.pair_wanted.emit(first, second)
    assert desk.pair.second.path == second
    assert desk.pair.protocol == desk.study.protocol
    qtbot.waitUntil(lambda: desk.pair.compared is not None, timeout=20_000)


@pytest.mark.parametrize("kind", ["pair", "study"])
def test_every_page_is_reached_and_left_by_keyboard_and_named(main_window, kind, qtbot):
    desk = main_window.desk.agreement
    (desk.open_pair if kind == "pair" else desk.open_study)()
    window = desk.pair if kind == "pair" else desk.study
    window._compared(a_pair() if kind == "pair" else a_study())
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for place in range(window.tabs.count()):
        window.tabs.setCurrentIndex(place)
        walk.settle()
        graph = walk.tab_graph(window)
        said = window.tabs.tabText(place)
        assert walk.nameless(window) == [], said
        assert walk.without_role(window) == [], said
        assert walk.unreachable(window, graph) == [], said
        assert walk.traps(graph) == [], said
        assert walk.only_in_tips(window) == [], said
