"""Changing a laboratory's instruments: checks while typing, saving, closing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMessageBox

from ssp_coder.domain.finding import Severity
from ssp_coder.ui.kit.chip import TagKind

BANDS = "schemas/rules/ours-default.toml"
SCALE = "schemas/scales/ours-avo.toml"


def retype(qtbot, editor, old, new):
    """Replace words as a person does, and wait until they are checked."""
    text = editor.editor.toPlainText()
    cursor = editor.editor.textCursor()
    at = text.index(old)
    cursor.setPosition(at)
    cursor.setPosition(at + len(old), QTextCursor.MoveMode.KeepAnchor)
    with qtbot.waitSignal(editor.check.checked, timeout=10_000):
        cursor.insertText(new)
    return text[:at].count("\n") + 1


def test_a_sound_file_can_be_used_and_its_examples_come_out(editor):
    assert editor.state.kind() is TagKind.OK
    assert editor.findings.count() == 0
    assert editor.trials.isVisible()
    assert editor.trials.rowCount() > 10


def test_a_mistake_is_marked_on_its_line_while_it_is_typed(qtbot, editor):
    line = retype(qtbot, editor, "weight = 4", "weight = -4")
    assert editor.state.kind() is TagKind.ERR
    assert line in editor.editor.marked_lines()
    assert "-4" in editor.editor.words_at(line)
    assert editor.findings.count() > 0


def test_a_failing_example_stands_first_with_what_comes_out(qtbot, editor):
    retype(qtbot, editor, "avo_c_8 = [5, 7]", "avo_c_8 = [1, 2]")
    assert editor.trials.item(0, 1).text() == "A1"
    assert editor.trials.item(0, 2).text() == "A A2"


def test_enter_on_a_finding_goes_to_its_line(qtbot, editor):
    line = retype(qtbot, editor, "weight = 4", "weight = -4")
    editor.findings.setCurrentRow(0)
    qtbot.keyClick(editor.findings, Qt.Key.Key_Return)
    assert editor.editor.textCursor().blockNumber() + 1 == line
    assert editor.editor.hasFocus()


def test_a_finding_in_another_file_opens_that_file(qtbot, editor):
    with qtbot.waitSignal(editor.check.checked, timeout=10_000):
        editor.open_path(SCALE)
    retype(qtbot, editor, 'column = "avo_{toward}_{number}"', 'column = "other_{number}"')
    rows = [editor.findings.item(row) for row in range(editor.findings.count())]
    placed = [item.data(Qt.ItemDataRole.UserRole) for item in rows]
    elsewhere = [one for one in placed if one.path != SCALE]
    assert elsewhere
    with qtbot.waitSignal(editor.check.checked, timeout=10_000):
        editor.findings.finding_chosen.emit(elsewhere[0])
    assert editor.path == elsewhere[0].path


def test_undo_brings_back_a_sound_text(qtbot, editor):
    retype(qtbot, editor, "weight = 4", "weight = -4")
    with qtbot.waitSignal(editor.check.checked, timeout=10_000):
        editor.editor.undo()
    assert editor.state.kind() is TagKind.OK
    assert not editor.shelf.unsaved()


def test_each_file_keeps_its_own_undo(qtbot, editor):
    retype(qtbot, editor, "weight = 4", "weight = 3")
    for path in (SCALE, BANDS):
        with qtbot.waitSignal(editor.check.checked, timeout=10_000):
            editor.open_path(path)
    assert editor.shelf.unsaved() == (BANDS,)
    with qtbot.waitSignal(editor.check.checked, timeout=10_000):
        editor.editor.undo()
    assert editor.shelf.unsaved() == ()


def test_saving_writes_the_text_and_nothing_else(qtbot, editor, ours):
    before = {path: path.read_bytes() for path in ours.rglob("*.toml")}
    retype(qtbot, editor, "borderline_margin = 2", "borderline_margin = 3")
    with qtbot.waitSignal(editor.saved):
        qtbot.mouseClick(editor.save, Qt.MouseButton.LeftButton)
    after = {path: path.read_bytes() for path in ours.rglob("*.toml")}
    changed = [path for path in after if after[path] != before[path]]
    assert changed == [ours / BANDS]
    assert b"borderline_margin = 3" in after[ours / BANDS]
    assert not editor.save.isEnabled()


def test_half_done_work_can_be_saved_and_is_called_so(qtbot, editor, ours):
    retype(qtbot, editor, "borderline_margin = 2", "borderline_margin = ")
    assert editor.save_now()
    assert "borderline_margin = \n" in (ours / BANDS).read_text(encoding="utf-8").replace(
        "borderline_margin =  #", "borderline_margin = \n#"
    )
    assert "cannot be used yet" in editor._note.text()


def test_line_ends_of_another_system_stay(qtbot, theme, editor, ours):
    place = ours / SCALE
    place.write_bytes(place.read_bytes().replace(b"\n", b"\r\n"))
    with qtbot.waitSignal(editor.check.checked, timeout=10_000):
        editor.open_path(SCALE)
    retype(qtbot, editor, "step = 1", "step = 0.5")
    assert editor.save_now()
    content = place.read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n")


def test_a_file_changed_elsewhere_is_not_written_over_unasked(qtbot, editor, ours, answer):
    retype(qtbot, editor, "borderline_margin = 2", "borderline_margin = 3")
    (ours / BANDS).write_text("# theirs\n", encoding="utf-8")
    asked = answer(QMessageBox.StandardButton.No)
    assert not editor.save_now()
    assert asked
    assert (ours / BANDS).read_text(encoding="utf-8") == "# theirs\n"


@pytest.mark.parametrize(
    ("button", "closed", "saved"),
    [
        (QMessageBox.StandardButton.SaveAll, True, True),
        (QMessageBox.StandardButton.Discard, True, False),
        (QMessageBox.StandardButton.Cancel, False, False),
    ],
)
def test_closing_asks_when_text_is_not_saved(qtbot, editor, ours, answer, button, closed, saved):
    retype(qtbot, editor, "borderline_margin = 2", "borderline_margin = 3")
    asked = answer(button)
    assert editor.close() is closed
    assert len(asked) == 1
    assert (b"borderline_margin = 3" in (ours / BANDS).read_bytes()) is saved


def test_closing_does_not_ask_when_all_is_saved(editor, answer):
    asked = answer(QMessageBox.StandardButton.Cancel)
    assert editor.close()
    assert asked == []


def test_unsaved_files_are_marked_in_the_list(qtbot, editor):
    retype(qtbot, editor, "borderline_margin = 2", "borderline_margin = 3")
    item = editor.files.currentItem()
    assert "not saved" in item.data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_change_of_colours_keeps_text_and_marks(qtbot, editor, theme):
    line = retype(qtbot, editor, "weight = 4", "weight = -4")
    text = editor.editor.toPlainText()
    theme.changed.emit()
    assert line in editor.editor.marked_lines()
    assert editor.editor.toPlainText() == text
    assert editor.shelf.unsaved() == (BANDS,)


def test_findings_tell_errors_from_remarks(qtbot, editor):
    retype(qtbot, editor, "weight = 4", "weight = -4")
    placed = editor.findings.item(0).data(Qt.ItemDataRole.UserRole)
    assert placed.finding.severity is Severity.ERROR
    assert editor.findings.item(0).text().startswith(f"Line {placed.line}: ")


def test_line_numbers_grow_with_the_text(editor):
    narrow = editor.editor.numbers_width()
    editor.editor.setPlainText("\n" * 12_000)
    assert editor.editor.numbers_width() > narrow


def test_everything_has_a_name(editor):
    for widget in (editor.files, editor.editor, editor.findings, editor.trials, editor.save):
        assert widget.accessibleName() or widget.text()
