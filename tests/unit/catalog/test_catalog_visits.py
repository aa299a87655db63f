"""Length rules, questions about the visit, numberings and templates, as the files say them."""

from __future__ import annotations

import pytest

from ssp_coder.catalog import load_scheme
from ssp_coder.catalog.building_procedure import procedure
from ssp_coder.catalog.reading import read_bytes, read_instrument
from ssp_coder.catalog.records import ProcedureFile
from ssp_coder.domain.procedure import (
    EpisodeId,
    EpisodePlan,
    LengthEffect,
    LengthRule,
    Procedure,
    VisitFieldId,
    VisitFieldKind,
)
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import SECOND_US
from ssp_coder.domain.words import Origin
from ssp_coder.resources import bundled
from tests.unit.catalog.catalog_lab import Lab

PROCEDURE = "episodes/standard.toml"
SCHEME = "schemas/schemes/infant.toml"
SEPARATIONS = ("EP4", "EP6", "EP7")


def bundled_procedure(name: str) -> Procedure:
    path = bundled("episodes") / f"{name}.toml"
    record = read_instrument(f"episodes/{name}.toml", read_bytes(path), str(path)).record
    assert isinstance(record, ProcedureFile)
    return procedure(record)


def rules(scheme: Scheme, effect: LengthEffect) -> tuple[LengthRule, ...]:
    return tuple(r for r in scheme.procedure.length_rules if r.effect is effect)


# What the procedures say


def test_separations_are_cut_short_after_a_full_minute_of_crying(infant: Scheme) -> None:
    rule = rules(infant, LengthEffect.CURTAIL)[0]
    assert rule.episodes == SEPARATIONS
    assert (rule.after_us, rule.up_to_us) == (60 * SECOND_US, None)
    assert "will not settle alone" in str(rule.sign)
    assert rule.provenance.origin is Origin.VERIFIED
    assert rule.provenance.source.startswith("Waters 2002")
    assert str(rule.decided_by) == ""


def test_the_shorter_rule_of_labs_is_a_range_and_unverified(infant: Scheme) -> None:
    _, rule = rules(infant, LengthEffect.CURTAIL)
    assert (rule.after_us, rule.up_to_us) == (20 * SECOND_US, 30 * SECOND_US)
    assert "Hard crying" in str(rule.sign)
    assert "sometimes the caregiver decides" in str(rule.decided_by)
    assert (rule.provenance.origin, rule.provenance.confidence) == (Origin.LITERATURE, 0.8)


def test_only_the_first_reunion_is_prolonged_and_no_time_is_named(infant: Scheme) -> None:
    (rule,) = rules(infant, LengthEffect.EXTEND)
    assert rule.episodes == ("EP5",)
    assert rule.after_us is None
    assert rule.provenance.origin is Origin.VERIFIED


def test_the_visit_is_asked_about_in_the_order_of_the_page(infant: Scheme) -> None:
    asked = [(f.id, f.kind.value, len(f.episodes)) for f in infant.procedure.visit_fields]
    assert asked == [
        ("age_months", "months", 0),
        ("caregiver_in_visit", "choice", 0),
        ("prior_visits", "count", 0),
        ("days_since_visit", "days", 0),
        ("curtailment_by", "choice", 0),
        ("cry_before_end", "seconds", 3),
        ("overstressed", "yes_no", 0),
        ("overstress_note", "text", 0),
    ]


def test_crying_before_the_end_is_asked_of_the_episodes_that_may_be_cut_short(
    infant: Scheme,
) -> None:
    field = infant.procedure.visit_field(VisitFieldId("cry_before_end"))
    assert field.episodes == tuple(e.id for e in infant.procedure.episodes if e.may_curtail)


def test_the_bounds_of_age_are_ours_and_say_so(infant: Scheme) -> None:
    (remark,) = infant.procedure.visit_field(VisitFieldId("age_months")).remarks
    assert (remark.below, remark.above) == (11, 20)
    assert remark.provenance.origin is Origin.PROJECT_DEFAULT


