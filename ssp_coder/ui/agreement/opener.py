"""Opens the windows of agreement, one of each at a time, and lets them go again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.ui.agreement.pair_window import PairWindow
    from ssp_coder.ui.agreement.study_window import StudyWindow
    from ssp_coder.ui.agreement.work import Shelf
    from ssp_coder.ui.main.window import MainWindow


class AgreementDesk(QObject):
    """What the commands of agreement do; their windows are loaded when first asked for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.pair: PairWindow | None = None
        self.study: StudyWindow | None = None

    def commands(self) -> dict[str, Callable[[], None]]:
        """What each command of the menu does."""
        return {"agreement_pair": self.open_pair, "agreement_study": self.open_study}

    def open_pair(self) -> None:
        """Show the window of two codings, the open one named first where there is one."""
        from ssp_coder.ui.agreement.pair_window import PairWindow

        if self.pair is None:
            self.pair = PairWindow(self._window.theme, self._shelf(), self._window)
            self.pair.set_codings(self._open_file(), None)
            self.pair.finished.connect(self._forget_pair)
        _show(self.pair)

    def open_study(self) -> None:
        """Show the window of a study."""
        from ssp_coder.ui.agreement.study_window import StudyWindow

        if self.study is None:
            self.study = StudyWindow(self._window.theme, self._shelf(), self._window)
            self.study.pair_wanted.connect(self._open_found)
            self.study.finished.connect(self._forget_study)
        _show(self.study)

    def close(self) -> None:
        """Close both, for instance since the main window closes."""
        for window in (self.pair, self.study):
            if window is not None:
                window.close()

    def _open_found(self, first: object, second: object) -> None:
        """Compare a pair of the study, with the study's settings."""
        if isinstance(first, Path) and isinstance(second, Path) and self.study is not None:
            self.open_pair()
            if self.pair is not None:
                self.pair.cancel_work()
                self.pair.set_codings(first, second)
                self.pair.set_protocol(self.study.protocol)
                self.pair.begin()

    def _open_file(self) -> Path | None:
        workspace = self._window.workspace
        file = None if workspace is None else workspace.session.file
        return None if file is None else file.path

    def _shelf(self) -> Shelf:
        from ssp_coder.ui.agreement.work import Shelf

        settings = self._window.settings
        return Shelf(folders=settings.instrument_folders, language=settings.instrument_language)

    def _forget_pair(self) -> None:
        if self.pair is not None:
            self.pair.deleteLater()
            self.pair = None

    def _forget_study(self) -> None:
        if self.study is not None:
            self.study.deleteLater()
            self.study = None


def _show(window: PairWindow | StudyWindow) -> None:
    window.show()
    window.raise_()
    window.activateWindow()
