"""Sessions whose ratings and class are known, made ready for fitting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from ssp_coder.domain.finding import DomainError, Finding

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

SMALLEST_GROUP = 2
"""With fewer cases a group has no spread of its own."""

_REMAINDER = 1e-9
"""A variable of whose variance no more than this share is its own says nothing new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledCase:
    """One session.

    Attributes:
        values: a number a variable, None where there is none.
        group: the class that people gave it.
    """

    values: tuple[float | None, ...]
    group: str


# Without slots, so that what is computed of it once can be kept.
@dataclass(frozen=True, kw_only=True)
class Sample:
    """The cases of which every variable is known.

    Attributes:
        variables: ids of the variables.
        groups: the groups that occur.
        values: a row a case, a number a variable.
        labels: place in `groups` of each case's class.
        incomplete: cases left out because a variable is not known.
    """

    variables: tuple[str, ...]
    groups: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]
    labels: tuple[int, ...]
    incomplete: int = 0

    @cached_property
    def matrix(self) -> Numbers:
        """The values, cases by variables."""
        return np.asarray(self.values, dtype=np.float64)

    @cached_property
    def places(self) -> Places:
        """The labels."""
        return np.asarray(self.labels, dtype=np.intp)

    @cached_property
    def counts(self) -> Places:
        """Cases of each group."""
        return np.bincount(self.places, minlength=len(self.groups))

    @cached_property
    def means(self) -> Numbers:
        """The centroid of each group, groups by variables."""
        return np.stack(
            [self.matrix[self.places == place].mean(axis=0) for place in range(len(self.groups))]
        )

    @cached_property
    def deviations(self) -> Numbers:
        """Each case's distance from the centroid of its group."""
        return self.matrix - self.means[self.places]

    def __len__(self) -> int:
        return len(self.labels)


def sample_of(
    cases: Iterable[LabelledCase], *, variables: tuple[str, ...], groups: tuple[str, ...]
) -> Sample:
    """The complete ones among the cases, checked to be enough for a fit.

    Args:
        cases: the sessions.
        variables: ids of the numbers of a case, in their order.
        groups: every group that may occur, in the order to keep.

    Raises:
        DomainError: an unknown group, fewer than two groups, a group with too few cases, or
            variables that say nothing of their own.
    """
    given = tuple(cases)
    complete = [
        (tuple(value for value in case.values if value is not None), case.group)
        for case in given
        if None not in case.values
    ]
    seen = {group for _, group in complete}
    _require_known({case.group for case in given}, groups)
    kept = tuple(group for group in groups if group in seen)
    sample = Sample(
        variables=variables,
        groups=kept,
        values=tuple(values for values, _ in complete),
        labels=tuple(kept.index(group) for _, group in complete),
        incomplete=len(given) - len(complete),
    )
    _require_groups(sample, {case.group for case in given} - seen)
    _require_spread(sample)
    return sample


def _require_known(named: set[str], groups: tuple[str, ...]) -> None:
    unknown = sorted(named - set(groups))
    if unknown:
        raise _refusal(
            "refit.unknown_group",
            f"{', '.join(unknown)} is none of the groups {', '.join(groups)}",
            "correct the class, or fit codings of one scheme",
        )


def _require_groups(sample: Sample, lost: set[str]) -> None:
    if lost:
        raise _refusal(
            "refit.group_lost",
            f"no case of group {', '.join(sorted(lost))} has every variable",
            "rate what is missing, leave a variable out, or leave the group out",
        )
    if len(sample.groups) < 2:
        there = f"only group {sample.groups[0]} is there" if sample.groups else "there is no case"
        raise _refusal(
            "refit.one_group",
            f"{there}, with every variable known",
            "functions need cases of two groups at least",
        )
    few = [
        f"{group} ({count})"
        for group, count in zip(sample.groups, sample.counts, strict=True)
        if count < SMALLEST_GROUP
    ]
    if few:
        raise _refusal(
            "refit.small_group",
            f"fewer than {SMALLEST_GROUP} cases of group {', '.join(few)}",
            "add cases, or leave the group out",
        )


def _require_spread(sample: Sample) -> None:
    """Refuse variables by which the covariance within the groups has no inverse."""
    if len(sample) - len(sample.groups) < len(sample.variables):
        raise _refusal(
            "refit.too_few",
            f"{len(sample)} cases in {len(sample.groups)} groups cannot carry "
            f"{len(sample.variables)} variables",
            "add cases, or name fewer variables",
        )
    constant, dependent = redundant_variables(sample)
    if constant:
        raise _refusal(
            "refit.constant",
            f"{', '.join(constant)} never differs within a group",
            "leave it out: the covariance has no inverse with it",
        )
    if dependent:
        raise _refusal(
            "refit.dependent",
            f"{', '.join(dependent)} follows from the variables before it",
            "leave it out: the covariance has no inverse with it",
        )


def redundant_variables(sample: Sample) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Variables that are constant within groups, and those that others fix within groups."""
    constant: list[str] = []
    dependent: list[str] = []
    kept: list[Numbers] = []
    size = np.abs(sample.matrix).max(axis=0)
    for place, name in enumerate(sample.variables):
        column = sample.deviations[:, place]
        spread = float(column @ column)
        if spread <= len(sample) * (_REMAINDER * size[place]) ** 2:
            constant.append(name)
            continue
        if kept and _remainder(np.column_stack(kept), column) <= _REMAINDER * spread:
            dependent.append(name)
            continue
        kept.append(column)
    return tuple(constant), tuple(dependent)


def _remainder(known: Numbers, column: Numbers) -> float:
    """Sum of squares of a column that a combination of known ones leaves."""
    solution = np.linalg.lstsq(known, column, rcond=None)[0]
    rest = column - known @ solution
    return float(rest @ rest)


def _refusal(code: str, message: str, remedy: str) -> DomainError:
    return DomainError(Finding(code=code, message=message, place="refit", remedy=remedy))
