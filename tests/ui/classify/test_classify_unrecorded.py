"""A class that was chosen and not recorded is not lost, and the keyboard finds the chosen one."""

from dataclasses import replace

import pytest

from ssp_coder.domain.coding import Classification, IntervalMark
from ssp_coder.editing.edits import Classify, LockCoding, MarkInterval, UnlockCoding
from ssp_coder.ui.classify.page import ClassifyPage
from tests import builders as b
from tests.ui.rate.judged import open_window, rated, rated_all, session_of

B3 = Classification(primary="B", subgroup="B3")


@pytest.fixture
def open_page(theme, qtbot):
    kept = []

    def opened(coding=None):
        session = session_of(coding or rated_all())
        page = ClassifyPage(theme, session)
        kept.append((page, session))
        open_window(qtbot, page)
        return page, session

    return opened


def choose(page, name):
    page.own_class.classes.button(name).click()


class TestHolding:
    def test_nothing_is_held_before_a_choice(self, open_page):
        page, _ = open_page()
        assert page.unrecorded() is None

    def test_a_choice_is_held_until_it_is_recorded(self, open_page):
        page, session = open_page()
        choose(page, "B2")
        assert page.unrecorded().record()
        assert session.coding.classification.subgroup == "B2"
        assert page.unrecorded() is None

    def test_a_reason_alone_is_held_and_cannot_be_recorded(self, open_page):
        page, _ = open_page()
        page.own_class.rationale.setPlainText("settles at once")
        assert page.unrecorded().record is None

    def test_discarding_goes_back_to_what_is_recorded(self, open_page):
        page, _ = open_page(b.after(rated_all(), Classify(classification=B3)))
        choose(page, "C1")
        page.unrecorded().discard()
        assert page.own_class.draft == B3
        assert page.unrecorded() is None

    def test_a_page_in_the_background_knows_what_was_recorded_meanwhile(self, open_page):
        page, session = open_page()
        page.hide()
        session.submit(Classify(classification=B3))
        assert page.unrecorded() is None

    def test_a_score_that_takes_the_decision_away_is_nothing_the_coder_did(self, open_page):
        decided = replace(B3, d_reason="brief")
        page, session = open_page(b.after(rated(dorg=5), Classify(classification=decided)))
        session.submit(b.rate("dorg", 2))
        assert page.unrecorded() is None


class TestLocking:
    def test_the_draft_comes_back_with_the_unlocking(self, open_page):
        page, session = open_page(b.after(rated_all(), Classify(classification=B3)))
        choose(page, "C1")
        session.submit(LockCoding())
        assert page.own_class.draft == B3
        assert page.own_class.note() == "read only, change kept"
        assert page.unrecorded().record is None
        session.submit(UnlockCoding(reason="slip"), reason="slip")
        assert page.own_class.draft.subgroup == "C1"
        assert page.unrecorded().record is not None

    def test_a_draft_begun_on_a_page_behind_comes_back_too(self, open_page):
        page, session = open_page()
        choose(page, "B2")
        page.hide()
        session.submit(LockCoding())
        assert page.unrecorded() is not None
        session.submit(UnlockCoding(reason="slip"), reason="slip")
        page.show()
        assert page.own_class.draft.subgroup == "B2"

    def test_discarded_while_locked_it_is_gone(self, open_page):
        page, session = open_page(b.after(rated_all(), Classify(classification=B3)))
        choose(page, "C1")
        session.submit(LockCoding())
        page.unrecorded().discard()
        assert page.unrecorded() is None
        session.submit(UnlockCoding(reason="slip"), reason="slip")
        assert page.own_class.draft == B3

    def test_without_a_draft_the_panel_says_only_read_only(self, open_page):
        page, session = open_page(b.after(rated_all(), Classify(classification=B3)))
        session.submit(LockCoding())
        assert page.own_class.note() == "read only"


class TestKeyboard:
    def test_it_stands_on_the_chosen_class(self, open_page):
        page, _ = open_page(b.after(rated_all(), Classify(classification=B3)))
        assert page.focusWidget() is page.own_class.classes.button("B3")

    def test_it_stands_on_the_first_class_where_none_is_chosen(self, open_page):
        page, _ = open_page()
        first = b.infant_scheme().rules.subgroups()[0]
        assert page.focusWidget() is page.own_class.classes.button(first)


def test_intervals_marked_directly_are_seen_by_the_table_at_once(open_page, monkeypatch):
    shown = []
    page, session = open_page(b.after(rated_all(), Classify(classification=B3)))
    monkeypatch.setattr(page.bands, "show_fits", lambda verdict, _own: shown.append(verdict))
    measure = next(m for m in b.infant_scheme().ethogram.measures if m.id == "crying")
    mark = IntervalMark(
        episode="EP5", measure=measure.id, subject=measure.subjects[0], interval=0, seen=True
    )
    assert session.submit(MarkInterval(mark=mark))
    assert len(shown) == 1
