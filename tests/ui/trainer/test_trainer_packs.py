"""A trainer makes a pack: references chosen, cases stated, the draft checked, the pack built."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog

from ssp_coder.domain.coding import CodingRole
from ssp_coder.training.checking import check_pack
from ssp_coder.training.draft_file import read_draft
from ssp_coder.training.pack_file import read_pack
from ssp_coder.training.packs import PACK_FILE, Consent, Stage
from tests.ui.trainer.conftest import checked, rested, with_draft
from tests.unit.training.training_files import SECRETS, WORD, reference_file


@pytest.fixture
def chosen(monkeypatch):
    """What the file choosers answer."""

    def choose(path):
        for name in ("getOpenFileName", "getSaveFileName"):
            monkeypatch.setattr(QFileDialog, name, lambda *_: (str(path), ""))
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(path))
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))

    return choose


def found(window) -> list[str]:
    listed = window.packs.building.findings
    return [listed.item(row).text() for row in range(listed.count())]


def type_into(field, text: str) -> None:
    field.set_text(text)
    field.edit.editingFinished.emit()


class TestDrafts:
    def test_without_a_draft_nothing_can_be_built_and_it_is_said_why(self, window):
        build = window.packs.building.build
        assert not build.isEnabled()
        assert "draft" in build.toolTip()
        assert not window.packs.form.isEnabled()

    def test_a_new_draft_is_a_file_at_once_named_by_it_and_made_by_the_trainer(
        self, window, chosen, tmp_path, qtbot
    ):
        chosen(tmp_path / "spring.toml")
        window.packs.new.click()
        checked(window, qtbot)
        draft = read_draft(tmp_path / "spring.toml")
        assert (draft.id, draft.made_by, draft.cases) == ("spring", "trainer1", ())
        assert window.packs.saved.text().startswith("Saved")

    def test_every_change_is_in_the_file(self, opened, draft_path):
        type_into(opened.packs.head.title_field, "Another title")
        assert read_draft(draft_path).title == "Another title"
        opened.packs.form.consent.setCurrentIndex(
            opened.packs.form.consent.findData(Consent.WITHIN_LAB.value)
        )
        opened.packs.form.consent.activated.emit(0)
        assert read_draft(draft_path).cases[0].consent is Consent.WITHIN_LAB
        assert read_draft(draft_path).title == "Another title"

    def test_what_is_typed_when_the_window_closes_is_not_lost(self, opened, draft_path):
        opened.packs.form.title_field.set_text("Case one")
        opened.close()
        assert read_draft(draft_path).cases[0].title == "Case one"

    def test_a_draft_that_cannot_be_read_is_said_and_the_one_before_stays(self, opened, tmp_path):
        wrong = tmp_path / "wrong.toml"
        wrong.write_text("kind = 3", "utf-8")
        opened.packs.open_draft(wrong)
        assert opened.drafts.draft.id == "pack1"
        assert "wrong.toml" in opened.packs.building._state.text()

    def test_a_file_that_cannot_be_written_is_said_and_the_change_is_kept(self, opened, draft_path):
        opened.drafts.path = draft_path.parent / "gone" / "pack1.toml"
        type_into(opened.packs.head.title_field, "Kept")
        assert opened.drafts.draft.title == "Kept"
        assert "cannot be written" in opened.packs.building._state.text()


class TestCases:
    def test_a_reference_becomes_a_case_that_nobody_consented_to(
        self, opened, chosen, tmp_path, qtbot
    ):
        chosen(reference_file(tmp_path, "r09"))
        opened.packs.add.click()
        rested(opened, qtbot)
        checked(opened, qtbot)
        case = opened.drafts.draft.cases[-1]
        assert (case.id, case.consent) == ("case-08", Consent.NONE)
        assert any("case-08" in words and "consent" in words for words in found(opened))

    def test_a_coding_that_is_no_reference_is_refused_by_name(
        self, opened, chosen, tmp_path, qtbot
    ):
        chosen(reference_file(tmp_path, "own", role=CodingRole.INDEPENDENT))
        opened.packs.add.click()
        rested(opened, qtbot)
        assert len(opened.drafts.draft.cases) == 7
        assert "own.sspc" in opened.packs.building._state.text()

    def test_a_reference_is_added_once(self, opened, chosen, references, qtbot):
        chosen(references / "c02.sspc")
        opened.packs.add.click()
        rested(opened, qtbot)
        assert len(opened.drafts.draft.cases) == 7

    def test_cases_move_and_the_chosen_one_stays_chosen(self, opened, draft_path):
        opened.packs.cases.choose("c03")
        opened.packs.up.click()
        assert [case.id for case in read_draft(draft_path).cases][:3] == ["c01", "c03", "c02"]
        assert opened.packs.cases.key == "c03"
        opened.packs.move_down()
        assert [case.id for case in read_draft(draft_path).cases][:3] == ["c01", "c02", "c03"]

    def test_the_first_case_cannot_move_up(self, opened):
        before = opened.drafts.draft
        opened.packs.cases.choose("c01")
        opened.packs.move_up()
        assert opened.drafts.draft is before

    def test_a_case_is_left_out_and_the_next_one_shown(self, opened):
        opened.packs.cases.choose("c02")
        opened.packs.remove.click()
        assert "c02" not in {case.id for case in opened.drafts.draft.cases}
        assert opened.packs.form.id.text() in {case.id for case in opened.drafts.draft.cases}

    def test_a_test_case_gets_a_form_and_loses_it_with_its_stage(self, opened):
        form = opened.packs.form
        opened.packs.cases.choose("c02")
        for stage, name in ((Stage.TEST, "a"), (Stage.PRACTICE, "")):
            form.stage.setCurrentIndex(form.stage.findData(stage.value))
            form.stage.activated.emit(0)
            case = opened.drafts.draft.cases[1]
            assert (case.stage, case.form) == (stage, name)

    @pytest.mark.parametrize("wrong", ["c01", ""])
    def test_an_id_must_be_its_own(self, opened, wrong):
        opened.packs.cases.choose("c02")
        type_into(opened.packs.form.id, wrong)
        assert opened.packs.form.id.error()
        assert opened.drafts.draft.cases[1].id == "c02"

    def test_a_day_must_be_one(self, opened):
        type_into(opened.packs.form.day, "in May")
        assert "2026-05-17" in opened.packs.form.day.error()
        assert opened.drafts.draft.cases[0].origin.on == "2026-05-17"

    def test_a_renamed_case_stays_chosen(self, opened):
        opened.packs.cases.choose("c02")
        type_into(opened.packs.form.id, "k02")
        assert opened.packs.cases.key == "k02"
        assert opened.packs.form.id.text() == "k02"


class TestRemarks:
    def test_explanations_come_from_the_reference_and_can_be_changed(self, opened, draft_path):
        notes = opened.packs.form.notes
        notes.words.setPlainText("It is play.")
        notes.words.committed.emit()
        note = read_draft(draft_path).cases[0].notes[0]
        assert note.words == "It is play."
        assert note.span is not None

    def test_another_stretch_is_taken_in_and_a_wrong_one_said(self, opened):
        notes = opened.packs.form.notes
        type_into(notes.start, "0:03.5")
        span = opened.drafts.draft.cases[0].notes[0].span
        assert (span.start_us, span.end_us) == (3_500_000, 4_000_000)
        type_into(notes.start, "9")
        assert "before" in notes.end.error()
        assert opened.drafts.draft.cases[0].notes[0].span == span

    def test_a_remark_is_added_and_removed(self, opened):
        notes = opened.packs.form.notes
        before = opened.drafts.draft.cases[0].notes
        notes.add.click()
        notes.words.setPlainText("One more")
        notes.words.committed.emit()
        assert [one.words for one in opened.drafts.draft.cases[0].notes] == [
            before[0].words,
            "One more",
        ]
        notes.remove.click()
        assert opened.drafts.draft.cases[0].notes == before

    def test_what_is_left_out_without_a_reason_keeps_the_pack_from_being_built(self, opened, qtbot):
        opened.packs.form.left_out.add.click()
        checked(opened, qtbot)
        assert any("no reason" in words for words in found(opened))
        assert not opened.packs.building.build.isEnabled()


class TestBuilding:
    def test_what_is_wrong_is_listed_and_leads_to_its_case(self, window, unstated_path, qtbot):
        with_draft(window, unstated_path, qtbot)
        assert not window.packs.building.build.isEnabled()
        assert len(found(window)) == 2
        window.packs.building.findings.setCurrentRow(0)
        assert window.packs.cases.key == "c02"

    def test_stating_the_consent_lets_it_be_built(self, window, unstated_path, qtbot):
        with_draft(window, unstated_path, qtbot)
        form = window.packs.form
        window.packs.cases.choose("c02")
        form.consent_by.set_text("trainer1")
        form.consent.setCurrentIndex(form.consent.findData(Consent.TRAINING.value))
        form.consent.activated.emit(0)
        checked(window, qtbot)
        assert found(window) == []
        assert window.packs.building.build.isEnabled()

    def test_the_pack_is_built_whole_and_offered_to_the_other_pages(
        self, opened, chosen, tmp_path, qtbot
    ):
        chosen(tmp_path / "new-pack")
        opened.packs.building.build.click()
        rested(opened, qtbot)
        assert check_pack(tmp_path / "new-pack") == ()
        assert opened.trainees.pack.folder == (tmp_path / "new-pack").resolve()
        assert "pack1 1.0.0" in opened.packs.building._state.text()

    def test_the_word_seals_the_forms_and_is_kept_nowhere(
        self, opened, chosen, draft_path, tmp_path, qtbot
    ):
        building = opened.packs.building
        building.word.set_text(WORD)
        building.again.set_text(WORD)
        chosen(tmp_path / "new-pack")
        building.build.click()
        rested(opened, qtbot)
        assert read_pack(tmp_path / "new-pack").seal.has_word
        assert (building.word.text(), building.again.text()) == ("", "")
        assert WORD not in draft_path.read_text("utf-8")
        assert all(
            WORD.encode() not in path.read_bytes()
            for path in (tmp_path / "new-pack").rglob("*")
            if path.is_file()
        )

    @pytest.mark.parametrize(("word", "again"), [("short", "short"), (WORD, WORD + "x")])
    def test_a_word_must_be_long_and_typed_twice(
        self, opened, chosen, tmp_path, qtbot, word, again
    ):
        building = opened.packs.building
        building.word.set_text(word)
        building.again.set_text(again)
        chosen(tmp_path / "new-pack")
        building.build.click()
        assert building.word.error() or building.again.error()
        assert not (tmp_path / "new-pack").exists()

    def test_a_folder_that_is_there_is_refused(self, opened, chosen, tmp_path, qtbot):
        (tmp_path / "there").mkdir()
        chosen(tmp_path / "there")
        opened.packs.building.build.click()
        rested(opened, qtbot)
        assert "already" in opened.packs.building._state.text()

    def test_what_sealing_cannot_do_is_said_beside_it(self, opened):
        from PySide6.QtWidgets import QLabel

        words = " ".join(label.text() for label in opened.packs.building.findChildren(QLabel))
        assert "stops nobody who is determined" in words


class TestChecking:
    def test_a_pack_as_it_was_built_is_said_to_be_so(self, opened, chosen, pack, qtbot):
        chosen(pack.folder)
        opened.packs.check.click()
        rested(opened, qtbot)
        assert "as it was built" in opened.packs.building._state.text()

    def test_a_changed_pack_is_said_with_its_faults(self, opened, chosen, tmp_path, qtbot):
        (tmp_path / PACK_FILE).write_text("kind = 'nothing'", "utf-8")
        chosen(tmp_path)
        opened.packs.check.click()
        rested(opened, qtbot)
        assert found(opened)
        assert "not as it was built" in opened.packs.building._state.text()


def test_nothing_of_a_reference_is_in_the_draft_but_its_explanations(opened, draft_path):
    text = draft_path.read_text("utf-8")
    assert [secret for secret in SECRETS if secret in text] == [SECRETS[2], SECRETS[3]]
