"""Steps of a coding as the log tells them: what was asked for, what it did, by whom and when."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ssp_coder.editing.history import Step
from ssp_coder.storage import log
from ssp_coder.storage.edit_json import read_change, read_edit
from ssp_coder.storage.log import LogRow
from ssp_coder.storage.writer import Entry

BEGINNING = 0
"""Number of the row of the log that says what the coding was before the first step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastStep:
    """One step, told from its row of the log.

    Attributes:
        seq: number of the row; `BEGINNING` where the coding was made.
        step: what was asked for and what it did; None for the beginning.
        who: id of whoever did it.
        at_utc: when, ISO 8601.
        reason: the words given with it, may be empty.
    """

    seq: int
    step: Step | None
    who: str
    at_utc: str
    reason: str = ""


def past_steps(rows: Collection[LogRow], place: str) -> tuple[PastStep, ...]:
    """The steps that rows of the log tell; rows of an undo or a redo tell none.

    Args:
        rows: in any order.
        place: the file, for errors.

    Raises:
        StorageError: a row cannot be read.
    """
    return tuple(_past_step(row, place) for row in rows if row.kind in (log.START, log.EDIT))


def waiting_rows(entries: Collection[Entry]) -> Iterator[LogRow]:
    """The rows of the log that are still to be stored."""
    for entry in entries:
        for statement, values in entry.writes:
            if statement == log.INSERT:
                yield log.log_row(values)


def _past_step(row: LogRow, place: str) -> PastStep:
    step = None
    if row.kind == log.EDIT:
        where = f"{place}, row {row.seq} of the log"
        step = Step(
            seq=row.seq,
            edit=read_edit(row.edit or "", place=where),
            change=read_change(row.change or "", place=where),
        )
    return PastStep(seq=row.seq, step=step, who=row.who, at_utc=row.at_utc, reason=row.reason)
