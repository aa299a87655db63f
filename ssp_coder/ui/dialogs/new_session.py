"""Asks for the videos, ids, scheme and place of a new coding."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ssp_coder.domain.coding import CodingRole
from ssp_coder.domain.naming import IdConcern, id_concern
from ssp_coder.ui.dialogs.creation import (
    SUFFIX,
    NewSession,
    PlaceConcern,
    create_session,
    place_concern,
    proposed_place,
)
from ssp_coder.ui.dialogs.form import Form
from ssp_coder.ui.dialogs.video_list import VideoList
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.choice import ComboBox
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.language.spoken import said_sentence
from ssp_coder.ui.rate.lettering import IconLine, lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssp_coder.catalog import SchemeSummary
    from ssp_coder.ui.theme.theme import Theme

__all__ = ["NewSession", "NewSessionDialog", "create_session"]

VIDEO_SUFFIXES = (
    *("mp4", "mov", "m4v", "avi", "mkv", "webm", "wmv"),
    *("mpg", "mpeg", "vob", "ts", "mts", "m2ts"),
)
"""Files offered first; every file that can be decoded may be chosen."""


class NewSessionDialog(QDialog):
    """Every answer is checked while it is given; what is wrong is said beside it."""

    def __init__(
        self, theme: Theme, schemes: Sequence[SchemeSummary], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._place_typed = False
        self.videos = VideoList(theme, self)
        self.choose = PushButton(theme, self.tr("Choose videos…"), ButtonKind.PLAIN, self)
        self.scheme = ComboBox(theme, self)
        self.session = FieldWithError(theme, self.tr("Session id"), self)
        self.coder = FieldWithError(theme, self.tr("Coder id"), self)
        self.role = ComboBox(theme, self)
        self.place = FieldWithError(theme, self.tr("Coding file"), self)
        self.browse = PushButton(theme, self.tr("Choose…"), ButtonKind.PLAIN, self)
        self.make = PushButton(theme, self.tr("Create"), ButtonKind.PRIMARY, self)
        self._reason = IconLine(theme, "info", FontUse.TABLE, "second", self)
        self._scheme_problem = IconLine(theme, "warning", FontUse.TABLE, "err", self)
        self._schemes = tuple(schemes)
        self._fill_choices()
        self._build()
        self._connect()
        self._check()

    def set_coder(self, coder: str) -> None:
        """Put in the coder id used last."""
        self.coder.set_text(coder)
        self._check()

    def add_videos(self, paths: Sequence[Path]) -> None:
        """Choose these videos too; they are looked at in the background."""
        self.videos.add(tuple(paths))

    def result_value(self) -> NewSession | None:
        """What was chosen, None while something is missing or wrong."""
        if self._missing():
            return None
        return NewSession(
            videos=self.videos.paths,
            scheme=str(self.scheme.currentData()),
            session=self.session.text(),
            coder=self.coder.text(),
            role=CodingRole(self.role.currentData()),
            place=Path(self.place.text()),
            seen=self.videos.seen,
        )

    def accept(self) -> None:
        """Close with what was chosen, unless something is missing."""
        self._check()
        if not self._missing():
            super().accept()

    def done(self, result: int) -> None:
        """Stop looking at videos and close."""
        self.videos.stop()
        super().done(result)

    def _missing(self) -> str:
        """What keeps the coding from being created, in one line; empty when nothing does."""
        return self._missing_video() or self._missing_answer()

    def _missing_video(self) -> str:
        if not self.videos.paths:
            return self.tr("Choose a video first")
        if self.videos.problem:
            return self.tr("Take the video that cannot be used off the list")
        if len(self.videos.seen) < len(self.videos.paths):
            return self.tr("The video is being looked at")
        return ""

    def _missing_answer(self) -> str:
        if id_concern(self.session.text()).forbids:
            return self.tr("Give a session id")
        if id_concern(self.coder.text()).forbids:
            return self.tr("Give a coder id")
        if self._scheme_fault():
            return self.tr("Choose a scheme that can be used")
        if place_concern(Path(self.place.text())) is not PlaceConcern.NONE:
            return self.tr("Choose where the coding file goes")
        return ""

    def _check(self) -> None:
        self._show_id(self.session)
        self._show_id(self.coder)
        self._propose()
        self._show_place()
        self._scheme_problem.show_text(self._scheme_fault())
        missing = self._missing()
        if missing:
            self.make.disable(missing)
        else:
            self.make.enable()
        self._reason.show_text(missing)

    def _show_id(self, field: FieldWithError) -> None:
        words = {
            IdConcern.SIGNS: self.tr("Letters a to z, digits, and - _ . inside, no spaces"),
            IdConcern.NAME: self.tr("Looks like a name: use a pseudonym, ids go into every export"),
            IdConcern.DATE: self.tr("Looks like a date: use none that could be a date of birth"),
        }.get(id_concern(field.text()), "")
        field.show_error(words)

    def _propose(self) -> None:
        if self._place_typed or not self.videos.paths:
            return
        session, coder = self.session.text(), self.coder.text()
        if id_concern(session).forbids or id_concern(coder).forbids:
            self.place.set_text("")
            return
        self.place.set_text(str(proposed_place(self.videos.paths[0], session, coder)))

    def _show_place(self) -> None:
        place = Path(self.place.text())
        words = {
            PlaceConcern.SUFFIX: self.tr("Must end in {0}").format(SUFFIX),
            PlaceConcern.TAKEN: self.tr("A file of this name is there already"),
            PlaceConcern.NO_FOLDER: self.tr("There is no folder {0}").format(place.parent),
            PlaceConcern.NOT_WRITABLE: self.tr("The folder {0} cannot be written").format(
                place.parent
            ),
        }.get(place_concern(place), "")
        self.place.show_error(words)

    def _scheme_fault(self) -> str:
        index = self.scheme.currentIndex()
        if index < 0:
            return self.tr("No scheme was found; the program is not installed completely")
        problem = self._schemes[index].problem
        return "" if problem is None else said_sentence(problem)

    def _choose_videos(self) -> None:
        videos = self.tr("Videos ({0})").format(" ".join(f"*.{s}" for s in VIDEO_SUFFIXES))
        names, _ = QFileDialog.getOpenFileNames(
            self,
            self.tr("Choose the videos of one session"),
            "",
            f"{videos};;{self.tr('All files (*)')}",
        )
        self.add_videos([Path(name) for name in names])

    def _choose_place(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Where the coding file goes"),
            self.place.text(),
            self.tr("Codings (*.sspc)"),
        )
        if name:
            place = Path(name)
            self._place_typed = True
            self.place.set_text(str(place if place.suffix else place.with_suffix(SUFFIX)))
            self._check()

    def _type_place(self, _text: str) -> None:
        self._place_typed = True
        self._check()

    def _fill_choices(self) -> None:
        for scheme in self._schemes:
            words = f"{scheme.title}, {scheme.version}" if scheme.version else scheme.id
            self.scheme.addItem(words, scheme.id)
        usable = [scheme for scheme in self._schemes if scheme.problem is None]
        first = next((scheme for scheme in usable if scheme.usual), next(iter(usable), None))
        if first is not None:
            self.scheme.setCurrentIndex(self.scheme.findData(first.id))
        roles = {
            CodingRole.INDEPENDENT: self.tr("One coder's own work"),
            CodingRole.CONSENSUS: self.tr("Consensus of several coders"),
            CodingRole.REFERENCE: self.tr("Reference, to compare others with"),
        }
        for role, words in roles.items():
            self.role.addItem(words, role.value)

    def _connect(self) -> None:
        self.videos.changed.connect(self._check)
        self.choose.clicked.connect(self._choose_videos)
        self.browse.clicked.connect(self._choose_place)
        self.scheme.currentIndexChanged.connect(self._check)
        self.session.text_edited.connect(self._check)
        self.coder.text_edited.connect(self._check)
        self.place.text_edited.connect(self._type_place)
        self.make.clicked.connect(self.accept)

    def _build(self) -> None:
        px = self._theme.px
        self.setWindowTitle(self.tr("New session"))
        self.setMinimumWidth(px(680))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(10))
        column.addWidget(self._videos_panel())
        column.addLayout(self._form())
        safe = self.tr("Videos stay where they are. Names of children never belong in an id.")
        column.addWidget(lettering(self._theme, safe, FontUse.CAPTION, "hint"))
        column.addStretch(1)
        column.addLayout(self._foot())
        self.make.setDefault(True)
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _videos_panel(self) -> Panel:
        panel = Panel(self._theme, self.tr("Videos"), self)
        panel.add_to_title(self.choose)
        self.choose.set_icon_name("film")
        panel.set_body(self.videos)
        panel.set_note(self.tr("several cameras of one session may be attached"))
        return panel

    def _form(self) -> Form:
        form = Form(self._theme)
        form.add(self.tr("Session id"), self.session)
        self.session.edit.setPlaceholderText(self.tr("for instance S001"))
        form.add(self.tr("Coder id"), self.coder)
        self.coder.edit.setPlaceholderText(self.tr("for instance c01"))
        form.add(self.tr("Scheme"), self.scheme)
        describe(self.scheme, self.tr("Scheme"))
        form.addWidget(self._scheme_problem, form.rowCount(), 1)
        form.add(self.tr("Role"), self.role)
        describe(self.role, self.tr("Role"), self.tr("What the coding is for"))
        place = QWidget(self)
        row = QHBoxLayout(place)
        row.setContentsMargins(0, self._theme.px(8), 0, 0)
        row.addWidget(self.place, 1)
        row.addWidget(self.browse, 0, Qt.AlignmentFlag.AlignTop)
        place.setFocusProxy(self.place)
        form.add(self.tr("Coding file"), place).setContentsMargins(0, self._theme.px(15), 0, 0)
        return form

    def _foot(self) -> QLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(8))
        cancel = PushButton(self._theme, self.tr("Cancel"), ButtonKind.PLAIN, self)
        cancel.set_keys(("Esc",))
        cancel.clicked.connect(self.reject)
        row.addWidget(self._reason, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(0)
        row.addWidget(cancel)
        row.addWidget(self.make)
        return row
