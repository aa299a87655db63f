from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from ssp_coder.domain.coding import Classification, DDecision
from ssp_coder.domain.scale import NOT_RATED, Missing, Points
from ssp_coder.ui.classify.class_buttons import ClassButtons
from ssp_coder.ui.classify.draft import NO_CLASS
from ssp_coder.ui.classify.own_class import OwnClassPanel
from tests import builders as b
from tests.ui.rate.judged import asked, open_window

TABLE = b.infant_scheme().rules
B3 = Classification(primary="B", subgroup="B3", confidence=4, rationale="settles")
EVERY_CLASS = [*TABLE.subgroups(), *(g.id for g in TABLE.groups if not g.subgroups)]


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def panel(theme, qtbot):
    panel = OwnClassPanel(theme, b.infant_scheme())
    open_window(qtbot, panel, (316, 700))
    panel.show_own(None, Points(2), locked=False)
    return panel


class TestButtons:
    @pytest.fixture
    def buttons(self, theme, qtbot):
        buttons = ClassButtons(theme, TABLE)
        return open_window(qtbot, buttons, (300, 150))

    @pytest.mark.parametrize("name", EVERY_CLASS)
    def test_every_class_of_the_table_has_one(self, buttons, qtbot, name):
        told = asked(buttons.class_chosen)
        press(qtbot, buttons.button(name))
        assert told == [(name,)]

    @pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
    def test_keys_press_it(self, buttons, qtbot, key):
        told = asked(buttons.class_chosen)
        qtbot.keyClick(buttons.button("B2"), key)
        assert told == [("B2",)]

    def test_it_waits_to_be_told(self, buttons, qtbot):
        press(qtbot, buttons.button("B2"))
        assert not buttons.button("B2").isChecked()

    def test_one_is_filled(self, buttons):
        buttons.show_chosen("B2")
        buttons.show_chosen("C1")
        assert [name for name in EVERY_CLASS if buttons.button(name).isChecked()] == ["C1"]

    def test_a_filled_one_looks_different(self, buttons):
        before = buttons.button("B2").grab().toImage()
        buttons.show_chosen("B2")
        assert buttons.button("B2").grab().toImage() != before

    def test_its_name_says_the_group(self, buttons):
        assert buttons.button("A1").accessibleName() == "A1, Avoidant"


class TestChoosing:
    def test_at_first_nothing_is_chosen(self, panel):
        assert panel.draft == NO_CLASS
        assert panel.record_button.toolTip() == "Choose a class first"

    def test_a_class_fills_its_button(self, panel, qtbot):
        press(qtbot, panel.classes.button("B3"))
        assert panel.classes.button("B3").isChecked()
        assert panel.draft.primary == "B"

    def test_the_second_class_is_asked_for_where_it_is_needed(self, panel, qtbot):
        assert not panel.second.isVisible()
        assert panel._no_second.text() == "asked for with D, U, AC only"
        press(qtbot, panel.classes.button("U"))
        assert panel.second.isVisible()

    def test_the_second_class_is_chosen_by_key(self, panel, qtbot):
        press(qtbot, panel.classes.button("U"))
        qtbot.keyClick(panel.second, Qt.Key.Key_Down)
        assert panel.draft.secondary == "A1"

    @pytest.mark.parametrize("digit", range(1, 6))
    def test_a_digit_says_how_sure(self, panel, qtbot, digit):
        qtbot.keyClick(panel.confidence, str(digit))
        assert panel.draft.confidence == digit
        assert panel.confidence.point == digit

    @pytest.mark.parametrize("key", [Qt.Key.Key_Backspace, "0"])
    def test_how_sure_can_be_taken_back(self, panel, qtbot, key):
        qtbot.keyClick(panel.confidence, "3")
        qtbot.keyClick(panel.confidence, key)
        assert panel.draft.confidence == 0
        assert panel.confidence.point is None

    def test_words_are_part_of_it(self, panel, qtbot):
        qtbot.keyClicks(panel.rationale, "settles soon ")
        assert panel.draft.rationale == "settles soon"

    def test_typing_leaves_the_cursor_where_it_is(self, panel, qtbot):
        qtbot.keyClicks(panel.rationale, "settles ")
        qtbot.keyClicks(panel.rationale, "soon")
        assert panel.rationale.toPlainText() == "settles soon"


class TestD:
    @pytest.mark.parametrize(
        ("score", "words"),
        [
            (Points(3), "3, below 5: no D"),
            (Points(5), "5: you decide"),
            (Points(7), "7, above 5: D"),
            (NOT_RATED, "not rated"),
            (Missing("NA_view"), "NA_view"),
        ],
    )
    def test_the_line_says_what_the_score_means(self, panel, score, words):
        panel.show_own(None, score, locked=False)
        assert panel._d_line.text() == words

    def test_the_decision_is_asked_for_at_the_point(self, panel):
        assert not panel.decision.isVisible()
        panel.show_own(None, Points(5), locked=False)
        assert panel.decision.isVisible()

    def test_decision_and_reason_go_into_the_draft(self, panel, qtbot):
        panel.show_own(None, Points(5), locked=False)
        press(qtbot, panel.decision.button(DDecision.NO))
        qtbot.keyClicks(panel.decision.reason_field.edit, "only tired")
        assert (panel.draft.d_decision, panel.draft.d_reason) == (DDecision.NO, "only tired")

    def test_it_goes_when_the_score_falls(self, panel, qtbot):
        panel.show_own(None, Points(5), locked=False)
        press(qtbot, panel.decision.button(DDecision.NO))
        panel.show_own(None, Points(4), locked=False)
        assert panel.draft.d_decision is None


