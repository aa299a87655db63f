"""The Compare page: the reference above, and below it the review of both codings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from ssp_coder.domain.time import SECOND_US
from ssp_coder.ui.compare.choice import ReferenceBar
from ssp_coder.ui.compare.reference import Concern, Reference, concerns_of
from ssp_coder.ui.compare.summary import SummaryPanel, signed
from ssp_coder.ui.compare.work import Compared, CompareWork
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.empty_state import EmptyState
from ssp_coder.ui.pairs.making import items_of_disagreements
from ssp_coder.ui.pairs.review import PairReview

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.agreement.comparison import Comparison
    from ssp_coder.domain.time import Span
    from ssp_coder.editing.document import Changed
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme

SHOWN_AREAS = frozenset(
    {"events", "ratings", "classification", "episodes", "session_end", "locked"}
)


class ComparePage(QWidget):
    """Holds this coding against a reference; every difference leads to its moment."""

    def __init__(self, theme: Theme, session: OpenSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._session = session
        self._reference: Reference | None = None
        self._compared: Compared | None = None
        self._agreed: frozenset[Concern] = frozenset()
        self._stale = False
        self._work = CompareWork(session.scheme, self)
        self.bar = ReferenceBar(theme, self)
        self.review = PairReview(theme, self)
        self.summary = SummaryPanel(theme, session.scheme, self.review.take_matrices(), self)
        self.empty = EmptyState(
            theme,
            self.tr("No reference yet"),
            self.tr("A coding file, or a timeline CSV, of the same session"),
            self.tr("Choose a reference…"),
            self,
        )
        self._left = QStackedWidget(self)
        self._build()
        self._connect()
        describe(self, self.tr("Compare"))

    def stage_place(self) -> QVBoxLayout:
        """Where the shared picture goes."""
        return self.review.stage_place()

    def main_action(self) -> tuple[str, Callable[[], None]]:
        """What the button in the step's header says and does."""
        return self.tr("Choose a reference…"), self.choose_reference

    def set_moment(self, pts_us: int, _frame: int | None = None) -> None:
        """Follow the frame on the screen."""
        self.review.set_moment(pts_us)

    def show_loop(self, loop: Span | None) -> None:
        """Show the stretch that is played over and over, or that none is any more."""
        self.review.show_loop(loop)

    def choose_reference(self) -> None:
        """Ask for a reference and compare with it."""
        file = self._session.file
        name, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose a reference"),
            "" if file is None else str(file.path.parent),
            self.tr("Codings and timelines (*.sspc *.csv)"),
        )
        if name:
            self.open_reference(Path(name))

    def open_reference(self, path: Path) -> None:
        """Read a reference in the background and compare with it."""
        self.bar.show_trouble("")
        self._work.load(path, self._session.coding)

    def compare_anyway(self) -> None:
        """Compare in spite of what speaks against it."""
        if self._reference is not None:
            self._agreed |= set(self._concerns(self._reference))
            self._compare()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802, D102 - Qt's name
        if self._stale:
            self._compare()
        super().showEvent(event)

    def _concerns(self, reference: Reference) -> tuple[Concern, ...]:
        return concerns_of(self._session.coding, self._session.scheme, reference)

    def _take_reference(self, reference: object) -> None:
        if not isinstance(reference, Reference):
            return
        self._reference = reference
        self._agreed &= {Concern.NOT_LOCKED}
        self.bar.show_reference(reference)
        self._forget_comparison()
        self._compare()

    def _compare(self, *_what: object) -> None:
        self._stale = False
        reference = self._reference
        if reference is None:
            return
        concerns = self._concerns(reference)
        open_concerns = self._open_concerns(reference)
        own = self._session.coding
        sentences = [self.bar.concern_words(c, own, reference) for c in concerns]
        self.bar.show_concerns(sentences, asking=bool(open_concerns))
        if open_concerns:
            self._forget_comparison()
            self.empty.show_texts(
                self.tr("Not compared yet"), self.tr("The warning above asks whether to")
            )
            return
        self.bar.show_trouble("")
        self._work.compare(own, reference, self.bar.tolerance_us)

    def _may_show(self, compared: Compared) -> bool:
        """Whether it is of the reference that is named, and nothing speaks against it by now."""
        reference = self._reference
        if reference is None or compared.reference is not reference.coding:
            return False
        return not self._open_concerns(reference)

    def _open_concerns(self, reference: Reference) -> set[Concern]:
        """What has to be agreed to before comparing."""
        return set(self._concerns(reference)) - self._agreed - {Concern.OTHER_SCHEME}

    def _forget_comparison(self) -> None:
        self._compared = None
        self._left.setCurrentWidget(self.empty)
        self.review.lanes.hide()
        self.summary.setEnabled(False)
        self.bar.show_overall("")

    def _show(self, compared: object) -> None:
        if not isinstance(compared, Compared) or not self._may_show(compared):
            return
        first = self._compared is None
        self._compared = compared
        self.bar.show_overall(self._overall_words(compared.comparison))
        items = items_of_disagreements(compared.found, self._session.scheme)
        self.review.show_pair(compared.own, compared.reference, self._session.scheme, items)
        self.review.show_cells(compared.cells)
        self._left.setCurrentWidget(self.review.choice)
        self.summary.setEnabled(True)
        self.summary.show_comparison(compared.comparison)
        self.review.lanes.show()
        if first:
            self.review.timeline.show_session()
            self.review.take_keyboard()

    def _overall_words(self, comparison: Comparison) -> str:
        total = comparison.overall
        if total.agreement is None:
            return self.tr("Neither coding has events")
        words = self.tr(
            "{0} events of the reference, {1} yours: {2} same, {3} missed, {4} not in the "
            "reference, {5} with another code. Agreement {6}, n = {7}."
        ).format(
            total.n_reference,
            total.n_own,
            total.matches,
            total.misses,
            total.false_alarms,
            total.wrong_codes,
            f"{total.agreement:.2f}",
            total.n_reference + total.n_own,
        )
        if total.median_lag_us is None:
            return words
        lag = signed(total.median_lag_us / SECOND_US, 2)
        return f"{words} {self.tr('Median lag {0} s.').format(lag)}"

    def _follow(self, changed: Changed) -> None:
        if self._reference is None or not changed.record.change.areas & SHOWN_AREAS:
            return
        self._stale = True
        if self.isVisible():
            self._compare()

    def _fail(self, sentence: str) -> None:
        self.bar.show_trouble(sentence)

    def _connect(self) -> None:
        self._session.changed.connect(self._follow)
        self._work.loaded.connect(self._take_reference)
        self._work.compared.connect(self._show)
        self._work.failed.connect(self._fail)
        self.bar.choose_wished.connect(self.choose_reference)
        self.bar.anyway_wished.connect(self.compare_anyway)
        self.bar.tolerance_changed.connect(self._compare)
        self.empty.acted.connect(self.choose_reference)
        self.review.clip_wanted.connect(self._session.clip_requested)
        self.review.clip_left.connect(self._session.clip_left)
        self.review.seek_requested.connect(self._session.jump_requested)

    def _build(self) -> None:
        px = self._theme.px
        gap = px(10)
        column = QVBoxLayout(self)
        column.setContentsMargins(gap, px(4), gap, px(4))
        column.setSpacing(px(8))
        column.addWidget(self.bar)
        self._left.addWidget(self.empty)
        self._left.addWidget(self.review.choice)
        self.summary.setEnabled(False)
        self.review.set_detail(self.summary, "")
        self.review.whole.insertWidget(0, self._left)
        self.review.whole.setSizes([px(300), px(860)])
        self.review.lanes.hide()
        column.addWidget(self.review, 1)
