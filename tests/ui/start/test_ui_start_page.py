"""The first page: what can be begun, what was opened before, how far the demonstration is."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ssp_coder.editing.completeness import Step
from ssp_coder.ui.start.page import StartPage
from ssp_coder.ui.start.picture import DrawnRoom
from ssp_coder.ui.text import step_title
from ssp_coder.ui.theme.tokens import Scheme

RECENT = (Path("/study/S001.c01.sspc"), Path("/study/S002.c01.sspc"))


@pytest.fixture
def page(theme, qtbot):
    made = StartPage(theme)
    qtbot.addWidget(made)
    made.resize(1100, 760)
    with qtbot.waitExposed(made):
        made.show()
    return made


def words_on(page):
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


class TestBeginning:
    @pytest.mark.parametrize(
        ("button", "signal"),
        [
            ("demonstration", "demonstration_requested"),
            ("new", "new_requested"),
            ("open", "open_requested"),
        ],
    )
    def test_each_way_is_a_button_with_mouse_and_keyboard(self, page, qtbot, button, signal):
        pressed = getattr(page, button)
        with qtbot.waitSignal(getattr(page, signal)):
            qtbot.mouseClick(pressed, Qt.MouseButton.LeftButton)
        with qtbot.waitSignal(getattr(page, signal)):
            qtbot.keyClick(pressed, Qt.Key.Key_Space)

    def test_each_way_has_a_spoken_name_and_can_be_reached_by_tab(self, page):
        for button in (page.demonstration, page.new, page.open):
            assert button.accessibleName() == button.text()
            assert button.focusPolicy() & Qt.FocusPolicy.TabFocus

    def test_the_keys_that_do_the_same_are_spoken(self, page):
        assert page.new.accessibleDescription() == "Key Ctrl+N"
        assert page.open.accessibleDescription() == "Key Ctrl+O"

    def test_it_names_all_steps_in_their_order(self, page):
        words = words_on(page)
        places = [words.index(step_title(step)) for step in Step]
        assert places == sorted(places)

    def test_it_says_that_videos_stay_where_they_are(self, page):
        assert "Videos stay where they are" in words_on(page)
        assert "no network" in words_on(page)

    @pytest.mark.parametrize("size", [(1024, 640), (1440, 900), (2200, 1300)])
    def test_nothing_is_cut_off_at_any_size_of_the_window(self, page, size):
        page.resize(*size)
        for button in (page.demonstration, page.new, page.open):
            place = button.mapTo(page, button.rect().bottomRight())
            assert page.rect().contains(place)
            assert button.width() >= button.minimumSizeHint().width()


class TestRecent:
    def test_without_recent_files_there_is_no_head(self, page):
        assert page._recent_head.isHidden()

    def test_each_file_is_a_button_with_its_place_as_tip(self, page):
        page.show_recent(RECENT)
        assert [button.text() for button in page._recent] == [path.name for path in RECENT]
        assert [button.toolTip() for button in page._recent] == [str(path) for path in RECENT]
        assert not page._recent_head.isHidden()

    @pytest.mark.parametrize("place", [0, 1])
    def test_a_click_asks_for_that_file(self, page, qtbot, place):
        page.show_recent(RECENT)
        with qtbot.waitSignal(page.recent_chosen) as told:
            page._recent[place].click()
        assert told.args == [RECENT[place]]

    def test_another_list_replaces_the_first(self, page):
        page.show_recent(RECENT)
        first = list(page._recent)
        page.show_recent(RECENT[1:])
        assert [button.text() for button in page._recent] == ["S002.c01.sspc"]
        assert all(button.isHidden() for button in first)
        page.show_recent(())
        assert page._recent_head.isHidden()

    def test_the_list_given_at_the_beginning_is_shown(self, theme, qtbot):
        page = StartPage(theme, RECENT)
        qtbot.addWidget(page)
        assert len(page._recent) == 2


class TestProgress:
    def test_at_rest_nothing_is_shown_and_the_demonstration_can_be_asked_for(self, page):
        assert page._progress.isHidden()
        assert page._progress_words.isHidden()
        assert page.demonstration.isEnabled()

    @pytest.mark.parametrize(
        ("share", "percent"), [(0.0, 0), (0.004, 0), (0.426, 43), (0.999, 100), (1.0, 100)]
    )
    def test_the_bar_and_the_words_say_the_same(self, page, share, percent):
        page.show_progress(share)
        assert page._progress.value() == percent
        assert f"{percent} %" in page._progress_words.text()

    def test_meanwhile_the_button_is_off_and_says_why(self, page):
        page.show_progress(0.2)
        assert not page.demonstration.isEnabled()
        assert page.demonstration.toolTip() == "The demonstration is being made"
        page.show_progress(None)
        assert page.demonstration.isEnabled()
        assert page.demonstration.toolTip() == ""

    def test_other_ways_stay_open_meanwhile(self, page):
        page.show_progress(0.2)
        assert page.new.isEnabled()
        assert page.open.isEnabled()

    def test_the_bar_has_a_spoken_name(self, page):
        assert page._progress.accessibleName() == "Progress of the demonstration film"


class TestPicture:
    @pytest.fixture
    def room(self, theme, qtbot):
        made = DrawnRoom(theme)
        qtbot.addWidget(made)
        return made

    @pytest.mark.parametrize("width", [1, 60, 400, 900])
    def test_it_fills_its_width(self, room, width):
        room.resize(width, room.height())
        image = room.grab().toImage()
        corners = {image.pixelColor(x, 0).name() for x in (0, image.width() - 1)}
        assert corners == {"#cfcbc0"}

    def test_its_floor_lies_under_its_wall(self, room):
        room.resize(400, room.height())
        image = room.grab().toImage()
        column = [image.pixelColor(3, y).name() for y in range(image.height())]
        assert column[0] == "#cfcbc0"
        assert column[-1] == "#b9a183"
        assert column.index("#b9a183") == pytest.approx(image.height() * 118 / 230, abs=2)

    def test_it_is_spoken_as_a_drawing(self, room):
        assert room.accessibleName() == "Drawing of the demonstration room"

    def test_it_is_as_high_in_any_window(self, room):
        heights = set()
        for width in (200, 400, 900):
            room.resize(width, 10)
            heights.add(room.height())
        assert heights == {room.sizeHint().height()}


def test_in_the_other_scheme_every_sign_is_drawn_again(page, theme):
    light_lock = page._lock.pixmap().toImage()
    theme.set_scheme(Scheme.DARK)
    dark_lock = page._lock.pixmap().toImage()
    assert dark_lock == theme.pixmap("lock", "text2", theme.px(14), 1.0).toImage()
    assert dark_lock != light_lock
    theme.set_scheme(Scheme.LIGHT)
    assert page._lock.pixmap().toImage() == light_lock
