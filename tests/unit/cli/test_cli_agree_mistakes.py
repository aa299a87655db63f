"""`ssp-coder agree` as people mistake it: every mistake is one sentence and leaves nothing."""

from __future__ import annotations

import csv
import json
import shutil
import xml.etree.ElementTree as ET
from base64 import b64decode
from pathlib import Path

import pytest

from tests.unit.cli.cli_desk import Call, bytes_of

HEAD = "behavior,start,stop\n"
PLAY = "play,0,30\nrest,30,60\n"
LATE = "play,0,32\nrest,32,60\n"


def table(folder: Path, name: str, rows: str = PLAY, head: str = HEAD) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(head + rows, "utf-8")
    return path


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """Tables called alike in the folders of two coders."""
    return table(tmp_path / "anna", "S001.csv"), table(tmp_path / "ben", "S001.csv", LATE)


@pytest.fixture
def both(demo_codings: Path) -> tuple[Path, Path]:
    return demo_codings / "reference.sspc", demo_codings / "trainee.sspc"


def files_below(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


# ---- what is compared with what


def test_a_file_is_not_compared_with_itself(ssp: Call, both: tuple[Path, Path]) -> None:
    outcome = ssp("agree", both[0], both[0])
    assert outcome.code == 2
    assert "is compared with itself; name the codings of two coders" in outcome.complaint
    assert outcome.out == ""


def test_a_folder_named_twice_is_no_study(ssp: Call, demo_codings: Path, tmp_path: Path) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    shutil.copy(demo_codings / "trainee.sspc", folder)
    outcome = ssp("agree", folder, folder, "--json")
    assert outcome.code == 2
    assert "is compared with itself" in outcome.complaint
    assert outcome.out == ""


def test_a_link_to_a_coding_is_that_coding(ssp: Call, pair: tuple[Path, Path]) -> None:
    link = pair[0].with_name("link.csv")
    link.symlink_to(pair[0])
    assert "is compared with itself" in ssp("agree", pair[0], link).err


def test_a_pair_that_is_listed_twice_is_named_by_its_line(
    ssp: Call, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    names = [path.relative_to(tmp_path) for path in pair]
    listed = tmp_path / "pairs.csv"
    listed.write_text(f"session,a,b\nS1,{names[0]},{names[1]}\nS1,{names[1]},{names[0]}\n")
    outcome = ssp("agree", "--study", listed)
    assert outcome.code == 2
    assert outcome.complaint.endswith(
        "pairs.csv, line 3: the same two files stand in line 2; list a pair once"
    )


def test_tables_called_alike_are_told_apart(ssp: Call, pair: tuple[Path, Path]) -> None:
    outcome = ssp("agree", *pair)
    assert outcome.code == 0
    assert outcome.out.startswith("Agreement, anna/S001 and ben/S001\n")
    assert "First coder: anna/S001. Second coder: ben/S001." in outcome.out


def test_a_folder_of_tables_by_other_names_says_how_they_must_be_called(
    ssp: Call, pair: tuple[Path, Path]
) -> None:
    outcome = ssp("agree", pair[0].parent, pair[1].parent)
    assert outcome.code == 2
    assert "names of tables end in _events.csv" in outcome.complaint


def test_a_session_without_a_name_in_a_folder_is_told_with_both_ways_out(
    ssp: Call, tmp_path: Path
) -> None:
    for who in ("anna", "ben"):
        table(tmp_path / who, "S001_events.csv")
    outcome = ssp("agree", tmp_path / "anna", tmp_path / "ben")
    assert outcome.code == 2
    assert "names no session; fill the column session_id, or list the pairs" in outcome.err


def test_ratings_of_another_scheme_are_a_sentence_and_no_crash(
    ssp: Call, both: tuple[Path, Path], tmp_path: Path
) -> None:
    lab = tmp_path / "lab.csv"
    lab.write_text(f"session,a,b\nS1,{both[0]},{both[1]}\n")
    assert ssp("agree", "--study", lab).code == 0
    outcome = ssp("agree", both[0], lab)
    assert outcome.code == 2
    assert "Traceback" not in outcome.err


# ---- little in the files


def test_sessions_shorter_than_a_unit_of_time_are_told(ssp: Call, tmp_path: Path) -> None:
    brief = "play,0,0.2\nrest,0.2,0.4\n"
    first, second = (table(tmp_path / who, "S1.csv", brief) for who in ("a", "b"))
    outcome = ssp("agree", first, second, "--html", tmp_path / "page.html")
    assert outcome.code == 0, outcome.err
    assert "undefined (nothing to compare)" in outcome.out
    assert (tmp_path / "page.html").is_file()
    listed = tmp_path / "pairs.csv"
    listed.write_text("session,a,b\nS1,a/S1.csv,b/S1.csv\n")
    assert ssp("agree", "--study", listed, "--json").code == 0


def test_two_empty_tables_are_compared_and_hold_nothing(ssp: Call, tmp_path: Path) -> None:
    first, second = (table(tmp_path / who, "S1.csv", "") for who in ("a", "b"))
    outcome = ssp("agree", first, second)
    assert outcome.code == 0
    assert "There is nothing to compare: neither coder recorded an event." in outcome.out
    assert "0 codes were taken from the files" in outcome.err


def test_one_empty_table_is_all_misses(ssp: Call, tmp_path: Path) -> None:
    first, second = table(tmp_path, "a.csv"), table(tmp_path, "b.csv", "")
    found = json.loads(ssp("agree", first, second, "--json").out)
    (track,) = found["tracks"]
    assert track["events"] == [2, 0]
    assert len(track["linked"]["misses"]) == 2
    assert track["linked"]["pairs"] == track["linked"]["false_alarms"] == []


def test_five_thousand_rows_are_compared(ssp: Call, tmp_path: Path) -> None:
    rows = "".join(f"{'play' if at % 2 else 'rest'},{at},{at + 1}\n" for at in range(5_000))
    first = table(tmp_path, "a.csv", rows)
    second = table(tmp_path, "b.csv", rows.replace("play,7,8", "rest,7,8"))
    protocol = tmp_path / "quick.toml"
    protocol.write_text("resamples = 5\n")
    found = json.loads(ssp("agree", first, second, "--json", "--protocol", protocol).out)
    (track,) = found["tracks"]
    assert sum(map(sum, track["seconds"]["table"])) == 5_000
    assert len(track["linked"]["pairs"]) > 4_990


# ---- odd names


def test_names_of_codes_cannot_steer_the_terminal_nor_break_the_pictures(
    ssp: Call, tmp_path: Path
) -> None:
    rows = '"\x1b[2Jplay",0,30\n"re\nst",30,60\n'
    first, second = (table(tmp_path / who, "S1.csv", rows) for who in ("a", "b"))
    page = tmp_path / "page.html"
    outcome = ssp("agree", first, second, "--html", page)
    assert outcome.code == 0, outcome.err
    assert "\x1b" not in outcome.out + outcome.err
    assert "[2Jplay" in outcome.out
    sources = page.read_text("utf-8").split('src="data:image/svg+xml;base64,')[1:]
    assert len(sources) >= 4
    for source in sources:
        ET.fromstring(b64decode(source.partition('"')[0]))  # noqa: S314  # just made


def test_a_protocol_s_name_cannot_steer_the_terminal(
    ssp: Call, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    protocol = tmp_path / "odd.toml"
    protocol.write_text('name = "\\u001b[2J"\n')
    outcome = ssp("agree", *pair, "--protocol", protocol)
    assert outcome.code == 0
    assert "\x1b" not in outcome.out


# ---- where the report goes


def test_a_folder_for_the_numbers_that_is_a_file_is_told(
    ssp: Call, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    wrong = tmp_path / "taken"
    wrong.write_text("mine")
    outcome = ssp("agree", *pair, "--csv", wrong)
    assert outcome.code == 2
    assert "taken" in outcome.err
    assert outcome.out == ""
    assert wrong.read_text() == "mine"


def test_a_page_in_a_folder_that_is_not_there_changes_nothing(
    ssp: Call, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    before = files_below(tmp_path)
    outcome = ssp("agree", *pair, "--html", tmp_path / "no" / "page.html")
    assert outcome.code == 2
    assert "cannot be written" in outcome.err
    assert files_below(tmp_path) == before


def test_one_file_that_is_there_keeps_all_the_others_from_being_written(
    ssp: Call, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_text("mine")
    outcome = ssp("agree", *pair, "--html", page, "--csv", tmp_path / "numbers")
    assert outcome.code == 2
    assert page.read_text() == "mine"
    assert files_below(tmp_path / "numbers") == set()


def test_comparing_changes_no_file_that_is_compared(
    ssp: Call, both: tuple[Path, Path], tmp_path: Path
) -> None:
    own = [Path(shutil.copy(path, tmp_path)) for path in both]
    before = [bytes_of(path) for path in own]
    assert ssp("agree", *own, "--html", tmp_path / "x.html", "--csv", tmp_path / "n").code == 0
    assert [bytes_of(path) for path in own] == before
    assert {path.suffix for path in files_below(tmp_path)} == {".sspc", ".html", ".csv"}


def test_numbers_for_excel_are_the_numbers(
    ssp: Call, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    values = []
    for name, more in (("plain", ()), ("excel", ("--excel",))):
        assert ssp("agree", *pair, "--csv", tmp_path / name, *more).code == 0
        with (tmp_path / name / "agreement.csv").open(encoding="utf-8-sig", newline="") as file:
            values.append([(row["statistic"], row["value"]) for row in csv.DictReader(file)])
    assert values[0] == values[1]
    assert (tmp_path / "excel" / "agreement.csv").read_bytes()[:3] == b"\xef\xbb\xbf"


def test_the_template_needs_no_coding_and_reads_none(ssp: Call, tmp_path: Path) -> None:
    outcome = ssp("agree", "--protocol-template", tmp_path / "gone.sspc")
    assert outcome.code == 0
    assert "1 s or longer" in outcome.out
    assert outcome.err == ""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("block_s = 0.5\n", "line 1: block_s must be a number >= 1.0"),
        ("name = 'a'\noverlap = nan\n", "line 2: overlap must be a number > 0.0"),
        ("[[lumps]]\nname = 'x'\ncodes = ['a']\n", "lumps[1].codes must be a list of length >= 2"),
    ],
)
def test_a_wrong_setting_is_told_before_any_file_is_read(
    ssp: Call, tmp_path: Path, content: str, said: str
) -> None:
    protocol = tmp_path / "lab.toml"
    protocol.write_text(content)
    outcome = ssp("agree", tmp_path / "gone.a", tmp_path / "gone.b", "--protocol", protocol)
    assert outcome.code == 2
    assert said in outcome.complaint
