"""Classification functions as arrays, and how well they call cases whose class is known."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from ssp_coder.calibration.sample import Numbers, Places, Sample

UNCALLED = -1
"""The place of a case that could not be left out of the fit."""


class Priors(StrEnum):
    """How likely each group is held to be before anything is known of a case."""

    SAMPLE = "sample"
    EQUAL = "equal"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Functions:
    """One linear function a group; the largest value names the group.

    Attributes:
        constants: one a group.
        weights: groups by variables.
    """

    constants: Numbers
    weights: Numbers

    def values(self, matrix: Numbers) -> Numbers:
        """The functions worked out, cases by groups."""
        worked: Numbers = matrix @ self.weights.T + self.constants
        return worked

    def calls(self, matrix: Numbers) -> Places:
        """Place of the largest function of each case."""
        return np.asarray(self.values(matrix).argmax(axis=1), dtype=np.intp)


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """The class people gave against the class that functions call.

    Attributes:
        rows: a row a group that people gave, a count a group that was called.
        uncalled: by group, cases that could not be judged.
    """

    groups: tuple[str, ...]
    rows: tuple[tuple[int, ...], ...]
    uncalled: tuple[int, ...]

    @property
    def cases(self) -> int:
        """Number of cases, with those that could not be judged."""
        return sum(map(sum, self.rows)) + sum(self.uncalled)

    @property
    def right(self) -> int:
        """Cases called as people did."""
        return sum(row[place] for place, row in enumerate(self.rows))

    @property
    def accuracy(self) -> float:
        """Share called as people did; a case that could not be judged counts as wrong."""
        return self.right / self.cases

    @property
    def commonest(self) -> float:
        """Share that is called right by always naming the largest group."""
        sizes = [sum(row) + lost for row, lost in zip(self.rows, self.uncalled, strict=True)]
        return max(sizes) / self.cases


def priors_of(counts: Places, priors: Priors) -> Numbers:
    """The prior probability of each group."""
    if priors is Priors.EQUAL:
        return np.full(len(counts), 1.0 / len(counts))
    return np.asarray(counts / counts.sum(), dtype=np.float64)


def confusion_of(sample: Sample, calls: Places) -> Confusion:
    """The cases counted by their class and by what they were called."""
    size = len(sample.groups)
    table = np.zeros((size, size + 1), dtype=np.intp)
    np.add.at(table, (sample.places, np.where(calls == UNCALLED, size, calls)), 1)
    return Confusion(
        groups=sample.groups,
        rows=tuple(tuple(map(int, row[:size])) for row in table),
        uncalled=tuple(int(row[size]) for row in table),
    )
