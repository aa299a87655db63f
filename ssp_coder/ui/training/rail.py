"""The rows of the training window's rail: stages with counts, then what goes beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ssp_coder.training.packs import Stage
from ssp_coder.training.programme import CaseState
from ssp_coder.ui.kit.rail_rows import RailStep, StepState
from ssp_coder.ui.training.words import stage_title

if TYPE_CHECKING:
    from ssp_coder.training.programme import Programme

CERTIFICATE, EXERCISES, PROGRESS = "certificate", "exercises", "progress"
ROWS = (
    *(Stage.LEARN.value, Stage.PRACTICE.value, Stage.TEST.value, CERTIFICATE),
    *(Stage.UPKEEP.value, EXERCISES, PROGRESS),
)
"""Ids of the rows from the top; a stage's row has the stage's id."""


def tr(words: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("training_rail", words)


def rail_rows(programme: Programme, due: Mapping[object, int]) -> tuple[RailStep, ...]:
    """Every row with its state and count.

    Args:
        programme: where the trainee stands.
        due: exercises that are due, by their kind.
    """
    certified = programme.certified is not None
    waiting = sum(due.values())
    certificate = RailStep(
        id=CERTIFICATE,
        title=tr("Certified"),
        state=StepState.DONE if certified else StepState.OPEN,
    )
    stages = {stage: _stage_row(programme, stage) for stage in Stage}
    return (
        stages[Stage.LEARN],
        stages[Stage.PRACTICE],
        stages[Stage.TEST],
        certificate,
        stages[Stage.UPKEEP],
        RailStep(
            id=EXERCISES,
            title=tr("Short exercises"),
            detail=tr("{0} due").format(waiting) if waiting else "",
            icon="clip",
        ),
        RailStep(id=PROGRESS, title=tr("Progress"), icon="flag"),
    )


def _stage_row(programme: Programme, stage: Stage) -> RailStep:
    shown = [one for one in programme.shown if one.case.stage is stage]
    done = sum(one.state is CaseState.DONE for one in shown)
    if stage is Stage.TEST:
        # A finished form is done with, whether or not its feedback may be seen yet.
        done = sum(one.last is not None and one.last.submitted is not None for one in shown)
    begun = any(one.state not in (CaseState.CLOSED, CaseState.READY) for one in shown)
    if shown and done == len(shown):
        state = StepState.DONE
    else:
        state = StepState.HALF if begun else StepState.OPEN
    detail = f"{done}/{len(shown)}" if shown else ""
    return RailStep(id=stage.value, title=stage_title(stage), state=state, detail=detail)
