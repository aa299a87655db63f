"""What becomes clips: episodes, events, or a stretch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ssp_coder.ui.clips.episode_choice import EpisodeChoice
from ssp_coder.ui.clips.event_choice import EventChoice
from ssp_coder.ui.clips.stretch_choice import StretchChoice
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.kit.segmented import Segment, SegmentedControl

if TYPE_CHECKING:
    from ssp_coder.reporting.clip_wishes import Wish
    from ssp_coder.ui.clips.material import Material
    from ssp_coder.ui.theme.theme import Theme

EPISODES, EVENTS, STRETCH = "episodes", "events", "stretch"


class WhatPanel(Panel):
    """One of three ways to say what is wanted."""

    changed = Signal()

    def __init__(self, theme: Theme, material: Material, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.set_title(self.tr("What"))
        segments = (
            Segment(id=EPISODES, title=self.tr("Episodes")),
            Segment(id=EVENTS, title=self.tr("Events")),
            Segment(id=STRETCH, title=self.tr("From – to")),
        )
        self.kind = SegmentedControl(theme, segments, self.tr("What becomes clips"), self)
        self.episodes = EpisodeChoice(theme, material, self)
        self.events = EventChoice(theme, material, self)
        self.stretch = StretchChoice(theme, material, self)
        self._parts: dict[str, EpisodeChoice | EventChoice | StretchChoice] = {
            EPISODES: self.episodes,
            EVENTS: self.events,
            STRETCH: self.stretch,
        }
        self._stack = QStackedWidget(self)
        self._build(theme)
        self.kind.segment_chosen.connect(self.choose)
        for part in self._parts.values():
            part.changed.connect(self.changed)
        self.choose(_first(material))

    def choose(self, kind: str) -> None:
        """Show one of the three."""
        self.kind.set_chosen(kind)
        self.setFocusProxy(self.kind.part(kind))
        self._stack.setCurrentWidget(self._parts[kind])
        self.changed.emit()

    def wishes(self) -> tuple[Wish, ...]:
        """The clips that are wanted, in order of time."""
        return self._parts[self.kind.chosen()].wishes()

    def note(self) -> str:
        """What should be known of the choice, or empty."""
        return self._parts[self.kind.chosen()].note()

    def _build(self, theme: Theme) -> None:
        px = theme.px
        for part in self._parts.values():
            self._stack.addWidget(part)
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(px(12), px(8), px(12), px(8))
        column.setSpacing(px(8))
        column.addWidget(self.kind)
        column.addWidget(self._stack, 1)
        self.set_body(body)


def _first(material: Material) -> str:
    if material.selected:
        return EVENTS
    return EPISODES if material.loop is None else STRETCH
