"""The window of two codings while it works, after it failed, and closed in the middle."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from ssp_coder.agreement.estimate import Undefined, missing
from ssp_coder.domain.finding import Finding
from ssp_coder.domain.time import Micros
from ssp_coder.ui.agreement.export import Form
from ssp_coder.ui.agreement.pair_window import PairWindow
from ssp_coder.ui.agreement.protocol_form import ProtocolDialog
from ssp_coder.ui.agreement.report_window import MOST_CONCERNS
from ssp_coder.ui.agreement.tracks_page import EVENTS, SECONDS
from tests.ui.agreement.agreement_jobs import Job, refused
from tests.ui.agreement.agreement_looks import cells, every_page, go_to, shown, titles
from tests.ui.agreement.agreement_results import a_pair
from tests.unit.agreement.study_desk import QUICK

DOUBT = Finding(code="x", message="is of session S9", place="b.sspc", remedy="look at it")


def doubted():
    """A pair of which one file is of another session."""
    result = a_pair()
    return replace(result, report=replace(result.report, doubts=(DOUBT,)))


def bare():
    """A pair of which neither coded anything."""
    result = a_pair()
    pair = replace(result.report.pair, tracks=())
    report = replace(result.report, pair=pair, ratings=(), classes=())
    return replace(result, report=report, rows=())


@pytest.fixture
def job(monkeypatch):
    made = Job(doubted())
    monkeypatch.setattr("ssp_coder.ui.agreement.pair_window.pair_work", made)
    yield made
    made.let_go()


@pytest.fixture
def window(pair_window, job, tmp_path):
    """A window that names two files; what it compares is up to the job."""
    for name in ("a.sspc", "b.sspc"):
        (tmp_path / name).write_bytes(b"")
    pair_window.set_codings(tmp_path / "a.sspc", tmp_path / "b.sspc")
    return pair_window


@pytest.fixture
def filled(window, compared):
    return compared(window)


@pytest.fixture
def working(window, job, qtbot):
    """A window whose work goes on."""
    job.hold()
    window.begin()
    qtbot.waitUntil(lambda: window.progress.value() > 0)
    return window


@pytest.fixture
def change_to():
    """Fills the form of the settings of a window, and uses it."""

    def change(window, **texts):
        window.settings.click()
        (dialog,) = window.findChildren(ProtocolDialog)
        for key, text in texts.items():
            dialog.fields[key].set_text(text)
        dialog.use.click()

    return change


class TestWhileItWorks:
    def test_it_can_be_cancelled_but_neither_exported_nor_set_otherwise(self, working):
        assert working.stop.isVisible()
        assert not working.compare.isVisible()
        for button in (working.settings, working.export):
            assert not button.isEnabled()
            assert button.statusTip() == "Wait until this is done, or cancel it"

    def test_done_everything_can_be_pressed(self, working, job, qtbot):
        job.let_go()
        qtbot.waitUntil(lambda: working.compared is not None)
        assert working.settings.isEnabled()
        assert working.export.isEnabled()
        assert working.export.statusTip() == ""

    def test_cancelled_before_any_report_there_is_still_nothing_to_export(self, working):
        working.stop.click()
        assert working.settings.isEnabled()
        assert not working.export.isEnabled()
        assert working.export.statusTip() == "There is nothing to export yet"

    def test_asking_again_starts_nothing_more(self, working, job):
        working.begin()
        working.begin()
        assert len(job.orders) == 1

    def test_the_keyboard_stays_on_the_button_that_changes_places(self, window, job, qtbot):
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        job.hold()
        window.compare.setFocus()
        QTest.keyClick(window.compare, Qt.Key.Key_Return)
        assert window.stop.hasFocus()
        QTest.keyClick(window.stop, Qt.Key.Key_Return)
        assert window.compare.hasFocus()

    def test_escape_closes_it_and_the_work_ends(self, working, job):
        QTest.keyClick(working, Qt.Key.Key_Escape)
        assert not working.isVisible()
        assert job.stopped == 1

    def test_what_was_cancelled_does_not_arrive_later(self, working, job, compared):
        working.stop.click()
        job.let_go()
        job.result = bare()
        compared(working)
        assert working.compared is job.result
        assert len(job.orders) == 2

    def test_an_earlier_report_stays_until_there_is_another(self, filled, job, qtbot):
        job.hold()
        filled.begin()
        assert filled.compared is job.result
        assert filled.overview.time.rows
        assert "S9" in filled.concern.text()
        filled.stop.click()
        assert filled.export.isEnabled()


class TestTroubles:
    def test_what_speaks_against_the_figures_stays_beside_them_after_an_export(
        self, filled, tmp_path, qtbot
    ):
        filled.write(Form.JSON, tmp_path / "report.json")
        qtbot.waitUntil(lambda: "report.json" in filled.facts.text())
        assert "S9" in filled.concern.text()
        assert "ref (reference) and c02" in filled.facts.text()

    def test_a_second_export_is_told_alone(self, filled, tmp_path, qtbot):
        for name in ("one.html", "two.html"):
            filled.write(Form.HTML, tmp_path / name)
            qtbot.waitUntil(lambda name=name: name in filled.facts.text())
        assert "one.html" not in filled.facts.text()

    @pytest.mark.parametrize("form", Form)
    def test_a_folder_that_is_gone_spoils_nothing(self, filled, form, tmp_path, qtbot):
        filled.write(form, tmp_path / "gone" / "report")
        qtbot.waitUntil(lambda: filled.trouble.text() != "")
        assert "cannot be written" in filled.trouble.text()
        assert "S9" in filled.concern.text()
        assert filled.export.isEnabled()

    @pytest.mark.parametrize(
        "error",
        [refused("is damaged"), OSError("the disk is gone"), ZeroDivisionError("by nothing")],
        ids=lambda error: type(error).__name__,
    )
    def test_any_failure_is_told_in_place(self, window, job, compared, error, caplog):
        job.result = error
        compared(window)
        assert window.trouble.text()
        assert window.compared is None
        assert window.compare.isVisible()
        assert not window.export.isEnabled()

    def test_a_failure_leaves_the_report_its_own_doubts(self, filled, job, compared):
        job.result = refused("is damaged")
        compared(filled)
        assert "is damaged" in filled.trouble.text()
        assert "S9" in filled.concern.text()
        assert filled.overview.time.rows

    def test_the_next_attempt_takes_the_trouble_away_at_once(self, window, job, compared):
        job.result = refused("is damaged")
        compared(window)
        job.hold()
        window.begin()
        assert window.trouble.text() == ""
        window.stop.click()

    @pytest.mark.parametrize(("count", "told"), [(0, 0), (1, 1), (3, 3), (4, 4), (40, 4)])
    def test_many_doubts_take_no_more_than_a_few_lines(self, window, job, compared, count, told):
        report = replace(a_pair().report, doubts=(DOUBT,) * count)
        job.result = replace(a_pair(), report=report)
        compared(window)
        lines = [line for line in window.concern.text().split("\n") if line]
        assert len(lines) == told
        assert (f"{count - MOST_CONCERNS} further" in window.concern.text()) == (count > 3)

    @pytest.mark.parametrize("name", ["x" * 400, "a/b\0c", "~/nowhere", "   "])
    def test_a_path_that_cannot_be_is_told_at_its_field(self, window, job, name):
        window.second.field.set_text(name)
        window.begin()
        assert window.second.field.error()
        assert job.orders == []

    def test_one_file_by_two_ways_is_one_file(self, window, job, tmp_path):
        (tmp_path / "link.sspc").symlink_to(tmp_path / "a.sspc")
        window.second.set_path(tmp_path / "link.sspc")
        window.begin()
        assert "first coding" in window.second.field.error()
        assert job.orders == []


class TestSettings:
    def test_before_a_comparison_they_are_only_kept(self, window, job, change_to):
        change_to(window, unit_us="2", name="ours")
        assert window.protocol.unit_us == 2_000_000
        assert job.orders == []

    def test_changed_meanwhile_the_work_begins_anew_with_them(self, window, job, qtbot):
        window.settings.click()
        (dialog,) = window.findChildren(ProtocolDialog)
        job.hold()
        window.begin()  # for instance since a session of a study was chosen
        dialog.fields["unit_us"].set_text("2")
        dialog.use.click()
        job.let_go()
        qtbot.waitUntil(lambda: window.compared is not None)
        assert [order.protocol.unit_us for order in job.orders] == [1_000_000, 2_000_000]
        assert job.stopped == 1

    def test_given_up_they_compare_nothing(self, filled, job):
        filled.settings.click()
        (dialog,) = filled.findChildren(ProtocolDialog)
        dialog.cancel.click()
        assert len(job.orders) == 1
        assert filled.protocol == QUICK


class TestPlaces:
    def dropped(self, *urls):
        mime = QMimeData()
        mime.setUrls(list(urls))
        return mime

    @pytest.mark.parametrize("address", ["https://example.org/a.sspc", None])
    def test_what_is_no_file_here_is_not_taken(self, window, address, tmp_path):
        mime = self.dropped(*([QUrl(address)] if address else []))
        before = window.first.path
        window.first.dropEvent(
            QDropEvent(
                QPoint(4, 4),
                Qt.DropAction.CopyAction,
                mime,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            )
        )
        assert window.first.path == before

    @pytest.mark.parametrize("text", [True, False])
    def test_only_files_may_be_dropped(self, window, text, tmp_path):
        mime = self.dropped(QUrl.fromLocalFile(str(tmp_path)))
        if text:
            mime = QMimeData()
            mime.setText("a.sspc")
        event = QDragEnterEvent(
            QPoint(4, 4),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        event.ignore()
        window.first.dragEnterEvent(event)
        assert event.isAccepted() is not text

    def test_a_choice_given_up_keeps_the_path(self, window, monkeypatch):
        before = window.first.path
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
        window.first.choose.click()
        assert window.first.path == before

    def test_the_choice_begins_at_the_path_that_is_there(self, window, monkeypatch):
        asked = []
        monkeypatch.setattr(
            QFileDialog, "getOpenFileName", lambda *words: asked.append(words[2]) or ("", "")
        )
        window.first.choose.click()
        assert asked == [str(window.first.path)]

    def test_typing_takes_the_error_away_and_blanks_do_not_count(self, window, tmp_path):
        window.first.set_path(None)
        window.begin()
        assert window.first.field.error() == "Choose one."
        QTest.keyClicks(window.first.field.edit, f" {tmp_path / 'a.sspc'} ")
        assert window.first.field.error() == ""
        assert window.first.path == tmp_path / "a.sspc"

    def test_both_fields_and_buttons_are_told_apart_by_ear(self, window):
        names = [
            part.accessibleName()
            for place in (window.first, window.second)
            for part in (place.field.edit, place.choose)
        ]
        assert len(set(names)) == 4
        assert all(names)


class TestAnotherPair:
    def test_one_without_events_leaves_nothing_of_the_pair_before(self, filled, job, compared):
        before = list(every_page(filled))
        go_to(filled.tracks.table, 1)
        job.result = bare()
        compared(filled)
        assert list(every_page(filled)) == before
        tracks = filled.tracks
        tracks.unit.part(EVENTS).click()
        assert tracks.grid.matrix.side == 0
        assert tracks.indexes.figures.rowCount() == 0
        assert not tracks.unit.part(SECONDS).isEnabled()
        assert filled.episodes.table.figures.rowCount() == 0
        assert filled.numbers.table.figures.rowCount() == 0

    def test_no_figure_of_the_group_before_is_named_any_more(self, filled, job, compared):
        page = shown(filled, filled.tracks)
        named = page.table.figures.words(0, 0)
        job.result = bare()
        compared(filled)
        shown(filled, page)
        said = [label.text() for label in page.findChildren(type(filled.facts))]
        assert named not in said

    def test_a_search_of_the_numbers_goes_on_in_the_next_report(self, filled, compared):
        page = shown(filled, filled.numbers)
        QTest.keyClicks(page.search.edit, "kappa_max")
        found = page.table.figures.rowCount()
        compared(filled)
        assert page.table.figures.rowCount() == found
        assert set(cells(page.table, "Statistic")) == {"kappa_max"}


class TestFigures:
    def test_time_of_a_code_is_sorted_as_a_number_and_undefined_comes_last(
        self, window, job, compared
    ):
        result = a_pair()
        timed = next(one for one in result.report.tracks if one.time is not None)
        values = [*timed.time.by_code]
        values[int(timed.a.codes[0])] = missing(Undefined.NOT_USED, 0)
        changed = replace(timed, time=replace(timed.time, by_code=tuple(values)))
        tracks = tuple(changed if one is timed else one for one in result.report.pair.tracks)
        report = replace(result.report, pair=replace(result.report.pair, tracks=tracks))
        job.result = replace(result, report=report)
        page = shown(compared(window), window.codes)
        column = titles(page.table).index("Time")
        for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
            page.table.sortByColumn(column, order)
            words = cells(page.table, "Time")
            numbers = [float(word) for word in words if word not in {"", "–"}]
            assert words[: len(numbers)] == [f"{number:.2f}" for number in numbers]
            down = order is Qt.SortOrder.DescendingOrder
            assert numbers == sorted(numbers, reverse=down)
            assert "–" in words[len(numbers) :]

    def test_every_undefined_number_has_its_reason_and_no_value(self, filled):
        page = shown(filled, filled.numbers)
        rows = zip(cells(page.table, "Value"), cells(page.table, "Undefined"), strict=True)
        assert all(bool(value) != bool(why) for value, why in rows)

    def test_the_least_of_negative_numbers_has_no_sign_of_nothing(self, window, job, compared):
        row = next(one for one in a_pair().rows if one.figure.estimate.value is not None)
        tiny = replace(row.figure.estimate, value=-0.0001, low=-0.5)
        job.result = replace(
            a_pair(), rows=(replace(row, figure=replace(row.figure, estimate=tiny)),)
        )
        page = shown(compared(window), window.numbers)
        assert cells(page.table, "Value") == ["0.000"]
        assert cells(page.table, "Low") == ["−0.500"]

    @pytest.mark.parametrize("words", ["KAPPA", "kappa time", "  kappa  "])
    def test_numbers_are_found_by_all_their_words_in_any_case(self, filled, words):
        page = shown(filled, filled.numbers)
        QTest.keyClicks(page.search.edit, words)
        assert 0 < page.table.figures.rowCount() < len(filled.compared.rows)
        assert page.count.text().endswith(f" of {len(filled.compared.rows):,}")

    def test_what_is_not_there_is_not_found(self, filled):
        page = shown(filled, filled.numbers)
        QTest.keyClicks(page.search.edit, "zzz")
        assert page.table.figures.rowCount() == 0
        assert page.count.text().startswith("0 of ")

    def test_without_a_name_the_session_is_said_to_have_none(self, filled):
        result = a_pair()
        pair = replace(result.report.pair, session="")
        said = filled.facts_of(replace(result, report=replace(result.report, pair=pair)))
        assert "without a name" in said

    def test_other_settings_head_their_columns(self, window, job, compared):
        result = a_pair()
        other = replace(QUICK, unit_us=Micros(500_000), tolerance_us=Micros(1_500_000))
        pair = replace(result.report.pair, protocol=other)
        job.result = replace(result, report=replace(result.report, pair=pair))
        page = shown(compared(window), window.tracks)
        assert {"Kappa, 0.5 s units", "Kappa, ±1.5 s"} <= set(titles(page.table))


def test_the_whole_window_speaks_german(in_german, opened, job, compared, tmp_path):
    for name in ("a.sspc", "b.sspc"):
        (tmp_path / name).write_bytes(b"")
    window = opened(PairWindow)
    window.set_codings(tmp_path / "a.sspc", tmp_path / "b.sspc")
    compared(window)
    assert window.windowTitle() == "Übereinstimmung zweier Kodierungen"
    assert len(list(every_page(window))) == window.tabs.count()
    english = {"Kappa, events", "Misses", "False alarms", "Agreement", "By chance", "Undefined"}
    for page in (window.tracks, window.codes, window.episodes, window.numbers):
        assert not english & set(titles(page.table))
    assert "could not be seen" not in window.facts.text()
