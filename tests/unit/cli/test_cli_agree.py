from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from ssp_coder.formats.protocol_file import protocol_template
from ssp_coder.reporting import agreement_making
from ssp_coder.training.deeds import CaseBegun
from ssp_coder.training.logbook import Logbook
from tests.unit.cli.cli_desk import Call, caller, write_demo_coding

FOREIGN = "behaviour,subject,start_s,stop_s\nplay,x,0,{end}\nrest,x,{end},60\n"


@pytest.fixture
def both(demo_codings: Path) -> tuple[Path, Path]:
    return demo_codings / "reference.sspc", demo_codings / "trainee.sspc"


@pytest.fixture
def tables(ssp: Call, both: tuple[Path, Path], tmp_path: Path) -> tuple[Path, Path]:
    """The same codings as timeline tables of one folder each."""
    found = []
    for path in both:
        folder = tmp_path / path.stem
        assert ssp("export", path, "--to", folder).code == 0
        found.append(next(folder.glob("*_events.csv")))
    return found[0], found[1]


def foreign(tmp_path: Path, name: str, end: float) -> Path:
    path = tmp_path / name
    path.write_text(FOREIGN.format(end=end))
    return path


def figures(found: dict, **wanted: object) -> list[float | None]:
    return [
        one["value"]
        for one in found["figures"]
        if all(one[name] == value for name, value in wanted.items())
    ]


def study_list(folder: Path, *rows: str) -> Path:
    path = folder / "pairs.csv"
    path.write_text("\n".join(("session,a,b", *rows)) + "\n")
    return path


def listed_copies(folder: Path, both: tuple[Path, Path], sessions: int) -> Path:
    """A list of as many sessions, each with files of its own."""
    for number in range(sessions):
        for path in both:
            shutil.copy(path, folder / f"{number}.{path.name}")
    rows = [f"S{n},{n}.{both[0].name},{n}.{both[1].name}" for n in range(sessions)]
    return study_list(folder, *rows)


def test_the_agreement_of_a_pair_is_told_in_words(ssp: Call, both: tuple[Path, Path]) -> None:
    outcome = ssp("agree", *both)
    assert outcome.code == 0, outcome.err
    assert outcome.out.startswith("Agreement, session DEMO: reference and trainee")
    for heading in ("Per code", "Per episode", "Ratings", "Class", "Method, to paste", "Settings"):
        assert f"\n{heading}\n" in outcome.out


def test_a_reference_stands_first_whichever_way_they_are_named(
    ssp: Call, both: tuple[Path, Path]
) -> None:
    turned = json.loads(ssp("agree", *reversed(both), "--json").out)
    assert turned == json.loads(ssp("agree", *both, "--json").out)
    assert turned["coders"] == ["reference", "trainee"]
    assert turned["against_reference"] is True


def test_two_timeline_tables_are_enough(
    ssp: Call, both: tuple[Path, Path], tables: tuple[Path, Path]
) -> None:
    outcome = ssp("agree", *tables, "--scheme", "demonstration", "--json")
    assert outcome.code == 0, outcome.err
    found, whole = json.loads(outcome.out), json.loads(ssp("agree", *both, "--json").out)
    wanted = {"item": "infant/seeking", "method": "onset matching", "episode": None}
    assert figures(found, statistic="hits", **wanted) == figures(whole, statistic="hits", **wanted)
    assert found["coders"] == ["reference", "trainee"]
    assert found["ratings"] == [] or all(row["difference"] is None for row in found["ratings"])


def test_a_table_beside_a_coding_takes_its_scheme(
    ssp: Call, both: tuple[Path, Path], tables: tuple[Path, Path]
) -> None:
    found = json.loads(ssp("agree", both[0], tables[1], "--json").out)
    assert found["scheme"]["id"] == "demonstration"
    assert found["tracks"]


