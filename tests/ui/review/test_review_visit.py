"""What is known of the visit is a note on the Review page and keeps nothing open."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ssp_coder.ui.review.page import ReviewPage
from tests.builders import after, answer, coding
from tests.ui.pages import session_of


def shown(theme, qtbot, *edits):
    page = ReviewPage(theme, session_of(after(coding(), *edits)))
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    return page


def lines(page):
    return [page.work.item(row) for row in range(page.work.count())]


def test_an_earlier_visit_is_listed_as_a_note_with_its_source(theme, qtbot):
    page = shown(theme, qtbot, answer("prior_visits", 1))
    (line,) = [item for item in lines(page) if "tested before" in item.text()]
    spoken = line.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("D pass: ")
    assert spoken.endswith("a note")
    assert "Granqvist" in line.toolTip()


def test_open_questions_are_not_missing(theme, qtbot):
    page = shown(theme, qtbot)
    assert not [item for item in lines(page) if "visit" in item.text().lower()]


def test_a_remark_does_not_count_as_missing(theme, qtbot):
    def missing(page):
        return page._missing.note().split()[0]

    assert missing(shown(theme, qtbot)) == missing(shown(theme, qtbot, answer("prior_visits", 1)))
