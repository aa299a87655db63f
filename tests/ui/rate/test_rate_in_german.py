"""The rating page in German and in half points, where words and rows are widest."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel

from ssp_coder.catalog.half_points import in_half_points
from ssp_coder.domain.speaking import spoken_in
from ssp_coder.ui.rate.table import RatingTable
from ssp_coder.ui.rate.tabs import rating_tabs
from ssp_coder.ui.rate.words import place_name
from tests.builders import infant_scheme

LANGUAGES = ("en", "de")
ROOM_FOR_THE_TABLE_PX = 815


@pytest.fixture
def table_of(theme, qtbot):
    held = []

    def make(scheme, tab=0):
        table = RatingTable(theme, scheme, rating_tabs(scheme)[tab])
        qtbot.addWidget(table)
        table.resize(theme.px(ROOM_FOR_THE_TABLE_PX), theme.px(600))
        table.show()
        qtbot.waitExposed(table)
        held.append(table)
        return table

    return make


def names_in(table, scheme):
    titles = {str(one.title) for one in scheme.scales}
    return [label for label in table.findChildren(QLabel) if label.text() in titles]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tab", range(len(rating_tabs(infant_scheme()))))
def test_no_word_of_a_scales_name_is_cut(table_of, language, tab):
    scheme = spoken_in(infant_scheme(), language)
    labels = names_in(table_of(scheme, tab), scheme)
    assert labels
    for label in labels:
        measure = QFontMetrics(label.font())
        assert all(measure.horizontalAdvance(w) <= label.width() for w in label.text().split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_reunions_in_half_points_need_no_scrolling_sideways(table_of, language):
    scheme = in_half_points(spoken_in(infant_scheme(), language))
    assert table_of(scheme).horizontalScrollBar().maximum() == 0


def test_a_half_point_chosen_by_key_is_wished_for(table_of, qtbot):
    scheme = in_half_points(infant_scheme())
    cell = next(iter(table_of(scheme).cells.values()))
    wished = []
    cell.rating_wished.connect(wished.append)
    qtbot.keyClick(cell.row, "4")
    cell.show_state(replace(cell.state, rating=wished[-1]))
    qtbot.keyClick(cell.row, ".")
    assert [rating.score.value for rating in wished] == [4.0, 4.5]


def test_the_hint_tells_the_key_for_a_half_where_there_are_halves(table_of):
    halves = next(iter(table_of(in_half_points(infant_scheme())).cells.values()))
    whole = next(iter(table_of(infant_scheme()).cells.values()))
    words = [{label.text() for label in cell.findChildren(QLabel)} for cell in (halves, whole)]
    assert any("then . for a half" in text for text in words[0])
    assert not any("half" in text for text in words[1])


def test_the_spoken_name_of_a_place_is_german(table_of):
    scheme = spoken_in(infant_scheme(), "de")
    assert place_name(scheme.slots[0], scheme) == "Nähe- und Kontaktsuche, EP5, toward Bezugsperson"
    assert (
        "Nähe- und Kontaktsuche" in next(iter(table_of(scheme).cells.values())).row.accessibleName()
    )
