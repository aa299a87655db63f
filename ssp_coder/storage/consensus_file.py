"""The file that a consensus is kept in, and the two coding files it is drawn from.

The two are only read. The consensus knows them by the last hash of their logs, so that it is never
gone on with beside others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ssp_coder.agreement.comparison import DEFAULT_TOLERANCE_US
from ssp_coder.agreement.consensus import Draw, draw
from ssp_coder.domain.coding import Coding, CodingRole, Comment, CommentId, CommentKind, Media
from ssp_coder.domain.finding import DomainError, Finding, Severity
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.settlement import Origin
from ssp_coder.domain.time import Micros
from ssp_coder.editing.edits import BeginConsensus
from ssp_coder.media.recording import way_down
from ssp_coder.storage.coding_file import (
    CodingFile,
    create,
    open_for_writing,
    open_read_only,
)

BEGINNING_ROW = 1
"""Row of the log of a consensus that says what it is drawn from."""


class ConsensusError(DomainError):
    """A consensus cannot be drawn from these codings, or not be gone on with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two codings, as it lies on the disk.

    Attributes:
        path: the file, which is never written.
        head: hash of the last row of its log.
    """

    path: Path
    coding: Coding
    scheme: Scheme
    head: str

    @property
    def origin(self) -> Origin:
        """What the consensus keeps of it."""
        return Origin(coder=self.coding.coder, file=self.path.name, head=self.head)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Two codings that a consensus can be drawn from."""

    first: Side
    second: Side

    @property
    def coder(self) -> str:
        """What the consensus has for a coder."""
        return f"{self.first.coding.coder}+{self.second.coding.coder}"

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What a person should know before beginning: a coding that can still change."""
        return tuple(_unlocked(side) for side in self._both if not side.coding.locked)

    @property
    def _both(self) -> tuple[Side, Side]:
        return self.first, self.second

    def drawn(self, tolerance_us: Micros = DEFAULT_TOLERANCE_US) -> Draw:
        """What both have alike, and what is to be settled.

        Raises:
            DomainError: they were not made with their scheme.
        """
        first, second = self._both
        return draw(first.coding, second.coding, first.scheme, tolerance_us)


def read_sides(first: Path, second: Path) -> Sides:
    """Read two codings that a consensus is to be drawn from.

    Raises:
        DomainError: one cannot be read, is a consensus itself, or they do not belong together.
    """
    if first.resolve() == second.resolve():
        raise _refuse("same_file", "both are the same file", "choose two codings", first)
    sides = Sides(first=_side(first), second=_side(second))
    for refusal in _why_not(sides):
        raise refusal
    return sides


def begin(path: Path, sides: Sides, *, who: str, words: str) -> CodingFile:
    """Make the file of a consensus, which holds what both have alike.

    Args:
        path: where; nothing may be there yet.
        sides: the two codings.
        who: id of whoever writes, for the log.
        words: comment that says to people what was taken over.

    Raises:
        DomainError: there is a file already, the folder cannot be written, or what both have
            alike does not fit together.
    """
    found = sides.drawn()
    first, second = sides.first, sides.second
    coding = Coding(
        session=first.coding.session,
        coder=sides.coder,
        role=CodingRole.CONSENSUS,
        media=_media(sides, path),
    )
    edit = BeginConsensus(
        first=first.origin,
        second=second.origin,
        tolerance_us=found.comparison.tolerance_us,
        agreed=found.agreed,
        comment=Comment(id=CommentId(0), kind=CommentKind.NOTE, words=words, settled=True),
    )
    file = create(path, coding=coding, scheme=first.scheme, who=who)
    try:
        file.document().submit(edit)
    except BaseException:
        file.abandon()
        path.unlink(missing_ok=True)
        raise
    return file


def go_on(path: Path, sides: Sides, *, who: str) -> CodingFile:
    """Open a consensus to settle what is still open.

    Raises:
        DomainError: it is none, it is drawn from other codings, or it cannot be opened.
    """
    with open_read_only(path) as file:
        check_origins(file, sides)
    return open_for_writing(path, who)


def check_origins(file: CodingFile, sides: Sides) -> None:
    """See that a consensus is drawn from these codings, as they are now.

    Raises:
        DomainError: it is no consensus, or drawn from others.
    """
    begun = beginning_of(file)
    for side, origin in zip((sides.first, sides.second), (begun.first, begun.second), strict=True):
        if side.head != origin.head:
            raise _refuse(
                "other_origin",
                f"the consensus is drawn from {origin.file} as it was then, which {side.path.name} "
                "is not",
                "choose the codings it was begun with, or begin another consensus",
                file.path,
            )


def beginning_of(file: CodingFile) -> BeginConsensus:
    """What a consensus is drawn from, and how.

    Raises:
        DomainError: it is no consensus of two codings.
    """
    for past in file.past(BEGINNING_ROW, BEGINNING_ROW):
        if past.step is not None and isinstance(past.step.edit, BeginConsensus):
            return past.step.edit
    raise _refuse(
        "no_consensus",
        "it was not begun from two codings",
        "choose a consensus that was begun here, or another name for a new one",
        file.path,
    )


def refuse_consensus(coding: Coding, place: str) -> None:
    """See that agreement is only told of independent work.

    Raises:
        ConsensusError: it is a consensus, which knows what both coders saw.
    """
    if coding.role is CodingRole.CONSENSUS:
        raise ConsensusError(
            Finding(
                code="consensus.no_reliability",
                message=f"the coding by {coding.coder} is a consensus, and reliability is only "
                "told of codings made independently",
                place=place,
                remedy="name the codings it was drawn from",
            )
        )


def _side(path: Path) -> Side:
    with open_read_only(path) as file:
        return Side(path=path.resolve(), coding=file.coding, scheme=file.scheme, head=file.head)


def _why_not(sides: Sides) -> Iterator[ConsensusError]:
    first, second = sides.first, sides.second
    for side in (first, second):
        if side.coding.role is CodingRole.CONSENSUS:
            yield _refuse(
                "of_consensus",
                "it is a consensus itself",
                "choose codings that two persons made independently",
                side.path,
            )
    one, other = first.coding, second.coding
    if one.session != other.session:
        yield _refuse(
            "other_session",
            f"is of session {other.session}, the first of {one.session}",
            "choose two codings of one session",
            second.path,
        )
    if first.scheme.sha256 != second.scheme.sha256:
        yield _refuse(
            "other_scheme",
            f"was made with scheme {second.scheme.id} {second.scheme.version} in other files than "
            f"the first with {first.scheme.id} {first.scheme.version}",
            "compare the two versions of the instruments; only one scheme can be settled",
            second.path,
        )


def _media(sides: Sides, path: Path) -> tuple[Media, ...]:
    """The videos of the first, else of the second, as they are reached from another folder."""
    side = sides.first if sides.first.coding.media else sides.second
    folder = side.path.parent
    return tuple(
        replace(one, relative_path=way_down(folder / one.relative_path, path.resolve()))
        if one.relative_path
        else one
        for one in side.coding.media
    )


def _unlocked(side: Side) -> Finding:
    return Finding(
        code="consensus.unlocked",
        message=f"the coding by {side.coding.coder} is not locked and can still change",
        place=str(side.path),
        remedy="lock it first; a consensus cannot be gone on with once it has changed",
        severity=Severity.WARNING,
    )


def _refuse(code: str, message: str, remedy: str, path: Path) -> ConsensusError:
    return ConsensusError(
        Finding(code=f"consensus.{code}", message=message, place=str(path), remedy=remedy)
    )
