import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ssp_coder.ui.kit.empty_state import EmptyState
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.kit.panel import Panel, hairline
from ssp_coder.ui.kit.saved import SavedIndicator
from ssp_coder.ui.kit.time_label import TimeLabel
from ssp_coder.ui.theme.fonts import FontUse

MINUTE = 60_000_000


class TestSavedIndicator:
    @pytest.fixture
    def saved(self, theme, shown):
        return shown(SavedIndicator(theme))

    def test_each_state_has_its_words(self, saved):
        words = []
        for show in (
            lambda: saved.show_saved("14:32:07"),
            saved.show_saving,
            lambda: saved.show_error("Disk full", 3),
            saved.show_locked,
            saved.show_read_only,
        ):
            show()
            words.append(saved.text())
            assert saved.accessibleName() == saved.toolTip() == saved.text()
        assert words == [
            "Saved 14:32:07",
            "Saving",
            "Disk full: kept in memory, 3 edits",
            "Locked",
            "Read only",
        ]

    def test_one_edit_is_not_edits(self, saved):
        saved.show_error("Disk full", 1)
        assert saved.text() == "Disk full: kept in memory, 1 edit"

    def test_only_an_error_is_red(self, any_theme, shown, has_colour):
        saved = shown(SavedIndicator(any_theme), (300, 24))
        saved.show_saved("14:32:07")
        assert not has_colour(saved, any_theme.tokens.err)
        saved.show_error("Disk full", 3)
        assert has_colour(saved, any_theme.tokens.err, 10)

    def test_without_a_file_it_says_nothing_and_keeps_its_place(self, saved):
        saved.show_saved("14:32:07")
        before = saved.sizeHint()
        saved.show_nothing()
        assert saved.text() == ""
        assert saved.sizeHint().height() == before.height()
        assert saved.sizeHint().width() > 40


class TestField:
    @pytest.fixture
    def field(self, theme, shown):
        field = shown(FieldWithError(theme, "Start"), (220, 60))
        field.set_text("9:02.10")
        return field

    def test_an_error_keeps_the_typed_text_and_is_spoken(self, field):
        field.show_error("Before the second episode begins (1:16.0)")
        assert field.text() == "9:02.10"
        assert field.error() == "Before the second episode begins (1:16.0)"
        assert field.edit.accessibleDescription() == field.error()
        assert field.edit.accessibleName() == "Start"

    def test_an_error_is_red_with_a_sign_and_goes_again(self, field, has_colour, theme):
        assert not has_colour(field, theme.tokens.err)
        field.show_error("Before the second episode begins")
        assert has_colour(field, theme.tokens.err, 100)
        field.clear_error()
        assert field.error() == ""
        assert not has_colour(field, theme.tokens.err)

    def test_an_error_moves_nothing(self, field):
        before = field.sizeHint()
        field.show_error("Outside the recording")
        assert field.sizeHint() == before

    def test_typing_is_told_and_enter_commits(self, field, qtbot):
        field.setFocus()
        field.edit.selectAll()
        with qtbot.waitSignal(field.text_edited):
            qtbot.keyClick(field.edit, "5")
        with qtbot.waitSignal(field.committed) as told:
            qtbot.keyClick(field.edit, Qt.Key.Key_Return)
        assert told.args == ["5"]

    def test_text_put_in_by_the_program_is_silent(self, field, qtbot):
        with qtbot.assertNotEmitted(field.text_edited):
            field.set_text("1:00")

    def test_focus_paints_the_ring(self, field, has_colour, theme, qtbot):
        field.setFocus()
        qtbot.waitUntil(field.edit.hasFocus)
        assert has_colour(field, theme.tokens.accent, 2 * 200)

    def test_read_only_takes_no_typing_and_lies_flat(self, field, has_colour, theme, qtbot):
        field.set_read_only(True)
        with qtbot.assertNotEmitted(field.text_edited):
            qtbot.keyClick(field.edit, "5")
        assert has_colour(field, theme.tokens.alt, 500)


class TestPanel:
    def test_it_shows_title_note_and_body(self, theme, shown):
        panel = shown(Panel(theme, "Events"), (300, 200))
        body = QLabel("186 rows")
        panel.set_body(body)
        panel.set_note("186")
        assert panel.title() == panel.accessibleName() == "Events"
        assert panel.body() is body
        assert panel.note() == "186"

    def test_another_body_replaces_the_first(self, theme, shown, qtbot):
        panel = shown(Panel(theme, "Events"), (300, 200))
        first, second = QWidget(), QWidget()
        panel.set_body(first)
        with qtbot.waitSignal(first.destroyed):
            panel.set_body(second)
        assert panel.body() is second

    def test_without_a_title_there_is_no_title_row(self, theme, shown):
        panel = shown(Panel(theme), (300, 200))
        assert not panel._row.isVisible()
        panel.set_title("Events")
        assert panel._row.isVisible()

    def test_acts_stand_at_the_right_of_the_title(self, theme, shown, qtbot):
        panel = shown(Panel(theme, "Events"), (300, 200))
        act = QLabel("Filter")
        panel.add_to_title(act)
        qtbot.waitUntil(lambda: act.geometry().right() > 250)

    def test_a_hairline_is_one_pixel_high(self, qtbot):
        line = hairline()
        qtbot.addWidget(line)
        assert line.maximumHeight() == line.minimumHeight() == 1


class TestEmptyState:
    @pytest.fixture
    def empty(self, theme, shown):
        return shown(EmptyState(theme, "No events", "Press a key on the board.", "Go there"))

    def test_its_one_act_is_told(self, empty, qtbot):
        with qtbot.waitSignal(empty.acted):
            qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)

    def test_it_speaks_what_is_missing_and_what_to_do(self, empty):
        assert empty.accessibleName() == "No events"
        assert empty.accessibleDescription() == "Press a key on the board."

    def test_without_an_act_there_is_no_button(self, theme, shown):
        empty = shown(EmptyState(theme, "No events", "Nothing was coded here."))
        assert not empty.button.isVisible()

    def test_texts_and_keys_can_change(self, empty):
        empty.set_keys(("Alt", "6"))
        empty.show_texts("No ratings", "Press a digit.")
        assert empty.button.accessibleDescription() == "Key Alt+6"
        assert empty.accessibleName() == "No ratings"

    def test_its_border_is_dashed(self, empty, colours_of, theme):
        border = theme.tokens.ctl.lower()
        image = empty.grab().toImage()
        top = [image.pixelColor(x, 0).name() == border for x in range(20, image.width() - 20)]
        assert 0.3 < sum(top) / len(top) < 0.9


class TestTimeLabel:
    def test_digits_never_change_the_width(self, theme, shown):
        label = shown(TimeLabel(theme))
        widths = set()
        for time_us in (0, 11 * MINUTE + 111_000, 48 * MINUTE + 888_888):
            label.show_time(time_us)
            widths.add(label.sizeHint().width())
        assert len(widths) == 1

    def test_an_hour_makes_it_wider_once(self, theme, shown):
        label = shown(TimeLabel(theme))
        before = label.sizeHint().width()
        label.show_time(61 * MINUTE)
        after = label.sizeHint().width()
        label.show_time(0)
        assert label.sizeHint().width() == after > before

    def test_it_truncates_and_speaks_the_time(self, theme, shown):
        label = shown(TimeLabel(theme, FontUse.TABLE, digits=2))
        label.show_time(10 * MINUTE + 43_489_999)
        assert label.text() == "10:43.48"
        assert label.accessibleName() == "Media time 10:43.48"
