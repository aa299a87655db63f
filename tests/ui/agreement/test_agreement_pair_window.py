"""Two codings compared in a window: what it asks, shows and refuses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from ssp_coder.domain.finding import Finding
from ssp_coder.domain.time import Micros
from ssp_coder.formats.protocol_file import protocol_sha256
from ssp_coder.ui.agreement import pair_window as pair_window_module
from ssp_coder.ui.agreement.pair_window import PairWindow
from ssp_coder.ui.agreement.tracks_page import EVENTS, SECONDS
from ssp_coder.ui.agreement.work import pair_work
from tests.ui.agreement.agreement_results import a_pair, write_pair
from tests.unit.agreement.study_desk import QUICK


@pytest.fixture
def files(tmp_path):
    return write_pair(tmp_path)


@pytest.fixture
def filled(pair_window):
    """A window with a report, without waiting for one."""
    pair_window._compared(a_pair())
    return pair_window


def shown(window, page):
    window.tabs.setCurrentWidget(page)
    return page


def cells(table, column):
    model = table.figures
    return [model.words(row, column) for row in range(model.rowCount())]


class TestAsking:
    def test_it_begins_with_what_to_do(self, pair_window):
        assert pair_window._stack.currentWidget() is pair_window.empty
        assert not pair_window.export.isEnabled()
        assert pair_window.export.statusTip()

    def test_nothing_named_is_said_at_both_fields(self, pair_window):
        pair_window.begin()
        assert pair_window.first.field.error() == "Choose one."
        assert pair_window.second.field.error() == "Choose one."
        assert pair_window._work is None

    def test_a_file_that_is_not_there_is_said_at_its_field(self, pair_window, files):
        pair_window.set_codings(files[0], files[0].with_name("gone.sspc"))
        pair_window.begin()
        assert pair_window.first.field.error() == ""
        assert pair_window.second.field.error() == "There is nothing there."

    def test_a_coding_is_not_compared_with_itself(self, pair_window, files):
        pair_window.set_codings(files[0], files[0])
        pair_window.begin()
        assert "first coding" in pair_window.second.field.error()

    def test_another_path_takes_the_error_away(self, pair_window, files):
        pair_window.begin()
        pair_window.set_codings(*files)
        assert pair_window.first.field.error() == ""

    def test_the_button_asks_for_a_file(self, pair_window, files, monkeypatch):
        def chosen(*_arguments):
            return str(files[1]), ""

        monkeypatch.setattr(QFileDialog, "getOpenFileName", chosen)
        pair_window.second.choose.click()
        assert pair_window.second.path == files[1]

    def test_a_dropped_file_is_named(self, pair_window, files):
        dropped = QMimeData()
        dropped.setUrls([QUrl.fromLocalFile(str(files[0]))])
        pair_window.first.dropEvent(
            QDropEvent(
                QPoint(4, 4),
                Qt.DropAction.CopyAction,
                dropped,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            )
        )
        assert pair_window.first.path == files[0]


class TestComparing:
    def test_two_files_become_a_report(self, pair_window, files, compared):
        pair_window.set_codings(*files)
        compared(pair_window)
        assert pair_window.trouble.text() == ""
        assert "Session S002: ref (reference) and c02" in pair_window.facts.text()
        assert pair_window._stack.currentWidget() is pair_window.tabs
        assert pair_window.overview.time.rows

    def test_the_key_of_the_main_act_compares(self, pair_window, files, qtbot):
        pair_window.set_codings(*files)
        pair_window.activateWindow()
        qtbot.waitUntil(pair_window.isActiveWindow)
        QTest.keyClick(pair_window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: pair_window.compared is not None, timeout=20_000)

    def test_a_file_that_is_no_coding_is_said_in_place(self, pair_window, files, compared):
        wrong = files[0].with_name("wrong.sspc")
        wrong.write_bytes(b"no coding")
        pair_window.set_codings(files[0], wrong)
        compared(pair_window)
        assert "wrong.sspc" in pair_window.trouble.text()
        assert pair_window.compared is None

    def test_another_session_is_a_doubt_and_still_compared(
        self, pair_window, files, tmp_path, compared
    ):
        pair_window.set_codings(files[0], write_pair(tmp_path, 3)[1])
        compared(pair_window)
        assert pair_window.compared is not None
        assert "S003" in pair_window.concern.text()

    def test_cancelled_work_leaves_nothing(self, pair_window, files):
        pair_window.set_codings(*files)
        pair_window.begin()
        assert pair_window.stop.isVisible()
        pair_window.stop.click()
        assert pair_window.compared is None
        assert pair_window.compare.isVisible()
        assert not pair_window.progress.isVisible()

    def test_closing_stops_the_work(self, pair_window, files):
        pair_window.set_codings(*files)
        pair_window.begin()
        work = pair_window._work
        pair_window.close()
        assert not work._thread.is_alive()

    def test_another_protocol_compares_anew(self, pair_window, files, compared, monkeypatch):
        pair_window.set_codings(*files)
        compared(pair_window)
        orders = []

        def noted(order):
            orders.append(order)
            return pair_work(order)

        monkeypatch.setattr(pair_window_module, "pair_work", noted)
        other = replace(QUICK, name="ours", unit_us=Micros(2_000_000))
        pair_window.change_protocol()
        dialog = next(child for child in pair_window.children() if hasattr(child, "read_file"))
        dialog.show_protocol(other)
        dialog.accept()
        assert orders[0].protocol == other
        assert protocol_sha256(other)[:12] in pair_window._protocol_line.text()
        pair_window.cancel_work()


class TestPages:
    def test_every_exclusive_group_has_both_indexes(self, filled):
        page = shown(filled, filled.overview)
        timed = {row.label for row in page.time.rows}
        assert timed
        assert timed <= {row.label for row in page.events.rows}

    def test_bands_are_told_but_not_drawn(self, filled):
        page = shown(filled, filled.overview)
        assert "convention" in page.time.words_of(0)
        assert all(row.criterion is None for row in page.time.rows)

    def test_a_page_is_made_when_it_is_seen(self, filled):
        assert filled.codes.table.figures.rowCount() == 0
        shown(filled, filled.codes)
        assert filled.codes.table.figures.rowCount() > 0

    def test_the_matrix_follows_the_group(self, filled):
        page = shown(filled, filled.tracks)
        before = page.grid.matrix
        page.table.setCurrentIndex(page.table.figures.index(1, 0))
        assert page.grid.matrix != before

    def test_seconds_and_events_of_a_group_are_counted_apart(self, filled):
        page = shown(filled, filled.tracks)
        track = filled.compared.report.tracks[0]
        assert page.unit.chosen() == SECONDS
        whole = float(track.time.seconds.sum())
        assert page.grid.matrix.n == pytest.approx(whole, abs=len(page.grid.matrix.labels) ** 2)
        page.unit.part(EVENTS).click()
        linked = track.alignment
        pairs = len(linked.pairs)
        assert page.grid.matrix.n == pairs + linked.misses + linked.false_alarms

    def test_moments_have_no_seconds(self, filled):
        page = shown(filled, filled.tracks)
        places = [at for at, one in enumerate(filled.compared.report.tracks) if one.time is None]
        page.table.setCurrentIndex(page.table.figures.index(places[0], 0))
        assert page.unit.chosen() == EVENTS
        assert not page.unit.part(SECONDS).isEnabled()

    def test_every_index_stands_with_its_n(self, filled):
        page = shown(filled, filled.tracks)
        counted = cells(page.indexes, page.indexes.figures.columnCount() - 1)
        assert len(counted) >= 5
        assert all(words.split()[0].replace(",", "").isdigit() for words in counted)

    def test_codes_tell_how_late_the_second_coder_is(self, filled):
        page = shown(filled, filled.codes)
        titles = [column.title for column in page.table.figures.columns]
        lags = cells(page.table, titles.index("Median lag, s"))
        assert "+0.70" in lags
        assert "c02 minus ref" in page.note.text()

    def test_ratings_show_who_rates_higher(self, filled):
        page = shown(filled, filled.ratings)
        assert "2 rated by both: 1 equal, 2 within one point" in page.sentence.text()
        assert sorted(row.value for row in page.axis.rows) == [0.0, 1.0]

    def test_classes_stand_beside_each_other(self, filled):
        page = shown(filled, filled.classes)
        assert "same" in cells(page.table, 3)

    def test_episodes_stand_in_the_plan_s_order(self, filled):
        page = shown(filled, filled.episodes)
        page.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        order = {plan.id: at for at, plan in enumerate(filled.compared.scheme.procedure.episodes)}
        places = [order[name] for name in cells(page.table, 0)]
        assert places == sorted(places)

    def test_the_method_is_copied_as_it_stands(self, filled):
        page = shown(filled, filled.method)
        page.copy_button.click()
        copied = QGuiApplication.clipboard().text()
        assert copied == page.text.toPlainText()
        assert "Cohen 1960" in copied
        assert page.copied.text() == "copied"

    def test_all_numbers_are_there_and_found_by_words(self, filled):
        page = shown(filled, filled.numbers)
        assert page.table.figures.rowCount() == len(filled.compared.rows)
        page.search.edit.setText("kappa_max")
        page.search.text_edited.emit("kappa_max")
        assert set(cells(page.table, 3)) == {"kappa_max"}

    def test_keys_turn_the_pages_round(self, filled, qtbot):
        filled.activateWindow()
        qtbot.waitUntil(filled.isActiveWindow)
        QTest.keyClick(filled, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
        assert filled.tabs.currentWidget() is filled.numbers
        QTest.keyClick(filled, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
        assert filled.tabs.currentWidget() is filled.overview


def test_the_window_fits_a_small_screen(opened):
    window = opened(PairWindow)
    window._compared(a_pair())
    for place in range(window.tabs.count()):
        window.tabs.setCurrentIndex(place)
    assert window.minimumSizeHint().width() <= 1_300
    assert window.minimumSizeHint().height() <= 700


def test_two_timelines_alone_are_enough(pair_window, tmp_path, compared):
    rows = "behaviour,subject,start_s,stop_s\nplay,x,0,{0}\nrest,x,{0},60\n"
    for name, end in (("a.csv", 30), ("b.csv", 35)):
        (tmp_path / name).write_text(rows.format(end))
    pair_window.set_codings(tmp_path / "a.csv", tmp_path / "b.csv")
    compared(pair_window)
    assert pair_window.trouble.text() == ""
    assert "codes were taken from the files" in pair_window.concern.text()
    assert isinstance(pair_window.first.path, Path)


class TestKeys:
    def test_a_table_is_sorted_by_its_column_with_a_key(self, filled, qtbot):
        page = shown(filled, filled.codes)
        filled.activateWindow()
        qtbot.waitUntil(filled.isActiveWindow)
        page.table.setFocus()
        page.table.setCurrentIndex(page.table.figures.index(0, 2))
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(page.table, Qt.Key.Key_O, both)
        counts = [int(words) for words in cells(page.table, 2)]
        assert counts == sorted(counts)

    def test_the_key_to_sort_rests_where_there_is_no_table(self, filled):
        filled.first.field.edit.setFocus()
        filled._sort()
        assert filled.tabs.currentWidget() is filled.overview

    def test_the_tables_say_their_keys(self, filled):
        assert "Ctrl+C" in filled.codes.table.accessibleDescription()
        assert "Ctrl+Shift+O" in filled.codes.table.accessibleDescription()


class TestTroubleAndWords:
    def test_a_failed_comparison_leaves_the_earlier_report(self, filled):
        filled._failed("the file is damaged")
        assert filled.trouble.text() == "the file is damaged"
        assert filled._stack.currentWidget() is filled.tabs

    def test_a_new_comparison_takes_the_trouble_away(self, filled):
        filled._failed("the file is damaged")
        filled._compared(a_pair())
        assert filled.trouble.text() == ""

    def test_many_doubts_are_counted_not_listed(self, filled):
        doubts = tuple(
            Finding(code="x", message=f"doubt {number}", place="a", remedy="look")
            for number in range(9)
        )
        filled._say(doubts, "")
        assert filled.concern.text().count("doubt") == 3
        assert "6 further notes" in filled.concern.text()

    def test_open_states_are_told(self, filled):
        result = a_pair()
        left = replace(result.report.pair, open_states=(1, 2))
        said = filled.facts_of(replace(result, report=replace(result.report, pair=left)))
        assert "3 states never ended" in said

    def test_a_pair_without_any_event_has_no_figures_and_no_fault(self, filled):
        result = a_pair()
        bare = replace(result.report, pair=replace(result.report.pair, tracks=()))
        filled._compared(replace(result, report=bare, rows=()))
        for place in range(filled.tabs.count()):
            filled.tabs.setCurrentIndex(place)
        assert filled.overview.time.rows == ()
        assert filled.tracks.grid.matrix.side == 0
        assert "0 events and 0" in filled.facts.text()

    def test_protocol_and_its_hash_stand_beside_the_button(self, filled):
        assert protocol_sha256(filled.protocol)[:12] in filled._protocol_line.text()
