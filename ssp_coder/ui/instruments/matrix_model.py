"""The matrix of a rule table as Qt's item model, every cell with its spoken words."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ssp_coder.ui.instruments.matrix import Cell, Column, Matrix, Row
from ssp_coder.ui.instruments.words import origin_word, source_words
from ssp_coder.ui.kit.rating_row import point_text

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

CELL_ROLE = int(Qt.ItemDataRole.UserRole)
"""The `Cell` of an index; None for other columns and for inputs that the row ignores."""

TITLE_COLUMN = 0


class MatrixModel(QAbstractTableModel):
    """Column 0 names the row, then the inputs, then the outcome and the origin."""

    def __init__(self, matrix: Matrix, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._matrix = matrix

    @property
    def matrix(self) -> Matrix:
        """What is shown."""
        return self._matrix

    def show_points(self, points: dict[str, float]) -> None:
        """Show the ratings of a coding in the cells; an empty table takes them away."""
        matrix = self._matrix.with_points(points)
        if matrix != self._matrix:
            self._matrix = matrix
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802, D102 - Qt's name
        return 0 if parent.isValid() else len(self._matrix.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802, D102 - Qt's name
        return 0 if parent.isValid() else len(self._matrix.columns) + 3

    def outcome_column(self) -> int:
        """Where the outcome stands."""
        return len(self._matrix.columns) + 1

    def input_at(self, section: int) -> Column | None:
        """The input of a column, None for the columns around them."""
        inside = 0 < section <= len(self._matrix.columns)
        return self._matrix.columns[section - 1] if inside else None

    def row_at(self, row: int) -> Row:
        """The rule or profile of a row."""
        return self._matrix.rows[row]

    def cell_at(self, index: Index) -> Cell | None:
        """The cell of an index."""
        if self.input_at(index.column()) is None:
            return None
        return self._matrix.rows[index.row()].cells[index.column() - 1]

    def headerData(  # noqa: N802, D102 - Qt's name
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self.input_at(section)
        if role == Qt.ItemDataRole.ToolTipRole and column is not None:
            return ". ".join(part for part in (column.title, column.note) if part)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if column is not None:
            return column.sign
        return {TITLE_COLUMN: self.tr("Row"), self.outcome_column(): self.tr("Gives")}.get(
            section, self.tr("Origin")
        )

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:  # noqa: D102 - Qt's name
        if not index.isValid():
            return None
        row = self._matrix.rows[index.row()]
        if role == CELL_ROLE:
            return self.cell_at(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(index, row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(index, row)
        return None

    def _words(self, index: Index, row: Row) -> str:
        column = self.input_at(index.column())
        if column is not None:
            return self._cell_words(column, row.cells[index.column() - 1])
        if index.column() == TITLE_COLUMN:
            return row.title
        is_outcome = index.column() == self.outcome_column()
        return row.outcome if is_outcome else origin_word(row.provenance.origin)

    def _cell_words(self, column: Column, cell: Cell | None) -> str:
        name = f"{column.sign} {column.place}".strip()
        if cell is None:
            return self.tr("{0}: any").format(name)
        words = f"{name}: {range_words(cell)}"
        if cell.either:
            words = self.tr("{0}, or another of this row").format(words)
        if cell.inner is not None:
            part = range_words(Cell(low=cell.inner[0], high=cell.inner[1]))
            words = self.tr("{0}, and {1} or another of this row").format(words, part)
        if column.point is None:
            return words
        inside = self.tr("inside") if cell.holds(column.point) else self.tr("outside")
        return self.tr("{0}; rated {1}, {2}").format(words, point_text(column.point), inside)

    def _tip(self, index: Index, row: Row) -> str:
        column = self.input_at(index.column())
        if column is not None:
            return f"{column.title}\n{self._words(index, row)}"
        return row.gist or f"{row.title}\n{source_words(row.provenance)}"


def range_words(cell: Cell) -> str:
    """A range as a cell shows it, ``5\N{EN DASH}7``, or a single number."""
    if cell.low == cell.high:
        return point_text(cell.low)
    return f"{point_text(cell.low)}\N{EN DASH}{point_text(cell.high)}"
