"""The instruments in the real window: read by keyboard, drawn, in German, and of old codings."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QListWidget, QWidget

from ssp_coder.catalog.versions import bundled_now, version_of_scheme
from ssp_coder.domain.coding import Coding, VisitAnswer
from ssp_coder.domain.procedure import EpisodeId, VisitFieldId
from ssp_coder.editing.completeness import Step
from ssp_coder.formats.export import export_codings
from ssp_coder.formats.exportable import Exportable
from ssp_coder.rules.evaluate import evaluate
from ssp_coder.rules.facts import facts_from_coding
from ssp_coder.storage.coding_file import create, open_read_only
from ssp_coder.ui.application import application
from ssp_coder.ui.instruments.contents import Part
from ssp_coder.ui.main.settings import Settings
from ssp_coder.ui.main.window import MainWindow
from ssp_coder.ui.prepare.answers import AnswerField
from ssp_coder.ui.prepare.panel import VISIT_PART
from ssp_coder.ui.theme.theme import Theme
from ssp_coder.ui.theme.tokens import Scheme
from tests.builders import infant_scheme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
OLD = Path(__file__).parents[1] / "fixtures" / "formats" / "version-1.sspc"
SMALL = (1366, 768)
AGE, STRESSED, CRYING = "age_months", "overstressed", "cry_before_end"


@pytest.fixture(scope="module")
def theme() -> Theme:
    app = application()
    made = Theme(Scheme.LIGHT, app)
    made.apply(app)
    return made


@pytest.fixture
def main(theme: Theme, tmp_path: Path, qtbot):
    store = QSettings(str(tmp_path / "journey.ini"), QSettings.Format.IniFormat)
    window = MainWindow(theme, Settings(store))
    qtbot.addWidget(window)
    window.resize(*SMALL)
    window.show()
    yield window
    window.close()


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    path = tmp_path / "S100.sspc"
    value = Coding(session="S100", coder="c01", media=())
    create(path, coding=value, scheme=infant_scheme(), who="c01").close()
    return path


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A coding that an earlier version of the program left behind."""
    return Path(shutil.copy(OLD, tmp_path / "old.sspc"))


def browser(main: MainWindow):
    """The instrument browser, opened from the menu."""
    main.actions_by_id["instruments"].trigger()
    shown = main.desk.browser.shown
    assert shown is not None
    return shown


def words_on(widget: QWidget) -> str:
    words = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    words += [box.currentText() for box in widget.findChildren(QComboBox) if box.isVisible()]
    for rows in widget.findChildren(QListWidget):
        words += [rows.item(at).text() for at in range(rows.count()) if rows.isVisible()]
    return "\n".join([*words, *spoken_on(widget)])


def spoken_on(widget: QWidget) -> list[str]:
    parts = [one for one in widget.findChildren(QWidget) if one.isVisible()]
    return [part.accessibleName() + part.accessibleDescription() for part in parts]


def through_all_parts(window) -> dict[Part, str]:
    """What can be read in each part, going down the list with the arrow key."""
    window.list.setFocus()
    window.list.setCurrentRow(0)
    read = {}
    for _ in range(window.list.count()):
        QApplication.processEvents()
        part = window.current_part()
        read[part] = words_on(window.page(part))
        QTest.keyClick(window.list, Qt.Key.Key_Down)
    return read


# ---------------------------------------------------------------- reading


def test_from_the_start_page_every_part_is_read_with_one_key(main: MainWindow) -> None:
    main.start.instruments.click()
    window = main.desk.browser.shown
    read = through_all_parts(window)
    assert list(read) == list(Part)
    assert all(read.values())
    scheme = window.scheme
    for words, part in (
        (str(scheme.procedure.episodes[0].title), Part.PROCEDURE),
        (str(scheme.scales[0].title), Part.SCALES),
        (f"{scheme.rules.title}", Part.RULES),
        ("Map of outcomes", Part.MAP),
    ):
        assert words in read[part]


def test_every_part_says_how_far_it_may_be_trusted_and_none_names_a_closed_paper(
    main: MainWindow,
) -> None:
    read = through_all_parts(browser(main))
    for part, origin in (
        (Part.SCALES, "literature, unverified"),
        (Part.SCALES, "verified source"),
        (Part.RULES, "project default"),
        (Part.MAP, "project default"),
    ):
        assert origin in read[part]
    assert not any("Richters" in words for words in read.values())


def test_beside_a_coding_the_browser_shows_what_that_coding_was_coded_with(
    main: MainWindow, old: Path
) -> None:
    main.desk.open_path(old)
    window = browser(main)
    assert window.schemes.currentText() == "of the open coding"
    assert (window.scheme.id, window.scheme.version) == ("demonstration", "1.0.0")
    assert (window.scheme.rules.id, window.scheme.rules.version) == ("infant-default", "1.0.0")
    assert set(through_all_parts(window)) == set(Part)


