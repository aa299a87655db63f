import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from ssp_coder.ui.kit.band_row import Band, BandRow
from ssp_coder.ui.kit.rating_row import RatingLook, RatingRow, RatingScale, point_text

SEVEN = RatingScale(name="Contact, second", minimum=1, maximum=7)
HALVES = RatingScale(name="Halves", minimum=1, maximum=9, step=0.5)


@pytest.fixture
def row(theme, shown):
    return shown(RatingRow(theme, SEVEN))


class TestScale:
    def test_points_run_from_the_lowest_to_the_highest(self):
        assert SEVEN.points == (1, 2, 3, 4, 5, 6, 7)
        assert HALVES.points[:3] == (1, 1.5, 2)
        assert len(HALVES.points) == 17

    @pytest.mark.parametrize(
        ("minimum", "maximum", "step"), [(1, 7, 0), (1, 7, 4), (7, 1, 1), (1, 1, 1), (1, 7, -1)]
    )
    def test_a_range_that_steps_do_not_fill_is_refused(self, minimum, maximum, step):
        with pytest.raises(ValueError, match="correct the scale file"):
            RatingScale(name="s", minimum=minimum, maximum=maximum, step=step)

    def test_points_are_written_as_people_do(self):
        assert (point_text(5.0), point_text(5.5)) == ("5", "5.5")


class TestLooks:
    def test_a_new_row_is_not_rated(self, row):
        assert row.look is RatingLook.NOT_RATED
        assert row.point is None
        assert row.accessibleName() == "Contact, second, not rated"

    def test_the_four_looks_are_four_pictures(self, any_theme, shown):
        row = shown(RatingRow(any_theme, SEVEN))
        pictures = []
        for show in (
            row.show_not_rated,
            lambda: row.show_rated(1),
            lambda: row.show_cannot_code("camera lost view"),
            lambda: row.show_not_applicable("caregiver absent"),
        ):
            show()
            pictures.append(row.grab().toImage())
        for index, first in enumerate(pictures):
            assert all(first != other for other in pictures[index + 1 :])

    def test_only_a_rated_row_has_a_filled_box(self, row, has_colour, theme):
        accent = theme.tokens.accent
        for show in (
            row.show_not_rated,
            lambda: row.show_cannot_code("no view"),
            lambda: row.show_not_applicable("absent"),
        ):
            show()
            assert not has_colour(row, accent, 30)
        row.show_rated(1)
        assert has_colour(row, accent, 100)

    def test_only_cannot_be_coded_is_hatched(self, row):
        def shades_left_of_the_digit():
            image = row.grab().toImage()
            box = row._box(3)
            places = range(box.top() + 4, box.bottom() - 4)
            return {image.pixelColor(box.left() + 3, y).name() for y in places}

        for show in (row.show_not_rated, lambda: row.show_rated(2)):
            show()
            assert len(shades_left_of_the_digit()) == 1
        row.show_cannot_code("no view")
        assert len(shades_left_of_the_digit()) > 2

    def test_only_not_rated_boxes_are_dashed(self, row, theme):
        def share_of_border():
            image = row.grab().toImage()
            box = row._box(2)
            top = range(box.left() + 6, box.right() - 6)
            names = [image.pixelColor(x, box.top()).name() for x in top]
            border = {theme.tokens.ctl.lower(), theme.tokens.line.lower()}
            return sum(name in border for name in names) / len(names)

        row.show_not_rated()
        assert 0.3 < share_of_border() < 0.9
        row.show_rated(1)
        assert share_of_border() == 1

    def test_each_look_is_spoken(self, row):
        row.show_rated(6)
        assert row.accessibleName() == "Contact, second, 6 of 7"
        row.show_cannot_code("no view")
        assert row.accessibleName() == "Contact, second, cannot be coded: no view"
        row.show_not_applicable("absent")
        assert row.accessibleName() == "Contact, second, not applicable: absent"
        assert row.toolTip() == "absent"

    def test_a_point_off_the_scale_is_refused_with_its_range(self, row):
        with pytest.raises(ValueError, match="9 is no point of 'Contact, second', 1 to 7 by 1"):
            row.show_rated(9)

    def test_leaving_the_rating_forgets_the_point(self, row):
        row.show_rated(4)
        row.show_not_rated()
        assert row.point is None

    def test_a_long_reason_has_room(self, row):
        before = row.sizeHint().width()
        row.show_not_applicable("the caregiver left the room before the episode began")
        assert row.sizeHint().width() > before


