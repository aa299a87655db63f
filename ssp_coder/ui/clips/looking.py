"""Clips looked through for faces before they are written, each one once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ssp_coder.ui.clips.words import tr

if TYPE_CHECKING:
    from ssp_coder.media.clips import ClipPlan
    from ssp_coder.media.covering import Covering

Review = Callable[["ClipPlan", str, QWidget], "Covering | None"]
"""Has a person look through a clip and says what is covered in it; None when they gave up.

It is told which clip it is, such as "2 of 5".
"""


class Looking:
    """Keeps what was looked through, so that nobody has to do it twice."""

    def __init__(self, review: Review | None) -> None:
        """Make it; without a review nothing can be looked through."""
        self._review = review
        self._looked: dict[tuple[Path, range], Covering] = {}

    @property
    def possible(self) -> bool:
        """Whether there is somebody to look."""
        return self._review is not None

    def covered(self, plans: Sequence[ClipPlan], parent: QWidget) -> tuple[ClipPlan, ...] | None:
        """The plans with what a person had covered; None when they gave up."""
        done = []
        for number, plan in enumerate(plans, start=1):
            covering = self._looked.get(_which(plan))
            if covering is None and self._review is not None:
                words = tr("{0} of {1}").format(number, len(plans))
                covering = self._review(plan, words, parent)
            if covering is None:
                return None
            self._looked[_which(plan)] = covering
            done.append(replace(plan, covering=covering))
        return tuple(done)

    def words(self, plans: Sequence[ClipPlan]) -> str:
        """How many of them were looked through, empty while it is none."""
        looked = sum(_which(plan) in self._looked for plan in plans)
        if not looked:
            return ""
        return tr("{0} of {1} looked through for faces").format(looked, len(plans))


def _which(plan: ClipPlan) -> tuple[Path, range]:
    return plan.video, plan.frames()
