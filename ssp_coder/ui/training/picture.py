"""The picture of a case: its videos from the pack, and a stretch that plays over and over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ssp_coder.ui.player.open_video import CameraSource
from ssp_coder.ui.player.stage import Stage

if TYPE_CHECKING:
    from pathlib import Path

    from ssp_coder.domain.time import Span
    from ssp_coder.training.packs import Case, Pack
    from ssp_coder.ui.player.view import Moment
    from ssp_coder.ui.theme.theme import Theme


class CasePicture(QWidget):
    """Owns a stage; what is asked for while the video is being opened is done when it is there.

    Signals:
        moment_changed: media time of the frame on the screen, in microseconds.
    """

    moment_changed = Signal(object)

    def __init__(
        self, theme: Theme, cache_folder: Path | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.stage = Stage(theme, cache_folder, self)
        self._wanted: Span | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stage)
        self.stage.player.moment_changed.connect(self._tell)
        self.stage.player.opened.connect(self._play_wanted)

    @property
    def is_open(self) -> bool:
        """Whether there is a picture."""
        return self.stage.player.video is not None

    def open(self, pack: Pack, case: Case) -> None:
        """Open the videos of a case in the background."""
        self._wanted = None
        self.stage.show_cameras(case.media)
        paths = pack.media_paths(case)
        sources = tuple(
            CameraSource(path=path, offset_us=media.offset_us)
            if path.is_file()
            else CameraSource(path=None, words=self.tr("{0} is not in the pack").format(path.name))
            for media, path in zip(case.media, paths, strict=True)
        )
        self.stage.player.open_cameras(sources)

    def loop(self, span: Span) -> None:
        """Go to the start of a stretch and play it over and over."""
        player = self.stage.player
        if not self.is_open:
            self._wanted = span
            return
        self.stage.moves.leave()
        self.stage.moves.go_to(span.start_us)
        player.set_loop(span)
        player.play()

    def leave(self) -> None:
        """End the loop and rest."""
        self._wanted = None
        self.stage.player.set_loop(None)
        self.stage.player.pause()

    def go_to(self, time_us: object) -> None:
        """Show the frame of a moment."""
        if isinstance(time_us, int) and self.is_open:
            self.stage.player.set_loop(None)
            self.stage.moves.go_to(time_us)

    def toggle(self) -> None:
        """Play or pause."""
        if self.is_open:
            self.stage.moves.toggle()

    def close_video(self) -> None:
        """Close the videos."""
        self._wanted = None
        self.stage.player.close()

    def _play_wanted(self, _video: object) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.loop(wanted)

    def _tell(self, moment: Moment) -> None:
        self.moment_changed.emit(moment.pts_us)
