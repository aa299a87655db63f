"""Under the sheet: which button can be pressed when, why not, and what it then is called."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.ui.intervals.foot import Footing, SheetFoot
from ssp_coder.ui.theme.tokens import contrast
from tests.builders import add
from tests.fixtures.interval_sheets import coded, row, seen_mark

MOVING, SMILING = "locomotion_explore", "smiling"
DERIVED = row(coded(), MOVING)
DIRECT = row(coded(seen_mark(MOVING, 1)), MOVING)
COUNTED = row(coded(add("affect.smile", 571)), SMILING)
PLAIN = Footing(row=DERIVED, interval=0, waiting=False, guided=False, locked=False)


@pytest.fixture
def foot(theme, qtbot) -> SheetFoot:
    made = SheetFoot(theme)
    qtbot.addWidget(made)
    made.show()
    return made


def enabled(foot: SheetFoot) -> set[str]:
    named = {
        "play": foot.play,
        "mark": foot.seen,
        "clear": foot.clear,
        "switch": foot.switch,
    }
    return {name for name, button in named.items() if button.isEnabled()}


@pytest.mark.parametrize(
    ("footing", "can"),
    [
        (PLAIN, {"play", "switch"}),
        (replace(PLAIN, row=DIRECT), {"play", "mark", "clear", "switch"}),
        (replace(PLAIN, row=DIRECT, interval=None), {"switch"}),
        (replace(PLAIN, row=DIRECT, locked=True), {"play"}),
        (replace(PLAIN, row=COUNTED), {"play"}),
        (replace(PLAIN, row=None, interval=None), set()),
    ],
)
def test_what_can_be_done_depends_on_the_cell(foot, footing, can):
    foot.show_footing(footing)
    assert enabled(foot) == can


@pytest.mark.parametrize(
    ("footing", "why"),
    [
        (PLAIN, "The events tell this row"),
        (replace(PLAIN, locked=True), "This coding is closed against changes"),
    ],
)
def test_a_button_that_is_off_says_why(foot, footing, why):
    foot.show_footing(footing)
    assert foot.seen.toolTip() == why
    assert foot.seen.statusTip() == why


def test_a_button_that_is_on_again_says_nothing(foot):
    foot.show_footing(PLAIN)
    foot.show_footing(replace(PLAIN, row=DIRECT))
    assert foot.seen.toolTip() == ""


def test_the_switch_names_where_it_leads(foot):
    foot.show_footing(PLAIN)
    assert foot.switch.text() == foot.switch.accessibleName() == "Code directly"
    foot.show_footing(replace(PLAIN, row=DIRECT))
    assert foot.switch.text() == foot.switch.accessibleName() == "Take the events"


def test_guided_offers_the_next_interval_and_the_rest(foot):
    foot.show_footing(replace(PLAIN, guided=True))
    assert foot.play.text() == "Next interval"
    assert foot.rest.isVisible()
    assert not foot.switch.isVisible()
    foot.show_footing(PLAIN)
    assert foot.play.text() == "Play"
    assert not foot.rest.isVisible()
    assert foot.switch.isVisible()


def test_every_button_says_its_act(foot):
    foot.show_footing(replace(PLAIN, row=DIRECT, guided=True))
    acts = []
    foot.acted.connect(acts.append)
    for button in (foot.play, foot.seen, foot.clear, foot.rest):
        button.click()
    foot.show_footing(PLAIN)
    foot.switch.click()
    assert acts == ["play", "mark", "clear", "rest", "switch"]


def test_buttons_work_by_the_keyboard(foot):
    foot.show_footing(PLAIN)
    acts = []
    foot.acted.connect(acts.append)
    foot.switch.setFocus()
    QTest.keyClick(foot.switch, Qt.Key.Key_Space)
    assert acts == ["switch"]


def test_the_words_change_with_the_row(foot):
    said = set()
    for footing in (PLAIN, replace(PLAIN, waiting=True), replace(PLAIN, row=DIRECT)):
        foot.show_footing(footing)
        said.add(foot.advice.text())
    assert len(said) == 3
    foot.show_footing(replace(PLAIN, row=None))
    assert foot.advice.text() == ""


def test_in_a_narrow_panel_buttons_go_on_in_the_next_line(foot):
    foot.show_footing(PLAIN)
    foot.resize(900, 200)
    foot.grab()
    assert foot.switch.y() == foot.play.y()
    foot.resize(260, 200)
    foot.grab()
    assert foot.switch.y() > foot.play.y()


@pytest.mark.parametrize("scheme", ["theme", "dark_theme"])
def test_signs_of_the_sheet_can_be_seen_in_both_schemes(request, scheme):
    theme = request.getfixturevalue(scheme)
    tokens = theme.tokens
    for slot in ("vermilion", "orange", "sky"):
        colours = theme.group(slot)
        assert contrast(colours.edge, tokens.panel) >= 3
        assert contrast(tokens.text, colours.tint) >= 4.5
    for ground in (tokens.panel, tokens.hover, tokens.alt):
        assert contrast(tokens.text3, ground) >= 4.5
    assert contrast(tokens.ctl, tokens.panel) >= 3
