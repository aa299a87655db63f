"""The check of the statistics in the window: verdict, list, copy, and stopping."""

from __future__ import annotations

import json

import pytest
from PySide6.QtGui import QGuiApplication

from ssp_coder.media.errors import Abandoned
from ssp_coder.ui.dialogs import statistics_check
from ssp_coder.ui.dialogs.statistics_check import StatisticsCheck
from ssp_coder.ui.kit.chip import TagKind

RIGHT = {
    "id": "cohen",
    "source": "Cohen 1960, p.45",
    "kind": "table",
    "input": {"table": [[88, 14, 18], [10, 40, 10], [2, 6, 12]]},
    "expected": {"kappa": 0.492, "p_o": 0.7},
    "tolerance": 0.001,
}
UNDEFINED = RIGHT | {"id": "one code", "input": {"table": [[9]]}, "expected": {"kappa": None}}
WRONG = RIGHT | {"id": "wrong", "expected": {"p_o": 0.7, "kappa": 0.5}}


@pytest.fixture
def checked(theme, qtbot, tmp_path):
    """Opens the dialog on a file of these rows, or of this text."""

    def open_dialog(*rows, text=None):
        file = tmp_path / "own.json"
        file.write_text(json.dumps(rows) if text is None else text, encoding="utf-8")
        dialog = StatisticsCheck(theme, file)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: dialog.verdict.kind() is not TagKind.NEUTRAL, timeout=20_000)
        return dialog

    return open_dialog


def rows_of(dialog):
    table = dialog.table
    return [
        tuple(table.item(row, column).text() for column in range(5))
        for row in range(table.rowCount())
    ]


def test_the_bundled_examples_are_right(theme, qtbot):
    dialog = StatisticsCheck(theme)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: bool(dialog.results), timeout=20_000)
    assert (dialog.verdict.text(), dialog.verdict.kind()) == ("right", TagKind.OK)
    assert dialog.sentence.text() == "All 30 examples come out as they should."
    assert dialog.table.isVisible()
    assert all(row[4] == "as expected" for row in rows_of(dialog))


def test_every_statistic_stands_with_what_was_expected(checked):
    dialog = checked(RIGHT, UNDEFINED)
    assert rows_of(dialog) == [
        ("cohen", "kappa", "0.492", "0.4915254", "as expected"),
        ("cohen", "p_o", "0.7", "0.7", "as expected"),
        ("one code", "kappa", "undefined", "undefined", "as expected"),
    ]


def test_the_row_in_front_says_where_its_numbers_come_from(checked):
    dialog = checked(RIGHT, {"id": "odd", "source": "nowhere"})
    assert dialog.table.currentRow() == 0
    assert dialog.origin.text() == "within 0.001 · Cohen 1960, p.45"
    dialog.table.setCurrentCell(2, 3)
    assert dialog.origin.text() == "cannot be read: it lacks 'tolerance' · nowhere"


def test_a_statistic_that_differs_is_an_error_and_says_which(checked):
    dialog = checked(RIGHT, WRONG)
    assert (dialog.verdict.text(), dialog.verdict.kind()) == ("not right", TagKind.ERR)
    assert dialog.sentence.text() == "1 of 2 examples do not come out as they should."
    assert rows_of(dialog)[-1] == ("wrong", "kappa", "0.5", "0.4915254", "differs")


def test_a_row_that_cannot_be_read_says_why(checked):
    dialog = checked(RIGHT, {"id": "odd"})
    assert rows_of(dialog)[-1] == ("odd", "", "", "cannot be read: it lacks 'tolerance'", "differs")


def test_a_file_that_cannot_be_read_says_why(checked):
    dialog = checked(text="{")
    assert dialog.verdict.text() == "not worked out"
    assert "is not JSON" in dialog.sentence.text()
    assert not dialog.table.isVisible()
    assert not dialog.copy_button.isEnabled()


def test_the_result_can_be_copied_as_text(checked):
    dialog = checked(RIGHT, WRONG)
    dialog.copy_button.click()
    text = QGuiApplication.clipboard().text()
    assert text.endswith("1 passed, 1 failed")
    assert "wrong  FAIL  kappa" in text


def test_closing_stops_the_work(theme, qtbot, monkeypatch, tmp_path):
    file = tmp_path / "own.json"
    file.write_text(json.dumps([RIGHT] * 3), encoding="utf-8")
    dialog = StatisticsCheck(theme, file)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.close_button.click()
    assert not dialog.isVisible()
    assert dialog.results == ()


def test_work_that_is_stopped_leaves_no_result(tmp_path):
    file = tmp_path / "own.json"
    file.write_text(json.dumps([RIGHT] * 3), encoding="utf-8")
    told = []
    work = statistics_check._worked_out(file)
    with pytest.raises(Abandoned):
        work(told.append, lambda: bool(told))
    assert told == [pytest.approx(1 / 3)]
