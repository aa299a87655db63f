"""Stating a case: what is said at a field keeps nothing else from being taken in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.time import Micros, Span
from ssp_coder.training.draft_file import read_draft
from ssp_coder.training.packs import Consent, Exclusion, Rationale, Stage
from ssp_coder.ui.trainer.case_form import LEFT_OUT, NOTES, STATEMENT, CaseForm
from ssp_coder.ui.trainer.remarks import (
    Remark,
    RemarkForm,
    exclusion_of,
    rationale_of,
    remark_of,
)
from tests.builders import infant_scheme
from tests.unit.training.training_files import draft_case, some_slot

LONG = "a title that somebody wrote with great care and at great length " * 6


@pytest.fixture
def case(references):
    return draft_case(references, "c02", Stage.PRACTICE)


@pytest.fixture
def form(theme, qtbot):
    made = CaseForm(theme)
    qtbot.addWidget(made)
    made.show_scheme(infant_scheme())
    made.resize(560, 420)
    made.show()
    return made


@pytest.fixture
def told(form):
    heard: list[tuple[str, object]] = []
    form.case_changed.connect(lambda before, case: heard.append((before, case)))
    return heard


@pytest.fixture
def shown(form, case, told):
    """The form with a case of which nothing was told yet."""
    form.show_case(case, frozenset({"c01", "c02", "c03"}))
    return form


def enter(field, text: str) -> None:
    """Type into a field and leave it."""
    field.set_text(text)
    field.edit.editingFinished.emit()


def choose(box, value: str) -> None:
    """Choose an entry of a box as a person does."""
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


class TestShowing:
    def test_without_a_case_nothing_can_be_typed_and_settling_tells_nothing(self, form, told):
        assert not form.isEnabled()
        form.settle()
        assert told == []

    def test_showing_a_case_tells_nothing(self, shown, told):
        shown.settle()
        assert told == []

    def test_everything_that_was_stated_is_on_the_screen(self, shown, case):
        fields = (shown.id, shown.title_field, shown.consent_by, shown.who, shown.day)
        origin = case.origin
        assert [field.text() for field in fields] == [
            case.id,
            case.title,
            case.consent_by,
            origin.who,
            origin.on,
        ]
        assert shown.codebook.text() == origin.codebook

    def test_another_case_takes_the_place_of_errors_as_well(self, shown, references):
        enter(shown.day, "yesterday")
        enter(shown.id, "c03")
        shown.show_case(draft_case(references, "c03", Stage.PRACTICE), frozenset({"c03"}))
        assert (shown.day.error(), shown.id.error()) == ("", "")
        assert shown.id.text() == "c03"

    def test_every_consent_and_stage_can_be_chosen_once(self, form):
        consents = [form.consent.itemData(n) for n in range(form.consent.count())]
        stages = [form.stage.itemData(n) for n in range(form.stage.count())]
        assert sorted(consents) == sorted(each.value for each in Consent)
        assert sorted(stages) == sorted(each.value for each in Stage)

    def test_no_consent_is_the_first_that_is_offered(self, form):
        assert form.consent.itemData(0) == Consent.NONE.value

    @pytest.mark.parametrize(
        ("part", "seen"), [(STATEMENT, "id"), (NOTES, "notes"), (LEFT_OUT, "left_out")]
    )
    def test_one_part_of_the_case_is_in_sight_at_a_time(self, shown, part, seen):
        shown.show_part(part)
        parts = {name: getattr(shown, name).isVisible() for name in ("id", "notes", "left_out")}
        assert [name for name, visible in parts.items() if visible] == [seen]
        assert shown.parts.chosen() == part


class TestOneWrongField:
    """A field that cannot be taken in stays as typed; all others are told."""

    @pytest.mark.parametrize("wrong", ["soon", "2026-02-30", "17.05.2026", ""])
    def test_a_day_that_is_none_loses_no_statement_of_consent(self, shown, told, case, wrong):
        enter(shown.day, wrong)
        choose(shown.consent, Consent.SYNTHETIC.value)
        before, after = told[-1]
        assert before == "c02"
        assert after == replace(case, consent=Consent.SYNTHETIC)
        assert shown.day.text() == wrong
        assert shown.day.error()

    @pytest.mark.parametrize("wrong", ["c01", "   ", ""])
    def test_an_id_that_is_taken_loses_no_title(self, shown, told, case, wrong):
        enter(shown.id, wrong)
        enter(shown.title_field, "Another title")
        assert told == [("c02", replace(case, title="Another title"))]
        assert shown.id.error()

    def test_a_field_that_is_mended_says_nothing_any_more(self, shown, told):
        enter(shown.id, "c01")
        enter(shown.id, "k02")
        assert shown.id.error() == ""
        assert [after.id for _, after in told] == ["k02"]

    @pytest.mark.parametrize("typed", ["20260613", " 2026-06-13 "])
    def test_a_day_is_kept_as_the_file_has_it(self, shown, told, typed):
        enter(shown.day, typed)
        assert [after.origin.on for _, after in told] == ["2026-06-13"]
        assert shown.day.text() == "2026-06-13"


class TestConsent:
    def test_a_consent_that_nobody_states_is_said_at_its_field(self, shown, told):
        enter(shown.consent_by, "")
        assert "name who states it" in shown.consent_by.error()
        assert told[-1][1].consent_by == ""

    def test_naming_who_states_it_takes_the_error_away(self, shown):
        enter(shown.consent_by, "  ")
        enter(shown.consent_by, "trainer2")
        assert shown.consent_by.error() == ""

    def test_without_any_consent_nobody_has_to_state_it(self, shown):
        enter(shown.consent_by, "")
        choose(shown.consent, Consent.NONE.value)
        assert shown.consent_by.error() == ""


class TestStages:
    @pytest.mark.parametrize("stage", [each for each in Stage if each is not Stage.TEST])
    def test_only_a_test_has_a_form_to_type(self, form, references, stage):
        form.show_case(draft_case(references, "c02", stage), frozenset())
        assert not form.form.isEnabled()
        assert "tests" in form.form.edit.placeholderText()

    def test_a_form_that_was_named_stays_when_the_stage_comes_back(self, form, told, references):
        form.show_case(draft_case(references, "c04", Stage.TEST, "spring"), frozenset({"c04"}))
        choose(form.stage, Stage.UPKEEP.value)
        choose(form.stage, Stage.TEST.value)
        assert [after.form for _, after in told] == ["", "spring"]

    def test_a_test_without_a_form_is_told_so_that_the_check_can_say_it(
        self, form, told, references
    ):
        form.show_case(draft_case(references, "c04", Stage.TEST, "one"), frozenset({"c04"}))
        enter(form.form, "")
        assert told[-1][1].form == ""


class TestRemarks:
    @pytest.mark.parametrize(
        "one",
        [
            Rationale(words="why", slot=some_slot()),
            Rationale(words="", span=Span(start_us=Micros(0), end_us=Micros(1))),
            Exclusion(reason="disputed", code="distress.cry"),
            Exclusion(reason="", slot=some_slot()),
        ],
    )
    def test_a_remark_is_what_it_was_made_from(self, one):
        back = rationale_of if isinstance(one, Rationale) else exclusion_of
        assert back(remark_of(one)) == one

    @pytest.fixture
    def remarks(self, theme, qtbot):
        made = RemarkForm(theme, "Left out", with_code=True)
        qtbot.addWidget(made)
        made.show_scheme(infant_scheme())
        made.show()
        return made

    @pytest.mark.parametrize("wrong", ["soon", "-5", "1:75", "1e9"])
    def test_a_time_that_is_none_loses_no_words(self, remarks, wrong):
        remarks.show_remarks((Remark(words="old"),))
        enter(remarks.start, wrong)
        remarks.words.setPlainText("typed after it")
        remarks.words.committed.emit()
        assert remarks.end.error()
        assert remarks.remarks == (Remark(words="typed after it"),)

    def test_a_stretch_that_ends_before_it_begins_is_said_and_mended(self, remarks):
        remarks.show_remarks((Remark(words="x"),))
        enter(remarks.end, "0:05")
        enter(remarks.start, "0:07")
        assert "before" in remarks.end.error()
        enter(remarks.end, "0:09")
        assert remarks.end.error() == ""
        (one,) = remarks.remarks
        assert (one.span.start_us, one.span.end_us) == (7_000_000, 9_000_000)

    def test_without_times_a_remark_is_about_the_whole_case(self, remarks):
        remarks.show_remarks((Remark(words="x", span=Span(start_us=Micros(5), end_us=Micros(6))),))
        for field in (remarks.start, remarks.end):
            field.set_text("")
        remarks.settle()
        assert remarks.remarks == (Remark(words="x"),)

    def test_words_do_not_cost_a_stretch_its_microseconds(self, remarks):
        exact = Span(start_us=Micros(1_234_567), end_us=Micros(2_345_678))
        remarks.show_remarks((Remark(words="x", span=exact),))
        remarks.words.setPlainText("y")
        remarks.words.committed.emit()
        assert remarks.remarks == (Remark(words="y", span=exact),)

    def test_adding_another_takes_in_what_is_being_typed(self, remarks):
        remarks.show_remarks((Remark(words="old"),))
        remarks.words.setPlainText("being typed")
        remarks.add.click()
        assert remarks.remarks == (Remark(words="being typed"), Remark(words=""))
        assert remarks.words.toPlainText() == ""

    def test_removing_one_of_several_leaves_the_others_in_order(self, remarks):
        remarks.show_remarks(tuple(Remark(words=words) for words in "abc"))
        remarks.table.choose("1")
        remarks.remove.click()
        assert [one.words for one in remarks.remarks] == ["a", "c"]
        assert remarks.words.toPlainText() == "c"

    def test_removing_the_last_of_several_shows_the_one_that_is_left(self, remarks):
        remarks.show_remarks((Remark(words="a"), Remark(words="b")))
        remarks.table.choose("1")
        remarks.remove.click()
        assert remarks.words.toPlainText() == "a"
        assert remarks.remove.isEnabled()

    def test_a_place_of_another_scheme_is_told_by_its_id(self, remarks):
        remarks.show_remarks((Remark(words="x", slot="no.such.place"),))
        assert remarks.table.rows[0].cells[0] == "no.such.place"

    def test_a_remark_on_everything_shows_dashes_and_no_empty_cell(self, remarks):
        remarks.show_remarks((Remark(words=""),))
        assert remarks.table.rows[0].cells == ("–", "–", "–")

    def test_explanations_have_no_code(self, theme, qtbot):
        notes = RemarkForm(theme, "Explanations", with_code=False)
        qtbot.addWidget(notes)
        notes.show_scheme(infant_scheme())
        notes.show_remarks((Remark(words="x"),))
        notes.show()
        assert not notes.codes.isVisible()
        notes.words.setPlainText("y")
        notes.words.committed.emit()
        assert notes.remarks == (Remark(words="y"),)


class TestInTheDraft:
    def test_what_is_stated_after_a_wrong_day_is_in_the_file(self, opened, draft_path):
        opened.packs.cases.choose("c03")
        enter(opened.packs.form.day, "in May")
        enter(opened.packs.form.codebook, "lab 4")
        opened.packs.cases.choose("c02")
        case = read_draft(draft_path).cases[2]
        assert (case.origin.on, case.origin.codebook) == ("2026-05-17", "lab 4")

    def test_long_words_are_kept_whole_and_widen_nothing(self, opened, draft_path):
        before = opened.minimumSizeHint().width()
        enter(opened.packs.form.title_field, LONG)
        enter(opened.packs.head.title_field, LONG)
        draft = read_draft(draft_path)
        assert (draft.title, draft.cases[0].title) == (LONG.strip(), LONG.strip())
        assert opened.minimumSizeHint().width() <= before

    def test_signs_of_any_script_are_kept(self, opened, draft_path):
        words = 'Zoë "sagt": 你好\\n = 1 # none \N{SNOWMAN}'
        enter(opened.packs.form.title_field, words)
        assert read_draft(draft_path).cases[0].title == words

    def test_a_case_that_is_renamed_keeps_everything_else(self, opened, draft_path):
        before = read_draft(draft_path).cases[3]
        opened.packs.cases.choose("c04")
        enter(opened.packs.form.id, "k04")
        assert read_draft(draft_path).cases[3] == replace(before, id="k04")

    def test_explanations_of_one_case_are_not_those_of_another(self, opened, draft_path):
        opened.packs.cases.choose("c03")
        notes = opened.packs.form.notes
        notes.words.setPlainText("only here")
        notes.words.committed.emit()
        words = [case.notes[0].words for case in read_draft(draft_path).cases]
        assert words.count("only here") == 1
        assert words[2] == "only here"
