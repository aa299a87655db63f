"""Who called what how: one confusion matrix for each person and group of codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ssp_coder.domain.ethogram import GroupId
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.choice import ComboBox
from ssp_coder.ui.pairs.items import PairNames, usual_names
from ssp_coder.ui.pairs.matrix import LEAST_CELL_PX, NO_MATRIX, ConfusionGrid, Matrix, Place
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QPoint

    from ssp_coder.agreement.confusion import Cell
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.theme.theme import Theme

_Key = tuple[str, GroupId]
_NO_KEY: _Key = ("", GroupId(""))


class GroupMatrices(QWidget):
    """A choice of groups above the matrix of the one chosen.

    Signals:
        cell_chosen: the `Cell` chosen, None when none is any more.
    """

    cell_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cells: dict[_Key, dict[Place, Cell]] = {}
        self._matrices: dict[_Key, Matrix] = {}
        self.groups = ComboBox(theme, self)
        self.grid = ConfusionGrid(theme, self)
        self._sides = QLabel(self)
        self._sum = QLabel(self)
        self._area = QScrollArea(self)
        self._build()
        self.groups.currentIndexChanged.connect(self._change_group)
        self.grid.cell_chosen.connect(self._tell)
        self.grid.place_reached.connect(self._show_place)

    @property
    def chosen(self) -> Cell | None:
        """The cell that was chosen."""
        place = self.grid.chosen
        return None if place is None else self._cells.get(self._key(), {}).get(place)

    def show_cells(
        self, cells: Iterable[Cell], scheme: Scheme, names: PairNames | None = None
    ) -> None:
        """Show the cells of two codings; the group in front stays where it still has any."""
        held = self._key()
        self._cells, self._matrices = {}, {}
        by_group: dict[_Key, list[Cell]] = {}
        for cell in cells:
            by_group.setdefault((cell.subject, GroupId(cell.group)), []).append(cell)
        called = names or usual_names()
        for key, found in by_group.items():
            self._matrices[key], self._cells[key] = _matrix(found, scheme, self._words(called))
        order = sorted(self._matrices, key=lambda one: _order(one, scheme))
        first = next((one for one in order if self._differs(one)), _NO_KEY)
        self._fill(order, scheme, held if held in self._matrices else first)
        self._sides.setText(self.tr("{0} down, {1} across").format(called.reference, called.own))
        self._show_group()

    def clear_choice(self) -> None:
        """Give the chosen cell up, without a signal."""
        self.grid.show_chosen(None)

    def _words(self, names: PairNames) -> tuple[str, str, str]:
        return names.reference, names.own, self.tr("nothing")

    def _key(self) -> _Key:
        key = self.groups.currentData()
        return key if isinstance(key, tuple) else _NO_KEY

    def _differs(self, key: _Key) -> bool:
        return self._matrices[key].alike < self._matrices[key].n

    def _fill(self, order: list[_Key], scheme: Scheme, held: _Key) -> None:
        self.groups.blockSignals(True)
        self.groups.clear()
        for key in order:
            matrix = self._matrices[key]
            words = self.tr("{0}: {1} of {2} alike")
            title = _title(key, scheme)
            self.groups.addItem(words.format(title, matrix.alike, matrix.n), key)
            if key == held:
                self.groups.setCurrentIndex(self.groups.count() - 1)
        self.groups.blockSignals(False)

    def _show_group(self) -> None:
        matrix = self._matrices.get(self._key(), NO_MATRIX)
        self.grid.show_matrix(matrix)
        words = self.tr("n = {0}, {1} differ")
        self._sum.setText(words.format(matrix.n, matrix.n - matrix.alike) if matrix.n else "")

    def _change_group(self) -> None:
        had = self.grid.chosen is not None
        self.grid.show_chosen(None)
        self._show_group()
        if had:
            self.cell_chosen.emit(None)

    def _show_place(self, place: QPoint) -> None:
        side = self._theme.px(LEAST_CELL_PX)
        self._area.ensureVisible(place.x(), place.y(), side, side)

    def _tell(self, _place: object) -> None:
        self.cell_chosen.emit(self.chosen)

    def _build(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(10), px(8), px(10), px(8))
        column.setSpacing(px(6))
        describe(self.groups, self.tr("Group of codes"))
        column.addWidget(self.groups)
        line = QHBoxLayout()
        for label in (self._sides, self._sum):
            label.setFont(self._theme.font(FontUse.CAPTION))
            label.setProperty("tone", "hint")
        line.addWidget(self._sides, 1)
        line.addWidget(self._sum)
        column.addLayout(line)
        area = self._area
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.grid)
        for part in (area.viewport(), self.grid):
            part.setAutoFillBackground(False)
        column.addWidget(area, 1)


def _order(key: _Key, scheme: Scheme) -> tuple[bool, int]:
    """The focal person first, groups as the ethogram has them."""
    groups = [group.id for group in scheme.ethogram.groups]
    return key[0] != scheme.procedure.focal_subject, groups.index(key[1])


def _title(key: _Key, scheme: Scheme) -> str:
    group = scheme.ethogram.group(key[1])
    if len(group.subjects) == 1:
        return str(group.title)
    people = {subject: scheme.procedure.person(subject).title for subject in group.subjects}
    person = next((title for subject, title in people.items() if subject == key[0]), None)
    return str(group.title) if person is None else f"{group.title}, {person.within}"


def _matrix(
    cells: list[Cell], scheme: Scheme, words: tuple[str, str, str]
) -> tuple[Matrix, dict[Place, Cell]]:
    """The matrix of one group: its codes that occur, in its order, and last nothing."""
    used = {code for cell in cells for code in (cell.reference, cell.own)}
    codes = [
        code for code in scheme.ethogram.group(GroupId(cells[0].group)).codes if code.id in used
    ]
    places = {str(code.id): place for place, code in enumerate(codes)}
    places[""] = len(codes)
    by_place = {(places[cell.reference], places[cell.own]): cell for cell in cells}
    down, across, nothing = words
    matrix = Matrix(
        labels=(*(str(code.short) for code in codes), nothing),
        counts={place: cell.count for place, cell in by_place.items()},
        down=down,
        across=across,
        has_nothing=True,
    )
    return matrix, by_place
