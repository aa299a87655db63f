"""What is known of the visit stands beside the score of disorganization, and changes none."""

from __future__ import annotations

import pytest

from ssp_coder.domain.scale import Points
from ssp_coder.ui.disorganization.page import DPassPage
from ssp_coder.ui.kit.chip import Tag
from tests.builders import after, answer, rate
from tests.ui.rate.judged import lived, open_window, session_of


@pytest.fixture
def open_page(theme, qtbot):
    kept = []

    def opened(*edits):
        session = session_of(after(lived(), *edits))
        page = DPassPage(theme, session)
        kept.append((page, session))
        open_window(qtbot, page)
        return page, session

    return opened


def told(page):
    return [remark.id for remark in page.score.remarks.shown()]


def test_without_answers_nothing_is_remarked(open_page):
    page, _ = open_page()
    assert told(page) == []
    assert not page.score.remarks.isVisible()


def test_an_earlier_visit_is_told_with_the_kind_of_its_source(open_page):
    page, _ = open_page(answer("prior_visits", 1))
    assert told(page) == ["tested_before"]
    assert page.score.remarks.isVisible()
    (tag,) = page.score.remarks.findChildren(Tag)
    assert "Granqvist" in tag.toolTip()


def test_a_first_visit_and_an_unusual_age_are_not_told_here(open_page):
    page, _ = open_page(answer("prior_visits", 0), answer("age_months", 30))
    assert told(page) == []


def test_answers_are_followed_while_the_page_is_open(open_page):
    page, session = open_page()
    session.submit(answer("overstressed", "yes"))
    assert told(page) == ["not_cut_short"]
    session.submit(answer("prior_visits", 2))
    assert told(page) == ["tested_before", "not_cut_short"]
    session.undo()
    assert told(page) == ["not_cut_short"]
    session.undo()
    assert told(page) == []


def test_a_remark_changes_no_score(open_page):
    page, session = open_page(rate("dorg", 4), answer("prior_visits", 1))
    assert told(page) == ["tested_before"]
    assert session.coding.score("dorg") == Points(4.0)
    session.submit(answer("overstressed", "yes"))
    assert session.coding.score("dorg") == Points(4.0)


def test_the_same_remark_is_not_built_again(open_page):
    page, session = open_page(answer("prior_visits", 1))
    (line,) = page.score.remarks.findChildren(Tag)
    session.submit(answer("prior_visits", 3))
    assert page.score.remarks.findChildren(Tag) == [line]
