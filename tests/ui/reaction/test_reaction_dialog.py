from __future__ import annotations

from random import Random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.ui.reaction.dialog import ReactionDialog
from ssp_coder.ui.reaction.field import ReactionField
from ssp_coder.ui.reaction.lag import ReactionLag
from ssp_coder.ui.reaction.trials import COUNTED, PRACTICE, Exercise


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now_ns = 5_000_000_000

    def __call__(self) -> int:
        return self.now_ns

    def pass_ms(self, ms: float) -> None:
        self.now_ns += round(ms * 1_000_000)


class Quick(Exercise):
    """Waits that no test has to sit out; the test turns the page itself."""

    def next_wait_ms(self) -> int:
        return 600_000


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def field(theme, qtbot, clock):
    made = ReactionField(theme, monotonic_ns=clock)
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    made.taps = []
    made.tapped.connect(made.taps.append)
    return made


def test_a_reaction_is_the_time_from_the_painted_mark_to_the_key(field, clock):
    field.show_mark()
    clock.pass_ms(50)
    field.grab()
    clock.pass_ms(231)
    QTest.keyClick(field, Qt.Key.Key_J)
    assert field.taps == [231.0]


def test_a_mark_painted_again_keeps_its_first_time(field, clock):
    field.show_mark()
    field.grab()
    clock.pass_ms(100)
    field.grab()
    clock.pass_ms(100)
    QTest.keyClick(field, Qt.Key.Key_J)
    assert field.taps == [200.0]


def test_a_mark_that_was_asked_for_and_not_painted_yet_is_none(field):
    field.hide()
    field.show_mark()
    assert not field.mark_is_painted
    QTest.keyClick(field, Qt.Key.Key_J)
    assert field.taps == [None]


def test_a_tap_without_a_mark_has_no_time(field):
    QTest.keyClick(field, Qt.Key.Key_Space)
    assert field.taps == [None]


def test_the_mouse_taps_too(field, clock):
    field.show_mark()
    field.grab()
    clock.pass_ms(300)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    assert field.taps == [300.0]


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Tab])
def test_escape_and_tab_are_no_taps(field, key):
    QTest.keyClick(field, key)
    assert field.taps == []


def test_the_mark_is_seen_as_light_on_dark(field):
    field.clear()
    empty = field.grab().toImage().pixelColor(200, 100).lightness()
    field.show_mark()
    marked = field.grab().toImage().pixelColor(200, 100).lightness()
    assert marked - empty > 200


# ---------------------------------------------------------------------- dialog


@pytest.fixture
def dialog(theme, qtbot, clock):
    made = ReactionDialog(theme, ReactionLag(), exercise=lambda: Quick(Random(1)))
    made.field._monotonic_ns = clock
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def trial(dialog, clock, reaction_ms):
    dialog._timer.timeout.emit()
    dialog.field.grab()
    clock.pass_ms(reaction_ms)
    QTest.keyClick(dialog.field, Qt.Key.Key_J)


def done(dialog, clock, times):
    dialog.start_button.click()
    for time in [*[400] * PRACTICE, *times]:
        trial(dialog, clock, time)


def test_it_is_off_and_not_measured_at_first(dialog):
    assert dialog.result_value == ReactionLag()
    assert "Not measured" in dialog.state.text()


def test_twenty_taps_give_the_median_with_its_quartiles_and_their_number(dialog, clock):
    done(dialog, clock, [240] * (COUNTED - 1) + [800])
    assert dialog.value.value() == 240
    words = dialog.state.text()
    assert "Median 240 ms" in words
    assert f"n = {COUNTED}" in words
    assert "800 ms" in words
    assert not dialog._timer.isActive()


def test_measuring_alone_turns_nothing_on(dialog, clock, qtbot):
    done(dialog, clock, [240] * COUNTED)
    with qtbot.waitSignal(dialog.lag_chosen) as said:
        dialog.keep_button.click()
    (lag,) = said.args
    assert (lag.value_ms, lag.on, lag.measured_ms, lag.count) == (240, False, 240, COUNTED)
    assert len(lag.date) == 10


def test_another_value_may_be_typed_and_the_measure_is_kept_beside_it(dialog, clock, qtbot):
    done(dialog, clock, [240] * COUNTED)
    dialog.value.setValue(450)
    dialog.use.setChecked(True)
    with qtbot.waitSignal(dialog.lag_chosen) as said:
        dialog.keep_button.click()
    assert (said.args[0].in_force_us, said.args[0].measured_ms) == (450_000, 240)
    assert said.args[0].is_typed


def test_a_value_may_be_typed_without_measuring_within_its_limits(dialog):
    dialog.value.setValue(5000)
    assert dialog.result_value.value_ms == 1000
    dialog.value.setValue(-3)
    assert dialog.result_value.value_ms == 0
    assert dialog.result_value.measured_ms is None


def test_an_early_tap_begins_the_wait_anew_and_says_so(dialog):
    dialog.start_button.click()
    QTest.keyClick(dialog.field, Qt.Key.Key_J)
    assert "early" in dialog.field.accessibleDescription()
    assert dialog._timer.isActive()


def test_a_missed_mark_goes_away_and_is_told(dialog, clock):
    done(dialog, clock, [])
    dialog._timer.timeout.emit()
    dialog.field.grab()
    dialog._timer.timeout.emit()
    assert not dialog.field.mark_is_painted
    assert "Missed" in dialog.field.accessibleDescription()
    for _ in range(COUNTED):
        trial(dialog, clock, 250)
    assert "1 missed" in dialog.state.text()


def test_it_tells_how_far_it_is(dialog, clock):
    dialog.start_button.click()
    assert "Practice" in dialog.state.text()
    for _ in range(PRACTICE + 2):
        trial(dialog, clock, 300)
    assert f"2 of {COUNTED}" in dialog.state.text()


def test_starting_again_forgets_the_taps_so_far(dialog, clock):
    done(dialog, clock, [300] * 5)
    done(dialog, clock, [200] * COUNTED)
    assert dialog.value.value() == 200


def test_cancel_keeps_nothing_and_stops_the_exercise(dialog, qtbot):
    dialog.start_button.click()
    with qtbot.assertNotEmitted(dialog.lag_chosen):
        dialog.cancel_button.click()
    assert not dialog._timer.isActive()


def test_start_gives_the_keyboard_to_the_field(dialog):
    dialog.start_button.click()
    assert dialog.focusWidget() is dialog.field


def test_what_was_measured_before_is_shown(theme, qtbot):
    lag = ReactionLag(value_ms=300, on=True, measured_ms=241, count=20, date="2026-11-23")
    dialog = ReactionDialog(theme, lag)
    qtbot.addWidget(dialog)
    assert dialog.result_value == lag
    assert "241 ms" in dialog.state.text()
    assert "2026-11-23" in dialog.state.text()
    dialog.close()


def test_every_control_has_a_name(dialog):
    for part in (dialog.field, dialog.value, dialog.use, dialog.start_button, dialog.keep_button):
        assert part.accessibleName()


def test_the_dialog_fits_a_small_screen_at_twice_the_size(theme, qtbot):
    dialog = ReactionDialog(theme, ReactionLag())
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.resize(600, 340)
    assert dialog.height() == 340
    assert dialog.keep_button.mapTo(dialog, dialog.keep_button.rect().bottomLeft()).y() < 340
