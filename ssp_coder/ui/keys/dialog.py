"""Own keys: every command and code with its keys, to be changed, taken over, shared, reset."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from ssp_coder.catalog.errors import CatalogError
from ssp_coder.catalog.keysets import load_key_set, write_key_set
from ssp_coder.ui.keys.live import live_keys
from ssp_coder.ui.keys.plan import KeyPlan, KeyRow, Offered, Pressed
from ssp_coder.ui.keys.recorder import KeyRecorder
from ssp_coder.ui.keys.table import KeyTable
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.panel import hairline
from ssp_coder.ui.language.spoken import noted, said_error, said_sentence
from ssp_coder.ui.main.commands import COMMANDS, EPISODE_COMMANDS, Menu
from ssp_coder.ui.main.menus import menu_letter, menu_title, words_of
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from ssp_coder.domain.keyset import KeySet
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme

KEY_FILES = noted("Keys (*.toml)")
SHOWN_MISTAKES = 6


def plan_of(key_set: KeySet, scheme: Scheme | None) -> KeyPlan:
    """The plan of the program's commands and of the codes of a scheme."""
    titles = {one.id: (words_of(one.words), menu_title(one.menu)) for one in COMMANDS}
    episodes = {
        command: (words_of("To the start of episode {0}").format(place), menu_title(Menu.GO))
        for place, command in enumerate(EPISODE_COMMANDS, start=1)
    }
    return KeyPlan(
        key_set=key_set,
        titles=titles | episodes,
        usual=live_keys().usual,
        menus={menu_letter(menu): menu_title(menu) for menu in Menu if menu_letter(menu)},
        scheme=scheme,
    )


