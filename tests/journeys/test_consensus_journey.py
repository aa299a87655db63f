"""Two coders and a lead: agreement first, then a consensus over two sittings, then its use."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from ssp_coder.agreement.consensus import answer_of
from ssp_coder.domain.coding import CodingRole
from ssp_coder.domain.settlement import SettledFor
from ssp_coder.editing import edits
from ssp_coder.editing.completeness import is_complete
from ssp_coder.storage.coding_file import open_for_writing, open_read_only
from ssp_coder.storage.consensus_file import begin, go_on, read_sides
from ssp_coder.storage.settlements import Settlements
from tests.unit.cli.cli_desk import Call, caller, write_demo_coding


@pytest.fixture
def ssp(capsys: pytest.CaptureFixture[str]) -> Call:
    return caller(capsys)


@pytest.fixture
def both(tmp_path: Path) -> tuple[Path, Path]:
    """The two codings of the demonstration, locked."""
    paths = tuple(
        write_demo_coding(tmp_path / f"{who}.sspc", who) for who in ("reference", "trainee")
    )
    for path in paths:
        with open_for_writing(path, "coder") as file:
            if not file.coding.locked:
                file.document().submit(edits.LockCoding())
    return paths


def settle(work: Settlements, document, taken: SettledFor, most: int) -> None:
    for item in work.open_items[:most]:
        answer = replace(answer_of(work.found, item, taken), reason="seen again", who="both")
        document.submit(work.edit(answer, "seen again"))


def events_of(coding) -> list:
    return sorted((e.start_us, e.code, e.subject, e.end_us, e.modifiers) for e in coding.events)


def agreement(ssp: Call, *arguments: object) -> dict:
    return json.loads(ssp("agree", *arguments, "--json").out)


def test_from_two_codings_to_a_locked_consensus(ssp: Call, both, tmp_path: Path) -> None:
    before = agreement(ssp, *both)
    bytes_before = [path.read_bytes() for path in both]
    path = tmp_path / "consensus.sspc"

    sides = read_sides(*both)
    with begin(path, sides, who="lead", words="begun") as file:
        work = Settlements(file.document(), sides.drawn())
        whole = len(work.found.items)
        settle(work, file.document(), SettledFor.FIRST, 4)
    listed = list(csv.DictReader(io.StringIO(ssp("consensus", *both, "--consensus", path).out)))
    assert sum(row["settled"] == "first" for row in listed) == 4
    assert len(listed) == whole

    with go_on(path, sides, who="lead") as file:
        work = Settlements(file.document(), sides.drawn())
        assert len(work.open_items) == whole - 4
        settle(work, file.document(), SettledFor.FIRST, whole)
        assert is_complete(file.document().coding, file.scheme)
        file.document().submit(edits.LockCoding())

    made, first = open_read_only(path), open_read_only(both[0])
    assert made.coding.role is CodingRole.CONSENSUS
    assert made.coding.locked
    assert events_of(made.coding) == events_of(first.coding)
    assert made.coding.classification.subgroup == first.coding.classification.subgroup

    assert ssp("verify", path).code == 0
    assert agreement(ssp, *both) == before
    assert [one.read_bytes() for one in both] == bytes_before
    refused = ssp("agree", both[0], path)
    assert refused.code == 2
    assert "consensus" in refused.complaint


def test_the_consensus_leaves_the_program_like_any_coding(ssp: Call, both, tmp_path: Path) -> None:
    path = tmp_path / "consensus.sspc"
    sides = read_sides(*both)
    with begin(path, sides, who="lead", words="begun") as file:
        work = Settlements(file.document(), sides.drawn())
        settle(work, file.document(), SettledFor.SECOND, len(work.found.items))
    out = tmp_path / "out"
    assert ssp("export", path, "--to", out).code == 0
    (comments,) = out.glob("*comments*.csv")
    with comments.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert len(rows) == 1 + len(work.found.items)
    assert ssp("compare", both[1], path).code in (0, 1)
