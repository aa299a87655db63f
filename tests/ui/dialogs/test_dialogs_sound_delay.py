from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.media.heard import Hearing
from ssp_coder.ui.dialogs.beacon import FLASH_US, Beacon
from ssp_coder.ui.dialogs.sound_delay import SoundDelayDialog
from ssp_coder.ui.player.sound_process import Answer
from ssp_coder.ui.player.speaker import SoundState
from tests.ui.player.sound_room import PretendedSystem


@pytest.fixture
def system():
    return PretendedSystem()


@pytest.fixture
def make(theme, system, qtbot):
    made = []

    def dialog(delays=None):
        shown = SoundDelayDialog(theme, delays or {}, system=system)
        qtbot.addWidget(shown)
        shown.show()
        made.append(shown)
        return shown

    yield dialog
    for each in made:
        each.reject()


@pytest.fixture
def dialog(make, qtbot):
    shown = make()
    beats(shown, qtbot)
    return shown


def beats(dialog, qtbot):
    qtbot.waitUntil(lambda: dialog.speaker.state is SoundState.ON, timeout=5_000)
    qtbot.waitUntil(dialog._timer.isActive, timeout=5_000)


def test_it_beeps_and_flashes_together(dialog, system, qtbot):
    qtbot.waitUntil(lambda: system.outlet.loudest > 5_000, timeout=5_000)
    qtbot.waitUntil(
        lambda: dialog.speaker.reading().hearing is Hearing.HEARD and dialog.beacon.lit,
        timeout=5_000,
    )
    apart_us = abs(dialog._clock.now_us() - dialog.speaker.reading().time_us)
    assert apart_us < 80_000


def test_it_names_the_device_and_begins_with_what_is_known_of_it(make, qtbot):
    known = make({"Pretended speakers": 140_000, "Another": 7_000})
    beats(known, qtbot)
    assert "Pretended speakers" in known.device.text()
    assert known.slider.value() == 140
    assert known.number.value() == 140


def test_an_unknown_device_begins_with_the_default(dialog):
    assert dialog.slider.value() == 18


def test_slider_and_number_say_the_same_and_are_heard_at_once(dialog):
    dialog.slider.setValue(90)
    assert dialog.number.value() == 90
    assert dialog.speaker.delay_us == 90_000
    dialog.number.setValue(250)
    assert dialog.slider.value() == 250
    assert dialog.speaker.delay_us == 250_000


def test_the_slider_has_the_keyboard_and_moves_by_it(dialog):
    assert dialog.focusWidget() is dialog.slider
    QTest.keyClick(dialog.slider, Qt.Key.Key_Right)
    assert dialog.slider.value() == 19
    QTest.keyClick(dialog.slider, Qt.Key.Key_PageUp)
    assert dialog.slider.value() == 29


def test_what_is_kept_is_told_with_the_device(dialog, qtbot):
    dialog.slider.setValue(65)
    with qtbot.waitSignal(dialog.delay_chosen) as kept:
        QTest.mouseClick(dialog.keep_button, Qt.MouseButton.LeftButton)
    assert kept.args == ["Pretended speakers", 65_000]
    assert not dialog.isVisible()


def test_a_dialog_that_is_left_keeps_nothing_and_gives_the_device_back(dialog, system, qtbot):
    dialog.slider.setValue(65)
    with qtbot.assertNotEmitted(dialog.delay_chosen):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert system.outlet.closed.is_set()
    assert not dialog._timer.isActive()


def test_the_default_is_one_press_away(dialog):
    dialog.slider.setValue(300)
    QTest.mouseClick(dialog.default_button, Qt.MouseButton.LeftButton)
    assert dialog.delay_us == 18_000


def test_without_a_device_it_says_why_and_keeps_nothing(make, system, qtbot):
    system.refuse(Answer.NO_DEVICE)
    dialog = make()
    qtbot.waitUntil(lambda: dialog.speaker.state is SoundState.OFF, timeout=5_000)
    assert "this computer has no sound device" in dialog.device.text()
    assert not dialog.slider.isEnabled()
    assert not dialog.keep_button.isEnabled()
    assert not dialog.beacon.lit


def test_a_device_lost_meanwhile_lets_the_light_rest(dialog, system, qtbot):
    system.outlet.lose()
    qtbot.waitUntil(lambda: dialog.speaker.state is SoundState.OFF, timeout=5_000)
    assert not dialog._timer.isActive()
    assert "was lost" in dialog.device.text()


def test_another_device_shows_its_own_delay(make, system, qtbot):
    dialog = make({"Television": 210_000})
    beats(dialog, qtbot)
    system.name = "Television"
    system.outlet.lose(Answer.MOVED)
    qtbot.waitUntil(lambda: dialog.slider.value() == 210, timeout=5_000)
    assert "Television" in dialog.device.text()


def test_every_control_says_what_it_does(dialog):
    for part in (dialog.slider, dialog.number):
        assert part.accessibleName() == "The sound is heard later by"
        assert "Page Up" in part.accessibleDescription()
    assert dialog.beacon.accessibleName() == "A light that flashes once a second"


def test_after_an_hour_it_begins_again(dialog, qtbot):
    dialog._clock.seek(3_600_000_000 - 1)
    qtbot.waitUntil(lambda: dialog._clock.now_us() < 5_000_000, timeout=5_000)


@pytest.fixture
def beacon(theme, qtbot):
    made = Beacon(theme)
    qtbot.addWidget(made)
    made.resize(400, 112)
    return made


def test_the_light_is_on_when_a_second_begins(beacon):
    for time_us, lit in (
        (0, True),
        (FLASH_US - 1, True),
        (FLASH_US, False),
        (999_999, False),
        (5_000_000, True),
        (None, False),
    ):
        beacon.show_time(time_us)
        assert beacon.lit == lit


def painted(beacon):
    return beacon.grab().toImage()


def test_the_flash_is_seen(beacon):
    middle = (200, 40)
    beacon.show_time(500_000)
    dark = painted(beacon).pixelColor(*middle)
    beacon.show_time(0)
    assert painted(beacon).pixelColor(*middle) != dark


def test_the_ball_is_at_the_light_when_the_second_begins(beacon, theme):
    """It leaves at the left, half a second before, and is gone to the right half a second on."""
    ink = theme.colour("text")

    def ball_at(time_us):
        beacon.show_time(time_us)
        row = painted(beacon)
        dots = [x for x in range(row.width()) if row.pixelColor(x, 56) == ink]
        return sum(dots) / len(dots)

    assert ball_at(0) == pytest.approx(200, abs=2)
    assert ball_at(750_000) == pytest.approx(110, abs=2)
    assert ball_at(250_000) == pytest.approx(290, abs=2)
