"""Pages of the report of a study: overview, groups and codes, sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from ssp_coder.domain.time import SECOND_US
from ssp_coder.reporting.agreement_method import seconds_words
from ssp_coder.reporting.signs import two_decimals
from ssp_coder.ui.agreement.figure_table import FigureColumn, FigureTable
from ssp_coder.ui.agreement.shared_pages import IndexesPage, Page
from ssp_coder.ui.agreement.words import (
    DASH,
    accuracy_words,
    code_words,
    kappa_bands,
    kappa_row,
    kappa_said,
    short,
    signed,
    track_title,
    track_words,
    with_interval,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ssp_coder.agreement.estimate import Estimate
    from ssp_coder.agreement.study import TrackInStudy
    from ssp_coder.agreement.study_onsets import CodeInStudy
    from ssp_coder.ui.agreement.work import SessionFigures, StudyResult
    from ssp_coder.ui.theme.theme import Theme

CodeRow = tuple["TrackInStudy", tuple["CodeInStudy", ...]]
"""A track, and one of its codes at each tolerance."""


class StudyPage(Page):
    """A page of the report of a study."""

    def show_result(self, result: StudyResult) -> None:
        """Show a study."""
        raise NotImplementedError


class StudyOverviewPage(IndexesPage, StudyPage):
    """The indexes of a study, over all sessions."""

    def show_result(self, result: StudyResult) -> None:
        """Show the indexes of a study."""
        bands = kappa_bands()
        named = [(track_words(one.track, result.scheme), one) for one in result.report.tracks]
        self.show_indexes(
            [kappa_row(name, one.exact, bands) for name, one in named if one.exact is not None],
            [kappa_row(name, one.alignment, bands) for name, one in named],
            result.report.study.protocol,
            self.tr("Intervals: sessions were drawn anew."),
        )


class StudyCodesPage(StudyPage):
    """Groups with their indexes, and the codes of all of them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.tracks = FigureTable(theme, self.tr("Agreement per person and group"), self)
        self.codes = FigureTable(theme, self.tr("Agreement per code"), self)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(self.tracks)
        split.addWidget(self.codes)
        split.setChildrenCollapsible(False)
        self.column.addWidget(split, 1)

    def show_result(self, result: StudyResult) -> None:
        """Show the groups and codes of a study."""
        self.tracks.show_rows(self._track_columns(result), result.report.tracks)
        rows = [row for one in result.report.tracks for row in _code_rows(one)]
        self.codes.show_rows(self._code_columns(result), rows)

    def _track_columns(self, result: StudyResult) -> tuple[FigureColumn, ...]:
        protocol, scheme = result.report.study.protocol, result.scheme
        unit, near = (seconds_words(t) for t in (protocol.unit_us, protocol.tolerance_us))
        moments = self.tr("moments")
        return (
            FigureColumn(
                title=self.tr("Of"), text=lambda row: track_words(row.track, scheme), left=True
            ),
            FigureColumn(
                title=self.tr("Kappa, {0} units").format(unit),
                text=lambda row: moments if row.exact is None else kappa_said(row.exact),
                order=lambda row: None if row.exact is None else row.exact.kappa.value,
                hint=kappa_bands(),
            ),
            _estimate_column(
                self.tr("Kappa, ±{0}").format(near),
                lambda row: row.mean,
                self.tr("Mean of both directions"),
            ),
            _estimate_column(self.tr("Accuracy"), lambda row: row.accuracy, accuracy_words()),
            FigureColumn(
                title=self.tr("Units"),
                text=lambda row: "" if row.exact is None else f"{row.exact.n:,}",
                order=lambda row: None if row.exact is None else row.exact.n,
            ),
            FigureColumn(
                title=self.tr("Kappa, events"),
                text=lambda row: kappa_said(row.alignment),
                order=lambda row: row.alignment.kappa.value,
                hint=kappa_bands(),
            ),
            FigureColumn(
                title=self.tr("Tallies"),
                text=lambda row: f"{row.alignment.n:,}",
                order=lambda row: row.alignment.n,
            ),
            FigureColumn(
                title=self.tr("Sessions"),
                text=lambda row: str(row.sessions),
                order=lambda row: row.sessions,
            ),
        )

    def _code_columns(self, result: StudyResult) -> tuple[FigureColumn, ...]:
        scheme = result.scheme

        def f1(place: int, time: int) -> FigureColumn:
            return FigureColumn(
                title=self.tr("F1, {0}").format(seconds_words(time)),
                text=lambda row: with_interval(row[1][place].f1),
                order=lambda row: row[1][place].f1.value,
            )

        times = result.report.study.protocol.onsets_us
        return (
            FigureColumn(
                title=self.tr("Code"),
                text=lambda row: code_words(row[1][0].code, scheme),
                left=True,
                tip=lambda row: row[1][0].code,
            ),
            FigureColumn(
                title=self.tr("Of"), text=lambda row: track_words(row[0].track, scheme), left=True
            ),
            *(f1(place, time) for place, time in enumerate(times)),
            FigureColumn(
                title=self.tr("Median lag, s"),
                text=lambda row: _lag(row[1][-1].lags.median_us.value),
                order=lambda row: row[1][-1].lags.median_us.value,
                hint=self.tr("Second minus first coder, at the largest tolerance"),
            ),
            FigureColumn(
                title=self.tr("First"),
                text=lambda row: f"{row[1][0].hits.hits + row[1][0].hits.misses:,}",
                order=lambda row: row[1][0].hits.hits + row[1][0].hits.misses,
                hint=self.tr("Onsets of first coders"),
            ),
            FigureColumn(
                title=self.tr("Second"),
                text=lambda row: f"{row[1][0].hits.hits + row[1][0].hits.false_alarms:,}",
                order=lambda row: row[1][0].hits.hits + row[1][0].hits.false_alarms,
                hint=self.tr("Onsets of second coders"),
            ),
            FigureColumn(
                title=self.tr("Sessions"),
                text=lambda row: str(row[1][0].sessions),
                order=lambda row: row[1][0].sessions,
            ),
        )


