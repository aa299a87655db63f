"""What differs between two versions in words, as in its golden files."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssp_coder.catalog.differences import Difference, differences
from ssp_coder.catalog.reading import InstrumentFile, read_instrument
from ssp_coder.catalog.versions import compare_versions, version_in_file
from ssp_coder.reporting.differences import difference_lines, differences_json
from tests.fixtures.rule_tables import SYNTHETIC
from tests.unit.reporting.golden_texts import assert_golden

TEXT = SYNTHETIC.read_text(encoding="utf-8")
EDITS = (
    ('en = "SYNTHETIC functions for tests"', 'en = "SYNTHETIC functions, revised"'),
    ('version = "1.0.0"', 'version = "1.1.0"'),
    ("borderline_margin = 1\n", "borderline_margin = 2\n"),
    ("avo_c_8 = 2, res_c_8 = 0 }", "avo_c_8 = 2.5 }"),
    ("decision_point = 5", "decision_point = 6"),
    ('en = "Close call"', 'en = "Near"'),
    ("scores = { A = 7, ", "scores = { A = 10, "),
)


def version(text: str) -> InstrumentFile:
    return read_instrument("schemas/rules/synthetic.toml", text.encode(), "synthetic.toml")


def edited() -> str:
    text = TEXT
    for old, new in EDITS:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def found() -> tuple[Difference, ...]:
    return differences(version(TEXT), version(edited()))


def test_the_lines_are_as_in_the_golden_file() -> None:
    assert_golden("differences.txt", difference_lines(found()))


def test_the_lines_the_other_way_round_are_as_in_the_golden_file() -> None:
    back = differences(version(edited()), version(TEXT))
    assert_golden("differences_back.txt", difference_lines(back))


def test_one_line_a_difference_and_one_for_each_instrument() -> None:
    lines = difference_lines(found())
    assert sum(line.startswith("  ") for line in lines) == len(found())
    assert lines[0].startswith(f"{len(found())} differences: ")
    assert "Discriminant table synthetic" in lines


@pytest.mark.parametrize("key", ["old", "new", "place", "kind", "concerns", "path"])
def test_programs_are_told_all_that_the_lines_tell(key: str) -> None:
    document = differences_json(found(), None)
    assert set(document) == {"differences"}
    assert [one[key] for one in document["differences"]] == [getattr(d, key) for d in found()]


def test_a_comment_a_blank_line_or_another_order_is_no_difference(tmp_path: Path) -> None:
    first, second = tmp_path / "synthetic.toml", tmp_path / "other" / "synthetic.toml"
    second.parent.mkdir()
    first.write_text(TEXT, "utf-8")
    turned = TEXT.replace("minimum = 1\nmaximum = 7", "maximum = 7\n# Points.\n\nminimum = 1")
    assert turned != TEXT
    second.write_text(turned, "utf-8")
    same = compare_versions(version_in_file(first), version_in_file(second))
    assert difference_lines(same) == ("No difference.",)
