"""The questions about the visit on the Prepare page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from ssp_coder.editing.document import Document
from ssp_coder.editing.edits import ClearVisit, LockCoding
from ssp_coder.ui.prepare.answers import AnswerChoice, AnswerField
from ssp_coder.ui.prepare.panel import EPISODES_PART, VISIT_PART, PreparePanel
from ssp_coder.ui.prepare.rule_words import length_rule_details, length_rule_words
from ssp_coder.ui.session import OpenSession
from ssp_coder.ui.text import edit_words
from tests.builders import after, answer, coding, infant_scheme
from tests.ui.pages import session_of

AGE, CAREGIVER, EARLIER = "age_months", "caregiver_in_visit", "prior_visits"
CRYING, STRESSED, NOTE = "cry_before_end", "overstressed", "overstress_note"


def shown(theme, qtbot, session):
    panel = PreparePanel(theme, session)
    panel.session = session
    qtbot.addWidget(panel)
    panel.resize(600, 460)
    panel.show()
    panel.show_part(VISIT_PART)
    return panel


@pytest.fixture
def panel(theme, qtbot):
    return shown(theme, qtbot, session_of())


def row(panel, field):
    return next(row for row in panel.visit.rows if row.field.id == field)


def control(panel, field, episode=None):
    return row(panel, field).answers[episode]


def stop_of(widget):
    return widget.line.edit if isinstance(widget, AnswerField) else widget


def typed(panel, field, text, episode=None):
    line = control(panel, field, episode).line
    line.edit.setText(text)
    QTest.keyClick(line.edit, Qt.Key.Key_Return)


def choose(panel, field, words):
    choice = control(panel, field)
    choice.setFocus()
    choice.setCurrentIndex(choice.findText(words))
    choice.activated.emit(choice.currentIndex())


def value(panel, field, episode=None):
    found = panel.session.coding.visit_answer(field, episode)
    return None if found is None else found.value


def test_episodes_are_shown_first_and_the_visit_is_one_click_away(theme, qtbot):
    panel = PreparePanel(theme, session_of())
    qtbot.addWidget(panel)
    panel.show()
    assert panel.chooser.chosen() == EPISODES_PART
    assert not panel.visit.isVisible()
    panel.chooser.part(VISIT_PART).click()
    assert panel.visit.isVisible()
    assert panel.chooser.chosen() == VISIT_PART
    panel.chooser.part(EPISODES_PART).click()
    assert not panel.visit.isVisible()


def test_the_title_says_how_many_questions_have_an_answer(panel):
    assert panel.note() == "0 of 8 answered; may stay open"
    typed(panel, AGE, "13")
    typed(panel, CRYING, "20", "EP4")
    typed(panel, CRYING, "30", "EP6")
    assert panel.note() == "2 of 8 answered; may stay open"


def test_a_procedure_that_asks_nothing_has_no_visit_to_choose(theme, qtbot):
    scheme = infant_scheme()
    silent = replace(scheme, procedure=replace(scheme.procedure, visit_fields=()))
    panel = PreparePanel(theme, OpenSession(Document(coding=coding(), scheme=silent)))
    qtbot.addWidget(panel)
    panel.show_part(VISIT_PART)
    assert panel.visit is None
    assert panel.chooser is None
    assert panel._parts.currentIndex() == 0


def test_a_number_is_recorded_when_it_was_typed(panel):
    typed(panel, AGE, " 013 ")
    assert value(panel, AGE) == 13
    assert control(panel, AGE).line.text() == "13"


def test_leaving_a_field_records_it_once(panel, qtbot):
    line = control(panel, EARLIER).line
    line.edit.setFocus()
    line.edit.setText("1")
    control(panel, AGE).line.edit.setFocus()
    qtbot.waitUntil(lambda: value(panel, EARLIER) == 1, timeout=5000)
    assert panel.session.document.history.last_seq == 1


def test_zero_is_recorded_and_an_emptied_field_is_left_open_again(panel):
    typed(panel, EARLIER, "0")
    assert value(panel, EARLIER) == 0
    typed(panel, EARLIER, "")
    assert panel.session.coding.visit == ()
    assert panel.session.document.history.last_seq == 2


def test_an_empty_field_that_stays_empty_is_no_edit(panel):
    typed(panel, EARLIER, "  ")
    assert panel.session.document.history.last_seq == 0


@pytest.mark.parametrize("text", ["abc", "-1", "1.5", "121", "1e2", "\u0663", "9" * 30])
def test_what_is_no_number_of_the_range_stays_and_is_told(panel, text):
    typed(panel, AGE, text)
    assert panel.session.coding.visit == ()
    assert control(panel, AGE).line.text() == text
    assert row(panel, AGE).problem.text() == "Write a whole number from 0 to 120"
    assert row(panel, AGE).problem.isVisible()
    assert control(panel, AGE).line.error()


def test_a_corrected_number_takes_the_complaint_away(panel):
    typed(panel, AGE, "abc")
    typed(panel, AGE, "14")
    assert not row(panel, AGE).problem.isVisible()
    assert control(panel, AGE).line.error() == ""
    assert value(panel, AGE) == 14


def test_the_complaint_about_one_episode_outlives_a_good_answer_in_another(panel):
    typed(panel, CRYING, "long", "EP4")
    typed(panel, CRYING, "25", "EP6")
    assert row(panel, CRYING).problem.isVisible()
    assert control(panel, CRYING, "EP4").problem()
    typed(panel, CRYING, "", "EP4")
    assert not row(panel, CRYING).problem.isVisible()


def test_an_answer_elsewhere_leaves_what_cannot_be_taken_where_it_is(panel):
    typed(panel, AGE, "abc")
    typed(panel, EARLIER, "1")
    assert control(panel, AGE).line.text() == "abc"
    assert row(panel, AGE).problem.isVisible()


def test_a_choice_is_recorded_and_its_first_line_leaves_it_open(panel):
    choose(panel, CAREGIVER, "Father")
    assert value(panel, CAREGIVER) == "father"
    choose(panel, CAREGIVER, "not answered")
    assert value(panel, CAREGIVER) is None
    assert panel.session.document.history.last_seq == 2


def test_choosing_what_is_chosen_is_no_edit(panel):
    choose(panel, CAREGIVER, "not answered")
    choose(panel, CAREGIVER, "Mother")
    choose(panel, CAREGIVER, "Mother")
    assert panel.session.document.history.last_seq == 1


def test_yes_and_no_are_both_answers(panel):
    choose(panel, STRESSED, "No")
    assert value(panel, STRESSED) == "no"
    choose(panel, STRESSED, "Yes")
    assert value(panel, STRESSED) == "yes"


def test_a_note_is_recorded(panel):
    typed(panel, NOTE, "cried hard")
    assert value(panel, NOTE) == "cried hard"


def test_each_episode_has_a_field_of_its_own(panel):
    assert list(row(panel, CRYING).answers) == ["EP4", "EP6", "EP7"]
    typed(panel, CRYING, "25", "EP6")
    assert value(panel, CRYING, "EP6") == 25
    assert control(panel, CRYING, "EP4").line.text() == ""


def test_undo_and_redo_are_followed(panel):
    typed(panel, AGE, "13")
    choose(panel, CAREGIVER, "Father")
    panel.session.undo()
    assert control(panel, CAREGIVER).currentText() == "not answered"
    panel.session.undo()
    assert control(panel, AGE).line.text() == ""
    panel.session.redo()
    assert control(panel, AGE).line.text() == "13"


def test_answers_that_are_there_are_shown(theme, qtbot):
    start = after(
        coding(), answer(EARLIER, 2), answer(CAREGIVER, "other"), answer(CRYING, 40, "EP7")
    )
    panel = shown(theme, qtbot, session_of(start))
    assert control(panel, EARLIER).line.text() == "2"
    assert control(panel, CAREGIVER).currentText() == "Other"
    assert control(panel, CRYING, "EP7").line.text() == "40"


def test_an_earlier_visit_is_remarked_at_once_with_its_source(panel):
    assert not row(panel, EARLIER).remarks.isVisible()
    typed(panel, EARLIER, "1")
    remarks = row(panel, EARLIER).remarks
    assert remarks.isVisible()
    assert [remark.id for remark in remarks.shown()] == ["tested_before"]
    typed(panel, EARLIER, "0")
    assert not remarks.isVisible()


def test_an_unusual_age_is_remarked_and_taken(panel):
    typed(panel, AGE, "30")
    assert value(panel, AGE) == 30
    assert [r.id for r in row(panel, AGE).remarks.shown()] == ["age_outside"]


def test_a_locked_coding_shows_answers_and_takes_none(theme, qtbot):
    panel = shown(theme, qtbot, session_of(after(coding(), answer(AGE, 13), LockCoding())))
    assert control(panel, AGE).line.edit.isReadOnly()
    assert not control(panel, CAREGIVER).isEnabled()
    typed(panel, AGE, "14")
    assert value(panel, AGE) == 13


def test_locking_while_it_is_open_closes_the_fields(panel):
    panel.session.submit(LockCoding())
    assert control(panel, EARLIER).line.edit.isReadOnly()


def test_every_control_has_a_name_that_says_its_question(panel):
    names = []
    for line in panel.visit.rows:
        for episode, widget in line.answers.items():
            name = stop_of(widget).accessibleName()
            assert str(line.field.title) in name
            assert episode is None or episode in name
            names.append(name)
    assert len(names) == len(set(names)) == 10


def test_the_keyboard_reaches_every_control_in_order(panel, qtbot):
    stops = [stop_of(widget) for line in panel.visit.rows for widget in line.answers.values()]
    stops[0].setFocus()
    qtbot.waitUntil(lambda: stops[0].hasFocus(), timeout=5000)
    for stop in stops[1:]:
        QTest.keyClick(panel.window().focusWidget(), Qt.Key.Key_Tab)
        assert stop.hasFocus()


def test_controls_are_of_the_kind_of_their_question(panel):
    kinds = {
        line.field.id: type(widget) for line in panel.visit.rows for widget in line.answers.values()
    }
    assert kinds[AGE] is kinds[CRYING] is kinds[NOTE] is AnswerField
    assert kinds[CAREGIVER] is kinds[STRESSED] is AnswerChoice


def test_all_questions_fit_without_being_cut_at_the_side(panel):
    assert panel.visit.widget().width() <= panel.visit.viewport().width()
    for edit in panel.visit.findChildren(QLineEdit):
        right = edit.mapTo(panel.visit.viewport(), edit.rect().topRight()).x()
        assert right <= panel.visit.viewport().width()


def test_undo_names_the_question(panel):
    scheme = infant_scheme()
    assert edit_words(answer(EARLIER, 1), scheme) == "Earlier visits"
    assert edit_words(ClearVisit(field=EARLIER), scheme) == "clearing of Earlier visits"


def test_the_rules_of_length_stand_with_the_episode_they_concern(panel):
    panel.show_part(EPISODES_PART)
    panel.choose("EP4")
    assert "A full minute of crying, 1:00; Shorter rule of many labs, 0:20 to 0:30" in (
        panel._about.text()
    )
    assert "Waters 2002" in panel._about.toolTip()
    panel.choose("EP2")
    assert "Rules" not in panel._about.text()
    assert panel._about.toolTip() == ""


def test_a_rule_without_a_time_is_told_by_its_title():
    rules = {rule.id: rule for rule in infant_scheme().procedure.length_rules}
    assert length_rule_words(rules["comfort_first"]) == "Comfort before the second separation"
    details = length_rule_details(rules["hard_crying_short"]).splitlines()
    assert details == [
        "Shorter rule of many labs, 0:20 to 0:30",
        "Hard crying.",
        "The lab sets the time; sometimes the caregiver decides.",
        "literature, unverified: Practice of many labs; original text not checked (confidence 0.8)",
    ]
