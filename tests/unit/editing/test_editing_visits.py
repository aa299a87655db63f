"""Questions about the visit: answered, answered anew, left open again, and what they call for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.domain.coding import Coding, VisitAnswer
from ssp_coder.domain.finding import Severity
from ssp_coder.domain.procedure import EpisodeId, RemarkTopic, VisitFieldId, VisitFieldKind
from ssp_coder.editing.apply import apply
from ssp_coder.editing.change import difference
from ssp_coder.editing.completeness import OpenWork, Step, is_complete, open_work
from ssp_coder.editing.document import Document
from ssp_coder.editing.edits import ClearVisit, LockCoding, RecordVisit
from ssp_coder.editing.refusal import EditRefusedError
from ssp_coder.editing.visits import MAXIMUM_WORDS, VisitPlace, visit_places, visit_remarks
from tests.builders import after, answer, coding, infant_scheme, rate

SCHEME = infant_scheme()


def given_in(value: Coding) -> list[tuple[str, str, int | str]]:
    return [(a.field, a.episode or "", a.value) for a in value.visit]


def clear(field: str, episode: str | None = None) -> ClearVisit:
    place = None if episode is None else EpisodeId(episode)
    return ClearVisit(field=VisitFieldId(field), episode=place)


def refusal(edit: RecordVisit) -> EditRefusedError:
    with pytest.raises(EditRefusedError) as caught:
        apply(coding(), edit, SCHEME)
    return caught.value


def test_answers_stand_in_the_order_of_the_procedure_whatever_came_first() -> None:
    value = after(
        coding(),
        answer("overstressed", "no"),
        answer("cry_before_end", 20, "EP7"),
        answer("cry_before_end", 60, "EP4"),
        answer("age_months", 14),
    )
    assert given_in(value) == [
        ("age_months", "", 14),
        ("cry_before_end", "EP4", 60),
        ("cry_before_end", "EP7", 20),
        ("overstressed", "", "no"),
    ]


def test_a_second_answer_takes_the_place_of_the_first() -> None:
    value = after(coding(), answer("prior_visits", 1), answer("prior_visits", 0))
    assert given_in(value) == [("prior_visits", "", 0)]


def test_a_question_can_be_left_open_again() -> None:
    value = after(
        coding(),
        answer("cry_before_end", 20, "EP4"),
        answer("cry_before_end", 30, "EP6"),
        clear("cry_before_end", "EP4"),
    )
    assert given_in(value) == [("cry_before_end", "EP6", 30)]


def test_clearing_what_is_open_changes_nothing() -> None:
    value = after(coding(), answer("age_months", 14))
    assert after(value, clear("prior_visits")) == value
    assert after(value, clear("age_months", "EP4")) == value


def test_an_answer_touches_nothing_but_the_visit() -> None:
    before = after(coding(), rate("pcs_c_5", 4))
    changed = difference(before, after(before, answer("prior_visits", 1)))
    assert changed.areas == {"visit"}


def test_answering_can_be_undone_and_redone() -> None:
    document = Document(coding=coding(), scheme=SCHEME)
    document.submit(answer("prior_visits", 1))
    document.submit(answer("prior_visits", 2))
    document.undo()
    assert given_in(document.coding) == [("prior_visits", "", 1)]
    document.undo()
    assert document.coding.visit == ()
    document.redo()
    document.redo()
    assert given_in(document.coding) == [("prior_visits", "", 2)]


def test_a_locked_coding_takes_no_answer() -> None:
    locked = after(coding(), LockCoding())
    for edit in (answer("prior_visits", 1), clear("prior_visits")):
        with pytest.raises(EditRefusedError, match="locked"):
            apply(locked, edit, SCHEME)


@pytest.mark.parametrize(
    ("edit", "code", "words"),
    [
        (answer("shoe_size", 20), "visit.unknown_field", "does not ask for shoe_size"),
        (answer("prior_visits", 1, "EP4"), "visit.unknown_episode", "not asked of EP4"),
        (answer("cry_before_end", 9), "visit.unknown_episode", "not asked of the whole visit"),
        (answer("cry_before_end", 9, "EP5"), "visit.unknown_episode", "not asked of EP5"),
        (answer("prior_visits", -1), "visit.unfit_answer", "-1 outside 0..99 in prior_visits"),
        (answer("prior_visits", 100), "visit.unfit_answer", "100 outside 0..99"),
        (answer("prior_visits", "1"), "visit.unfit_answer", "'1' is no whole number"),
        (answer("prior_visits", True), "visit.unfit_answer", "True is no whole number"),
        (answer("caregiver_in_visit", 1), "visit.unfit_answer", "not with 1"),
        (answer("caregiver_in_visit", "aunt"), "visit.unfit_answer", "cannot be answered 'aunt'"),
        (answer("overstressed", "perhaps"), "visit.unfit_answer", "cannot be answered 'perhaps'"),
        (answer("overstress_note", "  "), "visit.unfit_answer", "has no words"),
        (answer("overstress_note", "x" * 2001), "visit.unfit_answer", "2001 characters"),
        (answer("overstress_note", 5), "visit.unfit_answer", "answered in words"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_with_the_fact(
    edit: RecordVisit, code: str, words: str
) -> None:
    error = refusal(edit)
    assert error.finding.code == code
    assert words in str(error)


def test_the_remedy_names_what_would_fit() -> None:
    assert "mother, father, other" in refusal(answer("caregiver_in_visit", "aunt")).finding.remedy
    assert "yes, no" in refusal(answer("overstressed", "perhaps")).finding.remedy
    assert "EP4, EP6, EP7" in refusal(answer("cry_before_end", 1, "EP5")).finding.remedy
    assert refusal(answer("prior_visits", 100)).finding.place == "prior_visits"


@pytest.mark.parametrize(
    "edit",
    [
        answer("prior_visits", 0),
        answer("prior_visits", 99),
        answer("caregiver_in_visit", "father"),
        answer("overstressed", "yes"),
        answer("overstress_note", "x" * MAXIMUM_WORDS),
    ],
)
def test_an_answer_at_the_edge_of_what_is_allowed_is_taken(edit: RecordVisit) -> None:
    assert after(coding(), edit).visit == (edit.answer,)


def test_every_question_can_be_answered_once_for_each_of_its_episodes() -> None:
    places = [(p.field.id, p.episode or "") for p in visit_places(SCHEME.procedure)]
    assert len(places) == len(set(places)) == 10
    assert [e for field, e in places if field == "cry_before_end"] == ["EP4", "EP6", "EP7"]


def some_answer(place: VisitPlace) -> RecordVisit:
    field = place.field
    words = {VisitFieldKind.YES_NO: "yes", VisitFieldKind.TEXT: "loud"}
    value = 7 if field.kind.is_number else words.get(field.kind) or field.values[-1].id
    return RecordVisit(answer=VisitAnswer(field=field.id, episode=place.episode, value=value))


@given(st.permutations(range(10)))
def test_the_order_of_answering_does_not_matter(order: list[int]) -> None:
    places = visit_places(SCHEME.procedure)
    value = after(coding(), *(some_answer(places[at]) for at in order))
    keys = [(p.field.id, p.episode) for p in places]
    assert [(a.field, a.episode) for a in value.visit] == keys


def remarks(value: Coding) -> list[str]:
    return [remark.id for _, remark in visit_remarks(value, SCHEME.procedure)]


def test_an_open_question_calls_for_no_remark() -> None:
    assert remarks(coding()) == []


@pytest.mark.parametrize(("count", "expected"), [(0, []), (1, ["tested_before"])])
def test_an_earlier_visit_is_remarked(count: int, expected: list[str]) -> None:
    assert remarks(after(coding(), answer("prior_visits", count))) == expected


@pytest.mark.parametrize(
    ("months", "expected"),
    [(10, ["age_outside"]), (11, []), (15, []), (20, []), (21, ["age_outside"])],
)
def test_an_age_outside_eleven_to_twenty_months_is_remarked(
    months: int, expected: list[str]
) -> None:
    assert remarks(after(coding(), answer("age_months", months))) == expected


def test_remarks_on_stress_belong_to_disorganization_and_the_one_on_age_to_the_session() -> None:
    value = after(
        coding(),
        answer("age_months", 30),
        answer("prior_visits", 2),
        answer("overstressed", "yes"),
    )
    topics = [(r.id, r.topic) for _, r in visit_remarks(value, SCHEME.procedure)]
    assert topics == [
        ("age_outside", RemarkTopic.SESSION),
        ("tested_before", RemarkTopic.DISORGANIZATION),
        ("not_cut_short", RemarkTopic.DISORGANIZATION),
    ]


def notes(value: Coding) -> list[OpenWork]:
    return [w for w in open_work(value, SCHEME) if w.finding.code == "visit.remark"]


def test_a_remark_is_listed_as_a_note_at_its_step_with_its_source() -> None:
    value = after(coding(), answer("prior_visits", 1), answer("age_months", 30))
    by_step = {work.step: work.finding for work in notes(value)}
    assert set(by_step) == {Step.PREPARE, Step.DISORGANIZATION}
    told = by_step[Step.DISORGANIZATION]
    assert told.severity is Severity.NOTE
    assert "tested before" in told.message
    assert "changes no score" in told.remedy
    assert "Granqvist" in told.remedy


def test_questions_left_open_keep_nothing_from_being_complete() -> None:
    open_before = [w for w in open_work(coding(), SCHEME) if w.step is Step.PREPARE]
    value = after(coding(), answer("prior_visits", 1), answer("overstressed", "yes"))
    assert [w for w in open_work(value, SCHEME) if w.step is Step.PREPARE] == open_before
    assert is_complete(value, SCHEME) == is_complete(coding(), SCHEME)
