import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible

from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.chip import Chip, ChipFace, Tag, TagKind
from ssp_coder.ui.kit.choice import CheckBox, ComboBox, RadioButton
from ssp_coder.ui.kit.keycap import CapLook, KeyCap, key_cap_size
from ssp_coder.ui.kit.segmented import Segment, SegmentedControl

SEGMENTS = tuple(Segment(id=name.lower(), title=name) for name in ("Session", "Episode", "Range"))


class TestPushButton:
    def test_the_primary_one_is_filled_with_the_accent(self, any_theme, shown, has_colour):
        primary = shown(PushButton(any_theme, "Lock", ButtonKind.PRIMARY))
        plain = shown(PushButton(any_theme, "Lock"))
        assert has_colour(primary, any_theme.tokens.accent, 300)
        assert not has_colour(plain, any_theme.tokens.accent)

    def test_the_quiet_one_has_no_border_at_rest(self, theme, shown, has_colour):
        assert has_colour(shown(PushButton(theme, "Undo")), theme.tokens.ctl, 40)
        quiet = shown(PushButton(theme, "Undo", ButtonKind.QUIET))
        assert not has_colour(quiet, theme.tokens.ctl, 40)

    def test_focus_paints_the_ring(self, theme, shown, has_colour):
        button = shown(PushButton(theme, "Lock"))
        button.setFocus()
        assert has_colour(button, theme.tokens.accent, 2 * button.width())

    def test_disabling_says_why_and_enabling_takes_it_back(self, theme, shown):
        button = shown(PushButton(theme, "Lock"))
        button.disable("Two ratings are missing")
        assert not button.isEnabled()
        assert button.toolTip() == button.statusTip() == "Two ratings are missing"
        button.enable()
        assert button.isEnabled()
        assert button.toolTip() == ""

    def test_keys_and_icon_make_it_wider_and_are_spoken(self, theme, shown):
        button = shown(PushButton(theme, "Undo"))
        plain = button.sizeHint().width()
        button.set_keys(("Ctrl", "Z"))
        with_keys = button.sizeHint().width()
        button.set_icon_name("undo")
        assert plain < with_keys < button.sizeHint().width()
        assert button.accessibleDescription() == "Key Ctrl+Z"

    def test_words_can_change_and_the_spoken_name_with_them(self, theme, shown):
        button = shown(PushButton(theme, "Undo"))
        button.set_words("Undo reach")
        assert (button.text(), button.accessibleName()) == ("Undo reach", "Undo reach")

    def test_an_icon_alone_still_has_a_name(self, theme, shown):
        button = shown(PushButton(theme, "", ButtonKind.QUIET))
        button.set_icon_name("loop")
        button.set_name("Loop")
        assert button.accessibleName() == button.toolTip() == "Loop"
        assert button.sizeHint().width() == pytest.approx(button.sizeHint().height(), abs=8)

    def test_a_checked_one_is_tinted(self, theme, shown, has_colour):
        button = shown(PushButton(theme, "Snap"))
        button.setCheckable(True)
        button.setChecked(True)
        assert has_colour(button, theme.tokens.sel, 200)

    def test_a_disabled_primary_is_not_filled(self, theme, shown, has_colour):
        button = shown(PushButton(theme, "Lock", ButtonKind.PRIMARY))
        button.disable("later")
        assert not has_colour(button, theme.tokens.accent)

    def test_pressing_changes_the_face(self, theme, shown, colours_of):
        for kind in ButtonKind:
            button = shown(PushButton(theme, "Lock", kind))
            before = colours_of(button)
            button.setDown(True)
            assert colours_of(button) != before