def test_tables_of_another_program_bring_their_own_codes(ssp: Call, tmp_path: Path) -> None:
    outcome = ssp("agree", foreign(tmp_path, "a.csv", 30), foreign(tmp_path, "b.csv", 33), "--json")
    assert outcome.code == 0
    assert "2 codes were taken from the files" in outcome.err
    found = json.loads(outcome.out)
    (track,) = found["tracks"]
    assert track["codes"] == ["behaviours.play", "behaviours.rest"]
    table = track["seconds"]["table"]
    assert (table[0][0], table[1][0], table[1][1]) == (30.0, 3.0, 27.0)
    assert found["coders"] == ["a", "b"]


def test_the_settings_of_a_file_are_used_and_told(
    ssp: Call, both: tuple[Path, Path], tmp_path: Path
) -> None:
    path = tmp_path / "lab.toml"
    path.write_text("name = 'lab'\nunit_s = 0.5\nonsets_s = [0.1]\nresamples = 50\n")
    found = json.loads(ssp("agree", *both, "--json", "--protocol", path).out)
    usual = json.loads(ssp("agree", *both, "--json").out)
    assert (found["protocol"]["name"], found["protocol"]["unit_us"]) == ("lab", 500_000)
    assert found["protocol"]["sha256"] != usual["protocol"]["sha256"]
    assert {one["tolerance_us"] for one in found["figures"] if one["statistic"] == "f1"} == {
        100_000
    }
    assert "units of 0.5 s" in found["method"]


def test_a_wrong_setting_is_told_with_its_line(
    ssp: Call, both: tuple[Path, Path], tmp_path: Path
) -> None:
    path = tmp_path / "lab.toml"
    path.write_text("name = 'lab'\nunit = 0.5\n")
    outcome = ssp("agree", *both, "--protocol", path)
    assert outcome.code == 2
    assert "lab.toml, line 2: unit is not a setting" in outcome.complaint


def test_the_template_can_be_used_as_it_is(
    ssp: Call, both: tuple[Path, Path], tmp_path: Path
) -> None:
    printed = ssp("agree", "--protocol-template")
    assert (printed.code, printed.out) == (0, protocol_template())
    path = tmp_path / "lab.toml"
    path.write_text(printed.out)
    assert ssp("agree", *both, "--protocol", path).out == ssp("agree", *both).out


def test_lumped_codes_that_the_scheme_does_not_know_are_refused(
    ssp: Call, both: tuple[Path, Path], tmp_path: Path
) -> None:
    path = tmp_path / "lab.toml"
    path.write_text("[[lumps]]\nname = 'held'\ncodes = ['contact.no', 'contact.nor']\n")
    outcome = ssp("agree", *both, "--protocol", path)
    assert outcome.code == 2
    assert "held" in outcome.complaint


