"""Everything that the progress page shows, worked out outside the window's thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.training.curves import Curve, curves_for, learning_curve
from ssp_coder.training.drift import ChartKind, drift_setup, watch
from ssp_coder.training.evaluation import first_attempts
from ssp_coder.training.measures import Measure, Statistic
from ssp_coder.training.packs import Stage
from ssp_coder.training.references import pack_scheme
from ssp_coder.ui.training.drill import NO_EXERCISES, ExerciseBook, read_book

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.training.deeds import Entry
    from ssp_coder.training.drift import DriftFile, Watch
    from ssp_coder.training.evaluation import CaseFigures
    from ssp_coder.training.packs import Pack
    from ssp_coder.training.pass_rules import PassRule
    from ssp_coder.training.programme import Programme

USUAL_MEASURES = (
    Measure(statistic=Statistic.CLASS_SHARE, level=ClassLevel.THREE_WAY),
    Measure(statistic=Statistic.CLASS_SHARE, level=ClassLevel.D_TWO_WAY),
    Measure(statistic=Statistic.EVENT_F1),
)
"""Shown besides what the pass rule asks for (project default)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressFigures:
    """What a trainee's way looks like.

    Attributes:
        curves: what the pass rule asks for first.
        watch: the charts of drift; None without a re-check.
        setup: what is known of these charts.
        rechecks: how many re-checks were submitted.
        book: the exercises.
        scheme: of the pack, which names scales and codes.
    """

    curves: tuple[Curve, ...] = ()
    watch: Watch | None = None
    setup: DriftFile | None = None
    rechecks: int = 0
    book: ExerciseBook = NO_EXERCISES
    scheme: Scheme | None = None


def progress_figures(
    figures: Sequence[CaseFigures],
    rule: PassRule | None,
    sitting: tuple[Pack, Programme, Sequence[Entry]],
    folders: tuple[Path, ...] = (),
) -> ProgressFigures:
    """Work everything out.

    Args:
        figures: of all submissions whose reference may be seen.
        rule: the pack's, None without one.
        sitting: pack, where the trainee stands, and the rows of the logbook.
        folders: a laboratory's own teaching files, searched first.

    Raises:
        DomainError: a file of the pack or of the teaching cannot be used.
    """
    pack, programme, entries = sitting
    setup = drift_setup(folders)
    rechecks = first_attempts(figures, (Stage.UPKEEP,))
    return ProgressFigures(
        curves=curves_of(figures, rule),
        watch=watch(figures, setup) if rechecks else None,
        setup=setup,
        rechecks=len(rechecks),
        book=read_book(pack, programme, entries),
        scheme=pack_scheme(pack),
    )


def curves_of(figures: Sequence[CaseFigures], rule: PassRule | None) -> tuple[Curve, ...]:
    """The curves of the pass rule, then those that are usual; curves without a case are left out.

    Places to be rated are not told one by one here unless the rule asks for them.
    """
    asked = () if rule is None else curves_for(rule, figures)
    held = {curve.measure for curve in asked}
    usual = tuple(
        learning_curve(measure, figures) for measure in USUAL_MEASURES if measure not in held
    )
    return tuple(curve for curve in (*asked, *usual) if curve.points)


def limits(setup: DriftFile) -> tuple[tuple[float, float, int, float], ...]:
    """How often a fall of agreement is noticed: from, to, within so many cases, share of runs."""
    return tuple(
        (row.before, row.after, row.within, row.share)
        for row in setup.simulated.rows
        if row.chart is ChartKind.AGREEMENT and not row.is_stable
    )
