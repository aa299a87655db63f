"""The list of everything over the window: opened, searched, chosen from, left."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from ssp_coder.domain.keyset import CommandKeys, KeySet
from ssp_coder.editing.completeness import Step
from ssp_coder.ui.main.commands import COMMANDS
from ssp_coder.ui.palette import sources
from ssp_coder.ui.palette.desk import NARROW_PX
from ssp_coder.ui.palette.entry import Entry, EntryKind
from ssp_coder.ui.palette.palette import ROWS
from ssp_coder.ui.theme.tokens import Scheme
from tests.builders import after, coding, mark
from tests.ui.pages import paint


@pytest.fixture
def window(desk_window, qtbot):
    desk_window.activateWindow()
    qtbot.waitUntil(desk_window.isActiveWindow)
    return desk_window


@pytest.fixture
def coded(window, coding_file):
    """The window with a coding in its code step and a frame on the screen."""
    start = after(coding(session="S100"), mark("EP1", 1))
    window.desk.open_path(coding_file(start=start))
    window.show_page(Step.CODE)
    paint(window.workspace.stage, 12.0)
    return window


def opened(window):
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = window.desk.palette.palette
    assert palette.isVisible()
    return palette


def typed(window, text):
    palette = opened(window)
    QTest.keyClicks(palette.edit, text)
    return palette


def press(palette, key):
    QTest.keyClick(palette.edit, key)


def shown(palette):
    return [palette.model.found(row).entry for row in range(palette.model.rowCount())]


class TestOpening:
    def test_its_key_opens_it_over_the_whole_window_with_the_keyboard(self, window):
        palette = opened(window)
        assert palette.geometry() == window.rect()
        assert QApplication.focusWidget() is palette.edit
        assert palette.rect().contains(palette.box.geometry())

    def test_the_button_at_the_top_opens_it_and_shows_the_key(self, window):
        button = next(
            b for b in window.menuWidget().findChildren(type(window.start.new))
            if b.text() == "Find anything"
        )  # fmt: skip
        assert button.accessibleDescription() == "Key Ctrl+K"
        button.click()
        assert window.desk.palette.palette.isVisible()

    def test_in_a_narrow_window_the_button_keeps_its_name_without_words(self, window):
        button = window.desk.palette._button
        edge = window.theme.px(NARROW_PX)
        window.setMinimumWidth(100)
        for beyond, words in ((300, "Find anything"), (-10, ""), (300, "Find anything")):
            window.resize(edge + beyond, 700)
            assert button.text() == words
            assert button.accessibleName() == "Find anything"
            assert button.accessibleDescription() == "Key Ctrl+K"

    def test_every_command_but_itself_can_be_found(self, window):
        found = {entry.id for entry in sources.entries_of(window)}
        assert {f"command:{c.id}" for c in COMMANDS} - found == {f"command:{sources.ITSELF}"}

    def test_without_a_coding_it_is_said_what_is_needed(self, window):
        undo = next(e for e in sources.entries_of(window) if e.id == "command:undo")
        assert undo.reason == "Open a coding first"
        assert undo.keys == ("Ctrl", "Z")
        assert undo.detail == "Edit"

    def test_nobody_is_offered_something_impossible_without_a_reason(self, window, coded):
        for page in (Step.CODE, Step.REVIEW):
            coded.show_page(page)
            for entry in sources.entries_of(coded):
                kind, _, name = entry.id.partition(":")
                if kind == "command" and name in {c.id for c in COMMANDS}:
                    enabled = coded.actions_by_id[name].isEnabled()
                    assert enabled == (not entry.reason), entry

    def test_it_grows_and_shrinks_with_the_window(self, window):
        palette = opened(window)
        window.resize(1100, 700)
        assert palette.geometry() == window.rect()
        assert palette.rect().contains(palette.box.geometry())

    def test_opening_it_twice_keeps_where_the_keyboard_was(self, coded):
        table = coded.workspace.work.table
        table.setFocus()
        palette = opened(coded)
        coded.desk.palette.open()
        press(palette, Qt.Key.Key_Escape)
        assert QApplication.focusWidget() is table

    def test_no_key_reaches_the_window_behind(self, coded):
        palette = opened(coded)
        for key in (Qt.Key.Key_3, Qt.Key.Key_Q, Qt.Key.Key_Space, Qt.Key.Key_Tab):
            press(palette, key)
        QTest.keyClick(palette.edit, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
        assert coded.workspace.session.coding.events == ()
        assert coded.workspace.current == Step.CODE
        assert QApplication.focusWidget() is palette.edit


class TestMovingAndLeaving:
    def test_down_and_up_go_round(self, window):
        palette = opened(window)
        last = palette.model.rowCount() - 1
        press(palette, Qt.Key.Key_Up)
        assert palette.list.currentIndex().row() == last
        press(palette, Qt.Key.Key_Down)
        assert palette.list.currentIndex().row() == 0

    def test_page_keys_stop_at_the_ends(self, window):
        palette = opened(window)
        press(palette, Qt.Key.Key_PageDown)
        assert palette.list.currentIndex().row() == ROWS
        press(palette, Qt.Key.Key_PageUp)
        press(palette, Qt.Key.Key_PageUp)
        assert palette.list.currentIndex().row() == 0

    def test_escape_gives_the_keyboard_back(self, coded):
        coded.workspace.work.table.setFocus()
        press(opened(coded), Qt.Key.Key_Escape)
        assert not coded.desk.palette.palette.isVisible()
        assert QApplication.focusWidget() is coded.workspace.work.table

    def test_a_click_beside_it_leaves(self, window):
        palette = opened(window)
        QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=palette.rect().bottomLeft())
        assert not palette.isVisible()

    def test_a_click_into_its_box_does_not(self, window):
        palette = opened(window)
        QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=palette.box.geometry().center())
        assert palette.isVisible() or palette.current is not None

    def test_the_next_time_nothing_is_typed_yet(self, window):
        palette = typed(window, "undo")
        press(palette, Qt.Key.Key_Escape)
        assert opened(window).edit.text() == ""

    def test_a_picture_that_played_plays_on_after_escape(self, coded, monkeypatch):
        player, said = coded.workspace.player, []
        monkeypatch.setattr(type(player), "playing", property(lambda _self: True))
        monkeypatch.setattr(player, "pause", lambda: said.append("pause"))
        monkeypatch.setattr(player, "play", lambda: said.append("play"))
        press(opened(coded), Qt.Key.Key_Escape)
        assert said == ["pause", "play"]


class TestChoosing:
    def test_enter_does_what_is_on_top(self, window, monkeypatch):
        press(typed(window, "dark"), Qt.Key.Key_Return)
        assert window.settings.scheme is Scheme.DARK
        assert not window.desk.palette.palette.isVisible()

    def test_a_click_does_what_is_under_it(self, coded):
        palette = typed(coded, "rate")
        row = [entry.title for entry in shown(palette)].index("Rate")
        rect: QRect = palette.list.visualRect(palette.model.index(row))
        QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
        assert coded.workspace.current == Step.RATE

    def test_a_code_is_recorded_at_the_frame_on_the_screen(self, coded):
        palette = typed(coded, "reach")
        assert palette.current.id == "code:seeking.reach"
        press(palette, Qt.Key.Key_Return)
        event = coded.workspace.session.coding.events[0]
        assert (event.code, event.start_us) == ("seeking.reach", 12_000_000)

    def test_a_code_outside_the_code_step_says_why_not_and_stays_open(self, coded):
        coded.show_page(Step.RATE)
        palette = typed(coded, "reach")
        code = next(e for e in shown(palette) if e.id == "code:seeking.reach")
        assert code.reason == "Go to the step Code first"
        palette.list.setCurrentIndex(palette.model.index(shown(palette).index(code)))
        press(palette, Qt.Key.Key_Return)
        assert palette.isVisible()
        assert coded.workspace.session.coding.events == ()

    def test_an_episode_without_a_start_says_so(self, coded):
        by_id = {entry.id: entry for entry in sources.entries_of(coded)}
        assert by_id["command:episode_2"].reason == "Its start is not marked yet"
        assert by_id["command:episode_2"].keys == ("Alt", "2")
        assert by_id["command:episode_1"].reason != by_id["command:episode_2"].reason

    def test_what_was_done_is_offered_first_the_next_time(self, window):
        press(typed(window, "dark"), Qt.Key.Key_Return)
        press(typed(window, "light"), Qt.Key.Key_Return)
        first = [entry.title for entry in shown(opened(window))[:2]]
        assert first == ["Light", "Dark"]

    def test_a_coding_opened_before_is_opened(self, window, coding_file):
        path = coding_file("S777")
        window.settings.note_opened(path)
        press(typed(window, "S777"), Qt.Key.Key_Return)
        assert window.workspace.session.file.path == path
        assert window.settings.found_last == ()

    def test_help_on_a_step_is_opened_there(self, window, monkeypatch):
        asked = []
        monkeypatch.setattr(window.desk.handbook, "open_chapter", asked.append)
        press(typed(window, "help classify"), Qt.Key.Key_Return)
        assert asked == [Step.CLASSIFY]

    @pytest.mark.parametrize(
        ("text", "title"),
        [
            ("fifteen usual", "Fifteen usual mistakes"),
            ("judging the child", "Fifteen usual mistakes"),
            ("help compare", "Compare"),
        ],
    )
    def test_a_chapter_of_the_handbook_is_opened_at_itself(self, window, text, title):
        press(typed(window, text), Qt.Key.Key_Return)
        book = window.desk.handbook.shown
        assert book.isVisible()
        assert book.shown.title == title
        assert not window.desk.palette.palette.isVisible()

    @pytest.mark.parametrize(
        ("entry", "plays"),
        [("command:toggle", False), ("command:louder", True), ("time:120000000", False)],
    )
    def test_a_command_meets_a_picture_that_plays_as_it_did(self, coded, monkeypatch, entry, plays):
        """As its key would: Play or pause pauses, Louder lets it play on; a place is looked at."""
        player, now = coded.workspace.player, {"plays": True}
        monkeypatch.setattr(type(player), "playing", property(lambda _self: now["plays"]))
        monkeypatch.setattr(player, "pause", lambda: now.update(plays=False))
        monkeypatch.setattr(player, "play", lambda: now.update(plays=True))
        monkeypatch.setattr(coded.workspace.stage.moves, "go_to", lambda _us: None)
        for command in ("toggle", "louder"):
            coded.actions_by_id[command].setEnabled(True)
        palette = opened(coded)
        assert not player.playing
        palette.hide()
        palette.chosen.emit(entry)
        assert player.playing is plays

    def test_what_fits_nothing_says_so_and_enter_does_nothing(self, window):
        palette = typed(window, "qqqq")
        assert palette.current is None
        assert palette._nothing.text() == "Nothing fits “qqqq”"
        press(palette, Qt.Key.Key_Return)
        assert palette.isVisible()


class TestTimes:
    def test_a_typed_time_goes_there(self, coded, monkeypatch):
        monkeypatch.setattr(type(coded.workspace.player), "end_us", property(lambda _s: 90_000_000))
        monkeypatch.setattr(sources, "_needs_words", lambda *_: "")
        gone = []
        monkeypatch.setattr(coded.workspace.stage.moves, "go_to", gone.append)
        palette = typed(coded, "1:02.5")
        assert palette.current.title == "To 00:01:02.500"
        press(palette, Qt.Key.Key_Return)
        assert gone == [62_500_000]

    def test_a_time_behind_the_end_says_where_that_is(self, coded, monkeypatch):
        monkeypatch.setattr(type(coded.workspace.player), "end_us", property(lambda _s: 90_000_000))
        assert sources.time_entry(coded, "2:00").reason == "The video ends at 00:01:30.000"

    def test_without_a_video_a_time_leads_nowhere(self, window):
        assert sources.time_entry(window, "2:00").reason == "No video is open"

    @pytest.mark.parametrize("text", ["cry", "1:xx", ":", "EP5"])
    def test_what_is_no_time_is_none(self, window, text):
        assert sources.time_entry(window, text) is None


class TestKeys:
    def test_own_keys_stand_on_the_rows_and_open_it(self, window):
        own = KeySet(commands=(CommandKeys(command="find", keys=("F13",)),))
        window.desk.keys.keep(own)
        QTest.keyClick(window, Qt.Key.Key_F13)
        assert window.desk.palette.palette.isVisible()

    @pytest.mark.parametrize(
        ("text", "wanted"), [("undo", "undo"), ("reach", "code:seeking.reach")]
    )
    def test_f2_asks_for_another_key(self, coded, monkeypatch, text, wanted):
        asked = []
        monkeypatch.setattr(coded.desk.keys, "ask", asked.append)
        palette = typed(coded, text)
        press(palette, Qt.Key.Key_F2)
        assert asked == [wanted]
        assert not palette.isVisible()

    def test_f2_on_what_has_no_key_leaves_the_list_open(self, window, monkeypatch):
        monkeypatch.setattr(window.desk.keys, "ask", lambda _row: pytest.fail("no key here"))
        palette = typed(window, "help rate")
        press(palette, Qt.Key.Key_F2)
        assert palette.isVisible()


class TestLooksAndSpeech:
    def test_the_line_says_which_row_is_chosen(self, window):
        palette = opened(window)
        first = palette.edit.accessibleDescription()
        press(palette, Qt.Key.Key_Down)
        second = palette.edit.accessibleDescription()
        assert first != second
        assert second.endswith(f"2 of {palette.model.rowCount()}")

    def test_rows_are_spoken_whole(self, window):
        palette = opened(window)
        index = palette.model.index(0)
        spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
        assert spoken == palette.current.spoken

    def test_the_model_keeps_the_rules_of_models(self, window):
        palette = opened(window)
        QAbstractItemModelTester(
            palette.model, QAbstractItemModelTester.FailureReportingMode.Fatal, palette
        )
        QTest.keyClicks(palette.edit, "cod")
        assert palette.model.rowCount() > 0

    def test_every_kind_of_row_is_painted(self, window):
        palette = opened(window)
        entries = [
            Entry(id=f"x:{kind}", kind=kind, title="A title " * 12, detail="aside", icon="flag")
            for kind in EntryKind
        ]
        marked = Entry(
            id="x:m", kind=EntryKind.CODE, title="Reach", keys=("Ctrl", "Shift", "Volume down"),
            mark=("orange", "triangle_up"), reason="Locked",
        )  # fmt: skip
        palette.ask([*entries, marked])
        image = palette.grab().toImage()
        box = palette.box.geometry()
        colours = {
            image.pixelColor(x, y).name()
            for x in range(box.left() + 10, box.right() - 10, 3)
            for y in range(box.top() + 60, box.bottom() - 40, 3)
        }
        assert len(colours) > 5
        assert QColor(image.pixelColor(2, 2)).lightness() < 200
