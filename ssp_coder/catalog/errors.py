"""The one error of this package: data files that cannot be used, each fact with its line."""

from __future__ import annotations

from ssp_coder.domain.finding import DomainError, Finding, Severity


class CatalogError(DomainError):
    """Data files cannot be used; the first fact is the message, all are in `findings`."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings[0])
        self.findings = findings

    def __str__(self) -> str:
        """The first fact, and how many more there are."""
        more = len(self.findings) - 1
        return f"{self.finding.sentence()} (and {more} more)" if more else self.finding.sentence()


def errors_among(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings that forbid the use of a file."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)
