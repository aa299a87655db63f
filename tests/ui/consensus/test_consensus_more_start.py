"""The first page while somebody hesitates: other files, wrong files, a full folder, German."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.settlement import SettledFor
from ssp_coder.editing import edits
from ssp_coder.storage.coding_file import open_for_writing
from ssp_coder.storage.consensus_file import read_sides
from ssp_coder.ui.agreement.work import Shelf
from ssp_coder.ui.consensus.preparing import Prepared, opened, preparing_work
from ssp_coder.ui.language.spoken import SPOKEN
from tests.builders import add, rate
from tests.consensus_pair import ALIKE, FIRST, SECOND, coded, pair_files, written
from tests.ui.consensus.consensus_desk import prepare, window_over


@pytest.fixture
def window(theme, tmp_path, qtbot):
    made = window_over(theme, tmp_path)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def start(window):
    return window.start


@pytest.fixture
def other_pair(tmp_path: Path) -> tuple[Path, Path]:
    """Two more codings, which have everything alike."""
    folder = tmp_path / "others"
    folder.mkdir()
    return pair_files(folder, ALIKE, ALIKE)


def wait_for_end(start, qtbot) -> None:
    qtbot.waitUntil(start.compare.isEnabled)


def compare(start, qtbot) -> Prepared:
    start.prepare()
    wait_for_end(start, qtbot)
    assert start.prepared is not None, start.trouble.text()
    return start.prepared


def test_the_empty_page_promises_that_both_codings_stay_as_they_are(start) -> None:
    assert start.empty.isVisible()
    assert not start.progress.isVisible()
    assert start.facts.text() == start.concern.text() == start.trouble.text() == ""


def test_a_comparison_of_codings_that_are_no_longer_named_is_thrown_away(
    start, other_pair, qtbot
) -> None:
    start.prepare()
    start.set_codings(*other_pair)
    wait_for_end(start, qtbot)
    assert start.prepared is None
    assert not start.begin.isEnabled()
    assert start.empty.isVisible()


def test_the_codings_that_are_named_in_its_place_are_compared_next(
    start, other_pair, qtbot
) -> None:
    start.prepare()
    start.set_codings(*other_pair)
    wait_for_end(start, qtbot)
    prepared = compare(start, qtbot)
    assert prepared.sides.first.path == other_pair[0].resolve()
    assert prepared.found.items == ()


def test_a_refusal_about_codings_that_are_no_longer_named_is_not_said(
    start, other_pair, tmp_path, qtbot
) -> None:
    broken = tmp_path / "broken.sspc"
    broken.write_bytes(b"no coding")
    start.second.set_path(broken)
    start.prepare()
    start.set_codings(*other_pair)
    wait_for_end(start, qtbot)
    assert start.trouble.text() == ""


def test_the_comparison_is_seen_to_run_even_when_a_name_is_changed_meanwhile(
    start, other_pair, qtbot
) -> None:
    start.prepare()
    start.second.set_path(other_pair[1])
    assert start.progress.isVisible()
    assert not start.compare.isEnabled()
    wait_for_end(start, qtbot)
    assert not start.progress.isVisible()


def test_asking_twice_compares_once(start, qtbot) -> None:
    start.prepare()
    start.prepare()
    wait_for_end(start, qtbot)
    assert start.prepared is not None
    assert not start.progress.isVisible()


@pytest.mark.parametrize("content", [b"", b"no coding", b"SQLite format 3\0" + b"\0" * 200])
def test_a_file_that_is_no_coding_is_refused_by_its_name(start, tmp_path, qtbot, content) -> None:
    broken = tmp_path / "broken.sspc"
    broken.write_bytes(content)
    start.second.set_path(broken)
    start.prepare()
    wait_for_end(start, qtbot)
    assert "broken.sspc" in start.trouble.text()
    assert start.prepared is None


def test_a_folder_instead_of_a_coding_is_refused(start, tmp_path, qtbot) -> None:
    start.first.set_path(tmp_path)
    start.prepare()
    wait_for_end(start, qtbot)
    assert start.trouble.text()
    assert start.prepared is None


def test_the_same_coding_twice_is_refused(start, qtbot) -> None:
    start.second.set_path(start.first.path)
    start.prepare()
    wait_for_end(start, qtbot)
    assert "same file" in start.trouble.text()


def test_trouble_is_gone_once_another_file_is_named(start, tmp_path, qtbot) -> None:
    second = start.second.path
    start.second.set_path(start.first.path)
    start.prepare()
    wait_for_end(start, qtbot)
    start.second.set_path(second)
    assert start.trouble.text() == ""
    assert compare(start, qtbot).sides.second.path == second


def test_codings_without_a_difference_say_so_and_can_still_be_settled(
    window, other_pair, qtbot
) -> None:
    window.start.set_codings(*other_pair)
    compare(window.start, qtbot)
    facts = window.start.facts.text()
    assert facts.startswith("To settle: 0.")
    assert "ratings 0 of 0, D indices 0 of 0; class: alike" in facts
    window.start.act()
    assert window.work.panel.progress.text() == "0 of 0 settled"
    assert window.work.lock.isEnabled() is False


def test_the_facts_name_the_coder_whose_times_are_taken(start, qtbot) -> None:
    one, other = start.first.path, start.second.path
    compare(start, qtbot)
    assert "the times of K1 are taken (project default)" in start.facts.text()
    start.set_codings(other, one)
    compare(start, qtbot)
    assert "the times of K2 are taken (project default)" in start.facts.text()
    assert start.place.path.name == "S001.K2+K1.sspc"


def test_one_key_compares_and_the_same_key_begins(window, qtbot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window.start, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.start.prepared is not None)
    QTest.keyClick(window.start, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.work is not None


def test_the_title_names_the_consensus_once_it_is_open(window, qtbot) -> None:
    assert window.windowTitle() == "Settle disagreements"
    compare(window.start, qtbot)
    window.start.act()
    assert window.windowTitle() == "Settle disagreements: S001.K1+K2.sspc"


def test_a_consensus_can_be_kept_in_another_folder(window, tmp_path, qtbot) -> None:
    compare(window.start, qtbot)
    folder = tmp_path / "consensus"
    folder.mkdir()
    window.start.place.set_path(folder / "third.sspc")
    window.start.act()
    assert {"third.agreement.json", "third.sspc"} <= {one.name for one in folder.iterdir()}
    assert window.work.session.file.path.parent == folder


def test_a_folder_that_is_not_there_is_named_and_nothing_is_begun(window, tmp_path, qtbot) -> None:
    compare(window.start, qtbot)
    window.start.place.set_path(tmp_path / "nowhere" / "third.sspc")
    window.start.act()
    assert window.work is None
    assert "nowhere" in window.start.trouble.text()
    assert window.start.begin.isEnabled()


def test_a_folder_in_the_place_of_the_consensus_is_refused(window, tmp_path, qtbot) -> None:
    compare(window.start, qtbot)
    window.start.place.set_path(tmp_path)
    window.start.act()
    assert window.work is None
    assert window.start.trouble.text()


def test_a_coding_that_changed_since_the_comparison_ends_its_consensus(
    window, tmp_path, qtbot
) -> None:
    folder = tmp_path / "open"
    folder.mkdir()
    paths = [written(folder, coded(who, *ALIKE, locked=False)) for who in ("K1", "K2")]
    window.start.set_codings(*paths)
    compare(window.start, qtbot)
    window.start.act()
    window.close()
    with open_for_writing(paths[1], "K2") as file:
        file.document().submit(rate("avo_c_5", 3))
    window.show()
    compare(window.start, qtbot)
    assert window.start.begin.text() == "Go on"
    window.start.act()
    assert window.work is None
    assert "S001.K2.sspc" in window.start.trouble.text()


def test_going_on_keeps_the_agreement_as_it_was_before_anybody_talked(tmp_path: Path) -> None:
    prepared = prepare(tmp_path)
    opened(prepared, prepared.place, "lead").file.close()
    kept = prepared.place.with_name("S001.K1+K2.agreement.json")
    kept.write_text('{"mine": 1}')
    opened(prepared, prepared.place, "lead").file.close()
    assert json.loads(kept.read_text()) == {"mine": 1}


def test_without_room_for_the_agreement_before_no_consensus_is_left_half_begun(
    tmp_path: Path,
) -> None:
    prepared = prepare(tmp_path)
    in_the_way = prepared.place.with_name("S001.K1+K2.agreement.json")
    in_the_way.mkdir()
    with pytest.raises(DomainError):
        opened(prepared, prepared.place, "lead")
    assert not prepared.place.exists()
    in_the_way.rmdir()
    consensus = opened(prepared, prepared.place, "lead")
    assert in_the_way.is_file()
    assert consensus.settlements.in_force == {}
    consensus.file.close()


def test_a_consensus_that_cannot_be_gone_on_with_is_let_go(tmp_path: Path, monkeypatch) -> None:
    prepared = prepare(tmp_path)
    opened(prepared, prepared.place, "lead").file.close()

    def broken(*_all: object) -> None:
        raise OSError("no settlements")

    monkeypatch.setattr("ssp_coder.ui.consensus.preparing.Settlements", broken)
    with pytest.raises(OSError, match="no settlements"):
        opened(prepared, prepared.place, "lead")
    monkeypatch.undo()
    with open_for_writing(prepared.place, "lead") as file:
        assert not file.is_read_only


def test_a_locked_consensus_is_opened_to_be_looked_at(theme, tmp_path, window, qtbot) -> None:
    compare(window.start, qtbot)
    window.start.act()
    work = window.work
    work.panel.settle(SettledFor.FIRST)
    assert work.session.submit(edits.LockCoding())
    window.close()
    window.show()
    compare(window.start, qtbot)
    window.start.act()
    panel = window.work.panel
    assert not any(button.isEnabled() for button in panel.buttons.values())
    assert not panel.undo.isEnabled()
    assert not panel.reason.isEnabled()
    assert panel.progress.text() == "1 of 8 settled"
    before = window.work.session.coding
    panel.settle(SettledFor.SECOND)
    window.work.undo()
    window.work.redo()
    window.work.lock_consensus()
    assert window.work.session.coding == before


def test_the_page_speaks_german(theme, tmp_path, qtbot) -> None:
    SPOKEN.speak("de")
    try:
        window = window_over(theme, tmp_path)
        qtbot.addWidget(window)
        compare(window.start, qtbot)
        assert window.start.begin.text() == "Beginnen"
        window.start.act()
        assert window.work.lock.toolTip().startswith("Noch offene Unterschiede: 8")
        words = window.work.session.coding.comments[0].words
        assert words.startswith("Konsens")
        assert "S001.K1.sspc" in words
        window.close()
    finally:
        SPOKEN.speak("en")


def test_two_codings_of_one_person_are_told_apart_by_their_files(tmp_path, qapp) -> None:
    first = written(tmp_path, coded("K1", *FIRST))
    again = tmp_path / "again"
    again.mkdir()
    second = written(again, coded("K1", *SECOND, add("affect.smile", 400)))
    work = preparing_work(first, second, Shelf())
    prepared = work(lambda _share: None, lambda: False)
    assert prepared.place.name == "S001.K1+K1.sspc"
    assert len(prepared.found.items) == 9
    assert read_sides(first, second).coder == "K1+K1"
