"""Looking after trainees: words that are wrong, logbooks in use, copies, and long tables."""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from ssp_coder.domain.scale import SlotId
from ssp_coder.training.deeds import (
    FormReleased,
    ItemJudged,
    Judgement,
    ReleaseKind,
)
from ssp_coder.training.draft_file import read_draft
from ssp_coder.training.packs import Exclusion
from ssp_coder.ui.trainer.disputes_page import DisputesPage
from ssp_coder.ui.trainer.words import Page
from tests.ui.trainer.conftest import deeds, enter, read, rested, with_draft
from tests.unit.training.training_files import TRAINEE, WORD, some_slot

EVENT, RATING, CLASS = "event:1:", f"rating:{some_slot()}", "class:primary"


@pytest.fixture
def sealed(window, worded_pack, made, logbooks, qtbot):
    """The desk on a pack with a word, which was not given yet."""
    made("one", worded_pack)
    read(window, worded_pack, logbooks, qtbot)
    return window


def judge(one, item: str, comment: str = "it was coughing", case: str = "c02") -> None:
    """Let a trainee dispute an item of the only attempt at a case."""
    (attempt,) = (each for each in one.programme.attempts if each.case == case)
    one.logbook.append(
        ItemJudged(
            pack=one.pack.id,
            case=case,
            attempt=attempt.number,
            item=item,
            judgement=Judgement.DISPUTE,
            comment=comment,
        )
    )


def give(window, word: str, qtbot) -> None:
    """Type the trainer's word and press Enter."""
    window.source.word.set_text(word)
    window.source.word.edit.returnPressed.emit()
    rested(window, qtbot)


class TestWord:
    def test_a_wrong_word_is_not_said_to_be_in_use(self, sealed, qtbot):
        give(sealed, "another word altogether", qtbot)
        assert "not the trainer's word" in sealed.source.state.text()
        assert "in use" not in sealed.source.word.edit.placeholderText()
        assert not sealed.trainees.has_word
        assert not sealed.releases.release.isEnabled()

    def test_the_right_word_after_a_wrong_one_opens_everything(self, sealed, qtbot):
        for word in ("another word altogether", WORD):
            give(sealed, word, qtbot)
        assert "1 logbooks" in sealed.source.state.text()
        assert "in use" in sealed.source.word.edit.placeholderText()
        assert sealed.releases.release.isEnabled()

    def test_a_wrong_word_leaves_what_was_read_before(self, sealed, qtbot):
        before = sealed.overview.table.rows
        give(sealed, "another word altogether", qtbot)
        assert sealed.overview.table.rows == before != ()

    def test_the_word_leaves_the_screen_when_it_is_given(self, sealed, qtbot):
        sealed.source.word.set_text(WORD)
        QTest.keyClick(sealed.source.word.edit, Qt.Key.Key_Return)
        rested(sealed, qtbot)
        assert sealed.source.word.text() == ""
        assert sealed.isVisible()

    def test_an_empty_word_takes_the_one_in_use_back(self, sealed, qtbot):
        give(sealed, WORD, qtbot)
        give(sealed, "", qtbot)
        assert not sealed.trainees.has_word
        assert "word" in sealed.releases.release.toolTip()

    def test_another_pack_does_not_inherit_the_word(self, sealed, pack, qtbot):
        give(sealed, WORD, qtbot)
        sealed.source.open_pack(pack.folder)
        rested(sealed, qtbot)
        assert not sealed.trainees.has_word

    def test_a_pack_without_a_word_asks_for_none(self, window, pack, logbooks, qtbot):
        read(window, pack, logbooks, qtbot)
        window.show_page(Page.RELEASES)
        assert not window.source.word.isVisible()


