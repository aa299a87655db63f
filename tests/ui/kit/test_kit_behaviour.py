"""What the parts do between their states: keys, changes, words, and both schemes."""

from itertools import combinations, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from ssp_coder.domain.time import short_clock_text
from ssp_coder.ui.kit.band_row import Band, BandRow
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.chip import Chip, ChipFace, Tag, TagKind
from ssp_coder.ui.kit.choice import CheckBox, ComboBox, RadioButton
from ssp_coder.ui.kit.code_button import CodeButton, CodeFace
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.kit.rail_rows import RailStep, StepState
from ssp_coder.ui.kit.rating_row import RatingLook, RatingRow, RatingScale, point_text
from ssp_coder.ui.kit.saved import SavedIndicator
from ssp_coder.ui.kit.segmented import Segment, SegmentedControl
from ssp_coder.ui.kit.step_rail import RailGap, StepRail
from ssp_coder.ui.kit.time_label import TimeLabel

SEVEN = RatingScale(name="Seeking", minimum=1, maximum=7)
NINE_HALVES = RatingScale(name="Disorganization", minimum=1, maximum=9, step=0.5)
SEGMENTS = tuple(Segment(id=name, title=name.title()) for name in ("all", "open", "mine"))
SAME_WIDGET = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def press(widget, key, modifiers=Qt.KeyboardModifier.NoModifier):
    """Send a key and tell whether the widget took it."""
    event = QKeyEvent(QEvent.Type.KeyPress, key, modifiers)
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


class TestSegments:
    @pytest.fixture
    def control(self, theme, shown):
        control = shown(SegmentedControl(theme, SEGMENTS, "Show"))
        control.set_chosen("open")
        return control

    @pytest.mark.parametrize("key", [Qt.Key.Key_Up, Qt.Key.Key_W, Qt.Key.Key_Escape])
    def test_other_keys_are_left_to_the_page(self, control, key):
        assert not press(control, key)
        assert control.chosen() == "open"

    def test_arrows_do_nothing_while_none_is_chosen(self, control, qtbot):
        control.set_chosen("")
        with qtbot.assertNotEmitted(control.segment_chosen):
            press(control, Qt.Key.Key_Right)
        assert control.chosen() == ""

    def test_the_focus_goes_with_the_choice(self, control, qtbot):
        control.activateWindow()
        control.part("open").setFocus()
        qtbot.waitUntil(control.part("open").hasFocus)
        qtbot.keyClick(control.part("open"), Qt.Key.Key_Right)
        assert control.part("mine").hasFocus()

    def test_the_space_bar_chooses_the_one_with_the_focus(self, control, qtbot):
        with qtbot.waitSignal(control.segment_chosen) as told:
            qtbot.keyClick(control.part("all"), Qt.Key.Key_Space)
        assert told.args == ["all"]

    @given(st.lists(st.sampled_from([Qt.Key.Key_Left, Qt.Key.Key_Right]), max_size=12))
    @SAME_WIDGET
    def test_whatever_arrows_come_one_is_chosen_and_only_one(self, control, keys):
        for key in keys:
            press(control, key)
        checked = [s.id for s in SEGMENTS if control.part(s.id).isChecked()]
        assert checked == [control.chosen()]

    def test_choosing_does_not_move_the_parts(self, control):
        before = [control.part(s.id).geometry() for s in SEGMENTS]
        control.set_chosen("mine")
        assert [control.part(s.id).geometry() for s in SEGMENTS] == before

    def test_chosen_focused_pointed_at_and_disabled_are_four_pictures(
        self, any_theme, shown, qtbot
    ):
        control = shown(SegmentedControl(any_theme, SEGMENTS, "Show"))
        part = control.part("all")
        pictures = [part.grab().toImage()]
        part.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
        pictures.append(part.grab().toImage())
        part.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
        control.set_chosen("all")
        pictures.append(part.grab().toImage())
        part.setEnabled(False)
        pictures.append(part.grab().toImage())
        assert all(first != second for first, second in combinations(pictures, 2))


