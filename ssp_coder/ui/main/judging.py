"""Carries out what is done on the pages that judge: evidence of ratings, ends of an index."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ssp_coder.editing.completeness import Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.ui.main.window import MainWindow


class JudgingDesk(QObject):
    """Passes commands on to the page they belong to while it is in front."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def commands(self) -> dict[str, Callable[[], None]]:
        """What each command of the table does."""
        return {
            "evidence_add": partial(self._do, Step.RATE, "add_evidence"),
            "evidence_play": partial(self._do, Step.RATE, "play_evidence"),
            "index_start": partial(self._do, Step.DISORGANIZATION, "start_index"),
            "index_end": partial(self._do, Step.DISORGANIZATION, "end_index"),
            "index_play": partial(self._do, Step.DISORGANIZATION, "play_index"),
        }

    def _do(self, step: Step, act: str) -> None:
        workspace = self._window.workspace
        if workspace is None:
            return
        if workspace.current != step:
            self._window.say(self.tr("This belongs to another step"))
            return
        getattr(workspace.page(step), act)()
