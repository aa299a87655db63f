"""The figures of one submission in a strip: what they are of, their interval, what they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ssp_coder.agreement.wilson import wilson
from ssp_coder.domain.ethogram import GroupId
from ssp_coder.domain.time import SECOND_US
from ssp_coder.reporting.signs import minus
from ssp_coder.training.evaluation import TOLERANCES_US
from ssp_coder.ui.agreement.words import why_words
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.rate.lettering import short_lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssp_coder.agreement.estimate import Estimate
    from ssp_coder.training.evaluation import CaseFigures
    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.training.lesson import Lesson

_WIDEST_US = TOLERANCES_US[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One figure in words.

    Attributes:
        value: as it is written, or a dash.
        of: what it is of.
        basis: its interval and n, or why there is none.
    """

    value: str
    of: str
    basis: str


class VerdictStrip(QScrollArea):
    """Shows figures side by side."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.verdicts: tuple[Verdict, ...] = ()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("panel", True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        describe(self, self.tr("Figures of this submission"))

    def clear(self) -> None:
        """Show no figures."""
        self.verdicts = ()
        self.setWidget(QWidget(self))
        describe(self, self.tr("Figures of this submission"))

    def show_lesson(self, lesson: Lesson) -> None:
        """Show the figures of a submission that was held against its reference."""
        self.verdicts = tuple(self._verdicts(lesson))
        px = self._theme.px
        inside = QWidget(self)
        row = QHBoxLayout(inside)
        row.setContentsMargins(px(16), px(8), px(16), px(8))
        row.setSpacing(px(26))
        for verdict in self.verdicts:
            row.addWidget(self._cell(verdict, inside))
        row.addStretch(1)
        self.setWidget(inside)
        # The frame's own ground.
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self.setFixedHeight(inside.sizeHint().height() + px(4))
        spoken = "; ".join(f"{one.of}: {one.value}, {one.basis}" for one in self.verdicts)
        describe(self, self.tr("Figures of this submission"), spoken)

    def _cell(self, verdict: Verdict, parent: QWidget) -> QWidget:
        cell = QWidget(parent)
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for words, use, tone in (
            (verdict.value, FontUse.MEDIA_TIME, ""),
            (verdict.of, FontUse.CAPTION, ""),
            (verdict.basis, FontUse.CAPTION, "second"),
        ):
            label = short_lettering(self._theme, words, use, tone)
            label.setMinimumWidth(label.sizeHint().width())
            column.addWidget(label)
        return cell

    def _verdicts(self, lesson: Lesson) -> Iterator[Verdict]:
        if lesson.agreement is not None:
            focal = lesson.reference.scheme.procedure.focal_subject
            for one in lesson.agreement.tracks:
                track = one.track
                if one.time is None or track.is_setting or not track.exclusive:
                    continue
                if track.subject == focal:
                    title = str(lesson.reference.scheme.ethogram.group(GroupId(track.group)).title)
                    yield self._kappa(title, one.time.exact.kappa)
        if lesson.figures is not None:
            yield self._onsets(lesson.figures)
            yield self._lag(lesson.figures)

    def _kappa(self, title: str, estimate: Estimate) -> Verdict:
        of = self.tr("kappa, {0}").format(title)
        if estimate.value is None:
            return Verdict(value=_DASH, of=of, basis=why_words(estimate))
        basis = self.tr("n = {0} s").format(estimate.n)
        if estimate.low is not None and estimate.high is not None:
            words = self.tr("{0} to {1}, n = {2} s")
            basis = words.format(_short(estimate.low), _short(estimate.high), estimate.n)
        return Verdict(value=_short(estimate.value), of=of, basis=basis)

    def _onsets(self, figures: CaseFigures) -> Verdict:
        within = [one for one in figures.tallies if one.tolerance_us == _WIDEST_US]
        found = sum(one.matches for one in within)
        n = sum(one.n_reference for one in within)
        of = self.tr("onsets found within {0} s").format(f"{_WIDEST_US / SECOND_US:g}")
        if not n:
            return Verdict(value=_DASH, of=of, basis=self.tr("the reference has none"))
        low, high = wilson(found, n)
        words = self.tr("{0} to {1} %, {2} of {3}")
        basis = words.format(round(100 * low), round(100 * high), found, n)
        return Verdict(value=f"{round(100 * found / n)} %", of=of, basis=basis)

    def _lag(self, figures: CaseFigures) -> Verdict:
        lags = sorted(figures.lags_us)
        of = self.tr("median lag")
        if not lags:
            return Verdict(value=_DASH, of=of, basis=self.tr("no onset in common"))
        middle = len(lags) // 2
        median = lags[middle] if len(lags) % 2 else (lags[middle - 1] + lags[middle]) / 2
        quarter, rest = lags[len(lags) // 4], lags[-1 - len(lags) // 4]
        words = self.tr("half lie in {0} to {1} s, n = {2}")
        basis = words.format(_signed(quarter), _signed(rest), len(lags))
        return Verdict(value=f"{_signed(median)} s", of=of, basis=basis)


_DASH = "\N{EN DASH}"


def _short(value: float) -> str:
    return minus(f"{value:z.2f}")


def _signed(lag_us: float) -> str:
    text = f"{lag_us / SECOND_US:+.1f}"
    return "0.0" if not float(text) else minus(text)
