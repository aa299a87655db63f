"""Fitted functions as a rule table: evaluated, audited, written down and read back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ssp_coder.calibration.functions import Priors
from ssp_coder.calibration.lab_table import TableNaming, lab_table
from ssp_coder.calibration.refit import Method, Refit, refit
from ssp_coder.catalog import CatalogError
from ssp_coder.catalog.tables import load_rule_table
from ssp_coder.catalog.writing_tables import table_file
from ssp_coder.domain.coding import DDecision
from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.ruletable import RuleTable, TableFlag
from ssp_coder.domain.scale import Points
from ssp_coder.domain.verdict import Facts
from ssp_coder.domain.words import Origin, Text, english
from ssp_coder.rules.audit import audit_table
from ssp_coder.rules.evaluate import evaluate
from tests.builders import infant_scheme
from tests.unit.calibration.calibration_samples import RATINGS, sample

NAMING = TableNaming(id="own", version="1.0.0", date="2026-11-23", cases="90 sessions")


def fitted(method: Method = Method.LDA) -> Refit:
    return refit(sample(), method=method, priors=Priors.SAMPLE)


def table(method: Method = Method.LDA) -> RuleTable:
    return lab_table(fitted(method), infant_scheme().rules, NAMING)


def written(given: RuleTable, folder: Path) -> RuleTable:
    """The table as the catalog reads it from a laboratory's folder."""
    content, findings = table_file(given, "own.toml")
    assert findings == ()
    place = folder / "schemas" / "rules" / f"{given.id}.toml"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    return load_rule_table(given.id, folders=(folder,)).table


@pytest.mark.parametrize("method", list(Method))
def test_table_calls_every_case_as_the_functions_do(method: Method) -> None:
    made = fitted(method)
    given = lab_table(made, infant_scheme().rules, NAMING)
    calls = made.functions.calls(made.sample.matrix)
    for values, call in zip(made.sample.values, calls, strict=True):
        scores = tuple((n, Points(v)) for n, v in zip(RATINGS, values, strict=True))
        verdict = evaluate(given, Facts(scores=scores, d_assessed=False))
        assert verdict.group == made.sample.groups[call]


@pytest.mark.parametrize("method", list(Method))
def test_table_is_sound_by_the_audit(method: Method) -> None:
    assert audit_table(table(method)) == ()


@pytest.mark.parametrize("method", list(Method))
def test_table_is_read_back_as_it_was(method: Method, tmp_path: Path) -> None:
    given = table(method)
    assert written(given, tmp_path) == given


def test_table_is_the_laboratorys_own_and_says_so() -> None:
    given = table()
    assert given.provenance.origin is Origin.LAB
    assert given.citation is not None
    assert "not published" in given.citation.work
    assert given.citation.sample == "90 sessions"
    assert given.closed == ""


def test_fit_tells_method_date_counts_and_the_left_out_confusion() -> None:
    made = fitted()
    fit = lab_table(made, infant_scheme().rules, NAMING).fit
    assert fit is not None
    assert fit.method == "linear discriminant analysis, priors by group shares"
    assert (fit.date, fit.cases) == ("2026-11-23", 90)
    assert [count for _, count in fit.counts] == made.sample.counts.tolist()
    assert tuple(row for _, row in fit.confusion) == made.left_out.rows


def test_fit_keeps_the_warnings_with_their_remedy() -> None:
    few = refit(sample(30), method=Method.LDA, priors=Priors.SAMPLE)
    fit = lab_table(few, infant_scheme().rules, NAMING).fit
    assert fit is not None
    assert any("30 cases are few" in one and "add cases" in one for one in fit.warnings)


def test_worked_cases_are_centroids_and_no_childs_ratings() -> None:
    made = fitted()
    given = lab_table(made, infant_scheme().rules, NAMING)
    for case, mean in zip(given.cases, made.sample.means, strict=True):
        assert [value for _, value in case.values] == pytest.approx(mean.tolist(), abs=1e-6)


def test_checksum_is_the_sum_of_all_numbers() -> None:
    given = table()
    total = sum(one.constant + sum(term.weight for term in one.terms) for one in given.functions)
    assert given.checksum == pytest.approx(total, abs=1e-8)


def test_every_input_says_how_it_was_measured() -> None:
    base = infant_scheme().rules
    for one in table().inputs:
        assert f"{base.id} {base.version}" in one.definition


