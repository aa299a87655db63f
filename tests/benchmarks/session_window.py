"""The main window with a coding of several cameras in it, as a coder has it before them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings

from ssp_coder.domain.coding import Coding, Media
from ssp_coder.domain.time import Micros
from ssp_coder.editing.completeness import Step
from ssp_coder.media.fingerprint import fingerprint
from ssp_coder.media.indexing import build_index
from ssp_coder.storage.coding_file import create
from ssp_coder.ui.application import application
from ssp_coder.ui.main.settings import Settings
from ssp_coder.ui.main.window import MainWindow
from ssp_coder.ui.main.workspace import Workspace
from ssp_coder.ui.player.camera import Camera
from ssp_coder.ui.theme.theme import Theme
from ssp_coder.ui.theme.tokens import Scheme
from tests.benchmarks.screening import wait
from tests.builders import infant_scheme

WIDTH, HEIGHT = 1_366, 768


def media_of(video: Path, offset_us: int) -> Media:
    """What a coding knows of a recording beside it."""
    index = build_index(video)
    return Media(
        name=video.name,
        relative_path=video.name,
        size=video.stat().st_size,
        fingerprint=fingerprint(video),
        duration_us=index.end_us,
        frame_count=index.count,
        offset_us=Micros(offset_us),
    )


def make_coding(path: Path, videos: tuple[tuple[Path, int], ...]) -> Path:
    """A new coding of recordings that lie beside it, each with its offset."""
    media = tuple(media_of(video, offset_us) for video, offset_us in videos)
    start = Coding(session="BENCH", coder="c01", media=media)
    with create(path, coding=start, scheme=infant_scheme(), who="c01") as file:
        file.flush(60)
    return path


class Sitting:
    """The window with an open coding, on the page for codes, every recording ready."""

    def __init__(self, coding: Path, folder: Path) -> None:
        self.app = application()
        theme = Theme(Scheme.LIGHT, self.app)
        theme.apply(self.app)
        store = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        self.window = MainWindow(theme, Settings(store), folder / "kept")
        self.window.move(0, 0)
        self.window.resize(WIDTH, HEIGHT)
        self.window.show()
        wait(self.window.isVisible)
        self.window.desk.open_path(coding)
        self.window.show_page(Step.CODE)
        wait(lambda: all(camera.video is not None for camera in self.cameras))
        wait(lambda: self.cameras[0].view.moment is not None)

    @property
    def workspace(self) -> Workspace:
        """What the open coding is worked at with."""
        workspace = self.window.workspace
        if workspace is None:
            raise SystemExit("the coding is not open")
        return workspace

    @property
    def cameras(self) -> tuple[Camera, ...]:
        """The cameras of the coding."""
        return self.workspace.player.cameras[: len(self.workspace.session.coding.media)]
