"""A trainer looks after trainees: who stands where, what is released, disputed and re-checked."""

from __future__ import annotations

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.agreement.estimate import Undefined, known, missing
from ssp_coder.agreement.wilson import share
from ssp_coder.training.bias import Basis, Bias, BiasPanel, Tendency
from ssp_coder.training.deeds import Certified, ItemJudged, Judgement, ReleaseKind
from ssp_coder.training.draft_file import read_draft
from ssp_coder.training.logbook import read_logbook
from ssp_coder.training.programme import programme_of
from ssp_coder.ui.trainer.words import Page, share_words
from tests.ui.trainer.conftest import read, rested, with_draft
from tests.unit.training.training_files import TRAINEE, WORD


@pytest.fixture
def logbooks(tmp_path):
    folder = tmp_path / "logbooks"
    folder.mkdir()
    return folder


def practised(made, name="one"):
    one = made(name)
    one.practise()
    return one


def disputed(made, comment="it was coughing"):
    one = practised(made)
    one.logbook.append(
        ItemJudged(
            pack=one.pack.id,
            case="c02",
            attempt=1,
            item="event:1:",
            judgement=Judgement.DISPUTE,
            comment=comment,
        )
    )
    return one


def certified(made):
    one = practised(made)
    one.logbook.append(
        Certified(pack=one.pack.id, version=one.pack.version, rule="some_rule", figures="{}")
    )
    one.logbook.close()
    return one


class TestTrainees:
    def test_before_anything_is_chosen_it_is_said_what_to_choose(self, window):
        window.show_page(Page.TRAINEES)
        assert "Choose the pack" in window.source.state.text()
        assert window.overview.table.rows == ()

    def test_each_logbook_is_a_row_by_pseudonym(self, window, pack, made, logbooks, qtbot):
        practised(made)
        read(window, pack, logbooks, qtbot)
        (row,) = window.overview.table.rows
        assert row.cells[0] == TRAINEE
        assert row.cells[1] == pack.label
        assert window.overview.detail.title() == TRAINEE

    def test_a_broken_logbook_is_named_with_what_is_wrong(
        self, window, pack, made, logbooks, qtbot
    ):
        practised(made)
        (logbooks / "broken.ssptrain").write_bytes(b"nothing of the kind")
        read(window, pack, logbooks, qtbot)
        assert "1 with faults" in window.source.state.text()
        window.overview.table.choose(str(logbooks / "broken.ssptrain"))
        assert "broken.ssptrain" in window.overview.detail.faults.text()
        assert window.overview.table.rows[0].cells[1] == "cannot be read"

    def test_few_cases_are_called_so_and_an_undefined_share_says_why(self):
        assert share_words(missing(Undefined.NOTHING, 0)) == "undefined: nothing to compare"
        assert share_words(share(9, 11)).startswith("82 %, ")
        assert share_words(known(0.5, 3)) == "50 %"

    def test_a_tendency_is_pointed_out_in_words_too(self, window, pack, made, logbooks, qtbot):
        practised(made)
        read(window, pack, logbooks, qtbot)
        flagged = Bias(
            estimate=known(900_000.0, 6).between(700_000.0, 990_000.0),
            basis=Basis.ORDER,
            p=None,
            corrected=None,
            tendency=Tendency.OVER,
        )
        panel = BiasPanel(scales=(), codes=(), lag=flagged, onsets=60, settings="1")
        window.overview.detail._show_bias(panel, None)
        assert "+0.90 s, n 6 cases (over)" in window.overview.detail.others.text()

    def test_reading_again_takes_in_what_came_meanwhile(self, window, pack, made, logbooks, qtbot):
        one = made("one")
        read(window, pack, logbooks, qtbot)
        one.practise()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        QTest.keyClick(window, Qt.Key.Key_F5)
        rested(window, qtbot)
        assert "2 first attempts submitted" in window.overview.detail.state.text()

    def test_another_folder_while_one_is_read_is_read_after_it(
        self, window, pack, made, logbooks, tmp_path, qtbot
    ):
        practised(made)
        other = tmp_path / "other"
        other.mkdir()
        window.source.open_pack(pack.folder)
        window.trainees.choose_folder(logbooks)
        window.trainees.choose_folder(other)
        rested(window, qtbot)
        assert window.trainees.files == ()
        assert window.overview.table.rows == ()


