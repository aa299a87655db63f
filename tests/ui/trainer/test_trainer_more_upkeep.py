"""Re-checks drawn over copies and odd calendars, long tables, and the desk in German."""

from __future__ import annotations

import shutil
from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QFileDialog

from ssp_coder.training.deeds import RecheckScheduled
from ssp_coder.training.packs import PACK_FILE
from ssp_coder.training.trainee_files import TraineeFile
from ssp_coder.ui.language.spoken import SPOKEN
from ssp_coder.ui.trainer.trainees_desk import TraineesDesk
from ssp_coder.ui.trainer.trainees_page import TraineesPage
from ssp_coder.ui.trainer.window import TrainerWindow
from tests.ui.trainer.conftest import deeds, enter, read, rested
from tests.unit.training.training_files import TRAINEE


class TestRechecks:
    @pytest.fixture
    def page(self, window, pack, certified, logbooks, qtbot):
        read(window, pack, logbooks, qtbot)
        return window.rechecks

    def test_the_usual_plan_begins_in_a_week(self, page):
        assert page.first.text() >= (date.today() + timedelta(days=6)).isoformat()
        assert page.draw.isEnabled()

    def test_the_same_seed_draws_the_same_plan_again(self, page):
        enter(page.seed, "41")
        page.draw_plan()
        first = page.drawn
        enter(page.seed, "42")
        enter(page.seed, "41")
        page.draw_plan()
        assert page.drawn == first != ()

    def test_a_day_at_the_end_of_the_calendar_is_said_and_draws_nothing(self, page):
        enter(page.first, "9999-12-31")
        enter(page.every, "3650")
        for seed in range(3):
            enter(page.seed, str(seed))
            page.draw_plan()
            assert "calendar" in page.first.error()
            assert page.drawn == ()

    def test_a_wish_that_is_mended_says_nothing_any_more(self, page):
        for text in ("0", "3651", "4", " 5 "):
            enter(page.every, text)
            page.draw_plan()
            assert bool(page.every.error()) is (text in ("0", "3651"))

    def test_a_copy_of_a_logbook_does_not_double_its_re_checks(
        self, window, page, certified, logbooks, qtbot
    ):
        path = certified.logbook.path
        shutil.copytree(path.parent, logbooks / "copy")
        window.trainees.read()
        rested(window, qtbot)
        page.draw_plan()
        assert [one.case for one in page.drawn] == ["c07"]
        page.write.click()
        rested(window, qtbot)
        for each in (path, logbooks / "copy" / path.name):
            assert len(deeds(each, RecheckScheduled)) == 1

    def test_a_case_that_one_copy_tells_of_is_not_drawn_again(
        self, window, page, pack, certified, logbooks, qtbot
    ):
        path = certified.logbook.path
        page.draw_plan()
        shutil.copytree(path.parent, logbooks / "older")
        page.write.click()
        rested(window, qtbot)
        shutil.rmtree(logbooks / "older")
        shutil.copytree(path.parent, logbooks / "newer")
        window.trainees.read()
        rested(window, qtbot)
        page.draw_plan()
        assert page.drawn == ()
        assert "No certified coder" in page.state.text()

    def test_reading_again_drops_a_plan_that_was_not_written(self, window, page, qtbot):
        page.draw_plan()
        window.trainees.read()
        rested(window, qtbot)
        assert page.drawn == ()
        assert not page.write.isEnabled()

    def test_a_logbook_that_was_altered_is_named_and_gets_nothing(
        self, window, page, certified, qtbot
    ):
        path = certified.logbook.path
        page.draw_plan()
        path.write_bytes(b"altered")
        page.write.click()
        rested(window, qtbot)
        assert path.name in page.state.text()
        assert "0 re-checks written" in page.state.text()
        assert path.read_bytes() == b"altered"


class TestLongTables:
    def test_five_thousand_logbooks_keep_the_chosen_one(self, theme, tmp_path, qtbot):
        desk = TraineesDesk()
        page = TraineesPage(theme, desk)
        qtbot.addWidget(page)
        page.resize(900, 500)
        page.show()
        files = tuple(
            TraineeFile(path=tmp_path / f"{number}.ssptrain", trainee=f"t{number:04d}")
            for number in range(5000)
        )
        desk.files = files
        desk.changed.emit()
        page.table.choose(str(files[4321].path))
        desk.files = (*files, TraineeFile(path=tmp_path / "z.ssptrain", trainee="z" * 300))
        desk.changed.emit()
        assert page.detail.title() == "t4321"
        assert page.table.currentRow() == 4321
        assert len(page.table.rows) == 5001
        desk.deleteLater()


class TestGerman:
    @pytest.fixture
    def german(self, theme, qtbot):
        SPOKEN.speak("de")
        desk = TrainerWindow(theme, who="trainer1", language="de")
        qtbot.addWidget(desk)
        desk.show()
        yield desk
        desk.close()
        SPOKEN.speak("en")

    def test_the_desk_speaks_german_from_its_title_to_its_reasons(self, german):
        assert german.windowTitle() != "Trainer's desk"
        assert "draft" not in german.packs.building.build.toolTip()
        assert "Choose" not in german.source.state.text()

    def test_what_came_in_with_this_desk_is_said_in_german(
        self, german, pack, draft_path, certified, logbooks, monkeypatch, qtbot
    ):
        read(german, pack, logbooks, qtbot)
        enter(german.rechecks.first, "9999-12-31")
        enter(german.rechecks.every, "3650")
        german.rechecks.draw_plan()
        assert german.rechecks.first.error()
        assert "calendar" not in german.rechecks.first.error()
        answer = str(draft_path.with_suffix(""))
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (answer, ""))
        german.packs.begin_draft()
        assert draft_path.name in german.packs.building._state.text()
        assert "already" not in german.packs.building._state.text()

    def test_ids_and_files_are_not_translated(self, german, pack, practised, logbooks, qtbot):
        read(german, pack, logbooks, qtbot)
        assert german.source.pack.text() == pack.label
        assert german.overview.table.rows[0].cells[0] == TRAINEE
        assert (pack.folder / PACK_FILE).is_file()
