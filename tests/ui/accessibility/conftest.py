from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox
from shiboken6 import isValid

from ssp_coder.editing.completeness import Step
from ssp_coder.ui.language.spoken import SPOKEN
from ssp_coder.ui.main.settings import Settings
from ssp_coder.ui.main.window import MainWindow
from ssp_coder.ui.theme.theme import Theme
from ssp_coder.ui.theme.tokens import Scheme
from tests.fixtures.videos import clip_factory
from tests.ui.accessibility.access_walk import Looked, settle
from tests.ui.demo_codings import demo_coding, demo_session
from tests.windows import close_windows, open_windows

__all__ = ["clip_factory"]

BOTH = pytest.mark.parametrize("worn", [Scheme.LIGHT, Scheme.DARK], indirect=True)


@pytest.fixture(autouse=True)
def no_window_left():
    """Windows of a test end with it; those of its module and what they wear stay."""
    before = open_windows()
    yield
    close_windows(but=before)


@pytest.fixture(scope="module")
def worn(request, qapp):
    """A theme that dresses the application for these tests only; the light one unless asked."""
    style, palette, font = qapp.style().objectName(), qapp.palette(), qapp.font()
    theme = Theme(getattr(request, "param", Scheme.LIGHT))
    theme.apply(qapp)
    yield theme
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setFont(font)
    qapp.setStyle(style)


@pytest.fixture(scope="module")
def make_window(worn, tmp_path_factory):
    """Makes the real window, which stays for all tests of a module; making it is what is slow."""
    made = []

    def make():
        store = QSettings(
            str(tmp_path_factory.mktemp("access") / "access.ini"), QSettings.Format.IniFormat
        )
        window = MainWindow(worn, Settings(store))
        window.resize(1440, 900)
        window.show()
        settle()
        made.append(window)
        return window

    yield make
    for window in filter(isValid, made):
        window.desk.stop_work()
        window.close()
        window.deleteLater()
    settle()


@pytest.fixture(scope="module")
def at_start(make_window):
    return make_window()


@pytest.fixture(scope="module")
def at_work(make_window):
    window = make_window()
    window.show_session(demo_session("trainee"))
    settle()
    return window


@pytest.fixture
def bare_window(at_start, qtbot):
    """The real window with the start page."""
    return in_front(at_start, qtbot)


@pytest.fixture
def window(at_work, worn, qtbot):
    """The real window with the demonstration's coding, complete and without a video."""
    language, scheme = SPOKEN.language, worn.scheme
    seen = windows_seen()
    yield in_front(at_work, qtbot)
    at_work.desk.stop_work()
    SPOKEN.speak(language)
    if worn.scheme is not scheme:
        worn.set_scheme(scheme)
    workspace = at_work.workspace
    is_as_it_was = workspace is not None and workspace.session.coding is demo_coding("trainee")
    if not is_as_it_was or windows_seen() != seen:
        at_work.show_session(demo_session("trainee"))
    at_work.show_page(Step.CODE)
    settle()


def windows_seen():
    return {id(widget) for widget in open_windows() if widget.isVisible()}


def in_front(window, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def nobody_asked(monkeypatch):
    """File choosers are left, and boxes that only say something are read."""
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    for name in ("warning", "information", "about"):
        monkeypatch.setattr(QMessageBox, name, lambda *_: None)


@pytest.fixture
def looked(monkeypatch, nobody_asked):
    """Looks at every dialog in place of a person, who would then leave it."""
    found = Looked()

    def look(dialog, *_):
        if not isinstance(dialog, QMessageBox | QFileDialog):
            found.look_at(dialog)
        return 0

    monkeypatch.setattr(QDialog, "exec", look)
    return found
