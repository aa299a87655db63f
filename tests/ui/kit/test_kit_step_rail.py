import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QMenu

from ssp_coder.ui.kit.painting import text_width
from ssp_coder.ui.kit.step_rail import RailGap, RailStep, StepRail, StepState
from ssp_coder.ui.theme.fonts import FontUse

STEPS = (
    RailStep(id="prepare", title="Prepare", state=StepState.DONE, detail="1"),
    RailStep(id="code", title="Code", state=StepState.HALF, detail="2"),
    RailStep(id="pass1", title="Pass 1", state=StepState.HALF, level=1, detail="46 %"),
    RailStep(id="rate", title="Rate", detail="3"),
)
GAPS = (RailGap(id="end", text="End cue"), RailGap(id="gaze", text="Gaze in the last episode"))


@pytest.fixture
def rail(theme, shown):
    return shown(StepRail(theme, STEPS), (184, 500))


def test_a_click_on_a_step_asks_for_it_and_waits(rail, qtbot):
    rail.set_current("code")
    with qtbot.waitSignal(rail.step_chosen) as told:
        qtbot.mouseClick(rail.row("rate"), Qt.MouseButton.LeftButton)
    assert told.args == ["rate"]
    assert rail.current() == "code"


def test_the_keyboard_chooses_a_step(rail, qtbot):
    rail.row("rate").setFocus()
    with qtbot.waitSignal(rail.step_chosen):
        qtbot.keyClick(rail.row("rate"), Qt.Key.Key_Space)


def test_a_missing_line_jumps(rail, qtbot):
    rail.set_missing(GAPS)
    with qtbot.waitSignal(rail.missing_chosen) as told:
        qtbot.mouseClick(rail.missing_rows()[1], Qt.MouseButton.LeftButton)
    assert told.args == ["gaze"]


def test_another_missing_list_replaces_the_first(rail):
    rail.set_missing(GAPS)
    rail.set_missing(GAPS[:1])
    assert [row.text() for row in rail.missing_rows()] == ["End cue"]
    rail.set_missing(())
    assert rail.missing_rows() == ()
    assert not rail._gap_title.isVisible()


def test_state_detail_and_place_are_spoken(rail):
    rail.set_current("code")
    assert rail.row("prepare").accessibleName() == "Prepare, done, 1"
    assert rail.row("code").accessibleName() == "Code, under way, 2, current"
    assert rail.row("rate").accessibleName() == "Rate, open, 3"


def test_the_three_states_are_three_pictures(any_theme, shown):
    rail = shown(StepRail(any_theme, STEPS), (184, 400))
    pictures = [rail.row(step).grab().toImage() for step in ("prepare", "code", "rate")]
    circles = [picture.copy(0, 0, 34, picture.height()) for picture in pictures]
    assert circles[0] != circles[1] != circles[2] != circles[0]


def test_the_current_step_has_a_bar_in_the_accent(rail, has_colour, theme):
    assert not has_colour(rail.row("rate"), theme.tokens.accent)
    rail.set_current("rate")
    assert has_colour(rail.row("rate"), theme.tokens.accent, 30)


def test_a_change_of_state_keeps_the_rows(rail):
    row = rail.row("rate")
    rail.set_steps((*STEPS[:3], RailStep(id="rate", title="Rate", state=StepState.DONE)))
    assert rail.row("rate") is row
    assert row.step.state is StepState.DONE


def test_other_steps_rebuild_the_rows(rail):
    rail.set_steps((RailStep(id="people", title="People", icon="person"),))
    assert rail.row("people").accessibleName() == "People"
    with pytest.raises(KeyError):
        rail.row("code")


def test_the_narrow_form_hides_parts_and_lists_gaps_in_a_menu(rail, qtbot):
    rail.set_missing(GAPS)
    rail.set_narrow(True)
    assert rail.width() < 100
    assert not rail.row("pass1").isVisible()
    assert not rail.missing_rows()[0].isVisible()
    assert rail.row("code").toolTip() == "Code"
    qtbot.mouseClick(rail._gap_button, Qt.MouseButton.LeftButton)
    menu = rail.findChild(QMenu)
    assert rail._gap_button.text() == "2 open"
    with qtbot.waitSignal(rail.missing_chosen) as told:
        menu.actions()[0].trigger()
    assert told.args == ["end"]
    menu.close()


def test_parts_stay_hidden_in_the_narrow_form_when_a_state_changes(rail):
    rail.set_narrow(True)
    rail.set_steps((*STEPS[:2], RailStep(id="pass1", title="Pass 1", level=1), STEPS[3]))
    assert not rail.row("pass1").isVisible()
    rail.set_steps((*STEPS, RailStep(id="pass2", title="Pass 2", level=1)))
    assert not rail.row("pass2").isVisible()
    assert rail.row("rate").isVisible()


def test_back_to_the_wide_form_shows_all_again(rail):
    rail.set_missing(GAPS)
    rail.set_narrow(True)
    rail.set_narrow(False)
    assert rail.row("pass1").isVisible()
    assert all(row.isVisible() for row in rail.missing_rows())
    assert not rail._gap_button.isVisible()


def test_a_foot_stands_under_the_missing_list(rail, qtbot):
    foot = QLabel("Handbook")
    rail.add_foot(foot)
    rail.set_missing(GAPS)
    qtbot.waitUntil(lambda: foot.y() > rail.missing_rows()[-1].y() > 0)


def test_rows_are_tabs_to_a_screen_reader(rail):
    assert QAccessible.queryAccessibleInterface(rail).role() is QAccessible.Role.PageTabList
    row = QAccessible.queryAccessibleInterface(rail.row("code"))
    assert row.role() is QAccessible.Role.PageTab


def test_focus_paints_the_ring_on_rows_and_gaps(rail, has_colour, theme):
    rail.set_missing(GAPS)
    for row in (rail.row("rate"), rail.missing_rows()[0]):
        row.setFocus()
        assert has_colour(row, theme.tokens.accent, 2 * 100)


def words_fit(row):
    """Whether the word under the circle is painted whole, its margins and plate taken off."""
    room = row.width() - row._theme.px(4) - 1 - 2
    return text_width(row._theme.font(FontUse.CAPTION_STRONG), row.step.title) <= room


def test_the_narrow_form_grows_for_a_long_word(rail, qtbot):
    rail.set_narrow(True)
    short = rail.width()
    rail.set_steps((*STEPS[:3], RailStep(id="rate", title="Klassifizieren")))
    assert rail.width() > short
    qtbot.waitUntil(lambda: words_fit(rail.row("rate")))


def test_a_word_that_fits_leaves_the_narrow_form_as_narrow_as_it_was(rail):
    rail.set_narrow(True)
    rail.set_steps((RailStep(id="code", title="Code"),))
    assert rail.width() == rail._theme.px(64)


def test_a_word_without_end_does_not_take_the_room_of_the_page(rail):
    rail.set_narrow(True)
    rail.set_steps((RailStep(id="code", title="Klassifizieren" * 4),))
    assert rail.width() == rail._theme.px(112)


def test_parts_that_the_narrow_form_hides_do_not_widen_it(rail):
    rail.set_narrow(True)
    before = rail.width()
    rail.set_steps((*STEPS[:2], RailStep(id="p", title="Klassifizieren", level=1), STEPS[3]))
    assert rail.width() == before
