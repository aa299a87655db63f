"""The scrap of sound that belongs to a frame, heard when a coder steps onto it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ssp_coder.domain.time import Micros

if TYPE_CHECKING:
    from ssp_coder.ui.player.player import Player
    from ssp_coder.ui.player.view import Moment

SHORTEST_US, LONGEST_US = Micros(40_000), Micros(80_000)
"""Project default: a scrap is as long as its frame within these limits. A shorter one is a click,
a longer one belongs to the frames that follow."""
PAUSE_MS = 150
"""Project default: frames that come sooner after each other pass in silence."""


class StepSound(QObject):
    """Lets a frame be heard once it is painted, so that no picture ever waits for it.

    While frames come faster than scraps can follow, as with a key held down, it is silent; the
    frame that is stayed on is heard. Nothing sounds while playing, or when another camera leads.
    """

    def __init__(self, player: Player) -> None:
        super().__init__(player)
        self._player = player
        self._is_on = False
        self._last: Moment | None = player.moment
        self._owed = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._make_good)
        player.moment_changed.connect(self._note)
        player.playing_changed.connect(self._forget_owed)
        player.opened.connect(self._begin_anew)

    @property
    def is_on(self) -> bool:
        """Whether frames are heard."""
        return self._is_on

    def turn(self, *, on: bool) -> None:
        """Let frames be heard from now on, or not."""
        self._is_on = on
        self._owed = False

    def _note(self, moment: Moment) -> None:
        before, self._last = self._last, moment
        stepped = before is not None and before != moment and before.camera == moment.camera
        if not stepped or not self._is_on or self._player.playing:
            return
        self._owed = self._pause.isActive()
        if not self._owed:
            self._let_hear(moment)
        self._pause.start()

    def _make_good(self) -> None:
        if self._owed and self._is_on and self._last is not None and not self._player.playing:
            self._let_hear(self._last)
            self._pause.start()
        self._owed = False

    def _let_hear(self, moment: Moment) -> None:
        video = self._player.cameras[moment.camera].video
        if video is not None:
            length = video.index.end_of(moment.ordinal) - video.index.time_of(moment.ordinal)
            self._player.speaker.scrap(moment.pts_us, min(LONGEST_US, max(SHORTEST_US, length)))

    def _forget_owed(self, _playing: bool) -> None:
        self._owed = False

    def _begin_anew(self, _video: object) -> None:
        self._last, self._owed = None, False