def test_what_raises_disorganization_is_a_verified_fact_and_says_jointly(infant: Scheme) -> None:
    fields = infant.procedure.visit_fields
    told = [r for f in fields for r in f.remarks if f.id != "age_months"]
    assert [r.id for r in told] == ["tested_before", "not_cut_short"]
    for remark in told:
        assert remark.provenance.origin is Origin.VERIFIED
        assert "Granqvist et al. 2016" in remark.provenance.source
        assert "jointly raised D" in str(remark.text)
        assert "low-risk sample" in str(remark.text)


def test_every_caregiver_can_be_named(infant: Scheme) -> None:
    field = infant.procedure.visit_field(VisitFieldId("caregiver_in_visit"))
    assert [value.id for value in field.values] == ["mother", "father", "other"]
    assert (field.provenance.origin, field.provenance.confidence) == (Origin.LITERATURE, 0.98)


def test_seven_episodes_leave_the_introduction_out(infant: Scheme) -> None:
    seven, _ = infant.procedure.numberings
    assert seven.id == "seven"
    assert seven.numbers == tuple((n, f"EP{n + 1}") for n in range(1, 8))
    assert "weak source" in seven.provenance.source


def test_the_reunions_of_seven_are_four_and_seven(infant: Scheme) -> None:
    seven, _ = infant.procedure.numberings
    found = [number for number, e in seven.numbers if infant.procedure.episode(e).reunion]
    assert found == [4, 7]


def test_the_demonstration_asks_what_the_standard_procedure_asks(
    infant: Scheme, demonstration: Scheme
) -> None:
    assert demonstration.procedure.visit_fields == infant.procedure.visit_fields
    assert demonstration.procedure.numberings == infant.procedure.numberings


@pytest.mark.parametrize("name", ["standard", "short-preseparation", "demonstration"])
def test_every_wording_of_a_procedure_has_german_beside_english(name: str) -> None:
    found = bundled_procedure(name)
    texts = [found.title, found.session_end_cue]
    texts += [p.title for p in found.persons]
    for plan in found.episodes:
        texts += [plan.title, plan.start_cue, plan.end_cue, plan.note]
    for rule in found.length_rules:
        texts += [rule.title, rule.sign]
    for field in found.visit_fields:
        texts += [field.title, field.hint, *(v.title for v in field.values)]
        texts += [remark.text for remark in field.remarks]
    texts += [numbering.title for numbering in found.numberings]
    for text in texts:
        assert text.in_language("de") != text.in_language("en"), str(text)


# Variants


