"""Ratings against the bands of the best profiles and of the coder's own class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ssp_coder.domain.coding import Classification
from ssp_coder.domain.ruletable import RuleInput
from ssp_coder.domain.scale import Points
from ssp_coder.domain.verdict import FactTrace, ProfileFit, Verdict
from ssp_coder.ui.classify.words import input_sign, outside_words, score_words
from ssp_coder.ui.kit.band_row import Band, BandRow
from ssp_coder.ui.kit.panel import Panel, hairline
from ssp_coder.ui.kit.rating_row import RatingScale
from ssp_coder.ui.rate.lettering import IconLine, lettering, short_lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.theme.theme import Theme

BEST_SHOWN = 3
FIRST_BAND_COLUMN = 3


class BandsPanel(Panel):
    """A row an input, a column a profile: dot inside the band, cross outside it."""

    def __init__(self, theme: Theme, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self._scheme = scheme
        self.set_title(self.tr("Ratings in bands"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_fits(self, verdict: Verdict, own: Classification | None) -> None:
        """Show the best profiles of a verdict and the one of the own class."""
        fits = shown_fits(verdict, own)
        px = self._theme.px
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(px(14), px(6), px(14), px(8))
        column.setSpacing(px(4))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(1))
        self._add_headers(grid, fits, own)
        row = 1
        for rule_input in self._scheme.rules.inputs:
            cells = [cell_of(fit, rule_input.id) for fit in fits]
            if any(cells):
                self._add_input(grid, row, rule_input, list(zip(fits, cells, strict=True)))
                row += 2
        for place in range(len(fits)):
            grid.setColumnStretch(FIRST_BAND_COLUMN + place, 1)
        column.addLayout(grid)
        column.addLayout(self._build_legend())
        self.set_body(holder)

    def _add_headers(
        self, grid: QGridLayout, fits: tuple[ProfileFit, ...], own: Classification | None
    ) -> None:
        for place, fit in enumerate(fits):
            words = outside_words(fit)
            if own is not None and own_profile(own) == fit.subgroup:
                words = self.tr("yours, {0}").format(words)
            column = QVBoxLayout()
            column.setSpacing(0)
            name = lettering(self._theme, fit.subgroup, FontUse.LABEL_STRONG)
            column.addWidget(name)
            column.addWidget(lettering(self._theme, words, FontUse.CAPTION, "second"))
            grid.addLayout(column, 0, FIRST_BAND_COLUMN + place)

    def _add_input(
        self,
        grid: QGridLayout,
        row: int,
        rule_input: RuleInput,
        cells: list[tuple[ProfileFit, FactTrace | None]],
    ) -> None:
        sign, episode = input_sign(rule_input.id, self._scheme)
        score = next(cell.score for _, cell in cells if cell is not None)
        label = short_lettering(self._theme, sign, FontUse.TABLE)
        label.setToolTip(str(rule_input.title))
        grid.addWidget(hairline(), row, 0, 1, FIRST_BAND_COLUMN + len(cells))
        grid.addWidget(label, row + 1, 0)
        grid.addWidget(short_lettering(self._theme, episode, FontUse.TABLE, "second"), row + 1, 1)
        number = short_lettering(self._theme, score_words(score), FontUse.LABEL_STRONG)
        grid.addWidget(number, row + 1, 2, Qt.AlignmentFlag.AlignRight)
        point = score.value if isinstance(score, Points) else None
        for place, (fit, cell) in enumerate(cells):
            band = None if cell is None else Band(low=cell.low, high=cell.high)
            name = f"{rule_input.title}, {fit.subgroup}"
            line = BandRow(self._theme, scale_of(rule_input, name))
            line.show_band(band, point)
            grid.addWidget(line, row + 1, FIRST_BAND_COLUMN + place)

    def _build_legend(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(16))
        words = self.tr("Bar: band of the table. Dot: rating inside. Cross: rating outside.")
        line = IconLine(self._theme, "info", FontUse.CAPTION, "second")
        row.addWidget(line, 1)
        line.show_text(words)
        return row


def own_profile(own: Classification) -> str:
    """The profile that a class stands for: its subgroup, else its second class."""
    return own.subgroup or own.secondary


def shown_fits(verdict: Verdict, own: Classification | None) -> tuple[ProfileFit, ...]:
    """The best profiles, and the one of the own class when it is not among them."""
    best = verdict.fits[:BEST_SHOWN]
    name = own_profile(own) if own else ""
    return best + tuple(fit for fit in verdict.fits[BEST_SHOWN:] if fit.subgroup == name)


def cell_of(fit: ProfileFit, input_id: str) -> FactTrace | None:
    """What a profile expects of an input, or None when it does not look at it."""
    return next((cell for cell in fit.cells if cell.input == input_id), None)


def scale_of(rule_input: RuleInput, name: str) -> RatingScale:
    """An input as a row of points."""
    return RatingScale(
        name=name, minimum=rule_input.minimum, maximum=rule_input.maximum, step=rule_input.step
    )
