from __future__ import annotations

import gc
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from ssp_coder.ui.export import page as under_test
from ssp_coder.ui.export.page import ExportPage
from ssp_coder.ui.export.snippets import SnippetPanel
from tests.ui.demo_codings import demo_session, session_on_disk


@pytest.fixture
def page(theme, qtbot, tmp_path):
    made = ExportPage(theme, demo_session("trainee"))
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.folder.set_text(str(tmp_path / "out"))
    made.show()
    return made


def idle(page, qtbot):
    qtbot.waitUntil(lambda: page._work is None, timeout=20_000)


def test_the_folder_proposed_lies_beside_the_coding(theme, qtbot, tmp_path):
    session = session_on_disk(tmp_path, "trainee")
    page = ExportPage(theme, session)
    qtbot.addWidget(page)
    assert page.folder.text() == str(tmp_path.resolve() / "export")
    session.close()


def test_a_question_stays_when_it_takes_the_focus_from_the_field(page, qtbot, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "codebook.csv").write_text("mine")
    page.folder.edit.setFocus()
    page.main_action()[1]()
    QApplication.processEvents()
    assert page._question.isVisible()
    assert "codebook.csv" in page._asked.text()
    assert (tmp_path / "out" / "codebook.csv").read_text() == "mine"


def test_the_question_is_gone_once_another_folder_is_typed(page, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "codebook.csv").write_text("mine")
    page.export()
    page.folder.edit.setText(str(tmp_path / "elsewhere"))
    QTest.keyClick(page.folder.edit, Qt.Key.Key_Return)
    assert not page._question.isVisible()


def test_a_typed_folder_is_written_to_and_named_in_the_lines(page, qtbot, tmp_path):
    page.folder.edit.setText(str(tmp_path / "typed"))
    page.export()
    idle(page, qtbot)
    assert (tmp_path / "typed" / "codebook.csv").is_file()
    assert (tmp_path / "typed").as_posix() in page.snippets.lines.toPlainText()


def test_while_it_writes_the_button_is_off_and_says_why(page, qtbot, monkeypatch):
    go_on = threading.Event()
    real = under_test.write_export

    def waiting(order):
        go_on.wait(10)
        return real(order)

    monkeypatch.setattr(under_test, "write_export", waiting)
    page.export()
    assert not page.act.isEnabled()
    assert page.act.toolTip()
    assert page._busy.isVisible()
    page.export()
    go_on.set()
    idle(page, qtbot)
    assert page.act.isEnabled()
    assert not page._busy.isVisible()


def test_a_page_thrown_away_while_it_writes_ends_its_thread(theme, qtbot, tmp_path):
    page = ExportPage(theme, demo_session("trainee"))
    page.folder.set_text(str(tmp_path / "out"))
    page.show()
    page.export()
    page.deleteLater()
    del page
    QApplication.processEvents()
    gc.collect()
    qtbot.waitUntil(
        lambda: all(t.name != "background work" for t in threading.enumerate()), timeout=10_000
    )


def test_the_page_holds_no_circle_through_its_work(theme, qtbot, tmp_path, monkeypatch):
    """A widget in a circle would be collected by whatever thread allocates next."""
    page = ExportPage(theme, demo_session("trainee"))
    page.folder.set_text(str(tmp_path / "out"))
    page.show()
    page.export()
    work = page._work
    holders = [h for h in gc.get_referrers(page) if type(h).__name__ in {"partial", "cell"}]
    assert holders == []
    idle(page, qtbot)
    assert work is not None
    page.close()
    page.deleteLater()


def test_the_folder_written_to_can_be_shown(page, qtbot, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url.toLocalFile()))
    assert not page.show_folder.isVisible()
    page.export()
    idle(page, qtbot)
    page.show_folder.click()
    assert asked == [str(tmp_path / "out")]


def test_a_folder_dialog_that_is_left_changes_nothing(page, monkeypatch):
    before = page.folder.text()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    page.choose.click()
    assert page.folder.text() == before


def test_choosing_for_excel_takes_the_old_result_away(page, qtbot):
    page.export()
    idle(page, qtbot)
    assert page.result.isVisible()
    page.for_excel.click()
    assert not page.result.isVisible()


@pytest.fixture
def snippets(theme, qtbot):
    made = SnippetPanel(theme)
    qtbot.addWidget(made)
    made.show_snippets("in R", "in pandas")
    made.show()
    return made


def test_the_lines_of_r_are_shown_first(snippets):
    assert snippets.lines.toPlainText() == "in R"


def test_the_other_language_is_one_click_away(snippets):
    snippets.language.part("pandas").click()
    assert snippets.lines.toPlainText() == "in pandas"
    snippets.show_snippets("new R", "new pandas")
    assert snippets.lines.toPlainText() == "new pandas"


def test_what_is_shown_is_what_is_copied(snippets):
    snippets.language.part("pandas").click()
    snippets.copy.click()
    assert QGuiApplication.clipboard().text() == "in pandas"
    assert snippets.copy.text() == "Copied"
    snippets.language.part("r").click()
    assert snippets.copy.text() == "Copy"


def test_a_fixed_font_for_the_lines_leaves_the_themes_font_alone(snippets, theme):
    from ssp_coder.ui.theme.fonts import FontUse

    assert snippets.lines.font().families() != theme.font(FontUse.TABLE).families()
