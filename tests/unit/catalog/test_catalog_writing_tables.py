"""A table of functions written as a file reads back as it was, whatever its words and numbers."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.catalog import CatalogError
from ssp_coder.catalog.building_rules import discriminant_table
from ssp_coder.catalog.reading import read_instrument
from ssp_coder.catalog.record_rules import DiscriminantTableFile
from ssp_coder.catalog.writing_tables import table_file
from ssp_coder.domain.ruletable import (
    Citation,
    ClassificationFunction,
    Fit,
    MainGroup,
    RuleInput,
    RuleTable,
    Term,
    WorkedCase,
)
from ssp_coder.domain.words import Origin, Provenance, Text, english

SYNTHETIC = Provenance(origin=Origin.LAB, source="Made up for a test")
NAMES = ("first", "second")
GROUPS = ("P", "Q")

words = st.text(min_size=1, max_size=60).filter(lambda text: text.strip() == text and text)
numbers = st.floats(-1e6, 1e6, allow_nan=False)


def table(**fields: object) -> RuleTable:
    """Two functions of two inputs, whose worked case is the point 1, 1."""
    functions = (function("P", 1.0, 0.5, -0.25), function("Q", -1.0, 0.25, 2.5))
    made = RuleTable(
        id="synthetic",
        version="1.2.3",
        title=english("Synthetic"),
        inputs=tuple(
            RuleInput(id=name, title=english(name), minimum=1, maximum=7, definition="Made up")
            for name in NAMES
        ),
        groups=tuple(
            MainGroup(id=name, title=english(name), secure=name == "Q", provenance=SYNTHETIC)
            for name in GROUPS
        ),
        profiles=(),
        overlays=(),
        disorganization=None,
        flags=(),
        borderline_margin=0.0,
        borderline_flag="",
        examples=(),
        provenance=SYNTHETIC,
        functions=functions,
        citation=Citation(work="Made up for a test", page="p. 1", sample="nobody"),
        cases=(
            WorkedCase(
                values=(("first", 1.0), ("second", 1.0)),
                group="Q",
                scores=(("P", 1.25), ("Q", 1.75)),
            ),
        ),
        checksum=3.0,
    )
    return replace(made, **fields)


def function(group: str, constant: float, *weights: float) -> ClassificationFunction:
    terms = zip(NAMES, weights, strict=True)
    return ClassificationFunction(
        group=group,
        constant=constant,
        terms=tuple(Term(input=name, weight=weight) for name, weight in terms),
    )


def read_back(given_table: RuleTable) -> RuleTable:
    content, _ = table_file(given_table, "synthetic.toml")
    file = read_instrument("schemas/rules/synthetic.toml", content, "synthetic.toml")
    assert isinstance(file.record, DiscriminantTableFile)
    return discriminant_table(file.record)


def test_table_reads_back_as_it_was() -> None:
    assert read_back(table()) == table()


@given(title=words, german=words, work=words, sample=words)
def test_words_read_back_letter_by_letter(title: str, german: str, work: str, sample: str) -> None:
    given_table = table(
        title=Text((("en", title), ("de", german))),
        citation=Citation(work=work, page="p. 2", sample=sample),
    )
    assert read_back(given_table) == given_table


@given(constant=numbers, weights=st.tuples(numbers, numbers))
def test_numbers_read_back_exactly(constant: float, weights: tuple[float, float]) -> None:
    functions = (function("P", constant, *weights), function("Q", 0.0, 0.0, 0.0))
    given_table = table(
        functions=functions,
        cases=(),
        checksum=sum(one.checksum for one in functions),
    )
    assert read_back(given_table).functions == functions


@given(counts=st.tuples(st.integers(1, 500), st.integers(1, 500)), warning=words)
def test_fit_reads_back_whole(counts: tuple[int, int], warning: str) -> None:
    fit = Fit(
        method="by hand",
        date="2026-01-31",
        cases=sum(counts),
        counts=tuple(zip(GROUPS, counts, strict=True)),
        confusion=(("P", (counts[0], 0)), ("Q", (1, counts[1] - 1))),
        warnings=(warning, "another"),
    )
    assert read_back(table(fit=fit)).fit == fit


def test_file_is_toml_that_names_its_schema_and_kind() -> None:
    content, _ = table_file(table(), "synthetic.toml")
    text = content.decode()
    assert text.startswith("#:schema ../format/discriminant_table.schema.json\n")
    assert text.endswith("\n")
    tree = tomllib.loads(text)
    assert (tree["kind"], tree["enabled"], tree["version"]) == ("discriminant_table", True, "1.2.3")


def test_checksum_in_the_file_is_what_a_person_adds_up() -> None:
    tree = tomllib.loads(table_file(table(), "synthetic.toml")[0].decode())
    numbers_in_file = [one["constant"] for one in tree["functions"]]
    numbers_in_file += [w for one in tree["functions"] for w in one["weights"].values()]
    assert tree["checksum"] == fsum(numbers_in_file)


def test_whole_numbers_are_written_without_a_point() -> None:
    text = table_file(table(), "synthetic.toml")[0].decode()
    assert "minimum = 1\n" in text
    assert "constant = -1\n" in text


def test_english_alone_is_a_plain_string() -> None:
    assert 'title = "Synthetic"' in table_file(table(), "synthetic.toml")[0].decode()


def test_closed_table_is_written_disabled() -> None:
    closed = table(closed="not filled in", functions=(), cases=(), checksum=None)
    tree = tomllib.loads(table_file(closed, "synthetic.toml")[0].decode())
    assert tree["enabled"] is False
    assert "checksum" not in tree


def test_confidence_of_a_statement_is_kept() -> None:
    doubted = replace(SYNTHETIC, origin=Origin.LITERATURE, confidence=0.85)
    assert read_back(table(provenance=doubted)).provenance == doubted


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"checksum": 4.0}, "table.checksum"),
        ({"checksum": None}, "table.not_filled_in"),
        ({"citation": Citation(work="  ")}, "table.not_filled_in"),
        ({"functions": (function("P", 3.0, 0.0, 0.0),)}, "table.not_filled_in"),
        ({"functions": (function("P", 1, 1, 1), function("X", 0, 0, 0))}, "table.unknown_group"),
    ],
)
def test_table_that_is_not_sound_is_not_written(fields: dict[str, object], code: str) -> None:
    with pytest.raises(CatalogError) as caught:
        table_file(table(**fields), "synthetic.toml")
    assert code in {finding.code for finding in caught.value.findings}


def test_finding_names_the_line_of_the_file_to_be() -> None:
    with pytest.raises(CatalogError) as caught:
        table_file(table(checksum=4.0), "synthetic.toml")
    text = table_file(table(), "synthetic.toml")[0].decode()
    line = next(at for at, one in enumerate(text.splitlines(), 1) if one.startswith("checksum"))
    assert caught.value.finding.place.startswith(f"synthetic.toml:{line}")
