from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.domain.ethogram import CodeKind
from ssp_coder.editing.edits import LockCoding, UnlockCoding
from ssp_coder.ui.code.board import COLUMNS, CodeBoard
from ssp_coder.ui.code.passes import Pass, Passes
from ssp_coder.ui.kit.marks import MarkShape
from tests.builders import CAREGIVER, INFANT, STRANGER, infant_scheme

PERSONS = (INFANT, CAREGIVER, STRANGER)


@pytest.fixture(scope="module")
def scheme():
    return infant_scheme()


@pytest.fixture
def board(theme, qtbot, scheme):
    made = CodeBoard(theme, scheme, scheme.keymap)
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    return made


def groups_of(scheme, person):
    return [group for group in scheme.ethogram.groups if person in group.subjects]


def codes_of(scheme, person):
    return [code for group in groups_of(scheme, person) for code in group.codes]


@pytest.mark.parametrize("person", PERSONS)
def test_one_button_for_each_code_of_the_person_in_the_order_of_the_ethogram(board, scheme, person):
    board.show_subject(person)
    assert list(board._buttons) == [code.id for code in codes_of(scheme, person)]


@pytest.mark.parametrize("person", PERSONS)
def test_buttons_stand_in_reading_order(board, scheme, person):
    board.show_subject(person)
    board.grab()
    for group in groups_of(scheme, person):
        places = [board.button(code.id).pos() for code in group.codes]
        order = [(place.y(), place.x()) for place in places]
        assert order == sorted(order)
        assert len(set(order)) == len(order)
        assert len({place.x() for place in places}) <= COLUMNS


def test_a_group_begins_below_the_one_before(board, scheme):
    board.grab()
    bottom = -1
    for group in groups_of(scheme, INFANT):
        rows = [board.button(code.id).geometry() for code in group.codes]
        assert min(row.top() for row in rows) > bottom
        bottom = max(row.bottom() for row in rows)


@pytest.mark.parametrize("person", PERSONS)
def test_each_cap_shows_the_key_that_records_the_code(board, scheme, person):
    board.show_subject(person)
    for code in codes_of(scheme, person):
        key = scheme.keymap.key_for(code.id)
        cap = board.button(code.id).face.key
        assert cap.replace("⇧", "shift+").lower() == key


@pytest.mark.parametrize("person", PERSONS)
def test_each_button_shows_short_words_and_the_sign_of_its_group(board, scheme, person):
    board.show_subject(person)
    for group in groups_of(scheme, person):
        for code in group.codes:
            face = board.button(code.id).face
            assert (face.label, face.slot) == (str(code.short), group.slot)
            is_bar = face.shape is MarkShape.BAR
            assert is_bar == (code.kind is CodeKind.STATE or group.shape == "bar")


def test_the_codes_of_other_persons_are_absent(board, scheme):
    foreign = [
        code.id
        for group in scheme.ethogram.groups
        if INFANT not in group.subjects
        for code in group.codes
    ]
    assert foreign
    for code in foreign:
        with pytest.raises(KeyError):
            board.button(code)


def test_the_tooltip_gives_the_full_name_and_the_hint(board, scheme):
    for code in codes_of(scheme, INFANT):
        tip = board.button(code.id).toolTip()
        assert tip.split("\n")[0] == str(code.title)
        assert tip == tip.strip()
        assert str(code.hint) in tip


def test_the_tooltip_stays_when_a_state_is_lit_or_the_board_is_locked(desk):
    board = desk.page.board
    before = board.button("distress.cry").toolTip()
    assert "Crying alone is not resistance." in before
    desk.press("3")
    assert board.button("distress.cry").toolTip() == before
    desk.session.submit(LockCoding())
    assert board.button("distress.cry").toolTip() == before


def test_persons_that_nothing_can_be_coded_of_are_not_offered(board, scheme):
    coded = {person for group in scheme.ethogram.groups for person in group.subjects}
    for person in scheme.procedure.persons:
        if person.id in coded:
            assert board._subjects.part(person.id).accessibleName().startswith(str(person.title))
        else:
            with pytest.raises(LookupError):
                board._subjects.part(person.id)


