"""Opens the export of clips, and saves the frame on the screen as a picture."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox

from ssp_coder.domain.time import clock_text
from ssp_coder.formats.exportable import Exportable
from ssp_coder.media.errors import MediaError
from ssp_coder.reporting.clip_names import DEFAULT_PATTERN, stem_of_clip
from ssp_coder.ui.language.spoken import said_error

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ssp_coder.media.clips import ClipPlan
    from ssp_coder.media.covering import Covering
    from ssp_coder.reporting.clip_orders import Recording
    from ssp_coder.ui.clips.dialog import ClipDialog
    from ssp_coder.ui.clips.material import Material
    from ssp_coder.ui.main.window import MainWindow
    from ssp_coder.ui.main.workspace import Workspace
    from ssp_coder.ui.player.open_video import OpenVideo
    from ssp_coder.ui.player.view import Moment
    from ssp_coder.ui.theme.theme import Theme

FOLDER_NAME = "clips"
STILL_PATTERN = "{session}-{camera}-{time}"


class ClipBench(QObject):
    """What the video menu offers to take out of a recording; loaded when it is asked for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._pattern = DEFAULT_PATTERN
        self._folders: dict[Path, Path] = {}

    def commands(self) -> dict[str, Callable[[], None]]:
        """What each command does."""
        return {"clips": self.export_clips, "still": self.save_still}

    def export_clips(self) -> None:
        """Choose, list and write clips of the open coding."""
        workspace = self._window.workspace
        if workspace is None or workspace.session.file is None:
            return
        recordings = recordings_of(workspace)
        if not recordings:
            return
        workspace.player.pause()
        dialog = self.dialog_of(workspace, recordings)
        dialog.exec()
        target = dialog.target
        if target is not None:
            self._folders[workspace.session.file.path] = target.folder
            self._pattern = target.pattern
        dialog.deleteLater()

    def dialog_of(self, workspace: Workspace, recordings: tuple[Recording, ...]) -> ClipDialog:
        """The dialog on what is open now."""
        from ssp_coder.ui.clips.dialog import ClipDialog

        material = self._material(workspace, recordings)
        review = partial(look_through, self._window.theme, videos_of(workspace))
        return ClipDialog(self._window.theme, material, review, self._window)

    def save_still(self) -> None:
        """Save the frame on the screen, at full size."""
        workspace = self._window.workspace
        if workspace is None:
            return
        # The file chooser takes its time; the frame is the one that was asked for.
        workspace.player.pause()
        video, moment = workspace.player.lead.video, workspace.player.moment
        if video is None or moment is None:
            return
        place = self._still_place(workspace, moment)
        if place is not None:
            self._write_still(video, moment.ordinal, place)

    def _material(self, workspace: Workspace, recordings: tuple[Recording, ...]) -> Material:
        from ssp_coder.ui.clips.material import Material

        session, moment = workspace.session, workspace.player.moment
        start = {} if moment is None else {"moment_us": moment.pts_us}
        return Material(
            coded=Exportable(coding=session.coding, scheme=session.kept_scheme),
            shown=session.scheme,
            recordings=recordings,
            folder=self._folder(workspace),
            pattern=self._pattern,
            loop=workspace.player.loop,
            selected=workspace.work.table.selected_events(),
            **start,
        )

    def _folder(self, workspace: Workspace) -> Path:
        file = workspace.session.file
        if file is None:
            return Path.home() / FOLDER_NAME
        return self._folders.get(file.path, file.path.parent / FOLDER_NAME)

    def _still_place(self, workspace: Workspace, moment: Moment) -> Path | None:
        stem = stem_of_clip(
            STILL_PATTERN,
            {
                "session": workspace.session.coding.session,
                "camera": f"camera{moment.camera + 1}",
                "time": clock_text(moment.pts_us).replace(":", "-").replace(".", "-"),
            },
        )
        first = self._folder(workspace)
        beside = first if first.is_dir() else first.parent
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Save this frame"),
            str(beside / f"{stem}.png"),
            self.tr("Pictures (*.png)"),
        )
        if not name:
            return None
        if Path(name).suffix.lower() == ".png":
            return Path(name)
        # The file chooser asked about the name without its ending only.
        ended = Path(f"{name}.png")
        return ended if not ended.exists() or self._may_replace(ended) else None

    def _may_replace(self, place: Path) -> bool:
        words = self.tr("{0} is there already. Replace it?").format(place.name)
        answer = QMessageBox.question(self._window, self.tr("Save this frame"), words)
        return answer == QMessageBox.StandardButton.Yes

    def _write_still(self, video: OpenVideo, ordinal: int, place: Path) -> None:
        from ssp_coder.media.stills import write_still

        try:
            at_us = video.index.time_of(ordinal)
            still = write_still(video.path, at_us, place, overwrite=True, index=video.index)
        except (MediaError, OSError) as error:
            title = self.tr("The picture was not written")
            QMessageBox.warning(self._window, title, said_error(error))
            return
        words = self.tr("Frame {0} written: {1}")
        self._window.say(words.format(still.ordinal, still.file.name))


def recordings_of(workspace: Workspace) -> tuple[Recording, ...]:
    """The cameras whose recording is open."""
    from ssp_coder.reporting.clip_orders import Recording

    return tuple(
        Recording(
            video=camera.video.path,
            index=camera.video.index,
            camera=camera.place + 1,
            offset_us=camera.offset_us,
            pixels=camera.video.facts.width * camera.video.facts.height,
        )
        for camera in workspace.player.cameras
        if camera.video is not None
    )


def videos_of(workspace: Workspace) -> tuple[OpenVideo, ...]:
    """The recordings that are open."""
    return tuple(camera.video for camera in workspace.player.cameras if camera.video is not None)


def look_through(
    theme: Theme, videos: tuple[OpenVideo, ...], plan: ClipPlan, which: str, parent: QWidget
) -> Covering | None:
    """Have a person look through a clip for faces; None when they did not confirm it."""
    from ssp_coder.ui.faces.review import FaceReviewDialog

    video = next(video for video in videos if video.path == plan.video)
    dialog = FaceReviewDialog(theme, video, plan, parent)
    dialog.setWindowTitle(f"{dialog.windowTitle()} ({which})")
    dialog.exec()
    covering = dialog.covering
    dialog.deleteLater()
    return covering
