"""Carries out what is done with comments: writing one about whatever is in front."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject

from ssp_coder.domain.coding import CommentKind
from ssp_coder.domain.scale import ScaleRole
from ssp_coder.domain.session import episode_spans
from ssp_coder.domain.time import Span
from ssp_coder.editing.completeness import Step
from ssp_coder.ui.comments.words import About, about_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.domain.coding import Event
    from ssp_coder.domain.scale import SlotId
    from ssp_coder.ui.comments.editor import CommentEditor
    from ssp_coder.ui.main.window import MainWindow
    from ssp_coder.ui.main.workspace import Workspace


class CommentDesk(QObject):
    """Opens the place to write under the page in front."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._editor: CommentEditor | None = None

    def commands(self) -> dict[str, Callable[[], None]]:
        """What each command of the table does."""
        return {
            "comment": partial(self.write, CommentKind.NOTE),
            "flag": partial(self.write, CommentKind.FLAG),
            "ask": partial(self.write, CommentKind.QUESTION),
            "questions": self.show_questions,
        }

    def write(self, kind: CommentKind) -> None:
        """Begin a comment about what is in front, or give the one begun this kind."""
        workspace = self._window.workspace
        if workspace is None:
            return
        if workspace.session.read_only:
            self._window.say(self.tr("The coding cannot be changed"))
            return
        editor = self._editor_in(workspace)
        if editor.writing is not None and not editor.writing.answers:
            editor.choose(kind)
            return
        about = about_in_front(workspace)
        session = workspace.session
        spans = episode_spans(session.coding, session.scheme.procedure)
        event = _event_of(workspace, about)
        editor.write_new(about, about_words(about, event, session.scheme, spans), kind)

    def show_questions(self) -> None:
        """Write the questions to the trainer into files, or read the answers back."""
        workspace = self._window.workspace
        if workspace is None:
            return
        from ssp_coder.ui.comments.questions_dialog import QuestionsDialog

        dialog = QuestionsDialog(
            self._window.theme, workspace.session, workspace.player.video, self._window
        )
        dialog.exec()
        dialog.deleteLater()

    def _editor_in(self, workspace: Workspace) -> CommentEditor:
        there = self._editor
        if there is None or not shiboken6.isValid(there) or there.parent() is not workspace:
            from ssp_coder.ui.comments.editor import CommentEditor

            there = CommentEditor(self._window.theme, workspace.session, workspace)
            there.setProperty("panel", True)
            workspace.put_below(there)
            self._editor = there
        return there


def about_in_front(workspace: Workspace) -> About:
    """What a comment begun now is about.

    On the pages that judge the place in front; else the one selected event, the loop, or the frame
    on the screen; where none of them is, the whole session.
    """
    slot = _slot_in_front(workspace)
    if slot is not None:
        return About(slot=slot)
    if workspace.current not in (Step.PREPARE, Step.CODE):
        return About()
    # Also one that the list does not show now, as its filter hides it.
    selected = workspace.work.line.selected_events()
    event = workspace.work.events.model.event_of(selected[0]) if len(selected) == 1 else None
    if event is not None:
        end_us = event.start_us if event.end_us is None else event.end_us
        return About(event=event.id, span=Span(start_us=event.start_us, end_us=end_us))
    player = workspace.player
    if player.loop is not None:
        return About(span=player.loop)
    if player.moment is None:
        return About()
    now_us = player.moment.pts_us
    return About(span=Span(start_us=now_us, end_us=now_us))


def _slot_in_front(workspace: Workspace) -> SlotId | None:
    if workspace.current == Step.RATE:
        slot: SlotId | None = getattr(workspace.page(Step.RATE), "focused_slot", None)
        return slot
    if workspace.current == Step.DISORGANIZATION:
        scheme = workspace.session.scheme
        role = ScaleRole.DISORGANIZATION
        return next((s.id for s in scheme.slots if scheme.scale(s.scale).role is role), None)
    return None


def _event_of(workspace: Workspace, about: About) -> Event | None:
    return None if about.event is None else workspace.work.events.model.event_of(about.event)
