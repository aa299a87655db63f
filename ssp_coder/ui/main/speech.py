"""How instruments are shown: in which language, and with a lab's own files and wording."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox

from ssp_coder.domain.speaking import spoken_in
from ssp_coder.ui.language.spoken import said_sentence
from ssp_coder.ui.main.settings import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.domain.finding import Finding
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.main.window import MainWindow

SHOWN_FINDINGS = 6
"""Mistakes of a folder that are told at once; the command line tells all."""


class Speech(QObject):
    """Keeps the person's choices and makes the scheme that the pages show.

    What is shown is never what is stored or exported: that stays as the coding keeps it.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def commands(self) -> dict[str, Callable[[], None]]:
        """What each command of the table does."""
        does: dict[str, Callable[[], None]] = {"instrument_folder": self.ask_for_folder}
        for language in LANGUAGES:
            does[f"language_{language}"] = partial(self.speak, language)
            does[f"program_{language}"] = partial(self.speak_program, language)
        return does

    def as_shown(self, scheme: Scheme) -> tuple[Scheme, tuple[Finding, ...]]:
        """The scheme with the lab's wording in the chosen language, and what is wrong with it."""
        from ssp_coder.catalog import lay_over

        laid = lay_over(scheme, self._window.settings.instrument_folders)
        return spoken_in(laid.scheme, self._window.settings.instrument_language), laid.findings

    def speak(self, language: str) -> None:
        """Show instruments in a language from now on, also in the open coding."""
        settings = self._window.settings
        if language != settings.instrument_language:
            settings.instrument_language = language
            self._show_anew()
        self.mark_language()

    def speak_program(self, language: str) -> None:
        """Let the program itself speak a language from its next start on."""
        settings = self._window.settings
        if language != settings.program_language:
            settings.program_language = language
            self._window.say(self.tr("The program speaks this language when it is next started."))
        self.mark_language()

    def mark_language(self) -> None:
        """Mark the chosen languages in the menu."""
        settings = self._window.settings
        chosen = {"language": settings.instrument_language, "program": settings.program_language}
        for kind, chosen_language in chosen.items():
            for language in LANGUAGES:
                action = self._window.actions_by_id[f"{kind}_{language}"]
                action.setCheckable(True)
                action.setChecked(language == chosen_language)

    def ask_for_folder(self) -> None:
        """Show where the lab's instruments are, and let the person choose or leave it."""
        settings = self._window.settings
        folder = settings.instrument_folder
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("Instrument folder"))
        box.setText(
            self.tr("Instruments of the lab are read from\n{0}").format(folder)
            if folder is not None
            else self.tr("Only the bundled instruments are used.")
        )
        box.setInformativeText(
            self.tr(
                "A folder with episodes and schemas like the bundled ones. Its schemes can be "
                "chosen for new sessions, and its wording is shown beside the scales; licensed "
                "wording is never kept in a coding or exported."
            )
        )
        choose = box.addButton(self.tr("Choose a folder…"), QMessageBox.ButtonRole.AcceptRole)
        none = box.addButton(self.tr("Use bundled only"), QMessageBox.ButtonRole.DestructiveRole)
        none.setEnabled(folder is not None)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        if box.clickedButton() is choose:
            self._choose_folder(folder)
        elif box.clickedButton() is none:
            self.use_folder(None)

    def use_folder(self, folder: Path | None) -> None:
        """Read instruments of the lab from a folder, or none; mistakes in it are told."""
        from ssp_coder.catalog import check_paths

        self._window.settings.instrument_folder = folder
        findings = () if folder is None else check_paths((folder,))
        self._show_anew()
        if findings:
            words = "\n\n".join(said_sentence(found) for found in findings[:SHOWN_FINDINGS])
            more = len(findings) - SHOWN_FINDINGS
            if more > 0:
                words += "\n\n" + self.tr("{0} more: ssp-coder check {1}").format(more, folder)
            QMessageBox.warning(self._window, self.tr("Something in the folder is wrong"), words)

    def _choose_folder(self, before: Path | None) -> None:
        name = QFileDialog.getExistingDirectory(
            self._window, self.tr("Instrument folder"), "" if before is None else str(before)
        )
        if name:
            self.use_folder(Path(name))

    def _show_anew(self) -> None:
        """Make every word in the window and in the instrument browser anew."""
        browser = self._window.desk.browser
        part = None if browser.shown is None else browser.shown.current_part()
        browser.close()
        self._window.desk.handbook.close()
        self._open_again()
        if part is None:
            return
        browser.open()
        if browser.shown is not None:
            browser.shown.show_part(part)

    def _open_again(self) -> None:
        """Open the coding again at its page and moment."""
        window, workspace = self._window, self._window.workspace
        if workspace is None or workspace.session.file is None:
            return
        path, page = workspace.session.file.path, workspace.current
        at_us = workspace.player.place_us
        if not window.close_coding():
            return
        window.desk.open_path(path)
        if window.workspace is not None:
            window.desk.video.show_videos(at_us)
            window.show_page(page)
