"""Everything that follows once the demonstration is coded: exports, class, comparison."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ssp_coder.agreement.compare import compare
from ssp_coder.cli.classify import suggestion_for, suggestion_json, suggestion_lines
from ssp_coder.cli.reading import read_coding
from ssp_coder.domain.finding import DomainError
from ssp_coder.formats.export import export_codings
from ssp_coder.formats.exportable import Exportable
from ssp_coder.formats.writing import write_together
from ssp_coder.reporting.comparisons import comparison_csv, comparison_json, comparison_text
from ssp_coder.storage.verify import verify


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The files that were written.

    Attributes:
        exports: tables, codebook and side file.
        classification: the rule table's suggestion as text and JSON.
        comparison: the comparison with the reference as text, JSON and CSV.
    """

    exports: tuple[Path, ...]
    classification: tuple[Path, ...]
    comparison: tuple[Path, ...]


def write_results(coded: Path, reference: Path, into: Path) -> Results:
    """Verify, export, classify and compare a coding; results of an earlier time are replaced.

    Raises:
        DomainError: the coding file is wrong, or something cannot be written.
    """
    findings = verify(coded)
    if findings:
        raise DomainError(findings[0])
    entry = read_coding(coded)
    classification = _classification(entry, into)
    comparison = _comparison(entry, read_coding(reference), into)
    exports = export_codings((entry,), into, overwrite=True)
    write_together({**classification, **comparison}, overwrite=True)
    return Results(
        exports=exports, classification=tuple(classification), comparison=tuple(comparison)
    )


def _classification(entry: Exportable, into: Path) -> dict[Path, bytes]:
    suggestion = suggestion_for(entry, reveal=False)
    return {
        into / "classification.txt": _text("\n".join(suggestion_lines(suggestion))),
        into / "classification.json": _json([suggestion_json(suggestion)]),
    }


def _comparison(own: Exportable, reference: Exportable, into: Path) -> dict[Path, bytes]:
    comparison = compare(own.coding, reference.coding, reference.scheme)
    return {
        into / "comparison.txt": _text(comparison_text(comparison, reference.scheme).rstrip()),
        into / "comparison.json": _json(comparison_json(comparison)),
        into / "comparison.csv": comparison_csv(comparison),
    }


def _text(text: str) -> bytes:
    return f"{text}\n".encode()


def _json(value: object) -> bytes:
    return _text(json.dumps(value, indent=2))