class TestKeys:
    @pytest.mark.parametrize("digit", range(1, 8))
    def test_a_digit_chooses_its_point(self, row, qtbot, digit):
        with qtbot.waitSignal(row.point_chosen) as told:
            qtbot.keyClick(row, str(digit))
        assert told.args == [float(digit)]

    def test_the_row_waits_to_be_told(self, row, qtbot):
        qtbot.keyClick(row, "5")
        assert row.look is RatingLook.NOT_RATED

    @pytest.mark.parametrize("key", ["0", "x"])
    def test_zero_and_x_ask_for_cannot_code(self, row, qtbot, key):
        with qtbot.waitSignal(row.cannot_code_requested):
            qtbot.keyClick(row, key)

    @pytest.mark.parametrize("key", [Qt.Key.Key_Backspace, Qt.Key.Key_Delete])
    def test_deleting_clears(self, row, qtbot, key):
        with qtbot.waitSignal(row.cleared):
            qtbot.keyClick(row, key)

    @pytest.mark.parametrize("key", ["8", "9"])
    def test_a_digit_beyond_the_scale_does_nothing(self, row, qtbot, key):
        with (
            qtbot.assertNotEmitted(row.point_chosen),
            qtbot.assertNotEmitted(row.cannot_code_requested),
        ):
            qtbot.keyClick(row, key)

    def test_zero_is_a_point_where_the_scale_has_one(self, theme, shown, qtbot):
        row = shown(RatingRow(theme, RatingScale(name="s", minimum=0, maximum=4)))
        with (
            qtbot.assertNotEmitted(row.cannot_code_requested),
            qtbot.waitSignal(row.point_chosen) as told,
        ):
            qtbot.keyClick(row, "0")
        assert told.args == [0.0]

    def test_arrows_move_by_one_step_and_stop_at_the_ends(self, theme, shown, qtbot):
        row = shown(RatingRow(theme, HALVES))
        chosen = []
        row.point_chosen.connect(chosen.append)
        row.show_rated(8.5)
        qtbot.keyClick(row, Qt.Key.Key_Right)
        row.show_rated(9)
        qtbot.keyClick(row, Qt.Key.Key_Right)
        qtbot.keyClick(row, Qt.Key.Key_Left)
        assert chosen == [9.0, 8.5]

    def test_an_arrow_begins_at_an_end(self, row, qtbot):
        chosen = []
        row.point_chosen.connect(chosen.append)
        qtbot.keyClick(row, Qt.Key.Key_Right)
        qtbot.keyClick(row, Qt.Key.Key_Left)
        assert chosen == [1.0, 7.0]

    def test_a_digit_with_control_belongs_to_someone_else(self, row, qtbot):
        with qtbot.assertNotEmitted(row.point_chosen):
            qtbot.keyClick(row, "3", Qt.KeyboardModifier.ControlModifier)

    def test_a_locked_row_takes_neither_key_nor_click(self, row, qtbot):
        row.show_rated(3)
        row.set_locked(True)
        with qtbot.assertNotEmitted(row.point_chosen), qtbot.assertNotEmitted(row.cleared):
            qtbot.keyClick(row, "5")
            qtbot.keyClick(row, Qt.Key.Key_Delete)
            qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.box_centre(5))
        assert row.point == 3
        assert row.accessibleDescription() == "Locked"

    def test_a_scale_that_does_not_apply_takes_no_key(self, row, qtbot):
        row.show_not_applicable("absent")
        with qtbot.assertNotEmitted(row.point_chosen):
            qtbot.keyClick(row, "5")


class TestPointer:
    @pytest.mark.parametrize("point", [1, 4, 7])
    def test_a_click_on_a_box_chooses_it(self, row, qtbot, point):
        with qtbot.waitSignal(row.point_chosen) as told:
            qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.box_centre(point))
        assert told.args == [float(point)]
        assert row.hasFocus()

    def test_a_click_between_boxes_chooses_nothing(self, row, qtbot):
        gap = (row.box_centre(1) + row.box_centre(2)) / 2
        with qtbot.assertNotEmitted(row.point_chosen):
            qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=gap)

    def test_the_pointer_over_a_box_is_shown_and_forgotten(self, row, qtbot, has_colour, theme):
        qtbot.mouseMove(row, row.box_centre(3))
        assert has_colour(row, theme.tokens.hover, 100)
        row.leaveEvent(None)
        assert not has_colour(row, theme.tokens.hover, 100)

    def test_focus_paints_the_ring_around_the_row(self, row, has_colour, theme):
        row.setFocus()
        assert has_colour(row, theme.tokens.accent, 2 * row.width())

    def test_the_row_shows_all_boxes(self, theme, shown):
        row = shown(RatingRow(theme, HALVES))
        assert row.rect().contains(row.box_centre(9))

    def test_it_has_a_role(self, row):
        interface = QAccessible.queryAccessibleInterface(row)
        assert interface.role() is QAccessible.Role.Slider


class TestBandRow:
    @pytest.fixture
    def bands(self, theme, shown):
        return shown(BandRow(theme, SEVEN), (200, 24))

    def test_a_rating_inside_is_a_dot_in_ink(self, bands, has_colour, theme):
        bands.show_band(Band(low=4, high=7), 5)
        assert has_colour(bands, theme.tokens.text, 30)
        assert not has_colour(bands, theme.tokens.err)
        assert bands.accessibleName() == "Contact, second, band 4 to 7, rating 5 inside"

    def test_a_rating_outside_is_a_cross_in_red(self, bands, has_colour, theme):
        bands.show_band(Band(low=4, high=7), 2)
        assert has_colour(bands, theme.tokens.err)
        assert not has_colour(bands, theme.tokens.text, 30)
        assert bands.accessibleName().endswith("rating 2 outside")

    @pytest.mark.parametrize(("point", "inside"), [(4, True), (7, True), (3.5, False)])
    def test_both_ends_belong_to_the_band(self, point, inside):
        assert Band(low=4, high=7).holds(point) is inside

    def test_without_a_rating_only_the_band_is_drawn(self, bands, has_colour, theme):
        bands.show_band(Band(low=4, high=7), None)
        assert has_colour(bands, theme.tokens.hover, 100)
        assert not has_colour(bands, theme.tokens.text, 30)
        assert bands.accessibleName().endswith("not rated")

    def test_without_a_band_a_rating_is_neither_inside_nor_outside(self, bands, has_colour, theme):
        bands.show_band(None, 3)
        assert not has_colour(bands, theme.tokens.err)
        assert bands.accessibleName() == "Contact, second, not used by the rule, rating 3"

    def test_a_band_that_ends_below_its_start_is_refused(self):
        with pytest.raises(ValueError, match="ends at 2, below its start 5"):
            Band(low=5, high=2)
