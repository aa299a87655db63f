"""The list of differences as a lab reads it: each kind of row, settled or open; wrong files."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from ssp_coder.agreement.protocol import USUAL_PROTOCOL
from ssp_coder.domain.coding import Classification, DDecision
from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.settlement import Origin, SettledFor
from ssp_coder.editing import edits
from ssp_coder.reporting.agreement_before import agreement_before, agreement_path
from ssp_coder.reporting.agreement_inputs import PairFiles, load
from ssp_coder.reporting.agreement_making import pair_report
from ssp_coder.reporting.consensus_list import ConsensusRow, consensus_rows, rows_csv
from ssp_coder.storage.consensus_file import Sides, begin, read_sides
from ssp_coder.storage.settlements import Settlements
from tests.builders import add, infant_scheme, rate
from tests.consensus_pair import ALIKE, FIRST, SECOND, coded, pair_files, settled, sides, written
from tests.unit.cli.cli_desk import Call
from tests.unit.storage.storage_files import d_index, sha256

HEADER = "item,kind,time,first,second,settled,reason,decided_by"
ROW = ConsensusRow(item="rating:x", kind="rating", time="", first="2", second="4")


@pytest.fixture
def both(tmp_path: Path) -> Sides:
    return sides(tmp_path)


@pytest.fixture
def consensus(both: Sides, tmp_path: Path):
    """Begins a consensus, settles some items and gives its path."""

    def build(*decisions: tuple[str, SettledFor], **fields: str) -> Path:
        path = tmp_path / "consensus.sspc"
        with begin(path, both, who="lead", words="drawn") as file:
            work = Settlements(file.document(), both.drawn())
            for key, taken in decisions:
                one = settled(work.found, key, taken, **fields)
                file.document().submit(work.edit(one, "words"))
        return path

    return build


def listed(folder: Path, first: tuple, second: tuple) -> list[ConsensusRow]:
    return list(consensus_rows(sides(folder, first, second), None))


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def classed(**fields):
    return (edits.Classify(classification=Classification(**fields)),)


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ((add("affect.smile", 50),), (), ("extra", "affect.smile 00:00:50.000", "")),
        ((), (add("affect.smile", 50),), ("missed", "", "affect.smile 00:00:50.000")),
        (
            (add("distress.cry", 50, end=60),),
            (add("distress.cry", 50, end=70),),
            (
                "timing",
                "distress.cry 00:00:50.000-00:01:00.000",
                "distress.cry 00:00:50.000-00:01:10.000",
            ),
        ),
        (
            (add("seeking.reach", 50, modifiers={"toward": "c", "intensity": "2"}),),
            (add("seeking.reach", 50, modifiers={"toward": "c"}),),
            (
                "other_code",
                "seeking.reach toward=c intensity=2 00:00:50.000",
                "seeking.reach toward=c 00:00:50.000",
            ),
        ),
        ((rate("avo_c_5", 7),), (rate("avo_c_5", "NA_view"),), ("rating", "7", "NA_view")),
        ((rate("avo_c_5", 2),), (), ("rating", "2", "")),
        (classed(primary="A"), classed(primary="B"), ("class", "A", "B")),
        (classed(primary="A", subgroup="A1"), (), ("class", "A", "")),
        (
            (edits.PutDIndex(index=d_index(50)),),
            (),
            ("extra", f"{infant_scheme().themes[0].id} strong", ""),
        ),
    ],
    ids=[
        "seen by the first alone",
        "seen by the second alone",
        "another end",
        "another detail",
        "points against a reason for none",
        "rated by one alone",
        "another main group",
        "classified by one alone",
        "index of one alone",
    ],
)
def test_each_kind_of_difference_says_what_both_have(tmp_path, first, second, wanted) -> None:
    (row,) = listed(tmp_path, first, second)
    assert (row.kind, row.first, row.second) == wanted
    assert (row.settled, row.reason, row.decided_by) == ("", "", "")


def test_the_word_on_d_is_told_by_its_own_name(tmp_path: Path) -> None:
    (row,) = listed(
        tmp_path,
        classed(primary="B", subgroup="B1", d_decision=DDecision.YES),
        classed(primary="B", subgroup="B1", d_decision=DDecision.NO),
    )
    assert (row.item, row.first, row.second) == ("class:d_decision", "coder_yes", "coder_no")


def test_rows_with_a_moment_have_a_time_and_a_class_has_none(both) -> None:
    times = {row.item: row.time for row in consensus_rows(both, None)}
    assert times["class:subgroup"] == ""
    assert times["index:2:2"] == "00:03:20.000"
    assert all(time for item, time in times.items() if item.startswith("event:"))


@pytest.mark.parametrize("taken", list(SettledFor)[:3], ids=str)
def test_a_settled_row_says_for_whom_and_the_codings_say_what_they_said(
    both, consensus, taken
) -> None:
    before = {row.item: row for row in consensus_rows(both, None)}
    path = consensus(("rating:avo_c_5", taken), reason="seen", who="K1, K2")
    rows = {row.item: row for row in consensus_rows(both, path)}
    row = rows.pop("rating:avo_c_5")
    assert (row.settled, row.reason, row.decided_by) == (str(taken), "seen", "K1, K2")
    assert (row.first, row.second) == ("2", "4")
    assert all(before[item] == other for item, other in rows.items())


def test_the_last_word_counts(both, consensus) -> None:
    path = consensus(("class:subgroup", SettledFor.FIRST), ("class:subgroup", SettledFor.SECOND))
    rows = {row.item: row.settled for row in consensus_rows(both, path)}
    assert rows["class:subgroup"] == "second"
    assert sum(bool(one) for one in rows.values()) == 1


def test_listing_changes_no_file(both, consensus, tmp_path) -> None:
    consensus(("class:subgroup", SettledFor.FIRST))
    files = sorted(tmp_path.glob("*.sspc"))
    hashes = [sha256(path) for path in files]
    consensus_rows(both, tmp_path / "consensus.sspc")
    assert [sha256(path) for path in files] == hashes
    assert sorted(tmp_path.glob("*.sspc")) == files


def test_a_coding_is_no_consensus_to_be_listed(both) -> None:
    with pytest.raises(DomainError, match="not begun from two codings"):
        consensus_rows(both, both.first.path)


def test_an_empty_list_still_has_its_header() -> None:
    assert rows_csv(()) == f"{HEADER}\n".encode()


@pytest.mark.parametrize(
    "words",
    ['said "no"', "one, two", "two\nlines", "„Mama“ — 愛着", "a;b\tc"],
    ids=["quotes", "comma", "lines", "other letters", "other separators"],
)
def test_words_survive_the_way_into_the_table_and_back(words) -> None:
    row = ConsensusRow(item="x", kind="class", time="", first="A", second="B", reason=words)
    (back,) = read(rows_csv((row,)).decode())
    assert back["reason"] == words
    assert back["second"] == "B"


def test_five_thousand_rows_are_five_thousand_lines() -> None:
    assert rows_csv((ROW,) * 5000).count(b"\n") == 5001


def test_the_program_ends_with_one_while_something_is_open_and_with_none_after(
    ssp: Call, both, consensus
) -> None:
    paths = both.first.path, both.second.path
    keys = [item.key for item in both.drawn().items]
    path = consensus(*((key, SettledFor.FIRST) for key in keys[:-1]))
    assert ssp("consensus", *paths, "--consensus", path).code == 1
    path.unlink()
    path = consensus(*((key, SettledFor.FIRST) for key in keys))
    outcome = ssp("consensus", *paths, "--consensus", path)
    assert outcome.code == 0
    assert {row["settled"] for row in read(outcome.out)} == {"first"}


def test_the_file_holds_what_the_screen_would_show(ssp: Call, both, tmp_path) -> None:
    paths = both.first.path, both.second.path
    shown = ssp("consensus", *paths).out
    outcome = ssp("consensus", *paths, "--csv", tmp_path / "list.csv")
    assert (tmp_path / "list.csv").read_text() == shown
    assert HEADER not in outcome.out


def test_the_order_of_the_codings_exchanges_the_columns(ssp: Call, both) -> None:
    there = read(ssp("consensus", both.first.path, both.second.path).out)
    back = read(ssp("consensus", both.second.path, both.first.path).out)
    assert {(row["first"], row["second"]) for row in there} == {
        (row["second"], row["first"]) for row in back
    }


@pytest.mark.parametrize("wrong", ["gone.sspc", "broken.sspc", "."])
def test_a_wrong_file_is_one_sentence_and_no_traceback(ssp: Call, both, tmp_path, wrong) -> None:
    (tmp_path / "broken.sspc").write_bytes(b"no coding")
    outcome = ssp("consensus", both.first.path, tmp_path / wrong)
    assert outcome.code == 2
    assert outcome.complaint
    assert outcome.out == ""


def test_a_list_is_not_written_where_there_is_no_folder(ssp: Call, both, tmp_path) -> None:
    target = tmp_path / "nowhere" / "list.csv"
    outcome = ssp("consensus", both.first.path, both.second.path, "--csv", target)
    assert outcome.code == 2
    assert not target.parent.exists()


def test_a_swapped_pair_is_not_taken_for_the_pair_of_the_consensus(
    ssp: Call, both, consensus
) -> None:
    path = consensus(("class:subgroup", SettledFor.FIRST))
    outcome = ssp("consensus", both.second.path, both.first.path, "--consensus", path)
    assert outcome.code == 2
    assert "S001.K1.sspc" in outcome.complaint


def test_every_unlocked_coding_is_warned_of_beside_the_list(ssp: Call, tmp_path) -> None:
    paths = [
        written(tmp_path, coded(who, *steps, locked=False))
        for who, steps in (("K1", FIRST), ("K2", SECOND))
    ]
    outcome = ssp("consensus", *paths)
    assert outcome.err.count("not locked") == 2
    assert len(read(outcome.out)) == 8


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("S001.K1+K2.sspc", "S001.K1+K2.agreement.json"),
        ("third.sspc", "third.agreement.json"),
        ("third", "third.agreement.json"),
        ("Sitzung 1.März.sspc", "Sitzung 1.März.agreement.json"),
    ],
)
def test_the_agreement_before_lies_beside_its_consensus(tmp_path: Path, name, wanted) -> None:
    assert agreement_path(tmp_path / name) == tmp_path / wanted


@pytest.mark.parametrize("steps", [(), ALIKE], ids=["empty codings", "codings alike"])
def test_agreement_without_a_figure_is_kept_as_json_without_one(tmp_path, steps) -> None:
    paths = pair_files(tmp_path, steps, steps)
    loaded = load(paths, infant_scheme, lambda _done, _all: None)
    pair = PairFiles(session="S001", first=paths[0], second=paths[1])
    origins = read_sides(*paths).first.origin, read_sides(*paths).second.origin
    kept = agreement_before(pair_report(pair, loaded, USUAL_PROTOCOL), origins).decode()
    assert "NaN" not in kept
    assert "Infinity" not in kept
    assert [one["file"] for one in json.loads(kept)["codings"]] == [path.name for path in paths]


def test_names_of_coders_are_kept_in_their_own_letters(tmp_path: Path) -> None:
    paths = pair_files(tmp_path, ALIKE, ALIKE)
    loaded = load(paths, infant_scheme, lambda _done, _all: None)
    pair = PairFiles(session="S001", first=paths[0], second=paths[1])
    origin = Origin(coder="Jürgen", file="Sitzung ä.sspc", head="0" * 64)
    kept = agreement_before(pair_report(pair, loaded, USUAL_PROTOCOL), (origin, origin))
    assert "Jürgen" in kept.decode()
    assert json.loads(kept)["codings"][1]["file"] == "Sitzung ä.sspc"
    assert kept.endswith(b"}\n")
