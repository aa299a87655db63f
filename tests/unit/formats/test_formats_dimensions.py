"""Dimension scores and what the table said, as columns of the scores."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.coding import Classification
from ssp_coder.domain.ruletable import Citation, TableReference
from ssp_coder.domain.scheme import Scheme, SuggestionPolicy
from ssp_coder.domain.words import english
from ssp_coder.editing.edits import Classify
from ssp_coder.formats.columns import Cell, ColumnType, cell_text
from ssp_coder.formats.dimensions import dimension_columns
from ssp_coder.formats.exportable import Exportable
from ssp_coder.formats.score_row import score_row
from ssp_coder.formats.scores import scores_table
from tests.builders import after, infant_scheme, rate, with_episodes
from tests.fixtures.rule_tables import OURS, function, linear, prototype, rule_input
from tests.fixtures.table_schemes import small_scheme

INFANT = infant_scheme()


def rated(scheme: Scheme = INFANT, **changed: float | None):
    row = prototype("B3") | changed
    edits = [rate(n, v) for n, v in row.items() if INFANT.has_slot(n) and v is not None]
    own = Classify(classification=Classification(primary="B", subgroup="B3"))
    coding = after(with_episodes(), *edits, own)
    return score_row(Exportable(coding=coding, scheme=scheme))


def cell(name: str, scheme: Scheme = INFANT, **changed: float | None) -> Cell:
    (column,) = (one for one in scores_table((scheme,)).columns if one.name == name)
    return column.value(rated(scheme, **changed))


def column(name: str, scheme: Scheme = INFANT):
    return next(one for one in scores_table((scheme,)).columns if one.name == name)


# ---------------------------------------------------------------- dimensions


def test_every_dimension_has_a_column_that_says_that_it_is_ours() -> None:
    columns = dimension_columns((INFANT,))
    assert [one.name for one in columns] == [one.id for one in INFANT.dimensions]
    for one in columns:
        assert one.type is ColumnType.NUMBER
        assert one.provenance.startswith("project default: ")
        assert "not their factor scores" in one.provenance
        assert one.note.endswith("feeds no rule")


def test_a_dimension_is_the_mean_of_its_parts_with_those_turned_that_it_turns() -> None:
    row = prototype("B3")
    for dimension in INFANT.dimensions:
        values = [8 - row[p.input] if p.turned else row[p.input] for p in dimension.parts]
        assert cell(dimension.id) == pytest.approx(sum(values) / len(values), abs=1e-4)


def test_the_note_tells_parts_and_turned_parts() -> None:
    turned = [p.input for d in INFANT.dimensions for p in d.parts if p.turned]
    assert turned
    notes = " ".join(one.note for one in dimension_columns((INFANT,)))
    assert all(f"8 - {name}" in notes for name in turned)


def test_a_dimension_with_a_missing_part_is_empty_and_no_number() -> None:
    for dimension in INFANT.dimensions:
        assert cell(dimension.id, **{dimension.parts[0].input: None}) is None


def test_a_scheme_without_dimensions_adds_no_column() -> None:
    assert dimension_columns((small_scheme(),)) == ()


def test_the_same_dimension_of_two_schemes_is_one_column() -> None:
    assert len(dimension_columns((INFANT, INFANT))) == len(INFANT.dimensions)


def test_a_dimension_made_otherwise_under_the_same_name_tells_both_recipes() -> None:
    first = INFANT.dimensions[0]
    other = replace(first, parts=first.parts[:1], title=english("Other"), provenance=OURS)
    columns = dimension_columns((INFANT, replace(INFANT, dimensions=(other,))))
    told = next(one for one in columns if one.name == first.id)
    assert told.note.count("mean of ") == 2
    assert "made for tests" not in told.provenance
    assert OURS.source in told.provenance


# ---------------------------------------------------------------- what the table said


def test_a_settled_suggestion_is_not_left_open() -> None:
    assert cell("suggestion_group") == "B"
    assert cell_text(ColumnType.FLAG, cell("suggestion_left_open")) == "0"


def test_what_the_table_leaves_open_is_flagged() -> None:
    assert cell("suggestion_group", avo_c_8=4.0) is None
    assert cell_text(ColumnType.FLAG, cell("suggestion_left_open", avo_c_8=4.0)) == "1"


def test_what_the_group_needs_is_told_apart_from_what_the_subgroup_needs() -> None:
    assert cell("suggestion_group_needs", avo_c_8=None) == "avo_c_8"
    assert cell("suggestion_group_needs", pcs_c_5=None) == ""


def test_a_withheld_suggestion_leaves_these_cells_empty() -> None:
    hidden = replace(INFANT, suggestion=SuggestionPolicy.NEVER)
    for name in ("suggestion_left_open", "suggestion_group_needs"):
        assert cell(name, hidden) is None


def test_the_tables_it_is_put_together_with_are_told_with_their_hashes() -> None:
    (part,) = INFANT.rules.parts
    assert cell("ruleset_parts") == f"{part.id} {part.version} {part.sha256}"
    alone = TableReference(id="x", version="1.0.0", sha256="", title=english("x"), provenance=OURS)
    several = replace(INFANT, rules=replace(INFANT.rules, parts=(alone, alone)))
    assert cell("ruleset_parts", several) == "x 1.0.0 x 1.0.0"


def test_the_provenance_is_told_in_the_agreed_words() -> None:
    said = cell("ruleset_provenance")
    assert isinstance(said, str)
    assert said.startswith("project default: ")


def test_only_a_table_with_functions_cites_a_work() -> None:
    assert cell("ruleset_citation") is None
    table = linear((rule_input("avo_c_8"),), (function("A", 0.0, avo_c_8=1.0),))
    cited = replace(table, citation=Citation(work="A paper", page="Table 3"))
    assert cell("ruleset_citation", replace(INFANT, rules=cited)) == "A paper, Table 3"


def test_the_codebook_explains_the_new_columns() -> None:
    for name in ("suggestion_left_open", "ruleset_citation", "ruleset_parts"):
        assert column(name).label
    assert dict(column("suggestion_left_open").levels).keys() == {"0", "1"}