def test_the_shortened_procedure_differs_in_the_length_of_two_episodes_only() -> None:
    standard, short = bundled_procedure("standard"), bundled_procedure("short-preseparation")

    def seconds(found: Procedure) -> list[int]:
        return [plan.planned_us // SECOND_US for plan in found.episodes]

    def shape(plan: EpisodePlan) -> tuple[object, ...]:
        return (
            plan.id,
            plan.number,
            plan.kind,
            plan.reunion,
            plan.present,
            plan.may_curtail,
            plan.may_extend,
            plan.start_cue,
            plan.end_cue,
        )

    assert seconds(standard) == [30, 180, 180, 180, 180, 180, 180, 180]
    assert seconds(short) == [30, 120, 120, 180, 180, 180, 180, 180]
    assert [shape(p) for p in standard.episodes] == [shape(p) for p in short.episodes]
    assert standard.length_rules == short.length_rules
    assert standard.visit_fields == short.visit_fields


def test_the_shortened_lengths_are_unverified_and_the_reunions_stay_verified() -> None:
    short = bundled_procedure("short-preseparation")
    origins = {e.id: (e.provenance.origin, e.provenance.confidence) for e in short.episodes}
    assert origins["EP2"] == origins["EP3"] == (Origin.LITERATURE, 0.8)
    assert origins["EP5"] == origins["EP8"] == (Origin.VERIFIED, None)
    assert short.provenance.origin is Origin.LITERATURE


def test_the_shortened_scheme_rates_and_classifies_as_the_standard_one(infant: Scheme) -> None:
    short = load_scheme("infant-short")
    assert short.procedure.id == "short-preseparation"
    assert short.system == infant.system
    assert short.slots == infant.slots
    assert short.rules == infant.rules
    assert short.counts == infant.counts


def test_the_preschool_template_claims_nothing() -> None:
    template = bundled_procedure("preschool-template")
    assert template.template
    assert template.episodes == ()
    assert template.length_rules == ()
    assert template.visit_fields == ()
    assert str(template.session_end_cue) == ""
    assert "no checked description" in str(template.note)


def test_a_scheme_cannot_work_with_a_template(lab: Lab) -> None:
    line = lab.change(SCHEME, 'procedure = "standard"', 'procedure = "preschool-template"')
    finding = lab.finding()
    assert finding.code == "procedure.template"
    assert "preschool-template" in finding.message
    assert finding.place == lab.place(SCHEME, line)
    assert "remove template = true" in finding.remedy


def test_the_template_alone_is_told_and_not_all_that_is_missing_in_it(lab: Lab) -> None:
    lab.change(SCHEME, 'procedure = "standard"', 'procedure = "preschool-template"')
    assert len(lab.refusal().findings) == 1


def test_a_template_without_its_mark_lacks_episodes_and_end(lab: Lab) -> None:
    below = "episodes/preschool-template.toml"
    lab.change(below, "template = true\n", "")
    lab.change(SCHEME, 'procedure = "standard"', 'procedure = "preschool-template"')
    found = lab.refusal().findings
    assert [f.message for f in found] == [
        "episodes is not filled in",
        "session_end_cue is not filled in",
    ]
    assert {f.code for f in found} == {"procedure.open"}
    assert all("template = true" in f.remedy for f in found)


# An older file, and mistakes


def test_a_procedure_of_before_still_loads(lab: Lab) -> None:
    head, _, _ = lab.text(PROCEDURE).partition("# When an episode is cut short or prolonged.")
    lines = (line for line in head.splitlines(keepends=True) if not line.startswith("note = { en"))
    lab.write(PROCEDURE, "".join(lines))
    loaded = lab.load().procedure
    assert len(loaded.episodes) == 8
    assert loaded.length_rules == ()
    assert loaded.visit_fields == ()
    assert loaded.numberings == ()


CRY = "cry_before_end"
MISTAKES = [
    ('effect = "curtail"', 'effect = "shorten"', "toml.shape", "'shorten' is not one of"),
    ("after_s = 60", "after_s = 0", "toml.shape", "> 0"),
    ("after_s = 20\n", "", "length_rule.range", "up_to_s = 30 does not lie beyond"),
    ("up_to_s = 30", "up_to_s = 20", "length_rule.range", "up_to_s = 20 does not lie beyond"),
    ('"hard_crying_short"', '"crying_full_minute"', "id.duplicate", "'crying_full_minute'"),
    ('episodes = ["EP5"]', 'episodes = ["EP9"]', "id.unknown", "episode 'EP9'"),
    ('episodes = ["EP5"]', 'episodes = ["EP8"]', "length_rule.not_allowed", "would extend EP8"),
    ('episodes = ["EP5"]', 'episodes = ["EP5", "EP5"]', "id.duplicate", "listed twice"),
    ('["EP4", "EP6", "EP7"]', '["EP3"]', "length_rule.not_allowed", "would curtail EP3"),
    ('["EP4", "EP6", "EP7"]', "[]", "toml.shape", "length_rules[1].episodes"),
    ('kind = "months"', 'kind = "weeks"', "toml.shape", "'weeks' is not one of"),
    ('kind = "months"', 'kind = "choice"', "visit.values", "a choice with 0 values"),
    ('kind = "count"', 'kind = "text"', "visit.range", "is no number and has no range"),
    ("maximum = 99\n", "maximum = 99\nminimum = 100\n", "visit.range", "100 to 99 is no range"),
    ("maximum = 99\n", "maximum = -1\n", "toml.shape", "maximum"),
    ('id = "prior_visits"', 'id = "age_months"', "id.duplicate", "'age_months'"),
    ('{ id = "father"', '{ id = "mother"', "id.duplicate", "'mother'"),
    ("above = 0\n", "", "visit.remark", "tested_before does not say for which answers"),
    ("above = 0\n", 'above = 0\nanswers = ["yes"]\n', "visit.remark", "tested_before"),
    ('answers = ["yes"]\n', "above = 1\n", "visit.remark", "not_cut_short"),
    ('answers = ["yes"]', 'answers = ["ja"]', "id.unknown", "answer 'ja'"),
    ('topic = "disorganization"', 'topic = "scores"', "toml.shape", "'scores' is not one of"),
    ('id = "tested_before"', 'id = "tested before"', "toml.shape", "of the form"),
    ('source = "granqvist"', 'source = "unheard"', "source.unknown", "'unheard'"),
    ("number = 7, ", "number = 6, ", "id.duplicate", "number 6"),
    ('number = 7, episode = "EP8"', 'number = 7, episode = "EP7"', "id.duplicate", "'EP7'"),
    ('number = 7, episode = "EP8"', 'number = 7, episode = "EP9"', "id.unknown", "'EP9'"),
    ("number = 7, ", "number = 0, ", "toml.shape", "numbers[7].number"),
]


@pytest.mark.parametrize(("old", "new", "code", "words"), MISTAKES)
def test_a_mistake_is_told_with_fact_and_remedy(
    lab: Lab, old: str, new: str, code: str, words: str
) -> None:
    lab.change(PROCEDURE, old, new)
    found = lab.refusal().findings
    told = next((f for f in found if f.code == code), None)
    assert told is not None, [f.code for f in found]
    assert words in told.message
    assert told.remedy
    assert told.place.startswith(f"{lab.path(PROCEDURE)}:")


def test_a_mistake_has_the_line_on_which_it_stands(lab: Lab) -> None:
    line = lab.change(PROCEDURE, 'episodes = ["EP5"]', 'episodes = ["EP8"]')
    assert lab.finding().place == lab.place(PROCEDURE, line)


def test_a_question_of_an_unknown_episode_is_told(lab: Lab) -> None:
    head, mark, tail = lab.text(PROCEDURE).partition(f'id = "{CRY}"')
    lab.write(PROCEDURE, head + mark + tail.replace('["EP4", "EP6", "EP7"]', '["EP77"]', 1))
    finding = lab.finding()
    assert (finding.code, "EP77" in finding.message) == ("id.unknown", True)


def test_a_choice_may_call_for_a_remark_too(lab: Lab) -> None:
    added = '\n[[visit_fields.remarks]]\nid = "ours"\ntext = "Not here."\nanswers = ["caregiver"]\n'
    head, mark, tail = lab.text(PROCEDURE).partition(f'[[visit_fields]]\nid = "{CRY}"')
    source = 'origin = "lab"\nsource = "our manual, page 3"\n\n'
    lab.write(PROCEDURE, head + added + source + mark + tail)
    field = lab.load().procedure.visit_field(VisitFieldId("curtailment_by"))
    (remark,) = field.remarks
    assert field.kind is VisitFieldKind.CHOICE
    assert remark.holds("caregiver")
    assert not remark.holds("lab")
    assert remark.provenance.origin is Origin.LAB


def test_a_lab_may_keep_one_rule_and_change_its_time(lab: Lab) -> None:
    lab.change(PROCEDURE, "after_s = 60", "after_s = 45")
    changed = lab.load().procedure.length_rules_of(EpisodeId("EP4"))
    assert changed[0].after_us == 45 * SECOND_US
