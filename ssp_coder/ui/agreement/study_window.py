"""How far the codings of a study agree, as a window of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from ssp_coder.domain.time import SECOND_US
from ssp_coder.reporting.agreement_inputs import PairFiles
from ssp_coder.ui.agreement.case_pages import StudyClassesPage, StudyRatingsPage
from ssp_coder.ui.agreement.places import PathField, Sought
from ssp_coder.ui.agreement.report_window import ReportWindow
from ssp_coder.ui.agreement.shared_pages import MethodPage, NumbersPage
from ssp_coder.ui.agreement.study_pages import (
    SessionsPage,
    StudyCodesPage,
    StudyEpisodesPage,
    StudyOverviewPage,
    StudyPage,
)
from ssp_coder.ui.agreement.work import StudyOrder, StudyResult, study_work
from ssp_coder.ui.kit.button import PushButton

if TYPE_CHECKING:
    from ssp_coder.ui.agreement.work import PairResult, Shelf, Work
    from ssp_coder.ui.theme.theme import Theme

MOST_NAMED = 6


class StudyWindow(ReportWindow):
    """A folder, two folders or a list of pairs, and the report of their agreement.

    Signals:
        pair_wanted: paths of the two codings of a session that was chosen.
    """

    pair_wanted = Signal(object, object)

    def __init__(self, theme: Theme, shelf: Shelf, parent: QWidget | None = None) -> None:
        super().__init__(theme, shelf, parent)
        self.source = PathField(theme, Sought(name=self.tr("Codings")), self)
        self.second = PathField(theme, Sought(name=self.tr("Second coders")), self)
        self.list_button = PushButton(theme, self.tr("List of pairs…"), parent=self)
        self.overview = StudyOverviewPage(theme)
        self.ratings = StudyRatingsPage(theme)
        self.classes = StudyClassesPage(theme)
        self.codes = StudyCodesPage(theme)
        self.episodes = StudyEpisodesPage(theme)
        self.sessions = SessionsPage(theme)
        self.method = MethodPage(theme)
        self.numbers = NumbersPage(theme)
        self.second.field.edit.setPlaceholderText(self.tr("the same folder, or another"))
        self.source.field.edit.setPlaceholderText(self.tr("folder, or list of pairs as CSV"))
        places = QWidget(self)
        row = QHBoxLayout(places)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(16))
        row.addWidget(self.source, 1)
        row.addWidget(self.list_button)
        row.addWidget(self.second, 1)
        row.setAlignment(self.list_button, Qt.AlignmentFlag.AlignTop)
        self.build(self.tr("Agreement of a study"), places, self._pages())
        self.list_button.clicked.connect(self._ask_for_list)
        self.sessions.pair_chosen.connect(self._open_pair)
        self.source.field.edit.setFocus()

    def empty_hint(self) -> str:
        """What to do first."""
        return self.tr(
            "Choose a folder in which sessions are coded twice, two folders with one coding a "
            "session each, or a CSV with the columns session, a, b."
        )

    def set_source(self, source: Path, second: Path | None = None) -> None:
        """Name the codings."""
        self.source.set_path(source)
        self.second.set_path(second)

    def order(self) -> Work | None:
        """The work of comparing what the fields name."""
        wrong = self.source.refuse_missing()
        second = self.second.path
        if second is not None:
            wrong = self.second.refuse_missing() or wrong
        source = self.source.path
        if wrong or source is None:
            return None
        if second is not None and source.is_dir() and second.resolve() == source.resolve():
            second = None
        if second is not None and not (source.is_dir() and second.is_dir()):
            self.second.field.show_error(self.tr("Two folders, or a list alone."))
            return None
        return study_work(
            StudyOrder(source=source, second=second, protocol=self.protocol, shelf=self.shelf)
        )

    def show_page(self, page: QWidget, result: PairResult | StudyResult) -> None:
        """Show a study on one page."""
        if not isinstance(result, StudyResult):
            return
        if page is self.method:
            self.method.show_method(result.report.study.protocol, result.report.used)
        elif page is self.numbers:
            self.numbers.show_numbers(result.rows)
        elif isinstance(page, StudyPage):
            page.show_result(result)

    def facts_of(self, result: PairResult | StudyResult) -> str:
        """Who coded what, and how much of it was compared."""
        if not isinstance(result, StudyResult):
            return ""
        study = result.report.study
        words = self.tr(
            "{0} pairs of {1} sessions. First coders: {2}. Second coders: {3}. {4} s could not be "
            "seen and were removed; {5} states never ended. Statistics version {6}."
        )
        return words.format(
            study.pairs,
            len(study.sessions),
            self._named(study.coders[0]),
            self._named(study.coders[1]),
            f"{study.removed_us / SECOND_US:,.1f}",
            study.open_states,
            study.version,
        )

    def _named(self, names: tuple[str, ...]) -> str:
        shown = ", ".join(names[:MOST_NAMED])
        if len(names) <= MOST_NAMED:
            return shown
        return self.tr("{0} and {1} more").format(shown, len(names) - MOST_NAMED)

    def _pages(self) -> tuple[tuple[str, QWidget], ...]:
        return (
            (self.tr("Overview"), self.overview),
            (self.tr("Ratings"), self.ratings),
            (self.tr("Class"), self.classes),
            (self.tr("Groups and codes"), self.codes),
            (self.tr("Episodes"), self.episodes),
            (self.tr("Sessions"), self.sessions),
            (self.tr("Method"), self.method),
            (self.tr("All numbers"), self.numbers),
        )

    def _ask_for_list(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("List of pairs"), "", self.tr("Lists of pairs (*.csv)")
        )
        if name:
            self.set_source(Path(name))

    def _open_pair(self, files: object) -> None:
        if isinstance(files, PairFiles):
            self.pair_wanted.emit(files.first, files.second)
