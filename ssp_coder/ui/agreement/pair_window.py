"""How far two codings of a session agree, as a window of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ssp_coder.domain.time import SECOND_US
from ssp_coder.ui.agreement.pair_pages import (
    ClassPage,
    CodesPage,
    EpisodesPage,
    OverviewPage,
    PairPage,
    RatingsPage,
)
from ssp_coder.ui.agreement.places import PathField, Sought
from ssp_coder.ui.agreement.report_window import ReportWindow
from ssp_coder.ui.agreement.shared_pages import MethodPage, NumbersPage
from ssp_coder.ui.agreement.tracks_page import TracksPage
from ssp_coder.ui.agreement.work import PairOrder, PairResult, pair_work

if TYPE_CHECKING:
    from pathlib import Path

    from ssp_coder.ui.agreement.work import Shelf, StudyResult, Work
    from ssp_coder.ui.theme.theme import Theme


class PairWindow(ReportWindow):
    """Two codings, the protocol, and the report of their agreement."""

    def __init__(self, theme: Theme, shelf: Shelf, parent: QWidget | None = None) -> None:
        super().__init__(theme, shelf, parent)
        kinds = self.tr("Codings and timelines (*.sspc *.csv)")
        self.first = PathField(theme, Sought(name=self.tr("First coding"), kinds=kinds), self)
        self.second = PathField(theme, Sought(name=self.tr("Second coding"), kinds=kinds), self)
        self.overview = OverviewPage(theme)
        self.tracks = TracksPage(theme)
        self.codes = CodesPage(theme)
        self.episodes = EpisodesPage(theme)
        self.ratings = RatingsPage(theme)
        self.classes = ClassPage(theme)
        self.method = MethodPage(theme)
        self.numbers = NumbersPage(theme)
        places = QWidget(self)
        row = QHBoxLayout(places)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(16))
        row.addWidget(self.first, 1)
        row.addWidget(self.second, 1)
        self.build(self.tr("Agreement of two codings"), places, self._pages())
        self.first.field.edit.setFocus()

    def empty_hint(self) -> str:
        """What to do first."""
        return self.tr("Choose two codings of one session: coding files or timelines as CSV.")

    def set_codings(self, first: Path | None, second: Path | None) -> None:
        """Name the two codings."""
        self.first.set_path(first)
        self.second.set_path(second)

    def order(self) -> Work | None:
        """The work of comparing what the fields name."""
        missing = [place.refuse_missing() for place in (self.first, self.second)]
        first, second = self.first.path, self.second.path
        if any(missing) or first is None or second is None:
            return None
        if first.resolve() == second.resolve():
            self.second.field.show_error(self.tr("This is the first coding. Choose another."))
            return None
        return pair_work(
            PairOrder(first=first, second=second, protocol=self.protocol, shelf=self.shelf)
        )

    def show_page(self, page: QWidget, result: PairResult | StudyResult) -> None:
        """Show a pair on one page."""
        if not isinstance(result, PairResult):
            return
        if page is self.method:
            self.method.show_method(result.report.pair.protocol, result.report.used)
        elif page is self.numbers:
            self.numbers.show_numbers(result.rows)
        elif isinstance(page, PairPage):
            page.show_result(result)

    def _pages(self) -> tuple[tuple[str, QWidget], ...]:
        return (
            (self.tr("Overview"), self.overview),
            (self.tr("Groups"), self.tracks),
            (self.tr("Codes"), self.codes),
            (self.tr("Episodes"), self.episodes),
            (self.tr("Ratings"), self.ratings),
            (self.tr("Class"), self.classes),
            (self.tr("Method"), self.method),
            (self.tr("All numbers"), self.numbers),
        )

    def facts_of(self, result: PairResult | StudyResult) -> str:
        """Who coded what, and how much of it was compared."""
        if not isinstance(result, PairResult):
            return ""
        pair = result.report.pair
        first, second = pair.coders
        if result.report.against_reference:
            first = self.tr("{0} (reference)").format(first)
        words = self.tr(
            "Session {0}: {1} and {2}. {3} events and {4}; {5} s compared, {6} s could not be seen "
            "and were removed. Statistics version {7}."
        )
        counts = [
            sum(len(side) for side in sides)
            for sides in zip(*((one.a, one.b) for one in result.report.tracks), strict=True)
        ] or [0, 0]
        said = words.format(
            pair.session or self.tr("without a name"),
            first,
            second,
            f"{counts[0]:,}",
            f"{counts[1]:,}",
            f"{pair.window.seen_us / SECOND_US:,.1f}",
            f"{pair.window.removed_us / SECOND_US:,.1f}",
            pair.version,
        )
        left = sum(pair.open_states)
        if not left:
            return said
        ends = self.tr("{0} states never ended and were taken to last to the end.")
        return f"{said} {ends.format(left)}"
