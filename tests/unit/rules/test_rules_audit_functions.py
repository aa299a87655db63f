"""The audit of a discriminant table: no typing error in a coefficient goes unseen."""

from __future__ import annotations

from dataclasses import replace
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.catalog import load_rule_table
from ssp_coder.domain.finding import Finding, Severity
from ssp_coder.domain.ruletable import (
    Citation,
    ClassificationFunction,
    Fit,
    RuleTable,
    Term,
    WorkedCase,
)
from ssp_coder.rules.audit import audit_table
from tests.fixtures.rule_tables import d_rule, function, linear, rule_input

INPUTS = (rule_input("x"), rule_input("y"), rule_input("signs", 1, 9))
CASE = WorkedCase(
    values=(("x", 5.0), ("y", 2.0)), group="rising", scores=(("rising", 6.0), ("steady", 4.0))
)
TABLE = linear(
    INPUTS,
    (function("rising", -4.0, x=2.0, y=0.0), function("steady", 3.0, x=0.0, y=0.5)),
    d_rule("signs", 5, "apart"),
    (CASE,),
)
TEMPLATES = ("richters-1988", "simonelli-2014", "vanijzendoorn-kroonenberg-1990")


def only(table: RuleTable) -> Finding:
    (finding,) = audit_table(table)
    assert finding.remedy
    return finding


def codes(table: RuleTable) -> list[str]:
    return [finding.code.removeprefix("table.") for finding in audit_table(table)]


def with_functions(*functions: ClassificationFunction) -> RuleTable:
    """Other functions whose numbers add up to the stated sum."""
    return replace(TABLE, functions=functions, checksum=sum(one.checksum for one in functions))


def with_case(**changed: object) -> RuleTable:
    return replace(TABLE, cases=(replace(CASE, **changed),))  # type: ignore[arg-type]  # any field


def retyped(table: RuleTable, at: int, term: int, weight: float) -> RuleTable:
    """The table with one weight typed otherwise."""
    functions = list(table.functions)
    terms = list(functions[at].terms)
    terms[term] = Term(input=terms[term].input, weight=weight)
    functions[at] = replace(functions[at], terms=tuple(terms))
    return replace(table, functions=tuple(functions))


def test_a_filled_in_table_has_no_findings() -> None:
    assert audit_table(TABLE) == ()


class TestChecksum:
    def test_numbers_that_add_up_to_something_else(self) -> None:
        finding = only(replace(TABLE, checksum=1.6))
        assert (finding.code, finding.place) == ("table.checksum", "checksum")
        assert "add up to 1.500000, not to 1.600000" in finding.message

    def test_none_stated(self) -> None:
        finding = only(replace(TABLE, checksum=None))
        assert (finding.code, finding.place) == ("table.not_filled_in", "checksum")

    @given(
        at=st.integers(0, 1),
        term=st.integers(0, 1),
        slip=st.floats(1e-4, 1e4) | st.floats(-1e4, -1e-4),
    )
    def test_any_one_weight_typed_otherwise_is_seen(self, at: int, term: int, slip: float) -> None:
        weight = TABLE.functions[at].terms[term].weight
        assert "checksum" in codes(retyped(TABLE, at, term, weight + slip))

    def test_a_constant_typed_otherwise_is_seen(self) -> None:
        wrong = replace(TABLE.functions[0], constant=-4.01)
        assert codes(replace(TABLE, functions=(wrong, TABLE.functions[1]))) == ["checksum"]

    def test_rounding_in_the_seventh_decimal_is_none(self) -> None:
        assert codes(replace(TABLE, checksum=1.5 + 4e-7)) == []
        assert codes(replace(TABLE, checksum=1.5 + 6e-7)) == ["checksum"]

    @pytest.mark.parametrize("number", [nan, inf, -inf])
    def test_a_number_that_is_none(self, number: float) -> None:
        assert "not_filled_in" in codes(retyped(TABLE, 0, 0, number))


class TestWorkedCases:
    def test_another_group_than_stated(self) -> None:
        finding = only(with_case(group="steady", scores=()))
        assert (finding.code, finding.place) == ("table.example_fails", "worked_cases.1")
        assert "steady should come out here; the functions give rising" in finding.message

    def test_two_weights_exchanged_keep_the_checksum_and_fail_the_case(self) -> None:
        first, second = TABLE.functions
        exchanged = with_functions(
            replace(first, terms=(first.terms[0], second.terms[1])),
            replace(second, terms=(second.terms[0], first.terms[1])),
        )
        assert exchanged.checksum == TABLE.checksum
        assert {one.code for one in audit_table(exchanged)} == {"table.example_fails"}

    def test_another_value_than_stated(self) -> None:
        finding = only(with_case(scores=(("rising", 6.0), ("steady", 4.2))))
        assert finding.place == "worked_cases.1.scores.steady"
        assert "gives 4.0000 here, not 4.2000" in finding.message

    def test_a_value_within_what_the_source_rounds(self) -> None:
        assert codes(with_case(scores=(("rising", 6.04),), tolerance=0.05)) == []
        assert codes(with_case(scores=(("rising", 6.06),), tolerance=0.05)) == ["example_fails"]

    def test_a_value_of_a_group_without_a_function(self) -> None:
        finding = only(with_case(scores=(("nobody", 1.0),)))
        assert "the function of nobody gives no value here" in finding.message

    def test_a_tie_is_not_the_stated_group(self) -> None:
        finding = only(with_case(values=(("x", 4.0), ("y", 2.0)), scores=()))
        assert "give rising or steady" in finding.message

    def test_a_case_that_lacks_a_value_is_not_settled(self) -> None:
        assert codes(with_case(values=(("y", 2.0),), scores=())) == ["example_fails"]

    def test_a_value_outside_its_range(self) -> None:
        finding = only(with_case(values=(("x", 9.0), ("y", 2.0))))
        assert (finding.code, finding.place) == ("table.example_fails", "worked_cases.1.values.x")

    def test_the_second_case_is_named_as_such(self) -> None:
        wrong = replace(CASE, group="steady", scores=())
        assert only(replace(TABLE, cases=(CASE, wrong))).place == "worked_cases.2"

    def test_no_case_at_all_is_warned_of(self) -> None:
        finding = only(replace(TABLE, cases=()))
        assert (finding.code, finding.severity) == ("table.no_example", Severity.WARNING)
        assert finding.place == "worked_cases"

    def test_cases_wait_until_the_rest_is_right(self) -> None:
        wrong = replace(CASE, group="steady")
        assert codes(replace(TABLE, cases=(wrong,), checksum=0.0)) == ["checksum"]


