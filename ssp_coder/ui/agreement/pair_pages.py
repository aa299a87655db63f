"""Pages of the report of two codings: overview, codes, episodes, ratings, class."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ssp_coder.domain.scale import Missing, Points
from ssp_coder.domain.time import SECOND_US
from ssp_coder.reporting.agreement_method import seconds_words
from ssp_coder.ui.agreement.figure_table import FigureColumn, FigureTable
from ssp_coder.ui.agreement.shared_pages import IndexesPage, Page, scrolled
from ssp_coder.ui.agreement.words import (
    DASH,
    approximate_words,
    code_words,
    kappa_bands,
    kappa_row,
    kappa_said,
    level_words,
    short,
    signed,
    slot_words,
    track_words,
)
from ssp_coder.ui.kit.interval_axis import IntervalRow, difference_scale
from ssp_coder.ui.kit.interval_chart import IntervalAxis
from ssp_coder.ui.kit.rating_row import point_text
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.text import slot_words as slot_sign
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ssp_coder.agreement.comparison import RatingDifference
    from ssp_coder.agreement.episode_agreement import EpisodeAgreement
    from ssp_coder.agreement.onsets import Hits, OnsetAgreement
    from ssp_coder.agreement.pair import TrackAgreement
    from ssp_coder.domain.scale import Score
    from ssp_coder.ui.agreement.work import PairResult
    from ssp_coder.ui.theme.theme import Theme


class PairPage(Page):
    """A page of the report of a pair."""

    def show_result(self, result: PairResult) -> None:
        """Show a pair."""
        raise NotImplementedError


class OverviewPage(IndexesPage, PairPage):
    """The indexes of a pair."""

    def show_result(self, result: PairResult) -> None:
        """Show the indexes of a pair."""
        report, bands = result.report, kappa_bands()
        named = [(track_words(one.track, result.scheme), one) for one in report.tracks]
        self.show_indexes(
            [kappa_row(name, one.time.exact, bands) for name, one in named if one.time is not None],
            [kappa_row(name, one.alignment.kappa, bands) for name, one in named],
            report.pair.protocol,
            approximate_words(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRow:
    """A code of a track, with its matched onsets at each tolerance."""

    track: TrackAgreement
    place: int
    onsets: tuple[OnsetAgreement, ...]
    counts: tuple[int, int]


class CodesPage(PairPage):
    """Every code that either coder used."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.table = FigureTable(theme, self.tr("Agreement per code"), self)
        self.column.addWidget(self.table, 1)
        self.note = self.caption("")
        self.column.addWidget(self.note)

    def show_result(self, result: PairResult) -> None:
        """Show the codes of a pair."""
        first, second = result.report.pair.coders
        rows = [row for one in result.report.tracks for row in _code_rows(one)]
        self.table.show_rows(self._columns(result), rows)
        words = self.tr(
            "F1 is the share of all onsets of both that are matched. Lags are {1} minus {0} at the "
            "largest tolerance. Time is agreement specific to the code over time units; intervals "
            "is the kappa of its presence interval by interval."
        )
        self.note.setText(words.format(first, second))

    def _columns(self, result: PairResult) -> tuple[FigureColumn, ...]:
        scheme, (first, second) = result.scheme, result.report.pair.coders

        def name(row: CodeRow) -> str:
            return code_words(row.track.track.codes[row.place], scheme)

        return (
            FigureColumn(
                title=self.tr("Code"),
                text=name,
                left=True,
                tip=lambda row: row.track.track.codes[row.place],
            ),
            FigureColumn(
                title=self.tr("Of"),
                text=lambda row: track_words(row.track.track, scheme),
                left=True,
            ),
            _count_column(first, 0),
            _count_column(second, 1),
            *self._f1_columns(result),
            FigureColumn(
                title=self.tr("Recall"),
                text=lambda row: short(row.onsets[-1].counts.recall),
                order=lambda row: row.onsets[-1].counts.recall.value,
                hint=self.tr("Share of the onsets of {0} that {1} found").format(first, second),
            ),
            FigureColumn(
                title=self.tr("Precision"),
                text=lambda row: short(row.onsets[-1].counts.precision),
                order=lambda row: row.onsets[-1].counts.precision.value,
                hint=self.tr("Share of the onsets of {1} that {0} has").format(first, second),
            ),
            FigureColumn(
                title=self.tr("Median lag, s"),
                text=lambda row: _lag(row.onsets[-1].lags.median_us.value),
                order=lambda row: row.onsets[-1].lags.median_us.value,
            ),
            FigureColumn(
                title=self.tr("Half between, s"),
                text=lambda row: _quartiles(row.onsets[-1]),
                hint=self.tr("Half of the lags lie between these"),
            ),
            FigureColumn(
                title=self.tr("Time"),
                text=lambda row: _time(row),
                order=lambda row: (
                    None if row.track.time is None else row.track.time.by_code[row.place].value
                ),
            ),
            FigureColumn(
                title=self.tr("Intervals"),
                text=lambda row: short(row.track.intervals[row.place].kappa.kappa),
                order=lambda row: row.track.intervals[row.place].kappa.kappa.value,
                hint=kappa_bands(),
            ),
        )

    def _f1_columns(self, result: PairResult) -> Iterator[FigureColumn]:
        for place, time in enumerate(sorted(result.report.pair.protocol.onsets_us)):
            yield _f1_column(self.tr("F1, {0}").format(seconds_words(time)), place)