class StudyEpisodesPage(StudyPage):
    """Every group in every episode in which anybody used it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.table = FigureTable(theme, self.tr("Agreement per episode"), self)
        self.column.addWidget(self.table, 1)

    def show_result(self, result: StudyResult) -> None:
        """Show the episodes of a study."""
        rows = [
            (one, part) for one in result.report.tracks for part in one.episodes if not part.silent
        ]
        self.table.show_rows(self._columns(result), rows)

    def _columns(self, result: StudyResult) -> tuple[FigureColumn, ...]:
        scheme = result.scheme
        order = {plan.id: place for place, plan in enumerate(scheme.procedure.episodes)}

        def f1(place: int, time: int) -> FigureColumn:
            return FigureColumn(
                title=self.tr("F1, {0}").format(seconds_words(time)),
                text=lambda row: with_interval(row[1].onsets[place].f1),
                order=lambda row: row[1].onsets[place].f1.value,
            )

        times = result.report.study.protocol.onsets_us
        return (
            FigureColumn(
                title=self.tr("Episode"),
                text=lambda row: row[1].episode,
                order=lambda row: order.get(row[1].episode, 0),
                left=True,
            ),
            FigureColumn(
                title=self.tr("Of"), text=lambda row: track_words(row[0].track, scheme), left=True
            ),
            FigureColumn(
                title=self.tr("Kappa, time units"),
                text=lambda row: "" if row[1].time is None else kappa_said(row[1].time),
                order=lambda row: None if row[1].time is None else row[1].time.kappa.value,
                hint=kappa_bands(),
            ),
            FigureColumn(
                title=self.tr("Units"),
                text=lambda row: "" if row[1].time is None else f"{row[1].time.n:,}",
                order=lambda row: None if row[1].time is None else row[1].time.n,
            ),
            *(f1(place, time) for place, time in enumerate(times)),
            FigureColumn(
                title=self.tr("Sessions"),
                text=lambda row: str(row[1].sessions),
                order=lambda row: row[1].sessions,
            ),
        )


class SessionsPage(StudyPage):
    """Every session with its own figures; Enter opens its pair.

    Signals:
        pair_chosen: the files of the pair.
    """

    pair_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._sessions: tuple[SessionFigures, ...] = ()
        self.table = FigureTable(theme, self.tr("Sessions"), self)
        self.column.addWidget(self.table, 1)
        words = self.tr(
            "Kappa of time units of each group; of aligned events where codes are moments. Enter "
            "opens the session's two codings."
        )
        self.column.addWidget(self.caption(words))
        self.table.row_chosen.connect(self._choose)

    def show_result(self, result: StudyResult) -> None:
        """Show the sessions of a study."""
        self._sessions = result.sessions
        self.table.show_rows(tuple(self._columns(result)), result.sessions)

    def _columns(self, result: StudyResult) -> Iterator[FigureColumn]:
        yield FigureColumn(title=self.tr("Session"), text=lambda row: row.session, left=True)
        yield FigureColumn(
            title=self.tr("Pairs"),
            text=lambda row: str(len(row.pairs)),
            order=lambda row: len(row.pairs),
        )
        for one in result.report.tracks:
            if one.spread:
                title = track_title(one.track, result.scheme)
                yield _session_column(title, one.track.id, track_words(one.track, result.scheme))

    def _choose(self, place: int) -> None:
        self.pair_chosen.emit(self._sessions[place].pairs[0])


def _lag(time_us: float | None) -> str:
    return DASH if time_us is None else signed(time_us / SECOND_US)


def _session_column(title: str, track: str, hint: str) -> FigureColumn:
    def words(row: SessionFigures) -> str:
        value = row.kappas.get(track)
        return "" if value is None else two_decimals(value)

    return FigureColumn(title=title, text=words, order=lambda row: row.kappas.get(track), hint=hint)


def _estimate_column(
    title: str, estimate: Callable[[TrackInStudy], Estimate | None], hint: str
) -> FigureColumn:
    def value(row: TrackInStudy) -> float | None:
        found = estimate(row)
        return None if found is None else found.value

    def words(row: TrackInStudy) -> str:
        found = estimate(row)
        if found is None:
            return ""
        return short(found) if found.value is None else with_interval(found)

    return FigureColumn(title=title, text=words, order=value, hint=hint)


def _code_rows(one: TrackInStudy) -> Iterator[CodeRow]:
    by_code: dict[str, list[CodeInStudy]] = {}
    for code in one.codes:
        by_code.setdefault(code.code, []).append(code)
    for found in by_code.values():
        if found[0].hits.n:
            yield one, tuple(sorted(found, key=lambda code: code.tolerance_us))
