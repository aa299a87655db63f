"""What is worked out before two coders settle anything: their agreement, and what is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssp_coder.agreement.protocol import USUAL_PROTOCOL
from ssp_coder.formats.writing import write_together
from ssp_coder.reporting.agreement_before import agreement_before, agreement_path
from ssp_coder.storage.consensus_file import Sides, begin, beginning_of, go_on, read_sides
from ssp_coder.storage.settlements import Settlements
from ssp_coder.ui.agreement.work import PairOrder, PairResult, Shelf, Work, pair_work
from ssp_coder.ui.consensus.words import beginning_words

if TYPE_CHECKING:
    from pathlib import Path

    from ssp_coder.agreement.consensus import Draw
    from ssp_coder.storage.coding_file import CodingFile
    from ssp_coder.ui.agreement.work import Cancelled, Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Two codings that can be settled.

    Attributes:
        result: how far they agree, worked out from them alone.
        found: what both have alike, and what is to be settled.
    """

    sides: Sides
    result: PairResult
    found: Draw

    @property
    def place(self) -> Path:
        """Where the consensus is written unless somebody says otherwise."""
        first = self.sides.first
        return first.path.with_name(f"{first.coding.session}.{self.sides.coder}.sspc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A consensus that is open for settling."""

    prepared: Prepared
    file: CodingFile
    settlements: Settlements


def preparing_work(first: Path, second: Path, shelf: Shelf) -> Work:
    """Reads and compares two codings; it holds values only, no widget."""

    def work(progress: Progress, cancelled: Cancelled) -> object:
        sides = read_sides(first, second)
        order = PairOrder(
            first=sides.first.path, second=sides.second.path, protocol=USUAL_PROTOCOL, shelf=shelf
        )
        result = pair_work(order)(progress, cancelled)
        if not isinstance(result, PairResult):
            raise TypeError("a comparison of two codings gave something else")
        return Prepared(sides=sides, result=result, found=sides.drawn())

    return work


def opened(prepared: Prepared, path: Path, who: str) -> Opened:
    """Begin a consensus, or go on with the one that is there.

    Raises:
        DomainError: there is another coding of that name, or nothing can be written there.
    """
    sides = prepared.sides
    file = go_on(path, sides, who=who) if path.exists() else _begun(prepared, path, who)
    try:
        file.flush()
        found = sides.drawn(beginning_of(file).tolerance_us)
        return Opened(prepared=prepared, file=file, settlements=Settlements(file.document(), found))
    except BaseException:
        file.abandon()
        raise


def _begun(prepared: Prepared, path: Path, who: str) -> CodingFile:
    """A new consensus beside the agreement before it; neither is there without the other."""
    sides = prepared.sides
    origins = (sides.first.origin, sides.second.origin)
    file = begin(path, sides, who=who, words=beginning_words(*origins))
    try:
        before = agreement_before(prepared.result.report, origins)
        write_together({agreement_path(path): before}, overwrite=True)
    except BaseException:
        file.abandon()
        path.unlink(missing_ok=True)
        raise
    return file