class EpisodesPage(PairPage):
    """Every group in every episode in which either coder used it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.table = FigureTable(theme, self.tr("Agreement per episode"), self)
        self.column.addWidget(self.table, 1)

    def show_result(self, result: PairResult) -> None:
        """Show the episodes of a pair."""
        widest = max(result.report.pair.protocol.onsets_us)
        rows = [
            (one, part)
            for one in result.report.tracks
            for part in one.episodes
            if _has_something(part, widest)
        ]
        self.table.show_rows(self._columns(result, widest), rows)

    def _columns(self, result: PairResult, widest: int) -> tuple[FigureColumn, ...]:
        scheme = result.scheme
        order = {plan.id: place for place, plan in enumerate(scheme.procedure.episodes)}

        def hits(row: tuple[TrackAgreement, EpisodeAgreement]) -> Hits:
            return dict(row[1].hits)[widest]

        def count(title: str, of: Callable[[Hits], int]) -> FigureColumn:
            return FigureColumn(
                title=title, text=lambda row: str(of(hits(row))), order=lambda row: of(hits(row))
            )

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
            FigureColumn(
                title=self.tr("F1, {0}").format(seconds_words(widest)),
                text=lambda row: short(hits(row).f1),
                order=lambda row: hits(row).f1.value,
            ),
            count(self.tr("Matched"), lambda found: found.hits),
            count(self.tr("Misses"), lambda found: found.misses),
            count(self.tr("False alarms"), lambda found: found.false_alarms),
        )


class RatingsPage(PairPage):
    """Both ratings of each scale in each episode, and how far they lie apart."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.sentence = lettering(theme, "", FontUse.BODY)
        self.axis = IntervalAxis(theme, self.tr("Differences of ratings"), self)
        self.table = FigureTable(theme, self.tr("Ratings of both"), self)
        self._panel = self.panel(self.tr("Second minus first"), self.axis)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._panel)
        column.addStretch(1)
        self.column.addWidget(self.sentence)
        row = self.row(scrolled(body), self.table)
        self.column.addLayout(row, 1)

    def show_result(self, result: PairResult) -> None:
        """Show the ratings of a pair."""
        report, (first, second) = result.report, result.report.pair.coders
        said = [row for row in report.ratings if row.reference != row.own or _rated(row.own)]
        both = [row for row in said if row.difference is not None]
        gaps = [row.difference or 0.0 for row in both]
        words = self.tr(
            "{0} rated by both: {1} equal, {2} within one point. One session gives no coefficient; "
            "compare several sessions for that."
        )
        near = sum(abs(gap) <= 1 for gap in gaps)
        self.sentence.setText(words.format(len(both), gaps.count(0.0), near))
        rows = [
            IntervalRow(
                label=slot_sign(row.slot, result.scheme),
                value=row.difference,
                n=1,
                note=slot_words(row.slot, result.scheme),
            )
            for row in both
        ]
        whole = all(gap == int(gap) for gap in gaps)
        self.axis.show_rows(rows, replace(difference_scale(rows), decimals=0 if whole else 1))
        self._panel.setVisible(bool(rows))
        self.table.show_rows(
            (
                FigureColumn(
                    title=self.tr("Scale"),
                    text=lambda row: slot_words(row.slot, result.scheme),
                    left=True,
                ),
                FigureColumn(title=first, text=lambda row: self._score(row.reference)),
                FigureColumn(title=second, text=lambda row: self._score(row.own)),
                FigureColumn(
                    title=self.tr("Difference"),
                    text=_gap,
                    order=lambda row: row.difference,
                ),
            ),
            said,
        )

    def _score(self, score: Score) -> str:
        if isinstance(score, Points):
            return point_text(score.value)
        return self.tr("cannot be coded") if isinstance(score, Missing) else self.tr("not rated")


