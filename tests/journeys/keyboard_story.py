"""The demonstration session coded from the start page to a locked export by keys alone.

Nothing here clicks, calls a page or submits an edit: keys go to whatever has the focus, as a
keyboard sends them, and the window is only looked at to know when to go on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QSettings, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ssp_coder.demonstration.session import DemoSession
from ssp_coder.domain.coding import Coding
from ssp_coder.domain.scale import NOT_RATED
from ssp_coder.domain.scheme import Scheme
from ssp_coder.editing.completeness import Step
from ssp_coder.storage.coding_file import open_read_only
from ssp_coder.ui.main.settings import Settings
from ssp_coder.ui.main.window import MainWindow
from ssp_coder.ui.main.workspace import Workspace
from ssp_coder.ui.theme.theme import Theme
from ssp_coder.ui.theme.tokens import Scheme as Colours

PATIENCE_MS = 20_000
MOST_TABS = 200

CTRL = Qt.KeyboardModifier.ControlModifier
ALONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

CODED = (
    (8.0, "distress.none"),
    (8.0, "contact.not_held"),
    (41.2, "distress.cry"),
    (53.2, "seeking.reach"),
    (56.0, "contact.held_by_c"),
    (60.0, "distress.none"),
    (70.0, "contact.not_held"),
    (74.4, "distress.hard_cry"),
    (99.0, "seeking.full_approach"),
    (102.0, "contact.clinging_c"),
    (108.0, "distress.none"),
    (112.0, "contact.not_held"),
)
"""A dozen events of the session, by their time in seconds; each has a key of its own."""

INDEX_S = (100.0, 100.8)
WHY = "Goes to her at once, holds on, settles and plays again"


@dataclass(kw_only=True)
class KeyboardStory:
    """What was there after each part."""

    script: Coding
    scheme: Scheme
    at: dict[str, Coding] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    suggestion: list[bool] = field(default_factory=list)
    played: list[int] = field(default_factory=list)
    keys: int = 0
    exported: tuple[str, ...] = ()


class Keyboard:
    """Sends keys to whatever has the focus."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.sent = 0

    @property
    def workspace(self) -> Workspace:
        if self.window.workspace is None:
            raise LookupError("no coding is open")
        return self.window.workspace

    @property
    def coding(self) -> Coding:
        return self.workspace.session.coding

    def press(self, key: Qt.Key | str, held: Qt.KeyboardModifier = ALONE) -> None:
        self.sent += 1
        QTest.keyClick(self.focus(), key, held)
        self.turn()

    def type(self, words: str) -> None:
        self.sent += len(words)
        QTest.keyClicks(self.focus(), words)
        self.turn()

    def focus(self) -> QWidget:
        widget = QApplication.focusWidget()
        return self.window if widget is None else widget

    def tab_to(self, name: str) -> None:
        """Go on by Tab to the control with a spoken name that begins so."""
        for _ in range(MOST_TABS):
            if self.spoken().startswith(name):
                return
            self.press(Qt.Key.Key_Tab)
        raise LookupError(f"{MOST_TABS} times Tab does not lead to {name}")

    def spoken(self) -> str:
        """The name of what has the focus, as a screen reader says it."""
        focus = self.focus()
        interface = QAccessible.queryAccessibleInterface(focus)
        heard = "" if interface is None else interface.text(QAccessible.Text.Name)
        return focus.accessibleName() or heard

    def go_to(self, seconds: float) -> None:
        """Type a time and wait until its frame is on the screen."""
        self.press(Qt.Key.Key_G, CTRL)
        self.press(Qt.Key.Key_A, CTRL)
        self.type(f"{seconds:.2f}")
        self.press(Qt.Key.Key_Return)
        wanted = round(seconds * 25)
        self.wait(lambda: self.frame() == wanted, f"frame {wanted}, at {self.frame()}")

    def frame(self) -> int:
        moment = self.workspace.player.moment
        return -1 if moment is None else moment.ordinal

    def wait(self, state: Callable[[], bool], what: str) -> None:
        patience = QDeadlineTimer(PATIENCE_MS)
        while not state():
            if patience.hasExpired():
                raise TimeoutError(f"waited for {what}; the focus is on {self.focus()}")
            self.turn()

    def turn(self) -> None:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)


def live_by_keys(session: DemoSession, folder: Path) -> KeyboardStory:
    """Code the session in `folder` from the first key to the last."""
    with open_read_only(session.reference) as reference:
        story = KeyboardStory(script=reference.coding, scheme=reference.scheme)
    settings = Settings(QSettings(str(folder / "keys.ini"), QSettings.Format.IniFormat))
    settings.note_opened(session.working)
    settings.who = "keyboard"
    theme = Theme(Colours.LIGHT)
    window = MainWindow(theme, settings, folder / "index")
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    keyboard = Keyboard(window)
    keyboard.wait(window.isActiveWindow, "the window")
    try:
        _open(keyboard, story, session)
        _prepare(keyboard, story)
        _code(keyboard, story)
        _end(keyboard, story)
        _rate(keyboard, story)
        _look_for_disorganization(keyboard, story)
        _classify(keyboard, story)
        _lock(keyboard, story)
        _export(keyboard, story, session)
    finally:
        story.keys = keyboard.sent
        window.close()
    return story


def _open(keyboard: Keyboard, story: KeyboardStory, session: DemoSession) -> None:
    keyboard.tab_to(session.working.name)
    keyboard.press(Qt.Key.Key_Return)
    keyboard.wait(lambda: keyboard.window.workspace is not None, "the coding")
    keyboard.wait(lambda: keyboard.frame() == 0, "the first frame")
    story.at["opened"] = keyboard.coding


