"""Texts that people read, kept as files; `UPDATE_GOLDEN=1` writes them anew to be looked at."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ssp_coder.catalog.versions import table_of, version_in_file
from ssp_coder.domain.ruletable import RuleTable
from tests.fixtures.rule_tables import (
    SYNTHETIC,
    condition,
    deciding,
    main_rule,
    section_five,
)

FOLDER = Path(__file__).parents[2] / "fixtures" / "golden"
GAP = (
    main_rule("avoids", condition("avo_c_8", 4, 7), condition("res_c_8", 1, 4), groups=("A",)),
    main_rule("seeks", condition("avo_c_8", 1, 3), condition("res_c_8", 1, 4), groups=("B",)),
)
WHOLE = (
    *GAP,
    main_rule("resists", condition("avo_c_8", 1, 4), condition("res_c_8", 5, 7), groups=("C",)),
    main_rule("both", condition("avo_c_8", 5, 7), condition("res_c_8", 5, 7), groups=("A", "C")),
)


def synthetic() -> RuleTable:
    """Functions of made-up numbers."""
    table = table_of(version_in_file(SYNTHETIC))
    assert table is not None
    return table


def decisions() -> RuleTable:
    """The bands under main rules, which leave the mixed group to no rule on top."""
    bands = section_five()
    remarks = tuple(one for one in bands.overlays if one.flag)
    return deciding(replace(bands, overlays=remarks), *WHOLE)


TABLES = {
    "profiles": section_five(),
    "decisions": decisions(),
    "functions": synthetic(),
}
"""One small table of each kind, which no change of the bundled ones touches."""


def assert_golden(name: str, lines: Iterable[str] | str) -> None:
    """Compare with the golden file of that name."""
    text = lines if isinstance(lines, str) else "".join(f"{line}\n" for line in lines)
    path = FOLDER / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")
