"""Opens the handbook where the person is, one window of it at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ssp_coder.domain.speaking import spoken_in
from ssp_coder.ui.handbook.pages import BookPage, HelpTopic, pages_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.domain.handbook import Handbook
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.handbook.window import HandbookWindow
    from ssp_coder.ui.main.window import MainWindow


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A handbook as it was read.

    Attributes:
        opened: the scheme of the coding that was open; None without one.
        scheme: the one that the handbook goes with.
    """

    opened: Scheme | None
    handbook: Handbook | None
    scheme: Scheme | None


class HandbookDesk(QObject):
    """What F1 does; its window is loaded when it is first asked for."""

    def __init__(self, window: MainWindow, topics: Callable[[], tuple[HelpTopic, ...]]) -> None:
        super().__init__(window)
        self._window = window
        self._topics = topics
        self.shown: HandbookWindow | None = None
        self._read: _Read | None = None
        window.coding_opened.connect(self.close)

    def commands(self) -> dict[str, Callable[[], None]]:
        """What each command of the table does."""
        return {"help": self.open_here}

    def open_here(self) -> None:
        """Show what helps with the page in front."""
        workspace = self._window.workspace
        self.open("" if workspace is None else workspace.current)

    def open(self, page: str) -> None:
        """Show what helps with a page of the window; the handbook's first chapter without one."""
        self._book().show_page(page)

    def open_chapter(self, chapter: str) -> None:
        """Show a page of the handbook by its own id."""
        self._book().show_chapter(chapter)

    def pages(self) -> tuple[BookPage, ...]:
        """Every page of the handbook that goes with what is open, to be found."""
        read = self._reading()
        return pages_of(read.handbook, self._topics(), read.scheme)

    def close(self, _opened: object = None) -> None:
        """Close the handbook, for instance since another coding is open."""
        self._read = None
        if self.shown is not None:
            self.shown.close()

    def _book(self) -> HandbookWindow:
        """The handbook's window in front; its file is read anew when it is opened."""
        from ssp_coder.ui.handbook.window import HandbookWindow

        if self.shown is None:
            self._read = None
            scheme = self._reading().scheme
            self.shown = HandbookWindow(self._window.theme, self.pages(), scheme, self._window)
            self.shown.finished.connect(self._forget)
        self.shown.show()
        self.shown.raise_()
        self.shown.activateWindow()
        return self.shown

    def _reading(self) -> _Read:
        """The handbook for what is open now, read once."""
        workspace = self._window.workspace
        opened = None if workspace is None else workspace.session.scheme
        if self._read is None or self._read.opened is not opened:
            scheme = self._usual_scheme() if opened is None else opened
            self._read = _Read(opened=opened, handbook=self._handbook(scheme), scheme=scheme)
        return self._read

    def _usual_scheme(self) -> Scheme | None:
        from ssp_coder.catalog import CatalogError, available_schemes, load_scheme

        usual = next((found for found in available_schemes() if found.usual), None)
        try:
            scheme = None if usual is None else load_scheme(usual.id)
        except CatalogError:
            return None
        language = self._window.settings.instrument_language
        return None if scheme is None else spoken_in(scheme, language)

    def _handbook(self, scheme: Scheme | None) -> Handbook | None:
        """The handbook of the scheme's system; a lab's own that is wrong is told and left out."""
        from ssp_coder.catalog import CatalogError
        from ssp_coder.catalog.handbooks import handbook_for

        if scheme is None:
            return None
        settings = self._window.settings
        try:
            handbook = handbook_for(scheme.system, settings.instrument_folders)
        except CatalogError as error:
            self._window.say(str(error))
            handbook = handbook_for(scheme.system)
        language = settings.instrument_language
        return None if handbook is None else spoken_in(handbook, language)

    def _forget(self) -> None:
        if self.shown is not None:
            self.shown.deleteLater()
            self.shown = None