class KeysDialog(QDialog):
    """Each change is kept at once: `kept` carries the person's own keys."""

    kept = Signal(object)

    def __init__(
        self,
        theme: Theme,
        key_set: KeySet,
        session: OpenSession | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._plan = plan_of(key_set, None if session is None else session.scheme)
        self._row: KeyRow | None = None
        self._offered: Offered | None = None
        self._beside = False
        self.filter = QLineEdit(self)
        self.table = KeyTable(theme, self)
        self.recorder = KeyRecorder(theme, self)
        self._title = QLabel(self)
        self.words = QLabel(self)
        plain, quiet = ButtonKind.PLAIN, ButtonKind.QUIET
        self.change = PushButton(theme, self.tr("Change key"), plain, self)
        self.add = PushButton(theme, self.tr("Add another"), plain, self)
        self.clear = PushButton(theme, self.tr("No key"), quiet, self)
        self.reset = PushButton(theme, self.tr("As it came"), quiet, self)
        self.take = PushButton(theme, self.tr("Take it over"), ButtonKind.PRIMARY, self)
        self.leave = PushButton(theme, self.tr("Keep as it is"), plain, self)
        self.reset_all = PushButton(theme, self.tr("All as they came"), quiet, self)
        self.import_file = PushButton(theme, self.tr("Import…"), quiet, self)
        self.export_file = PushButton(theme, self.tr("Export…"), quiet, self)
        self.close_button = PushButton(theme, self.tr("Close"), plain, self)
        self.setWindowTitle(self.tr("Keys"))
        self._build()
        self._connect()
        self.table.rows.show_rows(self._plan.rows())
        self.table.selectRow(0)
        self._stop()
        self.filter.setFocus()

    @property
    def key_set(self) -> KeySet:
        """The person's own keys as they are now."""
        return self._plan.key_set

    def choose(self, row_id: str) -> None:
        """Begin at a row; without one at the filter."""
        place = self.table.rows.place_of(row_id)
        if place >= 0:
            self.table.selectRow(place)
            self.table.scrollTo(self.table.rows.index(place, 0))
            self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Enter presses the button it stands on; in the filter it does not close the dialog.
            focus = self.focusWidget()
            if isinstance(focus, PushButton):
                focus.click()
            return
        super().keyPressEvent(event)

    def _current(self) -> KeyRow | None:
        return self.table.rows.row(self.table.currentIndex().row())

    def _start_changing(self) -> None:
        self._start(beside=False)

    def _start_adding(self) -> None:
        self._start(beside=True)

    def _start(self, *, beside: bool) -> None:
        self._row, self._beside, self._offered = self._current(), beside, None
        if self._row is None:
            return
        self._show_recording(listening=True)
        self.words.setText("")
        self.recorder.listen(self._row.title)

    def _take_pressed(self, pressed: Pressed) -> None:
        """Give a free key at once; ask about one that something has; refuse one with a reason."""
        if self._row is None:
            return
        offered = self._plan.offered(self._row, pressed)
        self.recorder.show_pressed(pressed)
        if offered.problem:
            self._say(offered.problem, "err")
        elif offered.holder:
            self._offered = offered
            holder = self._plan.row(offered.holder)
            words = self.tr("{0} is the key of “{1}” ({2}).")
            key = self._row.words_of(offered.key)
            self._say(words.format(key, holder.title, holder.where), "warn")
            self._show_recording(listening=False)
            self.take.show()
            self.leave.show()
            self.take.setFocus()
        else:
            self._give(offered)

    def _take_over(self) -> None:
        if self._offered is not None:
            self._give(self._offered)

    def _give(self, offered: Offered) -> None:
        row = self._row
        if row is None:
            return
        self._keep(self._plan.with_key(row, offered, beside=self._beside))
        words = self.tr("“{0}” has {1} from now on.")
        self._stop()
        self._say(words.format(row.title, row.words_of(offered.key)), "ok")

    def _clear_keys(self) -> None:
        row = self._current()
        if row is not None and row.keys:
            self._keep(self._plan.without_keys(row))
            self._say(self.tr("“{0}” has no key from now on.").format(row.title), "ok")

    def _reset_row(self) -> None:
        row = self._current()
        if row is not None:
            self._keep(self._plan.reset(row))
            self._say(self.tr("“{0}” has its keys as they came.").format(row.title), "ok")

    def _reset_everything(self) -> None:
        count = self._plan.key_set.count
        words = self.tr("{0} own keys, also those of other schemes, go back to how they came.")
        answer = QMessageBox.question(self, self.tr("All as they came"), words.format(count))
        if answer == QMessageBox.StandardButton.Yes:
            self._keep(self._plan.reset_all())
            self._say(self.tr("All keys are as they came."), "ok")

    def _keep(self, plan: KeyPlan) -> None:
        self._plan = plan
        self.table.rows.show_rows(plan.rows())
        self._show_current()
        self.kept.emit(plan.key_set)

    def _stop(self) -> None:
        """Listen for no key any more."""
        had_focus = self.recorder.isVisible() or self.take.isVisible()
        self._row = self._offered = None
        self._show_recording(listening=False)
        self.words.setText("")
        self._show_current()
        if had_focus:
            self.table.setFocus()

    def _leave_recorder(self) -> None:
        if self.recorder.isVisible() and self._offered is None:
            self._stop()

    def _show_recording(self, *, listening: bool) -> None:
        self.recorder.setVisible(listening)
        for button in (self.change, self.add, self.clear, self.reset):
            button.setVisible(not listening and self._offered is None)
        for button in (self.take, self.leave):
            button.hide()

    def _show_current(self, *_indexes: object) -> None:
        row = self._current()
        self._title.setText("" if row is None else row.title)
        for button in (self.change, self.add, self.clear, self.reset):
            button.setEnabled(row is not None)
        if row is not None:
            self.clear.setEnabled(bool(row.keys))
            self.reset.setEnabled(row.changed)
        self.reset_all.setEnabled(self._plan.key_set.count > 0)

    def _say(self, words: str, tone: str) -> None:
        self.words.setText(words)
        self.words.setProperty("tone", tone)
        self.words.style().unpolish(self.words)
        self.words.style().polish(self.words)
        describe(self.words, words)

    def _filter(self, typed: str) -> None:
        chosen = self._current()
        self.table.rows.filter_by(typed)
        place = self.table.rows.place_of(chosen.id) if chosen is not None else -1
        self.table.selectRow(max(0, place))
        self._show_current()

    def _import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Import keys"), "", self.tr(KEY_FILES))
        if not name:
            return
        try:
            key_set = load_key_set(Path(name), live_keys().usual)
        except CatalogError as error:
            sentences = [said_sentence(finding) for finding in error.findings[:SHOWN_MISTAKES]]
            title = self.tr("These keys cannot be used")
            QMessageBox.warning(self, title, "\n\n".join(sentences))
            return
        except OSError as error:
            QMessageBox.warning(self, self.tr("The file cannot be read"), said_error(error))
            return
        self._keep(replace(self._plan, key_set=key_set))
        self._say(self.tr("{0} own keys were read.").format(key_set.count), "ok")

    def _export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export keys"), self.tr("keys.toml"), self.tr(KEY_FILES)
        )
        if not name:
            return
        try:
            Path(name).write_text(write_key_set(self._plan.key_set), "utf-8")
        except OSError as error:
            QMessageBox.warning(self, self.tr("The file was not written"), said_error(error))
            return
        self._say(self.tr("Written: {0}").format(Path(name).name), "ok")

    def _connect(self) -> None:
        self.filter.textEdited.connect(self._filter)
        self.table.change_wanted.connect(self._start_changing)
        self.table.clearing_wanted.connect(self._clear_keys)
        self.table.selectionModel().currentRowChanged.connect(self._show_current)
        self.recorder.pressed.connect(self._take_pressed)
        self.recorder.left.connect(self._leave_recorder)
        self.change.clicked.connect(self._start_changing)
        self.add.clicked.connect(self._start_adding)
        self.clear.clicked.connect(self._clear_keys)
        self.reset.clicked.connect(self._reset_row)
        self.take.clicked.connect(self._take_over)
        self.leave.clicked.connect(self._stop)
        self.reset_all.clicked.connect(self._reset_everything)
        self.import_file.clicked.connect(self._import)
        self.export_file.clicked.connect(self._export)
        self.close_button.clicked.connect(self.accept)

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        self.resize(px(720), px(600))
        self.filter.setPlaceholderText(self.tr("Filter by words or keys"))
        self.filter.setClearButtonEnabled(True)
        describe(self.filter, self.tr("Filter commands and codes"))
        self._title.setFont(theme.font(FontUse.LABEL_STRONG))
        self.words.setWordWrap(True)
        self.words.setMinimumHeight(px(20))
        self.change.set_keys((self.tr("Enter"),))
        self.clear.set_keys((self.tr("Del"),))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(12))
        column.setSpacing(px(8))
        column.addWidget(self.filter)
        column.addWidget(self.table, 1)
        column.addWidget(self._title)
        column.addLayout(self._build_acts())
        column.addWidget(self.words)
        column.addWidget(hairline(self))
        column.addLayout(self._build_foot())

    def _build_acts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(6))
        row.addWidget(self.recorder, 1)
        for button in (self.take, self.leave, self.change, self.add, self.clear, self.reset):
            row.addWidget(button)
        row.addStretch(0)
        return row

    def _build_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(6))
        for button in (self.import_file, self.export_file, self.reset_all):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.close_button)
        return row
