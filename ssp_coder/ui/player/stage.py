"""Picture and transport as one piece, moved to whatever page is in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ssp_coder.domain.session import EpisodeSpan, episode_at
from ssp_coder.domain.time import short_clock_text
from ssp_coder.ui.player.movements import Movements
from ssp_coder.ui.player.player import Player
from ssp_coder.ui.player.screen import Screen
from ssp_coder.ui.player.sound_bar import SoundOffNotice, SoundSource
from ssp_coder.ui.player.transport import Transport

if TYPE_CHECKING:
    from pathlib import Path

    from ssp_coder.domain.coding import Media
    from ssp_coder.media.probe import MediaFacts
    from ssp_coder.ui.player.sound_device import SoundSystem
    from ssp_coder.ui.player.speaker import SoundState
    from ssp_coder.ui.player.view import Moment, VideoView
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
        self.pictures = Screen(theme, self)
        self.transport = Transport(theme, self)
        self.sound_off = SoundOffNotice(theme, self)
        self.player = Player(self.pictures.views, cache_folder, self, system)
        self.moves = Movements(self.player, self)
        self._spans: tuple[EpisodeSpan, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pictures, 1)
        column.addWidget(self.sound_off)
        column.addWidget(self.transport)
        self.transport.rate_chosen.connect(self.player.set_rate)
        self.player.moment_changed.connect(self._show_moment)
        self.player.playing_changed.connect(self.transport.show_playing)
        self.player.rate_changed.connect(self.transport.show_rate)
        self.player.active_changed.connect(self._show_active)
        self.player.cameras_changed.connect(self._show_rate)
        self.pictures.active_wanted.connect(self.player.make_active)
        for view in self.pictures.views:
            view.lens_changed.connect(self._show_rate)
        self._connect_sound()
        self._connect_moves()

    def _connect_sound(self) -> None:
        speaker, bar = self.player.speaker, self.transport.sound
        bar.mute_requested.connect(speaker.toggle_mute)
        bar.volume_chosen.connect(speaker.set_volume)
        bar.source_chosen.connect(self.player.choose_sound)
        self.player.cameras_changed.connect(self._show_sources)
        speaker.volume_changed.connect(bar.show_volume)
        speaker.state_changed.connect(self._show_sound)
        self.sound_off.retry_requested.connect(speaker.retry)

    def _connect_moves(self) -> None:
        moves, bar = self.moves, self.transport
        bar.toggle_requested.connect(moves.toggle)
        bar.step_requested.connect(moves.step)
        bar.time_typed.connect(moves.go_to_typed)
        bar.motion_left.connect(moves.leave)
        moves.motion_changed.connect(bar.show_motion)
        moves.place_refused.connect(bar.time_entry.refuse)
        moves.place_reached.connect(bar.time_entry.close_entry)

    def _show_sound(self, state: SoundState) -> None:
        self.transport.sound.show_state(state)
        self.sound_off.show_reason(self.player.speaker.reason)

    def show_cameras(self, media: tuple[Media, ...]) -> None:
        """Make room for the cameras of a session."""
        self.pictures.show_cameras(tuple(one.name for one in media))

    def _show_sources(self) -> None:
        player = self.player
        sources = tuple(
            SoundSource(camera=camera.place, track=track)
            for camera in player.cameras
            if camera.video is not None
            for track in camera.video.tracks
        )
        heard = None if player.sound_of is None else (player.sound_of, player.speaker.track)
        self.transport.sound.show_sources(sources, heard)

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

    @property
    def view(self) -> VideoView:
        """The view of the active camera."""
        return self.player.view

    def _show_active(self, place: int) -> None:
        self.pictures.show_active(place)
        self._show_rate()

    def _show_rate(self) -> None:
        """Say how fast the recording of the active camera is, and how near it is seen."""
        video = self.player.cameras[self.player.active].video
        words = "" if video is None else self._rate_words(video.facts)
        zoom = self.view.lens.zoom
        if zoom > 1:
            words += self.tr(", zoom {0}×").format(f"{zoom:.1f}")
        self.transport.show_frame_rate(words)
        if self.player.moment is not None:
            self.transport.show_moment(self.player.moment)

    def _rate_words(self, facts: MediaFacts) -> str:
        if facts.fps is None:
            return ""
        if facts.constant_rate:
            return self.tr("at {0}").format(f"{float(facts.fps):.2f}".rstrip("0").rstrip("."))
        return self.tr("at a changing rate")