class TestFindings:
    def test_what_is_missing_is_an_error_line(self, panel, qtbot):
        press(qtbot, panel.classes.button("U"))
        assert panel.finding_lines() == ("Choose the best-fitting subgroup as the second class",)

    def test_the_button_waits_and_says_for_what(self, panel, qtbot):
        press(qtbot, panel.classes.button("U"))
        assert not panel.record_button.isEnabled()
        assert panel.record_button.toolTip() == panel.finding_lines()[0]

    def test_all_of_them_are_listed(self, panel, qtbot):
        panel.show_own(None, Points(5), locked=False)
        press(qtbot, panel.classes.button("U"))
        assert len(panel.finding_lines()) == 2

    def test_a_whole_class_has_none(self, panel, qtbot):
        press(qtbot, panel.classes.button("B3"))
        assert panel.finding_lines() == ()
        assert panel.record_button.isEnabled()


class TestRecording:
    def test_the_draft_is_told(self, panel, qtbot):
        told = asked(panel.record_wished)
        press(qtbot, panel.classes.button("B3"))
        qtbot.keyClick(panel.confidence, "4")
        qtbot.keyClicks(panel.rationale, "settles")
        press(qtbot, panel.record_button)
        assert told == [(B3,)]

    def test_an_unfinished_class_cannot_be_recorded_by_another_way(self, panel, qtbot):
        told = asked(panel.record_wished)
        press(qtbot, panel.classes.button("U"))
        panel.record()
        assert told == []

    def test_the_recorded_class_is_shown(self, panel):
        panel.show_own(B3, Points(2), locked=False)
        assert panel.draft == B3
        assert panel.rationale.toPlainText() == "settles"
        assert panel.record_button.toolTip() == "This class is recorded"

    def test_a_draft_stays_while_other_things_change(self, panel, qtbot):
        press(qtbot, panel.classes.button("B3"))
        panel.show_own(None, Points(3), locked=False)
        assert panel.draft.subgroup == "B3"

    def test_a_change_is_marked_until_it_is_recorded(self, panel, qtbot):
        panel.show_own(B3, Points(2), locked=False)
        assert panel.note() == "recorded"
        press(qtbot, panel.classes.button("B2"))
        assert panel.note() == "changed, not recorded"
        assert panel.record_button.isEnabled()

    def test_it_can_be_taken_back(self, panel, qtbot):
        assert not panel.withdraw_button.isVisible()
        panel.show_own(B3, Points(2), locked=False)
        told = asked(panel.withdraw_wished)
        press(qtbot, panel.withdraw_button)
        assert told == [()]

    def test_words_not_yet_recorded_survive_what_else_is_recorded(self, panel, qtbot):
        panel.show_own(B3, Points(2), locked=False)
        panel.rationale.setFocus()
        qtbot.keyClicks(panel.rationale, "holds on, then ")
        panel.show_own(replace(B3, disagreement="plays again"), Points(2), locked=False)
        assert panel.draft.rationale == "holds on, then settles"
        assert panel.draft.disagreement == "plays again"
        assert panel.note() == "changed, not recorded"

    def test_a_class_chosen_and_not_recorded_stays_whole(self, panel, qtbot):
        panel.show_own(B3, Points(2), locked=False)
        press(qtbot, panel.classes.button("C1"))
        panel.show_own(replace(B3, rationale="settles soon"), Points(2), locked=False)
        assert (panel.draft.primary, panel.draft.subgroup) == ("C", "C1")
        assert panel.draft.rationale == "settles soon"

    def test_undoing_leads_back_to_the_class_before(self, panel):
        panel.show_own(B3, Points(2), locked=False)
        earlier = Classification(primary="A", subgroup="A1")
        panel.show_own(earlier, Points(2), locked=False)
        assert panel.draft == earlier

    def test_once_it_is_gone_the_draft_is_empty(self, panel):
        panel.show_own(B3, Points(2), locked=False)
        panel.show_own(None, Points(2), locked=False)
        assert panel.draft == NO_CLASS


class TestLocked:
    @pytest.fixture
    def locked(self, panel):
        panel.show_own(B3, Points(5), locked=True)
        return panel

    def test_everything_is_seen(self, locked):
        assert locked.classes.button("B3").isChecked()
        assert locked.confidence.point == 4
        assert locked.note() == "read only"

    def test_what_was_never_recorded_is_not_shown_as_the_class(self, panel, qtbot):
        panel.show_own(B3, Points(2), locked=False)
        press(qtbot, panel.classes.button("C1"))
        panel.show_own(B3, Points(2), locked=True)
        assert panel.classes.button("B3").isChecked()
        assert not panel.classes.button("C1").isChecked()

    def test_nothing_is_chosen(self, locked, qtbot):
        press(qtbot, locked.classes.button("B2"))
        qtbot.keyClick(locked.confidence, "1")
        qtbot.keyClicks(locked.rationale, "no")
        press(qtbot, locked.decision.button(DDecision.YES))
        assert locked.draft == B3

    def test_there_is_nothing_to_press(self, locked):
        assert not locked.record_button.isVisible()
        assert not locked.withdraw_button.isVisible()
