"""The browser follows when the language or the lab's folder is chosen while it is open."""

import pytest
from PySide6.QtCore import QSettings

from ssp_coder.catalog.copying import copy_of
from ssp_coder.catalog.placing import write_copy
from ssp_coder.domain.coding import Coding
from ssp_coder.storage.coding_file import create
from ssp_coder.ui.instruments.contents import Part
from ssp_coder.ui.main.settings import Settings
from ssp_coder.ui.main.window import MainWindow
from tests.builders import infant_scheme

SCHEME = infant_scheme()
PATH = "schemas/schemes/infant.toml"


@pytest.fixture
def main(theme, tmp_path, qtbot):
    store = QSettings(str(tmp_path / "speech.ini"), QSettings.Format.IniFormat)
    made = MainWindow(theme, Settings(store))
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


@pytest.fixture
def browser(main):
    main.desk.browser.open()
    return main.desk.browser


def scales_of(browser):
    listed = browser.shown.page(Part.SCALES).list
    return [listed.item(row).text() for row in range(listed.count())]


def in_language(scale_id, language):
    return SCHEME.scale(scale_id).title.in_language(language)


class TestLanguage:
    def test_an_open_browser_speaks_the_chosen_language(self, main, browser):
        assert any(in_language("avo", "en") in words for words in scales_of(browser))
        main.actions_by_id["language_de"].trigger()
        assert any(in_language("avo", "de") in words for words in scales_of(browser))

    def test_the_part_in_front_stays(self, main, browser):
        browser.shown.show_part(Part.RULES)
        main.actions_by_id["language_de"].trigger()
        assert browser.shown.isVisible()
        assert browser.shown.current_part() is Part.RULES

    def test_the_language_that_is_chosen_already_changes_nothing(self, main, browser):
        before = browser.shown
        main.actions_by_id["language_en"].trigger()
        assert browser.shown is before

    def test_a_browser_that_is_not_open_stays_so(self, main):
        main.actions_by_id["language_de"].trigger()
        assert main.desk.browser.shown is None

    def test_beside_a_coding_it_shows_that_codings_scheme_again(self, main, tmp_path):
        path = tmp_path / "S100.sspc"
        value = Coding(session="S100", coder="c01", media=())
        create(path, coding=value, scheme=SCHEME, who="c01").close()
        main.desk.open_path(path)
        main.desk.browser.open()
        main.actions_by_id["language_de"].trigger()
        shown = main.desk.browser.shown
        assert shown.scheme is main.workspace.session.scheme
        assert str(shown.scheme.scale("avo").title) == in_language("avo", "de")


class TestFolder:
    def test_a_lab_s_scheme_is_offered_once_its_folder_is_chosen(self, main, browser, tmp_path):
        lab = tmp_path / "lab"
        write_copy(copy_of(PATH, new_ids={PATH: "our-lab"}, title="Our lab"), lab)
        assert browser.shown.schemes.findData("our-lab") < 0
        main.desk.speech.use_folder(lab)
        assert browser.shown.schemes.findData("our-lab") >= 0
        main.desk.speech.use_folder(None)
        assert browser.shown.schemes.findData("our-lab") < 0