class TestRatingRow:
    @pytest.mark.parametrize("scale", [SEVEN, NINE_HALVES])
    def test_every_point_is_hit_at_the_middle_of_its_box(self, theme, shown, qtbot, scale):
        row = shown(RatingRow(theme, scale))
        chosen = []
        row.point_chosen.connect(chosen.append)
        for point in scale.points:
            qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.box_centre(point))
        assert chosen == list(scale.points)

    @given(st.lists(st.sampled_from(["rated", "not", "cannot", "na"]), min_size=1, max_size=10))
    @SAME_WIDGET
    def test_the_look_is_the_last_one_told_whatever_came_before(self, theme, qtbot, looks):
        row = RatingRow(theme, SEVEN)
        qtbot.addWidget(row)
        tell = {
            "rated": lambda: row.show_rated(3),
            "not": row.show_not_rated,
            "cannot": lambda: row.show_cannot_code("child out of view"),
            "na": lambda: row.show_not_applicable("not in this episode"),
        }
        for look in looks:
            tell[look]()
        expected = {
            "rated": (RatingLook.RATED, 3),
            "not": (RatingLook.NOT_RATED, None),
            "cannot": (RatingLook.CANNOT_CODE, None),
            "na": (RatingLook.NOT_APPLICABLE, None),
        }
        assert (row.look, row.point) == expected[looks[-1]]

    @pytest.mark.parametrize("button", [Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton])
    def test_other_buttons_choose_nothing(self, theme, shown, qtbot, button):
        row = shown(RatingRow(theme, SEVEN))
        with qtbot.assertNotEmitted(row.point_chosen):
            qtbot.mouseClick(row, button, pos=row.box_centre(4))

    def test_half_points_are_reached_by_arrows(self, theme, shown, qtbot):
        row = shown(RatingRow(theme, NINE_HALVES))
        row.show_rated(4)
        with qtbot.waitSignal(row.point_chosen) as told:
            qtbot.keyClick(row, Qt.Key.Key_Right)
        assert told.args == [4.5]

    @pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_A])
    def test_keys_that_are_not_its_own_are_left_to_the_page(self, theme, shown, qtbot, key):
        row = shown(RatingRow(theme, SEVEN))
        with qtbot.assertNotEmitted(row.point_chosen):
            assert not press(row, key) or key == Qt.Key.Key_Tab

    def test_digits_of_the_number_pad_count(self, theme, shown, qtbot):
        row = shown(RatingRow(theme, SEVEN))
        with qtbot.waitSignal(row.point_chosen) as told:
            press(row, Qt.Key.Key_5, Qt.KeyboardModifier.KeypadModifier)
        assert told.args == [5]

    def test_a_locked_row_keeps_its_look_and_says_so(self, theme, shown):
        row = shown(RatingRow(theme, SEVEN))
        row.show_rated(6)
        row.set_locked(True)
        assert (row.look, row.point) == (RatingLook.RATED, 6)
        assert row.accessibleDescription() == "Locked"
        row.set_locked(False)
        assert "Digits rate" in row.accessibleDescription()

    def test_the_reason_is_a_tip_until_it_is_rated(self, theme, shown):
        row = shown(RatingRow(theme, SEVEN))
        row.show_cannot_code("camera failed")
        assert row.toolTip() == "camera failed"
        row.show_rated(2)
        assert row.toolTip() == ""

    @given(st.integers(1, 99), st.integers(1, 20), st.sampled_from([0.25, 0.5, 1.0]))
    def test_any_scale_has_its_ends_and_even_steps(self, low, count, step):
        scale = RatingScale(name="any", minimum=low, maximum=low + count * step, step=step)
        assert scale.points[0] == low
        assert scale.points[-1] == low + count * step
        assert len({point_text(point) for point in scale.points}) == count + 1


