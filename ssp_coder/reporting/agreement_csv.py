"""Every number of an agreement report as a CSV table with its codebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ssp_coder.formats.agreement_table import AGREEMENT_TABLE, AgreementRow, agreement_table
from ssp_coder.formats.codebook import CodebookRow, codebook_table, rows_of_table
from ssp_coder.formats.columns import table_bytes
from ssp_coder.formats.dialect import Dialect
from ssp_coder.formats.guard import CODEBOOK_FILE


def agreement_files(rows: Iterable[AgreementRow], dialect: Dialect) -> dict[str, bytes]:
    """Contents by name of the file."""
    return {
        f"{AGREEMENT_TABLE}.csv": table_bytes(agreement_table(), rows, dialect),
        CODEBOOK_FILE: table_bytes(codebook_table(), _codebook(dialect), dialect),
    }


def _codebook(dialect: Dialect) -> Iterator[CodebookRow]:
    yield from rows_of_table(agreement_table(), dialect)
    yield from rows_of_table(codebook_table(), dialect)
