"""The program speaks a language: its own words, Qt's buttons and messages of the core."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QSettings
from PySide6.QtWidgets import QDialogButtonBox

from ssp_coder.domain.finding import Finding
from ssp_coder.editing.refusal import refuse
from ssp_coder.ui.application import make_window
from ssp_coder.ui.language.spoken import (
    PSEUDO,
    SPOKEN,
    noted,
    said,
    said_error,
    said_finding,
)
from ssp_coder.ui.main.settings import Settings


@pytest.fixture(autouse=True)
def english_afterwards(qapp):
    yield
    SPOKEN.speak("en")


class Asks(QObject):
    def undo(self) -> str:
        return self.tr("Undo")


class AsksBelow(Asks):
    """A class of another name still finds the words of the class above."""


def test_words_of_the_window_are_translated_in_every_class() -> None:
    assert (Asks().undo(), AsksBelow().undo()) == ("Undo", "Undo")
    SPOKEN.speak("de")
    assert Asks().undo() == AsksBelow().undo() == SPOKEN.catalogue.words["Undo"] != "Undo"
    SPOKEN.speak("en")
    assert Asks().undo() == "Undo"


def test_words_that_nobody_translated_stay_english() -> None:
    SPOKEN.speak("de")
    assert QCoreApplication.translate("Asks", "nobody ever says this") == "nobody ever says this"


def test_qts_own_buttons_speak_german_too(qtbot) -> None:
    SPOKEN.speak("de")
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert "Abbrechen" in box.button(QDialogButtonBox.StandardButton.Cancel).text()


def test_a_refusal_is_told_in_german_with_its_facts() -> None:
    error = refuse("event.not_open", "event 7 has already ended", "change its end")
    assert said_error(error) == "event 7 has already ended; change its end"
    SPOKEN.speak("de")
    told = said_error(error)
    assert "7" in told
    assert "already" not in told
    assert "; " in told


def test_another_error_is_told_as_it_is() -> None:
    SPOKEN.speak("de")
    assert said_error(ValueError("half past")) == "half past"


def test_the_place_of_a_finding_stays_in_front_of_its_words() -> None:
    finding = Finding(code="x", message="say why", place="S1.sspc")
    assert said_finding(finding) == "say why"
    error = refuse("x", "say why", place="S1.sspc")
    assert said_error(error) == "S1.sspc: say why"


def test_in_the_language_that_nobody_speaks_messages_are_between_brackets_too() -> None:
    SPOKEN.speak(PSEUDO)
    assert said("event 7 has already ended").startswith("⟦")
    assert Asks().undo().startswith("⟦")


def test_speaking_twice_installs_one_translator() -> None:
    SPOKEN.speak("de")
    SPOKEN.speak("de")
    SPOKEN.speak("en")
    assert Asks().undo() == "Undo"


def test_noted_words_are_the_words() -> None:
    assert noted("Cry") == "Cry"


def test_the_window_speaks_the_language_of_the_settings(qapp, qtbot, tmp_path) -> None:
    store = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    settings = Settings(store)
    assert settings.program_language == "en"
    settings.program_language = "de"
    assert settings.instrument_language == "de"
    window = make_window(qapp, settings)
    qtbot.addWidget(window)
    assert window.actions_by_id["undo"].text() == SPOKEN.catalogue.words["Undo"]
    assert window.actions_by_id["program_de"].isChecked()
    window.actions_by_id["program_en"].trigger()
    assert settings.program_language == "en"
    assert window.actions_by_id["program_en"].isChecked()
    assert window.statusBar().currentMessage()
    window.close()


def test_a_language_nobody_knows_is_english(tmp_path) -> None:
    store = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    store.setValue("language", "tlh")
    assert Settings(store).program_language == "en"
