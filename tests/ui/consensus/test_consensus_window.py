"""The window of settling: first the agreement, then the consensus; closed and gone on with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest

from ssp_coder.domain.coding import CodingRole
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.settlement import SettledFor
from ssp_coder.storage.coding_file import open_for_writing, open_read_only
from tests.builders import coding
from tests.consensus_pair import ALIKE, coded, written
from tests.ui.consensus.consensus_desk import window_over


@pytest.fixture
def window(theme, tmp_path):
    made = window_over(theme, tmp_path)
    yield made
    made.close()
    made.deleteLater()


def compared(window, qtbot):
    window.start.prepare()
    qtbot.waitUntil(lambda: window.start.prepared is not None)
    return window.start.prepared


def begun(window, qtbot):
    compared(window, qtbot)
    window.start.act()
    assert window.work is not None, window.start.trouble.text()
    return window.work


def test_nothing_begins_before_the_two_were_compared(window) -> None:
    assert not window.start.begin.isEnabled()
    assert not window.start.place.isEnabled()
    assert window.work is None


def test_the_agreement_is_shown_before_anything_is_settled(window, qtbot) -> None:
    prepared = compared(window, qtbot)
    assert window.work is None
    assert window.start.overview.isVisible()
    assert window.start.facts.text().startswith(
        "To settle: 8. Alike: events 3, ratings 1 of 2, D indices 1 of 2; class: not alike."
    )
    assert "tolerance 2 s" in window.start.protocol.text()
    assert window.start.place.path == prepared.place
    assert prepared.place.name == "S001.K1+K2.sspc"


def test_the_agreement_before_lies_beside_the_consensus(window, qtbot, tmp_path: Path) -> None:
    begun(window, qtbot)
    kept = json.loads((tmp_path / "S001.K1+K2.agreement.json").read_text())
    assert kept["kind"] == "agreement_before_consensus"
    assert kept["agreement"]["coders"] == ["K1", "K2"]


def test_a_consensus_is_begun_closed_and_gone_on_with(window, qtbot, theme, tmp_path) -> None:
    before = (tmp_path / "S001.K1.sspc").read_bytes()
    work = begun(window, qtbot)
    first = work.found.items[0].key
    work.panel.settle(SettledFor.SECOND)
    window.close()
    path = tmp_path / "S001.K1+K2.sspc"
    assert open_read_only(path).coding.role is CodingRole.CONSENSUS
    kept = (tmp_path / "S001.K1+K2.agreement.json").read_bytes()
    window.show()
    compared(window, qtbot)
    assert window.start.begin.text() == "Go on"
    window.start.act()
    assert list(window.work.settlements.in_force) == [first]
    assert window.work.review.current.id == window.work.found.items[1].key
    assert window.work.panel.progress.text() == "1 of 8 settled"
    assert (tmp_path / "S001.K1+K2.agreement.json").read_bytes() == kept
    assert (tmp_path / "S001.K1.sspc").read_bytes() == before


def test_codings_of_two_sessions_are_refused_where_they_were_chosen(window, qtbot, tmp_path):
    other = written(tmp_path, coding(session="S002", coder="K2"))
    window.start.second.set_path(other)
    window.start.prepare()
    qtbot.waitUntil(lambda: bool(window.start.trouble.text()))
    assert "S002" in window.start.trouble.text()
    assert window.start.prepared is None
    assert window.start.compare.isEnabled()


def test_a_coding_that_can_still_change_is_named_and_begun_all_the_same(window, qtbot, tmp_path):
    folder = tmp_path / "open"
    folder.mkdir()
    paths = [written(folder, coded(who, *ALIKE, locked=False)) for who in ("K1", "K2")]
    window.start.set_codings(*paths)
    compared(window, qtbot)
    assert window.start.concern.text().count("not locked") == 2
    assert window.start.begin.text() == "Begin all the same"
    window.start.act()
    assert window.work is not None


def test_a_file_that_is_no_consensus_of_these_is_left_alone(window, qtbot, tmp_path) -> None:
    compared(window, qtbot)
    window.start.place.set_path(tmp_path / "S001.K1.sspc")
    window.start.act()
    assert window.work is None
    assert "was not begun from two codings" in window.start.trouble.text()


def test_a_consensus_that_another_window_has_open_says_so(window, qtbot, tmp_path) -> None:
    begun(window, qtbot)
    window.close()
    window.show()
    with open_for_writing(tmp_path / "S001.K1+K2.sspc", "other"):
        compared(window, qtbot)
        window.start.act()
        assert window.work is None
        assert window.start.trouble.text()


def test_no_place_is_said_under_its_field(window, qtbot) -> None:
    compared(window, qtbot)
    window.start.place.set_path(None)
    window.start.act()
    assert window.start.place.field.error()


def test_fields_that_name_nothing_are_said_before_anything_is_read(window, tmp_path) -> None:
    window.start.set_codings(None, tmp_path / "gone.sspc")
    window.start.prepare()
    assert window.start.first.field.error()
    window.start.first.set_path(tmp_path / "S001.K1.sspc")
    window.start.prepare()
    assert window.start.second.field.error()


def test_other_codings_ask_for_another_comparison(window, qtbot, tmp_path) -> None:
    compared(window, qtbot)
    window.start.second.set_path(tmp_path / "else.sspc")
    assert window.start.prepared is None
    assert not window.start.begin.isEnabled()


def test_closing_stops_a_comparison(window) -> None:
    window.start.prepare()
    window.close()
    assert window.start.prepared is None


def test_escape_does_not_close_what_is_being_settled(window, qtbot) -> None:
    begun(window, qtbot)
    escape = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    window.keyPressEvent(escape)
    assert window.isVisible()


def test_what_is_typed_in_words_settles_nothing(window, qtbot) -> None:
    work = begun(window, qtbot)
    window.activateWindow()
    work.panel.words.edit.setFocus()
    QTest.keyClicks(work.panel.words.edit, "12e0")
    assert work.panel.words.text() == "12e0"
    assert work.settlements.in_force == {}


def test_the_consensus_can_be_opened_as_a_coding(window, qtbot, tmp_path) -> None:
    work = begun(window, qtbot)
    with qtbot.waitSignal(window.coding_wanted) as wanted:
        work.open_coding.click()
    assert wanted.args == [tmp_path / "S001.K1+K2.sspc"]
    assert not window.isVisible()
    open_for_writing(tmp_path / "S001.K1+K2.sspc", "lead").close()


def test_what_is_not_on_the_disk_keeps_the_window_open(window, qtbot, monkeypatch) -> None:
    work = begun(window, qtbot)
    fault = DomainError(Finding(code="storage.unsaved", message="not on the disk", place="x"))

    def refuse() -> None:
        raise fault

    monkeypatch.setattr(work.session, "close", refuse)
    window.close()
    assert window.work is work
    assert "not on the disk" in work.panel.trouble.text()
    monkeypatch.undo()


def test_codings_without_their_video_say_so_in_the_picture(window, qtbot) -> None:
    work = begun(window, qtbot)
    assert not work.picture.is_open
    work.review.choose(work.found.items[1].key)
    assert work.review.current.id == work.found.items[1].key