class TestSources:
    def test_a_folder_without_a_pack_is_said_and_the_pack_before_stays(
        self, window, pack, logbooks, tmp_path, qtbot
    ):
        read(window, pack, logbooks, qtbot)
        window.source.open_pack(tmp_path)
        assert "there is no training pack" in window.source.state.text()
        assert window.source.pack.text() == pack.label

    def test_a_folder_that_went_away_is_a_folder_without_logbooks(
        self, window, pack, practised, logbooks, qtbot
    ):
        practised.logbook.close()
        read(window, pack, logbooks, qtbot)
        shutil.rmtree(logbooks)
        window.trainees.read()
        rested(window, qtbot)
        assert window.overview.table.rows == ()
        assert "0 logbooks" in window.source.state.text()
        assert window.overview.detail.title() == "Nobody chosen"

    def test_a_pack_whose_scheme_is_gone_is_said(
        self, window, pack, practised, logbooks, tmp_path, qtbot
    ):
        torn = shutil.copytree(pack.folder, tmp_path / "torn")
        shutil.rmtree(torn / "scheme")
        window.source.open_pack(torn)
        window.trainees.choose_folder(logbooks)
        rested(window, qtbot)
        assert "scheme" in window.source.state.text()
        assert window.overview.table.rows == ()

    def test_nothing_can_be_read_again_before_both_are_chosen(self, window, pack, logbooks, qtbot):
        assert not window.source.again.isEnabled()
        window.source.open_pack(pack.folder)
        assert not window.source.again.isEnabled()
        window.trainees.choose_folder(logbooks)
        rested(window, qtbot)
        assert window.source.again.isEnabled()

    def test_a_logbook_of_another_pack_is_shown_without_figures(
        self, window, pack, draft, made, logbooks, tmp_path, qtbot
    ):
        from tests.unit.training.training_files import built

        other = built(replace(draft, id="other"), tmp_path / "other")
        made("one", other)
        read(window, pack, logbooks, qtbot)
        (row,) = window.overview.table.rows
        assert row.cells[1] == "other"
        assert set(row.cells[2:7]) == {"–"}
        assert "nothing of this pack" in window.overview.detail.state.text()

    @pytest.mark.parametrize("answer", ["", "chosen"])
    def test_a_chooser_is_asked_and_may_be_closed(
        self, window, monkeypatch, pack, logbooks, qtbot, answer
    ):
        given = {"choose_pack": pack.folder, "choose_folder": logbooks}
        for act, path in given.items():
            said = str(path) if answer else ""
            monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, said=said: said)
            getattr(window.source, act)()
        rested(window, qtbot)
        assert (window.trainees.pack is not None) is bool(answer)
        assert (window.trainees.folder is not None) is bool(answer)


class TestReleases:
    @pytest.fixture
    def page(self, window, pack, practised, logbooks, qtbot):
        read(window, pack, logbooks, qtbot)
        return window.releases

    def test_what_is_typed_stays_when_the_logbooks_are_read_again(self, window, page, qtbot):
        enter(page.trainee, "somebody.new")
        window.trainees.read()
        rested(window, qtbot)
        assert page.trainee.text() == "somebody.new"

    def test_another_row_fills_in_whom_and_what_it_is_for(self, page):
        enter(page.trainee, "somebody.new")
        page.table.choose(page.table.rows[1].key)
        assert (page.trainee.text(), page.form.currentText()) == (TRAINEE, "two")

    def test_a_logbook_in_use_is_said_and_no_release_lies_about(
        self, window, page, logbooks, qtbot
    ):
        page.into_logbook.setChecked(True)
        page.release_to(logbooks / "r.ssprelease")
        rested(window, qtbot)
        assert TRAINEE in page.state.text()
        assert not (logbooks / "r.ssprelease").exists()

    def test_after_the_logbook_was_closed_the_same_release_succeeds(
        self, window, page, practised, logbooks, qtbot
    ):
        page.into_logbook.setChecked(True)
        page.release_to(logbooks / "r.ssprelease")
        rested(window, qtbot)
        practised.logbook.close()
        page.release_to(logbooks / "r.ssprelease")
        rested(window, qtbot)
        assert len(deeds(practised.logbook.path, FormReleased)) == 1

    def test_a_release_for_somebody_else_does_not_go_into_the_chosen_logbook(
        self, window, page, practised, logbooks, qtbot
    ):
        page.into_logbook.setChecked(True)
        enter(page.trainee, "somebody.new")
        page.release_to(logbooks / "r.ssprelease")
        rested(window, qtbot)
        assert deeds(practised.logbook.path, FormReleased) == []
        assert page.state.text() == "r.ssprelease written"

    def test_a_file_that_is_there_is_not_replaced(self, window, page, logbooks, qtbot):
        (logbooks / "r.ssprelease").write_text("something", "utf-8")
        page.release_to(logbooks / "r.ssprelease")
        rested(window, qtbot)
        assert "already" in page.state.text()
        assert (logbooks / "r.ssprelease").read_text("utf-8") == "something"

    def test_the_name_that_is_proposed_tells_whom_what_and_the_form(
        self, page, monkeypatch, logbooks
    ):
        proposed = []

        def ask(_parent, _title, start, _kinds):
            proposed.append(start)
            return "", ""

        monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
        page.kind.setCurrentIndex(page.kind.findData(ReleaseKind.TAKE.value))
        page.release.click()
        assert proposed == [str(logbooks / f"{TRAINEE}-one-take.ssprelease")]

    def test_a_finished_form_waits_for_its_release_and_then_does_not(
        self, window, worded_pack, made, logbooks, qtbot
    ):
        one = made("one", worded_pack)
        one.practise()
        one.do("c04", "c05")
        one.logbook.close()
        read(window, worded_pack, logbooks, qtbot)
        page = window.releases
        first, second = page.table.rows
        assert (first.cells[4:6], first.tone) == (("1", "waits"), "warn")
        assert (second.cells[4:6], second.tone) == (("–", "–"), "text2")
        give(window, WORD, qtbot)
        page.table.choose(first.key)
        page.into_logbook.setChecked(True)
        page.release_to(logbooks / "see.ssprelease")
        rested(window, qtbot)
        assert page.table.rows[0].cells[5] == "1"


