from __future__ import annotations

import csv
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from ssp_coder.domain.scale import SlotId
from ssp_coder.editing.edits import ClearRating
from ssp_coder.ui.export.page import ExportPage
from ssp_coder.ui.export.plan import (
    ExportOrder,
    files_in_the_way,
    pandas_snippet,
    planned_files,
    r_snippet,
    write_export,
)
from tests.ui.demo_codings import demo_coding, demo_scheme, demo_session


@pytest.fixture
def page(theme, qtbot, tmp_path):
    made = ExportPage(theme, demo_session("trainee"))
    made.session = made._session
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.folder.set_text(str(tmp_path / "out"))
    made.show()
    return made


def exported(page, qtbot):
    page.act.click()
    qtbot.waitUntil(lambda: page._work is None, timeout=20_000)


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_tables_are_listed_with_their_rows_before_anything_is_written(page, tmp_path):
    names = [page.table.item(row, 0).text() for row in range(page.table.rowCount())]
    assert [name.rsplit("_", 1)[-1] for name in names] == [
        "events.csv",
        "scores.csv",
        "episodes.csv",
        "intervals.csv",
        "frequencies.csv",
        "comments.csv",
        "codebook.csv",
    ]
    assert page.table.item(0, 2).text() == "143"
    assert not (tmp_path / "out").exists()


def test_planned_rows_are_the_rows_that_are_written(tmp_path):
    value, scheme = demo_coding("trainee"), demo_scheme()
    order = ExportOrder(coding=value, scheme=scheme, folder=tmp_path)
    written = {path.name: path for path in write_export(order)}
    for planned in planned_files(value, scheme):
        assert len(rows(written[planned.file])) == planned.rows


def test_export_writes_the_tables_and_says_so(page, qtbot, tmp_path):
    exported(page, qtbot)
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == [
        "DEMO.trainee_comments.csv",
        "DEMO.trainee_episodes.csv",
        "DEMO.trainee_events.csv",
        "DEMO.trainee_export.json",
        "DEMO.trainee_frequencies.csv",
        "DEMO.trainee_intervals.csv",
        "DEMO.trainee_scores.csv",
        "codebook.csv",
    ]
    assert len(rows(tmp_path / "out" / "DEMO.trainee_events.csv")) == 143
    assert page.result.isVisible()
    assert not page.trouble.isVisible()


def test_the_same_export_again_needs_no_question(page, qtbot):
    exported(page, qtbot)
    exported(page, qtbot)
    assert not page._question.isVisible()


def test_another_export_over_it_is_asked_in_place_and_can_be_left(page, qtbot, tmp_path):
    exported(page, qtbot)
    before = (tmp_path / "out" / "DEMO.trainee_scores.csv").read_bytes()
    page.session.submit(ClearRating(slot=SlotId("cm_c_8")))
    page.act.click()
    assert page._question.isVisible()
    page.keep.click()
    assert (tmp_path / "out" / "DEMO.trainee_scores.csv").read_bytes() == before
    page.act.click()
    page.overwrite.click()
    qtbot.waitUntil(lambda: page._work is None, timeout=20_000)
    assert rows(tmp_path / "out" / "DEMO.trainee_scores.csv")[0]["cm_c_8"] == ""


def test_only_files_with_other_content_are_in_the_way(tmp_path):
    value, scheme = demo_coding("trainee"), demo_scheme()
    order = ExportOrder(coding=value, scheme=scheme, folder=tmp_path)
    assert files_in_the_way(order) == ()
    write_export(order)
    assert files_in_the_way(order) == ()
    (tmp_path / "DEMO.trainee_events.csv").write_text("mine")
    assert files_in_the_way(order) == ("DEMO.trainee_events.csv",)


@pytest.mark.parametrize("text", ["", "   ", "out", "a/b"])
def test_a_folder_that_is_no_whole_path_is_refused_at_the_field(page, text):
    page.folder.set_text(text)
    page.act.click()
    assert page.folder.error()
    assert page._work is None


def test_a_file_is_no_folder(page, tmp_path):
    (tmp_path / "file").write_text("x")
    page.folder.set_text(str(tmp_path / "file"))
    page.act.click()
    assert page.folder.error()


def test_a_folder_can_be_chosen(page, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "chosen"))
    page.choose.click()
    assert page.folder.text() == str(tmp_path / "chosen")


def test_a_failure_is_said_and_nothing_is_claimed(page, qtbot, tmp_path):
    (tmp_path / "out").write_text("in the way of the folder")
    page.folder.set_text(str(tmp_path / "out" / "deeper"))
    exported(page, qtbot)
    assert page.trouble.isVisible()
    assert not page.result.isVisible()


def test_the_excel_variant_is_marked_at_its_start(page, qtbot, tmp_path):
    page.for_excel.setChecked(True)
    exported(page, qtbot)
    assert (tmp_path / "out" / "DEMO.trainee_events.csv").read_bytes()[:3] == b"\xef\xbb\xbf"


def test_the_main_act_of_the_step_is_the_export(page, qtbot, tmp_path):
    words, act = page.main_action()
    act()
    qtbot.waitUntil(lambda: page._work is None, timeout=20_000)
    assert words == "Export"
    assert (tmp_path / "out").is_dir()


def test_the_lines_for_pandas_run_as_they_stand(tmp_path):
    value, scheme = demo_coding("trainee"), demo_scheme()
    write_export(ExportOrder(coding=value, scheme=scheme, folder=tmp_path))
    lines = pandas_snippet(tmp_path, "DEMO.trainee") + "print(len(events), len(episodes))\n"
    outcome = subprocess.run(
        [sys.executable, "-c", lines], capture_output=True, text=True, check=False
    )
    assert outcome.stdout.split() == ["143", "8"], outcome.stderr


def test_the_lines_for_r_name_every_table_and_escape_the_folder(tmp_path):
    lines = r_snippet(tmp_path / 'odd "name"', "S001.c01")
    assert '\\"name\\"' in lines
    for table in ("events", "scores", "episodes", "intervals", "frequencies", "comments"):
        assert f"S001.c01_{table}.csv" in lines


def test_rows_follow_the_coding(page):
    page.hide()
    page.session.undo()
    events = page.session.coding.events
    from ssp_coder.editing.edits import ClearSessionEnd, DeleteEvents

    page.session.submit(ClearSessionEnd())
    page.session.submit(DeleteEvents(events=(events[-1].id,)))
    page.show()
    assert page.table.item(0, 2).text() == str(len(page.session.coding.events))


def test_keys_reach_the_export(page, qtbot, tmp_path):
    page.act.setFocus()
    QTest.keyClick(page.act, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page._work is None, timeout=20_000)
    assert (tmp_path / "out" / "codebook.csv").is_file()
    for widget in (page.table, page.act, page.choose, page.for_excel):
        assert widget.accessibleName()
