"""Where the face models lie on this computer, and which of them looks for faces."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths

from ssp_coder.media.faces_centerface import packaged_finder, packaged_model
from ssp_coder.media.faces_model import YUNET, YuNet, adopt_model, read_model

if TYPE_CHECKING:
    from ssp_coder.media.faces import FaceFinder


class ModelShelf:
    """A folder for a model that a person puts there, and the model of an installed package.

    What a person has put there wins.
    """

    def __init__(self, folder: Path) -> None:
        self._place = folder / YUNET.file_name

    @property
    def is_filled(self) -> bool:
        """Whether there is a model."""
        return self._place.is_file() or packaged_model() is not None

    def finder(self) -> FaceFinder:
        """A finder with the model; make it in the thread that uses it.

        Raises:
            MediaError: there is no model, or not the one known here.
        """
        packaged = None if self._place.is_file() else packaged_finder()
        return packaged or YuNet(read_model(self._place))

    def adopt(self, file: Path) -> None:
        """Put a copy of a model file there.

        Raises:
            MediaError: it is not the one known here, or cannot be copied.
        """
        adopt_model(file, self._place.parent)


def user_shelf() -> ModelShelf:
    """The shelf of the person who uses this computer."""
    base = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    return ModelShelf(Path(base) / "ssp_coder" / "models")
