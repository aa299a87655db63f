"""The panels of the prepare and code steps: what they are called and where they stand first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from ssp_coder.editing.completeness import Step
from ssp_coder.ui.docks.placing import PanelSpec, Zone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ssp_coder.ui.code.page import WorkPage
    from ssp_coder.ui.player.stage import Stage
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme

PICTURE = "picture"
"""Id of the panel that holds the picture."""

EPISODES = "episodes"
"""Id of the list of episodes, which is made when it is first seen."""

BOARD, EVENTS = "board", "events"
"""Ids of the panels with the code board and with the list of events."""

PANELS = (EPISODES, BOARD, EVENTS, "intervals", "comments", "history", "timeline")
"""Ids of the panels that can be put away and brought back."""

LATE = ("intervals", "comments", "history")
"""Ids of the panels that are made when they are first seen."""

_PREPARE, _CODE = frozenset({Step.PREPARE.value}), frozenset({Step.CODE.value})


class TakesMoment(Protocol):
    """A panel that follows the frame on the screen."""

    def set_moment(self, pts_us: int, frame: int | None) -> None:
        """Take note of the frame on the screen."""


class WorkPanels(QObject):
    """Says which panels there are; those behind a tab are made when they are first seen."""

    def __init__(self, theme: Theme, session: OpenSession, stage: Stage, page: WorkPage) -> None:
        super().__init__(page)
        self._theme = theme
        self._session = session
        self._stage = stage
        self._page = page

    def specs(self, picture: QWidget) -> tuple[PanelSpec, ...]:
        """All panels, in the order of tabs that share a place.

        Args:
            picture: where the picture stands while this page is in front.
        """
        page = self._page
        return (
            PanelSpec(
                id=PICTURE,
                title=self.tr("Picture"),
                zone=Zone.PICTURE,
                make=lambda _ground: picture,
                steps=_PREPARE | _CODE,
                stays=True,
            ),
            PanelSpec(
                id=EPISODES,
                title=self.tr("Episodes"),
                zone=Zone.SIDE,
                make=self._episodes,
                steps=_PREPARE,
                late=True,
                goes_along=False,
            ),
            PanelSpec(
                id=BOARD,
                title=self.tr("Code board"),
                zone=Zone.SIDE,
                make=page.make_board,
                lend=lambda: page.board.lend_title(),
                steps=_CODE,
                goes_along=False,
            ),
            PanelSpec(
                id=EVENTS,
                title=self.tr("Events"),
                zone=Zone.LIST,
                make=page.make_list,
                steps=_CODE,
            ),
            *self._late(),
            PanelSpec(
                id="timeline",
                title=self.tr("Timeline"),
                zone=Zone.FOOT,
                make=page.make_timeline,
                steps=_PREPARE | _CODE,
            ),
        )

    def _late(self) -> tuple[PanelSpec, ...]:
        made = (
            ("intervals", self.tr("Intervals"), self._intervals),
            ("comments", self.tr("Comments"), self._comments),
            ("history", self.tr("History"), self._history),
        )
        return tuple(
            PanelSpec(id=panel, title=title, zone=Zone.LIST, make=make, steps=_CODE, late=True)
            for panel, title, make in made
        )

    def _episodes(self, ground: QWidget) -> QWidget:
        from ssp_coder.ui.prepare.panel import PreparePanel

        panel = PreparePanel(self._theme, self._session, ground)
        moment = self._stage.player.moment
        if moment is not None:
            panel.set_moment(moment.pts_us, self._stage.player.frame_at(moment.pts_us))
        return panel

    def _intervals(self, ground: QWidget) -> QWidget:
        from ssp_coder.ui.intervals.panel import IntervalPanel
        from ssp_coder.ui.intervals.playing import SheetPlaying

        panel = IntervalPanel(self._theme, self._session, ground)
        SheetPlaying(panel, self._stage)
        return panel

    def _comments(self, ground: QWidget) -> QWidget:
        from ssp_coder.ui.comments.panel import CommentPanel

        return CommentPanel(self._theme, self._session, ground)

    def _history(self, ground: QWidget) -> QWidget:
        from ssp_coder.ui.history.panel import HistoryPanel

        return HistoryPanel(self._theme, self._session, ground)
