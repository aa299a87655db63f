"""What the forms under the list say when a wish is refused, and texts that have no room."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from ssp_coder.domain.time import Micros
from ssp_coder.ui.code.table_typed import Frames
from ssp_coder.ui.language.spoken import SPOKEN
from tests.builders import CAREGIVER, add, s

REACH, CRY, FUSS = 0, 1, 2


@pytest.fixture
def forms(desk):
    """A point at 10:00, crying from 10:10 to 10:20, fussing from 10:30 to 10:40."""
    desk.session.submit(add("seeking.reach", 600, modifiers={"toward": "c"}))
    desk.session.submit(add("distress.cry", 610, end=620))
    desk.session.submit(add("distress.fuss", 630, end=640))
    return desk.page.events


@pytest.fixture
def german():
    SPOKEN.speak("de")
    yield
    SPOKEN.speak("en")


def test_what_is_wrong_has_the_width_of_the_whole_form(desk, forms):
    desk.select(CRY)
    desk.type_into(forms.form._end, "9:00")
    QApplication.processEvents()
    line = forms.form.refusal
    assert line.isVisible()
    assert line.text == forms.form._end.error()
    assert line.width() > forms.form._end.width() * 3
    assert line.geometry().bottom() <= forms.form.height()


def test_the_line_goes_when_nothing_is_wrong_any_more(desk, forms):
    desk.select(CRY)
    desk.type_into(forms.form._end, "9:00")
    desk.type_into(forms.form._end, "10:21")
    assert not forms.form.refusal.isVisible()
    assert desk.events[CRY].end_us == s(621)


def test_the_line_follows_the_width_of_the_form(desk, forms):
    desk.select(CRY)
    desk.type_into(forms.form._end, "9:00")
    QApplication.processEvents()
    before = forms.form.refusal.width()
    desk.page.resize(desk.page.width() + 300, desk.page.height())
    QApplication.processEvents()
    assert forms.form.refusal.width() > before


def test_the_form_takes_the_number_of_a_frame_as_a_cell_does(desk, forms):
    wanted = s(610)
    forms.form._typed.frames = Frames(
        number_at=lambda at: at // 200_000, time_of=lambda number: Micros(number * 200_000)
    )
    desk.select(REACH)
    desk.type_into(forms.form._start, "#3050")
    assert desk.events[REACH].start_us == desk.events[REACH].end_us == wanted


def test_what_is_no_time_is_told_in_the_language_of_the_window(desk, forms, german):
    desk.select(CRY)
    desk.type_into(forms.form._start, "soon")
    assert "is no time" not in forms.form._start.error()
    assert forms.form._start.error().startswith("soon")


def test_a_refusal_of_the_core_is_told_in_the_language_of_the_window(desk, forms, german):
    desk.select(CRY)
    desk.type_into(forms.form._end, "50:00")
    assert forms.form._end.error()
    assert "lies outside" not in forms.form._end.error()


def test_choices_go_back_when_several_events_cannot_be_changed(desk, forms):
    """Crying and fussing cannot both fuss at one time."""
    desk.session.submit(add("distress.none", 620, end=630))
    desk.select(CRY, FUSS)
    forms.many._code.setCurrentIndex(1)
    forms.many._asked = None
    forms.many.show_refusal("Two of them would overlap")
    assert forms.many._code.currentIndex() == 0
    assert forms.many.refusal.text == "Two of them would overlap"
    assert forms.many._shift.error() == "", "the shift has nothing to do with it"


def test_a_refused_shift_leaves_what_was_typed(desk, forms):
    desk.select(CRY, FUSS)
    desk.type_into(forms.many._shift, "-620")
    assert forms.many._shift.text() == "-620"
    assert forms.many.refusal.text == forms.many._shift.error() != ""


def test_a_new_selection_takes_the_refusal_away(desk, forms):
    desk.select(CRY, FUSS)
    forms.many.show_refusal("Two of them would overlap")
    desk.select(REACH, FUSS)
    assert forms.many.refusal.text == ""


def test_the_tip_of_a_choice_tells_the_whole_text(desk, forms):
    desk.session.submit(add("adult_acts.greet", 650, subject=CAREGIVER))
    desk.select(CRY)
    box = forms.form._code
    assert box.toolTip() == f"Code: {box.currentText()}"
    forms.form.show_event(None)
    assert box.toolTip() == "Code"


def test_captions_go_in_a_low_window(desk, forms):
    desk.page.set_compact(True)
    assert not any(caption.isVisible() for caption in forms.form._captions)
    desk.page.set_compact(False)
    assert all(caption.isVisible() for caption in forms.form._captions)
