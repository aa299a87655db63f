"""A study compared in a window: where its codings come from, and what is told of them."""

from __future__ import annotations

import gc
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from ssp_coder.media.errors import Abandoned
from ssp_coder.ui.agreement import work
from ssp_coder.ui.agreement.bland_altman import BlandAltmanChart, Differences
from ssp_coder.ui.agreement.work import StudyOrder, study_work
from tests.ui.agreement.agreement_results import FILES, a_study, write_pair
from tests.unit.agreement.study_desk import QUICK


@pytest.fixture
def filled(study_window):
    """A window with a report, without waiting for one."""
    study_window._compared(a_study())
    return study_window


@pytest.fixture
def folder(tmp_path):
    """Three sessions, each coded twice."""
    for number in (1, 2, 3):
        write_pair(tmp_path, number)
    return tmp_path


def shown(window, page):
    window.tabs.setCurrentWidget(page)
    return page


def cells(table, column):
    model = table.figures
    return [model.words(row, column) for row in range(model.rowCount())]


def titles(table):
    return [column.title for column in table.figures.columns]


class TestAsking:
    def test_nothing_named_is_said(self, study_window):
        study_window.begin()
        assert study_window.source.field.error() == "Choose one."

    def test_a_list_and_a_folder_do_not_go_together(self, study_window, folder):
        pairs = folder / "pairs.csv"
        pairs.write_text("session,a,b\n")
        study_window.set_source(pairs, folder)
        study_window.begin()
        assert study_window.second.field.error() == "Two folders, or a list alone."

    def test_a_list_is_chosen_by_its_button(self, study_window, folder, monkeypatch):
        def chosen(*_arguments):
            return str(folder / "pairs.csv"), ""

        monkeypatch.setattr(QFileDialog, "getOpenFileName", chosen)
        study_window.list_button.click()
        assert study_window.source.path == folder / "pairs.csv"


class TestComparing:
    def test_a_folder_with_sessions_coded_twice_is_a_study(self, study_window, folder, compared):
        study_window.set_source(folder)
        compared(study_window)
        assert study_window.trouble.text() == ""
        assert "3 pairs of 3 sessions" in study_window.facts.text()

    def test_two_folders_are_matched_by_session(self, study_window, folder, compared):
        other = folder / "second"
        other.mkdir()
        for path in folder.glob("*.c02.sspc"):
            path.rename(other / path.name)
        (other / "S003.c02.sspc").unlink()
        study_window.set_source(folder, other)
        compared(study_window)
        assert "2 pairs of 2 sessions" in study_window.facts.text()
        assert "S003" in study_window.concern.text()

    def test_a_list_names_the_pairs(self, study_window, folder, compared):
        pairs = folder / "pairs.csv"
        pairs.write_text("session,a,b\nfirst,S001.ref.sspc,S001.c02.sspc\n")
        study_window.set_source(pairs)
        compared(study_window)
        assert "1 pairs of 1 sessions" in study_window.facts.text()
        assert study_window.compared.sessions[0].session == "first"

    def test_a_list_with_a_missing_file_names_its_line(self, study_window, folder, compared):
        pairs = folder / "pairs.csv"
        pairs.write_text("session,a,b\nfirst,S001.ref.sspc,gone.sspc\n")
        study_window.set_source(pairs)
        compared(study_window)
        assert "gone.sspc" in study_window.trouble.text()
        assert "line 2" in study_window.trouble.text()

    def test_a_folder_without_a_session_coded_twice_says_so(self, study_window, folder, compared):
        for path in folder.glob("*.c02.sspc"):
            path.unlink()
        study_window.set_source(folder)
        compared(study_window)
        assert study_window.trouble.text()
        assert study_window.compared is None

    def test_the_work_tells_how_far_it_is(self, folder):
        shares = []
        order = StudyOrder(source=folder, protocol=QUICK)
        study_work(order)(shares.append, lambda: False)
        assert shares == sorted(shares)
        assert shares[-1] == pytest.approx(1.0)
        assert len(shares) >= 6

    @pytest.mark.parametrize("after", [0, 2, 8])
    def test_cancelled_it_stops_at_the_next_file_or_pair(self, folder, after):
        told = []
        order = StudyOrder(source=folder, protocol=QUICK)
        with pytest.raises(Abandoned):
            study_work(order)(told.append, lambda: len(told) >= after)
        assert len(told) == after

    def test_garbage_is_not_sought_meanwhile_and_is_afterwards(self, folder):
        seen = []
        order = StudyOrder(source=folder, protocol=QUICK)
        study_work(order)(lambda _share: seen.append(gc.isenabled()), lambda: False)
        assert not any(seen)
        assert gc.isenabled()

    def test_garbage_is_sought_again_after_an_error(self, tmp_path):
        with pytest.raises(Exception, match="holds neither"):
            study_work(StudyOrder(source=tmp_path))(lambda _share: None, lambda: False)
        assert gc.isenabled()

    def test_it_runs_outside_the_window_s_thread(self, study_window, folder, compared, monkeypatch):
        threads = []
        real = work.study_work

        def noted(order):
            job = real(order)

            def run(progress, cancelled):
                threads.append(threading.current_thread())
                return job(progress, cancelled)

            return run

        monkeypatch.setattr("ssp_coder.ui.agreement.study_window.study_work", noted)
        study_window.set_source(folder)
        compared(study_window)
        assert threads
        assert threads[0] is not threading.main_thread()


