"""Classification functions fitted to a laboratory's own codings, and how far to trust them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from ssp_coder.calibration.discriminant import fit_discriminant, leave_out_discriminant
from ssp_coder.calibration.functions import Confusion, Functions, Priors, confusion_of
from ssp_coder.calibration.multinomial import RIDGE, fit_multinomial, leave_out_multinomial
from ssp_coder.calibration.sample import Sample
from ssp_coder.domain.finding import Finding, Severity

CASES_PER_VARIABLE = 20
"""Fewer cases than this for each variable are worth a warning (project default)."""
CASES_PER_GROUP = 10
"""Fewer cases of a group than this are worth a warning (project default)."""
LARGEST_LOSS = 0.1
"""A larger fall from the sample's own accuracy to the left-out one is worth a warning (project
default)."""

_PLACE = "refit"


class Method(StrEnum):
    """How functions are fitted."""

    LDA = "lda"
    MULTINOMIAL = "multinomial"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Refit:
    """Functions and what they do with the cases that they come from.

    Attributes:
        own: the cases called by the functions that were fitted to them, which flatters.
        left_out: each case called by the functions fitted to all others.
        warnings: what a laboratory should know before it relies on the functions.
    """

    method: Method
    priors: Priors
    sample: Sample
    functions: Functions
    own: Confusion
    left_out: Confusion
    warnings: tuple[Finding, ...]


def refit(sample: Sample, *, method: Method, priors: Priors) -> Refit:
    """Fit, and leave out each case once.

    Raises:
        DomainError: no fit was found.
    """
    if method is Method.LDA:
        functions = fit_discriminant(sample, priors)
        calls = leave_out_discriminant(sample, priors)
    else:
        functions = fit_multinomial(sample, priors)
        calls = leave_out_multinomial(sample, priors)
    functions = rounded(functions)
    own = confusion_of(sample, functions.calls(sample.matrix))
    left_out = confusion_of(sample, calls)
    return Refit(
        method=method,
        priors=priors,
        sample=sample,
        functions=functions,
        own=own,
        left_out=left_out,
        warnings=tuple(_warnings(sample, own, left_out)),
    )


def method_words(method: Method, priors: Priors) -> str:
    """Name of a method with all that was chosen for it."""
    named = {
        Method.LDA: "linear discriminant analysis",
        Method.MULTINOMIAL: f"multinomial logistic regression, ridge {RIDGE:g} (project default)",
    }
    by = {Priors.SAMPLE: "priors by group shares", Priors.EQUAL: "equal priors"}
    return f"{named[method]}, {by[priors]}"


def rounded(functions: Functions) -> Functions:
    """The functions with ten significant digits, as a person can check them in a file."""
    shorten = np.vectorize(lambda number: float(f"{number:.10g}"), otypes=[np.float64])
    return Functions(constants=shorten(functions.constants), weights=shorten(functions.weights))


def _warnings(sample: Sample, own: Confusion, left_out: Confusion) -> Iterator[Finding]:
    if sample.incomplete:
        yield _warning(
            "incomplete",
            f"left out because a variable is not known: {sample.incomplete}",
            "see whether they differ from the others",
        )
    wanted = CASES_PER_VARIABLE * len(sample.variables)
    if len(sample) < wanted:
        yield _warning(
            "few_cases",
            f"{len(sample)} cases are few for {len(sample.variables)} variables; "
            f"{wanted} or more would be better (project default)",
            "add cases, or name fewer variables",
        )
    small = [
        f"{group} ({count})"
        for group, count in zip(sample.groups, sample.counts, strict=True)
        if count < CASES_PER_GROUP
    ]
    if small:
        yield _warning(
            "few_of_group",
            f"few cases of group {', '.join(small)}; {CASES_PER_GROUP} or more of each "
            "would be better (project default)",
            "add cases of it",
        )
    yield from _accuracy_warnings(own, left_out)


def _accuracy_warnings(own: Confusion, left_out: Confusion) -> Iterator[Finding]:
    if any(left_out.uncalled):
        yield _warning(
            "uncalled",
            "cannot be left out, because a variable differs in them alone: "
            f"{sum(left_out.uncalled)}",
            "leave that variable out",
        )
    if own.accuracy - left_out.accuracy > LARGEST_LOSS:
        yield _warning(
            "overfitted",
            f"{own.accuracy:.0%} of the own cases are called right, but only "
            f"{left_out.accuracy:.0%} when each is left out",
            "rely on the second figure; add cases, or name fewer variables",
        )
    if left_out.accuracy <= left_out.commonest:
        yield _warning(
            "no_gain",
            f"{left_out.accuracy:.0%} called right is no more than always naming the largest "
            f"group ({left_out.commonest:.0%})",
            "do not rely on these functions",
        )


def _warning(kind: str, message: str, remedy: str) -> Finding:
    return Finding(
        code=f"refit.{kind}",
        message=message,
        place=_PLACE,
        remedy=remedy,
        severity=Severity.WARNING,
    )
