"""Two pictures side by side, each with its own steps: "these are the same moment"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ssp_coder.ui.cameras.frame_pane import FramePane
from ssp_coder.ui.keys.words import caps
from ssp_coder.ui.kit.button import PushButton
from ssp_coder.ui.kit.choice import CheckBox
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.time import Micros
    from ssp_coder.ui.player.open_video import OpenVideo
    from ssp_coder.ui.theme.theme import Theme


class SameMomentPane(QWidget):
    """Lets a person find one moment in the pictures of camera 1 and of another camera.

    Signals:
        seen: the times of both frames, each by its own recording.
    """

    seen = Signal(object, object)

    def __init__(
        self,
        theme: Theme,
        place: int,
        videos: tuple[OpenVideo, OpenVideo],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._offset_us = 0
        self._following = False
        first, camera = videos
        one, other = self.tr("Camera 1"), self.tr("Camera {0}").format(place + 1)
        self.first = FramePane(theme, f"{one}, {first.path.name}", first, self)
        self.camera = FramePane(theme, f"{other}, {camera.path.name}", camera, self)
        self.together = CheckBox(theme, self.tr("Move both"), self)
        self.agree = PushButton(theme, self.tr("These are the same moment"), parent=self)
        self._build()
        self._connect()
        self._offer()

    def show_offset(self, offset_us: Micros) -> None:
        """From now on both pictures move together at this offset."""
        self._offset_us = offset_us

    def show_at(self, session_us: int) -> None:
        """Show both cameras at a moment of the session."""
        self._following = True
        self.first.go_to(session_us)
        self.camera.go_to(session_us - self._offset_us)
        self._following = False

    def set_together(self, together: bool) -> None:
        """Let one picture follow the other, or not."""
        self.together.setChecked(together)

    def set_locked(self, reason: str) -> None:
        """Let nothing be recorded, for a reason; an empty one lets it again."""
        self._reason = reason
        self._offer()

    def close_lanes(self) -> None:
        """Let both recordings go."""
        self.first.close_lane()
        self.camera.close_lane()

    def _first_moved(self, time_us: int) -> None:
        self._offer()
        if self.together.isChecked() and not self._following:
            self._following = True
            self.camera.go_to(time_us - self._offset_us)
            self._following = False

    def _camera_moved(self, time_us: int) -> None:
        self._offer()
        if self.together.isChecked() and not self._following:
            self._following = True
            self.first.go_to(time_us + self._offset_us)
            self._following = False

    def _agree(self) -> None:
        first, camera = self.first.shown_us, self.camera.shown_us
        if self.agree.isEnabled() and first is not None and camera is not None:
            self.seen.emit(first, camera)

    def _offer(self) -> None:
        why_not = self._reason or self.first.problem or self.camera.problem
        if why_not:
            self.agree.disable(why_not)
        elif self.first.shown_us is None or self.camera.shown_us is None:
            self.agree.disable(self.tr("A picture is still being read"))
        else:
            self.agree.enable()

    def _connect(self) -> None:
        self.first.moved.connect(self._first_moved)
        self.camera.moved.connect(self._camera_moved)
        for pane in (self.first, self.camera):
            pane.settled.connect(self._offer)
            pane.agreed.connect(self._agree)
        self.agree.clicked.connect(self._agree)

    def _build(self) -> None:
        px = self._theme.px
        self._reason = ""
        self.together.setToolTip(
            self.tr("Both pictures go on together at the offset, to look at another place")
        )
        self.agree.set_keys(caps("Return"))
        pictures = QHBoxLayout()
        pictures.setSpacing(px(12))
        pictures.addWidget(self.first, 1)
        pictures.addWidget(self.camera, 1)
        hint = self.tr(
            "Stop at a door, a step or a toy that both show, to the frame. A second place far "
            "away tells whether the clocks drift."
        )
        act = QHBoxLayout()
        act.setSpacing(px(12))
        act.addWidget(lettering(self._theme, hint, FontUse.TABLE, "hint"), 1)
        act.addWidget(self.together)
        act.addWidget(self.agree)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addLayout(pictures, 1)
        column.addLayout(act)