class TestPages:
    def test_scales_are_told_one_by_one_with_their_n(self, filled):
        page = shown(filled, filled.ratings)
        study = filled.compared.report.study
        assert page.table.figures.rowCount() == len(study.scales) == len(page.axis.rows)
        assert [row.n for row in page.axis.rows] == [one.ratings.n for one in study.scales]

    def test_a_scale_s_differences_are_drawn(self, filled):
        page = shown(filled, filled.ratings)
        before = page.chart.words()
        page.table.setCurrentIndex(page.table.figures.index(1, 0))
        assert page.chart.words() != before
        assert "limits of agreement" in page.chart.accessibleDescription()

    def test_a_row_of_the_axis_leads_to_the_table(self, filled):
        page = shown(filled, filled.ratings)
        page.axis.row_chosen.emit(1)
        assert page.table.current_place() == 1

    def test_too_few_cases_are_a_word(self, filled):
        page = shown(filled, filled.ratings)
        few = [one.ratings.few for one in filled.compared.report.study.scales]
        assert [words.endswith("few") for words in cells(page.table, 9)] == few

    def test_the_table_of_a_level_holds_its_cases(self, filled):
        page = shown(filled, filled.classes)
        assert page.grid.matrix.n == filled.compared.report.study.classes[0].figures.n
        for place in range(page.table.figures.rowCount()):
            page.table.setCurrentIndex(page.table.figures.index(place, 0))
            assert str(page.grid.matrix.n) == cells(page.table, 6)[place]

    def test_three_coders_have_figures_of_their_own(self, filled):
        page = shown(filled, filled.classes)
        assert filled.compared.report.study.several
        assert page.several.figures.rowCount() == len(filled.compared.report.study.several)

    def test_groups_have_a_time_based_and_an_event_based_index(self, filled):
        page = shown(filled, filled.codes)
        by_time, by_event = cells(page.tracks, 1), cells(page.tracks, 5)
        assert all(by_time)
        assert all(by_event)

    def test_codes_tell_their_lag(self, filled):
        page = shown(filled, filled.codes)
        assert "+0.70" in cells(page.codes, titles(page.codes).index("Median lag, s"))

    def test_episodes_leave_out_what_nobody_coded(self, filled):
        page = shown(filled, filled.episodes)
        spoken = sum(
            not part.silent for one in filled.compared.report.tracks for part in one.episodes
        )
        assert page.table.figures.rowCount() == spoken > 0

    def test_enter_on_a_session_asks_for_its_pair(self, filled, qtbot):
        page = shown(filled, filled.sessions)
        page.table.setFocus()
        with qtbot.waitSignal(filled.pair_wanted) as wanted:
            QTest.keyClick(page.table, Qt.Key.Key_Return)
        assert wanted.args == [FILES.first, FILES.second]

    def test_all_numbers_are_there(self, filled):
        page = shown(filled, filled.numbers)
        assert page.table.figures.rowCount() == len(filled.compared.rows)

    def test_the_method_says_that_sessions_were_drawn(self, filled):
        page = shown(filled, filled.method)
        assert "resamples of sessions" in page.text.toPlainText()


class TestBlandAltman:
    @pytest.fixture
    def scale(self):
        return next(one for one in a_study().report.study.scales if one.ratings.bias.value)

    @pytest.fixture
    def chart(self, theme, qtbot):
        made = BlandAltmanChart(theme)
        qtbot.addWidget(made)
        made.resize(400, 260)
        return made

    def show(self, chart, scale, **changed):
        points = scale.ratings.points
        kept = {
            "name": "Avoidance",
            "ends": (points[0], points[-1]),
            "pairs": scale.pairs,
            "figures": scale.ratings.differences,
        }
        chart.show_differences(Differences(**{**kept, **changed}))
        return chart.grab().toImage()

    def test_it_says_bias_and_limits(self, chart, scale):
        self.show(chart, scale)
        assert chart.words().startswith("Avoidance: bias +")
        assert f"n = {scale.ratings.n}" in chart.words()

    def test_every_case_counts_in_the_picture(self, chart, scale):
        whole = self.show(chart, scale)
        assert self.show(chart, scale, pairs=scale.pairs[:2]) != whole

    def test_nothing_chosen_is_an_empty_place(self, chart, scale):
        self.show(chart, scale)
        chart.show_differences(None)
        assert chart.words() == ""
        assert not chart.grab().isNull()
