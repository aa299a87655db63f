from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from ssp_coder.domain.coding import Classification, DDecision
from ssp_coder.domain.finding import Finding
from ssp_coder.domain.scale import NOT_RATED, Missing, Points
from ssp_coder.rules.consistency import classification_findings
from ssp_coder.ui.disorganization.decision import DecisionForm, is_asked
from ssp_coder.ui.disorganization.findings import finding_words
from tests import builders as b
from tests.ui.rate.judged import asked, open_window

TABLE = b.infant_scheme().rules
RULE = TABLE.disorganization
B3 = Classification(primary="B", subgroup="B3")


@pytest.fixture
def form(theme, qtbot):
    form = DecisionForm(theme, RULE)
    open_window(qtbot, form, (320, 120))
    form.show_score(Points(5))
    return form


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


class TestWhenItIsAsked:
    @pytest.mark.parametrize(
        ("score", "expected"),
        [
            (Points(1), False),
            (Points(4.5), False),
            (Points(5), True),
            (Points(5.5), True),
            (Points(9), True),
            (NOT_RATED, False),
            (Missing("NA_view"), False),
        ],
    )
    def test_at_the_point_and_above_it(self, score, expected):
        assert is_asked(RULE, score) is expected

    def test_below_the_point_the_form_is_not_there(self, form):
        form.show_score(Points(4))
        assert not form.isVisible()

    def test_at_the_point_it_says_that_the_coder_decides(self, form):
        assert form._question.text() == "At 5 you decide"

    def test_above_it_offers_to_decide_against_the_score(self, form):
        form.show_score(Points(7))
        assert form._question.text() == "7 is above 5: D, unless you decide against it"


class TestAnswers:
    def test_at_first_nothing_is_decided(self, form):
        assert form.decision is None

    @pytest.mark.parametrize("decision", list(DDecision))
    def test_a_click_decides(self, form, qtbot, decision):
        told = asked(form.edited)
        press(qtbot, form.button(decision))
        assert form.decision is decision
        assert told == [()]

    def test_only_one_answer_is_on(self, form, qtbot):
        press(qtbot, form.button(DDecision.YES))
        press(qtbot, form.button(DDecision.NO))
        assert form.decision is DDecision.NO

    def test_an_answer_without_a_reason_is_an_error(self, form, qtbot):
        press(qtbot, form.button(DDecision.NO))
        assert form.reason_field.error() == "A decision needs a reason"

    def test_the_reason_takes_the_error_away(self, form, qtbot):
        press(qtbot, form.button(DDecision.NO))
        qtbot.keyClicks(form.reason_field.edit, "tired")
        assert form.reason_field.error() == ""
        assert form.reason == "tired"

    def test_blanks_are_no_reason(self, form, qtbot):
        press(qtbot, form.button(DDecision.NO))
        qtbot.keyClicks(form.reason_field.edit, "  ")
        assert form.reason == ""
        assert form.reason_field.error()

    def test_a_recorded_decision_is_shown(self, form):
        form.show_decision(DDecision.YES, "stills twice")
        assert (form.decision, form.reason) == (DDecision.YES, "stills twice")

    def test_it_can_be_shown_as_undecided_again(self, form):
        form.show_decision(DDecision.YES, "stills twice")
        form.show_decision(None, "")
        assert (form.decision, form.reason) == (None, "")

    def test_showing_is_no_editing(self, form):
        told = asked(form.edited)
        form.show_decision(DDecision.YES, "stills twice")
        assert told == []

    def test_a_locked_form_takes_no_answer(self, form, qtbot):
        form.set_locked(True)
        press(qtbot, form.button(DDecision.YES))
        assert form.decision is None
        assert form.reason_field.edit.isReadOnly()


class TestFindings:
    @pytest.mark.parametrize(
        ("own", "score", "words"),
        [
            (Classification(primary="B"), 1, "Choose a subgroup"),
            (
                Classification(primary="U"),
                1,
                "Choose the best-fitting subgroup as the second class",
            ),
            (B3, 5, "The score is 5: decide for or against D"),
            (B3, 7, "The score is above 5: choose D, or decide against it"),
            (
                replace(B3, d_decision=DDecision.NO),
                5,
                "Give a reason for the decision on D",
            ),
            (
                replace(B3, d_decision=DDecision.YES, d_reason="stills"),
                5,
                "The decision on D and the class contradict each other",
            ),
            (
                Classification(primary="D", secondary="B3"),
                3,
                "The score is below 5: rate again, or take D back",
            ),
            (replace(B3, secondary="A1"), 1, "The second class is not needed here"),
        ],
    )
    def test_each_finding_asks_for_something(self, own, score, words):
        (finding,) = classification_findings(own, TABLE, Points(score))
        assert finding_words(finding, TABLE) == words

    def test_d_without_a_score_points_to_the_d_pass(self):
        own = Classification(primary="D", secondary="B3")
        (finding,) = classification_findings(own, TABLE)
        assert finding_words(finding, TABLE) == "D without a score: rate it in the D pass"

    def test_a_finding_without_words_of_its_own_speaks_as_the_core_does(self):
        finding = Finding(code="classification.new_kind", message="a fact", remedy="do this")
        assert finding_words(finding, TABLE) == "a fact; do this"
