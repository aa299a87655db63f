"""The trainer's desk: a window of its own with a page for each thing that a trainer does."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ssp_coder.domain.finding import DomainError
from ssp_coder.training.draft_writing import next_version, with_exclusion
from ssp_coder.training.packs import Exclusion
from ssp_coder.ui.keys.shortcuts import WindowKey, WindowKeys
from ssp_coder.ui.kit.step_rail import RailStep, StepRail
from ssp_coder.ui.language.spoken import said_error
from ssp_coder.ui.trainer.disputes_page import DisputesPage
from ssp_coder.ui.trainer.draft_desk import DraftDesk
from ssp_coder.ui.trainer.pack_head import PackHead
from ssp_coder.ui.trainer.packs_page import PacksPage
from ssp_coder.ui.trainer.rechecks_page import RechecksPage
from ssp_coder.ui.trainer.releases_page import ReleasesPage
from ssp_coder.ui.trainer.source_bar import SourceBar
from ssp_coder.ui.trainer.trainees_desk import TraineesDesk
from ssp_coder.ui.trainer.trainees_page import TraineesPage
from ssp_coder.ui.trainer.words import PAGE_ICONS, Page, page_title

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent

    from ssp_coder.ui.theme.theme import Theme

SIZE_PX = (1340, 720)
NARROW_BELOW_PX = 1400


class TrainerWindow(QDialog):
    """Pages at the right, their names at the left; Alt and a number goes to a page."""

    def __init__(
        self,
        theme: Theme,
        *,
        who: str = "",
        folders: tuple[Path, ...] = (),
        language: str = "en",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._theme = theme
        self._name = who
        self.drafts = DraftDesk(self)
        self.trainees = TraineesDesk(self, folders=folders)
        head = PackHead(theme, folders, language, self)
        self.packs = PacksPage(theme, self.drafts, head, self.who, self)
        self.overview = TraineesPage(theme, self.trainees, self)
        self.releases = ReleasesPage(theme, self.trainees, self.who, self)
        self.disputes = DisputesPage(theme, self.trainees, self)
        self.rechecks = RechecksPage(theme, self.trainees, self)
        self.source = SourceBar(theme, self.trainees, self)
        self.rail = StepRail(theme, parent=self)
        self._stack = QStackedWidget(self)
        self._pages: dict[Page, QWidget] = {
            Page.PACKS: self.packs,
            Page.TRAINEES: self.overview,
            Page.RELEASES: self.releases,
            Page.DISPUTES: self.disputes,
            Page.RECHECKS: self.rechecks,
        }
        self._build()
        self._connect()
        self.show_page(Page.PACKS)

    def who(self) -> str:
        """Pseudonym of the person at the computer."""
        return self._name

    def show_page(self, page: Page) -> None:
        """Bring a page to the front."""
        self.rail.set_current(page.value)
        self.source.setVisible(page is not Page.PACKS)
        self._stack.setCurrentWidget(self._pages[page])

    def current_page(self) -> Page:
        """The page in front."""
        return Page(self.rail.current())

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(*(self._theme.px(length) for length in SIZE_PX))

    def done(self, result: int) -> None:
        """Take in what is being typed, and stop what runs."""
        self.packs.settle()
        self.drafts.close()
        self.trainees.close()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802, D102 - Qt's name
        self.packs.settle()
        self.drafts.close()
        self.trainees.close()
        super().closeEvent(event)

    def _build(self) -> None:
        px = self._theme.px
        self.setWindowTitle(self.tr("Trainer's desk"))
        self.rail.set_steps(
            RailStep(
                id=page.value,
                title=page_title(page),
                icon=PAGE_ICONS[page],
                detail=f"Alt+{number}",
            )
            for number, page in enumerate(Page, 1)
        )
        for page in self._pages.values():
            self._stack.addWidget(page)
        right = QVBoxLayout()
        right.setSpacing(px(8))
        right.addWidget(self.source)
        right.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, px(10), px(10), px(10))
        row.setSpacing(px(10))
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        self.resize(self.sizeHint())

    def _connect(self) -> None:
        self.rail.step_chosen.connect(self._choose_page)
        self.packs.pack_built.connect(self._offer_pack)
        self.disputes.exclusion_wanted.connect(self._leave_out)
        packs = self.packs
        WindowKeys(
            self,
            (
                *(
                    WindowKey(key=f"Alt+{number}", act=partial(self.show_page, page))
                    for number, page in enumerate(Page, 1)
                ),
                WindowKey(command="open", act=packs.choose_draft),
                WindowKey(command="new", act=packs.begin_draft),
                WindowKey(key="Alt+Up", act=packs.move_up),
                WindowKey(key="Alt+Down", act=packs.move_down),
                WindowKey(key="F5", act=self.trainees.read),
            ),
        )

    def _choose_page(self, page: str) -> None:
        self.show_page(Page(page))

    def _offer_pack(self, folder: object) -> None:
        """The pack that was just built is the one that trainees are looked at with."""
        from pathlib import Path

        if self.trainees.pack is None and isinstance(folder, Path):
            self.source.open_pack(folder)

    def _leave_out(self, case: str, exclusion: object) -> None:
        """Write an exclusion into the draft that is open, which becomes a new version."""
        draft, pack = self.drafts.draft, self.trainees.pack
        if not isinstance(exclusion, Exclusion) or pack is None:
            return
        if draft is None or draft.id != pack.id:
            self.disputes.say(
                self.tr("Open the draft of {0} on the page of packs first").format(pack.id)
            )
            return
        try:
            changed = with_exclusion(draft, case, exclusion)
        except DomainError as error:
            self.disputes.say(said_error(error))
            return
        if changed.version == pack.version:
            changed = replace(changed, version=next_version(pack.version))
        self.drafts.change(changed)
        words = self.tr("Left out of {0} from version {1} on")
        self.disputes.say(words.format(case, changed.version), "ok")
