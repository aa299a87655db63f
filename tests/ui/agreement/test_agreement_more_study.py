"""The window of a study: what it is pointed at, what it lacks, and what it lists."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from ssp_coder.domain.coding import CodingRole
from ssp_coder.reporting.agreement_inputs import PairFiles
from ssp_coder.ui.agreement.study_window import MOST_NAMED, StudyWindow
from ssp_coder.ui.agreement.work import SessionFigures
from tests.ui.agreement.agreement_jobs import Job, refused
from tests.ui.agreement.agreement_looks import cells, every_page, go_to, shown, titles
from tests.ui.agreement.agreement_results import a_study, write_coding, write_pair
from tests.unit.agreement.study_desk import session_pair


def study_with(**fields):
    """The study with some of its figures put otherwise."""
    result = a_study()
    study = replace(result.report.study, **fields)
    return replace(result, report=replace(result.report, study=study))


def without_cases():
    """A study of behaviour alone: nobody rated or classed."""
    return study_with(scales=(), classes=(), disorganization=None, several=())


@pytest.fixture
def job(monkeypatch):
    made = Job(a_study())
    monkeypatch.setattr("ssp_coder.ui.agreement.study_window.study_work", made)
    yield made
    made.let_go()


@pytest.fixture
def window(study_window, job, tmp_path):
    """A window that names a folder; what it compares is up to the job."""
    study_window.set_source(tmp_path)
    return study_window


@pytest.fixture
def filled(window, compared):
    return compared(window)


@pytest.fixture
def folder(tmp_path):
    """Two sessions, each coded twice."""
    for number in (1, 2):
        write_pair(tmp_path, number)
    return tmp_path


class TestSources:
    def test_the_same_folder_named_twice_is_one_folder(self, window, job, tmp_path):
        (tmp_path / "sub").mkdir()
        window.set_source(tmp_path, tmp_path / "sub" / "..")
        window.begin()
        assert [(order.source, order.second) for order in job.orders] == [(tmp_path, None)]
        window.cancel_work()

    def test_two_folders_are_two(self, window, job, tmp_path):
        (tmp_path / "other").mkdir()
        window.set_source(tmp_path, tmp_path / "other")
        window.begin()
        assert job.orders[0].second == tmp_path / "other"
        window.cancel_work()

    def test_both_wrong_places_are_told_at_once(self, window, job, tmp_path):
        window.set_source(tmp_path / "gone", tmp_path / "lost")
        window.begin()
        assert window.source.field.error() == "There is nothing there."
        assert window.second.field.error() == "There is nothing there."
        assert job.orders == []

    def test_a_file_for_the_second_coders_is_refused(self, window, job, tmp_path):
        (tmp_path / "list.csv").write_text("session,a,b\n")
        window.set_source(tmp_path, tmp_path / "list.csv")
        window.begin()
        assert window.second.field.error() == "Two folders, or a list alone."
        assert job.orders == []

    def test_an_endless_name_is_told_at_its_field(self, window, job):
        window.source.field.set_text("y" * 5_000)
        window.begin()
        assert window.source.field.error() == "There is nothing there."

    def test_a_list_given_up_keeps_the_folder(self, window, tmp_path, monkeypatch):
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
        window.list_button.click()
        assert window.source.path == tmp_path

    def test_a_chosen_list_takes_the_second_folder_away(self, window, tmp_path, monkeypatch):
        window.set_source(tmp_path, tmp_path)
        chosen = str(tmp_path / "list.csv"), ""
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: chosen)
        window.list_button.click()
        assert window.second.path is None

    def test_a_folder_is_chosen_with_its_button(self, window, tmp_path, monkeypatch):
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "x"))
        window.second.choose.click()
        assert window.second.path == tmp_path / "x"


class TestRealFiles:
    def test_a_list_of_a_german_spreadsheet_is_read(self, study_window, folder, compared):
        path = folder / "pairs.csv"
        path.write_text("session;a;b\neins;S001.ref.sspc;S001.c02.sspc\n")
        study_window.set_source(path)
        compared(study_window)
        assert study_window.trouble.text() == ""
        assert [one.session for one in study_window.compared.sessions] == ["eins"]

    @pytest.mark.parametrize("name", ["S001.ref.sspc", "empty.csv", "picture.png"])
    def test_a_file_that_is_no_list_is_told_by_name(self, study_window, folder, compared, name):
        (folder / "empty.csv").write_text("")
        (folder / "picture.png").write_bytes(b"\x89PNG\xff")
        study_window.set_source(folder / name)
        compared(study_window)
        assert name in study_window.trouble.text()
        assert study_window.compared is None

    def test_an_empty_folder_is_told_what_it_should_hold(self, study_window, folder, compared):
        (folder / "empty").mkdir()
        study_window.set_source(folder / "empty")
        compared(study_window)
        assert "holds neither" in study_window.trouble.text()

    def test_a_damaged_coding_is_named_and_mended_it_goes_on(self, study_window, folder, compared):
        path = folder / "S002.c02.sspc"
        whole = path.read_bytes()
        path.write_bytes(b"damaged")
        study_window.set_source(folder)
        compared(study_window)
        assert "S002.c02.sspc" in study_window.trouble.text()
        path.write_bytes(whole)
        compared(study_window)
        assert study_window.trouble.text() == ""
        assert "2 pairs of 2 sessions" in study_window.facts.text()

    def test_a_consensus_in_the_folder_is_left_out_and_told(self, study_window, folder, compared):
        drawn = replace(session_pair(1).second, role=CodingRole.CONSENSUS)
        write_coding(folder / "S001.consensus.sspc", drawn)
        study_window.set_source(folder)
        compared(study_window)
        assert "2 pairs of 2 sessions" in study_window.facts.text()
        assert "S001.consensus.sspc" in study_window.concern.text()

    def test_a_session_s_pair_is_that_of_its_files(self, study_window, folder, compared, qtbot):
        study_window.set_source(folder)
        compared(study_window)
        page = shown(study_window, study_window.sessions)
        page.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        go_to(page.table, 0)
        with qtbot.waitSignal(study_window.pair_wanted) as wanted:
            QTest.keyClick(page.table, Qt.Key.Key_Return)
        assert {path.name for path in wanted.args} == {"S002.ref.sspc", "S002.c02.sspc"}


class TestWithoutCases:
    def test_pages_of_cases_are_empty_and_no_fault(self, window, job, compared):
        job.result = without_cases()
        compared(window)
        assert len(list(every_page(window))) == window.tabs.count()
        assert window.ratings.chart.words() == ""
        assert window.ratings.axis.rows == ()
        assert window.classes.grid.matrix.side == 0
        assert window.classes.several.figures.rowCount() == 0

    def test_nothing_of_the_study_before_is_named_any_more(self, filled, job, compared):
        pages = filled.ratings, filled.classes
        for page in pages:
            shown(filled, page)
        scale, level = filled.ratings.table, filled.classes.table
        before = scale.figures.words(0, 0), level.figures.words(0, 0)
        job.result = without_cases()
        compared(filled)
        for page, name in zip(pages, before, strict=True):
            shown(filled, page)
            said = [label.text() for label in page.findChildren(type(filled.facts))]
            assert name not in said
            assert not any(words.startswith("n = ") for words in said)

    def test_three_coders_have_no_place_where_there_are_two(self, window, job, compared):
        job.result = study_with(several=())
        page = shown(compared(window), window.classes)
        assert not page.several.isVisible()

    def test_without_any_event_the_pages_of_behaviour_are_empty(self, window, job, compared):
        job.result = replace(study_with(tracks=()), rows=())
        compared(window)
        list(every_page(window))
        for table in (window.codes.tracks, window.codes.codes, window.episodes.table):
            assert table.figures.rowCount() == 0
        assert window.overview.time.accessibleDescription() == "no figures"

    def test_a_failed_study_leaves_the_earlier_one(self, filled, job, compared):
        job.result = refused("is damaged")
        compared(filled)
        assert filled.compared is not None
        assert filled.facts.text()
        assert "is damaged" in filled.trouble.text()


class TestFacts:
    @pytest.mark.parametrize("count", [1, MOST_NAMED, MOST_NAMED + 1, 40])
    def test_of_many_coders_a_few_are_named_and_the_rest_counted(self, filled, count):
        names = tuple(f"c{number:02}" for number in range(count))
        said = filled.facts_of(study_with(coders=(names, ("x",))))
        assert all((name in said) == (at < MOST_NAMED) for at, name in enumerate(names))
        assert ("more" in said) == (count > MOST_NAMED)

    def test_removed_time_and_open_states_are_told(self, filled):
        said = filled.facts_of(study_with(removed_us=1_234_500_000, open_states=7))
        assert "1,234.5 s could not be seen" in said
        assert "7 states never ended" in said

    def test_coders_that_vary_are_said_to_need_another_icc(self, window, job, compared):
        for vary in (True, False):
            job.result = study_with(pairs_vary=vary)
            page = shown(compared(window), window.ratings)
            assert ("ICC(1,1) fits" in page.note.text()) is vary


class TestPages:
    def test_walking_the_scales_takes_their_differences_along(self, filled):
        page = shown(filled, filled.ratings)
        said = []
        for row in range(page.table.figures.rowCount()):
            go_to(page.table, row)
            said.append(page.chart.words().split(":")[0])
        assert said == cells(page.table, "Scale")

    def test_a_row_of_the_axis_is_found_in_a_sorted_table(self, filled):
        page = shown(filled, filled.ratings)
        page.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        for place in range(len(page.axis.rows)):
            page.axis.row_chosen.emit(place)
            assert page.table.current_place() == place

    def test_a_level_of_class_brings_its_labels_and_its_matrix(self, filled):
        page = shown(filled, filled.classes)
        seen = set()
        for row in range(page.table.figures.rowCount()):
            go_to(page.table, row)
            assert set(cells(page.labels, "Class")) <= set(page.grid.matrix.labels)
            seen.add(tuple(page.grid.matrix.labels))
        assert len(seen) > 1

    def test_sorted_by_another_column_the_level_is_still_its_own(self, filled):
        page = shown(filled, filled.classes)
        page.table.sortByColumn(titles(page.table).index("Kappa"), Qt.SortOrder.DescendingOrder)
        for row, n in enumerate(cells(page.table, "n")):
            go_to(page.table, row)
            assert str(page.grid.matrix.n) == n

    def test_sessions_are_sorted_by_a_group_s_kappa_and_those_without_come_last(
        self, window, job, compared
    ):
        track = next(one for one in a_study().report.tracks if one.spread).track.id
        files = (PairFiles(session="", first=Path("a.sspc"), second=Path("b.sspc")),)
        kappas = ({track: 0.5}, {}, {track: -0.25}, {track: 0.9})
        sessions = tuple(
            SessionFigures(session=f"S{at}", pairs=files * (at + 1), kappas=own)
            for at, own in enumerate(kappas)
        )
        job.result = replace(a_study(), sessions=sessions)
        page = shown(compared(window), window.sessions)
        page.table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
        assert cells(page.table, "Session") == ["S2", "S0", "S3", "S1"]
        assert [page.table.figures.words(row, 2) for row in range(4)] == [
            "−0.25",
            "0.50",
            "0.90",
            "",
        ]
        assert cells(page.table, "Pairs") == ["3", "1", "4", "2"]

    def test_a_thousand_sessions_are_listed_and_opened(self, window, job, compared, qtbot):
        def files(number):
            return PairFiles(session="", first=Path(f"{number}.a"), second=Path(f"{number}.b"))

        sessions = tuple(
            SessionFigures(session=f"S{number:04}", pairs=(files(number),), kappas={})
            for number in range(1_000)
        )
        job.result = replace(a_study(), sessions=sessions)
        page = shown(compared(window), window.sessions)
        QTest.keyClick(page.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        with qtbot.waitSignal(window.pair_wanted) as wanted:
            QTest.keyClick(page.table, Qt.Key.Key_Return)
        assert wanted.args == [Path("999.a"), Path("999.b")]

    def test_every_table_is_copied_with_as_many_cells_in_each_line(self, filled):
        for page in every_page(filled):
            tables = page.findChildren(type(filled.numbers.table))
            for table in tables:
                widths = {line.count("\t") for line in table.copied().split("\n")}
                assert len(widths) == 1, table.accessibleName()


def test_the_whole_window_speaks_german(in_german, opened, job, compared, tmp_path):
    window = opened(StudyWindow)
    assert "Choose" not in window.empty_hint()
    window.begin()
    assert window.source.field.error() not in {"", "Choose one."}
    window.set_source(tmp_path)
    compared(window)
    assert len(list(every_page(window))) == window.tabs.count()
    assert "Second coders" not in window.facts.text()
    english = {"Scale", "Bias", "Within 1", "Level", "Left out", "Session", "Units"}
    tables = window.ratings.table, window.classes.table, window.sessions.table
    assert not english & {title for table in tables for title in titles(table)}


def test_closed_in_the_middle_nothing_runs_on(window, job, qtbot):
    job.hold()
    window.begin()
    qtbot.waitUntil(lambda: window.progress.value() > 0)
    window.close()
    assert job.stopped == 1
    assert window.compared is None