def _prepare(keyboard: Keyboard, story: KeyboardStory) -> None:
    keyboard.press(Qt.Key.Key_1, CTRL)
    for mark in story.script.episodes:
        keyboard.go_to((mark.start_us or 0) / 1e6)
        keyboard.press(Qt.Key.Key_Return, CTRL)
    story.at["prepared"] = keyboard.coding


def _end(keyboard: Keyboard, story: KeyboardStory) -> None:
    """The end of the session closes what is still open."""
    keyboard.press(Qt.Key.Key_1, CTRL)
    end = story.script.session_end
    keyboard.go_to(0 if end is None else end.at_us / 1e6)
    keyboard.press(Qt.Key.Key_Return, CTRL)
    story.at["ended"] = keyboard.coding


def _code(keyboard: Keyboard, story: KeyboardStory) -> None:
    keyboard.press(Qt.Key.Key_2, CTRL)
    keymap = keyboard.workspace.session.keymap
    for seconds, code in CODED:
        keyboard.go_to(seconds)
        key = keymap.key_for(code)
        keyboard.press(key.removeprefix("shift+"), SHIFT if "+" in key else ALONE)
        keyboard.press(Qt.Key.Key_Escape)
    story.at["coded"] = keyboard.coding
    keyboard.press(Qt.Key.Key_Z, CTRL)
    story.at["undone"] = keyboard.coding
    keyboard.press(Qt.Key.Key_Z, CTRL | SHIFT)
    story.at["redone"] = keyboard.coding


def _rate(keyboard: Keyboard, story: KeyboardStory) -> None:
    keyboard.press(Qt.Key.Key_3, CTRL)
    page = keyboard.workspace.page(Step.RATE)
    for _ in range(len(story.scheme.slots)):
        if page.focused_slot is None or keyboard.coding.score(page.focused_slot) is not NOT_RATED:
            keyboard.press(Qt.Key.Key_Return, CTRL)
        slot = page.focused_slot
        if keyboard.coding.score(slot) is not NOT_RATED:
            break
        keyboard.press(f"{story.script.score(slot).value:g}")
    _justify(keyboard, story)
    story.at["rated"] = keyboard.coding


def _justify(keyboard: Keyboard, story: KeyboardStory) -> None:
    """Tie the last five seconds to a rating and see them again."""
    keyboard.go_to(60)
    keyboard.press(Qt.Key.Key_3, CTRL)
    keyboard.press(Qt.Key.Key_E, CTRL)
    keyboard.press("1")
    keyboard.press(Qt.Key.Key_F9)
    seen = {keyboard.frame()}
    keyboard.wait(lambda: seen.add(keyboard.frame()) or len(seen) > 3, "the clip to be played")
    keyboard.press(Qt.Key.Key_Space)
    keyboard.wait(lambda: not keyboard.workspace.player.playing, "the clip to rest")
    story.played = sorted(seen)


def _look_for_disorganization(keyboard: Keyboard, story: KeyboardStory) -> None:
    keyboard.press(Qt.Key.Key_4, CTRL)
    for seconds, key in zip(INDEX_S, (Qt.Key.Key_Comma, Qt.Key.Key_Period), strict=True):
        keyboard.go_to(seconds)
        keyboard.press(key, CTRL)
    keyboard.tab_to("Theme")
    keyboard.type("D3")
    keyboard.tab_to("Note")
    keyboard.type("stops on the way")
    keyboard.tab_to("Add index")
    keyboard.press(Qt.Key.Key_Return)
    keyboard.press(Qt.Key.Key_Return, CTRL)
    keyboard.press("2")
    story.at["judged"] = keyboard.coding


def _classify(keyboard: Keyboard, story: KeyboardStory) -> None:
    keyboard.press(Qt.Key.Key_5, CTRL)
    page = keyboard.workspace.page(Step.CLASSIFY)
    story.suggestion.append(page.is_suggestion_visible())
    own = story.script.classification
    keyboard.tab_to(own.subgroup)
    keyboard.press(Qt.Key.Key_Return)
    keyboard.tab_to("How sure")
    keyboard.press(str(own.confidence))
    keyboard.tab_to("Why this class")
    keyboard.type(WHY)
    keyboard.press(Qt.Key.Key_Return, CTRL)
    story.suggestion.append(page.is_suggestion_visible())
    story.said["agreement"] = page.disagreement.agreed.text()
    story.at["classified"] = keyboard.coding


def _lock(keyboard: Keyboard, story: KeyboardStory) -> None:
    keyboard.press(Qt.Key.Key_6, CTRL)
    keyboard.press(Qt.Key.Key_Return, CTRL)
    story.said["asked"] = keyboard.spoken()
    keyboard.press(Qt.Key.Key_Space)
    story.at["locked"] = keyboard.coding
    session = keyboard.workspace.session
    keyboard.wait(lambda: session.unsaved == 0, "everything to be saved")
    story.said["saved"] = keyboard.window.saved.text()


def _export(keyboard: Keyboard, story: KeyboardStory, session: DemoSession) -> None:
    keyboard.press(Qt.Key.Key_7, CTRL)
    page = keyboard.workspace.page(Step.EXPORT)
    folder = Path(page.folder.text())
    keyboard.press(Qt.Key.Key_Return, CTRL)
    keyboard.wait(lambda: bool(page.result.text() or page.trouble.text()), "the tables")
    story.said["exported"] = page.result.text() or page.trouble.text()
    if folder.is_relative_to(session.working.parent):
        story.exported = tuple(sorted(path.name for path in folder.iterdir()))