def test_the_map_is_saved_as_a_picture_and_never_shows_a_hidden_suggestion(
    main: MainWindow, fresh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    main.desk.open_path(fresh)
    window = browser(main)
    window.show_part(Part.MAP)
    target = tmp_path / "map.png"

    def chosen(*_arguments: object, **_more: object) -> tuple[str, str]:
        return str(target), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    page = window.page(Part.MAP)
    page.save.setFocus()
    QTest.keyClick(page.save, Qt.Key.Key_Space)
    picture = QImage(str(target))
    assert not picture.isNull()
    assert picture.width() > 300
    assert str(target) in page.readout.text()
    colours = {picture.pixel(x, picture.height() // 2) for x in range(0, picture.width(), 5)}
    assert len(colours) > 3
    assert page.source.findData("") < 0


def test_the_same_in_german_and_back_again(main: MainWindow) -> None:
    english = through_all_parts(browser(main))
    main.desk.browser.close()
    main.actions_by_id["language_de"].trigger()
    window = browser(main)
    german = through_all_parts(window)
    scheme = infant_scheme()
    for title, part in (
        (scheme.scale("avo").title, Part.SCALES),
        (scheme.procedure.episodes[0].title, Part.PROCEDURE),
        (scheme.rules.title, Part.RULES),
    ):
        assert title.in_language("de") != title.english
        assert title.in_language("de") in german[part]
        assert title.english in english[part]
    main.desk.browser.close()
    main.actions_by_id["language_en"].trigger()
    assert through_all_parts(browser(main)) == english


# ---------------------------------------------------------------- an old coding


def test_an_old_coding_says_that_the_program_now_brings_another_version(
    main: MainWindow, old: Path
) -> None:
    main.desk.open_path(old)
    main.show_page(Step.REVIEW)
    note = main.workspace.page(Step.REVIEW).versions
    now = bundled_now(main.workspace.session.scheme)
    assert now is not None
    assert note.isVisible()
    told = note.line.accessibleName() or words_on(note)
    assert "Coded with demonstration 1.0.0" in told
    assert now.main.record.version in told
    assert "stays as it is" in told


def test_the_suggestion_of_an_old_coding_is_what_its_own_files_give(
    main: MainWindow, old: Path
) -> None:
    with open_read_only(OLD) as file:
        coding, scheme = file.coding, file.scheme
    before = evaluate(scheme.rules, facts_from_coding(coding, scheme))
    main.desk.open_path(old)
    session = main.workspace.session
    after = evaluate(session.scheme.rules, facts_from_coding(session.coding, session.scheme))
    assert after == before
    assert (after.group, after.subgroup) == ("B", "B3")
    kept = {file.path: file.sha256 for file in version_of_scheme(session.scheme).files}
    assert kept == {file.path: file.sha256 for file in scheme.files}


def test_a_new_coding_of_today_is_not_called_old(main: MainWindow, fresh: Path) -> None:
    main.desk.open_path(fresh)
    main.show_page(Step.REVIEW)
    assert not main.workspace.page(Step.REVIEW).versions.isVisible()


# ---------------------------------------------------------------- the visit


def answered(main: MainWindow, field: str, episode: str | None = None) -> int | str | None:
    found = main.workspace.session.coding.visit_answer(
        VisitFieldId(field), None if episode is None else EpisodeId(episode)
    )
    return None if found is None else found.value


def control_of(main: MainWindow, field: str, episode: str | None = None):
    form = main.workspace.work.prepare.visit
    row = next(row for row in form.rows if row.field.id == field)
    return row.answers[episode]


def type_into(main: MainWindow, words: str, field: str, episode: str | None = None) -> None:
    control = control_of(main, field, episode)
    assert isinstance(control, AnswerField)
    control.line.edit.setFocus()
    control.line.edit.selectAll()
    QTest.keyClicks(control.line.edit, words)
    QTest.keyClick(control.line.edit, Qt.Key.Key_Return)


def fill_in(main: MainWindow, fresh: Path) -> None:
    main.desk.open_path(fresh)
    main.show_page(Step.PREPARE)
    main.workspace.work.prepare.show_part(VISIT_PART)
    type_into(main, "13", AGE)
    type_into(main, "45", CRYING, "EP6")
    choice = control_of(main, STRESSED)
    choice.setFocus()
    QTest.keyClicks(choice, "Yes")
    choice.activated.emit(choice.currentIndex())


def test_the_visit_is_filled_in_by_keyboard_undone_and_redone(
    main: MainWindow, fresh: Path
) -> None:
    fill_in(main, fresh)
    assert [answered(main, AGE), answered(main, CRYING, "EP6")] == [13, 45]
    assert answered(main, STRESSED) == "yes"
    main.actions_by_id["undo"].trigger()
    assert answered(main, STRESSED) is None
    main.actions_by_id["undo"].trigger()
    assert answered(main, CRYING, "EP6") is None
    assert control_of(main, CRYING, "EP6").line.text() == ""
    main.actions_by_id["redo"].trigger()
    main.actions_by_id["redo"].trigger()
    assert (answered(main, CRYING, "EP6"), answered(main, STRESSED)) == (45, "yes")


def test_what_was_answered_is_in_the_file_and_in_the_exported_tables(
    main: MainWindow, fresh: Path, tmp_path: Path, qtbot
) -> None:
    fill_in(main, fresh)
    session = main.workspace.session
    qtbot.waitUntil(lambda: session.unsaved == 0, timeout=5000)
    main.close_coding()
    with open_read_only(fresh) as file:
        stored = Exportable(coding=file.coding, scheme=file.scheme)
    assert VisitAnswer(field=VisitFieldId(AGE), value=13) in stored.coding.visit
    export_codings((stored,), tmp_path / "out")
    (scores,) = rows_of(tmp_path / "out", "scores")
    assert (scores["visit_age_months"], scores["visit_overstressed"]) == ("13", "1")
    episodes = {row["episode"]: row for row in rows_of(tmp_path / "out", "episodes")}
    assert episodes["EP6"]["visit_cry_before_end"] == "45"
    described = {row["name"] for row in rows_of(tmp_path / "out", "codebook")}
    assert {"visit_age_months", "visit_cry_before_end"} <= described


def rows_of(folder: Path, table: str) -> list[dict[str, str]]:
    path = next(path for path in folder.glob("*.csv") if path.stem.endswith(table))
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
