"""Fitted functions as a rule table of the laboratory, beside the table whose groups they call."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ssp_coder.calibration.refit import Refit, method_words
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.ruletable import (
    Citation,
    ClassificationFunction,
    Fit,
    MainGroup,
    RuleInput,
    RuleTable,
    Term,
    WorkedCase,
)
from ssp_coder.domain.words import NO_TEXT, Origin, Provenance, Text

WORK = "Own consensus codings of this laboratory; not published"
CASE_TOLERANCE = 0.001
"""How far a function at a centroid may lie from the value written down."""

_DIGITS = 6
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableNaming:
    """What is said of a fitted table.

    Attributes:
        date: day of the fit, ISO 8601.
        cases: in one sentence, which codings it comes from and which were left out.
    """

    id: str
    version: str
    date: str
    cases: str


def lab_table(refit: Refit, base: RuleTable, naming: TableNaming) -> RuleTable:
    """The rule table of fitted functions.

    Groups, ranges and the disorganization rule are those of `base`. The worked cases are the
    centroids of the groups, rounded, so that no child stands in the file.

    Raises:
        DomainError: the id cannot be one.
    """
    if not _ID.fullmatch(naming.id):
        raise DomainError(
            Finding(
                code="refit.id",
                message=f"{naming.id!r} cannot be the id of a rule table",
                place=naming.id,
                remedy="name the file with letters, digits, _ and -, a letter first",
            )
        )
    functions = _functions(refit)
    return RuleTable(
        id=naming.id,
        version=naming.version,
        title=Text(
            (
                ("en", f"Fitted to own codings, {naming.date}"),
                ("de", f"An eigene Kodierungen angepasst, {naming.date}"),
            )
        ),
        inputs=_inputs(refit, base),
        groups=_groups(refit, base),
        profiles=(),
        overlays=(),
        disorganization=base.disorganization,
        flags=(),
        borderline_margin=0.0,
        borderline_flag="",
        examples=(),
        provenance=Provenance(origin=Origin.LAB, source=WORK),
        functions=functions,
        citation=Citation(work=WORK, sample=naming.cases),
        cases=tuple(_centroid(refit, place) for place in range(len(refit.sample.groups))),
        checksum=round(sum(function.checksum for function in functions), 9),
        fit=_fit(refit, naming.date),
    )


def _inputs(refit: Refit, base: RuleTable) -> tuple[RuleInput, ...]:
    d_input = "" if base.disorganization is None else base.disorganization.input
    wanted = {*refit.sample.variables, d_input}
    return tuple(_input(one, base) for one in base.inputs if one.id in wanted)


def _input(rule_input: RuleInput, base: RuleTable) -> RuleInput:
    """An input without what only bands need, and with how it was measured."""
    title = rule_input.title.in_language("en")
    return replace(
        rule_input,
        required=True,
        episode_weight_note=NO_TEXT,
        definition=rule_input.definition
        or f"As rated with rule table {base.id} {base.version}: {title}",
    )


def _groups(refit: Refit, base: RuleTable) -> tuple[MainGroup, ...]:
    d_outcome = "" if base.disorganization is None else base.disorganization.outcome
    wanted = {*refit.sample.groups, d_outcome}
    return tuple(group for group in base.groups if group.id in wanted)


def _functions(refit: Refit) -> tuple[ClassificationFunction, ...]:
    return tuple(
        ClassificationFunction(
            group=group,
            constant=float(constant),
            terms=tuple(
                Term(input=name, weight=float(weight))
                for name, weight in zip(refit.sample.variables, weights, strict=True)
            ),
        )
        for group, constant, weights in zip(
            refit.sample.groups, refit.functions.constants, refit.functions.weights, strict=True
        )
    )


def _centroid(refit: Refit, place: int) -> WorkedCase:
    mean = refit.sample.means[place].round(_DIGITS)
    values = refit.functions.values(mean[None, :])[0]
    groups = refit.sample.groups
    return WorkedCase(
        values=tuple(zip(refit.sample.variables, map(float, mean), strict=True)),
        group=groups[int(values.argmax())],
        scores=tuple(
            (group, round(float(value), _DIGITS))
            for group, value in zip(groups, values, strict=True)
        ),
        tolerance=CASE_TOLERANCE,
    )


def _fit(refit: Refit, date: str) -> Fit:
    groups = refit.sample.groups
    return Fit(
        method=method_words(refit.method, refit.priors),
        date=date,
        cases=len(refit.sample),
        counts=tuple(zip(groups, map(int, refit.sample.counts), strict=True)),
        confusion=tuple(zip(groups, refit.left_out.rows, strict=True)),
        warnings=tuple(f"{one.message}; {one.remedy}" for one in refit.warnings),
    )
