"""Picture and transport as one piece, moved to whatever page is in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ssp_coder.domain.session import EpisodeSpan, episode_at
from ssp_coder.domain.time import short_clock_text
from ssp_coder.ui.player.player import OpenVideo, Player
from ssp_coder.ui.player.sound_bar import SoundOffNotice
from ssp_coder.ui.player.transport import Transport
from ssp_coder.ui.player.view import Moment, VideoView

if TYPE_CHECKING:
    from pathlib import Path

    from ssp_coder.ui.player.sound_device import SoundSystem
    from ssp_coder.ui.player.speaker import SoundState
    from ssp_coder.ui.theme.theme import Theme


class Stage(QWidget):
    """The video with its bar; owns the player."""

    def __init__(
        self,
        theme: Theme,
        cache_folder: Path | None = None,
        parent: QWidget | None = None,
        system: SoundSystem | None = None,
    ) -> None:
        super().__init__(parent)
        self.view = VideoView(theme, self)
        self.transport = Transport(theme, self)
        self.sound_off = SoundOffNotice(theme, self)
        self.player = Player(self.view, cache_folder, self, system)
        self._spans: tuple[EpisodeSpan, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.sound_off)
        column.addWidget(self.transport)
        self.transport.toggle_requested.connect(self.player.toggle)
        self.transport.step_requested.connect(self.player.step)
        self.transport.rate_chosen.connect(self.player.set_rate)
        self.player.moment_changed.connect(self._show_moment)
        self.player.playing_changed.connect(self.transport.show_playing)
        self.player.rate_changed.connect(self.transport.show_rate)
        self.player.opened.connect(self._show_video)
        self._connect_sound()

    def _connect_sound(self) -> None:
        speaker, bar = self.player.speaker, self.transport.sound
        bar.mute_requested.connect(speaker.toggle_mute)
        bar.volume_chosen.connect(speaker.set_volume)
        bar.track_chosen.connect(speaker.choose_track)
        speaker.volume_changed.connect(bar.show_volume)
        speaker.state_changed.connect(self._show_sound)
        self.sound_off.retry_requested.connect(speaker.retry)

    def _show_sound(self, state: SoundState) -> None:
        self.transport.sound.show_state(state)
        self.sound_off.show_reason(self.player.speaker.reason)

    def show_episodes(self, spans: tuple[EpisodeSpan, ...]) -> None:
        """Name the episode that the picture lies in from now on."""
        self._spans = spans
        if self.player.moment is not None:
            self._show_moment(self.player.moment)

    def _show_moment(self, moment: Moment) -> None:
        self.transport.show_moment(moment)
        span = episode_at(self._spans, moment.pts_us)
        if span is None or span.start_us is None:
            self.transport.show_episode("", "")
            return
        into = short_clock_text(moment.pts_us - span.start_us, digits=0)
        planned = short_clock_text(span.plan.planned_us, digits=0)
        if span.length_us is None:
            detail = self.tr("{0}, planned {1}").format(into, planned)
        else:
            real = short_clock_text(span.length_us, digits=0)
            detail = self.tr("{0} of {1}, planned {2}").format(into, real, planned)
        self.transport.show_episode(f"{span.plan.id}  {span.plan.title}", detail)

    def _show_video(self, video: OpenVideo) -> None:
        fps = video.facts.fps
        if fps is None:
            words = ""
        elif video.facts.constant_rate:
            words = self.tr("at {0}").format(f"{float(fps):.2f}".rstrip("0").rstrip("."))
        else:
            words = self.tr("at a changing rate")
        self.transport.show_frame_rate(words)
        self.transport.sound.show_tracks(video.tracks)
