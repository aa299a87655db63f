"""Making a copy in the dialog, and two versions side by side."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from ssp_coder.catalog import load_scheme
from ssp_coder.catalog.shelf import instruments_on_shelf
from ssp_coder.domain.coding import Classification, Coding
from ssp_coder.storage.coding_file import create
from ssp_coder.ui.instrument_copy.compare_window import CompareWindow
from ssp_coder.ui.instrument_copy.copy_dialog import CopyDialog
from ssp_coder.ui.instrument_copy.version_choice import options_of
from ssp_coder.ui.instrument_copy.version_note import VersionNote
from tests.builders import infant_scheme

BANDS = "schemas/rules/ours-default.toml"


def opened(qtbot, theme, *folders):
    window = CompareWindow(theme, options_of(instruments_on_shelf(folders)))
    qtbot.addWidget(window)
    window.show()
    return window


def test_the_dialog_writes_a_scheme_that_can_be_used(qtbot, theme, tmp_path):
    dialog = CopyDialog(theme, instruments_on_shelf(), tmp_path / "lab")
    qtbot.addWidget(dialog)
    dialog.id.set_text("mine")
    dialog.accept()
    assert dialog.main_path == "schemas/schemes/mine.toml"
    assert load_scheme("mine", folders=(tmp_path / "lab",)).id == "mine"


def test_the_dialog_asks_before_it_replaces(qtbot, theme, tmp_path):
    first = CopyDialog(theme, instruments_on_shelf(), tmp_path)
    qtbot.addWidget(first)
    first.accept()
    second = CopyDialog(theme, instruments_on_shelf(), tmp_path)
    qtbot.addWidget(second)
    second.show()
    second.title.edit.setFocus()
    qtbot.keyClicks(second.title.edit, "!")
    assert second.over.isVisible()
    assert not second.make.isEnabled()
    second.over.setChecked(True)
    assert second.make.isEnabled()


def test_the_dialog_needs_an_id_and_a_folder(qtbot, theme):
    dialog = CopyDialog(theme, instruments_on_shelf())
    qtbot.addWidget(dialog)
    assert not dialog.make.isEnabled()
    dialog.id.set_text("7 up")
    dialog._check()
    assert dialog.id.error()


def test_only_what_changes_suggestions_can_be_shown(qtbot, theme, ours):
    text = (ours / BANDS).read_text(encoding="utf-8").replace("weight = 4", "weight = 3", 1)
    (ours / BANDS).write_text(text, encoding="utf-8")
    window = opened(qtbot, theme, ours)
    window.choose(window.old.row_of("(infant-default "), window.new.row_of("(ours-default "))
    assert len(window.tree.rows()) == 3
    part = window.filter.part("suggestion")
    qtbot.mouseClick(part, Qt.MouseButton.LeftButton)
    assert [one.key[-1] for one in window.tree.rows()] == ["weight"]


def test_what_cannot_be_compared_is_said(qtbot, theme):
    window = opened(qtbot, theme)
    window.choose(window.old.row_of("(avo "), window.new.row_of("(infant-default "))
    assert window._trouble.text()
    assert not window.effects.look.isEnabled()


def test_codings_are_looked_at_and_hidden_ones_only_counted(qtbot, theme, tmp_path):
    place = tmp_path / "codings"
    place.mkdir()
    bare = Coding(session="S1", coder="c01", media=())
    own = Classification(primary="B", subgroup="B3")
    for value in (bare, replace(bare, session="S2", classification=own)):
        path = place / f"{value.session}.sspc"
        create(path, coding=value, scheme=infant_scheme(), who="c01").close()
    window = opened(qtbot, theme)
    row = window.old.row_of("(infant-default ")
    window.choose(row, row)
    window.effects.folder.set_text(str(place))
    window.effects.start()
    qtbot.waitUntil(lambda: window.effects.effects is not None, timeout=10_000)
    window.effects.only_changed.setChecked(False)
    assert window.effects.table.rowCount() == 1
    assert window.effects.table.item(0, 0).text() == "S2"
    assert window.effects.hidden.text().startswith("1 ")
    window.effects.save(tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").count("\n") == 2


def test_a_coding_of_today_gets_no_note(qtbot, theme):
    note = VersionNote(theme)
    qtbot.addWidget(note)
    note.show_scheme(infant_scheme())
    assert not note.isVisible()


def test_a_coding_of_an_earlier_version_gets_a_quiet_note(qtbot, theme):
    scheme = infant_scheme()
    earlier = replace(scheme, version="0.9.0", files=scheme.files[1:])
    note = VersionNote(theme)
    qtbot.addWidget(note)
    note.show_scheme(earlier)
    assert note.isVisible()
    assert f"infant 0.9.0; the program now brings {scheme.version}" in note.line.text()
    with qtbot.waitSignal(note.comparison_wanted):
        qtbot.mouseClick(note.compare, Qt.MouseButton.LeftButton)