class TestReleases:
    def test_a_form_stands_there_for_every_trainee(self, window, pack, made, logbooks, qtbot):
        practised(made).do("c04")
        read(window, pack, logbooks, qtbot)
        forms = [(row.cells[1], row.cells[3], row.cells[4]) for row in window.releases.table.rows]
        assert forms == [("one", "1", "–"), ("two", "–", "–")]

    def test_a_release_into_the_logbook_lets_the_trainee_take_the_form(
        self, window, pack, made, logbooks, qtbot
    ):
        one = practised(made)
        one.logbook.close()
        read(window, pack, logbooks, qtbot)
        page = window.releases
        page.table.choose(page.table.rows[1].key)
        page.kind.setCurrentIndex(page.kind.findData(ReleaseKind.TAKE.value))
        page.into_logbook.setChecked(True)
        page.release_to(logbooks / "take.ssprelease")
        qtbot.waitUntil(lambda: "logbook" in page.state.text(), timeout=20_000)
        rested(window, qtbot)
        standing = programme_of(pack, read_logbook(one.logbook.path).entries).standing("c06")
        assert standing.begin is None
        assert page.table.rows[1].cells[6] == "1"

    def test_without_the_word_a_sealed_form_cannot_be_released(
        self, window, worded_pack, made, logbooks, qtbot
    ):
        made("one", worded_pack)
        read(window, worded_pack, logbooks, qtbot)
        assert "word" in window.releases.release.toolTip()
        window.source.word.set_text(WORD)
        window.source.word.edit.returnPressed.emit()
        rested(window, qtbot)
        assert window.releases.release.isEnabled()
        window.releases.release_to(logbooks / "see.ssprelease")
        rested(window, qtbot)
        assert WORD not in (logbooks / "see.ssprelease").read_text("utf-8")

    def test_a_wrong_word_is_said(self, window, worded_pack, made, logbooks, qtbot):
        made("one", worded_pack)
        read(window, worded_pack, logbooks, qtbot)
        window.trainees.give_word("another word altogether")
        rested(window, qtbot)
        assert "not the trainer's word" in window.source.state.text()

    def test_a_release_needs_somebody_by_whom_it_is(self, window, pack, made, logbooks, qtbot):
        made("one")
        read(window, pack, logbooks, qtbot)
        window.releases.trainer.set_text("")
        window.releases.trainer.text_edited.emit("")
        assert not window.releases.release.isEnabled()
        assert "by whom" in window.releases.release.toolTip()