def test_the_board_begins_with_the_infant(board, scheme):
    assert board.subject == scheme.procedure.focal_subject == INFANT


def test_choosing_a_person_tells_so_once(board, qtbot):
    said = []
    board.subject_chosen.connect(said.append)
    QTest.mouseClick(board._subjects.part(STRANGER), Qt.MouseButton.LeftButton)
    assert said == [STRANGER]
    assert board.subject == STRANGER


def test_showing_a_person_says_nothing(board, qtbot):
    with qtbot.assertNotEmitted(board.subject_chosen):
        board.show_subject(CAREGIVER)
    assert board.subject == CAREGIVER


def test_a_state_is_lit_only_for_the_person_it_belongs_to(board):
    board.show_subject(CAREGIVER)
    board.show_running(frozenset({("presence.in_room", STRANGER)}))
    assert not board.button("presence.in_room").lit
    board.show_subject(STRANGER)
    assert board.button("presence.in_room").lit
    assert not board.button("presence.out").lit


def test_lights_go_out_when_nothing_runs(board):
    board.show_running(frozenset({("distress.cry", INFANT), ("gaze.to_c", INFANT)}))
    assert [code for code, button in board._buttons.items() if button.lit] == [
        "distress.cry",
        "gaze.to_c",
    ]
    board.show_running(frozenset())
    assert not any(button.lit for button in board._buttons.values())


def test_a_lit_button_says_so_to_a_screen_reader(board):
    before = (
        board.button("distress.cry").accessibleName(),
        board.button("distress.cry").accessibleDescription(),
    )
    board.show_running(frozenset({("distress.cry", INFANT)}))
    button = board.button("distress.cry")
    assert (button.accessibleName(), button.accessibleDescription()) != before


def test_a_locked_board_does_not_click(board, qtbot):
    board.set_locked(True)
    with qtbot.assertNotEmitted(board.code_clicked):
        QTest.mouseClick(board.button("seeking.reach"), Qt.MouseButton.LeftButton)
    board.set_locked(False)
    with qtbot.waitSignal(board.code_clicked) as said:
        QTest.mouseClick(board.button("seeking.reach"), Qt.MouseButton.LeftButton)
    assert said.args == ["seeking.reach"]


def test_a_locked_board_stays_locked_for_another_person(board, qtbot):
    board.set_locked(True)
    board.show_subject(CAREGIVER)
    with qtbot.assertNotEmitted(board.code_clicked):
        QTest.mouseClick(board.button("adult_acts.greet"), Qt.MouseButton.LeftButton)


def test_a_click_does_not_take_the_keys_away_from_the_page(board):
    board.set_locked(True)
    board.set_locked(False)
    policies = {button.focusPolicy() for button in board._buttons.values()}
    assert policies == {Qt.FocusPolicy.TabFocus}


def test_a_coding_locked_and_opened_again_takes_clicks_again(desk):
    desk.session.submit(LockCoding())
    desk.click(desk.page.board.button("seeking.reach"))
    assert desk.events == ()
    desk.session.submit(UnlockCoding(reason="wrong coder"))
    desk.click(desk.page.board.button("seeking.reach"))
    assert [event.code for event in desk.events] == ["seeking.reach"]


def test_a_screen_reader_hears_why_a_code_cannot_be_used(board):
    button = board.button("seeking.reach")
    board.set_locked(True)
    assert "cannot be changed" in button.accessibleName()
    assert "pass" not in button.accessibleName()
    board.set_locked(False)
    board.show_passes(Passes(kept=(Pass(name="Looks", groups=("gaze",)),), in_force="Looks"))
    assert "not in this pass" in board.button("seeking.reach").accessibleName()
    assert "not in this pass" not in board.button("gaze.to_c").accessibleName()
