"""What is worked out of opened references, outside the window's thread: values in, values out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ssp_coder.agreement.pair import PairAgreement, pair_agreement
from ssp_coder.agreement.protocol import USUAL_PROTOCOL
from ssp_coder.catalog.errors import CatalogError
from ssp_coder.catalog.handbooks import handbook_for
from ssp_coder.domain.speaking import spoken_in
from ssp_coder.training.bias import BiasPanel, bias_of, bias_settings
from ssp_coder.training.disputes import disputes, disputes_csv, judgements
from ssp_coder.training.errors import TrainingError
from ssp_coder.training.evaluation import (
    CaseFigures,
    figures_of,
    first_attempts,
    sitting_of,
)
from ssp_coder.training.feedback import Feedback, feedback_on, feedback_settings
from ssp_coder.training.pass_rules import Evaluation, PassRule, evaluate
from ssp_coder.training.programme import programme_of
from ssp_coder.training.references import WRONG_WORD, open_reference
from ssp_coder.training.submissions import figures_of_trainee, submitted_coding

if TYPE_CHECKING:
    from pathlib import Path

    from ssp_coder.domain.coding import Coding
    from ssp_coder.domain.finding import Finding
    from ssp_coder.domain.handbook import Handbook
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.training.attempts import Attempt
    from ssp_coder.training.deeds import Entry
    from ssp_coder.training.packs import Case, Pack, Reference
    from ssp_coder.training.programme import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What lessons are given from.

    Attributes:
        folder: the trainee's.
        word: the trainer's, None without it.
        folders: a lab's own teaching files, searched first.
        language: in which the instruments speak.
    """

    folder: Path
    word: str | None = None
    folders: tuple[Path, ...] = ()
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """An opened reference and what it says of the trainee's work.

    Attributes:
        attempt: what it is held against; this and all that follows is None for a case that is
            studied.
        coding: what was submitted.
        agreement: of the submission with the reference, the reference first.
    """

    case: Case
    reference: Reference
    attempt: Attempt | None = None
    coding: Coding | None = None
    feedback: Feedback | None = None
    figures: CaseFigures | None = None
    agreement: PairAgreement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WayGone:
    """What all submissions say together whose reference may be seen.

    Attributes:
        figures: in the order of submission, repeats included.
        evaluation: the pack's pass rule held against them, None without a rule.
        bias: tendencies of the first attempts, None before there is any.
        refused: why the trainer's word opened nothing, None where it was right or not given.
    """

    figures: tuple[CaseFigures, ...] = ()
    evaluation: Evaluation | None = None
    bias: BiasPanel | None = None
    refused: Finding | None = None


def lesson_of(pack: Pack, case: Case, programme: Programme, shelf: Shelf) -> Lesson:
    """Open the reference of a case and hold the last submission against it, if there is one.

    Raises:
        SealedError: it may not be seen now, and why.
        DomainError: a file is missing or was changed, or the trainer's word is wrong.
    """
    opened = open_reference(pack, case, programme, shelf.word)
    reference = replace(opened, scheme=spoken_in(opened.scheme, shelf.language))
    attempt = programme.standing(case.id).last
    if attempt is None or attempt.submitted is None:
        return Lesson(case=case, reference=reference)
    coding = submitted_coding(shelf.folder, attempt)
    settings = feedback_settings(shelf.folders)
    return Lesson(
        case=case,
        reference=reference,
        attempt=attempt,
        coding=coding,
        feedback=feedback_on(coding, reference, settings, _handbook(reference.scheme, shelf)),
        figures=figures_of(sitting_of(pack, case, attempt), coding, reference),
        agreement=pair_agreement(reference.coding, coding, reference.scheme, USUAL_PROTOCOL),
    )


def way_gone(pack: Pack, programme: Programme, shelf: Shelf, rule: PassRule | None) -> WayGone:
    """The figures of all submissions, the criteria and the tendencies.

    A word of the trainer's that is wrong opens nothing more and is told; what needs none is
    there.

    Raises:
        DomainError: a file is missing or was changed.
    """
    refused = None
    try:
        figures = figures_of_trainee(shelf.folder, pack, programme, shelf.word)
    except TrainingError as error:
        if error.finding.code != WRONG_WORD:
            raise
        refused = error.finding
        figures = figures_of_trainee(shelf.folder, pack, programme)
    counted = first_attempts(figures)
    return WayGone(
        figures=figures,
        evaluation=None if rule is None else evaluate(rule, figures),
        bias=bias_of(counted, bias_settings(shelf.folders)) if counted else None,
        refused=refused,
    )


def disputes_table(pack: Pack, entries: tuple[Entry, ...], who: str, shelf: Shelf) -> bytes:
    """What a trainee disputed or called unclear, as a table for the trainer.

    An item whose reference may not be seen now keeps its key only.

    Args:
        pack: what the items are of.
        entries: the logbook's.
        who: pseudonym of the trainee.
        shelf: what the feedback is worked out from.

    Raises:
        DomainError: a file is missing or was changed.
    """
    said = judgements(entries, pack.id)
    wanted = {key[:2] for key in said}
    programme = programme_of(pack, entries)
    settings = feedback_settings(shelf.folders)
    known: dict[tuple[str, int], Feedback] = {}
    for attempt in programme.attempts:
        standing = programme.standing(attempt.case)
        if (attempt.case, attempt.number) in wanted and standing.see is None:
            reference = open_reference(pack, standing.case, programme, shelf.word)
            coding = submitted_coding(shelf.folder, attempt)
            known[attempt.case, attempt.number] = feedback_on(coding, reference, settings)
    return disputes_csv(disputes(who, said.values(), known))


def _handbook(scheme: Scheme, shelf: Shelf) -> Handbook | None:
    """The handbook whose chapters help; a lab's own that is wrong gives way to the bundled one."""
    try:
        found = handbook_for(scheme.system, shelf.folders)
    except CatalogError:
        found = handbook_for(scheme.system)
    return None if found is None else spoken_in(found, shelf.language)