class TestWhatMustBeToldOfThem:
    @pytest.mark.parametrize("part", ["page", "sample"])
    def test_a_publication_without_page_or_sample(self, part: str) -> None:
        assert TABLE.citation is not None
        finding = only(replace(TABLE, citation=replace(TABLE.citation, **{part: " "})))
        assert (finding.code, finding.place) == ("table.not_filled_in", f"citation.{part}")

    def test_a_laboratory_that_fitted_its_own_has_no_page(self) -> None:
        fit = Fit(method="by hand", date="2026-01-31", cases=2, counts=(), confusion=())
        own = replace(TABLE, citation=Citation(work="Own codings"), fit=fit)
        assert not [one for one in audit_table(own) if one.place.startswith("citation")]

    def test_no_citation(self) -> None:
        finding = only(replace(TABLE, citation=Citation(work="  ")))
        assert (finding.code, finding.place) == ("table.not_filled_in", "citation.work")

    def test_a_variable_without_a_definition(self) -> None:
        inputs = (replace(TABLE.inputs[0], definition=" "), *TABLE.inputs[1:])
        finding = only(replace(TABLE, inputs=inputs))
        assert (finding.code, finding.place) == ("table.not_filled_in", "inputs.x")

    def test_one_function_decides_nothing(self) -> None:
        table = replace(with_functions(TABLE.functions[0]), cases=())
        assert "fewer than two functions" in audit_table(table)[0].message

    def test_none_in_an_enabled_table(self) -> None:
        table = replace(TABLE, functions=(), cases=(), checksum=None)
        finding = audit_table(table)[0]
        assert (finding.code, finding.place) == ("table.not_filled_in", "functions")
        assert "is enabled without functions" in finding.message

    def test_a_weight_that_one_function_lacks_is_warned_of(self) -> None:
        table = with_functions(
            function("rising", -4.0, x=2.0), function("steady", 3.0, x=0.0, y=0.5)
        )
        finding = only(table)
        assert (finding.code, finding.severity) == ("table.weights_missing", Severity.WARNING)
        assert finding.place == "functions.1.weights"
        assert "the function of rising has no weight for y" in finding.message


class TestNames:
    def test_a_group_that_is_not_listed(self) -> None:
        table = with_functions(*TABLE.functions, function("nobody", -90.0, x=0.0, y=0.0))
        finding = only(table)
        assert (finding.code, finding.place) == ("table.unknown_group", "functions.3.group")

    def test_a_variable_that_is_not_listed(self) -> None:
        table = with_functions(TABLE.functions[0], function("steady", 3.0, x=0.0, y=0.5, z=0.0))
        findings = {one.code: one.place for one in audit_table(table)}
        assert findings["table.unknown_input"] == "functions.2.weights.z"

    def test_two_functions_of_one_group(self) -> None:
        finding = only(with_functions(*TABLE.functions, TABLE.functions[0]))
        assert (finding.code, finding.place) == ("table.duplicate_id", "functions")
        assert "group rising has 2 functions" in finding.message

    def test_a_point_of_d_outside_its_scale(self) -> None:
        assert only(replace(TABLE, disorganization=d_rule("signs", 9, "apart"))).code == (
            "table.decision_point_outside"
        )


class TestTemplates:
    @pytest.mark.parametrize("name", TEMPLATES)
    def test_a_bundled_template_is_sound_closed_and_without_numbers(self, name: str) -> None:
        table = load_rule_table(name).table
        assert audit_table(table) == ()
        assert table.closed
        assert table.functions == ()
        assert table.checksum is None
        assert table.cases == ()

    @pytest.mark.parametrize("name", TEMPLATES)
    def test_it_says_which_publication_the_numbers_are_in(self, name: str) -> None:
        table = load_rule_table(name).table
        assert table.citation is not None
        assert name.rpartition("-")[2] in table.citation.work
        assert "without numbers" in str(table.title)

    @pytest.mark.parametrize("name", TEMPLATES)
    def test_opened_without_numbers_it_is_not_filled_in(self, name: str) -> None:
        opened = replace(load_rule_table(name).table, closed="")
        assert set(codes(opened)) == {"not_filled_in"}

    def test_a_closed_table_may_be_half_filled_in(self) -> None:
        half = replace(TABLE, closed="not yet", checksum=None, cases=(), citation=Citation(work=""))
        assert codes(half) == []

    def test_but_its_names_are_looked_at(self) -> None:
        half = replace(TABLE, closed="not yet", functions=(function("nobody", 0.0, x=1.0),))
        assert codes(half) == ["unknown_group"]
