"""`ssp-coder classify --numbering`: other laboratories' headers, and which episode they mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.cli_desk import Call

SEVEN = "session_id,PS4,CM4,AV4,RS4,PS7,CM7,AV7,RS7,DORG\nS001,6,5,1,1,6,6,1,1,2\n"
REUNIONS = SEVEN.replace("4,", " R1,").replace("7,", " R2,")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "theirs.csv"
    path.write_text(SEVEN, encoding="utf-8")
    return path


def test_a_table_of_seven_episodes_is_refused_and_the_remedy_works(ssp: Call, table: Path) -> None:
    refused = ssp("classify", "--ratings", str(table))
    assert refused.code == 2
    assert "--numbering eight or seven" in refused.err
    settled = ssp("classify", "--ratings", str(table), "--numbering", "seven", "--json")
    assert settled.code == 0
    assert "read PS4 as pcs_c_5" in settled.err
    assert '"group": "B"' in settled.out


def test_the_same_ratings_by_reunion_need_no_answer(ssp: Call, table: Path) -> None:
    by_seven = ssp("classify", "--ratings", str(table), "--numbering", "seven", "--json")
    table.write_text(REUNIONS, encoding="utf-8")
    by_reunion = ssp("classify", "--ratings", str(table), "--json")
    assert by_reunion.code == 0
    assert by_reunion.out == by_seven.out


def test_a_numbering_that_is_not_there_is_told_the_choices(ssp: Call, table: Path) -> None:
    said = ssp("classify", "--ratings", str(table), "--numbering", "nine")
    assert said.code == 2
    assert "use one of eight, seven" in said.err