class TestChip:
    def test_a_press_on_the_cross_removes_and_does_not_click(self, theme, shown, qtbot):
        chip = shown(Chip(theme, ChipFace(text="17:03", removable=True)))
        clicked = []
        chip.clicked.connect(lambda: clicked.append(1))
        cross = QPoint(chip.width() - 12, chip.height() // 2)
        with qtbot.waitSignal(chip.removed):
            qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=cross)
        assert clicked == []

    def test_a_press_on_the_words_clicks_and_does_not_remove(self, theme, shown, qtbot):
        chip = shown(Chip(theme, ChipFace(text="17:03 full approach", removable=True)))
        with qtbot.assertNotEmitted(chip.removed), qtbot.waitSignal(chip.clicked):
            qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(12, chip.height() // 2))

    @pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
    def test_the_keyboard_removes_it(self, theme, shown, qtbot, key):
        chip = shown(Chip(theme, ChipFace(text="17:03", removable=True)))
        with qtbot.waitSignal(chip.removed):
            qtbot.keyClick(chip, key)

    def test_one_that_stays_is_not_removed(self, theme, shown, qtbot):
        chip = shown(Chip(theme, ChipFace(text="17:03")))
        with qtbot.assertNotEmitted(chip.removed):
            qtbot.keyClick(chip, Qt.Key.Key_Delete)
        assert chip.accessibleDescription() == ""

    def test_its_count_is_shown_and_spoken(self, theme, shown):
        chip = shown(Chip(theme, ChipFace(text="All")))
        narrow = chip.sizeHint().width()
        chip.set_face(ChipFace(text="All", count=60))
        assert chip.accessibleName() == "All, 60"
        assert chip.sizeHint().width() > narrow
        assert chip.face.count == 60

    def test_a_checked_chip_is_tinted_and_still_reads(self, theme, shown, has_colour):
        chip = shown(Chip(theme, ChipFace(text="All", icon="clip", count=3, removable=True)))
        chip.setCheckable(True)
        chip.setChecked(True)
        chip.setFocus()
        assert has_colour(chip, theme.tokens.sel, 100)
        assert has_colour(chip, theme.tokens.accent, 2 * chip.width())


class TestTag:
    @pytest.mark.parametrize(
        ("kind", "ground"),
        [
            (TagKind.OK, "oksoft"),
            (TagKind.WARN, "warnsoft"),
            (TagKind.ERR, "errsoft"),
            (TagKind.NEUTRAL, "hover"),
            (TagKind.ACCENT, "accent"),
        ],
    )
    def test_each_kind_has_its_ground(self, any_theme, shown, has_colour, kind, ground):
        tag = shown(Tag(any_theme, "project default", kind))
        assert has_colour(tag, getattr(any_theme.tokens, ground), 200)

    def test_another_word_resizes_and_is_spoken(self, theme, shown):
        tag = shown(Tag(theme, "ok", TagKind.OK))
        before = tag.sizeHint().width()
        tag.show_tag("not enough cases yet", TagKind.WARN)
        assert tag.sizeHint().width() > before
        assert tag.accessibleName() == tag.text() == "not enough cases yet"
        assert tag.kind() is TagKind.WARN


class TestKeyCap:
    def test_a_letter_is_square_and_a_word_is_wider(self, theme):
        letter, word = key_cap_size(theme, "W"), key_cap_size(theme, "Shift")
        assert letter.height() == word.height()
        assert letter.width() <= letter.height() + 6
        assert word.width() > letter.width()

    @pytest.mark.parametrize(
        ("look", "ground"),
        [(CapLook.RAISED, "key"), (CapLook.FLAT, "alt"), (CapLook.ON_ACCENT, "accent")],
    )
    def test_each_look_has_its_face(self, theme, shown, has_colour, look, ground):
        cap = shown(KeyCap(theme, "W", look))
        assert has_colour(cap, getattr(theme.tokens, ground), 60)

    def test_another_key_is_spoken(self, theme, shown):
        cap = shown(KeyCap(theme, "W"))
        cap.set_text("Enter")
        assert cap.text() == cap.accessibleName() == "Enter"


class TestSegmentedControl:
    @pytest.fixture
    def control(self, theme, shown):
        control = shown(SegmentedControl(theme, SEGMENTS, "Show"))
        control.set_chosen("session")
        return control

    def test_a_click_chooses_and_tells(self, control, qtbot):
        with qtbot.waitSignal(control.segment_chosen) as told:
            qtbot.mouseClick(control.part("episode"), Qt.MouseButton.LeftButton)
        assert told.args == ["episode"]
        assert control.chosen() == "episode"
        assert not control.part("session").isChecked()

    def test_arrows_move_and_stop_at_the_ends(self, control, qtbot):
        control.part("session").setFocus()
        qtbot.keyClick(control.part("session"), Qt.Key.Key_Right)
        assert control.chosen() == "episode"
        qtbot.keyClick(control.part("episode"), Qt.Key.Key_Left)
        qtbot.keyClick(control.part("session"), Qt.Key.Key_Left)
        assert control.chosen() == "session"

    def test_being_told_is_silent(self, control, qtbot):
        with qtbot.assertNotEmitted(control.segment_chosen):
            control.set_chosen("range")
        assert control.part("range").isChecked()

    def test_a_click_on_the_chosen_one_keeps_it_chosen(self, control, qtbot):
        qtbot.mouseClick(control.part("session"), Qt.MouseButton.LeftButton)
        assert control.part("session").isChecked()

    def test_an_unknown_id_chooses_none(self, control):
        control.set_chosen("")
        assert not any(control.part(segment.id).isChecked() for segment in SEGMENTS)

    def test_parts_are_radio_buttons_to_a_screen_reader(self, control):
        interface = QAccessible.queryAccessibleInterface(control.part("range"))
        assert interface.role() is QAccessible.Role.RadioButton
        assert control.accessibleName() == "Show"


class TestChoices:
    @pytest.mark.parametrize("kind", [CheckBox, RadioButton])
    def test_a_click_anywhere_on_it_checks(self, theme, shown, qtbot, kind):
        box = shown(kind(theme, "Look at the ratings again"))
        qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(box.width() - 4, 10))
        assert box.isChecked()
        assert box.accessibleName() == "Look at the ratings again"

    @pytest.mark.parametrize("kind", [CheckBox, RadioButton])
    def test_checked_shows_the_accent_and_disabled_does_not(
        self, any_theme, shown, has_colour, kind
    ):
        box = shown(kind(any_theme, "Keep"))
        assert not has_colour(box, any_theme.tokens.accent)
        box.setChecked(True)
        assert has_colour(box, any_theme.tokens.accent, 12)
        box.setEnabled(False)
        assert not has_colour(box, any_theme.tokens.accent, 12)

    @pytest.mark.parametrize("kind", [CheckBox, RadioButton])
    def test_focus_paints_the_ring(self, theme, shown, has_colour, kind):
        box = shown(kind(theme, "Keep"))
        box.setFocus()
        assert has_colour(box, theme.tokens.accent, 2 * box.width())

    def test_a_list_is_as_wide_as_its_longest_entry(self, theme, shown, has_colour):
        box = ComboBox(theme)
        box.addItem("A")
        narrow = box.sizeHint().width()
        box.addItem("Separation, second camera")
        assert shown(box).sizeHint().width() > narrow
        box.setFocus()
        assert has_colour(box, theme.tokens.accent, 2 * box.width())

    def test_the_keyboard_changes_a_list(self, theme, shown, qtbot):
        box = ComboBox(theme)
        box.addItems(["Infant", "Adult"])
        shown(box)
        with qtbot.waitSignal(box.currentTextChanged):
            qtbot.keyClick(box, Qt.Key.Key_Down)
        assert box.currentText() == "Adult"