class TestDisputes:
    def test_what_was_disputed_is_listed_with_both_sides(self, window, pack, made, logbooks, qtbot):
        disputed(made)
        read(window, pack, logbooks, qtbot)
        (row,) = window.disputes.table.rows
        assert (row.cells[0], row.cells[4], row.cells[6]) == ("c02", TRAINEE, "it was coughing")
        assert "Reference: " in window.disputes.sides.text()

    def test_the_list_is_exported(self, window, pack, made, logbooks, qtbot, tmp_path):
        disputed(made)
        read(window, pack, logbooks, qtbot)
        window.disputes.export_to(tmp_path / "d.csv")
        with (tmp_path / "d.csv").open(encoding="utf-8-sig", newline="") as file:
            (line,) = csv.DictReader(file)
        assert (line["trainee"], line["case"], line["judgement"]) == (TRAINEE, "c02", "dispute")

    def test_nothing_disputed_is_said_and_cannot_be_exported(
        self, window, pack, made, logbooks, qtbot
    ):
        practised(made)
        read(window, pack, logbooks, qtbot)
        assert "Nothing was disputed" in window.disputes.sides.text()
        assert not window.disputes.export.isEnabled()

    def test_an_item_is_left_out_of_the_next_version_with_its_reason(
        self, window, pack, made, logbooks, draft_path, qtbot
    ):
        disputed(made)
        with_draft(window, draft_path, qtbot)
        read(window, pack, logbooks, qtbot)
        window.disputes.reason.setPlainText("two experts did not agree")
        window.disputes.leave_out.click()
        draft = read_draft(draft_path)
        assert draft.version == "1.0.1"
        assert draft.cases[1].exclusions[-1].reason == "two experts did not agree"
        assert draft.cases[1].exclusions[-1].code == "distress.cry"
        assert "1.0.1" in window.disputes.state.text()

    def test_without_a_reason_nothing_is_left_out(self, window, pack, made, logbooks, qtbot):
        disputed(made, comment="")
        read(window, pack, logbooks, qtbot)
        assert not window.disputes.leave_out.isEnabled()
        assert "reason" in window.disputes.leave_out.toolTip()

    def test_without_its_draft_it_is_said_what_to_open(self, window, pack, made, logbooks, qtbot):
        disputed(made)
        read(window, pack, logbooks, qtbot)
        window.disputes.leave_out.click()
        assert "Open the draft of pack1" in window.disputes.state.text()


class TestRechecks:
    def test_only_certified_coders_are_drawn(self, window, pack, made, logbooks, qtbot):
        practised(made)
        read(window, pack, logbooks, qtbot)
        window.rechecks.draw.click()
        assert window.rechecks.drawn == ()
        assert "No certified coder" in window.rechecks.state.text()

    def test_a_plan_is_drawn_and_written_and_the_coder_sees_nothing_of_it(
        self, window, pack, made, logbooks, qtbot
    ):
        one = certified(made)
        read(window, pack, logbooks, qtbot)
        window.rechecks.draw.click()
        assert [(each.trainee, each.case) for each in window.rechecks.drawn] == [(TRAINEE, "c07")]
        window.rechecks.write.click()
        rested(window, qtbot)
        programme = programme_of(pack, read_logbook(one.logbook.path).entries)
        assert [due.case for due in programme.due] == ["c07"]
        assert "c07" not in {standing.case.id for standing in programme.shown}
        assert window.rechecks.scheduled.rows[0].cells[3] == "not handed out"
        assert "1 re-checks written" in window.rechecks.state.text()

    def test_a_plan_for_other_wishes_is_drawn_anew(self, window, pack, made, logbooks, qtbot):
        certified(made)
        read(window, pack, logbooks, qtbot)
        window.rechecks.draw.click()
        window.rechecks.seed.set_text("5")
        window.rechecks.seed.text_edited.emit("5")
        assert window.rechecks.drawn == ()
        assert not window.rechecks.write.isEnabled()

    @pytest.mark.parametrize(
        ("field", "wrong"), [("first", "soon"), ("every", "0"), ("each", "x"), ("seed", "-1")]
    )
    def test_a_wish_that_cannot_be_read_is_said_at_its_field(
        self, window, pack, made, logbooks, qtbot, field, wrong
    ):
        certified(made)
        read(window, pack, logbooks, qtbot)
        getattr(window.rechecks, field).set_text(wrong)
        window.rechecks.draw_plan()
        assert getattr(window.rechecks, field).error()
        assert window.rechecks.drawn == ()


class TestWindow:
    @pytest.mark.parametrize(("number", "page"), list(enumerate(Page, 1)))
    def test_alt_and_a_number_goes_to_a_page(self, window, qtbot, number, page):
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        key = Qt.Key(Qt.Key.Key_0 + number)
        QTest.keyClick(window, key, Qt.KeyboardModifier.AltModifier)
        assert window.current_page() is page

    def test_the_word_is_forgotten_with_the_window(self, window, worded_pack, logbooks, qtbot):
        read(window, worded_pack, logbooks, qtbot)
        window.trainees.give_word(WORD)
        window.close()
        assert not window.trainees.has_word
