"""One recording stepped to the very frame."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from ssp_coder.domain.keyset import CommandKeys, KeySet
from ssp_coder.media.errors import MediaError
from ssp_coder.ui.cameras.frame_pane import FramePane
from ssp_coder.ui.keys.live import live_keys
from ssp_coder.ui.keys.words import chord_words
from ssp_coder.ui.kit.button import PushButton
from ssp_coder.ui.player.open_video import read_video

FPS = 25


@pytest.fixture
def clip(clip_factory):
    return clip_factory("h264")


@pytest.fixture
def pane(theme, qtbot, clip):
    video = read_video(clip.path, None, lambda _share: None, lambda: False)
    made = FramePane(theme, "Camera 1, h264.mp4", video)
    qtbot.addWidget(made)
    made.resize(700, 560)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close_lane()


def seen(pane, clip, qtbot):
    """The number of the frame that is painted, read from the picture itself."""
    qtbot.waitUntil(lambda: pane.shown_us is not None, timeout=5_000)
    image = pane.view.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    picture = flat[:, : image.width() * 3].reshape(image.height(), image.width(), 3)
    rows = np.flatnonzero(picture.max(axis=(1, 2)) > 60)
    return clip.code_in(picture[rows[0] : rows[-1] + 1])


def buttons_of(pane):
    return pane.findChildren(PushButton)


def press(pane, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(pane.slider, key, modifier)


def test_the_first_frame_is_shown(pane, clip, qtbot):
    assert seen(pane, clip, qtbot) == 0
    assert pane.time_us == pane.shown_us == 0


@pytest.mark.parametrize(
    ("key", "modifier", "expected"),
    [
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, 41),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, 39),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier, 50),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier, 30),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, 0),
    ],
)
def test_keys_step_to_the_very_frame(pane, clip, qtbot, key, modifier, expected):
    pane.go_to_frame(40)
    press(pane, key, modifier)
    assert seen(pane, clip, qtbot) == expected


@pytest.mark.parametrize(("key", "seconds"), [(Qt.Key.Key_Right, 1), (Qt.Key.Key_Left, -1)])
def test_shift_goes_a_second(pane, key, seconds):
    pane.go_to_frame(40)
    before = pane.time_us
    press(pane, key, Qt.KeyboardModifier.ShiftModifier)
    assert abs(pane.time_us - before - seconds * 1_000_000) < 40_000


def test_the_end_key_goes_to_the_last_frame(pane, clip, qtbot):
    press(pane, Qt.Key.Key_End)
    assert seen(pane, clip, qtbot) == clip.count - 1


def test_no_step_leaves_the_recording(pane, clip):
    press(pane, Qt.Key.Key_Left)
    assert pane.time_us == 0
    pane.step(10 * clip.count)
    assert pane.time_us == clip.times_us[-1]


@pytest.mark.parametrize("ordinal", [1, 17, 63])
def test_a_time_within_a_frame_shows_that_frame(pane, clip, qtbot, ordinal):
    pane.go_to((clip.times_us[ordinal] + clip.times_us[ordinal + 1]) // 2)
    assert seen(pane, clip, qtbot) == ordinal


def test_the_slider_goes_to_any_frame(pane, clip, qtbot):
    pane.slider.setValue(77)
    assert seen(pane, clip, qtbot) == 77


def test_the_slider_follows_without_asking_back(pane, qtbot):
    with qtbot.assertNotEmitted(pane.slider.frame_chosen):
        pane.go_to_frame(12)
    assert pane.slider.value() == 12


def test_the_frame_on_the_screen_counts_and_not_the_one_asked_for(pane, clip, qtbot):
    seen(pane, clip, qtbot)
    pane.go_to_frame(90)
    assert pane.shown_us is None
    with qtbot.waitSignal(pane.settled):
        pass
    assert pane.shown_us == clip.times_us[90]


def test_every_move_is_told_with_its_time(pane, clip):
    told = []
    pane.moved.connect(told.append)
    pane.go_to_frame(5)
    pane.step(1)
    assert told == [clip.times_us[5], clip.times_us[6]]


def test_enter_agrees(pane, qtbot):
    with qtbot.waitSignal(pane.agreed):
        press(pane, Qt.Key.Key_Return)


def test_a_click_on_the_picture_takes_the_keys(pane, qtbot):
    buttons_of(pane)[0].setFocus()
    assert not pane.slider.hasFocus()
    QTest.mouseClick(pane.view, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    qtbot.waitUntil(pane.slider.hasFocus)


def test_buttons_are_named_and_show_their_keys(pane):
    names = [button.accessibleName() for button in buttons_of(pane)]
    assert names == [
        "1 s back",
        "10 frames back",
        "1 frame back",
        "1 frame on",
        "10 frames on",
        "1 s on",
    ]
    commands = ("back_second", "back_frames", "back_frame")
    keys = [chord_words(live_keys().shown(command)) for command in commands]
    tips = [button.toolTip() for button in buttons_of(pane)]
    assert tips[:3] == [f"{name} ({key})" for name, key in zip(names[:3], keys, strict=True)]


@pytest.fixture
def own_keys(qapp):
    """Puts own keys of commands in force until the test ends."""

    def take(**keys):
        chosen = tuple(CommandKeys(command=name, keys=own) for name, own in keys.items())
        live_keys().take(KeySet(commands=chosen))

    yield take
    live_keys().take(KeySet())


def test_own_keys_step_here_too(pane, clip, qtbot, own_keys):
    own_keys(forward_frame=("A",), forward_frames=("Shift+A",), forward_second=("Right",))
    pane.activateWindow()
    qtbot.waitUntil(pane.isActiveWindow)
    pane.slider.setFocus()
    press(pane, Qt.Key.Key_A)
    press(pane, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: pane.shown_us is not None)
    assert seen(pane, clip, qtbot) == 11
    before = pane.time_us
    press(pane, Qt.Key.Key_Right)
    assert pane.time_us - before > 900_000
    assert buttons_of(pane)[3].toolTip() == "1 frame on (A)"


@pytest.mark.parametrize(("place", "expected"), [(1, 30), (2, 39), (3, 41), (4, 50)])
def test_buttons_step(pane, clip, qtbot, place, expected):
    pane.go_to_frame(40)
    buttons_of(pane)[place].click()
    assert seen(pane, clip, qtbot) == expected


def test_trouble_is_said_in_the_picture(pane, clip):
    said = []
    pane.view.show_words = said.append
    pane._complained.emit(MediaError("media.gone", clip.path, "is gone", "find it again"))
    assert "is gone" in said[0]


def test_a_frame_that_cannot_be_shown_says_why_until_another_is_asked_for(pane, clip, qtbot):
    pane._lane.close()
    pane.step(1)
    with qtbot.waitSignal(pane.settled):
        pane._complained.emit(MediaError("media.gone", clip.path, "is gone", "find it again"))
    assert "is gone" in pane.problem
    pane.step(1)
    assert pane.problem == ""


def test_a_closed_recording_moves_no_more(pane, clip):
    pane.close_lane()
    pane.go_to_frame(40)
    assert pane.time_us == 0
    pane.close_lane()
