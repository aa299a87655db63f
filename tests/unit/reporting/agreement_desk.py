"""Reports of agreement made from small codings, once a run."""

from __future__ import annotations

from functools import lru_cache

from ssp_coder.agreement.compare import compare
from ssp_coder.agreement.pair import pair_agreement
from ssp_coder.agreement.study import study_agreement
from ssp_coder.agreement.study_cases import CodingPair
from ssp_coder.domain.coding import Coding, CodingRole
from ssp_coder.reporting.agreement_report import PairReport, StudyReport
from tests.builders import infant_scheme
from tests.unit.agreement.study_desk import QUICK, session_pair, study_pairs


def report_of(first: Coding, second: Coding) -> PairReport:
    compared = compare(second, first, infant_scheme())
    return PairReport(
        pair=pair_agreement(first, second, infant_scheme(), QUICK),
        scheme=infant_scheme(),
        ratings=compared.ratings,
        classes=compared.classes,
        against_reference=first.role is CodingRole.REFERENCE,
    )


@lru_cache(maxsize=1)
def pair_report() -> PairReport:
    pair = session_pair(2)
    return report_of(pair.first, pair.second)


@lru_cache(maxsize=1)
def study_report() -> StudyReport:
    third = [
        CodingPair(session=pair.session, first=pair.first, second=pair.second)
        for pair in (session_pair(number, second="c03") for number in (1, 2, 3))
    ]
    study = study_agreement((*study_pairs(12), *third), infant_scheme(), QUICK)
    return StudyReport(study=study, scheme=infant_scheme())
