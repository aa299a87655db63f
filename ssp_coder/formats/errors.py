"""What is wrong with a file, said with file, line, column and remedy."""

from __future__ import annotations

from ssp_coder.domain.finding import DomainError, Finding

MOST_LISTED = 20
"""Faults listed at most; after these a file needs another look anyway."""


class FormatError(DomainError):
    """A file cannot be read or written as asked; nothing was changed.

    Attributes:
        findings: every fault found, up to `MOST_LISTED`.
    """

    def __init__(self, *findings: Finding) -> None:
        super().__init__(_summary(findings))
        self.findings = findings

    def sentences(self) -> tuple[str, ...]:
        """One sentence a fault."""
        return tuple(finding.sentence() for finding in self.findings)


def _summary(findings: tuple[Finding, ...]) -> Finding:
    first = findings[0]
    if len(findings) == 1:
        return first
    count = f"{len(findings)}" if len(findings) < MOST_LISTED else f"{MOST_LISTED} or more"
    return Finding(
        code=first.code,
        message=f"{first.message} (the first of {count} faults)",
        place=first.place,
        remedy=first.remedy,
    )


def place_in(file: str, *, line: int = 0, column: str = "") -> str:
    """``events.csv, line 3, column start_s``; line 0 and an empty column are left out."""
    parts = [file]
    if line:
        parts.append(f"line {line}")
    if column:
        parts.append(f"column {column}")
    return ", ".join(parts)


class Faults:
    """Faults of one file, gathered so that all can be mended in one go."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._findings: list[Finding] = []

    def __len__(self) -> int:
        return len(self._findings)

    @property
    def is_full(self) -> bool:
        """Whether as many are listed as will be."""
        return len(self._findings) >= MOST_LISTED

    def add(self, code: str, message: str, remedy: str, *, line: int = 0, column: str = "") -> None:
        """Take a fault, unless enough are listed.

        Args:
            code: dotted name of the kind of fault.
            message: the fact, one clause.
            remedy: what to do.
            line: line of the file, from 1.
            column: column name.
        """
        if not self.is_full:
            place = place_in(self.file, line=line, column=column)
            self._findings.append(Finding(code=code, message=message, place=place, remedy=remedy))

    def refuse_if_any(self) -> None:
        """Raise when there is any.

        Raises:
            FormatError: lists them.
        """
        if self._findings:
            raise FormatError(*self._findings)


def refusal(code: str, message: str, remedy: str, *, place: str) -> FormatError:
    """The error for a single fault.

    Args:
        code: dotted name of the kind of fault.
        message: the fact, one clause.
        remedy: what to do.
        place: file, and line and column where they are known.
    """
    return FormatError(Finding(code=code, message=message, place=place, remedy=remedy))
