"""The differences of two codings as a list, each with how it was settled."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, fields
from pathlib import Path

from ssp_coder.agreement.consensus import Draw, OpenItem, answer_of
from ssp_coder.domain.coding import Event
from ssp_coder.domain.scale import Missing, Points
from ssp_coder.domain.settlement import SettledFor, Settlement
from ssp_coder.domain.time import clock_text
from ssp_coder.storage.coding_file import open_read_only
from ssp_coder.storage.consensus_file import Sides, beginning_of, check_origins
from ssp_coder.storage.settlements import settled_in


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsensusRow:
    """One difference.

    Attributes:
        item: key by which the log of the consensus names it.
        time: where to look, empty for what belongs to no moment.
        first: what the first coding has.
        second: what the second has.
        settled: for whom it was settled, empty while it is open.
    """

    item: str
    kind: str
    time: str
    first: str
    second: str
    settled: str = ""
    reason: str = ""
    decided_by: str = ""


def consensus_rows(sides: Sides, consensus: Path | None) -> tuple[ConsensusRow, ...]:
    """Everything that two codings have differently, with what was settled until now.

    Raises:
        DomainError: the consensus cannot be read, or is drawn from other codings.
    """
    if consensus is None:
        found = sides.drawn()
        return tuple(_row(found, item, None) for item in found.items)
    with open_read_only(consensus) as file:
        check_origins(file, sides)
        found = sides.drawn(beginning_of(file).tolerance_us)
        settled = settled_in(file)
    return tuple(_row(found, item, settled.get(item.key)) for item in found.items)


def rows_csv(rows: tuple[ConsensusRow, ...]) -> bytes:
    """The list with its header."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    names = [field.name for field in fields(ConsensusRow)]
    writer.writerow(names)
    writer.writerows([getattr(row, name) for name in names] for row in rows)
    return text.getvalue().encode()


def _row(found: Draw, item: OpenItem, settled: Settlement | None) -> ConsensusRow:
    return ConsensusRow(
        item=item.key,
        kind=item.kind.value,
        time="" if item.at_us is None else clock_text(item.at_us),
        first=_said(found, item, SettledFor.FIRST),
        second=_said(found, item, SettledFor.SECOND),
        settled="" if settled is None else settled.taken.value,
        reason="" if settled is None else settled.reason,
        decided_by="" if settled is None else settled.who,
    )


def _said(found: Draw, item: OpenItem, taken: SettledFor) -> str:
    if item.found is not None and item.found.at_level is not None:
        at = item.found.at_level
        return at.own if taken is SettledFor.FIRST else at.reference
    answer = answer_of(found, item, taken)
    if answer.index is not None:
        return f"{answer.index.theme} {answer.index.strength}"
    if answer.rating is not None:
        return _score(answer.rating.score)
    return " ".join(_event(event) for event in answer.events)


def _score(score: Points | Missing) -> str:
    return f"{score.value:g}" if isinstance(score, Points) else score.reason


def _event(event: Event) -> str:
    modifiers = " ".join(f"{name}={value}" for name, value in event.modifiers)
    times = clock_text(event.start_us)
    if event.end_us is not None and event.end_us != event.start_us:
        times = f"{times}-{clock_text(event.end_us)}"
    return " ".join(part for part in (event.code, modifiers, times) if part)
