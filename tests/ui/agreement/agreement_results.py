"""A pair and a study that were compared, made once, and files of codings to compare."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from ssp_coder.domain.coding import Coding, EventId
from ssp_coder.reporting.agreement_figures import pair_rows, study_rows
from ssp_coder.reporting.agreement_inputs import PairFiles
from ssp_coder.storage.coding_file import create
from ssp_coder.ui.agreement.work import PairResult, SessionFigures, StudyResult
from tests.builders import infant_scheme
from tests.unit.agreement.study_desk import session_pair
from tests.unit.reporting.agreement_desk import pair_report, study_report

FILES = PairFiles(session="", first=Path("a.sspc"), second=Path("b.sspc"))


@lru_cache(maxsize=1)
def a_pair() -> PairResult:
    report = pair_report()
    return PairResult(
        report=report,
        scheme=infant_scheme(),
        rows=pair_rows(report),
        notes=(),
        files=FILES,
    )


@lru_cache(maxsize=1)
def a_study() -> StudyResult:
    report = study_report()
    sessions = tuple(
        SessionFigures(session=name, pairs=(FILES,), kappas={}) for name in report.study.sessions
    )
    return StudyResult(
        report=report,
        scheme=infant_scheme(),
        rows=study_rows(report.study),
        notes=(),
        sessions=sessions,
    )


def write_coding(path: Path, coding: Coding) -> Path:
    free = EventId(max((event.id for event in coding.events), default=0) + 1)
    whole = replace(coding, next_event=free)
    create(path, coding=whole, scheme=infant_scheme(), who=coding.coder).close()
    return path


def write_pair(folder: Path, number: int = 2) -> tuple[Path, Path]:
    """Two codings of a session as files."""
    pair = session_pair(number)
    return (
        write_coding(folder / f"{pair.session}.ref.sspc", pair.first),
        write_coding(folder / f"{pair.session}.c02.sspc", pair.second),
    )
