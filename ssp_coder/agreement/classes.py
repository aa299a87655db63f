"""Agreement of two coders on classes, over cases (agreement reference, 3.15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ssp_coder.agreement.accuracy import Observers, accuracy_behind, base_rates_of
from ssp_coder.agreement.case_bootstrap import RESAMPLES, SEED, resampled_tables, with_interval
from ssp_coder.agreement.class_levels import class_at, classes_declared, levels_of
from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.agreement.estimate import Estimate
from ssp_coder.agreement.gwet import ac1, ac1s
from ssp_coder.agreement.kappa import (
    Kappa,
    kappa_of,
    kappas,
    specific_agreement,
    specific_agreements,
)
from ssp_coder.agreement.table import Floats, table_of
from ssp_coder.agreement.wilson import share
from ssp_coder.domain.coding import Classification
from ssp_coder.domain.ruletable import RuleTable

FEW_IN_CELL = 5
"""A cell with fewer cases says little (agreement reference, 3.15)."""

ClassPair = tuple[Classification | None, Classification | None]
"""The reference's or first coder's, and the other's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table: how many cases one coder put here and the other there."""

    reference: str
    other: str
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelAgreement:
    """Two coders on one set of labels, a label a case.

    Attributes:
        labels: all declared ones, in order.
        table: counts, rows the reference or first coder.
        n: cases that both labelled, which alone are counted.
        left_out: cases that one of them did not label.
        agreement: share of cases with the same label, with its Wilson interval.
        kappa: with p_o, p_e and kappa_max; the interval of kappa comes from drawing cases anew.
        ac1: Gwet's companion figure.
        specific: agreement on each label.
        accuracy: how accurate coders must be for this kappa at these frequencies.
        observers: for whom that accuracy is worked out.
        resamples: how often cases were drawn.
        seed: with which the same intervals come again.
    """

    labels: tuple[str, ...]
    table: tuple[tuple[int, ...], ...]
    n: int
    left_out: int
    agreement: Estimate
    kappa: Kappa
    ac1: Estimate
    specific: tuple[Estimate, ...]
    accuracy: Estimate
    observers: Observers
    resamples: int
    seed: int

    @property
    def small_cells(self) -> tuple[Cell, ...]:
        """Cells to warn of, those with fewer than five cases.

        An empty cell off the diagonal is what agreement looks like, so it is not one of them; the
        cell on the diagonal of a label that is in use is, even if it is empty.
        """
        return tuple(
            Cell(reference=self.labels[i], other=self.labels[j], n=count)
            for i, row in enumerate(self.table)
            for j, count in enumerate(row)
            if count < FEW_IN_CELL and (count or (i == j and self.specific[i].is_defined))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelAgreement:
    """Agreement on classes at one level."""

    level: ClassLevel
    figures: LabelAgreement


def label_agreement(
    pairs: Sequence[tuple[str, str]],
    labels: Sequence[str],
    *,
    observers: Observers = Observers.TWO_EQUAL,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> LabelAgreement:
    """Agreement on labels.

    Args:
        pairs: a case each: the label of the reference or first coder, and the other's; empty where
            one gave none.
        labels: all declared ones, used or not.
        observers: whether the first of each pair is a coder like the other, or the truth.
        resamples: how often cases are drawn anew.
        seed: of the drawing.

    Raises:
        ValueError: a label is not declared, or none is.
    """
    complete = [pair for pair in pairs if all(pair)]
    table = table_of(complete, labels)
    return _figures(table, tuple(labels), len(pairs) - len(complete), observers, (resamples, seed))


def _figures(
    table: Floats,
    labels: tuple[str, ...],
    left_out: int,
    observers: Observers,
    drawing: tuple[int, int],
) -> LabelAgreement:
    n = round(float(table.sum()))
    kappa, gwet, specific = kappa_of(table), ac1(table).ac, specific_agreement(table)
    rates = base_rates_of(table, observers)
    resamples, seed = drawing
    if n:
        drawn = resampled_tables(table, resamples=resamples, seed=seed)
        kappa = replace(kappa, kappa=with_interval(kappa.kappa, kappas(drawn)))
        if gwet.is_defined:
            gwet = with_interval(gwet, ac1s(drawn))
        specific = tuple(
            with_interval(one, values)
            for one, values in zip(specific, specific_agreements(drawn).T, strict=True)
        )
    return LabelAgreement(
        labels=labels,
        table=tuple(tuple(int(count) for count in row) for row in table),
        n=n,
        left_out=left_out,
        agreement=share(int(np.trace(table)), n),
        kappa=kappa,
        ac1=gwet,
        specific=specific,
        accuracy=accuracy_behind(kappa.kappa, rates, observers),
        observers=observers,
        resamples=resamples,
        seed=seed,
    )


def class_agreements(
    pairs: Sequence[ClassPair],
    table: RuleTable,
    *,
    observers: Observers = Observers.TWO_EQUAL,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> tuple[LevelAgreement, ...]:
    """Agreement on classes at every level that the table has; each says how many cases it rests on.

    Args:
        pairs: a case each.
        table: the rule table whose classes they are.
        observers: whether the first of each pair is a coder like the other, or the truth.
        resamples: how often cases are drawn anew.
        seed: of the drawing.

    Raises:
        ValueError: a class or subgroup is not one of the table.
    """
    return tuple(
        LevelAgreement(
            level=level,
            figures=label_agreement(
                [
                    (class_at(level, one, table), class_at(level, other, table))
                    for one, other in pairs
                ],
                classes_declared(level, table),
                observers=observers,
                resamples=resamples,
                seed=seed,
            ),
        )
        for level in levels_of(table)
        if level is not ClassLevel.D_DECISION
    )
