"""From codings that were read to what the reports of a pair and of a study tell."""

from __future__ import annotations

from collections.abc import Sequence

from ssp_coder.agreement.compare import compare
from ssp_coder.agreement.pair import Told as PairTold
from ssp_coder.agreement.pair import pair_agreement
from ssp_coder.agreement.protocol import Protocol
from ssp_coder.agreement.study import Told as StudyTold
from ssp_coder.agreement.study import study_agreement
from ssp_coder.agreement.study_cases import CodingPair
from ssp_coder.domain.coding import CodingRole
from ssp_coder.domain.finding import Finding
from ssp_coder.reporting.agreement_inputs import Loaded, PairFiles, doubts, refuse_same
from ssp_coder.reporting.agreement_report import PairReport, StudyReport
from ssp_coder.storage.consensus_file import refuse_consensus


def pair_report(
    files: PairFiles, loaded: Loaded, protocol: Protocol, watch: PairTold | None = None
) -> PairReport:
    """Everything about two codings.

    Raises:
        DomainError: the scheme or the protocol does not fit them.
    """
    refuse_same(files)
    first, second = loaded.pair(files)
    _refuse_consensus(files, loaded)
    found_doubts = tuple(doubts((first, second), str(files.second)))
    pair = pair_agreement(first.coding, second.coding, loaded.scheme, protocol, watch=watch)
    compared = compare(second.coding, first.coding, loaded.scheme)
    return PairReport(
        pair=pair,
        scheme=loaded.scheme,
        ratings=compared.ratings,
        classes=compared.classes,
        against_reference=first.coding.role is CodingRole.REFERENCE,
        doubts=found_doubts,
    )


def study_report(
    files: Sequence[PairFiles],
    loaded: Loaded,
    protocol: Protocol,
    watch: StudyTold | None = None,
) -> StudyReport:
    """Everything about the pairs of a study.

    Raises:
        DomainError: the scheme or the protocol does not fit them.
    """
    found_doubts: list[Finding] = []
    pairs = []
    for one in files:
        refuse_same(one)
        first, second = loaded.pair(one)
        _refuse_consensus(one, loaded)
        found_doubts += doubts((first, second), str(one.second))
        session = one.session or first.coding.session or one.first.stem
        pairs.append(CodingPair(session=session, first=first.coding, second=second.coding))
    study = study_agreement(pairs, loaded.scheme, protocol, watch=watch)
    return StudyReport(study=study, scheme=loaded.scheme, doubts=tuple(found_doubts))


def _refuse_consensus(files: PairFiles, loaded: Loaded) -> None:
    for path in (files.first, files.second):
        refuse_consensus(loaded.by_file[path].coding, str(path))
