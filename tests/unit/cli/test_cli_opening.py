"""What happens before a window opens, and why it may not."""

from __future__ import annotations

import sys

import pytest

from ssp_coder.cli import window as under_test
from ssp_coder.cli.window import WindowError, no_qt, open_window
from ssp_coder.storage.errors import StorageError


@pytest.fixture
def asked(monkeypatch):
    """Stands for the window; notes what it was asked to open."""
    calls = []

    class Application:
        @staticmethod
        def run(paths):
            calls.append(tuple(paths))
            return 7

    monkeypatch.setitem(sys.modules, "ssp_coder.ui.application", Application)
    monkeypatch.setattr(under_test, "has_display", lambda: True)
    return calls


def test_the_window_opens_with_the_coding_and_gives_its_exit_code(asked, trainee):
    assert open_window((trainee,)) == 7
    assert asked == [(trainee,)]


def test_the_window_opens_without_a_coding_too(asked):
    assert open_window(()) == 7
    assert asked == [()]


def test_a_coding_that_is_not_there_is_said_before_any_window(asked, tmp_path):
    with pytest.raises(StorageError, match=r"gone\.sspc"):
        open_window((tmp_path / "gone.sspc",))
    assert asked == []


def test_a_file_that_is_no_coding_is_said_before_any_window(asked, tmp_path):
    path = tmp_path / "notes.sspc"
    path.write_text("notes")
    with pytest.raises(StorageError, match=r"notes\.sspc"):
        open_window((path,))
    assert asked == []


def test_without_a_display_it_says_what_needs_none(asked, monkeypatch):
    monkeypatch.setattr(under_test, "has_display", lambda: False)
    with pytest.raises(WindowError, match="no display") as refused:
        open_window(())
    assert "--help" in str(refused.value)
    assert asked == []


def test_without_qt_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(under_test, "has_display", lambda: True)
    monkeypatch.setitem(sys.modules, "ssp_coder.ui.application", None)
    with pytest.raises(WindowError, match="PySide6"):
        open_window(())


def test_the_reason_why_qt_cannot_be_loaded_is_kept():
    error = no_qt(ImportError("libEGL.so.1 is missing"))
    assert "libEGL.so.1" in str(error)


def test_the_command_line_says_it_in_one_sentence_with_exit_code_two(ssp, tmp_path):
    outcome = ssp(tmp_path / "gone.sspc")
    assert outcome.code == 2
    assert "gone.sspc" in outcome.complaint