class TestDisputes:
    @pytest.fixture
    def page(self, window, pack, practised, logbooks, qtbot):
        for item in (CLASS, EVENT):
            judge(practised, item)
        read(window, pack, logbooks, qtbot)
        return window.disputes

    def choose(self, page: DisputesPage, item: str) -> None:
        page.table.choose(next(row.key for row in page.table.rows if row.key.endswith(item)))

    def test_moments_come_before_what_has_none(self, page):
        assert [row.key.split()[-1] for row in page.table.rows] == [EVENT, CLASS]
        assert page.table.rows[1].cells[1] == "–"

    def test_a_class_cannot_be_left_out_and_it_is_said_what_to_do(self, page):
        self.choose(page, CLASS)
        assert not page.leave_out.isEnabled()
        assert "leave out the case" in page.leave_out.toolTip()

    def test_the_trainees_comment_is_proposed_as_the_reason(self, page):
        assert page.reason.toPlainText() == "it was coughing"

    def test_a_reason_that_is_typed_stays_when_the_logbooks_are_read_again(
        self, window, page, qtbot
    ):
        page.reason.setPlainText("two experts did not agree")
        window.trainees.read()
        rested(window, qtbot)
        assert page.reason.toPlainText() == "two experts did not agree"

    def test_clicking_twice_leaves_out_once_and_raises_the_version_once(
        self, window, page, draft_path, qtbot
    ):
        with_draft(window, draft_path, qtbot)
        for _ in range(2):
            page.leave_out.click()
        draft = read_draft(draft_path)
        assert draft.version == "1.0.1"
        assert [one.reason for one in draft.cases[1].exclusions].count("it was coughing") == 1

    def test_a_draft_that_has_no_such_case_any_more_is_said(self, window, page, draft_path, qtbot):
        with_draft(window, draft_path, qtbot)
        window.drafts.remove_case("c02")
        page.leave_out.click()
        assert "no case c02" in page.state.text()
        assert read_draft(draft_path).version == "1.0.0"

    def test_what_is_no_exclusion_is_not_written(self, window, page, draft_path, qtbot):
        with_draft(window, draft_path, qtbot)
        before = draft_path.read_bytes()
        page.exclusion_wanted.emit("c02", None)
        assert draft_path.read_bytes() == before

    def test_before_a_pack_is_chosen_nothing_is_left_out(self, window, draft_path, qtbot):
        with_draft(window, draft_path, qtbot)
        before = draft_path.read_bytes()
        window.disputes.exclusion_wanted.emit(
            "c02", Exclusion(reason="x", slot=SlotId(some_slot()))
        )
        assert draft_path.read_bytes() == before

    def test_an_export_that_cannot_be_written_is_said(self, page, tmp_path):
        page.export_to(tmp_path / "gone" / "d.csv")
        assert "cannot be written" in page.state.text()
        assert not (tmp_path / "gone").exists()

    def test_an_export_over_an_older_one_holds_all_of_the_list(self, page, tmp_path):
        (tmp_path / "d.csv").write_text("old", "utf-8")
        page.export_to(tmp_path / "d.csv")
        with (tmp_path / "d.csv").open(encoding="utf-8-sig", newline="") as file:
            assert [row["item"] for row in csv.DictReader(file)] == [EVENT, CLASS]

    def test_what_is_sealed_is_said_to_be_so_and_opens_with_the_word(
        self, window, worded_pack, made, logbooks, qtbot
    ):
        one = made("one", worded_pack)
        one.practise()
        one.do("c04", "c05")
        judge(one, EVENT, case="c04")
        read(window, worded_pack, logbooks, qtbot)
        (row,) = window.disputes.table.rows
        assert row.cells[1:4] == ("–", "sealed", "–")
        assert "give the trainer's word" in window.disputes.sides.text()
        assert not window.disputes.leave_out.isEnabled()
        give(window, WORD, qtbot)
        assert window.disputes.table.rows[0].cells[1] != "–"
        assert window.disputes.leave_out.isEnabled()
