"""Leads through the guided first run: watches what the person does and asks for the next thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QToolBar

from ssp_coder.editing.history import RecordKind
from ssp_coder.ui.code.keysigns import cap_text
from ssp_coder.ui.guide.steps import GuideStep, Seen, guide_steps
from ssp_coder.ui.guide.strip import GuideStrip
from ssp_coder.ui.keys.live import live_keys
from ssp_coder.ui.keys.words import caps, chord_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.editing.document import Changed
    from ssp_coder.ui.main.window import MainWindow
    from ssp_coder.ui.main.workspace import Workspace

SHOWN_CODES = 3


class GuideDesk(QObject):
    """Starts the run on the demonstration session and ends it with that coding."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._wanted = False
        self._steps: tuple[GuideStep, ...] = ()
        self._place = 0
        self._seen = Seen()
        self._bar: QToolBar | None = None
        self._led: Workspace | None = None
        self.strip: GuideStrip | None = None
        window.coding_opened.connect(self._begin_on)

    @property
    def place(self) -> int:
        """Which step is asked for, from 0; the number of steps when all are done."""
        return self._place

    @property
    def runs(self) -> bool:
        """Whether the strip is on the screen."""
        return self.strip is not None

    def commands(self) -> dict[str, Callable[[], None]]:
        """What each command of the table does."""
        return {"guide": self.start}

    def start(self) -> None:
        """Open the demonstration session and lead through it."""
        from ssp_coder.demonstration.session import default_folder

        workspace = self._window.workspace
        file = None if workspace is None else workspace.session.file
        if workspace is not None and file is not None and file.path.parent == default_folder():
            self.lead(workspace)
            return
        self._wanted = True
        self._window.desk.open_demonstration()

    def forget(self) -> None:
        """The demonstration was not opened, so there is nothing to lead through."""
        self._wanted = False

    def end(self) -> None:
        """Take the strip away."""
        if self._bar is not None:
            self._window.removeToolBar(self._bar)
            self._bar.deleteLater()
        self._bar, self.strip = None, None

    def lead(self, workspace: Workspace) -> None:
        """Lead through the run in an open coding."""
        self.end()
        self._steps = guide_steps()
        self._place = 0
        self._seen = Seen(playing=workspace.player.playing)
        self._show_strip()
        self._watch(workspace)
        self._begin_step()

    def _watch(self, workspace: Workspace) -> None:
        """Hear what is done in a coding, once however often the run begins in it."""
        if self._led is workspace:
            return
        self._led = workspace
        workspace.page_changed.connect(self._note_page)
        workspace.player.playing_changed.connect(self._note_playing)
        workspace.player.moment_changed.connect(self._note_moment)
        workspace.session.changed.connect(self._note_change)
        workspace.closed.connect(self._let_go)

    def _let_go(self) -> None:
        """The coding is closed."""
        self._led = None
        self.end()

    def _begin_on(self, workspace: Workspace) -> None:
        if self._wanted:
            self._wanted = False
            self.lead(workspace)

    def _show_strip(self) -> None:
        strip = GuideStrip(self._window.theme)
        bar = QToolBar(self.tr("Guided first run"), self._window)
        bar.setObjectName("guide")
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.addWidget(strip)
        self._window.addToolBar(Qt.ToolBarArea.BottomToolBarArea, bar)
        strip.skipped.connect(self._go_on)
        strip.ended.connect(self.end)
        self._bar, self.strip = bar, strip

    def _begin_step(self) -> None:
        """Ask for the next thing that is not so already."""
        workspace = self._window.workspace
        if workspace is None or self.strip is None:
            return
        self._seen = Seen(page=workspace.current, playing=self._seen.playing)
        if self._place == len(self._steps):
            self.strip.show_end(self._end_words())
            return
        step = self._steps[self._place]
        if step.is_done(self._seen):
            self._go_on()
            return
        self.strip.show_step(self._place + 1, len(self._steps), step.words, self._keys_of(step))

    def _end_words(self) -> str:
        """Where to go from here, with the keys in force; without one, a command's words."""
        find, explain = (
            chord_words(live_keys().shown(command)) or self._window.actions_by_id[command].text()
            for command in ("find", "help")
        )
        words = self.tr("That is the whole way. {0} finds anything, {1} explains where you are.")
        return words.format(find, explain)

    def _keys_of(self, step: GuideStep) -> tuple[str, ...]:
        workspace = self._window.workspace
        if step.code_keys and workspace is not None:
            keymap = workspace.session.keymap
            return tuple(cap_text(binding.key) for binding in keymap.bindings[:SHOWN_CODES])
        return tuple(caps(live_keys().shown(step.command))) if step.command else ()

    def _go_on(self) -> None:
        self._place = min(self._place + 1, len(self._steps))
        self._begin_step()

    def _look(self) -> None:
        if self.runs and self._place < len(self._steps):
            step = self._steps[self._place]
            if step.is_done(self._seen):
                self._go_on()

    def _note_page(self, page: str) -> None:
        self._seen.page = page
        self._look()

    def _note_playing(self, playing: bool) -> None:
        self._seen.playing = playing
        self._look()

    def _note_moment(self, _moment: object) -> None:
        if not self._seen.playing:
            self._seen.frames += 1
            self._look()

    def _note_change(self, changed: Changed) -> None:
        record = changed.record
        if record.kind is RecordKind.EDIT:
            self._seen.done.add(type(record.edit))
        self._seen.undone |= record.kind is RecordKind.UNDO
        self._look()