def test_input_that_the_base_could_miss_is_needed_by_functions() -> None:
    base = infant_scheme().rules
    spare = next(one for one in base.inputs if not one.required)
    made = fitted()
    other = replace(made.sample, variables=(spare.id, *made.sample.variables[1:]))
    given = lab_table(replace(made, sample=other), base, NAMING)
    assert next(one for one in given.inputs if one.id == spare.id).required
    assert audit_table(given) == ()


def test_d_rule_of_the_base_table_goes_with_the_functions() -> None:
    base = infant_scheme().rules
    assert base.disorganization is not None
    calls = tuple((case, Points(1.0)) for case in RATINGS)
    name = base.disorganization.input
    verdict = evaluate(table(), Facts(scores=(*calls, (name, Points(8.0)))))
    assert verdict.group == base.disorganization.outcome
    at_point = Facts(
        scores=(*calls, (name, Points(base.disorganization.decision_point))),
        d_decision=DDecision.NO,
    )
    assert evaluate(table(), at_point).group != base.disorganization.outcome


def test_base_table_without_a_d_rule_makes_a_table_without_one(tmp_path: Path) -> None:
    base = replace(infant_scheme().rules, disorganization=None)
    given = lab_table(fitted(), base, NAMING)
    assert given.disorganization is None
    assert {one.id for one in given.inputs} == set(RATINGS)
    assert written(given, tmp_path) == given


@pytest.mark.parametrize("name", ["", "1st", "a b", "ä", "x" * 65, "../x"])
def test_name_that_cannot_be_an_id_is_refused(name: str) -> None:
    with pytest.raises(DomainError) as caught:
        lab_table(fitted(), infant_scheme().rules, replace(NAMING, id=name))
    assert caught.value.finding.code == "refit.id"


def test_awkward_words_are_read_back_letter_by_letter(tmp_path: Path) -> None:
    words = "a \"quoted\" \\ back\tslash, ümlaut, \u2028, \x7f, \x01, 'single' # no comment\nnext"
    given = table()
    assert given.citation is not None
    awkward = replace(
        given,
        title=Text((("en", words), ("de", "auf Deutsch"))),
        citation=replace(given.citation, page="p. 12", sample=words),
    )
    assert written(awkward, tmp_path) == awkward


def test_flag_and_margin_are_written_too(tmp_path: Path) -> None:
    flagged = replace(
        table(),
        borderline_margin=1.5,
        borderline_flag="near",
        flags=(TableFlag(id="near", title=english("Near")),),
    )
    assert written(flagged, tmp_path) == flagged


def test_half_point_input_keeps_its_step(tmp_path: Path) -> None:
    given = table()
    halves = replace(given, inputs=tuple(replace(one, step=0.5) for one in given.inputs))
    assert written(halves, tmp_path) == halves


@pytest.mark.parametrize("value", [0.1, 1e-12, -3.0, 1e300, 123456789.123456789])
def test_numbers_are_read_back_exactly(value: float, tmp_path: Path) -> None:
    given = replace(table(), cases=())
    first = replace(given.functions[0], constant=value)
    changed = replace(
        given,
        functions=(first, *given.functions[1:]),
        checksum=first.checksum + sum(one.checksum for one in given.functions[1:]),
    )
    content, _ = table_file(changed, "own.toml")
    place = tmp_path / "schemas" / "rules" / "own.toml"
    place.parent.mkdir(parents=True)
    place.write_bytes(content)
    assert load_rule_table("own", folders=(tmp_path,)).table == changed


def test_table_without_a_worked_case_is_written_with_a_remark() -> None:
    _, findings = table_file(replace(table(), cases=()), "own.toml")
    assert [finding.code for finding in findings] == ["table.no_example"]


def test_mistyped_weight_is_found_when_read_back() -> None:
    given = table()
    wrong = replace(given.functions[0], constant=given.functions[0].constant + 1)
    with pytest.raises(CatalogError) as caught:
        table_file(replace(given, functions=(wrong, *given.functions[1:])), "own.toml")
    assert "table.checksum" in {finding.code for finding in caught.value.findings}


def test_worked_case_that_comes_out_otherwise_is_found_when_read_back() -> None:
    given = table()
    wrong = replace(given.cases[0], group=given.cases[1].group)
    with pytest.raises(CatalogError) as caught:
        table_file(replace(given, cases=(wrong, *given.cases[1:])), "own.toml")
    assert caught.value.findings[0].code == "table.example_fails"
    assert caught.value.findings[0].place.startswith("own.toml:")
