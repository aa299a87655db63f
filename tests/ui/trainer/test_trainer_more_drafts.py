"""Drafts at the desk: opened, begun, replaced, moved about while something else is under way."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from ssp_coder.training.draft_file import read_draft
from ssp_coder.training.draft_writing import write_draft
from ssp_coder.training.packs import PACK_FILE, Consent, Stage
from ssp_coder.ui.trainer.draft_desk import DraftDesk
from ssp_coder.ui.trainer.words import Page
from tests.ui.trainer.conftest import checked, read, rested, with_draft
from tests.unit.training.training_files import draft_case, reference_file

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def answered(monkeypatch):
    """What the file choosers answer, and how often they were asked."""
    asked = []

    def answer(*paths):
        names = [str(path) for path in paths]
        first = names[0] if names else ""

        def one(*_):
            asked.append(first)
            return first, ""

        monkeypatch.setattr(QFileDialog, "getOpenFileName", one)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", one)
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: first)
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (names, ""))
        return asked

    return answer


@pytest.fixture
def under_way(opened):
    """Something runs at the desk until the test is over or has ended it."""
    end = threading.Event()

    def work(_told, cancelled):
        while not (end.wait(0.01) or cancelled()):
            pass
        return

    opened.drafts.errands.run(work, lambda _nothing: None)
    yield end
    end.set()


@pytest.fixture
def twins_path(draft, tmp_path):
    """A draft that was written by hand and has two cases of one id."""
    first, second, third, *rest = draft.cases
    path = tmp_path / "twins.toml"
    write_draft(replace(draft, cases=(first, second, replace(third, id=second.id), *rest)), path)
    return path


def said(window) -> str:
    return window.packs.building._state.text()


def found(window) -> list[str]:
    listed = window.packs.building.findings
    return [listed.item(row).text() for row in range(listed.count())]


def enter(field, text: str) -> None:
    field.set_text(text)
    field.edit.editingFinished.emit()


def ids(path) -> list[str]:
    return [case.id for case in read_draft(path).cases]


class TestChoosing:
    @pytest.mark.parametrize("act", ["choose_draft", "begin_draft"])
    def test_a_chooser_that_is_closed_changes_nothing(self, opened, answered, act):
        answered()
        before = opened.drafts.draft
        getattr(opened.packs, act)()
        assert opened.drafts.draft is before
        assert said(opened) == ""

    @pytest.mark.parametrize("button", ["add", "check"])
    def test_choosing_no_file_begins_nothing(self, opened, answered, button):
        answered()
        getattr(opened.packs, button).click()
        assert not opened.drafts.errands.busy

    def test_another_draft_takes_the_place_of_the_first_as_a_whole(
        self, opened, draft, answered, tmp_path, qtbot
    ):
        other = replace(draft, id="autumn", version="3.1", title="Autumn", cases=draft.cases[3:4])
        write_draft(other, tmp_path / "autumn.toml")
        answered(tmp_path / "autumn.toml")
        opened.packs.open.click()
        checked(opened, qtbot)
        packs = opened.packs
        assert (packs.head.id.text(), packs.head.version.text()) == ("autumn", "3.1")
        assert [row.key for row in packs.cases.rows] == ["c04"]
        assert packs.form.id.text() == "c04"
        assert packs.path_words.text() == "autumn.toml"

    def test_what_is_typed_goes_into_the_draft_it_was_typed_for(
        self, opened, draft, answered, draft_path, tmp_path
    ):
        write_draft(replace(draft, id="other"), tmp_path / "other.toml")
        opened.packs.head.title_field.set_text("typed for the first")
        answered(tmp_path / "other.toml")
        opened.packs.choose_draft()
        assert read_draft(draft_path).title == "typed for the first"
        opened.packs.settle()
        assert read_draft(tmp_path / "other.toml").title == draft.title

    def test_a_draft_without_cases_shows_an_empty_page_and_says_what_is_missing(
        self, window, draft, tmp_path, qtbot
    ):
        write_draft(replace(draft, cases=()), tmp_path / "empty.toml")
        with_draft(window, tmp_path / "empty.toml", qtbot)
        assert window.packs.cases.rows == ()
        assert not window.packs.form.isEnabled()
        assert any("no cases" in words for words in found(window))

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "is no draft of a pack"),
            (b"\xff\xfe", "is no draft of a pack"),
            (b"kind = 'training_pack'", "is no draft of a pack"),
            (b"[" * 5000, "is no draft of a pack"),
        ],
    )
    def test_a_wrong_file_is_said_and_nothing_else_happens(self, window, tmp_path, content, words):
        (tmp_path / "wrong.toml").write_bytes(content)
        window.packs.open_draft(tmp_path / "wrong.toml")
        assert words in said(window)
        assert window.drafts.draft is None
        assert not window.packs.form.isEnabled()

    def test_a_folder_or_a_missing_file_is_no_draft(self, window, tmp_path):
        for path in (tmp_path, tmp_path / "none.toml"):
            window.packs.open_draft(path)
            assert path.name in said(window)
        assert window.drafts.path is None


class TestBeginning:
    def test_a_name_without_an_ending_gets_one(self, window, answered, tmp_path, qtbot):
        answered(tmp_path / "spring")
        window.packs.begin_draft()
        checked(window, qtbot)
        assert read_draft(tmp_path / "spring.toml").id == "spring"
        assert not (tmp_path / "spring").exists()

    def test_a_draft_that_nobody_agreed_to_replace_is_left_alone(
        self, window, answered, draft_path
    ):
        before = draft_path.read_bytes()
        answered(draft_path.with_suffix(""))
        window.packs.begin_draft()
        assert draft_path.read_bytes() == before
        assert "pack1.toml is there already" in said(window)
        assert window.drafts.draft is None

    def test_a_place_that_cannot_be_written_is_said(self, window, answered, tmp_path):
        answered(tmp_path / "gone" / "spring.toml")
        window.packs.begin_draft()
        assert "cannot be written" in said(window)
        assert window.drafts.path is None

    def test_a_name_that_is_no_id_can_be_begun_and_is_said_to_be_mended(
        self, window, answered, tmp_path, qtbot
    ):
        answered(tmp_path / "My first pack.toml")
        window.packs.begin_draft()
        checked(window, qtbot)
        assert any("My first pack" in words for words in found(window))
        enter(window.packs.head.id, "first")
        checked(window, qtbot)
        assert not any("My first pack" in words for words in found(window))


class TestTwoOfOneId:
    """The check says that one of them is to be renamed, and that must not cost the other."""

    def test_it_is_found(self, window, twins_path, qtbot):
        with_draft(window, twins_path, qtbot)
        assert any("two cases have this id" in words for words in found(window))

    def test_renaming_one_leaves_the_other_as_it_is(self, window, twins_path, qtbot):
        with_draft(window, twins_path, qtbot)
        before = read_draft(twins_path).cases
        window.packs.cases.choose("c02")
        enter(window.packs.form.id, "k02")
        after = read_draft(twins_path).cases
        assert after == (before[0], replace(before[1], id="k02"), *before[2:])
        checked(window, qtbot)
        assert found(window) == []

    def test_leaving_one_out_leaves_the_other_in(self, window, twins_path, qtbot):
        with_draft(window, twins_path, qtbot)
        before = read_draft(twins_path).cases
        window.packs.cases.choose("c02")
        window.packs.remove.click()
        assert read_draft(twins_path).cases == (before[0], *before[2:])


class TestReferences:
    def test_several_come_in_the_order_they_were_chosen_and_a_wrong_one_is_named(
        self, opened, answered, tmp_path, qtbot
    ):
        (tmp_path / "torn.sspc").write_bytes(b"no coding")
        good = [reference_file(tmp_path, name) for name in ("r2", "r1")]
        answered(good[0], tmp_path / "torn.sspc", good[1])
        opened.packs.add.click()
        rested(opened, qtbot)
        added = opened.drafts.draft.cases[7:]
        assert [case.reference for case in added] == good
        assert [case.id for case in added] == ["case-08", "case-09"]
        assert "torn.sspc" in said(opened)

    def test_a_number_that_is_taken_is_passed_over(self, opened, answered, tmp_path, qtbot):
        opened.packs.cases.choose("c02")
        enter(opened.packs.form.id, "case-08")
        answered(reference_file(tmp_path, "r1"))
        opened.packs.add.click()
        rested(opened, qtbot)
        assert opened.drafts.draft.cases[-1].id == "case-09"

    def test_its_explanations_are_shown_and_its_consent_is_marked_as_missing(
        self, opened, answered, tmp_path, qtbot
    ):
        answered(reference_file(tmp_path, "r1"))
        opened.packs.add.click()
        rested(opened, qtbot)
        row = opened.packs.cases.rows[-1]
        assert (row.cells[3], row.tone) == ("Not stated", "err")
        opened.packs.cases.choose(row.key)
        assert opened.packs.form.consent.currentData() == Consent.NONE.value
        assert opened.packs.form.notes.remarks

    def test_the_same_session_cannot_be_a_test_twice(self, opened, draft_path, references, qtbot):
        again = draft_case(references, "c02", Stage.TEST, "one", id="c09")
        draft = opened.drafts.draft
        opened.drafts.change(replace(draft, cases=(*draft.cases, again)))
        checked(opened, qtbot)
        assert any("its video is also that of case c02" in words for words in found(opened))


class TestUnderWay:
    @pytest.mark.parametrize("act", ["choose_draft", "begin_draft"])
    def test_no_other_draft_slips_under_what_is_being_made(
        self, opened, answered, under_way, tmp_path, act
    ):
        asked = answered(tmp_path / "other.toml")
        before = opened.drafts.draft
        getattr(opened.packs, act)()
        assert asked == []
        assert opened.drafts.draft is before
        assert "under way" in said(opened)

    def test_what_cannot_be_done_meanwhile_says_why_and_comes_back(self, opened, under_way, qtbot):
        packs = opened.packs
        for button in (packs.add, packs.up, packs.down, packs.remove, packs.building.build):
            assert not button.isEnabled()
            assert "under way" in button.toolTip()
        assert packs.building.cancel.isVisible()
        under_way.set()
        rested(opened, qtbot)
        assert packs.add.isEnabled()
        assert packs.new.isEnabled()
        assert not packs.building.cancel.isVisible()

    def test_a_statement_can_be_typed_meanwhile(self, opened, under_way, draft_path):
        enter(opened.packs.form.title_field, "typed meanwhile")
        assert read_draft(draft_path).cases[0].title == "typed meanwhile"

    def test_stopping_says_so_and_leaves_the_draft(self, opened, under_way, draft_path):
        before = draft_path.read_bytes()
        opened.packs.building.cancel.click()
        assert not opened.drafts.errands.busy
        assert "Stopped" in said(opened)
        assert draft_path.read_bytes() == before

    def test_closing_in_the_middle_of_it_ends_it(self, opened, under_way):
        opened.close()
        assert not opened.drafts.errands.busy

    def test_escape_takes_in_what_is_being_typed(self, opened, draft_path, qtbot):
        opened.activateWindow()
        qtbot.waitUntil(opened.isActiveWindow)
        opened.packs.form.title_field.set_text("typed before Escape")
        QTest.keyClick(opened, Qt.Key.Key_Escape)
        assert not opened.isVisible()
        assert read_draft(draft_path).cases[0].title == "typed before Escape"


class TestKeys:
    @pytest.fixture
    def ready(self, opened, qtbot):
        opened.activateWindow()
        qtbot.waitUntil(opened.isActiveWindow)
        return opened

    def test_a_case_is_moved_by_the_keyboard(self, ready, draft_path):
        ready.packs.cases.choose("c02")
        QTest.keyClick(ready, Qt.Key.Key_Down, ALT)
        assert ids(draft_path)[:3] == ["c01", "c03", "c02"]
        QTest.keyClick(ready, Qt.Key.Key_Up, ALT)
        assert ids(draft_path)[:3] == ["c01", "c02", "c03"]

    def test_a_case_moves_from_one_end_to_the_other_and_no_further(self, ready, draft_path):
        ready.packs.cases.choose("c01")
        for _ in range(9):
            QTest.keyClick(ready, Qt.Key.Key_Down, ALT)
        assert ids(draft_path) == ["c02", "c03", "c04", "c05", "c06", "c07", "c01"]

    @pytest.mark.parametrize(("key", "name"), [(Qt.Key.Key_O, "open"), (Qt.Key.Key_N, "new")])
    def test_a_draft_is_opened_and_begun_by_the_usual_keys(self, ready, answered, key, name):
        asked = answered()
        QTest.keyClick(ready, key, CTRL)
        assert len(asked) == 1, name

    def test_arrows_in_the_table_go_through_the_cases(self, ready):
        ready.packs.cases.setFocus()
        QTest.keyClick(ready.packs.cases, Qt.Key.Key_Down)
        assert ready.packs.form.id.text() == "c02"
        QTest.keyClick(ready.packs.cases, Qt.Key.Key_End, CTRL)
        assert ready.packs.form.id.text() == "c07"


class TestHead:
    def test_exercises_are_named_by_their_file_and_can_be_left_out_again(
        self, opened, answered, draft_path, tmp_path
    ):
        answered(tmp_path / "short.toml")
        opened.packs.head.exercises.click()
        assert read_draft(draft_path).exercises == tmp_path / "short.toml"
        assert opened.packs.head.no_exercises.isEnabled()
        opened.packs.head.no_exercises.click()
        assert read_draft(draft_path).exercises is None
        assert not opened.packs.head.no_exercises.isEnabled()

    def test_exercises_that_are_not_there_keep_the_pack_from_being_built(
        self, opened, answered, tmp_path, qtbot
    ):
        answered(tmp_path / "none.toml")
        opened.packs.head.exercises.click()
        checked(opened, qtbot)
        assert any(words.startswith("none.toml: ") for words in found(opened))
        assert not opened.packs.building.build.isEnabled()

    def test_without_a_pass_rule_it_is_said_that_nobody_can_be_certified(self, opened):
        head = opened.packs.head
        head.rule.setCurrentIndex(0)
        head.rule.activated.emit(0)
        assert not opened.drafts.draft.pass_rule
        assert "Nobody can be certified" in head._source.text()

    def test_blanks_around_words_are_not_kept(self, opened, draft_path):
        enter(opened.packs.head.made_by, "  trainer2 ")
        assert read_draft(draft_path).made_by == "trainer2"


class TestDesk:
    @pytest.fixture
    def desk(self, qapp):
        made = DraftDesk()
        yield made
        made.close()
        made.deleteLater()

    def test_without_a_draft_nothing_it_is_asked_for_happens(self, desk, tmp_path):
        heard = []
        desk.changed.connect(lambda: heard.append("changed"))
        desk.move_case("c01", 1)
        desk.remove_case("c01")
        desk.add((tmp_path / "x.sspc",))
        desk.build(tmp_path / "pack", "")
        assert heard == []
        assert not desk.errands.busy
        assert desk.scheme is None

    def test_what_is_not_in_the_draft_cannot_be_changed_moved_or_left_out(self, opened, draft):
        before = opened.drafts.draft
        opened.drafts.move_case("c99", -1)
        opened.drafts.remove_case("c99")
        opened.drafts.change_case("c99", draft.cases[0])
        assert opened.drafts.draft is before

    def test_closing_twice_is_harmless(self, opened):
        opened.drafts.close()
        opened.drafts.close()
        assert not opened.drafts.errands.busy


class TestPacks:
    def test_a_pack_that_was_built_is_not_offered_over_one_that_is_at_work(
        self, opened, pack, answered, tmp_path, qtbot
    ):
        read(opened, pack, tmp_path, qtbot)
        answered(tmp_path / "new-pack")
        opened.packs.building.build.click()
        rested(opened, qtbot)
        assert (tmp_path / "new-pack" / PACK_FILE).is_file()
        assert opened.trainees.pack.folder == pack.folder

    def test_a_folder_that_is_no_pack_is_said_to_be_none(self, opened, answered, tmp_path, qtbot):
        answered(tmp_path)
        opened.packs.check.click()
        rested(opened, qtbot)
        assert any("there is no training pack" in words for words in found(opened))

    def test_the_next_check_of_the_draft_takes_the_place_of_the_packs(
        self, opened, answered, tmp_path, qtbot
    ):
        answered(tmp_path)
        opened.packs.check.click()
        rested(opened, qtbot)
        enter(opened.packs.head.title_field, "Another")
        checked(opened, qtbot)
        assert found(opened) == []

    def test_the_page_of_packs_needs_no_choice_of_logbooks(self, window):
        seen = {}
        for page in Page:
            window.show_page(page)
            seen[page] = window.source.isVisible()
        assert [page for page, visible in seen.items() if not visible] == [Page.PACKS]
