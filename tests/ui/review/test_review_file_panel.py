from __future__ import annotations

import pytest

from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.scale import SlotId
from ssp_coder.editing.edits import ClearRating
from ssp_coder.ui.review import file_panel as under_test
from ssp_coder.ui.review.file_panel import MOST_SHOWN, SHOWN_HASH, FilePanel
from tests.ui.demo_codings import demo_session, session_on_disk


@pytest.fixture
def on_disk(tmp_path):
    session = session_on_disk(tmp_path, "trainee")
    yield session
    session.close()


@pytest.fixture
def panel(theme, qtbot, on_disk):
    made = FilePanel(theme, on_disk)
    made.session = on_disk
    qtbot.addWidget(made)
    made.show()
    made.refresh()
    return made


def checked(panel, qtbot):
    panel.start_check()
    qtbot.waitUntil(lambda: panel._work is None, timeout=20_000)


def finding(number):
    return Finding(
        code="verify.row", message=f"row {number} differs", place="a.sspc", remedy="restore it"
    )


def test_name_folder_and_hash_are_those_of_the_file(panel):
    file = panel.session.file
    assert panel.fact("name").text() == file.path.name
    assert panel.fact("folder").text() == str(file.path.parent)
    assert file.head.startswith(panel.fact("hash").text())
    assert len(panel.fact("hash").text()) == SHOWN_HASH
    assert panel.fact("hash").toolTip() == file.head


def test_the_hash_moves_with_every_edit(panel, qtbot):
    before = panel.fact("hash").text()
    panel.session.submit(ClearRating(slot=SlotId("cm_c_5")))
    qtbot.waitUntil(lambda: panel.session.unsaved == 0, timeout=10_000)
    panel.refresh()
    assert panel.fact("hash").text() != before


def test_saved_saving_and_not_saved_are_three_sentences(panel):
    words = {panel.fact("saved").text()}
    panel.session._saved_seq -= 1
    panel.refresh()
    words.add(panel.fact("saved").text())
    panel.session.save_error = "disk full"
    panel.refresh()
    words.add(panel.fact("saved").text())
    assert len(words) == 3
    assert "disk full" in panel.fact("saved").text()
    panel.session.save_error = ""
    panel.session._saved_seq += 1


def test_a_sound_file_is_said_to_be_sound_with_its_steps(panel, qtbot):
    panel.session.submit(ClearRating(slot=SlotId("cm_c_5")))
    checked(panel, qtbot)
    assert "1 steps" in panel._result.text()
    assert not panel._trouble.isVisible()
    assert panel.check.isEnabled()


def test_what_is_wrong_is_listed_in_words(panel, qtbot, monkeypatch):
    found = tuple(finding(number) for number in range(MOST_SHOWN + 3))
    monkeypatch.setattr(under_test, "check_file", lambda *_: found)
    checked(panel, qtbot)
    lines = panel._trouble.text().splitlines()
    assert lines[0] == "a.sspc: row 0 differs; restore it"
    assert len(lines) == MOST_SHOWN + 1
    assert "3 more" in lines[-1]
    assert not panel._result.isVisible()


def test_a_check_that_cannot_be_made_says_why(panel, qtbot, monkeypatch):
    def refuse(*_):
        raise DomainError(finding(1))

    monkeypatch.setattr(under_test, "check_file", refuse)
    checked(panel, qtbot)
    assert "row 1 differs" in panel._trouble.text()
    assert panel.check.isEnabled()


def test_what_is_not_on_disk_is_not_checked(panel, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(panel.session.file, "flush", lambda: False)
        panel.start_check()
    assert panel._work is None
    assert "Not everything is on disk yet" in panel._trouble.text()


def test_a_second_wish_while_it_checks_is_passed_over(panel, qtbot):
    panel.start_check()
    first = panel._work
    panel.start_check()
    assert panel._work is first
    assert not panel.check.isEnabled()
    qtbot.waitUntil(lambda: panel._work is None, timeout=20_000)


def test_a_coding_without_a_file_cannot_be_checked(theme, qtbot):
    panel = FilePanel(theme, demo_session("trainee"))
    qtbot.addWidget(panel)
    panel.refresh()
    panel.start_check()
    assert panel._work is None
    assert not panel.check.isEnabled()
    assert panel.fact("name").text() == "not kept in a file"
