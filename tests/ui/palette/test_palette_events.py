"""Events found by code or comment, the nearest first, in a coding of any length."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.domain.coding import Coding, Event, EventId
from ssp_coder.domain.ethogram import CodeId
from ssp_coder.editing.completeness import Step
from ssp_coder.ui.kit.marks import MarkShape
from ssp_coder.ui.palette import events as events_module
from ssp_coder.ui.palette.entry import EntryKind
from ssp_coder.ui.palette.events import MOST_EVENTS, event_entries
from tests.builders import CAREGIVER, INFANT, add, after, coding, infant_scheme, s
from tests.ui.pages import paint


@pytest.fixture
def some():
    """Reaches at 10, 20, 30 and 40 s, a cry between, and one reach with words."""
    value = after(
        coding(),
        add("seeking.reach", 10),
        add("seeking.reach", 20, modifiers={"toward": "c"}),
        add("distress.cry", 25, end=27),
        add("seeking.reach", 30),
        add("seeking.reach", 40),
    )
    last = replace(value.events[-1], comment="Über die Tür hinaus")
    return replace(value, events=(*value.events[:-1], last))


def found(typed, value, at, **fields):
    return event_entries(typed, value, infant_scheme(), s(at), **fields)


def titles(entries):
    return [entry.title for entry in entries]


def test_the_nearest_go_first(some):
    assert titles(found("reach", some, 22)) == [
        "0:20.00 reach",
        "0:30.00 reach",
        "0:10.00 reach",
        "0:40.00 reach",
    ]


@pytest.mark.parametrize(("at", "first"), [(0, "0:10.00"), (100, "0:40.00"), (30, "0:30.00")])
def test_from_either_end_and_from_the_event_itself(some, at, first):
    assert titles(found("rea", some, at))[0].startswith(first)


def test_a_comment_finds_its_event_without_accents(some):
    assert titles(found("uber die tur", some, 0)) == ["0:40.00 reach"]
    assert found("uber die tur", some, 0)[0].detail.endswith("Über die Tür hinaus")


def test_a_modifier_stands_beside_the_code(some):
    assert "toward" in found("reach", some, 20)[0].detail


def test_another_person_than_the_infant_is_named():
    value = after(coding(), add("adult_acts.greet", 5, subject=CAREGIVER))
    assert "caregiver" in found("greet", value, 0)[0].detail.lower()
    assert value.events[0].subject != INFANT


@pytest.mark.parametrize("typed", ["", " ", "r", "zz", "each"])
def test_too_few_letters_or_none_that_begin_a_word_find_nothing(some, typed):
    assert found(typed, some, 20) == ()


def test_each_has_the_mark_of_its_code(some):
    assert found("reach", some, 20)[0].mark[1] is MarkShape.TRIANGLE_UP
    assert found("cry", some, 20)[0].mark[1] is MarkShape.BAR
    assert found("cry", some, 20)[0].kind is EntryKind.EVENT


def test_why_no_event_can_be_gone_to_stands_on_each(some):
    assert {entry.reason for entry in found("reach", some, 20, reason="No video")} == {"No video"}


def test_only_a_few_are_offered():
    value = after(coding(), *(add("seeking.reach", at) for at in range(1, 30)))
    assert len(found("reach", value, 15)) == MOST_EVENTS


def test_a_long_coding_is_searched_no_further_than_its_neighbourhood(monkeypatch):
    looked = []

    class Counted(tuple):
        __slots__ = ()

        def __getitem__(self, place):
            looked.append(place)
            return super().__getitem__(place)

    events = Counted(
        Event(
            id=EventId(number),
            code=CodeId("distress.cry"),
            subject=INFANT,
            start_us=s(number),
            end_us=s(number),
        )
        for number in range(1, 50_001)
    )
    monkeypatch.setattr(events_module, "REACH", 100)
    value = Coding(session="S", coder="c", media=())
    object.__setattr__(value, "events", events)
    assert found("reach", value, 25_000) == ()
    assert len(looked) < 600


class TestInTheWindow:
    @pytest.fixture
    def window(self, desk_window, coding_file, some, qtbot):
        desk_window.desk.open_path(coding_file(start=some))
        desk_window.show_page(Step.CODE)
        paint(desk_window.workspace.stage, 12.0)
        desk_window.activateWindow()
        qtbot.waitUntil(desk_window.isActiveWindow)
        return desk_window

    def test_events_stand_behind_what_fits_and_enter_goes_there(self, window, monkeypatch):
        monkeypatch.setattr("ssp_coder.ui.palette.sources._needs_words", lambda _window, _needs: "")
        jumps = []
        window.workspace.session.jump_requested.connect(jumps.append)
        window.desk.palette.open()
        palette = window.desk.palette.palette
        QTest.keyClicks(palette.edit, "uber die tur")
        assert palette.current.kind is EntryKind.EVENT
        QTest.keyClick(palette.edit, Qt.Key.Key_Return)
        assert jumps == [s(40)]
        event = window.workspace.session.coding.events[-1]
        assert window.workspace.work.table.selected_events() == (event.id,)
        assert window.workspace.work.timeline.selected() == {str(event.id)}

    def test_a_code_goes_before_its_events(self, window):
        window.desk.palette.open()
        palette = window.desk.palette.palette
        QTest.keyClicks(palette.edit, "reach")
        kinds = [palette.model.found(row).entry.kind for row in range(palette.model.rowCount())]
        assert kinds[0] is EntryKind.CODE
        assert EntryKind.EVENT in kinds[:8]
