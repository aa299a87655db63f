"""Settling from the menu: opened without a coding, closed with the program, opened as a coding."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings

from ssp_coder.domain.coding import CodingRole
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.settlement import SettledFor
from ssp_coder.ui.main.commands import COMMANDS, Menu, Needs
from ssp_coder.ui.main.settings import Settings
from ssp_coder.ui.main.window import MainWindow
from tests.consensus_pair import pair_files


@pytest.fixture
def window(theme, tmp_path, qtbot):
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    made = MainWindow(theme, Settings(store), tmp_path / "cache")
    qtbot.addWidget(made)
    made.show()
    yield made
    made.desk.stop_work()
    made.close()


@pytest.fixture
def settling(window, tmp_path, qtbot):
    """The window of settling, at work on its first item."""
    window.actions_by_id["consensus"].trigger()
    shown = window.desk.consensus.shown
    shown.start.set_codings(*pair_files(tmp_path))
    shown.start.prepare()
    qtbot.waitUntil(lambda: shown.start.prepared is not None)
    shown.start.act()
    return shown


def test_the_command_stands_in_the_training_menu_and_needs_no_coding() -> None:
    command = next(one for one in COMMANDS if one.id == "consensus")
    assert (command.menu, command.needs) == (Menu.TRAINING, Needs.NOTHING)
    assert command.words.endswith("…")


def test_asking_twice_brings_the_same_window_to_the_front(window) -> None:
    window.actions_by_id["consensus"].trigger()
    first = window.desk.consensus.shown
    window.actions_by_id["consensus"].trigger()
    assert window.desk.consensus.shown is first
    first.close()
    assert window.desk.consensus.shown is None


def test_the_log_names_the_person_at_the_program(window, tmp_path, qtbot) -> None:
    window.settings.who = "trainer7"
    window.actions_by_id["consensus"].trigger()
    assert window.desk.consensus.shown.who == "trainer7"


def test_the_program_closes_the_window_and_keeps_what_was_settled(window, settling) -> None:
    settling.work.panel.settle(SettledFor.FIRST)
    file = settling.work.session.file
    window.close()
    assert window.desk.consensus.shown is None
    assert file.is_read_only
    assert file.pending == 0


def test_the_program_stays_open_while_a_settlement_is_not_on_the_disk(
    window, settling, monkeypatch
) -> None:
    fault = DomainError(Finding(code="storage.unsaved", message="not on the disk", place="x"))

    def refuse() -> None:
        raise fault

    monkeypatch.setattr(settling.work.session, "close", refuse)
    window.close()
    assert window.isVisible()
    assert settling.isVisible()
    monkeypatch.undo()


def test_a_consensus_is_opened_as_a_coding_with_its_history_and_comments(window, settling) -> None:
    settling.work.panel.settle(SettledFor.SECOND)
    settling.work.open_coding.click()
    assert window.desk.consensus.shown is None
    session = window.workspace.session
    assert session.coding.role is CodingRole.CONSENSUS
    assert not session.read_only
    assert [comment.words for comment in session.coding.comments][1:] == ["K2: seen again slowly"]
    assert session.document.history.can_undo
