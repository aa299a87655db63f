"""The plan of double coding as files: the list that is given, one list a coder, and the key.

A coder's list names sessions and nothing else of the plan: a session that is coded for reliability
stands there like any other. Only the key tells, and it belongs to the one who leads the study.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ssp_coder.formats.dialect import FOR_EXCEL, Dialect, guarded, line_of, read_sheet, unguarded
from ssp_coder.training.double_coding import DoubleCoding, PlannedSession

KEY_FILE = "key.csv"
COLUMNS = ("session", "coder", "wave", "site")
_WORK_COLUMNS = ("session", "wave", "site")
_KEY_COLUMNS = ("session", "first", "second", "wave", "site", "share", "seed")


def read_sessions(path: Path) -> tuple[PlannedSession, ...]:
    """The sessions of a CSV file with the columns session and coder; wave and site if there are.

    Rows without any word, as spreadsheets leave them at the end, are none.

    Raises:
        FormatError: it cannot be read or lacks a column.
    """
    sheet = read_sheet(path, any_separator=True)
    sheet.require(COLUMNS[:2])
    return tuple(
        PlannedSession(**{column: unguarded(row.cell(column)) for column in COLUMNS})
        for row in sheet.rows
        if any(row.cell(column) for column in COLUMNS)
    )


def plan_files(plan: DoubleCoding, dialect: Dialect = FOR_EXCEL) -> dict[str, bytes]:
    """The name and content of every file of a plan."""
    files = {f"work-{coder}.csv": _work(plan, coder, dialect) for coder in plan.coders}
    return {KEY_FILE: _key(plan, dialect), **files}


def _work(plan: DoubleCoding, coder: str, dialect: Dialect) -> bytes:
    rows = [(one.session, one.wave, one.site) for one in plan.work_of(coder)]
    return _table(_WORK_COLUMNS, rows, dialect)


def _key(plan: DoubleCoding, dialect: Dialect) -> bytes:
    how = (f"{float(plan.share):g}", str(plan.seed))
    rows = [
        (
            one.planned.session,
            one.planned.coder,
            one.second,
            one.planned.wave,
            one.planned.site,
            *how,
        )
        for one in plan.twice
    ]
    return _table(_KEY_COLUMNS, rows, dialect)


def _table(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]], dialect: Dialect) -> bytes:
    cells = [[guarded(cell) if dialect.guards_text else cell for cell in row] for row in rows]
    return "".join(map(line_of, [columns, *cells])).encode(
        "utf-8-sig" if dialect.byte_order_mark else "utf-8"
    )
