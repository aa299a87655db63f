"""A report of agreement written to files: pages, tables, numbers for programs, and on paper."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING

from ssp_coder.formats.dialect import PLAIN
from ssp_coder.formats.writing import write_together
from ssp_coder.ui.agreement.paper import write_pdf
from ssp_coder.ui.agreement.work import PairResult, StudyResult

if TYPE_CHECKING:
    from pathlib import Path

    from ssp_coder.ui.agreement.work import Cancelled, Progress, Work

Result = PairResult | StudyResult


class Form(StrEnum):
    """In which form a report is written."""

    HTML = "html"
    PDF = "pdf"
    CSV = "csv"
    JSON = "json"


def page_of(result: Result) -> tuple[str, str]:
    """Title and page of a report."""
    from ssp_coder.reporting.agreement_page import page_html
    from ssp_coder.reporting.agreement_pair import pair_blocks
    from ssp_coder.reporting.agreement_study import study_blocks

    if isinstance(result, PairResult):
        return result.report.title, page_html(
            result.report.title, tuple(pair_blocks(result.report))
        )
    return result.report.title, page_html(result.report.title, tuple(study_blocks(result.report)))


def written(result: Result, form: Form, place: Path) -> tuple[Path, ...]:
    """Write a report; the person has been asked about files that are there.

    Args:
        result: what was compared.
        form: in which form.
        place: the file, of tables the folder.

    Returns:
        The files.

    Raises:
        FormatError: the disk refuses.
    """
    if form is Form.PDF:
        title, page = page_of(result)
        write_pdf(page, title, place)
        return (place,)
    files = _contents(result, form, place)
    write_together(files, overwrite=True)
    return tuple(files)


def writing_work(result: Result, form: Form, place: Path) -> Work:
    """The same in the background."""

    def work(_progress: Progress, _cancelled: Cancelled) -> object:
        return written(result, form, place)

    return work


def _contents(result: Result, form: Form, place: Path) -> dict[Path, bytes]:
    if form is Form.HTML:
        return {place: page_of(result)[1].encode()}
    if form is Form.JSON:
        words = json.dumps(_object(result), ensure_ascii=False, indent=2)
        return {place: f"{words}\n".encode()}
    from ssp_coder.reporting.agreement_csv import agreement_files

    files = agreement_files(result.rows, PLAIN)
    return {place / name: content for name, content in files.items()}


def _object(result: Result) -> dict[str, object]:
    from ssp_coder.reporting.agreement_json import pair_json, study_json

    if isinstance(result, PairResult):
        return pair_json(result.report)
    return study_json(result.report)
