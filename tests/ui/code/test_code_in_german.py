"""The code page with instruments in German: German words, with the capitals German has."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from ssp_coder.domain.ethogram import CodeId
from ssp_coder.domain.speaking import spoken_in
from ssp_coder.ui.code.board import CodeBoard
from ssp_coder.ui.code.events_model import EventsModel
from ssp_coder.ui.code.feed import LanesInUse, lanes_in_use
from ssp_coder.ui.code.table_columns import Column, event_detail
from ssp_coder.ui.text import edit_words
from tests.builders import CAREGIVER, add, after, coding, infant_scheme


@pytest.fixture(scope="module")
def german():
    return spoken_in(infant_scheme(), "de")


def test_details_of_an_event_keep_their_capitals(german):
    value = after(coding(), add("seeking.reach", 5, modifiers={"toward": "c", "intensity": "2"}))
    assert event_detail(value.events[0], german) == "Gegenüber Bezugsperson, Stärke Mittel"
    english = event_detail(value.events[0], infant_scheme())
    assert english == "toward caregiver, intensity medium"


def test_the_person_of_an_event_keeps_the_capital(german):
    value = after(coding(), add("adult_acts.greet", 5, subject=CAREGIVER))
    assert event_detail(value.events[0], german) == "Bezugsperson"
    assert event_detail(value.events[0], infant_scheme()) == "caregiver"


def test_the_table_of_events_names_codes_in_german(theme, german):
    model = EventsModel(theme, german)
    value = after(coding(), add("distress.fuss", 5))
    model.show_coding(value)
    assert model.index(0, Column.CODE).data() == "quengeln"


def test_the_board_names_groups_in_german(theme, qtbot, german):
    board = CodeBoard(theme, german, german.keymap)
    qtbot.addWidget(board)
    words = {label.text() for label in board.findChildren(QLabel)}
    assert {"Belastung", "Kontakt", "Vermeidung", "Widerstand"} <= words
    assert not {"Distress", "Avoidance", "Resistance"} & words


def test_lanes_are_named_in_german(german):
    lanes = lanes_in_use(german, LanesInUse(german), "{0}: Handlungen")
    titles = {lane.title for lane in lanes}
    assert "Belastung" in titles
    assert not {"Distress", "Contact"} & titles


def test_undo_names_what_was_coded_in_german(german):
    edit = add("distress.fuss", 5)
    assert edit.code == CodeId("distress.fuss")
    assert edit_words(edit, german) == "quengeln"
