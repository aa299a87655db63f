"""Lets the whole program speak one language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from ssp_coder.catalog.errors import CatalogError
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.ui.language.catalogue import LANGUAGES, NO_WORDS, Catalogue, catalogue_of
from ssp_coder.ui.language.pseudo import pseudo

PSEUDO = "pseudo"
"""The language for tests; see `ssp_coder.ui.language.pseudo`."""


class Words(QTranslator):
    """Answers every ``tr`` of the window out of a catalogue; without an entry it stays English."""

    def __init__(self, catalogue: Catalogue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.catalogue = catalogue

    def isEmpty(self) -> bool:  # noqa: N802, D102 - Qt's name
        return False

    def translate(  # noqa: D102 - Qt's name
        self, context: str, words: str, _hint: str | None = None, _number: int = -1
    ) -> str | None:
        return self.catalogue.word(context, words)


class PseudoWords(QTranslator):
    """Answers every ``tr`` in the language that nobody speaks."""

    def isEmpty(self) -> bool:  # noqa: N802, D102 - Qt's name
        return False

    def translate(  # noqa: D102 - Qt's name
        self, context: str, words: str, _hint: str | None = None, _number: int = -1
    ) -> str | None:
        # Qt's own buttons are not ours to put into brackets.
        return None if context.startswith("Q") else pseudo(words)


class Spoken:
    """The language in force. There is one, as there is one application."""

    def __init__(self) -> None:
        self.language = LANGUAGES[0]
        self.catalogue = NO_WORDS
        self._installed: list[QTranslator] = []

    def speak(self, language: str) -> None:
        """Speak a language from now on; words that are on the screen already stay.

        Raises:
            ValueError: the file of the language is wrong.
            OSError: it cannot be read.
        """
        catalogue = NO_WORDS if language == PSEUDO else catalogue_of(language)
        self._forget()
        self.language, self.catalogue = language, catalogue
        if language == LANGUAGES[0]:
            return
        application = QCoreApplication.instance()
        own = PseudoWords(application) if language == PSEUDO else Words(catalogue, application)
        self._install(own)
        buttons = QTranslator(application)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if buttons.load(QLocale(language), "qtbase", "_", folder):
            self._install(buttons)

    def _install(self, translator: QTranslator) -> None:
        QCoreApplication.installTranslator(translator)
        self._installed.append(translator)

    def _forget(self) -> None:
        for translator in self._installed:
            QCoreApplication.removeTranslator(translator)
            translator.deleteLater()
        self._installed.clear()


SPOKEN = Spoken()


def said(message: str) -> str:
    """A message of the core in the language in force."""
    if SPOKEN.language == PSEUDO:
        return pseudo(message)
    return SPOKEN.catalogue.message(message)


def said_finding(finding: Finding) -> str:
    """What a finding says and what to do, in the language in force, without its place."""
    message = said(finding.message)
    return f"{message}; {said(finding.remedy)}" if finding.remedy else message


def said_sentence(finding: Finding) -> str:
    """Place, fact and remedy in one line, in the language in force."""
    words = said_finding(finding)
    return f"{finding.place}: {words}" if finding.place else words


def said_error(error: Exception) -> str:
    """What an error says, in the language in force where it carries a finding."""
    if not isinstance(error, DomainError):
        return str(error)
    words = said_sentence(error.finding)
    more = len(error.findings) - 1 if isinstance(error, CatalogError) else 0
    if not more:
        return words
    return QCoreApplication.translate("language", "{0} (and {1} more)").format(words, more)


def noted(words: str) -> str:
    """Note words in a table, to be translated where they are shown; the words themselves."""
    return words
