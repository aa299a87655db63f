"""Length rules, questions about the visit and other numberings, as values."""

from __future__ import annotations

import pytest

from ssp_coder.domain.coding import Coding, VisitAnswer
from ssp_coder.domain.procedure import (
    EpisodeId,
    LengthEffect,
    LengthRule,
    Numbering,
    Procedure,
    RemarkTopic,
    VisitField,
    VisitFieldId,
    VisitFieldKind,
    VisitRemark,
    VisitValue,
)
from ssp_coder.domain.time import Micros
from ssp_coder.domain.words import Origin, Provenance, english

LAB = Provenance(origin=Origin.LAB, source="our lab's manual")
VISITS = VisitFieldId("visits")
CRYING = VisitFieldId("crying")


def rule(name: str, effect: LengthEffect, *episodes: str) -> LengthRule:
    return LengthRule(
        id=name,
        effect=effect,
        title=english(name),
        episodes=tuple(EpisodeId(episode) for episode in episodes),
        sign=english("crying"),
        provenance=LAB,
    )


def remark(**fields: object) -> VisitRemark:
    given = {"id": "r", "text": english("a fact"), "topic": RemarkTopic.SESSION, "provenance": LAB}
    return VisitRemark(**(given | fields))


def procedure(**fields: object) -> Procedure:
    given = {
        "id": "short",
        "version": "1.0.0",
        "title": english("Short"),
        "persons": (),
        "episodes": (),
        "length_tolerance_us": Micros(0),
        "session_end_cue": english("over"),
        "provenance": LAB,
    }
    return Procedure(**(given | fields))


def test_an_episode_has_the_rules_that_name_it_in_the_order_of_the_file() -> None:
    rules = (
        rule("minute", LengthEffect.CURTAIL, "S1", "S2"),
        rule("comfort", LengthEffect.EXTEND, "R1"),
        rule("short", LengthEffect.CURTAIL, "S2"),
    )
    plan = procedure(length_rules=rules)
    assert [r.id for r in plan.length_rules_of(EpisodeId("S2"))] == ["minute", "short"]
    assert [r.id for r in plan.length_rules_of(EpisodeId("R1"))] == ["comfort"]
    assert plan.length_rules_of(EpisodeId("S9")) == ()


def test_a_procedure_of_before_has_no_rules_questions_or_numberings_and_is_no_template() -> None:
    old = procedure()
    assert (old.length_rules, old.visit_fields, old.numberings) == ((), (), ())
    assert not old.template
    assert str(old.note) == ""


def test_an_unknown_question_is_named_with_its_procedure() -> None:
    asked = VisitField(id=VISITS, title=english("v"), kind=VisitFieldKind.COUNT, provenance=LAB)
    plan = procedure(visit_fields=(asked,))
    assert plan.visit_field(VISITS) is asked
    with pytest.raises(KeyError, match="procedure short has no visit field crying"):
        plan.visit_field(CRYING)


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (VisitFieldKind.COUNT, True),
        (VisitFieldKind.MONTHS, True),
        (VisitFieldKind.DAYS, True),
        (VisitFieldKind.SECONDS, True),
        (VisitFieldKind.CHOICE, False),
        (VisitFieldKind.YES_NO, False),
        (VisitFieldKind.TEXT, False),
    ],
)
def test_four_kinds_of_question_are_answered_with_a_number(
    kind: VisitFieldKind, number: bool
) -> None:
    assert kind.is_number is number


@pytest.mark.parametrize(
    ("value", "holds"), [(10, True), (11, False), (20, False), (21, True), (0, True)]
)
def test_bounds_of_a_remark_are_themselves_unremarkable(value: int, holds: bool) -> None:
    assert remark(below=11, above=20).holds(value) is holds


def test_a_remark_may_have_one_bound_only() -> None:
    assert remark(above=0).holds(1)
    assert not remark(above=0).holds(0)
    assert remark(below=3).holds(2)
    assert not remark(below=3).holds(300)


def test_a_remark_on_words_holds_for_the_listed_answers() -> None:
    assert remark(answers=("yes", "perhaps")).holds("yes")
    assert not remark(answers=("yes",)).holds("no")
    assert not remark(below=11).holds("10")


def test_a_remark_without_bounds_or_answers_never_holds() -> None:
    assert not remark().holds(0)
    assert not remark().holds("yes")


def test_a_choice_finds_its_values_by_id() -> None:
    lab = VisitValue(id="lab", title=english("Lab"))
    field = VisitField(
        id=VISITS,
        title=english("Who"),
        kind=VisitFieldKind.CHOICE,
        values=(lab,),
        provenance=LAB,
    )
    assert field.value("lab") is lab
    assert field.value("nobody") is None


def test_another_numbering_leads_to_episodes_or_nowhere() -> None:
    numbers = ((1, EpisodeId("EP2")), (4, EpisodeId("EP5")))
    other = Numbering(id="seven", title=english("Seven"), numbers=numbers, provenance=LAB)
    assert other.episode(4) == "EP5"
    assert other.episode(8) is None


def test_answers_are_found_by_question_and_episode() -> None:
    first = VisitAnswer(field=CRYING, value=30, episode=EpisodeId("S1"))
    second = VisitAnswer(field=CRYING, value=0, episode=EpisodeId("S2"))
    whole = VisitAnswer(field=VISITS, value=2)
    coding = Coding(session="S", coder="c", visit=(whole, first, second))
    assert coding.visit_answer(CRYING, EpisodeId("S2")) is second
    assert coding.visit_answer(VISITS) is whole
    assert coding.visit_answer(CRYING) is None
    assert coding.visit_answer(VISITS, EpisodeId("S1")) is None


def test_zero_is_an_answer_and_not_an_open_question() -> None:
    coding = Coding(session="S", coder="c", visit=(VisitAnswer(field=VISITS, value=0),))
    answer = coding.visit_answer(VISITS)
    assert answer is not None
    assert answer.value == 0
