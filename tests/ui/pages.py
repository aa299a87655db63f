"""A session and a picture for page tests: no file, no video, a frame that the test sets."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QApplication

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.time import Micros
from ssp_coder.editing.document import Document
from ssp_coder.media.frame import Picture
from ssp_coder.ui.player.stage import Stage
from ssp_coder.ui.session import OpenSession
from ssp_coder.ui.theme.theme import Theme
from tests.builders import coding, infant_scheme


def session_of(value: Coding | None = None) -> OpenSession:
    return OpenSession(Document(coding=value or coding(), scheme=infant_scheme()))


def paint(stage: Stage, seconds: float) -> None:
    """Let the stage show the frame of a time, as if it had been decoded, and paint it."""
    pixels = np.zeros((36, 64, 3), dtype=np.uint8)
    at = Micros(round(seconds * 1_000_000))
    stage.view.show_picture(Picture(ordinal=round(seconds * 25), pts_us=at, rgb=pixels))
    stage.view.repaint()
    if stage.player.moment is None or stage.player.moment.pts_us != at:
        stage.view.grab()
    QApplication.processEvents()


def shown_stage(theme: Theme, qtbot: object, seconds: float = 0.0) -> Stage:
    stage = Stage(theme)
    qtbot.addWidget(stage)
    stage.show()
    paint(stage, seconds)
    return stage
