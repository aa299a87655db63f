"""The list of cases: what each case offers, what is next, and what is asked of the trainer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QScrollArea

from ssp_coder.domain.finding import Finding, Severity
from ssp_coder.editing.completeness import OpenWork, Step
from ssp_coder.training.packs import Stage
from ssp_coder.training.programme import Bar, CaseState
from ssp_coder.ui.kit.rail_rows import StepState
from ssp_coder.ui.language.spoken import SPOKEN
from ssp_coder.ui.training.case_panel import CaseAct, CasePanel, offers_of
from ssp_coder.ui.training.cases_page import CasesPage, next_case
from ssp_coder.ui.training.rail import CERTIFICATE, EXERCISES, ROWS, rail_rows
from ssp_coder.ui.training.words import bar_words, stage_rule, stage_title, state_words
from tests.ui.training.page_builders import (
    LONG,
    PlainDesk,
    a_case,
    an_attempt,
    programme,
    stands,
    waiting_for,
)

STUDY, CODE, SUBMIT, FEEDBACK = CaseAct.STUDY, CaseAct.CODE, CaseAct.SUBMIT, CaseAct.FEEDBACK
TO_LEARN = a_case(stage=Stage.LEARN)
MISSING = OpenWork(step=Step.RATE, finding=Finding(code="x", message="a rating is missing"))
REMARK = OpenWork(
    step=Step.CODE, finding=Finding(code="y", message="a gap", severity=Severity.NOTE)
)


@pytest.fixture
def desk():
    return PlainDesk()


@pytest.fixture
def page(theme, qtbot, desk):
    page = CasesPage(theme, desk)
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()
    return page


@pytest.fixture
def shown(page, desk):
    """Shows a stage with these cases."""

    def show(*standings, stage=Stage.PRACTICE, **fields):
        desk.programme = programme(*standings, **fields)
        page.show_stage(stage)
        return page

    return show


def heard(signal):
    told = []
    signal.connect(lambda *what: told.append(what if len(what) > 1 else what[0]))
    return told


def acts(standing, **given_):
    return [offer.act for offer in offers_of(standing, **given_)]


@pytest.mark.parametrize(
    ("standing", "offered"),
    [
        pytest.param(stands(CaseState.CLOSED, begin=Bar.STUDY_FIRST), [], id="closed"),
        pytest.param(stands(CaseState.READY), [CODE], id="ready"),
        pytest.param(stands(CaseState.BEGUN), [SUBMIT, CODE], id="begun"),
        pytest.param(stands(CaseState.SUBMITTING), [SUBMIT], id="interrupted"),
        pytest.param(stands(CaseState.WAITING, see=Bar.FORM_NOT_FINISHED), [], id="waiting"),
        pytest.param(stands(CaseState.FEEDBACK), [FEEDBACK], id="feedback ready"),
        pytest.param(stands(CaseState.DONE), [CODE, FEEDBACK], id="done, may be repeated"),
        pytest.param(stands(CaseState.DONE, begin=Bar.FORM_TAKEN), [FEEDBACK], id="done for good"),
        pytest.param(stands(CaseState.CLOSED, TO_LEARN, see=Bar.NOT_ENROLLED), [], id="no study"),
        pytest.param(stands(CaseState.READY, TO_LEARN), [STUDY], id="to be studied"),
        pytest.param(stands(CaseState.DONE, TO_LEARN), [CODE, STUDY], id="studied"),
        pytest.param(
            stands(CaseState.DONE, TO_LEARN, begin=Bar.OTHER_PACK), [STUDY], id="studied, barred"
        ),
    ],
)
def test_a_case_offers_what_can_be_done_and_nothing_else(standing, offered):
    assert acts(standing) == offered


def test_a_studied_case_that_was_coded_is_like_any_other():
    coded = stands(CaseState.FEEDBACK, TO_LEARN, attempts=(an_attempt(),))
    assert acts(coded) == [FEEDBACK]


@pytest.mark.parametrize(
    ("bar", "offered"), [(Bar.NEEDS_TRAINER, [FEEDBACK]), (Bar.FORM_NOT_FINISHED, [])]
)
def test_the_word_opens_what_waits_for_it_and_nothing_else(bar, offered):
    (waiting,) = waiting_for(bar)
    assert acts(waiting) == []
    assert acts(waiting, has_word=True) == offered


@pytest.mark.parametrize("state", list(CaseState))
@pytest.mark.parametrize("stage", list(Stage))
def test_never_more_than_one_act_is_the_main_one_and_it_comes_last(state, stage):
    offers = offers_of(stands(state, a_case(stage=stage), see=Bar.NOT_SUBMITTED))
    assert [offer for offer in offers[:-1] if offer.main] == []


class TestThePanelOfACase:
    @pytest.fixture
    def make(self, theme, qtbot):
        def panel_of(standing, *, is_next=False):
            panel = CasePanel(theme, standing)
            qtbot.addWidget(panel)
            panel.show_standing(standing, is_next=is_next)
            panel.show()
            return panel

        return panel_of

    @pytest.mark.parametrize("bar", [Bar.STUDY_FIRST, Bar.PRACTICE_FIRST, Bar.CERTIFY_FIRST])
    def test_what_is_closed_says_why(self, make, bar):
        assert bar_words(bar) in make(stands(CaseState.CLOSED, begin=bar)).state_words()

    def test_what_waits_says_for_what(self, make):
        (waiting,) = waiting_for(Bar.NEEDS_TRAINER)
        assert bar_words(Bar.NEEDS_TRAINER) in make(waiting).state_words()

    def test_repeats_are_told_with_what_counts(self, make):
        words = make(stands(CaseState.DONE, attempts=(an_attempt(1), an_attempt(2)))).state_words()
        assert "2 attempts, the first counts" in words

    def test_one_attempt_is_not_counted_aloud(self, make):
        words = make(stands(CaseState.DONE, attempts=(an_attempt(),))).state_words()
        assert "attempt" not in words

    def test_a_screen_reader_hears_title_and_state(self, make):
        panel = make(stands(CaseState.BEGUN))
        assert panel.accessibleName() == "Session 01: begun"

    def test_each_button_says_of_which_case_it_is(self, make):
        panel = make(stands(CaseState.BEGUN))
        names = [button.accessibleName() for button in panel.buttons.values()]
        assert all(name.endswith("Session 01") for name in names)
        assert len(set(names)) == 2

    @pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
    def test_a_button_works_by_key(self, make, key):
        panel = make(stands(CaseState.READY))
        wanted = heard(panel.act_wanted)
        QTest.keyClick(panel.buttons[CODE], key)
        assert wanted == [(CODE, panel.standing.case)]

    def test_the_keyboard_stays_on_the_main_act_when_the_state_changes(self, make, qtbot):
        panel = make(stands(CaseState.READY), is_next=True)
        panel.activateWindow()
        panel.buttons[CODE].setFocus()
        qtbot.waitUntil(panel.buttons[CODE].hasFocus)
        panel.show_standing(stands(CaseState.FEEDBACK), is_next=True)
        assert panel.buttons[FEEDBACK].hasFocus()

    def test_the_same_state_again_leaves_the_buttons_alone(self, make):
        panel = make(stands(CaseState.BEGUN))
        before = dict(panel.buttons)
        panel.show_standing(stands(CaseState.BEGUN), is_next=False)
        assert panel.buttons == before

    def test_buttons_that_went_away_are_seen_no_more(self, make):
        panel = make(stands(CaseState.BEGUN))
        gone = panel.buttons[SUBMIT]
        panel.show_standing(stands(CaseState.CLOSED, begin=Bar.OTHER_PACK), is_next=False)
        assert panel.buttons == {}
        assert not gone.isVisible()

    def test_a_long_title_leaves_the_buttons_in_the_page(self, shown, qtbot):
        page = shown(stands(CaseState.BEGUN, a_case(title=LONG)))
        button = page.panels["c01"].buttons[CODE]
        qtbot.waitUntil(lambda: button.width() >= button.sizeHint().width())
        assert button.mapTo(page, button.rect().bottomRight()).x() < page.width()


class TestWhatIsNext:
    def test_an_interrupted_submission_comes_before_everything(self):
        one, two, three = (a_case(f"c{n:02d}") for n in (1, 2, 3))
        all_three = programme(
            stands(CaseState.READY, one),
            stands(CaseState.FEEDBACK, two),
            stands(CaseState.SUBMITTING, three),
        )
        assert next_case(all_three, Stage.PRACTICE).case is three

    @pytest.mark.parametrize("state", [CaseState.CLOSED, CaseState.WAITING, CaseState.DONE])
    def test_nothing_is_next_where_nothing_can_be_done(self, state):
        assert next_case(programme(stands(state)), Stage.PRACTICE) is None

    def test_other_stages_are_left_aside(self):
        assert next_case(programme(stands(CaseState.READY)), Stage.TEST) is None

    def test_a_hidden_recheck_is_never_next(self):
        hidden = stands(CaseState.READY, a_case(stage=Stage.UPKEEP), hidden=True)
        assert next_case(programme(hidden), Stage.UPKEEP) is None

    @given(st.lists(st.sampled_from(list(CaseState)), max_size=12))
    def test_of_equal_states_the_earlier_case_is_next(self, states):
        standings = [stands(one, a_case(f"c{n:02d}")) for n, one in enumerate(states)]
        coming = next_case(programme(*standings), Stage.PRACTICE)
        if coming is None:
            assert set(states) <= {CaseState.CLOSED, CaseState.WAITING, CaseState.DONE}
        else:
            assert coming is next(one for one in standings if one.state is coming.state)


class TestThePage:
    def test_without_a_programme_it_is_empty_and_says_so(self, page):
        page.refresh()
        assert page.panels == {}
        assert not page.submitting.isVisible()

    @pytest.mark.parametrize("stage", list(Stage))
    def test_every_stage_tells_its_rule(self, shown, stage):
        said = [label.text() for label in shown(stage=stage).findChildren(QLabel)]
        assert stage_title(stage) in said
        assert stage_rule(stage) in said

    def test_panels_stay_where_they_are_while_the_cases_are_the_same(self, shown):
        page = shown(stands(CaseState.READY))
        panel = page.panels["c01"]
        shown(stands(CaseState.BEGUN))
        assert page.panels["c01"] is panel
        assert panel.state_words() == "begun"

    def test_the_keyboard_goes_to_what_is_next(self, shown, qtbot):
        page = shown(stands(CaseState.DONE, a_case("c01")), stands(CaseState.READY, a_case("c02")))
        page.activateWindow()
        page.focus_next()
        qtbot.waitUntil(page.panels["c02"].buttons[CODE].hasFocus)

    def test_with_nothing_next_the_keyboard_stays(self, shown):
        page = shown(stands(CaseState.CLOSED, begin=Bar.STUDY_FIRST))
        page.focus_next()
        assert not any(p.is_next for p in page.panels.values())

    def test_of_a_hundred_cases_none_is_squeezed_and_the_rest_scroll(self, shown, qtbot):
        standings = [stands(CaseState.READY, a_case(f"c{n:03d}")) for n in range(100)]
        panels = list(shown(*standings).panels.values())
        bar = shown(*standings).findChild(QScrollArea).verticalScrollBar()
        qtbot.waitUntil(lambda: bar.maximum() > 0)
        assert min(panel.height() for panel in panels) >= panels[0].minimumSizeHint().height() > 20

    def test_a_release_is_asked_for_only_where_one_helps(self, shown):
        page = shown(*waiting_for(Bar.FORM_NOT_FINISHED), stage=Stage.TEST)
        assert page.release.isVisible()
        assert not page.word.isVisible()
        shown(stands(CaseState.READY, a_case(stage=Stage.TEST)), stage=Stage.TEST)
        assert not page.release.isVisible()
        shown(stands(CaseState.READY))
        assert not page.release.isVisible()

    def test_the_word_is_not_readable_and_goes_once_it_was_given(self, shown):
        page = shown(*waiting_for(Bar.NEEDS_TRAINER), stage=Stage.TEST)
        given_ = heard(page.word_given)
        QTest.keyClicks(page.word.edit, " heron under glass ")
        assert "heron" not in page.word.edit.displayText()
        QTest.keyClick(page.word.edit, Qt.Key.Key_Return)
        assert given_ == ["heron under glass"]
        assert page.word.text() == ""

    @pytest.mark.parametrize("typed", ["", "   "])
    def test_no_word_is_not_given(self, shown, typed):
        page = shown(*waiting_for(Bar.NEEDS_TRAINER), stage=Stage.TEST)
        given_ = heard(page.word_given)
        QTest.keyClicks(page.word.edit, typed)
        QTest.keyClick(page.word.edit, Qt.Key.Key_Return)
        assert given_ == []

    def test_after_the_word_the_feedback_is_offered(self, shown, desk):
        page = shown(*waiting_for(Bar.NEEDS_TRAINER), stage=Stage.TEST)
        page.word_given.connect(lambda word: setattr(desk, "word", word))
        QTest.keyClicks(page.word.edit, "heron")
        QTest.keyClick(page.word.edit, Qt.Key.Key_Return)
        assert set(page.panels["c01"].buttons) == {FEEDBACK}

    def test_disputes_can_be_exported_once_there_are_any(self, shown, desk):
        assert not shown(stands()).disputes.isVisible()
        desk.said_anything = True
        page = shown(stands())
        asked = []
        page.disputes_wanted.connect(lambda: asked.append(True))
        QTest.mouseClick(page.disputes, Qt.MouseButton.LeftButton)
        assert asked == [True]

    def test_german_is_spoken_in_every_state(self, shown):
        english = {state_words(state) for state in CaseState} | {bar_words(bar) for bar in Bar}
        SPOKEN.speak("de")
        try:
            german = {state_words(state) for state in CaseState} | {bar_words(bar) for bar in Bar}
            page = shown(stands(CaseState.READY))
            assert page.panels["c01"].buttons[CODE].text() == "Fall kodieren"
        finally:
            SPOKEN.speak("en")
        assert english.isdisjoint(german)


class TestTheQuestionBeforeASubmission:
    @pytest.fixture
    def asking(self, shown):
        return shown(stands(CaseState.BEGUN))

    def test_with_nothing_missing_enter_submits(self, asking, qtbot):
        wanted = heard(asking.submit_wanted)
        asking.activateWindow()
        asking.ask(a_case(), ())
        qtbot.waitUntil(asking.submitting.submit.hasFocus)
        QTest.keyClick(asking.submitting.submit, Qt.Key.Key_Return)
        assert wanted == [a_case()]
        assert not asking.submitting.isVisible()

    def test_what_is_missing_is_counted_and_enter_goes_on_coding(self, asking, qtbot):
        submitted, acts_ = heard(asking.submit_wanted), heard(asking.act_wanted)
        asking.activateWindow()
        asking.ask(a_case(), (MISSING,))
        qtbot.waitUntil(asking.submitting.back.hasFocus)
        assert "Not done yet: 1" in said_in(asking.submitting)
        QTest.keyClick(asking.submitting.back, Qt.Key.Key_Return)
        assert (submitted, acts_) == ([], [(CODE, a_case())])

    def test_a_note_keeps_nobody_from_submitting(self, asking):
        asking.ask(a_case(), (REMARK,))
        assert not asking.submitting.list.isVisible()
        assert asking.submitting.submit.text() == "Submit"

    def test_not_now_leaves_everything(self, asking):
        submitted, acts_ = heard(asking.submit_wanted), heard(asking.act_wanted)
        asking.ask(a_case(), (MISSING,))
        asking.submitting.later.click()
        assert (submitted, acts_) == ([], [])
        assert not asking.submitting.isVisible()

    def test_a_line_that_is_missing_leads_to_the_coding(self, asking):
        acts_ = heard(asking.act_wanted)
        asking.ask(a_case(), (MISSING,))
        work = asking.submitting.list
        work.setCurrentRow(work.count() - 1)
        QTest.keyClick(work, Qt.Key.Key_Return)
        assert acts_ == [(CODE, a_case())]

    def test_what_was_missing_is_not_listed_again_when_it_is_done(self, asking):
        asking.ask(a_case(), (MISSING,))
        asking.ask(a_case(), ())
        assert "Nothing is missing." in said_in(asking.submitting)
        assert asking.submitting.submit.text() == "Submit"

    def test_the_answer_for_another_stage_is_not_asked_here(self, asking):
        asking.ask(a_case(stage=Stage.TEST), ())
        assert not asking.submitting.isVisible()

    def test_who_went_to_another_stage_is_asked_no_more(self, asking):
        asking.ask(a_case(), ())
        asking.show_stage(Stage.LEARN)
        asking.show_stage(Stage.PRACTICE)
        assert not asking.submitting.isVisible()

    def test_who_left_the_page_is_asked_no_more(self, asking):
        asking.ask(a_case(), ())
        asking.hide()
        asking.show()
        assert not asking.submitting.isVisible()

    def test_an_answer_that_comes_after_the_page_was_left_asks_nothing(self, asking):
        asking.hide()
        asking.ask(a_case(), ())
        asking.show()
        assert not asking.submitting.isVisible()

    def test_five_thousand_missing_things_keep_the_buttons_on_the_page(self, asking):
        many = tuple(
            OpenWork(step=Step.CODE, finding=Finding(code="x", message=f"thing {n}"))
            for n in range(5000)
        )
        asking.ask(a_case(), many)
        assert asking.submitting.list.height() < asking.height()
        assert "Not done yet: 5000" in said_in(asking.submitting)


def said_in(widget):
    return [label.text() for label in widget.findChildren(QLabel)]


class TestTheRail:
    def rows(self, *standings, due=None, **fields):
        return {row.id: row for row in rail_rows(programme(*standings, **fields), due or {})}

    def test_every_row_is_there_in_its_order(self):
        assert [row.id for row in rail_rows(programme(), {})] == list(ROWS)

    def test_a_stage_without_cases_has_no_count(self):
        row = self.rows()[Stage.UPKEEP]
        assert (row.detail, row.state) == ("", StepState.OPEN)

    @pytest.mark.parametrize(
        ("states", "state", "detail"),
        [
            ((CaseState.READY, CaseState.CLOSED), StepState.OPEN, "0/2"),
            ((CaseState.BEGUN, CaseState.CLOSED), StepState.HALF, "0/2"),
            ((CaseState.DONE, CaseState.READY), StepState.HALF, "1/2"),
            ((CaseState.DONE, CaseState.DONE), StepState.DONE, "2/2"),
        ],
        ids=["open", "begun", "half", "done"],
    )
    def test_a_stage_tells_how_far_it_is(self, states, state, detail):
        cases = [stands(one, a_case(f"c{n:02d}")) for n, one in enumerate(states)]
        row = self.rows(*cases)[Stage.PRACTICE]
        assert (row.state, row.detail) == (state, detail)

    def test_a_test_is_done_when_it_was_handed_in(self):
        row = self.rows(*waiting_for(Bar.NEEDS_TRAINER, Bar.NEEDS_TRAINER))[Stage.TEST]
        assert (row.state, row.detail) == (StepState.DONE, "2/2")

    def test_rechecks_not_handed_out_are_not_counted(self):
        hidden = stands(CaseState.READY, a_case(stage=Stage.UPKEEP), hidden=True)
        assert self.rows(hidden)[Stage.UPKEEP].detail == ""

    def test_only_a_certificate_marks_the_row_as_done(self):
        assert self.rows()[CERTIFICATE].state is StepState.OPEN
        assert self.rows(certified=object())[CERTIFICATE].state is StepState.DONE

    def test_nothing_due_is_said_by_nothing(self):
        assert self.rows(due={"a": 0})[EXERCISES].detail == ""
        assert self.rows(due={"a": 4, "b": 1})[EXERCISES].detail == "5 due"
