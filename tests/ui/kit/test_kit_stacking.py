"""Pages in a narrow window: columns one under the other, nothing squashed or cut off."""

import pytest
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QWidget

from ssp_coder.domain.coding import Classification
from ssp_coder.editing.edits import Classify
from ssp_coder.formats.export import FORMATS
from ssp_coder.ui.classify.page import ClassifyPage
from ssp_coder.ui.disorganization.page import DPassPage
from ssp_coder.ui.export.page import ExportPage
from ssp_coder.ui.export.titles import TITLES
from ssp_coder.ui.kit.stacking import STACKED_BELOW_PX, is_narrow, stand
from ssp_coder.ui.review.page import ReviewPage
from tests import builders as b
from tests.ui.rate.judged import open_window, rated_all, session_of

DOWN, BESIDE = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
PAGES = (ClassifyPage, DPassPage, ExportPage, ReviewPage)
B3 = Classification(primary="B", subgroup="B3")


@pytest.fixture
def shown_page(theme, qtbot):
    kept = []

    def shown(kind, width, height):
        session = session_of(b.after(rated_all(), Classify(classification=B3)))
        page = kind(theme, session)
        kept.append(session)
        return open_window(qtbot, page, (width, height))

    return shown


def test_the_limit_follows_the_size_of_the_letters():
    assert is_narrow(STACKED_BELOW_PX - 1, int)
    assert not is_narrow(STACKED_BELOW_PX, int)
    assert is_narrow(STACKED_BELOW_PX, lambda px: int(2 * px))


def test_a_row_stands_and_lies_again(qapp):
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.addWidget(QLabel("one"))
    stand(row, stacked=True)
    assert row.direction() == DOWN
    stand(row, stacked=False)
    assert row.direction() == BESIDE


@pytest.mark.parametrize("kind", PAGES)
def test_columns_stand_side_by_side_where_there_is_room(shown_page, kind):
    page = shown_page(kind, 1200, 900)
    assert page._row.direction() == BESIDE


@pytest.mark.parametrize("kind", PAGES)
def test_columns_stand_under_one_another_in_a_narrow_window_and_back(shown_page, kind):
    page = shown_page(kind, 600, 1600)
    assert page._row.direction() == DOWN
    page.resize(1200, 900)
    assert page._row.direction() == BESIDE


def test_class_buttons_keep_their_height_when_stacked(shown_page, theme):
    page = shown_page(ClassifyPage, 600, 900)
    button = page.own_class.classes.button("B3")
    assert button.height() >= button.sizeHint().height()
    assert page.own_class.width() > theme.px(400)


def test_the_own_class_is_as_narrow_as_before_side_by_side(shown_page, theme):
    page = shown_page(ClassifyPage, 600, 900)
    page.resize(1100, 900)
    assert page.own_class.width() == theme.px(304)


def test_the_form_of_an_index_keeps_its_fields_when_stacked(shown_page):
    page = shown_page(DPassPage, 600, 1400)
    form = page.form
    for field in (form.start, form.end, form.note_field):
        assert field.height() >= field.sizeHint().height()
    assert form.end.mapTo(form, form.end.rect().bottomLeft()).y() < form.height()


def test_start_and_end_stand_in_one_line_where_there_is_room(shown_page):
    page = shown_page(DPassPage, 1300, 900)
    form = page.form
    tops = {field.mapTo(form, field.rect().topLeft()).y() for field in (form.start, form.end)}
    assert len(tops) == 1


def test_every_table_of_an_export_has_its_title():
    assert {form.id: form.title for form in FORMATS} == dict(TITLES)
