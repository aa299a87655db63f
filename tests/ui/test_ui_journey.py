"""The journey says in one sentence where it stopped, and disturbs nobody's settings."""

from __future__ import annotations

import logging

import pytest
from PySide6.QtCore import QtMsgType

from ssp_coder.domain.coding import Coding
from ssp_coder.storage.coding_file import create
from ssp_coder.ui import journey as under_test
from ssp_coder.ui.journey import Journey, JourneyError
from ssp_coder.ui.theme.tokens import Scheme
from tests.builders import coding, infant_scheme
from tests.ui.demo_codings import demo_coding


@pytest.fixture
def driven(tmp_path, monkeypatch):
    monkeypatch.setattr(under_test, "PATIENCE_S", 0.2)
    made = Journey(tmp_path)
    yield made
    made.window.close()
    made._theme.set_scheme(Scheme.LIGHT)


def test_without_a_coding_there_is_nothing_to_drive(driven):
    with pytest.raises(JourneyError, match="no coding is open"):
        _ = driven.workspace


def test_a_picture_that_never_comes_is_waited_for_and_named(driven, tmp_path):
    path = tmp_path / "S001.sspc"
    create(path, coding=coding(), scheme=infant_scheme(), who="c01").close()
    with pytest.raises(JourneyError, match="the first frame"):
        driven.open(path)


def test_seeking_needs_a_video(driven, tmp_path):
    path = tmp_path / "S001.sspc"
    create(
        path, coding=Coding(session="S1", coder="c01"), scheme=infant_scheme(), who="c01"
    ).close()
    driven.window.desk.open_path(path)
    with pytest.raises(JourneyError, match="no video is open"):
        driven.go_to(1)


def test_a_state_that_never_comes_is_named(driven):
    with pytest.raises(JourneyError, match=r"waited .* for the moon"):
        driven.wait(lambda: False, "the moon")


def test_a_state_that_is_there_is_not_waited_for(driven):
    driven.wait(lambda: True, "nothing")


def test_pictures_are_written_into_the_folder(driven, tmp_path):
    path = driven.picture("start.png")
    assert path.parent == tmp_path
    assert path.stat().st_size > 5_000


def test_a_picture_that_cannot_be_written_is_named(driven):
    with pytest.raises(JourneyError, match=r"start\.png"):
        driven.picture("no-such-folder/start.png")


def test_settings_of_the_journey_lie_in_its_folder(driven, tmp_path):
    driven.window.settings.who = "c99"
    driven.window.settings._store.sync()
    assert "c99" in (tmp_path / "journey-settings.ini").read_text()


def test_the_middle_of_a_script_is_a_time_of_its_own_events():
    script = demo_coding("trainee")
    middle = under_test._middle(script)
    assert any(event.start_us == middle for event in script.events)
    assert under_test._middle(coding()) == 0


def test_chatter_of_the_offscreen_platform_is_left_out_and_warnings_are_not(caplog):
    with caplog.at_level(logging.DEBUG):
        under_test._without_platform_chatter(
            QtMsgType.QtWarningMsg, None, "This plugin does not support propagateSizeHints()"
        )
        under_test._without_platform_chatter(QtMsgType.QtWarningMsg, None, "something is wrong")
    assert [record.message for record in caplog.records] == ["something is wrong"]
    assert caplog.records[0].levelno == logging.WARNING