class TestBandRow:
    @pytest.mark.parametrize(
        ("band", "point", "words"),
        [
            (None, None, "not used by the rule, not rated"),
            (Band(low=1, high=3), None, "band 1 to 3, not rated"),
            (Band(low=1, high=3), 2, "band 1 to 3, rating 2 inside"),
            (Band(low=1, high=3), 3.5, "band 1 to 3, rating 3.5 outside"),
            (None, 4, "not used by the rule, rating 4"),
        ],
    )
    def test_each_case_is_spoken(self, theme, qtbot, band, point, words):
        row = BandRow(theme, SEVEN)
        qtbot.addWidget(row)
        row.show_band(band, point)
        assert row.accessibleName() == f"Seeking, {words}"
        assert row.toolTip() == row.accessibleName()

    @pytest.mark.parametrize("point", SEVEN.points)
    def test_the_rating_lies_at_its_share_of_the_width(self, theme, shown, point):
        row = shown(BandRow(theme, SEVEN), (300, 24))
        row.show_band(None, point)
        image = row.grab().toImage()
        ink = theme.tokens.text.lower()
        columns = [
            x
            for x in range(image.width())
            if image.pixelColor(x, image.height() // 2).name() == ink
        ]
        centre = (columns[0] + columns[-1]) / 2
        margin = theme.px(12)
        assert centre == pytest.approx(margin + (point - 1) / 6 * (300 - 2 * margin), abs=1.5)

    def test_points_of_a_long_scale_keep_apart_at_its_least_width(self, theme, qtbot):
        row = BandRow(theme, NINE_HALVES)
        qtbot.addWidget(row)
        row.resize(row.minimumSizeHint())
        places = [row._x(point) for point in NINE_HALVES.points]
        assert all(b - a >= 4 for a, b in pairwise(places))


class TestCodeButton:
    def test_telling_the_same_light_again_speaks_once(self, theme, qtbot, monkeypatch):
        button = CodeButton(theme, CodeFace(label="held", key="W", slot="green"))
        qtbot.addWidget(button)
        assert not button.lit
        button.set_lit(True)
        told = []
        monkeypatch.setattr(button, "_tell", lambda: told.append(True))
        button.set_lit(True)
        assert button.lit
        assert told == []

    def test_everything_that_holds_is_spoken_together(self, theme, qtbot):
        button = CodeButton(theme, CodeFace(label="held", key="W", slot="green"))
        qtbot.addWidget(button)
        button.set_lit(True)
        button.set_in_pass(False)
        assert button.accessibleName() == "held, key W, open, not in this pass"
        assert button.face.label == "held"

    def test_a_conflict_that_is_solved_leaves_no_trace(self, theme, shown):
        button = shown(CodeButton(theme, CodeFace(label="held", key="W", slot="green")))
        before = button.grab().toImage()
        button.show_conflict("W belongs to released")
        assert button.grab().toImage() != before
        button.show_conflict("")
        assert button.grab().toImage() == before
        assert button.toolTip() == "held"


class TestChip:
    @pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
    def test_a_chip_that_stays_leaves_deleting_to_the_page(self, theme, qtbot, key):
        chip = Chip(theme, ChipFace(text="open only"))
        qtbot.addWidget(chip)
        assert not press(chip, key)

    def test_a_right_press_on_the_cross_removes_nothing(self, theme, shown, qtbot):
        chip = shown(Chip(theme, ChipFace(text="17:03", removable=True)))
        with qtbot.assertNotEmitted(chip.removed):
            qtbot.mouseClick(chip, Qt.MouseButton.RightButton, pos=chip._cross().center())

    def test_each_part_of_its_face_takes_room(self, theme, qtbot):
        widths = []
        for more in ({}, {"icon": "clip"}, {"count": 12}, {"removable": True}):
            chip = Chip(theme, ChipFace(text="open", **more))
            qtbot.addWidget(chip)
            widths.append(chip.sizeHint().width())
        assert all(width > widths[0] for width in widths[1:])

    def test_another_face_is_spoken(self, theme, qtbot):
        chip = Chip(theme, ChipFace(text="open", count=3))
        qtbot.addWidget(chip)
        assert chip.accessibleName() == "open, 3"
        chip.set_face(ChipFace(text="closed", removable=True))
        assert chip.face.text == chip.accessibleName() == "closed"
        assert chip.accessibleDescription() == "Delete removes it"

    def test_the_kinds_of_a_tag_are_five_pictures(self, any_theme, shown):
        pictures = [shown(Tag(any_theme, "default", kind)).grab().toImage() for kind in TagKind]
        assert all(first != second for first, second in combinations(pictures, 2))


class TestChoices:
    @pytest.mark.parametrize("kind", [CheckBox, RadioButton])
    def test_its_states_are_four_pictures(self, any_theme, shown, kind):
        pictures = []
        for checked in (False, True):
            for enabled in (False, True):
                box = shown(kind(any_theme, "Keep"))
                box.setChecked(checked)
                box.setEnabled(enabled)
                pictures.append(box.grab().toImage())
        assert all(first != second for first, second in combinations(pictures, 2))

    def test_a_list_can_be_squeezed_but_never_to_nothing(self, theme, qtbot):
        box = ComboBox(theme)
        box.addItem("A very long name of a scheme that no column has room for")
        qtbot.addWidget(box)
        assert box.minimumSizeHint().width() == theme.px(64)
        assert box.minimumSizeHint().height() == box.sizeHint().height()

    def test_a_disabled_list_has_no_ground(self, any_theme, shown, colours_of):
        box = ComboBox(any_theme)
        box.addItem("Infant")
        shown(box)
        before = colours_of(box)[any_theme.tokens.panel.lower()]
        box.setEnabled(False)
        assert colours_of(box).get(any_theme.tokens.panel.lower(), 0) < before / 10


class TestField:
    @given(st.text(alphabet="abc0123456789:. -", max_size=30))
    @SAME_WIDGET
    def test_an_error_never_touches_what_was_typed(self, theme, qtbot, text):
        field = FieldWithError(theme, "Start")
        qtbot.addWidget(field)
        field.set_text(text)
        field.show_error("outside the video")
        assert (field.text(), field.error()) == (text, "outside the video")
        field.clear_error()
        assert (field.text(), field.error()) == (text, "")

    def test_an_error_is_described_on_the_line_that_has_the_focus(self, theme, qtbot):
        field = FieldWithError(theme, "Start")
        qtbot.addWidget(field)
        field.show_error("outside the video")
        assert field.focusProxy() is field.edit
        assert field.edit.accessibleName() == "Start"
        assert field.edit.accessibleDescription() == "outside the video"


class TestRail:
    @pytest.fixture
    def rail(self, theme, shown):
        steps = [RailStep(id=name, title=name.title()) for name in ("prepare", "code", "rate")]
        return shown(StepRail(theme, steps), (190, 500))

    def test_the_pointer_over_a_row_is_seen(self, rail, has_colour, theme):
        row = rail.row("code")
        assert not has_colour(row, theme.tokens.hover, 100)
        row.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
        row.update()
        assert has_colour(row, theme.tokens.hover, 100)

    def test_the_pointer_over_a_gap_is_seen(self, rail, has_colour, theme):
        rail.set_missing((RailGap(id="0", text="End cue of the last episode"),))
        (row,) = rail.missing_rows()
        QApplication.processEvents()
        row.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
        row.update()
        assert has_colour(row, theme.tokens.hover, 100)

    def test_exactly_one_row_is_current_and_an_unknown_id_none(self, rail):
        rail.set_current("code")
        assert rail.current() == "code"
        rail.set_steps([RailStep(id="code", title="Code", state=StepState.DONE)])
        assert rail.row("code")._current
        rail.set_current("gone")
        assert not rail.row("code")._current

    def test_the_number_of_gaps_is_on_the_button_of_the_narrow_form(self, rail):
        rail.set_missing(RailGap(id=str(n), text=f"gap {n}") for n in range(4))
        rail.set_narrow(True)
        assert rail._gap_button.text() == "4 open"
        assert not rail._gap_button.isHidden()
        rail.set_missing(())
        assert rail._gap_button.isHidden()


class TestSmallParts:
    @given(st.lists(st.integers(0, 5 * 3_600_000_000), min_size=1, max_size=12))
    @SAME_WIDGET
    def test_a_time_label_shows_the_last_time_and_never_shrinks(self, theme, qtbot, times):
        label = TimeLabel(theme)
        qtbot.addWidget(label)
        widths = [label.minimumSizeHint().width()]
        for time_us in times:
            label.show_time(time_us)
            widths.append(label.minimumSizeHint().width())
        assert label.text() == short_clock_text(times[-1], digits=3)
        assert widths == sorted(widths)

    def test_the_sign_of_saving_can_be_squeezed(self, theme, qtbot):
        saved = SavedIndicator(theme)
        qtbot.addWidget(saved)
        saved.show_error("the disk is full and nothing more can be written", 12)
        assert saved.minimumSizeHint().width() == theme.px(60)
        assert "disk is full" in saved.toolTip()

    @pytest.mark.parametrize("kind", ButtonKind)
    def test_a_button_says_why_it_is_off_where_a_pointer_and_a_status_bar_look(
        self, theme, qtbot, kind
    ):
        button = PushButton(theme, "Lock", kind)
        qtbot.addWidget(button)
        button.disable("Mark all episodes first")
        assert button.toolTip() == button.statusTip() == "Mark all episodes first"
        with qtbot.assertNotEmitted(button.clicked):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))

    def test_enter_in_a_dialog_presses_no_button_by_accident(self, theme, qtbot):
        button = PushButton(theme, "Lock", ButtonKind.PRIMARY)
        qtbot.addWidget(button)
        assert not button.autoDefault()
