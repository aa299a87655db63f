"""A lab's reliability check: settings, a pair, tables of another program, a study, its files."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.unit.cli.cli_desk import Call, caller, write_demo_coding


@pytest.fixture
def ssp(capsys: pytest.CaptureFixture[str]) -> Call:
    return caller(capsys)


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """The demonstration's codings, which need no film to be compared."""

    reference: Path
    trainee: Path


@pytest.fixture
def demo(tmp_path: Path) -> Demo:
    return Demo(
        reference=write_demo_coding(tmp_path / "reference.sspc", "reference"),
        trainee=write_demo_coding(tmp_path / "trainee.sspc", "trainee"),
    )


def told(ssp: Call, *arguments: object) -> str:
    outcome = ssp(*arguments)
    assert outcome.code == 0, outcome.err
    return outcome.out


def numbers(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def value(rows: list[dict[str, str]], **wanted: str) -> float:
    found = [r for r in rows if all(r[name] == cell for name, cell in wanted.items())]
    assert len(found) == 1, (wanted, len(found))
    return float(found[0]["value"])


def test_a_lab_checks_a_trainee_with_its_own_settings(
    ssp: Call, demo: Demo, tmp_path: Path
) -> None:
    protocol = tmp_path / "lab.toml"
    usual = told(ssp, "agree", "--protocol-template")
    protocol.write_text(usual.replace("tolerance_s = 2.0", "tolerance_s = 1.0"))
    said = told(
        ssp,
        *("agree", demo.reference, demo.trainee, "--protocol", protocol),
        *("--html", tmp_path / "report.html", "--csv", tmp_path / "numbers"),
    )
    assert "kappa, ±1 s" in said
    assert "one of 1 s (in both directions, and their mean)" in " ".join(said.split())

    rows = numbers(tmp_path / "numbers" / "agreement.csv")
    hashes = {row["protocol_sha256"] for row in rows}
    assert len(hashes) == 1
    assert hashes.pop() in said
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert page.count("<img ") > 20
    described = {row["name"] for row in numbers(tmp_path / "numbers" / "codebook.csv")}
    assert set(rows[0]) <= described


def test_the_same_codings_as_tables_agree_alike(ssp: Call, demo: Demo, tmp_path: Path) -> None:
    protocol = tmp_path / "coded.toml"
    protocol.write_text('window = "coded"\n')
    tables = []
    for path in (demo.reference, demo.trainee):
        told(ssp, "export", path, "--to", tmp_path / path.stem)
        tables.append(next((tmp_path / path.stem).glob("*_events.csv")))
    settings = ("--protocol", protocol, "--json")
    whole = json.loads(told(ssp, "agree", demo.reference, demo.trainee, *settings))
    from_tables = json.loads(told(ssp, "agree", *tables, *settings, "--scheme", "demonstration"))

    def times(found: dict) -> list[tuple[object, ...]]:
        """What needs neither ratings nor marked episodes nor to know which is the reference."""
        return [
            (one["item"], one["code"], one["statistic"], one["method"], one["value"], one["n"])
            for one in found["figures"]
            if one["episode"] is None and one["statistic"] != "accuracy"
        ]

    assert times(from_tables) == times(whole)


def test_a_table_of_another_program_is_compared_by_its_own_codes(ssp: Call, tmp_path: Path) -> None:
    head = "Observation id,Subject,Behavior,Start (s),Stop (s)\n"
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.write_text(f"{head}T1,infant,play,0,40\nT1,infant,cry,40,100\nT1,infant,look,10,10\n")
    other.write_text(f"{head}T1,infant,play,0,50\nT1,infant,cry,50,100\nT1,infant,look,11,11\n")
    told(ssp, "agree", one, other, "--csv", tmp_path)
    rows = numbers(tmp_path / "agreement.csv")
    states = {"item": "infant/behaviours", "code": "", "method": "time units of 1 s"}
    # 40 and 50 of 100 units are agreed; chance: .4 * .5 + .6 * .5 = .5.
    assert value(rows, statistic="p_o", **states) == pytest.approx(0.9)
    assert value(rows, statistic="p_e", **states) == pytest.approx(0.5)
    assert value(rows, statistic="kappa", **states) == pytest.approx(0.8)
    look = {"code": "behaviours.look", "statistic": "f1"}
    assert value(rows, tolerance_s="0.500000", **look) == 0
    assert value(rows, tolerance_s="1.000000", **look) == 1


def test_a_study_of_the_demonstration_is_told_and_written_once_more_the_same(
    ssp: Call, demo: Demo, tmp_path: Path
) -> None:
    listed = tmp_path / "pairs.csv"
    lines = []
    for n in range(1, 5):  # a pair may stand in a study once only
        pair = [tmp_path / f"S{n}.{path.name}" for path in (demo.reference, demo.trainee)]
        for path, copy in zip((demo.reference, demo.trainee), pair, strict=True):
            shutil.copyfile(path, copy)
        lines.append(f"S{n},{pair[0].name},{pair[1].name}")
    listed.write_text("\n".join(("session,a,b", *lines)) + "\n")
    written = []
    for place in ("first", "second"):
        folder = tmp_path / place
        told(ssp, "agree", "--study", listed, "--csv", folder, "--html", tmp_path / f"{place}.html")
        written.append(
            ((folder / "agreement.csv").read_bytes(), (tmp_path / f"{place}.html").read_bytes())
        )
    assert written[0] == written[1]
    rows = numbers(tmp_path / "first" / "agreement.csv")
    assert {row["session_id"] for row in rows} == {"4 sessions"}
    assert {row["level"] for row in rows} >= {"track", "code", "scale", "class"}
