"""What a trainer sees of several trainees: where each stands, and which cases are hard.

People are told in the order of their pseudonyms and never ranked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.agreement.estimate import Estimate
from ssp_coder.agreement.wilson import share
from ssp_coder.training.deeds import Entry, Judgement
from ssp_coder.training.disputes import judgements
from ssp_coder.training.evaluation import CaseFigures, first_attempts
from ssp_coder.training.packs import Stage
from ssp_coder.training.pass_rules import Evaluation, PassRule, evaluate
from ssp_coder.training.programme import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class TraineeWork:
    """One trainee's logbook, read and never written, with the figures of the submissions.

    Attributes:
        trainee: pseudonym.
        figures: of every submission whose reference the trainer can open.
    """

    trainee: str
    programme: Programme
    entries: tuple[Entry, ...]
    figures: tuple[CaseFigures, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TraineeRow:
    """Where one trainee stands.

    Attributes:
        submitted: first attempts that were submitted, of all cases outside the stage to learn from.
        repeats: further attempts, which do not count.
        disputes: items that the trainee does not agree with.
        unclear: items that no rule decides.
        last_at_utc: when the logbook last grew, empty before.
    """

    trainee: str
    stage: Stage
    certified: bool
    submitted: int
    repeats: int
    disputes: int
    unclear: int
    last_at_utc: str
    evaluation: Evaluation | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """How a case went with everybody; a hard one may be a case whose reference is doubtful."""

    case: str
    agreeing: Estimate
    disputes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Several trainees beside each other.

    Attributes:
        trainees: by pseudonym.
        cases: in the order of the pack.
        level: at which classes of the cases are told.
    """

    trainees: tuple[TraineeRow, ...]
    cases: tuple[CaseRow, ...]
    level: ClassLevel


def overview(
    works: Iterable[TraineeWork],
    rule: PassRule | None = None,
    *,
    level: ClassLevel = ClassLevel.THREE_WAY,
) -> Overview:
    """What there is to see of several trainees of one pack.

    Args:
        works: one for each trainee.
        rule: held against each; no verdict without one.
        level: of the classes that are told by case.
    """
    everybody = sorted(works, key=lambda work: work.trainee)
    return Overview(
        trainees=tuple(_row(work, rule) for work in everybody),
        cases=tuple(_cases(everybody, level)),
        level=level,
    )


def _row(work: TraineeWork, rule: PassRule | None) -> TraineeRow:
    programme = work.programme
    said = [one.judgement for one in judgements(work.entries, programme.pack.id).values()]
    return TraineeRow(
        trainee=work.trainee,
        stage=programme.stage,
        certified=programme.certified is not None,
        submitted=len(programme.counted),
        repeats=sum(one.is_repeat and one.submitted is not None for one in programme.attempts),
        disputes=said.count(Judgement.DISPUTE),
        unclear=said.count(Judgement.UNCLEAR),
        last_at_utc=max((entry.at_utc for entry in work.entries), default=""),
        evaluation=None if rule is None else evaluate(rule, work.figures),
    )


def _cases(works: Sequence[TraineeWork], level: ClassLevel) -> Iterable[CaseRow]:
    order = [case.id for work in works[:1] for case in work.programme.pack.cases]
    agreed: dict[str, list[bool]] = {}
    disputed: Counter[str] = Counter()
    for work in works:
        for one in first_attempts(work.figures):
            pair = one.class_at(level)
            if pair is not None:
                agreed.setdefault(one.sitting.case, []).append(bool(pair.agrees))
        said = judgements(work.entries, work.programme.pack.id).values()
        disputed.update(one.case for one in said if one.judgement is Judgement.DISPUTE)
    for case in order:
        outcomes = agreed.get(case, [])
        if outcomes or case in disputed:
            yield CaseRow(
                case=case,
                agreeing=share(sum(outcomes), len(outcomes)),
                disputes=disputed[case],
            )
