from __future__ import annotations

import ast
from pathlib import Path

import pytest
from instrument_words import Instrument, program_words, read_instruments, spoken
from source_tree import PACKAGE, ROOT, place, python_files, tree_of

PROCEDURE = """
id = "short"
[[episodes]]
id = "EP5"
number = 5
kind = "reunion"
[[persons]]
id = "infant"
presence_column = "c_present"
"""
SCALE = """
id = "avoidance"
[[slots]]
column = "avo_{toward}_{number}"
"""
ETHOGRAM = """
[[groups]]
id = "affect"
[[groups.codes]]
name = "cry"
[[groups.codes]]
name = "held_by_c"
[[modifiers]]
id = "toward"
values = [{ id = "door" }]
[[counts]]
id = "cry_{number}"
"""
RULES = """
[[groups]]
id = "B"
[[profiles]]
id = "B4"
"""
PROGRAM = """
from enum import StrEnum
class Role(StrEnum):
    AFFECT = "affect"
"""


def found(tree: ast.AST, instrument: Instrument) -> list[str]:
    return [word for _, word in spoken(tree, instrument)]


@pytest.fixture
def instrument(tmp_path: Path) -> Instrument:
    documents = (PROCEDURE, SCALE, ETHOGRAM, RULES)
    for number, text in enumerate(documents):
        (tmp_path / f"{number}.toml").write_text(text, encoding="utf-8")
    return read_instruments([tmp_path], frozenset({"infant"}))


def test_the_program_speaks_no_word_of_an_instrument() -> None:
    allowed = program_words(PACKAGE, ROOT / "schemas" / "format")
    bundled = read_instruments((ROOT / "episodes", ROOT / "schemas"), allowed)
    literals = [
        f"{place(path, node)} {word!r}"
        for path in python_files(PACKAGE)
        for node, word in spoken(tree_of(path), bundled)
    ]
    assert literals == []


# ---------------------------------------------------------------- the search itself


@pytest.mark.parametrize(
    "source",
    [
        "table['B4']",
        "if subgroup == 'B4': pass",
        "match name:\n    case 'avoidance': pass",
        "scale = 'avoidance'",
        "episodes = ('EP5',)",
        "code = 'affect.cry'",
        "code = 'held_by_c'",
        "count = 'cry_5'",
        "modifier = 'toward'",
        "row['avo_c_5']",
        "row[f'avo_c_{number}']",
        "f'avoidance_{number}'",
        "person.column == 'c_present'",
        "if episode == 8: pass",
        "if episode.number in (5, 8): pass",
        "if 8 == plan.episode_number: pass",
        "if len(episodes) != 8: pass",
        "if group == 'B': pass",
        "if verdict.group in {'A', 'B'}: pass",
    ],
)
def test_an_instruments_word_is_found(instrument: Instrument, source: str) -> None:
    assert found(ast.parse(source), instrument)


@pytest.mark.parametrize(
    "source",
    [
        "'a sentence about avoidance in general'",
        "def f():\n    '''Scores avoidance as B4 does.'''",
        "person = 'infant'",
        "name = 'cry'",
        "drawn = 'door'",
        "channels = 'B'",
        "if letter == 'B': pass",
        "if episode_index == 0: pass",
        "if episode.number == count: pass",
        "if len(frames) == 8: pass",
        "if group == 'Z': pass",
    ],
)
def test_a_word_of_the_program_is_not_found(instrument: Instrument, source: str) -> None:
    assert found(ast.parse(source), instrument) == []


def test_words_of_the_programs_own_enumerations_are_its_own(tmp_path: Path) -> None:
    package = tmp_path / "package"
    (package / "part").mkdir(parents=True)
    (package / "role.py").write_text(PROGRAM, encoding="utf-8")
    assert {"affect", "part", "infant"} <= program_words(package, tmp_path / "none")


def test_words_of_the_data_format_are_the_programs_own(tmp_path: Path) -> None:
    schema = '{"properties": {"scales": {"items": {"enum": ["higher", "lower", 3]}}}}'
    (tmp_path / "scale.json").write_text(schema, encoding="utf-8")
    words = program_words(tmp_path / "..", tmp_path)
    assert {"scales", "higher", "lower"} <= words
    assert "avoidance" not in words


def test_bundled_instruments_have_words_to_look_for() -> None:
    bundled = read_instruments((ROOT / "episodes", ROOT / "schemas"), frozenset())
    assert len(bundled.ids) > 20
    assert bundled.columns
