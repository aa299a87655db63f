from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from ssp_coder.catalog import load_scheme
from ssp_coder.domain.coding import Coding
from ssp_coder.formats.exportable import Exportable
from ssp_coder.reporting.agreement_inputs import doubts_about
from tests.unit.cli.cli_desk import Call, film_media


@pytest.fixture
def both(demo_codings: Path) -> tuple[Path, Path]:
    return demo_codings / "trainee.sspc", demo_codings / "reference.sspc"


def test_the_comparison_is_told_in_words(ssp: Call, both: tuple[Path, Path]) -> None:
    outcome = ssp("compare", *both)
    assert outcome.code == 0, outcome.err
    assert outcome.out.startswith("Session DEMO: coder trainee compared with reference")
    for heading in ("Per code", "Per episode", "What differs", "Ratings", "Class"):
        assert f"\n{heading}\n" in outcome.out


def test_the_comparison_is_one_object_for_programs(ssp: Call, both: tuple[Path, Path]) -> None:
    found = json.loads(ssp("compare", *both, "--json").out)
    assert (found["coder_id"], found["reference_coder_id"]) == ("trainee", "reference")
    assert found["tolerance_us"] == 1_000_000
    overall = found["overall"]
    reference_events = overall["matches"] + overall["misses"] + overall["wrong_codes"]
    assert reference_events == overall["n_reference"]


def test_a_smaller_tolerance_parts_what_came_late(ssp: Call, both: tuple[Path, Path]) -> None:
    usual = json.loads(ssp("compare", *both, "--json").out)["overall"]
    strict = json.loads(ssp("compare", *both, "--json", "--tolerance", "0.1").out)["overall"]
    assert strict["matches"] < usual["matches"]


def test_the_rows_are_written_beside(ssp: Call, both: tuple[Path, Path], tmp_path: Path) -> None:
    place = tmp_path / "rows.csv"
    outcome = ssp("compare", *both, "--csv", place, "--json")
    with place.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(json.loads(outcome.out)["rows"])
    assert {row["kind"] for row in rows} == {"match", "miss", "false_alarm", "wrong_code"}


def test_rows_that_are_there_are_kept_unless_told(
    ssp: Call, both: tuple[Path, Path], tmp_path: Path
) -> None:
    place = tmp_path / "rows.csv"
    place.write_text("mine")
    outcome = ssp("compare", *both, "--csv", place)
    assert outcome.code == 2
    assert str(place) in outcome.complaint
    assert place.read_text() == "mine"
    assert ssp("compare", *both, "--csv", place, "--overwrite").code == 0
    assert place.read_text().startswith("session_id,")


def test_a_coding_equals_itself(ssp: Call, both: tuple[Path, Path]) -> None:
    outcome = ssp("compare", both[1], both[1])
    assert outcome.code == 0
    assert "every event is matched" in outcome.out


def test_a_missing_reference_is_named(ssp: Call, both: tuple[Path, Path], tmp_path: Path) -> None:
    outcome = ssp("compare", both[0], tmp_path / "gone.sspc")
    assert outcome.code == 2
    assert "gone.sspc: there is no such file" in outcome.complaint


# ---------------------------------------------------------------- what may not belong together


def entry(**changes: object) -> Exportable:
    start = Coding(session="S1", coder="c01", media=(film_media(),))
    return Exportable(coding=replace(start, **changes), scheme=load_scheme("demonstration"))


def doubt_words(own: Exportable, reference: Exportable) -> list[str]:
    return [finding.message for finding in doubts_about(own, reference, "a.sspc")]


def test_two_codings_of_one_video_leave_no_doubt() -> None:
    assert doubt_words(entry(), entry(coder="c02")) == []


def test_another_session_is_doubted() -> None:
    assert doubt_words(entry(), entry(session="S2")) == ["is of session S1, the reference of S2"]


def test_another_video_is_doubted() -> None:
    other = entry(media=(film_media(fingerprint="e" * 64),))
    assert doubt_words(entry(), other) == ["was coded on another video than the reference"]


def test_one_video_in_common_is_enough() -> None:
    two = entry(media=(film_media(fingerprint="e" * 64), film_media()))
    assert doubt_words(entry(), two) == []


def test_a_coding_that_knows_no_video_is_not_doubted_for_it() -> None:
    assert doubt_words(entry(media=()), entry()) == []


def test_another_scheme_is_doubted() -> None:
    other = Exportable(coding=entry().coding, scheme=load_scheme("infant"))
    (words,) = doubt_words(entry(), other)
    assert words == (
        "was made with scheme demonstration 1.2.0, the reference with scheme infant 1.1.0"
    )


def test_altered_files_of_the_same_scheme_are_doubted() -> None:
    altered = replace(entry(), scheme=replace(entry().scheme, sha256="0" * 64))
    (words,) = doubt_words(altered, entry())
    assert words.startswith("was made with other files of scheme demonstration 1.2.0")


def test_a_doubt_is_told_and_counts_as_a_finding(
    ssp: Call, both: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ssp_coder.storage.coding_file import create

    other = tmp_path / "other.sspc"
    start = Coding(session="S9", coder="c01", media=(film_media(),))
    with create(other, coding=start, scheme=load_scheme("demonstration"), who="c01"):
        pass
    outcome = ssp("compare", other, both[1])
    assert outcome.code == 1
    assert "other.sspc: is of session S9" in outcome.complaint
