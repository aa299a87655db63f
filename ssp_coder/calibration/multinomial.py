"""Multinomial logistic regression: functions whose exponentials share out probability.

Fitted by Newton's method to the likelihood less a small ridge, ``RIDGE / 2`` times the sum of all
squared weights (constants are free). The ridge keeps the weights finite when groups do not overlap,
as happens in small samples. The fit is turned so that one group's function is zero: every other
function then is the logarithm of its odds against this reference group.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ssp_coder.calibration.functions import Functions, Priors, priors_of
from ssp_coder.calibration.sample import Numbers, Places, Sample
from ssp_coder.domain.finding import DomainError, Finding

RIDGE = 0.1
"""Project default; on ratings of 1 to 7 it matters only where groups are parted altogether."""

_STEPS = 100
_CLOSE = 1e-7
"""Newton stops where the slope is no steeper than this, a case."""


def fit_multinomial(
    sample: Sample, priors: Priors, *, reference: int = 0, ridge: float = RIDGE
) -> Functions:
    """The functions of a sample, against the group at place `reference`.

    With equal priors each constant gives back the logarithm of its group's share.

    Raises:
        DomainError: no best fit was found.
    """
    task = _Task.of(sample, ridge)
    theta = task.solve(np.ones(len(sample)), task.start())
    return _functions(task.back(theta), sample.counts, priors, reference)


def leave_out_multinomial(sample: Sample, priors: Priors, *, ridge: float = RIDGE) -> Places:
    """What each case is called by the functions fitted to all others.

    Every case is left out of a fit of its own, which starts from the fit to all.

    Raises:
        DomainError: no best fit was found.
    """
    task = _Task.of(sample, ridge)
    everyone = np.ones(len(sample))
    whole = task.solve(everyone, task.start())
    calls = np.empty(len(sample), dtype=np.intp)
    for place in range(len(sample)):
        others = everyone.copy()
        others[place] = 0.0
        counts = sample.counts.copy()
        counts[sample.places[place]] -= 1
        theta = task.solve(others, whole)
        functions = _functions(task.back(theta), counts, priors, 0)
        calls[place] = functions.calls(sample.matrix[place : place + 1])[0]
    return calls


def _functions(theta: Numbers, counts: Places, priors: Priors, reference: int) -> Functions:
    shares = priors_of(counts, Priors.SAMPLE)
    constants = theta[:, 0] + np.log(priors_of(counts, priors)) - np.log(shares)
    return Functions(
        constants=constants - constants[reference], weights=theta[:, 1:] - theta[reference, 1:]
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Task:
    """The likelihood of a sample, in variables measured from their means.

    Attributes:
        cases: a leading one and the variables, cases by parameters.
        labels: one where a case belongs to a group, cases by groups.
        penalty: the ridge on each parameter of a group.
        free: parameters that are fitted; the first group's constant stays zero, since the same
            number added to every function changes nothing.
        centre: the means.
    """

    cases: Numbers
    labels: Numbers
    penalty: Numbers
    free: Places
    centre: Numbers

    @classmethod
    def of(cls, sample: Sample, ridge: float) -> _Task:
        """The task of a sample."""
        centre = sample.matrix.mean(axis=0)
        groups, width = len(sample.groups), len(sample.variables) + 1
        penalty = np.full((groups, width), ridge)
        penalty[:, 0] = 0.0
        return cls(
            cases=np.column_stack([np.ones(len(sample)), sample.matrix - centre]),
            labels=np.eye(groups)[sample.places],
            penalty=penalty,
            free=np.arange(1, groups * width),
            centre=centre,
        )

    def start(self) -> Numbers:
        """Parameters to begin with."""
        return np.zeros_like(self.penalty)

    def back(self, theta: Numbers) -> Numbers:
        """The parameters for variables as they were measured."""
        turned = theta.copy()
        turned[:, 0] -= theta[:, 1:] @ self.centre
        return turned

    def solve(self, counted: Numbers, theta: Numbers) -> Numbers:
        """The parameters of the best fit to the cases counted with one.

        Raises:
            DomainError: it was not found.
        """
        loss = self._loss(theta, counted)
        for _ in range(_STEPS):
            shares = _shares(self.cases @ theta.T)
            slope = self._slope(theta, shares, counted)
            if np.abs(slope).max() <= _CLOSE * len(self.cases):
                return theta
            step = self._step(slope, shares, counted)
            length = 1.0
            while (trial := self._loss(theta - length * step, counted)) > loss and length > 1e-6:
                length /= 2.0
            theta, loss = theta - length * step, trial
        raise DomainError(
            Finding(
                code="refit.no_fit",
                message=f"the multinomial fit did not settle in {_STEPS} steps",
                place="refit",
                remedy="use fewer variables, or linear discriminant analysis",
            )
        )

    def _loss(self, theta: Numbers, counted: Numbers) -> float:
        values = self.cases @ theta.T
        top = values.max(axis=1)
        whole = top + np.log(np.exp(values - top[:, None]).sum(axis=1))
        missed = counted @ (whole - (values * self.labels).sum(axis=1))
        return float(missed + 0.5 * (self.penalty * theta**2).sum())

    def _slope(self, theta: Numbers, shares: Numbers, counted: Numbers) -> Numbers:
        error = (shares - self.labels) * counted[:, None]
        slope: Numbers = error.T @ self.cases + self.penalty * theta
        slope[0, 0] = 0.0
        return slope

    def _step(self, slope: Numbers, shares: Numbers, counted: Numbers) -> Numbers:
        groups, width = self.penalty.shape
        curve = np.empty((groups, width, groups, width))
        for one in range(groups):
            for other in range(one, groups):
                same = shares[:, one] if one == other else 0.0
                bend = counted * (same - shares[:, one] * shares[:, other])
                block = (self.cases * bend[:, None]).T @ self.cases
                curve[one, :, other, :] = block
                curve[other, :, one, :] = block.T
        flat = curve.reshape(groups * width, groups * width)
        flat[np.diag_indices_from(flat)] += self.penalty.ravel()
        step = np.zeros(groups * width)
        kept = np.ix_(self.free, self.free)
        step[self.free] = np.linalg.solve(flat[kept], slope.ravel()[self.free])
        return step.reshape(groups, width)


def _shares(values: Numbers) -> Numbers:
    raised = np.exp(values - values.max(axis=1, keepdims=True))
    shares: Numbers = raised / raised.sum(axis=1, keepdims=True)
    return shares
