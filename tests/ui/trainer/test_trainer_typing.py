"""What is being typed is never lost to something that arrives meanwhile."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.media.errors import Abandoned
from ssp_coder.ui.trainer.errands import Errands
from ssp_coder.ui.trainer.remarks import Remark, RemarkForm
from ssp_coder.ui.trainer.window import TrainerWindow
from tests.builders import infant_scheme
from tests.ui.trainer.conftest import checked
from tests.unit.training.training_files import some_slot


@pytest.fixture
def form(theme, qtbot):
    made = RemarkForm(theme, "Left out", with_code=True)
    qtbot.addWidget(made)
    made.show_scheme(infant_scheme())
    made.show()
    return made


@pytest.fixture
def told(form):
    heard: list[tuple[Remark, ...]] = []
    form.remarks_changed.connect(heard.append)
    return heard


class TestRemarkForm:
    def test_without_a_remark_nothing_can_be_typed(self, form):
        assert not form.words.isEnabled()
        assert not form.remove.isEnabled()

    def test_the_places_and_codes_of_the_scheme_are_offered(self, form):
        scheme = infant_scheme()
        assert form.slots.count() == 1 + len(scheme.slots)
        assert form.codes.count() == 1 + len(list(scheme.ethogram.codes()))

    def test_the_same_scheme_once_more_leaves_what_is_being_typed(self, form):
        form.show_remarks((Remark(words="old"),))
        form.words.setPlainText("being typed")
        form.show_scheme(replace(infant_scheme()))
        assert form.words.toPlainText() == "being typed"

    def test_a_place_and_a_code_are_told(self, form, told):
        form.show_remarks((Remark(words="why"),))
        form.slots.setCurrentIndex(form.slots.findData(some_slot()))
        form.slots.activated.emit(0)
        form.codes.setCurrentIndex(1)
        form.codes.activated.emit(0)
        assert told[-1][0].slot == some_slot()
        assert told[-1][0].code == form.codes.itemData(1)

    def test_one_time_alone_is_a_moment(self, form, told):
        form.show_remarks((Remark(words="why"),))
        form.start.set_text("1:02.5")
        form.start.committed.emit("1:02.5")
        span = told[-1][0].span
        assert (span.start_us, span.end_us) == (62_500_000, 62_500_000)

    def test_a_time_that_is_none_is_said_and_nothing_told(self, form, told):
        form.show_remarks((Remark(words="why"),))
        form.start.set_text("soon")
        form.start.committed.emit("soon")
        assert "12.5 or 1:02.5" in form.end.error()
        assert told == []

    def test_another_remark_shows_its_own_words(self, form):
        form.show_remarks((Remark(words="one"), Remark(words="two")))
        form.table.choose("1")
        assert form.words.toPlainText() == "two"

    def test_removing_the_last_leaves_an_empty_form(self, form, told):
        form.show_remarks((Remark(words="one"),))
        form.remove.click()
        assert told == [()]
        assert form.words.toPlainText() == ""
        assert not form.words.isEnabled()

    def test_showing_remarks_tells_nothing(self, form, told):
        form.show_remarks((Remark(words="one"),))
        form.settle()
        assert told == []


class TestHead:
    def test_a_field_being_typed_into_survives_a_change_elsewhere(self, opened: TrainerWindow):
        opened.packs.head.title_field.set_text("being typed")
        opened.packs.cases.choose("c03")
        opened.packs.move_up()
        assert opened.packs.head.title_field.text() == "being typed"

    def test_the_pass_rule_is_told_with_its_source_and_as_a_convention(self, opened):
        head = opened.packs.head
        head.rule.setCurrentIndex(head.rule.findData("certified"))
        head.rule.activated.emit(0)
        assert {opened.drafts.draft.pass_rule} == {"certified"}
        assert "convention" in head._source.text()
        assert "Source: " in head._source.text()

    def test_an_unknown_pass_rule_of_a_draft_is_kept(self, opened):
        assert opened.packs.head.rule.currentData() == "some_rule"
        opened.packs.head.settle()
        assert {opened.drafts.draft.pass_rule} == {"some_rule"}

    def test_an_enriched_pack_is_said_to_be_no_studys_reliability(self, opened):
        opened.packs.head.enriched.click()
        assert opened.drafts.draft.enriched
        assert "no study's reliability" in opened.packs.head._base_rate.text()

    def test_a_check_of_an_earlier_draft_is_followed_by_one_of_the_last(self, opened, qtbot):
        for number in range(4):
            opened.drafts.change(replace(opened.drafts.draft, title=f"Title {number}"))
        checked(opened, qtbot)
        assert opened.drafts.result.draft.title == "Title 3"


class TestErrands:
    @pytest.fixture
    def errands(self, window):
        return Errands(window)

    def test_one_runs_at_a_time(self, errands, qtbot):
        heard: list[object] = []
        assert errands.run(lambda _told, _stop: 1, heard.append)
        assert not errands.run(lambda _told, _stop: 2, heard.append)
        qtbot.waitUntil(lambda: not errands.busy)
        assert heard == [1]

    def test_what_is_stopped_tells_nothing(self, errands):
        heard: list[object] = []

        def work(_told, stop):
            while not stop():
                pass
            raise Abandoned

        errands.run(work, heard.append)
        errands.cancel()
        assert not errands.busy
        assert heard == []

    def test_what_fails_is_said(self, errands, qtbot):
        def work(_told, _stop):
            raise OSError("the disk is full")

        with qtbot.waitSignal(errands.trouble) as said:
            errands.run(work, print)
        assert said.args == ["the disk is full"]
        assert not errands.busy
