"""Placing one camera on the session's time: three ways, the drift check, and applying."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ssp_coder.domain.coding import OffsetSource
from ssp_coder.domain.time import offset_text
from ssp_coder.media.drift import common_span
from ssp_coder.media.syncing import SoundOffset
from ssp_coder.reporting.cameras import source_words
from ssp_coder.ui.cameras.drift_view import DriftView
from ssp_coder.ui.cameras.hear import HearPane
from ssp_coder.ui.cameras.same_moment import SameMomentPane
from ssp_coder.ui.cameras.typed import TypedPane
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.empty_state import EmptyState
from ssp_coder.ui.kit.segmented import Segment, SegmentedControl
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.time import Micros
    from ssp_coder.ui.cameras.draft import PlaceDraft
    from ssp_coder.ui.player.open_video import OpenVideo
    from ssp_coder.ui.theme.theme import Theme


class Way(StrEnum):
    """How an offset is found."""

    SAME_MOMENT = "same_moment"
    SOUND = "sound"
    TYPED = "typed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelSubject:
    """The camera that a panel is about.

    Attributes:
        place: its place among the session's cameras, 1 or more.
        videos: those of camera 1 and of this one; None while they cannot be shown.
        why: why they cannot be shown.
        locked: why nothing can be changed, empty when something can.
    """

    place: int
    videos: tuple[OpenVideo, OpenVideo] | None
    why: str = ""
    locked: str = ""


class PlacePanel(QWidget):
    """Finds out where a camera begins. Nothing changes before `applied`.

    Signals:
        applied: the `Proposal` to be put into the coding.
        found_out: the draft holds something new.
    """

    applied = Signal(object)
    found_out = Signal()

    def __init__(
        self,
        theme: Theme,
        subject: PanelSubject,
        draft: PlaceDraft,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._subject = subject
        self.draft = draft
        self.same: SameMomentPane | None = None
        self.hear: HearPane | None = None
        self.title = lettering(theme, "", FontUse.PANEL_TITLE)
        self.ways = SegmentedControl(
            theme,
            (
                Segment(id=Way.SOUND, title=self.tr("From the sound")),
                Segment(id=Way.SAME_MOMENT, title=self.tr("Same moment")),
                Segment(id=Way.TYPED, title=self.tr("Typed")),
            ),
            self.tr("How it is found out when the camera began"),
            self,
        )
        self._stack = QStackedWidget(self)
        self.typed = TypedPane(theme, subject.place, draft.frame_us, self)
        self.drift = DriftView(theme, subject.place, self)
        self.words = lettering(theme, "", FontUse.LABEL)
        self.discard = PushButton(theme, self.tr("Discard"), parent=self)
        self.apply = PushButton(theme, self.tr("Apply"), ButtonKind.PRIMARY, self)
        self._pages = self._make_pages()
        self._build()
        self._connect()
        self.show_way(self._first_way())
        self.refresh()
        self._look_at_the_beginning()

    def show_way(self, way: str) -> None:
        """Show one of the ways to find out."""
        self.ways.set_chosen(way)
        self._stack.setCurrentWidget(self._pages[Way(way)])

    def refresh(self) -> None:
        """Show what the draft holds."""
        draft = self.draft
        self.title.setText(
            self.tr("Camera {0}, {1}").format(self._subject.place + 1, draft.camera.name)
        )
        self.typed.show_offset(draft.offset_us)
        if self.same is not None:
            self.same.show_offset(draft.offset_us)
        self.drift.show_drift(draft.drift(), draft.offset_us, by_eye=draft.by_eye)
        self.words.setText(self._offer_words())
        self._offer()

    def stop(self) -> None:
        """Stop all work and let the recordings go."""
        if self.hear is not None:
            self.hear.stop()
        if self.same is not None:
            self.same.close_lanes()

    def _offer_words(self) -> str:
        camera, proposal = self.draft.camera, self.draft.proposal
        now = _at(camera.offset_us, camera.offset_source)
        if proposal is None:
            return self.tr("Begins at {0}").format(now)
        then = _at(proposal.offset_us, proposal.source)
        return self.tr("Begins at {0}. Proposed: {1}").format(now, then)

    def _offer(self) -> None:
        for button in (self.apply, self.discard):
            if self._subject.locked:
                button.disable(self._subject.locked)
            elif self.draft.proposal is None:
                button.disable(self.tr("Nothing is proposed"))
            else:
                button.enable()
        if self.typed.field.error() and self.apply.isEnabled():
            self.apply.disable(self.tr("The typed time cannot be read"))

    def _take_typed(self, offset_us: Micros) -> None:
        self.draft.propose(offset_us, OffsetSource.TYPED)
        self._tell()

    def _take_seen(self, first_us: Micros, camera_us: Micros) -> None:
        self.draft.add_seen(first_us, camera_us)
        self._tell()
        if self.same is not None:
            self.same.set_together(True)

    def _take_heard(self, found: object) -> None:
        if isinstance(found, SoundOffset):
            self.draft.take_heard(found)
            self._tell()

    def _forget_seen(self, at_us: Micros) -> None:
        self.draft.forget_seen(at_us)
        self._tell()

    def _discard(self) -> None:
        self.draft.discard()
        self.typed.forget()
        self._tell()

    def _tell(self) -> None:
        self.refresh()
        self.found_out.emit()

    def _apply(self) -> None:
        if self.draft.proposal is not None and not self._subject.locked:
            self.applied.emit(self.draft.proposal)

    def _look(self) -> None:
        """See both pictures together in the middle of what both cameras show."""
        span = common_span(self.draft.first, self.draft.camera, self.draft.offset_us)
        self._look_at((span.start_us + span.end_us) // 2)

    def _look_at(self, at_us: int) -> None:
        if self.same is not None:
            self.show_way(Way.SAME_MOMENT)
            self.same.set_together(True)
            self.same.show_at(at_us)
            self.same.camera.setFocus()

    def _look_at_the_beginning(self) -> None:
        if self.same is not None:
            draft = self.draft
            known = draft.proposal is not None or draft.camera.offset_source is not (
                OffsetSource.ASSUMED
            )
            self.same.set_together(known)
            span = common_span(draft.first, draft.camera, draft.offset_us)
            self.same.show_at(span.start_us)

    def _first_way(self) -> Way:
        if self._subject.videos is None:
            return Way.TYPED
        heard = all(video.tracks for video in self._subject.videos)
        return Way.SOUND if heard else Way.SAME_MOMENT

    def _make_pages(self) -> dict[Way, QWidget]:
        subject, theme = self._subject, self._theme
        pages: dict[Way, QWidget] = {Way.TYPED: self.typed}
        if subject.videos is None:
            for way in (Way.SAME_MOMENT, Way.SOUND):
                title = self.tr("Both videos are needed for this")
                pages[way] = EmptyState(theme, title, subject.why, parent=self)
        else:
            self.same = SameMomentPane(theme, subject.place, subject.videos, self)
            self.hear = HearPane(theme, subject.place, subject.videos, self)
            pages |= {Way.SAME_MOMENT: self.same, Way.SOUND: self.hear}
        return pages

    def _connect(self) -> None:
        self.ways.segment_chosen.connect(self.show_way)
        self.typed.typed.connect(self._take_typed)
        self.typed.mistyped.connect(self._offer)
        self.drift.place_chosen.connect(self._look_at)
        self.drift.place_removed.connect(self._forget_seen)
        self.apply.clicked.connect(self._apply)
        self.discard.clicked.connect(self._discard)
        if self.same is not None and self.hear is not None:
            self.same.seen.connect(self._take_seen)
            self.hear.heard.connect(self._take_heard)
            self.hear.look_wished.connect(self._look)
            if self.draft.heard is not None:
                self.hear.show_found(self.draft.heard)

    def _build(self) -> None:
        px = self._theme.px
        if self._subject.locked:
            self.typed.set_locked(self._subject.locked)
            if self.same is not None:
                self.same.set_locked(self._subject.locked)
        for page in self._pages.values():
            self._stack.addWidget(page)
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(self.title, 1)
        head.addWidget(self.ways)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self.words, 1)
        foot.addWidget(self.discard)
        foot.addWidget(self.apply)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        column.addWidget(self.drift)
        column.addLayout(foot)


def _at(offset_us: int, source: OffsetSource) -> str:
    """An offset with how it is known."""
    return f"{offset_text(offset_us)} ({source_words(source)})"
