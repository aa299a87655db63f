"""How agreement is worked out: seen in a line, read from a file, changed and saved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QGridLayout, QVBoxLayout, QWidget

from ssp_coder.agreement.protocol import USUAL_PROTOCOL, Protocol, Window
from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.time import SECOND_US, Micros, micros
from ssp_coder.formats.protocol_file import protocol_of, protocol_text, read_protocol
from ssp_coder.formats.writing import write_together
from ssp_coder.reporting.agreement_method import seconds_words
from ssp_coder.ui.dialogs.found_table import button_row
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.choice import ComboBox
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.language.spoken import said_error
from ssp_coder.ui.rate.lettering import lettering, short_lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme

DAY_S = 86_400
_TIMES = ("unit_us", "tolerance_us", "alignment_us", "interval_us", "block_us")
_LONGEST_NAME = 200
_MOST_ONSETS = 12
_MOST_RESAMPLES = 1_000_000


class ProtocolDialog(QDialog):
    """The settings of a comparison as fields; wrong ones say what they may be."""

    def __init__(self, theme: Theme, protocol: Protocol, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._start = protocol
        self.protocol = protocol
        self.fields = {key: FieldWithError(theme, name, self) for key, name in self._names()}
        self.window_box = ComboBox(theme, self)
        self.usual = PushButton(theme, self.tr("Project default"), ButtonKind.QUIET, self)
        self.load = PushButton(theme, self.tr("From a file…"), parent=self)
        self.save = PushButton(theme, self.tr("Save as a file…"), parent=self)
        self.cancel = PushButton(theme, self.tr("Cancel"), parent=self)
        self.use = PushButton(theme, self.tr("Use"), ButtonKind.PRIMARY, self)
        self.lumps = lettering(theme, "", FontUse.CAPTION, "second")
        self._trouble = lettering(theme, "", FontUse.TABLE, "err")
        self._build()
        self.show_protocol(protocol)
        self.usual.clicked.connect(self._show_usual)
        self.load.clicked.connect(self._load)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.reject)
        self.use.clicked.connect(self.accept)

    def show_protocol(self, protocol: Protocol) -> None:
        """Fill the fields."""
        self._start = protocol
        for key in _TIMES:
            self.fields[key].set_text(_plain(getattr(protocol, key)))
        self.fields["name"].set_text(protocol.name)
        self.fields["onsets_us"].set_text("; ".join(map(_plain, protocol.onsets_us)))
        self.fields["overlap"].set_text(_per_cent(protocol.overlap))
        self.fields["resamples"].set_text(str(protocol.resamples))
        self.fields["seed"].set_text(str(protocol.seed))
        self.window_box.setCurrentIndex(self.window_box.findData(protocol.window.value))
        for field in self.fields.values():
            field.clear_error()
        self._trouble.setText("")
        self._show_lumps(protocol)

    def read(self) -> Protocol | None:
        """What the fields say; None when one is wrong, which then says so."""
        for field in self.fields.values():
            field.clear_error()
        times = {key: self._time(key) for key in _TIMES}
        onsets = self._onsets()
        overlap = self._overlap()
        resamples = self._whole("resamples", (1, _MOST_RESAMPLES))
        seed = self._whole("seed", (0, 2**62))
        name = self.fields["name"].text().strip()
        if not name:
            self.fields["name"].show_error(self.tr("Give it a name."))
        known = {key: time for key, time in times.items() if time is not None}
        whole = len(known) == len(times) and None not in (overlap, resamples, seed)
        if not name or onsets is None or not whole:
            return None
        return replace(
            self._start,
            name=name,
            onsets_us=onsets,
            overlap=overlap or 0.0,
            resamples=resamples or 0,
            seed=seed or 0,
            window=Window(self.window_box.currentData()),
            unit_us=known["unit_us"],
            tolerance_us=known["tolerance_us"],
            alignment_us=known["alignment_us"],
            interval_us=known["interval_us"],
            block_us=known["block_us"],
        )

    def accept(self) -> None:
        """Take the settings, once they are right."""
        protocol = self.read()
        if protocol is None:
            return
        if protocol != USUAL_PROTOCOL and protocol.name == USUAL_PROTOCOL.name:
            # What is not the default must not go by its name.
            protocol = replace(protocol, name=self.tr("own settings"))
        self.protocol = protocol
        super().accept()

    def read_file(self, path: Path) -> None:
        """Show the settings that a file holds, or why it holds none."""
        try:
            self.show_protocol(read_protocol(path))
        except DomainError as error:
            self._trouble.setText(said_error(error))

    def write_file(self, path: Path) -> None:
        """Write the settings of the fields to a file."""
        protocol = self.read()
        if protocol is None:
            return
        try:
            text = protocol_text(protocol)
            protocol_of(text, path.name)
            write_together({path: text.encode()}, overwrite=True)
        except DomainError as error:
            self._trouble.setText(said_error(error))

    def _show_lumps(self, protocol: Protocol) -> None:
        words = self.tr("Codes that count as one stand in the file: {0}")
        lumps = "; ".join(f"{one.name} = {' + '.join(one.codes)}" for one in protocol.lumps)
        self.lumps.setText(words.format(lumps))
        self.lumps.setVisible(bool(lumps))

    def _time(self, key: str) -> Micros | None:
        # As a file of settings has it: a shorter block than a second is no block.
        least = {"tolerance_us": 0, "block_us": SECOND_US}.get(key, 1)
        field = self.fields[key]
        time = _micros(field.text())
        if time is None or not least <= time <= DAY_S * SECOND_US:
            field.show_error(self._range_words(least))
            return None
        return time

    def _range_words(self, least: int) -> str:
        if least == SECOND_US:
            return self.tr("{0} to {1}").format("1 s", f"{DAY_S} s")
        return self.tr("0 s or more") if least == 0 else self.tr("above 0 s")

    def _onsets(self) -> tuple[Micros, ...] | None:
        field = self.fields["onsets_us"]
        times = [_micros(part) for part in field.text().split(";") if part.strip()]
        good = {time for time in times if time is not None and 0 <= time <= DAY_S * SECOND_US}
        if not times or len(times) > _MOST_ONSETS or good != set(times):
            field.show_error(self.tr("Seconds, parted by ;"))
            return None
        return tuple(sorted(good))

    def _overlap(self) -> float | None:
        field = self.fields["overlap"]
        words = field.text().strip()
        if words == _per_cent(self._start.overlap):
            return self._start.overlap
        try:
            value = float(words.replace(",", "."))
        except ValueError:
            value = -1.0
        if not 1 <= value <= 100:
            field.show_error(self.tr("{0} to {1}").format(1, 100))
            return None
        return value / 100

    def _whole(self, key: str, ends: tuple[int, int]) -> int | None:
        field = self.fields[key]
        try:
            value = int(field.text())
        except ValueError:
            value = -1
        if not ends[0] <= value <= ends[1]:
            field.show_error(self.tr("{0} to {1}").format(*ends))
            return None
        return value

    def _show_usual(self) -> None:
        self.show_protocol(USUAL_PROTOCOL)

    def _load(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Protocol"), "", self.tr("Protocols (*.toml)")
        )
        if name:
            self.read_file(Path(name))

    def _save(self) -> None:
        if self.read() is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Protocol"), "protocol.toml", self.tr("Protocols (*.toml)")
        )
        if name:
            self.write_file(Path(name))

    def _names(self) -> tuple[tuple[str, str], ...]:
        return (
            ("name", self.tr("Name")),
            ("unit_us", self.tr("Time unit, s")),
            ("tolerance_us", self.tr("Tolerance of time units, s")),
            ("alignment_us", self.tr("Largest lag of aligned events, s")),
            ("onsets_us", self.tr("Tolerances of onsets, s")),
            ("overlap", self.tr("Smallest overlap of linked states, %")),
            ("interval_us", self.tr("Interval by interval, s")),
            ("block_us", self.tr("Block of the bootstrap, s")),
            ("resamples", self.tr("Resamples")),
            ("seed", self.tr("Seed")),
        )

    def _build(self) -> None:
        px = self._theme.px
        self.setWindowTitle(self.tr("How agreement is worked out"))
        self.fields["name"].edit.setMaxLength(_LONGEST_NAME)
        self.window_box.addItem(self.tr("from the first episode to the session's end"), "episodes")
        self.window_box.addItem(self.tr("everything that was coded"), "coded")
        describe(self.window_box, self.tr("Part compared"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(2))
        grid.setColumnStretch(1, 1)
        rows: list[tuple[str, QWidget]] = [(name, self.fields[key]) for key, name in self._names()]
        rows.insert(1, (self.tr("Part compared"), self.window_box))
        for place, (name, field) in enumerate(rows):
            label = short_lettering(self._theme, name, FontUse.TABLE, "second")
            label.setContentsMargins(0, px(7), 0, 0)
            label.setBuddy(field)
            grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(field, place, 1, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(16), px(16), px(16))
        column.setSpacing(px(8))
        column.addLayout(grid)
        column.addWidget(self.lumps)
        column.addWidget(self._trouble)
        column.addLayout(button_row(self._theme, self.usual, self.load, self.save))
        column.addLayout(button_row(self._theme, self.cancel, self.use))
        self.setMinimumWidth(px(560))


def _plain(time_us: int) -> str:
    return seconds_words(time_us).removesuffix(" s")


def _per_cent(share: float) -> str:
    return f"{100 * share:g}"


def _micros(words: str) -> Micros | None:
    try:
        return micros(words.strip().replace(",", "."))
    except ValueError:
        return None
