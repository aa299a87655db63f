from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from ssp_coder.agreement.pair import pair_agreement
from ssp_coder.agreement.protocol import USUAL_PROTOCOL
from ssp_coder.domain.settlement import SettledFor
from ssp_coder.reporting.agreement_before import agreement_before, agreement_path
from ssp_coder.reporting.agreement_inputs import PairFiles, load
from ssp_coder.reporting.agreement_making import pair_report
from ssp_coder.storage.consensus_file import begin, read_sides
from ssp_coder.storage.settlements import Settlements
from tests.builders import infant_scheme
from tests.consensus_pair import ALIKE, coded, pair_files, settled, written
from tests.unit.cli.cli_desk import Call


@pytest.fixture
def both(tmp_path: Path) -> tuple[Path, Path]:
    return pair_files(tmp_path)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_what_two_codings_leave_to_be_settled_is_listed(ssp: Call, both) -> None:
    outcome = ssp("consensus", *both)
    assert outcome.code == 1, outcome.err
    found = {row["item"]: row for row in rows(outcome.out)}
    assert len(found) == 8
    rating = found["rating:avo_c_5"]
    assert (rating["first"], rating["second"], rating["settled"]) == ("2", "4", "")
    assert (found["class:subgroup"]["first"], found["class:subgroup"]["second"]) == ("B3", "B2")
    assert found["index:2:2"]["second"].endswith("weak")
    fuss = next(row for row in found.values() if row["first"].startswith("distress.fuss"))
    assert fuss["first"] == "distress.fuss 00:01:40.000-00:02:00.000"
    assert fuss["second"] == "distress.cry 00:01:40.500-00:01:59.000"


def test_the_list_says_what_was_settled_why_and_by_whom(ssp: Call, both, tmp_path: Path) -> None:
    path = tmp_path / "consensus.sspc"
    with begin(path, read_sides(*both), who="lead", words="drawn") as file:
        work = Settlements(file.document(), read_sides(*both).drawn())
        for key, taken in (
            ("class:subgroup", SettledFor.FIRST),
            ("class:subgroup", SettledFor.SECOND),
            ("rating:avo_c_5", SettledFor.NEITHER),
        ):
            file.document().submit(work.edit(settled(work.found, key, taken), "words"))
        file.document().undo()
    outcome = ssp("consensus", *both, "--consensus", path)
    found = {row["item"]: row for row in rows(outcome.out)}
    told = found["class:subgroup"]
    assert (told["settled"], told["reason"], told["decided_by"]) == (
        "second",
        "seen again",
        "K1, K2",
    )
    assert found["rating:avo_c_5"]["settled"] == ""


def test_codings_that_are_alike_leave_nothing(ssp: Call, tmp_path: Path) -> None:
    outcome = ssp("consensus", *pair_files(tmp_path, ALIKE, ALIKE))
    assert outcome.code == 0
    assert rows(outcome.out) == []


def test_the_list_goes_into_a_file_and_never_over_one(ssp: Call, both, tmp_path: Path) -> None:
    target = tmp_path / "open.csv"
    assert ssp("consensus", *both, "--csv", target).code == 1
    assert len(rows(target.read_text())) == 8
    target.write_text("mine")
    assert ssp("consensus", *both, "--csv", target).code == 2
    assert target.read_text() == "mine"
    assert ssp("consensus", *both, "--csv", target, "--overwrite").code == 1


def test_an_unlocked_coding_is_named_and_two_sessions_are_refused(ssp: Call, tmp_path) -> None:
    first = written(tmp_path, coded("K1", *ALIKE))
    second = written(tmp_path, coded("K2", *ALIKE, locked=False))
    assert "not locked" in ssp("consensus", first, second).err
    assert ssp("consensus", first, first).code == 2


def test_a_consensus_of_others_is_not_read_for_these(ssp: Call, both, tmp_path: Path) -> None:
    folder = tmp_path / "others"
    folder.mkdir()
    others = pair_files(folder, ALIKE, ALIKE)
    path = tmp_path / "others.sspc"
    begin(path, read_sides(*others), who="lead", words="drawn").close()
    outcome = ssp("consensus", *both, "--consensus", path)
    assert outcome.code == 2
    assert "drawn from" in outcome.complaint


def test_agreement_refuses_a_consensus_in_a_clear_word(ssp: Call, both, tmp_path: Path) -> None:
    path = tmp_path / "consensus.sspc"
    begin(path, read_sides(*both), who="lead", words="drawn").close()
    outcome = ssp("agree", both[0], path)
    assert outcome.code == 2
    assert "is a consensus, and reliability is only told of codings made independently" in (
        outcome.complaint
    )


def test_the_agreement_before_is_kept_with_codings_protocol_and_figures(both, tmp_path) -> None:
    sides = read_sides(*both)
    pair = PairFiles(session="S001", first=both[0], second=both[1])
    loaded = load(both, infant_scheme, lambda _done, _all: None)
    report = pair_report(pair, loaded, USUAL_PROTOCOL)
    kept = json.loads(agreement_before(report, (sides.first.origin, sides.second.origin)))
    assert [one["coder"] for one in kept["codings"]] == ["K1", "K2"]
    assert kept["codings"][0]["head"] == sides.first.head
    assert kept["agreement"]["protocol"]["name"] == USUAL_PROTOCOL.name
    told = pair_agreement(sides.first.coding, sides.second.coding, infant_scheme(), USUAL_PROTOCOL)
    assert len(kept["agreement"]["tracks"]) == len([t for t in told.tracks if len(t.a) or len(t.b)])
    assert agreement_path(tmp_path / "S001.K1+K2.sspc").name == "S001.K1+K2.agreement.json"