class ClassPage(PairPage):
    """Both classes at every level."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.table = FigureTable(theme, self.tr("Classes of both"), self)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(
            self.caption(self.tr("One session gives no coefficient; compare several sessions."))
        )

    def show_result(self, result: PairResult) -> None:
        """Show the classes of a pair."""
        first, second = result.report.pair.coders
        rows = [row for row in result.report.classes if row.reference or row.own]
        verdicts = {
            True: self.tr("same"),
            False: self.tr("differs"),
            None: self.tr("not comparable"),
        }
        self.table.show_rows(
            (
                FigureColumn(
                    title=self.tr("Level"), text=lambda row: level_words(row.level), left=True
                ),
                FigureColumn(title=first, text=lambda row: _class(row.reference), left=True),
                FigureColumn(title=second, text=lambda row: _class(row.own), left=True),
                FigureColumn(title="", text=lambda row: verdicts[row.agrees], left=True),
            ),
            rows,
        )


def _count_column(coder: str, place: int) -> FigureColumn:
    return FigureColumn(
        title=coder,
        text=lambda row: str(row.counts[place]),
        order=lambda row: row.counts[place],
    )


def _f1_column(title: str, place: int) -> FigureColumn:
    return FigureColumn(
        title=title,
        text=lambda row: short(row.onsets[place].counts.f1),
        order=lambda row: row.onsets[place].counts.f1.value,
    )


def _code_rows(one: TrackAgreement) -> Iterator[CodeRow]:
    for place in range(len(one.track.codes)):
        counts = int((one.a.codes == place).sum()), int((one.b.codes == place).sum())
        found = sorted(
            (onset for onset in one.onsets if onset.code == place),
            key=lambda onset: onset.tolerance_us,
        )
        if any(counts) and found:
            yield CodeRow(track=one, place=place, onsets=tuple(found), counts=counts)


def _has_something(part: EpisodeAgreement, widest: int) -> bool:
    table = part.table
    used = table is not None and bool(table[:-1].any() or table[:, :-1].any())
    return used or bool(dict(part.hits)[widest].n)


def _lag(time_us: float | None) -> str:
    return DASH if time_us is None else signed(time_us / SECOND_US)


def _quartiles(onset: OnsetAgreement) -> str:
    low, high = onset.lags.quartiles_us
    if low.value is None or high.value is None:
        return DASH
    return f"{_lag(low.value)} … {_lag(high.value)}"


def _time(row: CodeRow) -> str:
    return "" if row.track.time is None else short(row.track.time.by_code[row.place])


def _rated(score: Score) -> bool:
    return isinstance(score, Points)


def _gap(row: RatingDifference) -> str:
    gap = row.difference
    return DASH if gap is None else signed(gap, 0 if gap == int(gap) else 1)


def _class(name: str) -> str:
    return name.replace("_", " ") or DASH
