"""The clip of an exercise: opens the case's videos once and loops what is asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ssp_coder.ui.main.settings import cache_folder
from ssp_coder.ui.player.open_video import CameraSource
from ssp_coder.ui.player.stage import Stage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ssp_coder.domain.time import Micros, Span
    from ssp_coder.training.packs import Case, Pack
    from ssp_coder.ui.theme.theme import Theme


class ExerciseStage(QObject):
    """Owns a stage and what it loops.

    Signals:
        ready: the clip asked for is on the screen and plays.
        unready: the clip cannot be shown, and why.
    """

    ready = Signal()
    unready = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.stage = Stage(theme, cache_folder(), parent)
        self._shown: tuple[str, str] | None = None
        self._wanted: Span | None = None
        self._around_us: Micros | None = None
        self._opened = False
        player = self.stage.player
        player.opened.connect(self._take_up)
        player.open_failed.connect(self._fail)

    @property
    def playing(self) -> bool:
        """Whether the clip plays."""
        return self.stage.player.playing

    @property
    def frame_us(self) -> Micros | None:
        """When the frame on the screen begins; None before there is one."""
        moment = self.stage.player.moment
        return None if moment is None or not self._opened else moment.pts_us

    @property
    def is_open(self) -> bool:
        """Whether the videos asked for are open."""
        return self._opened

    def show_clip(self, pack: Pack, case: Case, clip: Span) -> None:
        """Loop a stretch of a case's videos; `ready` or `unready` follows."""
        self._wanted, self._around_us = clip, None
        key = (pack.sha256, case.id)
        if key == self._shown and self._opened:
            self._take_up()
            return
        self._shown, self._opened = key, False
        self.stage.show_cameras(case.media)
        paths = pack.media_paths(case)
        self.stage.player.open_cameras(
            tuple(
                CameraSource(path=path, offset_us=media.offset_us)
                if path.is_file()
                else CameraSource(
                    path=None, words=self.tr("{0} is not in the pack").format(path.name)
                )
                for media, path in zip(case.media, paths, strict=True)
            ),
            clip.start_us,
        )
        if not paths or not paths[0].is_file():
            gone = paths[0].name if paths else case.title
            self.unready.emit(self.tr("{0} is not in the pack").format(gone))

    def again(self) -> None:
        """Play what is asked about once more, from its start."""
        if not self._opened:
            return
        if self._around_us is not None:
            self.stage.moves.loop_event(self._around_us)
        elif self._wanted is not None:
            self._loop(self._wanted)

    def show_moment(self, at_us: Micros) -> None:
        """Loop the moments around a time from now on."""
        self._around_us = at_us
        self.again()

    def step(self, frames: int) -> None:
        """Go some frames on or back, inside the clip."""
        self.stage.moves.step(frames)

    def toggle(self) -> None:
        """Play or pause."""
        self.stage.moves.toggle()

    def close(self) -> None:
        """Let the videos go; twice is harmless."""
        self._shown, self._opened = None, False
        self._wanted = self._around_us = None
        self.stage.player.close()

    def _loop(self, span: Span) -> None:
        player = self.stage.player
        self.stage.moves.leave_motion()
        player.set_loop(span)
        player.seek(span.start_us)
        player.play()

    def _take_up(self, _video: object = None) -> None:
        if self._shown is None:
            return
        self._opened = True
        self.again()
        self.ready.emit()

    def _fail(self, words: str) -> None:
        self._opened = False
        self.unready.emit(words)
