"""The page of groups: one row each, with the confusion matrix and the indexes of the chosen one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from ssp_coder.reporting.agreement_method import seconds_words
from ssp_coder.reporting.signs import percent
from ssp_coder.ui.agreement.figure_table import FigureColumn, FigureTable
from ssp_coder.ui.agreement.pair_pages import PairPage
from ssp_coder.ui.agreement.shared_pages import scrolled
from ssp_coder.ui.agreement.words import (
    accuracy_words,
    code_words,
    interval,
    kappa_bands,
    kappa_said,
    said,
    short,
    track_words,
)
from ssp_coder.ui.kit.segmented import Segment, SegmentedControl
from ssp_coder.ui.pairs.matrix import NO_MATRIX, ConfusionGrid, Matrix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ssp_coder.agreement.estimate import Estimate
    from ssp_coder.agreement.kappa import Kappa
    from ssp_coder.agreement.pair import TrackAgreement
    from ssp_coder.agreement.table import Floats
    from ssp_coder.agreement.time_units import TimeAgreement
    from ssp_coder.ui.agreement.work import PairResult
    from ssp_coder.ui.theme.theme import Theme

SECONDS, EVENTS = "seconds", "events"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexRow:
    """One index of a track."""

    name: str
    of: str
    value: Estimate
    kappa: Kappa | None = None


class TracksPage(PairPage):
    """Every group of every person."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._result: PairResult | None = None
        self._shown: TrackAgreement | None = None
        self.table = FigureTable(theme, self.tr("Agreement per person and group"), self)
        self.grid = ConfusionGrid(theme, self)
        self.indexes = FigureTable(theme, self.tr("Indexes of the group"), self)
        segments = (
            Segment(id=SECONDS, title=self.tr("Seconds")),
            Segment(id=EVENTS, title=self.tr("Events")),
        )
        self.unit = SegmentedControl(theme, segments, self.tr("What the matrix counts"), self)
        self._matrix = self.panel(self.tr("Confusion"), scrolled(self.grid))
        self._matrix.add_to_title(self.unit)
        lower = QSplitter(Qt.Orientation.Horizontal, self)
        lower.addWidget(self._matrix)
        lower.addWidget(self.indexes)
        lower.setSizes([theme.px(520), theme.px(800)])
        whole = QSplitter(Qt.Orientation.Vertical, self)
        whole.addWidget(self.table)
        whole.addWidget(lower)
        whole.setSizes([theme.px(250), theme.px(300)])
        for splitter in (lower, whole):
            splitter.setChildrenCollapsible(False)
        self.column.addWidget(whole, 1)
        self.table.row_current.connect(self._show_place)
        self.unit.segment_chosen.connect(self._show_matrix)

    def show_result(self, result: PairResult) -> None:
        """Show the groups of a pair."""
        self._result = result
        self.table.show_rows(self._columns(result), result.report.tracks)
        if result.report.tracks:
            self._show_place(0)
        else:
            self._shown = None
            self._matrix.set_title(self.tr("Confusion"))
            self._matrix.set_note("")
            self.unit.part(SECONDS).setEnabled(False)
            self.grid.show_matrix(NO_MATRIX)
            self.indexes.show_rows((), ())

    def _show_place(self, place: int) -> None:
        if self._result is None:
            return
        one = self._result.report.tracks[place]
        self._shown = one
        coders = self._result.report.pair.coders
        self._matrix.set_title(track_words(one.track, self._result.scheme))
        self._matrix.set_note(self.tr("{0} down, {1} across").format(*coders))
        seconds = one.time is not None and len(one.track.codes) > 1
        self.unit.part(SECONDS).setEnabled(seconds)
        self.unit.set_chosen(SECONDS if seconds else EVENTS)
        self._show_matrix(self.unit.chosen())
        self.indexes.show_rows(self._index_columns(), tuple(self._index_rows(one)))

    def _show_matrix(self, unit: str) -> None:
        one, result = self._shown, self._result
        if one is None or result is None:
            return
        by_time = one.time if unit == SECONDS else None
        table = one.alignment.table if by_time is None else by_time.seconds
        last = self.tr("no partner") if by_time is None else self.tr("nothing coded")
        names = (*(code_words(code, result.scheme) for code in one.track.codes), last)
        # A pair of events counts twice in the table of both coders' events.
        counted = _pairs(table) if by_time is None else table
        coders = result.report.pair.coders
        self.grid.show_matrix(_matrix(names, counted, coders, nil=by_time is None))

    def _columns(self, result: PairResult) -> tuple[FigureColumn, ...]:
        protocol, scheme = result.report.pair.protocol, result.scheme
        unit, near = (seconds_words(t) for t in (protocol.unit_us, protocol.tolerance_us))
        return (
            FigureColumn(
                title=self.tr("Of"), text=lambda row: track_words(row.track, scheme), left=True
            ),
            FigureColumn(
                title=self.tr("Kappa, {0} units").format(unit),
                text=lambda row: (
                    self.tr("moments") if row.time is None else kappa_said(row.time.exact)
                ),
                order=lambda row: None if row.time is None else row.time.exact.kappa.value,
                hint=kappa_bands(),
            ),
            self._of_time(
                self.tr("Kappa, ±{0}").format(near),
                lambda time: time.mean,
                self.tr("Mean of both directions"),
            ),
            FigureColumn(
                title=self.tr("Agreement"),
                text=lambda row: "" if row.time is None else _percent(row.time.exact.p_o),
                order=lambda row: None if row.time is None else row.time.exact.p_o.value,
            ),
            self._of_time(self.tr("By chance"), lambda time: time.exact.p_e),
            self._of_time(
                self.tr("Max"),
                lambda time: time.exact.kappa_max,
                self.tr("Largest kappa with these totals"),
            ),
            FigureColumn(
                title=self.tr("Accuracy"),
                text=lambda row: "" if row.time is None else short(result.report.accuracy(row)),
                hint=accuracy_words(),
            ),
            FigureColumn(
                title=self.tr("Units"),
                text=lambda row: "" if row.time is None else f"{row.time.exact.n:,}",
                order=lambda row: None if row.time is None else row.time.exact.n,
            ),
            FigureColumn(
                title=self.tr("Kappa, events"),
                text=lambda row: kappa_said(row.alignment.kappa),
                order=lambda row: row.alignment.kappa.kappa.value,
                hint=kappa_bands(),
            ),
            FigureColumn(
                title=self.tr("Events"),
                text=lambda row: f"{len(row.a):,} / {len(row.b):,}",
                order=lambda row: len(row.a) + len(row.b),
                hint=self.tr("{0} / {1}").format(*result.report.pair.coders),
            ),
        )

    def _of_time(
        self, title: str, estimate: Callable[[TimeAgreement], Estimate], hint: str = ""
    ) -> FigureColumn:
        """A column of an estimate that moments have not."""
        return FigureColumn(
            title=title,
            text=lambda row: "" if row.time is None else short(estimate(row.time)),
            order=lambda row: None if row.time is None else estimate(row.time).value,
            hint=hint,
        )

    def _index_columns(self) -> tuple[FigureColumn, ...]:
        def companion(name: str) -> Callable[[IndexRow], str]:
            return lambda row: "" if row.kappa is None else short(getattr(row.kappa, name))

        return (
            FigureColumn(title=self.tr("Index"), text=lambda row: row.name, left=True),
            FigureColumn(
                title=self.tr("Value"), text=_index_value, order=lambda row: row.value.value
            ),
            FigureColumn(title=self.tr("Interval"), text=lambda row: interval(row.value)),
            FigureColumn(
                title=self.tr("Agreement"),
                text=lambda row: "" if row.kappa is None else _percent(row.kappa.p_o),
            ),
            FigureColumn(title=self.tr("By chance"), text=companion("p_e")),
            FigureColumn(
                title=self.tr("Max"),
                text=companion("kappa_max"),
                hint=self.tr("Largest kappa with these totals"),
            ),
            FigureColumn(
                title=self.tr("n"),
                text=lambda row: f"{row.value.n:,} {row.of}",
                order=lambda row: row.value.n,
            ),
        )

    def _index_rows(self, one: TrackAgreement) -> Iterator[IndexRow]:
        result = self._result
        if result is None:
            return
        pair = result.report.pair
        first, second = pair.coders
        units, tallies = self.tr("units"), self.tr("tallies")
        if one.time is not None:
            near = seconds_words(pair.protocol.tolerance_us)
            sought = self.tr("Time units, ±{0}, {1} in {2}")
            yield _of(self.tr("Time units, no tolerance"), one.time.exact, units)
            yield _of(sought.format(near, first, second), one.time.forth, units)
            yield _of(sought.format(near, second, first), one.time.back, units)
            words = self.tr("Time units, ±{0}, mean")
            yield IndexRow(name=words.format(near), of=units, value=one.time.mean)
        lag = seconds_words(pair.protocol.alignment_us)
        yield _of(
            self.tr("Events aligned, lag up to {0}").format(lag), one.alignment.kappa, tallies
        )
        if one.overlap is not None:
            part = f"{100 * pair.protocol.overlap:g} %"
            words = self.tr("States linked, overlap from {0}")
            yield _of(words.format(part), one.overlap.kappa, tallies)
            words = self.tr("States linked, overlap from {0}, linked only")
            yield _of(words.format(part), one.overlap.codes_only, self.tr("pairs"))
        accuracy = result.report.accuracy(one)
        if accuracy is not None:
            whose = (
                self.tr("Accuracy of the second coder behind time-unit kappa")
                if result.report.against_reference
                else self.tr("Accuracy of two equal coders behind time-unit kappa")
            )
            yield IndexRow(name=whose, of=units, value=accuracy)


def _of(name: str, kappa: Kappa, of: str) -> IndexRow:
    return IndexRow(name=name, of=of, value=kappa.kappa, kappa=kappa)


def _index_value(row: IndexRow) -> str:
    return said(row.value)


def _percent(estimate: Estimate) -> str:
    return "" if estimate.value is None else percent(estimate.value)


def _pairs(table: Floats) -> Floats:
    counted = table.copy()
    counted[:-1, :-1] /= 2
    return counted


def _matrix(names: tuple[str, ...], table: Floats, coders: tuple[str, str], *, nil: bool) -> Matrix:
    """The rows and columns that hold anything."""
    kept = [at for at in range(len(names)) if table[at].any() or table[:, at].any()]
    cells = {
        (i, j): round(float(table[row, column]))
        for i, row in enumerate(kept)
        for j, column in enumerate(kept)
        if table[row, column]
    }
    has_nothing = nil and bool(kept) and kept[-1] == len(names) - 1
    return Matrix(
        labels=tuple(names[at] for at in kept),
        counts=cells,
        down=coders[0],
        across=coders[1],
        has_nothing=has_nothing,
    )
