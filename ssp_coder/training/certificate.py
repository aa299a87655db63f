"""The figures of a certificate, which only a passed evaluation can make, and what it says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.time import seconds_text
from ssp_coder.domain.words import Origin
from ssp_coder.training.deeds import Certified
from ssp_coder.training.measures import Measure, Statistic
from ssp_coder.training.packs import Pack
from ssp_coder.training.pass_rules import CriterionResult, Evaluation, Grade, Outcome

_STATISTIC_WORDS = {
    Statistic.CLASS_SHARE: "share of cases with the reference's class",
    Statistic.CLASS_KAPPA: "kappa of the class",
    Statistic.ICC: "ICC(2,1) of the rating",
    Statistic.WITHIN_ONE: "share of ratings within one point",
    Statistic.EVENT_F1: "F1 of onsets",
    Statistic.CODE_RECALL: "share of the reference's onsets found",
    Statistic.CODE_PRECISION: "share of the coder's onsets confirmed",
}
_GRADE_WORDS = {
    Grade.CERTIFIED: "certified",
    Grade.PROVISIONAL: "provisional: it counts only until enough cases are coded",
    Grade.TRIAL: "a trial: it shows how the programme works and says nothing about a coder",
}


class NotPassedError(DomainError):
    """There is nothing to certify."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedFigure:
    """One criterion that was met.

    Attributes:
        of: level, place, code or tolerance that the statistic is of; empty for all.
        low: lower end of the 95 % interval, None where there is none.
        run: most cases in a row that reached the threshold, 0 where it is not asked for.
    """

    statistic: Statistic
    of: str
    threshold: float
    value: float
    low: float | None
    high: float | None
    n: int
    cases: int
    positives: int
    run: int
    enriched: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A disputed item that the trainer excluded from what the certificate rests on.

    Attributes:
        of: the place to be rated, or the stretch with its code, in ids and seconds.
    """

    case: str
    of: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """Everything that stands on a certificate.

    Attributes:
        trainee: pseudonym.
        on: the day, ``2026-05-17``.
        heads: head hashes of the submissions that it rests on, in order.
        convention: whether the rule is a habit of the field, or ours, and no finding.
        unverified: whether the rule's source was not checked in the original.
        rule_sha256: hash of the rule's file.
        left_out: disputed items that do not count.
    """

    trainee: str
    on: str
    pack: str
    pack_version: str
    pack_sha256: str
    made_by: str
    scheme: str
    scheme_version: str
    scheme_sha256: str
    rule: str
    rule_version: str
    rule_title: str
    rule_source: str
    grade: Grade
    convention: bool
    unverified: bool
    figures: tuple[CertifiedFigure, ...]
    heads: tuple[str, ...]
    statistics: str
    rule_sha256: str = ""
    left_out: tuple[LeftOut, ...] = ()

    def __post_init__(self) -> None:
        if not self.figures or not self.heads:
            raise NotPassedError(
                Finding(
                    code="certificate.empty",
                    message="a certificate rests on figures and submissions, and has none",
                    place=self.trainee,
                    remedy="make it from an evaluation that was passed",
                )
            )

    @property
    def number(self) -> str:
        """Twelve signs that stand for all of it, by which two copies are compared."""
        return hashlib.sha256(certificate_json(self).encode()).hexdigest()[:12]


def certificate_of(evaluation: Evaluation, pack: Pack, *, trainee: str, on: str) -> Certificate:
    """The certificate of a passed evaluation.

    Args:
        evaluation: of the pack's first attempts.
        pack: which pack it was.
        trainee: pseudonym.
        on: the day, ``2026-05-17``.

    Raises:
        NotPassedError: the evaluation was not passed, or the evidence was not sufficient.
    """
    rule = evaluation.rule
    if evaluation.outcome is not Outcome.PASSED:
        raise NotPassedError(
            Finding(
                code="certificate.not_passed",
                message=f"the rule {rule.id} was not met: {evaluation.outcome.value}",
                place=trainee,
                remedy="code the cases that are missing, or train on and take another form",
            )
        )
    return Certificate(
        trainee=trainee,
        on=on,
        pack=pack.id,
        pack_version=pack.version,
        pack_sha256=pack.sha256,
        made_by=pack.made_by,
        scheme=pack.scheme,
        scheme_version=pack.scheme_version,
        scheme_sha256=pack.scheme_sha256,
        rule=rule.id,
        rule_version=rule.version,
        rule_title=rule.title.english,
        rule_source=rule.provenance.source,
        grade=rule.grade,
        convention=rule.convention,
        unverified=rule.provenance.origin is Origin.LITERATURE,
        figures=tuple(_figure(result) for result in evaluation.results),
        heads=evaluation.heads,
        statistics=evaluation.statistics,
        rule_sha256=rule.sha256,
        left_out=tuple(_left_out(evaluation)),
    )


def certified_deed(certificate: Certificate) -> Certified:
    """What the logbook keeps of a certificate."""
    return Certified(
        pack=certificate.pack,
        version=certificate.pack_version,
        rule=certificate.rule,
        figures=certificate_json(certificate),
        provisional=certificate.grade is not Grade.CERTIFIED,
    )


def certificate_json(certificate: Certificate) -> str:
    """The whole certificate as JSON, the same text for the same certificate."""
    return json.dumps(msgspec.to_builtins(certificate), sort_keys=True, ensure_ascii=False)


def certificate_from(text: str) -> Certificate:
    """The certificate that a logbook keeps.

    Raises:
        NotPassedError: the text is no certificate.
    """
    try:
        return msgspec.json.decode(text, type=Certificate)
    except msgspec.MsgspecError as error:
        raise NotPassedError(
            Finding(
                code="certificate.unreadable",
                message=f"this is no certificate: {error}",
                remedy="take it from the logbook again",
            )
        ) from error


def certificate_lines(certificate: Certificate) -> tuple[str, ...]:
    """What the certificate says, line by line, in English."""
    one = certificate
    checked = ", original source not checked" if one.unverified else ""
    kind = "a convention" if one.convention else "the laboratory's own"
    return (
        f"Coder {one.trainee}: {_GRADE_WORDS[one.grade]}",
        f"On {one.on}, with pack {one.pack} {one.pack_version} by {one.made_by}",
        f"Pack {one.pack_sha256}",
        f"Scheme {one.scheme} {one.scheme_version}, {one.scheme_sha256}",
        f"Rule {one.rule} {one.rule_version}: {one.rule_title}",
        *((f"Rule file {one.rule_sha256}",) if one.rule_sha256 else ()),
        f"The rule is {kind}{checked}. Source: {one.rule_source}",
        *(figure_line(figure) for figure in one.figures),
        *(f"Not counted, {each.case}, {each.of}: {each.reason}" for each in one.left_out),
        f"First attempts only, {len(one.heads)} submissions, statistics version {one.statistics}",
        *(f"Submission {head}" for head in one.heads),
        f"Certificate {one.number}",
    )


def figure_line(figure: CertifiedFigure) -> str:
    """One figure with its interval, n and what was asked for."""
    of = f" ({figure.of})" if figure.of else ""
    between = (
        "no interval"
        if figure.low is None or figure.high is None
        else f"95 % interval {figure.low:.3f} to {figure.high:.3f}"
    )
    run = f", {figure.run} cases in a row" if figure.run else ""
    enriched = "; not at the natural base rate" if figure.enriched else ""
    return (
        f"{_STATISTIC_WORDS[figure.statistic]}{of}: {figure.value:.3f}, {between}, "
        f"n = {figure.n}, {figure.cases} cases; asked for {figure.threshold:g}{run}{enriched}"
    )


def _figure(result: CriterionResult) -> CertifiedFigure:
    estimate, criterion = result.estimate, result.criterion
    if estimate.value is None:
        raise ValueError("a criterion that was met has a value")
    return CertifiedFigure(
        statistic=criterion.measure.statistic,
        of=_of(criterion.measure),
        threshold=criterion.threshold,
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        n=estimate.n,
        cases=result.cases,
        positives=result.positives,
        run=result.run,
        enriched=result.enriched,
    )


def _left_out(evaluation: Evaluation) -> Iterator[LeftOut]:
    for figures in evaluation.figures:
        for one in figures.exclusions:
            parts = [one.slot or "", one.code]
            if one.span is not None:
                parts.append(
                    f"{seconds_text(one.span.start_us)} to {seconds_text(one.span.end_us)} s"
                )
            of = ", ".join(part for part in parts if part)
            yield LeftOut(case=figures.sitting.case, of=of, reason=one.reason)


def _of(measure: Measure) -> str:
    """What a statistic is of, in ids."""
    parts = [measure.level.value if measure.level else "", measure.slot or measure.scale]
    if not measure.statistic.of_class and not measure.statistic.of_rating:
        parts += [measure.code, f"within {measure.tolerance_us / 1_000_000:g} s"]
    return ", ".join(part for part in parts if part)
