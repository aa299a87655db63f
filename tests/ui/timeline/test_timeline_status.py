"""The quiet words in the header of the timeline."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.ui.timeline.panel import TimelinePanel
from ssp_coder.ui.timeline.status import WorkStatus


@pytest.fixture
def status(theme, qtbot):
    made = WorkStatus(theme)
    qtbot.addWidget(made)
    made.show()
    return made


def test_at_first_nothing_is_said(status):
    assert not status.words.isVisible()
    assert not status.button.isVisible()
    assert not status.region.isVisible()


def test_work_is_named_and_can_be_stopped(status, qtbot):
    status.show_progress("Sound outline 43 %")
    assert status.words.text() == "Sound outline 43 %"
    assert status.words.accessibleName() == "Sound outline 43 %"
    with qtbot.waitSignal(status.stop_requested):
        status.button.click()


def test_stopped_work_can_go_on(status, qtbot):
    status.show_stopped("Sound outline 43 %, stopped")
    assert status.button.text() == "Go on"
    with qtbot.waitSignal(status.resume_requested), qtbot.assertNotEmitted(status.stop_requested):
        status.button.click()


def test_words_alone_have_no_button(status):
    status.show_progress("Pictures 1 %")
    status.show_words("No sound in this video")
    assert status.words.isVisible()
    assert not status.button.isVisible()


def test_work_that_ended_leaves_nothing_behind(status):
    status.show_progress("Pictures 99 %")
    status.show_words("")
    assert not status.words.isVisible()


def test_a_long_sentence_is_cut_and_told_whole_to_the_pointer(status):
    sentence = "Sound: session.mp4 has damage that goes on and on and cannot be told in few words"
    status.show_words(sentence)
    assert status.words.text() != sentence
    assert status.words.toolTip() == sentence
    assert status.words.accessibleName() == sentence


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Delete])
def test_the_region_is_taken_away_by_key(status, qtbot, key):
    status.show_region("30 x 50 % of the picture")
    assert status.region.isVisible()
    assert "30 x 50" in status.region.toolTip()
    with qtbot.waitSignal(status.region_dropped):
        QTest.keyClick(status.region, key)


def test_without_a_region_its_chip_is_gone(status):
    status.show_region("30 x 50 % of the picture")
    status.show_region("")
    assert not status.region.isVisible()


def test_the_header_keeps_its_height_while_words_come_and_go(theme, qtbot):
    panel = TimelinePanel(theme)
    qtbot.addWidget(panel)
    panel.resize(1000, 300)
    panel.show()
    top = panel.timeline.y()
    panel.status.show_progress("Sound outline 43 %")
    panel.status.show_region("a part")
    panel.layout().activate()
    assert panel.timeline.y() == top
