"""What can be wrong with a training, told with the file, the fact and the remedy."""

from __future__ import annotations

from pathlib import Path

from ssp_coder.domain.finding import DomainError, Finding


class TrainingError(DomainError):
    """A pack, a logbook or an attempt cannot be used as asked; nothing was changed.

    Attributes:
        findings: every fault that was found, the first of them is the one told.
    """

    def __init__(self, finding: Finding, *others: Finding) -> None:
        super().__init__(finding)
        self.findings = (finding, *others)


class SealedError(TrainingError):
    """A reference may not be seen now."""


def fault(code: str, place: Path | str, message: str, remedy: str = "") -> Finding:
    """One fault.

    Args:
        code: its name without the prefix, such as ``no_consent``.
        place: the file, or the place in it.
        message: the fact, one clause.
        remedy: what to do.
    """
    return Finding(code=f"training.{code}", message=message, place=str(place), remedy=remedy)


def training_error(code: str, place: Path | str, message: str, remedy: str = "") -> TrainingError:
    """The error for one fault."""
    return TrainingError(fault(code, place, message, remedy))
