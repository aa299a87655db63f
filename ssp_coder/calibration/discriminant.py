"""Linear discriminant analysis: functions from group means and the covariance within groups.

The function of a group with mean m and prior p is ``ln p - m' S^-1 m / 2 + m' S^-1 x``, where S is
the pooled covariance within the groups (divisor: cases less groups).
"""

from __future__ import annotations

import numpy as np

from ssp_coder.calibration.functions import UNCALLED, Functions, Priors, priors_of
from ssp_coder.calibration.sample import Numbers, Places, Sample

_SINGULAR = 1e-9
"""Where less than this is left of the inverse's divisor, a case alone carries a variable."""


def fit_discriminant(sample: Sample, priors: Priors) -> Functions:
    """The classification functions of a sample."""
    within = _within(sample) / (len(sample) - len(sample.groups))
    weights: Numbers = np.asarray(np.linalg.solve(within, sample.means.T).T, dtype=np.float64)
    constants = np.log(priors_of(sample.counts, priors)) - 0.5 * _along(weights, sample.means)
    return Functions(constants=constants, weights=weights)


def leave_out_discriminant(sample: Sample, priors: Priors) -> Places:
    """What each case is called by the functions fitted to all others.

    Leaving a case out moves its group's mean and takes one product off the sum of squares, so the
    new inverse follows from the old one (Sherman and Morrison) and nothing is fitted anew. All is
    measured from the grand mean, which shifts every function of a case alike.

    Returns:
        Places of groups; UNCALLED where the fit to the others has no inverse.
    """
    centre = sample.matrix.mean(axis=0)
    cases, means = sample.matrix - centre, sample.means - centre
    inverse = np.linalg.inv(_within(sample))
    own_counts = sample.counts[sample.places]
    factor = own_counts / (own_counts - 1.0)
    lean = sample.deviations @ inverse
    left = 1.0 - factor * _along(lean, sample.deviations)
    judged = left > _SINGULAR
    stretch = factor / np.where(judged, left, 1.0)
    freedom = len(sample) - 1 - len(sample.groups)
    shifted = means[sample.places] - sample.deviations / (own_counts - 1.0)[:, None]
    values = np.empty((len(sample), len(sample.groups)))
    for place in range(len(sample.groups)):
        own = (sample.places == place)[:, None]
        mean = np.where(own, shifted, means[place])
        turned = mean @ inverse + (stretch * _along(lean, mean))[:, None] * lean
        values[:, place] = freedom * _along(turned, cases - 0.5 * mean)
    values += _left_out_priors(sample, priors)
    judged &= freedom >= len(sample.variables)
    return np.where(judged, values.argmax(axis=1), UNCALLED).astype(np.intp)


def _within(sample: Sample) -> Numbers:
    """Sums of squares and products within the groups."""
    products: Numbers = sample.deviations.T @ sample.deviations
    return products


def _along(one: Numbers, other: Numbers) -> Numbers:
    """Products of the rows of two matrices."""
    return np.asarray((one * other).sum(axis=1), dtype=np.float64)


def _left_out_priors(sample: Sample, priors: Priors) -> Numbers:
    """Logarithm of the priors without each case, cases by groups."""
    if priors is Priors.EQUAL:
        return np.log(priors_of(sample.counts, priors))[None, :]
    rest = np.tile(sample.counts, (len(sample), 1)).astype(np.float64)
    rest[np.arange(len(sample)), sample.places] -= 1.0
    return np.asarray(np.log(rest / (len(sample) - 1)), dtype=np.float64)
