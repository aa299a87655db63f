"""What this computer remembers between sittings: looks, recent files, places of videos."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from ssp_coder.domain.keyset import KeySet
from ssp_coder.editing.keys import Hold
from ssp_coder.ui.code.passes import Passes, passes_from, passes_text
from ssp_coder.ui.docks.memory import PanelArrangement, from_text, to_text
from ssp_coder.ui.player.arrangement import Arrangement
from ssp_coder.ui.player.moves import MOST_STEP_FRAMES, STEP_FRAMES
from ssp_coder.ui.player.speaker import MOST_DELAY_US
from ssp_coder.ui.reaction.lag import ReactionLag, lag_from, lag_text
from ssp_coder.ui.theme.tokens import Scheme

RECENT_FILES = 6
RECENT_FINDS = 12
LANGUAGES = ("en", "de")
"""Languages that the bundled instruments speak; the first where nothing was chosen."""
OVERVIEWS_AT_FIRST = ("sound", "pictures")
"""Project default: motion takes a minute to measure, so it waits until it is asked for."""


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
    def key_set(self) -> KeySet:
        """The person's own keys, as far as what was kept can be used."""
        kept = str(self._store.value("keys/own", ""))
        if not kept:
            return KeySet()
        # Imported when there is something to read: a window need not wait for the catalog.
        from ssp_coder.catalog.keysets import usable_key_set

        return usable_key_set(kept)

    @key_set.setter
    def key_set(self, key_set: KeySet) -> None:
        from ssp_coder.catalog.keysets import write_key_set

        self._store.setValue("keys/own", write_key_set(key_set) if key_set.count else "")

    @property
    def found_last(self) -> tuple[str, ...]:
        """What was done from the list of everything, by its ids, newest first."""
        kept = str(self._store.value("finds", ""))
        return tuple(kept.split()[:RECENT_FINDS])

    def note_found(self, entry: str) -> None:
        """Put something first among what was found; ids have no spaces."""
        others = tuple(other for other in self.found_last if other != entry)
        self._store.setValue("finds", " ".join((entry, *others)[:RECENT_FINDS]))

    @property
    def geometry(self) -> QByteArray:
        """Place and size of the window."""
        value = self._store.value("geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._store.setValue("geometry", geometry)

    @property
    def program_language(self) -> str:
        """In which language the program itself speaks, from its next start on."""
        value = str(self._store.value("language", LANGUAGES[0]))
        return value if value in LANGUAGES else LANGUAGES[0]

    @program_language.setter
    def program_language(self, language: str) -> None:
        self._store.setValue("language", language)

    @property
    def instrument_language(self) -> str:
        """In which language instruments are shown; files and exports stay in English."""
        value = str(self._store.value("instruments/language", self.program_language))
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
    def step_frames(self) -> int:
        """How many frames one key goes at once."""
        try:
            frames = int(str(self._store.value("step_frames", STEP_FRAMES)))
        except ValueError:
            return STEP_FRAMES
        return frames if 2 <= frames <= MOST_STEP_FRAMES else STEP_FRAMES

    @step_frames.setter
    def step_frames(self, frames: int) -> None:
        self._store.setValue("step_frames", frames)

    @property
    def arrangement(self) -> Arrangement:
        """Where the small pictures of further cameras lie."""
        try:
            return Arrangement(str(self._store.value("cameras/arrangement", "")))
        except ValueError:
            return Arrangement.BOTTOM_RIGHT

    @arrangement.setter
    def arrangement(self, arrangement: Arrangement) -> None:
        self._store.setValue("cameras/arrangement", arrangement.value)

    def panels(self, screens: str) -> PanelArrangement | None:
        """Where panels stood on an arrangement of screens; None where it is not known."""
        return from_text(str(self._store.value(f"panels/{screens}", "")))

    def keep_panels(self, screens: str, arrangement: PanelArrangement) -> None:
        """Remember where panels stand on an arrangement of screens."""
        self._store.setValue(f"panels/{screens}", to_text(arrangement))

    def shows_overview(self, kind: str) -> bool:
        """Whether the timeline shows an overview of the recording; sound and pictures at first."""
        at_first = "true" if kind in OVERVIEWS_AT_FIRST else "false"
        return str(self._store.value(f"timeline/{kind}", at_first)) == "true"

    def show_overview(self, kind: str, shown: bool) -> None:
        """Remember whether the timeline shows an overview."""
        self._store.setValue(f"timeline/{kind}", "true" if shown else "false")

    @property
    def keeps_pictures(self) -> bool:
        """Whether small pictures of recordings are kept from one sitting to the next."""
        return str(self._store.value("timeline/keep_pictures", "yes")) != "no"

    @keeps_pictures.setter
    def keeps_pictures(self, kept: bool) -> None:
        self._store.setValue("timeline/keep_pictures", "yes" if kept else "no")

    @property
    def event_columns(self) -> QByteArray:
        """Which columns the list of events shows, how wide, and by which it is sorted."""
        value = self._store.value("events/columns")
        return value if isinstance(value, QByteArray) else QByteArray()

    @event_columns.setter
    def event_columns(self, columns: QByteArray) -> None:
        self._store.setValue("events/columns", columns)

    @property
    def step_sound(self) -> bool:
        """Whether a frame is heard when it is stepped onto; it is not until somebody wishes so."""
        return str(self._store.value("step_sound", "")) == "on"

    @step_sound.setter
    def step_sound(self, on: bool) -> None:
        self._store.setValue("step_sound", "on" if on else "off")

    @property
    def sound_delays(self) -> dict[str, int]:
        """How much later than it says each sound device is heard, in microseconds by its name."""
        delays = {}
        for place in range(self._store.beginReadArray("sound_delays")):
            self._store.setArrayIndex(place)
            try:
                delay_us = int(str(self._store.value("delay_us", "")))
            except ValueError:
                continue
            if 0 <= delay_us <= MOST_DELAY_US:
                delays[str(self._store.value("device", ""))] = delay_us
        self._store.endArray()
        return delays

    def note_sound_delay(self, device: str, delay_us: int) -> None:
        """Remember the delay of a sound device."""
        delays = self.sound_delays | {device: delay_us}
        self._store.beginWriteArray("sound_delays", len(delays))
        for place, (name, delay) in enumerate(delays.items()):
            self._store.setArrayIndex(place)
            self._store.setValue("device", name)
            self._store.setValue("delay_us", delay)
        self._store.endArray()

    @property
    def hold(self) -> Hold:
        """How long a state runs that a key starts; until the next press at first."""
        try:
            return Hold(str(self._store.value("board/hold", "")))
        except ValueError:
            return Hold.PRESS_PRESS

    @hold.setter
    def hold(self, hold: Hold) -> None:
        self._store.setValue("board/hold", hold.value)

    def passes_of(self, scheme: str) -> Passes:
        """The passes through a session of a scheme."""
        return passes_from(str(self._store.value(f"board/passes/{_key(scheme)}", "")))

    def keep_passes(self, scheme: str, passes: Passes) -> None:
        """Remember the passes of a scheme and which one is in force."""
        self._store.setValue(f"board/passes/{_key(scheme)}", passes_text(passes))

    def lag_of(self, coder: str) -> ReactionLag:
        """How late a person reacts; nothing is taken off until that person wishes so."""
        return lag_from(str(self._store.value(f"reaction/{_key(coder)}", "")))

    def keep_lag(self, coder: str, lag: ReactionLag) -> None:
        """Remember how late a person reacts."""
        self._store.setValue(f"reaction/{_key(coder)}", lag_text(lag))

    @property
    def training(self) -> tuple[Path, Path] | None:
        """Logbook and pack of the training gone on with last; None where one of them is gone."""
        logbook = Path(str(self._store.value("training/logbook", "")))
        pack = Path(str(self._store.value("training/pack", "")))
        return (logbook, pack) if logbook.is_file() and pack.name and pack.is_dir() else None

    def note_training(self, logbook: Path, pack: Path) -> None:
        """Remember a training, to be gone on with at the next start."""
        self._store.setValue("training/logbook", str(logbook.resolve()))
        self._store.setValue("training/pack", str(pack.resolve()))

    @property
    def who(self) -> str:
        """The coder id used last."""
        return str(self._store.value("coder", ""))

    @who.setter
    def who(self, coder: str) -> None:
        self._store.setValue("coder", coder)


def _key(name: str) -> str:
    """A name as one part of a place in the settings."""
    return quote(name, safe="")


def cache_folder() -> Path:
    """Where what was worked out of videos is kept: indexes, curves of sound, small pictures.

    Only this user of the computer can read it. No sound that could be listened to lies there.
    """
    base = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericCacheLocation)
    return Path(base) / "ssp_coder"
