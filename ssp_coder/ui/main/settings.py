"""What this computer remembers between sittings: looks, recent files, places of videos."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from ssp_coder.ui.theme.tokens import Scheme

RECENT_FILES = 6
LANGUAGES = ("en", "de")
"""Languages that the bundled instruments speak; the first where nothing was chosen."""


class Settings:
    """Reads and writes the person's settings; nothing in them belongs to a study."""

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store or QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "ssp_coder", "ssp_coder"
        )

    @property
    def scheme(self) -> Scheme:
        """Light, dark, or as the system says."""
        try:
            return Scheme(str(self._store.value("scheme", Scheme.SYSTEM.value)))
        except ValueError:
            return Scheme.SYSTEM

    @scheme.setter
    def scheme(self, scheme: Scheme) -> None:
        self._store.setValue("scheme", scheme.value)

    @property
    def recent(self) -> tuple[Path, ...]:
        """Coding files opened last that are still there, newest first."""
        count = self._store.beginReadArray("recent")
        paths = []
        for place in range(count):
            self._store.setArrayIndex(place)
            paths.append(Path(str(self._store.value("path", ""))))
        self._store.endArray()
        return tuple(path for path in paths if path.is_file())

    def note_opened(self, path: Path) -> None:
        """Put a coding file first in the list."""
        path = path.resolve()
        paths = [path, *(other for other in self.recent if other != path)][:RECENT_FILES]
        self._store.beginWriteArray("recent", len(paths))
        for place, other in enumerate(paths):
            self._store.setArrayIndex(place)
            self._store.setValue("path", str(other))
        self._store.endArray()

    def video_of(self, fingerprint: str) -> str:
        """Where a video lies on this computer, empty when it is not known."""
        return str(self._store.value(f"videos/{fingerprint}", "")) if fingerprint else ""

    def note_video(self, fingerprint: str, path: Path) -> None:
        """Remember where a video lies."""
        if fingerprint:
            self._store.setValue(f"videos/{fingerprint}", str(path.resolve()))

    @property
    def geometry(self) -> QByteArray:
        """Place and size of the window."""
        value = self._store.value("geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._store.setValue("geometry", geometry)

    @property
    def instrument_language(self) -> str:
        """In which language instruments are shown; files and exports stay in English."""
        value = str(self._store.value("instruments/language", LANGUAGES[0]))
        return value if value in LANGUAGES else LANGUAGES[0]

    @instrument_language.setter
    def instrument_language(self, language: str) -> None:
        self._store.setValue("instruments/language", language)

    @property
    def instrument_folder(self) -> Path | None:
        """Where the lab keeps its own instruments; None for the bundled ones only."""
        value = str(self._store.value("instruments/folder", ""))
        return Path(value) if value else None

    @instrument_folder.setter
    def instrument_folder(self, folder: Path | None) -> None:
        self._store.setValue("instruments/folder", "" if folder is None else str(folder.resolve()))

    @property
    def instrument_folders(self) -> tuple[Path, ...]:
        """The search path before the bundled instruments; a folder that is gone is left out."""
        folder = self.instrument_folder
        return (folder,) if folder is not None and folder.is_dir() else ()

    @property
    def volume(self) -> float:
        """How loud recordings are played, 0 to 1; full when it was never set."""
        try:
            volume = float(str(self._store.value("volume", 1.0)))
        except ValueError:
            return 1.0
        # What is not a number is not between the limits either.
        return volume if 0 <= volume <= 1 else 1.0

    @volume.setter
    def volume(self, volume: float) -> None:
        self._store.setValue("volume", volume)

    @property
    def who(self) -> str:
        """The coder id used last."""
        return str(self._store.value("coder", ""))

    @who.setter
    def who(self, coder: str) -> None:
        self._store.setValue("coder", coder)


def cache_folder() -> Path:
    """Where frame indexes are kept; no picture and no sound ever lies there."""
    base = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericCacheLocation)
    return Path(base) / "ssp_coder"
