"""A fact worth telling: what is wrong or missing, where, and what to do. No words on screen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fact about a coding or a data file.

    Attributes:
        code: dotted name of the kind of fact, such as ``event.outside_session``.
        message: one English sentence with the fact, for the command line and logs.
        place: what it is about (event id, slot, file and line), machine-readable where it can be.
        remedy: one sentence saying what to do, may be empty.
    """

    code: str
    message: str
    place: str = ""
    remedy: str = ""
    severity: Severity = Severity.ERROR

    def sentence(self) -> str:
        """Place, fact and remedy in one line."""
        head = f"{self.place}: {self.message}" if self.place else self.message
        return f"{head}; {self.remedy}" if self.remedy else head


class DomainError(Exception):
    """Something asked of the program cannot be done; carries the finding that says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.sentence())
        self.finding = finding