def test_page_and_tables_are_written_beside(
    ssp: Call, both: tuple[Path, Path], tmp_path: Path
) -> None:
    page, folder = tmp_path / "page.html", tmp_path / "new" / "numbers"
    outcome = ssp("agree", *both, "--html", page, "--csv", folder, "--json")
    assert outcome.code == 0, outcome.err
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert sorted(path.name for path in folder.iterdir()) == ["agreement.csv", "codebook.csv"]
    with (folder / "agreement.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    values = [None if not row["value"] else float(row["value"]) for row in rows]
    assert values == [one["value"] for one in json.loads(outcome.out)["figures"]]


def test_what_is_there_is_kept_unless_told(
    ssp: Call, both: tuple[Path, Path], tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_text("mine")
    outcome = ssp("agree", *both, "--html", page, "--csv", tmp_path / "numbers")
    assert outcome.code == 2
    assert "already there" in outcome.complaint
    assert page.read_text() == "mine"
    assert not list((tmp_path / "numbers").glob("*"))
    assert ssp("agree", *both, "--html", page, "--overwrite").code == 0
    assert page.read_text() != "mine"


def test_codings_that_may_not_belong_together_are_doubted(
    ssp: Call, tables: tuple[Path, Path]
) -> None:
    text = tables[1].read_text().replace("DEMO", "OTHER")
    tables[1].write_text(text)
    outcome = ssp("agree", *tables, "--scheme", "demonstration")
    assert outcome.code == 1
    assert "Careful:" in outcome.out
    assert "is of session OTHER, the reference of DEMO" in outcome.err


def test_tables_without_a_session_are_not_doubted(ssp: Call, tmp_path: Path) -> None:
    outcome = ssp("agree", foreign(tmp_path, "a.csv", 30), foreign(tmp_path, "b.csv", 33))
    assert outcome.code == 0


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_pair_is_two_codings(ssp: Call, both: tuple[Path, Path], count: int) -> None:
    outcome = ssp("agree", *(both[0] for _ in range(count)))
    assert outcome.code == 2
    assert f"two codings are compared, but {count} are named" in outcome.complaint


def test_a_file_and_a_folder_are_no_pair(
    ssp: Call, both: tuple[Path, Path], tmp_path: Path
) -> None:
    assert "one is a folder" in ssp("agree", both[0], tmp_path).complaint


def test_a_pair_and_a_list_are_not_taken_together(
    ssp: Call, both: tuple[Path, Path], tmp_path: Path
) -> None:
    outcome = ssp("agree", *both, "--study", tmp_path / "pairs.csv")
    assert "not both" in outcome.complaint


def test_a_file_that_is_not_there_is_named(ssp: Call, both: tuple[Path, Path]) -> None:
    outcome = ssp("agree", both[0], "nowhere.csv")
    assert outcome.code == 2
    assert "nowhere.csv" in outcome.complaint


# ---- studies


def test_a_listed_study_is_told_with_its_sessions(
    ssp: Call, both: tuple[Path, Path], tmp_path: Path
) -> None:
    outcome = ssp("agree", "--study", listed_copies(tmp_path, both, 3), "--json")
    assert outcome.code == 0, outcome.err
    found = json.loads(outcome.out)
    assert (found["kind"], found["sessions"], found["pairs"]) == ("study", ["S0", "S1", "S2"], 3)
    assert found["coders"] == [["reference"], ["trainee"]]


def test_a_study_writes_its_page_and_its_numbers(
    ssp: Call, both: tuple[Path, Path], tmp_path: Path
) -> None:
    listed = listed_copies(tmp_path, both, 2)
    outcome = ssp("agree", "--study", listed, "--html", tmp_path / "s.html", "--csv", tmp_path)
    assert outcome.code == 0, outcome.err
    assert outcome.out.startswith("Agreement of a study, 2 sessions")
    assert "Ratings, per scale and episode" in (tmp_path / "s.html").read_text()
    assert "2 sessions" in (tmp_path / "agreement.csv").read_text()


def test_two_folders_are_matched_by_session(
    ssp: Call, both: tuple[Path, Path], tmp_path: Path
) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder, path in zip(folders, both, strict=True):
        folder.mkdir()
        shutil.copy(path, folder / path.name)
    found = json.loads(ssp("agree", *folders, "--json").out)
    assert found["sessions"] == ["DEMO"]


def test_folders_of_tables_are_matched_too_and_the_lonely_are_told(
    ssp: Call, tables: tuple[Path, Path]
) -> None:
    lonely = tables[0].with_name("OTHER.c09_events.csv")
    lonely.write_text(tables[0].read_text().replace("DEMO", "OTHER"))
    outcome = ssp(
        "agree", tables[0].parent, tables[1].parent, "--scheme", "demonstration", "--json"
    )
    assert outcome.code == 0, outcome.err
    assert json.loads(outcome.out)["sessions"] == ["DEMO"]
    assert "session OTHER is in one folder only" in outcome.err


def test_a_folder_with_a_session_twice_is_refused(
    ssp: Call, both: tuple[Path, Path], tmp_path: Path
) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        shutil.copy(both[0], folder / "x.sspc")
    shutil.copy(both[1], folders[0] / "y.sspc")
    outcome = ssp("agree", *folders)
    assert "session DEMO is there twice, also in x.sspc" in outcome.complaint


def test_an_empty_folder_is_told(ssp: Call, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    outcome = ssp("agree", tmp_path / "one", tmp_path / "one")
    assert "holds neither .sspc files nor timeline tables" in outcome.complaint


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("S1,nowhere.sspc,x.sspc", "line 2, column a: there is no file 'nowhere.sspc'"),
        ("S1,x.sspc,", "line 2, column b: there is no file ''"),
        ("S1,x.sspc,x.sspc", "line 2: both are the same file"),
    ],
)
def test_a_line_of_the_list_that_cannot_be_used_is_named(
    ssp: Call, tmp_path: Path, row: str, words: str
) -> None:
    (tmp_path / "x.sspc").write_text("")
    outcome = ssp("agree", "--study", study_list(tmp_path, row))
    assert outcome.code == 2
    assert words in outcome.complaint


def test_a_list_without_pairs_or_columns_is_refused(ssp: Call, tmp_path: Path) -> None:
    assert "names no pair" in ssp("agree", "--study", study_list(tmp_path)).complaint
    other = tmp_path / "other.csv"
    other.write_text("session,a\nS1,x\n")
    assert "column b is missing" in ssp("agree", "--study", other).complaint


def test_stopping_a_study_leaves_nothing_half_written(
    capsys: pytest.CaptureFixture[str],
    both: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for path in both:
        shutil.copy(path, tmp_path / path.name)
    listed = study_list(tmp_path, "S1,reference.sspc,trainee.sspc")

    def stopped(*_arguments: object, watch, **_more: object) -> None:
        watch(1, 2)
        raise KeyboardInterrupt

    monkeypatch.setattr(agreement_making, "study_agreement", stopped)
    page = tmp_path / "page.html"
    outcome = caller(capsys)("agree", "--study", listed, "--html", page, "--csv", tmp_path / "n")
    assert outcome.code == 2
    assert "stopped as you asked" in outcome.complaint
    assert not page.exists()
    assert not (tmp_path / "n").exists()


def test_a_coding_is_only_read(ssp: Call, tmp_path: Path) -> None:
    paths = [write_demo_coding(tmp_path / f"{who}.sspc", who) for who in ("reference", "trainee")]
    before = [path.read_bytes() for path in paths]
    assert ssp("agree", *paths).code == 0
    assert [path.read_bytes() for path in paths] == before


def logbook_naming(folder: Path, *names: str) -> None:
    """A trainee's logbook by which files of the folder were coded in training."""
    with Logbook.create(folder / "t07.ssptrain", "t07") as book:
        for number, name in enumerate(names, 1):
            book.append(CaseBegun(pack="p", case=f"c{number}", attempt=number, file=name))


def test_what_was_coded_in_training_is_no_part_of_a_study(
    ssp: Call, both: tuple[Path, Path], tmp_path: Path
) -> None:
    for path in both:
        shutil.copy(path, tmp_path / path.name)
    listed = study_list(tmp_path, "DEMO,reference.sspc,trainee.sspc")
    assert ssp("agree", "--study", listed).code == 0
    logbook_naming(tmp_path, "trainee.sspc")
    refused = ssp("agree", "--study", listed)
    assert refused.code == 2
    assert "trainee.sspc: it was coded in training" in refused.err
    assert refused.out == ""


def test_folders_with_what_was_coded_in_training_are_no_study(
    ssp: Call, both: tuple[Path, Path], tmp_path: Path
) -> None:
    for path in both:
        (tmp_path / path.stem).mkdir()
        shutil.copy(path, tmp_path / path.stem / "s.sspc")
    logbook_naming(tmp_path, "trainee/s.sspc")
    refused = ssp("agree", tmp_path / "reference", tmp_path / "trainee")
    assert (refused.code, "coded in training" in refused.err) == (2, True)


def test_a_single_pair_from_training_may_be_looked_at(
    ssp: Call, both: tuple[Path, Path], tmp_path: Path
) -> None:
    for path in both:
        shutil.copy(path, tmp_path / path.name)
    logbook_naming(tmp_path, "trainee.sspc")
    assert ssp("agree", tmp_path / "reference.sspc", tmp_path / "trainee.sspc").code == 0
