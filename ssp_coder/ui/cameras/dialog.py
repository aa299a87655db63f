"""The cameras of a session: added, found, taken off, and placed on the session's time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ssp_coder.domain.coding import MOST_CAMERAS, OffsetSource
from ssp_coder.editing.edits import PlaceCamera
from ssp_coder.media.whereabouts import Match, is_same
from ssp_coder.reporting.cameras import drift_warning
from ssp_coder.ui.cameras import shelf as shelving
from ssp_coder.ui.cameras.additions import Additions
from ssp_coder.ui.cameras.camera_card import CardFace
from ssp_coder.ui.cameras.camera_list import CameraList
from ssp_coder.ui.cameras.draft import PlaceDraft, Proposal
from ssp_coder.ui.cameras.library import Library
from ssp_coder.ui.cameras.place_panel import PanelSubject
from ssp_coder.ui.cameras.side import CameraSide
from ssp_coder.ui.keys.live import follow_caps
from ssp_coder.ui.keys.shortcuts import WindowKey, WindowKeys
from ssp_coder.ui.kit.button import PushButton
from ssp_coder.ui.main.opening import moved
from ssp_coder.ui.rate.lettering import IconLine, lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from ssp_coder.domain.coding import Coding, Media
    from ssp_coder.editing.edits import Edit
    from ssp_coder.ui.cameras.reading import Reading
    from ssp_coder.ui.cameras.shelf import VideoShelf
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme

_WIDTH, _HEIGHT = 1240, 690
_LIST_PX = 320


class CamerasDialog(QDialog):
    """Shows what the coding says of its cameras and changes it edit by edit, each undoable.

    Signals:
        video_found: a camera's video was found at another place on this computer.
    """

    video_found = Signal()

    def __init__(
        self,
        theme: Theme,
        session: OpenSession,
        shelf: VideoShelf,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._session = session
        self._shelf = shelf
        self._drafts: dict[str, PlaceDraft] = {}
        self._edits = 0
        self._warned = False
        self._place = 0
        self._library = Library(shelf, self)
        self.notice = IconLine(theme, "lock", FontUse.TABLE, "second", self)
        self.list = CameraList(theme, self)
        self._additions = Additions(shelf, self.list)
        self.side = CameraSide(theme, self)
        self.said = lettering(theme, "", FontUse.TABLE, "second")
        self.undo = PushButton(theme, self.tr("Undo"), parent=self)
        follow_caps(self.undo, "undo")
        WindowKeys(self, (WindowKey(command="undo", act=self.undo.click),))
        self.close_button = PushButton(theme, self.tr("Close"), parent=self)
        self._build()
        self._connect()
        self._place = self._first_place()
        self._refresh()

    @property
    def coding(self) -> Coding:
        """The coding as it is now."""
        return self._session.coding

    def choose(self, place: int) -> None:
        """Let the right side speak of a camera."""
        if place != self._place:
            self._place = place
            self._refresh()

    def add_files(self, paths: tuple[Path, ...]) -> None:
        """Read files in the background; each that can be used becomes a camera."""
        refusals = [self._additions.add(path, self.coding) for path in paths]
        self._say(" ".join(refusal for refusal in refusals if refusal))

    def find_at(self, place: int, path: Path) -> None:
        """A camera's video lies there, if it is the same recording."""
        media = self.coding.media[place]
        if not is_same(media, path):
            self._say(self._not_the_same(place, path.name))
            return
        self._shelf.remember(media.fingerprint, path)
        self._library.look_again(media)
        edit = moved(self.coding, self._shelf.coding_path, path, place)
        if edit is None or self._session.read_only or not self._submit(edit):
            self._refresh()
        self.video_found.emit()

    def _not_the_same(self, place: int, name: str) -> str:
        words = self.tr(
            "{0} is not the recording that was attached as {1}: size or content differ."
        ).format(name, self.coding.media[place].name)
        if place == 0:
            return words
        advice = self.tr("Take the camera off and add the file, if it is the right one.")
        return f"{words} {advice}"

    def remove(self, place: int) -> None:
        """Take a camera off; undo brings it back with its offset."""
        name = self.coding.media[place].name
        if self._submit(shelving.removed(self.coding, place)):
            self._say(self.tr("{0} is no longer a camera of this session.").format(name))

    def reject(self) -> None:
        """Close; what is proposed and not applied is said first, and lost the second time."""
        waiting = [] if self._locked() else self._not_applied()
        if waiting and not self._warned:
            self._warned = True
            words = self.tr("Proposed and not applied: {0}. Close again to leave it.")
            self._say(words.format(", ".join(waiting)))
            return
        super().reject()

    def done(self, result: int) -> None:
        """Close; what runs in the background is stopped, and every recording let go."""
        self._session.changed.disconnect(self._refresh)
        self._session.refused.disconnect(self._say)
        self.side.drop()
        self._additions.stop()
        self._library.stop()
        super().done(result)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().showEvent(event)
        if self.list.cards:
            self.list.cards[self._place].setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------ what is shown

    def _refresh(self, _changed: object = None) -> None:
        media = self.coding.media
        self._place = min(self._place, max(0, len(media) - 1))
        found = [self._library.look_for(camera) for camera in media]
        faces = tuple(
            CardFace(
                match=where.match,
                facts=None if (video := self._library.video(camera)) is None else video.facts,
                problem=self._library.problem(camera),
                warning=self._warning(camera),
                locked=self._locked(),
            )
            for camera, where in zip(media, found, strict=True)
        )
        self.list.show_cameras(tuple(zip(media, faces, strict=True)))
        self.list.select(self._place)
        self.notice.show_text(self._locked())
        self._show_side()
        self._offer()

    def _show_side(self) -> None:
        subject = self._present_subject()
        if subject is None:
            self.side.show_words(*self._nothing_to_place())
        else:
            self.side.show_camera(subject, self._draft(self.coding.media[self._place]))

    def _present_subject(self) -> PanelSubject | None:
        media, place = self.coding.media, self._place
        if not 0 < place < len(media):
            return None
        first, camera = self._library.video(media[0]), self._library.video(media[place])
        both = None if first is None or camera is None else (first, camera)
        why = "" if both is not None else self._why_not(media[0], media[place])
        return PanelSubject(place=place, videos=both, why=why, locked=self._locked())

    def _why_not(self, *cameras: Media) -> str:
        for camera in cameras:
            match = self._library.look_for(camera).match
            if match is Match.DIFFERENT:
                words = self.tr("{0} is there, and is another recording. Find the right one.")
                return words.format(camera.name)
            if match is Match.NOT_FOUND:
                words = self.tr("{0} is not found. Find it at the left.")
                return words.format(camera.name)
            if self._library.problem(camera):
                return self._library.problem(camera)
        return self.tr("The videos are being read.")

    def _nothing_to_place(self) -> tuple[str, str]:
        if len(self.coding.media) > 1:
            return (
                self.tr("Camera 1 sets the session's time"),
                self.tr(
                    "All times are counted from its first picture. The others are placed by it."
                ),
            )
        if self.coding.media:
            return (
                self.tr("One camera"),
                self.tr("Add the files of the other cameras, then place each on the time of this."),
            )
        return self.tr("No camera"), self.tr("Add the video on which the session is coded.")

    def _draft(self, media: Media) -> PlaceDraft:
        known = self._drafts.get(media.fingerprint)
        first = self.coding.media[0]
        if known is None or known.first.fingerprint != first.fingerprint:
            known = PlaceDraft(first, media)
            self._drafts[media.fingerprint] = known
        known.first, known.camera = first, media
        return known

    def _warning(self, media: Media) -> str:
        if media.fingerprint not in self._drafts:
            return ""
        draft = self._draft(media)
        drift = draft.drift()
        if drift is None:
            return ""
        words = drift_warning(drift, draft.offset_us)
        if not words:
            return ""
        source = self.tr("By what was seen") if draft.by_eye else self.tr("By the sound")
        return f"{source}: {words}"

    def _locked(self) -> str:
        if self.coding.locked:
            return self.tr("This coding is locked. Cameras can be looked at, and not changed.")
        if self._session.read_only:
            return self.tr(
                "This coding is open for reading only. Cameras can be looked at, and not changed."
            )
        return ""

    def _offer(self) -> None:
        if self._locked():
            self.list.add.disable(self._locked())
        elif len(self.coding.media) + self._additions.count >= MOST_CAMERAS:
            words = self.tr("A session has {0} cameras at most").format(MOST_CAMERAS)
            self.list.add.disable(words)
        else:
            self.list.add.enable()
        if self._edits and not self._session.read_only:
            self.undo.enable()
        else:
            self.undo.disable(self.tr("Nothing was changed here"))

    def _say(self, words: str) -> None:
        self.said.setText(words)

    # ------------------------------------------------------------------ what is done

    def _submit(self, edit: Edit) -> bool:
        self._say("")
        before = self.coding
        if not self._session.submit(edit):
            return False
        # An edit that asked for what was so already is no step that could be undone.
        self._edits += self.coding != before
        self._offer()
        return True

    def _apply(self, proposal: Proposal) -> None:
        draft = self._draft(self.coding.media[self._place])
        edit = PlaceCamera(camera=self._place, offset_us=proposal.offset_us, source=proposal.source)
        draft.discard()
        if self._submit(edit):
            self._say(self.tr("{0} is placed.").format(draft.camera.name))
            return
        draft.propose(proposal.offset_us, proposal.source)
        self._show_side()

    def _undo(self) -> None:
        if self._edits:
            self._edits -= 1
            self._session.undo()
            self._say(self.tr("Taken back."))

    def _not_applied(self) -> list[str]:
        """Names of the cameras for which something is proposed."""
        known = (self._drafts.get(media.fingerprint) for media in self.coding.media[1:])
        return [draft.camera.name for draft in known if draft and draft.proposal is not None]

    def _refresh_cards(self) -> None:
        self._warned = False
        self._say("")
        self._refresh()

    def _take_added(self, reading: Reading) -> None:
        if reading.read is None:
            return
        media = reading.read.media
        self._shelf.remember(media.fingerprint, reading.path)
        self._library.look_again(media)
        self._library.take(media, reading)
        if self._submit(shelving.added(self.coding, media, reading.path, self._shelf)):
            self.choose(len(self.coding.media) - 1)

    def _ask_for_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Add cameras"), str(self._shelf.coding_path.parent)
        )
        self.add_files(tuple(Path(name) for name in names))

    def _ask_for_place(self, place: int) -> None:
        title = self.tr("Find {0}").format(self.coding.media[place].name)
        name, _ = QFileDialog.getOpenFileName(self, title, str(self._shelf.coding_path.parent))
        if name:
            self.find_at(place, Path(name))

    def _show_progress(self, fingerprint: str, share: float) -> None:
        for card, media in zip(self.list.cards, self.coding.media, strict=False):
            if media.fingerprint == fingerprint:
                card.show_progress(share)

    def _learn(self, fingerprint: str) -> None:
        self._show_progress(fingerprint, 1.0)
        self._refresh()

    def _first_place(self) -> int:
        """The first camera that nobody has placed, else the second, else the first."""
        media = self.coding.media
        for place, camera in enumerate(media[1:], start=1):
            if camera.offset_source is OffsetSource.ASSUMED:
                return place
        return min(1, max(0, len(media) - 1))

    def _connect(self) -> None:
        self._session.changed.connect(self._refresh)
        self._session.refused.connect(self._say)
        self._library.progressed.connect(self._show_progress)
        self._library.learned.connect(self._learn)
        self.side.applied.connect(self._apply)
        self.side.found_out.connect(self._refresh_cards)
        self._additions.ready.connect(self._take_added)
        self._additions.changed.connect(self._offer)
        self.list.chosen.connect(self.choose)
        self.list.add_wished.connect(self._ask_for_files)
        self.list.find_wished.connect(self._ask_for_place)
        self.list.remove_wished.connect(self.remove)
        self.undo.clicked.connect(self._undo)
        self.close_button.clicked.connect(self.reject)

    def _build(self) -> None:
        px = self._theme.px
        self.setWindowTitle(self.tr("Cameras of {0}").format(self.coding.session))
        self.resize(px(_WIDTH), px(_HEIGHT))
        self.list.setFixedWidth(px(_LIST_PX))
        middle = QHBoxLayout()
        middle.setSpacing(px(16))
        middle.addWidget(self.list)
        middle.addWidget(self.side, 1)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self.said, 1)
        foot.addWidget(self.undo)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(10))
        column.addWidget(self.notice)
        column.addLayout(middle, 1)
        column.addLayout(foot)
